"""Where the beats are: a pure map between beats and Unix seconds; it must not read a clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fix:
    """What another clock says of itself: where it was, and when. Its beats need not count from bar 0."""

    beat: float  # beats; a multiple of the meter's is a downbeat
    time: float  # Unix seconds at which that beat fell
    tempo: float  # beats a minute
    playing: bool = True


@dataclass(frozen=True, slots=True)
class Timeline:
    """A steady tempo, through one point that is known on both scales."""

    beat: float  # beats since the downbeat of bar 0
    time: float  # Unix seconds at which that beat falls
    tempo: float  # beats a minute

    def beat_at(self, time: float) -> float:
        """Return the beat at a Unix time.

        >>> Timeline(0, 100, 120).beat_at(101)
        2.0
        """
        return self.beat + (time - self.time) * self.tempo / 60

    def time_at(self, beat: float) -> float:
        """Return the Unix time of a beat."""
        return self.time + (beat - self.beat) * 60 / self.tempo

    def with_tempo(self, tempo: float, time: float) -> Timeline:
        """Return the timeline that changes to `tempo` at `time`, with no beat lost or repeated."""
        return Timeline(self.beat_at(time), time, tempo)
