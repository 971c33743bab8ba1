"""How loud a note is for its place in the bar, which nobody learned; it must not know models or OSC."""

from __future__ import annotations

import functools

_DOWNBEAT, _BEAT, _HALF, _BETWEEN = 1.12, 1.06, 1.0, 0.92


@functools.lru_cache(8192)  # a bar has few places and few velocities
def accented(velocity: int, time: float) -> int:
    """Return a velocity, 1..127, scaled for `time` in beats from the downbeat: downbeat > beat > half beat > between.

    The training data has no loudness. This is what a metre is, not what the band learned.

    >>> [accented(100, time) for time in (0.0, 2.0, 2.5, 2.75)]
    [112, 106, 100, 92]
    """
    scale = _DOWNBEAT if time == 0 else _BEAT if time % 1 == 0 else _HALF if time % 0.5 == 0 else _BETWEEN
    return min(127, max(1, round(velocity * scale)))
