"""Forms: which phrases come back, in ideas, in a show and in what `generate` writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.bridge.shows import Show

from musegan_bridge.cli import main
from musegan_bridge.form import FORMS, FormError, check_form, place_in
from musegan_bridge.generate import FormSettings, generate
from musegan_bridge.show.ideas import Bearing, Idea, Ideas, Lead
from musegan_bridge.show.latent import Z
from musegan_models import bundle as bundles
from musegan_models.model import Model
from musegan_models.spec import LatentSizes, ModelSpec

SPEC = ModelSpec("test", n_measures=4, latent=LatentSizes(3, 2, 4, 1))
PHRASE = SPEC.n_measures


def phrases(form: str, n: int, *, seed: int = 1, variation: float = 0.0, drafts: int = 1) -> list[list[Idea]]:
    """Return the ideas of the bars of the first phrases."""
    ideas, bearing = Ideas.begin(SPEC, seed), Bearing(form=form, variation=variation, drafts=drafts)
    made = list[list[Idea]]()
    for _ in range(n):
        made.append([])
        for _ in range(PHRASE):
            idea, ideas = ideas.next(bearing)
            made[-1].append(idea)
    return made


def same(one: Z, other: Z) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def correlation(one: Z, other: Z) -> float:
    a, b = np.concatenate(one), np.concatenate(other)
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


# Which phrases come back


@pytest.mark.parametrize(("form", "origins"), [
    ("free", [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    ("AABA", [0, 0, 2, 0, 4, 4, 6, 4, 8]),
    ("A", [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    ("BAB", [0, 1, 0, 3, 4, 3, 6, 7, 6]),
    ("song", [0, 0, 2, 0, 0, 0, 2, 0, 8]),
])  # fmt: skip
def test_a_form_says_which_phrase_each_one_is_again(form: str, origins: list[int]) -> None:
    assert [place_in(form, phrase).origin for phrase in range(9)] == origins


def test_sections_of_a_song_come_back_until_the_song_has_ended() -> None:
    names = [place_in("song", 8 * i).name for i in range(7)]
    assert names == ["verse A", "chorus A", "verse A", "chorus A", "bridge A", "chorus A", "verse A"]
    assert [place_in("song", 8 * i + 2).origin for i in range(7)] == [2, 10, 2, 10, 34, 10, 50]


@given(st.sampled_from([*FORMS, "AABA", "ABAC", "ABCDEFGH", "HGH"]), st.integers(0, 500))
def test_a_phrase_that_comes_back_is_one_that_was(form: str, phrase: int) -> None:
    origin = place_in(form, phrase).origin
    assert 0 <= origin <= phrase
    assert place_in(form, origin).origin == origin


@pytest.mark.parametrize("form", ["", "AABI", "aaba", "Song", "A" * 33, "A B", "AÄ"])
def test_a_form_that_cannot_be_played_is_refused_by_name(form: str) -> None:
    with pytest.raises(FormError, match="form must be free, song, or 1 to 32 of the letters A to H") as error:
        check_form(form)
    assert repr(form) in str(error.value)


# Their ideas


def test_a_phrase_comes_back_as_it_was_and_begins_as_it_began() -> None:
    a, again, b, third = phrases("AABA", 4)
    for other in (again, third):
        assert [(i.seed, i.measure, i.after_silence) for i in other] == [
            (i.seed, i.measure, i.after_silence) for i in a
        ]
        assert all(same(x.z, y.z) for x, y in zip(a, other, strict=True))
    assert not same(a[0].z, b[0].z)
    assert a[0].after_silence
    assert not b[0].after_silence


def test_when_a_form_has_ended_other_ideas_come() -> None:
    made = phrases("AABA", 8)
    assert same(made[4][0].z, made[5][0].z)
    assert not same(made[0][0].z, made[4][0].z)


@pytest.mark.parametrize("variation", [0.02, 0.3, 1.0])
def test_variation_is_how_far_a_phrase_comes_back_from_what_it_was(variation: float) -> None:
    found = []
    for seed in range(60):
        a, again = phrases("AA", 2, seed=seed, variation=variation)
        found.append(correlation(a[0].z, again[0].z))
    assert np.mean(found) == pytest.approx(1 - variation, abs=0.06)


def test_varied_z_are_as_likely_as_drawn_ones() -> None:
    z = np.array([np.concatenate(phrases("AA", 2, seed=seed, variation=0.5)[1][0].z) for seed in range(200)])
    assert z.mean() == pytest.approx(0, abs=0.03)
    assert z.std() == pytest.approx(1, abs=0.03)


def test_the_seeds_of_a_phrase_that_came_back_bring_it_again() -> None:
    made = phrases("AABA", 4)
    idea = made[3][1]
    again, _ = Ideas.begin(SPEC, 77).renewed(idea.seed, idea.private_seed).next(Bearing(form="AABA"))
    assert same(again.z, idea.z)


def test_another_form_begins_with_the_next_phrase() -> None:
    ideas = Ideas.begin(SPEC, 1)
    made = list[Idea]()
    for bearing, n in ((Bearing(form="free"), 6), (Bearing(form="AB"), 14)):
        for _ in range(n):
            idea, ideas = ideas.next(bearing)
            made.append(idea)
    assert [idea.part for idea in made[::PHRASE]] == ["", "", "A", "B", "A"]
    assert len({idea.seed for idea in made}) == 5  # the second A is of another section


def test_a_musician_who_plays_leads_and_the_form_begins_anew_when_they_rest() -> None:
    ideas, made = Ideas.begin(SPEC, 1), list[Idea]()
    form = Bearing(form="AA")
    first = ideas.next(form)[0].seed
    leads = [None, Lead(), Lead(first), None, None]
    for lead in leads:
        for _ in range(PHRASE):
            idea, ideas = ideas.next(Bearing(form="AA", lead=lead))
            made.append(idea)
    seeds = [idea.seed for idea in made[::PHRASE]]
    assert seeds[0] == seeds[2] == first
    assert len(set(seeds)) == 3
    assert seeds[3] == seeds[4]
    assert [idea.part for idea in made[::PHRASE]] == ["A", "", "", "A", "A"]


# Drafts


def test_drafts_have_other_temporal_z_and_come_back_with_the_phrase() -> None:
    a, again, b, _ = phrases("AABA", 4, drafts=3)
    for bar, back in zip(a, again, strict=True):
        assert len(bar.drafts) == 2
        assert all(same(x, y) for x, y in zip(bar.drafts, back.drafts, strict=True))
    shared = SPEC.latent.shared
    assert np.array_equal(a[0].drafts[0][0][:shared], a[0].z[0][:shared])
    assert not np.array_equal(a[0].drafts[0][0][shared:], a[0].z[0][shared:])
    assert not same(a[0].drafts[0], a[1].drafts[0])
    assert not same(a[0].drafts[0], b[0].drafts[0])


def test_what_a_musician_sets_by_hand_is_in_every_draft() -> None:
    bearing = Bearing(drafts=4)
    idea, ideas = Ideas.begin(SPEC, 1).next(bearing)
    corner = tuple(own * 0 + 1 for own in idea.z)
    on_pad, _ = ideas.staying(corner, (0, 2), by_hand=True).next(bearing)
    assert all(np.array_equal(draft[i], corner[i]) for draft in on_pad.drafts for i in (0, 2))
    assert not np.array_equal(on_pad.drafts[0][1], on_pad.z[1])
    in_section, _ = ideas.staying(corner, (0, 2)).next(bearing)
    assert not np.array_equal(in_section.drafts[0][0], corner[0])
    set_now, after = ideas.with_z((corner[0], *ideas.z[1:])).next(bearing)
    assert all(np.array_equal(draft[0], corner[0]) for draft in set_now.drafts)
    for _ in range(PHRASE):
        later, after = after.next(bearing)
    assert not np.array_equal(later.drafts[0][0], later.z[0])


# What is heard


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(bundles.load(bundles.pretrained()))


def notes_of(model: Model, n_bars: int, form: FormSettings, seed: int = 5) -> list[dict[str, object]]:
    return [dict(bar.notes) for bar in generate(model, n_bars=n_bars, seed=seed, form=form)]


def test_a_b_a_is_heard(model: Model) -> None:
    bars = notes_of(model, 16, FormSettings("AABA"))
    assert bars[4:8] == bars[:4] == bars[12:]
    assert bars[8:12] != bars[:4]


def test_the_song_is_what_a_show_begins_with(model: Model) -> None:
    assert notes_of(model, 16, FormSettings("song")) == [dict(bar.notes) for bar in generate(model, n_bars=16, seed=5)]
    show = Show()
    show.say("/musegan/form")
    show.say("/musegan/drafts")
    assert [show.messages(f"/musegan/{name}")[-1].args for name in ("form", "drafts")] == [("song",), (2,)]


def test_more_drafts_are_other_bars_and_one_draft_is_the_first(model: Model) -> None:
    one, two, four = (notes_of(model, 8, FormSettings("free", 0, n)) for n in (1, 2, 4))
    assert one != two != four
    assert notes_of(model, 8, FormSettings("free", 0, 4)) == four


def test_the_phrase_that_plays_is_told() -> None:
    show = Show()
    show.say("/musegan/form", "AB")
    show.run(18)
    parts = [bar.idea.part for bar in (event.bar for event in show.committed())]
    assert parts[:8] == ["A"] * 4 + ["B"] * 4
    show.say("/musegan/form/phrase")
    assert show.messages("/musegan/form/phrase")[-1].args == ("A",)


def test_a_form_with_a_wrong_letter_changes_nothing() -> None:
    show = Show()
    show.say("/musegan/form", "AXBA")
    assert "letters A to H" in show.errors()[-1]
    show.say("/musegan/form")
    assert show.messages("/musegan/form")[-1].args == ("song",)


def test_generate_has_the_same_settings(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["generate", str(tmp_path / "a.mid"), "--form", "AIA"])
    assert result.exit_code == 2
    assert "letters A to H" in result.output
    result = CliRunner().invoke(main, ["generate", str(tmp_path / "a.mid"), "--drafts", "9"])
    assert "drafts must be in 1..4" in result.output


def test_a_night_of_bars_keeps_no_z() -> None:
    show = Show()
    show.run(20)
    kept = [show.session.history.idea(number) for number in show.session.history.numbers]
    assert all(idea is not None and not idea.z and not idea.plain_z and not idea.drafts for idea in kept)
