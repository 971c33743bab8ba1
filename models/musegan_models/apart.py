"""The layers of G networks, net by net and with nothing moved that can lie: how they are exported.

The function is that of `blocks`, to the bit. onnxruntime packs the constant matrix of a Gemm once, when it loads, and
joins the activation to it where nothing lies between. A bar's many small steps cost more than its numbers do: so here
values stay rows of channels from layer to layer. `benchmarks/export.py` measures it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from musegan_models.blocks import Chain, Conv, TransposedConv

Size = tuple[int, int]
"""Time and pitch."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A tensor of one bar, of each net or one that all share, as rows of channels: (N * time * pitch, C)."""

    nets: tuple[Tensor, ...]
    size: Size

    @classmethod
    def shared(cls, values: Tensor) -> Rows:
        """Take (N, T, P, C) for all nets."""
        return cls((values.flatten(0, 2),), (values.shape[1], values.shape[2]))

    @classmethod
    def split(cls, values: Tensor, which: Sequence[int] | None = None) -> Rows:
        """Take (N, M, T, P, C), for each net its own; `which`: those that there are nets for."""
        parts = values.chunk(values.shape[1], dim=1)
        size = (values.shape[2], values.shape[3])
        return cls(tuple(parts[i].flatten(0, 3) for i in (range(len(parts)) if which is None else which)), size)

    def joined(self) -> Tensor:
        """Return (N, G, T, P, C)."""
        parts = [own.reshape(-1, 1, *self.size, own.shape[1]) for own in self.nets]
        return parts[0] if len(parts) == 1 else torch.cat(parts, dim=1)

    def net(self, i: int) -> Tensor:
        """Return what net `i` has."""
        return self.nets[i if len(self.nets) > 1 else 0]

    def at(self, size: Size) -> Rows:
        """Return it at `size`: what has one place is repeated to all."""
        if self.size == size:
            return self
        wide = (own.reshape(-1, *self.size, own.shape[1]).expand(-1, *size, -1) for own in self.nets)
        return Rows(tuple(own.flatten(0, 2) for own in wide), size)


def join(parts: Sequence[Rows]) -> Rows:
    """Concatenate features to the channels of the first."""
    if len(parts) == 1:
        return parts[0]
    size, n_nets = parts[0].size, max(len(part.nets) for part in parts)
    parts = [part.at(size) for part in parts]
    return Rows(tuple(torch.cat([part.net(i) for part in parts], dim=1) for i in range(n_nets)), size)


def grow(chain: Chain, x: Rows, features: Mapping[str, Rows]) -> Rows:
    """Apply a chain of transposed convolutions."""
    for module in chain.layers:
        assert isinstance(module, TransposedConv)
        layer = module.layer
        x = join([x, *(features[name] for name in layer.skip)])
        if not _lies(module, x.size):
            x = _moved(module, x)
            continue
        bias = module.bias if layer.is_dense else module.bias.repeat(1, 1, math.prod(layer.kernel))
        made = [torch.addmm(bias[i], x.net(i), module.weight[i]) for i in range(module.n_nets)]
        size = (x.size[0] * layer.kernel[1], x.size[1] * layer.kernel[2])
        x = Rows(tuple(module.finish(own, 0).reshape(-1, layer.channels) for own in made), size)
    return x


def shrink(module: Conv, x: Rows) -> Rows:
    """Apply a convolution."""
    _, *kernel = module.layer.kernel
    size = (x.size[0] // kernel[0], x.size[1] // kernel[1])
    if not _lies(module, size) or x.size != (size[0] * kernel[0], size[1] * kernel[1]):
        return _moved(module, x)
    windows = [x.net(i).reshape(-1, module.weight.shape[1]) for i in range(module.n_nets)]
    made = [torch.addmm(module.bias[i], own, module.weight[i]) for i, own in enumerate(windows)]
    return Rows(tuple(module.finish(own, 0) for own in made), size)


def _lies(module: TransposedConv | Conv, size: Size) -> bool:
    """Return whether the places of the kernel lie as they must, behind the (fewer) places of `size`."""
    layer = module.layer
    if module.norm is not None or layer.kernel != layer.strides or layer.kernel[0] != 1:
        return False
    axes = [(i, 0) for i, n in enumerate(size) if n > 1] + [(i, 1) for i, k in enumerate(layer.kernel[1:]) if k > 1]
    return axes == sorted(axes)


def _moved(module: TransposedConv | Conv, x: Rows) -> Rows:
    """Apply a layer that moves what lies between, as `blocks` does."""
    made = module(x.joined().transpose(0, 1).unsqueeze(2))
    return Rows.split(made.squeeze(2).transpose(0, 1))
