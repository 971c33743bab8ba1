"""`musegan-train evaluate` and `table`: bands, songs and MIDI files, measured with real parts."""

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from numpy.typing import NDArray

from musegan_models import midi
from musegan_models.model import Latents
from musegan_models.networks import Generator
from musegan_models.notes import Note, running
from musegan_models.presets import PRESETS, preset
from musegan_models.spec import TRACKS, ModelSpec, Track
from musegan_train.cli import main
from musegan_train.data.phrases import Phrases, describe_spec, pack, save
from musegan_train.fit import state as states
from musegan_train.fit.batches import Batches
from musegan_train.fit.config import config_from_recipe
from musegan_train.measure import metrics, published
from musegan_train.measure.cli import _band
from musegan_train.measure.evaluate import Settings, evaluate_band, evaluate_data, json_from_report
from musegan_train.measure.following import following
from musegan_train.measure.midi_folder import MidiFolder
from musegan_train.measure.references import Reference
from musegan_train.measure.rows import HELD_OUT
from musegan_train.measure.tables import csv_rows, tables
from musegan_train.measure.tally import tally
from musegan_train.measure.torch_band import TorchBand, band_of_run

FloatArray = NDArray[np.float32]
EIGHT = (
    *(Track(name, 0, name == "drums") for name in ("drums", "piano", "guitar", "bass")),
    *(Track(name, 0, False) for name in ("ensemble", "reed", "synth_lead", "synth_pad")),
)


def phrases_at_random(n: int = 12, tracks: tuple[Track, ...] = TRACKS, beat_resolution: int = 4) -> Phrases:
    spec = ModelSpec("songs", tracks=tracks, beat_resolution=beat_resolution)
    planes = np.random.default_rng(5).random((n, 2, 4, len(tracks), spec.measure_resolution, 84)) < 0.02
    planes[:, 1] = running(planes[:, 0], planes[:, 1] & ~planes[:, 0])
    song, held_out = np.zeros(n, np.int32), np.arange(n) >= 2
    manifest = {**describe_spec(spec), "songs": [{}]}
    return Phrases(pack(planes[:, 0]), pack(planes[:, 1]), song, held_out, manifest)


class Parrot:
    """A band whose pitched tracks all play what they are given, and noise where nothing is."""

    def __init__(self) -> None:
        self.spec = ModelSpec("parrot")
        self.batches: list[int] = []

    def phrase(
        self,
        latents: Latents,
        condition: FloatArray | None = None,
        given: FloatArray | None = None,
        chord: FloatArray | None = None,
        awaited: FloatArray | None = None,
        before: FloatArray | None = None,
    ) -> FloatArray:
        n = len(latents.shared)
        self.batches.append(n)
        if condition is None or given is None:
            return np.random.default_rng(n).random((n, 4, 2, 5, 16, 84), np.float32) ** 9
        return np.repeat(condition.sum(axis=3, keepdims=True, dtype=np.float32), 5, axis=3)


def run(*args: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert result.exit_code == code, result.output
    return result.output


def test_a_report_compares_held_out_songs_with_each_way_to_play() -> None:
    band = Parrot()
    report = evaluate_band(band, phrases_at_random(), Settings(n_phrases=5, seed=1, batch=2, chains=0))
    rows = ["held-out", "held-out, others", "data", "from scratch", "one track given"]
    assert list(report["metrics"]) == list(report["paper"]) == rows
    assert list(report["relative_error"]) == list(report["distances"]) == rows[1:]
    assert report["metrics"]["one track given"].keys() == report["metrics"]["held-out"].keys()
    assert report["phrases"]["from scratch"] == 5
    assert report["bars"]["from scratch"] == 20
    assert band.batches == [2, 2, 1] * 6  # from scratch, then each of five tracks given


def test_a_band_that_copies_the_given_track_follows_it() -> None:
    follows = evaluate_band(Parrot(), phrases_at_random(), Settings(5, chains=0))["following"]
    assert list(follows) == ["bass", "drums", "guitar", "piano", "strings"]
    for kinds in follows.values():
        assert kinds["generated"]["rhythm matched"] == 1
        assert kinds["generated"]["rhythm gain"] > 0.2
    assert np.isnan(follows.pop("drums")["generated"]["matched"])  # they have no chroma
    for kinds in follows.values():
        assert kinds["generated"]["matched"] == pytest.approx(0, abs=1e-6)
        assert kinds["generated"]["gain"] > 0.3
        assert abs(kinds["held-out"]["gain"]) < 0.3


def test_following_tells_a_band_that_listens_from_one_that_does_not() -> None:
    spec = ModelSpec("test")
    rng = np.random.default_rng(2)
    given = rng.integers(0, 12, (40, 4))
    listens, ignores = np.zeros((2, 40, 4, 5, 16, 84), bool)
    for phrase, measure in np.ndindex(40, 4):
        for track in (0, 2, 3, 4):
            listens[phrase, measure, track, ::4, 24 + given[phrase, measure]] = True
            pitch = given[phrase, measure] if track == 0 else rng.integers(0, 12)
            ignores[phrase, measure, track, ::4, 24 + pitch] = True
    heard, unheard = (tally([(planes, np.zeros_like(planes))], spec) for planes in (listens, ignores))
    assert following(heard, 0)["matched"] == pytest.approx(0, abs=1e-6)
    assert following(heard, 0)["gain"] > 1
    assert abs(following(unheard, 0)["gain"]) < 0.25


def test_a_condition_holds_the_given_track_and_nothing_else() -> None:
    data = phrases_at_random()
    condition, mask = Reference(data, ModelSpec("test")).condition(np.arange(2), 2)
    cells = data.unpack(slice(0, 2))
    assert condition.shape == (2, 4, 2, 5, 16, 84)
    np.testing.assert_array_equal(condition[:, 3, 1, 2], cells[:, 1, 3, 2])
    assert condition.sum() == cells[:, :, :, 2].sum()
    np.testing.assert_array_equal(mask, [[0, 0, 1, 0, 0]] * 2)


def test_a_report_is_the_same_for_the_same_seed() -> None:
    first, second = (evaluate_band(Parrot(), phrases_at_random(), Settings(5, seed=3, chains=2)) for _ in range(2))
    assert json_from_report(first) == json_from_report(second)  # NaN is not equal to itself, None is


def test_a_number_that_could_not_be_measured_is_null_in_json() -> None:
    assert json_from_report({"metrics": {"UPC": {"bass": float("nan"), "piano": 1.5}}, "phrases": 2}) == {
        "metrics": {"UPC": {"bass": None, "piano": 1.5}},
        "phrases": 2,
    }


def test_phrases_of_another_kind_or_without_held_out_songs_are_refused() -> None:
    with pytest.raises(ValueError, match="beat_resolution must be 6"):
        evaluate_band(Parrot(), phrases_at_random(beat_resolution=6))
    with pytest.raises(ValueError, match="hold out 2 or more, got 0"):
        evaluate_band(Parrot(), dataclasses.replace(phrases_at_random(), held_out=np.zeros(12, bool)))


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_can_be_measured(name: str) -> None:
    torch.manual_seed(0)
    made = preset(name, beat_resolution=4, width=0.1, tracks=EIGHT if name.startswith("binary") else None)
    data = phrases_at_random(6, TRACKS if made.spec.has_chord else made.spec.tracks)
    report = evaluate_band(TorchBand(Generator(made).eval()), data, Settings(3, chains=2))
    ways = {row for row in report["metrics"] if not row.startswith("held-out")} - {"data"}
    if made.spec.condition_track is not None:
        assert ways == {"one track given"}
        assert made.spec.condition_track not in report["metrics"]["one track given"]["EB"]
    else:
        expected = ["from scratch"] + ["one track given"] * made.spec.conditional
        expected += ["one track awaited"] * made.spec.anticipates
        if made.spec.anticipates:
            expected += [f"{row}, tidied" for row in expected]
        assert ways == {*expected}
        assert bool(report["summary"]) == made.spec.anticipates
    assert report["bars"].pop("data") == 8  # two phrases were not held out
    assert set(report["bars"].values()) == {12}
    assert all(np.isfinite(value) for value in report["metrics"]["held-out"]["EB"].values())
    assert len(tables(report)) >= 4


@pytest.mark.parametrize("beat_resolution", [6, 12, 24])
def test_the_papers_models_can_be_measured_at_every_resolution(beat_resolution: int) -> None:
    made = preset("hybrid", beat_resolution=beat_resolution, width=0.05)
    data = phrases_at_random(6, beat_resolution=beat_resolution)
    report = evaluate_band(TorchBand(Generator(made).eval()), data, Settings(2, chains=2))
    assert report["steps_per_bar"] == beat_resolution * 4


def test_songs_measured_against_songs_have_a_row_each() -> None:
    data = phrases_at_random(40)
    data = dataclasses.replace(data, held_out=np.arange(40) >= 20)
    report = evaluate_data(data, ModelSpec("songs"), Settings(0))
    assert report["phrases"] == {"data": 20, "held-out": 20}
    assert report["relative_error"]["data"]["mean"] < 0.2
    assert report["diversity"]["data"]["pairwise"] > 0.9


def write_song(path: Path, roots: list[int], n_bars: int = 4) -> None:
    """Write a bar of C major's like for each root: a triad a beat, a bass and a kick drum."""
    notes: dict[str, list[Note]] = {track.name: [] for track in TRACKS}
    for bar in range(n_bars):
        for beat in range(4):
            time, root = bar * 4 + beat, roots[bar % len(roots)]
            for name, pitches in (("bass", [36]), ("piano", [60, 64, 67]), ("guitar", [48]), ("strings", [72])):
                notes[name] += [Note(time, pitch + root, 1, 90) for pitch in pitches]
            notes["drums"].append(Note(time, 36, 0.25, 90))
    midi.write_tracks(path, TRACKS, notes, 100)


def test_midi_files_are_measured_without_anything_else(tmp_path: Path) -> None:
    write_song(tmp_path / "a.mid", [0])
    write_song(tmp_path / "b.mid", [7, 5], n_bars=9)
    (tmp_path / "broken.mid").write_bytes(b"MThd")
    out = tmp_path / "report.json"
    said = run("evaluate", tmp_path, "--json", out, "--csv", tmp_path / "report.csv")
    assert "left out: broken.mid: unreadable" in said
    report = json.loads(out.read_text())
    assert report["files"] == 2
    assert report["bars"] == {"MIDI files": 12}  # of the nine bars two phrases
    measured = report["metrics"]["MIDI files"]
    assert measured["UPC"] == {"bass": 1, "guitar": 1, "piano": 3, "strings": 1}
    assert measured["DP"] == {"drums": 1}
    assert measured["TD"]["bass-piano"] == pytest.approx(1.0293, abs=1e-4)
    rows = list(csv.DictReader((tmp_path / "report.csv").read_text().splitlines()))
    assert {"kind": "metrics", "row": "MIDI files", "metric": "UPC", "track": "piano", "value": "3"} in rows


def test_a_midi_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_song(tmp_path / "song.mid", [0, 9])
    ((onset, sustain),) = MidiFolder(tmp_path / "song.mid", ModelSpec("x")).phrases()
    assert onset.shape == (1, 4, 5, 16, 84)
    assert np.argwhere(onset[0, 1, 3, 0]).ravel().tolist() == [60 + 9 - 24, 64 + 9 - 24, 67 + 9 - 24]
    assert sustain[0, 0, 3].sum() == 3 * 12
    assert not sustain[0, :, 1].any()


def test_midi_files_are_measured_beside_held_out_songs(tmp_path: Path) -> None:
    save(tmp_path / "data", phrases_at_random())
    write_song(tmp_path / "a.mid", [0])
    report = tmp_path / "report.json"
    run("evaluate", tmp_path / "a.mid", tmp_path / "data", "--phrases", 5, "--json", report)
    rows = json.loads(report.read_text())
    assert list(rows["metrics"]) == ["held-out", "held-out, others", "MIDI files"]
    assert rows["distances"]["MIDI files"]["UPC"]["piano"] > 1
    assert rows["nearest"]["MIDI files"]["copies"] == 0


def test_a_folder_without_midi_files_is_named(tmp_path: Path) -> None:
    assert "holds no MIDI file" in run("evaluate", tmp_path, code=1)
    (tmp_path / "broken.mid").write_bytes(b"no")
    assert "no MIDI file could be measured" in run("evaluate", tmp_path, code=1)


def small_run(path: Path, **changes: Any) -> Path:
    """Make a run that has not learned anything yet, and its phrases."""
    save(path / "data", phrases_at_random())
    (path / "run").mkdir()
    facts = describe_spec(ModelSpec("songs"))
    config = config_from_recipe(path / "data", facts, **{"preset": "hybrid", "width": 0.05, **changes})
    (path / "run" / "config.json").write_text(config.to_json())
    states.save(states.start(config, torch.device("cpu")), path / "run")
    return path / "run"


def test_a_run_is_measured_beside_the_songs_it_was_trained_on(tmp_path: Path) -> None:
    made = small_run(tmp_path)
    said = run("evaluate", made, "--phrases", 3, "--chains", 2, "--json", made / "evaluation.json")
    assert "from scratch" in said
    report = json.loads((made / "evaluation.json").read_text())
    assert report["preset"] == "hybrid"
    assert report["step"] == 0
    assert report["bars"] == {"held-out": 12, "held-out, others": 12, "data": 8, "from scratch": 12}


def test_a_run_whose_phrases_are_gone_asks_for_others(tmp_path: Path) -> None:
    made = small_run(tmp_path)
    (tmp_path / "data").rename(tmp_path / "elsewhere")
    assert "name DATA too" in run("evaluate", made, code=2)
    assert "from scratch" in run("evaluate", made, tmp_path / "elsewhere", "--phrases", 3, "--chains", 0)


@pytest.mark.parametrize(("wanted", "played"), [(3, 128), (200, 200), (5000, 512), (0, 512)])
def test_levels_of_a_run_are_settled_on_about_as_many_phrases_as_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: int, played: int
) -> None:
    asked: list[int] = []

    def choose(generator: Generator, batches: Batches, n_phrases: int, *_: object) -> tuple[Track, ...]:
        asked.append(n_phrases)
        return generator.spec.tracks

    monkeypatch.setattr("musegan_train.measure.torch_band.choose_thresholds", choose)
    band_of_run(small_run(tmp_path, preset="live", width=0.03), n_phrases=wanted)
    assert asked == [played]


def test_settling_the_levels_of_a_run_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musegan_train.measure.torch_band._PLAYED", 8)
    said: list[str] = []
    _band(small_run(tmp_path, preset="live", width=0.03), None, None, 8, said.append)
    assert len(said) == 48  # alone and beside five tracks, eight rounds each
    assert said[0].startswith("settling levels ╌╌")
    assert said[47].startswith("settling levels ━━")
    assert said[47].endswith(" 47/48")


def test_what_is_no_bundle_cannot_be_updated(tmp_path: Path) -> None:
    save(tmp_path / "data", phrases_at_random())
    assert "--update puts numbers into a bundle" in run("evaluate", tmp_path / "data", "--update", code=2)


def test_the_rules_of_counting_can_be_chosen(tmp_path: Path) -> None:
    save(tmp_path / "data", phrases_at_random())
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    run("evaluate", tmp_path / "data", "--json", ours)
    run(
        "evaluate", tmp_path / "data", "--json", theirs, "--note-steps", 1, "--off-beat", 1, "--whole-bars",
        "--pool-notes",
    )  # fmt: skip
    first, second = (json.loads(path.read_text())["metrics"]["held-out"] for path in (ours, theirs))
    assert first["QN"]["bass"] < second["QN"]["bass"] == pytest.approx(1)
    assert first["DP"]["drums"] < second["DP"]["drums"] == pytest.approx(1)
    assert first["TD"] != second["TD"]


def test_paper_prints_what_the_papers_printed_beside_ours(tmp_path: Path) -> None:
    save(tmp_path / "data", phrases_at_random())
    said = run("evaluate", tmp_path / "data", "--paper")
    assert "paper:" in said
    assert "1.710" in said  # pitch classes of the paper's bass


def small_report() -> dict[str, Any]:
    return json_from_report(
        {**evaluate_band(Parrot(), phrases_at_random(), Settings(5, chains=3)), "preset": "hybrid", "step": 70}
    )


def test_a_report_becomes_tables_with_a_row_for_each_number() -> None:
    report = small_report()
    n = sum(map(len, report["metrics"]["held-out"].values()))
    measured, away, errors, ways, changes, follows, rhythm, various, covered, heard, places = tables(report)
    assert measured.row_count == away.row_count == n
    assert errors.row_count == len(metrics.COMPARED) + 1
    assert ways.row_count == 6 + 1  # pairs, and their mean
    assert changes.row_count == 5
    assert (follows.row_count, rhythm.row_count) == (4 * 3, 5 * 3)
    assert (various.row_count, covered.row_count) == (4, 3)  # two phrases trained on are too few to cover
    assert heard.row_count == 1 + 16 + 1  # songs and chains, figures, mean
    assert (places.row_count, len(places.columns)) == (6, 1 + 8 + 1)
    rows = list(csv_rows(report))
    assert len([row for row in rows if row[0] == "metrics" and row[1] == "held-out"]) == n


def test_table_prints_the_papers_tables_with_our_lines(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(small_report()))
    said = run("table", tmp_path / "a.json")
    assert said.count("| hybrid, from scratch, step 70, 16 steps |") == 2
    assert "paper:" not in said
    widths = {line.count("|") for line in said.split("**Table 2")[0].splitlines() if line.startswith("|")}
    assert widths == {17}
    printed = run("table", tmp_path / "a.json", "--paper")
    assert "| paper: training data | 8.1 | 8.1 | 19.4 | 24.8 | 10.1 | 1.71 | 3.08 | 3.28 | 3.38 |" in printed
    assert "| paper: training data, shuffled | 1.59 | 1.59 | 1.56 | 1.14 | 1.12 | 1.13 |" in printed
    assert "| paper: hybrid, track-conditional | 1.39 | 1.36 | 1.38 | 0.96 | 0.94 | 0.95 |" in printed


def test_table_prints_binary_muse_gan_beside_its_paper(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({**small_report(), "preset": "binary"}))
    printed = run("table", tmp_path / "a.json", "--paper")
    assert "| paper: two-stage, deterministic neurons | 0.78 | 0.45 | 0.87 |" in printed


def test_table_names_a_file_that_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    assert "a.json: not what musegan-train evaluate --json writes" in run("table", tmp_path / "a.json", code=1)
    (tmp_path / "b.json").write_text("no")
    assert "b.json is no JSON file" in run("table", tmp_path / "b.json", code=1)


def test_the_published_numbers_are_shares_and_distances() -> None:
    assert len(published.AAAI) == 8
    for row in published.AAAI:
        values = [value for metric in ("EB", "QN", "DP") for value in row.values[metric].values()]
        assert all(0 <= value <= 1 or np.isnan(value) for value in values)
    assert HELD_OUT == "held-out"
