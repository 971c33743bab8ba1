import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import mido
import numpy as np
import pypianoroll
import pytest
from click.testing import CliRunner
from tests.training.playing import BASS, DRUMS, GUITAR, PIANO, STRINGS, band, cells, later, prepared, write

from musegan_train.cli import main
from musegan_train.data import phrases as phrase_sets
from musegan_train.data.bands import LPD_5
from musegan_train.data.identity import is_held_out
from musegan_train.data.midi import score_from_midi
from musegan_train.data.rules import Rules
from musegan_train.data.songs import song_from_score

SPEC = Rules().spec


def test_notes_land_on_their_track_step_and_pitch(tmp_path: Path) -> None:
    parts = band()
    parts["bass"] = [(beat, 36, 0.5) for beat in range(16)]
    write(tmp_path / "song.mid", parts)
    ((onset, sustain),) = cells(tmp_path)
    assert set(np.argwhere(onset[0, BASS])[:, 0]) == {0, 4, 8, 12}
    assert set(np.argwhere(onset[:, BASS])[:, 2]) == {36 - SPEC.lowest_pitch}
    assert set(np.argwhere(sustain[0, BASS])[:, 0]) == {1, 5, 9, 13}
    assert set(np.argwhere(onset[:, DRUMS])[:, 2]) == {36 - SPEC.lowest_pitch, 38 - SPEC.lowest_pitch}


def test_phrases_are_the_pianorolls_that_pypianoroll_reads(tmp_path: Path) -> None:
    # Eighths between rests: where a note ends off the grid, or touches the next, pypianoroll has rules of its own.
    song = write(tmp_path / "a.mid", {name: [(b, p, 0.5) for b, p, _ in part] for name, part in band().items()})
    (phrase,) = cells(tmp_path)
    sounding = phrase.any(axis=0).swapaxes(0, 1).reshape(5, 64, 84)  # (tracks, steps, pitches)
    theirs = {track.program: track for track in pypianoroll.read(song, resolution=4).tracks if not track.is_drum}
    for track, program in ((BASS, 33), (GUITAR, 25), (PIANO, 0), (STRINGS, 48)):
        roll = np.zeros((64, 128), bool)
        roll[: len(theirs[program].pianoroll)] = theirs[program].pianoroll[:64] > 0
        assert np.array_equal(sounding[track], roll[:, 24:108]), program


def test_drums_never_sustain(tmp_path: Path) -> None:
    parts = band()
    parts["drums"] = [(beat, pitch, 0.8) for beat, pitch, _ in parts["drums"]]
    write(tmp_path / "song.mid", parts)
    ((_, sustain),) = cells(tmp_path)
    assert not sustain[:, DRUMS].any()
    assert sustain[:, STRINGS].any()


def test_a_note_held_over_a_bar_line_is_struck_again_if_a_beat_of_it_remains(tmp_path: Path) -> None:
    parts = band()
    parts["strings"] = [(2, 72, 3), (6, 76, 2.5), (9, 72, 1), (13, 72, 1)]
    write(tmp_path / "song.mid", parts)
    ((onset, sustain),) = cells(tmp_path)
    c, e = 72 - SPEC.lowest_pitch, 76 - SPEC.lowest_pitch
    assert sustain[0, STRINGS, 9:, c].all()
    assert onset[1, STRINGS, 0, c]
    assert sustain[1, STRINGS, 1:4, c].all()
    assert not sustain[1, STRINGS, 4, c]
    # Of the second only half a beat remains.
    assert sustain[1, STRINGS, 9:, e].all()
    assert not (onset | sustain)[2, STRINGS, :, e].any()


def test_a_note_struck_while_it_sounds_is_an_onset_and_no_sustain(tmp_path: Path) -> None:
    parts = band()
    parts["piano"] = [(beat, 60, 1) for beat in range(16)]
    write(tmp_path / "song.mid", parts)
    ((onset, sustain),) = cells(tmp_path)
    assert onset[:, PIANO, ::4, 36].all()
    assert (onset | sustain)[:, PIANO, :, 36].all()
    assert not (onset & sustain).any()


def test_every_key_becomes_c_major_and_drums_stay(tmp_path: Path) -> None:
    write(tmp_path / "c" / "song.mid", band())
    write(tmp_path / "e" / "song.mid", band(semitones=4))
    (song,) = prepared(tmp_path / "e").manifest["songs"]
    assert song["key"] == "E major"
    assert song["transposition"] == -4
    np.testing.assert_array_equal(cells(tmp_path / "c"), cells(tmp_path / "e"))


def test_a_note_that_transposing_takes_out_of_range_keeps_its_pitch_class(tmp_path: Path) -> None:
    parts = band(semitones=4)
    parts["bass"] = [
        (beat, 28 if beat % 4 == 0 else 35, 0.5) for beat in range(16)
    ]  # E and B; 28 - 4 is the lowest pitch
    parts["bass"][1] = (1, 25, 0.5)
    write(tmp_path / "song.mid", parts)
    ((onset, _),) = cells(tmp_path)
    assert onset[0, BASS, 0, 0]
    assert onset[0, BASS, 4, 25 - 4 + 12 - SPEC.lowest_pitch]


def test_files_that_cannot_be_used_are_counted_and_named(tmp_path: Path) -> None:
    write(tmp_path / "good.mid", band())
    write(tmp_path / "waltz.mid", band(seed=1), numerator=3)
    (tmp_path / "broken.mid").write_bytes(b"MThd\0\0\0\6 and nothing else")
    (tmp_path / "empty.midi").write_bytes(b"")
    trio = {name: notes for name, notes in band(seed=2).items() if name in ("bass", "drums", "piano")}
    write(tmp_path / "deep" / "trio.mid", trio)
    sparse = band(seed=3)
    sparse["guitar"] = sparse["guitar"][:2]
    write(tmp_path / "sparse.mid", sparse)
    (tmp_path / "notes.txt").write_text("not a MIDI file")
    manifest = prepared(tmp_path).manifest
    assert [song["path"] for song in manifest["songs"]] == ["good.mid"]
    assert manifest["songs"][0]["md5"] == hashlib.md5((tmp_path / "good.mid").read_bytes()).hexdigest()
    assert {song["path"]: song["reason"] for song in manifest["dropped"]} == {
        "waltz.mid": "not 4/4 throughout",
        "broken.mid": "unreadable",
        "empty.midi": "unreadable",
        "deep/trio.mid": "lacks one of the 5 tracks",
        "sparse.mid": "no phrase in which all tracks play on the grid",
    }
    assert manifest["dropped_windows_by_reason"]["a track rests"] == 1


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    first = write(tmp_path / "a.mid", band())
    (tmp_path / "b.mid").write_bytes(first.read_bytes())
    phrases = prepared(tmp_path)
    assert len(phrases) == 1
    assert phrases.manifest["dropped_by_reason"] == {"same file twice": 1}


def test_a_phrase_that_repeats_counts_once(tmp_path: Path) -> None:
    once = band()
    twice = {name: once[name] + notes for name, notes in later(once, 16).items()}
    write(tmp_path / "song.mid", twice)
    phrases = prepared(tmp_path)
    assert len(phrases) == 1
    assert phrases.manifest["dropped_windows_by_reason"]["repeats another of the song"] == 1


def test_windows_hop_from_the_first_bar_that_sounds(tmp_path: Path) -> None:
    write(tmp_path / "song.mid", later(band(8), 8))
    assert len(cells(tmp_path)) == 2
    assert len(cells(tmp_path, hop=1)) == 5
    assert cells(tmp_path)[0, 0, 0].any()


def test_a_long_song_gives_no_more_than_its_share(tmp_path: Path) -> None:
    write(tmp_path / "song.mid", band(40))
    phrases = prepared(tmp_path, max_phrases=3)
    assert len(phrases) == 3
    assert phrases.manifest["dropped_windows_by_reason"]["more than the most phrases of one song"] == 7


def test_a_song_played_off_the_grid_is_dropped(tmp_path: Path) -> None:
    write(tmp_path / "a.mid", band())
    write(tmp_path / "loose.mid", later(band(seed=1), 0.1))
    manifest = prepared(tmp_path).manifest
    assert [song["path"] for song in manifest["dropped"]] == ["loose.mid"]
    assert manifest["dropped_windows_by_reason"]["off the grid"] == 1


def test_of_a_family_the_richest_track_is_taken_alone(tmp_path: Path) -> None:
    parts = band()
    parts["organ"] = [(beat, 84, 0.5) for beat in range(4)]  # goes to strings, which have more
    write(tmp_path / "song.mid", parts, programs={"organ": 16})
    ((onset, _),) = cells(tmp_path)
    assert not onset[:, STRINGS, :, 84 - SPEC.lowest_pitch].any()


def test_a_kit_on_many_tracks_is_one_drum_track(tmp_path: Path) -> None:
    parts = band()
    path = write(tmp_path / "song.mid", parts)
    file = mido.MidiFile(path)
    tambourine = [mido.Message("note_on", channel=9, note=54, velocity=90, time=0)]
    file.tracks.append(mido.MidiTrack([*tambourine, mido.Message("note_off", channel=9, note=54, time=60)]))
    file.save(path)
    song = song_from_score(score_from_midi(path.read_bytes()), LPD_5, SPEC, "best", 5)
    assert set(song.pitch[song.track == DRUMS]) == {36, 38, 54}


@pytest.mark.parametrize(
    ("program", "track"),
    [(7, "piano"), (24, "guitar"), (39, "bass"), (16, "strings"), (95, "strings"), (105, "strings")],
)
def test_programs_merge_as_in_lpd_5(program: int, track: str) -> None:
    assert LPD_5.family(program, False) == track


@pytest.mark.parametrize("program", [96, 103, 112, 127])
def test_effects_and_percussion_off_the_drum_channel_are_dropped(program: int) -> None:
    assert LPD_5.family(program, False) is None


def test_the_held_out_songs_are_the_same_in_every_set(tmp_path: Path) -> None:
    for n in range(30):
        write(tmp_path / "all" / f"{n}.mid", band(seed=n))
    for n in range(0, 30, 2):
        write(tmp_path / "half" / f"moved {n}" / f"{n}.mid", band(seed=n))
    everything, half = (
        {song["md5"]: song["held_out"] for song in prepared(tmp_path / name).manifest["songs"]}
        for name in ("all", "half")
    )
    assert len(everything) == 30
    assert half == {md5: everything[md5] for md5 in half}


def test_about_one_song_in_twelve_is_held_out() -> None:
    names = [hashlib.md5(str(n).encode()).hexdigest() for n in range(5000)]
    assert 0.07 < np.mean([is_held_out(md5) for md5 in names]) < 0.09


def test_workers_change_nothing(tmp_path: Path) -> None:
    for n in range(20):
        write(tmp_path / f"{n}.mid", band(seed=n))
    one, two = (prepared(tmp_path, workers=workers) for workers in (1, 2))
    assert one.manifest == two.manifest
    np.testing.assert_array_equal(one.onset, two.onset)


def test_a_folder_without_phrases_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    write(tmp_path / "waltz.mid", band(), numerator=3)
    with pytest.raises(ValueError, match=r"no phrase in 1 files \(1 not 4/4 throughout\)"):
        prepared(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["waltz.mid"]


def test_the_command_writes_a_set_that_loads(tmp_path: Path) -> None:
    write(tmp_path / "songs" / "a.mid", band(8))
    output = tmp_path / "out" / "phrases"
    arguments = ["prepare", str(tmp_path / "songs"), "-o", str(output), "--workers", "1"]
    arguments += ["--segment", "windows", "--hop", "2", "--licence", "CC-BY 4.0", "--attribution", "the band"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    phrases = phrase_sets.load(output)
    assert len(phrases) == 3
    assert phrases.manifest["rules"]["hop"] == 2
    assert (phrases.manifest["licence"], phrases.manifest["attribution"]) == ("CC-BY 4.0", "the band")
    assert phrases.unpack(slice(0, 2)).shape == (2, 2, 4, 5, 16, 84)
    assert len(phrases.indices(held_out=True)) + len(phrases.indices(held_out=False)) == 3
    assert "phrases held out" in result.output
    for picture in ("phrases.png", "sections.png"):
        assert (output / picture).read_bytes().startswith(b"\x89PNG"), picture


def test_the_bar_before_a_phrase_is_what_the_song_plays_before_it(tmp_path: Path) -> None:
    write(tmp_path / "songs" / "a.mid", band(12))
    phrases = prepared(tmp_path / "songs", segment="windows", hop=1)
    cells, longer = phrases.unpack(slice(None)), phrases.unpack_with_before(slice(None))
    assert phrases.n_before == 1
    np.testing.assert_array_equal(longer[:, :, 1:], cells)
    assert not longer[0, :, 0].any()  # nothing is before the first bar
    for n in range(1, len(phrases)):
        before = [i for i in range(len(phrases)) if np.array_equal(cells[i, :, 1:], cells[n, :, :3])]
        assert any(np.array_equal(longer[n, :, 0], cells[i, :, 0]) for i in before)


def test_a_set_without_bars_before_has_silence_there(tmp_path: Path) -> None:
    write(tmp_path / "songs" / "a.mid", band(8))
    made = prepared(tmp_path / "songs")
    older = {**made.manifest, "format_version": 2}
    del older["n_before"]
    phrase_sets.save(
        tmp_path / "older", replace(made, onset=made.onset[:, 1:], sustain=made.sustain[:, 1:], manifest=older)
    )
    read = phrase_sets.load(tmp_path / "older")
    np.testing.assert_array_equal(read.unpack(slice(None)), made.unpack(slice(None)))
    assert not read.unpack_with_before(slice(None))[:, :, 0].any()


def test_the_command_reads_many_folders_and_tells_their_songs_apart(tmp_path: Path) -> None:
    write(tmp_path / "first" / "a.mid", band())
    write(tmp_path / "second" / "a.mid", band(seed=1))
    output = tmp_path / "set"
    arguments = ["prepare", str(tmp_path / "first"), str(tmp_path / "second"), "-o", str(output), "--no-pictures"]
    result = CliRunner().invoke(main, [*arguments, "--workers", "1"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    songs = phrase_sets.load(output).manifest["songs"]
    assert [song["path"] for song in songs] == ["first/a.mid", "second/a.mid"]


def test_the_command_names_the_files_it_cannot_read(tmp_path: Path) -> None:
    write(tmp_path / "a.mid", band(8))
    (tmp_path / "broken.mid").write_bytes(b"no song")
    (tmp_path / "broken.npz").write_bytes(b"no pianoroll")
    arguments = ["prepare", str(tmp_path), "-o", str(tmp_path / "x"), "--workers", "1", "--no-pictures"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert "unreadable: broken.mid" in result.output
    assert "unreadable: broken.npz" in result.output


def test_the_command_says_in_one_line_that_there_are_no_songs(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["prepare", str(tmp_path), "-o", str(tmp_path / "x"), "--workers", "1"])
    assert result.exit_code == 1
    assert "no phrase in 0 files" in result.output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--hop", "2"], "hop is for windows"),
        (["--segment", "windows", "--hop", "0"], "hop must be 1 or more bars, got 0"),
        (["--min-tracks", "6"], "min_tracks must be in 1..5"),
        (["--grid-fit", "1.5"], "min_grid_fit must be in 0..1"),
        (["--dask", "tcp://127.0.0.1:1", "--workers", "2"], "--workers is for this machine"),
        (["--resolution", "20"], "'20' is not one of"),
    ],
)
def test_options_that_make_no_sense_are_refused(tmp_path: Path, options: list[str], words: str) -> None:
    result = CliRunner().invoke(main, ["prepare", str(tmp_path), *options])
    assert result.exit_code == 2
    assert words in result.output


def test_a_set_is_replaced_but_nothing_else_is(tmp_path: Path) -> None:
    write(tmp_path / "a.mid", band(8))
    assert len(prepared(tmp_path)) == 2
    assert len(prepared(tmp_path, hop=1)) == 5
    (tmp_path / "set" / "manifest.json").unlink()
    with pytest.raises(phrase_sets.PhrasesError, match="is there and is not a set of phrases"):
        prepared(tmp_path)
    assert (tmp_path / "set" / "onset.npy").exists()


def test_cells_stay_on_disk_until_they_are_read(tmp_path: Path) -> None:
    write(tmp_path / "a.mid", band(8))
    phrases = prepared(tmp_path)
    assert isinstance(phrases.onset, np.memmap)
    assert isinstance(phrases.sustain, np.memmap)


def test_a_set_in_memory_is_saved_as_it_was_loaded(tmp_path: Path) -> None:
    write(tmp_path / "a.mid", band(8))
    phrases = prepared(tmp_path)
    phrase_sets.save(tmp_path / "copy", phrases)
    copy = phrase_sets.load(tmp_path / "copy")
    assert copy.manifest == phrases.manifest
    for name in ("onset", "sustain", "song", "held_out"):
        np.testing.assert_array_equal(getattr(copy, name), getattr(phrases, name))


def test_what_is_no_set_of_phrases_is_refused_with_its_name(tmp_path: Path) -> None:
    file, empty, text = tmp_path / "phrases.npz", tmp_path / "empty", tmp_path / "text"
    np.savez(file, onset=np.zeros(3))
    empty.mkdir()
    text.mkdir()
    (text / "manifest.json").write_text("hello")
    for path in (file, empty, text, tmp_path / "missing"):
        with pytest.raises(phrase_sets.PhrasesError, match=path.name):
            phrase_sets.load(path)


def test_a_set_of_another_version_or_shape_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.mid", band())
    prepared(tmp_path)
    path = tmp_path / "set"
    manifest = json.loads((path / "manifest.json").read_text())
    (path / "manifest.json").write_text(json.dumps({**manifest, "format_version": 99}))
    with pytest.raises(phrase_sets.PhrasesError, match="format_version must be 2 or 3, got 99"):
        phrase_sets.load(path)
    (path / "manifest.json").write_text(json.dumps({**manifest, "n_measures": 2}))
    with pytest.raises(phrase_sets.PhrasesError, match="onset must be uint8"):
        phrase_sets.load(path)
    (path / "manifest.json").write_text(json.dumps({**manifest, "songs": []}))
    with pytest.raises(phrase_sets.PhrasesError, match="song must be in"):
        phrase_sets.load(path)
    (path / "manifest.json").write_text(json.dumps(manifest))
    cells_file = path / "onset.npy"
    cells_file.write_bytes(cells_file.read_bytes()[:-10])
    with pytest.raises(phrase_sets.PhrasesError, match="not a set of phrases"):
        phrase_sets.load(path)
    cells_file.unlink()
    with pytest.raises(phrase_sets.PhrasesError, match=r"it has no onset\.npy"):
        phrase_sets.load(path)


def test_help_needs_no_heavy_imports() -> None:
    code = (
        "import sys\n"
        "from musegan_train.cli import main\n"
        "main(['prepare', '--help'], standalone_mode=False)\n"
        "assert not {'torch', 'symusic', 'onnxruntime'} & set(sys.modules)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
