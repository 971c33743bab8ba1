"""From a run to a bundle: fold, choose thresholds, write ONNX, prove it, time it; it must not know MIDI."""

from __future__ import annotations

import copy
import dataclasses
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from musegan_models import bundle as bundles
from musegan_models.model import Latents, Model, draw_latents
from musegan_models.networks import Generator, draw_z
from musegan_models.notes import own_planes
from musegan_models.spec import ModelSpec
from musegan_train.data import phrases
from musegan_train.data.phrases import Phrases
from musegan_train.export import card
from musegan_train.export.graphs import write_networks
from musegan_train.export.quantise import compare_precision, lower_precision
from musegan_train.export.thresholds import choose_thresholds
from musegan_train.fit.batches import Batches
from musegan_train.fit.config import Config, load_config
from musegan_train.fit.run import hours_of, load_average
from musegan_train.fit.state import checkpoint_of, read
from musegan_train.measure import sample
from musegan_train.measure.held_out import learned_by_run, trained_on
from musegan_train.measure.picture import draw_phrases

FloatArray = NDArray[np.float32]

TOLERANCE = 1e-4  # of a probability; torch and onnxruntime differ by rounding only
SONGS_FILE = "songs.md5"


class ParityError(RuntimeError):
    """onnxruntime does not compute what torch does."""


@dataclass(frozen=True, slots=True)
class Export:
    """What was written, and how well it was proved."""

    path: Path
    spec: ModelSpec
    parity: float  # greatest difference of a probability between torch and onnxruntime
    sizes: dict[str, int]  # bytes of each file
    milliseconds: float  # median to make a bar, on one thread
    gain: float | None = None  # of a lower precision: how many times faster than fp32

    @property
    def n_bytes(self) -> int:
        """Size of the folder."""
        return sum(self.sizes.values())


def export_onnx(
    run: Path,
    output: Path,
    about: str = "",
    n_phrases: int = 512,
    report: Callable[[str], object] = lambda _: None,
    *,
    thresholds: str = "density",
    precision: str = "fp32",
) -> Export:
    """Write the averaged generator of a run as a bundle.

    `thresholds` are chosen from `n_phrases` phrases, by a rule of `thresholds.RULES`. `about` says in
    Markdown what the songs are and under which licence, for the card; `report` is told what begins. `precision` fp16 or
    int8 is taken only if it is faster on this machine and changes no note.

    Raises:
        ParityError: The two runtimes differ by more than rounding.
        PrecisionError: The lower precision is not faster, or changes notes; the bundle is there in fp32.
        ValueError: The folder is no run, or its phrases are not those it was trained on.

    """
    report("reading the run and its phrases")
    config, generator, step = load_average(run)
    data = phrases.load(Path(config.phrases))
    batches = Batches(data, generator.spec, 1, dropout=config.dropout, both=config.both, awaited=config.awaited)
    report("choosing thresholds")
    spec = dataclasses.replace(
        generator.spec,
        name=config.name,
        tracks=choose_thresholds(generator, batches, n_phrases, thresholds),
        training={"about": about.strip(), **describe_training(config, data, step), "hours": hours_of(run)},
    )
    generator.levelled = generator.levels is not None
    folded = copy.deepcopy(generator).eval().requires_grad_(False)
    folded.fold()
    report("writing ONNX")
    output.mkdir(parents=True, exist_ok=True)
    write_networks(folded, output)
    songs = sorted(trained_on(data) | learned_by_run(run))
    (output / SONGS_FILE).write_text("".join(f"{md5}\n" for md5 in songs), encoding="utf-8")
    (output / card.SAMPLES_FILE).unlink(missing_ok=True)  # of an earlier export
    card.write(output, spec)
    report("comparing torch and onnxruntime")
    parity = max(check_parity(generator, output, n) for n in (5, 1))
    if parity > TOLERANCE:
        raise ParityError(f"{output}: torch and onnxruntime differ by {parity:.2g}, at most {TOLERANCE:g} is rounding")
    if spec.condition_track is None:  # else there is nothing to draw without somebody's music
        report("drawing samples")
        draw_samples(output)
        card.write(output, spec)
    gain = None
    if precision != "fp32":
        report(f"comparing {precision} with fp32")
        gain = _lower(output, spec, precision)
    report("timing a bar")
    sizes = {file.name: file.stat().st_size for file in sorted(output.iterdir())}
    return Export(output, spec, parity, sizes, milliseconds_of_a_bar(Model(bundles.load(output))), gain)


def describe_training(config: Config, data: Phrases, step: int) -> dict[str, Any]:
    """Return the recipe and the data of a run as plain types, without any path."""
    recipe = _recipe(config)
    held_out = np.unique(data.song[data.held_out])
    return {
        "system": f"MuseGAN {config.preset}, {config.loss}",
        "generator_updates": step,
        "recipe": recipe,
        **_begun_with(config),
        "songs": len(np.unique(data.song)) - len(held_out),
        "songs_held_out": len(held_out),
        "phrases": int((~data.held_out).sum()),
        "phrases_held_out": int(data.held_out.sum()),
        "rules": data.manifest.get("rules", {}),
        **{name: data.manifest[name] for name in ("licence", "attribution", "distinct_songs") if name in data.manifest},
    }


def _recipe(config: Config) -> dict[str, Any]:
    hidden = ("phrases", "name", "tracks", "accelerator", "devices", "nodes", "compile", "begin_with")
    return {key: value for key, value in dataclasses.asdict(config).items() if key not in hidden}


def _begun_with(config: Config) -> dict[str, Any]:
    """Return the recipes of the runs whose weights this one began with, the first first; each as it ended."""
    runs: list[dict[str, Any]] = []
    while config.begin_with and (run := Path(config.begin_with)).is_dir():
        if (run / bundles.SPEC_FILE).is_file():
            before = bundles.load(run).spec.training
            own = {key: before.get(key) for key in ("generator_updates", "hours", "recipe")}
            return {"begun_with": [*before.get("begun_with", []), own, *runs]}
        config, path = load_config(run), checkpoint_of(run)
        step = None if path is None else int(read(path, torch.device("cpu"))["step"])
        runs.insert(0, {"generator_updates": step, "hours": hours_of(run), "recipe": _recipe(config)})
    return {"begun_with": runs} if runs else {}


def draw_samples(bundle: Path) -> None:
    """Draw a phrase from each of the seeds of the card, as the band of a bundle is heard, into the bundle's folder."""
    model = Model(bundles.load(bundle))
    planes = np.concatenate([np.stack(sample.play(model, 1, seed), axis=2) for seed in card.SEEDS])
    draw_phrases(planes, model.spec, bundle / card.SAMPLES_FILE, names=[f"seed {seed}" for seed in card.SEEDS])


@torch.no_grad()
def check_parity(generator: Generator, path: Path, n: int) -> float:
    """Return the greatest difference between a generator in torch and its bundle in onnxruntime, on the same input.

    `n` phrases from random z; every input that the model has is random too: condition, given tracks, bar before, chord.
    """
    spec, model = generator.spec, Model(bundles.load(path))
    rng, noise = np.random.default_rng(1), torch.Generator().manual_seed(1)
    z = draw_z(spec, n, generator=noise)
    b, m = spec.n_measures, spec.n_tracks
    given = (np.arange(n)[:, None] % (m + 1) == np.arange(m) + 1).astype(np.float32)  # nobody, each track, nobody ..
    if spec.condition_track is not None:
        given[:] = np.arange(m) == spec.track_names.index(spec.condition_track)
    condition = _random_planes(rng, (n, b), spec) * given[:, None, None, :, None, None]
    previous, chord = _random_planes(rng, (n, b), spec), rng.random((n, b, 13), np.float32)

    def tensor(planes: FloatArray) -> torch.Tensor:
        folded = own_planes(planes, spec)
        return torch.from_numpy(folded.astype(np.float32))

    expected = generator.eval()(
        z,
        tensor(condition),
        torch.from_numpy(given),
        tensor(previous),
        torch.from_numpy(chord),
    ).numpy()
    latents = Latents(*(z[f.name].numpy() if f.name in z else np.zeros((n, 0), np.float32) for f in _LATENTS))
    if spec.hears_previous:  # each bar on the same bar before as torch had, not on its own
        begun = model.begin(latents)
        bars = [model.bar(begun, i, condition[:, i], given, previous[:, i], chord[:, i]) for i in range(b)]
        made = np.stack(bars, axis=1)
    else:
        made = model.phrase(latents, condition, given, chord)
    return float(np.abs(made - expected).max())


_LATENTS = dataclasses.fields(Latents)


def _random_planes(rng: np.random.Generator, shape: tuple[int, ...], spec: ModelSpec) -> FloatArray:
    planes = (rng.random((*shape, 2, *spec.bar_shape[1:])) < 0.05).astype(np.float32)
    planes[..., 1, :, :, :] *= 1 - planes[..., 0, :, :, :]
    return planes


def milliseconds_of_a_bar(model: Model, runs: int = 50) -> float:
    """Return the median time to make one bar, hearing all that the model can hear; paced, as on stage."""
    spec = model.spec
    phrase = model.begin(draw_latents(spec, np.random.default_rng(0)))
    planes = _random_planes(np.random.default_rng(0), (1,), spec)
    given, chord = np.ones((1, spec.n_tracks), np.float32), np.zeros((1, 13), np.float32)
    times = []
    for _ in range(runs):
        time.sleep(0.005)
        began = time.perf_counter()
        model.bar(phrase, 0, planes, given, planes, chord)
        times.append((time.perf_counter() - began) * 1000)
    return float(np.median(times))


def _lower(output: Path, spec: ModelSpec, precision: str) -> float:
    """Put networks of a lower precision in place of those in `output`, where they earn it; return their gain."""
    with tempfile.TemporaryDirectory() as folder:
        lower = Path(folder)
        lower_precision(output, lower, spec, precision)
        gain = compare_precision(Model(bundles.load(output)), Model(bundles.load(lower)), precision)
        for name in bundles.networks(spec):
            shutil.copyfile(lower / name, output / name)
    card.write(output, spec)
    return gain
