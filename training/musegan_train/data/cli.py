"""The command `prepare`: options in, a table out; it must not know how anything is computed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from musegan_train.data.rules import CHOICES, RESOLUTIONS, Rules, RulesError

# Heavy imports are inside the command: --help answers at once, and without symusic.

_Function = TypeVar("_Function", bound=Callable[..., Any])
_DEFAULTS = Rules()


def _rule(name: str, description: str) -> Callable[[_Function], _Function]:
    default = getattr(_DEFAULTS, name)
    return click.option(
        f"--{name}", type=click.Choice(CHOICES[name]), default=default, show_default=True, help=description
    )


@click.command()
@click.argument(
    "folders",
    metavar="FOLDER...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("phrases"),
    show_default=True,
    help="The set of phrases to write, a folder.",
)
@_rule("band", "Tracks: the five of LPD-5, or the eight of Binary MuseGAN.")
@_rule("tracks", "Of the parts of one family take the best, or merge all.")
@_rule("activity", "How much a track has to play: in half of the bars, or as much as in the v3 training data.")
@click.option("--min-tracks", type=int, help="Tracks that have to play in a phrase.  [default: 5 of 5, 4 of 8]")
@_rule("key", "Transpose to C major / A minor; use only songs that are in them; or keep every key.")
@click.option(
    "--resolution",
    type=click.Choice([str(resolution) for resolution in RESOLUTIONS]),
    default=str(_DEFAULTS.resolution),
    show_default=True,
    help="Steps a bar.",
)
@_rule("cleansing", "4/4 with bar lines that do not move; or the Lakh Pianoroll Dataset's stricter rules.")
@_rule("downbeat", "Where kick and crash both say that bar 1 is elsewhere: shift the bars, drop the song, or trust it.")
@_rule("segment", "Phrases by sections (Serrà et al. 2012), or windows from the first bar that sounds.")
@click.option("--hop", type=int, default=_DEFAULTS.hop, show_default=True, help="Bars from window to window.")
@click.option(
    "--grid-fit",
    "min_grid_fit",
    type=float,
    default=_DEFAULTS.min_grid_fit,
    show_default=True,
    help="Share of a phrase's onsets that are on the grid, 0..1; 0 takes songs played by hand.",
)
@click.option(
    "--max-phrases", type=int, default=_DEFAULTS.max_phrases, show_default=True, help="Most phrases of one song."
)
@click.option("--licence", default="", help="Licence of the songs, for the manifest.")
@click.option("--attribution", default="", help="Whom to credit for them, for the manifest.")
@click.option("--split-as", metavar="SET", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Hold out what this set of phrases does: to go on from a band that was trained on it.")  # fmt: skip
@click.option("--workers", type=click.IntRange(min=1), help="Processes that read songs.  [default: all cores]")
@click.option("--dask", metavar="ADDRESS", default="", help="Dask scheduler to work on instead, as tcp://host:8786.")
@click.option(
    "--pictures/--no-pictures", default=True, show_default=True, help="Draw some phrases, and a song's sections."
)
def prepare(
    folders: tuple[Path, ...],
    output: Path,
    resolution: str,
    licence: str,
    attribution: str,
    split_as: Path | None,
    workers: int | None,
    dask: str,
    pictures: bool,
    **options: Any,  # the fields of Rules
) -> None:
    """Make a set of training phrases out of all songs under each FOLDER.

    Songs are MIDI files and the .npz files of the Lakh Pianoroll Dataset. Those in 4/4 that have the tracks of the band
    become four-bar phrases. The set's manifest.json names every file that was dropped, and why.
    """
    if dask and workers:
        raise click.UsageError("--workers is for this machine: with --dask the cluster's workers do the work")
    try:
        rules = Rules(resolution=int(resolution), **options)
    except RulesError as error:
        raise click.UsageError(str(error)) from error

    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from musegan_train.data import phrases as phrase_sets
    from musegan_train.data.prepare import find_files, summarize
    from musegan_train.data.prepare import prepare as prepare_phrases

    started = time.monotonic()
    console = Console(stderr=True)
    columns = (*Progress.get_default_columns()[:-1], MofNCompleteColumn(), TimeRemainingColumn())
    try:
        known = phrase_sets.load(split_as).manifest["songs"] if split_as else []
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("songs", total=len(find_files(folders)))
            manifest = prepare_phrases(
                folders,
                output,
                rules,
                workers or os.cpu_count() or 1,
                dask=dask,
                about={"licence": licence, "attribution": attribution},
                split_as={song["md5"]: song["held_out"] for song in known},
                report=lambda n_files: progress.advance(task, n_files),
            )
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{output}: {error}") from error
    phrases = phrase_sets.load(output)
    for name, value in summarize(manifest, phrases.held_out, time.monotonic() - started).items():
        click.echo(f"{name:<60}{value:>10}")
    for file in manifest["dropped"]:
        if file["reason"] == "unreadable":
            click.echo(f"unreadable: {file['path']}", err=True)
    if pictures:
        from musegan_train.data.pictures import draw_pictures

        with console.status("drawing"):
            for picture in draw_pictures(phrases, folders, output, rules):
                click.echo(f"drew {picture}")
    click.echo(f"wrote {output}; {output / 'manifest.json'} names every file that was dropped, and why")
