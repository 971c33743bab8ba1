"""All that changes while training, and its checkpoints; it must not know data sets or losses.

No state of a random generator is among it: each step draws from generators seeded with the run's seed and the step.
"""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from musegan_models.critic import Critic
from musegan_models.networks import Generator
from musegan_models.presets import preset
from musegan_models.spec import SpecError
from musegan_models.tables import Preset
from musegan_train.fit import chains
from musegan_train.fit.average import freeze
from musegan_train.fit.config import Config, ConfigError
from musegan_train.fit.spectral import normalize

CHECKPOINT = "checkpoint.pt"
PREVIOUS = "checkpoint-previous.pt"
_BARS = "bars"  # a checkpoint written before chains were has none
_PARTS = ("generator", "critic", "average", "generator_optimizer", "critic_optimizer")


class CheckpointError(ValueError):
    """A checkpoint that cannot be read, or is of other networks; the message names the file."""


@dataclass
class State:
    """All that changes while training, and all that a checkpoint holds."""

    generator: Generator
    critic: Critic
    average: Generator  # exponential moving average of the generator's weights
    generator_optimizer: torch.optim.Adam
    critic_optimizer: torch.optim.Adam
    bars: Tensor  # the band's own, that phrases go on from, see `chains`
    step: int = 0


def preset_of(config: Config) -> Preset:
    """Return the networks' tables and the spec; raise ConfigError where the preset has no such form."""
    made = preset(config.preset, band=config.name)
    names = {track.name for track in config.tracks}
    fits = made.spec.has_chord or names >= set(made.spec.track_names)
    try:
        return preset(
            config.preset,
            band=config.name,
            beat_resolution=config.beat_resolution,
            # A preset whose players are all there keeps its order of them; another takes those that there are.
            tracks=None if fits else config.tracks,
            condition_track=config.condition_track,
            width=config.width,
        )
    except SpecError as error:
        raise ConfigError(str(error)) from error


def start(
    config: Config,
    device: torch.device,
    densities: list[float] | None = None,
    lasting: list[float] | None = None,
    *,
    later: bool = True,
) -> State:
    """Build the networks of a new run.

    Of the data: `densities`, the share of cells that sound, tracks x planes flattened, and `lasting`, the share of
    notes that last, of each track. `later`: whether the critic has the streams that came later, see `has_later`.
    """
    torch.manual_seed(config.seed)
    made = preset_of(config)
    if not later:
        made = replace(made, critic=replace(made.critic, later=()))
    generator, critic = Generator(made, densities, lasting).to(device), Critic(made).to(device)
    if config.loss == "hinge":
        normalize(critic)
    average = copy.deepcopy(generator).eval()
    freeze(average.parameters())

    def adam(network: nn.Module) -> torch.optim.Adam:
        is_fused = device.type in ("cpu", "cuda")
        return torch.optim.Adam(network.parameters(), config.learning_rate, config.betas, fused=is_fused)

    bars = chains.silence(generator.spec, device)
    return State(generator, critic, average, adam(generator), adam(critic), bars)


def save(state: State, run: Path) -> None:
    """Write the checkpoint of a run folder; the one before stays as the previous one, a crash leaves either."""
    data = {"step": state.step, _BARS: state.bars, **{name: getattr(state, name).state_dict() for name in _PARTS}}
    partial = run / f"{CHECKPOINT}.partial"
    torch.save(data, partial)
    if (run / CHECKPOINT).exists():
        (run / CHECKPOINT).replace(run / PREVIOUS)
    partial.replace(run / CHECKPOINT)


def checkpoint_of(run: Path) -> Path | None:
    """Return the newest checkpoint of a run folder, or None."""
    return next((run / name for name in (CHECKPOINT, PREVIOUS) if (run / name).is_file()), None)


def read(path: Path, device: torch.device) -> dict[str, Any]:
    """Read a checkpoint; raise CheckpointError where it is none."""
    try:
        data: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
    except (EOFError, OSError, RuntimeError, pickle.UnpicklingError) as error:
        again = "" if path.name == PREVIOUS else f": delete it, and the run goes on from {PREVIOUS} where there is one"
        raise CheckpointError(f"{path}: not a whole checkpoint{again}") from error
    if missing := sorted({"step", *_PARTS} - set(data)):
        raise CheckpointError(f"{path}: not a checkpoint: it has no {', '.join(missing)}")
    return data


def has_later(critic: dict[str, Any]) -> bool:
    """Tell whether the weights are of a critic with streams for intervals; those of older versions had none."""
    return any(name.startswith("later.") for name in critic)


def restore(state: State, path: Path, device: torch.device) -> None:
    """Read a checkpoint into `state`."""
    data = read(path, device)
    if has_later(state.critic.state_dict()) and not has_later(data["critic"]):
        raise CheckpointError(
            f"{path}: its critic does not hear intervals yet: begin another run with it, --begin-with {path.parent}"
        )
    for name in _PARTS:
        part = getattr(state, name)
        if isinstance(part, nn.Module):
            load_weights(part, data[name], path)
        else:
            part.load_state_dict(data[name])
    if _BARS in data:
        state.bars.copy_(data[_BARS])
    state.step = int(data["step"])


def load_weights(network: nn.Module, weights: dict[str, torch.Tensor], path: Path) -> None:
    """Give `network` the weights; raise CheckpointError naming a layer of another size."""
    there = network.state_dict()
    for name in [*there, *weights]:
        has, wants = weights.get(name), there.get(name)
        if has is None or wants is None or has.shape != wants.shape:
            sizes = " and ".join("nothing" if w is None else str(tuple(w.shape)) for w in (has, wants))
            raise CheckpointError(f"{path}: other layers than the config says: {name} is {sizes}")
    network.load_state_dict(weights)
