"""A real sclang for tests, and a subscriber that is not one, to compare what they hear."""

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

import pytest
from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder

QUARK = Path(__file__).parents[2] / "supercollider" / "MuseGAN"
SCRIPTS = Path(__file__).parent / "supercollider"
RATE = 44100
NTP_TO_UNIX = 2208988800  # seconds from 1900 to 1970


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


def rows_of(path: Path) -> list[list[Any]]:
    """Return what a script wrote as lines of JSON."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
