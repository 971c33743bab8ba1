"""Bars from requests: the same request, the same bar."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from musegan_bridge.band import Band, Request, describe_hearing, own_track
from musegan_bridge.ideas import Idea
from musegan_models import bundle as bundles
from musegan_models.model import Model
from musegan_models.notes import FloatArray
from musegan_models.spec import ModelSpec, Track


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(bundles.load(bundles.pretrained()))


def condition(model: Model, track: int) -> FloatArray:
    planes = np.zeros((2, *model.spec.bar_shape[1:]), np.float32)
    planes[0, track, ::4, 37] = 1
    return planes


def test_a_band_hears_only_the_track_it_was_made_to_follow(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    bass, piano = (model.spec.track_names.index(name) for name in ("bass", "piano"))
    monkeypatch.setattr(model, "spec", replace(model.spec, condition_track="piano"))
    band, idea = Band(model), Idea(0, 1, 2)
    for track, is_heard in ((piano, True), (bass, False)):
        silent = band.bar(Request(0, idea, track))
        heard = band.bar(Request(0, idea, track, condition(model, track)))
        assert (silent.notes != heard.notes) == is_heard
        assert not heard.notes[model.spec.track_names[track]]


def test_stochastic_neurons_are_drawn_from_the_seeds_of_the_bar(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = replace(model.spec, has_onsets=False, neurons="stochastic", conditional=False)
    monkeypatch.setattr(model, "spec", spec)
    monkeypatch.setattr(model, "bar", lambda *_: np.full((1, *spec.bar_shape), 0.02, np.float32))
    bars = [Band(model).bar(Request(0, idea)).notes for idea in (Idea(0, 1, 2), Idea(0, 1, 2), Idea(1, 1, 2))]
    assert bars[0] == bars[1]
    assert bars[0] != bars[2]


def test_what_a_bar_was_is_told_to_the_next_with_the_musician_in_his_place(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = replace(model.spec, hears_previous=True)
    monkeypatch.setattr(model, "spec", spec)
    played = condition(model, 3)
    bar = Band(model).bar(Request(0, Idea(0, 1, 2), 3, played))
    assert bar.planes is not None
    assert np.array_equal(bar.planes[:, 3], played[:, 3])
    assert bar.planes[0].any(axis=(1, 2)).sum() > 1


@pytest.mark.parametrize(
    ("spec", "track", "words"),
    [
        (ModelSpec("any"), "piano", "follows any track"),
        (ModelSpec("one", condition_track="bass"), "bass", "follows bass"),
        (ModelSpec("scratch", conditional=False), "piano", "follows nobody: it was trained from scratch"),
        (ModelSpec("kit", tracks=(Track("kit", 0, True), Track("reed", 64, False))), "reed", "follows any track"),
        (ModelSpec("net", conditional=False, has_chord=True), None, "follows the chords that you play"),
    ],
)
def test_the_band_says_what_it_hears_and_which_track_is_the_musicians(
    spec: ModelSpec, track: str | None, words: str
) -> None:
    assert own_track(spec) == track
    assert describe_hearing(spec) == words
