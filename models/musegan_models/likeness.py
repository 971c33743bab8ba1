"""Which of several drafts of a bar is most like songs; it must not know networks, z or clients.

A generator that plays after itself rubs and drifts more than songs do. Of a few drafts of a bar the one with the
greatest score is played: a weighted sum of what a listener hears first. The sum is not the least of
anything: its weights are those with which the bars that are played have the songs' figures on average, as the
`lakh-live` band plays them with two drafts (after discriminator rejection sampling: Azadi et al. 2018, arXiv
1810.06758). `benchmarks/drafts.py` finds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musegan_models.notes import BoolArray, FloatArray
from musegan_models.spec import BEATS_PER_MEASURE, OCTAVE, ModelSpec

_KICKS = (35, 36)  # General MIDI
_SCALE = (0, 2, 4, 5, 7, 9, 11)  # that all models think in
_MELODIES = ("strings", "piano")
_USUAL_STEPS = 0.35  # of the moves of a melody
_USUAL_NOTES = 28  # onsets of a bar, of pitched tracks
_RHYTHM = 8.0  # beside a lead: what a rhythm that is wholly theirs is worth
_HARMONY = 4.0  # and pitch classes that wholly are
_BASS_COUNTS = 1e-3  # between two triads that fit alike

TRIADS: BoolArray = np.zeros((2 * OCTAVE, OCTAVE), np.bool_)
"""The pitch classes of C major, C minor, C sharp major, and so on."""
for _root in range(OCTAVE):
    for _minor, _third in enumerate((4, 3)):
        TRIADS[2 * _root + _minor, [_root, (_root + _third) % OCTAVE, (_root + 7) % OCTAVE]] = True

NO_TRIAD = -1


@dataclass(frozen=True, slots=True)
class Weights:
    """What each count of a bar is worth."""

    semitones: float  # share of the steps in which two pitch classes a semitone apart sound
    clusters: float  # share of the steps in which three in a row do
    outside: float  # share of the pitched cells outside the key
    not_on_root: float  # the bass does not begin on the root of the bar's chord
    lone_kicks: float  # kicks without a note of the bass
    fourth: float  # the chord is another one, a fourth or fifth from that of the bar before
    other_move: float  # or anywhere else
    again: float  # the chord is that of two bars before
    melodic_steps: float  # seconds in the top lines of strings and piano, beyond their usual share of the moves
    texture: float  # pitch classes that sound in a step
    notes: float  # beside how many there usually are


LAKH_LIVE = Weights(
    semitones=-0.31,
    clusters=-2.67,
    outside=0.60,
    not_on_root=-0.02,
    lone_kicks=-0.15,
    fourth=-0.02,
    other_move=-0.20,
    again=0.60,
    melodic_steps=0.09,
    texture=0.09,
    notes=0.19,
)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What is counted of `n` bars, each (n,)."""

    triad: NDArray[np.intp]  # index in `TRIADS`, or NO_TRIAD
    values: NDArray[np.float64]  # (n, 11), in the order of `Weights`


def counts_of(bars: FloatArray, spec: ModelSpec, before: Sequence[int] = ()) -> Counts:
    """Count what `Weights` weigh in bars (n, 2, n_tracks, n_steps, n_pitches) in {0, 1}, onset and sustain.

    `before`: the triads of the bar before and of the one before that, as far as they are known.
    """
    cells: NDArray[Any] = bars > 0
    onset, sounds = cells[:, 0], cells[:, 0] | cells[:, 1]
    pitched = [i for i, track in enumerate(spec.tracks) if not track.is_drum]
    classes = np.asarray(_classes(sounds[:, pitched].any(axis=1), spec).any(axis=2))  # (n, T, 12)
    chroma = _classes(sounds[:, pitched].sum(axis=1), spec).sum(axis=(1, 2))  # (n, 12)
    n_cells = chroma.sum(axis=1)
    weight = chroma.astype(np.float64)
    root: NDArray[Any] = np.zeros(len(bars), np.bool_)
    bass = [i for i in pitched if spec.tracks[i].name == "bass"]
    if bass:
        weight += _BASS_COUNTS * _classes(sounds[:, bass[0]], spec).sum(axis=(1, 2))
    triad = np.where(n_cells > 0, (weight @ TRIADS.T).argmax(axis=1), NO_TRIAD)
    if bass:
        first = sounds[:, bass[0], 0]
        lowest = (first.argmax(axis=1) + spec.lowest_pitch) % OCTAVE
        root = first.any(axis=1) & (triad >= 0) & (lowest == triad // 2)
    above, twice_above = np.roll(classes, -1, axis=2), np.roll(classes, -2, axis=2)
    n_steps = classes.shape[1]
    was, again = (before[0] if before else NO_TRIAD), (before[1] if len(before) > 1 else NO_TRIAD)
    moves = (triad >= 0) & (was >= 0) & (triad != was)
    is_fourth = np.isin((triad // 2 - was // 2) % OCTAVE, (5, 7))
    sounding = classes.any(axis=2).sum(axis=1)
    outside = chroma[:, [i for i in range(OCTAVE) if i not in _SCALE]].sum(axis=1)
    values = (
        (classes & above).any(axis=2).sum(axis=1) / n_steps,
        (classes & above & twice_above).any(axis=2).sum(axis=1) / n_steps,
        outside / np.maximum(n_cells, 1),
        ~root,
        _lone_kicks(onset, sounds, bass, spec),
        moves & is_fourth,
        moves & ~is_fourth,
        (triad >= 0) & (triad == again),
        _melodic_steps(onset, spec),
        classes.sum(axis=(1, 2)) / np.maximum(sounding, 1),
        onset[:, pitched].sum(axis=(1, 2, 3)) / _USUAL_NOTES,
    )
    return Counts(triad, np.stack(values, axis=1).astype(np.float64))


def best_of(counts: Counts, weights: Weights = LAKH_LIVE, together: NDArray[np.float64] | None = None) -> int:
    """Return which of the bars is most like songs, the first of equals; `together` as `together_with` returns it."""
    worth = counts.values @ np.array([getattr(weights, f.name) for f in fields(weights)])
    if together is not None:
        worth = worth + together
    # Rounded: sums in another order, as on another machine, choose the same bar.
    return int(worth.round(6).argmax())


def together_with(lead: FloatArray, bars: FloatArray, spec: ModelSpec) -> NDArray[np.float64]:
    """Return a score for how well the rhythm and the harmony of bars fit a lead, (n,).

    Rhythm: steps that both strike, of those that either strikes, the mean over the tracks that play. Harmony: the
    cosine of the pitch classes of each beat, the mean over the beats in which both sound. `lead`: (2, n_tracks,
    n_steps, n_pitches); `bars`: (n, 2, n_tracks, n_steps, n_pitches), without the lead.
    """
    struck = (lead[0] > 0).any(axis=(0, 2))  # (T,)
    own = np.asarray((bars[:, 0] > 0).any(axis=3))  # (n, M, T)
    plays = own.any(axis=2)
    shared = (own & struck).sum(axis=2) / np.maximum((own | struck).sum(axis=2), 1)
    rhythm = (shared * plays).sum(axis=1) / np.maximum(plays.sum(axis=1), 1)
    theirs, ours = _chroma_of_beats(lead[None], spec), _chroma_of_beats(bars, spec)
    length = np.linalg.norm(theirs, axis=2) * np.linalg.norm(ours, axis=2)  # (n, beats)
    near = (theirs * ours).sum(axis=2) / np.maximum(length, 1e-9)
    harmony = near.sum(axis=1) / np.maximum((length > 0).sum(axis=1), 1)
    return np.asarray(_RHYTHM * rhythm + _HARMONY * harmony)


def _chroma_of_beats(bars: FloatArray, spec: ModelSpec) -> NDArray[np.float64]:
    """Return for how many steps each pitch class of pitched tracks sounds, (n, beats, 12)."""
    pitched = [i for i, track in enumerate(spec.tracks) if not track.is_drum]
    cells = bars[:, :, pitched].sum(axis=(1, 2))  # (n, T, P)
    beats = cells.reshape(len(bars), BEATS_PER_MEASURE, -1, spec.n_pitches).sum(axis=2)
    return np.asarray(_classes(beats, spec).sum(axis=2), np.float64)


def _classes(cells: NDArray[Any], spec: ModelSpec) -> NDArray[Any]:
    """(..., T, P) -> (..., T, octaves, 12), so that the last axis counts from C."""
    below = spec.lowest_pitch % OCTAVE
    above = -(below + spec.n_pitches) % OCTAVE
    padded = np.pad(cells, [(0, 0)] * (cells.ndim - 1) + [(below, above)])
    return padded.reshape(*cells.shape[:-1], -1, OCTAVE)


def _lone_kicks(onset: BoolArray, sounds: BoolArray, bass: Sequence[int], spec: ModelSpec) -> NDArray[Any]:
    """Return how many kicks of bars in which the bass plays have no note of it, (n,)."""
    drums = [i for i, track in enumerate(spec.tracks) if track.is_drum]
    kicks = [pitch - spec.lowest_pitch for pitch in _KICKS if 0 <= pitch - spec.lowest_pitch < spec.n_pitches]
    if not drums or not bass or not kicks:
        return np.zeros(len(onset))
    kick, begins = onset[:, drums[0]][:, :, kicks].any(axis=2), onset[:, bass[0]].any(axis=2)
    alone: NDArray[Any] = (kick & ~begins).sum(axis=1) * sounds[:, bass[0]].any(axis=(1, 2))
    return alone


def _melodic_steps(onset: BoolArray, spec: ModelSpec) -> NDArray[np.float64]:
    """Return how many seconds there are in the melodies beyond their usual share of the moves, (n,)."""
    beyond = np.zeros(len(onset))
    for track in (i for i, own in enumerate(spec.tracks) if own.name in _MELODIES):
        for i, line in enumerate(onset[:, track]):
            steps = np.flatnonzero(line.any(axis=1))
            if len(steps) > 1:
                top = line.shape[1] - line[steps, ::-1].argmax(axis=1)
                move = np.abs(np.diff(top))
                beyond[i] += ((move == 1) | (move == 2)).sum() - _USUAL_STEPS * len(move)
    return beyond
