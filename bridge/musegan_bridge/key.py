"""Keys by their names, and pitches moved from one to another; it must not know notes, models or OSC."""

from __future__ import annotations

_TONICS = {
    "C": 0, "C#": 1, "Db": 1, "D": 2, "D#": 3, "Eb": 3, "E": 4, "F": 5, "F#": 6,
    "Gb": 6, "G": 7, "G#": 8, "Ab": 8, "A": 9, "A#": 10, "Bb": 10, "B": 11,
}  # fmt: skip

KEYS = (*_TONICS, *(f"{tonic}m" for tonic in _TONICS))
"""Major keys by their tonic, minor ones with an m."""


def transposition_of(key: str) -> int:
    """Return the semitones, -5..6, from C major or A minor to a key of `KEYS`: the shorter way, up or down.

    >>> [transposition_of(key) for key in ("C", "Am", "D", "G", "F#", "Em")]
    [0, 0, 2, -5, 6, -5]
    """
    tonic = _TONICS[key.removesuffix("m")] + (3 if key.endswith("m") else 0)
    return (tonic + 5) % 12 - 5


def transposed(pitch: int, semitones: int) -> int:
    """Return a MIDI pitch that many semitones away; what falls outside 0..127 comes back by an octave.

    >>> transposed(60, -5), transposed(125, 6), transposed(2, -5)
    (55, 119, 9)
    """
    pitch += semitones
    return pitch - 12 if pitch > 127 else pitch + 12 if pitch < 0 else pitch
