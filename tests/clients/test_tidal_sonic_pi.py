"""The band beside TidalCycles and Sonic Pi: doubles send what the real ones sent when the page of docs was tried."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Band, Client

from musegan_bridge.messages import BY_ADDRESS, TRACK
from musegan_bridge.net import osc

PAGE = Path(__file__).parents[2] / "docs" / "tidal-sonic-pi.md"
TEMPO = 240
BEAT = 60 / TEMPO  # seconds
LATENCY = 0.2  # seconds: of Tidal
BEATS = 24


class Coder:
    """Plays beats and a bass line to a band, from a thread, as a live coding program does."""

    def __init__(self, port: int, play: Callable[[int, float], None]) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.port, self._play = port, play
        self.thread = threading.Thread(target=self._run)

    def send(self, datagram: bytes) -> None:
        self.socket.sendto(datagram, ("127.0.0.1", self.port))

    def _run(self) -> None:
        start = time.time() + 0.1
        for beat in range(BEATS):
            when = start + beat * BEAT
            time.sleep(max(when - time.time(), 0))  # its own clock, as theirs is
            self._play(beat, when)


def show_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_page_names_only_messages_of_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    found = {re.sub("/track/[a-z]+/", f"/track/{TRACK}/", name) for name in re.findall(r"/musegan/[a-z/]+[a-z]", text)}
    assert {"/musegan/host", "/musegan/in/note", "/musegan/in/track"} <= found <= set(BY_ADDRESS)


def test_band_keeps_the_time_of_tidal_and_hears_its_notes_on_their_beats(
    start_band: Callable[..., Band], connect: Callable[[Band], Client], tmp_path: Path
) -> None:
    log = tmp_path / "show.jsonl"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as superdirt:
        superdirt.bind(("127.0.0.1", 0))
        superdirt.settimeout(20)
        dirt = f"127.0.0.1:{superdirt.getsockname()[1]},form=dirt"
        band = start_band(options=["--clock", "osc", "--subscriber", dirt, "--log", str(log)])

        def play(beat: int, when: float) -> None:
            pitch = (36, 43, 0, 41)[beat % 4]
            if beat == 0:
                coder.send(osc.bundle(when + LATENCY, [osc.message("/musegan/in/track", "s", ("bass",))]))
            coder.send(osc.bundle(when + LATENCY, [osc.message("/musegan/host", "ff", (float(beat), float(TEMPO)))]))
            for velocity, late in ((100, 0.0), (0, 0.2)) if pitch else ():
                note = osc.message("/musegan/in/note", "iis", (pitch, velocity, "bass"))
                coder.send(osc.bundle(when + LATENCY + late, [note]))

        coder = Coder(band.port, play)
        coder.thread.start()
        bars = connect(band)
        bars.send("/musegan/subscribe", "bar", 0, 60.0)
        begin, _ = bars.bar()
        assert begin.args[4] == pytest.approx(TEMPO)
        heard = [osc.decode(superdirt.recv(65536)) for _ in range(20)]
        coder.thread.join()
        coder.socket.close()
        band.stop()
    messages = [message for datagram in heard for message in datagram]
    assert {message.address for message in messages} == {"/dirt/play"}
    keys = [dict(zip(message.args[::2], message.args[1::2], strict=True)) for message in messages]
    assert {one["orbit"] for one in keys} <= {1, 2, 3, 4}  # the bass, 0, is Tidal's
    assert all(one["cps"] == pytest.approx(TEMPO / 240, rel=1e-3) for one in keys)
    assert_on_beats(log, length=0.2 / BEAT)


def test_band_keeps_the_time_of_sonic_pi_and_follows_it(
    start_band: Callable[..., Band], connect: Callable[[Band], Client], tmp_path: Path
) -> None:
    log = tmp_path / "show.jsonl"
    band = start_band(options=["--clock", "osc", "--log", str(log)])

    def play(beat: int, when: float) -> None:
        pitch = (36, 36, 43, 41)[beat % 4]
        if beat == 0:
            coder.send(osc.message("/musegan/in/track", "s", ("bass",)))
        coder.send(osc.message("/musegan/host", "if", (beat, float(TEMPO))))
        coder.send(osc.message("/musegan/in/note", "ii", (pitch, 100)))
        time.sleep(max(when + 0.5 * BEAT - time.time(), 0))
        coder.send(osc.message("/musegan/in/note", "ii", (pitch, 0)))

    coder = Coder(band.port, play)
    coder.thread.start()
    bars = connect(band)
    bars.send("/musegan/subscribe", "bar", 0, 60.0)
    begin, notes = bars.bar()
    coder.thread.join()
    coder.socket.setblocking(False)
    with pytest.raises(BlockingIOError):
        coder.socket.recv(65536)  # it is told nothing that it did not ask for: its cue server fails at bundles
    coder.socket.close()
    band.stop()
    assert begin.args[4] == pytest.approx(TEMPO, rel=0.01)
    assert "bass" not in notes
    assert_on_beats(log, length=0.5, off=0.1)  # without timetags, as exact as the way is


def assert_on_beats(log: Path, length: float, off: float = 0.01) -> None:
    """Assert that the band heard notes of `length` on its beats, all but the first: they came before it played."""
    played = [entry["played"] for entry in show_of(log) if "played" in entry]
    ons = [note for note in played if note["velocity"]]
    offs = {(note["pitch"], round(note["beat"] - length)) for note in played if not note["velocity"]}
    assert len(ons) >= 12
    for note in ons:
        assert note["track"] == "bass"
        assert note["beat"] == pytest.approx(round(note["beat"]), abs=off)
        assert note["beat"] < 16 or (note["pitch"], round(note["beat"])) in offs or note is ons[-1]
