"""How far tracks listen to each other: nearer than tracks that met by chance, and as near as in songs.

It must not know who plays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from musegan_train.measure.metrics import FloatArray
from musegan_train.measure.rhythm import rhythmic_overlap
from musegan_train.measure.tally import Tally
from musegan_train.measure.tonal import tonal_distance

_Value = TypeVar("_Value", bound=np.generic)

NOT_KNOWN = float("nan")

_SHUFFLES = 8
"""Other phrases that the rhythm of each phrase is set beside."""


def following(tally: Tally, given: int, real: Mapping[str, float] | None = None) -> dict[str, float]:
    """Return how near the other tracks are to the given one, and to that of another phrase.

    The phrases must be in random order. `matched` and `shuffled` are tonal distances, averaged over the other pitched
    tracks, NaN where the given one is drums; `gain` is shuffled minus matched: 0 for a band that does not listen.
    `rhythm matched` and `rhythm shuffled` are rhythmic overlaps, averaged over all other tracks; the latter over
    several other phrases, since chance alone brings much together; `rhythm gain` is matched minus shuffled.
    `way` and `rhythm way`: see `way`; beside what this function says of real phrases, `real`, or else of itself.
    """
    counts = tally.counts
    others = [i for i, _ in enumerate(counts.tracks) if i != given]
    drums = {i for i, track in enumerate(counts.tracks) if track.is_drum}
    own, struck = counts.chroma[:, given], tally.struck[:, given]
    # Whole phrases move, so that each bar meets the same bar of another phrase.
    shift = tally.n_phrases // 2 * tally.n_measures
    shifts = sorted({i * tally.n_phrases // (_SHUFFLES + 1) * tally.n_measures for i in range(1, _SHUFFLES + 1)})
    pitched = [counts.chroma[:, i] for i in others if i not in drums] if given not in drums else []
    by_chance = [
        mean([_average(rhythmic_overlap(np.roll(struck, far, axis=0), tally.struck[:, i])) for far in shifts])
        for i in others
    ]
    found = {
        "matched": mean([_average(tonal_distance(own, other)) for other in pitched]),
        "shuffled": mean([_average(tonal_distance(np.roll(own, shift, axis=0), other)) for other in pitched]),
        "rhythm matched": mean([_average(rhythmic_overlap(struck, tally.struck[:, i])) for i in others]),
        "rhythm shuffled": mean(by_chance),
    }
    real = found if real is None else real
    tonal, rhythm = ways(found, real)
    return {
        "matched": found["matched"],
        "shuffled": found["shuffled"],
        "gain": found["shuffled"] - found["matched"],
        "way": tonal,
        "rhythm matched": found["rhythm matched"],
        "rhythm shuffled": found["rhythm shuffled"],
        "rhythm gain": found["rhythm matched"] - found["rhythm shuffled"],
        "rhythm way": rhythm,
    }


def a_bar_late(tally: Tally, given: int) -> Tally:
    """Return the phrases as if all tracks but the given one played a bar late, without the first bar of each.

    Of songs, it is what comes of answering the bar before: how much of a track one bar tells of the next.
    """

    def late(values: NDArray[_Value]) -> NDArray[_Value]:
        own = values.reshape(tally.n_phrases, tally.n_measures, *values.shape[1:])
        moved = own[:, :-1].copy()
        moved[:, :, given] = own[:, 1:, given]
        return moved.reshape(-1, *values.shape[1:])

    counts = replace(tally.counts, chroma=late(tally.counts.chroma))
    return replace(tally, counts=counts, struck=late(tally.struck), n_measures=tally.n_measures - 1)


def ways(found: Mapping[str, float], real: Mapping[str, float]) -> tuple[float, float]:
    """Return the `way` of tonal distance and of rhythmic overlap in what `following` returns."""
    return (
        way(found["matched"], found["shuffled"], real["matched"]),
        way(-found["rhythm matched"], -found["rhythm shuffled"], -real["rhythm matched"]),
    )


def way(matched: float, shuffled: float, real: float) -> float:
    """Return which part of the way from a distance met by chance to that of real songs was gone: 1 is all of it.

    NaN where chance alone brings tracks as near as in songs: they are all alike, and nothing says whether they listen.

    >>> way(1.25, 1.5, 1.0), way(1.0, 1.1, 1.2)
    (0.5, nan)
    """
    return (shuffled - matched) / (shuffled - real) if shuffled > real else NOT_KNOWN


def ways_of_pairs(
    measured: Mapping[str, Mapping[str, float]], real: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """Return the `way` of TD between each pair of tracks, and, where there are pairs, of their `mean` TD."""
    pairs = [pair for pair in real["TD"] if pair in measured["TD"]]
    found = {pair: way(measured["TD"][pair], measured["TD shuffled"][pair], real["TD"][pair]) for pair in pairs}
    if pairs:
        averages = (mean([values[pair] for pair in pairs])
                    for values in (measured["TD"], measured["TD shuffled"], real["TD"]))  # fmt: skip
        found["mean"] = way(*averages)
    return found


def mean(values: list[float]) -> float:
    """Average what could be measured; NaN where nothing could."""
    known = np.array([value for value in values if np.isfinite(value)])
    return float(known.mean()) if len(known) else NOT_KNOWN


def _average(bars: FloatArray) -> float:
    return mean(bars.tolist())
