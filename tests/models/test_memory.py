"""What is expected of a musician: bars that go round, bars that jump, bars that nobody heard."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musegan_models.memory import Memory
from musegan_models.notes import Note

PIANO, DRUMS, BASS = 1, 0, 3
SHAPES = {"maj": (0, 4, 7), "min": (0, 3, 7)}
C, F, G, AM = ((0, "maj"), (5, "maj"), (7, "maj"), (9, "min"))
D, B, E_FLAT, F_SHARP = ((2, "maj"), (11, "maj"), (3, "maj"), (6, "maj"))


def chord(root: int, shape: str, steps: Iterable[int] = (0, 8)) -> list[Note]:
    return [Note(step / 4, 48 + root + third, 2.0, 90) for step in steps for third in SHAPES[shape]]


def heard(chords: Iterable[tuple[int, str]]) -> Memory:
    memory = Memory()
    for number, each in enumerate(chords):
        memory.hear(number, {PIANO: chord(*each)})
    return memory


def expected(memory: Memory, number: int, beats: float = 0.0, partly: Iterable[Note] = ()) -> list[Note] | None:
    """Return what is expected on the piano, where the bar that sounds is heard in its first beats."""
    begun = {PIANO: [note for note in partly if note.time < beats]} if beats else None
    expectation = memory.expect(number, [PIANO], begun, beats)
    return None if expectation is None else list(expectation.notes[PIANO])


def random_bar(rng: np.random.Generator) -> list[Note]:
    return [Note(i / 4, int(rng.integers(40, 80)), 0.25, 90) for i in range(16) if rng.random() < 0.5]


@pytest.mark.parametrize("song", [[C], [C, G], [C, G, AM, F], [C, G, AM, F, D, B, E_FLAT, F_SHARP]])
def test_chords_that_go_round_are_expected_from_the_third_round_on(song: list[tuple[int, str]]) -> None:
    memory = Memory()
    for number in range(5 * len(song)):
        bar = chord(*song[number % len(song)])
        after = [chord(*song[(number + ahead) % len(song)]) for ahead in range(4)]
        if number >= 2 * len(song):
            assert expected(memory, number) == after[0]
            for ahead in (1, 2, 3):
                assert expected(memory, number + ahead, 2.75, bar) == after[ahead]
        memory.hear(number, {PIANO: bar})


def test_nothing_is_expected_of_somebody_who_has_not_played() -> None:
    memory = Memory()
    assert memory.expect(0, [PIANO]) is None
    memory.hear(0, {PIANO: []})
    assert memory.expect(1, [PIANO]) is None
    assert len(memory) == 1


def test_after_one_bar_it_is_expected_again() -> None:
    assert expected(heard([C]), 1) == chord(*C)
    assert expected(heard([C]), 2, 2.75, chord(*C)) == chord(*C)


def test_the_part_heard_of_a_bar_tells_which_way_the_song_goes() -> None:
    memory = heard([C, G, AM, F, C, G, AM, F, D, B, E_FLAT, F_SHARP, D, B, E_FLAT, F_SHARP, C, G, AM, F])
    assert expected(memory, 21, 2.75, chord(*D)) == chord(*B)
    assert expected(memory, 21, 2.75, chord(*C)) == chord(*G)


def test_the_last_bar_may_come_again_corrected() -> None:
    memory = heard([C, G, C])
    memory.hear(2, {PIANO: chord(*F)})
    assert len(memory) == 3
    memory.hear(3, {PIANO: chord(*G)})
    with pytest.raises(ValueError, match="at least 3"):
        memory.hear(2, {PIANO: []})


def test_bars_are_bounded() -> None:
    memory = Memory(limit=8)
    for number in range(50):
        memory.hear(number, {PIANO: chord(*(C, G)[number % 2])})
        assert len(memory) == min(number + 1, 8)
    expectation = memory.expect(50, [PIANO])
    assert expectation is not None
    assert 42 <= expectation.source < 50
    assert list(expectation.notes[PIANO]) == chord(*C)


@pytest.mark.parametrize(("song", "length"), [([C], 1), ([C, G], 2), ([C, G, AM, F], 4), ([C, C, C, F], 4)])
def test_the_length_of_a_loop_is_told(song: list[tuple[int, str]], length: int) -> None:
    assert heard(song * 3).loop == length


def test_no_loop_is_told_where_bars_are_random() -> None:
    memory, rng = Memory(), np.random.default_rng(0)
    for number in range(40):
        memory.hear(number, {PIANO: random_bar(rng)})
        assert memory.loop == 0


def test_confidence_is_high_in_a_loop_and_low_where_bars_are_random() -> None:
    sure = heard([C, G, AM, F] * 4).expect(16, [PIANO])
    memory, rng = Memory(), np.random.default_rng(0)
    for number in range(16):
        memory.hear(number, {PIANO: random_bar(rng)})
    unsure = memory.expect(16, [PIANO])
    assert sure is not None
    assert unsure is not None
    assert sure.confidence > 0.8
    assert unsure.confidence < 0.3


notes = st.lists(
    st.builds(Note, st.floats(0, 4), st.integers(0, 127), st.floats(0, 1e9, exclude_min=True), st.integers(1, 127)),
    max_size=12,
)
bars = st.dictionaries(st.integers(0, 4), notes, max_size=3)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), bars), max_size=8), bars, st.floats(0, 4), st.integers(1, 40))
def test_any_notes_may_be_played(played: list[tuple[int, dict[int, list[Note]]]], partly, beats, ahead) -> None:  # type: ignore[no-untyped-def]
    memory, number = Memory(drums={DRUMS}, limit=6), 0
    for step, bar in played:
        number += step
        memory.hear(number, bar)
        expectation = memory.expect(number + ahead, {PIANO, DRUMS}, partly, beats)
        if expectation is not None:
            assert set(expectation.notes) == {PIANO, DRUMS}
            assert 0 <= expectation.confidence <= 1
            assert expectation.source <= number < expectation.number
        assert memory.loop in (0, 1, 2, 3, 4, 6)
    assert len(memory) <= 6
