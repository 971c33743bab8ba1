"""How near a band is to its lead, by what it is told: with bands and songs whose answers are known."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray
from tests.training.playing import band, write

from musegan_models import bundle as bundles
from musegan_models.model import Latents, Phrase
from musegan_models.spec import ModelSpec
from musegan_train.cli import main
from musegan_train.data.bands import BINARY_8, LPD_5
from musegan_train.measure import anticipating as measured
from musegan_train.measure import told
from musegan_train.measure.told_tables import told_csv_rows, told_legend, told_tables
from musegan_train.measure.whole_songs import SongFolder, WholeSong, learned_by

SPEC = ModelSpec("follower", tracks=LPD_5.tracks)
PIANO, DRUMS = SPEC.track_names.index("piano"), SPEC.track_names.index("drums")
ROOTS = (0, 9, 5, 7)


class Follower:
    """Plays what it is told, on all tracks; notes out of nowhere where it knows nothing."""

    spec = SPEC

    def begin(self, latents: Latents) -> Phrase:
        return Phrase(latents, {})

    def bar(
        self,
        phrase: Phrase,
        measure: int,
        condition: NDArray[np.float32] | None = None,
        given: NDArray[np.float32] | None = None,
        previous: NDArray[np.float32] | None = None,
        chord: NDArray[np.float32] | None = None,
    ) -> NDArray[np.float32]:
        n = len(phrase.latents.shared)
        made = np.zeros((n, *SPEC.bar_shape), np.float32)
        for i, z in enumerate(phrase.latents.shared[:, 0]):
            if condition is not None and condition[i].any():
                own = condition[i, :, PIANO] if condition[i, :, PIANO].any() else condition[i, :, DRUMS]
            else:
                own = np.zeros((2, SPEC.measure_resolution, SPEC.n_pitches), np.float32)
                own[0, measure * 2 :: 6, int(abs(z) * 1000) % 12 + 24] = 1
            made[i] = own[:, None]
        return made


def song(seed: int, n_bars: int = measured.BARS) -> WholeSong:
    """Return a song that repeats four triads of its own, in quarters of which each bar of the round has others."""
    rng = np.random.default_rng(seed)
    planes = np.zeros((2, n_bars, SPEC.n_tracks, SPEC.measure_resolution, SPEC.n_pitches), np.bool_)
    roots = rng.permutation(12)[:4]
    for bar in range(n_bars):
        steps = np.flatnonzero(np.random.default_rng((seed, bar % 4)).random(SPEC.measure_resolution) < 0.4)
        for interval in (0, 4, 7):
            planes[0, bar, :, steps, 24 + roots[bar % 4] + interval] = True
    return WholeSong(str(seed), planes)


SONGS = [song(i) for i in range(6)]


Report = dict[str, Any]


@pytest.fixture(scope="module")
def report() -> Report:
    return measured.measure_anticipating(Follower(), SONGS, ["piano", "drums"], 6)


def value(report: Report, row: str, figure: str = "harmony", lead: str = "piano") -> float:
    return float(report["rows"][lead][row][figure]["value"])


def test_the_bar_itself_brings_a_band_that_plays_what_it_is_told_as_near_as_songs(report: Report) -> None:
    assert value(report, told.GIVEN) == pytest.approx(1, abs=0.02)
    assert value(report, told.GIVEN, "rhythm") == 1
    assert value(report, measured.SONG) == 1


def test_a_loop_is_known_a_round_late_and_anticipated_the_longer_the_better(report: Report) -> None:
    assert value(report, "the lead 4 bars late") == pytest.approx(value(report, told.GIVEN))
    assert value(report, "the lead 1 bar late") < 0.7
    early, late = (value(report, told.ANTICIPATED, f"harmony {n}") for n in (4, 32))
    assert early <= late
    assert late > 0.95
    assert value(report, told.NOTHING) < 0.3


def test_known_bad_controls_come_last_and_an_empty_band_fails(report: Report) -> None:
    rows = report["rows"][measured.ALL]
    for control in (measured.ANOTHER, measured.SEMITONE, measured.SHUFFLED):
        assert value(report, control, lead=measured.ALL) < 0.3
    assert rows[measured.EMPTY]["fails"]
    assert rows[measured.EMPTY]["harmony"] is None
    assert not rows[told.ANTICIPATED]["fails"]
    assert measured.failed_controls(good(rows)) == []


def good(rows: Report) -> Report:
    """Return the rows without those in which these songs, which never play a chord twice in a row, meet by chance."""
    return {name: row for name, row in rows.items() if "late" not in name or "4 bars" in name}


def test_it_is_said_which_control_does_not_come_last(report: Report) -> None:
    rows = good(report["rows"][measured.ALL])
    swapped = {**rows, measured.SEMITONE: rows[told.GIVEN]}
    assert f"{measured.SEMITONE} comes before {told.ANTICIPATED} in harmony" in measured.failed_controls(swapped)
    swapped = {**rows, measured.EMPTY: rows[told.GIVEN], told.NOTHING: rows[measured.EMPTY]}
    wrong = measured.failed_controls(swapped)
    assert wrong == [f"{measured.EMPTY} does not fail", f"{told.NOTHING}: the band plays nothing"]


def test_drums_lead_in_rhythm_alone(report: Report) -> None:
    assert report["rows"]["drums"][told.GIVEN]["harmony"] is None
    assert value(report, told.GIVEN, "rhythm", "drums") == 1


def test_tables_say_fails_and_leave_out_what_is_not_known(report: Report) -> None:
    found = {**report, "left_out": {"learned from": 3}}
    piano, drums, _ = told_tables(found)
    rows = list(report["rows"]["piano"])
    cells = [list(column.cells) for column in piano.columns]
    assert cells[0] == rows
    assert cells[1][rows.index(measured.EMPTY)] == "fails"
    assert next(iter(drums.columns[1].cells)) == "-"
    assert "3 learned from" in told_legend(found)
    assert ("anticipating", told.GIVEN, "rhythm", "piano", "1") in set(told_csv_rows(found))


def test_the_lead_late_is_what_was_played_so_long_before() -> None:
    lead = song(1).planes.swapaxes(0, 1)[None, :, :, PIANO]
    np.testing.assert_array_equal(told.late(lead, 16)[:, 1:], lead[:, :-1])
    a_beat = told.late(lead, 4)
    np.testing.assert_array_equal(a_beat[:, :, 0, 4:], lead[:, :, 0, :-4])
    assert not told.late(lead, 16)[:, 0].any()


def test_a_note_cut_at_the_bar_line_is_struck_again_there() -> None:
    lead = np.zeros((1, 2, 2, 16, 84), np.bool_)
    lead[0, 0, 0, 8, 30], lead[0, 0, 1, 9:16, 30] = True, True
    later = told.late(lead, 4)
    assert later[0, 1, 0, 0, 30]
    assert later[0, 1, 1, 1:4, 30].all()
    assert not (later[:, :, 0] & later[:, :, 1]).any()


def test_the_best_earlier_bar_has_the_same_chord_where_there_was_one() -> None:
    lead = song(2).planes.swapaxes(0, 1)[None, :, :, PIANO]
    best = told.best_earlier(lead, SPEC, PIANO)
    np.testing.assert_array_equal(best[:, 4:], lead[:, 4:])
    assert not best[:, 0].any()


def test_of_the_bar_before_the_last_beat_is_not_heard_yet() -> None:
    lead = song(3).planes.swapaxes(0, 1)[None, :, :, PIANO]
    before = told.heard_before(lead, SPEC)
    np.testing.assert_array_equal(before[:, 2:, 0, :12], lead[:, 1:-1, 0, :12])
    np.testing.assert_array_equal(before[:, 2:, 0, 12:], lead[:, :-2, 0, 12:])


def test_songs_learned_from_are_left_out_and_counted(tmp_path: Path) -> None:
    folder, bundle = tmp_path / "songs", tmp_path / "bundle"
    bundle.mkdir()
    files = [write(folder / f"{i}.mid", band(8, seed=i)) for i in range(4)]
    write(folder / "short.mid", band(4, seed=9))
    (folder / "again.mid").write_bytes(files[0].read_bytes())
    (folder / "broken.mid").write_bytes(b"MThd")
    md5 = [hashlib.md5(file.read_bytes()).hexdigest() for file in files]
    (bundle / "songs.md5").write_text(f"{md5[1]}\n")
    (bundle / "levels.md5").write_text(f"{md5[2]}\n")
    assert learned_by(bundle) == {md5[1], md5[2]}
    read = SongFolder(folder, SPEC, learned_by(bundle))
    songs = list(read.songs(8))
    assert {own.md5 for own in songs} == {md5[0], md5[3]}
    assert songs[0].planes.shape == (2, 8, 5, 16, 84)
    assert read.left_out["learned from"] == 2
    assert read.left_out["twice"] == 1
    assert read.left_out["shorter than 8 bars"] == 1
    assert sum(read.left_out.values()) == 5
    with pytest.raises(ValueError, match="no song of 99 bars"):
        list(SongFolder(folder, SPEC).songs(99))


def test_a_lead_that_hardly_plays_is_not_measured() -> None:
    silent = [own._replace(planes=own.planes & (np.arange(SPEC.n_tracks) != PIANO)[:, None, None]) for own in SONGS]
    with pytest.raises(ValueError, match="piano plays in 36 of 48"):
        measured.measure_anticipating(Follower(), silent, ["piano"], 6)
    assert len(measured.enough(iter(SONGS), [PIANO, DRUMS], 2)) == 2


def test_the_command_prints_it_and_fails_where_a_control_does(tmp_path: Path) -> None:
    for i in range(3):
        write(tmp_path / "songs" / f"{i}.mid", band(measured.BARS, seed=i))
    bundle, numbers = bundles.pretrained(), tmp_path / "told.json"
    command = ["evaluate", str(bundle), "--songs", str(tmp_path / "songs"), "--songs-limit", "2", "--leads", "bass"]
    result = CliRunner().invoke(main, [*command, "--json", str(numbers), "--csv", str(tmp_path / "told.csv")])
    found = json.loads(numbers.read_text())["anticipating"]
    assert found["songs"] == {"bass": 2}
    assert result.exit_code == bool(found["failed"])
    assert ("FAILED" in result.output) == bool(found["failed"])
    assert "beside the bass, 2 songs" in result.output
    assert "anticipating,the bar itself,rhythm,bass" in (tmp_path / "told.csv").read_text()
    wrong = CliRunner().invoke(main, [*command[:-1], "flute"])
    assert wrong.exit_code == 1
    assert "--leads must be of bass, drums" in wrong.output
    assert CliRunner().invoke(main, [*command, "--update"]).exit_code == 2
    twice = CliRunner().invoke(main, [*command, "--songs", str(tmp_path)])
    assert "--songs of a bundle must be one folder, got 2" in twice.output


def test_a_band_of_other_tracks_is_told_that_songs_are_not_read_for_it(tmp_path: Path) -> None:
    spec = ModelSpec("eight", tracks=BINARY_8.tracks)
    with pytest.raises(ValueError, match="not for eight"):
        list(SongFolder(tmp_path, spec).songs(4))
