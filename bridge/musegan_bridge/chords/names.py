"""Names for what sounds: the chord of some notes, the chord that a hand holds, the key that a chart is in."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from musegan_bridge.chords.chart import Chart
from musegan_bridge.chords.chord import Chord
from musegan_bridge.key import KEYS, SCALES, tonic_of, transposition_of
from musegan_models.notes import FloatArray, Note

# Each quality: its tones in semitones above the root, how many of them must sound, and how unlikely it is beforehand.
# The tones that must sound come first.
_QUALITIES: dict[str, tuple[tuple[int, ...], int, float]] = {
    "": ((0, 4, 7), 2, 0.00),
    "m": ((0, 3, 7), 2, 0.00),
    "5": ((0, 7), 2, 0.02),
    "dim": ((0, 3, 6), 3, 0.03),
    "aug": ((0, 4, 8), 3, 0.05),
    "sus4": ((0, 5, 7), 3, 0.04),
    "sus2": ((0, 2, 7), 3, 0.05),
    "7": ((0, 4, 10, 7), 3, 0.02),
    "maj7": ((0, 4, 11, 7), 3, 0.02),
    "m7": ((0, 3, 10, 7), 3, 0.02),
    "m7b5": ((0, 3, 6, 10), 4, 0.03),
    "dim7": ((0, 3, 6, 9), 4, 0.03),
    "mmaj7": ((0, 3, 11, 7), 3, 0.06),
    "7sus4": ((0, 5, 10, 7), 4, 0.05),
    "7#5": ((0, 4, 8, 10), 4, 0.06),
    "6": ((0, 4, 9, 7), 4, 0.04),
    "m6": ((0, 3, 9, 7), 4, 0.05),
    "add9": ((0, 4, 2, 7), 4, 0.05),
    "madd9": ((0, 3, 2, 7), 4, 0.05),
    "9": ((0, 4, 10, 2, 7), 4, 0.05),
    "maj9": ((0, 4, 11, 2, 7), 4, 0.05),
    "m9": ((0, 3, 10, 2, 7), 4, 0.05),
    "69": ((0, 4, 9, 2, 7), 5, 0.06),
    "7b9": ((0, 4, 10, 1, 7), 4, 0.07),
    "7#9": ((0, 4, 10, 3, 7), 4, 0.07),
}
_SUFFIXES = tuple(_QUALITIES)
_HEARD = 0.05  # of all that sounds; a pitch class with less is passing
_CLEAR = 0.75  # of all that sounds must be of the chord
_FOREIGN, _MISSING, _ROOT_IS_LOWEST = 1.5, 0.04, 0.09

_FLATS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
_SHARPS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_MIXED = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_SPELLING = dict.fromkeys(("C", "Am"), _MIXED) | {
    key: _SHARPS if "#" in key or key in ("G", "D", "A", "E", "B", "Em", "Bm") else _FLATS
    for key in KEYS
    if key not in ("C", "Am")
}
_MAJOR_KEYS = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_MINOR_KEYS = ("Cm", "C#m", "Dm", "Ebm", "Em", "Fm", "F#m", "Gm", "G#m", "Am", "Bbm", "Bm")


def _tables() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return for each quality and root which pitch classes are of it and which must sound, and what it costs."""
    n = len(_QUALITIES)
    member, needed = np.zeros((n, 12, 12), np.float32), np.zeros((n, 12, 12), np.float32)
    cost = np.zeros((n, 12), np.float32)
    for i, (tones, n_needed, unlikely) in enumerate(_QUALITIES.values()):
        for root in range(12):
            member[i, root, [(root + tone) % 12 for tone in tones]] = 1
            needed[i, root, [(root + tone) % 12 for tone in tones[:n_needed]]] = 1
        cost[i] = unlikely
    return member.reshape(-1, 12), needed.reshape(-1, 12), cost.reshape(-1)


_MEMBER, _NEEDED, _COST = _tables()
_N_NEEDED = _NEEDED.sum(axis=1)
_N_TONES = _MEMBER.sum(axis=1)


def name_of(notes: Iterable[Note], key: str = "C") -> str:
    """Return the name of the chord that pitched notes most likely are, spelled as in a key of `KEYS`.

    Each pitch counts for as long as it sounds. "" where it is not clear, and for a single pitch and its octaves; a
    fifth is C5. Where the lowest pitch is another tone of the chord, it stands after a slash.

    >>> def held(*pitches):
    ...     return [Note(0, pitch, 4, 100) for pitch in pitches]
    >>> name_of(held(60, 64, 67)), name_of(held(45, 60, 64, 67)), name_of(held(52, 60, 67)), name_of(held(60))
    ('C', 'Am7', 'C/E', '')
    """
    chord = chord_of(notes, key)
    return "" if chord is None else chord.name


def chord_of(notes: Iterable[Note], key: str = "C") -> Chord | None:
    """Return the chord that pitched notes most likely are, as `name_of` names it; None where it is not clear."""
    sounding: dict[int, float] = {}  # beats by MIDI pitch
    for _, pitch, duration, _ in notes:
        sounding[pitch] = sounding.get(pitch, 0.0) + duration
    found = _best(sounding)
    if found is None:
        return None
    root, suffix, bass = found
    spelling = _SPELLING[key]
    name = spelling[root] + suffix + (f"/{spelling[bass]}" if bass != root else "")
    return Chord(name, root, tuple((root + tone) % 12 for tone in sorted(_QUALITIES[suffix][0])), bass)


def chord_from_pitches(pitches: Collection[int], key: str) -> Chord | None:
    """Return the chord that held MIDI pitches stand for in a key of `KEYS`; None where none is held.

    Three pitch classes or more are the chord themselves, with the lowest as its bass, and so are two. One is the root
    of the key's triad: diatonic, or major where the root is not of the key. What has no name is called by its notes,
    such as C,Db,D, which `parse_chart` does not read.

    >>> [chord_from_pitches(held, "C").name for held in ([62], [61], [60, 67], [52, 55, 60], [59, 62, 65, 67])]
    ['Dm', 'Db', 'C5', 'C/E', 'G7/B']
    """
    if not pitches:
        return None
    spelling = _SPELLING[key]
    bass = min(pitches) % 12
    classes = {pitch % 12 for pitch in pitches}
    if len(classes) == 1:
        suffix, tones = _triad(bass, key)
        return Chord(spelling[bass] + suffix, bass, tuple((bass + tone) % 12 for tone in tones), bass)
    found = _best(dict.fromkeys(pitches, 1.0), all_of=True)
    root = bass if found is None else found[0]
    tones = tuple((root + tone) % 12 for tone in sorted((pitch - root) % 12 for pitch in classes))
    if found is None:
        return Chord(",".join(spelling[tone] for tone in tones), root, tones, bass)
    return Chord(spelling[root] + found[1] + (f"/{spelling[bass]}" if bass != root else ""), root, tones, bass)


def key_of(chart: Chart, current: str) -> str:
    """Return the key of `KEYS` in which most of a chart is diatonic, by time; `current` where that is as good.

    Of keys that are equally good, the one is taken whose tonic chord is played longest, then first, then the nearest.
    """
    tones, roots = [0] * 12, [0] * 12  # sixteenths by pitch class
    first = -1
    for part in chart.parts:
        for bar in part.bars:
            ends = [time for time, _ in bar.chords[1:]] + [4.0]
            for (time, chord), end in zip(bar.chords, ends, strict=True):
                if chord is not None:
                    steps = round(4 * (end - time))
                    for tone in chord.pitch_classes:
                        tones[tone] += steps
                    roots[chord.root] += steps
                    first = chord.root if first < 0 else first
    diatonic = [sum(tones[(tonic + tone) % 12] for tone in SCALES["major"]) for tonic in range(12)]
    now = transposition_of(current) % 12
    if diatonic[now] == max(diatonic):
        return current

    def rank(tonic: int) -> tuple[int, ...]:
        ends = (tonic, (tonic + 9) % 12)  # of the major key and of the minor one
        away = min((tonic - now) % 12, (now - tonic) % 12)
        return diatonic[tonic], max(roots[end] for end in ends), first in ends, -away, -tonic

    tonic = max(range(12), key=rank)
    major, minor = (roots[tonic], first == tonic), (roots[(tonic + 9) % 12], first == (tonic + 9) % 12)
    is_minor = minor > major or (minor == major and current.endswith("m"))
    return _MINOR_KEYS[(tonic + 9) % 12] if is_minor else _MAJOR_KEYS[tonic]


def _best(sounding: dict[int, float], all_of: bool = False) -> tuple[int, str, int] | None:
    """Return root, quality and bass of what sounds, beats by MIDI pitch; with `all_of`, each pitch must belong."""
    total = sum(sounding.values())
    if total <= 0:
        return None
    weights = [0.0] * 12
    for pitch, beats in sounding.items():
        weights[pitch % 12] += beats / total
    heard = [weight > 0 if all_of else weight >= _HEARD for weight in weights]
    if sum(heard) < 2:
        return None
    share, present = np.array(weights, np.float32), np.array(heard, np.float32)
    inside = _MEMBER @ share
    score = inside - _FOREIGN * (1 - inside) - _MISSING * (_N_TONES - _MEMBER @ present) - _COST
    lowest = min(pitch for pitch in sounding if heard[pitch % 12])
    score[lowest % 12 :: 12] += _ROOT_IS_LOWEST
    least = 1 - 1e-5 if all_of else _CLEAR
    score[(_NEEDED @ present < _N_NEEDED) | (inside < least)] = -np.inf
    best = int(score.argmax())
    if score[best] == -np.inf:
        return None
    root, suffix = best % 12, _SUFFIXES[best // 12]
    is_bass = lowest % 12 != root and suffix != "5" and _MEMBER[best, lowest % 12]
    return root, suffix, lowest % 12 if is_bass and sounding[lowest] >= max(sounding.values()) / 2 else root


def _triad(root: int, key: str) -> tuple[str, tuple[int, ...]]:
    """Return the quality and the tones above it of the triad that a key has on a root."""
    scale = SCALES["minor" if key.endswith("m") else "major"]
    degree = (root - tonic_of(key)) % 12
    if degree not in scale:
        return "", (0, 4, 7)
    at = scale.index(degree)
    third, fifth = ((scale[(at + step) % 7] - degree) % 12 for step in (2, 4))
    return {(4, 7): "", (3, 7): "m", (3, 6): "dim"}[third, fifth], (0, third, fifth)
