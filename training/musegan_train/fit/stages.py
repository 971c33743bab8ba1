"""What is trained when: one stage, or Binary MuseGAN's two; it must not know data sets, losses or files.

Binary MuseGAN (Dong and Yang, ISMIR 2018, sec. 3.4) trains generator and critic on real-valued output first; then the
refiner, with binary neurons, on a generator that no longer changes (or, jointly, with one that does).
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from musegan_models.networks import Generator
from musegan_models.spec import ModelSpec
from musegan_train.fit.config import Config, ConfigError


@dataclass(frozen=True, slots=True)
class Stage:
    """A run of steps in which the same things are trained the same way."""

    first: int  # step before its first
    steps: int
    batch: int
    neurons_on: bool = False  # the output is binary
    only_refiner: bool = False  # the rest of the generator is frozen

    @property
    def last(self) -> int:
        """Its last step."""
        return self.first + self.steps


def stages_of(config: Config, spec: ModelSpec) -> tuple[Stage, ...]:
    """Return the stages of a run, in order; raise ConfigError where a model without neurons should have two."""
    if config.second_stage == "none":
        return (Stage(0, config.steps, config.batch, neurons_on=bool(spec.neurons)),)
    if not spec.neurons:
        raise ConfigError(
            f"second_stage must be none: {config.preset} has no binary neurons, got {config.second_stage}"
        )
    return (
        Stage(0, config.steps, config.batch),
        Stage(config.steps, config.second_steps, config.second_batch, True, config.second_stage == "refiner"),
    )


def stage_at(stages: tuple[Stage, ...], step: int) -> Stage:
    """Return the stage in which the step after `step` is made; the last one where there is none."""
    return next((stage for stage in stages if step < stage.last), stages[-1])


def n_critic_at(config: Config, stage: Stage, step: int) -> int:
    """Return the critic updates of the step after `step`: more in a burst, at the start and every so often."""
    since = step - stage.first
    is_burst = since < config.burst_first or (config.burst_every > 0 and since % config.burst_every == 0)
    return config.burst if config.burst and is_burst else config.n_critic


def learning_rate_at(config: Config, stage: Stage, step: int) -> float:
    """Return the learning rate of the step after `step`: it falls to 0 over the last steps of the last stage."""
    left = (config.all_steps - step) / max(1.0, config.decay * stage.steps)
    return config.learning_rate * min(1.0, left)


def slope_at(config: Config, stage: Stage, step: int, n_phrases: int) -> float:
    """Return the slope of binary neurons at the step after `step`; an epoch is a generator step for each batch."""
    since = step - stage.first
    epoch = since // max(1, n_phrases // stage.batch)
    straight = 1 + (config.slope_end - 1) * since / stage.steps
    return float(config.slope_per_epoch**epoch * straight)


def enter(stage: Stage, generator: Generator) -> None:
    """Put the generator in the mode of a stage, for training: frozen parts keep their weights and their statistics."""
    bars = generator.bar_generator
    bars.neurons_on = stage.neurons_on
    generator.train().requires_grad_(True)
    if stage.only_refiner:
        assert bars.refiner is not None
        generator.eval().requires_grad_(False)
        bars.training = True  # itself, not its layers: its neurons fire
        bars.refiner.train().requires_grad_(True)


def copy_weights(source: nn.Module, target: nn.Module) -> None:
    """Give `target` the parameters and buffers of `source`."""
    tensors: dict[str, Tensor] = source.state_dict()
    target.load_state_dict(tensors)
