"""MIDI clock, 24 ticks a beat: what one says, followed, and what ours says. Pure: it must not know ports or processes.

A clock that jitters by some milliseconds is steady: its tempo is the slope of a line through the longest stretch of
ticks that the shorter ones within do not contradict (Lepski's rule), so that jitter averages out over up to four beats
and a change of tempo is still taken over within about one.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from musegan_bridge.show.clock import Fix, Timeline

TICKS = 24
"""Ticks of a beat."""

POSITION, TICK, START, CONTINUE, STOP = 0xF2, 0xF8, 0xFA, 0xFB, 0xFC
"""Status bytes; a song position is two data bytes, low one first, of sixteenths since the start."""

CLOCK_STATUSES = frozenset((POSITION, TICK, START, CONTINUE, STOP))
"""Of all messages that `ClockFollower.feed` understands."""

PAUSE = 0.5  # seconds without a tick after which the clock paused; fewer may have been lost on the way
_TICKS_OF_SIXTEENTH = TICKS // 4
_WINDOWS = (TICKS, 2 * TICKS, 4 * TICKS)  # ticks that a line goes through
_FEWEST = 6  # ticks that make a tempo
_DOUBT = 4.0  # standard errors of a shorter window that a longer one may differ by
_STRAYS = 8  # ticks in a row off the line after which the clock goes elsewhere
_NEWS = 0.003  # seconds off what the last fix foretold that call for a new one


@dataclass(frozen=True, slots=True)
class _Line:
    """Where ticks fall."""

    count: int
    time: float  # seconds at which that tick fell
    period: float  # seconds from tick to tick

    def time_at(self, count: int) -> float:
        return self.time + (count - self.count) * self.period


class ClockFollower:
    """Hears another's clock. It may stop, go on, be moved, jitter, lose ticks and change its tempo."""

    def __init__(self) -> None:
        self.playing = False
        self._next = 0  # tick of the song that comes next
        self._count = 0  # ticks since it ticks, lost ones too, whether or not it plays
        self._last: float | None = None  # seconds of the last tick
        self._interval = 0.0  # seconds from the tick before to that
        self._line: _Line | None = None
        self._ticks: deque[tuple[int, float]] = deque(maxlen=_WINDOWS[-1])  # (count, seconds), on the line
        self._strays: list[tuple[int, float]] = []  # and off it, since the last on it
        self._jitter = 0.002  # seconds, standard deviation of a tick, as it seems
        self._doubtful = 0  # ticks that the last gap seemed to lose, and that may come yet
        self._begins = False  # with the next tick it may tick anew, at the tempo of before
        self._told: Fix | None = None  # the last fix
        self._told_count = 0

    @property
    def tempo(self) -> float | None:
        """Beats a minute, or the last known; None: not yet known."""
        return None if self._line is None else 60 / TICKS / self._line.period

    def ticks(self, now: float) -> bool:
        """Return whether the clock still ticks: a cable may have been pulled, or the other stopped without a word."""
        return self._last is not None and now - self._last < PAUSE

    def feed(self, message: bytes, time: float) -> Fix | None:
        """Take a message that came at `time`, in Unix seconds; return where the clock is, whenever that is news.

        News are: it plays or stops, was moved, changed its tempo; and else one tick of every beat. Nothing is known
        before a quarter of a beat has been heard.
        """
        match message[0] if message else None:
            case 0xF8:
                return self._tick(time)
            case 0xFA | 0xFB as status:  # the tick that follows is that of the position
                self.playing = self._begins = True
                self._next = 0 if status == START else self._next
                self._told = None
            case 0xFC if self.playing:
                self.playing = False
                return None if self._line is None else self._tell(self._line, self._next, time)
            case 0xF2 if len(message) == 3:
                self._next = (message[1] & 0x7F | (message[2] & 0x7F) << 7) * _TICKS_OF_SIXTEENTH
                self._told = None
        return None

    def _tick(self, time: float) -> Fix | None:
        last, self._last = self._last, time
        if last is not None:
            before, self._interval = self._interval, time - last
            if not 0 <= self._interval < PAUSE:  # it paused, or the wall clock was set
                self._begins = True
            elif self._line is not None and self._mind_gap(self._line.period, self._interval, before):
                return None
        self._skip(1)
        self._hear(time)
        return self._news()

    def _news(self) -> Fix | None:
        """Return where the clock is at this tick, if that is worth saying."""
        if self._line is None:
            return None
        place = self._next - self.playing
        at = self._line.time_at(self._count)
        told = self._told
        if told is not None and self._count - self._told_count < TICKS:
            foretold = told.time + (place / TICKS - told.beat) * 60 / told.tempo
            if not self.playing or abs(at - foretold) < _NEWS:
                return None
        return self._tell(self._line, place, at)

    def _tell(self, line: _Line, place: int, time: float) -> Fix:
        self._told_count = self._count
        self._told = Fix(place / TICKS, time, 60 / TICKS / line.period, self.playing)
        return self._told

    def _mind_gap(self, period: float, interval: float, before: float) -> bool:
        """Return whether a tick is one that was taken for lost; count those that seem to have been lost before it."""
        periods = interval / period
        if periods < 0.5 and self._doubtful:
            self._doubtful -= 1
            return True
        doubtful, self._doubtful = self._doubtful, 0
        missing = round(periods) - 1
        if self._begins or missing < 1 or abs(periods - round(periods)) > 0.3:
            return False
        if doubtful and abs(interval - before) < 0.25 * interval:
            # Twice the same gap: nothing was lost, it ticks that much more slowly.
            self._skip(-doubtful)
            self._line = None
            self._strays.clear()
            self._ticks.clear()
        else:
            self._skip(missing)
            self._doubtful = missing
        return False

    def _skip(self, ticks: int) -> None:
        self._count += ticks
        if self.playing:
            self._next += ticks

    def _hear(self, time: float) -> None:
        """Draw the line through what is known, with a tick more."""
        tick = (self._count, time)
        begins, self._begins = self._begins, False
        off = 0.0 if self._line is None else time - self._line.time_at(self._count)
        if abs(off) > max(0.005, 5 * self._jitter):
            if begins:  # it ticks from elsewhere, but hardly at another tempo
                self._strays.clear()
                self._ticks = deque(((count, at + off) for count, at in self._ticks), self._ticks.maxlen)
            else:
                self._strays.append(tick)
                if len(self._strays) < _STRAYS:
                    return
                self._ticks.clear()
                self._ticks.extend(self._strays[:-1])
        self._strays.clear()
        self._ticks.append(tick)
        if len(self._ticks) >= 3:
            x, y, z = (self._ticks[i][1] for i in (-3, -2, -1))
            # of three ticks with independent jitter, E|x - 2y + z| is 1.95 standard deviations
            self._jitter += (min(abs(x - 2 * y + z) / 1.95, 0.005) - self._jitter) / _WINDOWS[-1]
        if len(self._ticks) >= _FEWEST:
            self._line = _line_through(self._ticks, self._jitter)


def _line_through(ticks: deque[tuple[int, float]], jitter: float) -> _Line:
    """Return the line through the longest stretch of the last ticks that its shorter ones agree with."""
    last, origin = ticks[-1]
    best: tuple[float, float, float] | None = None  # period, its standard error, seconds at the last tick
    n = sx = sxx = 0
    sy = sxy = 0.0
    for count, time in reversed(ticks):
        x, y = count - last, time - origin
        n, sx, sxx, sy, sxy = n + 1, sx + x, sxx + x * x, sy + y, sxy + x * y
        if n not in _WINDOWS and n < len(ticks):
            continue
        spread = sxx - sx * sx / n
        period = (sxy - sx * sy / n) / spread
        if best is not None and abs(period - best[0]) > _DOUBT * best[1]:
            break
        best = period, jitter / math.sqrt(spread), (sy - period * sx) / n
    assert best is not None
    return _Line(last, origin + best[2], max(best[0], 1e-4))


class ClockSender:
    """Says our clock. `move` or `stop` it, and send what `due` returns at `next_time`.

    It ticks from when it is first moved, and starts on beat 0, or goes on from a song position where that is past.
    Start and continue come half a tick before the tick that they mean, as receivers need a moment.
    """

    LEAD = 0.02  # seconds that receivers have to find a song position
    LAG = 0.5  # seconds that ticks may be sent late, in a burst; beyond, the position is sent anew

    def __init__(self) -> None:
        self._timeline: Timeline | None = None
        self._next = 0  # tick
        self._enters: int | None = None  # tick before which to send start or continue; None: sent

    @property
    def ticks(self) -> bool:
        """Whether it was moved since it was last stopped."""
        return self._timeline is not None

    def move(self, timeline: Timeline, now: float) -> list[bytes]:
        """Go on along another timeline; return what to send at once. All times are of one clock, in seconds."""
        before, self._timeline = self._timeline, timeline
        if before is not None and abs(timeline.beat_at(now) - before.beat_at(now)) < 1:
            return []  # some ticks come in a hurry, or late: none is lost
        stopped = [bytes([STOP])] if before is not None and self._enters is None else []
        return stopped + self._locate(now)

    def begin(self, now: float) -> list[bytes]:
        """Return what to send at once to those who have heard nothing yet."""
        return [] if self._timeline is None else self._locate(now)

    def stop(self) -> list[bytes]:
        """Stop; return what to send at once."""
        plays = self._timeline is not None and self._enters is None
        self._timeline = None
        return [bytes([STOP])] if plays else []

    def next_time(self) -> float | None:
        """Return when something is due; None: never, as it stands."""
        if self._timeline is None:
            return None
        return self._timeline.time_at((self._next - 0.5 * (self._next == self._enters)) / TICKS)

    def due(self, now: float) -> Iterator[tuple[float, bytes]]:
        """Yield what is due, and when it was."""
        while (time := self.next_time()) is not None and time <= now:
            if time < now - self.LAG:
                messages = [] if self._enters is not None else [bytes([STOP])]
                for message in messages + self._locate(now):
                    yield now, message
            elif self._next == self._enters:
                self._enters = None
                yield time, bytes([CONTINUE if self._next else START])
            else:
                self._next += 1
                yield time, bytes([TICK])

    def _locate(self, now: float) -> list[bytes]:
        assert self._timeline is not None
        self._next = math.ceil(self._timeline.beat_at(now) * TICKS)
        first = self._timeline.beat_at(now + self.LEAD) * 4 + 0.5 / _TICKS_OF_SIXTEENTH
        sixteenth = max(0, math.ceil(first))
        self._enters = sixteenth * _TICKS_OF_SIXTEENTH
        if not sixteenth:
            return []
        sixteenth &= 0x3FFF  # it wraps after 1,024 bars, as it does everywhere
        return [bytes([POSITION, sixteenth & 0x7F, sixteenth >> 7])]
