"""What the rows of the table share: the table, the programs they measure, a client."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from musegan_bridge.messages import types_of
from musegan_bridge.net import osc

HERE = Path(__file__).parent
START = 60  # seconds after which a program that is not ready is given up
ANSWER = 60  # the same of an answer, whatever else comes


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the table."""

    figure: str
    measured: str
    goal: str = ""
    is_met: bool | None = None
    peer: str = ""  # the same of the naive peer
    ratio: str = ""  # by how much it is better than the peer

    def __str__(self) -> str:
        met = {None: "", True: "yes", False: "**no**"}[self.is_met]
        return f"| {self.figure} | {self.measured} | {self.goal} | {met} | {self.peer} | {self.ratio} |"


HEAD = "| figure | measured | goal | met | naive peer | ratio |\n|---|---|---|---|---|---|"


def percentiles(times: Sequence[float]) -> tuple[float, float]:
    """Return p50 and p99 of seconds, in milliseconds."""
    p50, p99 = np.percentile(times, (50, 99))
    return float(p50) * 1000, float(p99) * 1000


@dataclass
class Program:
    """A server that runs, as a process."""

    process: subprocess.Popen[str]
    port: int
    seconds: float  # from spawn to ready

    def resident(self) -> float:
        """Return the memory it holds, in MB, with its children (Linux)."""
        return sum(_number(f"/proc/{pid}/status", r"VmRSS:\s+(\d+)") for pid in self._pids()) / 1024

    def cpu(self) -> float:
        """Return the seconds of processor that it has used, with its children (Linux)."""
        ticks = 0
        for pid in self._pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / 100

    def lost(self) -> int:
        """Return how many datagrams the system dropped because nobody took them in time (Linux)."""
        for line in Path("/proc/net/udp").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[1].endswith(f":{self.port:04X}"):
                return int(fields[-1])
        raise LookupError(f"nobody listens on {self.port}")

    def _pids(self) -> list[int]:
        own = self.process.pid
        children = Path(f"/proc/{own}/task").glob("*/children")  # a child belongs to the thread that started it
        return [own, *(int(pid) for file in children for pid in file.read_text().split())]


def _number(file: str, pattern: str) -> int:
    found = re.search(pattern, Path(file).read_text())
    return int(found[1]) if found else 0


def port_of(process: subprocess.Popen[str]) -> int | None:
    """Return the port that a program says it listens on; None: it ended, or was killed as it was not ready in time."""
    deadline = threading.Timer(START, process.kill)
    deadline.start()
    try:
        assert process.stdout is not None
        ready = filter(None, (re.search(r"listening on 127\.0\.0\.1:(\d+)", line) for line in process.stdout))
        return next((int(found[1]) for found in ready), None)
    finally:
        deadline.cancel()


@contextlib.contextmanager
def _start(command: Sequence[str]) -> Iterator[Program]:
    # Compiled modules are kept, as they are for whoever starts it a second time.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            port = port_of(process)
            if port is None:
                raise RuntimeError(f"{' '.join(command)} did not start")
            yield Program(process, port, time.perf_counter() - began)
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


def start_band(bundle: Path, *options: str) -> contextlib.AbstractContextManager[Program]:
    """Start this program, on any free port, with a seed."""
    settings = ["--port", "0", "--http", "-1", "--device", "cpu", "--seed", "1", "--bundle", str(bundle), *options]
    return _start([sys.executable, "-m", "musegan_bridge", "serve", *settings])


def start_peer(bundle: Path) -> contextlib.AbstractContextManager[Program]:
    """Start the naive peer."""
    return _start([sys.executable, str(HERE / "naive_peer.py"), str(bundle)])


class Client:
    """A UDP socket that speaks to one server."""

    def __init__(self, port: int) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(20)
        self._server = ("127.0.0.1", port)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, address: str, *values: object, types: str | None = None) -> None:
        """Send one message: of the table, or with its own types."""
        self.ask(address, *values, types=types)

    def ask(self, address: str, *values: object, types: str | None = None) -> float:
        """Send one message; return the Unix time at which it went out, already packed."""
        tags = types_of(address, len(values))[: len(values)] if types is None else types
        datagram = osc.message(address, tags, values)
        began = time.time()
        self.socket.sendto(datagram, self._server)
        return began

    def receive(self, address: str) -> tuple[osc.Received, float]:
        """Return the next message of an address, and the Unix time at which it came; others are passed over."""
        began = time.time()
        while True:
            datagram = self.socket.recv(65536)
            now = time.time()
            if now > began + ANSWER:
                raise TimeoutError(f"{address} did not come")
            for message in osc.decode(datagram):
                if message.address == address:
                    return message, now

    def drain(self) -> None:
        """Pass over all that has come."""
        self.socket.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                self.socket.recv(65536)
        self.socket.settimeout(20)

    def status(self) -> dict[str, object]:
        """Ask how it goes; return the fields of the answer by name."""
        from musegan_bridge.messages import BY_ADDRESS

        self.send("/musegan/status")
        answer, _ = self.receive("/musegan/status/reply")
        names = [f.name for f in BY_ADDRESS["/musegan/status/reply"].fields]
        return dict(zip(names, answer.args, strict=True))
