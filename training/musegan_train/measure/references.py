"""Real phrases as a model would have played them, to be measured beside it; it must not know metrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musegan_models.chords import chord_from_chroma
from musegan_models.notes import planes_from_roll
from musegan_models.spec import ModelSpec
from musegan_train.data.phrases import Phrases
from musegan_train.fit.batches import check_fit, is_drum_of, roll_of
from musegan_train.measure import tonal
from musegan_train.measure.tally import Music, Planes

Indices = NDArray[np.integer]
FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reference:
    """A set of phrases, seen by a model of `spec`: its tracks, planes, pitches; single bars, where it makes those."""

    data: Phrases
    spec: ModelSpec

    def __post_init__(self) -> None:
        """Raise ValueError where the phrases are not of the model's kind."""
        check_fit(self.data, self.spec)

    @property
    def n_measures(self) -> int:
        """Bars of what `planes` returns."""
        return 1 if self.spec.n_measures == 1 else int(self.data.manifest["n_measures"])

    def planes(self, indices: Indices) -> Planes:
        """Return onset and sustain of phrases; for a model of single bars, of their bars one by one."""
        roll = roll_of(self.data, self.spec, indices)
        return self._planes(roll.reshape(-1, self.n_measures, *roll.shape[2:]))

    @property
    def knows_before(self) -> bool:
        """Whether the bars before the phrases are there."""
        return self.n_measures > 1 and self.data.n_before == 1 and not self.spec.has_chord  # its melody is a phrase's

    def with_before(self, indices: Indices) -> Planes:
        """Return `planes`, one bar longer: the first is the bar before the phrase. Only where `knows_before`."""
        longer = {**self.data.manifest, "n_before": 0, "n_measures": self.n_measures + 1}
        return self._planes(roll_of(replace(self.data, manifest=longer), self.spec, indices))

    def music(self, indices: Indices) -> Music:
        """Return `planes`, and what sounds in the bars before them, where that is known."""
        if not self.knows_before:
            return Music(*self.planes(indices))
        onset, sustain = self.with_before(indices)
        return Music(onset[:, 1:], sustain[:, 1:], onset[:, 0] | sustain[:, 0])

    def _planes(self, roll: NDArray[np.uint8]) -> Planes:
        if self.spec.has_onsets:
            return roll[:, :, 0].astype(np.bool_), roll[:, :, 1].astype(np.bool_)
        onset, sustain = planes_from_roll(roll[:, :, 0])
        drums = [i for i, track in enumerate(self.spec.tracks) if track.is_drum]
        onset[:, :, drums], sustain[:, :, drums] = roll[:, :, 0, drums].astype(np.bool_), False
        return onset, sustain

    def batches(self, indices: Indices, size: int = 256) -> Iterator[Music]:
        """Yield `music` of all `indices`, `size` phrases at a time."""
        for start in range(0, len(indices), size):
            yield self.music(indices[start : start + size])

    def plain_batches(self, indices: Indices, size: int = 1024) -> Iterator[Planes]:
        """Yield `planes` of all `indices`, `size` phrases at a time."""
        for start in range(0, len(indices), size):
            yield self.planes(indices[start : start + size])

    def in_a_row(self, n_bars: int) -> Iterator[list[Planes]]:
        """Yield for each held-out song its stretches of `n_bars` or more, `(n, n_tracks, n_steps, n_pitches)` each.

        Arrangements of one song are one song: the first. Nothing where `prepare` did not say which phrases follow upon
        each other.
        """
        size, seen = int(self.data.manifest["n_measures"]), set[str]()
        held_out = np.unique(self.data.song[self.data.held_out])
        for number in held_out.tolist():
            song = self.data.manifest["songs"][number]
            first = int(np.searchsorted(self.data.song, number))
            stretches = [[first + phrase for phrase in stretch] for stretch in _stretches(song, size)
                         if len(stretch) * size >= n_bars]  # fmt: skip
            if not stretches or song["identity"] in seen:
                continue
            seen.add(song["identity"])
            parts = (self.planes(np.array(stretch)) for stretch in stretches)
            yield [(onset.reshape(-1, *onset.shape[2:]), sustain.reshape(-1, *sustain.shape[2:]))
                   for onset, sustain in parts]  # fmt: skip

    def condition(self, indices: Indices, given: int) -> tuple[FloatArray, FloatArray]:
        """Return what tells a model that one track of phrases is given: condition and mask, float32.

        `(n, n_measures, 2, n_tracks, n_steps, n_pitches)`, zero but for that track, and `(n, n_tracks)`.
        """
        real = roll_of(self.data, replace(self.spec, has_onsets=True), indices)
        real = real.reshape(-1, self.n_measures, *real.shape[2:])
        condition = np.zeros(real.shape, np.float32)
        condition[:, :, :, given] = real[:, :, :, given]
        mask = np.zeros((len(real), self.spec.n_tracks), np.float32)
        mask[:, given] = 1
        return condition, mask

    def chords(self, indices: Indices) -> FloatArray:
        """Return the chords of phrases, `(n, n_measures, 13)`: the triads nearest to all pitched tracks together."""
        cells = self.data.unpack(indices)  # (n, 2, B, M, T, P)
        pitched = ~np.asarray(is_drum_of(self.data))
        length = cells[:, :, :, pitched].sum(axis=(1, 3, 4), dtype=np.float32)
        fold = tonal.pitch_classes(length.shape[-1], int(self.data.manifest["lowest_pitch"]))
        return chord_from_chroma(length @ fold).reshape(-1, self.n_measures, 13)


def _stretches(song: Mapping[str, Any], n_measures: int) -> list[list[int]]:
    """Return the phrases of a song that follow upon each other, as `prepare` says: first bars, and which is there."""
    found, end = list[list[int]](), -1
    for bar, phrase in song.get("in_a_row", ()):
        if bar != end:
            found.append([])
        found[-1].append(phrase)
        end = bar + n_measures
    return found
