"""A band measured beside the songs it never heard; it must not know how the band was trained."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from musegan_models.notes import binarize
from musegan_models.spec import ModelSpec
from musegan_train.metrics import (
    METRICS,
    BoolArray,
    FloatArray,
    Measurement,
    chroma_of_beats,
    measure,
    relative_error,
    tonal_distance,
)
from musegan_train.phrases import Phrases

if TYPE_CHECKING:
    from rich.table import Table

    from musegan_models.model import Latents

HELD_OUT, OTHERS, SCRATCH, GIVEN = "held-out", "held-out, others", "from scratch", "one track given"
"""Rows of a report: the reference, other songs of its kind, what the band plays without and with a condition."""


class Band(Protocol):
    """What is measured: anything that plays phrases as `musegan_models.model.Model` does."""

    spec: ModelSpec

    def phrase(
        self,
        latents: Latents,
        condition: NDArray[np.float32] | None = None,
        given: NDArray[np.float32] | None = None,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return onset and sustain probabilities `(n, n_measures, n_tracks, n_steps, n_pitches)`."""


def summary(onset: BoolArray, sustain: BoolArray, spec: ModelSpec | None = None) -> Measurement:
    """Return all metrics of bool phrases or bars `(..., n_tracks, n_steps, n_pitches)`, for a training log."""
    if spec is None:
        return measure(onset, sustain)
    return measure(onset, sustain, spec.tracks, spec.lowest_pitch)


def evaluate(
    model: Band,
    phrases: Phrases,
    n_phrases: int = 500,
    seed: int = 0,
    batch: int = 50,
    report: Callable[[str], object] = lambda _: None,
) -> dict[str, Any]:
    """Measure what the model plays, beside held-out phrases; see `json_from_report` for a file.

    `metrics`: row -> metric -> track -> value, the rows being `HELD_OUT` and the following. For `GIVEN`, one track is
    taken from a held-out phrase and the band plays the others; each choice of the track is made for all phrases, and a
    track's own metric averages the choices in which the band played it, never the copy. `OTHERS` is what sampling alone
    does.
    `relative_error`: row -> metric -> error against `HELD_OUT`. `following`: see `following`. The argument `report` is
    told what begins.

    Raises:
        ValueError: The phrases are not of the model's kind, or none is held out.

    """
    from musegan_models.model import draw_latents  # not at the top: summary must work without onnxruntime

    spec = model.spec
    _check(spec, phrases)
    rng = np.random.default_rng(seed)
    held_out = rng.permutation(phrases.indices(held_out=True))
    if len(held_out) < 2:
        raise ValueError(f"phrases must hold out 2 or more, got {len(held_out)}: prepare more songs")
    real = phrases.unpack(held_out[:n_phrases]).astype(np.bool_)
    others = phrases.unpack(held_out[n_phrases : 2 * n_phrases]).astype(np.bool_)
    n = len(real)
    latents = draw_latents(spec, rng, n)

    def play(given: int | None) -> tuple[BoolArray, BoolArray]:
        report("playing from scratch" if given is None else f"playing with the {spec.tracks[given].name} given")
        parts = []
        for start in range(0, n, batch):
            part = slice(start, min(start + batch, n))
            condition, mask = (None, None) if given is None else condition_on(real[part], given)
            parts.append(binarize(*model.phrase(latents[part], condition, mask), spec))
        onset, sustain = (np.concatenate(planes) for planes in zip(*parts, strict=True))
        if given is not None:
            onset[:, :, given], sustain[:, :, given] = real[:, 0, :, given], real[:, 1, :, given]
        return onset, sustain

    rows = {HELD_OUT: summary(real[:, 0], real[:, 1], spec)}
    if len(others) == n:
        rows[OTHERS] = summary(others[:, 0], others[:, 1], spec)
    rows[SCRATCH] = summary(*play(None), spec)
    follows: dict[str, dict[str, dict[str, float]]] = {}
    if spec.conditional:
        choices = []
        for given, track in enumerate(spec.tracks):
            onset, sustain = play(given)
            choices.append(_without_given(summary(onset, sustain, spec), track.name))
            if not track.is_drum:
                follows[track.name] = {
                    HELD_OUT: following(real[:, 0] | real[:, 1], given, spec),
                    "generated": following(onset | sustain, given, spec),
                }
        rows[GIVEN] = _average(choices)
    return {
        "phrases": n,
        "seed": seed,
        "metrics": rows,
        "relative_error": {row: relative_error(rows[row], rows[HELD_OUT]) for row in rows if row != HELD_OUT},
        "following": follows,
    }


def following(sounding: BoolArray, given: int, spec: ModelSpec) -> dict[str, float]:
    """Return how near the other pitched tracks are to the given one, and to that of another phrase.

    `sounding`: bool `(n_phrases, n_measures, n_tracks, n_steps, n_pitches)`, in random order. `matched` and
    `shuffled` are tonal distances, averaged over the other pitched tracks; `gain` is shuffled minus matched: 0 for a
    band that does not listen.
    """
    bars = sounding.reshape(-1, *sounding.shape[2:])
    chroma = chroma_of_beats(bars, spec.lowest_pitch)
    # Whole phrases move, so that each bar meets the same bar of another phrase.
    shift = len(sounding) // 2 * sounding.shape[1]
    others = [i for i, track in enumerate(spec.tracks) if i != given and not track.is_drum]
    matched = _mean([tonal_distance(chroma[:, given], chroma[:, i]) for i in others])
    shuffled = _mean([tonal_distance(np.roll(chroma[:, given], shift, axis=0), chroma[:, i]) for i in others])
    return {"matched": matched, "shuffled": shuffled, "gain": shuffled - matched}


def condition_on(planes: BoolArray, given: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return what tells a model that one track of `planes` is given: condition and mask.

    `planes`: bool `(n, 2, n_measures, n_tracks, n_steps, n_pitches)`; the results are float32
    `(n, n_measures, 2, n_tracks, n_steps, n_pitches)` and `(n, n_tracks)`.
    """
    condition = np.zeros(planes.swapaxes(1, 2).shape, np.float32)
    condition[:, :, :, given] = planes.swapaxes(1, 2)[:, :, :, given]
    mask = np.zeros((len(planes), planes.shape[3]), np.float32)
    mask[:, given] = 1
    return condition, mask


def json_from_report(report: dict[str, Any]) -> dict[str, Any]:
    """Return the report with None for NaN, which JSON does not know."""
    return {
        key: json_from_report(value) if isinstance(value, dict) else None if value != value else value
        for key, value in report.items()
    }


def tables_from_report(report: dict[str, Any]) -> list[Table]:
    """Return the metrics, the relative errors and, for a conditional model, the following as tables for people."""
    from rich.table import Table  # not at the top: summary must work where only training is installed

    rows, errors, follows = report["metrics"], report["relative_error"], report["following"]
    metrics = Table(title=f"Metrics of {report['phrases']} phrases", caption=_legend())
    for heading in ("", "", *rows):
        metrics.add_column(heading, justify="left" if heading == "" else "right")
    for metric, values in rows[HELD_OUT].items():
        for i, name in enumerate(values):
            cells = [_number(row[metric].get(name)) for row in rows.values()]
            metrics.add_row(metric if i == 0 else "", name, *cells, end_section=i == len(values) - 1)
    relative = Table(title=f"Relative error against {HELD_OUT}")
    relative.add_column("")
    for row in errors:
        relative.add_column(row, justify="right")
    for group in next(iter(errors.values())):
        relative.add_row(group, *(_number(row[group]) for row in errors.values()))
    if not follows:
        return [metrics, relative]
    following = Table(title="Tonal distance to the given track, and to that of another phrase")
    for heading in ("given", "", "matched", "shuffled", "gain"):
        following.add_column(heading, justify="left" if heading in ("given", "") else "right")
    for given, kinds in follows.items():
        for i, (kind, values) in enumerate(kinds.items()):
            cells = [_number(values[name]) for name in ("matched", "shuffled", "gain")]
            following.add_row(given if i == 0 else "", kind, *cells, end_section=i == len(kinds) - 1)
    return [metrics, relative, following]


def _check(spec: ModelSpec, phrases: Phrases) -> None:
    for name in ("n_measures", "beat_resolution", "lowest_pitch", "n_pitches"):
        if phrases.manifest[name] != getattr(spec, name):
            raise ValueError(f"{name} of the phrases must be {getattr(spec, name)}, got {phrases.manifest[name]}")
    if tuple(phrases.manifest["tracks"]) != spec.track_names:
        raise ValueError(f"tracks of the phrases must be {spec.track_names}, got {phrases.manifest['tracks']}")


def _without_given(measurement: Measurement, given: str) -> Measurement:
    return {
        metric: {name: value for name, value in values.items() if name != given}
        for metric, values in measurement.items()
    }


def _average(measurements: list[Measurement]) -> Measurement:
    result: Measurement = {}
    for metric in measurements[0]:
        names = dict.fromkeys(name for values in measurements for name in values[metric])
        result[metric] = {name: _mean([m[metric][name] for m in measurements if name in m[metric]]) for name in names}
    return result


def _mean(values: list[float]) -> float:
    """Average what could be measured; NaN where nothing could."""
    known: FloatArray = np.array([value for value in values if np.isfinite(value)])
    return float(known.mean()) if len(known) else float("nan")


def _legend() -> str:
    return "\n".join(f"{name}: {meaning}" for name, meaning in METRICS.items())


def _number(value: float | None) -> str:
    return "-" if value is None or value != value else f"{value:.3f}"
