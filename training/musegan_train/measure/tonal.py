"""Pitches folded to twelve, and tonal distance; it must not know tracks, networks or files."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from musegan_models.spec import BEATS_PER_MEASURE

FloatArray = NDArray[np.float32]

C_MAJOR = (0, 2, 4, 5, 7, 9, 11)


def pitch_classes(n_pitches: int, lowest_pitch: int) -> FloatArray:
    """Return the matrix `(n_pitches, 12)` that folds pitches modulo 12, C first."""
    return np.eye(12, dtype=np.float32)[(lowest_pitch + np.arange(n_pitches)) % 12]


def register_fold(n_pitches: int) -> FloatArray:
    """Return the matrix `(n_pitches, 12)` of the papers' code: twelve groups of neighbouring semitones.

    All reference code reshapes 84 pitches to (12, 7) and sums over the 7, which are registers, not pitch classes: what
    was published as UPC and TD compares registers. Of use only beside the published numbers.
    """
    return np.eye(12, dtype=np.float32)[np.arange(n_pitches) * 12 // n_pitches]


def fold_pitches(planes: NDArray[np.bool_], fold: FloatArray) -> FloatArray:
    """Return how many pitches of each of the twelve there are at each step: `(..., n_pitches)` -> `(..., 12)`."""
    folded: FloatArray = planes.astype(np.float32) @ fold
    return folded


def chroma_of_beats(played: FloatArray) -> FloatArray:
    """Return how long each of the twelve sounds in each beat, in steps: `(..., n_steps, 12)` -> `(..., 4, 12)`."""
    *axes, n_steps, _ = played.shape
    return np.asarray(played.reshape(*axes, BEATS_PER_MEASURE, n_steps // BEATS_PER_MEASURE, 12).sum(axis=-2))


def tonal_distance(p: FloatArray, q: FloatArray, whole_bars: bool = False) -> FloatArray:
    """Return how far two tracks are apart in tonal space in each bar, 0 for the same chroma (TD): `(n_bars,)`.

    `p`, `q`: `(n_bars, 4, 12)` from `chroma_of_beats`. Beats in which either is silent are left out, with `whole_bars`
    the bars they are in; NaN where nothing is left.
    Harte, Sandler and Gasser, Detecting Harmonic Change in Musical Audio, 2006, eq. 2 and 3, radii 1, 1 and 0.5.

    >>> c, g = np.eye(12, dtype=np.float32)[None, [0]], np.eye(12, dtype=np.float32)[None, [7]]
    >>> round(float(tonal_distance(c, g)[0]), 4)
    1.7372
    """
    both = (p.sum(axis=2) > 0) & (q.sum(axis=2) > 0)
    if whole_bars:
        both &= both.all(axis=1, keepdims=True)
    distance = np.linalg.norm(_tonal_centroid(p) - _tonal_centroid(q), axis=2)
    beats = both.sum(axis=1)
    mean = (distance * both).sum(axis=1) / np.maximum(beats, 1)
    return np.where(beats > 0, mean, np.nan).astype(np.float32)


def _tonal_centroid(chroma: FloatArray) -> FloatArray:
    n = np.arange(12)
    circles = ((7 * np.pi / 6, 1.0), (3 * np.pi / 2, 1.0), (2 * np.pi / 3, 0.5))  # fifths, minor and major thirds
    basis = np.array([radius * f(n * angle) for angle, radius in circles for f in (np.sin, np.cos)])  # (6, 12)
    share = chroma / np.maximum(chroma.sum(axis=-1, keepdims=True), 1e-12)
    return np.asarray(share @ basis.T.astype(np.float32), np.float32)
