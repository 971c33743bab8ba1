"""One step of training: critic updates, generator updates, the average; it must not know files.

Every step draws from generators seeded with the run's seed and the step, so that nothing random has to be kept: a run
that was stopped goes on to the bit, and with several devices each draws the whole batch and takes its part.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import torch
from lightning_fabric import Fabric
from torch import Tensor

from musegan_models.networks import draw_z
from musegan_train.fit import chains, devices, loss
from musegan_train.fit.average import copy_norms, decay_at, reestimate_norms, update
from musegan_train.fit.batches import Batch, Batches, mismatch, prefetched
from musegan_train.fit.config import Config
from musegan_train.fit.generate import as_heard, generate, others_of, roll_out
from musegan_train.fit.loss import CriticLoss, Unit
from musegan_train.fit.stages import Stage, copy_weights, enter, learning_rate_at, n_critic_at, slope_at, stage_at
from musegan_train.fit.state import State

_TRACKS = 3  # axis of the tracks in (N, B, planes, M, T, P)
_LEVEL_RATE = 0.03  # logits in a step, for a track twice as dense as in the data


class TrainingError(ValueError):
    """Training that cannot go on; the message names the step and the loss."""


class Trainer:
    """Makes one step after another."""

    def __init__(
        self, config: Config, stages: tuple[Stage, ...], batches: Mapping[Stage, Batches], state: State, fabric: Fabric
    ) -> None:
        self.config, self.stages, self.batches, self.state = config, stages, batches, state
        self.device, self._fabric = fabric.device, fabric
        self._unit = Unit(state.critic.input_scale, _TRACKS if state.critic.is_private else None)
        # Only the generator: a gradient penalty needs second derivatives, which compiled code has not.
        self._forward: Callable[..., Tensor] = torch.compile(state.generator) if config.compile else state.generator
        self._entered: Stage | None = None
        # On a CPU a thread would take from the networks the time that it saves.
        self._drawn = (
            prefetched(self._draw, self._keys()) if self.device.type == "cuda" else map(self._draw, self._keys())
        )

    def step(self) -> dict[str, Any]:
        """Make the critic updates and then the generator updates of a step; return their losses.

        Raises:
            TrainingError: A loss is not a finite number.

        """
        began = time.monotonic()
        config, state = self.config, self.state
        stage = self._enter()
        rate = learning_rate_at(config, stage, state.step)
        slope = slope_at(config, stage, state.step, len(self.batches[stage].indices))
        state.generator.bar_generator.slope.fill_(slope)
        for optimizer, own in (
            (state.generator_optimizer, rate * config.generator_rate),
            (state.critic_optimizer, rate),
        ):
            for group in optimizer.param_groups:
                group["lr"] = own
        noise = rng_of(self.device, config.seed, state.step + 1)
        torch.manual_seed(_seed(config.seed, state.step, self._fabric.global_rank))  # of stochastic neurons

        n_critic = n_critic_at(config, stage, state.step)
        for _ in range(n_critic):
            batch = next(self._drawn)
            losses = self._update_critic(batch, stage, noise)
        for _ in range(config.n_generator):
            batch = next(self._drawn)
            generator_loss = self._update_generator(batch, stage, noise)
        update(state.average, state.generator, decay_at(config.ema, state.step - stage.first))
        if state.generator.levels is not None and state.average.levels is not None:
            state.average.levels.value.copy_(state.generator.levels.value)
        values = devices.average(torch.stack([*losses, generator_loss]).float()).tolist()
        names = ("critic_loss", "distance", "penalty", "generator_loss")
        for name, value in zip(names, values, strict=True):
            if not math.isfinite(value):
                raise TrainingError(
                    f"step {state.step + 1}: {name} is {value}: a lower learning_rate or a higher penalty may help; "
                    "the last checkpoint is kept"
                )
        state.step += 1
        stats = {
            "step": state.step,
            "stage": self.stages.index(stage) + 1,
            **{name: round(value, 6) for name, value in zip(names, values, strict=True)},
            "learning_rate": rate,
            "n_critic": n_critic,
        }
        if stage.neurons_on:
            stats["slope"] = slope
        return {**stats, "seconds": round(time.monotonic() - began, 4)}

    def play_average(self, i: int) -> Tensor:
        """Return the i-th of the batches that the batch norms of the averaged generator are measured on."""
        stage = stage_at(self.stages, max(0, self.state.step - 1))
        batch = self.batches[stage].draw(np.random.default_rng((self.config.seed, 1, i)))
        noise = rng_of(self.device, self.config.seed, -1 - i)
        self.state.average.bar_generator.neurons_on = stage.neurons_on
        z = self._draw_z(stage, noise)
        if self.state.average.spec.continues:
            batch, _ = self._go_on(batch, noise)
            if i == 0:  # what it hears of itself must not depend on when its norms were measured last
                copy_norms(self.state.generator, self.state.average)
            _, batch = roll_out(self.state.average, batch, z, self.state.average.spec.n_measures - 1)
        return generate(self.state.average, batch, z)

    def _keys(self) -> Iterator[tuple[Stage, int, int]]:
        """Name all batches from the next step on, in the order in which they are used."""
        for step in range(self.state.step, self.config.all_steps):
            stage = stage_at(self.stages, step)
            for i in range(n_critic_at(self.config, stage, step) + self.config.n_generator):
                yield stage, step, i

    def _draw(self, key: tuple[Stage, int, int]) -> Batch:
        stage, step, i = key
        return self.batches[stage].draw(np.random.default_rng((self.config.seed, 0, step, i)))

    def _enter(self) -> Stage:
        stage, state = stage_at(self.stages, self.state.step), self.state
        if stage != self._entered:
            if stage.only_refiner and state.step == stage.first:
                # The refiner learns on what will be exported: the averaged generator, and its batch norms.
                reestimate_norms(state.average, self.play_average)
                copy_weights(state.average, state.generator)
            enter(stage, state.generator)
            self._entered = stage
        return stage

    def _update_critic(self, batch: Batch, stage: Stage, noise: torch.Generator) -> CriticLoss:
        critic, config = self.state.critic, self.config
        with self._fabric.autocast():
            with torch.no_grad():
                played, fake = self._generate(batch, stage, noise)
                fake = fake.float()
                if n := round(config.mismatched * len(fake)):
                    fake[:n] = mismatch(batch, n)
            alpha = self._part(self._alpha(stage, noise))
            real, fake = self._seen(batch, batch.real), self._seen(played, fake)
            losses = critic_loss(config, self._score(batch), real, fake, alpha, self._unit)
        self._minimize(losses.total, self.state.critic_optimizer, critic)
        return CriticLoss(losses.total.detach(), losses.distance, losses.penalty)

    def _update_generator(self, batch: Batch, stage: Stage, noise: torch.Generator) -> Tensor:
        critic, config = self.state.critic, self.config
        critic.requires_grad_(False)
        with self._fabric.autocast():
            played, made = self._generate(batch, stage, noise)
            fake = self._seen(played, made)
            score = self._score(batch)
            if config.loss == "midinet":
                features = [_bars(critic.features(x, batch.chord)) for x in (batch.real, fake)]
                total = loss.midinet_generator(
                    score(fake), (features[0], features[1]), (batch.real.flatten(0, 1), fake.flatten(0, 1))
                )
            elif config.loss == "relativistic":
                real = self._seen(batch, batch.real)
                total = loss.relativistic_generator(*score(torch.cat([real, fake])).chunk(2))
            else:  # WGAN-GP and hinge
                total = loss.wgan_generator(score(fake))
            if config.match or config.match_rhythm:
                harmony, rhythm = self._match(batch, made, self._led(played))
                total = total + config.match * (harmony + rhythm) + config.match_rhythm * rhythm
            if config.match_moves:
                total = total + config.match_moves * self._match_moves(batch, made)
            if config.match_awaited and batch.awaited is not None:
                awaits = batch.awaited.any(dim=1, keepdim=True).expand(-1, batch.real.shape[1])
                harmony, rhythm = self._match(batch, made, awaits)
                total = total + config.match_awaited * (harmony + rhythm)
        self._minimize(total, self.state.generator_optimizer, self.state.generator)
        critic.requires_grad_(True)
        levels = self.state.generator.levels
        if levels is not None and batch.given is not None:
            levels.follow(made.detach().float(), batch.given, others_of(batch), _LEVEL_RATE)
            levels.value.copy_(devices.average(levels.value))
        return total.detach()

    def _led(self, batch: Batch) -> Tensor:
        """Return in which bars tracks of a song, or its bar before, are heard, (N, B)."""
        n, bars, _, m = batch.real.shape[:4]
        others = batch.real.new_zeros(n, m) if batch.given is None else others_of(batch)
        is_led = others.any(dim=1, keepdim=True).repeat(1, bars)
        if self.state.generator.spec.continues and batch.previous is not None:
            own = torch.zeros_like(is_led[:, 0]) if batch.own is None else batch.own
            is_led[:, 0] |= batch.previous[:, 0].flatten(1).any(dim=1) & ~own
        return is_led

    def _match(self, batch: Batch, made: Tensor, is_led: Tensor) -> tuple[Tensor, Tensor]:
        """Return how far harmony and rhythm are from the songs' in the bars `is_led`, (N, B)."""
        others = made.new_zeros(is_led.shape[0], made.shape[3]) if batch.given is None else others_of(batch)
        own = (1 - others)[:, None] * is_led[:, :, None]
        pitched = [0.0 if track.is_drum else 1.0 for track in self.state.generator.spec.tracks]
        return loss.match(batch.real, made, own, torch.tensor(pitched, device=made.device))

    def _match_moves(self, batch: Batch, made: Tensor) -> Tensor:
        """Return how far the moves of the pitched tracks' top lines are from the songs', as they would be heard."""
        generator = self.state.generator
        pitched = [i for i, track in enumerate(generator.spec.tracks) if not track.is_drum]
        others = made.new_zeros(len(made), made.shape[3]) if batch.given is None else others_of(batch)
        heard = as_heard(generator, batch, made.float())[:, :, 0, pitched]
        return loss.match_moves(batch.real[:, :, 0, pitched], heard, 1 - others[:, pitched])

    def _minimize(self, total: Tensor, optimizer: torch.optim.Optimizer, network: torch.nn.Module) -> None:
        optimizer.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[no-untyped-call]
        devices.average_gradients(network.parameters())
        optimizer.step()

    def _generate(self, batch: Batch, stage: Stage, noise: torch.Generator) -> tuple[Batch, Tensor]:
        """Return phrases, and the batch with the bars before that they were played upon."""
        generator, bars = self.state.generator, self.state.bars
        if not generator.spec.continues:
            return batch, generate(self._forward, batch, self._draw_z(stage, noise))
        batch, places = self._go_on(batch, noise)
        z = self._draw_z(stage, noise)
        if torch.is_grad_enabled():
            _, batch = roll_out(generator, batch, z, generator.spec.n_measures - 1)
            made = generate(self._forward, batch, z)
        else:
            made, _ = roll_out(generator, batch, z)
        if len(places):
            bars[devices.gather(places)] = devices.gather(chains.last_bars(generator, batch, made, len(places)))
        return batch, made

    def _go_on(self, batch: Batch, noise: torch.Generator) -> tuple[Batch, Tensor]:
        """Let the last phrases go on from bars of the band's own; return from which, too.

        Every process has all these bars, draws for the whole batch, and takes its part.
        """
        n = round(self.config.own_before * len(batch.real))
        choice = chains.choose(n * self._fabric.world_size, noise)
        return chains.go_on(self.state.bars, batch, chains.Choice(*map(self._part, choice)))

    def _seen(self, batch: Batch, phrases: Tensor) -> Tensor:
        """Return what the critic sees of phrases: the bar before them too, where it looks that far."""
        if not self.state.critic.table.sees_before:
            return phrases
        assert batch.previous is not None
        return torch.cat([batch.previous[:, :1], phrases], dim=1)

    def _draw_z(self, stage: Stage, noise: torch.Generator) -> dict[str, Tensor]:
        drawn = draw_z(self.state.generator.spec, stage.batch, self.device, noise)
        return {name: self._part(z) for name, z in drawn.items()}

    def _alpha(self, stage: Stage, noise: torch.Generator) -> Tensor:
        return torch.rand(stage.batch, device=self.device, generator=noise)

    def _part(self, whole: Tensor) -> Tensor:
        """Return this process's part of a batch."""
        return whole.chunk(self._fabric.world_size)[self._fabric.global_rank]

    def _score(self, batch: Batch) -> loss.Score:
        """Return the critic, told what it needs to know of the batch; several phrases of one index may be scored."""
        critic, chord = self.state.critic, batch.chord
        n = len(batch.real)
        if chord is None:
            return lambda x: critic(x, n_together=n).float()
        return lambda x: critic(x, chord.repeat(len(x) // len(chord), 1, 1), n_together=n).float()


def critic_loss(config: Config, score: loss.Score, real: Tensor, fake: Tensor, alpha: Tensor, unit: Unit) -> CriticLoss:
    """Return the critic's loss of the config's kind."""
    match config.loss:
        case "wgan-gp":
            n = max(1, round(config.penalty_share * len(alpha)))
            return loss.wgan_gp(score, real, fake, alpha[:n], config.penalty, unit)
        case "hinge":
            return loss.hinge(score, real, fake)
        case "relativistic":
            return loss.relativistic(score, real, fake, config.penalty, unit)
        case _:
            return loss.midinet(score, real, fake)


def rng_of(device: torch.device, seed: int, number: int) -> torch.Generator:
    """Return a generator of random numbers that is the same for the same seed and number."""
    return torch.Generator(device=device).manual_seed(_seed(seed, number, 0))


def _seed(*numbers: int) -> int:
    """Return one seed made of several numbers."""
    return int(np.random.SeedSequence([n % 2**32 for n in numbers]).generate_state(1, np.uint64)[0] >> np.uint64(1))


def _bars(features: Tensor) -> Tensor:
    """(N, G, B, ...) -> (N * B, ...): one row for each bar."""
    return features.transpose(1, 2).flatten(0, 1)
