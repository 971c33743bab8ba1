"""How much of a bar comes back in the next one, track by track; it must not know who plays."""

from __future__ import annotations

import numpy as np

from musegan_train.measure.metrics import BoolArray, FloatArray

CONTINUITY = {
    "similarity": "Jaccard index of what sounds in a bar and in the bar before it, inside a phrase",
    "boundary": "the same of the first bar of a phrase and the last one of the phrase before",
}
"""What is measured bar upon bar, beside `metrics.METRICS`."""


def bar_similarity(before: BoolArray, bar: BoolArray) -> FloatArray:
    """Return the Jaccard index of the sounding cells of two bars, 0..1, for each track; NaN where both are silent.

    Bool `(..., n_tracks, n_steps, n_pitches)`, onset or sustain, -> `(..., n_tracks)`.

    >>> before, bar = np.zeros((2, 1, 4, 8), bool)
    >>> before[0, :2, 5], bar[0, 1:4, 5] = True, True
    >>> bar_similarity(before, bar).tolist()
    [0.25]
    """
    either = (before | bar).sum(axis=(-2, -1))
    both = (before & bar).sum(axis=(-2, -1))
    return np.where(either > 0, both / np.maximum(either, 1), np.nan).astype(np.float32)


def similarity_in_phrases(sounds: BoolArray) -> FloatArray:
    """Return `bar_similarity` of all neighbours in phrases: `(n, B, M, T, P)` -> `(n * (B - 1), M)`."""
    similar = bar_similarity(sounds[:, :-1], sounds[:, 1:])
    return similar.reshape(-1, sounds.shape[2])


def similarity_over_boundaries(sounds: BoolArray, before: BoolArray) -> FloatArray:
    """Return `bar_similarity` of the first bars of phrases and the bars before them, `(n, M)`.

    `sounds`: `(n, B, M, T, P)`, `before`: `(n, M, T, P)`. NaN where the whole bar before is silent: nothing goes on.
    """
    similar = bar_similarity(before, sounds[:, 0])
    similar[~before.any(axis=(1, 2, 3))] = np.nan
    return similar
