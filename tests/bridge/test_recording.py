"""What was played is on disk: read back by two MIDI libraries, after a kill, a full disk, a folder taken away."""

from __future__ import annotations

import io
import logging
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import mido
import pretty_midi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musegan_bridge.files.recording import Recording, name_of
from musegan_bridge.files.tape import OPEN, Tape, midi_of
from musegan_bridge.show.band import Bar
from musegan_bridge.show.events import Committed, Event, Moved, Played, Silenced
from musegan_bridge.show.ideas import Idea
from musegan_bridge.stage.config import Config
from musegan_bridge.stage.sinks import open_sinks
from musegan_models import bundle
from musegan_models.midi import TICKS_PER_BEAT, MidiError
from musegan_models.notes import Note
from musegan_models.spec import TRACKS, Track

NAMES = [track.name for track in TRACKS]
KILLS = 2
HEAD = """
import importlib.util, pathlib, resource, sys
spec = importlib.util.spec_from_file_location("here", {file!r})
here = importlib.util.module_from_spec(spec)
spec.loader.exec_module(here)
path = pathlib.Path(sys.argv[1])
"""


def bar(number: int, notes: dict[str, list[Note]] | None = None, seed: int = 7) -> Committed:
    """Return a bar with a bass note on its downbeat and a kick on its third beat, unless other notes are given."""
    if notes is None:
        notes = {"bass": [Note(0.0, 36 + number % 12, 1.0, 100)], "drums": [Note(2.0, 36, 0.25, 90)]}
    return Committed(Bar(number, Idea(number % 4, seed, 8), notes), 100 + number * 2.0, 120.0)


def read(data: bytes) -> tuple[mido.MidiFile, pretty_midi.PrettyMIDI]:
    """Parse a file with both libraries; no track has a time before the one before."""
    return mido.MidiFile(file=io.BytesIO(data)), pretty_midi.PrettyMIDI(io.BytesIO(data))


def tape_of(events: Sequence[Event]) -> bytes:
    tape = Tape(TRACKS)
    for event in events:
        tape.take(event)
    return tape.to_bytes()


def notes_of(data: bytes, name: str) -> list[tuple[int, int, int, int]]:
    """Return (tick, pitch, ticks, velocity) of each note of a track; every note on has its note off."""
    held: dict[int, tuple[int, int]] = {}
    notes = []
    tick = 0
    (track,) = (t for t in mido.MidiFile(file=io.BytesIO(data)).tracks if t.name == name)
    for event in track:
        tick += event.time
        if event.type == "note_on":
            assert event.note not in held
            held[event.note] = (tick, event.velocity)
        elif event.type == "note_off":
            start, velocity = held.pop(event.note)
            notes.append((start, event.note, tick - start, velocity))
    assert held == {}
    return sorted(notes)


def test_an_empty_show_is_a_midi_file() -> None:
    midi, pretty = read(Tape(TRACKS).to_bytes())
    assert [track.name for track in midi.tracks] == ["MuseGAN", *NAMES]
    assert midi.ticks_per_beat == TICKS_PER_BEAT
    assert pretty.get_end_time() == 0


def test_bars_are_where_they_were_with_names_programs_and_channels() -> None:
    data = tape_of([Moved(0, 100.0, 120.0), *(bar(number) for number in range(3))])
    midi, pretty = read(data)
    assert notes_of(data, "bass") == [(n * 1920, 36 + n, 480, 100) for n in range(3)]
    assert notes_of(data, "drums") == [(n * 1920 + 960, 36, 120, 90) for n in range(3)]
    programs = {t.name: (t[1].channel, t[1].program) for t in midi.tracks[1:]}
    assert programs == {"bass": (0, 33), "drums": (9, 0), "guitar": (1, 25), "piano": (2, 0), "strings": (3, 48)}
    played = {(i.name, i.program, i.is_drum): [n.start for n in i.notes] for i in pretty.instruments if i.notes}
    assert played == {("bass", 33, False): [0.0, 2.0, 4.0], ("drums", 0, True): [1.0, 3.0, 5.0]}


def test_tempo_changes_put_every_note_at_its_time() -> None:
    events: list[Event] = [
        Moved(0, 100.0, 120.0),
        bar(0),
        Moved(2.5, 101.25, 60.0),
        bar(1),
        Moved(6.0, 104.75, 200.0),
        bar(2),
    ]
    _, pretty = read(tape_of(events))
    bass = next(i for i in pretty.instruments if i.name == "bass")
    assert [n.start for n in bass.notes] == pytest.approx([0.0, 1.25 + 1.5, 4.75 + 2 * 0.3], abs=1e-4)
    assert pretty.get_tempo_changes()[1].tolist() == pytest.approx([120, 60, 200], abs=1e-3)


def test_a_clock_that_is_moved_back_takes_its_later_tempo_with_it() -> None:
    _, pretty = read(tape_of([Moved(0, 100.0, 120.0), bar(0), Moved(3.0, 101.5, 90.0), Moved(2.0, 101.5, 100.0)]))
    assert [t.tolist() for t in pretty.get_tempo_changes()] == [[0, 1], pytest.approx([120, 100], abs=1e-3)]


def test_what_the_musician_plays_is_a_track_of_his_own() -> None:
    data = tape_of(
        [
            Moved(0, 100.0, 120.0),
            bar(0),
            Played("piano", 60, 80, 1.0, 100.5),
            Played("piano", 60, 90, 1.5, 100.75),  # struck again while it is held
            Played("piano", 64, 70, 1.5, 100.75),
            Played("piano", 60, 0, 2.0, 101.0),
            Played("piano", 61, 0, 2.0, 101.0),  # never struck
            Played("drums", 38, 99, 2.0, 101.0),
            bar(1),
        ]
    )
    # 64 is held: it ends with the file, for now.
    assert notes_of(data, "piano (you)") == [(480, 60, 240, 80), (720, 60, 240, 90), (720, 64, 3120, 70)]
    midi, _ = read(data)
    assert {t.name: t[1].channel for t in midi.tracks[-2:]} == {"piano (you)": 4, "drums (you)": 9}


def test_a_count_in_is_a_bar_and_holds_a_pick_up() -> None:
    data = tape_of([Moved(-1.5, 99.25, 120.0), bar(0), Played("piano", 60, 80, -0.5, 99.75)])
    assert notes_of(data, "bass") == [(1920, 36, 480, 100)]
    assert notes_of(data, "piano (you)")[0][0] == 1920 - 240
    far = tape_of([Moved(-30.0, 85.0, 120.0), bar(0)])
    assert notes_of(far, "bass") == [(1920, 36, 480, 100)]


@pytest.mark.parametrize("reason", ["stop", "panic"])
def test_a_stop_cuts_what_sounds_and_what_was_to_come_and_the_next_play_begins_at_a_bar_line(reason: str) -> None:
    long = {"strings": [Note(0.0, 60, 4.0, 100), Note(3.0, 64, 1.0, 100)]}
    play: list[Event] = [Moved(0, 100.0, 120.0), bar(0, long), Played("piano", 72, 80, 0.5, 100.25)]
    again: list[Event] = [Moved(0, 200.0, 60.0), bar(0)]
    data = tape_of([*play, bar(1, long), Silenced(reason, 101.0), *again])
    assert notes_of(data, "strings") == [(0, 60, 960, 100)]
    assert notes_of(data, "piano (you)") == [(240, 72, 720, 80)]
    assert notes_of(data, "bass") == [(1920, 36, 480, 100)]
    _, pretty = read(data)
    assert [t.tolist() for t in pretty.get_tempo_changes()] == [[0, 2], [120, 60]]


def test_a_stop_after_a_stop_and_notes_while_nothing_plays_are_nothing() -> None:
    play: list[Event] = [Moved(0, 100.0, 120.0), bar(0), Silenced("stop", 102.0)]
    assert tape_of([*play, Silenced("quit", 130.0), Played("piano", 60, 80, 9.0, 131.0)]) == tape_of(play)


def test_markers_tell_the_seeds_that_bring_a_bar_back() -> None:
    midi, _ = read(tape_of([Moved(0, 100.0, 120.0), bar(0), bar(1), bar(2, seed=9)]))
    tick = 0
    markers = []
    for event in midi.tracks[0]:
        tick += event.time
        if event.type == "marker":
            markers.append((tick, event.text))
    assert markers == [(0, "seed 7 private 8"), (3840, "seed 9 private 8")]


def test_another_band_brings_its_own_tracks() -> None:
    data = tape_of([Moved(0, 100.0, 120.0), *(bar(n) for n in range(40)), bar(40, {"reed": [Note(1.0, 60, 1.0, 80)]})])
    assert notes_of(data, "reed") == [(40 * 1920 + 480, 60, 480, 80)]


def test_bars_of_the_past_are_a_file_from_its_start() -> None:
    data = midi_of([bar(number).bar for number in (7, 3, 3)], TRACKS, 90.0)
    assert notes_of(data, "bass") == [(0, 43, 480, 100), (1920, 39, 480, 100), (3840, 39, 480, 100)]
    assert read(data)[1].get_tempo_changes()[1].tolist() == pytest.approx([90], abs=1e-3)


def test_too_many_pitched_tracks_are_an_error() -> None:
    with pytest.raises(MidiError, match="at most 15"):
        Tape([Track(f"track_{i}", 0, False) for i in range(16)])


A_NOTE = st.builds(
    Note,
    st.integers(0, 15).map(lambda step: step / 4),
    st.integers(0, 127),
    st.integers(1, 16).map(lambda steps: steps / 4),
    st.integers(1, 127),
)
A_PLAYED = st.tuples(st.integers(58, 62), st.integers(0, 127), st.floats(-40, 8))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.lists(A_NOTE, max_size=6), st.lists(A_PLAYED, max_size=6), st.integers(0, 12)), max_size=30)
)
def test_any_show_is_the_same_file_whether_its_bytes_are_asked_for_often_or_once(
    bars: list[tuple[list[Note], list[tuple[int, int, float]], int]],
) -> None:
    asked, other = Tape(TRACKS), Tape(TRACKS)
    number = 0
    for notes, played, then in bars:
        beat = number * 4
        events: list[Event] = [Moved(beat, 100 + beat / 2, 120.0 + then)] if then > 8 or not number else []
        events += [bar(number, {"piano": sorted(notes)})]
        events += [Played("piano", pitch, velocity, beat + late, 100.0) for pitch, velocity, late in played]
        number += 1
        if then == 0:
            events, number = [*events, Silenced("stop", 100 + beat / 2 + 1)], 0
        for event in events:
            other.take(event)
            if asked.take(event):
                read(asked.to_bytes())
    data = asked.to_bytes()
    assert data == other.to_bytes()
    for name in ("piano", "piano (you)"):
        if name.encode() + b"\0" in data:
            notes_of(data, name)


def test_after_an_hour_only_the_last_bars_are_encoded_again() -> None:
    tape = Tape(TRACKS)
    tape.take(Moved(0, 100.0, 120.0))
    some = {name: [Note(i / 4, 40 + i, 0.25, 100) for i in range(11)] for name in NAMES}
    for number in range(1800):
        tape.take(bar(number, some))
    waiting = sum(len(part._notes) for part in tape._parts.values())
    assert waiting <= (OPEN // 1920 + 1) * 55
    midi = mido.MidiFile(file=io.BytesIO(tape.to_bytes()))
    assert sum(event.type == "note_off" for track in midi.tracks for event in track) == 1800 * 55


# On disk


def test_what_was_taken_is_on_disk_and_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / f"{name_of('band', 0)}.mid"
    recording = Recording(path, TRACKS)
    read(path.read_bytes())
    for event in (Moved(0, 100.0, 120.0), bar(0), bar(1)):
        recording.take(event)
    assert recording.flush(60)
    assert len(notes_of(path.read_bytes(), "bass")) == 2
    recording.take(Played("piano", 60, 80, 1.0, 100.5))
    recording.close()
    assert len(notes_of(path.read_bytes(), "piano (you)")) == 1
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    with pytest.raises(FileExistsError, match="not written over"):
        Recording(path, TRACKS)


def test_two_shows_that_begin_in_one_second_have_files_of_their_own(tmp_path: Path) -> None:
    config = Config(record=f"{tmp_path}/shows/", log=f"{tmp_path}/shows/")
    spec = bundle.load(bundle.pretrained()).spec
    for sink in [sink for seed in (1, 2) for sink in open_sinks(config, spec, seed, lambda: 0.0)]:
        sink.close()
    name = name_of(spec.name, 0.0)
    files = {path.name for path in (tmp_path / "shows").iterdir()}
    assert files == {f"{name}{more}{suffix}" for more in ("", "-1") for suffix in (".mid", ".jsonl")}


def test_a_folder_that_is_taken_away_is_told_once_and_the_file_comes_back_whole(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "stick"
    recording = Recording(folder / "show.mid", TRACKS)
    recording.take(Moved(0, 100.0, 120.0))
    shutil.rmtree(folder)
    folder.write_text("a file where the folder was", encoding="utf-8")
    for number in range(5):
        recording.take(bar(number))
        assert not recording.flush(60)
    folder.unlink()
    recording.take(bar(5))
    assert recording.flush(60)
    recording.close()
    assert len(notes_of((folder / "show.mid").read_bytes(), "bass")) == 6
    levels = [record.levelno for record in caplog.records]
    assert levels == [logging.WARNING] * 2  # it cannot be written; it is written again


def child(code: str, path: Path) -> subprocess.Popen[str]:
    """Start a program that has this module as `here`."""
    code = HEAD.format(file=__file__) + code
    return subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)


def test_a_full_disk_leaves_the_last_whole_file_and_the_rest_comes_when_there_is_room(tmp_path: Path) -> None:
    code = """
recording = here.Recording(path, here.TRACKS)
recording.take(here.Moved(0, 100.0, 120.0))
recording.take(here.bar(0))
assert recording.flush(60)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 20, resource.RLIM_INFINITY))
for number in range(1, 20):
    recording.take(here.bar(number))
assert not recording.flush(60)
print(len(here.notes_of(path.read_bytes(), "bass")))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
recording.close()
"""
    process = child(code, tmp_path / "show.mid")
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert int(output) < 20
    assert len(notes_of((tmp_path / "show.mid").read_bytes(), "bass")) == 20


def test_a_killed_program_leaves_a_file_with_every_bar_that_it_said_was_written(tmp_path: Path) -> None:
    code = """
recording = here.Recording(path, here.TRACKS)
recording.take(here.Moved(0, 100.0, 120.0))
for number in range(1_000_000):
    recording.take(here.bar(number))
    if number % 7 == 0:
        assert recording.flush(60)
        print(number + 1, flush=True)
"""
    for kill in range(KILLS):
        path = tmp_path / f"{kill}.mid"
        process = child(code, path)
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(20 + 11 * kill)]
        process.kill()
        said += process.communicate()[0].splitlines()
        written = notes_of(path.read_bytes(), "bass")
        assert len(written) >= int(said[-1])
        assert [tick for tick, *_ in written] == [n * 1920 for n in range(len(written))]
        read(path.read_bytes())
