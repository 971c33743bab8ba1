import json
import zipfile
from pathlib import Path

import numpy as np
import pypianoroll
import pytest
from tests.training.playing import (
    BASS,
    DRUMS,
    GUITAR,
    PIANO,
    STRINGS,
    Parts,
    band,
    cells,
    joined,
    later,
    prepared,
    write,
)  # fmt: skip

from musegan_models.presets import BINARY_TRACKS
from musegan_train.data.bands import BINARY_8, LPD_5
from musegan_train.data.lpd import score_from_npz
from musegan_train.data.midi import score_from_midi
from musegan_train.data.rules import Rules, RulesError
from musegan_train.data.scores import DroppedSongError


def pianoroll(path: Path, parts: Parts, *, is_lpd_5: bool = False, first_downbeat: int = 0) -> Path:
    """Save the parts as pypianoroll does, 24 steps a beat, LPD-5's five tracks or one with its program for each."""
    n_steps = 24 * 4 * 4
    lpd_5 = {"drums": 0, "piano": 0, "guitar": 24, "bass": 32, "strings": 48}
    programs = lpd_5 if is_lpd_5 else {"bass": 33, "drums": 0, "guitar": 25, "piano": 0, "strings": 50}
    tracks = []
    for name, program in programs.items():
        roll = np.zeros((n_steps, 128), np.uint8)
        for beat, pitch, beats in parts[name]:
            start = round(beat * 24)
            roll[start : start + max(1, round(beats * 24)), pitch] = 90
        tracks.append(pypianoroll.StandardTrack(name, program, name == "drums", roll))
    downbeat = np.zeros(n_steps, bool)
    downbeat[first_downbeat::96] = True
    song = pypianoroll.Multitrack("song", 24, np.full(n_steps, 120.0), downbeat, tracks)
    path.parent.mkdir(parents=True, exist_ok=True)
    pypianoroll.save(path, song)
    return path


@pytest.mark.parametrize("is_lpd_5", [False, True])
@pytest.mark.parametrize("resolution", [16, 48])
def test_a_pianoroll_of_lpd_gives_the_phrases_of_its_midi_file(tmp_path: Path, is_lpd_5: bool, resolution: int) -> None:
    parts = {name: [(beat, pitch, 0.5) for beat, pitch, _ in notes] for name, notes in band().items()}
    write(tmp_path / "midi" / "a.mid", parts)
    pianoroll(tmp_path / "lpd" / "a.npz", parts, is_lpd_5=is_lpd_5)
    ours, theirs = (cells(tmp_path / name, resolution=resolution) for name in ("lpd", "midi"))
    np.testing.assert_array_equal(ours, theirs)


def test_the_npz_of_the_first_pypianoroll_is_read_too(tmp_path: Path) -> None:
    # LPD was saved by version 0: beat_resolution, not resolution, and bool rolls.
    path = pianoroll(tmp_path / "a.npz", band())
    arrays = dict(np.load(path))
    info = json.loads(arrays.pop("info.json"))
    info["beat_resolution"] = info.pop("resolution")
    arrays = {name: (a.astype(bool) if name.endswith("csc_data") else a) for name, a in arrays.items()}
    np.savez_compressed(path, **arrays)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("info.json", json.dumps(info))
    score = score_from_npz(path.read_bytes())
    assert score.ticks_per_beat == 24
    assert sum(len(part.start) for part in score.parts) == 16 * 5


def test_a_pianoroll_with_a_pickle_in_it_is_not_read(tmp_path: Path) -> None:
    path = pianoroll(tmp_path / "a.npz", band())
    arrays = dict(np.load(path))
    info = arrays.pop("info.json")
    arrays["pianoroll_0_csc_data"] = np.array([{"a": 1}], object)
    np.savez_compressed(path, **arrays)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("info.json", bytes(info))
    with pytest.raises(DroppedSongError, match="unreadable"):
        score_from_npz(path.read_bytes())


def test_an_npz_of_something_else_is_dropped_as_such(tmp_path: Path) -> None:
    write(tmp_path / "a.mid", band())
    np.savez(tmp_path / "b.npz", weights=np.zeros(3))
    (tmp_path / "c.npz").write_bytes(b"PK\3\4 and nothing else")
    manifest = prepared(tmp_path).manifest
    reasons = {file["path"]: file["reason"] for file in manifest["dropped"]}
    assert reasons == {"b.npz": "not a pianoroll file", "c.npz": "unreadable"}


def test_bars_of_a_pianoroll_begin_at_its_downbeats(tmp_path: Path) -> None:
    pianoroll(tmp_path / "a.npz", later(band(3), 1), first_downbeat=24)
    score = score_from_npz((tmp_path / "a.npz").read_bytes())
    assert score.origin == 24 - 96
    with pytest.raises(DroppedSongError, match="first beat after the start"):
        score_from_npz((tmp_path / "a.npz").read_bytes(), is_strict=True)


@pytest.mark.parametrize(
    ("signatures", "reason"),
    [((), "no time signature"), ((0, 16), "more than one time signature"), ((4,), "first beat after the start")],
)
def test_lpd_cleansing_has_one_time_signature_at_the_start(
    tmp_path: Path, signatures: tuple[float, ...], reason: str
) -> None:
    data = write(tmp_path / "a.mid", band(8), signatures=signatures).read_bytes()
    score_from_midi(data)
    with pytest.raises(DroppedSongError, match=reason):
        score_from_midi(data, is_strict=True)


def test_bar_lines_that_move_drop_a_song(tmp_path: Path) -> None:
    data = write(tmp_path / "a.mid", band(8), signatures=(0, 6)).read_bytes()
    with pytest.raises(DroppedSongError, match="bar lines move"):
        score_from_midi(data)


def test_merged_tracks_sound_where_any_part_sounds(tmp_path: Path) -> None:
    parts = band()
    parts["strings"] = [(bar * 4.0, 72, 3.0) for bar in range(4)]
    parts["organ"] = [(bar * 4 + 1.0, 72, 0.5) for bar in range(4)] + [(bar * 4 + 1.0, 76, 1.0) for bar in range(4)]
    write(tmp_path / "song.mid", parts, programs={"organ": 16})
    ((onset, sustain),) = cells(tmp_path, tracks="merge")
    sounding = (onset | sustain)[0, STRINGS]
    c, e = 72 - 24, 76 - 24
    assert set(np.flatnonzero(sounding[:, c])) == set(range(12))  # under the organ's short note the strings go on
    assert set(np.flatnonzero(sounding[:, e])) == set(range(4, 8))
    assert set(np.flatnonzero(onset[0, STRINGS, :, c])) == {0, 4}


def test_dense_activity_leaves_out_tracks_that_hardly_play(tmp_path: Path) -> None:
    full = band(8)
    for name in ("bass", "guitar", "piano", "strings"):
        full[name] = [(beat, pitch, 0.9) for beat, pitch, _ in full[name]]
    thin = {**full, "guitar": [note for note in full["guitar"] if note[0] % 4 == 0]}
    write(tmp_path / "full" / "a.mid", full)
    write(tmp_path / "thin" / "a.mid", joined(thin, later(full, 32)))
    assert len(cells(tmp_path / "full", activity="dense")) == 2
    assert len(cells(tmp_path / "thin", activity="light")) == 4
    assert len(cells(tmp_path / "thin", activity="dense")) == 2


def test_the_eight_tracks_are_those_of_the_binary_preset() -> None:
    assert BINARY_8.tracks == BINARY_TRACKS


@pytest.mark.parametrize(
    ("program", "track"),
    [(1, "piano"), (30, "guitar"), (38, "bass"), (50, "ensemble"), (66, "reed"), (81, "synth_lead"), (95, "synth_pad")],
)
def test_programs_of_the_eight_tracks(program: int, track: str) -> None:
    assert BINARY_8.family(program, False) == track
    assert BINARY_8.family(program, True) == "drums"


@pytest.mark.parametrize("program", [9, 19, 40, 57, 73, 96, 104, 112, 120])
def test_the_eight_tracks_leave_other_families_out(program: int) -> None:
    assert BINARY_8.family(program, False) is None


def test_a_phrase_of_the_eight_tracks_needs_only_some_of_them(tmp_path: Path) -> None:
    parts = band()
    parts["sax"] = [(beat, 65, 0.5) for beat in range(16)]
    write(tmp_path / "song.mid", parts, programs={"sax": 65})
    phrases = prepared(tmp_path, band="binary-8")
    assert phrases.manifest["tracks"] == [track.name for track in BINARY_TRACKS]
    played = phrases.unpack(slice(None))[0].any(axis=(0, 1, 3, 4))
    assert [name for name, plays in zip(phrases.manifest["tracks"], played, strict=True) if plays] == [
        "drums", "piano", "guitar", "bass", "ensemble", "reed",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="lacks one of the 8 tracks"):
        prepared(tmp_path, band="binary-8", min_tracks=8)


def test_selected_keys_are_those_that_need_no_transposition(tmp_path: Path) -> None:
    write(tmp_path / "c.mid", band())
    write(tmp_path / "e.mid", band(semitones=4))
    manifest = prepared(tmp_path, key="select").manifest
    assert [song["key"] for song in manifest["songs"]] == ["C major"]
    assert manifest["dropped_by_reason"] == {"not in C major or A minor": 1}


def test_kept_keys_move_no_note(tmp_path: Path) -> None:
    write(tmp_path / "e.mid", band(semitones=4))
    ((onset, _),) = cells(tmp_path, key="keep")
    assert onset[0, PIANO, 0, 64 - 24]
    manifest = prepared(tmp_path, key="keep").manifest
    assert manifest["key"] == "of each song"
    assert (manifest["songs"][0]["key"], manifest["songs"][0]["transposition"]) == ("E major", 0)


@pytest.mark.parametrize(("resolution", "step"), [(16, 5), (24, 8), (48, 16), (96, 32)])
def test_a_triplet_is_on_its_step_from_24_steps_a_bar_on(tmp_path: Path, resolution: int, step: int) -> None:
    parts = band()
    parts["piano"] = [(beat + 1 / 3, 60, 0.3) for beat in range(16)]
    write(tmp_path / "song.mid", parts)
    phrases = prepared(tmp_path, resolution=resolution, min_grid_fit=0)
    assert phrases.manifest["beat_resolution"] == resolution // 4
    cell = phrases.unpack(slice(None))
    assert cell.shape == (1, 2, 4, 5, resolution, 84)
    assert step in np.flatnonzero(cell[0, 0, 0, PIANO].any(axis=-1))
    if resolution >= 24:
        assert len(prepared(tmp_path, resolution=resolution)) == 1
    else:
        with pytest.raises(ValueError, match="no phrase"):
            prepared(tmp_path, resolution=resolution, min_grid_fit=0.95)


def test_where_kick_and_crash_agree_bars_move_to_them(tmp_path: Path) -> None:
    parts = band(20)
    parts["drums"] = [(bar * 4 + beat, pitch, 0.1) for bar in range(20) for beat, pitch in ((0, 36), (2, 38))]
    parts["drums"] += [(bar * 4, 49, 0.1) for bar in range(0, 20, 2)]
    write(tmp_path / "right" / "a.mid", parts)
    write(tmp_path / "late" / "a.mid", later(parts, 1))
    (song,) = prepared(tmp_path / "late").manifest["songs"]
    assert song["moved_bars"] == 4
    np.testing.assert_array_equal(cells(tmp_path / "late"), cells(tmp_path / "right"))
    assert not np.array_equal(cells(tmp_path / "late", downbeat="trust")[0], cells(tmp_path / "right")[0])
    with pytest.raises(ValueError, match="1 kick and crash are not on the first beat"):
        prepared(tmp_path / "late", downbeat="drop")
    (song,) = prepared(tmp_path / "right").manifest["songs"]
    assert song["moved_bars"] == 0


def test_a_kick_without_crashes_moves_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a.mid", later(band(40), 1))
    (song,) = prepared(tmp_path).manifest["songs"]
    assert song["moved_bars"] == 0


@pytest.mark.parametrize(
    "rules",
    [{"key": "random"}, {"resolution": 20}, {"segment": "structure", "hop": 2}, {"min_tracks": 6}, {"max_phrases": 0}],
)
def test_rules_that_cannot_be_are_refused(rules: dict[str, object]) -> None:
    with pytest.raises(RulesError, match=next(reversed(rules))):
        Rules(**rules)  # type: ignore[arg-type]  # wrong on purpose


def test_every_family_of_lpd_5_is_a_track_of_it() -> None:
    assert {name for name in LPD_5.families if name} | {"drums"} == {track.name for track in LPD_5.tracks}
    assert [track.name for track in LPD_5.tracks][BASS : STRINGS + 1] == ["bass", "drums", "guitar", "piano", "strings"]
    assert LPD_5.tracks[DRUMS].is_drum
    assert not LPD_5.tracks[GUITAR].is_drum
