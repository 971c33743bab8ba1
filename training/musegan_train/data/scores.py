"""A song as it comes out of any file: notes in ticks, and where its bars are; it must not know files or bands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BEATS_PER_MEASURE = 4
MAX_MEASURES = 2000
"""Longest song read, in bars: a longer one is a file with a broken clock."""


class DroppedSongError(ValueError):
    """A file that cannot become training data; the message is the reason, and reasons are counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The notes of one instrument: three int64 arrays of one length; `start` and `end` in ticks, `pitch` 0..127."""

    program: int  # General MIDI program, 0..127
    is_drum: bool
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    pitch: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """All parts of a 4/4 song. Every bar line is a whole number of bars from `origin`."""

    parts: tuple[Part, ...]
    ticks_per_beat: int
    origin: int  # tick of a bar line, 0 or less, from which every note lies in a numbered bar

    @property
    def ticks_per_measure(self) -> int:
        """Ticks of a bar."""
        return BEATS_PER_MEASURE * self.ticks_per_beat


def origin_from_offset(offset: int, ticks_per_measure: int) -> int:
    """Return the bar line at or before tick 0 of bars that have a line at `offset`.

    >>> origin_from_offset(0, 96), origin_from_offset(96, 96), origin_from_offset(24, 96)
    (0, 0, -72)
    """
    return offset % ticks_per_measure - (ticks_per_measure if offset % ticks_per_measure else 0)
