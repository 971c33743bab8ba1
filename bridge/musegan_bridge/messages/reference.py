"""The table as the page `docs/osc.md`; it must not know anything else."""

from __future__ import annotations

from musegan_bridge.messages.incoming import INCOMING
from musegan_bridge.messages.sent import OUTGOING


def reference() -> str:
    """Return the table as Markdown."""
    lines = [
        "# OSC reference",
        "",
        "Made from the table: `python -m musegan_bridge.messages > docs/osc.md`. `/musegan/help` says the same.",
        "Types: `i` int32, `f` float32, `s` string; int and float stand for each other. In brackets: may be left out.",
        "",
        "What is marked *readable* is a setting: sent without arguments, it is answered on its own address. `<track>`",
        "is a track's name. Patterns (`* ? [a-z] {a,b}`) reach settings and tracks: `/musegan/track/*/mute 1`.",
    ]
    for title, specs in (("What you send", INCOMING), ("What you receive", OUTGOING)):
        lines += ["", f"## {title}"]
        for spec in specs:
            lines += ["", f"### `{spec.address}`", "", f"{spec.doc}{' *Readable.*' if spec.readable else ''}"]
            fields = [(f, "") for f in spec.fields] + [(f, ", repeated") for f in spec.repeated]
            if fields:
                lines += ["", "| argument | type | range | default | what |", "|---|---|---|---|---|"]
            for f, again in fields:
                allowed = f.range.replace("|", "\\|") + (f" {f.unit}" if f.unit and f.range else "")
                default = "" if f.default is None else f"`{f.default}`" if f.default != "" else '`""`'
                lines.append(f"| {f.name} | {f.type}{again} | {allowed} | {default} | {f.doc} |")
    return "\n".join(lines)
