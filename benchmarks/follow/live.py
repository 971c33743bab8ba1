"""Rows about a band on a real server: the leads of songs played to it over UDP, note by note, as on stage."""

from __future__ import annotations

import selectors
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from benchmarks.follow.common import Offline, Parts, Row, progress
from benchmarks.follow.judged import BARS, FAMILIES, Judge, Song
from benchmarks.follow.modes import offline_band, row_of
from benchmarks.stage.common import Client, start_band

from musegan_bridge.messages import BY_ADDRESS, types_of
from musegan_bridge.net import osc
from musegan_models.notes import Note

SERVERS = 8
"""That play at once; each needs one or two hundredths of a core."""

_BEGIN = [f.name for f in BY_ADDRESS["/musegan/bar/begin"].fields]
_PATIENCE = 60  # seconds without a bar after which a show is given up


@dataclass
class Shown:
    """What a client heard of a show, from its first bar on, and the server's last status."""

    parts: Parts = field(default_factory=dict)
    bars: int = 0
    status: dict[str, object] = field(default_factory=dict)


def live_rows(offline: Offline, songs: Sequence[Song], tempo: float) -> Iterator[Row]:
    """Yield how near a band comes to the leads of songs, live and offline, and what the servers say of their time."""
    live, file = Judge(), Judge()
    statuses = list[dict[str, object]]()
    with (
        progress(len(songs), "live") as done,
        ThreadPoolExecutor(SERVERS) as pool,
    ):
        for first in range(0, len(songs), SERVERS):
            some = songs[first : first + SERVERS]
            together = threading.Barrier(len(some))
            shows = [pool.submit(show, offline, song, first + i, tempo, together) for i, song in enumerate(some)]
            for song, shown in zip(some, shows, strict=True):
                live.add(song, shown.result().parts)
                statuses.append(shown.result().status)
                done()
    for seed, song in enumerate(songs):
        file.add(song, offline_band(offline, song, seed, "anticipate"))
    yield row_of(f"live, over UDP, {tempo:g} bpm, {SERVERS} servers at once, {len(songs)} songs", live)
    yield row_of("the same leads, offline", file)

    def each(name: str) -> list[float]:
        return [float(str(status[name])) for status in statuses]

    late, bars = sum(each("late")), sum(each("bars"))
    yield Row("late bars", f"{late:.0f} of {bars:.0f}; least slack {min(each('slack')):.0f} ms", "0", late == 0)
    p50, p95 = (statistics.median(each(name)) for name in ("freshness_p50", "freshness_p95"))
    yield Row(
        "freshness: beats between the player's newest note that the band knew of and the beat that sounded, p50 and "
        "p95, median of the shows",
        f"{p50:.2f}, {p95:.2f} beats",
    )
    slack = [f"{statistics.median(each(name)):.0f}" for name in ("slack_p50", "slack_p95", "slack_p99")]
    yield Row("slack p50, p95, p99, median of the shows", f"{', '.join(slack)} ms")


def show(offline: Offline, song: Song, seed: int, tempo: float, together: threading.Barrier) -> Shown:
    """Play the lead of a song to a server in real time; return what its band played.

    It begins once all servers run that play `together`: to start one takes the processor that the others need.
    """
    track, shown = FAMILIES[song.lead], Shown()
    options = ("--tempo", str(tempo), "--seed", str(seed))
    with start_band(offline.bundle, *options) as server, Client(server.port) as client:
        client.send("/musegan/stop")
        client.send("/musegan/in/track", track)
        client.send("/musegan/subscribe", "bar", 0, 3600.0)
        together.wait(_PATIENCE)
        time.sleep(1)
        client.drain()
        client.send("/musegan/play")
        _Player(client, server.port, song.notes, track, 60 / tempo).play(shown)
        shown.status = client.status()
    return shown


class _Player:
    """Plays notes to a server when they are due, and takes down its committed bars."""

    def __init__(self, client: Client, port: int, notes: Sequence[Note], track: str, seconds: float) -> None:
        """Take the notes of a track, which is played at `seconds` a beat."""
        self._socket, self._server, self._track, self._seconds = client.socket, ("127.0.0.1", port), track, seconds
        self._events: list[tuple[float, int, int]] = []  # beat, velocity (0: note off), pitch; those to come are last
        for note in notes:
            self._events += [(note.time, note.velocity, note.pitch), (note.time + note.duration, 0, note.pitch)]
        self._events.sort(reverse=True)
        self._start: float | None = None  # Unix time of the first downbeat
        self._first = 0  # number of the first bar

    def play(self, shown: Shown) -> None:
        """Play until all bars have come."""
        self._socket.setblocking(False)
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            end = time.time() + _PATIENCE
            while shown.bars < BARS:
                if time.time() > end:
                    raise TimeoutError(f"no bar in {_PATIENCE} s, after {shown.bars} of {BARS}")
                if selector.select(max(0.0, min(0.5, self._due() - time.time()))):
                    end = time.time() + _PATIENCE
                    for message in osc.decode(self._socket.recv(65536)):
                        self._take_down(message, shown)
                while self._events and self._due() <= time.time():
                    self._send(*self._events.pop())
        self._socket.settimeout(20)

    def _due(self) -> float:
        """Return the Unix time of the next note on or off."""
        if self._start is None or not self._events:
            return time.time() + 1
        return self._start + self._events[-1][0] * self._seconds

    def _send(self, beat: float, velocity: int, pitch: int) -> None:
        assert self._start is not None
        address = "/musegan/in/note"
        own = osc.message(address, types_of(address, 3), (pitch, velocity, self._track))
        self._socket.sendto(osc.bundle(self._start + beat * self._seconds, [own]), self._server)

    def _take_down(self, message: osc.Received, shown: Shown) -> None:
        if message.address == "/musegan/bar/begin" and self._start is None:
            begin = dict(zip(_BEGIN, message.args, strict=False))
            self._start, self._first = message.time, int(str(begin["bar"]))
        elif message.address == "/musegan/bar/notes":
            number, track, _, *values = message.args
            downbeat = 4.0 * (int(str(number)) - self._first)
            own = shown.parts.setdefault(str(track), [])
            for i in range(0, len(values), 4):
                position, pitch, velocity, duration = (float(str(value)) for value in values[i : i + 4])
                own.append(Note(downbeat + position, int(pitch), duration, int(velocity)))
        elif message.address == "/musegan/bar/end":
            shown.bars = int(str(message.args[0])) - self._first + 1
