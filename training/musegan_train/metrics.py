"""The metrics of the MuseGAN papers, on bars; it must not know networks or files.

All take bool arrays whose last axes are `(n_tracks, n_steps, n_pitches)`, one plane of onsets and one of sustains, with
any axes before them; these are flattened to bars. A bar in which a track is silent counts for EB and for onsets only.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from musegan_models.spec import BEATS_PER_MEASURE, TRACKS, Track

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
Measurement = dict[str, dict[str, float]]
"""Metric -> track (or pair of tracks, `bass-guitar`) -> value; NaN where there was nothing to measure."""

METRICS = {
    "EB": "empty bars, share",
    "UPC": "used pitch classes in a bar",
    "QN": "notes of at least an eighth, share",
    "onsets": "onsets in a bar",
    "DP": "drum onsets in 8-beat feel, share",
    "PP": "steps with two or more pitches, share",
    "TD": "tonal distance of two tracks",
    "TD shuffled": "the same, to the bars of other phrases",
}
"""What `measure` measures, in the order of its result."""

COMPARED = ("EB", "UPC", "QN", "onsets", "DP", "PP", "TD")
"""The metrics that `relative_error` averages."""


def measure(
    onset: BoolArray, sustain: BoolArray, tracks: Sequence[Track] = TRACKS, lowest_pitch: int = 24
) -> Measurement:
    """Return every metric of `METRICS`; drums have EB, onsets and DP, pitched tracks all but DP.

    "TD shuffled" pairs each bar with the one half of all bars away: give many phrases, in random order.
    """
    onset, sustain = _bars(onset, sustain)
    sounding = onset | sustain
    empty, onsets = empty_bars(sounding), onsets_per_bar(onset)
    classes, polyphony = used_pitch_classes(sounding, lowest_pitch), polyphonic_steps(sounding)
    qualified, pattern = qualified_notes(onset, sustain), drum_pattern(onset)
    chroma = chroma_of_beats(sounding, lowest_pitch)
    other = np.roll(chroma, len(chroma) // 2, axis=0)
    names = {i: track.name for i, track in enumerate(tracks)}
    pitched = [i for i, track in enumerate(tracks) if not track.is_drum]
    drums = [i for i, track in enumerate(tracks) if track.is_drum]
    pairs = list(itertools.combinations(pitched, 2))
    distances, shuffled = (
        {f"{names[p]}-{names[q]}": tonal_distance(chroma[:, p], second[:, q]) for p, q in pairs}
        for second in (chroma, other)
    )
    return {
        "EB": {names[i]: float(empty[i]) for i in names},
        "UPC": {names[i]: float(classes[i]) for i in pitched},
        "QN": {names[i]: float(qualified[i]) for i in pitched},
        "onsets": {names[i]: float(onsets[i]) for i in names},
        "DP": {names[i]: float(pattern[i]) for i in drums},
        "PP": {names[i]: float(polyphony[i]) for i in pitched},
        "TD": distances,
        "TD shuffled": shuffled,
    }


def empty_bars(sounding: BoolArray) -> FloatArray:
    """Return the share of bars in which a track is silent, 0..1, `(n_tracks,)` (EB)."""
    share: FloatArray = 1 - _played(sounding).mean(axis=0)
    return share


def onsets_per_bar(onset: BoolArray) -> FloatArray:
    """Return the mean number of onsets in a bar, empty bars included, `(n_tracks,)`."""
    counts: FloatArray = onset.sum(axis=(2, 3)).mean(axis=0)
    return counts


def used_pitch_classes(sounding: BoolArray, lowest_pitch: int = 24) -> FloatArray:
    """Return the mean number of pitch classes in a bar, 1..12, `(n_tracks,)` (UPC).

    Pitch classes are pitches modulo 12. The papers' code folds groups of seven neighbouring semitones instead, so their
    printed UPC and TD cannot be compared with these.
    """
    pitches = sounding.any(axis=2)  # (n_bars, n_tracks, n_pitches)
    classes = (pitches.astype(np.float32) @ _fold(sounding.shape[3], lowest_pitch)) > 0
    return _mean_over_played(classes.sum(axis=2), _played(sounding))


def qualified_notes(onset: BoolArray, sustain: BoolArray, threshold: int = 2) -> FloatArray:
    """Return the share of notes that last `threshold` steps or more, 0..1, `(n_tracks,)` (QN).

    A note is an onset and the sustain that runs on from it. The paper's bar is a 32nd note, 3 of 96 steps; on a grid of
    16 the shortest note is a 16th and every note would pass. Two steps, an eighth, is the lowest bar that still tells
    fragments from notes.
    """
    n_steps = onset.shape[2]
    length = np.zeros(onset.shape, np.uint8)  # that a note starting here has
    run = np.zeros(onset.shape[:2] + onset.shape[3:], np.uint8)
    for step in reversed(range(n_steps)):
        length[:, :, step] = run + 1
        run = np.where(sustain[:, :, step], run + 1, 0).astype(np.uint8)
    notes = onset.sum(axis=(2, 3))
    long = (onset & (length >= threshold)).sum(axis=(2, 3))
    return _mean_over_played(long / np.maximum(notes, 1), notes > 0)


def polyphonic_steps(sounding: BoolArray) -> FloatArray:
    """Return the share of a bar's steps at which two or more pitches sound, 0..1, `(n_tracks,)` (PP).

    Two as in the code of both papers; the ISMIR paper's text says more than two.
    """
    return _mean_over_played((sounding.sum(axis=3) >= 2).mean(axis=2), _played(sounding))


def drum_pattern(onset: BoolArray, off_beat: float = 0.3) -> FloatArray:
    """Return the share of onsets in 8- or 16-beat patterns, 0..1, `(n_tracks,)` (DP).

    Onsets on the eighths count 1, those between them `off_beat` (0.3 in the AAAI paper's code).
    """
    counts = onset.sum(axis=3)  # (n_bars, n_tracks, n_steps)
    mask = np.tile([1.0, off_beat], onset.shape[2] // 2)
    notes = counts.sum(axis=2)
    return _mean_over_played((counts @ mask) / np.maximum(notes, 1), notes > 0)


def chroma_of_beats(sounding: BoolArray, lowest_pitch: int = 24) -> FloatArray:
    """Return how long each pitch class sounds in each beat, in steps, `(n_bars, n_tracks, 4, 12)`."""
    n_bars, n_tracks, n_steps, n_pitches = sounding.shape
    beats = sounding.reshape(n_bars, n_tracks, BEATS_PER_MEASURE, n_steps // BEATS_PER_MEASURE, n_pitches)
    chroma: FloatArray = (beats.sum(axis=3, dtype=np.float32) @ _fold(n_pitches, lowest_pitch)).astype(np.float64)
    return chroma


def tonal_distance(p: FloatArray, q: FloatArray) -> float:
    """Return the mean distance of two tracks in tonal space, 0 for the same chroma (TD).

    `p`, `q`: `(n_bars, 4, 12)` from `chroma_of_beats`. Beats in which either is silent are left out; NaN where all are.
    Harte, Sandler and Gasser, Detecting Harmonic Change in Musical Audio, 2006, eq. 2 and 3, radii 1, 1 and 0.5.

    >>> c, g = np.eye(12)[None, [0]], np.eye(12)[None, [7]]
    >>> round(tonal_distance(c, g), 4)
    1.7372
    """
    both = (p.sum(axis=2) > 0) & (q.sum(axis=2) > 0)
    distance = np.linalg.norm(_tonal_centroid(p) - _tonal_centroid(q), axis=2)
    bars = both.any(axis=1)
    if not bars.any():
        return float("nan")
    return float(((distance * both).sum(axis=1)[bars] / both.sum(axis=1)[bars]).mean())


def relative_error(
    measured: Mapping[str, Mapping[str, float]], reference: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """Return how far each group of `COMPARED` is from the reference, averaged over tracks, and their `mean`.

    |measured - reference| / |reference|, for EB without the division: real bars are seldom empty. What cannot be
    measured, since a track never plays, is wrong by 1.
    """
    errors: dict[str, float] = {}
    for group in COMPARED:
        terms = []
        for name, expected in reference[group].items():
            if not np.isfinite(expected) or (expected == 0 and group != "EB"):
                continue
            value = measured[group][name]
            scale = 1.0 if group == "EB" else abs(expected)
            terms.append(abs(value - expected) / scale if np.isfinite(value) else 1.0)
        errors[group] = float(np.mean(terms)) if terms else float("nan")
    known = [error for error in errors.values() if np.isfinite(error)]
    errors["mean"] = float(np.mean(known)) if known else float("nan")
    return errors


def _bars(onset: BoolArray, sustain: BoolArray) -> tuple[BoolArray, BoolArray]:
    for name, array in (("onset", onset), ("sustain", sustain)):
        if array.dtype != np.bool_ or array.ndim < 4 or array.shape != onset.shape:
            raise ValueError(
                f"{name} must be bool (..., n_tracks, n_steps, n_pitches), like onset, got {array.dtype} {array.shape}"
            )
    return onset.reshape(-1, *onset.shape[-3:]), sustain.reshape(-1, *sustain.shape[-3:])


def _played(sounding: BoolArray) -> BoolArray:
    return np.asarray(sounding.any(axis=(2, 3)), np.bool_)


def _mean_over_played(values: NDArray[np.generic], played: BoolArray) -> FloatArray:
    """Average `(n_bars, n_tracks)` over the bars a track plays; NaN where it never does."""
    counts = played.sum(axis=0)
    total = np.where(played, values, 0).sum(axis=0)
    return np.where(counts > 0, total / np.maximum(counts, 1), np.nan)


def _fold(n_pitches: int, lowest_pitch: int) -> NDArray[np.float32]:
    return np.eye(12, dtype=np.float32)[(lowest_pitch + np.arange(n_pitches)) % 12]


def _tonal_centroid(chroma: FloatArray) -> FloatArray:
    n = np.arange(12)
    circles = ((7 * np.pi / 6, 1.0), (3 * np.pi / 2, 1.0), (2 * np.pi / 3, 0.5))  # fifths, minor and major thirds
    basis = np.array([radius * f(n * angle) for angle, radius in circles for f in (np.sin, np.cos)])  # (6, 12)
    centroid: FloatArray = chroma / np.maximum(chroma.sum(axis=-1, keepdims=True), 1e-12) @ basis.T
    return centroid
