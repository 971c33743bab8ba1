"""Whether a band plays all that songs do and nothing else, by neighbours in a space of phrases; it must not know files.

Precision and recall of Kynkäänniemi et al. 2019 (arXiv 1904.06991, eq. 1 and 2), density and coverage of Naeem et al.
2020 (arXiv 2002.09797, eq. 4 and 6).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from musegan_models.spec import BEATS_PER_MEASURE
from musegan_train.measure import tonal
from musegan_train.measure.metrics import BoolArray, FloatArray

_Vectors = NDArray[np.float64]

K = 5
"""The neighbour that says how far the neighbourhood of a phrase reaches."""

LIMIT = 2000
"""Phrases that are compared at most: all pairs are."""

_GROUPS = (slice(0, 4), slice(4, 16), slice(16, 17), slice(17, 18))  # rhythm, pitch classes, register, length


def features(onset: BoolArray, sustain: BoolArray, lowest_pitch: int) -> FloatArray:
    """Describe phrases, bool `(n, B, M, T, P)`, by numbers `(n, B, M, 18)`.

    Of each bar and track: the onsets in each of the four beats; the share of each of the twelve pitch classes in what
    sounds; the mean pitch, in octaves; and how many pitches sound at a step, on average. Zeros where a track is silent.
    """
    n, n_bars, n_tracks, n_steps, n_pitches = onset.shape
    sounds = onset | sustain
    beats = onset.reshape(n, n_bars, n_tracks, BEATS_PER_MEASURE, -1).sum(axis=-1, dtype=np.float32)
    length = sounds.sum(axis=3, dtype=np.float32)  # of each pitch, in steps
    total = length.sum(axis=-1, keepdims=True)
    share = length / np.maximum(total, 1)
    chroma = share @ tonal.pitch_classes(n_pitches, lowest_pitch)
    octave = share @ (np.arange(n_pitches, dtype=np.float32) / 12)[:, None]
    return np.concatenate((beats, chroma, octave, total / n_steps), axis=-1).astype(np.float32)


def compare(generated: FloatArray, real: FloatArray, k: int = K) -> dict[str, float]:
    """Return precision, recall, density and coverage of generated phrases; both arguments from `features`.

    Of each track, rhythm, pitch classes, register and length are each divided by their spread in the real phrases, so
    that all weigh the same. A neighbourhood reaches to the `k`-th neighbour among phrases of the same kind.
    `precision`: the share of generated phrases in a real one's neighbourhood; `recall`: of real ones in a generated
    one's; `density`: in how many real neighbourhoods a generated phrase is, over `k`, about 1 where both are alike;
    `coverage`: the share of real phrases with a generated one in their neighbourhood. As many phrases are taken of
    each, `LIMIT` at most; NaN where there are no more than `k`.
    """
    n = min(len(generated), len(real), LIMIT)
    if n <= k:
        return dict.fromkeys(("precision", "recall", "density", "coverage"), float("nan"))
    own, other = _standardised(generated[:n], real[:n])
    apart = _distances(other, own)  # of real (rows) and generated ones
    reach, own_reach = _reach(other, k)[:, None], _reach(own, k)[None]
    return {
        "precision": float((apart <= reach).any(axis=0).mean()),
        "recall": float((apart <= own_reach).any(axis=1).mean()),
        "density": float((apart <= reach).sum(axis=0).mean() / k),
        "coverage": float((apart <= reach).any(axis=1).mean()),
    }


def _standardised(generated: FloatArray, real: FloatArray) -> tuple[_Vectors, _Vectors]:
    """Return both as vectors `(n, d)`, in units of the spread of the real ones; what never varies there is as it is."""
    variance = real.var(axis=0)  # (B, M, 18)
    scale = np.ones_like(variance)
    for group in _GROUPS:
        spread = np.sqrt(variance[..., group].sum(axis=(0, 2), keepdims=True))  # of each track
        scale[..., group] = np.where(spread > 0, spread, 1)
    middle = real.mean(axis=0)
    own, other = (((phrases - middle) / scale).reshape(len(phrases), -1) for phrases in (generated, real))
    return own.astype(np.float64), other.astype(np.float64)


def _reach(phrases: _Vectors, k: int) -> _Vectors:
    """Return the distance of each phrase to its k-th neighbour; it is its own first one, at 0."""
    return np.partition(_distances(phrases, phrases), k, axis=1)[:, k]


def _distances(one: _Vectors, many: _Vectors) -> _Vectors:
    squares = (one * one).sum(axis=1)[:, None] + (many * many).sum(axis=1) - 2 * one @ many.T
    # Rounded, so that the same phrase twice is at 0.
    return np.asarray(np.sqrt(np.maximum(squares, 0).round(9)), np.float64)
