"""What makes notes of the band likelier or less likely, beside its networks: the musician's rhythm and chords."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from musegan_models.notes import BoolArray, FloatArray
from musegan_models.spec import BEATS_PER_MEASURE, OCTAVE, ModelSpec

# A band shares less of the rhythm of its lead than the tracks of songs share of each other's. With these odds it comes
# nearer to songs; `benchmarks/following.py` counts it.
_TOGETHER = 3.0  # times the odds of an onset where the musician strikes a note
_BESIDE = 0.25  # times the odds of one where they do not
_BUSY = 4  # steps of a bar that they strike: from here on; long notes are no reason to play less
_OUTSIDE = 0.2  # times the odds of a note that is not in the musician's chord
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
    struck = condition[0][list(own)].any(axis=(0, 2))
    pitched = [i for i, track in enumerate(spec.tracks) if not track.is_drum]
    sounding = np.any(condition[:, [track for track in own if track in pitched]], axis=(0, 1))
    beside = _BESIDE if struck.sum() >= _BUSY else 1.0
    odds = np.ones(condition.shape, np.float32)
    odds[0] = np.where(struck, _TOGETHER, beside)[:, None]
    odds[:, pitched] *= np.where(_in_chord(sounding, spec), 1, _OUTSIDE)
    return np.asarray(odds**amount, np.float32)


def _in_chord(sounding: BoolArray, spec: ModelSpec) -> BoolArray:
    """Return which cells are in the chord of their beat, (n_steps, n_pitches); all of them where there is no chord."""
    in_beat = sounding.reshape(BEATS_PER_MEASURE, -1, spec.n_pitches).any(axis=1)
    fold = np.arange(OCTAVE)[:, None] == (spec.lowest_pitch + np.arange(spec.n_pitches)) % OCTAVE  # (12, n_pitches)
    chords = in_beat @ fold.T  # (4, 12), whether a pitch class sounds in a beat
    n = chords.sum(axis=1)
    is_chord = (n >= _LEAST) & (n <= _MOST)
    inside: BoolArray = (chords @ fold) | ~is_chord[:, None]
    return inside.repeat(spec.beat_resolution, axis=0)
