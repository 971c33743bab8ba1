"""How a made bar is played: accents, key, range, scale, swing, humanise."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musegan_bridge.key import SCALES
from musegan_bridge.show.accent import accented
from musegan_bridge.show.performing import PLAIN, Feel, performed, swung
from musegan_models.notes import Note
from musegan_models.spec import ModelSpec

SPEC = ModelSpec("test")
LINE = [Note(0, 60, 0.25, 100), Note(0.25, 64, 0.5, 90), Note(1, 67, 1, 80), Note(3.75, 72, 0.25, 70)]

SIXTEENTHS = st.integers(0, 15).map(lambda step: step / 4)


@st.composite
def notes(draw: st.DrawFn) -> list[Note]:
    """Return notes of a bar, as a model makes them: on sixteenths, none over the bar line."""
    found = {}
    for time in draw(st.lists(SIXTEENTHS, max_size=12)):
        length = draw(st.integers(1, 16 - int(time * 4))) / 4
        pitch = draw(st.integers(24, 107))
        found[time, pitch] = Note(time, pitch, length, draw(st.integers(1, 127)))
    return sorted(found.values())


def heard(
    own: Sequence[Note], feel: Feel, track: str = "piano", transposition: int = 0, tempo: float = 120
) -> list[Note]:
    """Return how one track is played."""
    feels = {name: feel if name == track else PLAIN for name in SPEC.track_names}
    played = performed({track: own}, SPEC, transposition=transposition, feels=feels, seed=(1, 2, 3), tempo=tempo)
    assert not any(played[name] for name in SPEC.track_names if name != track)
    return played[track]


def pitches(own: Sequence[Note]) -> list[int]:
    return [note.pitch for note in own]


def test_an_accent_makes_a_downbeat_louder_than_a_beat_and_a_beat_louder_than_what_is_between() -> None:
    for velocity in range(48, 113):
        downbeat, beat, half, between = (accented(velocity, time) for time in (0.0, 1.0, 1.5, 1.75))
        assert 1 <= between < half < beat < downbeat <= 127
    assert accented(127, 0.0) == 127
    assert accented(100, 2 + 1 / 3) == accented(100, 3.25)


def test_a_bar_is_played_with_accents_and_nothing_else() -> None:
    played = performed({"piano": LINE}, SPEC)
    assert played["piano"] == [note._replace(velocity=accented(note.velocity, note.time)) for note in LINE]
    assert list(played) == list(SPEC.track_names)
    assert performed({}, SPEC) == {name: [] for name in SPEC.track_names}


def test_a_key_moves_all_but_the_drums() -> None:
    bar = dict.fromkeys(SPEC.track_names, LINE)
    in_c, in_d = (performed(bar, SPEC, transposition=semitones) for semitones in (0, 2))
    for track in SPEC.tracks:
        moved = 0 if track.is_drum else 2
        assert in_d[track.name] == [note._replace(pitch=note.pitch + moved) for note in in_c[track.name]]


@given(notes(), st.integers(-5, 6))
def test_a_feel_that_is_plain_changes_nothing(own: list[Note], transposition: int) -> None:
    plainly = performed({"piano": own}, SPEC, transposition=transposition)["piano"]
    assert heard(own, Feel(), transposition=transposition) == plainly


@pytest.mark.parametrize("feel", [Feel(transpose=7), Feel(low=90), Feel(high=30), Feel(scale="blues", tonic=3)])
def test_drums_have_neither_pitch_nor_range_nor_scale(feel: Feel) -> None:
    assert pitches(heard(LINE, feel, "drums")) == pitches(LINE)


# Range and scale


def test_a_track_is_transposed_beyond_the_key() -> None:
    assert pitches(heard(LINE, Feel(transpose=-12), transposition=2)) == [50, 54, 57, 62]


@given(notes(), st.integers(-60, 60), st.integers(0, 127), st.integers(0, 127))
def test_what_is_out_of_range_comes_back_by_octaves(own: list[Note], transpose: int, low: int, high: int) -> None:
    played = heard(own, Feel(transpose=transpose, low=low, high=high))
    assert {note.pitch % 12 for note in played} == {(note.pitch + transpose) % 12 for note in own}
    assert all(0 <= note.pitch <= 127 for note in played)
    if high - low >= 11:
        assert all(low <= note.pitch <= high for note in played)


def test_a_note_in_range_stays_where_it_is_and_others_move_no_further_than_they_must() -> None:
    assert pitches(heard(LINE, Feel(low=60, high=71))) == [60, 64, 67, 60]
    assert pitches(heard(LINE, Feel(low=62, high=127))) == [72, 64, 67, 72]
    assert pitches(heard(LINE, Feel(low=0, high=40))) == [36, 40, 31, 36]


@given(notes(), st.sampled_from(sorted(SCALES)), st.integers(0, 11), st.integers(0, 116))
def test_a_scale_leaves_only_its_notes_each_once_and_in_the_tracks_range(
    own: list[Note], scale: str, tonic: int, low: int
) -> None:
    played = heard(own, Feel(scale=scale, tonic=tonic, low=low, high=low + 11))
    assert {(note.pitch - tonic) % 12 for note in played} <= set(SCALES[scale])
    assert all(low <= note.pitch <= low + 11 for note in played)
    assert bool(played) == bool(own)


@given(notes(), st.sampled_from(sorted(SCALES)), st.integers(0, 11))
def test_a_note_of_the_scale_stays_and_others_move_little(own: list[Note], scale: str, tonic: int) -> None:
    for note in own:
        ((pitch,), inside) = pitches(heard([note], Feel(scale=scale, tonic=tonic))), SCALES[scale]
        assert abs(pitch - note.pitch) <= (0 if (note.pitch - tonic) % 12 in inside else 2)


@pytest.mark.parametrize(("feel", "second"), [(Feel(scale="major"), 61), (Feel(low=60, high=71), 72)])
def test_two_notes_that_come_together_are_struck_once_and_the_longer_one_sounds(feel: Feel, second: int) -> None:
    two = [Note(1, 60, 2, 80), Note(1, second, 0.5, 80)]
    assert [(note.pitch, note.duration) for note in heard(two, feel)] == [(60, 2)]


# Loudness


@given(notes(), st.floats(0, 16))
def test_loudness_is_a_factor_and_stays_audible(own: list[Note], factor: float) -> None:
    plain, played = heard(own, PLAIN), heard(own, Feel(velocity=factor))
    assert [note.velocity for note in played] == [min(127, max(1, round(note.velocity * factor))) for note in plain]


# Time


def test_swing_delays_each_second_sixteenth_and_no_other() -> None:
    straight = [swung(step / 4, 50) for step in range(16)]
    triplet = [swung(step / 4, 200 / 3) for step in range(16)]
    assert straight == [step / 4 for step in range(16)]
    assert triplet[::2] == straight[::2]
    assert triplet[1::2] == pytest.approx([eighth / 2 + 1 / 3 for eighth in range(8)])


@given(st.floats(0, 16), st.floats(0, 16), st.floats(50, 75))
def test_swing_keeps_the_order_and_the_bar_lines(one: float, other: float, swing: float) -> None:
    first, second = sorted((one, other))
    assert swung(first, swing) <= swung(second, swing) + 1e-9
    assert swung(one // 0.5 * 0.5, swing) == one // 0.5 * 0.5
    assert [swung(bar * 4, swing) for bar in range(4)] == [0, 4, 8, 12]


@given(notes(), st.floats(50, 75), st.floats(0, 50), st.floats(20, 400))
def test_a_note_never_leaves_its_bar(own: list[Note], swing: float, humanise: float, tempo: float) -> None:
    played = heard(own, Feel(swing=swing, humanise=humanise), tempo=tempo)
    assert len(played) == len(own)
    assert played == sorted(played)
    for note in played:
        assert 0 <= note.time < 4
        assert note.duration > 0
        assert note.time + note.duration <= 4 + 1e-9


def test_a_last_sixteenth_is_never_too_late_to_be_heard_in_its_bar() -> None:
    late = [Note(3.75 + i / 32, 60, 0.05, 80) for i in range(8)]
    for seed in range(20):
        feels = {name: Feel(humanise=50) for name in SPEC.track_names}
        played = performed({"piano": late}, SPEC, feels=feels, seed=(seed,), tempo=400)["piano"]
        assert all(note.time < 4 and note.duration > 0 for note in played)


@given(notes(), st.floats(0.1, 50), st.floats(20, 400))
def test_humanise_moves_onsets_by_no_more_than_it_says_and_the_same_each_time(
    own: list[Note], humanise: float, tempo: float
) -> None:
    feel = Feel(humanise=humanise)
    played = heard(own, feel, tempo=tempo)
    assert played == heard(own, feel, tempo=tempo)
    by_pitch = {(note.pitch, note.velocity) for note in heard(own, PLAIN)}
    assert {(note.pitch, note.velocity) for note in played} == by_pitch
    most = humanise / 1000 * tempo / 60
    times = [note.time for note in own]
    assert all(min(abs(note.time - time) for time in times) <= most + 1 / 32 for note in played)


def test_what_is_struck_together_stays_together_and_is_off_otherwise_in_another_bar_and_track() -> None:
    chord = [Note(1, pitch, 1, 80) for pitch in (60, 64, 67)]
    off = set()
    for track, seed in (("piano", 1), ("guitar", 1), ("piano", 2)):
        feels = {name: Feel(humanise=20) for name in SPEC.track_names}
        times = {note.time for note in performed({track: chord}, SPEC, feels=feels, seed=(seed,))[track]}
        assert len(times) == 1
        off |= times
    assert len(off) == 3
