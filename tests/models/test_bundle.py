"""The bundle on disk: what is told when it is not whole, and that the one in the wheel is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from musegan_models import bundle as bundles
from musegan_models.bundle import BundleError
from musegan_models.model import Model, draw_latents
from musegan_models.spec import ModelSpec, SpecError

PRETRAINED = bundles.pretrained()
RNG = np.random.default_rng


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
        (lambda d: d.update(format_version=99), "this program reads up to 3: update musegan-bridge"),
        (lambda d: d.update(format_version="1"), "format_version must be an integer, got '1'"),
        (lambda d: d.pop("spec"), "missing field: spec"),
        (lambda d: d["spec"].pop("tracks"), "missing field: tracks"),
        (lambda d: d["spec"].update(colour="red"), "unknown fields: colour"),
        (lambda d: d.update(colour="red"), "unknown fields: colour"),
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
    with pytest.raises(BundleError, match=r"must be .* as bundle\.json"):
        Model(bundles.load(copy))


def test_a_file_that_is_no_network_is_refused(copy: Path) -> None:
    (copy / "bar_generator.onnx").write_bytes(b"no network")
    bundles.write_spec(copy, bundles.load(PRETRAINED).spec)
    with pytest.raises(BundleError, match="onnxruntime cannot read it"):
        Model(bundles.load(copy))


def rewrite(path: Path) -> None:
    """Describe the networks as they are now: in the newest format, with sizes."""
    bundles.write_spec(path, bundles.load(PRETRAINED).spec)


def test_a_network_that_is_cut_short_is_told_from_one_that_was_changed(copy: Path) -> None:
    rewrite(copy)
    file = copy / "bar_generator.onnx"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BundleError, match=rf"is cut short: it has {len(whole) // 2} of {len(whole)} bytes"):
        bundles.load(copy)
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(BundleError, match="sha256 differs"):
        bundles.load(copy)
    file.unlink()
    with pytest.raises(BundleError, match=r"bar_generator\.onnx is missing"):
        bundles.load(copy)


def test_a_bundle_json_that_is_cut_short_is_no_json(copy: Path) -> None:
    file = copy / "bundle.json"
    file.write_text(file.read_text()[:500])
    with pytest.raises(BundleError, match="is not JSON"):
        bundles.load(copy)


def replace_network(path: Path, name: str, change: Callable[[Any], object]) -> None:
    """Change the ONNX graph of a network, as another exporter might have written it, and sign it again."""
    network = onnx.load(path / f"{name}.onnx")
    change(network.graph)
    onnx.save(network, path / f"{name}.onnx")
    rewrite(path)


def rename(graph: Any, old: str, new: str) -> None:
    for node in graph.node:
        for names in (node.input, node.output):
            for i, name in enumerate(names):
                if name == old:
                    names[i] = new
    for value in (*graph.input, *graph.output):
        if value.name == old:
            value.name = new


def fix_first_axis(graph: Any) -> None:
    for value in (*graph.input, *graph.output):
        value.type.tensor_type.shape.dim[0].dim_value = 1
    del graph.value_info[:]


@pytest.mark.parametrize(
    ("name", "change", "text"),
    [
        ("bar_generator", lambda g: rename(g, "shared", "style"), "there is no input shared"),
        ("bar_generator", lambda g: rename(g, "e0", "colour"), "there is no input e0"),
        ("bar_generator", lambda g: rename(g, "probability", "notes"), "there is no output probability, only notes"),
        ("bar_encoder", lambda g: rename(g, "condition", "song"), "there is no input condition"),
        ("bar_encoder", lambda g: rename(g, "given", "who"), "input who is none that bundle.json"),
        ("temporal_generator", lambda g: rename(g, "shared_bars", "bars"), "there is no output shared_bars"),
        ("temporal_generator", fix_first_axis, "must have a free first axis"),
    ],
)
def test_a_network_with_other_names_or_axes_is_refused_and_the_name_told(
    copy: Path, name: str, change: Callable[[Any], object], text: str
) -> None:
    replace_network(copy, name, change)
    with pytest.raises(BundleError) as error:
        Model(bundles.load(copy))
    assert text in str(error.value)
    assert f"{name}.onnx" in str(error.value)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda d: d["spec"]["latent"].update(shared=16), r"input shared must be \(N, 16\)"),
        (lambda d: d["spec"]["latent"].update(private=0), "input private is none that"),
        (lambda d: d["spec"].update(n_measures=8), r"output shared_bars must be \(N, 8, 32\)"),
        (lambda d: d["spec"].update(has_chord=True), "there is no input chord"),
        (lambda d: d["spec"].update(temporal="none"), "input shared_bar is none that"),
        (lambda d: d["spec"].update(has_onsets=False), r"must be \(N, 1, 5, 16, 84\)"),
    ],
)
def test_networks_that_do_not_fit_their_spec_are_refused(
    copy: Path, change: Callable[[dict[str, Any]], object], text: str
) -> None:
    edit(copy, change)
    with pytest.raises(BundleError, match=text):
        Model(bundles.load(copy))


def test_a_bundle_of_the_first_format_still_plays() -> None:
    first = bundles.pretrained("lakh-five")
    assert json.loads((first / "bundle.json").read_text())["format_version"] == 1
    assert Model(bundles.load(first)).phrase(draw_latents(bundles.load(first).spec, RNG(0))).any()


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
    for word in ("Lakh MIDI Dataset", "CC-BY 4.0", "Raffel", "Dong", "wgan-gp", "held-out"):
        assert word in card
    assert spec.metrics
    songs = (PRETRAINED / "songs.md5").read_text().split()
    assert len(songs) == len(set(songs)) >= spec.training["songs"]  # those of the bands that it began with, too


def test_the_band_plays_five_tracks_alike_for_the_same_z_and_not_alike_for_others() -> None:
    model = Model(bundles.load(PRETRAINED))
    assert model.provider == "CPUExecutionProvider"
    latents = draw_latents(model.spec, np.random.default_rng(3), 8)
    made = model.phrase(latents)
    assert made.shape == (8, 4, 2, 5, 16, 84)
    assert np.array_equal(made, model.phrase(latents))
    onset = made[:, :, 0]
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
    made = model.phrase(latents)
    assert np.allclose(made[1:2], model.phrase(latents[1:2]), atol=1e-5)


@pytest.mark.parametrize("path", sorted(PRETRAINED.parent.iterdir()), ids=lambda path: path.name)
def test_a_band_in_the_wheel_has_the_files_that_it_says_and_their_licence(path: Path) -> None:
    said = json.loads((path / "bundle.json").read_text(encoding="utf-8"))
    assert {name: hashlib.sha256((path / name).read_bytes()).hexdigest() for name in said["sha256"]} == said["sha256"]
    assert said["spec"]["training"]["licence"] == "CC-BY 4.0"
