"""Whether a band plays all that songs do: precision, recall, density and coverage."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from musegan_train.measure.coverage import compare, features

FloatArray = NDArray[np.float32]


def at(*places: float) -> FloatArray:
    """Return phrases that differ in one number only: the register of their one bar of one track."""
    described = np.zeros((len(places), 1, 1, 18), np.float32)
    described[:, 0, 0, 16] = places
    return described


def songs(n: int, seed: int, density: float = 0.02) -> FloatArray:
    onset, sustain = np.random.default_rng(seed).random((2, n, 4, 3, 16, 36)) < density
    return features(onset, sustain & ~onset, 24)


def test_neighbourhoods_on_a_line_are_counted_by_hand() -> None:
    # To one neighbour, real phrases reach 1, 1, 2 and 6 far, generated ones 0.7, 0.7, 1 and 1.
    assert compare(at(0.4, 1.1, 100, 101), at(0, 1, 3, 9), k=1) == {
        "precision": 0.5,  # 0.4 and 1.1
        "recall": 0.5,  # 0 and 1
        "density": 1,  # 0.4 is near 0 and 1, and 1.1 near 1 and 3: four in all, by four phrases
        "coverage": 0.75,  # 0, 1 and 3
    }


def test_phrases_of_the_same_kind_cover_each_other() -> None:
    found = compare(songs(200, 0), songs(200, 1))
    assert min(found["precision"], found["recall"], found["coverage"]) > 0.7
    assert found["density"] == pytest.approx(1, abs=0.2)


def test_a_band_that_plays_one_thing_well_is_precise_and_covers_little() -> None:
    real = songs(200, 1)
    found = compare(np.repeat(real[:2], 100, axis=0), real)
    assert found["precision"] == 1
    assert found["recall"] < 0.05
    assert found["coverage"] < 0.3


def test_a_band_that_plays_noise_covers_nothing() -> None:
    assert compare(songs(100, 0, density=0.5), songs(100, 1))["coverage"] < 0.05


def test_too_few_phrases_have_no_neighbourhood() -> None:
    assert all(np.isnan(value) for value in compare(songs(5, 0), songs(100, 1)).values())


def test_features_tell_rhythm_pitch_classes_register_and_length() -> None:
    onset, sustain = np.zeros((2, 1, 1, 2, 16, 36), bool)
    onset[0, 0, 0, [0, 1, 8], [0, 7, 12]] = True  # C, G, C an octave higher; the second track is silent
    sustain[0, 0, 0, 9, 12] = True
    bar, silence = features(onset, sustain, 24)[0, 0]
    assert bar[:4].tolist() == [2, 0, 1, 0]
    assert bar[4:16].tolist() == [0.75, 0, 0, 0, 0, 0, 0, 0.25, 0, 0, 0, 0]
    assert bar[16] == pytest.approx((0 + 7 + 12 + 12) / 4 / 12)
    assert bar[17] == 4 / 16
    assert not silence.any()
