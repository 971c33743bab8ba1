"""Train the hybrid, conditional MuseGAN with WGAN-GP; it must not know MIDI or onnxruntime."""

from __future__ import annotations

import copy
import dataclasses
import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from musegan_models.networks import Critic, Generator
from musegan_models.spec import ModelSpec
from musegan_train import phrases
from musegan_train.loss import critic_loss, generator_loss
from musegan_train.phrases import Phrases

logger = logging.getLogger(__name__)

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


def fit(run: Path, config: Config, *, stop_after: float | None = None) -> Iterator[dict[str, Any]]:
    """Train in the folder `run`, from its checkpoint where it has one; yield the statistics of each step.

    `stop_after`: seconds, then the run is checkpointed and can be resumed. What is yielded is also in `stats.jsonl`.
    """
    run.mkdir(parents=True, exist_ok=True)
    (run / "samples").mkdir(exist_ok=True)
    device = pick_device(config.device)
    data = phrases.load(Path(config.phrases))
    train = np.flatnonzero(~data.held_out)
    if len(train) < config.batch:
        raise ValueError(f"{config.phrases}: batch is {config.batch}, but only {len(train)} phrases are not held out")
    spec = spec_of(config)
    state = start(config, spec, densities_of(data, train), device)
    if (run / CHECKPOINT).exists():
        restore(state, run / CHECKPOINT, device)
        _drop_stats_after(run / STATS, state.step)
    (run / CONFIG).write_text(json.dumps(dataclasses.asdict(config), indent=2) + "\n", encoding="utf-8")

    began = time.monotonic()
    with (run / STATS).open("a", encoding="utf-8") as log:
        while state.step < config.steps:
            stats = train_step(state, config, data, train, device)
            if state.step % config.sample_every == 0 or state.step == config.steps:
                stats |= sample_pictures(state, config, data, run)
            log.write(json.dumps(stats) + "\n")
            log.flush()
            spent = stop_after is not None and time.monotonic() - began > stop_after
            if state.step % config.checkpoint_every == 0 or state.step == config.steps or spent:
                save(state, run / CHECKPOINT)
            yield stats
            if spent:
                return


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


def densities_of(data: Phrases, indices: np.ndarray[Any, np.dtype[np.intp]]) -> list[float]:
    """Return the share of cells that sound, (n_tracks, onset and sustain) flattened, from at most 2,000 phrases."""
    some = np.random.default_rng(0).choice(indices, min(2000, len(indices)), replace=False)
    shares = data.unpack(some).mean(axis=(0, 2, 4, 5)).T  # (n_tracks, 2)
    return [float(share) for share in np.clip(shares, 1e-5, 0.5).flatten()]


def train_step(
    state: State, config: Config, data: Phrases, train: np.ndarray[Any, np.dtype[np.intp]], device: torch.device
) -> dict[str, Any]:
    """Make `n_critic` critic updates and one generator update; return their losses."""
    began = time.monotonic()
    rate = config.learning_rate * min(1.0, (config.steps - state.step) / max(1.0, config.decay * config.steps))
    for optimizer in (state.generator_optimizer, state.critic_optimizer):
        for group in optimizer.param_groups:
            group["lr"] = rate

    state.generator.train()
    for _ in range(config.n_critic):
        real = batch(state.rng, config, data, train, device)
        given = draw_given(state.rng, config, real.shape[3], device)
        with torch.no_grad():
            fake = generate(state.generator, real, given)
        losses = critic_loss(state.critic, real, fake, config.gp_weight)
        state.critic_optimizer.zero_grad(set_to_none=True)
        losses.total.backward()  # type: ignore[no-untyped-call]
        state.critic_optimizer.step()

    real = batch(state.rng, config, data, train, device)
    given = draw_given(state.rng, config, real.shape[3], device)
    state.critic.requires_grad_(False)
    loss = generator_loss(state.critic, generate(state.generator, real, given))
    state.generator_optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    state.generator_optimizer.step()
    state.critic.requires_grad_(True)

    update_average(state.average, state.generator, min(config.ema, (1 + state.step) / (10 + state.step)))
    state.step += 1
    return {
        "step": state.step,
        "distance": round(losses.distance.item(), 5),
        "penalty": round(losses.penalty.item(), 5),
        "generator_loss": round(loss.item(), 5),
        "learning_rate": rate,
        "seconds": round(time.monotonic() - began, 4),
    }


def batch(
    rng: np.random.Generator,
    config: Config,
    data: Phrases,
    train: np.ndarray[Any, np.dtype[np.intp]],
    device: torch.device,
) -> Tensor:
    """Return real phrases (N, B, 2, M, T, P), float32 in {0, 1}."""
    planes = data.unpack(train[rng.integers(len(train), size=config.batch)])  # (N, 2, B, M, T, P)
    return torch.from_numpy(planes).to(device).transpose(1, 2).float()


def draw_given(rng: np.random.Generator, config: Config, n_tracks: int, device: torch.device) -> Tensor:
    """Return which tracks are given in each phrase of a batch, (N, M) in {0, 1}: none, any one, or any two."""
    order = rng.random((config.batch, n_tracks)).argsort(axis=1)
    u = rng.random(config.batch)
    count = np.where(u < config.dropout, 0, np.where(u < config.dropout + config.both, 2, 1))
    return torch.from_numpy((order < count[:, None]).astype(np.float32)).to(device)


def draw_z(
    spec: ModelSpec, n: int, device: torch.device, generator: torch.Generator | None = None
) -> tuple[Tensor, ...]:
    """Return shared, shared_temporal (N, d) and private, private_temporal (N, M, d) from N(0, 1)."""
    sizes, m = spec.latent, spec.n_tracks
    shapes = ((n, sizes.shared), (n, sizes.shared_temporal), (n, m, sizes.private), (n, m, sizes.private_temporal))
    return tuple(torch.randn(shape, device=device, generator=generator) for shape in shapes)


def generate(generator: Generator, real: Tensor, given: Tensor, seed: int | None = None) -> Tensor:
    """Return phrases in which the given tracks are the real ones and the others are the generator's."""
    rng = None if seed is None else torch.Generator(device=real.device).manual_seed(seed)
    z = draw_z(generator.spec, real.shape[0], real.device, rng)
    mask = given[:, None, None, :, None, None]
    made: Tensor = generator(*z, real * mask, given)
    return real * mask + made * (1 - mask)


@torch.no_grad()
def update_average(average: Generator, generator: Generator, decay: float) -> None:
    """Move the averaged weights towards the generator's; running statistics are copied."""
    for mean, weight in zip(average.parameters(), generator.parameters(), strict=True):
        mean.lerp_(weight, 1 - decay)
    for copied, buffer in zip(average.buffers(), generator.buffers(), strict=True):
        copied.copy_(buffer)


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


def sample_pictures(state: State, config: Config, data: Phrases, run: Path) -> dict[str, Any]:
    """Draw four phrases of the averaged generator into `samples/`, and measure how much they sound."""
    from musegan_train.picture import draw_phrases

    held_out = np.flatnonzero(data.held_out)
    source = held_out if len(held_out) >= 4 else np.arange(len(data.song))
    device = next(state.average.parameters()).device
    planes = data.unpack(source[np.linspace(0, len(source) - 1, min(64, len(source))).astype(int)])
    real = torch.from_numpy(planes).to(device).transpose(1, 2).float()
    given = torch.zeros(real.shape[0], state.average.spec.n_tracks, device=device)
    with torch.no_grad():
        made = generate(state.average, real, given, seed=0).cpu().numpy()
    draw_phrases(
        made[:4], state.average.spec, run / "samples" / f"step-{state.step:06d}.png", title=f"step {state.step}"
    )
    return {
        "density": [round(float(v), 5) for v in (made > 0.5).mean(axis=(0, 1, 4, 5)).T.flatten()],
        "density_data": [round(float(v), 5) for v in planes.mean(axis=(0, 2, 4, 5)).T.flatten()],
    }


def _drop_stats_after(path: Path, step: int) -> None:
    """Forget the steps after the checkpoint: they will be trained again."""
    if not path.is_file():
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and json.loads(line)["step"] <= step]
    path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
