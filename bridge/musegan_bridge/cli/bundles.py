"""`musegan-bridge bundles`: which bands there are."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="List the bands that can be played.")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As a JSON list, for programs.")
def bundles(folder: Path | None, as_json: bool) -> None:
    """List the bands that came with the program, and those in FOLDER: itself, or the folders in it."""
    import dataclasses
    import json

    from musegan_bridge.tools.catalogue import bands, bundles_in

    found = bands(folder)
    if folder is not None and not bundles_in(folder):
        click.echo(f"{folder}: no bundle is in it", err=True)
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(band) for band in found], indent=2))
        return
    for band in found:
        name = f"{band.name} (plays where none is asked for)" if band.is_default else band.name
        if band.wrong:
            click.echo(f"{click.style(name, bold=True)}\n  cannot be played: {band.wrong}")
            continue
        click.echo(click.style(name, bold=True))
        rows = {
            "tracks": ", ".join(band.tracks),
            "hears": band.hearing,
            "trained in": band.key,
            "size": f"{band.megabytes:g} MB",
            "data": band.licence,
            "measured": band.metrics,
            "folder": band.path,
        }
        for title, text in rows.items():
            if text:
                click.echo(f"  {title:<10}  {text}")
