from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.training.playing import BASS, Parts, band, prepared, write

from musegan_train.data.pictures import draw_structure
from musegan_train.data.segment import Section, structure_from_chroma
from musegan_train.data.windows import starts_by_section


def chords(*roots: int) -> NDArray[np.float32]:
    """Return the chroma of one bar of a major triad on each root, each beat slightly unlike the next."""
    chroma = np.zeros((len(roots) * 4, 12), np.float32)
    for beat in range(len(chroma)):
        root = roots[beat // 4]
        chroma[beat, [root, (root + 4) % 12, (root + 7) % 12]] = 4
        chroma[beat, (root + 2 * (beat % 4)) % 12] += 1
    return chroma


VERSE = (0, 9, 5, 7) * 4
CHORUS = (2, 11, 4, 6) * 2
BRIDGE = (8, 3, 10, 1) * 2


def test_sections_begin_where_the_harmony_changes_and_alike_ones_have_one_letter() -> None:
    structure = structure_from_chroma(chords(*VERSE, *CHORUS, *VERSE, *CHORUS, *BRIDGE, *VERSE))
    labels = {section.start: section.label for section in structure.sections}
    assert [labels.get(start) for start in (0, 16, 24, 40, 48, 56)] == ["A", "B", "A", "B", "C", "A"]
    assert len(labels) <= 8


def test_a_recurrence_is_mutual_and_never_with_itself() -> None:
    recurrence = structure_from_chroma(chords(*VERSE, *CHORUS, *VERSE)).recurrence
    assert recurrence.any()
    assert not np.diag(recurrence).any()
    np.testing.assert_array_equal(recurrence, recurrence.T)


@pytest.mark.parametrize("n_bars", [1, 2, 4, 5, 30, 500])
def test_a_song_of_any_length_is_covered_by_its_sections(n_bars: int) -> None:
    chroma = np.random.default_rng(0).random((n_bars * 4, 12), np.float32)
    sections = structure_from_chroma(chroma).sections
    assert [bar for s in sections for bar in range(s.start, s.start + s.n_measures)] == list(range(n_bars))


@pytest.mark.parametrize(
    ("n_measures", "starts"),
    [
        (3, []), (4, [10]), (5, [10]), (6, [9, 13]), (7, [10, 14]), (8, [10, 14]), (9, [10, 14]),
        (10, [11, 15]), (11, [10, 14, 18]), (12, [10, 14, 18]),
    ],
)  # fmt: skip
def test_sections_become_phrases_by_the_authors_rule(n_measures: int, starts: list[int]) -> None:
    assert starts_by_section([Section(10, n_measures, "A")], 40).tolist() == starts


@pytest.mark.parametrize(("section", "starts"), [((0, 6), [0]), ((34, 6), [34]), ((33, 7), [33]), ((29, 11), [29, 33])])
def test_no_bar_is_added_where_the_song_has_none(section: tuple[int, int], starts: list[int]) -> None:
    assert starts_by_section([Section(*section, "A")], 40).tolist() == starts


def song(*roots: int) -> Parts:
    """Return five tracks that play a major triad on the root of each bar, now in this rhythm, now in that."""
    parts = band(len(roots))
    for name, low in (("bass", 36), ("guitar", 48), ("piano", 60), ("strings", 72)):
        parts[name] = [
            (bar * 4 + beat, low + (root + step) % 12, 0.5)
            for bar, root in enumerate(roots)
            for beat in sorted({0, 1, 2, 3} - {bar // 4 % 5})  # one beat of most bars rests: no phrase repeats
            for step in ((0,) if name == "bass" else (0, 4, 7))
        ]
    return parts


def test_phrases_begin_with_their_section(tmp_path: Path) -> None:
    roots = (10, 10, *VERSE, *CHORUS, *VERSE, *CHORUS)
    write(tmp_path / "a.mid", song(*roots))
    phrases = prepared(tmp_path, segment="structure", key="keep")
    (described,) = phrases.manifest["songs"]
    sections = [Section(start, n, label) for label, start, n in described["sections"]]
    assert phrases.manifest["sections"] == len(sections)
    assert len(sections) > 2
    bass = phrases.unpack(slice(None))[:, 0, :, BASS].max(axis=2)  # (n, n_measures, n_pitches)
    played = {tuple((int(np.argmax(bar)) + 24) % 12 for bar in phrase) for phrase in bass}
    assert played == {roots[start : start + 4] for start in starts_by_section(sections, len(roots)).tolist()}


def test_the_section_analysis_is_drawn(tmp_path: Path) -> None:
    draw_structure(structure_from_chroma(chords(*VERSE, *CHORUS, *VERSE)), tmp_path / "a.png", "a song")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
