"""Charts as musicians write them, and the notes that a band plays from them."""

from __future__ import annotations

import contextlib
import itertools
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musegan_bridge.chords.chart import MAX_BARS, Chart, ChartBar, ChartError, parse_chart
from musegan_bridge.chords.chord import ChordError, chord_from_name
from musegan_bridge.chords.voicing import bass_line, pad, voice

BAR = st.lists(
    st.sampled_from(("C", "Am7", "F#m7b5/E", "Bb13", "G(b5)", "CΔ", "N.C.", "%", "x2")), min_size=1, max_size=8
)
LINE = st.lists(BAR.map(" ".join), min_size=1, max_size=6).map(" | ".join)
SIGNS = st.sampled_from(
    ("|:", ":|", "x3", "%", "verse:", "[A]", "[]", "{soc}", "{eoc}", "[Am]la [F]", "# so", "C | G", "")
)
TEXT = st.builds(str.join, st.sampled_from(("\n", ";", " ")), st.lists(st.one_of(LINE, SIGNS), max_size=8))
CHORDS = st.sampled_from(
    ("C", "Am", "Dm7", "G7", "Cmaj9", "E7#9", "Bdim7", "Fsus4", "A13", "C5", "Db69", "F#m11", "G+")
)


def bars(text: str) -> list[str]:
    """Return the bars of a chart as texts."""
    chart = parse_chart(text)
    assert parse_chart(chart.to_text()) == chart
    return [chart.bar(i).to_text() for i in range(len(chart))]


def parts(text: str) -> dict[str, int]:
    """Return the number of bars of each part."""
    return {part.name: len(part.bars) for part in parse_chart(text).parts}


def starts(bar: ChartBar) -> list[float]:
    return [beat for beat, _ in bar.chords]


def fault(text: str) -> str:
    with pytest.raises(ChartError) as caught:
        parse_chart(text)
    return str(caught.value)


def test_chords_share_their_bar() -> None:
    chart = parse_chart("C | Am F | Dm7 G7 C | C D E F G A B C")
    assert len(chart) == 4
    assert [starts(chart.bar(i)) for i in range(4)] == [[0], [0, 2], [0, 1.25, 2.75], [i / 2 for i in range(8)]]


def test_a_chart_goes_round() -> None:
    chart = parse_chart("C | G")
    assert chart.bar(5) == chart.bar(1) == chart.bar(-1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| C | G |", ["C", "G"]),
        ("C | G ||\nAm", ["C", "G", "Am"]),
        ("C; G; Am", ["C", "G", "Am"]),
        ("C|G", ["C", "G"]),
        ("C | % | % G", ["C", "C", "C G"]),
        ("C % % G", ["C % % G"]),
        ("NC | n.c.", ["N.C.", "N.C."]),
        ("C | G x2", ["C", "G", "C", "G"]),
        ("| C | G | x2 | F", ["C", "G", "C", "G", "F"]),
        ("C x2 | G x 3", ["C", "C", "G", "G", "G"]),
        ("C\nG\nx2\nF", ["C", "G", "C", "G", "F"]),
        ("C | G\nF x2", ["C", "G", "F", "F"]),
        ("A |: C | G :| D", ["A", "C", "G", "C", "G", "D"]),
        ("C :| |: F :||", ["C", "C", "F", "F"]),
        ("|: C\nG :| x3", ["C", "G"] * 3),
        ("C | G :|", ["C", "G", "C", "G"]),
        ("C | G # the end\n# and a remark; with more", ["C", "G"]),
        ("C# | F#m", ["C#", "F#m"]),
    ],
)
def test_signs_mean_what_they_mean_on_paper(text: str, expected: list[str]) -> None:
    assert bars(text) == expected


def test_parts_have_names_that_a_section_may_have() -> None:
    assert parts("F\nverse: C | G; [Chorus 1]; Am | F | G; Refrão: Dm") == {
        "": 1,
        "verse": 2,
        "Chorus-1": 3,
        "Refrao": 1,
    }
    assert parts("[A]\nC | G\n[B] F | C") == {"A": 2, "B": 2}
    assert parts("[Chorus x2]\nC | G") == {"Chorus": 4}


def test_a_heading_alone_plays_its_part_again() -> None:
    assert bars("verse: C | G; chorus: F; verse:; chorus:") == ["C", "G", "F", "C", "G", "F"]


def test_parts_are_found_by_name() -> None:
    chart = parse_chart("verse: C | G; chorus: F")
    assert [bar.to_text() for bar in chart.part("chorus").bars] == ["F"]
    with pytest.raises(ChartError, match="no part 'coda' in the chart; there are: chorus, verse"):
        chart.part("coda")


def test_lyrics_take_a_bar_for_each_chord() -> None:
    song = """{title: A song}
# by nobody
{start_of_verse: Verse 1}
[Am]Hello; she said: [F]world [*softly]
A line of no chords
{end_of_verse}
{soc}
[C/G]La [G]la
{eoc}
{sot}
e|--3--|
{eot}
{chorus}
"""
    assert bars(song) == ["Am", "F", "C/G", "G", "C/G", "G"]
    assert [part.name for part in parse_chart(song).parts] == ["Verse-1", "chorus", "chorus"]
    assert bars("{soc: Refrain}; [C]la [G]la; {eoc}; [F]la; {chorus: the last}") == ["C", "G", "F", "C", "G"]
    assert parts("[Intro] [Am] [F]\n[Verse]\n[C]la\n[G]") == {"Intro": 2, "Verse": 2}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("C | Hm7", "bar 2, line 1, column 5: 'Hm7' is no chord: a root is one of A..G, so H is written B"),
        ("C\nG | am", "bar 3, line 2, column 5: 'am' is no chord: a root is a capital letter, as in Am"),
        ("verse: C | Cfoo", "bar 2, line 1, column 12: 'Cfoo' is no chord: after C may stand m, 7, maj7"),
        ("C/e", "bar 1, line 1, column 1: 'C/e' is no chord: after the slash comes a bass note, as in C/E"),
        ("[Am]la [Zm]la", "bar 2, line 1, column 9: 'Zm' is no chord"),
        ("C / / /", "bar 1, line 1, column 3: '/' is no chord: % holds the chord before"),
        ("C | | G", "bar 2, line 1, column 5: a bar is empty: write %"),
        ("C C C C C C C C C", "bar 1, line 1, column 1: a bar holds 1..8 chords"),
        ("% | C", "bar 1, line 1, column 1: % repeats the bar before, and there is none"),
        ("|: C | G", "line 1, column 1: |: is not closed"),
        ("x2", "there are no bars before x2"),
        ("C x0", "bars are played 1..1024 times"),
        ("verse:\nchorus: C", "line 1, column 1: the part verse has no bars"),
        ("{soc\nC", "line 1, column 1: a directive stands alone in its braces"),
        ("irealb://Song", "iReal Pro's links are not read"),
        ("", "a chart needs a bar at least, as in C | Am F | G"),
        ("# nothing", "a chart needs a bar at least"),
        ("C" * 20_001, "a chart has 1..20000 characters, got 20001"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text: str, message: str) -> None:
    assert message in fault(text)


def test_a_chart_has_an_end() -> None:
    assert len(parse_chart(f"C x{MAX_BARS}")) == MAX_BARS
    for text in ("C x1025", "C | G x999999", "C x" + "9" * 19_000, "C x1000\nx1000", "|: C x512 :| x3", "C\nx2\n" * 20):
        assert "1..1024" in fault(text)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        *((f"C{quality}", "Cmaj7") for quality in ("maj7", "M7", "Δ", "Δ7", "^7", "^", "ma7", "Maj7", "(maj7)")),
        *((f"C{quality}", "Cm7") for quality in ("m7", "-7", "min7", "mi7")),
        *((f"C{quality}", "Cm7b5") for quality in ("ø", "ø7", "m7b5", "-7b5", "m7(b5)", "m7-5")),
        *((f"C{quality}", "Cdim7") for quality in ("o7", "°7", "dim7")),
        *((f"C{quality}", "C69") for quality in ("6/9", "69", "6add9")),
        ("C+", "Caug"),
        ("C+7", "C7#5"),
        ("B♭", "Bb"),
        ("F♯m/A", "F#m/A"),
        ("Csus", "Csus4"),
        ("Cm(maj7)", "Cmmaj7"),
        ("C7(b9,b13)", "C7b9b13"),
        ("C(b5)", "C(b5)"),
        ("C/C", "C"),
    ],
)
def test_a_chord_is_one_chord_in_all_its_spellings(written: str, name: str) -> None:
    chord = chord_from_name(written)
    assert chord.name == name
    assert chord_from_name(name) == chord


def test_a_chord_knows_its_tones() -> None:
    assert chord_from_name("G7/B").pitch_classes == (7, 11, 2, 5)
    assert chord_from_name("C13").pitch_classes == (0, 4, 7, 10, 2, 5, 9)
    assert chord_from_name("C/D").bass == 2
    with pytest.raises(ChordError, match="as in Am"):
        chord_from_name("am")


@given(TEXT)
def test_a_chart_is_read_back_from_its_text(text: str) -> None:
    try:
        chart = parse_chart(text)
    except ChartError:
        return
    assert 1 <= len(chart) <= MAX_BARS
    assert parse_chart(chart.to_text()) == chart
    assert parse_chart(chart.to_text()).to_text() == chart.to_text()


@given(st.one_of(st.text(max_size=300), st.text("CAmbG7#/|:%x2 9[]{};\nN.sv", max_size=300)))
def test_any_text_is_a_chart_or_a_chart_error(text: str) -> None:
    try:
        parse_chart(text)
    except ChartError as error:
        assert 0 < len(str(error)) < 400  # noqa: PT017


@pytest.mark.parametrize(
    "piece",
    [
        "C ",
        "C|",
        "|",
        "{",
        "{}",
        "[",
        "[]",
        "[C]",
        "[x",
        ":",
        ";",
        "a:;",
        "{soc}\n",
        "{soc}C\n",
        "x2 ",
        "x2\n",
        "% ",
        "#",
        " # ",
        "(",
    ],
)
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    began = time.perf_counter()
    for text in (piece * (20_000 // len(piece)), "C|" + " " * 19_000 + piece, "{" + " " * 19_000 + piece):
        with contextlib.suppress(ChartError):
            parse_chart(text)
    assert time.perf_counter() - began < 5


def test_a_server_without_a_chart_does_not_wait_for_the_library() -> None:
    code = "import sys, musegan_bridge.chords.names, musegan_bridge.chords.voicing; sys.exit('pychord' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def played(text: str, low: int = 48, high: int = 72) -> list[list[int]]:
    """Return the voicings of a chart's chords, in order."""
    chart: Chart = parse_chart(text)
    voicing: list[int] = []
    voicings = []
    for i in range(len(chart)):
        notes, voicing = pad(chart.bar(i), voicing, low, high)
        voicings += [[n.pitch for n in group] for _, group in itertools.groupby(notes, lambda note: note.time)]
    return voicings


def test_a_chord_is_held_until_the_next() -> None:
    notes, voicing = pad(parse_chart("C N.C. % G").bar(0), [], 48, 72)
    assert {(note.time, note.duration) for note in notes} == {(0, 1), (3, 1)}
    assert voicing == [note.pitch for note in notes if note.time == 3]
    notes, _ = pad(parse_chart("C").bar(0), [], 48, 72)
    assert [(note.time, note.duration) for note in notes] == [(0, 4)] * 3


def test_silence_keeps_the_voicing() -> None:
    assert pad(parse_chart("N.C.").bar(0), [55, 60, 64], 48, 72) == ([], [55, 60, 64])


def test_voices_move_little() -> None:
    assert played("C | F | G | C") == [[55, 60, 64], [57, 60, 65], [55, 59, 62], [55, 60, 64]]
    assert played("Am | F") == [[57, 60, 64], [57, 60, 65]]


def test_triads_have_three_voices_and_large_chords_four() -> None:
    assert [len(voicing) for voicing in played("C | C7 | C9 | C13 | C5")] == [3, 4, 4, 4, 3]
    assert {pitch % 12 for pitch in played("C13")[0]} == {0, 4, 10, 9}  # no fifth


@given(st.lists(CHORDS, min_size=1, max_size=6), st.integers(0, 100), st.integers(0, 40))
def test_voices_stay_in_their_range_and_apart(names: list[str], low: int, width: int) -> None:
    high = min(low + width, 127)
    voicing: list[int] = []
    for name in names:
        chord = chord_from_name(name)
        voicing = voice(chord, voicing, low, high)
        assert voicing == sorted(set(voicing))
        assert all(low <= pitch <= high and pitch % 12 in chord.pitch_classes for pitch in voicing)
        if width >= 24:
            assert len(voicing) >= 3
            assert all(b - a > 1 for a, b in itertools.pairwise(voicing))


def test_the_bass_plays_the_bass_of_each_chord() -> None:
    notes = bass_line(parse_chart("C/E % % G").bar(0), 28, 55)
    assert [(note.time, note.pitch, note.duration) for note in notes] == [(0, 28, 3), (3, 31, 1)]
    assert bass_line(parse_chart("N.C.").bar(0), 28, 55) == []
