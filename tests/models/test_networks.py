"""The networks: shapes, sizes, and what reaches what."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from musegan_models.blocks import PrivateUpsample
from musegan_models.networks import Critic, Generator, TemporalGenerator
from musegan_models.spec import LatentSizes, ModelSpec

SPEC = ModelSpec("test", latent=LatentSizes(8, 8, 8, 8))
N, B, M, T, P = 3, 4, 5, 16, 84
DRUMS = SPEC.track_names.index("drums")


@pytest.fixture
def generator() -> Generator:
    torch.manual_seed(0)
    made = Generator(SPEC, temporal_channels=16, bar_channels=(16, 16, 16, 16, 8), condition_channels=8)
    nn.init.zeros_(made.bar_generator.pitches.bias)  # past the density it starts at, where nearly all is silent
    return made.eval()


def latents(n: int = N) -> dict[str, Tensor]:
    torch.manual_seed(1)
    shapes = {"shared": (n, 8), "shared_temporal": (n, 8), "private": (n, M, 8), "private_temporal": (n, M, 8)}
    return {name: torch.randn(shape) for name, shape in shapes.items()}


def nobody(n: int = N) -> dict[str, Tensor]:
    return {"condition": torch.zeros(n, B, 2, M, T, P), "given": torch.zeros(n, M)}


def changed(a: Tensor, b: Tensor, over: tuple[int, ...]) -> list[bool]:
    """Return along the axis that is left where two outputs differ."""
    return ((a - b).abs().amax(dim=over) > 1e-6).tolist()


def test_a_phrase_is_a_probability_for_each_cell(generator: Generator) -> None:
    out = generator(**latents(), **nobody())
    assert out.shape == (N, B, 2, M, T, P)
    assert 0 <= out.min() <= out.max() <= 1


def test_drums_have_no_sustain(generator: Generator) -> None:
    out = generator(**latents(), **nobody())
    assert out[:, :, 1, DRUMS].abs().max() == 0
    assert out[:, :, 0, DRUMS].max() > 0


@pytest.mark.parametrize("name", ["shared", "shared_temporal"])
def test_a_shared_z_reaches_every_track_and_every_bar(generator: Generator, name: str) -> None:
    z = latents()
    a = generator(**z, **nobody())
    b = generator(**{**z, name: -z[name]}, **nobody())
    assert changed(a, b, (0, 1, 2, 4, 5)) == [True] * M
    assert changed(a, b, (0, 2, 3, 4, 5)) == [True] * B


@pytest.mark.parametrize("name", ["private", "private_temporal"])
def test_a_private_z_reaches_its_own_track_only_in_every_bar(generator: Generator, name: str) -> None:
    z = latents()
    other = z[name].clone()
    other[:, 2] *= -1
    a, b = generator(**z, **nobody()), generator(**{**z, name: other}, **nobody())
    assert changed(a, b, (0, 1, 2, 4, 5)) == [False, False, True, False, False]
    assert changed(a, b, (0, 2, 3, 4, 5)) == [True] * B


@pytest.mark.parametrize(("name", "differ"), [("shared_temporal", True), ("shared", False)])
def test_bars_of_a_phrase_differ_through_the_temporal_z_alone(generator: Generator, name: str, differ: bool) -> None:
    z = {key: value if key == name else torch.zeros_like(value) for key, value in latents().items()}
    # With no temporal z the temporal generators still give each bar its own constant: compare with that.
    still = generator(**{key: torch.zeros_like(value) for key, value in z.items()}, **nobody())
    out = generator(**z, **nobody())
    moves = out - still
    assert bool(((moves[:, 1:] - moves[:, :1]).abs() > 1e-3).any()) >= differ


@pytest.mark.parametrize("track", range(M))
def test_a_condition_on_any_track_changes_the_others_in_its_bar_only(generator: Generator, track: int) -> None:
    z, empty = latents(), nobody()
    given = empty["given"].clone()
    given[:, track] = 1
    condition = empty["condition"].clone()
    condition[:, 2, 0, track, ::4, 30] = 1
    a = generator(**z, condition=empty["condition"], given=given)
    b = generator(**z, condition=condition, given=given)
    assert changed(a, b, (0, 2, 3, 4, 5)) == [False, False, True, False]
    assert changed(a, b, (0, 1, 2, 4, 5)) == [True] * M


def test_a_silent_condition_is_not_the_same_as_none(generator: Generator) -> None:
    z, empty = latents(), nobody()
    silent = {**empty, "given": torch.ones(N, M)}
    assert not torch.allclose(generator(**z, **empty), generator(**z, **silent))


def test_a_gradient_reaches_every_parameter(generator: Generator) -> None:
    critic = Critic(SPEC, width=8)
    generator.train()
    some = {"condition": (torch.rand(N, B, 2, M, T, P) < 0.1).float(), "given": torch.ones(N, M)}
    critic(generator(**latents(), **some)).mean().backward()
    for network in (generator, critic):
        silent = [name for name, p in network.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0]
        # A batch norm takes away the bias before it, and phrase_head biases do not depend on the input.
        assert [name for name in silent if "linear.bias" not in name and "first.bias" not in name] == []


def test_folding_batch_norms_changes_nothing(generator: Generator) -> None:
    generator.train()
    for _ in range(3):
        generator(**latents(), **nobody())  # statistics that are not the initial ones
    generator.eval()
    folded = copy.deepcopy(generator)
    folded.fold()
    assert torch.allclose(generator(**latents(), **nobody()), folded(**latents(), **nobody()), atol=1e-5)


def test_upsampling_is_the_transposed_convolution_it_replaces() -> None:
    torch.manual_seed(0)
    block = PrivateUpsample(2, 6, 7, 3).eval()
    x = torch.randn(2, 4, 5, 6)
    for net in range(2):
        # (in, factor * out) -> (in, out, kernel)
        weight = block.linear.weight[net].reshape(6, 3, 7).permute(0, 2, 1)
        bias = block.linear.bias[net, 0].reshape(3, 7)
        y = F.conv_transpose1d(x[net].transpose(1, 2), weight, stride=3)
        y = y + bias.t().repeat(1, 5)
        expected = F.relu(y / (1 + 1e-5) ** 0.5).transpose(1, 2)
        assert torch.allclose(block(x)[net], expected, atol=1e-5)


def test_the_temporal_generator_has_the_size_of_the_paper() -> None:
    net = TemporalGenerator(1, 32, 4, 1024)
    assert sum(p.numel() for p in net.parameters()) == 167_008
    assert net(torch.randn(6, 1, 32)).shape == (6, 1, 4, 32)


def test_the_critic_scores_phrases_and_hears_the_order_of_bars_and_tracks() -> None:
    torch.manual_seed(0)
    critic = Critic(SPEC, width=16)
    x = (torch.rand(N, B, 2, M, T, P) < 0.05).float()
    score = critic(x)
    assert score.shape == (N,)
    assert not torch.allclose(score, critic(x.flip(1)))
    assert not torch.allclose(score, critic(x.flip(3)))
