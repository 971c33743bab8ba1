"""A report of `evaluate` as tables for people and spreadsheets; it must not know how a number came about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

from musegan_train.measure import published
from musegan_train.measure.continuity import CONTINUITY
from musegan_train.measure.heard_tables import heard_csv_rows, heard_tables
from musegan_train.measure.metrics import METRICS, Measurement
from musegan_train.measure.rows import TIDIED
from musegan_train.measure.told_tables import told_csv_rows, told_tables

Report = Mapping[str, Any]

_RIGHT_AFTER = ("", "row", "given", "track")  # headings of columns of words


def tables(report: Report, paper: bool = False) -> list[Table]:
    """Return all there is in a report; with `paper`, what the papers' rules count, beside what they printed."""
    if "metrics" not in report:  # whole songs alone were measured
        return list(told_tables(report["anticipating"]))
    made = [_paper_table(report) if paper else _metrics_table(report)]
    if not paper and report["distances"]:
        made.append(_distances_table(report))
    if not paper and report["relative_error"]:
        made.append(_errors_table(report["relative_error"]))
    if not paper and report.get("ways"):
        made.append(_ways_table(report["ways"]))
    if not paper and any(report.get("continuity", {}).values()):
        legend = "0.1: a tenth more alike than in held-out songs."
        made.append(_by_track("Bars upon bars: relative difference to held-out songs", report["continuity"], legend))
    if report["following"]:
        made += _following_tables(report["following"])
    if report["diversity"]:
        made.append(_diversity_table(report))
    if report.get("coverage"):
        made.append(_coverage_table(report["coverage"]))
    if report.get("heard"):
        made += heard_tables(report["heard"])
    if report.get("summary"):
        made.append(_summary_table(report["summary"]))
    if report.get("anticipating"):
        made += told_tables(report["anticipating"])
    return made


def csv_rows(report: Report) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield a header, then every number that belongs to a metric and a track: kind, row, metric, track, value."""
    yield "kind", "row", "metric", "track", "value"
    for kind in ("metrics", "paper", "distances", "continuity"):
        for row, metrics in report.get(kind, {}).items():
            for metric, tracks in metrics.items():
                for track, value in tracks.items():
                    yield kind, row, metric, track, _plain(value)
    for kind in ("relative_error", "ways", "diversity", "coverage", "nearest"):
        for row, numbers in report.get(kind, {}).items():
            for name, value in numbers.items():
                yield kind, row, name, "", _plain(value)
    for given, kinds in report.get("following", {}).items():
        for row, numbers in kinds.items():
            for name, value in numbers.items():
                yield "following", row, name, given, _plain(value)
    for line, found in report.get("summary", {}).items():
        for row, value in found["values"].items():
            yield "summary", row, line, "", _plain(value)
    if report.get("anticipating"):
        yield from told_csv_rows(report["anticipating"])
    if report.get("heard"):
        yield from heard_csv_rows(report["heard"])


def number(value: float | None, digits: int = 3) -> str:
    """Return a number as it stands in a table; `-` where there was nothing to measure.

    >>> number(0.12345), number(None), number(float("nan"))
    ('0.123', '-', '-')
    """
    return "-" if value is None or value != value else f"{value:.{digits}f}"


def summary_rows(summary: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    """Yield headings, then the lines of a summary: what is measured, the goal, each row's value and verdict."""
    rows = list(dict.fromkeys(row for found in summary.values() for row in found["values"]))
    yield "", "goal", *rows
    for line, found in summary.items():
        digits = 1 if found["unit"] else 3
        yield line, found["goal"], *(
            f"{number(found['values'][row], digits)} {'✓' if found['met'][row] else '✗'}" if row in found["values"]
            else ""
            for row in rows
        )  # fmt: skip


def _plain(value: float | None) -> str:
    return "" if value is None or value != value else f"{value:.6g}"


def _metrics_table(report: Report) -> Table:
    title = f"Metrics, means over bars of {report['steps_per_bar']} steps"
    legend = "\n".join(f"{name}: {meaning}" for name, meaning in {**METRICS, **CONTINUITY}.items())
    return _by_track(title, report["metrics"], legend)


def _paper_table(report: Report) -> Table:
    rows: dict[str, Measurement] = dict(report["paper"])
    system = report["preset"].split("-")[0]
    printed = [row for row in published.AAAI if row.kind == published.DATA or row.name == system]
    rows |= {row.label: row.values for row in printed}
    legend = "Counted as the papers' code did: UPC and TD fold registers, not pitch classes. paper: what was printed."
    return _by_track(f"Metrics by the papers' rules, bars of {report['steps_per_bar']} steps", rows, legend)


def _distances_table(report: Report) -> Table:
    legend = "Of the values in bars, in the unit of each metric; 0: the same distribution."
    return _by_track("Wasserstein distance from held-out songs", report["distances"], legend)


def _by_track(title: str, rows: Mapping[str, Measurement], legend: str) -> Table:
    table = _table(title, "", "track", *rows)
    table.caption = legend
    first = next(iter(rows.values()))
    for metric, values in first.items():
        for i, name in enumerate(values):
            cells = [number(row.get(metric, {}).get(name)) for row in rows.values()]
            table.add_row(metric if i == 0 else "", name, *cells, end_section=i == len(values) - 1)
    return table


def _errors_table(errors: Mapping[str, Mapping[str, float]]) -> Table:
    table = _table("Relative error against held-out songs", "", *errors)
    for group in next(iter(errors.values())):
        table.add_row(group, *(number(row[group]) for row in errors.values()))
    return table


def _ways_table(ways: Mapping[str, Mapping[str, float]]) -> Table:
    table = _table("TD between tracks: the way from shuffled to real", "", *ways)
    table.caption = "0: as tracks that met by chance; 1: as in held-out songs; -: even by chance as near as in songs."
    for pair in next(iter(ways.values())):
        table.add_row(pair, *(number(row.get(pair)) for row in ways.values()))
    return table


def _following_tables(follows: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Iterator[Table]:
    """Yield a table of harmony and, where it was measured, one of rhythm."""
    for title, names in (
        ("Tonal distance to the given track, and to that of another phrase", ("matched", "shuffled", "gain", "way")),
        ("Steps struck together with the given track, and with that of another phrase", ("rhythm matched",
         "rhythm shuffled", "rhythm gain", "rhythm way")),
    ):  # fmt: skip
        known = {given: kinds for given, kinds in follows.items()
                 if any(values.get(names[0]) is not None for values in kinds.values())}  # fmt: skip
        if not known:
            continue
        table = _table(title, "given", "row", *(name.removeprefix("rhythm ") for name in names))
        for given, kinds in known.items():
            for i, (kind, values) in enumerate(kinds.items()):
                cells = [number(values.get(name)) for name in names]
                table.add_row(given if i == 0 else "", kind, *cells, end_section=i == len(kinds) - 1)
        yield table


def _diversity_table(report: Report) -> Table:
    nearest = report["nearest"]
    columns = ("pairwise", "nearest", "repeats") + (("median", "least", "closer", "copies") if nearest else ())
    table = _table("Phrases compared cell by cell: Jaccard distance, 0..1", "row", *columns)
    table.caption = "pairwise, nearest: to the others of its row; repeats: share that is there twice."
    if nearest:
        table.caption += (
            "\nmedian, least: to the nearest training phrase; closer: share that is nearer to one than the nearest "
            "\ntwentieth of held-out phrases (0.05: as new as other songs); copies: share that is a training phrase."
        )
    for row, values in report["diversity"].items():
        every = {**nearest.get(row, {}), **{name: values[name] for name in columns[:3]}}
        table.add_row(row, *(number(every.get(name)) for name in columns))
    return table


def _coverage_table(covers: Mapping[str, Mapping[str, float]]) -> Table:
    names = ("precision", "recall", "density", "coverage")
    table = _table("Held-out phrases, found again among those of a row by their five nearest neighbours", "row", *names)
    table.caption = (
        "precision, density: the row's phrases near held-out ones; recall, coverage: held-out ones near the row's."
        "\ndata: phrases trained on, of other songs; held-out, others: phrases of the same songs."
    )
    for row, values in covers.items():
        table.add_row(row, *(number(values[name]) for name in names))
    return table


def _summary_table(summary: Mapping[str, Mapping[str, Any]]) -> Table:
    """Return two lines for each goal, since names and numbers of all rows need more than eighty columns."""
    (_, _, *rows), *lines = summary_rows(summary)
    short = ["tidied" if row.endswith(TIDIED) else row.removeprefix("from ").removeprefix("one track ") for row in rows]
    table = Table(title="In short", box=None, show_header=False, padding=0, pad_edge=False)
    table.caption = "The goals are those of the bundle that ships. Percentages of differences have a sign."
    table.add_column(no_wrap=True)
    table.add_row("".join(f"{name:>9}" for name in short))
    for name, goal, *values in lines:
        table.add_row(f"{name}, goal {goal}")
        table.add_row("".join(f"{value:>9}" for value in values))
    return table


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title)
    for heading in headings:
        table.add_column(heading, justify="left" if heading in _RIGHT_AFTER else "right")
    return table
