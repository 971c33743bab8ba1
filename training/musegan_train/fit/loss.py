"""Losses, each a small function of scores or of the critic; they must not know optimisers, data sets or bands.

Phrases are `(N, ...)` of any shape; scores are `(N, S)`: S patches of a phrase, or one score for each track.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from musegan_models.blocks import split_axis
from musegan_models.intervals import N_MOVES, moves
from musegan_models.networks import chroma_of_beats

Score = Callable[[Tensor], Tensor]
"""A critic: phrases (N, ...) -> scores (N, S)."""

REAL_LABEL = 0.9  # MidiNet's one-sided label smoothing (Yang et al. 2017, code)
FEATURE_WEIGHT = 0.1  # of MidiNet's feature matching
MEAN_WEIGHT = 0.01  # of MidiNet's matching of mean phrases, as in its code; the paper says 1


class Unit(NamedTuple):
    """In what a gradient is measured."""

    scale: float = 1.0  # the papers' data are `scale` times as far apart as ours: +-1 is 2, 0..1 is 1
    tracks: int | None = None  # the axis of the tracks where each has a critic of its own, else None


PLAIN = Unit()


class CriticLoss(NamedTuple):
    """What one critic update minimises, and its parts."""

    total: Tensor
    distance: Tensor  # mean score of the real phrases above that of the generator's
    penalty: Tensor  # before its weight; 0 where a loss has none


def wgan_gp(score: Score, real: Tensor, fake: Tensor, alpha: Tensor, weight: float, unit: Unit = PLAIN) -> CriticLoss:
    """Return E D(fake) - E D(real) + lambda GP (Gulrajani et al. 2017, eq. 3).

    The penalty takes two thirds of the time: it is measured on as many phrases as there are `alpha`.
    """
    real_scores, fake_scores = score(torch.cat([real, fake])).chunk(2)
    distance = real_scores.mean() - fake_scores.mean()
    penalty = gradient_penalty(score, real[: len(alpha)], fake[: len(alpha)], alpha, unit)
    return CriticLoss(weight * penalty - distance, distance.detach(), penalty.detach())


def wgan_generator(fake_scores: Tensor) -> Tensor:
    """Return -E D(fake) (Arjovsky et al. 2017, algorithm 1)."""
    return -fake_scores.mean()


def gradient_penalty(score: Score, real: Tensor, fake: Tensor, alpha: Tensor, unit: Unit = PLAIN) -> Tensor:
    """Return E (|grad D(x)|_2 - 1)^2 at x = real + alpha (fake - real).

    `alpha`: (N,) from U(0, 1), one for each phrase. The gradient is that of the sum of a phrase's scores, in the units
    of the papers' data; with a critic for each track, each has its own norm.
    """
    between = torch.lerp(real, fake, alpha.reshape(-1, *[1] * (real.dim() - 1))).detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(score(between).sum(), between, create_graph=True)
    penalty: Tensor = (_squared_norm(gradient, unit).sqrt() - 1).square().mean()
    return penalty


def hinge(score: Score, real: Tensor, fake: Tensor) -> CriticLoss:
    """Return E max(0, 1 - D(real)) + E max(0, 1 + D(fake)) (Miyato et al. 2018, eq. 16); needs spectral norm."""
    real_scores, fake_scores = score(torch.cat([real, fake])).chunk(2)
    distance = (real_scores.mean() - fake_scores.mean()).detach()
    total = F.relu(1 - real_scores).mean() + F.relu(1 + fake_scores).mean()
    return CriticLoss(total, distance, torch.zeros_like(distance))


def relativistic(score: Score, real: Tensor, fake: Tensor, weight: float, unit: Unit = PLAIN) -> CriticLoss:
    """Return E softplus(D(fake) - D(real)) + gamma / 2 (R1 + R2) (Huang et al. 2024, arXiv 2501.05441, eq. 2 and 3).

    R1 and R2 are the mean squared norms of the gradient at real and at generated phrases; phrase i is compared with
    phrase i.
    """
    both = torch.cat([real, fake]).detach().requires_grad_(True)
    scores = score(both)
    real_scores, fake_scores = scores.chunk(2)
    (gradient,) = torch.autograd.grad(scores.sum(), both, create_graph=True)
    penalty = 2 * _squared_norm(gradient, unit).mean()  # R1 + R2: each is the mean of one half
    total = F.softplus(fake_scores - real_scores).mean() + weight / 2 * penalty
    return CriticLoss(total, (real_scores.mean() - fake_scores.mean()).detach(), penalty.detach())


def relativistic_generator(real_scores: Tensor, fake_scores: Tensor) -> Tensor:
    """Return E softplus(D(real) - D(fake)): the critic's loss with the sides changed."""
    return F.softplus(real_scores - fake_scores).mean()


def midinet(score: Score, real: Tensor, fake: Tensor) -> CriticLoss:
    """Return the cross-entropy of real against 0.9 and of fake against 0 (Yang et al., ISMIR 2017)."""
    # Two passes: MidiNet's critic has batch norm, which must not tell the halves of one batch apart.
    real_scores, fake_scores = score(real), score(fake)
    distance = (real_scores.mean() - fake_scores.mean()).detach()
    total = F.binary_cross_entropy_with_logits(real_scores, torch.full_like(real_scores, REAL_LABEL))
    total = total + F.binary_cross_entropy_with_logits(fake_scores, torch.zeros_like(fake_scores))
    return CriticLoss(total, distance, torch.zeros_like(distance))


def midinet_generator(fake_scores: Tensor, features: tuple[Tensor, Tensor], bars: tuple[Tensor, Tensor]) -> Tensor:
    """Return the cross-entropy of fake against 1 plus feature matching (Yang et al., ISMIR 2017, eq. 3).

    `features` of the critic's first layer and `bars`: real, fake.
    """
    loss = F.binary_cross_entropy_with_logits(fake_scores, torch.ones_like(fake_scores))
    return loss + FEATURE_WEIGHT * _mean_gap(*features) + MEAN_WEIGHT * _mean_gap(*bars)


def match(real: Tensor, made: Tensor, own: Tensor, pitched: Tensor) -> tuple[Tensor, Tensor]:
    """Return how far harmony and rhythm are from the song's, where the generator plays beside or after it; 0..1 each.

    Harmony: one minus the cosine of pitch classes in each beat, all its pitched tracks together. Rhythm: that of onsets
    at each step, track by track. Both are means over what sounds in the song. Angles say nothing about how much is
    played: that stays with the critic (the adversarial and the paired loss of Isola et al. 2017, arXiv 1611.07004, eq.
    4).
    `real`, `made`: (N, B, planes, M, T, P) of onsets, or onsets and sustains; `own` (N, B, M) in {0, 1}: what of it is
    judged; `pitched` (M,) in {0, 1}.
    """
    rhythm = [phrases[:, :, 0].sum(dim=4) for phrases in (real, made)]  # (N, B, M, T)
    tracks = (own * pitched)[..., None, None]
    harmony = [
        (chroma_of_beats(phrases.sum(dim=2)) * tracks).sum(dim=2) for phrases in (real, made)
    ]  # (N, B, beats, 12)
    return _apart(harmony[0], harmony[1], torch.ones_like(harmony[0][..., 0])), _apart(rhythm[0], rhythm[1], own)


def match_moves(real: Tensor, made: Tensor, own: Tensor) -> Tensor:
    """Return how far the moves of the tracks' top lines are from those of songs, 0..1.

    The total variation distance of their shares over a batch, -12..12 semitones, the mean over the tracks: what a
    critic of single phrases hardly hears (after the feature matching of Salimans et al. 2016, arXiv 1606.03498, sec.
    3.1). `real`: onsets (N, B, M, T, P) in {0, 1}; `made`: the probabilities that they are heard, of which notes sound
    from one half on; `own` (N, M) in {0, 1}: which tracks the generator plays. The moves are those of the notes, their
    gradient is that of the probabilities (straight through: Bengio et al. 2013, arXiv 1308.3432).
    """
    soft = moves(made)
    heard = moves((made > 0.5).to(made)) + soft - soft.detach()
    shares = []
    for moved, counts in ((moves(real), torch.ones_like(own)), (heard, own)):
        each = split_axis(moved.sum(dim=(1, 2)), 1, (-1, N_MOVES)) * counts.unsqueeze(2)  # (N, M, N_MOVES)
        each = each.sum(dim=0)
        shares.append(each / each.sum(dim=1, keepdim=True).clamp(min=1))
    distance: Tensor = (shares[0] - shares[1]).abs().sum(dim=1).mean() / 2
    return distance


def _apart(real: Tensor, made: Tensor, weight: Tensor) -> Tensor:
    """Return one minus the cosine along the last axis, a weighted mean over where `real` is not zero."""
    weight = weight * (real.sum(dim=-1) > 0)
    distance: Tensor = ((1 - F.cosine_similarity(real, made, dim=-1)) * weight).sum() / weight.sum().clamp(min=1)
    return distance


def _mean_gap(real: Tensor, fake: Tensor) -> Tensor:
    gap: Tensor = (fake.mean(dim=0) - real.mean(dim=0)).square().sum() / 2
    return gap


def _squared_norm(gradient: Tensor, unit: Unit) -> Tensor:
    """Return |gradient|^2 of each phrase (N,), or of each track of each (N, M)."""
    gradient = gradient.float() / unit.scale
    if unit.tracks is None:
        return gradient.flatten(1).square().sum(dim=1)
    return gradient.movedim(unit.tracks, 1).flatten(2).square().sum(dim=2)
