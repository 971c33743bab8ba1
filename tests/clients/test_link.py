"""Ableton Link between processes and with SuperCollider, on a network that consists of this test alone."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.clients.sclang import Sclang, program

from musegan_bridge.stage.link import Link, LinkError, unix_from_micros

PEER = Path(__file__).with_name("link_peer.py")
SECONDS = 30  # until something that did not happen is an error

# Brings the loopback interface up where it is told to, and keeps the network alive until its input ends.
NETWORK = """
import fcntl, socket, struct, sys
UP, LOOPBACK, SIOCSIFFLAGS = 0x1, 0x8, 0x8914
if sys.argv[1] == "up":
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        fcntl.ioctl(s, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", UP | LOOPBACK))
print("ready", flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True)
class Peer:
    """A process in a Link session; it says how things are on each change and after each command."""

    process: subprocess.Popen[str]

    def tell(self, *words: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def wait_for(self, done: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the first state, from now on, that is as it should be."""
        assert self.process.stdout is not None
        seen = []
        for line in self.process.stdout:
            seen.append(json.loads(line))
            if done(seen[-1]):
                return seen[-1]  # type: ignore[no-any-return] # json
        pytest.fail(f"it ended with {self.process.wait()} before that came: {seen}")

    def wait_for_peers(self, n: int) -> dict[str, Any]:
        return self.wait_for(lambda state: state["peers"] == n)

    def wait_for_tempo(self, tempo: float) -> dict[str, Any]:
        # On the wire is the length of a beat, in microseconds.
        return self.wait_for(lambda state: state["tempo"] == pytest.approx(tempo, abs=0.01))

    def fix(self, when: float) -> dict[str, Any]:
        self.tell("fix", when)
        return self.wait_for(lambda state: state["time"] == when)


class Network:
    """A network namespace: real sockets and real multicast that reach nobody's show, and that no show reaches."""

    def __init__(self, stack: contextlib.ExitStack, state: str) -> None:
        self._stack = stack
        unshare = [program("unshare"), "--map-root-user", "--net"]
        self._holder = self._start([*unshare, sys.executable, "-c", NETWORK, state])
        assert self._holder.stdout is not None
        if self._holder.stdout.readline() != "ready\n":
            pytest.fail("a network namespace is needed, lest the tests set the tempo of a show: unshare --net failed")

    @property
    def prefix(self) -> list[str]:
        """What runs a command in this network."""
        return [program("nsenter"), f"--target={self._holder.pid}", "--user", "--net", "--preserve-credentials"]

    def join(self, tempo: float) -> Peer:
        """Start a program that joins the session here."""
        return Peer(self._start([*self.prefix, sys.executable, str(PEER), str(tempo)]))

    def _start(self, command: list[str]) -> subprocess.Popen[str]:
        process = self._stack.enter_context(
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        )
        deadline = threading.Timer(SECONDS, process.kill)  # which ends all waiting for it
        deadline.start()
        self._stack.callback(process.kill)
        self._stack.callback(deadline.cancel)
        return process


@pytest.fixture
def network() -> Iterator[Callable[[str], Network]]:
    """Return networks of one machine that is connected to itself (up) or to nothing (down)."""
    with contextlib.ExitStack() as stack:
        yield lambda state: Network(stack, state)


def seconds_apart(beat: float, other: float, tempo: float) -> float:
    """Return how long after the other's downbeat ours is."""
    return ((beat - other + 2) % 4 - 2) * 60 / tempo


def test_two_peers_share_tempo_and_downbeats(network: Callable[[str], Network]) -> None:
    here = network("up")
    one, two = here.join(97), here.join(120)
    tempo = one.wait_for_peers(1)["tempo"]
    two.wait_for_peers(1)
    assert two.fix(time.time())["tempo"] == pytest.approx(tempo, abs=0.01)
    for leader, follower, tempo in ((one, two, 133), (two, one, 71.5)):
        leader.tell("tempo", tempo)
        follower.wait_for_tempo(tempo)
        for when in (time.time(), time.time() + 2):
            mine, yours = leader.fix(when), follower.fix(when)
            assert abs(seconds_apart(mine["beat"], yours["beat"], tempo)) < 0.005
    one.tell("close")
    two.wait_for_peers(0)
    assert two.fix(time.time())["tempo"] == pytest.approx(71.5, abs=0.01)  # goes on alone


def test_tempo_change_neither_loses_nor_repeats_a_beat(network: Callable[[str], Network]) -> None:
    peer = network("down").join(120)
    before = peer.fix(time.time())
    peer.tell("tempo", 60)
    after = peer.fix(time.time())
    passed = after["time"] - before["time"]
    assert passed * 1 - 0.005 <= after["beat"] - before["beat"] <= passed * 2 + 0.005


def test_who_starts_starts_all_and_who_stops_stops_all(network: Callable[[str], Network]) -> None:
    here = network("up")
    one, two = here.join(120), here.join(120)
    assert not one.wait_for_peers(1)["playing"]
    assert not two.wait_for_peers(1)["playing"]
    one.tell("playing", 1)
    two.wait_for(lambda state: bool(state["playing"]))
    two.tell("playing", 0)
    one.wait_for(lambda state: bool(state["playing"]))  # its own start
    one.wait_for(lambda state: not state["playing"])


def test_without_a_network_the_beat_goes_on_alone(network: Callable[[str], Network]) -> None:
    peer = network("down").join(90)
    now = time.time()
    first, second = peer.fix(now), peer.fix(now + 60)
    assert (first["peers"], first["tempo"]) == (0, 90)
    assert second["beat"] - first["beat"] == pytest.approx(90, abs=1e-3)
    peer.tell("close")
    assert peer.process.wait(SECONDS) == 0


def test_a_program_that_forgets_to_leave_still_ends(network: Callable[[str], Network]) -> None:
    here = network("up")
    one, two = here.join(120), here.join(120)
    one.wait_for_peers(1)
    two.wait_for_peers(1)
    one.tell("abandon")
    assert one.process.wait(SECONDS) == 0


def test_a_failure_in_what_is_called_on_changes_ends_nothing(network: Callable[[str], Network]) -> None:
    peer = network("down").join(120)
    peer.tell("fail")
    peer.tell("tempo", 60)
    peer.wait_for(lambda state: state["word"] == "failed" and state["tempo"] == 60)
    peer.tell("close")
    assert peer.process.wait(SECONDS) == 0


def test_supercollider_and_we_share_tempo_and_downbeats(
    network: Callable[[str], Network],
    tmp_path: Path,
    free_port: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = network("up")
    ours = here.join(120)
    inside = tmp_path / "bin" / "sclang"
    inside.parent.mkdir()
    inside.write_text(f'#!/bin/sh\nexec {" ".join(here.prefix)} {program("sclang")} "$@"\n', encoding="utf-8")
    inside.chmod(0o755)
    monkeypatch.setenv("PATH", str(inside.parent), prepend=":")
    assert shutil.which("sclang") == str(inside)
    with Sclang(tmp_path, free_port).start("link.scd", 137, 91, 77) as process:

        def wait_for(start: str, tempo: float) -> None:
            assert process.stdout is not None
            posted = []
            for line in process.stdout:
                posted.append(line)
                if line.startswith(start):
                    theirs, beat, when = map(float, line.split()[1:])
                    assert theirs == pytest.approx(tempo, abs=0.01)
                    assert abs(seconds_apart(ours.fix(when)["beat"], beat, tempo)) < 0.005
                    return
            pytest.fail(f"{start!r} never came:\n{''.join(posted)}")

        wait_for("joined", ours.wait_for_peers(1)["tempo"])  # of two that are equally old Link takes either's tempo
        ours.tell("tempo", 137)
        wait_for("heard", 137)
        ours.wait_for_tempo(91)
        ours.tell("tempo", 77)
        wait_for("last", 77)
        assert process.wait(SECONDS) == 0


def test_link_without_the_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "link", None)
    with pytest.raises(LinkError, match=rf"{re.escape(sys.executable)} -m pip install LinkPython-extern.*GPL"):
        Link(120)


def test_link_that_cannot_be_loaded_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reason = "libatomic.so.1: cannot open shared object file"
    (tmp_path / "link.py").write_text(f"raise ImportError({reason!r})", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "link", raising=False)
    with pytest.raises(LinkError, match=rf"cannot be loaded: {re.escape(reason)}.*libatomic1"):
        Link(120)


def test_an_interrupted_reading_of_the_clocks_does_not_count() -> None:
    unix = iter([100.0, 100.5, 101.0, 101.5, 102.0, 102.000002, 103.0, 103.5, 104.0, 103.0])  # the last one was set
    micros = iter([0, 0, 2_000_001, 0, 0])
    assert unix_from_micros(lambda: next(micros), lambda: next(unix)) == pytest.approx(100, abs=1e-6)
