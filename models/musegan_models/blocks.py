"""Layers that all networks are made of, in torch; they must not know what a track or a bar is.

Kernel equals stride in nearly every layer of the papers' networks. Such a transposed convolution is a matmul and a
reshape, exactly, and trains and plays twice as fast. The private networks of the tracks have one shape, so they run as
one batched matmul with the network as its batch axis.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

LEAK = 0.2  # slope of every leaky ReLU, as in the papers' code


class PrivateLinear(nn.Module):
    """`n_nets` separate linear layers in one batched matmul: (n_nets, N, d_in) -> (n_nets, N, d_out)."""

    def __init__(self, n_nets: int, d_in: int, d_out: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(n_nets, d_in, d_out) * math.sqrt(1 / d_in))
        self.bias = nn.Parameter(torch.zeros(n_nets, 1, d_out))

    def forward(self, x: Tensor) -> Tensor:
        """Apply layer i to `x[i]`."""
        return torch.baddbmm(self.bias, x, self.weight)


class PrivateBatchNorm(nn.Module):
    """Batch norm of (n_nets, N, d) over N, with statistics and an affine for each net and channel."""

    def __init__(self, n_nets: int, channels: int, momentum: float = 0.1, eps: float = 1e-5) -> None:
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.gain = nn.Parameter(torch.ones(n_nets, 1, channels))
        self.bias = nn.Parameter(torch.zeros(n_nets, 1, channels))
        self.mean: Tensor
        self.var: Tensor
        self.register_buffer("mean", torch.zeros(n_nets, 1, channels))
        self.register_buffer("var", torch.ones(n_nets, 1, channels))

    def forward(self, x: Tensor) -> Tensor:
        """Normalise with the batch's statistics in training, with the running ones else."""
        if self.training:
            var, mean = torch.var_mean(x, dim=1, keepdim=True, unbiased=False)
            with torch.no_grad():
                self.mean.lerp_(mean, self.momentum)
                self.var.lerp_(var, self.momentum)
        else:
            mean, var = self.mean, self.var
        scale = self.gain * torch.rsqrt(var + self.eps)
        return x * scale + (self.bias - mean * scale)


class PrivateUpsample(nn.Module):
    """`n_nets` transposed convolutions with kernel = stride = `factor`, then batch norm and ReLU.

    (n_nets, N, L, c_in) -> (n_nets, N, L * factor, c_out). The axis L is time or, with
    L = steps x octaves, pitch.
    """

    def __init__(self, n_nets: int, c_in: int, c_out: int, factor: int) -> None:
        super().__init__()
        self.factor, self.c_out = factor, c_out
        self.linear = PrivateLinear(n_nets, c_in, factor * c_out)
        self.norm: nn.Module = PrivateBatchNorm(n_nets, c_out)

    def forward(self, x: Tensor) -> Tensor:
        """Grow the axis L."""
        n_nets, n, length, channels = x.shape
        y = self.linear(x.reshape(n_nets, n * length, channels))
        y = F.relu(self.norm(y.reshape(n_nets, -1, self.c_out)))
        return y.reshape(n_nets, n, length * self.factor, self.c_out)

    def fold(self) -> None:
        """Put the batch norm's running statistics into the linear layer, for export; the function stays the same."""
        norm = self.norm
        assert isinstance(norm, PrivateBatchNorm)
        with torch.no_grad():
            scale = norm.gain * torch.rsqrt(norm.var + norm.eps)  # (n_nets, 1, c_out)
            self.linear.weight.mul_(scale.repeat(1, 1, self.factor))
            self.linear.bias.mul_(scale.repeat(1, 1, self.factor))
            self.linear.bias.add_((norm.bias - norm.mean * scale).repeat(1, 1, self.factor))
        self.norm = nn.Identity()


class Downsample(nn.Module):
    """A convolution with kernel = stride = `factor`, batch norm, leaky ReLU: (N, L * factor, c_in) -> (N, L, c_out)."""

    def __init__(self, c_in: int, c_out: int, factor: int) -> None:
        super().__init__()
        self.factor = factor
        self.linear = nn.Linear(c_in * factor, c_out)
        self.norm: nn.Module = nn.BatchNorm1d(c_out)

    def forward(self, x: Tensor) -> Tensor:
        """Shrink the axis L."""
        n, length, channels = x.shape
        y = self.linear(x.reshape(n * length // self.factor, channels * self.factor))
        return F.leaky_relu(self.norm(y), LEAK).reshape(n, length // self.factor, -1)

    def fold(self) -> None:
        """Put the batch norm's running statistics into the linear layer, for export; the function stays the same."""
        assert isinstance(self.norm, nn.BatchNorm1d)
        self.linear = nn.utils.fuse_linear_bn_eval(self.linear, self.norm)
        self.norm = nn.Identity()
