"""The folder of a run as one HTML page that needs no other file; it must not know networks or how to measure."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from musegan_train.measure import published
from musegan_train.measure.heard_tables import CAPTIONS as HEARD_CAPTIONS
from musegan_train.measure.heard_tables import heard_rows
from musegan_train.measure.tables import number, summary_rows
from musegan_train.measure.templates import fill

EVALUATION = "evaluation.json"
_CONFIG, _ENVIRONMENT, _STATS, _SAMPLES = "config.json", "environment.json", "stats.jsonl", "samples"
_POINTS = 300  # of a curve
_PICTURES = 8  # of the evolution
_LEFT, _RIGHT, _TOP, _BOTTOM = 55, 395, 10, 175  # of a curve's frame, in the template's units


class Curve(NamedTuple):
    """One number of the log, step by step, as points of an SVG polyline."""

    name: str
    points: str
    low: str
    high: str
    first: int
    last: int


class Picture(NamedTuple):
    """A picture of samples, and the MIDI file beside it, as data URIs."""

    step: int
    source: str
    midi: str | None


class Table(NamedTuple):
    """Measurements of several rows; the first `words` columns are words."""

    title: str
    note: str
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]
    words: int


def page(run: Path, evaluation: Path | None = None) -> str:
    """Return the page: config, curves, evolution, samples, measurements beside held-out songs and the papers' rows.

    What the folder lacks is left out. `evaluation`: what `evaluate --json` wrote, by default `evaluation.json` there.

    Raises:
        ValueError: The folder is no run, or a file of it cannot be read.

    """
    if not (run / _CONFIG).is_file():
        raise ValueError(f"{run} is not a run folder: {_CONFIG} is missing")
    config = _read_json(run / _CONFIG)
    stats = _read_lines(run / _STATS)
    path = evaluation or run / EVALUATION
    report = _read_json(path) if path.is_file() else None
    if report is not None and "metrics" not in report:
        raise ValueError(f"{path}: not what musegan-train evaluate --json writes")
    starts = _read_lines(run / _ENVIRONMENT)
    name = str(config.get("name", run.name))
    return fill(
        "report.html.jinja",
        name=name,
        facts=list(_facts(config, stats)),
        curves=list(curves(stats)),
        pictures=pictures(run / _SAMPLES),
        tables=list(tables(report)) if report is not None else [],
        config=[(key, _text(value)) for key, value in config.items()],
        environment=[(key, _text(value)) for key, value in (starts[-1] if starts else {}).items()],
    )


def curves(stats: Sequence[Mapping[str, Any]]) -> Iterator[Curve]:
    """Yield a curve of each number that the log has, the mean of neighbouring steps where there are many."""
    names = dict.fromkeys(key for line in stats for key, value in line.items() if isinstance(value, int | float))
    for name in names:
        if name == "step":
            continue
        known = [(line["step"], line[name]) for line in stats if isinstance(line.get(name), int | float)]
        points = np.array(known, float)
        points = points[np.isfinite(points).all(axis=1)]
        if len(points) < 2 or np.ptp(points[:, 1]) == 0:
            continue  # what never changes is in the config
        parts = np.array_split(points, min(_POINTS, len(points)))
        means = np.array([part.mean(axis=0) for part in parts])
        low, high = float(means[:, 1].min()), float(means[:, 1].max())
        yield Curve(name, _polyline(means), f"{low:.2g}", f"{high:.2g}", int(points[0, 0]), int(points[-1, 0]))


def pictures(folder: Path) -> list[Picture]:
    """Return the pictures `step-NNNNNN.png` of the samples, evenly spaced, the first and the last among them."""
    found = sorted(
        (int(match[1]), path) for path in folder.glob("step-*.png") if (match := re.fullmatch(r"step-(\d+)", path.stem))
    )
    if len(found) > _PICTURES:
        found = [found[i] for i in np.linspace(0, len(found) - 1, _PICTURES).round().astype(int)]
    return [
        Picture(
            step,
            _data_uri(path, "image/png"),
            _data_uri(midi, "audio/midi") if (midi := path.with_suffix(".mid")).is_file() else None,
        )
        for step, path in found
    ]


def tables(report: Mapping[str, Any]) -> Iterator[Table]:
    """Yield the measurements as tables."""
    if report.get("summary"):
        headings, *lines = summary_rows(report["summary"])
        yield Table("In short", "Beside the goals of the bundle that ships.", headings, lines, 2)
    for title, (headings, *lines) in heard_rows(report["heard"]) if report.get("heard") else ():
        yield Table(title, HEARD_CAPTIONS[title], headings, lines, 1)
    legend = "Means over bars. Pitch classes are pitch classes; held-out: songs that were never trained on."
    yield _by_track("Metrics", legend, report["metrics"])
    if report.get("distances"):
        legend = "Wasserstein distance of the distribution over bars from held-out songs, in the unit of the metric."
        yield _by_track("Distances", legend, report["distances"])
    rows: dict[str, Any] = dict(report["paper"])
    system = str(report.get("preset", "")).split("-")[0]
    rows |= {row.label: row.values for row in published.AAAI if row.kind == published.DATA or row.name == system}
    legend = "Counted as the papers' code did (UPC and TD fold registers), beside what Dong et al., AAAI 2018, printed."
    yield _by_track("By the papers' rules", legend, rows)
    if report.get("diversity"):
        legend = "Jaccard distance, 0..1: of phrases to the others of their row, and to the nearest training phrase."
        every = {row: {**values, **_renamed(report.get("nearest", {}).get(row, {}))}
                 for row, values in report["diversity"].items()}  # fmt: skip
        names = tuple(dict.fromkeys(name for values in every.values() for name in values))
        cells = [(row, *(number(values.get(name)) for name in names)) for row, values in every.items()]
        yield Table("Diversity", legend, ("", *names), cells, 1)
    if report.get("coverage"):
        legend = "How phrases of each row and held-out ones lie among each other; data: phrases trained on."
        yield _by_row("Coverage", legend, {(row,): values for row, values in report["coverage"].items()})
    if report.get("following"):
        legend = (
            "Tonal distance (matched) and steps struck together (rhythm matched) of the given track and the others; "
            "shuffled: of another phrase's. The way from there to real songs: 1 is all of it."
        )
        each: dict[tuple[str, ...], Any] = {
            (given, kind): values for given, own in report["following"].items() for kind, values in own.items()
        }
        yield _by_row("Following", legend, each)


def _by_track(title: str, note: str, rows: Mapping[str, Mapping[str, Mapping[str, float | None]]]) -> Table:
    first = next(iter(rows.values()))
    cells = [
        (metric if i == 0 else "", track, *(number(row.get(metric, {}).get(track)) for row in rows.values()))
        for metric, tracks in first.items()
        for i, track in enumerate(tracks)
    ]
    return Table(title, note, ("", "", *rows), cells, 2)


def _by_row(title: str, note: str, rows: Mapping[tuple[str, ...], Mapping[str, float | None]]) -> Table:
    first = next(iter(rows))
    names = tuple(rows[first])
    cells = [(*words, *(number(values.get(name)) for name in names)) for words, values in rows.items()]
    return Table(title, note, (*("" for _ in first), *names), cells, len(first))


def _renamed(nearest: Mapping[str, float]) -> dict[str, float]:
    names = {"median": "to training, median", "least": "to training, least", "closer": "closer", "copies": "copies"}
    return {names[name]: value for name, value in nearest.items()}


def _facts(config: Mapping[str, Any], stats: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if "preset" in config:
        yield f"preset {config['preset']}"
    if stats:
        yield f"{stats[-1].get('step', len(stats))} of {config.get('steps', '?')} generator steps"
        yield f"{sum(line.get('seconds', 0) for line in stats) / 3600:.2f} hours"
    if "phrases" in config:
        yield f"on {Path(str(config['phrases'])).name}"


def _polyline(points: NDArray[np.float64]) -> str:
    low, span = points.min(axis=0), np.ptp(points, axis=0)
    x, y = ((points - low) / np.where(span > 0, span, 1)).T
    return " ".join(
        f"{_LEFT + (_RIGHT - _LEFT) * a:.1f},{_BOTTOM - (_BOTTOM - _TOP) * b:.1f}" for a, b in zip(x, y, strict=True)
    )


def _data_uri(path: Path, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from error
    return data


def _read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file with one a line; a last line that was cut off is left out."""
    lines = []
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        try:
            lines.append(json.loads(line))
        except json.JSONDecodeError:
            break
    return lines


def _text(value: object) -> str:
    if isinstance(value, list) and value and all(isinstance(item, dict) and "name" in item for item in value):
        return ", ".join(str(item["name"]) for item in value)
    return value if isinstance(value, str) else json.dumps(value)
