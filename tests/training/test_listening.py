"""What a listener hears of bars in a row: figures of bars made by hand, and of a band beside songs."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from tests.training import playing

from musegan_models.spec import ModelSpec
from musegan_train.cli import main
from musegan_train.measure import lakh_songs, listening
from musegan_train.measure.excerpts import Excerpts
from musegan_train.measure.heard import by_place, compare
from musegan_train.measure.listening import FIGURES, IN_A_PHRASE, SIXTEEN, Counts
from musegan_train.measure.metrics import BoolArray

BASS, DRUMS, GUITAR, PIANO, STRINGS = range(5)
LOWEST = 24
C, F, G, AM = (60, 64, 67), (60, 65, 69), (59, 62, 67), (60, 64, 69)


def bars(n: int) -> BoolArray:
    """Return `n` silent bars of five tracks: onsets, or sustains."""
    return np.zeros((n, 5, 16, 84), np.bool_)


def chords(*played: tuple[int, ...]) -> BoolArray:
    """Return bars in which the piano strikes a chord on the first beat."""
    onset = bars(len(played))
    for bar, pitches in enumerate(played):
        onset[bar, PIANO, 0, [pitch - LOWEST for pitch in pitches]] = True
    return onset


def heard(onset: BoolArray, sustain: BoolArray | None = None) -> dict[str, float]:
    """Return the figures of one song."""
    counts = listening.count(onset, np.zeros_like(onset) if sustain is None else sustain)
    return dict(zip(FIGURES, counts.all().tolist(), strict=True))


def test_chords_that_come_back_are_heard_at_each_lag() -> None:
    found = heard(chords(C, C, F, G, C, AM, F, G, C, C))
    assert found["same chord, 1 bar before"] == pytest.approx(2 / 9)
    assert found["same chord, 2 before"] == 0
    assert found["same chord, 4 before"] == pytest.approx(4 / 6)  # the second C, and C where A minor was, are not
    assert found["same chord, 8 before"] == 1
    assert found["diatonic chords"] == 1


def test_a_bar_without_notes_has_no_chord() -> None:
    found = heard(chords(C, (), C, C))
    assert found["same chord, 1 bar before"] == 1
    assert found["same chord, 2 before"] == 1
    assert np.isnan(found["same chord, 4 before"])


def test_notes_and_drums_that_come_back_after_four_bars_are_heard() -> None:
    onset = bars(6)
    onset[0, BASS, 0:4, 12] = onset[4, BASS, 2:6, 12] = True  # two cells of six
    onset[1, BASS, 0, 12] = True  # and nothing four bars on
    onset[[0, 4], GUITAR, 3, 30] = True
    onset[[0, 1, 4], DRUMS, 0, 12] = onset[5, DRUMS, 1, 12] = True
    found = heard(onset)
    assert found["bass as 4 before"] == pytest.approx((2 / 6 + 0) / 2)
    assert found["guitar as 4 before"] == 1
    assert np.isnan(found["piano as 4 before"])
    assert found["drums as 4 before"] == 0.5


def test_semitones_that_sound_together_clash_and_three_are_a_cluster() -> None:
    onset, sustain = bars(1), bars(1)
    onset[0, PIANO, 0, 36], sustain[0, PIANO, 1:4, 36] = True, True  # C, four steps
    onset[0, STRINGS, 2, 49], sustain[0, STRINGS, 3, 49] = True, True  # C sharp, an octave higher, two steps
    onset[0, GUITAR, 3, 38] = True  # D
    onset[0, DRUMS, :, 37] = True  # drums have no pitch classes
    found = heard(onset, sustain)
    assert found["clash"] == 0.5
    assert found["cluster"] == 0.25
    assert found["outside the key"] == pytest.approx(2 / 7)


def test_b_and_c_clash_across_the_octave() -> None:
    onset = bars(1)
    onset[0, PIANO, 0, [35, 36 + 24]] = True
    assert heard(onset)["clash"] == 1


def test_the_bass_is_heard_on_the_root_of_the_first_beat() -> None:
    onset, sustain = chords(C, C, C, C), bars(4)
    onset[0, BASS, 0, 36 - LOWEST] = True  # C
    onset[1, BASS, 0, 43 - LOWEST] = True  # G
    onset[2, BASS, 4, 36 - LOWEST] = True  # C, but on the second beat
    sustain[3, BASS, 0, 36 - LOWEST] = True  # goes on
    assert heard(onset, sustain)["bass on the root"] == pytest.approx(2 / 3)


def test_kicks_are_counted_in_bars_in_which_the_bass_plays() -> None:
    onset = bars(2)
    onset[0, DRUMS, [0, 6], 36 - LOWEST] = onset[0, DRUMS, 8, 35 - LOWEST] = True
    onset[0, DRUMS, 4, 38 - LOWEST] = True  # a snare
    onset[0, BASS, [0, 4, 8], 12] = True
    onset[1, DRUMS, 0, 36 - LOWEST] = True
    assert heard(onset)["kick with the bass"] == pytest.approx(2 / 3)


def test_roots_that_move_by_a_fourth_or_a_fifth_are_counted_among_changes() -> None:
    assert heard(chords(C, F, F, G, C, AM))["roots by a fourth"] == pytest.approx(2 / 4)


def test_the_top_line_moves_by_step_from_onset_to_onset() -> None:
    onset = bars(2)
    for bar, step, pitches in ((0, 0, (40, 50)), (0, 4, (52,)), (0, 8, (52,)), (1, 0, (30, 53)), (1, 8, (60,))):
        onset[bar, STRINGS, step, list(pitches)] = True
    found = heard(onset)
    assert found["strings by step"] == pytest.approx(2 / 4)  # +2, 0, +1 over the bar line, +7
    assert np.isnan(found["piano by step"])


def counts(*songs: tuple[float, float]) -> Counts:
    """Return songs of which each figure has one sum and one count."""
    each = np.array(songs)
    return Counts(*(np.repeat(each[:, i, None], len(FIGURES), axis=1) for i in (0, 1)))


def test_a_band_is_off_by_the_mean_of_the_relative_errors_one_at_most() -> None:
    songs = counts((4, 10), (6, 10))
    report = compare({"songs": songs, "band": counts((8, 20)), "mad": counts((19, 20))}, "songs")
    assert report["errors"]["band"]["mean"]["value"] == pytest.approx(0.2)
    assert report["errors"]["band"]["clash"] == pytest.approx(0.2)
    assert report["errors"]["mad"]["mean"]["value"] == pytest.approx(0.9)
    assert compare({"songs": songs, "wild": counts((60, 20))}, "songs")["errors"]["wild"]["mean"]["value"] == 1
    assert list(report["errors"]["band"]) == [*SIXTEEN, "mean"]


def test_an_interval_is_of_songs_drawn_again_and_the_same_for_the_same_seed() -> None:
    alike, unlike = counts(*[(5, 10)] * 20), counts(*[(0, 10), (10, 10)] * 10)
    found = compare({"songs": alike, "band": unlike}, "songs", seed=3)
    assert found["rows"]["songs"]["clash"] == pytest.approx({"value": 0.5, "low": 0.5, "high": 0.5})
    assert 0.2 < found["rows"]["band"]["clash"]["low"] < 0.4
    assert 0.6 < found["rows"]["band"]["clash"]["high"] < 0.8
    assert found == compare({"songs": alike, "band": unlike}, "songs", seed=3)


def test_places_in_the_chain_have_figures_of_single_bars() -> None:
    found = by_place([counts((1, 10)), counts((3, 10))])
    assert list(found) == list(IN_A_PHRASE)
    assert [found["clash"][place]["value"] for place in ("1", "2")] == [0.1, pytest.approx(0.3)]


def write_songs(folder: Path) -> None:
    """Write a song of 20 bars, the same again, one that is too short, and what is no song."""
    playing.write(folder / "a.mid", playing.band(20, seed=1))
    playing.write(folder / "b.mid", playing.band(20, semitones=2, seed=1))
    playing.write(folder / "c.mid", playing.band(20, seed=2))
    playing.write(folder / "short.mid", playing.band(8, seed=3))
    (folder / "none.mid").write_bytes(b"MThd")


def test_songs_are_counted_once_and_in_excerpts_of_sixteen_bars(tmp_path: Path) -> None:
    write_songs(tmp_path)
    excerpts = Excerpts([tmp_path], ModelSpec("x"))
    found = excerpts.count()
    assert len(found.n) == len(excerpts.md5s) == 2
    assert found.n[0, list(FIGURES).index("same chord, 8 before")] == 8
    assert excerpts.left_out == {
        "another arrangement": 1, "no 16 bars in which all tracks play on the grid": 1, "unreadable": 1,
    }  # fmt: skip
    learned = frozenset(hashlib.md5((tmp_path / f"{name}.mid").read_bytes()).hexdigest() for name in "abc")
    with pytest.raises(ValueError, match=r"no song with 16 bars to measure .*3 learned from"):
        Excerpts([tmp_path], ModelSpec("x"), learned).count()


def test_midi_files_are_heard_beside_songs(tmp_path: Path) -> None:
    write_songs(tmp_path / "songs")
    playing.write(tmp_path / "band" / "a.mid", playing.band(16, seed=9))
    out = tmp_path / "report.json"
    arguments = ["evaluate", str(tmp_path / "band"), "--songs", str(tmp_path / "songs"), "--json", str(out)]
    result = CliRunner().invoke(main, arguments, env={"COLUMNS": "80"})
    assert result.exit_code == 0, result.output
    said = result.output.split("Bars in a row")[1]
    assert max(map(len, said.splitlines())) <= 80
    assert all(figure in said for figure in SIXTEEN)
    assert "mean off, goal <= 0.2" in said
    assert "2 songs; files left out: 1 unreadable, " in result.output
    report = json.loads(out.read_text())["heard"]
    assert (report["rows"]["songs"]["n"], report["rows"]["MIDI files"]["n"]) == (2, 1)
    assert report["left_out"]["another arrangement"] == 1


def test_midi_files_are_heard_beside_lakh_where_no_songs_are_named(tmp_path: Path) -> None:
    playing.write(tmp_path / "a.mid", playing.band(16))
    result = CliRunner().invoke(main, ["evaluate", str(tmp_path), "--csv", str(tmp_path / "a.csv")])
    assert result.exit_code == 0, result.output
    known = lakh_songs.counts()
    figures = dict(zip(FIGURES, known.all(), strict=True))
    assert 0.4 < figures["same chord, 4 before"] < 0.55
    assert 0.1 < figures["clash"] < 0.2
    assert f"heard,songs of Lakh,clash,value,{figures['clash']:.6g}" in (tmp_path / "a.csv").read_text()
    some = next(iter(json.loads(Path(lakh_songs.__file__).with_suffix(".json").read_text())["songs"]))
    assert len(lakh_songs.counts(frozenset({some})).n) == len(known.n) - 1


def test_the_guide_says_what_each_figure_counts() -> None:
    text = (Path(__file__).parents[2] / "docs" / "training.md").read_text("utf-8")
    for name, meaning in FIGURES.items():
        assert f"| {name} | {meaning} |" in text
    assert f"{len(lakh_songs.counts().n)} songs of Lakh" in text
