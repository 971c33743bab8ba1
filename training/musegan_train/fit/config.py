"""One training run as one frozen value, checked; it must not know torch or how anything is trained."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from musegan_models.spec import TRACKS, Track
from musegan_train.fit.recipes import RECIPES

CONFIG = "config.json"  # in the folder of a run

LOSSES = ("wgan-gp", "hinge", "relativistic", "midinet")
"""WGAN-GP; hinge with spectral norm; relativistic pairing with R1 and R2; MidiNet's cross-entropy."""

SECOND_STAGES = ("none", "refiner", "joint")
ACCELERATORS = ("auto", "cpu", "cuda", "mps")
PRECISIONS = ("fp32", "bf16")

N_OWN = 256
"""Phrases of a batch, at most, that can come after bars of the band's own: as many as are kept for each company."""

SHAPING = ("preset", "tracks", "beat_resolution", "condition_track", "width", "loss")
"""Fields that decide what the networks are: a run cannot be resumed with others."""


class ConfigError(ValueError):
    """A run that cannot be: the message names the field, the value and the range."""


class RunError(ValueError):
    """A folder that is no run, or not yet; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """One training run; saved whole in its folder."""

    # The data and the band
    phrases: str  # path of the folder that `prepare` wrote
    preset: str = "live"
    name: str = "band"  # of the bundle
    begin_with: str = ""  # path of a run, or of a bundle, whose weights the first step begins with
    tracks: tuple[Track, ...] = TRACKS  # of the phrases; what the band has of them, the preset says
    beat_resolution: int = 4  # steps per beat, of the phrases
    condition_track: str | None = None  # the track that a track-conditional preset hears; None: as the preset says
    width: float = 1.0  # factor of all channels

    # The updates
    loss: str = "wgan-gp"
    steps: int = 7_900  # generator steps, each after its critic updates
    batch: int = 64  # phrases, on all devices together
    second_stage: str = "none"  # trains, with binary neurons: none, refiner (the rest frozen) or joint (all)
    second_steps: int = 0  # generator steps of the second stage
    second_batch: int = 0
    n_critic: int = 5  # critic updates in a step (WGAN-GP paper, algorithm 1)
    n_generator: int = 1  # generator updates in a step
    burst: int = 0  # critic updates in a step of a burst; 0: no bursts
    burst_first: int = 0  # steps at the start that are bursts
    burst_every: int = 0  # then each step that this divides; 0: none
    penalty: float = 10.0  # weight: lambda of WGAN-GP, gamma of R1 and R2
    penalty_share: float = 1.0  # of the phrases of a batch, on which WGAN-GP's penalty is measured
    learning_rate: float = 2e-4  # Adam
    generator_rate: float = 1.0  # of the generator, as a part of the learning rate (TTUR: Heusel et al. 2017)
    betas: tuple[float, float] = (0.5, 0.9)  # Adam
    decay: float = 0.0  # last share of the last stage's steps, over which the learning rate falls to 0
    ema: float = 0.999  # decay of the averaged generator, the one that is exported
    slope_per_epoch: float = 1.0  # binary neurons: factor of their slope after each epoch
    slope_end: float = 1.0  # binary neurons: to which it rises in a straight line, over the stage

    # The phrases
    augment: bool = False  # move each phrase to a key of its own
    dropout: float = 0.4  # where any tracks can be given: share of phrases in which none is
    both: float = 0.1  # share in which two are; one, any, in the rest
    match: float = 0.0  # weight of `loss.match`, by which the generator learns what to play beside whom
    match_rhythm: float = 0.0  # weight that its rhythm has besides
    match_moves: float = 0.0  # weight of `loss.match_moves`, by which melodies learn the intervals of songs
    match_awaited: float = 0.0  # weight that both have besides where tracks are awaited
    mismatched: float = 0.0  # share of what the critic learns to refuse that is tracks of two songs, put together
    own_before: float = 0.0  # where phrases are continued: share that goes on from bars of the generator's own
    awaited: float = 0.4  # where tracks can be awaited: share of the given ones that are

    # The machine
    seed: int = 0
    accelerator: str = "auto"
    devices: int = 1  # of each machine
    nodes: int = 1  # machines
    precision: str = "fp32"
    compile: bool = False  # the generator with torch.compile

    # The folder
    sample_every: int = 500  # steps between samples
    checkpoint_every: int = 200  # steps

    def __post_init__(self) -> None:
        """Raise ConfigError naming the field, the value and the range."""
        for name in ("steps", "batch", "n_critic", "n_generator", "devices", "nodes", "sample_every",
                     "checkpoint_every"):  # fmt: skip
            self._check(name, getattr(self, name) >= 1, "at least 1")
        for name in ("second_steps", "second_batch", "burst", "burst_first", "burst_every", "seed"):
            self._check(name, getattr(self, name) >= 0, "at least 0")
        for name in ("decay", "ema", "dropout", "both", "awaited", "mismatched", "own_before"):
            self._check(name, 0 <= getattr(self, name) <= 1, "in 0..1")
        for name in ("learning_rate", "generator_rate", "width"):
            self._check(name, getattr(self, name) > 0, "above 0")
        for name in ("match", "match_rhythm", "match_moves", "match_awaited"):
            self._check(name, getattr(self, name) >= 0, "at least 0")
        self._check("penalty", self.penalty >= 0, "at least 0")
        self._check("penalty_share", 0 < self.penalty_share <= 1, "above 0, at most 1")
        for name in ("slope_per_epoch", "slope_end"):
            self._check(name, getattr(self, name) >= 1, "at least 1")
        self._check("betas", all(0 <= beta < 1 for beta in self.betas), "two numbers in 0..1, below 1")
        choices = {
            "preset": tuple(RECIPES), "loss": LOSSES, "second_stage": SECOND_STAGES, "accelerator": ACCELERATORS,
            "precision": PRECISIONS,
        }  # fmt: skip
        for name, values in choices.items():
            self._check(name, getattr(self, name) in values, f"one of {', '.join(values)}")
        if self.dropout + self.both > 1:
            raise ConfigError(f"dropout + both must be at most 1, got {self.dropout + self.both}")
        if self.mismatched + self.own_before > 1:
            raise ConfigError(f"mismatched + own_before must be at most 1, got {self.mismatched + self.own_before}")
        own = round(self.own_before * (self.batch // (self.devices * self.nodes))) * self.devices * self.nodes
        if own > N_OWN:
            raise ConfigError(f"own_before must be at most {N_OWN / self.batch:.3g} of {self.batch} phrases, got "
                              f"{self.own_before}")  # fmt: skip
        if self.second_stage != "none" and not (self.second_steps and self.second_batch):
            raise ConfigError("second_steps and second_batch must be at least 1 where there is a second_stage")
        if self.batch % (self.devices * self.nodes) or self.second_batch % (self.devices * self.nodes):
            raise ConfigError(f"batch and second_batch must be multiples of {self.devices * self.nodes}, the number of "
                              f"devices, got {self.batch} and {self.second_batch}")  # fmt: skip

    def _check(self, name: str, is_right: bool, wanted: str) -> None:
        if not is_right:
            raise ConfigError(f"{name} must be {wanted}, got {getattr(self, name)}")

    @property
    def all_steps(self) -> int:
        """Generator steps of all stages."""
        return self.steps + (self.second_steps if self.second_stage != "none" else 0)

    def to_json(self) -> str:
        """Return all fields; `from_json` reads them back."""
        return json.dumps(dataclasses.asdict(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Build a config from `to_json`'s output; raise ConfigError naming what is unknown or out of range."""
        data = json.loads(text)
        if unknown := sorted(set(data) - {f.name for f in dataclasses.fields(cls)}):
            raise ConfigError(f"unknown fields: {', '.join(unknown)}")
        try:
            return cls(**{**data, "betas": tuple(data["betas"]), "tracks": tuple(Track(**t) for t in data["tracks"])})
        except (KeyError, TypeError) as error:
            raise ConfigError(f"not a config: {error}") from error


def config_from_recipe(phrases: Path, manifest: dict[str, Any], preset: str, **changes: Any) -> Config:
    """Return how the preset was trained, on these phrases, with `changes` of single fields.

    Tracks and resolution are those of the phrases: `manifest` says them.
    """
    if preset not in RECIPES:
        raise ConfigError(f"preset must be one of {', '.join(RECIPES)}, got {preset}")
    facts = {"phrases": str(phrases.resolve()), "preset": preset, "tracks": tracks_of(manifest),
             "beat_resolution": int(manifest["beat_resolution"])}  # fmt: skip
    return Config(**{**dataclasses.asdict(RECIPES[preset]), **facts, **changes})


def tracks_of(manifest: dict[str, Any]) -> tuple[Track, ...]:
    """Return the tracks of a set of phrases."""
    names: list[str] = manifest["tracks"]
    known = {track.name: track for track in TRACKS}
    programs = manifest.get("programs", [known[name].program if name in known else 0 for name in names])
    drums = manifest.get("is_drum", [name == "drums" for name in names])
    return tuple(Track(*facts) for facts in zip(names, programs, drums, strict=True))


def check_resume(before: Config, now: Config) -> None:
    """Raise ConfigError where a run that was started as `before` cannot go on as `now`."""
    for name in SHAPING:
        old, new = getattr(before, name), getattr(now, name)
        if old != new:
            if name == "tracks":
                old, new = [t.name for t in old], [t.name for t in new]
            raise ConfigError(f"{name} must be {old}, as when the run was started, got {new}: name another folder")


def load_config(run: Path) -> Config:
    """Read the config of a run folder."""
    if not (run / CONFIG).is_file():
        raise RunError(f"{run} is not a run folder: {CONFIG} is missing")
    try:
        return Config.from_json((run / CONFIG).read_text(encoding="utf-8"))
    except (ConfigError, json.JSONDecodeError) as error:
        raise RunError(f"{run / CONFIG}: {error}") from error
