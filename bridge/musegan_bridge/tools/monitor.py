"""Shows a band in the terminal with textual; it watches over OSC, as any client does."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import socket
import time
from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.widgets import Footer, Static

from musegan_bridge.messages import Value, types_of
from musegan_bridge.net import osc
from musegan_bridge.tools.watching import Watched, roll
from musegan_models.spec import BEATS_PER_MEASURE

FRAMES = 12  # a second
ASK = 0.5  # seconds between questions
LEASE = 10.0  # seconds; renewed with each question
PLAN = 64.0  # beats ahead: all that is planned
WIDTH, HEIGHT = 16, 2  # signs of a bar of one track
NAMES = 9  # signs
PHRASE = "/musegan/form/phrase"

_STYLES = {"played": "dim", "now": "bold green", "committed": "white", "again": "bold red", "planned": "yellow dim"}
_EXPECTED = "cyan dim"


class MonitorError(OSError):
    """The address cannot be watched; the text says why."""


def watch(host: str, port: int) -> None:
    """Show the band at an address until the user quits; raise MonitorError where there is no such address."""
    try:
        (*_, address), *_ = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_DGRAM)
    except OSError as error:
        raise MonitorError(f"{host}: no such address ({error.strerror})") from error
    Monitor(str(address[0]), port).run()


class Monitor(App[None]):
    """The terminal: a heading, the bars, how it goes."""

    TITLE = "musegan-bridge monitor"
    BINDINGS: ClassVar = [("q", "quit", "Quit")]
    CSS = "Static { padding: 0 1; } #status { dock: bottom; margin-bottom: 1; height: 5; }"

    def __init__(self, host: str, port: int, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.watched = Watched()
        self._address = (host, port)
        self._clock = clock
        self._transport: asyncio.DatagramTransport | None = None

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Static(id="heading")
        yield Static(id="bars")
        yield Static(id="status")
        yield Footer()

    async def on_mount(self) -> None:
        """Begin to listen, to ask and to draw."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: _Ears(self), remote_addr=self._address)
        self._ask()
        self.set_interval(ASK, self._ask)
        self.set_interval(1 / FRAMES, self._draw)

    async def on_unmount(self) -> None:
        """Leave."""
        if self._transport is not None:
            self._send("/musegan/unsubscribe")
            self._transport.close()

    def heard(self, datagram: bytes) -> None:
        """Take what the band says."""
        with contextlib.suppress(osc.DecodeError, KeyError, TypeError):  # it is no band, or of another age
            for message in osc.decode(datagram):
                self.watched.take(message.address, message.args, message.time, self._clock())

    def _ask(self) -> None:
        # Each time all of it: a band that ended and came back knows nothing of us.
        self._send("/musegan/hello")
        self._send("/musegan/subscribe", "bar", 0, LEASE, PLAN, 0.0, 0, 1)
        self._send("/musegan/status")
        if port := self.watched.hello.get("http"):
            self.run_worker(self._ask_phrase(int(port)), exclusive=True)

    async def _ask_phrase(self, port: int) -> None:
        """Read which phrase of the form plays: no message tells it unasked."""
        with contextlib.suppress(OSError, ValueError, KeyError, http.client.HTTPException):  # the next one finds out
            value = await asyncio.to_thread(_value_of, self._address[0], port, PHRASE)
            self.watched.take(PHRASE, value, None, self._clock())

    def _send(self, address: str, *values: Value) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(osc.message(address, types_of(address, len(values)), values))

    def _draw(self) -> None:
        now = self._clock()
        self.query_one("#heading", Static).update(self.heading(now))
        self.query_one("#bars", Static).update(self.drawn_bars(now, self.size.width))
        self.query_one("#status", Static).update(self.status(now))

    # What is shown

    def heading(self, now: float) -> Text:
        """Return who plays, and where in the music."""
        host, port = self._address
        if not self.watched.is_there(now):
            return Text(f"waiting for a band at {host}:{port}", "bold yellow")
        hello, status, beat = self.watched.hello, self.watched.status, self.watched.beat_at(now)
        place = "stopped"
        if beat is not None:
            bar, rest = divmod(beat, BEATS_PER_MEASURE)
            place = f"bar {int(bar)} beat {int(rest) + 1}" if beat >= 0 else f"in {-beat:.0f} beats"
        phrase = self.watched.phrase if beat is not None else ""
        line = Text(f"{hello.get('bundle', '')} ", "bold")
        line.append(f"on {hello.get('provider', '')} at {host}:{port}   ", "not bold")
        line.append(place, "bold green" if beat is not None else "yellow")
        line.append(f"   {phrase}" if phrase else "", "bold")
        line.append(f"   {float(status.get('tempo', 0)):g} bpm ({status.get('clock', 'internal')})")
        line.append(f"   {status.get('key', '')}")
        if status.get("section", "none") != "none":
            line.append(f"   section {status['section']}")
        return line

    def drawn_bars(self, now: float, width: int) -> Text:
        """Return the bar before, the one that plays and the plan, as many as there is room for."""
        beat = self.watched.beat_at(now)
        if beat is None or not self.watched.is_there(now):
            return Text()
        room = max(1, (width - NAMES - 2) // (WIDTH + 1))
        playing = int(beat // BEATS_PER_MEASURE)
        first = max(0, playing - 1 if room > 3 else playing)
        numbers = range(first, first + room)
        states = {number: self.watched.state_of(number, now) for number in numbers}
        text = Text(" " * NAMES)
        for number in numbers:
            text.append(f"{number} {states[number]}"[:WIDTH].ljust(WIDTH + 1), _STYLES.get(states[number], ""))
        text.append("\n" + " " * NAMES)
        for number in numbers:
            place = int((beat / BEATS_PER_MEASURE - number) * WIDTH)
            text.append("".join("█" if i == place else "─" for i in range(WIDTH)) + " ", "dim")
        for track in self.watched.tracks:
            yours = track in str(self.watched.status.get("track", "none")).split()
            low, high = self.watched.ranges.get(track, (0, 127))
            rolls = {n: roll(self.watched.bars[n].notes.get(track, ()), low, high, WIDTH, HEIGHT)
                     for n in numbers if n in self.watched.bars}  # fmt: skip
            expected = {n: roll(own.notes.get(track, ()), low, high, WIDTH, HEIGHT)
                        for n, own in self.watched.expected.items() if yours and n >= playing}  # fmt: skip
            for row in range(HEIGHT):
                name = ("" if row else track) if not yours else ("(yours)" if row else track)
                text.append("\n" + name[:NAMES].ljust(NAMES), "bold cyan" if yours else "bold")
                for number in numbers:
                    style = _EXPECTED if number in expected else _STYLES.get(states[number], "")
                    lines = expected.get(number) or rolls.get(number)
                    text.append(lines[row] if lines else " " * WIDTH, style)
                    text.append(" ")
        return text

    def status(self, now: float) -> Text:
        """Return how it goes: who is followed, who listens, and whether bars are in time."""
        if not self.watched.is_there(now):
            return Text()
        told = self.watched.status
        late, rejected = int(told.get("late", 0)), int(told.get("rejected", 0))
        text = Text(f"yours: {told.get('track', 'none')}, {told.get('held', 0)} held, {told.get('mode', '')}")
        text.append(f"   subscribers {told.get('subscribers', 0)}   planned {told.get('planned', 0)}\n")
        text.append(self._harmony(now))
        text.append("slack")
        for name in ("slack_p50", "slack_p95", "slack_p99", "slack"):
            if name in told:
                title = "least" if name == "slack" else name.removeprefix("slack_")
                text.append(f"  {title} {float(told[name]):.0f} ms" if float(told[name]) >= 0 else f"  {title} -")
        text.append(f"\nbars {told.get('bars', 0)}   ")
        text.append(f"late {late}", "bold red" if late else "green")
        text.append(f"   refused {rejected}", "red" if rejected else "")
        return text

    def _harmony(self, now: float) -> str:
        """Return the line that tells the chords, and what is expected of the musician."""
        told, beat = self.watched.status, self.watched.beat_at(now)
        chords = {"you": "chord", "band": "band_chord", "chart": "chart_chord"}
        line = "   ".join(f"{title} {told[name]}" for title, name in chords.items() if told.get(name))
        coming = sorted(n for n in self.watched.expected if beat is not None and n > beat // BEATS_PER_MEASURE)
        if coming:
            expected = self.watched.expected[coming[0]]
            line += f"   expects {expected.chord or 'notes'} ({expected.confidence:.0%} sure)"
            line += f", a loop of {expected.loop} bars" if expected.loop else ""
        return f"chords: {line.strip() or '-'}\n"


def _value_of(host: str, port: int, path: str) -> list[object]:
    """Return the value of a setting, over the band's HTTP."""
    connection = http.client.HTTPConnection(host, port, timeout=ASK)
    with contextlib.closing(connection):
        connection.request("GET", f"{path}?VALUE")
        return list(json.load(connection.getresponse())["VALUE"])


class _Ears(asyncio.DatagramProtocol):
    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._monitor.heard(data)

    def error_received(self, exc: Exception) -> None:
        """Nobody is there yet, or any more: the next question finds out."""
