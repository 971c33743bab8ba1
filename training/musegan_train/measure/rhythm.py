"""When tracks play together; it must not know pitches or who plays."""

from __future__ import annotations

import numpy as np

from musegan_train.measure.metrics import BoolArray, FloatArray


def struck_steps(onset: BoolArray) -> BoolArray:
    """Return at which steps of bars each track has onsets: `(..., n_tracks, n_steps, n_pitches)` -> without pitches."""
    return np.asarray(onset.any(axis=-1), np.bool_)


def rhythmic_overlap(one: BoolArray, other: BoolArray) -> FloatArray:
    """Return the Jaccard index of the steps at which two tracks have onsets, 0..1: `(n_bars, n_steps)` -> `(n_bars,)`.

    NaN where either track has no onset in the bar.

    >>> kick = np.array([[1, 0, 0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0]], bool)
    >>> bass = np.array([[1, 0, 1, 0, 1, 0, 0, 1], [1, 0, 0, 0, 0, 0, 0, 0]], bool)
    >>> rhythmic_overlap(kick, bass).tolist()
    [0.5, nan]
    """
    known = one.any(axis=1) & other.any(axis=1)
    either = (one | other).sum(axis=1)
    both = (one & other).sum(axis=1)
    return np.where(known, both / np.maximum(either, 1), np.nan).astype(np.float32)
