"""Intervals of pianorolls: how top lines move, and what sounds together."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from musegan_models.critic import Critic, StreamNets
from musegan_models.intervals import N_MOVES, moves, pairs
from musegan_models.presets import preset

C4 = 36  # index of a pitch, from MIDI note 24 on


def silence(*shape: int) -> Tensor:
    return torch.zeros(*shape, 16, 84)


def moves_at(onset: Tensor) -> dict[tuple[int, int, int], int]:
    """Return (bar, step, track) -> semitones, of what moves in the first phrase."""
    moved = moves(onset)[0].reshape(*onset.shape[1:2], 16, -1, N_MOVES)  # (B, T, M, moves)
    return {(b, t, m): d - 12 for b, t, m, d in moved.nonzero().tolist()}


def test_a_line_moves_by_steps_and_leaps_over_rests_and_bar_lines() -> None:
    onset = silence(1, 2, 2)
    for bar, step, pitch in ((0, 0, C4), (0, 4, C4 + 2), (0, 6, C4 + 1), (1, 3, C4 - 6), (1, 4, C4 - 6)):
        onset[0, bar, 0, step, pitch] = 1
    onset[0, 0, 0, 4, C4 - 9] = onset[0, 0, 0, 4, C4] = 1  # below the top line
    onset[0, 1, 1, 8, C4] = 1  # the first note of the other track
    assert moves_at(onset) == {(0, 4, 0): 2, (0, 6, 0): -1, (1, 3, 0): -7, (1, 4, 0): 0}


def test_a_leap_is_an_octave_at_most() -> None:
    onset = silence(1, 1, 1)
    for step, pitch in ((0, 0), (1, 12), (2, 25), (3, 71), (4, 83)):
        onset[0, 0, 0, step, pitch] = 1
    assert moves_at(onset) == {(0, 1, 0): 12, (0, 4, 0): 12}


@pytest.mark.parametrize(
    ("pitches", "expected", "clusters"),
    [
        ((0, 4, 7), [0, 0, 1, 1, 1, 0], 0),  # a triad
        ((0, 1, 2), [2, 1, 0, 0, 0, 0], 1),
        ((5, 11), [0, 0, 0, 0, 0, 1], 0),
        ((11, 12), [1, 0, 0, 0, 0, 0], 0),  # over the octave
        ((0, 12, 36), [0, 0, 0, 0, 0, 0], 0),
    ],
)
def test_pairs_are_the_intervals_between_pitch_classes_of_all_tracks(
    pitches: tuple[int, ...], expected: list[int], clusters: int
) -> None:
    cells = silence(1, 1, 2, 3)
    for i, pitch in enumerate(pitches):
        cells[0, 0, i % 2, i % 3, 5, C4 + pitch] = 1  # an onset or a sustain, in any track
    classes, intervals, threes = torch.split(pairs(cells)[0, 0, 5], [12, 6, 1])
    assert sorted(classes.nonzero().flatten().tolist()) == sorted({pitch % 12 for pitch in pitches})
    assert intervals.tolist() == expected
    assert threes.tolist() == [clusters]
    assert pairs(cells)[0, 0].sum(dim=1).nonzero().flatten().tolist() == [5]


def test_notes_of_songs_move_as_a_loop_over_them_says() -> None:
    onset = (torch.rand(2, 3, 2, 16, 84, generator=torch.Generator().manual_seed(0)) < 0.01).float()
    expected = {}
    for m in range(2):
        line = [(b, t, max(p)) for b in range(3) for t in range(16) if (p := onset[0, b, m, t].nonzero().tolist())]
        for (_, _, (old,)), (b, t, (new,)) in itertools.pairwise(line):
            if abs(new - old) <= 12:
                expected[b, t, m] = new - old
    assert moves_at(onset) == expected
    assert len(expected) > 5


def test_cells_that_are_not_sure_are_the_mean_of_what_may_be_played() -> None:
    onset = silence(1, 1, 1)
    onset[0, 0, 0, 0, C4] = 1
    onset[0, 0, 0, 1, C4 + 2], onset[0, 0, 0, 1, C4 + 4] = 0.5, 0.25
    moved = moves(onset)[0, 0, 1]
    assert moved[12 + 4].item() == pytest.approx(0.25)
    assert moved[12 + 2].item() == pytest.approx(0.5 * 0.75)
    assert moved.sum().item() == pytest.approx(1 - 0.5 * 0.75)
    cells = silence(1, 1, 1, 2)
    cells[0, 0, 0, 0, 0, C4], cells[0, 0, 0, 1, 0, C4 + 12], cells[0, 0, 0, 1, 0, C4 + 1] = 0.5, 0.5, 0.5
    assert pairs(cells)[0, 0, 0, [0, 1, 12]].tolist() == [0.75, 0.5, 0.375]


@pytest.mark.parametrize("view", [lambda x: moves(x[:, :, 0]), pairs])
def test_a_gradient_penalty_is_finite_where_cells_are_0_or_1(view: Callable[[Tensor], Tensor]) -> None:
    exact = torch.rand(1, 1, 1, 2, 3, 24, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    assert torch.autograd.gradgradcheck(view, exact.requires_grad_())
    hard = (torch.rand(2, 2, 2, 4, 16, 84, generator=torch.Generator().manual_seed(0)) < 0.05).float()
    for cells in (hard, torch.zeros_like(hard), torch.ones_like(hard)):
        (gradient,) = torch.autograd.grad(view(cells.requires_grad_()).square().sum(), cells, create_graph=True)
        (second,) = torch.autograd.grad(gradient.square().sum(), cells)
        assert torch.isfinite(gradient).all()
        assert torch.isfinite(second).all()


def test_the_live_critic_hears_the_same_moves_in_every_key_and_nothing_of_the_drums() -> None:
    streams = {s.row.view: s for s in Critic(preset("live", width=0.2)).later if isinstance(s, StreamNets)}
    spec = streams["melody"].spec
    cells = torch.zeros(2, 5, *spec.bar_shape)
    cells[..., 20:60] = (
        torch.rand(2, 5, *spec.bar_shape[:-1], 40, generator=torch.Generator().manual_seed(0)) < 0.05
    ).float()
    seen = {view: stream.view(cells) for view, stream in streams.items()}
    assert seen["melody"].shape == (1, 2, 5, 16, 1, 4 * N_MOVES)
    assert seen["pairs"].shape == (1, 2, 5, 16, 1, 19)
    higher = cells.roll(5, dims=-1)
    higher[:, :, :, [track.is_drum for track in spec.tracks]] = 1
    torch.testing.assert_close(streams["melody"].view(higher), seen["melody"])
    torch.testing.assert_close(streams["pairs"].view(higher)[..., 12:], seen["pairs"][..., 12:])
