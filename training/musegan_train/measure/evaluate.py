"""Music measured beside songs never trained on; it must not know how a band was trained, or files.

A report is plain data: row -> metric -> track -> value, a row being a way to play or a set of songs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from musegan_models.spec import ModelSpec
from musegan_train.data.phrases import Phrases
from musegan_train.measure import coverage, distances, lakh_songs
from musegan_train.measure import rows as beside
from musegan_train.measure.following import a_bar_late, following
from musegan_train.measure.heard import BARS, by_place, compare, count_each, weighed
from musegan_train.measure.listening import TRACK_NAMES, Counts, joined
from musegan_train.measure.metrics import CORRECT, Rules
from musegan_train.measure.play import Band, Lead, chains, is_tidied, play
from musegan_train.measure.references import Indices, Reference
from musegan_train.measure.rows import AWAITED, DATA, GIVEN, HELD_OUT, LAKH, LATE, OTHERS, SCRATCH, TIDIED, Row, Say
from musegan_train.measure.summary import summarise
from musegan_train.measure.tally import Counter, Planes, Tally, tally

_ENOUGH = 20
"""Held-out songs, of which bars in a row say something."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is measured, and how much of it."""

    n_phrases: int = 500  # of the data; a band plays as many bars
    seed: int = 0  # chooses z and the held-out phrases
    batch: int = 50  # phrases played at once
    rules: Rules = CORRECT
    compare: bool = True  # look for the nearest training phrase of some of them
    chains: int = 200  # of phrases that a band plays upon each other, to be listened to in a row; 0: none


def evaluate_band(
    band: Band,
    data: Phrases,
    settings: Settings | None = None,
    say: Say = lambda _: None,
    learned: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Measure what a band plays, beside held-out phrases; see `json_from_report` for a file.

    The rows are `HELD_OUT` and those that follow it there; `OTHERS` is what sampling alone does, `DATA` what songs
    trained on are like, and so a band that has learned all of them and nothing else; `LATE` what comes of songs in
    which all but one play a bar late. For `GIVEN`, one track
    is taken from a held-out phrase and the band plays the others; for `AWAITED` it hears that track only up to the bar
    before. Where any track can be the lead, each choice is made for all phrases; a track's own metric averages the
    choices in which the band played it, never the copy. A band made for one track as its condition has no `SCRATCH`.
    Where `notes.tidy` changes what a band plays, each of its rows comes twice. How it is let play: see `play`.
    `following`: see there; `heard`: see `listen`, from scratch; `summary`: where the band can be continued and can
    await a track, see `summary.GOALS`. `learned`: MD5 of songs that the band learned from. `say` is told what begins.

    Raises:
        ValueError: The phrases are not of the model's kind, or less than two are held out.

    """
    settings, spec = settings or Settings(), band.spec
    reference = Reference(data, spec)
    rng = np.random.default_rng(settings.seed)
    say("measuring held-out songs")
    rows, held_out = _held_out_rows(reference, settings, rng)
    trained_on = np.random.default_rng((settings.seed, 1)).permutation(data.indices(held_out=False))
    if len(some := trained_on[: settings.n_phrases or None]):
        rows[DATA] = Row((tally(reference.batches(some), spec, settings.rules),))

    def count(lead: Lead | None) -> list[Tally]:
        counters = [Counter(spec, settings.rules) for _ in range(1 + is_tidied(spec))]
        for take in play(band, reference, held_out, lead, settings.batch, rng):
            for counter, music in zip(counters, take, strict=False):
                counter.add(music)
        return [counter.tally() for counter in counters]

    if spec.condition_track is None:
        say("playing from scratch")
        rows |= {SCRATCH + way: Row((own,)) for way, own in zip(("", TIDIED), count(None), strict=False)}
    follows: dict[str, dict[str, dict[str, float]]] = {}
    for row, kind, how in ((GIVEN, "generated", "given"), (AWAITED, "awaited", "awaited")):
        if not (spec.anticipates if row == AWAITED else spec.conditional):
            continue
        names = spec.track_names if spec.condition_track is None else (spec.condition_track,)
        choices: dict[str, list[Tally]] = {}
        for name in names:
            say(f"playing with the {name} {how}")
            lead = spec.track_names.index(name)
            real = following(rows[HELD_OUT].tallies[0], lead)
            follow = follows.setdefault(name, {HELD_OUT: real})
            if row == AWAITED and spec.n_measures > 1:
                follow[LATE] = following(a_bar_late(rows[HELD_OUT].tallies[0], lead), lead, real)
            if OTHERS in rows:
                follow[OTHERS] = following(rows[OTHERS].tallies[0], lead, real)
            for way, own in zip(("", TIDIED), count(Lead(lead, row == AWAITED)), strict=False):
                choices.setdefault(way, []).append(own)
                follow[kind + way] = following(own, lead, real)
        rows |= {row + way: Row(tuple(tallies), names) for way, tallies in choices.items()}
    report = _report(rows, reference, settings, say) | {"following": follows}
    if SCRATCH in rows and not spec.has_chord and spec.track_names == TRACK_NAMES and settings.chains:
        say("listening to bars in a row")
        report["heard"] = listen(band, reference, settings, learned)
    return report | {"summary": summarise(report) if spec.continues and spec.anticipates else {}}


def songs_in_a_row(reference: Reference | None, learned: frozenset[str] = frozenset()) -> tuple[str, Counts]:
    """Return the name of a row of songs, and their counts; they are the held-out ones of `reference`.

    But where less than `_ENOUGH` are known to have bars in a row, they are those of `lakh_songs` but `learned`, MD5.
    """
    found = [weighed(song, reference.spec) for song in reference.in_a_row(BARS)] if reference is not None else []
    return (HELD_OUT, joined(found)) if len(found) >= _ENOUGH else (LAKH, lakh_songs.counts(learned))


def listen(
    band: Band, reference: Reference, settings: Settings, learned: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return the sixteen figures of what a band plays alone, phrase upon phrase and tidied, beside those of songs.

    See `songs_in_a_row` and `heard`; `places`: the figures of the first phrases of all chains, of the second ones, and
    so on, where a phrase has several bars.
    """
    spec, rng = band.spec, np.random.default_rng((settings.seed, 2))
    row, songs = songs_in_a_row(reference, learned)
    each, places = list[Counts](), list[list[Counts]]()
    for takes in chains(band, settings.chains, settings.batch, rng):
        phrases = [(take.tidied.onset, take.tidied.sustain) for take in takes]
        onset, sustain = (np.concatenate(planes, axis=1) for planes in zip(*phrases, strict=True))
        each.append(count_each(zip(onset, sustain, strict=True), spec))
        places.append([count_each(zip(*planes, strict=True), spec) for planes in phrases])
    name = SCRATCH + TIDIED * is_tidied(spec)
    report = compare({row: songs, name: joined(each)}, row, settings.seed)
    if spec.n_measures == 1:
        return report
    return {**report, "places": by_place([joined(own) for own in zip(*places, strict=True)], settings.seed)}


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
    rows, reference = dict[str, Row](), None
    if data is not None:
        reference = Reference(data, spec)
        rng = np.random.default_rng(settings.seed)
        say("measuring held-out songs")
        rows, _ = _held_out_rows(reference, settings, rng)
    say(f"measuring {name}")
    rows[name] = Row((tally(batches, spec, settings.rules),))
    return _report(rows, reference or spec, settings, say)


def evaluate_data(
    data: Phrases, spec: ModelSpec, settings: Settings | None = None, say: Say = lambda _: None
) -> dict[str, Any]:
    """Measure the songs to train on and the held-out ones, real against real; `n_phrases` of each, 0 for all."""
    settings = settings or Settings()
    reference, rng = Reference(data, spec), np.random.default_rng(settings.seed)
    rows = dict[str, Row]()
    for row, held_out in ((DATA, False), (HELD_OUT, True)):
        some = rng.permutation(data.indices(held_out))[: settings.n_phrases or None]
        if len(some):
            say(f"measuring {len(some)} phrases: {row}")
            rows[row] = Row((tally(reference.batches(some), spec, settings.rules),))
    if not rows:
        raise ValueError("the set of phrases is empty")
    return _report(rows, reference, settings, say)


def json_from_report(report: dict[str, Any]) -> dict[str, Any]:
    """Return the report with None for NaN, which JSON does not know."""
    return {
        key: json_from_report(value) if isinstance(value, dict) else None if value != value else value
        for key, value in report.items()
    }


def _held_out_rows(
    reference: Reference, settings: Settings, rng: np.random.Generator
) -> tuple[dict[str, Row], Indices]:
    held_out = rng.permutation(reference.data.indices(held_out=True))
    if len(held_out) < 2:
        raise ValueError(f"phrases must hold out 2 or more, got {len(held_out)}: prepare more songs")
    n = settings.n_phrases or len(held_out)
    some, others = held_out[:n], held_out[n : 2 * n]
    rows = {HELD_OUT: Row((tally(reference.batches(some), reference.spec, settings.rules),))}
    if len(others) == len(some):
        rows[OTHERS] = Row((tally(reference.batches(others), reference.spec, settings.rules),))
    return rows, some


def _report(rows: dict[str, Row], of: Reference | ModelSpec, settings: Settings, say: Say) -> dict[str, Any]:
    """Return the numbers of all rows; `of`: the songs they are measured beside, or else what they are like."""
    spec = of if isinstance(of, ModelSpec) else of.spec
    say("comparing phrases")
    report: dict[str, Any] = {
        "model": spec.name,
        "preset": spec.preset,
        "n_phrases": settings.n_phrases,
        "steps_per_bar": spec.measure_resolution,
        "seed": settings.seed,
        "given": spec.condition_track,
        **beside.measured(rows),
        "following": {},
        "diversity": beside.diversity(rows),
        "coverage": {},
        "nearest": {},
    }
    if isinstance(of, ModelSpec) or HELD_OUT not in rows:
        return report
    training = of.data.indices(held_out=False)
    some = np.random.default_rng((settings.seed, 1)).permutation(training)[: settings.n_phrases or None]
    own = [coverage.features(*planes, spec.lowest_pitch) for planes in of.plain_batches(some[: coverage.LIMIT])]
    report["coverage"] = beside.coverages(rows, np.concatenate(own) if own else None)
    if settings.compare:
        report["nearest"] = beside.nearest(
            rows, (distances.bits(*planes) for planes in of.plain_batches(training)), say
        )
    return report
