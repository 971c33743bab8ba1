"""How near a band is to its lead by what it is told, as tables; it must not know how a number came about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

_HEADINGS = {"harmony": "harmony", "rhythm": "rhythm", "plays": "plays", "notes": "notes", "changes": "chords"}
_FAILS = "fails"


def told_tables(report: Mapping[str, Any]) -> Iterator[Table]:
    """Yield a table for each lead and for all of them, of what `measure_anticipating` returned."""
    for lead, rows in report["rows"].items():
        known = [name.split()[1] for name in next(iter(rows.values())) if name.startswith("harmony ")]
        n = report["songs"].get(lead)
        title = f"The band beside the {lead}, {n} songs" if n else "The band beside its lead, mean over the leads"
        table = Table(title=title, box=None, padding=(0, 1, 0, 0), pad_edge=False)  # eighty columns are enough
        for i, heading in enumerate(("told of the next bar", *_HEADINGS.values(), *known)):
            table.add_column(heading, justify="right" if i else "left", no_wrap=True)
        for row, found in rows.items():
            table.add_row(row, *_cells(found, [f"harmony {n}" for n in known]))
        yield table


def told_legend(report: Mapping[str, Any]) -> str:
    """Return what the tables show, in a few lines."""
    reasons = ", ".join(f"{n} {reason}" for reason, n in report["left_out"].items()) or "none"
    return (
        f"Bars 8 to {report['bars'] - 1} in which the lead plays; ±: half of what 95 % of draws of songs span.\n"
        "harmony, %: tonal distance to the lead; 0: as a bar of any song, 100: as the song's own\n"
        "tracks; 4, 8, 16, 32: where so many bars of the lead were known, at least.\n"
        "rhythm: steps struck by both over steps struck by either.\n"
        "plays, %: of the other tracks; notes: theirs, a bar; chords, %: bars in which they change.\n"
        f"Songs left out: {reasons}."
    )


def told_csv_rows(report: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield every number: kind, row, figure, lead, value."""
    for lead, rows in report["rows"].items():
        for row, found in rows.items():
            for figure, value in found.items():
                if isinstance(value, Mapping):
                    yield "anticipating", row, figure, lead, f"{value['value']:.6g}"


def _cells(found: Mapping[str, Any], known: list[str]) -> Iterator[str]:
    for name in _HEADINGS:
        if found["fails"] and name in ("harmony", "rhythm"):
            yield _FAILS
        elif found[name] is None:
            yield "-"
        elif name == "notes":
            yield f"{found[name]['value']:.1f}"
        elif name == "rhythm":
            yield f"{found[name]['value']:.2f}±{_half(found[name]):.2f}"
        elif name == "harmony":
            yield f"{100 * found[name]['value']:.0f}±{100 * _half(found[name]):.0f}"
        else:
            yield f"{100 * found[name]['value']:.0f}"
    for name in known:
        yield "-" if found[name] is None else f"{100 * found[name]['value']:.0f}"


def _half(interval: Mapping[str, float]) -> float:
    return (interval["high"] - interval["low"]) / 2
