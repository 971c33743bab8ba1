"""The sixteen figures of bars in a row, of a band beside songs, with intervals; it must not know who plays, or files.

A report is plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musegan_models.spec import ModelSpec
from musegan_train.measure.listening import FIGURES, IN_A_PHRASE, SIXTEEN, Counts, added, count, joined
from musegan_train.measure.tally import Planes

BARS = 16
"""Bars of an excerpt of a song."""

GOAL = 0.2
"""Of the mean relative error, at most."""

_DRAWS = 1000

Draws = NDArray[np.float64]  # (1 + _DRAWS, n_songs): all songs once, and then as many, drawn from them


def count_each(music: Iterable[Planes], spec: ModelSpec) -> Counts:
    """Return the counts of bars in a row: of each song, or each chain, bool `(n_bars, n_tracks, n_steps, n_pitches)`.

    Raises:
        ValueError: There is none.

    """
    found = [count(onset, sustain, spec.tracks, spec.lowest_pitch) for onset, sustain in music]
    if not found:
        raise ValueError("songs to listen to must be 1 or more, got 0")
    return joined(found)


def weighed(stretches: Sequence[Planes], spec: ModelSpec) -> Counts:
    """Return the counts of one song, of which some stretches are known: it weighs as one excerpt of `BARS` bars."""
    counts = added([count(onset, sustain, spec.tracks, spec.lowest_pitch) for onset, sustain in stretches])
    share = BARS / sum(len(onset) for onset, _ in stretches)
    return Counts(counts.total * share, counts.n * share)


def compare(rows: Mapping[str, Counts], songs: str, seed: int = 0) -> dict[str, Any]:
    """Return the figures of each row, and how far all rows but `songs` are from those of that row.

    `rows`: row -> `n` songs or chains, figure -> `value`, `low` and `high`, the last two those of a 95 % interval, as
    songs or chains are drawn again. `errors`: row -> figure -> the relative error, 1 at most, and `mean` with its
    interval, the songs drawn again too.
    """
    rng, each = np.random.default_rng(seed), dict[str, NDArray[np.float64]]()
    for name, counts in rows.items():
        each[name] = counts.of(_draws(len(counts.n), rng))
    found = {
        name: {"n": len(rows[name].n), **{key: interval(own[:, i]) for i, key in enumerate(FIGURES)}}
        for name, own in each.items()
    }
    errors = dict[str, dict[str, Any]]()
    for name, own in each.items():
        if name != songs and songs in each:
            away = relative_errors(own, each[songs])
            errors[name] = {key: float(away[0, i]) for i, key in enumerate(SIXTEEN)}
            errors[name]["mean"] = interval(mean_error(away))
    return {"rows": found, "errors": errors}


def by_place(places: Sequence[Counts], seed: int = 0) -> dict[str, dict[str, dict[str, float]]]:
    """Return the figures that single bars have, for each place in the chain: figure -> "1".. -> value, low, high.

    `places`: of the first phrases of all chains, of the second ones, and so on.
    """
    drawn = _draws(len(places[0].n), np.random.default_rng(seed))
    each = [counts.of(drawn) for counts in places]
    return {
        key: {str(place): interval(own[:, list(FIGURES).index(key)]) for place, own in enumerate(each, start=1)}
        for key in IN_A_PHRASE
    }


def relative_errors(band: NDArray[np.float64], songs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return |band - songs| / songs of the sixteen figures, 1 at most: `(n_draws, F)` each -> `(n_draws, 16)`.

    NaN where songs know of no value; what the band never does, though songs do, is wrong by 1.

    >>> relative_errors(np.full((1, 17), 0.3), np.full((1, 17), 0.2))[0, :2].round(3).tolist()
    [0.5, 0.5]
    """
    band, songs = band[:, : len(SIXTEEN)], songs[:, : len(SIXTEEN)]
    away = np.abs(band - songs) / np.maximum(songs, 1e-9)
    away = np.where(np.isnan(band), 1.0, np.minimum(away, 1.0))
    return np.asarray(np.where(np.isnan(songs), np.nan, away))


def mean_error(away: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean over the figures that are known, in each draw: `(n_draws, 16)` -> `(n_draws,)`."""
    known = ~np.isnan(away)
    return np.asarray(np.where(known, away, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1))


def interval(values: NDArray[np.float64]) -> dict[str, float]:
    """Return `value`, that of all songs once, and `low` and `high` of a 95 % interval; NaN where there is none."""
    known = values[~np.isnan(values)]
    low, high = np.percentile(known, (2.5, 97.5)) if len(known) else (np.nan, np.nan)
    return {"value": float(values[0]), "low": float(low), "high": float(high)}


def _draws(n: int, rng: np.random.Generator) -> Draws:
    drawn = rng.multinomial(n, np.full(n, 1 / n), size=_DRAWS)
    return np.concatenate((np.ones((1, n)), drawn))
