"""What the musician played, as a bar."""

import numpy as np

from musegan_bridge.show.listener import Listener
from musegan_models.notes import FloatArray, Note
from musegan_models.spec import ModelSpec

SPEC = ModelSpec("test")
DRUMS, PIANO = (SPEC.track_names.index(name) for name in ("drums", "piano"))


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
    listener.tracks = (PIANO,)
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
    assert listener.tracks == (PIANO,)


def test_a_note_stays_on_the_track_that_it_was_played_on() -> None:
    listener, bass = piano(), SPEC.track_names.index("bass")
    play(listener, 4.0, 4.5, 60)
    listener.note(5.0, 62, 100)
    listener.tracks = (bass,)
    listener.note(6.0, 62, 0)
    play(listener, 6.0, 6.5, 40)
    planes = listener.bar(8.0)
    assert planes is not None
    assert [tuple(place) for place in np.argwhere(planes[0])] == [(bass, 8, 16), (PIANO, 0, 36), (PIANO, 4, 38)]
    assert planes[1, PIANO, :, 38].sum() == 3
    listener.tracks = ()  # what follows is nobody's track
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
    listener.tracks = (DRUMS,)
    listener.transposition = 5
    play(listener, 4.0, 4.25, 36)
    planes = listener.bar(8.0)
    assert planes is not None
    assert np.argwhere(planes[0]).tolist() == [[DRUMS, 0, 12]]


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
    listener.tracks = (DRUMS,)
    play(listener, 0.0, 1.0, 36)
    assert listener.chord(4.0) is None


def test_a_bar_has_the_steps_of_the_model() -> None:
    for beat_resolution in (4, 6, 12, 24):
        listener = Listener(ModelSpec("test", beat_resolution=beat_resolution, lowest_pitch=36, n_pitches=24))
        listener.tracks = (PIANO,)
        play(listener, 1.5, 2.0, 48)
        play(listener, 1.5, 2.0, 30)  # no pitch of the model
        planes = listener.bar(4.0)
        assert planes is not None
        assert np.argwhere(planes[0]).tolist() == [[PIANO, beat_resolution * 3 // 2, 12]]


# Several tracks


def places(planes: FloatArray | None) -> list[tuple[int, ...]]:
    """Return the (track, step, MIDI pitch) of the onsets."""
    assert planes is not None
    return [(int(track), int(step), int(pitch) + SPEC.lowest_pitch) for track, step, pitch in np.argwhere(planes[0])]


def test_several_tracks_are_heard_beside_each_other() -> None:
    listener = piano()
    listener.tracks = (PIANO, DRUMS)
    listener.note(4.0, 60, 100, PIANO)
    listener.note(4.0, 36, 100, DRUMS)
    listener.note(4.5, 60, 0, PIANO)
    listener.note(5.0, 60, 100)  # on no track in particular: the first of his
    assert listener.held == 2
    assert places(listener.bar(8.0)) == [(DRUMS, 0, 36), (PIANO, 0, 60), (PIANO, 4, 60)]


def test_the_same_pitch_may_be_held_on_two_tracks_and_each_has_its_own_off() -> None:
    listener = piano()
    for track in (PIANO, DRUMS):
        listener.note(4.0, 40, 100, track)
    listener.note(5.0, 40, 0, DRUMS)
    assert listener.held == 1
    planes = listener.bar(8.0)
    assert planes is not None
    assert planes[1, PIANO, :, 40 - SPEC.lowest_pitch].sum() == 15


# Clips


def test_a_clip_is_the_bar_of_its_number_and_no_other() -> None:
    listener = piano()
    listener.clip(PIANO, 5, [Note(1, 60, 1, 80), Note(2.5, 64, 0.5, 80)])
    assert places(listener.clip_of(5)) == [(PIANO, 4, 60), (PIANO, 10, 64)]
    assert listener.clip_of(4) is None
    assert listener.bar(24.0) is None  # it was not played


def test_a_clip_for_every_bar_is_a_loop_and_a_bars_own_one_goes_before_it() -> None:
    listener = piano()
    listener.clip(PIANO, 5, [Note(0, 72, 1, 80)])
    listener.clip(PIANO, -1, [Note(0, 60, 1, 80)])
    listener.clip(DRUMS, 5, [Note(0, 36, 1, 80)])
    assert places(listener.clip_of(4)) == [(PIANO, 0, 60)]
    assert places(listener.clip_of(5)) == [(DRUMS, 0, 36), (PIANO, 0, 72)]
    listener.clip(PIANO, -1, [Note(0, 62, 1, 80)])
    assert places(listener.clip_of(9)) == [(PIANO, 0, 62)]


def test_a_clip_is_read_in_the_bands_key_and_drums_are_not() -> None:
    listener = piano()
    listener.transposition = 2
    for track in (PIANO, DRUMS):
        listener.clip(track, 0, [Note(0, 60, 1, 80)])
    assert places(listener.clip_of(0)) == [(DRUMS, 0, 60), (PIANO, 0, 58)]


def test_forgetting_what_was_played_keeps_the_clips_and_clearing_does_not() -> None:
    listener = piano()
    listener.clip(PIANO, -1, [Note(0, 60, 1, 80)])
    play(listener, 0, 1, 60)
    listener.forget()
    assert listener.clip_of(0) is not None
    assert not listener.has_played(0)
    listener.clear()
    assert listener.clip_of(0) is None


def test_of_very_many_clips_the_oldest_are_forgotten_and_a_loop_is_not() -> None:
    listener = piano()
    listener.clip(DRUMS, -1, [Note(0, 36, 1, 80)])
    for number in range(300):
        listener.clip(PIANO, number, [Note(0, 60, 1, 80)])
    assert places(listener.clip_of(0)) == [(DRUMS, 0, 36)]
    assert places(listener.clip_of(299)) == [(DRUMS, 0, 36), (PIANO, 0, 60)]


def test_a_full_shelf_of_clips_loses_none_when_one_of_them_is_changed() -> None:
    listener = piano()
    for number in range(256):
        listener.clip(PIANO, number, [Note(0, 60, 1, 80)])
    listener.clip(PIANO, 255, [Note(0, 62, 1, 80)])
    assert listener.clip_of(0) is not None


# Whether anything was played


def test_it_is_known_whether_he_played_since_a_beat() -> None:
    listener = piano()
    assert not listener.has_played(0)
    play(listener, 4.0, 5.0, 60)
    assert [listener.has_played(beat) for beat in (0, 4.5, 5, 5.1)] == [True, True, True, False]
    listener.note(6.0, 60, 100)
    assert listener.has_played(100)
    listener.note(7.0, 60, 0)
    assert not listener.has_played(100)


def test_another_model_reads_what_was_played_in_its_own_steps() -> None:
    listener = piano()
    play(listener, 5.0, 5.5, 60)
    listener.change_spec(ModelSpec("finer", beat_resolution=12))
    planes = listener.bar(8.0)
    assert planes is not None
    assert np.argwhere(planes[0]).tolist() == [[PIANO, 12, 60 - SPEC.lowest_pitch]]
