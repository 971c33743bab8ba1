"""What the musician played, as a bar."""

import numpy as np

from musegan_bridge.listener import Listener
from musegan_models.spec import ModelSpec

SPEC = ModelSpec("test")
PIANO = SPEC.track_names.index("piano")


def heard(listener: Listener, beat: float) -> list[tuple[int, int, int]]:
    """Return (step, MIDI pitch, length in steps) of what the bar holds on the piano."""
    planes = listener.bar(beat)
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


def test_silence_is_no_bar() -> None:
    assert piano().bar(4) is None
    assert Listener(SPEC).bar(4) is None


def test_the_bar_just_played_is_heard() -> None:
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
    assert listener.bar(12.0) is None


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
    assert listener.bar(8.0) is None
    assert listener.track == PIANO


def test_a_note_stays_on_the_track_that_it_was_played_on() -> None:
    listener, bass = piano(), SPEC.track_names.index("bass")
    play(listener, 4.0, 4.5, 60)
    listener.note(5.0, 62, 100)
    listener.track = bass
    listener.note(6.0, 62, 0)
    play(listener, 6.0, 6.5, 40)
    planes = listener.bar(8.0)
    assert planes is not None
    assert [tuple(place) for place in np.argwhere(planes[0])] == [(bass, 8, 16), (PIANO, 0, 36), (PIANO, 4, 38)]
    assert planes[1, PIANO, :, 38].sum() == 3
    listener.track = None  # what follows is nobody's track
    play(listener, 8.0, 8.5, 50)
    assert np.array_equal(listener.bar(8.0), planes)  # type: ignore[arg-type]


def test_what_was_played_is_read_in_the_key_that_is_the_bands_now() -> None:
    listener = piano()
    play(listener, 4.0, 5.0, 62)
    for semitones in (2, -5, 6, 0):
        listener.transposition = semitones
        assert heard(listener, 8.0) == [(0, 62 - semitones, 4)]
        chord = listener.chord(8.0)
        assert chord is not None
    play(listener, 5.0, 6.0, 127)
    listener.transposition = -5
    assert heard(listener, 8.0) == [(0, 67, 4)]  # 132 is no pitch: 120 is, which the model lacks


def test_the_chord_is_read_in_the_bands_key() -> None:
    listener = Listener(SPEC)
    for pitch in (62, 66, 69):
        play(listener, 0.0, 4.0, pitch)
    listener.transposition = 2
    chord = listener.chord(4.0)
    assert chord is not None
    assert (int(chord[:12].argmax()), chord[12]) == (0, 0)


def test_drums_have_no_key() -> None:
    listener = Listener(SPEC)
    listener.track = SPEC.track_names.index("drums")
    listener.transposition = 5
    play(listener, 4.0, 4.25, 36)
    planes = listener.bar(8.0)
    assert planes is not None
    assert np.argwhere(planes[0]).tolist() == [[listener.track, 0, 12]]


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


def test_a_bar_has_the_steps_of_the_model() -> None:
    for beat_resolution in (4, 6, 12, 24):
        listener = Listener(ModelSpec("test", beat_resolution=beat_resolution, lowest_pitch=36, n_pitches=24))
        listener.track = PIANO
        play(listener, 1.5, 2.0, 48)
        play(listener, 1.5, 2.0, 30)  # no pitch of the model
        planes = listener.bar(4.0)
        assert planes is not None
        assert np.argwhere(planes[0]).tolist() == [[PIANO, beat_resolution * 3 // 2, 12]]
