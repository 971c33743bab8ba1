"""Names of what sounds and of what is held, and the key of a chart."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musegan_bridge.chords.chart import parse_chart
from musegan_bridge.chords.chord import chord_from_name
from musegan_bridge.chords.names import chord_from_pitches, key_of, name_of
from musegan_bridge.key import KEYS
from musegan_models.notes import Note

NAMED = (
    "",
    "m",
    "5",
    "dim",
    "aug",
    "sus4",
    "sus2",
    "7",
    "maj7",
    "m7",
    "m7b5",
    "dim7",
    "mmaj7",
    "7sus4",
    "6",
    "m6",
    "9",
)


def held(*pitches: int) -> list[Note]:
    return [Note(0, pitch, 4, 100) for pitch in pitches]


@pytest.mark.parametrize("quality", NAMED)
def test_a_chord_in_root_position_has_its_name(quality: str) -> None:
    for root in ("C", "Db", "E", "F#", "Bb"):
        chord = chord_from_name(root + quality)
        assert (
            name_of(held(*(36 + chord.root + (tone - chord.root) % 12 for tone in chord.pitch_classes))) == chord.name
        )


def test_the_lowest_note_tells_which_of_two_chords_it_is() -> None:
    assert name_of(held(45, 60, 64, 67)) == "Am7"
    assert name_of(held(48, 57, 64, 67)) == "C6"
    assert name_of(held(52, 60, 67)) == "C/E"


def test_what_is_no_chord_has_no_name() -> None:
    for pitches in ((), (60,), (48, 60, 72), (60, 62), (60, 66), tuple(range(60, 72)), (60, 62, 64, 65, 67, 69, 71)):
        assert name_of(held(*pitches)) == ""
    assert name_of(held(48, 55)) == "C5"
    assert name_of(held(60, 64)) == "C"


def test_passing_notes_do_not_count() -> None:
    assert name_of([*held(48, 60, 64, 67), Note(1, 66, 0.25, 100), Note(2, 70, 0.25, 100)]) == "C"


def test_a_short_low_note_is_no_bass() -> None:
    assert name_of([*held(60, 64, 67), Note(3, 40, 1, 100)]) == "C"


def test_names_are_spelled_as_the_key_is() -> None:
    assert name_of(held(58, 62, 65), "F") == "Bb"
    assert name_of(held(58, 62, 65), "B") == "A#"
    assert name_of(held(54, 57, 61), "D") == "F#m"
    for key in KEYS:
        assert chord_from_name(name_of(held(61, 65, 68), key)).root == 1


def test_a_bar_is_named_in_a_moment() -> None:
    notes = [Note(i / 16, 36 + i * 7 % 48, 0.5, 90) for i in range(128)]
    name_of(notes)
    began = time.perf_counter()
    for _ in range(100):
        name_of(notes)
    assert (time.perf_counter() - began) / 100 < 0.002  # seconds; 0.05 ms where nothing else runs


@given(st.lists(st.builds(Note, st.floats(0, 3.9), st.integers(0, 127), st.floats(0.01, 4), st.integers(1, 127))))
def test_a_name_is_one_that_a_chart_may_hold(notes: list[Note]) -> None:
    name = name_of(notes, "Eb")
    assert name == "" or chord_from_name(name).name == name


def test_one_held_key_is_a_triad_of_the_key() -> None:
    names = {key: [chord_from_pitches([pitch], key) for pitch in (60, 62, 64, 71)] for key in ("C", "Am", "G")}
    assert {key: [chord.name for chord in chords if chord] for key, chords in names.items()} == {
        "C": ["C", "Dm", "Em", "Bdim"],
        "Am": ["C", "Dm", "Em", "Bdim"],
        "G": ["C", "D", "Em", "Bm"],
    }
    assert chord_from_pitches([61], "C") == chord_from_name("Db")


def test_held_keys_are_the_chord_themselves() -> None:
    chord = chord_from_pitches([52, 55, 60], "C")
    assert chord == chord_from_name("C/E")
    two = chord_from_pitches([60, 62], "C")
    assert two is not None
    assert (two.name, two.pitch_classes, two.bass) == ("C,D", (0, 2), 0)
    cluster = chord_from_pitches([60, 61, 62, 63], "C")
    assert cluster is not None
    assert cluster.pitch_classes == (0, 1, 2, 3)
    assert chord_from_pitches([], "C") is None


@given(st.sets(st.integers(0, 127), min_size=1, max_size=12), st.sampled_from(KEYS))
def test_what_is_held_is_in_the_chord(pitches: set[int], key: str) -> None:
    chord = chord_from_pitches(pitches, key)
    assert chord is not None
    assert chord.bass == min(pitches) % 12
    assert {pitch % 12 for pitch in pitches} <= set(chord.pitch_classes)
    assert chord.pitch_classes[0] == chord.root


@pytest.mark.parametrize(
    ("text", "current", "key"),
    [
        ("C | Am F | G", "C", "C"),
        ("C | Am F | G", "Am", "Am"),
        ("C | Am F | G", "D", "C"),
        ("Am | F | C G | Am", "D", "Am"),
        ("D | G | A7 | D", "C", "D"),
        ("Eb | Bb7 | Cm | Ab", "C", "Eb"),
        ("C#m | A | E | B", "C", "C#m"),
        ("C | G", "G", "G"),
        ("C | G", "F#", "C"),
        ("N.C.", "F", "F"),
    ],
)
def test_a_chart_tells_its_key(text: str, current: str, key: str) -> None:
    assert key_of(parse_chart(text), current) == key
