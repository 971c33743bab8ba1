"""How the show goes: how many bars, how long before its deadline each was ready, and how fresh what it heard was."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

_BARS = 1024
_BEATS = 4096


@dataclass
class Counts:
    """What `/musegan/status` counts."""

    bars: int = 0
    late: int = 0


class Slack:
    """The slack of the last bars, in seconds; 0: none."""

    def __init__(self) -> None:
        self._last: deque[float] = deque(maxlen=_BARS)
        self.least: float | None = None

    def add(self, seconds: float) -> None:
        """Take the slack of one more bar."""
        self._last.append(seconds)
        self.least = seconds if self.least is None else min(self.least, seconds)

    def reached_by(self, percent: float) -> float | None:
        """Return the slack that so many percent of the last bars had at least; None: there were none.

        >>> slack = Slack()
        >>> for ms in range(100):
        ...     slack.add(ms / 1000)
        >>> round(slack.reached_by(95), 4)
        0.005
        """
        if not self._last:
            return None
        return float(np.percentile(self._last, 100 - percent))


class Freshness:
    """How old the musician's newest note was that the band knew of when it made a beat; of the last beats, in beats."""

    def __init__(self) -> None:
        self._last: deque[float] = deque(maxlen=_BEATS)

    def add(self, age: float) -> None:
        """Take one more beat that sounded."""
        self._last.append(max(0.0, age))

    def reached_by(self, percent: float) -> float | None:
        """Return the age that so many percent of the last beats had at most; None: there were none."""
        return float(np.percentile(self._last, percent)) if self._last else None
