"""The folder of a training run: config, checkpoint, statistics; it must not know data or losses."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from musegan_models.networks import Critic, Generator
from musegan_models.spec import ModelSpec

CHECKPOINT = "checkpoint.pt"
CONFIG = "config.json"
STATS = "stats.jsonl"


@dataclass(frozen=True, slots=True)
class Config:
    """One training run; saved whole in its folder."""

    phrases: str  # path of the .npz that `prepare` wrote
    name: str = "band"  # of the bundle
    steps: int = 10_000  # generator updates
    batch: int = 32  # phrases
    n_critic: int = 5  # critic updates per generator update (WGAN-GP paper, algorithm 1)
    gp_weight: float = 10.0  # lambda of the gradient penalty
    learning_rate: float = 5e-4  # Adam, betas .5 and .9
    decay: float = 0.3  # last share of the steps, over which the learning rate falls to 0
    ema: float = 0.999  # decay of the averaged generator, the one that is exported
    dropout: float = 0.4  # share of phrases in which nobody plays
    both: float = 0.1  # share in which two tracks are given; one track, any, in the rest
    bar_channels: tuple[int, ...] = (256, 256, 128, 128, 64)
    temporal_channels: int = 256
    condition_channels: int = 32
    critic_width: int = 64
    seed: int = 0
    device: str = "auto"  # auto, cpu or cuda
    sample_every: int = 500  # steps between pictures and measurements
    checkpoint_every: int = 200  # steps

    def __post_init__(self) -> None:
        """Raise ValueError naming the field and its range."""
        for name in ("steps", "batch", "n_critic", "sample_every", "checkpoint_every"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, got {getattr(self, name)}")
        for name in ("decay", "ema", "dropout", "both"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} must be in 0..1, got {getattr(self, name)}")
        if self.dropout + self.both > 1:
            raise ValueError(f"dropout + both must be at most 1, got {self.dropout + self.both}")
        if self.learning_rate <= 0:
            raise ValueError(f"learning_rate must be above 0, got {self.learning_rate}")


@dataclass
class State:
    """All that changes while training, and all that a checkpoint holds."""

    generator: Generator
    critic: Critic
    average: Generator  # exponential moving average of the generator's weights
    generator_optimizer: torch.optim.Adam
    critic_optimizer: torch.optim.Adam
    rng: np.random.Generator  # of batches and conditions; torch's own draws z
    step: int = 0


def spec_of(config: Config) -> ModelSpec:
    """Return the spec of the band that this run trains."""
    return ModelSpec(config.name)


def pick_device(name: str) -> torch.device:
    """Return the torch device; raise ValueError where it cannot be had."""
    if name == "cuda" and not torch.cuda.is_available():
        raise ValueError("device must be one that torch can use: no CUDA device is available; use cpu")
    return torch.device("cuda" if name != "cpu" and torch.cuda.is_available() else "cpu")


def start(config: Config, spec: ModelSpec, densities: list[float], device: torch.device) -> State:
    """Build the networks of a new run."""
    torch.manual_seed(config.seed)
    generator = Generator(
        spec,
        temporal_channels=config.temporal_channels,
        bar_channels=config.bar_channels,
        condition_channels=config.condition_channels,
        densities=densities,
    ).to(device)
    critic = Critic(spec, config.critic_width).to(device)
    average = copy.deepcopy(generator).eval().requires_grad_(False)
    adam = {"lr": config.learning_rate, "betas": (0.5, 0.9)}
    return State(
        generator,
        critic,
        average,
        torch.optim.Adam(generator.parameters(), **adam),  # type: ignore[arg-type] # a dict of mixed values
        torch.optim.Adam(critic.parameters(), **adam),  # type: ignore[arg-type]
        np.random.default_rng(config.seed),
    )


def save(state: State, path: Path) -> None:
    """Write a checkpoint; a crash while writing leaves the one before."""
    data = {
        "step": state.step,
        "generator": state.generator.state_dict(),
        "critic": state.critic.state_dict(),
        "average": state.average.state_dict(),
        "generator_optimizer": state.generator_optimizer.state_dict(),
        "critic_optimizer": state.critic_optimizer.state_dict(),
        "rng": state.rng.bit_generator.state,
        "torch_rng": torch.get_rng_state(),
    }
    partial = path.with_suffix(".partial")
    torch.save(data, partial)
    partial.replace(path)


def restore(state: State, path: Path, device: torch.device) -> None:
    """Read a checkpoint into `state`."""
    data = torch.load(path, map_location=device, weights_only=True)
    for name in ("generator", "critic", "average", "generator_optimizer", "critic_optimizer"):
        getattr(state, name).load_state_dict(data[name])
    state.rng.bit_generator.state = data["rng"]
    torch.set_rng_state(data["torch_rng"].cpu())
    state.step = data["step"]


def load_config(run: Path) -> Config:
    """Read the config of a run folder."""
    if not (run / CONFIG).is_file():
        raise ValueError(f"{run} is not a run folder: {CONFIG} is missing")
    data = json.loads((run / CONFIG).read_text(encoding="utf-8"))
    return Config(**{**data, "bar_channels": tuple(data["bar_channels"])})


def load_average(run: Path) -> tuple[Config, Generator, int]:
    """Return the config of a run, its averaged generator on the CPU, in eval mode, and the step it is at."""
    config = load_config(run)
    if not (run / CHECKPOINT).is_file():
        raise ValueError(f"{run}: {CHECKPOINT} is missing: the run has not reached its first checkpoint")
    spec = spec_of(config)
    device = torch.device("cpu")
    state = start(config, spec, [0.02] * (2 * spec.n_tracks), device)
    data = torch.load(run / CHECKPOINT, map_location=device, weights_only=True)
    state.average.load_state_dict(data["average"])
    return config, state.average.eval(), int(data["step"])


def hours_of(run: Path) -> float:
    """Return how long the steps of a run took, as they were logged."""
    lines = (run / STATS).read_text(encoding="utf-8").splitlines()
    seconds: float = sum(json.loads(line)["seconds"] for line in lines)
    return round(seconds / 3600, 2)


def drop_stats_after(path: Path, step: int) -> None:
    """Forget the logged steps after the checkpoint: they will be trained again."""
    if not path.is_file():
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and json.loads(line)["step"] <= step]
    path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
