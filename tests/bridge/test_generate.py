"""`musegan-bridge generate`, its MIDI files read back by another parser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import mido
import pytest
import symusic
from click.testing import CliRunner

from musegan_bridge.cli import main
from musegan_models import bundle as bundles
from musegan_models.midi import MidiError, read_notes
from musegan_models.spec import TRACKS


def run(*args: str | Path, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["generate", *map(str, args)])
    assert result.exit_code == code, result.output
    return result.output


DRUMS, PIANO = (track for track in TRACKS if track.name in ("drums", "piano"))


def score_of(path: Path) -> Any:  # symusic's stubs know the constructor, not what it returns
    return symusic.Score(path)


def lead(path: Path, root: int, bars: int = 4) -> Path:
    """Write a MIDI file that strums a triad on every beat."""
    file = mido.MidiFile(ticks_per_beat=96)
    track = file.add_track("lead")
    for _ in range(bars * 4):
        for pitch in (root, root + 4, root + 7):
            track.append(mido.Message("note_on", note=pitch, velocity=80))
        for i, pitch in enumerate((root, root + 4, root + 7)):
            track.append(mido.Message("note_off", note=pitch, time=0 if i else 96))
    file.save(path)
    return path


def test_a_midi_file_of_five_tracks_that_another_parser_reads(tmp_path: Path) -> None:
    out = tmp_path / "out.mid"
    said = run(out, "--bars", "8", "--seed", "7", "--tempo", "100")
    assert "8 bars, seed 7" in said
    score = score_of(out)
    assert [t.name for t in score.tracks if len(t.notes)] == ["bass", "drums", "guitar", "piano", "strings"]
    assert [(t.program, t.is_drum) for t in score.tracks if len(t.notes)] == [
        (33, False),
        (0, True),
        (25, False),
        (0, False),
        (48, False),
    ]
    assert score.tempos[0].qpm == pytest.approx(100, abs=0.01)
    assert (score.time_signatures[0].numerator, score.time_signatures[0].denominator) == (4, 4)
    end = 8 * 4 * score.ticks_per_quarter
    for track in score.tracks:
        for note in track.notes:
            assert 0 <= note.time < end
            assert note.time + note.duration <= end
            assert 24 <= note.pitch <= 107
            assert 1 <= note.velocity <= 127


def test_the_same_seed_writes_the_same_file_and_another_one_does_not(tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        run(tmp_path / name, "--bars", "4", "--seed", str(seed))
    a, b, c = ((tmp_path / name).read_bytes() for name in "abc")
    assert a == b
    assert a != c


@pytest.mark.parametrize("track", ["bass", "guitar", "piano", "strings"])
def test_the_band_follows_any_pitched_track_and_keeps_its_notes(tmp_path: Path, track: str) -> None:
    for name, root in (("c", 48), ("e", 52)):
        song = lead(tmp_path / f"{name}.mid", root)
        run(tmp_path / f"{name}-out.mid", "--bars", "4", "--seed", "7", "--follow", song, "--track", track)
    scores = [score_of(tmp_path / f"{name}-out.mid") for name in "ce"]
    own, others = [], []
    for score in scores:
        notes = {t.name: [(n.time, n.pitch) for n in t.notes] for t in score.tracks}
        own.append(sorted({pitch for _, pitch in notes.pop(track)}))
        others.append(notes)
    assert own == [[48, 52, 55], [52, 56, 59]]
    assert others[0] != others[1]


def notes_in(path: Path, beats: float) -> dict[str, list[tuple[float, int]]]:
    """Return the (beat, pitch) of each track that start before `beats`."""
    score = score_of(path)
    found = {}
    for track in score.tracks:
        if len(track.notes):
            starts = [(note.time / score.ticks_per_quarter, note.pitch) for note in track.notes]
            found[track.name] = [(beat, pitch) for beat, pitch in starts if beat < beats]
    return found


def test_same_bar_hears_the_bar_of_the_file_and_previous_bar_only_those_before(
    tmp_path: Path, live_bundle: Path
) -> None:
    changed = mido.MidiFile(lead(tmp_path / "c.mid", 48, bars=8))
    for event in changed.tracks[0][-6 * 4 * 6 :]:  # another chord from bar 2 on
        if not event.is_meta:
            event.note += 7
    changed.save(tmp_path / "g.mid")
    for mode in ("previous-bar", "same-bar"):
        for name in "cg":
            options = ("--bundle", live_bundle, "--follow", tmp_path / f"{name}.mid", "--follow-mode", mode)
            run(tmp_path / f"{name}-{mode}.mid", "--bars", "8", "--seed", "3", "--track", "piano", *options)

    def same_bars(mode: str) -> int:
        """Return how many bars of the band are the same under both files, from the first."""
        bands = [{**notes_in(tmp_path / f"{name}-{mode}.mid", 32), "piano": []} for name in "cg"]
        names = {name for band in bands for name in band}
        different = [set(bands[0].get(name, [])) ^ set(bands[1].get(name, [])) for name in names]
        return int(min(beat for notes in different for beat, _ in notes) // 4)

    assert same_bars("same-bar") == 2
    assert 3 <= same_bars("previous-bar") < 8


def loop(path: Path, chords: Sequence[tuple[int, ...]], bars: int) -> Path:
    """Write a MIDI file with a chord a bar, struck on each beat, round and round."""
    file = mido.MidiFile(ticks_per_beat=96)
    track = file.add_track("piano")
    for bar in range(bars):
        for _ in range(4):
            chord = chords[bar % len(chords)]
            for pitch in chord:
                track.append(mido.Message("note_on", note=pitch, velocity=80))
            for i, pitch in enumerate(chord):
                track.append(mido.Message("note_off", note=pitch, time=0 if i else 96))
    file.save(path)
    return path


def share_in_chords(path: Path, chords: list[set[int]], bars: range) -> float:
    """Return the share of the band's pitched notes, by length, that are of the chord of their bar."""
    score, inside, all_of_it = score_of(path), 0.0, 0.0
    for track in score.tracks:
        if track.is_drum or track.name == "piano":
            continue
        for note in track.notes:
            bar = note.time // (4 * score.ticks_per_quarter)
            if bar in bars:
                all_of_it += note.duration
                inside += note.duration * (note.pitch % 12 in chords[bar % len(chords)])
    return inside / all_of_it


CHORDS = [(60, 64, 67), (57, 60, 64), (53, 57, 60), (55, 59, 62)]  # C Am F G


def test_by_default_the_band_learns_a_loop_and_is_in_its_chords_from_the_third_round_on(tmp_path: Path) -> None:
    lead, out = loop(tmp_path / "lead.mid", CHORDS, 20), tmp_path / "out.mid"
    run(out, "--bars", "20", "--seed", "3", "--follow", lead, "--track", "piano")
    classes = [{pitch % 12 for pitch in chord} for chord in CHORDS]
    assert share_in_chords(out, classes, range(8, 20)) > 0.85
    assert share_in_chords(out, classes, range(4)) < 0.7  # nobody can know the first round


def test_expecting_does_not_hear_what_is_played_later(tmp_path: Path) -> None:
    lead = loop(tmp_path / "lead.mid", CHORDS, 12)
    other = loop(tmp_path / "other.mid", [*CHORDS * 2, *[(61, 65, 68)] * 4], 12)
    bands = []
    for song in (lead, other):
        run(song.with_suffix(".out.mid"), "--bars", "12", "--seed", "3", "--follow", song, "--track", "piano")
        bands.append({**notes_in(song.with_suffix(".out.mid"), 36), "piano": []})
    assert bands[0] == bands[1]  # the first nine bars: the lead differs from the ninth on


@pytest.mark.parametrize("track", ["bass", "guitar", "piano", "strings"])
def test_the_band_plays_on_a_chart_whatever_track_it_is_on(tmp_path: Path, track: str) -> None:
    chart, out = tmp_path / "chart.txt", tmp_path / "out.mid"
    chart.write_text("C | Am\nF | G\n")
    run(out, "--bars", "12", "--seed", "5", "--chart", chart, "--chart-track", track)
    classes = [{pitch % 12 for pitch in chord} for chord in CHORDS]
    assert share_in_chords(out, classes, range(12)) > 0.9
    own = notes_in(out, 4)[track]
    if track == "bass":
        assert own == [(0, 36)]
    else:
        assert {pitch % 12 for _, pitch in own} == classes[0]


def test_a_silent_chart_leaves_its_track_silent(tmp_path: Path) -> None:
    chart, out = tmp_path / "chart.txt", tmp_path / "out.mid"
    chart.write_text("C | Am | F | G")
    run(out, "--bars", "8", "--seed", "5", "--chart", chart, "--chart-silent")
    assert "strings" not in notes_in(out, 32)


def test_a_chart_that_cannot_be_read_is_refused_with_its_place(tmp_path: Path) -> None:
    chart = tmp_path / "chart.txt"
    chart.write_text("C | Am | Hm7")
    said = run(tmp_path / "out.mid", "--chart", chart, code=1)
    assert "chart.txt" in said
    assert "bar 3" in said
    assert "Hm7" in said
    assert "--chart FILE" in run(tmp_path / "out.mid", "--chart-silent", code=2)
    chart.write_text("C")
    assert "--chart-track must be one of" in run(tmp_path / "o.mid", "--chart", chart, "--chart-track", "drums", code=2)


def test_a_band_that_cannot_anticipate_says_so(tmp_path: Path) -> None:
    song = lead(tmp_path / "c.mid", 48, bars=1)
    bundle = bundles.pretrained("lakh-five")
    options = ("--bars", "1", "--seed", "1", "--follow", song, "--bundle", bundle)
    said = run(tmp_path / "out.mid", *options, "--follow-mode", "previous-bar")
    assert "lakh-five cannot await you: it follows same-bar" in said
    run(tmp_path / "same.mid", *options, "--follow-mode", "same-bar")
    assert (tmp_path / "out.mid").read_bytes() == (tmp_path / "same.mid").read_bytes()
    assert "--follow FILE" in run(tmp_path / "o.mid", "--follow-mode", "same-bar", code=2)


def test_a_key_moves_the_band_and_what_it_hears_and_leaves_the_drums(tmp_path: Path) -> None:
    options = ("--bars", "4", "--seed", "7")
    run(tmp_path / "c.mid", *options)
    run(tmp_path / "d.mid", *options, "--key", "Bm")
    in_c, in_d = (notes_in(tmp_path / f"{name}.mid", 16) for name in "cd")
    assert {name: [(t, p + (0 if name == "drums" else 2)) for t, p in own] for name, own in in_c.items()} == in_d
    run(tmp_path / "c-led.mid", *options, "--follow", lead(tmp_path / "c-lead.mid", 48))
    run(tmp_path / "d-led.mid", *options, "--follow", lead(tmp_path / "d-lead.mid", 50), "--key", "D")
    in_c, in_d = (notes_in(tmp_path / f"{name}-led.mid", 16) for name in "cd")
    assert {name: [(t, p + (0 if name == "drums" else 2)) for t, p in own] for name, own in in_c.items()} == in_d
    assert "H" in run(tmp_path / "o.mid", "--key", "H", code=2)


def test_the_drums_can_be_followed_too(tmp_path: Path) -> None:
    file = mido.MidiFile()
    track = file.add_track()
    for _ in range(32):
        track.append(mido.Message("note_on", channel=9, note=36, velocity=90))
        track.append(mido.Message("note_off", channel=9, note=36, time=240))
    file.save(tmp_path / "drums.mid")
    run(tmp_path / "out.mid", "--bars", "4", "--seed", "1", "--follow", tmp_path / "drums.mid", "--track", "drums")
    (drums,) = [t for t in score_of(tmp_path / "out.mid").tracks if t.is_drum]
    assert {n.pitch for n in drums.notes} == {36}


def test_a_lead_that_is_no_midi_file_or_empty_is_explained(tmp_path: Path) -> None:
    (tmp_path / "no.mid").write_bytes(b"no midi at all")
    assert "cannot be read as a MIDI file" in run(tmp_path / "o.mid", "--follow", tmp_path / "no.mid", code=1)
    mido.MidiFile().save(tmp_path / "empty.mid")
    assert "has no note" in run(tmp_path / "o.mid", "--follow", tmp_path / "empty.mid", code=1)
    assert "--follow" in run(tmp_path / "o.mid", "--track", "bass", code=2)


def test_reading_keeps_a_restruck_note_and_ignores_the_drum_channel(tmp_path: Path) -> None:
    file = mido.MidiFile(ticks_per_beat=100)
    track = file.add_track()
    track.append(mido.Message("note_on", note=60, velocity=70))
    track.append(mido.Message("note_on", note=60, velocity=80, time=100))  # again, without an off
    track.append(mido.Message("note_on", note=60, velocity=0, time=50))
    track.append(mido.Message("note_on", channel=9, note=36, velocity=80))
    file.save(tmp_path / "x.mid")
    assert [(n.time, n.pitch, n.duration, n.velocity) for n in read_notes(tmp_path / "x.mid", PIANO)] == [
        (0.0, 60, 1.0, 70),
        (1.0, 60, 0.5, 80),
    ]
    with pytest.raises(MidiError, match="channel 10"):
        read_notes(tmp_path / "x.mid", DRUMS)


def test_of_a_file_with_a_track_of_that_name_only_that_track_is_followed(tmp_path: Path) -> None:
    run(tmp_path / "band.mid", "--bars", "4", "--seed", "7")
    (piano,) = [t for t in score_of(tmp_path / "band.mid").tracks if t.name == "piano"]
    assert len(read_notes(tmp_path / "band.mid", PIANO)) == len(piano.notes)
