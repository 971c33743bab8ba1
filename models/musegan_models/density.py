"""How many notes a track plays: thresholds found on bars of the band itself. It must not know onnxruntime or time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from musegan_models.model import Model, draw_latents
from musegan_models.notes import BoolArray, FloatArray, binarize, heard_planes
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec

MAX_FACTOR = 4.0
"""Times as many notes as the band plays by itself; a track that plays one note at a time is full before."""

_PHRASES, _IN_A_ROW = 24, 4  # bars that are measured: 70 ms of one core, 20 MB
_KNOTS = 257  # of a curve, from factor 0 to MAX_FACTOR; factor 1 is one of them
_ODDS = 2.0**-24  # the least chance that counts, and the least doubt: float32 near 1 has no finer steps
_STEP_WEIGHT = 2.0**-20  # relative; tells apart cells that are equally sure, and matters nowhere else


@dataclass(frozen=True, slots=True)
class Density:
    """The thresholds of one model by how many times as many notes start as at its own ones. Made by `calibrate`."""

    spec: ModelSpec
    curves: npt.NDArray[np.float64]  # (n_tracks, _KNOTS): by how much the logits of the thresholds move

    def thresholds(self, factors: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return the onset and the sustain thresholds (n_tracks,) for `factors` (n_tracks,) in 0..MAX_FACTOR.

        At 1 they are the spec's own, at 0 nothing is above them; they fall as the factor grows. Both move by the same
        logit, so that the share of cells that sound follows the number of notes. With one plane it is the cells that
        sound that are counted. Of stochastic neurons the chance of each cell is multiplied by the factor, up to 1, by
        an onset threshold that may be above 1: cells that are sure already do not become more.

        Raises:
            ValueError: The factors are not of that shape and range.

        """
        wanted = np.asarray(factors, np.float64)
        if wanted.shape != (self.spec.n_tracks,) or not ((wanted >= 0) & (wanted <= MAX_FACTOR)).all():
            raise ValueError(f"factors must be {self.spec.n_tracks} in 0..{MAX_FACTOR:g}, got {wanted.tolist()}")
        own = _own(self.spec)
        if self.spec.neurons == "stochastic" and not self.spec.has_onsets:
            moved = own / np.maximum(wanted, _ODDS)
        else:
            grid = np.linspace(0, MAX_FACTOR, _KNOTS)
            shifts = [np.interp(factor, grid, curve) for factor, curve in zip(wanted, self.curves, strict=True)]
            moved = _expit(_logit(own) + np.array(shifts))
        moved = np.where(wanted == 1, own, np.where(wanted == 0, np.inf, moved))
        onset, sustain = moved.astype(np.float32)
        return onset, sustain

    def binarize(
        self, probability: FloatArray, factors: npt.ArrayLike, rng: np.random.Generator | None = None
    ) -> tuple[BoolArray, BoolArray]:
        """Turn probabilities into notes as `notes.binarize` does, with `factors` (n_tracks,) times as many of them.

        Tracks at 1 play exactly what they play without. Of cells that are equally sure those on strong steps come
        first: a thin track keeps its downbeats.

        A band that continues must go on hearing itself at 1 (`notes.heard_planes`): one that hears itself at 2 plays
        twice as much again of that, and ten times as much after four phrases.

        Raises:
            ValueError: The planes are not those of the spec, or the factors not of their shape and range.

        """
        thresholds, changed = self.thresholds(factors), np.asarray(factors)[:, None, None] != 1
        if not changed.any():
            return binarize(probability, self.spec, rng)
        if self.spec.has_onsets and probability.shape[-4:] == self.spec.bar_shape:
            probability = probability.copy()
            probability[..., 0, :, :, :] *= np.where(changed, _step_weights(self.spec), np.float32(1))
        return binarize(probability, self.spec, rng, thresholds)


def calibrate(model: Model) -> Density:
    """Play bars that nobody hears, all at once, and find the thresholds: always the same for the same model."""
    spec = model.spec
    onset = _reference_bars(model)[:, 0]
    if spec.has_onsets:
        onset *= _step_weights(spec)
    curves = [
        _curve(onset[:, i].max(axis=-1) if track.is_monophonic else onset[:, i], track.onset_threshold)
        for i, track in enumerate(spec.tracks)
    ]
    return Density(spec, np.array(curves))


def _reference_bars(model: Model) -> FloatArray:
    """Return the probabilities (bars, planes, n_tracks, n_steps, n_pitches) of bars as the band plays them alone."""
    spec, rng = model.spec, np.random.default_rng(0)
    bars: list[FloatArray] = []
    for i in range(_IN_A_ROW):
        if i == 0 or not spec.hears_previous:
            phrase = model.begin(draw_latents(spec, rng, _PHRASES))
        previous = heard_planes(bars[-1], spec) if i and spec.hears_previous else None
        bars.append(model.bar(phrase, i % spec.n_measures, previous=previous))
    return np.concatenate(bars)


def _curve(sure: FloatArray, threshold: float) -> npt.NDArray[np.float64]:
    """Return by how much the logit of `threshold` must move for each factor of the grid, from the cells of one track.

    `sure`: (bars, steps, pitches), or (bars, steps) of a track that plays one note at a time.
    """
    own = _logit(np.float64(threshold))
    cells = np.sort(_logit(sure.ravel()))[::-1]
    count = int((cells > own).sum())
    if not 0 < count < len(cells):  # nothing to go by: silent, or full
        return np.zeros(_KNOTS)
    between = (cells[:-1] + cells[1:]) / 2  # above between[i] are i + 1 cells
    between[count - 1] = own
    wanted = count * np.linspace(0, MAX_FACTOR, _KNOTS)
    curve: npt.NDArray[np.float64] = np.interp(wanted, np.arange(1, len(cells)), between) - own
    return curve


def _own(spec: ModelSpec) -> npt.NDArray[np.float64]:
    return np.array([(t.onset_threshold, t.sustain_threshold) for t in spec.tracks]).T


def _step_weights(spec: ModelSpec) -> FloatArray:
    """Return (n_steps, 1): a little less for each step than for all that are stronger in the meter."""
    steps = np.arange(spec.measure_resolution)
    beats, places = np.divmod(steps, spec.beat_resolution)
    # Beats first, of these 1, 3, 2, 4; then half beats, and so on.
    order = np.lexsort((steps, -np.gcd(beats, BEATS_PER_MEASURE), -np.gcd(places, spec.beat_resolution)))
    ranks = np.empty(len(steps))
    ranks[order] = steps
    return (1 - ranks * _STEP_WEIGHT).astype(np.float32)[:, None]


def _logit(p: Any) -> Any:
    p = np.clip(np.asarray(p, np.float64), _ODDS, 1 - _ODDS)
    return np.log(p / (1 - p))


def _expit(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 1 / (1 + np.exp(-x))
