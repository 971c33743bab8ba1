"""What the musician played, as the condition of the bar to come."""

import numpy as np

from musegan_bridge.listener import Listener
from musegan_models.spec import ModelSpec

SPEC = ModelSpec("test")
PIANO = SPEC.track_names.index("piano")


def heard(listener: Listener, beat: float) -> list[tuple[int, int, int]]:
    """Return (step, MIDI pitch, length in steps) of what the condition holds on the piano."""
    planes = listener.condition(beat)
    assert planes is not None
    assert not planes[:, [i for i in range(5) if i != PIANO]].any()
    notes = []
    for step, pitch in np.argwhere(planes[0, PIANO]):
        length = 1
        while step + length < 16 and planes[1, PIANO, step + length, pitch]:
            length += 1
        notes.append((int(step), int(pitch) + SPEC.lowest_pitch, length))
    return notes


def piano() -> Listener:
    listener = Listener(SPEC)
    listener.track = PIANO
    return listener


def play(listener: Listener, on: float, off: float, pitch: int) -> None:
    listener.note(on, pitch, 100)
    listener.note(off, pitch, 0)


def test_silence_is_no_condition() -> None:
    assert piano().condition(4) is None
    assert Listener(SPEC).condition(4) is None


def test_the_bar_just_played_is_the_condition() -> None:
    listener = piano()
    play(listener, 4.0, 5.0, 60)
    play(listener, 6.5, 7.0, 64)
    assert heard(listener, 8.0) == [(0, 60, 4), (10, 64, 2)]


def test_each_place_of_the_bar_holds_what_was_last_played_there() -> None:
    listener = piano()
    play(listener, 4.0, 4.5, 60)  # the bar before
    play(listener, 7.0, 7.5, 62)
    play(listener, 8.0, 8.5, 65)  # this bar, up to beat 10
    assert heard(listener, 10.0) == [(0, 65, 2), (12, 62, 2)]


def test_notes_older_than_four_beats_are_forgotten() -> None:
    listener = piano()
    play(listener, 4.0, 4.5, 60)
    assert listener.condition(12.0) is None


def test_a_note_a_little_early_counts_as_on_the_beat() -> None:
    listener = piano()
    play(listener, 3.95, 4.9, 60)
    assert heard(listener, 8.0) == [(0, 60, 4)]


def test_a_held_note_sounds_until_now() -> None:
    listener = piano()
    listener.note(4.0, 60, 100)
    assert listener.held == 1
    assert heard(listener, 6.0) == [(0, 60, 8)]


def test_an_off_that_never_began_and_a_second_on_are_no_trouble() -> None:
    listener = piano()
    listener.note(4.0, 60, 0)
    listener.note(4.0, 60, 90)
    listener.note(5.0, 60, 90)
    listener.note(6.0, 60, 0)
    assert listener.held == 0
    assert heard(listener, 8.0) == [(0, 60, 4), (4, 60, 4)]


def test_forgetting_keeps_the_track() -> None:
    listener = piano()
    listener.note(4.0, 60, 100)
    listener.forget()
    assert listener.condition(8.0) is None
    assert listener.track == PIANO


def test_the_chord_is_that_of_the_last_four_beats_on_any_track_or_none() -> None:
    listener = Listener(SPEC)
    for pitch in (62, 65, 69):  # D minor, then G major
        play(listener, 0.0, 4.0, pitch)
    for pitch in (55, 59, 62):
        play(listener, 4.0, 7.0, pitch)
    chord = listener.chord(7.0)
    assert chord is not None
    assert (int(chord[:12].argmax()), chord[12]) == (7, 0)
    assert listener.chord(11.5) is None


def test_drums_have_no_chord() -> None:
    listener = Listener(SPEC)
    listener.track = SPEC.track_names.index("drums")
    play(listener, 0.0, 1.0, 36)
    assert listener.chord(4.0) is None


def test_a_condition_has_the_steps_of_the_model() -> None:
    for beat_resolution in (4, 6, 12, 24):
        listener = Listener(ModelSpec("test", beat_resolution=beat_resolution, lowest_pitch=36, n_pitches=24))
        listener.track = PIANO
        play(listener, 1.5, 2.0, 48)
        play(listener, 1.5, 2.0, 30)  # no pitch of the model
        planes = listener.condition(4.0)
        assert planes is not None
        assert np.argwhere(planes[0]).tolist() == [[PIANO, beat_resolution * 3 // 2, 12]]
