"""The program `musegan-train`: options in, tables out; it must not know how anything is computed."""

from __future__ import annotations

import sys
from typing import Any

import click

from musegan_train.data.cli import prepare
from musegan_train.export.cli import export_onnx
from musegan_train.fit.cli import fit
from musegan_train.measure.cli import draw, evaluate, report, sample, table

# Heavy imports are inside the commands: --help answers at once, and without torch.


class _Program(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            if error.name is None or error.name.startswith("musegan_"):
                raise
            raise click.ClickException(
                f"training needs {error.name}: {sys.executable} -m pip install 'musegan-bridge[train]'"
            ) from error


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="musegan-bridge")
def main() -> None:
    """Make a band out of MIDI files: prepare, fit, export-onnx, evaluate, sample, draw, report, table."""


for command in (prepare, fit, export_onnx, evaluate, sample, draw, report, table):
    main.add_command(command)
