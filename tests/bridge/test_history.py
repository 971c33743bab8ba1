"""All bars of a show, as they were, and the ideas of its phrases."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from musegan_bridge.show.band import Bar, Draft
from musegan_bridge.show.history import _BARS, _PHRASES, History
from musegan_bridge.show.ideas import Idea, Kept
from musegan_models.notes import FloatArray, Note

NOTES = st.lists(
    st.builds(Note, st.floats(0, 4), st.integers(0, 127), st.floats(0.01, 4), st.integers(1, 127)), max_size=5
)
PLANES = arrays.arrays(np.float32, (2, 3, 4, 5), elements=st.sampled_from([0.0, 1.0]))
TRACKS = ("bass", "drums", "piano")


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    number, idea = draw(st.integers(0, 99)), Idea(draw(st.integers(0, 3)), 1, 2, draw(st.booleans()))
    raw, heard = ({name: draw(NOTES) for name in TRACKS} for _ in range(2))
    planes, left_out = draw(st.none() | PLANES), draw(st.sampled_from([(), (2,), (0, 1)]))
    draft = Draft(number, idea, raw, left_out, planes, draw(st.integers(-5, 6)))
    return Bar(number, idea, heard, draw(st.booleans()), draft)


def bar(number: int, pitch: int = 60, planes: FloatArray | None = None) -> Bar:
    idea = Idea(number % 4, number // 4, 0)
    return Bar(number, idea, {}, draft=Draft(number, idea, {"piano": [Note(0, pitch, 1, 80)]}, planes=planes))


def kept(seed: int, z: float = 0) -> Kept:
    return Kept(seed, 0, (np.array([z], np.float32),))


@given(bars())
def test_a_bar_is_recalled_exactly(own: Bar) -> None:
    history = History()
    history.add(own)
    again = history.recall(own.number)
    assert again == own
    assert again is not None
    assert again.draft is not None
    assert own.draft is not None
    assert (again.draft.notes, again.draft.left_out) == (own.draft.notes, own.draft.left_out)
    assert again.draft.transposition == own.draft.transposition
    if own.draft.planes is None:
        assert again.draft.planes is None
    else:
        assert np.array_equal(again.draft.planes, own.draft.planes)  # type: ignore[arg-type]


def test_a_bar_that_never_was_is_not_there() -> None:
    history = History()
    assert history.recall(0) is None
    assert history.numbers == range(0)
    history.add(bar(3))
    assert history.recall(2) is None
    assert history.numbers == range(3, 4)


def test_the_last_bars_come_in_order_as_many_as_there_are() -> None:
    history = History()
    for number in range(6):
        history.add(bar(number))
    assert [own.number for own in history.last(4)] == [2, 3, 4, 5]
    assert [own.number for own in history.last(99)] == [0, 1, 2, 3, 4, 5]
    assert history.last(0) == []
    assert len(history) == 6


def test_of_a_show_that_never_ends_the_oldest_bars_are_forgotten() -> None:
    history = History()
    for number in range(_BARS + 2):
        history.add(Bar(number, Idea(0, 1, 2), {}))
    assert history.numbers == range(2, _BARS + 2)
    assert history.recall(1) is None


def test_what_a_track_played_can_be_locked() -> None:
    history, planes = History(), np.zeros((2, 3, 4, 5), np.float32)
    planes[0, 2, 0, 0] = 1
    history.add(bar(4, 50))  # silence has no planes
    history.add(bar(5, 60, planes))
    history.add(bar(6, 62, planes))
    locked = history.locked(2, "piano", 4)
    assert [(number, [note.pitch for note in own.notes]) for number, own in locked] == [(5, [60]), (6, [62])]
    assert all(np.array_equal(own.planes, planes[:, 2]) for _, own in locked)
    assert not history.locked(0, "bass", 2)[0][1].notes


# The ideas of phrases


def test_one_goes_back_and_forward_through_the_phrases() -> None:
    history = History()
    for seed in range(4):
        history.begin_phrase(kept(seed))
    back = [history.step(-1), history.step(-2), history.step(-1)]
    assert [own and own.seed for own in back] == [2, 0, None]
    forward = [history.step(1), history.step(5), history.step(2), history.step(1)]
    assert [own and own.seed for own in forward] == [1, None, 3, None]


def test_a_phrase_that_was_gone_back_to_is_not_kept_twice_and_the_next_one_is_the_newest() -> None:
    history, phrases = History(), [kept(seed) for seed in range(3)]
    for phrase in phrases:
        history.begin_phrase(phrase)
    assert history.step(-2) is phrases[0]
    history.begin_phrase(phrases[0])
    history.begin_phrase(kept(3))
    assert history.step(1) is None
    assert history.step(-1) is phrases[2]


def test_a_phrase_that_is_held_is_kept_once_and_again_when_its_z_has_moved() -> None:
    history = History()
    for own in (kept(1), kept(2), kept(2), kept(2), kept(2, z=0.5)):
        history.begin_phrase(own)
    back = [history.step(-1), history.step(-1), history.step(-1)]
    assert [own and own.seed for own in back] == [2, 1, None]


def test_of_a_show_that_never_ends_the_oldest_ideas_are_forgotten() -> None:
    history = History()
    for seed in range(_PHRASES + 5):
        history.begin_phrase(kept(seed))
    assert history.step(-_PHRASES) is None
    oldest = history.step(1 - _PHRASES)
    assert oldest is not None
    assert oldest.seed == 5


def test_before_the_first_phrase_there_is_none_and_another_model_forgets_them() -> None:
    history = History()
    assert history.step(-1) is None
    history.begin_phrase(kept(1))
    history.begin_phrase(kept(2))
    history.forget_phrases()
    assert history.step(-1) is None
    history.begin_phrase(kept(3))
    assert history.step(-1) is None
