"""The whole table, row by row, as the options ask for it."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import onnxruntime as ort
from benchmarks.stage import bars, load, punctual, sound
from benchmarks.stage.common import HEAD, Row

from musegan_models import bundle as bundles

ROWS = ("cost", "request", "send", "flood", "lateness", "sound", "deadline", "process")


@click.command()
@click.argument("rows", nargs=-1, metavar="[ROW]..", type=click.Choice(ROWS))
@click.option("--runs", default=120, show_default=True, help="Bars and requests that are timed.")
@click.option("--bars", "n_bars", default=10_000, show_default=True, help="Bars at 240 beats a minute.")
@click.option("--seconds", default=10.0, show_default=True, help="Length of what is played in real time.")
@click.option("--bundle", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another band.")
def main(rows: tuple[str, ...], runs: int, n_bars: int, seconds: float, bundle: Path | None) -> None:
    """Print the table, or some of its rows: cost, request, send, flood, lateness, sound, deadline, process."""
    folder = Path(bundle or bundles.pretrained())
    makers: dict[str, Callable[[], Iterator[Row]]] = {
        "cost": lambda: bars.cost_rows(folder, runs),
        "request": lambda: bars.request_rows(folder, runs),
        "send": lambda: bars.send_rows(runs),
        "flood": lambda: load.flood_rows(folder, min(seconds, 4)),
        "lateness": lambda: punctual.lateness_rows(folder, seconds),
        "sound": lambda: sound.sound_rows(folder),
        "deadline": lambda: load.deadline_rows(folder, n_bars, seconds),
        "process": lambda: load.process_rows(folder, 5, seconds),
    }
    load1 = os.getloadavg()[0]
    click.echo(
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, onnxruntime "
        f"{ort.__version__}, {bundles.load(folder).spec.name}; load before: {load1:.1f}. Times are p50 / p99.\n"
    )
    click.echo(HEAD)
    for name in rows or ROWS:
        for row in makers[name]():
            click.echo(str(row))
