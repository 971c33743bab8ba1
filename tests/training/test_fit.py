"""The whole line on a few generated songs: prepare, fit, resume, export, evaluate, serve."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mido
import numpy as np
import pytest
import torch
from click.testing import CliRunner
from tests.conftest import Band, Client

from musegan_models import bundle as bundles
from musegan_train.cli import main
from musegan_train.fit import draw_given, fit
from musegan_train.loss import gradient_penalty
from musegan_train.run import Config

PROGRAMS = {"bass": 33, "drums": 0, "guitar": 25, "piano": 0, "strings": 48}


def write_song(path: Path, seed: int, bars: int = 24) -> None:
    """Write a song in C in which five tracks play chords of a random progression."""
    rng = random.Random(seed)
    file = mido.MidiFile(ticks_per_beat=96)
    file.add_track().append(mido.MetaMessage("time_signature", numerator=4, denominator=4))
    roots = [rng.choice((48, 53, 55, 57)) for _ in range(bars)]
    for channel, (name, program) in enumerate(PROGRAMS.items()):
        track = file.add_track(name)
        own = 9 if name == "drums" else channel
        track.append(mido.Message("program_change", channel=own, program=program))
        for root in roots:
            for _ in range(8):
                low = root - 12 if name == "bass" else root + 12 * (channel % 3)
                pitch = rng.choice((36, 38, 42)) if name == "drums" else low + rng.choice((0, 4, 7))
                track.append(mido.Message("note_on", channel=own, note=pitch, velocity=90))
                track.append(mido.Message("note_off", channel=own, note=pitch, time=48))
    file.save(path)


def run(*args: str | Path, code: int = 0) -> str:
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(scope="module")
def phrases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("songs")
    for seed in range(30):
        write_song(folder / f"{seed}.mid", seed)
    run("prepare", folder, "-o", folder / "phrases.npz")
    return folder / "phrases.npz"


def config(phrases: Path, **changes: Any) -> Config:
    small: dict[str, Any] = {
        "phrases": str(phrases), "steps": 4, "batch": 4, "n_critic": 1, "bar_channels": (8, 8, 8, 8, 8),
        "temporal_channels": 8, "condition_channels": 4, "critic_width": 8, "sample_every": 2, "checkpoint_every": 2,
        "device": "cpu",
    }  # fmt: skip
    return Config(**{**small, **changes})


def test_from_midi_files_to_a_band_that_serves(
    phrases: Path, tmp_path: Path, start_band: Callable[..., Band], connect: Callable[[Band], Client]
) -> None:
    run_folder, bundle = tmp_path / "run", tmp_path / "bundle"
    run("fit", phrases, "-o", run_folder, "--steps", "2", "--batch", "4", "--n-critic", "1", "--name", "tiny")
    assert list((run_folder / "samples").glob("*.png"))
    said = run("export-onnx", run_folder, "-o", bundle)
    assert "parity: torch and onnxruntime differ by at most" in said
    said = run("evaluate", bundle, phrases, "--phrases", "2", "--update")
    assert "held-out" in said
    assert "tonal distance" in said.lower()
    assert "held-out" in (bundle / "CARD.md").read_text(encoding="utf-8")
    assert bundles.load(bundle).spec.training["generator_updates"] == 2
    run("sample", bundle, "-o", tmp_path / "phrases.png", "--phrases", "2")
    assert (tmp_path / "phrases.png").read_bytes().startswith(b"\x89PNG")

    client = connect(start_band(options=["--bundle", str(bundle)]))
    client.send("/musegan/hello")
    assert client.wait_for("/musegan/hello/reply").args[2] == "tiny"
    client.send("/musegan/subscribe", "bar")
    first, _ = client.bar()
    second, _ = client.bar()
    assert int(str(second.args[0])) > int(str(first.args[0]))


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not_been(phrases: Path, tmp_path: Path) -> None:
    whole = list(fit(tmp_path / "whole", config(phrases)))
    first = list(fit(tmp_path / "parts", config(phrases), stop_after=0.0))  # after the first step
    rest = list(fit(tmp_path / "parts", config(phrases)))
    assert [s["step"] for s in first + rest] == [1, 2, 3, 4]
    for a, b in zip(whole, first + rest, strict=True):
        assert a["generator_loss"] == pytest.approx(b["generator_loss"], abs=1e-5)
    logged = [json.loads(line)["step"] for line in (tmp_path / "parts" / "stats.jsonl").read_text().splitlines()]
    assert logged == [1, 2, 3, 4]


def test_a_finished_run_has_nothing_left_to_do(phrases: Path, tmp_path: Path) -> None:
    assert len(list(fit(tmp_path, config(phrases)))) == 4
    assert list(fit(tmp_path, config(phrases))) == []


def test_conditions_are_none_one_or_two_tracks_in_their_shares(tmp_path: Path) -> None:
    wide = config(tmp_path, batch=4000, dropout=0.4, both=0.1)
    given = draw_given(np.random.default_rng(0), wide, 5, torch.device("cpu"))
    counts = given.sum(dim=1)
    shares = [float((counts == k).float().mean()) for k in range(3)]
    assert shares == pytest.approx([0.4, 0.5, 0.1], abs=0.03)
    assert given.mean(dim=0).tolist() == pytest.approx([0.14] * 5, abs=0.03)


def test_the_gradient_penalty_of_a_linear_critic_is_known() -> None:
    linear = torch.nn.Linear(6, 1, bias=False)
    torch.nn.init.constant_(linear.weight, 2.0)  # |gradient| = 2 sqrt(6)
    critic = torch.nn.Sequential(torch.nn.Flatten(), linear)
    penalty = gradient_penalty(critic, torch.zeros(4, 2, 3), torch.ones(4, 2, 3))
    assert penalty.item() == pytest.approx((2 * 6**0.5 - 1) ** 2, rel=1e-5)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"batch": 0}, "batch must be at least 1, got 0"),
        ({"dropout": 0.95}, r"dropout \+ both must be at most 1"),
        ({"ema": 2.0}, r"ema must be in 0..1, got 2.0"),
        ({"learning_rate": 0.0}, "learning_rate must be above 0"),
    ],
)
def test_a_wrong_option_is_told_by_name_and_range(change: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        config(Path("x"), **change)


def test_too_few_phrases_for_a_batch_are_told(phrases: Path, tmp_path: Path) -> None:
    said = run("fit", phrases, "-o", tmp_path, "--batch", "100000", code=1)
    assert "batch is 100000" in said


def test_a_folder_that_is_no_run_is_told(tmp_path: Path) -> None:
    assert "is not a run folder" in run("export-onnx", tmp_path, "-o", tmp_path / "b", code=1)
