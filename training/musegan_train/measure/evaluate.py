"""Music measured beside songs never trained on; it must not know how a band was trained, or files.

A report is plain data: row -> metric -> track -> value, a row being a way to play or a set of songs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from musegan_models.model import Latents, draw_latents
from musegan_models.notes import binarize
from musegan_models.spec import ModelSpec
from musegan_train.data.phrases import Phrases
from musegan_train.measure import distances
from musegan_train.measure.metrics import CORRECT, Counts, Measurement, Rules, means, relative_error
from musegan_train.measure.references import Indices, Reference
from musegan_train.measure.tally import Planes, Tally, following, mean, tally

HELD_OUT, OTHERS, SCRATCH, GIVEN = "held-out", "held-out, others", "from scratch", "one track given"
"""Rows of a report: the reference, other songs of its kind, what the band plays without and with a condition."""

FloatArray = NDArray[np.float32]
Say = Callable[[str], object]


class Band(Protocol):
    """What is measured: anything that plays phrases as `musegan_models.model.Model` does."""

    spec: ModelSpec

    def phrase(
        self,
        latents: Latents,
        condition: FloatArray | None = None,
        given: FloatArray | None = None,
        chord: FloatArray | None = None,
    ) -> FloatArray:
        """Return probabilities `(n, n_measures, n_planes, n_tracks, n_steps, n_pitches)`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is measured, and how much of it."""

    n_phrases: int = 500  # of the data; a band plays as many bars
    seed: int = 0  # chooses z and the held-out phrases
    batch: int = 50  # phrases played at once
    rules: Rules = CORRECT
    compare: bool = True  # look for the nearest training phrase of some of them


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, of several tallies where a choice of track was made for all phrases; their metrics are averaged."""

    tallies: tuple[Tally, ...]
    given: tuple[str, ...] = ()  # the track of each choice, which the row leaves out


def evaluate_band(
    band: Band, data: Phrases, settings: Settings | None = None, say: Say = lambda _: None
) -> dict[str, Any]:
    """Measure what a band plays, beside held-out phrases; see `json_from_report` for a file.

    The rows are `HELD_OUT` and those that follow it there; `OTHERS` is what sampling alone does. For `GIVEN`, one track
    is taken from a held-out phrase and the band plays the others. Where any track can be given, each choice is made for
    all phrases; a track's own metric averages the choices in which the band played it, never the copy. A band made for
    one track as its condition has no `SCRATCH`. `following`: see `tally.following`; `say` is told what begins.

    Raises:
        ValueError: The phrases are not of the model's kind, or less than two are held out.

    """
    settings, spec = settings or Settings(), band.spec
    reference = Reference(data, spec)
    rng = np.random.default_rng(settings.seed)
    say("measuring held-out songs")
    rows, held_out = _held_out_rows(reference, settings, rng)
    if spec.condition_track is None:
        say("playing from scratch")
        rows[SCRATCH] = _Row((tally(_play(band, reference, held_out, None, settings, rng), spec, settings.rules),))
    follows: dict[str, dict[str, dict[str, float]]] = {}
    if spec.conditional:
        names = spec.track_names if spec.condition_track is None else (spec.condition_track,)
        choices = []
        for name in names:
            given = spec.track_names.index(name)
            say(f"playing with the {name} given")
            played = tally(_play(band, reference, held_out, given, settings, rng), spec, settings.rules)
            choices.append(played)
            if not spec.tracks[given].is_drum:
                real = rows[HELD_OUT].tallies[0]
                follows[name] = {HELD_OUT: following(real, given), "generated": following(played, given)}
        rows[GIVEN] = _Row(tuple(choices), names)
    training = _training(reference) if spec.n_measures == reference.n_measures else None
    return _report(rows, spec, settings, follows, training, say)


def evaluate_phrases(
    batches: Iterable[Planes],
    spec: ModelSpec,
    name: str,
    data: Phrases | None = None,
    settings: Settings | None = None,
    say: Say = lambda _: None,
) -> dict[str, Any]:
    """Measure phrases that anything made, `name` being their row; beside held-out phrases where there are `data`."""
    settings = settings or Settings()
    rows, training = dict[str, _Row](), None
    if data is not None:
        reference = Reference(data, spec)
        rng = np.random.default_rng(settings.seed)
        say("measuring held-out songs")
        rows, _ = _held_out_rows(reference, settings, rng)
        training = _training(reference)
    say(f"measuring {name}")
    rows[name] = _Row((tally(batches, spec, settings.rules),))
    return _report(rows, spec, settings, {}, training, say)


def evaluate_data(
    data: Phrases, spec: ModelSpec, settings: Settings | None = None, say: Say = lambda _: None
) -> dict[str, Any]:
    """Measure the songs to train on and the held-out ones, real against real; `n_phrases` of each, 0 for all."""
    settings = settings or Settings()
    reference, rng = Reference(data, spec), np.random.default_rng(settings.seed)
    rows = dict[str, _Row]()
    for row, held_out in (("data", False), (HELD_OUT, True)):
        some = rng.permutation(data.indices(held_out))[: settings.n_phrases or None]
        if len(some):
            say(f"measuring {len(some)} phrases: {row}")
            rows[row] = _Row((tally(reference.batches(some), spec, settings.rules),))
    if not rows:
        raise ValueError("the set of phrases is empty")
    return _report(rows, spec, settings, {}, _training(reference) if HELD_OUT in rows else None, say)


def json_from_report(report: dict[str, Any]) -> dict[str, Any]:
    """Return the report with None for NaN, which JSON does not know."""
    return {
        key: json_from_report(value) if isinstance(value, dict) else None if value != value else value
        for key, value in report.items()
    }


def _held_out_rows(
    reference: Reference, settings: Settings, rng: np.random.Generator
) -> tuple[dict[str, _Row], Indices]:
    held_out = rng.permutation(reference.data.indices(held_out=True))
    if len(held_out) < 2:
        raise ValueError(f"phrases must hold out 2 or more, got {len(held_out)}: prepare more songs")
    n = settings.n_phrases or len(held_out)
    some, others = held_out[:n], held_out[n : 2 * n]
    rows = {HELD_OUT: _Row((tally(reference.batches(some), reference.spec, settings.rules),))}
    if len(others) == len(some):
        rows[OTHERS] = _Row((tally(reference.batches(others), reference.spec, settings.rules),))
    return rows, some


def _training(reference: Reference) -> Iterator[distances.Bits]:
    """Yield the phrases to train on, some at a time."""
    some = reference.batches(reference.data.indices(held_out=False), 1024)
    return (distances.bits(*planes) for planes in some)


def _play(
    band: Band,
    reference: Reference,
    held_out: Indices,
    given: int | None,
    settings: Settings,
    rng: np.random.Generator,
) -> Iterator[Planes]:
    """Yield as many bars as the held-out phrases have, played by the band; a given track stays as it is there."""
    spec = band.spec
    neurons = rng if spec.neurons == "stochastic" else None
    for start in range(0, len(held_out), settings.batch):
        some = held_out[start : start + settings.batch]
        condition = mask = chord = None
        if spec.has_chord:
            bars = reference.chords(some).reshape(-1, 13)
            chord = bars[: len(bars) // spec.n_measures * spec.n_measures].reshape(-1, spec.n_measures, 13)
        if given is not None:
            condition, mask = reference.condition(some, given)
        n = max(1, len(some) * int(reference.data.manifest["n_measures"]) // spec.n_measures)
        probability = band.phrase(draw_latents(spec, rng, n), condition, mask, chord)
        onset, sustain = binarize(probability, spec, neurons)
        if given is not None:
            real = reference.planes(some)
            onset[:, :, given], sustain[:, :, given] = real[0][:, :, given], real[1][:, :, given]
        yield onset, sustain


def _report(
    rows: dict[str, _Row],
    spec: ModelSpec,
    settings: Settings,
    follows: dict[str, dict[str, dict[str, float]]],
    training: Iterator[distances.Bits] | None,
    say: Say,
) -> dict[str, Any]:
    """Return the numbers of all rows; the reference is `HELD_OUT`, or else there is none."""
    metrics = {name: _measured(row, lambda t: t.counts) for name, row in rows.items()}
    reference = rows.get(HELD_OUT)
    away, errors = dict[str, Measurement](), dict[str, dict[str, float]]()
    if reference is not None:
        real = reference.tallies[0].counts.of_each_bar()
        for name, row in rows.items():
            if name == HELD_OUT:
                continue
            errors[name] = relative_error(metrics[name], metrics[HELD_OUT])
            each = [distances.wasserstein(t.counts.of_each_bar(), real) for t in row.tallies]
            away[name] = _average(each, row.given)
    single = {name: row.tallies[0] for name, row in rows.items() if len(row.tallies) == 1}
    say("comparing phrases")
    return {
        "model": spec.name,
        "preset": spec.preset,
        "n_phrases": settings.n_phrases,
        "phrases": {name: row.tallies[0].n_phrases for name, row in rows.items()},
        "bars": {name: len(row.tallies[0].counts.chroma) for name, row in rows.items()},
        "steps_per_bar": spec.measure_resolution,
        "seed": settings.seed,
        "given": spec.condition_track,
        "metrics": metrics,
        "paper": {name: _measured(row, lambda t: t.paper) for name, row in rows.items()},
        "distances": away,
        "relative_error": errors,
        "following": follows,
        "diversity": {name: distances.diversity(own.bits) for name, own in single.items() if len(own.bits) > 1},
        "nearest": _nearest(single, training, say) if settings.compare and training is not None else {},
    }


def _measured(row: _Row, which: Callable[[Tally], Counts]) -> Measurement:
    return _average([means(which(own).of_each_bar()) for own in row.tallies], row.given)


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


def _nearest(single: dict[str, Tally], training: Iterator[distances.Bits], say: Say) -> dict[str, dict[str, float]]:
    """Return for each row how far its phrases are from the training phrases, and held-out ones from them."""
    compared = {name: own.bits for name, own in single.items() if name not in ("data",)}
    say(f"looking for the nearest training phrases of {sum(map(len, compared.values()))}")
    if HELD_OUT not in compared:
        return {}
    # One pass over the training phrases for all rows.
    found = distances.nearest(distances.joined(list(compared.values())), training)
    ends = np.cumsum([len(own) for own in compared.values()])
    each = dict(zip(compared, np.split(found, ends[:-1]), strict=True))
    return {name: distances.memorised(own, each[HELD_OUT]) for name, own in each.items()}
