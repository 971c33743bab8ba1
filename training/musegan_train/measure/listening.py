"""What a listener hears of bars in a row: whether they come back, clash, move; it must not know who plays, or files.

Sixteen figures, each a share 0..1 or a mean of such, of songs or of chains of phrases in C major or A minor. All are
kept as a sum and a count for each song, so that songs can be drawn again and again: that says how far a figure can be
trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from musegan_models.chords import chord_from_chroma
from musegan_models.spec import TRACKS, Track
from musegan_train.measure.continuity import bar_similarity
from musegan_train.measure.metrics import BoolArray, FloatArray
from musegan_train.measure.tonal import C_MAJOR, fold_pitches, pitch_classes

TRACK_NAMES = tuple(track.name for track in TRACKS)
"""The band whose sixteen figures can be set beside those of songs."""

LAGS = (1, 2, 4, 8)
"""Bars back, in which the same chord is looked for."""

BACK = 4
"""Bars back, in which the same notes are looked for."""

SIXTEEN = {
    "same chord, 1 bar before": "bars with the chord of the bar before; a bar's chord: the triad most of it is in",
    "same chord, 2 before": "the same, of the second bar before",
    "same chord, 4 before": "the same, of the fourth",
    "same chord, 8 before": "the same, of the eighth",
    "bass as 4 before": "Jaccard index of what the bass sounds and what it did four bars before",
    "guitar as 4 before": "the same of the guitar",
    "piano as 4 before": "the same of the piano",
    "drums as 4 before": "bars of drums struck exactly as four bars before",
    "clash": "steps at which two pitch classes a semitone apart sound, of those that sound",
    "cluster": "steps at which three neighbouring semitones sound",
    "outside the key": "of what sounds, in steps of notes: not in C major",
    "bass on the root": "beats 1 with a bass, on the root of the bar's chord",
    "kick with the bass": "kicks with a bass onset in their step, where the bass plays in the bar",
    "roots by a fourth": "changes of chord from bar to bar whose root moves by a fourth or a fifth",
    "strings by step": "moves of the top line of the strings by one or two semitones",
    "piano by step": "the same of the piano",
}
"""The figures, and what each counts."""

DIATONIC = "diatonic chords"

FIGURES = {**SIXTEEN, DIATONIC: "bars whose chord has no note outside C major"}
"""All that `count` counts, in the order of its result."""

IN_A_PHRASE = ("clash", "cluster", "outside the key", "bass on the root", "kick with the bass", DIATONIC)
"""Figures that single bars have: those that say what a band's phrases become, one after another."""

_KICKS = (35, 36)  # General MIDI's bass drums
_FOURTHS = (5, 7)  # semitones, up
_STEPS = (1, 2)
_DIATONIC = ((0, 5, 7), (2, 4, 9))  # roots of the major and of the minor triads of C major


class Counts(NamedTuple):
    """Sums and counts of each figure in each of some songs, `(n_songs, len(FIGURES))`: a figure is their quotient."""

    total: NDArray[np.float64]
    n: NDArray[np.float64]

    def of(self, draws: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the figures in each draw of songs, NaN where there is nothing: `(n_draws, n_songs)` -> `(n_draws, F)`.

        Every bar weighs the same, whichever song it is of.
        """
        total, n = draws @ self.total, draws @ self.n
        return np.asarray(np.where(n > 0, total / np.maximum(n, 1e-9), np.nan))

    def all(self) -> NDArray[np.float64]:
        """Return the figures of all songs together, `(F,)`."""
        return np.asarray(self.of(np.ones((1, len(self.n))))[0])


def joined(parts: Sequence[Counts]) -> Counts:
    """Return the counts of all songs of `parts`, in order."""
    return Counts(np.concatenate([part.total for part in parts]), np.concatenate([part.n for part in parts]))


def added(parts: Sequence[Counts]) -> Counts:
    """Return the counts of one song, of which `parts` are stretches: nothing is compared from one to another."""
    return Counts(
        np.sum([part.total for part in parts], axis=0),
        np.sum([part.n for part in parts], axis=0),
    )


def count(onset: BoolArray, sustain: BoolArray, tracks: Sequence[Track] = TRACKS, lowest_pitch: int = 24) -> Counts:
    """Count every figure in one song: bars in a row, bool `(n_bars, n_tracks, n_steps, n_pitches)`.

    A figure of a track that the band has not got counts nothing.
    """
    sounds, names = onset | sustain, {track.name: i for i, track in enumerate(tracks)}
    drums = [i for i, track in enumerate(tracks) if track.is_drum]
    pitched = [i for i in range(len(tracks)) if i not in drums]
    cells = fold_pitches(sounds[:, pitched], pitch_classes(sounds.shape[-1], lowest_pitch)).sum(axis=1)  # (bars, T, 12)
    chords = _chords(cells.sum(axis=1))
    found: dict[str, tuple[float, float]] = dict.fromkeys(FIGURES, (0.0, 0.0))

    for lag, name in zip(LAGS, SIXTEEN, strict=False):
        now, then = chords[lag:], chords[:-lag]
        found[name] = _share(now == then, (now >= 0) & (then >= 0))
    for name in ("bass", "guitar", "piano"):
        if name in names:
            own = sounds[:, names[name]]
            found[f"{name} as 4 before"] = _mean(bar_similarity(own[:-BACK, None], own[BACK:, None])[:, 0])
    if drums:
        struck = onset[:, drums]
        plays = np.asarray(struck.any(axis=(1, 2, 3)))
        same = np.asarray((struck[BACK:] == struck[:-BACK]).all(axis=(1, 2, 3)))
        found["drums as 4 before"] = _share(same, plays[BACK:] & plays[:-BACK])

    classes = cells > 0
    above = classes & np.roll(classes, -1, axis=-1)
    sounding = classes.any(axis=-1)
    found["clash"] = _share(above.any(axis=-1), sounding)
    found["cluster"] = _share((above & np.roll(classes, -2, axis=-1)).any(axis=-1), sounding)
    found["outside the key"] = float(cells.sum() - cells[..., list(C_MAJOR)].sum()), float(cells.sum())

    if "bass" in names:
        bass, low = onset[:, names["bass"]], sounds[:, names["bass"], 0]
        root = (low.argmax(axis=1) + lowest_pitch) % 12
        found["bass on the root"] = _share(root == chords % 12, low.any(axis=1) & (chords >= 0))
        kicks = [pitch - lowest_pitch for pitch in _KICKS if 0 <= pitch - lowest_pitch < onset.shape[-1]]
        kick = np.asarray(onset[:, drums][..., kicks].any(axis=(1, 3)))  # (bars, T)
        in_bar = np.asarray(sounds[:, names["bass"]].any(axis=(1, 2)))
        found["kick with the bass"] = _share(np.asarray(bass.any(axis=2)), kick & in_bar[:, None])
    moves = (chords[1:] % 12 - chords[:-1] % 12) % 12
    changes = (chords[1:] >= 0) & (chords[:-1] >= 0) & (chords[1:] != chords[:-1])
    found["roots by a fourth"] = _share(np.isin(moves, _FOURTHS), changes)
    for name in ("strings", "piano"):
        if name in names:
            found[f"{name} by step"] = _by_step(onset[:, names[name]])
    major, minor = (np.isin(chords, roots) for roots in (_DIATONIC[0], np.add(_DIATONIC[1], 12)))
    found[DIATONIC] = _share(major | minor, chords >= 0)

    total, n = np.array([found[name] for name in FIGURES], np.float64).T
    return Counts(total[None], n[None])


def _chords(chroma: FloatArray) -> NDArray[np.int64]:
    """Return the triad of each bar, 0..11 major from C, 12..23 minor, -1 where it is silent; `(n_bars, 12)` cells."""
    triads = chord_from_chroma(chroma)
    number = triads[:, :12].argmax(axis=1) + 12 * triads[:, 12].astype(np.int64)
    return np.asarray(np.where(triads.any(axis=1), number, -1), np.int64)


def _by_step(onset: BoolArray) -> tuple[float, float]:
    """Return how many moves of the top line are by step, and how many there are; repeated notes are moves too."""
    struck = onset.reshape(-1, onset.shape[-1])
    struck = struck[struck.any(axis=1)]
    top = struck.shape[1] - 1 - struck[:, ::-1].argmax(axis=1)
    move = np.abs(np.diff(top))
    return float(np.isin(move, _STEPS).sum()), float(len(move))


def _share(is_so: NDArray[np.bool_], of: NDArray[np.bool_]) -> tuple[float, float]:
    return float((is_so & of).sum()), float(of.sum())


def _mean(values: FloatArray) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    return float(known.sum(dtype=np.float64)), float(len(known))
