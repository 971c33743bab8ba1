"""How near a band's tracks are to the track that they follow, song by song; it must not know who plays.

All sums are kept for each song, so that songs can be drawn again and again: that says how far a figure can be trusted.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from musegan_models.chords import chord_from_chroma
from musegan_models.spec import ModelSpec
from musegan_train.measure.metrics import BoolArray, FloatArray
from musegan_train.measure.rhythm import rhythmic_overlap, struck_steps
from musegan_train.measure.tonal import chroma_of_beats, fold_pitches, pitch_classes, tonal_distance

_MIXED = 8000
"""Pairs of bars that met by chance."""

Songs = NDArray[np.float64]
"""How often each song was drawn: `(n_draws, n_songs)`."""


class Mean(NamedTuple):
    """A mean over bars, kept as a sum and a count for each song, or for each pair of songs."""

    total: NDArray[np.float64]  # (n_songs,) or (n_songs, n_songs)
    n: NDArray[np.float64]

    def of(self, songs: Songs) -> NDArray[np.float64]:
        """Return the mean in each draw of songs, NaN where nothing was measured: `(n_draws,)`."""
        total, n = _weighed(self.total, songs), _weighed(self.n, songs)
        return np.where(n > 0, total / np.maximum(n, 1e-9), np.nan)


class Nearness(NamedTuple):
    """What was measured of tracks that play beside one that they follow, where both play."""

    tonal: Mean  # tonal distance of the followed track and each other pitched one
    by_chance: Mean  # the same where one of the two is of a bar drawn from all songs
    rhythm: Mean  # steps struck by both over steps struck by either, 0..1
    plays: Mean  # whether a track plays, in the bars in which the followed one does
    notes: Mean  # notes of all other tracks, in those bars
    changes: Mean  # whether their chord is another than in the bar before

    def gain(self, songs: Songs, beside: Nearness) -> NDArray[np.float64]:
        """Return how much nearer in tonal distance they are than those of `beside` are by chance: `(n_draws,)`."""
        return beside.by_chance.of(songs) - self.tonal.of(songs)


class Played(NamedTuple):
    """What is measured of the bars of songs, `(n_songs, n_bars, n_tracks, ..)`."""

    strikes: BoolArray  # (.., n_steps)
    chroma: FloatArray  # (.., 4, 12), in steps
    notes: NDArray[np.int64]

    @property
    def plays(self) -> BoolArray:
        """Return whether each track strikes a note in each bar."""
        return np.asarray(self.strikes.any(axis=-1))


def played(planes: BoolArray, spec: ModelSpec) -> Played:
    """Read bars, bool `(n_songs, n_bars, 2, n_tracks, n_steps, n_pitches)`, planes onset and sustain."""
    fold = pitch_classes(spec.n_pitches, spec.lowest_pitch)
    chroma = chroma_of_beats(fold_pitches(planes[:, :, 0] | planes[:, :, 1], fold))
    return Played(struck_steps(planes[:, :, 0]), chroma, planes[:, :, 0].sum(axis=(-2, -1)))


def nearness(
    band: Played, lead: Played, track: int, spec: ModelSpec, bars: slice, rng: np.random.Generator
) -> Nearness:
    """Measure `bars` of what a `band` plays on all tracks but `track`, beside what a `lead` plays on that one.

    `rng` draws the bars that meet by chance.
    """
    n = len(lead.strikes)
    others = [i for i in range(spec.n_tracks) if i != track]
    pitched = [i for i in others if not spec.tracks[i].is_drum]
    leads = lead.plays[:, :, track]
    leads[:, : bars.start] = leads[:, bars.stop :] = False
    song, bar = np.nonzero(leads)

    tonal = by_chance = Mean(np.zeros(n), np.zeros(n))
    if not spec.tracks[track].is_drum:
        whose, where, i = np.nonzero(leads[:, :, None] & band.plays[:, :, pitched])
        p, q = lead.chroma[whose, where, track], band.chroma[:, :, pitched][whose, where, i]
        tonal, by_chance = _mean(tonal_distance(p, q), whose, n), Mean(np.zeros((n, n)), np.zeros((n, n)))
        if len(whose):
            one, other = rng.integers(len(whose), size=(2, _MIXED))
            by_chance = _mean_of_pairs(tonal_distance(p[one], q[other]), whose[one], whose[other], n)
    struck = lead.strikes[song, bar, track]
    rhythm = np.stack([rhythmic_overlap(struck, band.strikes[song, bar, i]) for i in others], axis=1)
    of_each = np.repeat(song, len(others))
    return Nearness(
        tonal,
        by_chance,
        _mean(rhythm.ravel(), of_each, n),
        _mean(band.plays[song, bar][:, others].ravel(), of_each, n),
        _mean(band.notes[song, bar][:, others].sum(axis=1), song, n),
        _mean(_changes(band.chroma[:, :, pitched].sum(axis=(2, 3)))[song, bar], song, n),
    )


def _changes(chroma: FloatArray) -> FloatArray:
    """Return where the triad is another than in the bar before, NaN where either is silent: `(n_songs, n_bars)`."""
    triads = chord_from_chroma(chroma)
    known = np.asarray(triads.any(axis=2))
    moves = (triads[:, 1:] != triads[:, :-1]).any(axis=2)
    changes = np.full(known.shape, np.nan, np.float32)
    changes[:, 1:] = np.where(known[:, 1:] & known[:, :-1], moves, np.nan)
    return changes


def draws(n_songs: int, n: int, rng: np.random.Generator) -> Songs:
    """Return all songs once, and then `n` times as many songs, drawn from them: `(1 + n, n_songs)`."""
    drawn = rng.multinomial(n_songs, np.full(n_songs, 1 / n_songs), size=n)
    return np.concatenate((np.ones((1, n_songs)), drawn))


def _mean(values: NDArray[Any], songs: NDArray[np.integer], n: int) -> Mean:
    """Return the mean of what is no NaN; `songs`: whose each value is."""
    known = np.isfinite(values)
    total = np.bincount(songs[known], np.asarray(values[known], np.float64), n)
    return Mean(np.asarray(total, np.float64), np.bincount(songs[known], minlength=n).astype(np.float64))


def _mean_of_pairs(values: FloatArray, one: NDArray[np.integer], other: NDArray[np.integer], n: int) -> Mean:
    found = _mean(values, one * n + other, n * n)
    return Mean(found.total.reshape(n, n), found.n.reshape(n, n))


def _weighed(values: NDArray[np.float64], songs: Songs) -> NDArray[np.float64]:
    if values.ndim == 1:
        return np.asarray(songs @ values)
    return np.asarray(((songs @ values) * songs).sum(axis=1))
