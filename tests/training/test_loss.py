"""Losses beside what is known in closed form of critics that are simple enough."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn

from musegan_train.fit import loss
from musegan_train.fit.loss import Unit
from musegan_train.fit.spectral import normalize

N, TRACKS, CELLS = 4, 3, 5


def linear(weights: Tensor) -> loss.Score:
    """Score phrases (N, CELLS) by one weight for each cell: the gradient is the weights, everywhere."""
    return lambda x: (x @ weights).unsqueeze(1)


def half(value: float) -> Tensor:
    return torch.full((N,), value)


def test_the_penalty_of_a_linear_critic_is_that_of_its_weights() -> None:
    weights = torch.full((CELLS,), 2.0)
    penalty = loss.gradient_penalty(linear(weights), torch.zeros(N, CELLS), torch.ones(N, CELLS), half(0.3))
    assert penalty.item() == pytest.approx((2 * CELLS**0.5 - 1) ** 2, rel=1e-5)


def test_the_penalty_is_in_the_units_of_the_papers_data() -> None:
    weights = torch.full((CELLS,), 2.0)
    score = linear(weights)
    penalty = loss.gradient_penalty(score, torch.zeros(N, CELLS), torch.ones(N, CELLS), half(0.3), Unit(scale=2.0))
    assert penalty.item() == pytest.approx((CELLS**0.5 - 1) ** 2, rel=1e-5)


def test_the_penalty_is_taken_between_each_pair_at_its_own_place() -> None:
    seen: list[Tensor] = []

    def score(x: Tensor) -> Tensor:
        seen.append(x.detach())
        return x.square().sum(dim=1, keepdim=True)

    alpha = torch.tensor([0.0, 0.25, 0.5, 1.0])
    loss.gradient_penalty(score, torch.zeros(N, CELLS), torch.ones(N, CELLS), alpha)
    assert torch.equal(seen[0][:, 0], alpha)


def test_a_critic_for_each_track_has_a_penalty_of_its_own() -> None:
    scales = torch.tensor([0.0, 1.0, 3.0])  # |gradient| of each track's critic, over sqrt(CELLS)

    def score(x: Tensor) -> Tensor:
        return x.sum(dim=2) * scales  # (N, TRACKS)

    real, fake = torch.zeros(N, TRACKS, CELLS), torch.ones(N, TRACKS, CELLS)
    penalty = loss.gradient_penalty(score, real, fake, half(0.5), Unit(tracks=1))
    own = [(s * CELLS**0.5 - 1) ** 2 for s in scales.tolist()]
    assert penalty.item() == pytest.approx(sum(own) / TRACKS, rel=1e-5)


def test_wgan_gp_is_the_distance_and_the_weighted_penalty() -> None:
    weights = torch.ones(CELLS)
    losses = loss.wgan_gp(linear(weights), torch.ones(N, CELLS), torch.zeros(N, CELLS), half(0.5), 10.0)
    penalty = (CELLS**0.5 - 1) ** 2
    assert losses.distance.item() == pytest.approx(CELLS)
    assert losses.penalty.item() == pytest.approx(penalty, rel=1e-5)
    assert losses.total.item() == pytest.approx(10 * penalty - CELLS, rel=1e-5)
    assert loss.wgan_generator(torch.full((N, 1), 3.0)).item() == -3.0


def test_the_penalty_teaches_the_critic() -> None:
    weights = torch.full((CELLS,), 2.0, requires_grad=True)
    loss.gradient_penalty(linear(weights), torch.zeros(N, CELLS), torch.ones(N, CELLS), half(0.5)).backward()  # type: ignore[no-untyped-call]
    norm = 2 * CELLS**0.5
    assert weights.grad is not None
    assert weights.grad.tolist() == pytest.approx([2 * (norm - 1) * 2 / norm] * CELLS, rel=1e-5)


def test_hinge_asks_for_no_more_than_one() -> None:
    weights = torch.ones(CELLS)
    sure = loss.hinge(linear(weights), torch.ones(N, CELLS), -torch.ones(N, CELLS))
    assert sure.total.item() == 0.0
    unsure = loss.hinge(linear(weights), torch.full((N, CELLS), 0.1), torch.zeros(N, CELLS))
    assert unsure.total.item() == pytest.approx(0.5 + 1.0)


def test_relativistic_compares_pairs_and_punishes_gradients_on_both_sides() -> None:
    weights = torch.full((CELLS,), 0.5)
    losses = loss.relativistic(linear(weights), torch.ones(N, CELLS), torch.zeros(N, CELLS), 8.0)
    squared = 0.25 * CELLS
    assert losses.penalty.item() == pytest.approx(2 * squared)  # R1 and R2
    gap = 0.5 * CELLS
    assert losses.total.item() == pytest.approx(math.log1p(math.exp(-gap)) + 8 / 2 * 2 * squared, rel=1e-5)
    made = loss.relativistic_generator(torch.full((N, 1), gap), torch.zeros(N, 1))
    assert made.item() == pytest.approx(math.log1p(math.exp(gap)), rel=1e-5)


def test_r1_and_r2_are_taken_at_real_and_at_generated_phrases() -> None:
    def score(x: Tensor) -> Tensor:
        return x.square().sum(dim=1, keepdim=True)  # gradient 2 x

    losses = loss.relativistic(score, torch.full((N, CELLS), 1.0), torch.full((N, CELLS), 2.0), 1.0)
    assert losses.penalty.item() == pytest.approx(4 * CELLS + 16 * CELLS)


def test_midinet_smooths_real_labels_on_one_side() -> None:
    nothing = torch.zeros(CELLS)
    losses = loss.midinet(linear(nothing), torch.ones(N, CELLS), torch.zeros(N, CELLS))
    assert losses.total.item() == pytest.approx(2 * math.log(2), rel=1e-5)  # at a score of 0 any label costs log 2
    best = math.log(0.9 / 0.1)
    scores = {1.0: best, 0.0: -50.0}
    sure = loss.midinet(lambda x: torch.tensor([[scores[float(row[0])]] for row in x]), torch.ones(N, 1),
                        torch.zeros(N, 1))  # fmt: skip
    assert sure.total.item() == pytest.approx(-(0.9 * math.log(0.9) + 0.1 * math.log(0.1)), rel=1e-5)


def test_midinet_matches_means_of_features_and_of_bars() -> None:
    sure = torch.full((N, 1), 50.0)  # no cross-entropy is left
    features = (torch.zeros(N, 7), torch.full((N, 7), 2.0))
    bars = (torch.zeros(N, CELLS), torch.ones(N, CELLS))
    total = loss.midinet_generator(sure, features, bars)
    assert total.item() == pytest.approx(0.1 * 7 * 4 / 2 + 0.01 * CELLS / 2, rel=1e-5)
    shuffled = (torch.tensor([[0.0], [1.0]]), torch.tensor([[1.0], [0.0]]))
    assert loss.midinet_generator(sure, shuffled, shuffled).item() == pytest.approx(0.0, abs=1e-6)


class Nets(nn.Module):
    """Three matrices of very different sizes, as one parameter."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(3, 6, 4) * torch.tensor([0.1, 1.0, 10.0])[:, None, None])


def test_spectral_norm_gives_every_net_a_greatest_singular_value_of_one() -> None:
    torch.manual_seed(0)

    nets = Nets()
    normalize(nets)
    for _ in range(50):
        weight = nets.weight
    assert torch.linalg.matrix_norm(weight, 2).tolist() == pytest.approx([1.0] * 3, rel=1e-3)
    kept = nets.eval().weight
    assert torch.equal(kept, nets.weight)  # what is only looked at does not change
    kept.sum().backward()  # type: ignore[no-untyped-call]


def phrase(*notes: tuple[int, int, int]) -> Tensor:
    """Return a phrase (1, 1, 1, 3, 16, 24) with notes at (track, step, pitch)."""
    x = torch.zeros(1, 1, 1, 3, 16, 24)
    for track, step, pitch in notes:
        x[0, 0, 0, track, step, pitch] = 1
    return x


OWN, PITCHED = torch.tensor([[[0.0, 1.0, 1.0]]]), torch.tensor([1.0, 1.0, 0.0])  # a lead, the band, and its drums


def test_what_the_song_plays_matches_in_any_octave_and_as_loud_as_one_likes() -> None:
    song = phrase((0, 0, 5), (1, 0, 0), (1, 4, 7), (2, 2, 3))
    assert torch.stack(loss.match(song, song, OWN, PITCHED)).sum().item() == pytest.approx(0, abs=1e-6)
    octave = phrase((1, 0, 12), (1, 4, 19), (2, 2, 9))  # the pitches of drums mean nothing
    assert torch.stack(loss.match(song, 0.3 * octave, OWN, PITCHED)).sum().item() == pytest.approx(0, abs=1e-6)


def test_another_harmony_and_another_rhythm_do_not_match() -> None:
    song = phrase((0, 0, 5), (1, 0, 0), (1, 4, 7), (2, 2, 3))
    harmony = phrase((1, 0, 1), (1, 4, 8), (2, 2, 3))
    assert [part.item() for part in loss.match(song, harmony, OWN, PITCHED)] == pytest.approx([1, 0], abs=1e-6)
    late = phrase((1, 1, 0), (1, 5, 7), (2, 2, 3))  # in the same beats
    assert [part.item() for part in loss.match(song, late, OWN, PITCHED)] == pytest.approx(
        [0, 0.5]
    )  # one of two tracks


def test_what_others_play_and_where_the_song_rests_is_not_judged() -> None:
    song = phrase((0, 0, 5), (1, 0, 0))
    made = phrase((0, 9, 9), (1, 0, 0), (2, 3, 3))
    assert torch.stack(loss.match(song, made, OWN, PITCHED)).sum().item() == pytest.approx(0, abs=1e-6)


def lines(*tracks: list[int]) -> Tensor:
    """Return the onsets of one bar in which each track plays one pitch after another, (1, 1, M, T, P)."""
    x = torch.zeros(1, 1, len(tracks), 16, 84)
    for track, pitches in enumerate(tracks):
        for step, pitch in enumerate(pitches):
            x[0, 0, track, step, pitch] = 1
    return x


def test_melodies_that_move_as_songs_do_match_in_any_key() -> None:
    song = lines([40, 42, 44, 45], [30, 37, 30])
    moved = lines([50, 52, 53, 55], [20, 13, 20])  # the same moves, and how often
    everyone = torch.ones(1, 2)
    assert loss.match_moves(song, moved, everyone).item() == pytest.approx(0, abs=1e-6)
    leaps = lines([40, 47, 40, 47], [30, 37, 30])
    assert loss.match_moves(song, leaps, everyone).item() == pytest.approx(0.5)  # nothing alike in one of two tracks
    assert loss.match_moves(song, leaps, torch.tensor([[0.0, 1.0]])).item() == pytest.approx(0.25)  # somebody plays it


def test_a_melody_of_leaps_learns_steps() -> None:
    song, everyone = lines([40, 42, 44, 42, 40]), torch.ones(1, 1)
    odds = (lines([40, 47, 40, 47, 40]) * 10 - 6).requires_grad_(True)
    loss.match_moves(song, torch.sigmoid(odds), everyone).backward()  # type: ignore[no-untyped-call]
    gradient = odds.grad
    assert gradient is not None
    assert gradient[0, 0, 0, 1, 42] < 0  # descent makes a second likelier
    assert gradient[0, 0, 0, 1, 47] > 0  # and the fifth less
