"""How loud and how busy the musician plays, and what the band makes of it; time is in beats."""

from __future__ import annotations

import math

_SETTLING = 4.0  # beats: after two bars, six sevenths of a change have arrived
_REST = 4.0  # beats without an onset that are a rest, and say nothing about how busy the playing is
_CHORD = 1 / 8  # beats within which notes are struck together
_USUAL_VELOCITY = 80.0
_USUAL_RATE = 2.0  # onsets a beat: eighths
_LOUDNESS = (0.25, 1.5)  # least and most that velocities are multiplied by
_BUSYNESS = (0.4, 1.8)  # least and most that densities are multiplied by
_GRAIN = 20  # steps in 1: a bar is not made again for less


class Dynamics:
    """Running means of velocity and of the time between onsets; in a rest both stay as they are."""

    def __init__(self) -> None:
        self._velocity: float | None = None
        self._interval: float | None = None  # beats between onsets
        self.last: float | None = None  # beat of the last onset

    def strike(self, beat: float, velocity: int) -> None:
        """Hear a note."""
        passed = math.inf if self.last is None else max(beat - self.last, 0.0)
        weight = 1 - math.exp(-min(max(passed, _CHORD), _REST) / _SETTLING)
        self._velocity = velocity if self._velocity is None else self._velocity + weight * (velocity - self._velocity)
        if passed < _CHORD:
            return
        if passed < _REST:
            self._interval = passed if self._interval is None else self._interval + weight * (passed - self._interval)
        self.last = beat

    def loudness(self, amount: float) -> float:
        """Return the factor of the band's velocities; `amount` in 0..1, where 0 always gives 1."""
        return 1.0 if self._velocity is None else _factor(self._velocity / _USUAL_VELOCITY, amount, *_LOUDNESS)

    def busyness(self, amount: float) -> float:
        """Return the factor of the band's densities; `amount` as in `loudness`."""
        if self._interval is None:
            return 1.0
        return _factor(math.sqrt(1 / (self._interval * _USUAL_RATE)), amount, *_BUSYNESS)


def _factor(ratio: float, amount: float, least: float, most: float) -> float:
    factor: float = min(max(ratio, least), most) ** amount
    return round(factor * _GRAIN) / _GRAIN
