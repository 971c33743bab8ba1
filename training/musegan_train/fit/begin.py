"""A run that begins with the weights of another, or of a bundle; it must not know losses or data."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn

from musegan_models.blocks import Conv, TransposedConv
from musegan_models.bundle import SPEC_FILE
from musegan_models.critic import Critic
from musegan_models.networks import Generator, draw_z
from musegan_train.fit.batches import Batch
from musegan_train.fit.config import ConfigError, load_config
from musegan_train.fit.from_bundle import read_weights, restore_norms
from musegan_train.fit.generate import generate, roll_out
from musegan_train.fit.state import State, checkpoint_of, has_later, read, start


def begin_with(state: State, run: Path, draw: Callable[[int], Batch]) -> None:
    """Give networks the weights of a run whose networks are part of them; what is new counts for nothing at first.

    So the generator plays, and the critic judges, as they did there, until training makes use of what is new: inputs,
    bars, nets. Optimisers begin anew. `run` may also be a bundle, of the same networks: then the critic, which a bundle
    has not, begins anew as well, and `draw(i)`, the i-th batch, says how the generator's batch norms are restored.

    Raises:
        ConfigError: There is no such run, or its networks are no part of these.

    """
    if (run / SPEC_FILE).is_file():
        _begin_with_bundle(state, run, draw)
        return
    config, path = load_config(run), checkpoint_of(run)
    if path is None:
        raise ConfigError(f"begin_with must be a run with a checkpoint, got {run}")
    device = next(state.generator.parameters()).device
    data = read(path, device)
    before = start(config, device, later=has_later(data["critic"]))
    for name in ("generator", "critic", "average"):
        network = getattr(before, name)
        network.load_state_dict(data[name])
        _grow(network, getattr(state, name), run)


@torch.no_grad()
def _begin_with_bundle(state: State, path: Path, draw: Callable[[int], Batch]) -> None:
    generator = state.generator.eval()
    read_weights(generator, path)
    noise = torch.Generator(device=next(generator.parameters()).device).manual_seed(0)

    def play(i: int) -> None:
        batch = draw(i)
        z = draw_z(generator.spec, len(batch.real), batch.real.device, noise)
        generated = generate if batch.previous is None or not generator.spec.continues else roll_out
        generated(generator, batch, z)

    restore_norms(generator, play)
    state.average.load_state_dict(generator.state_dict())
    generator.train()


@torch.no_grad()
def _grow(old: nn.Module, new: nn.Module, run: Path) -> None:
    theirs, ours = dict(old.named_modules()), dict(new.named_modules())
    for name, module in theirs.items():
        if not isinstance(module, Conv | TransposedConv):
            continue
        own: nn.Module | None = ours.get(name)
        if type(own) is not type(module) or not _is_part(module, own):
            raise ConfigError(
                f"begin_with must be a run whose networks are part of the new ones; {name} of {run} is not"
            )
        assert isinstance(own, Conv | TransposedConv)
        _put(module, own)
    if isinstance(new, Critic) and isinstance(old, Critic):
        for head in list(new.heads)[len(old.heads) :]:  # the scores of heads are added up
            last = [m for m in head.modules() if isinstance(m, Conv)][-1]
            last.weight.zero_()
    if isinstance(new, Generator) and isinstance(old, Generator):
        new.bar_generator.slope.copy_(old.bar_generator.slope)
        if new.levels is not None and old.levels is not None:
            new.levels.value.copy_(old.levels.value)


def _is_part(old: Conv | TransposedConv, new: Conv | TransposedConv) -> bool:
    a, b = old.layer, new.layer
    same = (old.n_nets, a.channels, a.kernel[1:], a.norm, a.is_dense) == (
        new.n_nets,
        b.channels,
        b.kernel[1:],
        b.norm,
        b.is_dense,
    )
    bars = b.kernel[0] - a.kernel[0]
    return same and bars >= 0 and not (bars and isinstance(old, TransposedConv))


def _put(old: Conv | TransposedConv, new: Conv | TransposedConv) -> None:
    """Copy one layer; new inputs come after the old ones, new bars before them, and count for nothing."""
    target, source = _by_place(new), _by_place(old)
    target.zero_()
    bars, inputs = source.shape[1], source.shape[3]
    target[:, target.shape[1] - bars :, :, :inputs] = source
    for name, value in [*old.named_parameters(), *old.named_buffers()]:
        if name != "weight":
            dict([*new.named_parameters(), *new.named_buffers()])[name].copy_(value)


def _by_place(net: Conv | TransposedConv) -> Tensor:
    """Return the weight as (G, bars, other places, inputs, outputs)."""
    weight, kernel = net.weight.data, net.layer.kernel
    if isinstance(net, TransposedConv):  # all places are among the outputs
        return weight.view(weight.shape[0], 1, 1, *weight.shape[1:])
    return weight.view(weight.shape[0], kernel[0], math.prod(kernel[1:]), -1, weight.shape[-1])
