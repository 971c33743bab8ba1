"""A bundle of any kind of model, played: tiny networks whose answers are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from musegan_models import bundle as bundles
from musegan_models.model import Model, draw_latents
from musegan_models.spec import LatentSizes, ModelSpec, Track

SPEC = ModelSpec(
    "tiny",
    tracks=(Track("melody", 0, False),),
    beat_resolution=1,
    n_pitches=3,
    has_onsets=False,
    multitrack="composer",
    conditional=False,
)
SHAPE = ("N", *SPEC.bar_shape)  # (N, 1, 1, 4, 3)


def write(
    path: Path,
    name: str,
    inputs: dict[str, Sequence[int | str]],
    outputs: dict[str, Sequence[int | str]],
    nodes: list[onnx.NodeProto],
    constants: dict[str, np.ndarray] | None = None,
) -> None:
    def infos(values: dict[str, Sequence[int | str]]) -> list[onnx.ValueInfoProto]:
        return [helper.make_tensor_value_info(n, TensorProto.FLOAT, list(s)) for n, s in values.items()]

    known = [numpy_helper.from_array(value, n) for n, value in (constants or {}).items()]
    graph = helper.make_graph(nodes, name, infos(inputs), infos(outputs), known)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.save(model, path / f"{name}.onnx")


def load(path: Path, spec: ModelSpec) -> Model:
    (path / bundles.CARD_FILE).write_text("# tiny\n")
    bundles.write_spec(path, spec)
    return Model(bundles.load(path))


def test_a_one_bar_model_has_no_temporal_generator_and_only_the_z_it_takes(tmp_path: Path) -> None:
    spec = ModelSpec(**{**SPEC.to_dict(), "tracks": SPEC.tracks, "n_measures": 1, "temporal": "none",
                        "latent": LatentSizes(12, 0, 0, 0)})  # fmt: skip
    nodes = [helper.make_node("Sigmoid", ["shared"], ["p"]), helper.make_node("Reshape", ["p", "to"], ["probability"])]
    to = {"to": np.array([-1, *SPEC.bar_shape])}
    write(tmp_path, "bar_generator", {"shared": ("N", 12)}, {"probability": SHAPE}, nodes, to)
    model = load(tmp_path, spec)
    latents = draw_latents(spec, np.random.default_rng(0), 2)
    assert latents.private.shape == (2, 1, 0)
    expected = 1 / (1 + np.exp(-latents.shared)).reshape(2, 1, *SPEC.bar_shape)
    assert np.allclose(model.phrase(latents), expected, atol=1e-6)


def test_each_bar_hears_the_one_before_binarised_and_the_first_hears_silence(tmp_path: Path) -> None:
    spec = ModelSpec(**{**SPEC.to_dict(), "tracks": SPEC.tracks, "temporal": "none", "hears_previous": True,
                        "has_chord": True, "latent": LatentSizes(0, 0, 0, 0)})  # fmt: skip
    write(
        tmp_path,
        "bar_encoder",
        {"previous": SHAPE},
        {"heard": SHAPE},
        [helper.make_node("Identity", ["previous"], ["heard"])],
    )
    # 0.7 where the bar before was silent, 0.7 - 0.6 where it sounded; more by the minor flag of the chord.
    nodes = [
        helper.make_node("Mul", ["heard", "fall"], ["fallen"]),
        helper.make_node("Sub", ["high", "fallen"], ["p"]),
        helper.make_node("Slice", ["chord", "from", "to", "axis"], ["minor"]),
        helper.make_node("Reshape", ["minor", "shape"], ["minors"]),
        helper.make_node("Mul", ["minors", "little"], ["more"]),
        helper.make_node("Add", ["p", "more"], ["probability"]),
    ]
    constants = {
        "fall": np.float32(0.6),
        "high": np.float32(0.7),
        "little": np.float32(0.01),
        "from": np.array([12]),
        "to": np.array([13]),
        "axis": np.array([1]),
        "shape": np.array([-1, 1, 1, 1, 1]),
    }
    inputs: dict[str, Sequence[int | str]] = {"chord": ("N", 13), "heard": SHAPE}
    write(
        tmp_path,
        "bar_generator",
        inputs,
        {"probability": SHAPE},
        nodes,
        {k: np.asarray(v) for k, v in constants.items()},
    )
    model = load(tmp_path, spec)
    latents = draw_latents(spec, np.random.default_rng(0), 2)
    chord = np.zeros((2, 4, 13), np.float32)
    chord[:, 2, 12] = 1
    made = model.phrase(latents, chord=chord)
    assert made[0, :, 0, 0, 0, 0].tolist() == pytest.approx([0.7, 0.1, 0.71, 0.1], abs=1e-6)
    previous = np.zeros((2, 2, 1, 4, 3), np.float32)
    previous[:, 0, :, 0] = previous[:, 1, :, 1:] = 1  # a note through the bar: onset and sustain, which one plane hears
    assert model.bar(model.begin(latents), 3, previous=previous).max() == pytest.approx(0.1, abs=1e-6)


def test_z_is_as_wide_as_the_spec_says_and_cut_at_its_limit() -> None:
    spec = ModelSpec("test", z_std=0.1, z_limit=2.0)
    z = draw_latents(spec, np.random.default_rng(0), 500).private
    assert np.abs(z).max() <= 0.2
    assert z.std() == pytest.approx(0.088, abs=0.002)  # a normal distribution cut at two deviations
    assert z.dtype == np.float32


def test_the_phrase_generator_hears_every_bar_of_the_condition(tmp_path: Path) -> None:
    """As v3-accompaniment: the encoder's condition_bar goes to the temporal generator."""
    track = SPEC.tracks[0].name
    spec = ModelSpec(**{**SPEC.to_dict(), "tracks": SPEC.tracks, "conditional": True, "condition_track": track,
                        "latent": LatentSizes(0, 1, 0, 0)})  # fmt: skip
    write(
        tmp_path,
        "bar_encoder",
        {"condition": SHAPE},
        {"condition_bar": ("N", 1)},
        [
            helper.make_node("Reshape", ["condition", "flat"], ["cells"]),
            helper.make_node("ReduceMean", ["cells", "axis"], ["condition_bar"], keepdims=1),
        ],
        {"flat": np.array([-1, 12]), "axis": np.array([1])},
    )
    # The code of a bar: how many cells sound in the phrase it is in.
    write(
        tmp_path,
        "temporal_generator",
        {"shared_temporal": ("N", 1), "condition_bars": ("N", 4, 1)},
        {"shared_bars": ("N", 4, 1)},
        [
            helper.make_node("ReduceMean", ["condition_bars", "axis"], ["mean"], keepdims=1),
            helper.make_node("Expand", ["mean", "bars"], ["each"]),
            helper.make_node("Reshape", ["shared_temporal", "column"], ["z"]),
            helper.make_node("Mul", ["z", "zero"], ["nothing"]),
            helper.make_node("Add", ["each", "nothing"], ["shared_bars"]),
        ],
        {
            "axis": np.array([1]),
            "bars": np.array([1, 4, 1]),
            "column": np.array([-1, 1, 1]),
            "zero": np.array([0], np.float32),
        },
    )
    write(
        tmp_path,
        "bar_generator",
        {"shared_bar": ("N", 1)},
        {"probability": SHAPE},
        [
            helper.make_node("Reshape", ["shared_bar", "cell"], ["one"]),
            helper.make_node("Expand", ["one", "bar"], ["probability"]),
        ],
        {"cell": np.array([-1, 1, 1, 1, 1]), "bar": np.array([1, *SPEC.bar_shape])},
    )
    model = load(tmp_path, spec)
    latents = draw_latents(spec, np.random.default_rng(0), 1)
    condition = np.zeros((1, 4, 2, 1, 4, 3), np.float32)
    condition[:, 0, 0] = 1  # the first bar is full
    given = np.ones((1, 1), np.float32)
    assert model.phrase(latents, condition, given)[0, :, 0, 0, 0, 0].tolist() == pytest.approx([0.25] * 4)
    assert not model.phrase(latents).any()
    # Live, bar by bar, the phrase is taken to be all like the bar that was heard.
    assert model.bar(model.begin(latents), 2, condition[:, 0], given).min() == 1
