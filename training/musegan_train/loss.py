"""Losses, each a small function of the critic and phrases; they must not know optimisers or data sets."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn


class CriticLoss(NamedTuple):
    """What one critic update minimises, and its parts."""

    total: Tensor
    distance: Tensor  # estimate of the Wasserstein distance
    penalty: Tensor  # mean of (|gradient| - 1)^2


def critic_loss(critic: nn.Module, real: Tensor, fake: Tensor, gp_weight: float) -> CriticLoss:
    """WGAN-GP, critic: E D(fake) - E D(real) + lambda GP (Gulrajani et al. 2017, eq. 3)."""
    scores_real, scores_fake = critic(torch.cat([real, fake])).chunk(2)
    distance = scores_real.mean() - scores_fake.mean()
    penalty = gradient_penalty(critic, real, fake)
    return CriticLoss(gp_weight * penalty - distance, distance.detach(), penalty.detach())


def generator_loss(critic: nn.Module, fake: Tensor) -> Tensor:
    """WGAN-GP, generator: -E D(fake)."""
    loss: Tensor = -critic(fake).mean()
    return loss


def gradient_penalty(critic: nn.Module, real: Tensor, fake: Tensor) -> Tensor:
    """E (|grad D(x)|_2 - 1)^2 at x = real + alpha (fake - real), alpha ~ U(0, 1) for each phrase on its own."""
    alpha = torch.rand((real.shape[0],) + (1,) * (real.dim() - 1), device=real.device)
    between = (real + alpha * (fake - real)).detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    penalty: Tensor = (gradient.flatten(1).norm(2, dim=1) - 1).square().mean()
    return penalty
