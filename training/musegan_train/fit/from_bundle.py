"""The weights of a bundle, back in a generator that can be trained; it must not know losses or checkpoints.

A bundle is made to be played: its batch norms are folded into the layers before them, and each private net has a Gemm
of its own. Here the weights are read in the order of the layers, and the norms are put back so that at first they do
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from musegan_models import bundle as bundles
from musegan_models.blocks import Conv, PrivateBatchNorm, TransposedConv
from musegan_models.networks import Generator
from musegan_train.fit.config import ConfigError

Array = NDArray[Any]


@torch.no_grad()
def read_weights(generator: Generator, path: Path) -> None:
    """Give a generator the weights of the bundle in the folder `path`; its batch norms then do nothing.

    Raises:
        ConfigError: The bundle's networks are not those of the generator.
        musegan_models.bundle.BundleError: The folder is no whole bundle.

    """
    spec = bundles.load(path).spec
    if spec.preset != generator.spec.preset or spec.track_names != generator.spec.track_names:
        raise ConfigError(
            f"begin_with must be a bundle of the preset {generator.spec.preset} and its tracks, "
            f"{path} is of {spec.preset} with {', '.join(spec.track_names)}"
        )
    for name in ("temporal_generator", "bar_encoder", "bar_generator"):
        network: nn.Module | None = getattr(generator, name)
        if network is None:
            continue
        layers = [module for module in network.modules() if isinstance(module, Conv | TransposedConv)]
        weights = _weights(onnx.load(str(path / f"{name}.onnx")).graph)
        for layer in layers:
            _put(layer, weights, path / f"{name}.onnx")
        if generator.levels is not None and name == "bar_encoder":
            own, alone = next(weights, (np.zeros(0), None))
            if alone is None or own.size + alone.size != generator.levels.value.numel():
                raise ConfigError(f"begin_with: {path} has no levels for each track that is given")
            generator.levels.value.copy_(
                torch.from_numpy(np.concatenate([alone[None], own])).view_as(generator.levels.value)
            )


@torch.no_grad()
def restore_norms(generator: Generator, play: Callable[[int], object], n_batches: int = 8) -> None:
    """Let batch norms that do nothing normalise, so that the generator still plays what it did.

    Their statistics are measured on what passes while `play(i)` plays the i-th batch in eval mode; gain and bias undo
    what they do.
    """
    norms = [module for module in generator.modules() if isinstance(module, PrivateBatchNorm)]
    seen: dict[nn.Module, list[Tensor]] = {norm: [] for norm in norms}

    def listen(norm: nn.Module, args: tuple[Any, ...]) -> None:
        x = args[0].double()
        seen[norm].append(torch.stack([x.mean(dim=1, keepdim=True), x.square().mean(dim=1, keepdim=True)]))

    hooks = [norm.register_forward_pre_hook(listen) for norm in norms]
    for i in range(n_batches):
        play(i)
    for norm, hook in zip(norms, hooks, strict=True):
        hook.remove()
        mean, square = torch.stack(seen[norm]).mean(dim=0)
        var = (square - mean.square()).clamp(min=0)
        norm.mean.copy_(mean)
        norm.var.copy_(var)
        norm.bias.copy_(mean)
        norm.gain.copy_((var + norm.eps).sqrt())


def _put(layer: Conv | TransposedConv, weights: Iterator[tuple[Array, Array | None]], path: Path) -> None:
    """Fill one layer from as many matmuls as it has nets, or from one of all nets."""
    weight, bias = next(weights, (np.zeros(0), None))
    parts = [(weight, bias)]
    if weight.ndim < layer.weight.dim():
        parts += [next(weights, (weight[:0], None)) for _ in range(layer.n_nets - 1)]
    own = torch.from_numpy(np.concatenate([w.reshape(-1, *w.shape[-2:]) for w, _ in parts]).copy())
    biases = [b for _, b in parts if b is not None]
    if own.shape != layer.weight.shape or not biases:
        raise ConfigError(f"begin_with: a layer of {path} is {tuple(own.shape)}, not {tuple(layer.weight.shape)}")
    layer.weight.copy_(own)
    # Where all places of a kernel have one bias, a bundle has it once for each.
    size = layer.bias.shape[2]
    layer.bias.copy_(torch.from_numpy(np.concatenate([b.reshape(-1, b.shape[-1])[:, :size] for b in biases]))[:, None])
    if isinstance(layer.norm, PrivateBatchNorm):
        layer.norm.mean.zero_()
        layer.norm.var.fill_(1 - layer.norm.eps)
        layer.norm.gain.fill_(1)
        layer.norm.bias.zero_()


def _weights(graph: onnx.GraphProto) -> Iterator[tuple[Array, Array | None]]:
    """Yield weight and bias of each matmul, in the order in which they are computed."""
    constant = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    maker = {output: node for node in graph.node for output in node.output}

    def value(name: str) -> Array | None:
        if name in constant:
            return constant[name]
        node = maker.get(name)
        if node is None or node.op_type != "Gather" or node.input[0] not in constant:
            return None
        one: Array = constant[node.input[0]][int(constant[node.input[1]])]
        return one

    for i, node in enumerate(graph.node):
        if node.op_type not in ("Gemm", "MatMul") or (weight := value(node.input[1])) is None:
            continue
        bias = value(node.input[2]) if node.op_type == "Gemm" else _added(graph, i, constant)
        yield weight, bias


def _added(graph: onnx.GraphProto, first: int, constant: dict[str, Array]) -> Array | None:
    """Return the constant that the first addition after a matmul adds to it."""
    for node in graph.node[first:]:
        if node.op_type == "Add":
            return next((constant[name] for name in node.input if name in constant), None)
    return None
