"""Train the hybrid, conditional MuseGAN with WGAN-GP; it must not know MIDI or onnxruntime."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from musegan_models.networks import Generator
from musegan_models.spec import ModelSpec
from musegan_train import phrases
from musegan_train.loss import critic_loss, generator_loss
from musegan_train.phrases import Phrases
from musegan_train.run import (
    CHECKPOINT,
    CONFIG,
    STATS,
    Config,
    State,
    drop_stats_after,
    pick_device,
    restore,
    save,
    spec_of,
    start,
)


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
        drop_stats_after(run / STATS, state.step)
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
