"""Binary MuseGAN's refiner and binary neurons, in torch; it must not know tracks by name."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

KERNEL = (3, 12)  # steps, pitches


def fire(logits: Tensor, slope: Tensor, *, stochastic: bool, generator: torch.Generator | None = None) -> Tensor:
    """Binary neurons with the sigmoid-adjusted straight-through gradient (Dong and Yang, ISMIR 2018, eq. 4 and 5).

    With p = sigmoid(slope * x): deterministic neurons give 1 where p > 1/2, stochastic ones where p > U(0, 1).
    Backward, both are p.
    """
    p = torch.sigmoid(slope * logits)
    if stochastic:
        threshold = torch.rand(p.shape, device=p.device, dtype=p.dtype, generator=generator)
    else:
        threshold = torch.full_like(p, 0.5)
    binary = (p > threshold).to(p.dtype)
    return binary.detach() + p - p.detach()


class ResidualUnit(nn.Module):
    """BN, ReLU, convolution, twice, plus the input; a net for each track: (N, G, T, P) -> (N, G, T, P)."""

    def __init__(self, n_nets: int, channels: int) -> None:
        super().__init__()
        self.norm_in, self.norm_mid = nn.BatchNorm2d(n_nets), nn.BatchNorm2d(n_nets * channels)
        self.conv_in = nn.Conv2d(n_nets, n_nets * channels, KERNEL, groups=n_nets)
        self.conv_out = nn.Conv2d(n_nets * channels, n_nets, KERNEL, groups=n_nets)

    def forward(self, x: Tensor) -> Tensor:
        """Refine."""
        y = self.conv_in(_pad(F.relu(self.norm_in(x))))
        y = self.conv_out(_pad(F.relu(self.norm_mid(y))))
        refined: Tensor = x + y
        return refined


class Refiner(nn.Module):
    """R of Binary MuseGAN: two residual units on what the generator plays; its output goes to binary neurons."""

    def __init__(self, n_nets: int, channels: int) -> None:
        super().__init__()
        self.units = nn.Sequential(ResidualUnit(n_nets, channels), ResidualUnit(n_nets, channels))

    def forward(self, x: Tensor) -> Tensor:
        """(N, G, T, P) in 0..1 -> logits (N, G, T, P)."""
        refined: Tensor = self.units(x)
        return refined


def _pad(x: Tensor) -> Tensor:
    """Pad so that the convolution keeps the size, as TensorFlow's SAME does with an even kernel."""
    (steps, pitches) = KERNEL
    return F.pad(x, [(pitches - 1) // 2, pitches // 2, (steps - 1) // 2, steps // 2])
