"""Bars from requests: the same request, the same bar."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from musegan_bridge.messages import SAME_BAR
from musegan_bridge.show.band import Band, Draft, Locked, Request
from musegan_bridge.show.hearing import Heard, request_of
from musegan_bridge.show.ideas import Idea, Ideas
from musegan_models import bundle as bundles
from musegan_models.model import Model
from musegan_models.notes import FloatArray


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(bundles.load(bundles.pretrained()))


@pytest.fixture(scope="module")
def live(live_bundle: Path) -> Model:
    return Model(bundles.load(live_bundle))


def idea(model: Model, measure: int = 0, seed: int = 1) -> Idea:
    """Return the idea of a bar of the first phrase of a show."""
    ideas = Ideas.begin(model.spec, seed)
    for _ in range(measure + 1):
        made, ideas = ideas.next()
    return made


def same(one: Draft, other: Draft) -> bool:
    assert one.planes is not None
    assert other.planes is not None
    return one.notes == other.notes and np.array_equal(one.planes, other.planes)


def n_notes(draft: Draft) -> dict[str, int]:
    return {name: len(notes) for name, notes in draft.notes.items()}


def planes_of(model: Model, track: int, pitch: int = 37) -> FloatArray:
    planes = np.zeros((2, *model.spec.bar_shape[1:]), np.float32)
    planes[0, track, ::4, pitch] = 1
    return planes


def test_a_band_hears_only_the_track_it_was_made_to_follow(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    bass, piano = (model.spec.track_names.index(name) for name in ("bass", "piano"))
    monkeypatch.setattr(model, "spec", replace(model.spec, condition_track="piano"))
    band = Band(model)
    for track, is_heard in ((piano, True), (bass, False)):
        silent = band.bar(request_of(model.spec, 0, idea(model), mode=SAME_BAR, heard=Heard((track,))))
        played = planes_of(model, track)
        heard = band.bar(request_of(model.spec, 0, idea(model), mode=SAME_BAR, heard=Heard((track,), played)))
        assert (silent.notes != heard.notes) == is_heard
        assert not heard.notes[model.spec.track_names[track]]


def test_stochastic_neurons_are_drawn_from_the_seeds_of_the_bar(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = replace(
        model.spec, has_onsets=False, neurons="stochastic", conditional=False, continues=False, anticipates=False
    )
    monkeypatch.setattr(model, "spec", spec)
    monkeypatch.setattr(model, "bar", lambda *_: np.full((1, *spec.bar_shape), 0.02, np.float32))
    bars = [Band(model).bar(Request(0, idea(model, measure))).notes for measure in (0, 0, 1)]
    assert bars[0] == bars[1]
    assert bars[0] != bars[2]


def test_the_same_request_gives_the_same_bar_whatever_was_asked_before(live: Model) -> None:
    requests = [
        Request(0, idea(live)),
        Request(1, idea(live, 1), previous=planes_of(live, 0)),
        Request(2, idea(live, 2), (3,), previous=planes_of(live, 3), density=(2.0,) * 5),
        Request(3, idea(live, 0, seed=5), (3,), planes_of(live, 3), (3,), previous=planes_of(live, 3), amount=0.5),
    ]
    alone = [Band(live).bar(request) for request in requests]
    band = Band(live)
    for order in itertools.permutations(range(len(requests))):
        for i in order:
            assert same(band.bar(requests[i]), alone[i])


def test_what_a_bar_is_made_from_can_be_heard_in_it(live: Model) -> None:
    requests = [
        Request(0, idea(live)),
        Request(0, idea(live), previous=planes_of(live, 3)),
        Request(0, idea(live), (3,), planes_of(live, 3), (3,)),
    ]
    bars = [Band(live).bar(request).planes for request in requests]
    for one, other in itertools.combinations(bars, 2):
        assert one is not None
        assert other is not None
        assert not np.array_equal(one[:, :3], other[:, :3])


def test_the_planes_of_a_bar_are_its_notes_without_the_musicians_track(live: Model) -> None:
    guitar = live.spec.track_names.index("guitar")
    free, bar = Band(live).bar(Request(0, idea(live))), Band(live).bar(Request(0, idea(live), (guitar,)))
    assert free.notes["guitar"]
    assert not bar.notes["guitar"]
    assert bar.left_out == (guitar,)
    for one in (free, bar):
        assert one.planes is not None
        for track, own in enumerate(one.notes.values()):
            assert one.planes[0, track].sum() == len(own)


def test_a_monophonic_track_plays_one_note_at_a_time(live: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    bass = live.spec.track_names.index("bass")
    assert live.spec.tracks[bass].is_monophonic
    monkeypatch.setattr(live, "bar", lambda *_: np.full((1, *live.spec.bar_shape), 0.99, np.float32))
    bar = Band(live).bar(Request(0, idea(live)))
    assert [(note.time, note.duration) for note in bar.notes["bass"]] == [(i / 4, 0.25) for i in range(16)]
    assert len(bar.notes["guitar"]) == 16 * live.spec.n_pitches
    assert bar.planes is not None
    assert bar.planes[:, bass].sum() == 16


def test_a_key_leaves_what_the_band_thinks(live: Model) -> None:
    in_c, in_d = (Band(live).bar(Request(0, idea(live), transposition=semitones)) for semitones in (0, 2))
    assert same(in_c, in_d)
    assert in_c.notes["guitar"]
    assert in_c.notes["drums"]
    assert (in_c.transposition, in_d.transposition) == (0, 2)


def test_the_z_of_an_idea_is_heard_and_the_same_z_is_the_same_phrase(live: Model) -> None:
    own, other = idea(live), idea(live, seed=5)
    band = Band(live)
    drafts = [band.bar(Request(0, one)) for one in (own, other, replace(own, z=other.z), own)]
    assert not same(drafts[0], drafts[1])
    assert same(drafts[1], drafts[2])
    assert same(drafts[0], drafts[3])


# How much it follows, and how many notes it plays


def test_following_by_nothing_is_playing_alone_and_by_all_is_as_it_was_trained(live: Model) -> None:
    def follow(amount: float) -> Draft:
        return Band(live).bar(Request(0, idea(live), (3,), planes_of(live, 3), (3,), amount=amount))

    alone, half, heard = (follow(amount) for amount in (0, 0.5, 1))
    assert same(alone, Band(live).bar(Request(0, idea(live), (3,))))
    assert not same(alone, heard)
    assert not same(alone, half)
    assert not same(half, heard)
    assert not half.notes["piano"]


@pytest.mark.parametrize("factor", [0.0, 0.5, 2.0])
def test_density_changes_how_many_notes_are_played_of_its_track_and_not_what_the_band_hears(
    live: Model, factor: float
) -> None:
    guitar = live.spec.track_names.index("guitar")
    density = tuple(factor if i == guitar else 1.0 for i in range(live.spec.n_tracks))
    plain, dense = (Band(live).bar(Request(0, idea(live), density=own)) for own in ((), density))
    assert np.array_equal(plain.planes, dense.planes)  # type: ignore[arg-type]
    one, other = n_notes(plain), n_notes(dense)
    assert {name for name in one if one[name] != other[name]} == {"guitar"}
    assert (other["guitar"] > one["guitar"]) == (factor > 1)
    assert factor > 0 or other["guitar"] == 0


def test_a_locked_track_plays_its_bar_again_and_the_others_follow_it(live: Model) -> None:
    bass, spec = live.spec.track_names.index("bass"), live.spec
    last = Band(live).bar(Request(0, idea(live, seed=5)))
    assert last.planes is not None
    assert last.notes["bass"]
    locked = {bass: Locked(last.notes["bass"], last.planes[:, bass])}
    free = Band(live).bar(Request(1, idea(live, 1)))
    draft = Band(live).bar(request_of(spec, 1, idea(live, 1), mode=SAME_BAR, locked=locked))
    assert draft.notes["bass"] == last.notes["bass"]
    assert draft.planes is not None
    assert np.array_equal(draft.planes[:, bass], last.planes[:, bass])
    assert {**draft.notes, "bass": []} != {**free.notes, "bass": []}
