"""Reports of several bands as the tables of the papers, in Markdown; it must not know how a number came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from musegan_train.measure import published
from musegan_train.measure.tables import number

Report = Mapping[str, Any]

_NAMES = {"bass": "B", "drums": "D", "guitar": "G", "piano": "P", "strings": "S"}
_TABLE_1 = (
    *(("EB", track) for track in ("bass", "drums", "guitar", "piano", "strings")),
    *(("UPC", track) for track in ("bass", "guitar", "piano", "strings")),
    *(("QN", track) for track in ("bass", "guitar", "piano", "strings")),
    ("DP", "drums"),
)
_TABLE_2 = tuple(("TD", f"{p}-{q}") for p, q in (
    ("bass", "guitar"), ("bass", "strings"), ("bass", "piano"), ("guitar", "strings"), ("guitar", "piano"),
    ("piano", "strings"),
))  # fmt: skip
_PERCENT = ("EB", "QN", "DP")


class _Line(NamedTuple):
    """A line of a table, ours or published."""

    name: str
    values: Mapping[str, Mapping[str, float | None]]
    n_bars: str
    is_data: bool = False


def tables(reports: Sequence[Report], paper: bool = False) -> str:
    """Return tables 1 and 2 of the AAAI paper with a line for each way each report's band plays, and for real songs.

    With `paper` everything is counted as the papers' code did, and what they printed stands above it; else pitch
    classes are pitch classes, and no printed UPC or TD can be compared. Where a Binary MuseGAN is among the reports,
    the ISMIR paper's table follows.
    """
    key = "paper" if paper else "metrics"
    ours = [*_data_lines(reports, key), *(line for report in reports for line in _band_lines(report, key))]
    above = [_Line(row.label, row.values, "", row.kind == published.DATA) for row in (published.AAAI if paper else ())]
    shuffled = [
        _Line(f"{line.name}, shuffled", {"TD": line.values["TD shuffled"]}, line.n_bars)
        for line in (*above, *ours)
        if "TD shuffled" in line.values and line.is_data
    ]
    lines = ["**Table 1.** Within a track: EB, QN and DP in per cent.", ""]
    lines += _table(_TABLE_1, [*above, *ours])
    lines += ["", "**Table 2.** Tonal distance of two tracks; shuffled: of tracks of different phrases.", ""]
    lines += _table(_TABLE_2, [*above, *ours, *shuffled])
    if any(report["preset"].startswith("binary") for report in reports):
        lines += ["", "**Binary MuseGAN.** Means over tracks (QN, PP), and one pair (TD).", ""]
        lines += _binary_table(ours, paper)
    return "\n".join(lines) + "\n"


def _data_lines(reports: Iterable[Report], key: str) -> Iterator[_Line]:
    """Yield the real songs of the reports, those of the same kind once."""
    seen = set()
    for report in reports:
        for row in ("data", "held-out"):
            if row not in report[key]:
                continue
            kind = (row, report["steps_per_bar"], tuple(report[key][row]["EB"]), report.get("songs"))
            if kind in seen:
                continue
            seen.add(kind)
            name = {"data": "songs", "held-out": "held-out songs"}[row]
            yield _Line(f"{name}, {report['steps_per_bar']} steps", report[key][row], str(report["bars"][row]), True)


def _band_lines(report: Report, key: str) -> Iterator[_Line]:
    for row, values in report[key].items():
        if row.startswith(("held-out", "data")):
            continue
        how = row if report.get("given") is None else f"{report['given']} given"
        step = f", step {report['step']}" if report.get("step") is not None else ""
        name = f"{report['preset']}, {how}{step}, {report['steps_per_bar']} steps"
        yield _Line(name, values, str(report["bars"][row]))


def _table(columns: Sequence[tuple[str, str]], rows: Sequence[_Line]) -> list[str]:
    headings = []
    for i, (metric, name) in enumerate(columns):
        short = "-".join(_NAMES[part] for part in name.split("-"))
        first = i == 0 or columns[i - 1][0] != metric
        headings.append(f"{metric} {short}" if first else short)
    lines = [_row("", *headings, "bars"), _row("---", *["---:"] * (len(columns) + 1))]
    for line in rows:
        cells = [_cell(line.values.get(metric, {}).get(name), metric) for metric, name in columns]
        if any(cell != "-" for cell in cells):
            lines.append(_row(line.name, *cells, line.n_bars))
    return lines


def _binary_table(ours: Sequence[_Line], paper: bool) -> list[str]:
    lines = [_row("", "QN", "PP", "TD guitar-piano", "bars"), _row("---", *["---:"] * 4)]
    for row in published.BINARY if paper else ():
        cells = (number(value, 2) for value in (row.qualified, row.polyphonic, row.piano_guitar))
        lines.append(_row(f"paper: {row.name}", *cells, ""))
    for line in ours:
        pair = line.values["TD"].get("guitar-piano")
        averages = (_average(line.values[metric].values()) for metric in ("QN", "PP"))
        lines.append(_row(line.name, *(number(value, 2) for value in (*averages, pair)), line.n_bars))
    return lines


def _average(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None and value == value]
    return sum(known) / len(known) if known else None


def _cell(value: float | None, metric: str) -> str:
    if value is None or value != value:
        return "-"
    return number(value * 100, 1) if metric in _PERCENT else number(value, 2)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
