"""Layers that all networks are made of, in torch; they must not know what a track or a bar is.

A network is a table of `Layer`s. Every tensor is `(G, N, B, T, P, C)`: G networks of one shape side by side, N
examples, then bars, time, pitch and channels. The G networks run as one batched matmul.

Kernel equals stride in nearly every layer of the papers' networks. Such a convolution is a reshape and a matmul,
exactly, and trains and plays twice as fast; where the kernel is longer than its stride, the windows are gathered or
added up first.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

LEAK = 0.2  # slope of every leaky ReLU, as in the papers' code
OUTPUTS = 0  # channels of a last layer: as many as the network has outputs

Kernel = tuple[int, int, int]
Features = Mapping[str, Tensor]
"""What a layer may be told besides its input: name -> (G or 1, N, B, T or 1, P or 1, C)."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One row of a network's table."""

    channels: int  # at the output
    kernel: Kernel = (1, 1, 1)  # over bars, time, pitch
    stride: Kernel | None = None  # as the kernel where None
    norm: str = "batch"  # batch, layer or none
    activation: str = "relu"  # relu, leaky or none
    skip: tuple[str, ...] = ()  # features joined to the input's channels
    is_dense: bool = False  # each place of the kernel has its own bias and norm: a dense layer, reshaped

    @property
    def strides(self) -> Kernel:
        """The stride, kernel where none was given."""
        return self.stride or self.kernel


class PrivateBatchNorm(nn.Module):
    """Batch norm of (G, L, C) over L, with statistics and an affine for each net and channel."""

    def __init__(self, n_nets: int, channels: int, momentum: float = 0.1, eps: float = 1e-5) -> None:
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.gain = nn.Parameter(torch.ones(n_nets, 1, channels))
        self.bias = nn.Parameter(torch.zeros(n_nets, 1, channels))
        self.mean: Tensor
        self.var: Tensor
        self.register_buffer("mean", torch.zeros(n_nets, 1, channels))
        self.register_buffer("var", torch.ones(n_nets, 1, channels))

    def forward(self, x: Tensor, n: int) -> Tensor:
        """Normalise with the batch's statistics in training, with the running ones else."""
        if not self.training:
            scale = self.gain * torch.rsqrt(self.var + self.eps)
            return torch.addcmul(self.bias - self.mean * scale, x, scale)
        # torch's own kernel, net by net, takes less than half the time of the formula over all nets at once.
        nets = zip(
            x.unbind(), self.mean.unbind(), self.var.unbind(), self.gain.unbind(), self.bias.unbind(), strict=True
        )
        return torch.stack(
            [F.batch_norm(y, m[0], v[0], g[0], b[0], True, self.momentum, self.eps) for y, m, v, g, b in nets]
        )


class PrivateLayerNorm(nn.Module):
    """Layer norm of (G, L, C) over all that belongs to one of the N examples; the affine is for each channel."""

    def __init__(self, n_nets: int, channels: int) -> None:
        super().__init__()
        self.gain = nn.Parameter(torch.ones(n_nets, 1, channels))
        self.bias = nn.Parameter(torch.zeros(n_nets, 1, channels))

    def forward(self, x: Tensor, n: int) -> Tensor:
        """Normalise each example; `n` says how many there are."""
        y = x.reshape(x.shape[0], n, -1)
        y = F.layer_norm(y, y.shape[2:]).reshape(x.shape)
        return torch.addcmul(self.bias, y, self.gain)


class _Nets(nn.Module):
    """Weights, norm and activation that both directions share."""

    def __init__(self, n_nets: int, layer: Layer, fan_in: int, fan_out: int) -> None:
        super().__init__()
        self.n_nets, self.layer = n_nets, layer
        self.weight = nn.Parameter(torch.randn(n_nets, fan_in, fan_out) * math.sqrt(1 / fan_in))
        own = fan_out if layer.is_dense else layer.channels
        self.bias = nn.Parameter(torch.zeros(n_nets, 1, own))
        self.norm: nn.Module | None = None
        if layer.norm == "batch":
            self.norm = PrivateBatchNorm(n_nets, own)
        elif layer.norm == "layer":
            self.norm = PrivateLayerNorm(n_nets, own)

    def finish(self, x: Tensor, n: int) -> Tensor:
        """Norm and activation of (G, L, C)."""
        if self.norm is not None:
            x = self.norm(x, n)
        if self.layer.activation == "relu":
            return F.relu(x)
        return F.leaky_relu(x, LEAK) if self.layer.activation == "leaky" else x

    def fold(self) -> None:
        """Put the batch norm's running statistics into weight and bias, for export; the function stays the same."""
        if not isinstance(self.norm, PrivateBatchNorm):
            return
        with torch.no_grad():
            scale = self.norm.gain * torch.rsqrt(self.norm.var + self.norm.eps)  # (G, 1, C)
            self.weight.mul_(scale.repeat(1, 1, self.weight.shape[2] // scale.shape[2]))
            self.bias.mul_(scale).add_(self.norm.bias - self.norm.mean * scale)
        self.norm = None


class TransposedConv(_Nets):
    """G transposed convolutions without padding: (G or 1, N, B, T, P, C) grows to (G, N, B', T', P', C')."""

    def __init__(self, n_nets: int, c_in: int, layer: Layer) -> None:
        super().__init__(n_nets, layer, c_in, math.prod(layer.kernel) * layer.channels)

    def forward(self, x: Tensor) -> Tensor:
        """Grow."""
        return self.place(self.values(x), x)

    def values(self, x: Tensor) -> Tensor:
        """Return all that `forward` computes, (G, L, k * C'), before `place` puts it where it belongs.

        What treats every place alike is cheaper here than after it: placing copies all channels.
        """
        g, n, k = self.n_nets, x.shape[1], math.prod(self.layer.kernel)
        if self._overlaps(x):
            return torch.matmul(x.flatten(1, 4), self.weight)
        bias = self.bias if self.layer.is_dense else self.bias.repeat(1, 1, k)
        y = _linear(x.flatten(1, 4), self.weight, bias)
        if self.layer.is_dense:
            return self.finish(y, n)
        return self.finish(y.reshape(g, -1, self.layer.channels), n).reshape(g, -1, k * self.layer.channels)

    def place(self, y: Tensor, x: Tensor) -> Tensor:
        """Put the values made from `x`, (G, L, k * C), to their places; C may differ from the layer's channels."""
        g, size, kernel = self.n_nets, x.shape[1:5], self.layer.kernel
        y = y.reshape(g, *size, *kernel, -1).permute(0, 1, 2, 5, 3, 6, 4, 7, 8)
        if not self._overlaps(x):
            return y.reshape(g, size[0], *(length * k for length, k in zip(size[1:], kernel, strict=True)), -1)
        for axis, stride in enumerate(self.layer.strides):
            y = _add_windows(y, 2 + axis, stride)
        shape = y.shape
        return self.finish((y + self.bias[:, None, None, None]).flatten(1, 4), shape[1]).reshape(shape)

    def _overlaps(self, x: Tensor) -> bool:
        layer = self.layer
        return any(
            k != s and length > 1 for k, s, length in zip(layer.kernel, layer.strides, x.shape[2:5], strict=True)
        )


class Conv(_Nets):
    """G convolutions without padding: (G or 1, N, B, T, P, C) shrinks to (G, N, B', T', P', C')."""

    def __init__(self, n_nets: int, c_in: int, layer: Layer) -> None:
        super().__init__(n_nets, layer, math.prod(layer.kernel) * c_in, layer.channels)

    def forward(self, x: Tensor) -> Tensor:
        """Shrink."""
        for axis, (k, s) in enumerate(zip(self.layer.kernel, self.layer.strides, strict=True)):
            x = _windows(x, 2 + 2 * axis, k, s)
        x = x.permute(0, 1, 2, 4, 6, 3, 5, 7, 8)  # (G, N, B, T, P, k, k, k, C)
        size = x.shape[1:5]
        y = _linear(x.reshape(x.shape[0], math.prod(size), -1), self.weight, self.bias)
        return self.finish(y, size[0]).reshape(self.n_nets, *size, -1)


def join(x: Tensor, features: Features, names: Sequence[str]) -> Tensor:
    """Concatenate features to the channels of `x`; what has one place is repeated to all."""
    if not names:
        return x
    parts = [x, *(features[name] for name in names)]
    n_nets = max(part.shape[0] for part in parts)
    return torch.cat([part.expand(n_nets, *x.shape[1:5], part.shape[5]) for part in parts], dim=5)


class Chain(nn.Module):
    """Layers one after another, each on the output of the one before and the features it asks for."""

    def __init__(
        self,
        n_nets: int,
        c_in: int,
        layers: Sequence[Layer],
        kind: type[TransposedConv] | type[Conv],
        widths: Mapping[str, int] | None = None,  # channels of the features
    ) -> None:
        super().__init__()
        self.layers = nn.ModuleList()
        for layer in layers:
            c_in += sum((widths or {})[name] for name in layer.skip)
            self.layers.append(kind(n_nets, c_in, layer))
            c_in = layer.channels
        self.channels = c_in

    def forward(self, x: Tensor, features: Features | None = None, n_layers: int | None = None) -> Tensor:
        """Apply all layers, or the first `n_layers`."""
        for module in self.layers[:n_layers]:
            assert isinstance(module, TransposedConv | Conv)
            x = module(join(x, features or {}, module.layer.skip))
        return x


def initialize(module: nn.Module, std: float | None) -> None:
    """Draw all weights from a normal distribution cut at two standard deviations; None leaves 1 / sqrt(fan-in)."""
    if std is None:
        return
    for part in module.modules():
        if isinstance(part, _Nets):
            nn.init.trunc_normal_(part.weight, std=std, a=-2 * std, b=2 * std)


def _linear(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """(G or 1, L, d) times (G, d, d') plus (G, 1, d')."""
    n_nets = weight.shape[0]
    if n_nets == 1:
        return torch.addmm(bias[0], x[0], weight[0]).unsqueeze(0)
    if _nets_apart:
        return torch.stack([torch.addmm(bias[i], x[i % x.shape[0]], weight[i]) for i in range(n_nets)])
    return torch.baddbmm(bias, x.expand(weight.shape[0], -1, -1), weight)


_nets_apart = False


@contextlib.contextmanager
def nets_apart() -> Iterator[None]:
    """Let networks that are exported meanwhile have a Gemm for each of G nets in place of one batched matmul.

    The function is the same. onnxruntime packs the constant matrix of a Gemm once, when it loads, and is faster then;
    `benchmarks/export.py` measures it.
    """
    global _nets_apart
    _nets_apart = True
    try:
        yield
    finally:
        _nets_apart = False


def nets_are_apart() -> bool:
    """Return whether `nets_apart` is entered."""
    return _nets_apart


def split_axis(x: Tensor, dim: int, sizes: tuple[int, ...]) -> Tensor:
    """Return `x` with one axis reshaped to several (`Tensor.unflatten` has no types)."""
    return x.reshape(*x.shape[:dim], *sizes, *x.shape[dim + 1 :])


def _windows(x: Tensor, dim: int, kernel: int, stride: int) -> Tensor:
    """Split one axis into (windows, kernel); what is left over at its end is cut off."""
    n = (x.shape[dim] - kernel) // stride + 1
    if kernel == stride or n == 1:
        x = x if x.shape[dim] == n * kernel else x.narrow(dim, 0, n * kernel)
        return split_axis(x, dim, (n, kernel))
    last = (n - 1) * stride + 1
    return torch.stack([x.narrow(dim, i, last)[(slice(None),) * dim + (slice(None, None, stride),)]
                        for i in range(kernel)], dim=dim + 1)  # fmt: skip


def _add_windows(y: Tensor, dim: int, stride: int) -> Tensor:
    """Join axes (windows, kernel) at `dim` into one on which windows start `stride` apart and add up."""
    n, kernel = y.shape[dim], y.shape[dim + 1]
    if kernel == stride or n == 1:
        return y.flatten(dim, dim + 1)
    behind = y.dim() - dim - 2  # axes after the kernel's
    n_parts = -(-kernel // stride)
    y = split_axis(F.pad(y, [0, 0] * behind + [0, n_parts * stride - kernel]), dim + 1, (n_parts, stride))
    shifted = [
        F.pad(y.select(dim + 1, i).flatten(dim, dim + 1), [0, 0] * behind + [i * stride, (n_parts - 1 - i) * stride])
        for i in range(n_parts)
    ]
    return torch.stack(shifted).sum(dim=0).narrow(dim, 0, (n - 1) * stride + kernel)
