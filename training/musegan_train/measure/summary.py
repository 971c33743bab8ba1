"""A report in a few lines, beside what the bundle that ships is meant to reach; it must not know how to measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from musegan_train.measure.following import mean, ways
from musegan_train.measure.heard import GOAL as IN_A_ROW
from musegan_train.measure.rows import AWAITED, DATA, GIVEN, HELD_OUT, SCRATCH, TIDIED

Report = Mapping[str, Any]
NOT_KNOWN = float("nan")


@dataclass(frozen=True, slots=True)
class Goal:
    """One line: a number of each row that is a way to play, and what is wanted of it."""

    name: str
    value: Callable[[Report, str], float]  # of a report and a row; NaN where it is not known
    bound: float
    at_least: bool = False  # else at most, of the number without its sign
    unit: str = ""
    rows: tuple[str, ...] = (DATA, SCRATCH, GIVEN, AWAITED)  # `DATA`: what songs reach, as a bound

    def __str__(self) -> str:
        """Say what is wanted."""
        return f"{'>=' if self.at_least else '<='} {self.bound:g}{self.unit and ' ' + self.unit}"

    def is_met(self, value: float) -> bool:
        """Return whether a value is as wanted; one that is not known is not."""
        return value >= self.bound if self.at_least else abs(value) <= self.bound


def summarise(report: Report) -> dict[str, dict[str, Any]]:
    """Return, for each line of `GOALS`: `goal`, `unit`, and row -> value in `values`, row -> bool in `met`.

    `report`: of a band, from `evaluate_band`, with NaN and not None. A row is in the lines that speak of it.
    """
    played = [row for row in report["metrics"] if row.removesuffix(TIDIED) in (DATA, SCRATCH, GIVEN, AWAITED)]
    lines: dict[str, dict[str, Any]] = {}
    for goal in GOALS:
        values = {row: goal.value(report, row) for row in played if {row, row.removesuffix(TIDIED)} & {*goal.rows}}
        met = {row: goal.is_met(value) for row, value in values.items()}
        lines[goal.name] = {"goal": str(goal), "unit": goal.unit, "values": values, "met": met}
    return lines


def _error(report: Report, row: str) -> float:
    return float(report["relative_error"][row]["mean"])


def _worst_error(report: Report, row: str) -> float:
    return _worst(value for name, value in report["relative_error"][row].items() if name != "mean" and value == value)


def _qualified_notes(report: Report, row: str) -> float:
    own, real = (report["metrics"][name]["QN"] for name in (row, HELD_OUT))
    return _worst(100 * (value - real[track]) for track, value in own.items())


def _together(report: Report, row: str) -> float:
    return 100 * float(report["ways"][row].get("mean", NOT_KNOWN))


def _follows(rhythm: bool, worst: bool) -> Callable[[Report, str], float]:
    """Return what says how far the band follows: of all tracks that lead, or the one it follows least."""

    def value(report: Report, row: str) -> float:
        kind = row.replace(GIVEN, "generated").replace(AWAITED, "awaited")
        key = "rhythm matched" if rhythm else "matched"
        pairs = [(kinds[kind], kinds[HELD_OUT]) for kinds in report["following"].values()]
        pairs = [(own, real) for own, real in pairs if real[key] == real[key]]  # drums have no chroma to follow
        if not pairs:
            return NOT_KNOWN
        if worst:
            each = [100 * ways(own, real)[rhythm] for own, real in pairs]
            return min(each) if all(part == part for part in each) else NOT_KNOWN
        own, real = ({name: mean([pair[i][name] for pair in pairs]) for name in pairs[0][i]} for i in (0, 1))
        return 100 * ways(own, real)[rhythm]

    return value


def _in_a_row(report: Report, row: str) -> float:
    own = report.get("heard", {}).get("errors", {}).get(row)
    return float(own["mean"]["value"]) if own else NOT_KNOWN


def _drift(report: Report, row: str) -> float:
    """Return by how much the last phrases of chains differ from the first ones, in the figure that differs most."""
    places = report.get("heard", {}).get("places", {})
    ends = [(list(own.values())[-1]["value"], own["1"]["value"]) for own in places.values()]
    return _worst(100 * (last - first) for last, first in ends)


def _covers(name: str) -> Callable[[Report, str], float]:
    """Return what says how much of the held-out phrases is covered, beside what training phrases cover."""

    def value(report: Report, row: str) -> float:
        found = report["coverage"]
        if row not in found or not found.get(DATA, {}).get(name):
            return NOT_KNOWN
        return 100 * float(found[row][name]) / float(found[DATA][name])

    return value


def _as_new(report: Report, row: str) -> float:
    found = report["nearest"]
    if row not in found or not found[HELD_OUT]["median"]:
        return NOT_KNOWN
    return 100 * (float(found[row]["median"]) / float(found[HELD_OUT]["median"]) - 1)


def _worst(values: Iterable[float]) -> float:
    """Return the value that is farthest from 0, NaN where there is none or one of them is not known."""
    known = list(values)
    return max(known, key=abs) if known and all(value == value for value in known) else NOT_KNOWN


_BY_CHANCE = "way from chance to real"

GOALS = (
    Goal("mean relative error", _error, 0.08),
    Goal("relative error, worst metric", _worst_error, 0.15),
    Goal("QN, worst track", _qualified_notes, 4, unit="points"),
    Goal(f"TD between tracks, {_BY_CHANCE}", _together, 80, True, "%"),
    Goal(f"TD to the given track, {_BY_CHANCE}", _follows(False, False), 75, True, "%", (GIVEN,)),
    Goal("TD, worst given track", _follows(False, True), 75, True, "%", (GIVEN,)),
    Goal(f"rhythm of the given track, {_BY_CHANCE}", _follows(True, False), 75, True, "%", (GIVEN,)),
    Goal("rhythm, worst given track", _follows(True, True), 75, True, "%", (GIVEN,)),
    Goal(f"TD to the awaited track, {_BY_CHANCE}", _follows(False, False), 50, True, "%", (AWAITED,)),
    Goal("TD, worst awaited track", _follows(False, True), 50, True, "%", (AWAITED,)),
    Goal(f"rhythm of the awaited track, {_BY_CHANCE}", _follows(True, False), 50, True, "%", (AWAITED,)),
    Goal("rhythm, worst awaited track", _follows(True, True), 50, True, "%", (AWAITED,)),
    Goal("bars in a row, mean relative error of sixteen figures", _in_a_row, IN_A_ROW, rows=(SCRATCH + TIDIED,)),
    Goal("drift from phrase 1 to phrase 8, worst figure", _drift, 5, unit="points", rows=(SCRATCH + TIDIED,)),
    Goal("recall, of that of training phrases", _covers("recall"), 90, True, "%", (SCRATCH,)),
    Goal("coverage, of that of training phrases", _covers("coverage"), 90, True, "%", (SCRATCH,)),
    Goal("distance to training phrases, beside that of held-out ones", _as_new, 10, unit="%", rows=(SCRATCH,)),
)
"""The goals of the bundle that ships; what other presets reach can be set beside them, no more."""
