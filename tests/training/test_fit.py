"""Training: every preset learns, runs resume to the bit, folders explain themselves, errors say what is wrong."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import mido
import numpy as np
import pytest
import torch
from click.testing import CliRunner
from torch import Tensor

from musegan_models.blocks import PrivateBatchNorm
from musegan_models.bundle import BundleError, pretrained
from musegan_models.networks import draw_z
from musegan_models.presets import PRESETS
from musegan_models.spec import ModelSpec
from musegan_train.cli import main
from musegan_train.data import phrases as phrase_sets
from musegan_train.data.phrases import Phrases, describe_spec, pack, save
from musegan_train.export.export import TOLERANCE, check_parity
from musegan_train.fit.average import reestimate_norms
from musegan_train.fit.batches import Batch, Batches
from musegan_train.fit.begin import begin_with
from musegan_train.fit.cli import config_for, stopping
from musegan_train.fit.config import Config, ConfigError, config_from_recipe, load_config
from musegan_train.fit.fit import fit
from musegan_train.fit.generate import roll_out
from musegan_train.fit.recipes import RECIPES
from musegan_train.fit.run import hours_of, load_average
from musegan_train.fit.stages import Stage, learning_rate_at, n_critic_at, slope_at, stage_at, stages_of
from musegan_train.fit.state import CHECKPOINT, PREVIOUS, CheckpointError, preset_of, start
from musegan_train.fit.state import save as save_state
from musegan_train.fit.trainer import TrainingError

SPEC = ModelSpec("data")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty phrases of random notes, eight of them held out."""
    return write_phrases(tmp_path_factory.mktemp("data") / "phrases", 40)


def write_phrases(path: Path, n: int, spec: ModelSpec = SPEC) -> Path:
    shape = (n, 2, spec.n_measures, spec.n_tracks, spec.measure_resolution, spec.n_pitches)
    cells = np.random.default_rng(0).random(shape) < 0.02
    cells[:, 1] &= ~cells[:, 0]
    packed = pack(cells)
    manifest = {**describe_spec(spec), "songs": [{"md5": f"{i}"} for i in range(n)]}
    save(path, Phrases(packed[:, 0], packed[:, 1], np.arange(n, dtype=np.int32), np.arange(n) >= n - n // 5, manifest))
    return path


def config(data: Path, preset: str = "live", **changes: Any) -> Config:
    small: dict[str, Any] = {
        "steps": 4, "batch": 4, "n_critic": 1, "burst": 0, "width": 0.0625, "sample_every": 100,
        "checkpoint_every": 100, "accelerator": "cpu",
    }  # fmt: skip
    if RECIPES[preset].second_stage != "none":
        small |= {"second_steps": 4, "second_batch": 2}
    return config_from_recipe(data, phrase_sets.load(data).manifest, preset, **{**small, **changes})


def checkpoint(run: Path, name: str = CHECKPOINT) -> dict[str, Any]:
    read: dict[str, Any] = torch.load(run / name, weights_only=True)
    return read


def is_same(a: Any, b: Any) -> bool:
    """Compare whatever a checkpoint holds, to the bit."""
    if isinstance(a, Tensor):
        return torch.equal(a, b)
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(is_same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(is_same, a, b))
    return bool(a == b)


def musegan_train(*args: str | Path, code: int = 0) -> str:
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_has_a_recipe_and_learns(data: Path, tmp_path: Path, preset: str) -> None:
    changes = {"second_steps": 1} if RECIPES[preset].second_stage != "none" else {}
    stats = list(fit(tmp_path, config(data, preset, steps=1, **changes)))
    assert all(math.isfinite(stats[-1][name]) for name in ("critic_loss", "distance", "penalty", "generator_loss"))
    made = checkpoint(tmp_path)
    assert not is_same(made["generator"], checkpoint_before(data, preset))
    _, band, step = load_average(tmp_path)
    assert step == len(stats)
    assert not band.training


def checkpoint_before(data: Path, preset: str) -> dict[str, Any]:
    return start(config(data, preset), torch.device("cpu")).generator.state_dict()


@pytest.mark.parametrize("loss", ["wgan-gp", "hinge", "relativistic", "midinet"])
@pytest.mark.parametrize("preset", ["live", "jamming", "midinet"])
def test_every_loss_trains_every_kind_of_critic(data: Path, tmp_path: Path, preset: str, loss: str) -> None:
    stats = list(fit(tmp_path, config(data, preset, loss=loss, penalty=1.0, steps=2)))
    assert all(math.isfinite(s["critic_loss"] + s["generator_loss"]) for s in stats)
    if preset == "live":
        assert (stats[0]["penalty"] > 0) == (loss in ("wgan-gp", "relativistic"))


@pytest.mark.parametrize(
    ("preset", "changes"),
    [
        ("live", {"steps": 10, "own_before": 0.5}),
        ("hybrid", {"steps": 10, "burst": 3, "burst_every": 4, "augment": True, "decay": 0.5}),
        ("live", {"steps": 10, "loss": "hinge"}),
        ("binary-stochastic", {"steps": 3, "second_steps": 7}),
    ],
)
def test_a_run_that_was_stopped_goes_on_to_the_bit(
    data: Path, tmp_path: Path, preset: str, changes: dict[str, Any]
) -> None:
    wanted = config(data, preset, **changes)
    whole = list(fit(tmp_path / "whole", wanted))
    first: list[dict[str, Any]] = []
    for stats in fit(tmp_path / "parts", wanted, stop=lambda: len(first) == 4):
        first.append(stats)
    rest = list(fit(tmp_path / "parts", wanted))
    assert [s["step"] for s in first] == [1, 2, 3, 4, 5]
    assert [s["step"] for s in rest] == [6, 7, 8, 9, 10]
    assert [s["generator_loss"] for s in first + rest] == [s["generator_loss"] for s in whole]
    assert is_same(checkpoint(tmp_path / "whole"), checkpoint(tmp_path / "parts"))
    logged = [json.loads(line)["step"] for line in (tmp_path / "parts" / "stats.jsonl").read_text().splitlines()]
    assert logged == list(range(1, 11))


def test_steps_after_the_checkpoint_are_forgotten_and_made_again(data: Path, tmp_path: Path) -> None:
    wanted = config(data, steps=5, checkpoint_every=2)
    for stats in fit(tmp_path, wanted):
        if stats["step"] == 3:
            break  # as when the machine stops: step 3 is logged, the checkpoint is of step 2
    with (tmp_path / "stats.jsonl").open("a") as file:
        file.write('{"step": 4, "dist')
    assert [s["step"] for s in fit(tmp_path, wanted)] == [3, 4, 5]
    logged = [json.loads(line)["step"] for line in (tmp_path / "stats.jsonl").read_text().splitlines()]
    assert logged == [1, 2, 3, 4, 5]


def test_a_finished_run_has_nothing_left_to_do_until_it_is_given_more_steps(data: Path, tmp_path: Path) -> None:
    assert len(list(fit(tmp_path, config(data)))) == 4
    assert list(fit(tmp_path, config(data))) == []
    assert [s["step"] for s in fit(tmp_path, config(data, steps=6))] == [5, 6]


def test_two_processes_train_as_one_does(data: Path, tmp_path: Path) -> None:
    # Of `live`, tracks are put together, and harmony is matched, in each process for itself.
    options = ["--preset", "live-phrases", "--width", "0.125", "--steps", "3", "--batch", "8", "--n-critic", "2"]
    for devices in (1, 2):
        done = subprocess.run(
            [sys.executable, "-m", "musegan_train", "fit", str(data), "-o", str(tmp_path / str(devices)), *options,
             "--accelerator", "cpu", "--devices", str(devices)],
            capture_output=True, text=True, timeout=240, env={**os.environ, "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stdout.count("next: musegan-train") == 1  # only the first process speaks
    one, two = ([json.loads(line) for line in (tmp_path / n / "stats.jsonl").read_text().splitlines()] for n in "12")
    for name in ("distance", "penalty"):
        assert [s[name] for s in one] == pytest.approx([s[name] for s in two], rel=0.01), name
    # A bias before a batch norm, and the critic's last, have a gradient of zero but for rounding, of which Adam makes
    # a step like any other. They change nothing; weights are compared.
    a, b = checkpoint(tmp_path / "1"), checkpoint(tmp_path / "2")
    for network in ("generator", "critic", "average"):
        for name, weight in a[network].items():
            if name.endswith("weight") or name.endswith((".mean", ".var")):
                other = b[network][name]
                assert torch.allclose(weight, other, rtol=0.02, atol=2e-3), (network, name)


def test_a_run_folder_explains_itself(data: Path, tmp_path: Path) -> None:
    wanted = config(data, sample_every=2, checkpoint_every=2)
    list(fit(tmp_path, wanted))
    assert load_config(tmp_path) == wanted
    (begun,) = map(json.loads, (tmp_path / "environment.json").read_text().splitlines())
    assert set(begun) == {"time", "step", "command", "git", "versions", "platform", "devices"}
    assert begun["versions"]["torch"] == torch.__version__
    assert begun["git"] is None or len(begun["git"]["commit"]) == 40
    log = (tmp_path / "log.txt").read_text()
    assert "preset live from step 0 to 4" in log
    assert "checkpoint at step 4" in log
    assert list((tmp_path / "tensorboard").glob("events.out.tfevents.*"))
    assert sorted(file.name for file in (tmp_path / "samples").iterdir()) == [
        "step-000002.mid", "step-000002.png", "step-000004.mid", "step-000004.png"
    ]  # fmt: skip
    assert (tmp_path / "samples" / "step-000004.png").read_bytes().startswith(b"\x89PNG")
    midi = mido.MidiFile(tmp_path / "samples" / "step-000004.mid")
    assert [track.name for track in midi.tracks[1:]] == list(SPEC.track_names)
    assert checkpoint(tmp_path, PREVIOUS)["step"] == 2
    assert checkpoint(tmp_path)["step"] == 4
    assert hours_of(tmp_path) >= 0
    stats = [json.loads(line) for line in (tmp_path / "stats.jsonl").read_text().splitlines()]
    assert len(stats[1]["density"]) == len(stats[1]["density_data"]) == 10  # of each track and plane


def test_samples_are_of_the_same_z_all_along(data: Path, tmp_path: Path) -> None:
    list(fit(tmp_path, config(data, "live-phrases", steps=2, sample_every=1, learning_rate=1e-12)))
    first, second = ((tmp_path / "samples" / f"step-00000{i}.mid").read_bytes() for i in (1, 2))
    assert first == second


def test_a_broken_checkpoint_is_told_and_the_one_before_is_kept(data: Path, tmp_path: Path) -> None:
    list(fit(tmp_path, config(data, checkpoint_every=2)))
    (tmp_path / CHECKPOINT).write_bytes((tmp_path / CHECKPOINT).read_bytes()[:1000])
    with pytest.raises(CheckpointError, match="not a whole checkpoint: delete it, and the run goes on from"):
        list(fit(tmp_path, config(data)))
    (tmp_path / CHECKPOINT).unlink()
    assert [s["step"] for s in fit(tmp_path, config(data))] == [3, 4]


def test_a_loss_that_is_no_number_is_told_with_its_step_and_the_checkpoint_stays(data: Path, tmp_path: Path) -> None:
    wanted = config(data, steps=50, checkpoint_every=1)
    for _ in fit(tmp_path, wanted, stop_after=0.0):
        pass
    with pytest.raises(TrainingError, match=r"step \d+: \w+ is (nan|inf|-inf): .* the last checkpoint is kept"):
        list(fit(tmp_path, replace(wanted, learning_rate=1e30, checkpoint_every=100)))
    assert checkpoint(tmp_path)["step"] == 1
    assert "the last checkpoint is kept" in (tmp_path / "log.txt").read_text()


def test_ctrl_c_finishes_the_step_and_saves(data: Path, tmp_path: Path) -> None:
    steps = []
    with stopping() as stop:
        for stats in fit(tmp_path, config(data, steps=100), stop=stop):
            steps.append(stats["step"])
            if len(steps) == 2:
                signal.raise_signal(signal.SIGINT)
    assert steps == [1, 2, 3]
    assert checkpoint(tmp_path)["step"] == 3


def test_a_second_ctrl_c_stops_at_once() -> None:
    with stopping() as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_the_command_says_how_to_go_on_and_then_goes_on_as_before(data: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    small = ["--width", "0.0625", "--steps", "3", "--batch", "4", "--n-critic", "1", "--accelerator", "cpu"]
    said = musegan_train("fit", data, "-o", run, "--preset", "tutorial", *small, "--stop-after", "0.001")
    assert f"stopped at step 1 of 3, and saved; to go on: musegan-train fit -o {run}" in said
    before = load_config(run)
    assert f"next: musegan-train export-onnx {run}" in musegan_train("fit", "-o", run)
    assert load_config(run) == before
    assert checkpoint(run)["step"] == 3


def test_options_are_the_papers_where_they_are_not_given(data: Path, tmp_path: Path) -> None:
    made = config_for(data, tmp_path / "run", {"preset": "tutorial", "batch": 8})
    assert (made.steps, made.n_critic, made.learning_rate, made.betas) == (20_000, 1, 1e-3, (0.5, 0.9))
    assert made.batch == 8
    assert config_for(data, tmp_path / "run", {"preset": "hybrid"}).burst == 100


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["--width", "0.125"], "width must be 0.0625, as when the run was started, got 0.125: name another folder"),
        (["--preset", "jamming"], "preset must be live, as when the run was started, got jamming"),
        (["--loss", "hinge"], "loss must be wgan-gp, as when the run was started, got hinge"),
    ],
)
def test_a_run_cannot_go_on_with_other_networks(data: Path, tmp_path: Path, options: list[str], text: str) -> None:
    list(fit(tmp_path, config(data, steps=1)))
    assert text in " ".join(musegan_train("fit", "-o", tmp_path, *options, code=1).split())


def test_other_layers_in_the_checkpoint_than_in_the_config_are_told(data: Path, tmp_path: Path) -> None:
    list(fit(tmp_path, config(data, steps=1)))
    text = (tmp_path / "config.json").read_text()
    (tmp_path / "config.json").write_text(text.replace('"width": 0.0625', '"width": 0.125'))
    with pytest.raises(CheckpointError, match=r"other layers than the config says: .* is .* and "):
        load_average(tmp_path)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["--batch", "33"], "batch must be at most 32, the phrases that are not held out, got 33"),
        (["--preset", "hybrid", "--condition-track", "piano"], "hybrid has no condition_track to choose"),
        (["--preset", "hybrid-conditional", "--condition-track", "flute"], "condition_track must be one of"),
        (["--preset", "v3", "--second-stage", "joint"], "second_steps and second_batch must be at least 1"),
        (["--devices", "3", "--batch", "4"], "must be multiples of 3, the number of devices, got 4"),
        (["--accelerator", "cuda"], "accelerator must be one that torch can use: there is no CUDA device"),
    ],
)
def test_a_wrong_option_is_told_without_a_traceback(
    data: Path, tmp_path: Path, options: list[str], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    said = musegan_train("fit", data, "-o", tmp_path / "run", *options, code=1)
    assert text in " ".join(said.split())
    assert "Traceback" not in said


def test_no_data_and_no_run_is_told(tmp_path: Path) -> None:
    assert "Missing argument 'DATA'" in musegan_train("fit", "-o", tmp_path / "run", code=2)
    (tmp_path / "empty").mkdir()
    assert "not a set of phrases" in musegan_train("fit", tmp_path / "empty", "-o", tmp_path / "run", code=1)


def test_an_empty_set_of_phrases_is_told(tmp_path: Path) -> None:
    empty = write_phrases(tmp_path / "empty", 0)
    assert "the set of phrases is empty" in musegan_train("fit", empty, "-o", tmp_path / "run", code=1)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"batch": 0}, "batch must be at least 1, got 0"),
        ({"dropout": 0.95}, r"dropout \+ both must be at most 1"),
        ({"ema": 2.0}, r"ema must be in 0..1, got 2.0"),
        ({"learning_rate": 0.0}, "learning_rate must be above 0, got 0.0"),
        ({"betas": (0.5, 1.0)}, "betas must be two numbers in 0..1, below 1, got"),
        ({"loss": "least squares"}, "loss must be one of wgan-gp, hinge, relativistic, midinet, got least squares"),
        ({"preset": "v4"}, "preset must be one of jamming, .*, got v4"),
        ({"precision": "fp8"}, "precision must be one of fp32, bf16, got fp8"),
        ({"mismatched": 0.6, "own_before": 0.5}, r"mismatched \+ own_before must be at most 1, got 1.1"),
        ({"batch": 1024, "own_before": 0.5}, r"own_before must be at most 0.25 of 1024 phrases, got 0.5"),
        ({"slope_end": 0.5}, "slope_end must be at least 1, got 0.5"),
    ],
)
def test_a_wrong_config_is_told_by_field_value_and_range(change: dict[str, Any], text: str) -> None:
    with pytest.raises(ConfigError, match=text):
        Config(phrases="x", **change)


def test_a_config_comes_back_from_its_file(data: Path) -> None:
    wanted = config(data, "hybrid-conditional", condition_track="guitar", augment=True)
    assert Config.from_json(wanted.to_json()) == wanted
    with pytest.raises(ConfigError, match="unknown fields: colour"):
        Config.from_json('{"colour": "red"}')


def test_a_folder_that_is_no_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"is not a run folder: config\.json is missing"):
        load_average(tmp_path)


def test_a_band_with_other_players_than_the_paper_takes_those_of_the_data(tmp_path: Path) -> None:
    trio = ModelSpec("trio", tracks=SPEC.tracks[1:4])
    data = write_phrases(tmp_path / "trio", 20, trio)
    made = preset_of(config(data, "hybrid"))
    assert made.spec.track_names == ("drums", "guitar", "piano")


def test_a_second_stage_trains_only_the_refiner_on_the_averaged_generator(data: Path, tmp_path: Path) -> None:
    wanted = config(data, "binary", steps=2, second_steps=2)
    before: dict[str, Tensor] = {}
    for stats in fit(tmp_path, replace(wanted, checkpoint_every=1)):
        if stats["step"] == 2:
            before = checkpoint(tmp_path)["average"]
        assert ("slope" in stats) == (stats["step"] > 2)
    after = checkpoint(tmp_path)["generator"]
    same = {name for name in after if torch.equal(before[name], after[name])}
    changed = set(after) - same
    assert changed
    assert all(".refiner." in name for name in changed)
    _, band, _ = load_average(tmp_path)
    assert band.bar_generator.neurons_on


def test_a_run_begins_where_a_simpler_one_is(data: Path, tmp_path: Path) -> None:
    """The live band plays at first as the one without the bar before, whatever it hears of that bar."""
    list(fit(tmp_path / "phrases", config(data, "live-phrases", width=0.2)))
    state = start(config(data, "live", width=0.2), torch.device("cpu"))
    begin_with(state, tmp_path / "phrases", batch_of(data, state.generator.spec))
    _, simple, _ = load_average(tmp_path / "phrases")
    z = draw_z(simple.spec, 3, generator=torch.Generator().manual_seed(0))
    shape = (3, 4, *simple.spec.bar_shape)
    condition, previous = (torch.rand(2, *shape, generator=torch.Generator().manual_seed(1)) < 0.05).float()
    given = torch.eye(5)[:3]
    with torch.no_grad():
        expected = simple(z, condition, given)
        made = state.average.eval()(z, condition, given, previous)
    # The wider matrices may be summed in another order, as the processor has it: the last bits of a float32.
    torch.testing.assert_close(made, expected, rtol=0, atol=1e-6)
    stats = list(fit(tmp_path / "live", config(data, "live", width=0.2, begin_with=str(tmp_path / "phrases"))))
    assert len(stats) == 4
    assert load_config(tmp_path / "live").begin_with


def test_a_run_begins_where_the_band_of_a_bundle_is(data: Path, tmp_path: Path) -> None:
    """It plays the same as the bundle, its batch norms are there again, and it learns from there."""
    state = start(config(data, "live", width=1.0), torch.device("cpu"), [0.02] * 10, [0.5] * 5)
    bundle = pretrained()
    begin_with(state, bundle, batch_of(data, state.generator.spec))
    assert state.generator.levels is not None
    assert state.generator.levels.value.abs().max() > 1
    state.average.levelled = True
    assert check_parity(state.average, bundle, 2) < TOLERANCE
    norms = [module for module in state.generator.modules() if isinstance(module, PrivateBatchNorm)]
    assert norms
    assert all(norm.gain.std() > 0 and norm.var.std() > 0 for norm in norms)
    (stats,) = fit(tmp_path / "run", config(data, "live", width=1.0, steps=1, begin_with=str(bundle)))
    assert math.isfinite(stats["generator_loss"])


def test_a_run_cannot_begin_with_a_bundle_of_another_kind(data: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="begin_with must be a bundle of the preset hybrid and its tracks"):
        list(fit(tmp_path / "run", config(data, "hybrid", begin_with=str(pretrained()))))


def test_what_to_begin_with_is_a_folder_or_a_bundle_that_is_installed(data: Path, tmp_path: Path) -> None:
    assert config_for(data, tmp_path / "run", {"begin_with": "lakh-live"}).begin_with == str(pretrained("lakh-live"))
    assert config_for(data, tmp_path / "run", {"begin_with": str(data)}).begin_with == str(data)
    with pytest.raises(BundleError, match="no bundle 'lakh-dead' is installed; there is: lakh-five, lakh-live"):
        config_for(data, tmp_path / "run", {"begin_with": "lakh-dead"})


def test_a_run_of_before_the_critic_heard_intervals_is_begun_with_and_not_resumed(data: Path, tmp_path: Path) -> None:
    """The critic judges at first as it did."""
    old, wanted = tmp_path / "old", config(data, width=0.2)
    before = start(wanted, torch.device("cpu"), later=False)
    old.mkdir()
    (old / "config.json").write_text(wanted.to_json())
    save_state(before, old)
    state = start(replace(wanted, seed=1), torch.device("cpu"))
    begin_with(state, old, batch_of(data, state.generator.spec))
    phrases = (torch.rand(8, 5, *SPEC.bar_shape, generator=torch.Generator().manual_seed(0)) < 0.05).float()
    torch.testing.assert_close(state.critic(phrases), before.critic(phrases))
    (stats,) = fit(tmp_path / "new", replace(wanted, steps=1, begin_with=str(old)))
    assert math.isfinite(stats["critic_loss"])
    with pytest.raises(CheckpointError, match="does not hear intervals yet: begin another run with it, --begin-with"):
        list(fit(old, wanted))


def batch_of(data: Path, spec: ModelSpec) -> Callable[[int], Batch]:
    batches = Batches(phrase_sets.load(data), spec, 4)
    return lambda i: batches.draw(np.random.default_rng(i))


def test_a_run_cannot_begin_with_networks_that_are_no_part_of_its_own(data: Path, tmp_path: Path) -> None:
    list(fit(tmp_path / "hybrid", config(data, "hybrid", steps=1)))
    with pytest.raises(ConfigError, match="begin_with must be a run whose networks are part of the new ones"):
        list(fit(tmp_path / "live", config(data, "live", begin_with=str(tmp_path / "hybrid"))))
    (tmp_path / "hybrid" / CHECKPOINT).unlink()
    with pytest.raises(ConfigError, match="begin_with must be a run with a checkpoint"):
        list(fit(tmp_path / "live", config(data, "live", begin_with=str(tmp_path / "hybrid"))))


def test_the_live_band_learns_on_its_own_bars_and_on_what_others_played(data: Path) -> None:
    wanted = config(data, "live")
    state = start(wanted, torch.device("cpu"), [0.02] * 10)
    phrases = phrase_sets.load(data)
    batch = Batches(phrases, state.generator.spec, 8).at(np.arange(8), np.random.default_rng(0))
    z = draw_z(state.generator.spec, 8, generator=torch.Generator().manual_seed(0))
    made, played = roll_out(state.generator, batch, z)
    assert batch.previous is not None
    assert played.previous is not None
    assert batch.given is not None
    assert batch.awaited is not None
    assert torch.equal(played.previous[:, 0], batch.previous[:, 0])
    others = (batch.given + batch.awaited)[:, None, None, :, None, None] > 0
    real, own = batch.real[:, :-1], made[:, :-1]
    assert torch.equal(torch.where(others, played.previous[:, 1:], 0 * real), torch.where(others, real, 0 * real))
    starts = torch.where(others[:, :, 0], 0 * own[:, :, 0], played.previous[:, 1:, 0])
    assert state.generator.levels is not None
    level = state.generator.levels.value[0, 0, :, None, None]
    assert (starts <= (torch.logit(own[:, :, 0]) > level - 1e-4).float()).all()  # a tidied bass has fewer
    assert state.generator.training


def test_joint_training_trains_all_of_it(data: Path, tmp_path: Path) -> None:
    wanted = config(data, "binary-joint", steps=1, second_steps=2, checkpoint_every=1)
    before: dict[str, Tensor] = {}
    for stats in fit(tmp_path, wanted):
        if stats["step"] == 1:
            before = checkpoint(tmp_path)["generator"]
    after = checkpoint(tmp_path)["generator"]
    for part in (".refiner.", ".trunk."):
        assert any(not torch.equal(before[name], after[name]) for name in after if part in name)


def test_bursts_are_at_the_start_and_every_so_often(data: Path) -> None:
    paper = config_from_recipe(data, phrase_sets.load(data).manifest, "hybrid")
    (stage,) = stages_of(paper, preset_of(paper).spec)
    updates = [n_critic_at(paper, stage, step) for step in range(1001)]
    assert updates[:25] == [100] * 25
    assert updates[25:500] == [5] * 475
    assert updates[500:502] == [100, 5]
    assert updates[1000] == 100


def test_the_learning_rate_falls_over_the_last_share_of_generator_steps(data: Path) -> None:
    wanted = config(data, "v3", steps=100, decay=0.1, learning_rate=1.0)
    (stage,) = stages_of(wanted, preset_of(wanted).spec)
    rates = [learning_rate_at(wanted, stage, step) for step in range(100)]
    assert rates[:91] == [1.0] * 91
    assert rates[91:] == pytest.approx([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1])


def test_neurons_grow_steeper_with_every_epoch_of_their_stage(data: Path) -> None:
    wanted = config(data, "binary", steps=10, second_steps=40, second_batch=8)
    first, second = stages_of(wanted, preset_of(wanted).spec)
    assert stage_at((first, second), 9) == first
    assert stage_at((first, second), 10) == second
    slopes = [slope_at(wanted, second, 10 + step, 32) for step in (0, 3, 4, 8)]
    assert slopes == pytest.approx([1.0, 1.0, 1.1, 1.21])
    straight = replace(wanted, slope_per_epoch=1.0, slope_end=5.0)
    assert slope_at(straight, Stage(0, 40, 8), 20, 32) == pytest.approx(3.0)


def test_batch_norms_of_the_average_are_measured_anew() -> None:
    norm = PrivateBatchNorm(1, 2)
    holder = torch.nn.Module()
    holder.norm = norm
    inputs = [torch.randn(1, 5000, 2, generator=torch.Generator().manual_seed(i)) * 2 + 3 for i in range(4)]
    reestimate_norms(holder.eval(), lambda i: norm(inputs[i], 5000), 4)  # type: ignore[arg-type]
    assert norm.mean.flatten().tolist() == pytest.approx([3.0, 3.0], abs=0.1)
    assert norm.var.flatten().tolist() == pytest.approx([4.0, 4.0], abs=0.2)
    assert norm.momentum == 0.1
    assert not norm.training


def test_the_average_follows_the_generator(data: Path, tmp_path: Path) -> None:
    list(fit(tmp_path / "none", config(data, ema=0.0)))
    made = checkpoint(tmp_path / "none")
    assert all(torch.equal(made["average"][n], w) for n, w in made["generator"].items() if n.endswith("weight"))
    list(fit(tmp_path / "much", config(data, ema=0.999)))
    made = checkpoint(tmp_path / "much")
    assert any(not torch.equal(made["average"][n], w) for n, w in made["generator"].items() if n.endswith("weight"))


def test_transposed_phrases_make_a_band_without_a_key(data: Path, tmp_path: Path) -> None:
    list(fit(tmp_path, config(data, steps=1, augment=True)))
    assert load_average(tmp_path)[1].spec.key == "any"


def test_bfloat16_trains_float32_weights(data: Path, tmp_path: Path) -> None:
    stats = list(fit(tmp_path, config(data, precision="bf16")))
    assert all(math.isfinite(s["penalty"]) for s in stats)
    assert all(w.dtype == torch.float32 for w in checkpoint(tmp_path)["generator"].values() if w.is_floating_point())
