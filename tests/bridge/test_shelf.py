"""Sections, snapshots and the pad: what has a name comes back as it was."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musegan_bridge.messages import MessageError
from musegan_bridge.show.ideas import Ideas, Kept
from musegan_bridge.show.latent import Z, on_pad
from musegan_bridge.show.shelf import Shelf, ShelfError, Snapshot, check_name, snapshot_from_dict
from musegan_bridge.show.state import Controls
from musegan_models.spec import LatentSizes, ModelSpec

SPEC = ModelSpec("test", latent=LatentSizes(3, 2, 4, 1))


def kept(seed: int) -> Kept:
    idea, _ = Ideas.begin(SPEC, seed).next()
    return Kept(idea.seed, idea.private_seed, idea.z)


def snapshot(seed: int = 1) -> Snapshot:
    return Snapshot(kept(seed), Controls(SPEC.track_names).addresses())


def same(one: Z, other: Z) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@given(st.integers(0, 2**31 - 1))
def test_a_snapshot_comes_back_from_its_file_to_the_last_bit(seed: int) -> None:
    saved = snapshot(seed)
    again = snapshot_from_dict(json.loads(json.dumps(saved.to_dict())), SPEC)
    assert same(again.kept.z, saved.kept.z)
    assert (again.kept.seed, again.kept.private_seed) == (saved.kept.seed, saved.kept.private_seed)
    assert again.controls == saved.controls


@pytest.mark.parametrize(
    "change",
    [
        {"seed": None},
        {"seed": "one"},
        {"seed": -1},
        {"private_seed": 2**31},
        {"seed": float("inf")},
        {"z": []},
        {"z": [1, 2, 3, 4, 5, 6]},
        {"z": [[0.0] * 5] * 5},
        {"z": [[0.0] * 4] * 6},
        {"z": [[[0.0]] * 5] * 6},
        {"z": [["x"] * 5] * 6},
        {"z": [[float("nan")] * 5] * 6},
        {"controls": [1]},
    ],
)
def test_a_file_that_is_no_snapshot_of_this_band_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ShelfError):
        snapshot_from_dict({**snapshot().to_dict(), **change}, SPEC)


def test_a_file_without_a_part_says_which() -> None:
    for name in ("seed", "private_seed", "z", "controls"):
        data = {key: value for key, value in snapshot().to_dict().items() if key != name}
        with pytest.raises(ShelfError, match=name):
            snapshot_from_dict(data, SPEC)


def test_a_snapshot_of_a_band_with_other_z_says_so() -> None:
    with pytest.raises(ShelfError, match="z must be numbers in groups of"):
        snapshot_from_dict(snapshot().to_dict(), ModelSpec("other"))


def test_a_name_may_be_a_sections_and_a_snapshots_and_the_section_is_meant() -> None:
    shelf = Shelf(SPEC, 1)
    shelf.put_snapshot("chorus", snapshot(1))
    assert same(shelf.z("chorus"), kept(1).z)
    shelf.put_section("chorus", kept(2))
    assert same(shelf.z("chorus"), kept(2).z)
    assert same(shelf.snapshot("chorus").kept.z, kept(1).z)


def test_who_asks_for_what_is_not_there_is_told_what_there_is() -> None:
    shelf = Shelf(SPEC, 1)
    with pytest.raises(MessageError, match="there are none yet"):
        shelf.snapshot("verse")
    shelf.put_snapshot("verse", snapshot())
    shelf.put_section("bridge", kept(1))
    with pytest.raises(MessageError, match="no section or snapshot 'chorus'; there are: bridge, verse"):
        shelf.z("chorus")
    with pytest.raises(MessageError, match="no snapshot 'bridge'; there are: verse"):
        shelf.snapshot("bridge")


def test_the_shelf_is_full_some_time_and_what_is_there_can_still_be_changed() -> None:
    shelf = Shelf(SPEC, 1)
    for i in range(1024):
        shelf.put_section(f"s{i}", kept(1))
    with pytest.raises(MessageError, match="1024 already"):
        shelf.put_section("more", kept(1))
    shelf.put_section("s7", kept(2))
    assert same(shelf.z("s7"), kept(2).z)


@pytest.mark.parametrize("name", ["verse", "A-2_b", "x" * 64])
def test_a_word_is_a_name(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize("name", ["", "x" * 65, "two words", "../up", "a/b", "a.json", "é", "a\n", "C:"])
def test_what_cannot_be_a_file_is_no_name(name: str) -> None:
    with pytest.raises(MessageError, match="name must be"):
        check_name(name)


def test_the_pad_has_four_ideas_of_the_show_before_its_corners_are_set() -> None:
    shelf, again, other = Shelf(SPEC, 1), Shelf(SPEC, 1), Shelf(SPEC, 2)
    assert all(same(a, b) for a, b in zip(shelf.corners, again.corners, strict=True))
    assert len({float(corner[0][0]) for corner in (*shelf.corners, *other.corners)}) == 8


def test_the_corners_of_the_pad_are_no_phrases_of_the_show() -> None:
    ideas, corners = Ideas.begin(SPEC, 1), {float(corner[0][0]) for corner in Shelf(SPEC, 1).corners}
    for _ in range(8):  # each new phrase that is asked for
        idea, ideas = ideas.renewed().next()
        assert float(idea.z[0][0]) not in corners


def test_the_pad_is_its_corners_where_they_are() -> None:
    shelf = Shelf(SPEC, 1)
    assert shelf.place == (0.5, 0.5)
    for own, corner in zip(on_pad(shelf.corners, 1, 0), shelf.corners[1], strict=True):
        np.testing.assert_allclose(own, corner, atol=1e-5)
