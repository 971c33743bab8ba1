"""Train any preset: the loop over steps; it must not know MIDI, onnxruntime or how a loss is computed."""

from __future__ import annotations

import contextlib
import json
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from musegan_models.networks import draw_z, share_of_lasting
from musegan_models.spec import ModelSpec
from musegan_train.data import phrases
from musegan_train.data.phrases import Phrases
from musegan_train.fit import devices, evolution
from musegan_train.fit.average import reestimate_norms
from musegan_train.fit.batches import Batches, roll_of
from musegan_train.fit.begin import begin_with
from musegan_train.fit.config import Config, check_resume
from musegan_train.fit.generate import generate as generate
from musegan_train.fit.generate import play
from musegan_train.fit.run import (
    CONFIG,
    ENVIRONMENT,
    SAMPLES,
    STATS,
    TENSORBOARD,
    close_log,
    describe_start,
    drop_stats_after,
    load_config,
    open_log,
    spec_of,
)
from musegan_train.fit.stages import stages_of
from musegan_train.fit.state import checkpoint_of, restore, save, start
from musegan_train.fit.trainer import Trainer, TrainingError, rng_of

logger = logging.getLogger(__name__)

Stats = dict[str, Any]


def fit(
    run: Path, config: Config, *, stop_after: float | None = None, stop: Callable[[], bool] = lambda: False
) -> Iterator[Stats]:
    """Train in the folder `run`, from its checkpoint where it has one; yield the statistics of each step.

    `stop_after`: seconds; `stop`: asked after each step. Where either says so, the run is checkpointed and can be
    resumed to the bit: the steps that follow are those that would have followed. What is yielded is also in
    `stats.jsonl`. With several devices every process runs this; only the first writes and yields.

    Raises:
        ConfigError: The config is not the one that the run was started with, or asks for what there is not.
        BatchesError: The phrases do not fit the preset.
        TrainingError: A loss is not a number any more; the last checkpoint is as it was.

    """
    if (run / CONFIG).is_file():
        check_resume(load_config(run), config)
    data = phrases.load(Path(config.phrases))
    spec = spec_of(config)
    stages = stages_of(config, spec)
    fabric = devices.launch(config)
    batches = {
        stage: Batches(
            data, spec, stage.batch, augment=config.augment, dropout=config.dropout, both=config.both,
            awaited=config.awaited,
            device=fabric.device, part=(fabric.global_rank, fabric.world_size),
        )
        for stage in stages
    }  # fmt: skip
    state = start(config, fabric.device, densities_of(data, config), lasting_of(data, spec))
    state.average.spec = state.generator.spec = spec
    if (path := checkpoint_of(run)) is not None:
        restore(state, path, fabric.device)
    elif config.begin_with:
        batch = batches[stages[0]]
        begin_with(state, Path(config.begin_with), lambda i: batch.draw(np.random.default_rng((config.seed, 2, i))))
    for network in (state.generator, state.average, state.critic):
        devices.join_batch_norms(network)
    trainer = Trainer(config, stages, batches, state, fabric)
    is_first = fabric.global_rank == 0
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(_Folder(run, config, state.step, fabric.device)) if is_first else None
        began = time.monotonic()
        while state.step < config.all_steps:
            try:
                stats = trainer.step()
            except TrainingError as error:
                logger.error("%s", error)
                raise
            spent = stop() or (stop_after is not None and time.monotonic() - began > stop_after)
            is_last = devices.any_of(spent, fabric.device) or state.step == config.all_steps
            is_sampled = state.step % config.sample_every == 0 or state.step == config.all_steps
            is_kept = state.step % config.checkpoint_every == 0 or is_last
            if is_sampled or is_kept:
                reestimate_norms(state.average, trainer.play_average)
            if folder is not None:
                if is_sampled:
                    stats |= sample(trainer, data, run)
                folder.write(stats)
                if is_kept:
                    save(state, run)
                    logger.info("checkpoint at step %d", state.step)
                yield stats
            if is_last:
                devices.leave()
                return


class _Folder:
    """What the first process writes as it goes."""

    def __init__(self, run: Path, config: Config, step: int, device: torch.device) -> None:
        self._run, self._config, self._step, self._device = run, config, step, device

    def __enter__(self) -> _Folder:
        run, config = self._run, self._config
        (run / SAMPLES).mkdir(parents=True, exist_ok=True)
        partial = run / f"{CONFIG}.partial"  # another process may be reading it
        partial.write_text(config.to_json(), encoding="utf-8")
        partial.replace(run / CONFIG)
        drop_stats_after(run / STATS, self._step)
        self._log = open_log(run)
        begun = describe_start(self._step, f"{config.nodes} x {config.devices} {self._device.type}")
        with (run / ENVIRONMENT).open("a", encoding="utf-8") as file:
            file.write(json.dumps(begun) + "\n")
        logger.info("preset %s from step %d to %d on %s", config.preset, self._step, config.all_steps, begun["devices"])
        self._stats = (run / STATS).open("a", encoding="utf-8")
        self._events = _open_events(run / TENSORBOARD, self._step)
        return self

    def __exit__(self, *_: object) -> None:
        self._stats.close()
        if self._events is not None:
            self._events.close()
        close_log(self._log)

    def write(self, stats: Stats) -> None:
        """Log a step."""
        self._stats.write(json.dumps(stats) + "\n")
        self._stats.flush()
        if self._events is None:
            return
        for name, value in stats.items():
            if isinstance(value, int | float) and name != "step":
                self._events.add_scalar(name, value, stats["step"])
        picture = self._run / SAMPLES / f"step-{stats['step']:06d}.png"
        if "density" in stats and picture.is_file():
            import matplotlib.image

            pixels = np.asarray(matplotlib.image.imread(picture))[..., :3]
            self._events.add_image("samples", pixels, stats["step"], dataformats="HWC")


def _open_events(folder: Path, step: int) -> Any:
    """Return a TensorBoard writer; None where TensorBoard is not installed."""
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        logger.warning("no TensorBoard events: the package tensorboard is not installed")
        return None
    return SummaryWriter(folder, purge_step=step + 1)


def densities_of(data: Phrases, config: Config) -> list[float]:
    """Return the share of cells that sound, (M, planes) flattened, from at most 2,000 phrases."""
    train = data.indices(held_out=False)
    some = np.random.default_rng(0).choice(train, min(2000, len(train)), replace=False)
    shares = np.mean([roll_of(data, spec_of(config), part).mean(axis=(0, 1, 4, 5)).T
                      for part in np.array_split(some, max(1, len(some) // 100))], axis=0)  # fmt: skip
    return [float(share) for share in np.clip(shares, 1e-5, 0.5).flatten()]


def lasting_of(data: Phrases, spec: ModelSpec) -> list[float] | None:
    """Return the share of notes that last two steps or more, of each track; None where a model has no sustains."""
    if not spec.has_onsets:
        return None
    train = data.indices(held_out=False)
    some = np.sort(np.random.default_rng(0).choice(train, min(2000, len(train)), replace=False))
    planes = torch.from_numpy(roll_of(data, spec, some)).bool()
    share, has_notes = share_of_lasting(planes[:, :, 0], planes[:, :, 1])
    return [float(value) for value in (share * has_notes).sum(dim=(0, 1)) / has_notes.sum(dim=(0, 1)).clamp(min=1)]


def sample(trainer: Trainer, data: Phrases, run: Path) -> Stats:
    """Draw and write four phrases of the averaged generator, always of the same z, and measure how much they sound."""
    config, average, step = trainer.config, trainer.state.average, trainer.state.step
    held_out = data.indices(held_out=True)
    source = held_out if len(held_out) >= evolution.N_DRAWN else data.indices(held_out=False)
    indices = source[np.linspace(0, len(source) - 1, min(64, len(source))).astype(int)]
    batch = trainer.batches[trainer.stages[0]].at(indices, np.random.default_rng(config.seed))
    if batch.given is not None and average.spec.condition_track is None:
        nobody = torch.zeros_like(batch.given)
        batch = batch._replace(given=nobody, awaited=nobody)
    if batch.previous is not None:
        batch = batch._replace(previous=torch.zeros_like(batch.previous))
    z = draw_z(average.spec, len(indices), trainer.device, rng_of(trainer.device, config.seed, 0))
    made = play(average, batch, z).float().cpu().numpy()
    title = f"{config.preset}, step {step:,}"
    evolution.draw(made[: evolution.N_DRAWN], average.spec, run / SAMPLES / f"step-{step:06d}", title)
    real = batch.real.cpu().numpy()
    return {
        name: [round(float(v), 5) for v in (cells > 0.5).mean(axis=(0, 1, 4, 5)).T.flatten()]
        for name, cells in (("density", made), ("density_data", real))
    }
