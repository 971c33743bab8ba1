"""The blocks: each equal to torch's own layer, and to itself after folding."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from musegan_models.blocks import Chain, Conv, Layer, TransposedConv, join
from musegan_models.refiner import Refiner, fire

KERNELS = [
    ((1, 1, 12), (1, 1, 12)),  # stride equals kernel: a reshape
    ((1, 4, 1), (1, 4, 1)),
    ((4, 1, 1), (4, 1, 1)),
    ((1, 4, 3), (1, 4, 2)),  # windows overlap
    ((2, 1, 1), (1, 1, 1)),
    ((1, 3, 2), (1, 2, 1)),
]
G, N, C_IN, C_OUT = 2, 3, 5, 4


def own_net(block: TransposedConv | Conv, net: int) -> nn.ConvTranspose3d | nn.Conv3d:
    """Return torch's layer with the weights of one of the block's nets."""
    k, s = block.layer.kernel, block.layer.strides
    weight = block.weight[net].detach()
    if isinstance(block, TransposedConv):
        twin: nn.ConvTranspose3d | nn.Conv3d = nn.ConvTranspose3d(C_IN, C_OUT, k, s)
        twin.weight.data = weight.reshape(C_IN, *k, C_OUT).permute(0, 4, 1, 2, 3)
    else:
        twin = nn.Conv3d(C_IN, C_OUT, k, s)
        twin.weight.data = weight.reshape(*k, C_IN, C_OUT).permute(4, 3, 0, 1, 2)
    assert twin.bias is not None
    twin.bias.data = block.bias[net, 0].detach()
    return twin


@pytest.mark.parametrize("kind", [TransposedConv, Conv])
@pytest.mark.parametrize(("kernel", "stride"), KERNELS)
def test_a_block_is_the_convolution_it_replaces(
    kind: type[TransposedConv] | type[Conv], kernel: tuple[int, int, int], stride: tuple[int, int, int]
) -> None:
    torch.manual_seed(0)
    block = kind(G, C_IN, Layer(C_OUT, kernel, stride, norm="none", activation="none"))
    nn.init.normal_(block.bias)
    x = torch.randn(G, N, 4, 9, 24, C_IN)  # 9 steps: what is left over is cut off
    y = block(x)
    for net in range(G):
        expected = own_net(block, net)(x[net].permute(0, 4, 1, 2, 3)).permute(0, 2, 3, 4, 1)
        torch.testing.assert_close(y[net], expected, rtol=1e-4, atol=1e-4)


def test_second_gradients_are_those_of_the_convolution() -> None:
    """WGAN-GP differentiates a gradient."""
    torch.manual_seed(0)
    block = Conv(1, C_IN, Layer(C_OUT, (1, 4, 3), (1, 4, 2), norm="none", activation="leaky"))
    twin = own_net(block, 0)
    x = torch.randn(1, N, 1, 8, 7, C_IN)

    def penalty(score: Tensor, at: Tensor, weight: Tensor) -> Tensor:
        (gradient,) = torch.autograd.grad(score.square().sum(), at, create_graph=True)
        (second,) = torch.autograd.grad(gradient.square().sum(), weight)
        return second

    a = x.clone().requires_grad_()
    ours = penalty(block(a), a, block.weight)
    b = x.clone().requires_grad_()
    theirs = penalty(F.leaky_relu(twin(b[0].permute(0, 4, 1, 2, 3)), 0.2), b, twin.weight)
    torch.testing.assert_close(ours.reshape(1, 4, 3, C_IN, C_OUT).permute(4, 3, 0, 1, 2), theirs, rtol=1e-3, atol=1e-3)


def test_a_dense_layer_has_a_bias_for_each_place() -> None:
    tied = TransposedConv(1, C_IN, Layer(C_OUT, (1, 2, 1)))
    dense = TransposedConv(1, C_IN, Layer(C_OUT, (1, 2, 1), is_dense=True))
    assert (tied.bias.numel(), dense.bias.numel()) == (C_OUT, 2 * C_OUT)


@pytest.mark.parametrize("kind", [TransposedConv, Conv])
@pytest.mark.parametrize("norm", ["batch", "layer"])
def test_norms_are_torchs(kind: type[TransposedConv] | type[Conv], norm: str) -> None:
    torch.manual_seed(0)
    block = kind(G, C_IN, Layer(C_OUT, (1, 2, 3), norm=norm, activation="none"))
    bare = kind(G, C_IN, Layer(C_OUT, (1, 2, 3), norm="none", activation="none"))
    bare.load_state_dict({name: value for name, value in block.state_dict().items() if "norm" not in name})
    x = torch.randn(G, N, 2, 4, 6, C_IN)
    for net in range(G):
        plain = bare(x)[net].permute(0, 4, 1, 2, 3)
        expected = F.batch_norm(plain, None, None, training=True) if norm == "batch" else F.layer_norm(
            plain, plain.shape[1:]
        )  # fmt: skip
        torch.testing.assert_close(block(x)[net].permute(0, 4, 1, 2, 3), expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("kind", [TransposedConv, Conv])
@pytest.mark.parametrize("layer", [
    Layer(C_OUT, (1, 2, 3)),
    Layer(C_OUT, (1, 4, 3), (1, 4, 2), activation="leaky"),
])  # fmt: skip
def test_folding_a_batch_norm_keeps_the_function(kind: type[TransposedConv] | type[Conv], layer: Layer) -> None:
    torch.manual_seed(0)
    block = kind(G, C_IN, layer)
    x = torch.randn(G, 16, 2, 4, 6, C_IN)
    for _ in range(20):
        block(x)
    block.eval()
    folded = copy.deepcopy(block)
    folded.fold()
    assert folded.norm is None
    torch.testing.assert_close(folded(x), block(x), rtol=1e-4, atol=1e-4)


def test_features_of_one_place_reach_every_place() -> None:
    x = torch.zeros(2, N, 1, 4, 7, 3)
    joined = join(x, {"chord": torch.ones(1, N, 1, 1, 1, 13)}, ("chord",))
    assert joined.shape == (2, N, 1, 4, 7, 16)
    assert joined[..., 3:].min() == 1


def test_a_chain_joins_the_features_its_layers_ask_for() -> None:
    layers = (Layer(8, (1, 2, 1)), Layer(6, (1, 2, 1), skip=("e",)))
    chain = Chain(1, 4, layers, TransposedConv, {"e": 5})
    features = {"e": torch.randn(1, N, 1, 2, 1, 5)}
    assert chain(torch.randn(1, N, 1, 1, 1, 4), features).shape == (1, N, 1, 4, 1, 6)


@pytest.mark.parametrize("stochastic", [False, True])
def test_binary_neurons_pass_the_slope_of_the_sigmoid(stochastic: bool) -> None:
    x = torch.linspace(-2, 2, 9, requires_grad=True)
    slope = torch.tensor(3.0)
    y = fire(x, slope, stochastic=stochastic, generator=torch.Generator().manual_seed(0))
    assert set(y.detach().round(decimals=5).tolist()) <= {0.0, 1.0}
    (gradient,) = torch.autograd.grad(y.sum(), x)
    p = torch.sigmoid(3 * x.detach())
    torch.testing.assert_close(gradient, 3 * p * (1 - p))


def test_stochastic_neurons_fire_as_often_as_they_say() -> None:
    x = torch.full((20_000,), 0.5)
    y = fire(x, torch.tensor(2.0), stochastic=True, generator=torch.Generator().manual_seed(0))
    assert y.mean().item() == pytest.approx(torch.sigmoid(torch.tensor(1.0)).item(), abs=0.01)


def test_a_refiner_refines_each_track_alone() -> None:
    torch.manual_seed(0)
    refiner = Refiner(3, 8).eval()
    x = torch.rand(2, 3, 16, 84)
    other = x.clone()
    other[:, 1] = 0
    moved = (refiner(x) - refiner(other)).abs().amax(dim=(0, 2, 3)) > 0
    assert moved.tolist() == [False, True, False]
    assert refiner(x).shape == x.shape
