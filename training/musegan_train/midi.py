"""MIDI file to the notes of five tracks, by the rules of the Lakh Pianoroll Dataset; it must not know phrases.

The only module that imports symusic.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import symusic
from numpy.typing import NDArray

from musegan_models.spec import ModelSpec

MAX_MEASURES = 2000
"""Longest song read, in bars: a longer one is a file with a broken clock."""

_FAMILIES = {0: "piano", 3: "guitar", 4: "bass"}  # General MIDI program // 8 -> track
_KRUMHANSL_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_KRUMHANSL_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
_PITCH_CLASSES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")


class DroppedSongError(ValueError):
    """A file that cannot become training data; the message is the reason, and reasons are counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Song:
    """Quantised notes of one song: four arrays of one length, sorted by nothing in particular.

    `track` is an index into the spec's tracks, `pitch` a MIDI number, `start` and `end` are in steps from the first bar
    line with `end > start`; `is_on_grid` says whether the note began within 1/24 beat of its step.
    """

    track: NDArray[np.int64]
    pitch: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    is_on_grid: NDArray[np.bool_]


def song_from_midi(data: bytes, spec: ModelSpec) -> Song:
    """Read one MIDI file and choose its tracks.

    4/4 only. Of each family of LPD-5 the one best track is taken, not the sum: the one with most distinct pitches plus
    sounding steps (wayne391's symbolic-musical-datasets, which Dong's current training data come from). Drums are the
    exception: one kit is often spread over many tracks of channel 10, so all of them are taken together.

    Raises:
        DroppedSongError: The file is broken, not in 4/4, or lacks one of the tracks.

    """
    try:
        score = symusic.core.ScoreTick.from_midi(data)
    except (ArithmeticError, LookupError, MemoryError, OSError, RuntimeError, ValueError) as error:
        raise DroppedSongError("unreadable") from error
    origin = _first_bar_line(score)
    best: dict[str, tuple[int, Song]] = {}
    drums: list[Song] = []
    for part in score.tracks:
        name = family(part.program, part.is_drum)
        if name is None or not len(part.notes):
            continue
        song = _quantise(part.notes.numpy(), spec.track_names.index(name), score.ticks_per_quarter, origin, spec)
        if part.is_drum:
            drums.append(song)
        elif name not in best or best[name][0] < _richness(song):
            best[name] = (_richness(song), song)
    if len(best) + bool(drums) < spec.n_tracks:
        raise DroppedSongError("lacks one of the five tracks")
    parts = [song for _, song in best.values()] + drums
    return Song(
        track=np.concatenate([part.track for part in parts]),
        pitch=np.concatenate([part.pitch for part in parts]),
        start=np.concatenate([part.start for part in parts]),
        end=np.concatenate([part.end for part in parts]),
        is_on_grid=np.concatenate([part.is_on_grid for part in parts]),
    )


def family(program: int, is_drum: bool) -> str | None:
    """Return the track that LPD-5 merges a General MIDI program into, None where it drops it.

    >>> family(33, False), family(56, False), family(120, False), family(0, True)
    ('bass', 'strings', None, 'drums')
    """
    if is_drum:
        return "drums"
    if program < 96 or 104 <= program <= 111:
        return _FAMILIES.get(program // 8, "strings")
    return None  # sound effects, and percussive programs off the drum channel


def estimate_key(song: Song, spec: ModelSpec) -> tuple[str, int]:
    """Return the key's name and the transposition, -6..5 semitones, that takes it to C major or A minor.

    The key whose probe-tone profile correlates best with the durations of the pitch classes (Krumhansl, Cognitive
    Foundations of Musical Pitch, 1990, chapter 4; profiles of Krumhansl and Kessler, 1982).
    """
    is_drum = np.array([track.is_drum for track in spec.tracks])[song.track]
    length = (song.end - song.start)[~is_drum]
    weights = np.bincount(song.pitch[~is_drum] % 12, weights=length, minlength=12)
    # Row k of each matrix is the profile of the key on pitch class k.
    profiles = np.array([np.roll(p, k) for p in (_KRUMHANSL_MAJOR, _KRUMHANSL_MINOR) for k in range(12)])
    profiles -= profiles.mean(axis=1, keepdims=True)
    profiles /= np.linalg.norm(profiles, axis=1, keepdims=True)
    mode, tonic = divmod(int(np.argmax(profiles @ (weights - weights.mean()))), 12)
    target = 9 if mode else 0
    return f"{_PITCH_CLASSES[tonic]} {'minor' if mode else 'major'}", (target - tonic + 6) % 12 - 6


def transpose(song: Song, semitones: int, spec: ModelSpec) -> Song:
    """Transpose all pitched tracks together, and drop what was outside the model's pitch range.

    A note that only the transposition takes out of the range comes back in by an octave: it keeps its harmony.
    """
    low, high = spec.lowest_pitch, spec.lowest_pitch + spec.n_pitches - 1
    inside = (song.pitch >= low) & (song.pitch <= high)
    is_drum = np.array([track.is_drum for track in spec.tracks])[song.track]
    pitch = np.where(is_drum, song.pitch, song.pitch + semitones)
    pitch = pitch + 12 * (pitch < low) - 12 * (pitch > high)
    return Song(song.track[inside], pitch[inside], song.start[inside], song.end[inside], song.is_on_grid[inside])


def _first_bar_line(score: symusic.core.ScoreTick) -> int:
    """Return the tick, 0 or less, of a bar line from which every note lies in a numbered bar."""
    measure = 4 * score.ticks_per_quarter
    if measure <= 0:
        raise DroppedSongError("unreadable")
    signatures = score.time_signatures
    if any((signature.numerator, signature.denominator) != (4, 4) for signature in signatures):
        raise DroppedSongError("not 4/4 throughout")
    offsets = {signature.time % measure for signature in signatures}
    if len(offsets) > 1:
        raise DroppedSongError("bar lines move")
    offset = offsets.pop() if offsets else 0
    return int(offset) - measure if offset else 0


def _quantise(notes: dict[str, NDArray[np.int32]], track: int, tpq: int, origin: int, spec: ModelSpec) -> Song:
    steps_per_tick = spec.beat_resolution / tpq
    exact = (notes["time"].astype(np.int64) - origin) * steps_per_tick
    start = np.floor(exact + 0.5).astype(np.int64)
    end = np.floor(exact + notes["duration"] * steps_per_tick + 0.5).astype(np.int64)
    if start.max() >= MAX_MEASURES * spec.measure_resolution or start.min() < 0:
        raise DroppedSongError(f"longer than {MAX_MEASURES} bars")
    # A note that is never switched off lasts to the end of the bar in which its track plays its last one.
    last = (start.max() // spec.measure_resolution + 1) * spec.measure_resolution
    return Song(
        track=np.full(len(start), track, np.int64),
        pitch=notes["pitch"].astype(np.int64),
        start=start,
        end=np.clip(end, start + 1, last),
        is_on_grid=np.abs(exact - start) <= spec.beat_resolution / 24 + 1e-9,
    )


def _richness(song: Song) -> int:
    edges = np.zeros(int(song.end.max()) + 1, np.int64)
    np.add.at(edges, song.start, 1)
    np.add.at(edges, song.end, -1)
    return len(np.unique(song.pitch)) + int((np.cumsum(edges) > 0).sum())
