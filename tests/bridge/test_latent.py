"""The z of a band: mixed, scaled, wandering, and always as likely as a draw."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from musegan_bridge.show.latent import (
    Z,
    chosen,
    groups_of,
    latents_from_z,
    mixed,
    on_pad,
    scaled,
    slerp,
    wandered,
    z_from_latents,
)
from musegan_models.model import draw_latents
from musegan_models.notes import FloatArray
from musegan_models.spec import LatentSizes, ModelSpec

SPEC = ModelSpec("test", latent=LatentSizes(3, 2, 4, 1), z_std=1.5)
VECTORS = arrays.arrays(np.float32, 6, elements=st.floats(-4, 4, width=16))


def drawn(seed: int, spec: ModelSpec = SPEC) -> Z:
    return z_from_latents(draw_latents(spec, np.random.default_rng(seed)))


def length(z: FloatArray) -> float:
    return float(np.linalg.norm(z))


def angle(a: FloatArray, b: FloatArray) -> float:
    return float(np.arccos(np.clip(np.vdot(a.astype(float), b.astype(float)) / length(a) / length(b), -1, 1)))


def assert_same(one: Z, other: Z) -> None:
    for a, b in zip(one, other, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-5)


def test_the_groups_are_the_shared_z_and_those_of_each_track() -> None:
    assert groups_of(SPEC) == ("shared", "bass", "drums", "guitar", "piano", "strings")
    assert [len(own) for own in drawn(1)] == [5, 5, 5, 5, 5, 5]


@pytest.mark.parametrize("sizes", [(3, 2, 4, 1), (0, 0, 4, 1), (3, 2, 0, 0), (8, 0, 8, 0)])
def test_grouping_loses_nothing(sizes: tuple[int, int, int, int]) -> None:
    spec = ModelSpec("test", latent=LatentSizes(*sizes))
    latents = draw_latents(spec, np.random.default_rng(1))
    again = latents_from_z(z_from_latents(latents), spec)
    for name in ("shared", "shared_temporal", "private", "private_temporal"):
        assert np.array_equal(getattr(again, name), getattr(latents, name))


@given(VECTORS, VECTORS)
def test_a_mix_begins_with_the_one_and_ends_with_the_other(a: FloatArray, b: FloatArray) -> None:
    np.testing.assert_allclose(slerp(a, b, 0), a, atol=1e-3)
    np.testing.assert_allclose(slerp(a, b, 1), b, atol=1e-3)


@given(VECTORS, VECTORS, st.floats(0, 1))
def test_a_mix_is_as_long_as_its_ends_and_turns_evenly(a: FloatArray, b: FloatArray, amount: float) -> None:
    if min(length(a), length(b)) < 0.1 or not 0.01 < angle(a, b) < 3.1:
        return  # no arc
    between = slerp(a, b, amount)
    assert length(between) == pytest.approx(length(a) + (length(b) - length(a)) * amount, rel=1e-3)
    assert angle(a, between) == pytest.approx(amount * angle(a, b), abs=2e-3)


@given(VECTORS, VECTORS, st.floats(0, 1))
def test_a_mix_is_always_a_number_between(a: FloatArray, b: FloatArray, amount: float) -> None:
    between = slerp(a, b, amount)
    assert np.isfinite(between).all()
    assert between.dtype == np.float32
    assert length(between) <= max(length(a), length(b)) * 1.01 + 1e-3


def test_between_opposites_and_from_nothing_the_way_is_straight() -> None:
    none, one, back, far = (np.array([x, 0], np.float32) for x in (0, 1, -1, 3))
    assert slerp(one, back, 0.5).tolist() == [0, 0]
    assert slerp(none, one, 0.25).tolist() == [0.25, 0]
    assert slerp(one, far, 0.5).tolist() == [2, 0]


def test_the_corners_of_the_pad_are_its_ideas_and_its_middle_all_of_them() -> None:
    corners = [drawn(seed) for seed in range(4)]
    for corner, (x, y) in zip(corners, ((0, 0), (1, 0), (0, 1), (1, 1)), strict=True):
        assert_same(on_pad(corners, x, y), corner)
    middle = on_pad(corners, 0.5, 0.5)
    for corner in corners:
        for a, b in zip(middle, corner, strict=True):
            assert angle(a, b) < np.pi
    assert_same(middle, mixed(mixed(corners[0], corners[1], 0.5), mixed(corners[2], corners[3], 0.5), 0.5))


def test_only_the_chosen_groups_change() -> None:
    one, other = drawn(1), drawn(2)
    result = chosen((0, 2), one, other)
    assert [own is new for own, new in zip(one, result, strict=True)] == [False, True, False, True, True, True]
    assert result[2] is other[2]


def test_temperature_scales_the_groups_and_leaves_those_at_1_as_they_are() -> None:
    z = drawn(1)
    cold, same, hot = scaled(z[:3], (0, 1, 2))
    assert not cold.any()
    assert same is z[1]
    np.testing.assert_array_equal(hot, z[2] * 2)


def test_wandering_leaves_what_stands_still_and_moves_the_rest_by_its_angle() -> None:
    spec = ModelSpec("test", latent=LatentSizes(2000, 0, 2000, 0))
    z = drawn(1, spec)
    moved = wandered(z, (0.3, 0, 0.1, 0, 0, 1.5), spec, np.random.default_rng(1))
    assert [own is new for own, new in zip(z, moved, strict=True)] == [False, True, False, True, True, False]
    # A draw of thousands of values is almost at a right angle to any other.
    assert [round(angle(a, b), 1) for a, b in zip(z, moved, strict=True)] == [0.3, 0, 0.1, 0, 0, 1.5]


def test_after_a_long_walk_z_is_still_as_likely_as_a_draw() -> None:
    spec = ModelSpec("test", latent=LatentSizes(2000, 0, 2000, 0), z_std=1.5)
    z, rng = drawn(1, spec), np.random.default_rng(2)
    for _ in range(200):
        z = wandered(z, (0.3,) * 6, spec, rng)
    for own in z:
        assert own.std() == pytest.approx(1.5, rel=0.1)
        assert abs(own.mean()) < 0.15
    assert angle(z[0], drawn(1, spec)[0]) == pytest.approx(np.pi / 2, abs=0.15)  # it has forgotten where it began
