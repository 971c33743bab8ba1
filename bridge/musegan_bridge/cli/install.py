"""`musegan-bridge install`: the band's side of a program, put where the program finds it."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Give SuperCollider, Max or Pd what it needs to play with the band.")
@click.argument("client", type=click.Choice(["supercollider", "max", "puredata"]))
@click.option(
    "--to",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Instead of the program's own folder for extensions: a folder of its own is made in DIR.",
)
def install(client: str, to: Path | None) -> None:
    """Write the files of CLIENT where its program looks for extensions.

    The same command again updates them. A file that you changed is kept beside the new one, with .bak at the end of its
    name, and files that are not of this program are left alone.
    """
    import os
    import sys

    from musegan_bridge.tools.clients import CLIENTS, files_of, places_of
    from musegan_bridge.tools.installing import write

    chosen = CLIENTS[client]
    try:
        files = files_of(chosen)
        places = {to / chosen.folder: files} if to else places_of(chosen, files, sys.platform, Path.home(), os.environ)
        for folder, wanted in places.items():
            report = write(wanted, folder)
            counts = {"new": report.new, "updated": report.updated, "removed": report.removed, "as before": report.same}
            told = ", ".join(f"{len(names)} {word}" for word, names in counts.items() if names)
            click.echo(f"{chosen.program}: {len(wanted)} files in {folder} ({told or 'none changed'})")
            for name in report.new + report.updated:
                click.echo(f"  {name}")
            for name, backup in report.kept.items():
                click.echo(f"  {name}: yours was another, and is now called {backup}")
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{client} is not installed: {error}") from error
    click.echo(f"Next: {chosen.next_step}")
