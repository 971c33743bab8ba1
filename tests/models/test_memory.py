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


def test_the_same_part_comes_back_after_another() -> None:
    song = [chord(*each) for part in "AABAAABA" for each in {"A": (C, G, AM, F), "B": (D, B, E_FLAT, F_SHARP)}[part]]
    memory, right = Memory(), list[bool]()
    for number, bar in enumerate(song[:-1]):
        right.append(expected(memory, number + 1, 2.75, bar) == song[number + 1])
        memory.hear(number, {PIANO: bar})
    # Bar i + 1 is meant: the second A; after B an A again, from its second bar on; then all but where a part begins.
    assert all(right[4:7])
    assert all(right[12:15])
    assert all(expected_right for i, expected_right in enumerate(right[16:], 17) if i % 4)


def test_a_jump_to_other_chords_is_caught_up_with_once_they_repeat() -> None:
    before, after = [C, G, AM, F] * 4, [D, E_FLAT, B, F_SHARP] * 3
    memory = heard([*before, *after[:4]])
    for number in range(20, 28):
        bar = chord(*after[number - 16])
        if number < 27:
            assert expected(memory, number + 1, 2.75, bar) == chord(*after[number - 15])
        memory.hear(number, {PIANO: bar})


def test_a_riff_that_moves_up_a_fourth_goes_on_up_there() -> None:
    steps = ((0, 0, 3, 0, 5, 0, 3, 0), (0, 0, 3, 0, 5, 6, 5, 3), (0, 12, 10, 7, 5, 3, 0, 0), (7, 7, 5, 3, 0, 0, 0, 0))
    low, high = ([[Note(i / 2, k + step, 0.5, 90) for i, step in enumerate(bar)] for bar in steps] for k in (40, 45))
    memory = Memory()
    for number, bar in enumerate([*low, *low, *low, *high[:2]]):
        memory.hear(number, {PIANO: bar, DRUMS: [Note(0.0, 36, 0.25, 100)]})
    assert expected(memory, 14) == high[2]
    expectation = memory.expect(15, [PIANO], {PIANO: [note for note in high[2] if note.time < 2.75]}, 2.75)
    assert expectation is not None
    assert (list(expectation.notes[PIANO]), expectation.semitones) == (high[3], 5)
    assert (expectation.source - 15) % 4 == 0


def test_what_is_moved_stays_within_midi_and_drums_stay_what_they_are() -> None:
    memory = Memory(drums={DRUMS})
    pitches = (100, 103, 107, 101, 105, 102)
    drums = [Note(0.0, 36, 0.25, 100), Note(1.0, 38, 0.25, 100)]
    for number in range(10):
        up = 24 if number >= 6 else 0
        bar = [Note(i / 4, min(127, pitches[number % 6] + up + i % 3), 0.25, 90) for i in range(0, 16, 2)]
        memory.hear(number, {PIANO: bar, DRUMS: drums})
        expectation = memory.expect(number + 1, [PIANO, DRUMS])
        assert expectation is not None
        assert all(0 <= note.pitch <= 127 for note in expectation.notes[PIANO])
        assert list(expectation.notes[DRUMS]) == drums


def test_drums_may_lead() -> None:
    beat = [Note(step / 4, 38 if step % 8 == 4 else 36, 0.25, 100) for step in (0, 4, 8, 10, 12)]
    fill = [Note(step / 4, 50 - step // 4, 0.25, 100) for step in range(16)]
    memory = Memory(drums={DRUMS})
    for number in range(12):
        memory.hear(number, {DRUMS: fill if number % 4 == 3 else beat})
    assert memory.loop == 4
    for number in range(12, 16):
        expectation = memory.expect(number, [DRUMS])
        assert expectation is not None
        assert list(expectation.notes[DRUMS]) == (fill if number % 4 == 3 else beat)
        assert expectation.semitones == 0


def test_only_the_tracks_asked_for_are_given() -> None:
    memory = Memory()
    for number in range(8):
        memory.hear(number, {PIANO: chord(*(C, G)[number % 2]), BASS: [Note(0.0, 36 + number % 2, 4.0, 90)]})
    both, bass = memory.expect(8, [PIANO, BASS]), memory.expect(8, {BASS})
    assert both is not None
    assert bass is not None
    assert {track: list(own) for track, own in both.notes.items()} == {PIANO: chord(*C), BASS: [Note(0.0, 36, 4.0, 90)]}
    assert set(bass.notes) == {BASS}


def test_bars_in_which_the_track_asked_for_was_played_come_first() -> None:
    memory = Memory()
    for number in range(8):
        memory.hear(number, {BASS if number < 4 else PIANO: chord(*(C, G)[number % 2])})
    expectation = memory.expect(8, [BASS])
    assert expectation is not None
    assert (expectation.source, list(expectation.notes[BASS])) == (2, chord(*C)) or expectation.source < 4


def test_a_loop_played_by_hand_is_expected_too() -> None:
    memory, rng = Memory(), np.random.default_rng(0)
    song = [chord(*each, steps=(0, 4, 8, 12)) for each in (C, G, AM, F)]
    for number in range(16):
        late = [note._replace(time=min(3.99, max(0.0, note.time + rng.normal(0, 0.03)))) for note in song[number % 4]]
        memory.hear(number, {PIANO: late})
    for number in range(16, 20):
        guess = expected(memory, number)
        assert guess is not None
        assert {note.pitch for note in guess} == {note.pitch for note in song[number % 4]}
        assert [note.time for note in guess] == sorted(note.time for note in guess)


def test_a_gap_is_not_played_over_and_what_was_before_is_still_known() -> None:
    memory = heard([C, G, AM, F] * 3)
    memory.hear(1000, {PIANO: chord(*C)})
    assert len(memory) == 13
    assert memory.loop == 0
    expectation = memory.expect(1001, [PIANO])
    assert expectation is not None
    assert list(expectation.notes[PIANO]) == chord(*G)
    assert expectation.source in range(12)


def test_silence_may_be_expected() -> None:
    memory = Memory()
    for number in range(14):
        memory.hear(number, {PIANO: chord(*C) if number % 4 < 2 else []})
    silent = memory.expect(15, [PIANO], {PIANO: []}, 2.75)
    assert silent is not None
    assert silent.notes == {PIANO: ()}
    assert silent.confidence > 0.5
    assert [expected(memory, number) for number in (14, 15, 16, 17)] == [[], [], chord(*C), chord(*C)]


def test_everything_can_be_forgotten() -> None:
    memory = heard([C, G] * 4)
    memory.clear()
    assert (len(memory), memory.loop, memory.expect(8, [PIANO])) == (0, 0, None)
    memory.hear(0, {PIANO: chord(*F)})
    assert expected(memory, 1) == chord(*F)


def test_a_bar_that_was_heard_is_not_expected() -> None:
    assert heard([C, G]).expect(1, [PIANO]) is None


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


@pytest.mark.parametrize(
    ("song", "length"),
    [
        ([C], 1),
        ([C, G], 2),
        ([C, G, AM, F], 4),
        ([C, C, C, F], 4),
        ([C, G, AM], 3),
        ([C, G, AM, F, D, B, E_FLAT, F_SHARP], 8),
    ],
)
def test_the_length_of_a_loop_is_told(song: list[tuple[int, str]], length: int) -> None:
    assert heard(song * 3).loop == length


def test_a_loop_of_four_bars_is_told_when_seven_are_heard() -> None:
    assert heard([C, G, AM, F, C, G]).loop == 0
    assert heard([C, G, AM, F, C, G, AM]).loop == 4


def test_a_loop_is_over_with_the_first_other_bar() -> None:
    assert heard([C, G, AM, F, C, G, AM, F, D]).loop == 0


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
