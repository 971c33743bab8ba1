"""What makes notes of the band likelier or less likely, beside its networks: the musician's rhythm and chords."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from musegan_models.notes import BoolArray, FloatArray
from musegan_models.spec import BEATS_PER_MEASURE, OCTAVE, ModelSpec

# A band shares less of the rhythm of its lead than the tracks of songs share of each other's. With these odds it comes
# nearer to songs; `benchmarks/following.py` counts it.
_TOGETHER, _DRUMS_TOGETHER = 8.0, 3.0  # times the odds of an onset where the musician strikes; drums play most as it is
_BESIDE = 0.1  # times the odds of one where they do not
_BUSY = 4  # steps of a bar that they strike: from here on; long notes are no reason to play less
_OUTSIDE, _OUTSIDE_ON_BEAT = 0.2, 0.01  # times the odds of a note that is not in the musician's chord
_TINY = np.float32(1e-9)  # for what is certain and must not be
_LEAST, _MOST = 3, 4  # pitch classes of a chord: less tell none, and more are a run or a cluster


def with_odds(probability: FloatArray, odds: FloatArray) -> FloatArray:
    """Return probabilities whose odds, p / (1 - p), are multiplied; a certain cell stays certain, but for odds of 0.

    `odds` broadcasts to the probabilities, (n_planes, n_tracks, n_steps, n_pitches), but for planes that they have not.

    >>> with_odds(np.array([0.5, 1.0], np.float32), np.array([3.0, 0.5], np.float32)).tolist()
    [0.75, 1.0]
    """
    odds = odds[: len(probability)] if odds.ndim == probability.ndim else odds
    return np.asarray(probability * odds / np.maximum(1 + probability * (odds - 1), _TINY), np.float32)


def odds_beside(condition: FloatArray, own: Sequence[int], spec: ModelSpec, amount: float = 1.0) -> FloatArray:
    """Return what the odds of the band's cells are multiplied by, (2, n_tracks, n_steps, n_pitches).

    `condition`: (2, n_tracks, n_steps, n_pitches), in which the tracks `own` are the musician's; `amount`: 0..1, how
    much they count.
    """
    struck = condition[0, own].any(axis=(0, 2))
    beside = _BESIDE**amount if struck.sum() >= _BUSY else 1.0
    odds = np.ones(condition.shape, np.float32)
    for i, track in enumerate(spec.tracks):
        together = (_DRUMS_TOGETHER if track.is_drum else _TOGETHER) ** amount
        odds[0, i] = np.where(struck, np.float32(together), np.float32(beside))[:, None]
    if pitched := [track for track in own if not spec.tracks[track].is_drum]:
        chords = np.where(_outside(condition[:, pitched], spec), np.float32(_OUTSIDE**amount), np.float32(1))
        chords[:: spec.beat_resolution][chords[:: spec.beat_resolution] < 1] = _OUTSIDE_ON_BEAT**amount
        for i, track in enumerate(spec.tracks):
            if not track.is_drum:
                odds[:, i] *= chords
    return odds


def _outside(planes: FloatArray, spec: ModelSpec) -> BoolArray:
    """Return which cells are outside the chord of their beat, (n_steps, n_pitches); where there is no chord, none."""
    sounding = planes.reshape(-1, BEATS_PER_MEASURE, spec.beat_resolution, spec.n_pitches).max(axis=(0, 2))
    fold = _fold(spec.lowest_pitch, spec.n_pitches)
    chords = sounding @ fold.T > 0  # (4, 12): whether a pitch class sounds in a beat
    n = chords.sum(axis=1, keepdims=True)
    outside = (~chords & (n >= _LEAST) & (n <= _MOST)).astype(np.float32) @ fold > 0
    return np.asarray(outside.repeat(spec.beat_resolution, axis=0), np.bool_)


@functools.lru_cache(4)
def _fold(lowest_pitch: int, n_pitches: int) -> FloatArray:
    """Return (12, n_pitches): 1 where a pitch is of a pitch class."""
    classes = (lowest_pitch + np.arange(n_pitches)) % OCTAVE
    return np.eye(OCTAVE, dtype=np.float32)[:, classes]
