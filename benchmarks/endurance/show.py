"""The show: its processes, and the loop in which everybody listens and the musician plays."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.endurance.checks import Check, Heard, checks_of
from benchmarks.endurance.ears import UNINTERRUPTED, BarEar, Ear, LinkPeer, NoteEar, Sclang, midi_api, open_midi_ear
from benchmarks.endurance.musician import Musician
from benchmarks.stage.common import START, Program, port_of
from benchmarks.stage.jack import jack, program
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from musegan_bridge.messages import BY_ADDRESS

KEYS = "soak keys"  # name of the MIDI port that the musician plays on
TRACKS = ("bass", "drums", "guitar", "piano", "strings")
OWN = "MuseGAN Bridge"  # and of the band's
SETTLED = 1.0  # seconds after which all of a Link session know a new tempo
REFUSABLE = ("there is no phrase to go", "there is none to play again")  # he does not look where he is


def raise_loopback() -> None:
    """Let the machine talk to itself; a new network cannot even do that."""
    up, loopback, set_flags = 0x1, 0x8, 0x8914
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sh14x", b"lo", up | loopback))


@contextlib.contextmanager
def _server(home: Path, seed: int, nice: int) -> Iterator[Program]:
    command = [sys.executable, "-m", "musegan_bridge", "serve", "--port", "0", "--http", "0", "--device", "cpu"]
    command += ["--seed", str(seed), "--clock", "link", "--midi-out", "virtual", "--midi-clock-out", "--midi-in", KEYS]
    command += ["--record", str(home / "show"), "--log", str(home / "show.jsonl")]
    environment = os.environ | {"XDG_DATA_HOME": str(home / "data")}
    began = time.perf_counter()
    with (
        (home / "server.err").open("w") as errors,
        subprocess.Popen(
            ["nice", "-n", str(nice), *command],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        if nice:  # where Linux groups processes by session, `nice` counts within the group only
            with contextlib.suppress(OSError):
                Path(f"/proc/{process.pid}/autogroup").write_text(str(nice))
        try:
            port = port_of(process)
            if port is None:
                raise SystemExit(f"the server did not start: {(home / 'server.err').read_text()}")
            assert process.stdout is not None
            threading.Thread(target=process.stdout.read, daemon=True).start()
            yield Program(process, port, time.perf_counter() - began)
        finally:
            process.kill()


@contextlib.contextmanager
def _sclang(home: Path, port: int, peer: LinkPeer) -> Iterator[Sclang]:
    (home / "run").mkdir(mode=0o700)
    config = home / "sclang_conf.yaml"
    config.write_text("includePaths: []\nexcludePaths: []\n", encoding="utf-8")
    own = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(home))
    # Qt must find no display, and its browser no sandbox, which root has not
    own |= {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1", "XDG_RUNTIME_DIR": str(home / "run")}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    script = str(Path(__file__).with_name("listen.scd"))
    command = [program("sclang"), "-u", str(free), "-l", str(config), script, str(port)]
    with subprocess.Popen(
        command, env=os.environ | own, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield Sclang(process, peer)
        finally:
            process.kill()


def _wait(what: str, done: Any, seconds: float = START) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise SystemExit(f"{what} did not come in {seconds:g} s")
        time.sleep(0.05)


def run(seconds: float, seed: int, nice: int, keep: Path | None) -> list[Check]:
    """Play, and return what was measured."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        try:
            heard = _Soak(stack, home, seed, nice).play(seconds)
            return list(checks_of(heard, home / "show.jsonl", home / "show"))
        finally:
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                for path in [*home.glob("show*"), *home.glob("*.err")]:
                    if path.is_dir():
                        shutil.copytree(path, keep / path.name, dirs_exist_ok=True)
                    else:
                        shutil.copy(path, keep)


class _Soak:
    def __init__(self, stack: contextlib.ExitStack, home: Path, seed: int, nice: int) -> None:
        import rtmidi

        self.home, self.seed = home, seed
        os.environ |= stack.enter_context(jack())
        self.keys = rtmidi.MidiOut(midi_api(), "soak musician")
        stack.callback(self.keys.delete)
        self.keys.open_virtual_port(KEYS)
        self.peer = LinkPeer(112)
        self.server = stack.enter_context(_server(home, seed, nice))
        port = self.server.port
        self.ears: list[Ear] = [
            BarEar(port, "bar", 0.0, 0.0),
            BarEar(port, "bar", 4.0, -30.0),
            BarEar(port, "bar", 16.0, 50.0),
            NoteEar(port, "note", 0.0, 0.0),
            NoteEar(port, "note", 2.0, -20.0),
            NoteEar(port, "dirt", 1.0, 0.0),
        ]
        self.deaf = Ear(port, "bar", 8.0)  # never reads
        self.deaf.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self.deaf.subscribe()
        self.asker = Ear(port, "bar")
        self.keeper = Ear(port, "bar")  # keeps up the lease of a dead one; it would be answered there
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as dead:  # dies at once; its lease is kept up
            dead.bind(("127.0.0.1", 0))
            self.dead = dead.getsockname()[1]
        self.midi = open_midi_ear(OWN, START)
        stack.callback(self.midi.client.delete)
        _wait("Link", lambda: self.peer.peers == 1)
        self.sclang = stack.enter_context(_sclang(home, port, self.peer))
        _wait("sclang", lambda: self.sclang.apart)
        self.status: dict[str, Any] = {}
        self.memory: list[tuple[float, float, int]] = []  # seconds, MB, bars
        self.apart: list[float] = []  # seconds that the band's beat was behind Link's
        self._pinged, self.n_interrupted = 0.0, 0
        self._mates = [*self.ears, self.asker]

    def play(self, seconds: float) -> Heard:
        names = [f.name for f in BY_ADDRESS["/musegan/status/reply"].fields]
        musician = Musician(self.seed, TRACKS, self.asker.send, self.keys.send_message, self.peer)
        for ear in self.ears:
            ear.subscribe()
        self._listen(3.0)
        self._ask(names)
        began, cpu = time.time(), self.server.cpu()
        for ear in self.ears:
            ear.since = began
        ticks, beat = self.midi.ticks, float(self.status["beat"])
        musician.begin(began)
        pings = asks = renews = 0.0
        columns = "[progress.description]{task.description}"
        with Progress(TextColumn(columns), BarColumn(), TimeRemainingColumn()) as progress:
            task = progress.add_task("", total=seconds)
            while (now := time.time()) < began + seconds:
                select.select([ear.socket for ear in self._mates], [], [], 0.005)
                for ear in self._mates:
                    ear.read()
                self.midi.read()
                musician.play(now)
                if now > renews:
                    renews = now + 10
                    for ear in (*self.ears, self.deaf):
                        ear.subscribe()
                    self.keeper.subscribe(self.dead)
                if now > pings:
                    pings = now + 0.25
                    self._ping()
                if now > asks:
                    asks = now + 1
                    self._ask(names)
                    self.asker.send("/musegan/status")
                    musician.bars = max(0, int(self.status["bars"]) - 2)
                    self.memory.append((now - began, self.server.resident(), int(self.status["bars"])))
                    text = f"{self.status['bars']} bars, {self.status['late']} late, {self.status['tempo']:.0f} bpm"
                    progress.update(task, completed=now - began, description=text)
        cpu = (self.server.cpu() - cpu) / (time.time() - began)
        # The end: keys up, stop, and time for what is on its way
        musician.rest()
        self._listen(1.0)
        self._ask(names)
        ticks, beats = self.midi.ticks - ticks, float(self.status["beat"]) - beat
        self.asker.send("/musegan/stop")
        self._listen(1.5)
        hanging = sorted(self.midi.down)
        self.server.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.server.process.wait(20)
        self._listen(0.2)
        told = self.asker.errors
        complaints = (self.home / "server.err").read_text(encoding="utf-8").splitlines()
        return Heard(
            began=began,
            status=self.status,
            ears=self.ears,
            touches=self.midi.touches,
            hanging=hanging,
            ticks=ticks,
            beats=beats,
            sclang=self.sclang,
            apart=self.apart,
            n_interrupted=self.n_interrupted,
            n_tempi=self.peer.n_moves,
            n_notes=musician.n_notes,
            n_controls=musician.n_controls,
            errors=[error for error in told if not any(part in error for part in REFUSABLE)],
            complaints=[line for line in complaints if "refused from" not in line],
            code=self.server.process.returncode,
            memory=self.memory,
            cpu=cpu,
        )

    def _listen(self, seconds: float) -> None:
        end = time.time() + seconds
        asked = 0.0
        while (now := time.time()) < end:
            for ear in self._mates:
                ear.read()
            self.midi.read()
            if now > asked and self.server.process.poll() is None:
                asked = now + 0.4
                self.asker.send("/musegan/status")
            time.sleep(0.005)

    def _ask(self, names: list[str]) -> None:
        self.asker.read()
        if (reply := self.asker.replies.get("/musegan/status/reply")) is not None:
            self.status = dict(zip(names, reply[0], strict=True))

    def _ping(self) -> None:
        """Compare the band's beat with Link's, by the last ping, and send another."""
        reply, now = self.asker.replies.pop("/musegan/pong", None), time.time()
        if reply is not None and not self.peer.moved - 0.5 < reply[1] < self.peer.moved + SETTLED:
            # The beat is that of a moment between the two: where that is long, somebody was interrupted.
            if reply[1] - self._pinged < UNINTERRUPTED:
                self.apart.append(self.peer.late(reply[0][1], (reply[1] + self._pinged) / 2))
            else:
                self.n_interrupted += 1
        self._pinged = now
        self.asker.send("/musegan/ping", 1)
