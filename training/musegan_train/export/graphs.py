"""The networks of a generator as ONNX files; it must not know runs, data or thresholds."""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor, nn

from musegan_models.blocks import nets_apart
from musegan_models.chords import N_CHORD
from musegan_models.networks import Generator

OPSET = 20
"""What torch's exporter writes without conversions, and every onnxruntime that pyproject.toml allows reads."""

_BATCH = 2  # of the examples: the exporter takes a batch of 1 for a constant


class _ByPosition(nn.Module):
    """A network of keyword inputs, and maybe a dict of outputs, as the exporter wants it."""

    def __init__(self, network: nn.Module, names: Sequence[str]) -> None:
        super().__init__()
        self.network, self.names = network, tuple(names)

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Name the inputs, and forget the names of the outputs."""
        made = self.network(**dict(zip(self.names, inputs, strict=True)))
        return tuple(made.values()) if isinstance(made, dict) else (made,)


@torch.no_grad()
def write_networks(generator: Generator, path: Path, *, dynamo: bool = True, apart: bool = True) -> None:
    """Write the networks of a folded generator in eval mode, names and shapes as `musegan_models.bundle` says.

    N is free. `dynamo` and `apart`, a Gemm for each private net, are as `benchmarks/export.py` found them faster.
    """
    spec, sizes, n, m = generator.spec, generator.spec.latent, _BATCH, generator.spec.n_tracks
    inputs: dict[str, Tensor] = {}
    if sizes.shared:
        inputs["shared"] = torch.zeros(n, sizes.shared)
    if sizes.private:
        inputs["private"] = torch.zeros(n, m, sizes.private)
    with nets_apart() if apart else contextlib.nullcontext():
        features: dict[str, Tensor] = {}
        if generator.bar_encoder is not None:
            heard: dict[str, Tensor] = {}
            if spec.conditional:
                heard["condition"] = torch.zeros(n, *spec.bar_shape)
                if spec.condition_track is None:
                    heard["given"] = torch.zeros(n, m)
            if spec.hears_previous:
                heard["previous"] = torch.zeros(n, *spec.bar_shape)
            features = _write(generator.bar_encoder, heard, path / "bar_encoder.onnx", dynamo)

        if generator.temporal_generator is not None:
            z: dict[str, Tensor] = {}
            if sizes.shared_temporal:
                z["shared_temporal"] = torch.zeros(n, sizes.shared_temporal)
            if sizes.private_temporal:
                z["private_temporal"] = torch.zeros(n, m, sizes.private_temporal)
            if "condition_bar" in features:
                z["condition_bars"] = features.pop("condition_bar")[:, None].repeat(1, spec.n_measures, 1)
            codes = _write(generator.temporal_generator, z, path / "temporal_generator.onnx", dynamo)
            if "shared_bars" in codes:
                inputs["shared_bar"] = codes["shared_bars"][:, 0]
            if "private_bars" in codes:
                inputs["private_bar"] = codes["private_bars"][:, :, 0]

        if spec.has_chord:
            inputs["chord"] = torch.zeros(n, N_CHORD)
        _write(generator.bar_generator, inputs | features, path / "bar_generator.onnx", dynamo)


def _write(network: nn.Module, inputs: Mapping[str, Tensor], path: Path, dynamo: bool) -> dict[str, Tensor]:
    """Write one network; return what it makes of the example `inputs`, by name."""
    made = network(**inputs)
    outputs: dict[str, Tensor] = made if isinstance(made, dict) else {"probability": made}
    module, args = _ByPosition(network, tuple(inputs)).eval(), tuple(inputs.values())
    names: dict[str, Any] = {"input_names": list(inputs), "output_names": list(outputs)}
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns of its own deprecations here
        if not dynamo:  # the older exporter; it traces without keeping the shapes of outputs
            axes = {name: {0: "N"} for name in (*inputs, *outputs)}
            torch.onnx.export(module, args, str(path), **names, dynamic_axes=axes, opset_version=17, dynamo=False)
            return outputs
        free = {0: torch.export.Dim("N", min=1, max=4096)}
        shapes = (tuple(free for _ in args),)  # all inputs are one variadic argument
        program = torch.onnx.export(
            module, args, **names, dynamic_shapes=shapes, opset_version=OPSET, dynamo=True, verbose=False
        )
        assert program is not None
        program.save(str(path), external_data=False)
    forget_origins(path)
    return outputs


def forget_origins(path: Path) -> None:
    """Take out of a network what the exporter notes of each node: which line of which file on this machine made it."""
    model = onnx.load(str(path))
    graph = model.graph
    for part in (*graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        part.ClearField("doc_string")
        part.ClearField("metadata_props")
    for own in (model, graph):
        own.ClearField("doc_string")
        own.ClearField("metadata_props")
    onnx.save(model, str(path))
