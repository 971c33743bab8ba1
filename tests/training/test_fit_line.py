"""The whole line on a few generated songs: prepare, fit, export, evaluate, sample, serve."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import mido
import pytest
from click.testing import CliRunner
from tests.conftest import Band, Client

from musegan_models import bundle as bundles
from musegan_train.cli import main

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
    run("prepare", folder, "-o", folder / "phrases")
    return folder / "phrases"


def test_from_midi_files_to_a_band_that_serves(
    phrases: Path, tmp_path: Path, start_band: Callable[..., Band], connect: Callable[[Band], Client]
) -> None:
    run_folder, bundle = tmp_path / "run", tmp_path / "bundle"
    run("fit", phrases, "-o", run_folder, "--steps", "2", "--batch", "4", "--n-critic", "1", "--width", "0.25",
        "--name", "tiny")  # fmt: skip
    assert list((run_folder / "samples").glob("*.png"))
    said = run("export-onnx", run_folder, "-o", bundle, "--phrases", "16")
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
