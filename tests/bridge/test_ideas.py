"""Seeds, phrases and sections; ideas that stay, wander, morph and come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musegan_bridge.show.ideas import PLAIN, Bearing, Idea, Ideas, Kept
from musegan_bridge.show.latent import Z, groups_of, mixed
from musegan_models.spec import LatentSizes, ModelSpec

SPEC = ModelSpec("test", n_measures=4, latent=LatentSizes(3, 2, 4, 1))
PHRASE = SPEC.n_measures
PHRASES = 4  # of a section, where the form is free
ALL = tuple(range(len(groups_of(SPEC))))
BASS, PIANO = (groups_of(SPEC).index(name) for name in ("bass", "piano"))
HOLD = Bearing(hold=True)

Change = Callable[[Ideas], Ideas]


def begin(seed: int = 1) -> Ideas:
    return Ideas.begin(SPEC, seed)


def played(ideas: Ideas, n: int, bearing: Bearing = PLAIN) -> tuple[list[Idea], Ideas]:
    """Return the ideas of the next bars, and where they are after them."""
    made = []
    for _ in range(n):
        idea, ideas = ideas.next(bearing)
        made.append(idea)
    return made, ideas


def same(one: Z, other: Z) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def changed(one: Z, other: Z) -> list[int]:
    """Return the groups in which two z differ."""
    return [i for i in ALL if not np.array_equal(one[i], other[i])]


def kept(idea: Idea) -> Kept:
    return Kept(idea.seed, idea.private_seed, idea.plain_z)


# Phrases and seeds


def test_a_phrase_has_one_z_and_the_next_another_with_the_same_private_one() -> None:
    made, _ = played(begin(), 2 * PHRASE)
    assert [idea.measure for idea in made] == [0, 1, 2, 3, 0, 1, 2, 3]
    assert all(same(idea.z, made[0].z) for idea in made[:PHRASE])
    assert changed(made[0].z, made[PHRASE].z) == list(ALL)  # the temporal part of each
    private = SPEC.latent.private
    assert all(np.array_equal(a[:private], b[:private]) for a, b in zip(made[0].z[1:], made[-1].z[1:], strict=True))


def test_every_section_begins_after_silence_and_nothing_else_does() -> None:
    made, _ = played(begin(), 4 * PHRASES * 3)
    assert [i for i, idea in enumerate(made) if idea.after_silence] == [0, 4 * PHRASES, 8 * PHRASES]


def test_what_is_asked_for_by_its_seed_begins_a_section() -> None:
    _, ideas = played(begin(), 6)
    made, _ = played(ideas.renewed(123, 456), 4 * PHRASES + 1)
    assert [i for i, idea in enumerate(made) if idea.after_silence] == [0, 4 * PHRASES]
    assert (made[0].seed, made[0].private_seed) == (123, 456)


def test_a_new_phrase_without_a_seed_goes_on_from_the_bar_before() -> None:
    _, ideas = played(begin(), 6)
    made, _ = played(ideas.renewed(), PHRASE)
    assert not any(idea.after_silence for idea in made)
    assert made[0].measure == 0


@given(st.integers(0, 2**31 - 1), st.integers(0, 40))
def test_the_seeds_of_any_bar_bring_its_z_back(seed: int, n: int) -> None:
    made, ideas = played(begin(seed), n + 1)
    again, _ = played(ideas.renewed(made[-1].seed, made[-1].private_seed), PHRASE)
    assert same(again[0].z, made[-1].z)
    first, _ = played(begin(seed), 1)
    assert first[0].seed == seed


def test_a_show_of_the_same_seed_has_the_same_ideas_whatever_is_done() -> None:
    def show() -> list[Idea]:
        ideas = begin(7)
        made: list[Idea] = []
        changes: list[Change] = [
            lambda ideas: ideas,
            lambda ideas: ideas.renewed(),
            lambda ideas: ideas.track_renewed(PIANO - 1),
            lambda ideas: ideas.gone_to(kept(made[2])),
            lambda ideas: ideas.morphing(made[0].plain_z, made[5].plain_z, ALL, 3),
            lambda ideas: ideas.freed().new_phrase(),
        ]
        for change in changes:
            some, ideas = played(change(ideas), 5, Bearing(temperatures=(0.5,) * 6, walks=(0.1,) * 6))
            made += some
        return made

    one, other = show(), show()
    assert one == other
    assert all(same(a.z, b.z) for a, b in zip(one, other, strict=True))


def test_each_new_phrase_without_a_seed_is_another_one() -> None:
    ideas, seeds = begin(), set()
    for _ in range(50):
        idea, ideas = ideas.renewed().next()
        seeds.add(idea.seed)
    assert len(seeds) == 50


def test_an_idea_asked_for_twice_is_the_same_and_changes_nothing() -> None:
    _, ideas = played(begin(), 3)
    assert ideas.next()[0] == ideas.next()[0]
    assert ideas.measure == 2


def test_it_is_known_how_many_bars_the_phrase_still_has() -> None:
    ideas, left = begin(), []
    for _ in range(6):
        left.append(ideas.bars_left)
        _, ideas = ideas.next()
    assert left == [0, 3, 2, 1, 0, 3]


# Hold, temperature, walk


def test_while_it_holds_the_idea_plays_again_and_again_and_then_the_next_one_comes() -> None:
    made, ideas = played(begin(), 2)
    held, ideas = played(ideas, 10, HOLD)
    assert [idea.measure for idea in held] == [2, 3, 0, 1, 2, 3, 0, 1, 2, 3]
    assert all(same(idea.z, made[0].z) and idea.seed == made[0].seed for idea in held)
    assert not any(idea.after_silence for idea in held)
    (after,), _ = played(ideas, 1)
    alone, _ = played(begin(), PHRASE + 1)
    assert after == alone[PHRASE]


def test_a_new_phrase_can_be_asked_for_while_it_holds() -> None:
    made, ideas = played(begin(), 2, HOLD)
    (new,), _ = played(ideas.renewed(9), 1, HOLD)
    assert (new.seed, new.measure) == (9, 0)
    assert not same(new.z, made[0].z)


def test_temperature_scales_what_is_heard_and_not_what_is_remembered() -> None:
    cold = Bearing(temperatures=(0.0, 2.0, 1.0, 1.0, 1.0, 1.0))
    plain, _ = played(begin(), 6)
    made, ideas = played(begin(), 6, cold)
    for idea, own in zip(made, plain, strict=True):
        assert not idea.z[0].any()
        np.testing.assert_array_equal(idea.z[BASS], own.z[BASS] * 2)
        assert same(idea.plain_z, own.z)
    assert same(ideas.next()[0].z, played(begin(), 7)[0][-1].z)


def test_a_walk_moves_only_its_group_a_little_each_bar_and_over_the_ends_of_phrases() -> None:
    walks = tuple(0.1 if group == BASS else 0.0 for group in ALL)
    made, _ = played(begin(), PHRASE + 2, Bearing(walks=walks))
    steps = [changed(a.z, b.z) for a, b in pairwise(made)]
    assert steps[: PHRASE - 1] == [[BASS]] * (PHRASE - 1)
    assert steps[PHRASE - 1] == list(ALL)  # a new phrase: all others are drawn
    far = [np.linalg.norm(a.z[BASS] - b.z[BASS]) for a, b in pairwise(made)]
    assert max(far) < 0.2 * np.linalg.norm(made[0].z[BASS]) + 0.5


def test_where_a_walk_ends_the_phrase_goes_on_from() -> None:
    made, ideas = played(begin(), 3, Bearing(walks=(0.3,) * 6))
    (after,), _ = played(ideas, 1)
    assert same(after.z, made[-1].z)


def test_who_asks_for_a_seed_gets_its_phrase_even_while_z_wanders() -> None:
    wanders = Bearing(walks=(0.01,) * 6)
    _, ideas = played(begin(), 5, wanders)
    (asked,), _ = played(ideas.renewed(9), 1, wanders)
    (alone,), _ = played(begin(9), 1)
    for a, b in zip(asked.z, alone.z, strict=True):
        np.testing.assert_allclose(a, b, atol=0.1)


# What is chosen for the next bar


def test_a_track_drawn_anew_changes_its_private_z_now_and_no_other_track_and_keeps_it() -> None:
    made, ideas = played(begin(), 2)
    after, ideas = played(ideas.track_renewed(PIANO - 1), PHRASE)
    assert changed(made[-1].z, after[0].z) == [PIANO]
    own, private = after[0].z[PIANO], SPEC.latent.private
    assert np.array_equal(own[private:], made[-1].z[PIANO][private:])
    assert np.array_equal(own[:private], after[-1].z[PIANO][:private])  # in the next phrase too
    assert after[0].measure == 2


def test_a_track_drawn_anew_twice_is_drawn_twice_and_by_a_seed_comes_back() -> None:
    _, ideas = played(begin(), 1)
    one, ideas = played(ideas.track_renewed(0, 5), 1)
    two, ideas = played(ideas.track_renewed(0), 1)
    three, _ = played(ideas.track_renewed(0, 5), 1)
    assert changed(one[0].z, two[0].z) == [BASS]
    assert same(one[0].z, three[0].z)


def test_a_show_of_a_seed_begins_as_ever_whatever_tracks_were_drawn_anew_before() -> None:
    _, ideas = played(begin(), 2)
    (again,), _ = played(ideas.track_renewed(0).track_renewed(3, 7).renewed(9), 1)
    assert same(again.z, begin(9).next()[0].z)


def test_what_was_kept_comes_back_with_its_seeds_for_one_phrase() -> None:
    made, ideas = played(begin(), 10)
    again, _ = played(ideas.gone_to(kept(made[1])), PHRASE + 1)
    assert [idea.measure for idea in again] == [0, 1, 2, 3, 0]
    assert all(same(idea.z, made[1].z) and idea.seed == made[1].seed for idea in again[:PHRASE])
    assert not same(again[-1].z, made[1].z)
    assert not any(idea.after_silence for idea in again[:PHRASE])


@pytest.mark.parametrize("groups", [ALL, (0,), (BASS, PIANO)])
def test_what_stays_outlasts_phrases_until_it_is_freed(groups: tuple[int, ...]) -> None:
    _, ideas = played(begin(), 2)
    other = begin(99).next()[0].z
    made, ideas = played(ideas.staying(other, groups), 2 * PHRASE)
    for idea in made:
        assert not set(changed(idea.z, other)) & set(groups)
    free, _ = played(ideas.freed(), 2 * PHRASE)
    assert set(changed(free[-1].z, other)) == set(ALL)


def test_what_stays_may_be_chosen_before_the_first_bar() -> None:
    other = begin(99).next()[0].z
    made, _ = played(begin().staying(other, (0,)), 1)
    assert changed(made[0].z, other) == list(ALL[1:])


def test_what_is_gone_to_goes_before_what_stays() -> None:
    made, ideas = played(begin(), 2)
    other = begin(99).next()[0].z
    back, _ = played(ideas.staying(other, ALL).gone_to(kept(made[0])), PHRASE + 1)
    assert all(same(idea.z, made[0].z) for idea in back[:PHRASE])
    assert same(back[-1].z, other)


def test_an_idea_that_is_gone_to_never_begins_after_silence() -> None:
    made, ideas = played(begin(), PHRASE * PHRASES)
    (back,), _ = played(ideas.gone_to(kept(made[0])), 1)
    assert not back.after_silence


def test_other_z_last_for_the_phrase_or_as_long_as_it_holds() -> None:
    _, ideas = played(begin(), 1)
    other = begin(99).next()[0].z
    made, _ = played(ideas.with_z(other), PHRASE)
    assert [same(idea.z, other) for idea in made] == [True, True, True, False]
    held, _ = played(ideas.with_z(other), 9, HOLD)
    assert all(same(idea.z, other) for idea in held)


# Morphs


@pytest.mark.parametrize("bars", [1, 3, 6])
def test_a_morph_is_under_way_from_its_first_bar_arrives_after_its_bars_and_stays(bars: int) -> None:
    made, ideas = played(begin(), 3)
    start, end = made[-1].plain_z, begin(99).next()[0].z
    morph, _ = played(ideas.morphing(start, end, ALL, bars), bars + 2 * PHRASE)
    for i, idea in enumerate(morph):
        assert same(idea.z, mixed(start, end, min(1.0, (i + 1) / bars)))
    np.testing.assert_allclose(morph[-1].z[0], end[0], atol=1e-5)


def test_a_morph_of_one_track_leaves_the_others_to_their_phrases() -> None:
    made, ideas = played(begin(), PHRASE)
    end = begin(99).next()[0].z
    morph, _ = played(ideas.morphing(made[-1].plain_z, end, (BASS,), 2), PHRASE)
    alone, _ = played(ideas, PHRASE)
    assert [changed(a.z, b.z) for a, b in zip(morph, alone, strict=True)] == [[BASS]] * PHRASE


def test_a_morph_may_begin_before_the_first_bar_and_is_left_by_freeing() -> None:
    start, end = (begin(seed).next()[0].z for seed in (98, 99))
    made, ideas = played(begin().morphing(start, end, ALL, 4), 2)
    assert same(made[1].z, mixed(start, end, 0.5))
    free, _ = played(ideas.freed(), PHRASE)
    assert same(free[0].z, made[1].z)  # until the phrase ends
    assert same(free[2].z, played(begin(), PHRASE + 1)[0][-1].z)


def test_going_back_to_an_idea_ends_a_morph() -> None:
    made, ideas = played(begin(), 1)
    end = begin(99).next()[0].z
    _, ideas = played(ideas.morphing(made[0].plain_z, end, ALL, 8), 2)
    back, _ = played(ideas.gone_to(kept(made[0])), PHRASE)
    assert all(same(idea.z, made[0].z) for idea in back)


def test_two_ideas_are_equal_by_their_seeds_alone() -> None:
    idea, _ = begin().next()
    assert idea == replace(idea, z=(), plain_z=())
