"""`musegan-train sample`: its MIDI files are read back by three parsers, its pictures looked at."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib.image
import mido
import numpy as np
import pretty_midi
import pytest
import symusic
import torch
from click.testing import CliRunner
from numpy.typing import NDArray

from musegan_models.midi import MidiError, write_tracks
from musegan_models.model import Latents
from musegan_models.notes import Note, running
from musegan_models.spec import TRACKS, ModelSpec, Track
from musegan_train.cli import main
from musegan_train.data.phrases import Phrases, describe_spec, pack, save
from musegan_train.fit import state as states
from musegan_train.fit.config import config_from_recipe
from musegan_train.measure import sample, torch_band
from musegan_train.measure.midi_folder import MidiFolder
from musegan_train.measure.picture import COLOURS, draw_phrases


@pytest.fixture(autouse=True)
def few_phrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose thresholds on few phrases: what has not learned anything plays nothing better upon many."""
    monkeypatch.setattr(torch_band, "_PLAYED", 16)


def run(*args: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["sample", *map(str, args)])
    assert result.exit_code == code, result.output
    return result.output


def planes_at_random(n: int, spec: ModelSpec, seed: int = 0) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    shape = (2, n, spec.n_measures, spec.n_tracks, spec.measure_resolution, spec.n_pitches)
    onset, sustain = np.random.default_rng(seed).random(shape) < 0.05
    sustain = running(onset, sustain & ~onset)
    drums = [i for i, track in enumerate(spec.tracks) if track.is_drum]
    sustain[:, :, drums] = False
    return onset, sustain


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with phrases, half of them held out."""
    onset, sustain = planes_at_random(8, ModelSpec("songs"))
    manifest = {**describe_spec(ModelSpec("songs")), "songs": [{}]}
    save(tmp_path / "data", Phrases(pack(onset), pack(sustain), np.zeros(8, np.int32), np.arange(8) >= 4, manifest))
    return tmp_path


def run_of(folder: Path, preset: str) -> Path:
    """Make a run that has not learned anything yet."""
    facts = json.loads((folder / "data" / "manifest.json").read_text())
    config = config_from_recipe(folder / "data", facts, preset, width=0.05, name=f"the {preset}")
    (folder / preset).mkdir()
    (folder / preset / "config.json").write_text(config.to_json())
    states.save(states.start(config, torch.device("cpu")), folder / preset)
    return folder / preset


def test_midi_says_tempo_metre_programs_and_drums_to_every_parser(tmp_path: Path) -> None:
    spec, path = ModelSpec("band"), tmp_path / "phrases.mid"
    onset, sustain = planes_at_random(2, spec)
    sample.write_midi(path, (onset, sustain), spec, tempo=96)
    file = mido.MidiFile(path)
    events = [event for track in file.tracks for event in track]
    assert file.type == 1
    assert [mido.tempo2bpm(e.tempo) for e in events if e.type == "set_tempo"] == [pytest.approx(96)]
    assert [(e.numerator, e.denominator) for e in events if e.type == "time_signature"] == [(4, 4)]
    drums = next(track for track in file.tracks if track.name == "drums")
    assert {event.channel for event in drums if not event.is_meta} == {9}

    score: Any = symusic.Score(path)
    pretty = pretty_midi.PrettyMIDI(str(path))
    n_notes = onset.sum(axis=(0, 1, 3, 4)).tolist()
    assert [(t.name, t.program, t.is_drum) for t in score.tracks] == [(t.name, t.program, t.is_drum) for t in TRACKS]
    assert [len(track.notes) for track in score.tracks] == n_notes
    assert [(t.name, t.program, t.is_drum) for t in pretty.instruments] == [
        (t.name, t.program, t.is_drum) for t in TRACKS
    ]
    assert [len(instrument.notes) for instrument in pretty.instruments] == n_notes
    assert pretty.get_tempo_changes()[1].tolist() == [pytest.approx(96)]


@pytest.mark.parametrize("beat_resolution", [4, 6, 12, 24])
def test_written_phrases_are_read_back_cell_by_cell(tmp_path: Path, beat_resolution: int) -> None:
    spec = ModelSpec("band", beat_resolution=beat_resolution)
    onset, sustain = planes_at_random(1, spec)
    sample.write_midi(tmp_path / "a.mid", (onset, sustain), spec, tempo=120)
    ((again, held),) = MidiFolder(tmp_path / "a.mid", spec).phrases()
    np.testing.assert_array_equal(again, onset)
    np.testing.assert_array_equal(held, sustain)


def test_phrases_follow_each_other_after_a_bar_of_rest(tmp_path: Path) -> None:
    spec = ModelSpec("band")
    onset = np.zeros((2, 4, 5, 16, 84), bool)
    onset[:, 0, 3, 0, 40] = True
    sample.write_midi(tmp_path / "a.mid", (onset, np.zeros_like(onset)), spec, tempo=120)
    score: Any = symusic.Score(tmp_path / "a.mid")
    piano = next(track for track in score.tracks if track.name == "piano")
    beats = [note.time / score.ticks_per_quarter for note in piano.notes]
    assert beats == [0, 20]


def test_more_pitched_tracks_than_channels_are_refused(tmp_path: Path) -> None:
    tracks = [Track(f"t{i}", 0, False) for i in range(16)]
    with pytest.raises(MidiError, match="pitched tracks must be at most 15"):
        write_tracks(tmp_path / "a.mid", tracks, {}, 120)
    write_tracks(tmp_path / "a.mid", tracks[:15], {}, 120)
    channels = [
        event.channel for track in mido.MidiFile(tmp_path / "a.mid").tracks for event in track if not event.is_meta
    ]
    assert len(set(channels)) == 15
    assert 9 not in channels


def test_sample_writes_a_file_for_each_phrase_and_a_picture(folder: Path) -> None:
    said = run(run_of(folder, "hybrid"), "-o", folder / "out", "--phrases", 3, "--tempo", 90)
    names = sorted(path.name for path in (folder / "out").iterdir())
    assert names == ["phrase-01.mid", "phrase-02.mid", "phrase-03.mid", "phrases.png"]
    assert "3 phrases of the hybrid, step 0, seed 0" in said
    assert pretty_midi.PrettyMIDI(str(folder / "out" / "phrase-02.mid")).get_tempo_changes()[1].tolist() == [
        pytest.approx(90)
    ]


def test_sample_writes_the_one_file_that_is_named(folder: Path) -> None:
    made = run_of(folder, "hybrid")
    for name in ("all.mid", "all.png", "all.svg"):
        run(made, "-o", folder / name, "--phrases", 2)
    assert mido.MidiFile(folder / "all.mid").length > 0
    assert (folder / "all.svg").read_text().startswith("<?xml")


def test_the_same_seed_plays_the_same_phrases(folder: Path) -> None:
    made = run_of(folder, "hybrid")
    for name, seed in (("a.mid", 1), ("b.mid", 1), ("c.mid", 2)):
        run(made, "-o", folder / name, "--seed", seed)
    a, b, c = ((folder / name).read_bytes() for name in ("a.mid", "b.mid", "c.mid"))
    assert a == b != c


@pytest.mark.parametrize("preset", ["hybrid-conditional", "hybrid-bar", "midinet", "live"])
def test_models_of_every_kind_play(folder: Path, preset: str) -> None:
    run(run_of(folder, preset), "-o", folder / "out", "--phrases", 2)
    assert (folder / "out" / "phrase-02.mid").is_file()


def test_a_given_track_is_that_of_held_out_phrases(folder: Path) -> None:
    run(run_of(folder, "hybrid-conditional"), "-o", folder / "a.mid", "--phrases", 2)
    score: Any = symusic.Score(folder / "a.mid")
    given = next(track for track in score.tracks if track.name == "piano")
    assert len(given.notes) > 0
    run(run_of(folder, "live"), "-o", folder / "b.mid", "--phrases", 2, "--given", "drums")
    score = symusic.Score(folder / "b.mid")
    assert any(track.is_drum and len(track.notes) for track in score.tracks)


def test_a_track_that_cannot_be_given_is_refused(folder: Path) -> None:
    assert "it hears nobody" in run(run_of(folder, "hybrid"), "-o", folder / "a.mid", "--given", "piano", code=2)
    assert "got flute" in run(run_of(folder, "live"), "-o", folder / "a.mid", "--given", "flute", code=2)


def test_a_folder_that_is_no_band_is_named(folder: Path) -> None:
    assert "is neither a bundle" in run(folder / "data", "-o", folder / "a.mid", code=2)


class TwoAtOnce:
    """A band that plays two notes at a time in each track, the lower one surer."""

    def __init__(self) -> None:
        self.spec = ModelSpec("two", tracks=tuple(replace(t, is_monophonic=t.name == "bass") for t in TRACKS))

    def phrase(self, latents: Latents, *_: object) -> NDArray[np.float32]:
        made = np.zeros((len(latents.shared), self.spec.n_measures, *self.spec.bar_shape), np.float32)
        made[..., 0, :, ::4, 30], made[..., 0, :, ::4, 37] = 0.9, 0.8
        return made


def test_a_monophonic_track_is_shown_with_one_note_at_a_time_as_on_stage() -> None:
    onset, _ = sample.play(TwoAtOnce(), 2, seed=0)
    bass = [track.name for track in TRACKS].index("bass")
    assert onset[:, :, bass].sum(axis=-1).max() == 1
    assert onset[:, :, bass, ::4, 30].all()
    assert onset[:, :, bass + 1, ::4].sum(axis=-1).min() == 2


def test_phrases_can_be_named_in_the_picture(tmp_path: Path) -> None:
    spec, planes = ModelSpec("band"), np.zeros((2, 4, 2, 5, 16, 84), np.float32)
    draw_phrases(planes, spec, tmp_path / "a.png")
    draw_phrases(planes, spec, tmp_path / "b.png", names=("one", "two"))
    plain, named = (matplotlib.image.imread(tmp_path / f"{name}.png")[..., :3] for name in "ab")
    assert (named < 0.5).sum() > (plain < 0.5).sum()


def test_the_picture_shows_each_track_in_its_colour(tmp_path: Path) -> None:
    spec = ModelSpec("band")
    planes = np.zeros((3, 4, 2, 5, 16, 84), np.float32)
    planes[:, :, 0, :, :, 20:60] = 1
    draw_phrases(planes, spec, tmp_path / "a.png", "three phrases")
    pixels = (matplotlib.image.imread(tmp_path / "a.png")[..., :3] * 255).round().astype(int).reshape(-1, 3)
    for colour in COLOURS[: spec.n_tracks]:
        wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        assert (np.abs(pixels - wanted).max(axis=1) <= 2).sum() > 1000


@pytest.mark.parametrize("n_planes", [1, 2])
def test_one_plane_and_one_bar_can_be_drawn(tmp_path: Path, n_planes: int) -> None:
    spec = ModelSpec("melody", tracks=(Track("melody", 0, False),), n_measures=1, has_onsets=n_planes == 2)
    draw_phrases(np.ones((1, 1, n_planes, 1, 16, 84)), spec, tmp_path / "a.png")
    assert matplotlib.image.imread(tmp_path / "a.png").size


def test_midi_files_of_any_length_are_drawn_beside_them(tmp_path: Path) -> None:
    for name, n_bars in (("short", 3), ("long", 9)):
        notes = {track.name: [Note(bar * 4.0, 60, 4.0, 90) for bar in range(n_bars)] for track in TRACKS[:2]}
        write_tracks(tmp_path / f"{name}.mid", TRACKS, notes, 120)
    result = CliRunner().invoke(main, ["draw", str(tmp_path / "short.mid"), str(tmp_path / "long.mid")])
    assert result.exit_code == 0, result.output
    assert "short.png, 3 bars" in result.output
    assert "long.png, 9 bars" in result.output
    short, long = (matplotlib.image.imread(tmp_path / f"{name}.png") for name in ("short", "long"))
    assert long.shape[1] > 2 * short.shape[1]


def test_a_file_without_notes_is_not_drawn(tmp_path: Path) -> None:
    write_tracks(tmp_path / "rest.mid", TRACKS, {}, 120)
    result = CliRunner().invoke(main, ["draw", str(tmp_path / "rest.mid")])
    assert result.exit_code == 1
    assert "has no note" in result.output
