"""Keys by their names, and pitches moved from one to another; it must not know notes, models or OSC."""

from __future__ import annotations

_TONICS = {
    "C": 0, "C#": 1, "Db": 1, "D": 2, "D#": 3, "Eb": 3, "E": 4, "F": 5, "F#": 6,
    "Gb": 6, "G": 7, "G#": 8, "Ab": 8, "A": 9, "A#": 10, "Bb": 10, "B": 11,
}  # fmt: skip

KEYS = (*_TONICS, *(f"{tonic}m" for tonic in _TONICS))
"""Major keys by their tonic, minor ones with an m."""

SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic-minor": (0, 2, 3, 5, 7, 8, 11),
    "melodic-minor": (0, 2, 3, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "locrian": (0, 1, 3, 5, 6, 8, 10),
    "pentatonic": (0, 2, 4, 7, 9),
    "minor-pentatonic": (0, 3, 5, 7, 10),
    "blues": (0, 3, 5, 6, 7, 10),
    "whole-tone": (0, 2, 4, 6, 8, 10),
}
"""Scales as semitones above their tonic."""


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


def tonic_of(key: str) -> int:
    """Return the pitch class, 0..11, of the tonic of a key.

    >>> tonic_of("C"), tonic_of("F#m")
    (0, 6)
    """
    return _TONICS[key.removesuffix("m")]


def nearest_in(scale: tuple[int, ...], tonic: int, pitch: int) -> int:
    """Return the MIDI pitch of a scale that is nearest; of two, the lower one.

    >>> [nearest_in(SCALES["major"], 0, pitch) for pitch in (60, 61, 66, 127)]
    [60, 60, 65, 127]
    """
    for distance in range(7):
        for near in (pitch - distance, pitch + distance):
            if (near - tonic) % 12 in scale and 0 <= near <= 127:
                return near
    return pitch
