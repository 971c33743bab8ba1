"""The Quark in a real sclang, against the real server: its tests, its help, what it plays and what that sounds like."""

from __future__ import annotations

import contextlib
import json
import math
import os
import shutil
import socket
import subprocess
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder
from tests.conftest import Band

from musegan_bridge.messages import BY_ADDRESS
from musegan_models.spec import TRACKS

QUARK = Path(__file__).parents[2] / "supercollider" / "MuseGAN"
SCRIPTS = Path(__file__).parent / "supercollider"
NAMES = [track.name for track in TRACKS]
NTP_TO_UNIX = 2208988800  # seconds from 1900 to 1970
RATE = 44100

Floats = npt.NDArray[np.float32]


def program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.fail(
            f"{name} is missing, and these tests are about it: apt install supercollider-language {name} jackd2"
        )
    return path


class Sclang:
    """Runs scripts in an sclang that knows this Quark and nothing of whoever runs the tests."""

    def __init__(self, home: Path, free_port: Callable[[], int]) -> None:
        self.home = home
        self._free_port = free_port
        (home / "run").mkdir(mode=0o700)
        self._config = home / "sclang_conf.yaml"
        self._config.write_text(f"includePaths:\n    - {QUARK}\nexcludePaths: []\n", encoding="utf-8")
        folders = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        # Qt must find no display, and its browser no sandbox, which root has not
        headless = {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}
        self.env = os.environ | folders | headless | {"XDG_RUNTIME_DIR": str(home / "run")}

    @contextlib.contextmanager
    def start(self, script: str, *args: object, seconds: float = 60) -> Iterator[subprocess.Popen[str]]:
        """Start a script; after `seconds`, or when the block ends, it is killed."""
        port = str(self._free_port())  # never 57120, which a musician's own sclang may hold
        command = [program("sclang"), "-u", port, "-l", str(self._config), str(SCRIPTS / script), *map(str, args)]
        with subprocess.Popen(
            command, env=self.env, cwd=self.home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            deadline = threading.Timer(seconds, process.kill)
            deadline.start()
            try:
                yield process
            finally:
                deadline.cancel()
                process.kill()

    def run(self, script: str, *args: object, seconds: float = 60) -> str:
        """Run a script that ends by itself; return what it posted."""
        with self.start(script, *args, seconds=seconds) as process:
            posted, _ = process.communicate()
        assert process.returncode == 0, posted
        assert "ERROR" not in posted, posted
        return posted


@pytest.fixture
def sclang(tmp_path: Path, free_port: Callable[[], int]) -> Sclang:
    return Sclang(tmp_path, free_port)


# The server's side of the story, heard without SuperCollider


@dataclass
class Heard:
    """A bar as it came over UDP."""

    downbeat: float = math.nan  # Unix seconds: the timetag
    notes: dict[str, list[tuple[float, int, int, float]]] = field(default_factory=lambda: defaultdict(list))
    expected: int = -1
    complete: bool = False


class Listener:
    """A subscriber that is not SuperCollider."""

    def __init__(self, sock: socket.socket, port: int) -> None:
        self.bars: dict[int, Heard] = defaultdict(Heard)
        self._sock = sock
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(0.1)
        builder = OscMessageBuilder("/musegan/subscribe")
        for value in ("bar", 0, 300.0):
            builder.add_arg(value)
        sock.sendto(builder.build().dgram, ("127.0.0.1", port))

    def listen_until(self, done: Callable[[], bool]) -> None:
        while not done():
            with contextlib.suppress(TimeoutError):
                self._take(self._sock.recv(65536))

    def _take(self, datagram: bytes) -> None:
        if OscBundle.dgram_is_bundle(datagram):
            bundle = OscBundle(datagram)
            message = bundle.content(0)
            assert isinstance(message, OscMessage)
            if message.address == "/musegan/bar/begin":
                self.bars[message.params[0]].downbeat = bundle.timestamp
            return
        message = OscMessage(datagram)
        if message.address == "/musegan/bar/notes":
            number, track, _, *values = message.params
            self.bars[number].notes[track] += zip(*(values[i::4] for i in range(4)), strict=True)
        elif message.address == "/musegan/bar/end":
            bar = self.bars[message.params[0]]
            bar.complete = message.params[1] == sum(map(len, bar.notes.values()))


# The tests


def test_unit_tests_of_the_quark_pass(sclang: Sclang) -> None:
    posted = sclang.run("unit_tests.scd")
    assert ", 0 failed" in posted


def test_help_files_render_without_a_warning(sclang: Sclang) -> None:
    files = sorted((QUARK / "HelpSource").rglob("*.schelp"))
    posted = sclang.run("help.scd", *files, seconds=120)
    assert f"0 of {len(files)} help files failed" in posted
    assert "WARNING" not in posted


def test_pattern_plays_the_notes_that_the_server_sent_each_on_its_beat(
    sclang: Sclang, start_band: Callable[..., Band], tmp_path: Path
) -> None:
    band = start_band()
    played = tmp_path / "played.jsonl"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        listener = Listener(sock, band.port)
        with sclang.start("collect.scd", band.port, 8, played) as process:
            listener.listen_until(lambda: process.poll() is not None)
            posted, _ = process.communicate()
        assert process.returncode == 0, posted
    rows: list[list[Any]] = [json.loads(line) for line in played.read_text(encoding="utf-8").splitlines()]
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


def test_each_method_reaches_the_band(sclang: Sclang, start_band: Callable[..., Band], tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    posted = sclang.run("control.scd", start_band().port, answers)
    said = dict(line.split(" ", 1) for line in answers.read_text(encoding="utf-8").splitlines())
    assert said.pop("band")
    assert said == {
        "tracks": ",".join(NAMES),
        "track": "bass",
        "held_on": "2",
        "held_off": "1",
        "held_event": "2",
        "held_cmd_period": "0",
        "key": "F#m",
        "mode": "same-bar",
        "none": "none",
        "changed": "400.0",
        "tempo": "400.0",
        "beat": "0.15",
        "silence": "stop",
        "stopped": "0",
        "early": "true",
        "panic": "panic",
        "first_bar": "0",
        "gen": "1234",
        "gen_now": "99",
        "gen_phrase": "0",
        "recall": "true",
        "density": "0.5",
        "mute": "1",
        "locks": "[ 1, 1, 0 ]",
        "loaded": "0.5",
        "section": "verse",
        "error": "/musegan/tempo",
        "status": ",".join(sorted(field.name for field in BY_ADDRESS["/musegan/status/reply"].fields)),
        "end": "1",
    }
    assert "WARNING: MuseGAN: /musegan/tempo was refused: tempo must be in 20..400" in posted
    assert "/musegan/in/note (in)" in posted
    assert "the server speaks protocol" not in posted


def test_connection_survives_cmd_period_and_a_new_server(sclang: Sclang, start_band: Callable[..., Band]) -> None:
    band = start_band()
    with sclang.start("reconnect.scd", band.port) as process:

        def wait_for(start: str) -> None:
            assert process.stdout is not None
            posted = []
            for line in process.stdout:
                posted.append(line)
                if line.startswith(start):
                    return
            pytest.fail(f"{start!r} never came:\n{''.join(posted)}")

        wait_for("connected true")
        for _ in range(3):
            wait_for("bar")
        band.stop()
        wait_for("connected false")
        start_band(band.port)
        wait_for("connected true")
        wait_for("bar")


def render(sclang: Sclang, folder: Path, *args: object) -> Iterator[tuple[str, list[float], Floats]]:
    """Yield each track's name, onsets in seconds and sound, (n_frames, 2)."""
    program("scsynth")
    sclang.run("render.scd", folder, *args, seconds=120)
    for track in NAMES:
        onsets = [float(line) for line in (folder / f"{track}.notes").read_text(encoding="utf-8").split()]
        yield track, onsets, np.fromfile(folder / f"{track}.raw", "<f4").reshape(-1, 2)


def assert_sounds_from(onset: float, sound: Floats) -> None:
    peak = np.abs(sound).max(axis=1)
    assert np.isfinite(peak).all()
    assert 0.002 < peak.max() < 1.0  # heard, and not clipped
    first = np.argmax(peak > 0.02 * peak.max()) / RATE
    assert onset - 0.001 <= first <= onset + 0.06  # strings are bowed, not struck


def test_each_instrument_sounds(sclang: Sclang, tmp_path: Path) -> None:
    for _, onsets, sound in render(sclang, tmp_path, 1):
        assert_sounds_from(onsets[0], sound)


def test_bars_of_the_server_sound_from_their_first_note(
    sclang: Sclang, start_band: Callable[..., Band], tmp_path: Path
) -> None:
    n_heard = 0
    for _, onsets, sound in render(sclang, tmp_path, 4, start_band().port):
        if onsets:
            assert_sounds_from(onsets[0], sound)
            n_heard += 1
        else:
            assert not sound.any()
    assert n_heard


@pytest.fixture
def jack(sclang: Sclang) -> Iterator[None]:
    """A sound system without a sound card, of our own name."""
    name = f"musegan-{os.getpid()}"
    sclang.env |= {"JACK_DEFAULT_SERVER": name, "JACK_NO_AUDIO_RESERVATION": "1"}
    command = [program("jackd"), "--no-realtime", "--name", name, "-d", "dummy", "-r", str(RATE), "-p", "512"]
    with subprocess.Popen(command, env=sclang.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait = [program("jack_wait"), "--wait", "--timeout", "20", "--server", name]
            subprocess.run(wait, env=sclang.env, stdout=subprocess.DEVNULL, timeout=30, check=True)
            yield
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


@pytest.mark.usefixtures("jack")
@pytest.mark.parametrize(("name", "yours"), [("five_tracks", "none"), ("follow", "bass")])
def test_example_sounds_and_falls_silent_when_the_band_stops(
    name: str, yours: str, sclang: Sclang, start_band: Callable[..., Band], free_port: Callable[[], int]
) -> None:
    program("scsynth")
    posted = sclang.run("example.scd", QUARK / "Examples" / f"{name}.scd", start_band().port, free_port())
    assert posted.index("it sounds") < posted.index(f"yours: {yours}") < posted.index("it is silent")
