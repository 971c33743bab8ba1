"""Rows of a report, measured beside each other; it must not know who played them, or files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from musegan_train.measure import coverage, distances
from musegan_train.measure.continuity import CONTINUITY
from musegan_train.measure.following import mean, ways_of_pairs
from musegan_train.measure.metrics import FloatArray, Measurement, means, relative_error
from musegan_train.measure.tally import Tally

DATA, HELD_OUT, OTHERS = "data", "held-out", "held-out, others"
"""Rows of songs: those trained on; the reference; and other phrases of the same songs as the reference."""

SONGS, LAKH = "songs", "songs of Lakh"
"""Long excerpts of songs, beside which bars in a row are set; `LAKH`: those that were counted before."""

LATE = "held-out, a bar late"
"""Held-out phrases in which a track's company answers the bar before: see `following.a_bar_late`."""

SCRATCH, GIVEN, AWAITED, TIDIED = "from scratch", "one track given", "one track awaited", ", tidied"
"""Rows of what a band plays, and what is added to the name of one that was tidied."""

Rows = Mapping[str, "Row"]
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One row, of several tallies where a choice of track was made for all phrases; their metrics are averaged."""

    tallies: tuple[Tally, ...]
    given: tuple[str, ...] = ()  # the track of each choice, which the row leaves out


def measured(rows: Rows) -> dict[str, Any]:
    """Return what is measured bar by bar in each row, and how far it is from `HELD_OUT`, where that is there."""
    each = {name: [own.of_each_bar() for own in row.tallies] for name, row in rows.items()}
    metrics = {name: _average([means(bars) for bars in each[name]], row.given) for name, row in rows.items()}
    away, errors = dict[str, Measurement](), dict[str, dict[str, float]]()
    ways, changes = dict[str, dict[str, float]](), dict[str, Measurement]()
    if HELD_OUT in rows:
        (real,) = each[HELD_OUT]
        for name, row in rows.items():
            if name == HELD_OUT:
                continue
            own = metrics[name]
            away[name] = _average([_away(bars, real) for bars in each[name]], row.given)
            errors[name] = relative_error(own, metrics[HELD_OUT])
            ways[name] = ways_of_pairs(own, metrics[HELD_OUT])
            changes[name] = _relative_differences(own, metrics[HELD_OUT])
    return {
        "phrases": {name: row.tallies[0].n_phrases for name, row in rows.items()},
        "bars": {name: len(row.tallies[0].counts.chroma) for name, row in rows.items()},
        "metrics": metrics,
        "paper": {
            name: _average([means(own.paper.of_each_bar()) for own in row.tallies], row.given)
            for name, row in rows.items()
        },
        "distances": away,
        "relative_error": errors,
        "ways": ways,
        "continuity": changes,
    }


def diversity(rows: Rows) -> dict[str, dict[str, float]]:
    """Return how different the phrases of each row are from each other."""
    return {name: distances.diversity(own.bits) for name, own in _single(rows).items() if len(own.bits) > 1}


def coverages(rows: Rows, training: FloatArray | None = None) -> dict[str, dict[str, float]]:
    """Return how each row covers the held-out phrases; `training`: features of phrases trained on, as many, for `DATA`.

    A new song of the same kind covers no more of the held-out ones than the songs trained on do; `OTHERS` cover more,
    since they are phrases of the same songs.
    """
    described = {name: own.features for name, own in _single(rows).items()}
    if HELD_OUT not in described:
        return {}
    real = described.pop(HELD_OUT)
    described = {**({} if training is None else {DATA: training}), **described}
    return {name: coverage.compare(own, real) for name, own in described.items()}


def nearest(rows: Rows, training: Iterable[distances.Bits], say: Say) -> dict[str, dict[str, float]]:
    """Return for each row how far its phrases are from the training phrases, and held-out ones from them."""
    compared = {name: own.bits for name, own in _single(rows).items() if name != DATA}
    if HELD_OUT not in compared:
        return {}
    say(f"looking for the nearest training phrases of {sum(map(len, compared.values()))}")
    # One pass over the training phrases for all rows.
    found = distances.nearest(distances.joined(list(compared.values())), training)
    ends = np.cumsum([len(own) for own in compared.values()])
    each = dict(zip(compared, np.split(found, ends[:-1]), strict=True))
    return {name: distances.memorised(own, each[HELD_OUT]) for name, own in each.items()}


def _single(rows: Rows) -> dict[str, Tally]:
    """Return the rows in which all phrases are of one kind."""
    return {name: row.tallies[0] for name, row in rows.items() if len(row.tallies) == 1}


def _away(own: Mapping[str, Mapping[str, FloatArray]], real: Mapping[str, Mapping[str, FloatArray]]) -> Measurement:
    return distances.wasserstein(own, {metric: tracks for metric, tracks in real.items() if metric in own})


def _relative_differences(own: Measurement, real: Measurement) -> Measurement:
    """Return how much more or less like the bar before the bars are than real ones: 0.1 is a tenth more."""
    return {
        metric: {name: (value - real[metric][name]) / real[metric][name] if real[metric].get(name) else float("nan")
                 for name, value in own[metric].items()}
        for metric in CONTINUITY if metric in own and metric in real
    }  # fmt: skip


def _average(measurements: Sequence[Measurement], given: Sequence[str]) -> Measurement:
    """Average over the choices of a given track; each choice without the track that was only copied."""
    if given:
        measurements = [
            {metric: {name: value for name, value in values.items() if name != lead} for metric, values in own.items()}
            for own, lead in zip(measurements, given, strict=True)
        ]
    result: Measurement = {}
    for metric in measurements[0]:
        names = dict.fromkeys(name for own in measurements for name in own[metric])
        result[metric] = {
            name: mean([own[metric][name] for own in measurements if name in own[metric]]) for name in names
        }
    return result
