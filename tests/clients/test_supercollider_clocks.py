"""The Quark plays in time: on the clock of the band, by timetags, and where the band keeps a clock of sclang."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.clients.sclang import Listener, Sclang, program, rows_of
from tests.clients.test_link import Network
from tests.conftest import Band

from musegan_models.spec import TRACKS

NAMES = [track.name for track in TRACKS]


def listen_beside(sclang: Sclang, port: int, script: str, *args: object) -> Listener:
    """Run a script that ends by itself with the port of a band, and return what another subscriber heard meanwhile."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        listener = Listener(sock, port)
        with sclang.start(script, port, *args) as process:
            listener.listen_until(lambda: process.poll() is not None)
            posted, _ = process.communicate()
    assert process.returncode == 0, posted
    assert "ERROR" not in posted
    return listener


def test_pattern_plays_the_notes_that_the_server_sent_each_on_its_beat(
    sclang: Sclang, start_band: Callable[..., Band], tmp_path: Path
) -> None:
    played = tmp_path / "played.jsonl"
    listener = listen_beside(sclang, start_band().port, "collect.scd", 8, played)
    rows = rows_of(played)
    downbeats = {round(row[1]) // 4: row[2] for row in rows if row[0] == "downbeat"}
    numbers = sorted(downbeats)[:-1]  # the script ends on the last downbeat
    assert numbers == list(range(numbers[0], numbers[0] + 8))
    for number in numbers:
        heard = listener.bars[number]
        assert heard.complete
        assert downbeats[number] == pytest.approx(heard.downbeat, abs=0.003)
        for track in NAMES:
            notes = [row[1:] for row in rows if row[0] == track and row[1] == number]
            assert sorted((p, pitch, v, d) for _, p, pitch, v, d, _ in notes) == sorted(heard.notes[track])
            for _, position, *_, beat in notes:
                assert beat == pytest.approx(4 * number + position, abs=1e-3)
    assert any(listener.bars[number].notes for number in numbers)


def test_timetagged_notes_are_events_at_their_moments(
    sclang: Sclang, start_band: Callable[..., Band], tmp_path: Path
) -> None:
    played = tmp_path / "played.jsonl"
    listener = listen_beside(sclang, start_band().port, "notes.scd", played, "timetags")
    rows = rows_of(played)
    assert len(rows) == 200  # Cmd-. came after the first hundred, and it was started again
    for _, number, position, pitch, velocity, when in rows:
        heard = listener.bars[int(number)]
        assert when == pytest.approx(heard.downbeat + position * 60 / 240, abs=0.003)
        assert any((p, n, v) == (position, pitch, velocity) for notes in heard.notes.values() for p, n, v, _ in notes)


def test_band_keeps_the_time_of_a_tempo_clock(sclang: Sclang, start_band: Callable[..., Band], tmp_path: Path) -> None:
    played = tmp_path / "played.jsonl"
    posted = sclang.run("notes.scd", start_band().port, played, "host")
    assert_on_the_bars_of_the_clock(posted, rows_of(played), 300)


def test_band_keeps_the_time_of_a_link_clock(
    tmp_path: Path, free_port: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.ExitStack() as stack:
        here = Network(stack, "up")
        inside = tmp_path / "bin" / "sclang"
        inside.parent.mkdir()
        inside.write_text(f'#!/bin/sh\nexec {" ".join(here.prefix)} {program("sclang")} "$@"\n', encoding="utf-8")
        inside.chmod(0o755)
        port, played = free_port(), tmp_path / "played.jsonl"
        serve = [
            sys.executable,
            "-m",
            "musegan_bridge",
            "serve",
            "--port",
            str(port),
            "--http",
            "-1",
            "--device",
            "cpu",
        ]
        server = stack.enter_context(
            subprocess.Popen([*here.prefix, *serve], env=os.environ | {"XDG_DATA_HOME": str(tmp_path / "data")})
        )
        stack.callback(server.kill)
        monkeypatch.setenv("PATH", str(inside.parent), prepend=":")
        posted = Sclang(tmp_path, free_port).run("notes.scd", port, played, "link", seconds=120)
        assert_on_the_bars_of_the_clock(posted, rows_of(played), 120)


def assert_on_the_bars_of_the_clock(posted: str, rows: list[list[Any]], tempo: float) -> None:
    tempi = [float(line.split()[1]) for line in posted.splitlines() if line.startswith("tempo ")]
    assert tempi == pytest.approx([tempo, tempo * 1.25], rel=0.01)
    assert len(rows) > 50
    for _, _, position, _, beat in rows:
        assert beat % 4 == pytest.approx(position % 4, abs=1e-3)
    # one bar of the band in each bar of the clock
    assert len({round(beats - position) // 4 - round(bar) for _, bar, position, beats, _ in rows}) == 1
