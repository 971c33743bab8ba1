"""The folder of a training run, which explains itself; it must not know data sets or losses."""

from __future__ import annotations

import json
import logging
import platform
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any

import torch

from musegan_models.networks import Generator
from musegan_models.spec import ModelSpec
from musegan_train.fit import state as states
from musegan_train.fit.config import CONFIG as CONFIG
from musegan_train.fit.config import Config
from musegan_train.fit.config import RunError as RunError
from musegan_train.fit.config import config_from_recipe as config_from_recipe
from musegan_train.fit.config import load_config as load_config
from musegan_train.fit.stages import stage_at, stages_of
from musegan_train.fit.state import CHECKPOINT as CHECKPOINT
from musegan_train.fit.state import PREVIOUS as PREVIOUS
from musegan_train.fit.state import preset_of as preset_of

STATS = "stats.jsonl"  # a line for each generator step
LOG = "log.txt"
ENVIRONMENT = "environment.json"  # a line for each start
SAMPLES = "samples"  # step-000500.png and .mid
TENSORBOARD = "tensorboard"

_LIBRARIES = ("musegan-bridge", "torch", "numpy", "lightning-fabric", "tensorboard")


def spec_of(config: Config) -> ModelSpec:
    """Return the spec of the band that this run trains; where phrases were moved to all keys, it has no key."""
    import dataclasses

    spec = preset_of(config).spec
    return dataclasses.replace(spec, key="any") if config.augment else spec


def load_average(run: Path) -> tuple[Config, Generator, int]:
    """Return the config of a run, its averaged generator on the CPU, in eval mode, and the step it is at.

    Its batch norms were measured for the averaged weights when the checkpoint was written.
    """
    config = load_config(run)
    path = states.checkpoint_of(run)
    if path is None:
        raise RunError(f"{run}: {CHECKPOINT} is missing: the run has not reached its first checkpoint")
    data = states.read(path, torch.device("cpu"))
    average = Generator(preset_of(config))
    average.spec = spec_of(config)
    states.load_weights(average, data["average"], path)
    step = int(data["step"])
    average.bar_generator.neurons_on = stage_at(stages_of(config, average.spec), max(0, step - 1)).neurons_on
    return config, average.eval(), step


def hours_of(run: Path) -> float:
    """Return how long the steps of a run took, as they were logged."""
    if not (run / STATS).is_file():
        return 0.0
    lines = (run / STATS).read_text(encoding="utf-8").splitlines()
    seconds: float = sum(json.loads(line)["seconds"] for line in lines)
    return round(seconds / 3600, 2)


def drop_stats_after(path: Path, step: int) -> None:
    """Forget the logged steps after the checkpoint: they will be trained again."""
    if not path.is_file():
        return
    kept = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            if json.loads(line)["step"] <= step:
                kept.append(line)
        except json.JSONDecodeError:  # the machine stopped in the middle of a line
            break
    path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")


def open_log(run: Path) -> logging.FileHandler:
    """Let this package's messages go to the run's log too; close the handler to end that."""
    handler = logging.FileHandler(run / LOG, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("musegan_train")
    logger.addHandler(handler)
    if logger.getEffectiveLevel() > logging.INFO:
        logger.setLevel(logging.INFO)
    return handler


def close_log(handler: logging.FileHandler) -> None:
    """End what `open_log` began."""
    logging.getLogger("musegan_train").removeHandler(handler)
    handler.close()


def describe_start(step: int, devices: str) -> dict[str, Any]:
    """Return what a run depends on besides its config: code, libraries, machine."""
    return {
        "time": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "step": step,
        "command": sys.argv,
        "git": _git_state(),
        "versions": {"python": platform.python_version(), **_versions()},
        "platform": platform.platform(),
        "devices": devices,
    }


def _versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _git_state() -> dict[str, Any] | None:
    """Return commit and whether files differ from it, where this code lies in a git repository that knows it."""
    here = Path(__file__).resolve().parent

    def git(*args: str) -> str:
        done = subprocess.run(["git", "-C", str(here), *args], capture_output=True, text=True, check=True, timeout=10)  # noqa: S603, S607
        return done.stdout.strip()

    try:
        if not git("ls-files", Path(__file__).name):
            return None  # installed into a folder that happens to be in some repository
        return {"commit": git("rev-parse", "HEAD"), "dirty": bool(git("status", "--porcelain"))}
    except (OSError, subprocess.SubprocessError):
        return None
