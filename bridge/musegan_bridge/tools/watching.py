"""What a client that watches a band knows of it, from its messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from musegan_bridge.messages import BY_ADDRESS, Value
from musegan_models.spec import BEATS_PER_MEASURE

SILENT = 3.0
"""Seconds without an answer after which the band is gone."""

KEPT = 16  # bars before the one that plays
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))  # of a braille sign, by column and row

Seen = tuple[float, int, int, float]
"""A note: position in beats from the downbeat, pitch, velocity, duration in beats."""


@dataclass(slots=True)
class SeenBar:
    """A bar, as it was told last."""

    number: int
    is_committed: bool
    is_repeated: bool
    notes: dict[str, list[Seen]] = field(default_factory=dict)


@dataclass(slots=True)
class SeenExpected:
    """What the musician is expected to play in a bar."""

    confidence: float  # 0..1
    loop: int  # bars of the loop that they play; 0: none
    chord: str
    notes: dict[str, list[Seen]] = field(default_factory=dict)


class Watched:
    """A band, as far as its messages tell."""

    def __init__(self) -> None:
        self.hello: dict[str, Value] = {}
        self.status: dict[str, Value] = {}
        self.phrase = ""  # of the form, that was committed last; empty: none
        self.bars: dict[int, SeenBar] = {}
        self.expected: dict[int, SeenExpected] = {}  # by number of the bar
        self.ranges: dict[str, tuple[int, int]] = {}  # track -> lowest and highest pitch so far
        self._coming: SeenBar | None = None
        self._heard: float | None = None  # Unix seconds
        self._at: tuple[float, float, float] | None = None  # beat, Unix seconds, tempo; None: stopped

    @property
    def tracks(self) -> list[str]:
        """Names of the tracks."""
        return str(self.hello.get("tracks", "")).split()

    def is_there(self, now: float) -> bool:
        """Return whether the band answered lately."""
        return self._heard is not None and now - self._heard < SILENT

    def beat_at(self, now: float) -> float | None:
        """Return beats since the downbeat of bar 0; None: it does not play."""
        if self._at is None:
            return None
        beat, time, tempo = self._at
        return beat + (now - time) * tempo / 60

    def state_of(self, number: int, now: float) -> str:
        """Return what a bar is now: played, now, committed, again (it was late), planned, or nothing yet."""
        bar, beat = self.bars.get(number), self.beat_at(now)
        if bar is None:
            return ""
        if beat is not None and beat >= number * BEATS_PER_MEASURE:
            return "now" if beat < (number + 1) * BEATS_PER_MEASURE else "played"
        return ("again" if bar.is_repeated else "committed") if bar.is_committed else "planned"

    def take(self, address: str, args: Sequence[object], time: float | None, now: float) -> None:
        """Take a message that came at `now`, with the timetag `time` if it has one; what is not known is left out."""
        spec = BY_ADDRESS.get(address)
        if spec is None:
            return
        self._heard = now
        told: dict[str, Value] = {}
        for own, value in zip(spec.fields, args, strict=False):  # an older or newer band says less or more
            if isinstance(value, int | float | str):
                told[own.name] = value
        match address:
            case "/musegan/hello/reply":
                self.hello = told
            case "/musegan/status/reply":
                self.status = told
                is_playing = bool(told.get("playing"))
                self._at = (float(told["beat"]), now, float(told["tempo"])) if is_playing else None
                if not is_playing:
                    self._forget()
            case "/musegan/form/phrase":  # it is a setting: what it is set to has no field
                self.phrase = str(args[0]) if args else ""
            case "/musegan/tempo/changed":
                self._at = (float(told["beat"]), time or now, float(told["tempo"]))
            case "/musegan/silence":
                self._forget()
                self._at = None
            case "/musegan/bar/begin":
                is_committed = bool(told.get("committed", 1))  # of protocol 2 all are
                self._coming = SeenBar(int(told["bar"]), is_committed, bool(told["repeated"]))
            case "/musegan/bar/notes" if self._coming is not None and told["bar"] == self._coming.number:
                _add(self._coming.notes, str(told["track"]), args[len(spec.fields) :])
            case "/musegan/expected/bar" if int(told["source"]) < 0:
                self.expected.pop(int(told["bar"]), None)
            case "/musegan/expected/bar":
                self.expected[int(told["bar"])] = SeenExpected(
                    float(told["confidence"]), int(told["loop"]), str(told["chord"])
                )
            case "/musegan/expected/notes" if told["bar"] in self.expected:
                _add(self.expected[int(told["bar"])].notes, str(told["track"]), args[len(spec.fields) :])
            case "/musegan/bar/end" if self._coming is not None and told["bar"] == self._coming.number:
                self._show(self._coming)
                self._coming = None

    def _forget(self) -> None:
        self.bars.clear()
        self.expected.clear()

    def _show(self, bar: SeenBar) -> None:
        self.bars[bar.number] = bar
        for known in (self.bars, self.expected):
            for number in [n for n in known if n < bar.number - KEPT]:
                del known[number]
        expected = self.expected.get(bar.number)
        for track, notes in [*bar.notes.items(), *(expected.notes.items() if expected else ())]:
            pitches = [pitch for _, pitch, _, _ in notes]
            low, high = self.ranges.get(track, (127, 0))
            self.ranges[track] = (min(low, *pitches), max(high, *pitches)) if pitches else (low, high)


def _add(notes: dict[str, list[Seen]], track: str, values: Sequence[object]) -> None:
    own = notes.setdefault(track, [])
    for position, pitch, velocity, duration in zip(*(values[i::4] for i in range(4)), strict=False):
        own.append((_number(position), int(_number(pitch)), int(_number(velocity)), _number(duration)))


def roll(notes: Sequence[Seen], low: int, high: int, width: int, height: int) -> list[str]:
    """Return a bar of one track as `height` lines of `width` braille signs, from `low` (below) to `high`.

    >>> roll([(0, 60, 100, 1), (2, 72, 100, 2)], 60, 72, 8, 1)
    ['⣀⣀  ⠉⠉⠉⠉']
    """
    cells = [[0] * width for _ in range(height)]
    columns, rows = 2 * width, 4 * height
    for position, pitch, _, duration in notes:
        row = rows - 1 - round((pitch - low) / max(high - low, 1) * (rows - 1))
        if not 0 <= row < rows:
            continue
        first = int(position / BEATS_PER_MEASURE * columns)
        last = max(first + 1, round((position + duration) / BEATS_PER_MEASURE * columns))
        for column in range(first, min(last, columns)):
            cells[row // 4][column // 2] |= _DOTS[column % 2][row % 4]
    return ["".join(chr(0x2800 + dots) if dots else " " for dots in line) for line in cells]


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
