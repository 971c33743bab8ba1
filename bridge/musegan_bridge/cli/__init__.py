"""The program `musegan-bridge`: options in, words out. Imports are inside the commands: --help answers at once."""

from __future__ import annotations

import click

from musegan_bridge.cli.bundles import bundles
from musegan_bridge.cli.doctor import doctor
from musegan_bridge.cli.generate import generate
from musegan_bridge.cli.install import install
from musegan_bridge.cli.monitor import monitor
from musegan_bridge.cli.replay import replay
from musegan_bridge.cli.serve import serve

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "MUSEGAN_BRIDGE"})
@click.version_option(package_name="musegan-bridge")
@click.option("-v", "--verbose", count=True, help="Log more: -v as --log-level info, -vv as --log-level debug.")
@click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"]),
    help="What to log, on stderr; debug: every OSC message, too.  [default: warning]",
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json: an object a line, with time (Unix seconds), level, logger and message.",
)
@click.pass_context
def main(context: click.Context, verbose: int, log_level: str | None, log_format: str) -> None:
    """A neural band for the stage: over OSC, following what you play."""
    from musegan_bridge.stage.logs import start_logging

    level = log_level or ("warning", "info", "debug")[min(verbose, 2)]
    context.call_on_close(start_logging(log_format, level))


for command in (serve, replay, generate, monitor, doctor, bundles, install):
    main.add_command(command)
