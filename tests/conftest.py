"""What tests share: the real server as a process, ports that are free, a client on a real UDP socket."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis
import pytest

from musegan_bridge.messages import types_of
from musegan_bridge.net import osc

hypothesis.settings.register_profile("any machine", deadline=None)  # a loaded one is no bug
hypothesis.settings.load_profile("any machine")

START_SECONDS = 60  # a loaded machine included; a server on a quiet one is ready in half a second
ANSWER_SECONDS = 20


@dataclass(frozen=True)
class Band:
    """A running `musegan-bridge serve`."""

    process: subprocess.Popen[str]
    port: int

    def stop(self) -> None:
        """End it as Ctrl-C does, which tells its clients."""
        self.process.terminate()
        self.process.wait(10)


@dataclass
class Client:
    """A client that speaks the message table over a real socket."""

    port: int  # of the server
    socket: socket.socket
    seen: list[osc.Received] = field(default_factory=list)  # all that came, in order

    def send(self, address: str, *values: object) -> None:
        """Send one message with the types of the table."""
        self.send_bytes(osc.message(address, types_of(address, len(values)), values))

    def send_bytes(self, datagram: bytes) -> None:
        """Send anything."""
        self.socket.sendto(datagram, ("127.0.0.1", self.port))

    def wait_for(self, address: str) -> osc.Received:
        """Return the next message with this address; those before it are in `seen`."""
        while True:
            datagram = self.socket.recv(65536)  # raises TimeoutError
            found = None
            for message in osc.decode(datagram):
                self.seen.append(message)
                if message.address == address and found is None:
                    found = message
            if found is not None:
                return found

    def bar(self) -> tuple[osc.Received, dict[str, list[Sequence[object]]]]:
        """Return the next committed bar: its begin message, and (position, pitch, velocity, duration) by track."""
        while not (begin := self.wait_for("/musegan/bar/begin")).args[8]:
            self.wait_for("/musegan/bar/end")
        first = len(self.seen)
        end = self.wait_for("/musegan/bar/end")
        notes: dict[str, list[Sequence[object]]] = {}
        for message in self.seen[first:]:
            if message.address == "/musegan/bar/notes":
                values = message.args[3:]
                notes.setdefault(str(message.args[1]), []).extend(values[i : i + 4] for i in range(0, len(values), 4))
        assert end.args == [begin.args[0], sum(map(len, notes.values()))]
        return begin, notes


@pytest.fixture
def start_band(tmp_path: Path) -> Iterator[Callable[..., Band]]:
    """Start a server, on any free port unless one is given; it ends with the test, and leaves nothing behind."""
    with contextlib.ExitStack() as stack:

        def start(port: int = 0, *, tempo: int = 240, seed: int = 7, options: Sequence[str] = ()) -> Band:
            settings = ["--port", str(port), "--http", "0", "--seed", str(seed), "--tempo", str(tempo)]
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "musegan_bridge", "serve", "--device", "cpu", *settings, *options],
                    env=os.environ | {"XDG_DATA_HOME": str(tmp_path / "data")},  # what a musician keeps
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
            )
            stack.callback(process.kill)
            return Band(process, _port_when_ready(process))

        yield start


@pytest.fixture
def connect() -> Iterator[Callable[[Band], Client]]:
    """Return clients of a server, each with a socket of its own."""
    with contextlib.ExitStack() as stack:

        def make(band: Band) -> Client:
            sock = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
            sock.bind(("127.0.0.1", 0))
            sock.settimeout(ANSWER_SECONDS)
            return Client(band.port, sock)

        yield make


def _port_when_ready(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    said = []
    deadline = threading.Timer(START_SECONDS, process.kill)  # a killed process ends the loop below
    deadline.start()
    try:
        for line in process.stdout:
            said.append(line)
            if ready := re.search(r"listening on 127\.0\.0\.1:(\d+)", line):
                return int(ready[1])
    finally:
        deadline.cancel()
    pytest.fail(f"the server did not start:\n{''.join(said)}")


@pytest.fixture
def free_port() -> Callable[[], int]:
    """Return UDP ports that nobody holds now."""

    def find() -> int:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
            return port

    return find


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as it is released; return its path."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", folder, Path(__file__).parents[1]], check=True, timeout=250)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a fresh environment, without extras; return the folder of its programs."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    command = ["-m", "pip", "--disable-pip-version-check", "-q", "install", str(wheel)]
    subprocess.run([str(scripts / "python"), *command], check=True, timeout=250)
    return scripts
