"""What the benchmark of following counts: on notes whose answers are known."""

import hashlib
import math
from pathlib import Path

import mido
import pytest
from benchmarks.follow import chords, judged, loops
from benchmarks.follow.common import Row

from musegan_models import midi
from musegan_models.notes import Note
from musegan_models.spec import Track

CHORDS = chords.triads("C Am F G")


def test_triads_in_quarters_are_all_in_their_chords() -> None:
    notes = chords.in_quarters(CHORDS)
    assert len(notes) == 4 * 4 * 3
    assert chords.share(chords.in_chord(notes, CHORDS)) == 1
    assert chords.struck_in_chord(notes, CHORDS) == (48, 48)
    assert chords.share(chords.in_chord(notes, chords.triads("C Am F G", 1))) < 0.3


def test_a_note_counts_in_each_bar_in_which_it_sounds() -> None:
    held = [Note(3.0, 67, 2.0, 90)]  # G over C and Am: the fifth, then none
    assert chords.in_chord(held, CHORDS) == [(1, 1), (1, 0), (0, 0), (0, 0)]
    assert chords.struck_in_chord(held, CHORDS) == (1, 1)
    assert math.isnan(chords.share([]))


def test_the_bass_is_on_the_root_where_its_lowest_note_of_beat_one_is() -> None:
    bass = [Note(0.0, 36, 1, 90), Note(4.05, 40, 1, 90), Note(4.0, 45, 1, 90), Note(9.0, 41, 1, 90)]
    assert chords.on_root(bass, CHORDS) == (2, 1)


def test_a_solo_stays_in_its_scale() -> None:
    notes = chords.solo(8, (0, 2, 4, 7, 9), seed=1)
    assert {note.pitch % 12 for note in notes} <= {0, 2, 4, 7, 9}
    assert notes == chords.solo(8, (0, 2, 4, 7, 9), seed=1)
    assert all(0 <= note.time < 32 for note in notes)


@pytest.mark.parametrize(("lost", "expected"), [(0, 0), (5, 5), (24, math.inf)])
def test_a_band_is_back_when_four_bars_together_are(lost: int, expected: float) -> None:
    found = [(4.0, 4.0)] * 24 + [(4.0, 0.0)] * lost + [(4.0, 4.0)] * (24 - lost)
    assert loops.bars_until_back(found, 24) == expected


def test_progressions_have_their_bars() -> None:
    assert all(len(names.split()) == bars for bars, every in loops.LOOPS.items() for names in every)


def write_song(path: Path, seed: int) -> None:
    """Write a song of 48 bars in C whose guitar doubles its piano."""
    progression = chords.triads("C Am F G") if seed % 2 else chords.triads("F G C Am")
    notes = chords.in_quarters(progression * 12)
    tracks = (Track("piano", 0, False), Track("guitar", 25, False))
    midi.write_tracks(path, tracks, {"piano": notes, "guitar": notes}, 120)


def test_a_band_that_plays_the_lead_is_as_near_as_songs_and_one_a_semitone_off_is_not(tmp_path: Path) -> None:
    for i in range(4):
        write_song(tmp_path / f"{i}.mid", i)
    (tmp_path / "broken.mid").write_bytes(b"MThd")
    songs = list(judged.songs(tmp_path, 4))
    assert len(songs) == 4
    assert {(song.lead, song.shift) for song in songs} == {(1, 0)}
    judge = judged.Judge()
    for song in songs:
        judge.add(song, {"guitar": song.notes})
    found = judge.result()
    assert found["harmony"] == pytest.approx(1)
    assert found["semitone up"] < 0
    assert found["rhythm"] == found["rhythm of songs"] == 1
    assert found["plays"] == 1 / 4


def test_a_band_that_plays_nothing_has_no_figures(tmp_path: Path) -> None:
    write_song(tmp_path / "0.mid", 0)
    judge = judged.Judge()
    judge.add(next(judged.songs(tmp_path, 1)), {})
    assert math.isnan(judge.result()["harmony"])
    assert judge.result()["plays"] == 0


def test_songs_learned_from_are_left_out(tmp_path: Path) -> None:
    write_song(tmp_path / "0.mid", 0)
    write_song(tmp_path / "1.mid", 1)
    md5 = hashlib.md5((tmp_path / "1.mid").read_bytes()).hexdigest()
    assert len(list(judged.songs(tmp_path, 2, {md5}))) == 1


def test_a_song_is_taken_to_c(tmp_path: Path) -> None:
    write_song(tmp_path / "0.mid", 1)
    file = mido.MidiFile(tmp_path / "0.mid")
    for track in file.tracks:
        for message in track:
            if message.type in ("note_on", "note_off"):
                message.note += 3
    file.save(tmp_path / "0.mid")
    (song,) = judged.songs(tmp_path, 1)
    assert song.shift == -3


def test_a_row_says_whether_its_goal_is_met() -> None:
    assert str(Row("a", "1", ">= 2", False)) == "| a | 1 | >= 2 | **no** |"
    assert str(Row("a", "1")) == "| a | 1 |  |  |"
