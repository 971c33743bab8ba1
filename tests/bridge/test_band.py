"""Bars from requests: the same request, the same bar."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from musegan_bridge.accent import accented
from musegan_bridge.band import Band, Request
from musegan_bridge.hearing import request_of
from musegan_bridge.ideas import Idea
from musegan_bridge.messages import SAME_BAR
from musegan_models import bundle as bundles
from musegan_models.model import Model
from musegan_models.notes import FloatArray

IDEA = Idea(0, 1, 2)


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(bundles.load(bundles.pretrained()))


@pytest.fixture(scope="module")
def live(live_bundle: Path) -> Model:
    return Model(bundles.load(live_bundle))


def planes_of(model: Model, track: int, pitch: int = 37) -> FloatArray:
    planes = np.zeros((2, *model.spec.bar_shape[1:]), np.float32)
    planes[0, track, ::4, pitch] = 1
    return planes


def test_a_band_hears_only_the_track_it_was_made_to_follow(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    bass, piano = (model.spec.track_names.index(name) for name in ("bass", "piano"))
    monkeypatch.setattr(model, "spec", replace(model.spec, condition_track="piano"))
    band = Band(model)
    for track, is_heard in ((piano, True), (bass, False)):
        silent = band.bar(request_of(model.spec, 0, IDEA, mode=SAME_BAR, track=track))
        played = planes_of(model, track)
        heard = band.bar(request_of(model.spec, 0, IDEA, mode=SAME_BAR, track=track, now=played))
        assert (silent.notes != heard.notes) == is_heard
        assert not heard.notes[model.spec.track_names[track]]


def test_stochastic_neurons_are_drawn_from_the_seeds_of_the_bar(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = replace(
        model.spec, has_onsets=False, neurons="stochastic", conditional=False, continues=False, anticipates=False
    )
    monkeypatch.setattr(model, "spec", spec)
    monkeypatch.setattr(model, "bar", lambda *_: np.full((1, *spec.bar_shape), 0.02, np.float32))
    bars = [Band(model).bar(Request(0, idea)).notes for idea in (IDEA, IDEA, Idea(1, 1, 2))]
    assert bars[0] == bars[1]
    assert bars[0] != bars[2]


def test_the_same_request_gives_the_same_bar_whatever_was_asked_before(live: Model) -> None:
    requests = [
        Request(0, IDEA),
        Request(1, Idea(1, 1, 2), previous=planes_of(live, 0)),
        Request(2, Idea(2, 1, 2), track=3, previous=planes_of(live, 3)),
        Request(3, Idea(0, 5, 6), track=3, condition=planes_of(live, 3), previous=planes_of(live, 3), transposition=-5),
    ]
    alone = [Band(live).bar(request) for request in requests]
    band = Band(live)
    for order in itertools.permutations(range(len(requests))):
        for i in order:
            bar = band.bar(requests[i])
            assert bar == alone[i]
            assert np.array_equal(bar.planes, alone[i].planes)  # type: ignore[arg-type]


def test_what_a_bar_is_made_from_can_be_heard_in_it(live: Model) -> None:
    requests = [
        Request(0, IDEA),
        Request(0, IDEA, previous=planes_of(live, 3)),
        Request(0, IDEA, track=3, condition=planes_of(live, 3)),
    ]
    bars = [Band(live).bar(request).planes for request in requests]
    for one, other in itertools.combinations(bars, 2):
        assert one is not None
        assert other is not None
        assert not np.array_equal(one[:, :3], other[:, :3])


def test_the_planes_of_a_bar_are_its_notes_without_the_musicians_track(live: Model) -> None:
    guitar = live.spec.track_names.index("guitar")
    free, bar = Band(live).bar(Request(0, IDEA)), Band(live).bar(Request(0, IDEA, guitar))
    assert free.notes["guitar"]
    assert not bar.notes["guitar"]
    assert bar.track == guitar
    for one in (free, bar):
        assert one.planes is not None
        for track, own in enumerate(one.notes.values()):
            assert one.planes[0, track].sum() == len(own)


def test_a_monophonic_track_plays_one_note_at_a_time(live: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    bass = live.spec.track_names.index("bass")
    assert live.spec.tracks[bass].is_monophonic
    monkeypatch.setattr(live, "bar", lambda *_: np.full((1, *live.spec.bar_shape), 0.99, np.float32))
    bar = Band(live).bar(Request(0, IDEA))
    assert [(note.time, note.duration) for note in bar.notes["bass"]] == [(i / 4, 0.25) for i in range(16)]
    assert len(bar.notes["guitar"]) == 16 * live.spec.n_pitches
    assert bar.planes is not None
    assert bar.planes[:, bass].sum() == 16


def test_a_key_moves_all_but_the_drums_and_leaves_what_the_band_thinks(live: Model) -> None:
    in_c, in_d = (Band(live).bar(Request(0, IDEA, transposition=semitones)) for semitones in (0, 2))
    for track in live.spec.tracks:
        moved = [replace(note, pitch=note.pitch + (0 if track.is_drum else 2)) for note in in_c.notes[track.name]]
        assert in_d.notes[track.name] == moved
    assert in_c.notes["guitar"]
    assert in_c.notes["drums"]
    assert np.array_equal(in_c.planes, in_d.planes)  # type: ignore[arg-type]


def test_an_accent_makes_a_downbeat_louder_than_a_beat_and_a_beat_louder_than_what_is_between() -> None:
    for velocity in range(48, 113):
        downbeat, beat, half, between = (accented(velocity, time) for time in (0.0, 1.0, 1.5, 1.75))
        assert 1 <= between < half < beat < downbeat <= 127
    assert accented(127, 0.0) == 127
    assert accented(100, 2 + 1 / 3) == accented(100, 3.25)
