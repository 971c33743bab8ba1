"""The metrics of the MuseGAN papers, bar by bar; it must not know networks or files.

Planes are bool arrays whose last axes are `(n_tracks, n_steps, n_pitches)`, one of onsets and one of sustains, with any
axes before them; these are flattened to bars. What has no value in a bar, as the pitch classes
of silence, is NaN there.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from musegan_models.notes import planes_from_roll, roll_from_planes
from musegan_models.spec import TRACKS, Track
from musegan_train.measure import tonal

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float32]
Measurement = dict[str, dict[str, float]]
"""Metric -> track (or pair of tracks, names in order: `bass-guitar`) -> value; NaN where there is none."""

METRICS = {
    "EB": "empty bars, share",
    "UPC": "used pitch classes in a bar",
    "QN": "notes of a 32nd or more (of two steps on a coarse grid), share",
    "onsets": "onsets in a bar",
    "DP": "drum onsets in a regular pattern, share",
    "PP": "steps with two or more pitches, share",
    "in-scale": "notes in C major, share",
    "TD": "tonal distance of two tracks",
    "TD shuffled": "the same, to the bars of other phrases",
}
"""What `measure` measures, in the order of its result."""

COMPARED = ("EB", "UPC", "QN", "onsets", "DP", "PP", "TD")
"""The metrics that `relative_error` averages."""


_SELDOM = 0.02
"""A share of steps by which nothing can be divided: one note more would be an error of half of it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How the metrics are counted: `CORRECT`, or as the papers' numbers were, `PAPER`."""

    registers: bool = False  # fold pitches by register, as the papers' code, and not to pitch classes
    note_steps: int | None = None  # from which a note is qualified; None: a 32nd note, but two steps at least
    pool_notes: bool = False  # QN is the share among the notes of all bars, not the mean of the bars' shares
    off_beat: float = 0.3  # what a drum onset counts beside the pattern (AAAI paper's code; 0.1 in later code)
    whole_bars: bool = False  # a beat in which a track rests takes its whole bar out of TD, as in the papers' code
    min_tracks: int = 0  # a bar in which fewer tracks sound is left out; the AAAI paper's data has 3
    one_plane: bool = False  # notes are runs of what sounds: where one is struck again it ends a step early, or fuses

    def steps_of_note(self, n_steps: int) -> int:
        """Return from how many steps on a note is qualified, where a bar has `n_steps`.

        The AAAI paper's bar is a 32nd note, 3 of 96 steps. On a grid of 16 the shortest note is a 16th and every note
        would pass: two steps is the lowest bar that still tells fragments from notes.
        """
        return self.note_steps or max(2, round(3 * n_steps / 96))


CORRECT = Rules()
PAPER = Rules(registers=True, whole_bars=True, one_plane=True)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What was counted in each of some bars; those of more bars can be `joined`."""

    values: Mapping[str, FloatArray]  # all metrics but TD: (n_bars, n_tracks)
    chroma: FloatArray  # (n_bars, n_tracks, 4, 12), steps
    tracks: tuple[Track, ...]
    rules: Rules

    def of_each_bar(self) -> dict[str, dict[str, FloatArray]]:
        """Return metric -> track or pair -> a value for each bar, `(n_bars,)`; drums have EB, onsets and DP only.

        "TD shuffled" pairs each bar with the one half of all bars away: count many phrases, in random order.
        """
        names = {i: track.name for i, track in enumerate(self.tracks)}
        drums = {i for i, track in enumerate(self.tracks) if track.is_drum}
        pitched = [i for i in names if i not in drums]
        own = {"EB": [*names], "onsets": [*names], "DP": sorted(drums)}
        result = {
            metric: {names[i]: self.values[metric][:, i] for i in own.get(metric, pitched)}
            for metric in METRICS
            if metric in self.values
        }
        if self.rules.pool_notes:
            notes = self.values["onsets"]
            result["QN"] = {names[i]: _weighted(self.values["QN"][:, i], notes[:, i]) for i in pitched}
        other = np.roll(self.chroma, len(self.chroma) // 2, axis=0)
        for metric, second in (("TD", self.chroma), ("TD shuffled", other)):
            result[metric] = {
                "-".join(sorted((names[p], names[q]))): tonal.tonal_distance(
                    self.chroma[:, p], second[:, q], self.rules.whole_bars
                )
                for p, q in itertools.combinations(pitched, 2)
            }
        return result


def count(
    onset: BoolArray,
    sustain: BoolArray,
    tracks: Sequence[Track] = TRACKS,
    lowest_pitch: int = 24,
    rules: Rules = CORRECT,
) -> Counts:
    """Count everything that there is in some bars."""
    onset, sustain = _bars(onset, sustain)
    if rules.min_tracks:
        active = (onset | sustain).any(axis=(2, 3)).sum(axis=1) >= rules.min_tracks
        onset, sustain = onset[active], sustain[active]
    if rules.one_plane:
        onset, sustain = _one_plane(onset, sustain, tracks)
    fold = tonal.register_fold(onset.shape[3]) if rules.registers else tonal.pitch_classes(onset.shape[3], lowest_pitch)
    played, struck = tonal.fold_pitches(onset | sustain, fold), tonal.fold_pitches(onset, fold)
    values = {
        "EB": empty_bars(played),
        "UPC": used_pitch_classes(played),
        "QN": qualified_notes(onset, sustain, rules.steps_of_note(onset.shape[2])),
        "onsets": onsets_per_bar(struck),
        "DP": drum_pattern(struck, rules.off_beat),
        "PP": polyphonic_steps(played),
        "in-scale": in_scale(struck),
    }
    return Counts(values, tonal.chroma_of_beats(played), tuple(tracks), rules)


def joined(parts: Sequence[Counts]) -> Counts:
    """Return the counts of all bars of `parts`, in order."""
    first = parts[0]
    values = {metric: np.concatenate([part.values[metric] for part in parts]) for metric in first.values}
    return Counts(values, np.concatenate([part.chroma for part in parts]), first.tracks, first.rules)


def measure(
    onset: BoolArray,
    sustain: BoolArray,
    tracks: Sequence[Track] = TRACKS,
    lowest_pitch: int = 24,
    rules: Rules = CORRECT,
) -> Measurement:
    """Return the mean over bars of every metric of `METRICS`; a bar in which a track rests counts for EB and onsets."""
    return means(count(onset, sustain, tracks, lowest_pitch, rules).of_each_bar())


def means(values: Mapping[str, Mapping[str, FloatArray]]) -> Measurement:
    """Average what `Counts.of_each_bar` returns over the bars where there is a value; NaN where there is none."""
    return {metric: {name: _mean(bars) for name, bars in tracks.items()} for metric, tracks in values.items()}


def empty_bars(played: FloatArray) -> FloatArray:
    """Return 1 where a track is silent in a bar, else 0 (EB). `played`: from `tonal.fold_pitches`, as all below."""
    return (~_sounds(played)).astype(np.float32)


def onsets_per_bar(struck: FloatArray) -> FloatArray:
    """Return the number of onsets in each bar, `(n_bars, n_tracks)`; `struck`: onsets, folded."""
    return np.asarray(struck.sum(axis=(2, 3)), np.float32)


def used_pitch_classes(played: FloatArray) -> FloatArray:
    """Return the number of pitch classes in each bar, 1..12, `(n_bars, n_tracks)` (UPC)."""
    return _where((played.max(axis=2) > 0).sum(axis=2), _sounds(played))


def qualified_notes(onset: BoolArray, sustain: BoolArray, steps: int = 2) -> FloatArray:
    """Return the share of notes in each bar that last `steps` or more, 0..1, `(n_bars, n_tracks)` (QN).

    A note is an onset and the sustain that runs on from it; bar lines cut it.
    """
    n_steps = onset.shape[2]
    long = onset.copy()
    for later in range(1, steps):
        left = max(n_steps - later, 0)
        long[:, :, left:] = False
        long[:, :, :left] &= sustain[:, :, later:]
    notes = _cells(onset)
    return _where(_cells(long) / np.maximum(notes, 1), notes > 0)


def polyphonic_steps(played: FloatArray) -> FloatArray:
    """Return the share of a bar's steps at which two or more pitches sound, 0..1, `(n_bars, n_tracks)` (PP).

    Two as in the code of both papers; the ISMIR paper's text says more than two.
    """
    return _where((played.sum(axis=3) >= 2).mean(axis=2), _sounds(played))


def drum_pattern(struck: FloatArray, off_beat: float = 0.3, rotate: bool = True) -> FloatArray:
    """Return the share of onsets in an 8- or 16-beat pattern, 0..1, `(n_bars, n_tracks)` (DP).

    Onsets where `pattern` is 1 count 1, those where it is `off_beat` count that. At 96 steps each bar is moved
    against the pattern to where it fits best, as in the AAAI paper's code, unless `rotate` is off.
    """
    counts = struck.sum(axis=3)  # (n_bars, n_tracks, n_steps)
    mask, period = pattern(counts.shape[2], off_beat)
    shifts = range(period) if rotate and counts.shape[2] == 96 else (0,)
    best = np.max([counts @ np.roll(mask, shift) for shift in shifts], axis=0)
    notes = counts.sum(axis=2)
    return _where(best / np.maximum(notes, 1), notes > 0)


def pattern(n_steps: int, off_beat: float) -> tuple[FloatArray, int]:
    """Return what an onset on each step of a bar counts, `(n_steps,)`, and after how many steps that repeats.

    The masks of the papers' and of pypianoroll's code at their resolutions; at any other, 1 on the eighths.
    """
    a = off_beat
    masks: dict[int, tuple[float, ...]] = {
        96: (1, a, 0, 0, 0, a), 72: (1, a, 0, 0, 0, a), 64: (1, a, 0, a), 48: (1, a, a), 36: (1, a, a), 24: (1, a, a),
        32: (1, a), 16: (1, a),
    }  # fmt: skip
    mask = masks.get(n_steps, (1, *[a] * (n_steps // 8 - 1)))
    return np.tile(np.array(mask, np.float32), -(-n_steps // len(mask)))[:n_steps], len(mask)


def in_scale(struck: FloatArray) -> FloatArray:
    """Return the share of notes in each bar that belong to C major (or A minor), 0..1, `(n_bars, n_tracks)`."""
    notes = struck.sum(axis=2)
    total = notes.sum(axis=2)
    return _where(notes[:, :, list(tonal.C_MAJOR)].sum(axis=2) / np.maximum(total, 1), total > 0)


def relative_error(
    measured: Mapping[str, Mapping[str, float]], reference: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """Return how far each group of `COMPARED` is from the reference, averaged over tracks, and their `mean`.

    |measured - reference| / |reference|, for EB without the division: real bars are seldom empty; and for PP of a
    track that hardly ever plays two pitches, as a bass. What cannot be measured, since a track never plays, is wrong
    by 1.
    """
    errors: dict[str, float] = {}
    for group in COMPARED:
        terms = []
        for name, expected in reference[group].items():
            if name not in measured[group] or not np.isfinite(expected) or (expected == 0 and group != "EB"):
                continue
            value = measured[group][name]
            seldom = group == "EB" or (group == "PP" and expected < _SELDOM)
            scale = 1.0 if seldom else abs(expected)
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


def _one_plane(onset: BoolArray, sustain: BoolArray, tracks: Sequence[Track]) -> tuple[BoolArray, BoolArray]:
    """Return the notes that a pianoroll without onsets has; each hit of drums stays one."""
    drums = [i for i, track in enumerate(tracks) if track.is_drum]
    hits = (onset | sustain)[:, drums]
    onset, sustain = planes_from_roll(roll_from_planes(onset, sustain))
    onset[:, drums], sustain[:, drums] = hits, False
    return onset, sustain


def _sounds(played: FloatArray) -> BoolArray:
    return np.asarray(played.any(axis=(2, 3)), np.bool_)


def _cells(planes: BoolArray) -> NDArray[np.intp]:
    return np.asarray(planes.sum(axis=(2, 3)), np.intp)


def _where(values: NDArray[np.generic], known: BoolArray) -> FloatArray:
    return np.where(known, values, np.nan).astype(np.float32)


def _weighted(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Scale values so that their mean, NaN left out, is the weighted mean."""
    known = weights[~np.isnan(values)]
    return values * weights / known.mean() if known.any() else values


def _mean(values: FloatArray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean(dtype=np.float64)) if len(known) else float("nan")
