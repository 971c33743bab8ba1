"""Triads, what a musician plays on them, and how much of a band's notes is in them."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from musegan_models.notes import Note

_ROOTS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
BAR = 4  # beats


class Triad(NamedTuple):
    """A major or minor triad."""

    root: int  # semitones from C
    pitch_classes: frozenset[int]


def triad(name: str) -> Triad:
    """Return a triad by its name.

    >>> triad("Am").root, sorted(triad("Am").pitch_classes), triad("F#").root
    (9, [0, 4, 9], 6)
    """
    root = (_ROOTS[name[0]] + name.count("#") - name[1:].count("b")) % 12
    third = 3 if name.endswith("m") else 4
    return Triad(root, frozenset((root + interval) % 12 for interval in (0, third, 7)))


def triads(names: str, semitones: int = 0) -> list[Triad]:
    """Return the triads of names with spaces between, a bar each, moved by semitones."""
    return [
        Triad((own.root + semitones) % 12, frozenset((p + semitones) % 12 for p in own.pitch_classes))
        for own in map(triad, names.split())
    ]


def in_quarters(bars: Sequence[Triad]) -> list[Note]:
    """Return triads about middle C, struck on each beat, as a pianist plays them."""
    return [
        Note(float(bar * BAR + beat), pitch + (60 if pitch < 7 else 48), 0.9, 90)
        for bar, chord in enumerate(bars)
        for beat in range(BAR)
        for pitch in sorted(chord.pitch_classes)
    ]


def solo(n_bars: int, scale: Sequence[int], seed: int) -> list[Note]:
    """Return a line in eighths that walks up and down a scale, from C5, with rests."""
    rng, notes, degree = random.Random(seed), list[Note](), 0
    for eighth in range(2 * BAR * n_bars):
        if rng.random() < 0.2:
            continue
        degree = max(-len(scale), min(len(scale), degree + rng.choice((-2, -1, -1, 1, 1, 2))))
        octave, place = divmod(degree, len(scale))
        notes.append(Note(eighth / 2, 72 + 12 * octave + scale[place], 0.45, 90))
    return notes


def in_chord(notes: Iterable[Note], bars: Sequence[Triad]) -> list[tuple[float, float]]:
    """Return for each bar how many beats notes sound in it, and how many of these are in its chord."""
    found = [[0.0, 0.0] for _ in bars]
    for note in notes:
        end = note.time + note.duration
        for bar in range(math.floor(note.time / BAR), min(math.ceil(end / BAR), len(bars))):
            beats = min(end, (bar + 1) * BAR) - max(note.time, bar * BAR)
            found[bar][0] += beats
            found[bar][1] += beats * (note.pitch % 12 in bars[bar].pitch_classes)
    return [(every, own) for every, own in found]


def struck_in_chord(notes: Iterable[Note], bars: Sequence[Triad]) -> tuple[int, int]:
    """Return how many notes begin in the bars, and how many of them in the chord of theirs."""
    begun = [note for note in notes if 0 <= note.time < BAR * len(bars)]
    return len(begun), sum(note.pitch % 12 in bars[int(note.time // BAR)].pitch_classes for note in begun)


def on_root(bass: Iterable[Note], bars: Sequence[Triad]) -> tuple[int, int]:
    """Return in how many bars the bass strikes a note on beat 1, and in how many its lowest one is the chord's root."""
    lowest: dict[int, int] = {}
    for note in bass:
        bar = round(note.time / BAR)
        if abs(note.time - bar * BAR) < 1 / 8 and 0 <= bar < len(bars):
            lowest[bar] = min(note.pitch, lowest.get(bar, note.pitch))
    return len(lowest), sum(pitch % 12 == bars[bar].root for bar, pitch in lowest.items())


def share(parts: Iterable[tuple[float, float]]) -> float:
    """Return the second numbers over the first; NaN of nothing."""
    pairs = list(parts)
    every = sum(own[0] for own in pairs)
    return sum(own[1] for own in pairs) / every if every else math.nan
