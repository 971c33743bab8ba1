"""Whether the band plays and where its beats fall: its own clock, or another's. It must not know bars or clients."""

from __future__ import annotations

import math
from collections import deque
from statistics import median

from musegan_bridge.show.clock import Fix, Timeline
from musegan_models.spec import BEATS_PER_MEASURE

INTERNAL = "internal"
HOST = "osc"
MIDI = "midi"

_JUMP = 0.5  # beats; a clock that is further off was moved
_HEARD = 0.002  # seconds; what a clock is off by and nobody is told
_TOLD = 0.05  # beats a minute; what a tempo is off by and nobody is told: MIDI clock is never quite steady
_REPORTS = 8  # of a host, whose messages are uneven: a program sends them when it gets round to it
_UNEVEN = 0.005  # seconds; what a host is off by, in the middle of its reports, and nobody is told
_SHIFTED = 0.03  # seconds; a host that is further off was moved, and is followed at once
_TAPS = 8  # the last taps that count
_PAUSE = 2.0  # seconds after which a tap is the first of a new tempo
_SLOWEST, _FASTEST = 20.0, 400.0  # beats a minute


class Transport:
    """A timeline, if the band plays, and what keeps it true.

    Beats count from the downbeat of bar 0 of the show, and go on counting through stops: a bar's number is never used
    twice. Another clock's beats are the same ones modulo the bar.
    """

    def __init__(self, tempo: float) -> None:
        self.tempo = tempo
        self.timeline: Timeline | None = None  # None: stopped
        self.source = INTERNAL
        self.waits = False  # to play as soon as the other clock does
        self._fix: Fix | None = None  # the last one of the source
        self._offset = 0.0  # from the source's beats to those of the show
        self._taps: deque[float] = deque(maxlen=_TAPS)
        self._reports: deque[float] = deque(maxlen=_REPORTS)  # beats that a host was ahead of us

    @property
    def is_external(self) -> bool:
        """Whether somebody else keeps the beat."""
        return self.source != INTERNAL

    def start(self, bar: int, lead: float, now: float) -> Timeline | None:
        """Let bar `bar` begin `lead` seconds from `now` or, by another clock, with its first downbeat after that.

        Return the timeline; None where the other clock does not run: it is waited for.
        """
        first = bar * BEATS_PER_MEASURE
        if not self.is_external:
            self.timeline = Timeline(first, now + lead, self.tempo)
            return self.timeline
        if self._fix is None or not self._fix.playing:
            self.waits = True
            return None
        self.waits = False
        theirs = _timeline_of(self._fix)
        self.tempo = theirs.tempo
        downbeat = math.ceil(theirs.beat_at(now + lead) / BEATS_PER_MEASURE - 1e-9) * BEATS_PER_MEASURE
        self._offset = first - downbeat
        self.timeline = Timeline(first, theirs.time_at(downbeat), theirs.tempo)
        return self.timeline

    def stop(self) -> None:
        """Stop; another clock does not start the band again by itself."""
        self.timeline, self.waits = None, False

    def set_tempo(self, tempo: float, now: float) -> bool:
        """Change the tempo of the internal clock from now on, the beat goes on where it is; return whether it moved."""
        self.tempo = tempo
        if self.timeline is None or self.timeline.tempo == tempo:
            return False
        self.timeline = self.timeline.with_tempo(tempo, now)
        return True

    def nudge(self, seconds: float, now: float) -> bool:
        """Push the beat of the internal clock, later or (below 0) earlier; return whether it moved."""
        if self.timeline is None or self.is_external:
            return False
        line = self.timeline
        self.timeline = Timeline(line.beat_at(now - seconds), now, line.tempo)
        return True

    def tap(self, time: float) -> float | None:
        """Hear a tap; return the tempo that the last taps say, None after a single one. The beat moves to the taps."""
        if self._taps and not 60 / _FASTEST <= time - self._taps[-1] <= _PAUSE:
            self._taps.clear()
        self._taps.append(time)
        if len(self._taps) < 2:
            return None
        tempo = 60 * (len(self._taps) - 1) / (self._taps[-1] - self._taps[0])
        tempo = min(max(tempo, _SLOWEST), _FASTEST)
        if self.timeline is not None and not self.is_external:
            beat = round(self.timeline.beat_at(time))
            self.timeline = Timeline(beat, time, tempo)
        self.tempo = tempo
        return tempo

    def follow(self, source: str) -> None:
        """Keep another clock from its next fix on; until then the beats go on as they are."""
        if source != self.source:
            self.source, self._fix, self.waits = source, None, False

    def sync(self, fix: Fix, bar: int, lead: float, now: float) -> str:
        """Take what the source says. `bar` is the first that is not committed; it needs `lead` seconds.

        Return what follows: nothing, moved, started (begin to play with that bar) or stopped.
        """
        was, self._fix = self._fix, fix
        if not fix.playing:
            if self.timeline is not None and (was is None or was.playing):
                self.timeline, self.waits = None, True
                return "stopped"
            return "nothing"
        if self.timeline is None:
            if not self.waits:
                self.tempo = fix.tempo
                return "nothing"
            return "started" if self.start(bar, lead, now) is not None else "nothing"
        here, theirs = self.timeline, _timeline_of(fix)
        off = theirs.beat_at(now) + self._offset - here.beat_at(now)
        is_steady = abs(theirs.tempo - here.tempo) <= _TOLD
        if was is None or abs(off) > _JUMP:
            self._offset = self._aligned(theirs, here.beat_at(now), bar, lead, now)
            off = theirs.beat_at(now) + self._offset - here.beat_at(now)
        elif self.source == HOST and is_steady and abs(off) * 60 / theirs.tempo < _SHIFTED:
            self._reports.append(off)
            off = median(self._reports) if len(self._reports) == _REPORTS else 0.0
        is_heard = not is_steady or abs(off) * 60 / theirs.tempo > (_UNEVEN if self.source == HOST else _HEARD)
        if is_heard:
            self._reports.clear()
            self.tempo = theirs.tempo
            self.timeline = Timeline(here.beat_at(now) + off, now, theirs.tempo)
        return "moved" if is_heard else "nothing"

    def _aligned(self, theirs: Timeline, beat: float, bar: int, lead: float, now: float) -> float:
        """Return the offset that puts their bar lines on ours, with the least jump that leaves `bar` its time."""
        place = theirs.beat_at(now)
        offset = round((beat - place) / BEATS_PER_MEASURE) * BEATS_PER_MEASURE
        while bar * BEATS_PER_MEASURE - offset < theirs.beat_at(now + lead):
            offset -= BEATS_PER_MEASURE
        return offset


def _timeline_of(fix: Fix) -> Timeline:
    return Timeline(fix.beat, fix.time, fix.tempo)
