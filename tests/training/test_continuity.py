"""Bars upon bars, and tracks beside tracks: similarity, rhythm, and the way from chance to real songs."""

from __future__ import annotations

import numpy as np
import pytest

from musegan_models.spec import TRACKS, ModelSpec
from musegan_train.measure.continuity import bar_similarity, similarity_in_phrases, similarity_over_boundaries
from musegan_train.measure.following import a_bar_late, following, way, ways_of_pairs
from musegan_train.measure.rhythm import rhythmic_overlap, struck_steps
from musegan_train.measure.tally import Music, tally

BASS, DRUMS, GUITAR, PIANO, STRINGS = range(5)


def test_bars_are_as_alike_as_the_cells_they_share() -> None:
    before, bar = np.zeros((2, 3, 16, 84), bool)
    before[0, 0:4, 40] = True
    bar[0, 2:6, 40] = True  # two cells of six
    before[1, 0, 40] = True  # the other bar is silent
    np.testing.assert_allclose(bar_similarity(before, bar), [1 / 3, 0, np.nan], atol=1e-6)


def test_a_bar_that_comes_again_is_the_same_and_another_pitch_is_not() -> None:
    bar = np.random.default_rng(0).random((5, 16, 84)) < 0.05
    assert bar_similarity(bar, bar).tolist() == [1] * 5
    np.testing.assert_array_less(bar_similarity(bar, np.roll(bar, 1, axis=-1)), 0.2)


def test_neighbours_in_a_phrase_are_compared_and_not_the_phrases() -> None:
    sounds = np.zeros((2, 3, 1, 16, 84), bool)
    sounds[0, :2, 0, 0, 40] = sounds[0, 2, 0, 0, 41] = True
    sounds[1, :, 0, 0, 50] = True
    assert similarity_in_phrases(sounds).tolist() == [[1], [0], [1], [1]]


def test_the_boundary_is_between_the_bar_before_and_the_first_one() -> None:
    sounds, before = np.zeros((3, 4, 2, 16, 84), bool), np.zeros((3, 2, 16, 84), bool)
    sounds[:, 0, :, 0, 40] = True
    sounds[:, 1:, :, 0, 41] = True
    before[0, :, 0, 40] = True
    before[1, 0, 0, 40] = True  # its second track was silent; the third phrase begins the song
    np.testing.assert_array_equal(similarity_over_boundaries(sounds, before), [[1, 1], [1, 0], [np.nan, np.nan]])


def test_rhythms_overlap_where_both_tracks_are_struck() -> None:
    onset = np.zeros((2, 2, 16, 84), bool)
    onset[0, 0, [0, 4, 8, 12], 30] = True
    onset[0, 1, [0, 8, 10], 50] = onset[0, 1, 0, 54] = True  # a chord is one stroke
    onset[1, 0, 0, 30] = True
    struck = struck_steps(onset)
    np.testing.assert_allclose(rhythmic_overlap(struck[:, 0], struck[:, 1]), [2 / 5, np.nan])


def test_a_tally_knows_bars_before_only_where_somebody_said_them() -> None:
    onset = np.random.default_rng(0).random((6, 4, 5, 16, 84)) < 0.02
    silent = np.zeros_like(onset)
    unknown = tally([(onset, silent)], ModelSpec("test")).of_each_bar()
    known = tally([Music(onset, silent, onset[:, 0])], ModelSpec("test")).of_each_bar()
    assert "boundary" not in unknown
    assert known["boundary"]["bass"].tolist() == [1] * 6
    assert len(known["similarity"]["bass"]) == len(unknown["similarity"]["bass"]) == 6 * 3


def test_the_way_is_measured_from_chance_to_real_songs() -> None:
    assert way(1.5, 1.5, 1.1) == 0
    assert way(1.1, 1.5, 1.1) == 1
    assert way(1.2, 1.5, 1.1) == pytest.approx(0.75)
    assert way(1.6, 1.5, 1.1) == pytest.approx(-0.25)


def test_tracks_that_are_near_by_chance_have_no_way_to_go() -> None:
    assert np.isnan(way(0.5, 0.6, 1.1))
    assert np.isnan(way(float("nan"), 1.5, 1.1))


def test_the_way_of_pairs_has_a_mean_of_distances_and_not_of_ways() -> None:
    real = {"TD": {"a-b": 1.0, "a-c": 0.5}, "TD shuffled": {"a-b": 1.5, "a-c": 1.5}}
    own = {"TD": {"a-b": 1.25, "a-c": 0.5}, "TD shuffled": {"a-b": 1.5, "a-c": 1.5}}
    assert ways_of_pairs(own, real) == {"a-b": 0.5, "a-c": 1, "mean": pytest.approx(0.625 / 0.75)}
    assert ways_of_pairs({"TD": {}, "TD shuffled": {}}, {"TD": {}, "TD shuffled": {}}) == {}


def test_a_band_that_strikes_with_the_given_drums_follows_their_rhythm() -> None:
    spec, rng = ModelSpec("test"), np.random.default_rng(0)
    together, apart = (np.zeros((64, 4, 5, 16, 84), bool) for _ in range(2))
    drums = rng.random((64, 4, 16)) < 0.4
    together[..., 40] = drums[:, :, None]
    apart[..., 40] = rng.random((64, 4, 5, 16)) < 0.4
    silent = np.zeros_like(apart)
    real = following(tally([(together, silent)], spec), DRUMS)
    ignores = following(tally([(apart, silent)], spec), DRUMS, real)
    assert real["rhythm matched"] == real["rhythm way"] == 1
    assert abs(ignores["rhythm gain"]) < 0.03
    assert abs(ignores["rhythm way"]) < 0.05
    assert np.isnan(real["matched"])  # of drums, tonal distance says nothing
    assert TRACKS[DRUMS].is_drum


def test_real_songs_go_all_the_way_to_themselves() -> None:
    onset, sustain = np.zeros((2, 16, 4, 5, 16, 84), bool)
    for phrase in range(16):
        onset[phrase, :, :, phrase, 24 + phrase % 12] = True
        sustain[phrase, :, :, phrase + 1 :, 24 + phrase % 12] = True
    found = following(tally([(onset, sustain)], ModelSpec("test")), PIANO)
    assert found["way"] == found["rhythm way"] == 1
    assert found["rhythm shuffled"] == 0


def test_a_band_a_bar_late_is_as_near_as_each_bar_is_to_the_next() -> None:
    spec, rng = ModelSpec("test"), np.random.default_rng(4)
    onset = np.zeros((20, 4, *spec.bar_shape[1:]), bool)
    steps = rng.random((20, 4, spec.measure_resolution)) < 0.5
    steps[:, 2:] = steps[:, 1:2]  # the third and the fourth bar are like the second
    onset[..., 0] = steps[:, :, None]  # all tracks together
    late = a_bar_late(tally([(onset, np.zeros_like(onset))], spec), DRUMS)
    found = following(late, DRUMS)
    assert late.n_measures == 3
    overlap = rhythmic_overlap(steps[:, 0], steps[:, 1])
    assert found["rhythm matched"] == pytest.approx((np.nanmean(overlap) + 2) / 3, abs=0.01)
