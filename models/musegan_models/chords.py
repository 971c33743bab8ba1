"""Chords as models hear them: twelve roots, major or minor; it must not know notes, networks or time."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from musegan_models.notes import FloatArray

N_CHORD = 13
"""Numbers of a chord (MidiNet, sec. 3.3): one-hot root from C, and 1 where it is minor."""

_THIRDS = (4, 3)  # of a major and a minor triad, in semitones
_DEGREES = ((0, False), (2, True), (4, True), (5, False), (7, False), (9, True))  # the six triads of C major
_NEXT = np.array(  # how often each of them follows each: the usual roads of tonal harmony, each row sums to 1
    [
        # I    ii   iii   IV    V     vi
        [0.05, 0.15, 0.10, 0.30, 0.20, 0.20],
        [0.05, 0.00, 0.05, 0.20, 0.60, 0.10],
        [0.05, 0.10, 0.00, 0.35, 0.05, 0.45],
        [0.30, 0.15, 0.05, 0.00, 0.40, 0.10],
        [0.50, 0.05, 0.05, 0.10, 0.00, 0.30],
        [0.10, 0.25, 0.10, 0.40, 0.15, 0.00],
    ]
)


def chord(root: int, is_minor: bool) -> FloatArray:
    """Return a chord of 13 numbers; `root` in semitones from C, 0..11.

    >>> chord(9, True).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0]
    """
    made = np.zeros(N_CHORD, np.float32)
    made[root] = 1
    made[12] = is_minor
    return made


def chord_from_chroma(chroma: npt.NDArray[Any]) -> FloatArray:
    """Return the major or minor triad whose notes hold most of `chroma`: (..., 12) >= 0 -> float32 (..., 13).

    Of equals, major and the lowest root come first; a chroma of zeros is no chord: 13 zeros.
    """
    weight = np.asarray(chroma, np.float32)
    if weight.shape[-1:] != (12,):
        raise ValueError(f"chroma must be (..., 12), got {weight.shape}")
    # The root counts a little more than the third and the fifth: C alone is C major, not the fifth of F.
    triads = [1.1 * weight + np.roll(weight, -third, axis=-1) + np.roll(weight, -7, axis=-1) for third in _THIRDS]
    best = np.concatenate(triads, axis=-1).argmax(axis=-1)
    made = np.zeros((*weight.shape[:-1], N_CHORD), np.float32)
    np.put_along_axis(made, (best % 12)[..., None], 1, axis=-1)
    made[..., 12] = best >= 12
    made[~(weight > 0).any(axis=-1)] = 0
    return made


def draw_progression(rng: np.random.Generator, n: int) -> FloatArray:
    """Draw `n` chords of C major for the bars of a phrase, float32 (n, 13); the first is I or vi."""
    degrees = [0 if rng.random() < 0.7 else 5]
    while len(degrees) < n:
        degrees.append(int(rng.choice(6, p=_NEXT[degrees[-1]])))
    return np.stack([chord(*_DEGREES[degree]) for degree in degrees[:n]])
