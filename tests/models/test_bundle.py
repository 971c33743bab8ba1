"""The bundle on disk: what is told when it is not whole, and that the one in the wheel is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from musegan_models import bundle as bundles
from musegan_models.bundle import BundleError
from musegan_models.model import Model, draw_latents
from musegan_models.spec import ModelSpec, SpecError

PRETRAINED = bundles.pretrained()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for file in PRETRAINED.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def edit(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    data = json.loads((path / "bundle.json").read_text())
    change(data)
    (path / "bundle.json").write_text(json.dumps(data))


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda d: d.update(format_version=99), "this program reads up to 1: update musegan-bridge"),
        (lambda d: d.update(format_version="1"), "format_version must be an integer, got '1'"),
        (lambda d: d.pop("spec"), "missing field: spec"),
        (lambda d: d["spec"].pop("tracks"), "missing field: tracks"),
        (lambda d: d["spec"].update(colour="red"), "unknown fields: colour"),
        (lambda d: d["spec"].update(n_pitches=200), "n_pitches must be in 1..104, got 200"),
        (lambda d: d["spec"]["tracks"][0].update(program=128), "bass: program must be in 0..127, got 128"),
        (lambda d: d["sha256"].pop("bar_generator.onnx"), "sha256 of bar_generator.onnx is missing"),
    ],
)
def test_a_wrong_bundle_json_is_told_by_field(
    copy: Path, change: Callable[[dict[str, Any]], object], text: str
) -> None:
    edit(copy, change)
    with pytest.raises(BundleError) as error:
        bundles.load(copy)
    assert text in str(error.value)
    assert str(copy) in str(error.value)


def test_networks_of_another_shape_than_the_spec_are_refused(copy: Path) -> None:
    edit(copy, lambda d: d["spec"].update(n_pitches=72))
    with pytest.raises(BundleError, match="output must be"):
        Model(bundles.load(copy))


def test_a_file_that_is_no_network_is_refused(copy: Path) -> None:
    (copy / "bar_generator.onnx").write_bytes(b"no network")
    bundles.write_spec(copy, bundles.load(PRETRAINED).spec)
    with pytest.raises(BundleError, match="onnxruntime cannot read it"):
        Model(bundles.load(copy))


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(BundleError, match=bundles.DEFAULT):
        bundles.pretrained("nobody")


def test_a_spec_survives_json() -> None:
    spec = bundles.load(PRETRAINED).spec
    assert ModelSpec.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec


def test_a_spec_out_of_range_is_refused() -> None:
    with pytest.raises(SpecError, match=r"beat_resolution must be in 1..96, got 0"):
        ModelSpec("x", beat_resolution=0)


def test_the_band_in_the_wheel_is_whole_small_and_tells_its_data() -> None:
    assert sum(file.stat().st_size for file in PRETRAINED.iterdir()) <= 15_000_000
    spec = bundles.load(PRETRAINED).spec
    card = " ".join((PRETRAINED / "CARD.md").read_text(encoding="utf-8").split())  # however its lines break
    for word in ("Lakh MIDI Dataset", "CC-BY 4.0", "Raffel", "Dong", "WGAN-GP", "held-out"):
        assert word in card
    assert spec.metrics
    songs = (PRETRAINED / "songs.md5").read_text().split()
    assert len(songs) == len(set(songs)) == spec.training["songs"]


def test_the_band_plays_five_tracks_alike_for_the_same_z_and_not_alike_for_others() -> None:
    model = Model(bundles.load(PRETRAINED))
    assert model.provider == "CPUExecutionProvider"
    latents = draw_latents(model.spec, np.random.default_rng(3), 8)
    onset, sustain = model.phrase(latents)
    again, _ = model.phrase(latents)
    assert onset.shape == sustain.shape == (8, 4, 5, 16, 84)
    assert np.array_equal(onset, again)
    thresholds = np.array([t.onset_threshold for t in model.spec.tracks])[:, None, None]
    per_phrase = (onset > thresholds).sum(axis=(1, 3, 4))  # (8 phrases, 5 tracks)
    assert (per_phrase.sum(axis=0) > 0).all()
    assert len({phrase.tobytes() for phrase in onset}) == 8


def test_both_onnxruntime_packages_in_one_environment_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    info = tmp_path / "onnxruntime_gpu-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: onnxruntime-gpu\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    Model(bundles.load(PRETRAINED))
    assert "onnxruntime and onnxruntime-gpu are both installed" in caplog.text


def test_a_batch_is_what_its_phrases_are_alone() -> None:
    model = Model(bundles.load(PRETRAINED))
    latents = draw_latents(model.spec, np.random.default_rng(0), 3)
    onset, _ = model.phrase(latents)
    alone, _ = model.phrase(latents[1:2])
    assert np.allclose(onset[1:2], alone, atol=1e-5)
