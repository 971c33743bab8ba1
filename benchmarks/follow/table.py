"""The whole table, row by row, as the arguments ask for it."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from benchmarks.follow.charts import chart_rows
from benchmarks.follow.common import HEAD, Offline, Row
from benchmarks.follow.cost import cost_rows
from benchmarks.follow.judged import songs as judged_songs
from benchmarks.follow.live import live_rows
from benchmarks.follow.loops import jump_rows, loop_rows
from benchmarks.follow.modes import mode_rows
from benchmarks.follow.told import told_rows

from musegan_models import bundle as bundles
from musegan_train.measure.whole_songs import SongFolder, learned_by

ROWS = ("told", "modes", "loop", "jump", "chart", "cost", "live")
_BARS = 48


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("rows", nargs=-1, metavar="[ROW]..", type=click.Choice(ROWS))
@click.option("--songs", "n", type=click.IntRange(min=2), default=30, show_default=True, help="Of FOLDER, for a row.")
@click.option("--live", "is_live", is_flag=True, help="The row live, too, in real time: some minutes.")
@click.option("--tempo", type=click.FloatRange(20, 400), default=200.0, show_default=True,
              help="Of the row live; above 200 a bar is made more than a beat ahead.")  # fmt: skip
@click.option("--bundle", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another band.")
def main(folder: Path, rows: tuple[str, ...], n: int, is_live: bool, tempo: float, bundle: Path | None) -> None:
    """Print how well the band follows, with the MIDI files of FOLDER; songs that it was trained on are left out.

    All rows but `live`, unless some are named: told, modes, loop, jump, chart, cost, live. Exit status 1: a goal is
    not met.
    """
    path = Path(bundle or bundles.pretrained())
    spec, learned = bundles.load(path).spec, learned_by(path)
    chosen = rows or tuple(row for row in ROWS if row != "live")
    chosen = (*chosen, "live") if is_live and "live" not in chosen else chosen
    click.echo(
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, {spec.name}; load before: "
        f"{os.getloadavg()[0]:.1f}.\n\n{HEAD}"
    )
    all_met = True
    with tempfile.TemporaryDirectory() as own:
        offline = Offline(path, spec, Path(own))
        makers: dict[str, Callable[[], Iterator[Row]]] = {
            "told": lambda: told_rows(offline, folder, n),
            "modes": lambda: mode_rows(offline, list(judged_songs(folder, n, learned))),
            "loop": lambda: loop_rows(offline),
            "jump": lambda: jump_rows(offline),
            "chart": lambda: chart_rows(
                offline,
                [song for song, _ in zip(SongFolder(folder, spec, learned).songs(_BARS), range(n), strict=False)],
            ),
            "cost": cost_rows,
            "live": lambda: live_rows(offline, list(judged_songs(folder, n, learned)), tempo),
        }
        for name in chosen:
            for row in makers[name]():
                click.echo(str(row))
                all_met &= row.is_met is not False
    raise SystemExit(not all_met)
