"""A band that plays whole songs with somebody on one of its tracks; it must not know metrics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Protocol

import numpy as np

from musegan_models.model import Latents, Phrase, draw_latents
from musegan_models.notes import heard_planes
from musegan_models.spec import ModelSpec
from musegan_train.measure.metrics import BoolArray, FloatArray

SECTION = 4
"""Phrases in a row that go on from each other; the next begins after silence, as on stage."""


class LiveBand(Protocol):
    """Anything that makes bars as `musegan_models.model.Model` does."""

    spec: ModelSpec

    def begin(self, latents: Latents) -> Phrase:
        """Return the bar codes of phrases."""

    def bar(
        self,
        phrase: Phrase,
        measure: int,
        condition: FloatArray | None = None,
        given: FloatArray | None = None,
        previous: FloatArray | None = None,
        chord: FloatArray | None = None,
    ) -> FloatArray:
        """Return the probabilities `(n, n_planes, n_tracks, n_steps, n_pitches)` of one bar of each phrase."""


def play_led(
    band: LiveBand,
    told: BoolArray,
    before: BoolArray,
    track: int,
    seeds: Sequence[int],
    did: Callable[[], object] = lambda: None,
) -> BoolArray:
    """Return what the band plays while somebody plays `track`, `(n_songs, n_bars, 2, n_tracks, n_steps, n_pitches)`.

    `told`: what it is told of each of their bars, `before`: what it has heard of the bar before, bool `(n_songs,
    n_bars, 2, n_steps, n_pitches)` each. It leaves that track out. `seeds`: of each song's z; the private ones stay,
    the others are of each phrase. `did` is called after each bar.
    """
    spec, (n, n_bars) = band.spec, told.shape[:2]
    played = np.zeros((n, n_bars, 2, *spec.bar_shape[1:]), np.bool_)
    rngs = [np.random.default_rng(seed) for seed in seeds]
    private = np.concatenate([draw_latents(spec, rng).private for rng in rngs])
    own = np.zeros((n, 2, *spec.bar_shape[1:]), np.float32)  # the band's last bar
    for number in range(n_bars):
        phrase_number, measure = divmod(number, spec.n_measures)
        if measure == 0:
            phrase = band.begin(_latents(spec, rngs, private))
            if phrase_number % SECTION == 0:
                own = np.zeros_like(own)
        previous = None
        if spec.hears_previous and (measure or spec.continues):
            previous = own.copy()
            previous[:, :, track] = before[:, number]
        condition, given = np.zeros_like(own), np.zeros((n, spec.n_tracks), np.float32)
        condition[:, :, track] = told[:, number]
        given[:, track] = told[:, number].any(axis=(1, 2, 3))
        known = bool(given.any())
        made = band.bar(phrase, measure, condition if known else None, given if known else None, previous)
        own = heard_planes(made, spec)
        own[:, :, track] = 0
        played[:, number] = own > 0
        did()
    return played


def _latents(spec: ModelSpec, rngs: Sequence[np.random.Generator], private: FloatArray) -> Latents:
    drawn = [draw_latents(spec, rng) for rng in rngs]
    each = {part.name: np.concatenate([getattr(z, part.name) for z in drawn]) for part in fields(Latents)}
    return Latents(**{**each, "private": private})
