"""What a bar hears: which track, in which mode, and of the bar before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from musegan_bridge.key import KEYS, transposition_of
from musegan_bridge.messages import PREVIOUS_BAR, SAME_BAR
from musegan_bridge.show.band import Draft, Locked
from musegan_bridge.show.hearing import Heard, describe_hearing, own_track, request_of
from musegan_bridge.show.ideas import Idea
from musegan_models.notes import FloatArray
from musegan_models.spec import ModelSpec, Track

SPEC = ModelSpec("live", hears_previous=True, continues=True, anticipates=True)
BASS, PIANO = SPEC.track_names.index("bass"), SPEC.track_names.index("piano")
FIRST, SECOND = Idea(0, 1, 2), Idea(1, 1, 2)


def notes(track: int, pitch: int) -> FloatArray:
    """Return a bar in which one track strikes a pitch on each beat."""
    planes = np.zeros((2, *SPEC.bar_shape[1:]), np.float32)
    planes[0, track, ::4, pitch] = 1
    return planes


def draft(planes: FloatArray, *left_out: int) -> Draft:
    return Draft(0, Idea(3, 0, 2), {}, left_out, planes)


def same(planes: FloatArray | None, other: FloatArray) -> bool:
    return planes is not None and np.array_equal(planes, other)


def test_in_previous_bar_mode_a_bar_hears_what_the_musician_played_in_the_bar_before() -> None:
    played, now = notes(PIANO, 40), notes(PIANO, 45)
    request = request_of(SPEC, 1, FIRST, mode=PREVIOUS_BAR, heard=Heard((PIANO,), now, before=played))
    assert request.condition is None
    assert same(request.previous, played)


def test_in_same_bar_mode_a_bar_is_given_what_the_musician_plays_in_it() -> None:
    played, now = notes(PIANO, 40), notes(PIANO, 45)
    request = request_of(SPEC, 1, FIRST, mode=SAME_BAR, heard=Heard((PIANO,), now, before=played))
    assert same(request.condition, now)
    assert same(request.previous, played)


@pytest.mark.parametrize("mode", [PREVIOUS_BAR, SAME_BAR])
def test_a_musician_who_rests_keeps_the_track(mode: str) -> None:
    request = request_of(SPEC, 1, FIRST, mode=mode, heard=Heard((PIANO,)))
    assert (request.left_out, request.condition) == ((PIANO,), None)


@pytest.mark.parametrize("mode", [PREVIOUS_BAR, SAME_BAR])
def test_a_band_that_cannot_anticipate_hears_the_same_bar_whatever_the_mode(mode: str) -> None:
    spec = ModelSpec("old")
    request = request_of(spec, 1, FIRST, mode=mode, heard=Heard((PIANO,), notes(PIANO, 45), before=notes(PIANO, 40)))
    assert same(request.condition, notes(PIANO, 45))
    assert request.previous is None


def test_a_band_made_to_follow_one_track_is_given_no_other() -> None:
    spec = ModelSpec("one", condition_track="piano")
    for track, is_heard in ((PIANO, True), (BASS, False)):
        request = request_of(spec, 1, FIRST, mode=SAME_BAR, heard=Heard((track,), notes(track, 45)))
        assert request.left_out == (track,)
        assert (request.condition is not None) == is_heard


def test_a_band_that_continues_goes_on_from_the_bar_before_in_a_new_phrase_too() -> None:
    own = notes(BASS, 10)
    for idea in (FIRST, SECOND, replace(FIRST, seed=99, private_seed=98)):
        request = request_of(SPEC, 4, idea, mode=PREVIOUS_BAR, draft=draft(own))
        assert same(request.previous, own)
    assert request_of(SPEC, 0, FIRST, mode=PREVIOUS_BAR).previous is None


def test_a_band_that_does_not_continue_begins_each_phrase_after_silence() -> None:
    spec = ModelSpec("midinet", conditional=False, hears_previous=True)
    own = notes(BASS, 10)
    assert request_of(spec, 4, FIRST, mode=PREVIOUS_BAR, draft=draft(own)).previous is None
    assert same(request_of(spec, 5, SECOND, mode=PREVIOUS_BAR, draft=draft(own)).previous, own)


def test_a_phrase_asked_for_by_its_seed_hears_no_bar_of_the_band_but_the_musician() -> None:
    idea = replace(FIRST, after_silence=True)
    own, played = notes(BASS, 10), notes(PIANO, 40)
    assert request_of(SPEC, 4, idea, mode=PREVIOUS_BAR, draft=draft(own)).previous is None
    request = request_of(SPEC, 4, idea, mode=PREVIOUS_BAR, heard=Heard((PIANO,), before=played), draft=draft(own))
    assert same(request.previous, played)


def test_what_the_band_heard_before_is_everybody_with_the_musician_in_his_place() -> None:
    own, played = notes(BASS, 10), notes(PIANO, 40)
    request = request_of(
        SPEC, 4, SECOND, mode=PREVIOUS_BAR, heard=Heard((PIANO,), before=played), draft=draft(own, PIANO)
    )
    assert same(request.previous, own + played)
    assert not own[:, PIANO].any()


def test_a_track_that_is_taken_was_the_bands_until_now_and_one_given_back_the_musicians() -> None:
    both = notes(BASS, 10) + notes(PIANO, 20)
    taken = request_of(SPEC, 4, SECOND, mode=PREVIOUS_BAR, heard=Heard((PIANO,)), draft=draft(both))
    assert same(taken.previous, both)
    played = notes(PIANO, 40) + notes(BASS, 2)  # the bass is older than the bar before: the band played it there
    back = request_of(
        SPEC, 4, SECOND, mode=PREVIOUS_BAR, heard=Heard(before=played), draft=draft(notes(BASS, 10), PIANO)
    )
    assert same(back.previous, notes(BASS, 10) + notes(PIANO, 40))


def test_several_tracks_can_be_the_musicians_and_those_that_rest_are_only_left_out() -> None:
    both = notes(BASS, 10) + notes(PIANO, 40)
    request = request_of(SPEC, 1, FIRST, mode=SAME_BAR, heard=Heard((BASS, PIANO), both))
    assert (request.left_out, request.given) == ((BASS, PIANO), (BASS, PIANO))
    assert same(request.condition, both)
    request = request_of(SPEC, 1, FIRST, mode=SAME_BAR, heard=Heard((BASS, PIANO), notes(PIANO, 40)))
    assert (request.left_out, request.given) == ((BASS, PIANO), (PIANO,))


@pytest.mark.parametrize("mode", [PREVIOUS_BAR, SAME_BAR])
def test_a_clip_is_what_he_plays_in_the_bar_whatever_the_mode_and_whatever_he_played(mode: str) -> None:
    heard = Heard((PIANO,), notes(PIANO, 45), clip=notes(PIANO, 50))
    request = request_of(SPEC, 1, FIRST, mode=mode, heard=heard)
    assert same(request.condition, notes(PIANO, 50))
    assert request.given == (PIANO,)


def test_the_first_bar_of_an_answer_goes_on_from_the_call_on_tracks_that_are_the_bands_now() -> None:
    played = notes(PIANO, 40)
    request = request_of(SPEC, 2, FIRST, mode=PREVIOUS_BAR, heard=Heard(before=played, from_tracks=(PIANO,)))
    assert (request.left_out, request.condition) == ((), None)
    assert same(request.previous, played)


@pytest.mark.parametrize("mode", [PREVIOUS_BAR, SAME_BAR])
def test_a_locked_track_is_known_so_that_the_others_follow_it(mode: str) -> None:
    locked = {BASS: Locked([], notes(BASS, 10)[:, BASS])}
    request = request_of(SPEC, 1, FIRST, mode=mode, locked=locked)
    assert (request.left_out, request.given) == ((), (BASS,))
    assert same(request.condition, notes(BASS, 10))
    spec = ModelSpec("one", condition_track="piano")
    assert request_of(spec, 1, FIRST, mode=mode, locked=locked).condition is None


def test_a_lock_on_a_track_that_is_the_musicians_does_not_play_for_him() -> None:
    locked = {PIANO: Locked([], notes(PIANO, 10)[:, PIANO])}
    request = request_of(SPEC, 1, FIRST, mode=SAME_BAR, heard=Heard((PIANO,), notes(PIANO, 40)), locked=locked)
    assert same(request.condition, notes(PIANO, 40))
    assert not request.locked


def test_what_a_model_with_other_steps_or_pitches_played_is_silence_to_this_one() -> None:
    finer, wider = replace(SPEC, beat_resolution=12), replace(SPEC, lowest_pitch=0, n_pitches=128)
    locked = {BASS: Locked([], notes(BASS, 10)[:, BASS])}
    for spec in (finer, wider):
        request = request_of(spec, 4, SECOND, mode=PREVIOUS_BAR, draft=draft(notes(BASS, 10)), locked=locked)
        assert (request.previous, request.condition, request.locked) == (None, None, {})


def test_a_key_is_reached_by_the_shorter_way_and_a_minor_key_is_that_of_its_relative_major() -> None:
    assert all(-5 <= transposition_of(key) <= 6 for key in KEYS)
    assert sorted({transposition_of(key) for key in KEYS}) == list(range(-5, 7))
    relatives = {"C": "Am", "G": "Em", "F": "Dm", "Eb": "Cm", "B": "G#m", "Gb": "Ebm", "Db": "Bbm"}
    assert all(transposition_of(major) == transposition_of(minor) for major, minor in relatives.items())


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
