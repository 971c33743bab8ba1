"""All that is measured of some phrases, taken batch by batch; it must not know who played them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from musegan_models.spec import ModelSpec
from musegan_train.measure import distances
from musegan_train.measure.metrics import CORRECT, PAPER, BoolArray, Counts, Measurement, Rules, count, joined, means
from musegan_train.measure.tonal import tonal_distance

Planes = tuple[BoolArray, BoolArray]
"""Onset and sustain of phrases, bool `(n, n_measures, n_tracks, n_steps, n_pitches)`."""

KEPT = 200
"""Phrases that are compared cell by cell."""


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """What was counted in phrases, by our rules and by the papers', and the first `KEPT` of the phrases themselves."""

    counts: Counts
    paper: Counts
    bits: distances.Bits
    n_phrases: int
    n_measures: int  # bars of a phrase


def tally(batches: Iterable[Planes], spec: ModelSpec, rules: Rules = CORRECT, kept: int = KEPT) -> Tally:
    """Count all phrases of `batches`; `rules` says for both countings what a note and a drum pattern is.

    Raises:
        ValueError: There is no phrase.

    """
    counts, paper, bits, n_phrases, n_measures = list[Counts](), list[Counts](), list[distances.Bits](), 0, 1
    as_paper = replace(rules, registers=PAPER.registers, whole_bars=PAPER.whole_bars, one_plane=PAPER.one_plane)
    for onset, sustain in batches:
        n_phrases, n_measures = n_phrases + len(onset), onset.shape[1]
        counts.append(count(onset, sustain, spec.tracks, spec.lowest_pitch, rules))
        paper.append(count(onset, sustain, spec.tracks, spec.lowest_pitch, as_paper))
        if (missing := kept - sum(map(len, bits))) > 0:
            bits.append(distances.bits(onset[:missing], sustain[:missing]))
    if not counts:
        raise ValueError("phrases must be 1 or more, got 0")
    return Tally(joined(counts), joined(paper), distances.joined(bits), n_phrases, n_measures)


def summary(onset: BoolArray, sustain: BoolArray, spec: ModelSpec) -> Measurement:
    """Return all metrics of bool phrases or bars `(..., n_tracks, n_steps, n_pitches)`, for a training log."""
    return means(count(onset, sustain, spec.tracks, spec.lowest_pitch).of_each_bar())


def following(tally: Tally, given: int) -> dict[str, float]:
    """Return how near the other pitched tracks are to the given one, and to that of another phrase.

    The phrases must be in random order. `matched` and `shuffled` are tonal distances, averaged over the other pitched
    tracks; `gain` is shuffled minus matched: 0 for a band that does not listen.
    """
    counts = tally.counts
    own = counts.chroma[:, given]
    # Whole phrases move, so that each bar meets the same bar of another phrase.
    another = np.roll(own, tally.n_phrases // 2 * tally.n_measures, axis=0)
    others = [i for i, track in enumerate(counts.tracks) if i != given and not track.is_drum]
    matched, shuffled = (
        mean([mean(tonal_distance(lead, counts.chroma[:, i]).tolist()) for i in others]) for lead in (own, another)
    )
    return {"matched": matched, "shuffled": shuffled, "gain": shuffled - matched}


def mean(values: list[float]) -> float:
    """Average what could be measured; NaN where nothing could."""
    known = np.array([value for value in values if np.isfinite(value)])
    return float(known.mean()) if len(known) else float("nan")
