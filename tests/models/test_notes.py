"""Notes from pianorolls and back."""

import numpy as np

from musegan_models.notes import Note, bars_from_notes, binarize, notes_from_pianoroll, pianoroll_from_notes
from musegan_models.spec import ModelSpec

SPEC = ModelSpec("test")
BASS, DRUMS = 0, 1


def planes() -> tuple[np.ndarray, np.ndarray]:
    return np.zeros((5, 16, 84), np.float32), np.zeros((5, 16, 84), np.float32)


def test_a_note_is_an_onset_and_the_sustain_that_runs_on_from_it() -> None:
    onset, sustain = planes()
    onset[BASS, 4, 12] = 1.0
    sustain[BASS, 5:8, 12] = 0.9
    sustain[BASS, 9, 12] = 0.9  # after a gap: belongs to nothing
    notes = notes_from_pianoroll(onset, sustain, SPEC)
    assert notes["bass"] == [Note(1.0, 36, 1.0, 112)]
    assert sum(map(len, notes.values())) == 1


def test_a_new_onset_ends_the_note_before_it() -> None:
    onset, sustain = planes()
    onset[BASS, [0, 2], 12] = 0.75
    sustain[BASS, 1:4, 12] = 0.9
    assert notes_from_pianoroll(onset, sustain, SPEC)["bass"] == [Note(0.0, 36, 0.5, 80), Note(0.5, 36, 0.5, 80)]


def test_a_note_ends_with_its_bar() -> None:
    onset, sustain = planes()
    onset[BASS, 12, 12] = sustain[BASS, 13:, 12] = 1
    assert notes_from_pianoroll(onset, sustain, SPEC)["bass"] == [Note(3.0, 36, 1.0, 112)]


def test_tracks_that_the_musician_plays_are_left_out() -> None:
    onset, sustain = planes()
    onset[:, 0, 12] = 1
    notes = notes_from_pianoroll(onset, sustain, SPEC, given=[DRUMS])
    assert notes["drums"] == []
    assert len(notes["bass"]) == 1


def test_what_is_at_or_under_the_threshold_does_not_sound() -> None:
    onset, sustain = planes()
    onset[BASS, 0, 12] = SPEC.tracks[BASS].onset_threshold
    assert not any(notes_from_pianoroll(onset, sustain, SPEC).values())


def test_binarizing_works_on_any_leading_axes() -> None:
    rng = np.random.default_rng(0)
    onset, sustain = rng.random((2, 3, 4, 5, 16, 84), np.float32)
    starts, holds = binarize(onset, sustain, SPEC)
    assert starts.shape == holds.shape == (3, 4, 5, 16, 84)
    assert not (starts & holds).any()
    one = binarize(onset[1, 2], sustain[1, 2], SPEC)
    assert np.array_equal(starts[1, 2], one[0])
    assert np.array_equal(holds[1, 2], one[1])


def test_notes_survive_the_way_to_a_pianoroll_and_back() -> None:
    notes = [Note(0.0, 36, 1.0, 112), Note(1.0, 40, 0.25, 112), Note(1.25, 40, 2.75, 112)]
    roll = pianoroll_from_notes(notes, BASS, SPEC)
    assert notes_from_pianoroll(roll[0], roll[1], SPEC)["bass"] == notes
    assert not roll[:, 1:].any()


def test_notes_outside_the_model_are_left_out() -> None:
    assert not pianoroll_from_notes([Note(0, 12, 1, 90), Note(4.0, 60, 1, 90), Note(-1, 60, 1, 90)], BASS, SPEC).any()


def test_a_held_note_is_struck_again_after_the_bar_line_if_a_beat_of_it_remains() -> None:
    bars = bars_from_notes([Note(3.0, 60, 2.0, 90), Note(3.0, 64, 1.5, 90)], 2, SPEC)
    assert bars == [[Note(3.0, 60, 1.0, 90), Note(3.0, 64, 1.0, 90)], [Note(0.0, 60, 1.0, 90)]]


def test_a_note_a_little_before_the_bar_line_belongs_to_the_next_bar() -> None:
    assert bars_from_notes([Note(3.95, 60, 0.5, 90)], 2, SPEC) == [[], [Note(0.0, 60, 0.5, 90)]]
