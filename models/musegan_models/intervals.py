"""The intervals of pianorolls, one after another and together; it must not know networks or presets.

All here is the same wherever it is on the keyboard, but for pitch classes. Cells may be probabilities: of cells that
are independent. Products of them have gradients, and gradients of gradients, everywhere; a root or a logarithm has none
at a cell that is 0.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

OCTAVE = 12
N_MOVES = 2 * OCTAVE + 1
"""Moves of a line: -12..12 semitones."""

N_PAIRS = OCTAVE + OCTAVE // 2 + 1
"""Pitch classes, interval classes 1..6, clusters of three semitones."""


def moves(onset: Tensor) -> Tensor:
    """Return by how many semitones the top line of each track moves, (N, B, M, T, P) -> (N, B, T, M * N_MOVES).

    The top line is the highest note of those that start at a step; it stays until others start, over bar lines too.
    Where the first one starts nothing moves, and moves of more than an octave are none of these.
    """
    n, bars, m, steps, pitches = onset.shape
    line = onset.transpose(1, 2).reshape(n, m, bars * steps, pitches)
    above, none = _none_above(line)
    top = line * above
    held, before = torch.zeros_like(top[:, :, 0]), []
    for now, rest in zip(top.unbind(dim=2), none.unbind(dim=2), strict=True):
        before.append(held)
        held = torch.addcmul(now, rest, held)
    moved = _correlation(top, torch.stack(before, dim=2))  # (N, M, B * T, N_MOVES)
    return moved.reshape(n, m, bars, steps, N_MOVES).permute(0, 2, 3, 1, 4).flatten(3)


def pairs(cells: Tensor) -> Tensor:
    """Return what sounds together at each step, (N, B, planes, M, T, P) -> (N, B, T, N_PAIRS).

    Pitch classes, as the first has them, of all tracks together; how many pairs of them are 1..6 semitones apart, up or
    down; and how many threes are neighbours.
    """
    silent = 1 - cells.movedim(4, 2).flatten(3)  # (N, B, T, planes * M * P)
    classes = 1 - _product(_octaves(silent).transpose(3, 4))  # (N, B, T, 12)
    shifted = [classes.roll(-d, dims=-1) for d in range(1, OCTAVE // 2 + 1)]
    intervals = [(classes * other).sum(dim=-1) for other in shifted]
    intervals[-1] = intervals[-1] / 2  # a tritone is met from both its ends
    clusters = (classes * shifted[0] * shifted[1]).sum(dim=-1)
    return torch.cat([classes, torch.stack([*intervals, clusters], dim=-1)], dim=-1)


def _octaves(x: Tensor) -> Tensor:
    """(..., P) -> (..., P / 12, 12)."""
    return x.reshape(*x.shape[:-1], -1, OCTAVE)


def _none_above(onset: Tensor) -> tuple[Tensor, Tensor]:
    """Return how probable it is that no note starts above each pitch, (..., P), and none at all, (..., 1)."""
    silent = _octaves(1 - onset)  # (.., octaves, 12)
    in_octave, octaves = _products_after(silent)
    above, none = _products_after(octaves)
    return (in_octave * above.unsqueeze(-1)).flatten(-2), none.unsqueeze(-1)


def _products_after(x: Tensor) -> tuple[Tensor, Tensor]:
    """Return the products of what comes after each, along the last axis, and the product of all (one axis less).

    torch's own cumulative product takes far longer where it has zeros and a gradient of its gradient.
    """
    total, after = torch.ones_like(x[..., 0]), []
    for part in reversed(x.unbind(dim=-1)):
        after.append(total)
        total = total * part
    return torch.stack(after[::-1], dim=-1), total


def _product(x: Tensor) -> Tensor:
    """Return the product along the last axis, half by half: torch's own has slow gradients of gradients."""
    while (n := x.shape[-1]) > 1:
        half = x[..., : n // 2] * x[..., n // 2 : n // 2 * 2]
        x = torch.cat([half, x[..., n // 2 * 2 :]], dim=-1) if n % 2 else half
    return x[..., 0]


def _correlation(now: Tensor, before: Tensor) -> Tensor:
    """Return sum over p of now(p) before(p - d) for d = -12..12, (..., P) -> (..., N_MOVES).

    As products of matrices: each octave of the one with itself and its neighbours of the other, and then the sums over
    diagonals. Windows over all of `before` would be 25 times as large.
    """
    octaves = _octaves(F.pad(before, [OCTAVE, OCTAVE]))
    around = torch.cat([octaves[..., :-2, :], octaves[..., 1:-1, :], octaves[..., 2:, :]], dim=-1)  # (.., octaves, 36)
    products = _octaves(now).transpose(-1, -2) @ around  # (.., 12, 36): of all pairs of them
    moved: Tensor = products.flatten(-2) @ _diagonals(now)
    return moved


def _diagonals(like: Tensor) -> Tensor:
    """Return which move each place of (12, 36) is, (12 * 36, N_MOVES) in {0, 1}."""
    now, before = torch.arange(OCTAVE, device=like.device), torch.arange(3 * OCTAVE, device=like.device) - OCTAVE
    move = (now[:, None] - before).flatten()
    return (move[:, None] == torch.arange(-OCTAVE, OCTAVE + 1, device=like.device)).to(like)
