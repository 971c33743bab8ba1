"""What is heard of bars in a row, as tables for people and spreadsheets; it must not know how a number came about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

from musegan_train.measure.heard import GOAL
from musegan_train.measure.listening import FIGURES, IN_A_PHRASE, SIXTEEN

Heard = Mapping[str, Any]


def heard_tables(heard: Heard) -> Iterator[Table]:
    """Yield the sixteen figures of each row, with intervals, and where it is known, of each place in a chain."""
    for title, lines in heard_rows(heard):
        headings, *rest = lines
        table = Table(title=title, box=None, padding=(0, 1, 0, 0), pad_edge=False)  # eighty columns are enough
        for i, heading in enumerate(headings):
            table.add_column(heading, justify="right" if i else "left", no_wrap=True)
        for line in rest:
            table.add_row(*line)
        table.caption = CAPTIONS[title]
        yield table


TITLE, BY_PLACE = "Bars in a row", "Phrase upon phrase"

CAPTIONS = {
    TITLE: "In brackets: a 95 % interval, as songs and chains are drawn again.\noff: relative error, 100 % at most.",
    BY_PLACE: "The phrases of a chain, each upon the last bar of the one before; the first upon silence.",
}


def heard_rows(heard: Heard) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Yield the title and the lines of each table, the headings first."""
    rows, errors = heard["rows"], heard["errors"]
    names = list(rows)
    lines: list[tuple[str, ...]] = [("", *names, *("off" for _ in errors))]
    lines.append(("songs or chains", *(str(rows[name]["n"]) for name in names), *("" for _ in errors)))
    for figure in SIXTEEN:
        cells = (_with_interval(rows[name][figure]) for name in names)
        lines.append((figure, *cells, *(_percent(own[figure]) for own in errors.values())))
    for name, own in errors.items():
        cells = (_with_interval(own["mean"]) if name == row else "" for row in names)
        lines.append((f"mean off, goal <= {GOAL:g}", *cells, *("" for _ in errors)))
    yield TITLE, lines
    if heard.get("places"):
        places = heard["places"]
        lines = [("phrase", *next(iter(places.values())), "songs")]
        songs = next(iter(rows.values()))
        for figure in IN_A_PHRASE:
            cells = (_number(own["value"]) for own in places[figure].values())
            lines.append((figure, *cells, _number(songs[figure]["value"])))
        yield BY_PLACE, lines


def heard_csv_rows(heard: Heard) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield every number: kind, row, figure, which (value, low or high; of a place, its number), number."""
    for row, figures in heard["rows"].items():
        for figure in FIGURES:
            for which, value in figures[figure].items():
                yield "heard", row, figure, which, _plain(value)
    for row, own in heard["errors"].items():
        for figure in SIXTEEN:
            yield "heard error", row, figure, "value", _plain(own[figure])
        for which, value in own["mean"].items():
            yield "heard error", row, "mean", which, _plain(value)
    for figure, places in heard.get("places", {}).items():
        for place, own in places.items():
            yield "heard by place", place, figure, "value", _plain(own["value"])


def _with_interval(found: Mapping[str, float | None]) -> str:
    value, low, high = (found[key] for key in ("value", "low", "high"))
    if value is None or value != value:
        return "-"
    return f"{_number(value)} ({_number(low)}-{_number(high)})"


def _number(value: float | None) -> str:
    """Return a share as it is printed.

    >>> _number(0.5), _number(None)
    ('.500', '-')
    """
    return "-" if value is None or value != value else f"{value:.3f}".removeprefix("0")


def _percent(value: float | None) -> str:
    return "-" if value is None or value != value else f"{100 * value:.0f} %"


def _plain(value: float | None) -> str:
    return "" if value is None or value != value else f"{value:.6g}"
