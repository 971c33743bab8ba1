"""`musegan-bridge doctor`: is this machine fit for the show?"""

from __future__ import annotations

from typing import Any

import click

from musegan_bridge.cli.options import setting, settings_of

_MARKS = {"ok": ("ok", "green"), "note": ("note", "yellow"), "problem": ("PROBLEM", "red")}


@click.command(short_help="Look at the machine before the show.")
@setting("host")
@setting("port")
@setting("http")
@setting("device")
@setting("bundle")
@click.option("--json", "as_json", is_flag=True, help="As a JSON list, for programs; times in milliseconds.")
@click.pass_context
def doctor(context: click.Context, /, as_json: bool, **settings: Any) -> None:
    """Look at ports, runtimes, MIDI, Link and bands, time a bar, and say what to do about each finding.

    Ends with 1 where there is a problem. Notes are worth knowing, and no problem.
    """
    import dataclasses
    import json

    from musegan_bridge.tools.doctor import PROBLEM, examine

    findings = []
    for finding in examine(**settings_of(settings)):
        findings.append(finding)
        if not as_json:
            mark, colour = _MARKS[finding.verdict]
            click.echo(f"{click.style(f'{mark:<8}', fg=colour)}{finding.topic:<12} {finding.text}")
            if finding.advice:
                click.echo(f"{'':<21}-> {finding.advice}")
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(finding) for finding in findings], indent=2))
    if any(finding.verdict == PROBLEM for finding in findings):
        context.exit(1)
