"""The command `fit` of `musegan-train`; it must not know how anything is computed."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import click

from musegan_train.fit.config import ACCELERATORS, LOSSES, PRECISIONS, SECOND_STAGES, Config
from musegan_train.fit.recipes import RECIPES

_Function = TypeVar("_Function", bound=Callable[..., Any])

_AT_LEAST_0, _AT_LEAST_1, _SHARE = click.IntRange(0), click.IntRange(1), click.FloatRange(0, 1)
_ABOVE_0, _FROM_1 = click.FloatRange(0, min_open=True), click.FloatRange(1)


def _option(name: str, kind: Any, text: str, **more: Any) -> Callable[[_Function], _Function]:
    """Declare an option whose default is the preset's recipe, or, in a run that is resumed, what it was."""
    return click.option(name, type=kind, help=text, **more)


@click.command()
@click.argument("data", metavar="[DATA]", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--run",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder of the run; one that is there is resumed.",
)
@click.option("--stop-after", type=_ABOVE_0, metavar="SECONDS", help="Save after so long; the run can be resumed.")
@_option("--preset", click.Choice(list(RECIPES)), "Which model of the papers.  [default: live]", metavar="NAME")
@_option("--name", str, "What the band is called.")
@_option("--begin-with", str, "A run whose weights a new run begins with, where "
         "its networks are part of the new ones: `live` has those of `live-phrases`, and more. Or a bundle of the same "
         "preset, a folder or one that comes with the program, as lakh-live: let the critic, which is new, learn first "
         "in a --burst.", metavar="RUN|BUNDLE")  # fmt: skip
@_option("--condition-track", str, "The track that a track-conditional preset hears.  [default: piano]")
@_option("--width", _ABOVE_0, "Factor of all layers' channels.")
@_option("--loss", click.Choice(LOSSES), "relativistic: with R1 and R2; hinge: with spectral norm.")
@_option("--steps", _AT_LEAST_1, "Generator steps.")
@_option("--batch", _AT_LEAST_1, "Phrases of an update.")
@_option("--second-stage", click.Choice(SECOND_STAGES), "What then learns with binary neurons.")
@_option("--second-steps", _AT_LEAST_1, "Generator steps of the second stage.")
@_option("--second-batch", _AT_LEAST_1, "Phrases of an update in the second stage.")
@_option("--n-critic", _AT_LEAST_1, "Critic updates in a step.")
@_option("--n-generator", _AT_LEAST_1, "Generator updates in a step.")
@_option("--burst", _AT_LEAST_0, "Critic updates in a step of a burst; 0: no bursts.")
@_option("--burst-first", _AT_LEAST_0, "Steps at the start that are bursts.")
@_option("--burst-every", _AT_LEAST_0, "Then each step that this divides; 0: none.")
@_option("--penalty", click.FloatRange(0), "Weight of the gradient penalty: lambda, or gamma of R1 and R2.")
@_option("--penalty-share", click.FloatRange(0, 1, min_open=True),
         "Share of a batch on which WGAN-GP's penalty is measured.")  # fmt: skip
@_option("--learning-rate", _ABOVE_0, "Of Adam, for both networks.")
@_option(
    "--generator-rate",
    _ABOVE_0,
    "Part of it that the generator has: small to improve a band that plays well.  [default: 1]",
)
@_option("--betas", (float, float), "Of Adam.", nargs=2)
@_option("--decay", _SHARE, "Last share of the steps, over which the learning rate falls to 0.")
@_option("--ema", _SHARE, "Decay of the averaged generator, the one that is exported.  [default: 0.999]")
@_option("--slope-per-epoch", _FROM_1, "Factor of the binary neurons' slope after each epoch.")
@_option("--slope-end", _FROM_1, "To which it rises besides, in a straight line.")
@click.option(
    "--augment/--no-augment",
    default=None,
    help="Move each phrase to a key of its own, drums excepted: the band then has no key.",
)
@_option("--dropout", _SHARE, "Where any tracks can be given: share of phrases without.  [default: 0.4]")
@_option("--both", _SHARE, "And with two.  [default: 0.1]")
@_option("--own-before", _SHARE, "Where phrases are continued: share that come after bars of its own.  [default: 0]")
@_option("--awaited", _SHARE, "Where tracks can be awaited: share of the given ones that are.  [default: 0.4]")
@_option("--match", click.FloatRange(0), "Weight of how near harmony and rhythm must be to the song that is followed.")
@_option("--match-rhythm", click.FloatRange(0), "Weight that rhythm has besides.  [default: 0]")
@_option(
    "--match-moves",
    click.FloatRange(0),
    "Weight of how near the intervals of top lines must be to songs.  [default: 0]",
)
@_option(
    "--match-awaited", click.FloatRange(0), "Weight that both have besides where tracks are awaited.  [default: 0]"
)
@_option("--mismatched", _SHARE, "Share of what the critic learns to refuse that is tracks of two songs together.")
@_option("--seed", _AT_LEAST_0, "Of all that is random.  [default: 0]")
@_option("--accelerator", click.Choice(ACCELERATORS), "Kind of device.  [default: auto]")
@_option("--devices", _AT_LEAST_1, "Devices of each machine; on CPU: processes.  [default: 1]")
@_option(
    "--nodes",
    _AT_LEAST_1,
    "Machines. Give the same command on each, with MASTER_ADDR, MASTER_PORT and NODE_RANK set, and the run on a "
    "disk they share.  [default: 1]",
)
@_option(
    "--precision",
    click.Choice(PRECISIONS),
    "bf16: products in bfloat16, weights in float32; meant for CUDA, slower on the CPU tried.  [default: fp32]",
)
@click.option(
    "--compile/--no-compile",
    default=None,
    help="torch.compile the generator (the critic's second derivatives cannot be); meant for CUDA, slower on the CPU "
    "tried.",
)
@_option("--sample-every", _AT_LEAST_1, "Steps between samples.  [default: 500]")
@_option("--checkpoint-every", _AT_LEAST_1, "Steps between checkpoints.  [default: 200]")
def fit(data: Path | None, run: Path, stop_after: float | None, **options: Any) -> None:
    """Train a band on DATA, the phrases that `prepare` made.

    An option that is not given is as the preset's paper has it (musegan_train.fit.recipes). The same command again
    resumes a run that was stopped; so does `musegan-train fit -o RUN`. Ctrl-C finishes the step, saves, and stops.

    The folder of the run explains itself: config.json, environment.json (code and libraries), log.txt, stats.jsonl (a
    line for each step), tensorboard, samples (pictures and MIDI of the same four z as training goes) and checkpoints.
    """
    from musegan_train.fit.fit import fit as train

    changes = {name: value for name, value in options.items() if value not in (None, ())}
    is_first = os.environ.get("LOCAL_RANK", "0") == "0" and os.environ.get("NODE_RANK", "0") == "0"
    done = 0
    try:
        config = config_for(data, run, changes)
        with stopping() as stop, _progress(config, is_first) as show:
            for stats in train(run, config, stop_after=stop_after, stop=stop):
                show(stats)
                done = stats["step"]
    except (ValueError, RuntimeError) as error:
        raise click.ClickException(str(error)) from error
    if not is_first:
        return
    if 0 < done < config.all_steps:
        click.echo(f"stopped at step {done} of {config.all_steps}, and saved; to go on: musegan-train fit -o {run}")
    else:
        click.echo(f"{run}: samples in {run / 'samples'}; next: musegan-train export-onnx {run} -o BUNDLE")


def config_for(data: Path | None, run: Path, changes: dict[str, Any]) -> Config:
    """Return the config of a new run, or that of a run that is there, with `changes` of single fields."""
    import dataclasses

    from musegan_models.bundle import pretrained
    from musegan_train.data import phrases
    from musegan_train.fit.config import CONFIG, config_from_recipe, load_config, tracks_of

    if (begun := changes.get("begin_with")) and not Path(begun).is_dir():
        changes["begin_with"] = str(pretrained(begun))
    is_there = (run / CONFIG).is_file()
    if data is None and not is_there:
        raise click.UsageError(f"Missing argument 'DATA': {run} is not a run yet.")
    if not is_there:
        assert data is not None
        return config_from_recipe(data, phrases.load(data).manifest, changes.pop("preset", "live"), **changes)
    if data is not None:
        manifest = phrases.load(data).manifest
        changes |= {"phrases": str(data.resolve()), "tracks": tracks_of(manifest),
                    "beat_resolution": int(manifest["beat_resolution"])}  # fmt: skip
    return dataclasses.replace(load_config(run), **changes)


@contextlib.contextmanager
def stopping() -> Iterator[Any]:
    """Let the first Ctrl-C, or a cluster's SIGTERM, ask to stop after the step; the second Ctrl-C ends at once."""
    asked = False

    def ask(number: int, _: FrameType | None) -> None:
        nonlocal asked
        if asked and number == signal.SIGINT:
            raise KeyboardInterrupt
        asked = True
        click.echo("finishing the step, then saving (Ctrl-C again: stop at once, without)", err=True)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _progress(config: Config, is_shown: bool) -> Iterator[Any]:
    """Show a bar: losses, steps a second, time left."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("steps"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(), TextColumn("{task.fields[losses]}"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), disable=not is_shown, speed_estimate_period=120) as bar:
        task = bar.add_task("", total=config.all_steps, speed="", losses="")
        begun = False

        def show(stats: dict[str, Any]) -> None:
            nonlocal begun
            if not begun:  # a run that is resumed has not made the steps before in no time
                bar.reset(task, completed=stats["step"] - 1)
                begun = True
            speed = f"{1 / max(stats['seconds'], 1e-4):.2f} steps/s"
            losses = (
                f"distance {stats['distance']:.3g}, penalty {stats['penalty']:.3g}, generator "
                f"{stats['generator_loss']:.3g}"
            )
            bar.update(task, completed=stats["step"], speed=speed, losses=losses)

        yield show
