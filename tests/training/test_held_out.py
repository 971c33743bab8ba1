"""Held-out songs: none that a band learned from, all of a set where it is asked for, and long stretches of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from tests.training.playing import Parts, band, joined, later, prepared, write

from musegan_models import bundle as bundles
from musegan_models.spec import ModelSpec
from musegan_train.cli import main
from musegan_train.data.phrases import Phrases, save
from musegan_train.measure.held_out import LeftOut, hold_out, learned_by_run
from musegan_train.measure.listening import FIGURES
from musegan_train.measure.references import Reference

N_SONGS = 6


@pytest.fixture
def data(tmp_path: Path) -> Phrases:
    """Return a set of six songs of 20 bars."""
    for i in range(N_SONGS):
        write(tmp_path / f"{i}.mid", band(20, seed=i))
    return prepared(tmp_path)


def of(data: Phrases, song: int) -> dict[str, Any]:
    entry: dict[str, Any] = data.manifest["songs"][song]
    return entry


def held_out(data: Phrases) -> list[int]:
    return [int(song) for song in np.unique(data.song[data.held_out])]


def test_all_songs_of_a_set_can_be_held_out_but_those_that_a_band_learned_from(data: Phrases) -> None:
    everything, left_out = hold_out(data, frozenset(), True)
    assert held_out(everything) == list(range(N_SONGS))
    assert left_out == LeftOut(0, 0)
    fewer, left_out = hold_out(data, frozenset({of(data, 1)["md5"], "of another set"}), True)
    assert held_out(fewer) == [0, 2, 3, 4, 5]
    assert left_out == LeftOut(1, 5)


def test_a_song_that_a_band_learned_from_is_not_held_out_for_it(data: Phrases) -> None:
    data.held_out[:] = (data.song == 1) | (data.song == 3)
    fewer, left_out = hold_out(data, frozenset({of(data, 1)["md5"], of(data, 2)["md5"]}))
    assert held_out(fewer) == [3]
    assert left_out == LeftOut(1, 5)


def test_nor_is_another_arrangement_of_it(data: Phrases) -> None:
    of(data, 3)["identity"] = of(data, 1)["identity"]
    assert held_out(hold_out(data, frozenset({of(data, 1)["md5"]}), True)[0]) == [0, 2, 4, 5]


def test_a_run_learned_from_its_songs_and_from_those_of_what_it_began_with(tmp_path: Path, data: Phrases) -> None:
    data.held_out[:] = data.song != 2
    save(tmp_path / "set", data)
    shutil.copytree(bundles.pretrained(), tmp_path / "bundle")
    (tmp_path / "bundle" / "songs.md5").write_text(of(data, 0)["md5"] + "\n")
    (tmp_path / "bundle" / "levels.md5").unlink(missing_ok=True)
    for name, phrases, before in (("first", "gone", "bundle"), ("second", "set", "first"), ("third", "gone", "second")):
        (tmp_path / name).mkdir()
        config = {"phrases": str(tmp_path / phrases), "begin_with": str(tmp_path / before)}
        (tmp_path / name / "config.json").write_text(json.dumps(config))
    assert learned_by_run(tmp_path / "third") == {of(data, 2)["md5"], of(data, 0)["md5"]}
    assert learned_by_run(tmp_path / "first") == {of(data, 0)["md5"]}


def test_evaluate_leaves_out_the_bundles_own_songs_and_says_so(tmp_path: Path, data: Phrases) -> None:
    shutil.copytree(bundles.pretrained(), tmp_path / "bundle")
    (tmp_path / "bundle" / "songs.md5").write_text(of(data, 0)["md5"] + "\n")
    (tmp_path / "bundle" / "levels.md5").write_text(of(data, 4)["md5"] + "\n")
    arguments = ["evaluate", str(tmp_path / "bundle"), str(tmp_path / "set"), "--all-held-out", "--no-compare",
                 "--phrases", "4", "--chains", "2", "--json", str(tmp_path / "a.json"), "--update"]  # fmt: skip
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert "left out: 2 held-out songs (10 phrases) that bundle learned from" in result.output
    report = json.loads((tmp_path / "a.json").read_text())
    assert report["left_out"] == {"songs": 2, "phrases": 10}
    assert report["phrases"]["data"] == 4  # of the ten that it learned from
    assert "learned from them: 2 songs" in (tmp_path / "bundle" / "CARD.md").read_text()


def test_all_held_out_needs_data(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["evaluate", str(bundles.pretrained()), "--all-held-out"])
    assert result.exit_code == 2
    assert "name it" in result.output


def test_songs_are_for_bundles_and_midi_files(tmp_path: Path, data: Phrases) -> None:
    assert len(data)
    result = CliRunner().invoke(main, ["evaluate", str(tmp_path / "set"), "--songs", str(tmp_path)])
    assert result.exit_code == 2
    assert "--songs are for a bundle" in result.output


def test_stretches_of_held_out_songs_are_put_together_again(data: Phrases) -> None:
    everything = hold_out(data, frozenset(), True)[0]
    songs = list(Reference(everything, ModelSpec("x")).in_a_row(16))
    assert len(songs) == N_SONGS
    ((onset, sustain),) = songs[2]
    assert onset.shape == sustain.shape == (20, 5, 16, 84)
    np.testing.assert_array_equal(onset.reshape(5, 4, 5, 16, 84), data.unpack(np.flatnonzero(data.song == 2))[:, 0])
    assert not list(Reference(everything, ModelSpec("x")).in_a_row(24))


def test_phrases_that_repeat_are_in_their_places(tmp_path: Path) -> None:
    a, b = band(4, seed=1), band(4, seed=2)
    song: Parts = joined(a, later(b, 16), later(a, 32), later(a, 48), later(b, 64))
    write(tmp_path / "a.mid", song)
    data = prepared(tmp_path)
    assert len(data) == 2
    assert of(data, 0)["in_a_row"] == [[0, 0], [4, 1], [8, 0], [12, 0], [16, 1]]
    ((stretch,),) = Reference(hold_out(data, frozenset(), True)[0], ModelSpec("x")).in_a_row(16)
    np.testing.assert_array_equal(stretch[0][:4], stretch[0][8:12])


def test_enough_held_out_songs_are_what_bars_in_a_row_are_set_beside(tmp_path: Path) -> None:
    for i in range(21):
        write(tmp_path / f"{i}.mid", band(20, seed=i))
    prepared(tmp_path)
    arguments = ["evaluate", str(bundles.pretrained()), str(tmp_path / "set"), "--all-held-out", "--no-compare",
                 "--phrases", "2", "--chains", "2", "--json", str(tmp_path / "a.json")]  # fmt: skip
    assert CliRunner().invoke(main, arguments).exit_code == 0
    heard = json.loads((tmp_path / "a.json").read_text())["heard"]
    assert list(heard["rows"]) == ["held-out", "from scratch, tidied"]
    assert heard["rows"]["held-out"]["n"] == 21
    assert list(heard["rows"]["held-out"]) == ["n", *FIGURES]
    assert list(heard["places"]["clash"]) == [str(place) for place in range(1, 9)]
    arguments[1] = str(tmp_path / "0.mid")
    assert CliRunner().invoke(main, arguments).exit_code == 0
    heard = json.loads((tmp_path / "a.json").read_text())["heard"]
    assert {row: found["n"] for row, found in heard["rows"].items()} == {"held-out": 21, "MIDI files": 1}
