"""The averaged generator, the one that is heard: its weights and its batch norms; it must not know losses or files."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn

from musegan_models.blocks import PrivateBatchNorm
from musegan_models.networks import Generator

_BATCHES = 8


def decay_at(ema: float, step: int) -> float:
    """Return the decay after `step` steps: lower at first, so that the start is soon forgotten."""
    return min(ema, (1 + step) / (10 + step))


@torch.no_grad()
def update(average: Generator, generator: Generator, decay: float) -> None:
    """Move the averaged weights towards the generator's (Yazici et al. 2019, arXiv 1806.04498)."""
    means: list[Tensor] = list(average.parameters())
    weights: list[Tensor] = list(generator.parameters())
    torch._foreach_lerp_(means, weights, 1 - decay)


@torch.no_grad()
def reestimate_norms(average: Generator, make: Callable[[int], Tensor], n_batches: int = _BATCHES) -> None:
    """Measure the batch norms' statistics anew: no generator ever had the averaged weights.

    `make(i)` plays the i-th batch with `average`. The result is the mean over the batches' statistics.
    """
    was = average.training
    average.train()
    norms = [m for m in average.modules() if isinstance(m, PrivateBatchNorm | nn.modules.batchnorm._BatchNorm)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        if isinstance(norm, nn.modules.batchnorm._BatchNorm):
            norm.reset_running_stats()  # its count of batches too
    for i in range(n_batches if norms else 0):
        for norm in norms:
            norm.momentum = 1 / (i + 1)
        make(i)
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
    average.train(was)


@torch.no_grad()
def copy_norms(source: Generator, target: Generator) -> None:
    """Give `target` the running statistics of the batch norms of `source`."""
    for own, other in zip(source.modules(), target.modules(), strict=True):
        if isinstance(own, PrivateBatchNorm) and isinstance(other, PrivateBatchNorm):
            other.mean.copy_(own.mean)
            other.var.copy_(own.var)


def freeze(parameters: Iterable[nn.Parameter]) -> None:
    """Let nothing be trained."""
    for parameter in parameters:
        parameter.requires_grad_(False)
