"""Move phrases to other keys; it must not know files or torch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SHIFTS = (-5, 6)
"""Least and greatest semitones: every key once."""


def transpose(planes: NDArray[np.uint8], shifts: NDArray[np.integer], is_drum: Sequence[bool]) -> NDArray[np.uint8]:
    """Return phrases moved by `shifts` semitones, drums as they were; notes beyond the lowest or highest pitch go.

    `planes`: (n, ..., n_tracks, n_steps, n_pitches); `shifts`: (n,), one for all pitched tracks of a phrase, so that
    they stay in harmony.
    """
    moved = planes.copy()
    pitched = np.flatnonzero(~np.asarray(is_drum))
    n_pitches = planes.shape[-1]
    for shift in np.unique(shifts):
        if shift == 0 or not len(pitched):
            continue
        rows = np.flatnonzero(shifts == shift)
        part = planes[rows][..., pitched, :, :]
        shifted = np.zeros_like(part)
        keep = max(0, n_pitches - abs(int(shift)))
        if shift > 0:
            shifted[..., n_pitches - keep :] = part[..., :keep]
        else:
            shifted[..., :keep] = part[..., n_pitches - keep :]
        for row, phrase in zip(rows, shifted, strict=True):
            moved[row][..., pitched, :, :] = phrase
    return moved
