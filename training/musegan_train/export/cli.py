"""The command `musegan-train export-onnx`: options in, words out; it must not know how anything is computed."""

from __future__ import annotations

from pathlib import Path

import click

# Choices are written out: --help answers at once, and without torch.


@click.command("export-onnx")
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="The bundle.")
@click.option(
    "--about",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Markdown file for the card: what the songs are, their licence, whom to credit.",
)
@click.option(
    "--thresholds",
    type=click.Choice(["density", "half"]),
    default="density",
    show_default=True,
    help="density: each track as dense as the training data; half: probability 0.5, as the papers.",
)
@click.option(
    "--phrases",
    "n_phrases",
    type=click.IntRange(1),
    default=512,
    show_default=True,
    help="How many phrases of the band the thresholds are chosen from.",
)
@click.option(
    "--precision",
    type=click.Choice(["fp32", "fp16", "int8"]),
    default="fp32",
    show_default=True,
    help="A lower one is taken only if it is faster on this machine and changes no note.",
)
def export_onnx(run: Path, output: Path, about: Path | None, thresholds: str, n_phrases: int, precision: str) -> None:
    """Write the band of a RUN as a bundle, and prove that onnxruntime plays what torch does."""
    from rich.console import Console

    from musegan_train.export.export import TOLERANCE, ParityError
    from musegan_train.export.export import export_onnx as export
    from musegan_train.export.quantise import PrecisionError

    told = about.read_text("utf-8") if about else ""
    try:
        with Console(stderr=True).status("exporting") as status:
            done = export(run, output, told, n_phrases, status.update, thresholds=thresholds, precision=precision)
    except (ValueError, OSError, ParityError, PrecisionError) as error:
        raise click.ClickException(str(error)) from error
    for track in done.spec.tracks:
        sustain = f", sustain from {track.sustain_threshold:g}" if done.spec.has_onsets else ""
        click.echo(f"{track.name:<10} onset from {track.onset_threshold:g}{sustain}")
    click.echo(f"parity: torch and onnxruntime differ by at most {done.parity:.2g} (allowed: {TOLERANCE:g})")
    for name, n_bytes in done.sizes.items():
        click.echo(f"{name:<24}{n_bytes / 1e6:>10.2f} MB")
    gain = "" if done.gain is None else f" in {precision}, {done.gain:.1f} times as fast as fp32"
    click.echo(f"a bar takes {done.milliseconds:.2f} ms{gain} (median, onnxruntime on the CPU, one thread)")
    click.echo(f"wrote {output}, {done.n_bytes / 1e6:.1f} MB; next: musegan-bridge serve --bundle {output}")
