"""The program `musegan-train`: options in, tables out; it must not know how anything is computed."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import click

# Heavy imports are inside the commands: --help answers at once, and without torch.


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="musegan-bridge")
def main() -> None:
    """Make a band out of MIDI files: prepare, fit, export-onnx, evaluate, sample."""


@main.command()
@click.argument("songs_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("phrases.npz"),
    show_default=True,
    help="The set of phrases to write.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    show_default="all cores",
    help="Processes that read files.",
)
@click.option("--hop", type=click.IntRange(min=1), default=4, show_default=True, help="Bars from phrase to phrase.")
def prepare(songs_dir: Path, output: Path, workers: int, hop: int) -> None:
    """Make a set of training phrases out of all MIDI files under SONGS_DIR.

    Songs in 4/4 that have drums, bass, guitar, piano and strings give four-bar phrases, transposed to C major or
    A minor.
    """
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from musegan_models.spec import ModelSpec
    from musegan_train import phrases as phrases_file
    from musegan_train import prepare as preparing

    started = time.monotonic()
    columns = (*Progress.get_default_columns()[:-1], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("MIDI files", total=len(preparing.find_files(songs_dir)))
        try:
            phrases = preparing.prepare(
                songs_dir,
                ModelSpec(name="prepare"),
                preparing.Rules(hop=hop),
                workers,
                lambda n_files: progress.advance(task, n_files),
            )
        except ValueError as error:
            raise click.ClickException(str(error)) from error
    output.parent.mkdir(parents=True, exist_ok=True)
    phrases_file.save(output, phrases)
    for name, value in preparing.summarize(phrases, time.monotonic() - started).items():
        click.echo(f"{name:<60}{value:>10}")
    for file in phrases.manifest["dropped"]:
        if file["reason"] == "unreadable":
            click.echo(f"unreadable: {file['path']}", err=True)
    click.echo(f"wrote {output}; its manifest names every file that was dropped, and why")


@main.command()
@click.argument("phrases_file", metavar="PHRASES.npz", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o", "--run", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the run; resumes."
)
@click.option("--name", default="band", show_default=True, help="What the band is called.")
@click.option("--steps", type=click.IntRange(1), default=10_000, show_default=True, help="Generator updates.")
@click.option("--batch", type=click.IntRange(2), default=32, show_default=True, help="Phrases of an update.")
@click.option("--n-critic", type=click.IntRange(1), default=5, show_default=True, help="Critic updates for each.")
@click.option("--learning-rate", type=click.FloatRange(0, min_open=True), default=5e-4, show_default=True)
@click.option("--dropout", type=click.FloatRange(0, 1), default=0.4, show_default=True, help="Share with no condition.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto", show_default=True)
@click.option("--sample-every", type=click.IntRange(1), default=500, show_default=True, help="Steps between pictures.")
@click.option("--checkpoint-every", type=click.IntRange(1), default=200, show_default=True)
@click.option("--stop-after", type=float, help="Seconds; the run is checkpointed and can be resumed.")
def fit(phrases_file: Path, run: Path, stop_after: float | None, **options: Any) -> None:
    """Train a conditional hybrid MuseGAN on PHRASES.npz with WGAN-GP.

    Everything is in the folder of the run: config, losses, sample pictures, checkpoint. The same command again resumes.
    """
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from musegan_train.fit import fit as train
    from musegan_train.run import Config

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    losses = TextColumn("distance {task.fields[distance]:.2f}, penalty {task.fields[penalty]:.3f}")
    try:
        config = Config(str(phrases_file.resolve()), **options)
        with Progress(*columns, losses, console=Console(stderr=True)) as progress:
            task = progress.add_task("steps", total=config.steps, distance=float("nan"), penalty=float("nan"))
            for stats in train(run, config, stop_after=stop_after):
                progress.update(task, completed=stats["step"], distance=stats["distance"], penalty=stats["penalty"])
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{run}: samples in {run / 'samples'}; next: musegan-train export-onnx {run} -o BUNDLE")


@main.command("export-onnx")
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="The bundle.")
@click.option(
    "--about",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Markdown file for the card: what the songs are, their licence, whom to credit.",
)
def export_onnx(run: Path, output: Path, about: Path | None) -> None:
    """Write the band of a RUN as a bundle, and prove that onnxruntime plays what torch does."""
    from rich.console import Console

    from musegan_train.export import TOLERANCE, ParityError
    from musegan_train.export import export_onnx as export

    try:
        with Console(stderr=True).status("exporting") as status:
            done = export(run, output, about.read_text("utf-8") if about else "", report=status.update)
    except (ValueError, ParityError) as error:
        raise click.ClickException(str(error)) from error
    for track in done.spec.tracks:
        click.echo(f"{track.name:<8} onset from {track.onset_threshold:g}, sustain from {track.sustain_threshold:g}")
    click.echo(f"parity: torch and onnxruntime differ by at most {done.parity:.2g} (allowed: {TOLERANCE:g})")
    click.echo(f"wrote {output}, {done.n_bytes / 1e6:.1f} MB; next: musegan-bridge serve --bundle {output}")


@main.command()
@click.argument("bundle", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("phrases_file", metavar="PHRASES.npz", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--phrases", "n_phrases", type=click.IntRange(min=2), default=500, show_default=True, help="Phrases to play."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Chooses z and the held-out phrases."
)
@click.option("--batch", type=click.IntRange(min=1), default=50, show_default=True, help="Phrases to play at once.")
@click.option(
    "--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write all numbers here too."
)
@click.option("--update", is_flag=True, help="Put the numbers into the bundle and its card.")
def evaluate(
    bundle: Path, phrases_file: Path, n_phrases: int, seed: int, batch: int, json_file: Path | None, update: bool
) -> None:
    """Measure the band in BUNDLE beside the held-out songs of PHRASES.npz.

    The metrics are those of the MuseGAN papers, for phrases from scratch and with each track given in turn, and how
    much nearer the band is to the track it follows than to another one.
    """
    import json

    from rich.console import Console

    from musegan_models import bundle as bundles
    from musegan_models.model import Model
    from musegan_train import phrases as phrase_sets
    from musegan_train.evaluate import evaluate as measure_band
    from musegan_train.evaluate import json_from_report, tables_from_report

    try:
        loaded = bundles.load(bundle)
        model = Model(loaded)
        with Console(stderr=True).status("reading the phrases") as status:
            report = measure_band(model, phrase_sets.load(phrases_file), n_phrases, seed, batch, status.update)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    console = Console()
    for table in tables_from_report(report):
        console.print(table)
    if json_file is not None:
        json_file.write_text(json.dumps(json_from_report(report), indent=2) + "\n", encoding="utf-8")
    if update:
        from dataclasses import replace

        from musegan_train.card import write

        write(bundle, replace(loaded.spec, metrics=json_from_report(report)))
        click.echo(f"updated {bundle}")


@main.command()
@click.argument("bundle", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The picture (.png)."
)
@click.option("--phrases", "n_phrases", type=click.IntRange(1, 16), default=4, show_default=True, help="How many.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="What they are drawn from.")
def sample(bundle: Path, output: Path, n_phrases: int, seed: int) -> None:
    """Draw phrases of the band in BUNDLE as pianorolls."""
    import numpy as np

    from musegan_models import bundle as bundles
    from musegan_models.model import Model, draw_latents
    from musegan_models.notes import binarize
    from musegan_train.picture import draw_phrases

    try:
        model = Model(bundles.load(bundle))
    except bundles.BundleError as error:
        raise click.ClickException(str(error)) from error
    onset, sustain = model.phrase(draw_latents(model.spec, np.random.default_rng(seed), n_phrases))
    planes = np.stack(binarize(onset, sustain, model.spec), axis=2)
    draw_phrases(planes.astype(np.float32), model.spec, output)
    click.echo(f"wrote {output}: {n_phrases} phrases of {model.spec.name}, seed {seed}")
