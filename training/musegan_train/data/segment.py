"""Sections of a song by structural features; it must not know MIDI, tracks or phrases.

J. Serrà, M. Müller, P. Grosche, J. L. Arcos: Unsupervised Detection of Music Boundaries by Time Series Structure
Features, AAAI 2012, which the MuseGAN papers cut their songs by. Settings and details are those of MSAF's `sf`, the
implementation they used: one frame is one beat.

One thing is ours. The window that finds the sections is so long that it blurs a boundary over some bars; of the bar
lines next to it, the boundary goes to the one where a window of one bar sees the greatest change. In Lakh far more
crash cymbals, which the analysis does not hear, are then on the first beat of a section, and more than where windows
are cut from the first bar on: `benchmarks/prepare.py` counts them.
"""

from __future__ import annotations

import math
import string
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from musegan_models.spec import BEATS_PER_MEASURE

_EMBEDDED = 3  # m: frames of a delay embedding
_MIDDLE = math.ceil(_EMBEDDED / 2)  # from the frame before a change to the first one after it
_NEAREST = 0.04  # k: share of all frames that are a frame's neighbours
_GAUSSIAN = 27 / 2, 1 / 2  # standard deviation along time and along lag, in frames
_ADAPTIVE = 28  # frames of the median that a peak of the novelty has to exceed
_OFFSET = 0.05  # by this much of the mean novelty
_ALIKE = 0.9  # mean cosine of the beats' chroma from which two sections are one
_MIN_FRAMES = 20  # a shorter song is one section
_MAX_FRAMES = 1600  # a longer song has one frame a bar: the recurrence plot is quadratic


@dataclass(frozen=True, slots=True)
class Section:
    """Bars of a song that belong together."""

    start: int  # first bar, from 0
    n_measures: int
    label: str  # the same for sections that sound alike: A, B, ...


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """What the section analysis of a song sees; a frame is one beat."""

    recurrence: NDArray[np.bool_]  # (n_frames, n_frames): the frames are mutual nearest neighbours
    novelty: NDArray[np.float32]  # (n_frames,) in 0..1: how much the structure changes after a frame
    threshold: NDArray[np.float32]  # (n_frames,): what a peak of the novelty has to exceed
    sections: tuple[Section, ...]
    frames_per_measure: int  # 4, or 1 in a very long song


def structure_from_chroma(chroma: NDArray[np.float32]) -> Structure:
    """Cut a song into sections. `chroma`: `(n_bars * 4, 12)`, one row a beat; sections begin on bar lines."""
    n_measures = len(chroma) // BEATS_PER_MEASURE
    frames_per_measure = BEATS_PER_MEASURE if len(chroma) <= _MAX_FRAMES else 1
    features = chroma.reshape(n_measures * frames_per_measure, -1, 12).sum(axis=1)
    peak = features.max(axis=1, keepdims=True)
    features = np.divide(features, peak, out=np.zeros_like(features), where=peak > 0)  # infinity norm
    recurrence = _recurrence(features)
    lagged = _time_lag(recurrence)
    novelty = _novelty(lagged, *_GAUSSIAN)
    threshold = _median(novelty, _ADAPTIVE) + _OFFSET * novelty.mean(dtype=np.float32)
    bounds = [0]
    if len(features) > _MIN_FRAMES:
        sharp = _novelty(lagged, frames_per_measure, _GAUSSIAN[1])
        for frame in _peaks(novelty, threshold):
            bar = _sharpest(sharp, round((frame + _MIDDLE) / frames_per_measure), frames_per_measure)
            if bounds[-1] < bar < n_measures:
                bounds.append(bar)
    bounds.append(n_measures)
    return Structure(recurrence, novelty, threshold, _label(bounds, chroma), frames_per_measure)


def _recurrence(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which frames are among each other's k nearest in the delay embedding, never a frame itself."""
    n = len(features) - _EMBEDDED + 1
    embedded = np.concatenate([features[m : m + n] for m in range(_EMBEDDED)], axis=1)
    squares = (embedded**2).sum(axis=1)
    distance = squares[:, None] + squares - 2 * embedded @ embedded.T
    np.fill_diagonal(distance, np.inf)
    k = min(max(1, round(_NEAREST * n)), n - 1)
    nearest = np.zeros((n, n), np.bool_)
    np.put_along_axis(nearest, np.argpartition(distance, k - 1, axis=1)[:, :k], True, axis=1)
    return np.asarray(nearest & nearest.T)


def _time_lag(recurrence: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the recurrences of each frame with the frame so much later, around the end: `(lag, time)`."""
    n = len(recurrence)
    lag = (np.arange(n)[:, None] + np.arange(n)) % n
    return np.take_along_axis(recurrence, lag, axis=1).T.astype(np.float32)


def _novelty(lagged: NDArray[np.float32], over_time: float, over_lag: float) -> NDArray[np.float32]:
    """Return how far the time-lag matrix, smoothed, moves from one frame to the next, in 0..1."""
    n = len(lagged)
    # Smoothing and difference commute: one product does both for time.
    change = lagged @ np.diff(_smoothing(n, over_time), axis=1)
    weights = _window(over_lag)
    padded = np.pad(change, ((len(weights) // 2, len(weights) // 2), (0, 0)), mode="symmetric")
    change = sum((weight * padded[lag : lag + n] for lag, weight in enumerate(weights)), np.zeros_like(change))
    novelty = np.append(np.linalg.norm(change, axis=0), np.float32(0))
    return np.asarray(novelty / max(float(novelty.max()), 1e-9), np.float32)


def _sharpest(novelty: NDArray[np.float32], bar: int, frames_per_measure: int) -> int:
    """Return which of a bar line and its neighbours has most novelty in the three frames around it."""
    around = {}
    for line in (bar, bar - 1, bar + 1):  # of equals the first
        frame = line * frames_per_measure - _MIDDLE
        around[line] = float(novelty[max(0, frame - 1) : max(0, frame + 2)].sum())
    return max(around, key=lambda line: around[line])


def _smoothing(n: int, sigma: float) -> NDArray[np.float32]:
    """Return the `(n, n)` matrix that a row of n frames is multiplied by to be smoothed, mirrored at its ends."""
    weights = _window(sigma)
    place = np.arange(len(weights)) - len(weights) // 2
    of = (np.arange(n)[:, None] + place) % (2 * n)
    of = np.where(of < n, of, 2 * n - 1 - of)
    cells = of * n + np.arange(n)[:, None]
    smoothing = np.bincount(cells.ravel(), np.tile(weights, n), n * n)
    return smoothing.reshape(n, n).astype(np.float32)


def _window(sigma: float) -> NDArray[np.float32]:
    """Return a Gaussian cut at four standard deviations, of sum 1."""
    radius = int(4 * sigma + 0.5)
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    return np.asarray(weights / weights.sum(), np.float32)


def _median(x: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    padded = np.pad(x, (size // 2, size - 1 - size // 2), mode="symmetric")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(padded, size), axis=-1), np.float32)


def _peaks(novelty: NDArray[np.float32], threshold: NDArray[np.float32]) -> list[int]:
    middle = novelty[1:-1]
    is_peak = (middle > novelty[:-2]) & (middle > novelty[2:]) & (middle > threshold[1:-1])
    return [int(frame) + 1 for frame in np.flatnonzero(is_peak)]


def _label(bounds: list[int], chroma: NDArray[np.float32]) -> tuple[Section, ...]:
    """Give each section the letter of the first before it that sounds alike, bar upon bar, or a new letter."""
    norm = np.linalg.norm(chroma, axis=1, keepdims=True)
    unit = np.divide(chroma, norm, out=np.zeros_like(chroma), where=norm > 0).reshape(-1, BEATS_PER_MEASURE * 12)
    sections: list[Section] = []
    models: list[tuple[str, NDArray[np.float32]]] = []  # of each letter the bars of the first that has it
    for start, end in pairwise(bounds):
        bars = unit[start:end]
        label = next((name for name, model in models if _likeness(bars, model) >= _ALIKE), "")
        if not label:
            label = _name(len(models))
            models.append((label, bars))
        sections.append(Section(start, end - start, label))
    return tuple(sections)


def _likeness(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    """Return the mean cosine of the beats of two sections, the shorter laid where it fits the longer best."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) * 2 < len(long):
        return 0.0  # a bar of a chorus is no chorus
    cosines = short @ long.T
    offsets = range(len(long) - len(short) + 1)
    return max(float(np.trace(cosines[:, n : n + len(short)])) for n in offsets) / (len(short) * BEATS_PER_MEASURE)


def _name(n: int) -> str:
    letter = string.ascii_uppercase[n % 26]
    return letter if n < 26 else f"{letter}{n // 26}"
