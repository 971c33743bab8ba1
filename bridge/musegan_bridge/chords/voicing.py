"""Chords as notes: a pad whose voices move as little as they can, and the bass under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from musegan_bridge.chords.chart import ChartBar
from musegan_bridge.chords.chord import Chord
from musegan_models.notes import Note

_BEATS = 4.0  # of a bar


def pad(
    bar: ChartBar, previous: Sequence[int], low: int, high: int, velocity: int = 80
) -> tuple[list[Note], list[int]]:
    """Return the notes of a bar's chords, held until the next change, and the voicing to hand on to the next bar.

    `previous`: the MIDI pitches of the voicing before; empty at first, when the voices start near the middle of the
    range. `low` and `high`: MIDI pitches, both of the range. A chord has three or four voices, in a range narrower than
    an octave maybe fewer. The bass of C/E is not among them: that is `bass_line`'s.
    """
    notes, voicing = [], sorted(previous)
    for time, duration, chord in _changes(bar):
        if chord is not None:
            voicing = voice(chord, voicing, low, high)
            notes += [Note(time, pitch, duration, velocity) for pitch in voicing]
    return notes, voicing


def bass_line(bar: ChartBar, low: int, high: int, velocity: int = 90) -> list[Note]:
    """Return the bass of each chord, held until the next change: of its pitches in low..high the lowest, if any."""
    notes = []
    for time, duration, chord in _changes(bar):
        if chord is not None:
            pitch = low + (chord.bass - low) % 12
            if pitch <= high:
                notes.append(Note(time, pitch, duration, velocity))
    return notes


def voice(chord: Chord, previous: Sequence[int], low: int, high: int) -> list[int]:
    """Return the MIDI pitches, rising, that a chord has in low..high with the least movement from those before.

    Semitones between neighbouring voices are avoided first; of equal voicings the one nearest the middle is taken.
    """
    tones = _tones(chord)
    middle = (low + high) / 2

    def cost(voicing: tuple[int, ...]) -> tuple[float, ...]:
        rubs = sum(b - a < 2 for a, b in pairwise(voicing))
        away = abs(sum(voicing) / len(voicing) - middle)
        return (rubs, _movement(previous, voicing), away, voicing[-1] - voicing[0], *voicing)

    voicings = _voicings(tones, low, high)
    return [*min(voicings, key=cost)] if voicings else _crowded(tones, low, high)


def _changes(bar: ChartBar) -> Iterator[tuple[float, float, Chord | None]]:
    """Yield each chord with its time and duration in beats."""
    ends = [time for time, _ in bar.chords[1:]] + [_BEATS]
    for (time, chord), end in zip(bar.chords, ends, strict=True):
        yield time, end - time, chord


def _tones(chord: Chord) -> list[int]:
    """Return the pitch classes that are played, three or four: root, third and seventh, and the last colour."""
    above = [(tone - chord.root) % 12 for tone in chord.pitch_classes]
    if len(above) > 4:  # without its fifth: the perfect one, or what stands in its place
        fifth = next((tone for tone in (7, 6, 8) if tone in above), None)
        above = [tone for tone in above if tone != fifth]
    above = above[:3] + above[-1:] if len(above) > 4 else above
    above = [*above, 0] if len(above) < 3 else above  # a fifth, with its octave
    return [(chord.root + tone) % 12 for tone in above]


def _voicings(tones: list[int], low: int, high: int) -> list[tuple[int, ...]]:
    """Return the close voicings in low..high, and those whose second voice from the top is an octave lower."""
    found: list[tuple[int, ...]] = []
    rising = sorted(tones)
    for first in range(len(rising)):
        turned = rising[first:] + rising[:first]
        for bottom in range(low + (turned[0] - low) % 12, high + 1, 12):
            close = [bottom]
            for tone in turned[1:]:
                close.append(close[-1] + ((tone - close[-1]) % 12 or 12))
            dropped = sorted([*close[:-2], close[-2] - 12, close[-1]])
            found += [tuple(v) for v in (close, dropped) if v[0] >= low and v[-1] <= high]
    return found


def _crowded(tones: list[int], low: int, high: int) -> list[int]:
    """Return the lowest pitch of each tone that lies in the range; tones without one are left out."""
    return sorted({pitch for tone in tones if (pitch := low + (tone - low) % 12) <= high})


def _movement(previous: Sequence[int], voicing: Sequence[int]) -> int:
    """Return the semitones that the voices move in all; where voices come or go, each goes to the nearest."""
    if not previous:
        return 0
    if len(previous) == len(voicing):
        return sum(abs(a - b) for a, b in zip(previous, voicing, strict=True))
    arriving = sum(min(abs(a - b) for a in previous) for b in voicing)
    return arriving + sum(min(abs(a - b) for b in voicing) for a in previous)
