"""All that is measured of some phrases, taken batch by batch; it must not know who played them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from musegan_models.spec import ModelSpec
from musegan_train.measure import continuity, coverage, distances, metrics, rhythm
from musegan_train.measure.metrics import CORRECT, PAPER, BoolArray, Counts, FloatArray, Measurement, Rules

Planes = tuple[BoolArray, BoolArray]
"""Onset and sustain of phrases, bool `(n, n_measures, n_tracks, n_steps, n_pitches)`."""

KEPT = 200
"""Phrases that are compared cell by cell."""


class Music(NamedTuple):
    """Phrases, and what sounds in the bar before each, silence where it begins a song; None where nobody knows."""

    onset: BoolArray
    sustain: BoolArray
    before: BoolArray | None = None  # (n, n_tracks, n_steps, n_pitches)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """What was counted in phrases, by our rules and by the papers', and the first `KEPT` of the phrases themselves."""

    counts: Counts
    paper: Counts
    similarity: FloatArray  # (pairs of bars, n_tracks); see `continuity`, as the next
    boundary: FloatArray | None  # (n_phrases, n_tracks); None where nobody knows the bars before
    struck: BoolArray  # (n_bars, n_tracks, n_steps): onsets
    features: FloatArray  # of the first phrases; see `coverage`
    bits: distances.Bits
    n_phrases: int
    n_measures: int  # bars of a phrase

    def of_each_bar(self) -> dict[str, dict[str, FloatArray]]:
        """Return metric -> track or pair -> values: of `Counts.of_each_bar` and, where known, of `continuity`."""
        tracks = self.counts.tracks
        values = self.counts.of_each_bar()
        for name, similar in (("similarity", self.similarity), ("boundary", self.boundary)):
            if similar is not None and len(similar):
                values[name] = {track.name: similar[:, i] for i, track in enumerate(tracks)}
        return values


class Counter:
    """Counts phrases that come batch by batch; `rules` says for both countings what a note and a drum pattern is."""

    def __init__(self, spec: ModelSpec, rules: Rules = CORRECT, kept: int = KEPT) -> None:
        """Begin with nothing; the first `kept` phrases will be kept."""
        self._spec, self._rules, self._kept = spec, rules, kept
        one_way = {"registers": PAPER.registers, "whole_bars": PAPER.whole_bars, "one_plane": PAPER.one_plane}
        self._as_paper = replace(rules, **one_way)
        self._counts, self._paper, self._bits = list[Counts](), list[Counts](), list[distances.Bits]()
        self._similar, self._boundaries, self._features = list[FloatArray](), list[FloatArray](), list[FloatArray]()
        self._struck = list[BoolArray]()
        self._n_phrases, self._n_measures = 0, 1

    def add(self, music: Music) -> None:
        """Count some more phrases."""
        onset, sustain, before = music
        spec, sounds = self._spec, onset | sustain
        if (missing := self._kept - self._n_phrases) > 0:
            self._bits.append(distances.bits(onset[:missing], sustain[:missing]))
        if (missing := coverage.LIMIT - self._n_phrases) > 0:
            self._features.append(coverage.features(onset[:missing], sustain[:missing], spec.lowest_pitch))
        self._n_phrases, self._n_measures = self._n_phrases + len(onset), onset.shape[1]
        for counts, rules in ((self._counts, self._rules), (self._paper, self._as_paper)):
            counts.append(metrics.count(onset, sustain, spec.tracks, spec.lowest_pitch, rules))
        struck = rhythm.struck_steps(onset)
        self._struck.append(struck.reshape(-1, *struck.shape[2:]))
        self._similar.append(continuity.similarity_in_phrases(sounds))
        if before is not None:
            self._boundaries.append(continuity.similarity_over_boundaries(sounds, before))

    def tally(self) -> Tally:
        """Return what was counted.

        Raises:
            ValueError: There was no phrase.

        """
        if not self._counts:
            raise ValueError("phrases must be 1 or more, got 0")
        return Tally(
            counts=metrics.joined(self._counts),
            paper=metrics.joined(self._paper),
            similarity=np.concatenate(self._similar),
            boundary=np.concatenate(self._boundaries) if self._boundaries else None,
            struck=np.concatenate(self._struck),
            features=np.concatenate(self._features),
            bits=distances.joined(self._bits),
            n_phrases=self._n_phrases,
            n_measures=self._n_measures,
        )


def tally(batches: Iterable[Planes | Music], spec: ModelSpec, rules: Rules = CORRECT, kept: int = KEPT) -> Tally:
    """Count all phrases of `batches`; see `Counter`.

    Raises:
        ValueError: There is no phrase.

    """
    counter = Counter(spec, rules, kept)
    for batch in batches:
        counter.add(Music(*batch))
    return counter.tally()


def summary(onset: BoolArray, sustain: BoolArray, spec: ModelSpec) -> Measurement:
    """Return all metrics of bool phrases or bars `(..., n_tracks, n_steps, n_pitches)`, for a training log."""
    return metrics.means(metrics.count(onset, sustain, spec.tracks, spec.lowest_pitch).of_each_bar())
