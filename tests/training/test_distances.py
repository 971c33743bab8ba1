import numpy as np
import pytest
from numpy.typing import NDArray

from musegan_train.measure import distances, metrics


def phrases(n: int, seed: int, density: float = 0.02) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    onset, sustain = np.random.default_rng(seed).random((2, n, 4, 3, 16, 30)) < density
    return onset, sustain & ~onset


def test_the_wasserstein_distance_is_how_far_values_have_to_move() -> None:
    here = {"UPC": {"bass": np.array([1, 2, np.nan], np.float32)}}
    there = {"UPC": {"bass": np.array([2, 4], np.float32)}}
    assert distances.wasserstein(here, there)["UPC"]["bass"] == 1.5
    assert distances.wasserstein(here, here)["UPC"]["bass"] == 0


def test_distributions_of_one_mean_can_be_far_apart() -> None:
    same = {"PP": {"piano": np.full(4, 0.5, np.float32)}}
    wide = {"PP": {"piano": np.array([0, 0, 1, 1], np.float32)}}
    assert metrics.means(same) == metrics.means(wide)
    assert distances.wasserstein(same, wide)["PP"]["piano"] == 0.5


def test_what_was_never_played_has_no_distribution() -> None:
    silent = {"UPC": {"bass": np.full(3, np.nan, np.float32)}}
    played = {"UPC": {"bass": np.ones(3, np.float32), "piano": np.ones(3, np.float32)}}
    assert np.isnan(distances.wasserstein(silent, played)["UPC"]["bass"])
    assert list(distances.wasserstein(silent, played)["UPC"]) == ["bass"]


def test_the_nearest_training_phrase_is_found_among_all_chunks() -> None:
    own, training = phrases(6, 0), phrases(700, 1)
    for plane, other in zip(own, training, strict=True):
        other[321] = plane[2]  # one phrase was trained on
        other[5, :, :2] = plane[4, :, :2]  # and two tracks of another
    chunks = [distances.bits(*(plane[i : i + 300] for plane in training)) for i in range(0, 700, 300)]
    found = distances.nearest(distances.bits(*own), chunks)
    cells = [np.concatenate([plane.reshape(len(plane), -1) for plane in planes], axis=1) for planes in (own, training)]
    shared = cells[0].astype(int) @ cells[1].T.astype(int)
    either = cells[0].sum(axis=1)[:, None] + cells[1].sum(axis=1) - shared
    np.testing.assert_allclose(found, 1 - (shared / either).max(axis=1))
    assert found[2] == 0
    assert found[4] < 0.6
    assert found[[0, 1, 3, 5]].min() > 0.9


def test_phrases_that_were_trained_on_are_copies_and_others_are_not() -> None:
    training, held_out, new = phrases(200, 0), phrases(40, 1), phrases(40, 2)
    copied = (training[0][:40], training[1][:40])
    chunks = [distances.bits(*training)]
    found = {
        name: distances.nearest(distances.bits(*planes), chunks)
        for name, planes in (("held-out", held_out), ("copied", copied), ("new", new))
    }
    assert distances.memorised(found["copied"], found["held-out"]) == {
        "median": 0, "least": 0, "closer": 1, "copies": 1,
    }  # fmt: skip
    said = distances.memorised(found["new"], found["held-out"])
    assert said["copies"] == 0
    assert said["closer"] < 0.2


def test_a_band_that_plays_one_phrase_again_and_again_is_not_diverse() -> None:
    onset, sustain = phrases(1, 0)
    same = distances.bits(np.repeat(onset, 8, axis=0), np.repeat(sustain, 8, axis=0))
    assert distances.diversity(same) == {"pairwise": 0, "nearest": 0, "repeats": 1}
    various = distances.diversity(distances.bits(*phrases(8, 1)))
    assert various["pairwise"] > 0.9
    assert various["repeats"] == 0


def test_silence_is_like_silence_and_like_nothing_else() -> None:
    silent = np.zeros((2, 4, 3, 16, 30), bool)
    assert distances.nearest(distances.bits(silent, silent), [distances.bits(*phrases(3, 0))]).tolist() == [1, 1]
    assert distances.nearest(distances.bits(silent, silent), [distances.bits(silent, silent)]).tolist() == [0, 0]


@pytest.mark.parametrize("steps", [16, 96])
def test_pitches_that_sound_all_the_time_are_counted_in_full(steps: int) -> None:
    onset = np.ones((1, 8, 1, steps, 2), bool)
    packed = distances.bits(onset, onset)
    assert packed.total.tolist() == [onset.size * 2]
