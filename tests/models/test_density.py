"""A track as dense as it is asked to be: counted in bars that the calibration never saw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musegan_models import bundle as bundles
from musegan_models.density import MAX_FACTOR, Density, calibrate
from musegan_models.model import Model, draw_latents
from musegan_models.notes import BarReader, FloatArray, binarize, tidy
from musegan_models.spec import ModelSpec, Track

MODEL = Model(bundles.load(bundles.pretrained()))
SPEC = MODEL.spec
DENSITY = calibrate(MODEL)
N = SPEC.n_tracks
ONE = np.ones(N)


@pytest.fixture(scope="module")
def bars() -> FloatArray:
    return MODEL.phrase(draw_latents(SPEC, np.random.default_rng(77), 48))


def played(bars: FloatArray, factors: object) -> tuple[np.ndarray, np.ndarray]:
    """Return for each track how many notes start, and how many cells sound, as the band is heard."""
    onset, sustain = tidy(*DENSITY.binarize(bars, np.asarray(factors)), bars[..., 0, :, :, :], SPEC)
    return onset.sum(axis=(0, 1, 3, 4)), (onset | sustain).sum(axis=(0, 1, 3, 4))


@pytest.mark.parametrize("factor", [0.25, 0.5, 2.0])
def test_as_many_notes_start_as_asked_for(bars: FloatArray, factor: float) -> None:
    usual, asked = played(bars, ONE)[0], played(bars, ONE * factor)[0]
    assert asked / usual == pytest.approx(ONE * factor, rel=0.3)  # each track; 0.23 was seen
    assert asked.sum() / usual.sum() == pytest.approx(factor, rel=0.2)


def test_the_share_of_cells_that_sound_follows(bars: FloatArray) -> None:
    pitched = [i for i, track in enumerate(SPEC.tracks) if not track.is_monophonic]
    shares = np.array([played(bars, ONE * factor)[1][pitched].sum() for factor in (0.25, 0.5, 1, 2)], float)
    # Of few notes those that stay are the surest, and they are long: at a quarter of the notes a third of the cells.
    assert shares / shares[2] == pytest.approx([0.25, 0.5, 1, 2], rel=0.45)


def test_at_one_the_notes_are_those_without_and_at_nought_there_are_none(bars: FloatArray) -> None:
    for ours, theirs in zip(DENSITY.binarize(bars, ONE), binarize(bars, SPEC), strict=True):
        assert ours.tobytes() == theirs.tobytes()
    mixed = ONE.copy()
    mixed[1] = 0.3
    for ours, theirs in zip(DENSITY.binarize(bars, mixed), binarize(bars, SPEC), strict=True):
        others = np.arange(N) != 1
        assert ours[..., others, :, :].tobytes() == theirs[..., others, :, :].tobytes()
    assert not any(part.any() for part in DENSITY.binarize(bars, 0 * ONE))


@given(st.lists(st.floats(0, MAX_FACTOR), min_size=2, max_size=2), st.integers(0, N - 1))
def test_a_higher_factor_never_raises_a_threshold(factors: list[float], track: int) -> None:
    low, high = (DENSITY.thresholds(np.full(N, factor)) for factor in sorted(factors))
    for one, other in zip(low, high, strict=True):
        assert one[track] >= other[track] >= 0
        assert one.dtype == np.float32


def test_thresholds_at_one_are_the_bundles_own() -> None:
    onset, sustain = DENSITY.thresholds(ONE)
    assert onset.tolist() == np.array([t.onset_threshold for t in SPEC.tracks], np.float32).tolist()
    assert sustain.tolist() == np.array([t.sustain_threshold for t in SPEC.tracks], np.float32).tolist()
    assert DENSITY.thresholds(ONE * 0)[0].min() == np.inf


@pytest.mark.parametrize("factors", [[1.0] * (N - 1), [1.0] * (N - 1) + [4.1], [-0.1] + [1.0] * (N - 1), 1.0])
def test_factors_out_of_range_are_refused(factors: object) -> None:
    with pytest.raises(ValueError, match=r"factors must be 5 in 0\.\.4, got"):
        DENSITY.thresholds(factors)  # type: ignore[arg-type]


def test_a_thin_track_keeps_its_downbeats() -> None:
    bar = np.zeros(SPEC.bar_shape, np.float32)
    bar[0, 1, :, 12] = 1  # the drums are sure of every step
    steps = [np.flatnonzero(DENSITY.binarize(bar, ONE * f)[0][1, :, 12]).tolist() for f in (0.02, 0.1, 0.2, 0.3, 1)]
    order = [0, 8, 4, 12, 2, 6, 10, 14, 1, 3, 5, 7, 9, 11, 13, 15]
    for thin in steps:
        assert thin == sorted(order[: len(thin)])
    assert len(steps[0]) < len(steps[-1]) == 16


def test_calibration_is_the_same_each_time_and_the_notes_keep_their_loudness(bars: FloatArray) -> None:
    assert calibrate(MODEL).curves.tobytes() == DENSITY.curves.tobytes()
    notes, _ = BarReader(SPEC).read(*DENSITY.binarize(bars[0, 0], ONE * 3), bars[0, 0, 0])
    assert {n.velocity for own in notes.values() for n in own} >= {48}  # what is added is soft


ROLL = ModelSpec(
    "roll", tracks=(Track("lead", 0, False), Track("bass", 33, False, is_monophonic=True)), has_onsets=False
)


class Dreamer:
    """A model of one plane: every cell of a bar with a probability of its own."""

    def __init__(self, spec: ModelSpec) -> None:
        self.spec, self.rng = spec, np.random.default_rng(1)

    def begin(self, latents: object) -> None:
        pass

    def bar(self, *_: object, **__: object) -> FloatArray:
        return self.rng.random((100, *self.spec.bar_shape), np.float32) ** 8


@pytest.mark.parametrize("factor", [0.25, 0.5, 2.0])
def test_with_one_plane_it_is_the_cells_that_sound_that_are_counted(factor: float) -> None:
    tracks = (replace(ROLL.tracks[0], onset_threshold=0.6), replace(ROLL.tracks[1], onset_threshold=0.95))
    dreamer = Dreamer(replace(ROLL, tracks=tracks))
    density = calibrate(dreamer)  # type: ignore[arg-type]
    fresh = dreamer.bar()
    usual, asked = (np.add(*density.binarize(fresh, [f, f])).sum(axis=(0, 2, 3)) for f in (1.0, factor))
    assert asked / usual == pytest.approx([factor] * 2, rel=0.25)


def test_chance_of_stochastic_neurons_is_multiplied_up_to_certainty() -> None:
    spec = replace(ROLL, neurons="stochastic")
    density = Density(spec, np.zeros((2, 257)))
    bar = np.zeros((200, *spec.bar_shape), np.float32)
    bar[..., 0, :, :42], bar[..., 0, :, 42:] = 0.2, 1.0

    def share(factor: float) -> tuple[float, float]:
        roll = np.add(*density.binarize(bar, [factor, 1.0], np.random.default_rng(2)))[:, 0]
        return roll[..., :42].mean(), roll[..., 42:].mean()

    for factor, unsure, sure in ((0.0, 0, 0), (0.5, 0.1, 0.5), (1.0, 0.2, 1), (2.0, 0.4, 1)):
        assert share(factor) == pytest.approx((unsure, sure), abs=0.01)
    theirs = binarize(bar, spec, np.random.default_rng(2))
    for one, other in zip(density.binarize(bar, [1, 1], np.random.default_rng(2)), theirs, strict=True):
        assert one.tobytes() == other.tobytes()


def test_a_silent_track_stays_silent() -> None:
    tracks = (replace(ROLL.tracks[0], onset_threshold=0.6), replace(ROLL.tracks[1], onset_threshold=1 - 1e-9))
    density = calibrate(Dreamer(replace(ROLL, tracks=tracks)))  # type: ignore[arg-type]
    assert not density.curves[1].any()
