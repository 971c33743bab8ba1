"""From a run to a bundle: fold, choose thresholds, write ONNX, prove it; it must not know MIDI."""

from __future__ import annotations

import copy
import dataclasses
import logging
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from musegan_models import bundle as bundles
from musegan_models.model import Latents, Model
from musegan_models.networks import Generator
from musegan_models.notes import running
from musegan_models.spec import ModelSpec, Track
from musegan_train import card, phrases
from musegan_train.fit import batch, draw_given, draw_z, generate
from musegan_train.phrases import Phrases
from musegan_train.run import Config, hours_of, load_average

TOLERANCE = 1e-4  # of a probability; torch and onnxruntime differ by rounding only
OPSET = 20
SONGS_FILE = "songs.md5"
_LEAST_SUSTAIN = 0.02


class ParityError(RuntimeError):
    """onnxruntime does not compute what torch does."""


@dataclass(frozen=True, slots=True)
class Export:
    """What was written, and how well it was proved."""

    path: Path
    spec: ModelSpec
    parity: float  # greatest difference of a probability between torch and onnxruntime
    n_bytes: int


def export_onnx(
    run: Path,
    output: Path,
    about: str = "",
    n_phrases: int = 512,
    report: Callable[[str], object] = lambda _: None,
) -> Export:
    """Write the averaged generator of a run as a bundle; raise ParityError where the two runtimes differ.

    Thresholds are those at which `n_phrases` phrases of the band are as dense as the training data, track by track.
    `about` says in Markdown what the songs are and under which licence, for the card; `report` is told what begins.
    """
    report("reading the run and its phrases")
    config, generator, step = load_average(run)
    data = phrases.load(Path(config.phrases))
    report("measuring the batch norms of the averaged generator")
    reestimate_norms(generator, data, config)
    report("choosing thresholds")
    spec = dataclasses.replace(
        generator.spec,
        tracks=thresholds(generator, data, config, n_phrases),
        training={"about": about.strip(), **describe_training(config, data, step), "hours": hours_of(run)},
    )
    folded = copy.deepcopy(generator).eval()
    folded.fold()
    report("writing ONNX")
    output.mkdir(parents=True, exist_ok=True)
    write_networks(folded, output)
    songs = sorted({data.manifest["songs"][i]["md5"] for i in np.unique(data.song[~data.held_out])})
    (output / SONGS_FILE).write_text("".join(f"{md5}\n" for md5 in songs), encoding="utf-8")
    card.write(output, spec)
    report("comparing torch and onnxruntime")
    parity = check_parity(generator, output)
    if parity > TOLERANCE:
        raise ParityError(f"{output}: torch and onnxruntime differ by {parity:.2g}, at most {TOLERANCE:g} is rounding")
    return Export(output, spec, parity, sum(file.stat().st_size for file in output.iterdir()))


@torch.no_grad()
def reestimate_norms(generator: Generator, data: Phrases, config: Config, n_batches: int = 40) -> None:
    """Measure the batch norms' statistics anew: those that were copied belong to the weights before averaging."""
    rng = np.random.default_rng(0)
    device = torch.device("cpu")
    train = data.indices(held_out=False)
    torch.manual_seed(0)
    generator.train()
    for _ in range(n_batches):
        real = batch(rng, config, data, train, device)
        generate(generator, real, draw_given(rng, config, real.shape[3], device))
    generator.eval()


@torch.no_grad()
def thresholds(generator: Generator, data: Phrases, config: Config, n_phrases: int) -> tuple[Track, ...]:
    """Return the tracks with the thresholds at which the band is as dense as the data, conditioned as in training."""
    spec = generator.spec
    rng = np.random.default_rng(0)
    train = data.indices(held_out=False)
    target = data.unpack(rng.choice(train, min(2000, len(train)), replace=False)).mean(axis=(0, 2, 4, 5))  # (2, M)
    config = dataclasses.replace(config, batch=n_phrases)
    device = torch.device("cpu")
    given = draw_given(rng, config, spec.n_tracks, device)
    made = generate(generator, batch(rng, config, data, train, device), given, seed=0).numpy()
    tracks = []
    for i, track in enumerate(spec.tracks):
        own = made[given[:, i].numpy() == 0][:, :, :, i]  # where the band plays the track, not the condition
        onset, sustain = own[:, :, 0], own[:, :, 1]
        onset_threshold = _quantile(onset, target[0, i], 0.1)
        # A sustain counts only where it runs on from an onset, so its share depends on the onsets' threshold. It can
        # be low: a note that has begun does not become noise by going on.
        can = (sustain > _LEAST_SUSTAIN) & (onset <= onset_threshold)
        reachable = sustain * running(onset > onset_threshold, can)
        sustain_threshold = 0.5 if track.is_drum else _quantile(reachable, target[1, i], _LEAST_SUSTAIN)
        tracks.append(dataclasses.replace(track, onset_threshold=onset_threshold, sustain_threshold=sustain_threshold))
    return tuple(tracks)


def _quantile(probabilities: NDArray[np.float32], share: float, least: float) -> float:
    """Return the threshold that `share` of the cells pass; never so low that cells sound by chance."""
    return round(float(np.clip(np.quantile(probabilities, 1 - share), least, 0.9)), 4)


def describe_training(config: Config, data: Phrases, step: int) -> dict[str, Any]:
    """Return the recipe and the data of a run as plain types, without any path."""
    recipe = {
        key: value for key, value in dataclasses.asdict(config).items() if key not in ("phrases", "device", "name")
    }
    held_out = np.unique(data.song[data.held_out])
    return {
        "system": "conditional hybrid MuseGAN, WGAN-GP",
        "generator_updates": step,
        "recipe": {**recipe, "bar_channels": list(config.bar_channels)},
        "songs": len(np.unique(data.song)) - len(held_out),
        "songs_held_out": len(held_out),
        "phrases": int((~data.held_out).sum()),
        "phrases_held_out": int(data.held_out.sum()),
        "rules": data.manifest["rules"],
    }


def write_networks(generator: Generator, path: Path) -> None:
    """Write the networks of a folded generator, names and shapes as `musegan_models.bundle` says; N is dynamic."""
    spec = generator.spec
    n, m, sizes = 2, spec.n_tracks, spec.latent  # an example batch of 1 would be taken for a constant
    bars = (
        torch.zeros(n, sizes.shared),
        torch.zeros(n, sizes.shared_temporal),
        torch.zeros(n, m, sizes.private),
        torch.zeros(n, m, sizes.private_temporal),
    )
    names = ["shared", "shared_bar", "private", "private_bar"]
    _write(
        generator.temporal_generator,
        (bars[1], bars[3]),
        path / "temporal_generator.onnx",
        ["shared_temporal", "private_temporal"],
        ["shared_bars", "private_bars"],
    )
    features: tuple[Tensor, ...] = ()
    if generator.bar_encoder is not None:
        condition = torch.zeros(n, 2, m, spec.measure_resolution, spec.n_pitches)
        given = torch.zeros(n, m)
        features = generator.bar_encoder(condition, given)
        feature_names = [f"feature_{i}" for i in range(len(features))]
        _write(
            generator.bar_encoder, (condition, given), path / "bar_encoder.onnx", ["condition", "given"], feature_names
        )
        names += feature_names
    _write(generator.bar_generator, (*bars, *features), path / "bar_generator.onnx", names, ["probability"])


def _write(module: nn.Module, args: tuple[Tensor, ...], path: Path, inputs: list[str], outputs: list[str]) -> None:
    batch = torch.export.Dim("N", min=1, max=4096)
    # Variadic features are one argument, a tuple, to the exporter.
    shapes: tuple[Any, ...] = tuple({0: batch} for _ in args)
    if len(inputs) > 4:
        shapes = (*shapes[:4], shapes[4:])
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns of its own deprecations here
        program = torch.onnx.export(
            module.eval(),
            args,
            input_names=inputs,
            output_names=outputs,
            dynamic_shapes=shapes,
            opset_version=OPSET,
            dynamo=True,
            verbose=False,
        )
        assert program is not None
        program.save(str(path), external_data=False)


@torch.no_grad()
def check_parity(generator: Generator, path: Path, n: int = 8) -> float:
    """Return the greatest difference between the run's generator in torch and the bundle in onnxruntime, same z."""
    spec = generator.spec
    rng = torch.Generator().manual_seed(1)
    z = draw_z(spec, n, torch.device("cpu"), rng)
    shape = (n, spec.n_measures, 2, spec.n_tracks, spec.measure_resolution, spec.n_pitches)
    given = (torch.arange(n)[:, None] == torch.arange(spec.n_tracks)[None] + 1).float()  # nobody, each track, nobody ..
    condition = (torch.rand(shape, generator=rng) < 0.05).float() * given[:, None, None, :, None, None]
    expected = generator.eval()(*z, condition, given).numpy()
    model = Model(bundles.load(path))
    arrays = [part.numpy() for part in z]
    latents = Latents(arrays[0], arrays[1], arrays[2], arrays[3])
    onset, sustain = model.phrase(latents, condition.numpy(), given.numpy())
    return float(np.abs(np.stack([onset, sustain], axis=2) - expected).max())
