"""How made notes are played: loudness, swing, range, key, scale. It must not know models, clients or the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from musegan_bridge.key import SCALES, nearest_in, transposed
from musegan_bridge.show.accent import accented
from musegan_models.notes import Note
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec

_STRAIGHT = 50.0
_SHORTEST = 1 / 32  # beats


@dataclass(frozen=True, slots=True)
class Feel:
    """How one track is played."""

    transpose: int = 0  # semitones, beyond the key's
    low: int = 0  # MIDI note number
    high: int = 127
    velocity: float = 1.0  # factor
    swing: float = _STRAIGHT  # percent of an eighth at which its second sixteenth falls
    humanise: float = 0.0  # milliseconds that an onset may be off
    scale: str = "off"
    tonic: int = 0  # of the scale, pitch class


PLAIN = Feel()


def performed(
    notes: Mapping[str, Sequence[Note]],
    spec: ModelSpec,
    *,
    transposition: int = 0,
    feels: Mapping[str, Feel] | None = None,
    seed: tuple[int, ...] = (),
    tempo: float = 120.0,
    loudness: float = 1.0,
) -> dict[str, list[Note]]:
    """Return a bar's notes as the audience hears them, each track in order of time.

    `transposition`: semitones from the model's key to the band's; `seed`: of what humanise draws, so that the same bar
    is off by the same; `tempo` in beats a minute; `loudness`: times all velocities.
    """
    heard: dict[str, list[Note]] = {}
    for i, track in enumerate(spec.tracks):
        own = notes.get(track.name, ())
        feel = PLAIN if feels is None else feels[track.name]
        if loudness != 1:
            feel = replace(feel, velocity=feel.velocity * loudness)
        if feel is PLAIN:
            semitones = 0 if track.is_drum else transposition
            heard[track.name] = [
                Note(time, transposed(pitch, semitones), duration, accented(velocity, time))
                for time, pitch, duration, velocity in own
            ]
            continue
        played = [_played(note, feel, track.is_drum, transposition) for note in own]
        if feel.humanise:
            played = _humanised(played, feel.humanise / 1000 * tempo / 60, np.random.default_rng((*seed, i)))
        heard[track.name] = sorted(played) if track.is_drum else _apart(played)
    return heard


def _played(note: Note, feel: Feel, is_drum: bool, transposition: int) -> Note:
    pitch = note.pitch
    if not is_drum:
        pitch = _folded(pitch + transposition + feel.transpose, 0, 127)
        if feel.scale != "off":
            pitch = nearest_in(SCALES[feel.scale], feel.tonic, pitch)
        pitch = _folded(pitch, feel.low, feel.high)
    velocity = min(127, max(1, round(accented(note.velocity, note.time) * feel.velocity)))
    start, end = (swung(time, feel.swing) for time in (note.time, note.time + note.duration))
    return Note(start, pitch, max(end - start, _SHORTEST), velocity)


def swung(time: float, swing: float) -> float:
    """Return where a time in beats falls when the second sixteenth of each eighth comes at `swing` percent of it.

    >>> [swung(time, 75) for time in (0, 0.25, 0.5, 0.75, 4)]
    [0.0, 0.375, 0.5, 0.875, 4.0]
    """
    eighth, place = divmod(time, 0.5)
    share = swing / 100
    place = place * 2  # 0..1 of the eighth
    place = place * 2 * share if place <= 0.5 else share + (place - 0.5) * 2 * (1 - share)
    return (eighth + place) * 0.5


def _folded(pitch: int, low: int, high: int) -> int:
    """Return a pitch moved by octaves into `low`..`high`; where no octave of it is there, the lowest from `low` on."""
    if pitch > high:
        pitch -= -(-(pitch - high) // 12) * 12
    if pitch < low:
        pitch += -(-(low - pitch) // 12) * 12
    while pitch > 127:
        pitch -= 12
    while pitch < 0:
        pitch += 12
    return pitch


def _humanised(notes: Sequence[Note], most: float, rng: np.random.Generator) -> list[Note]:
    """Return notes whose onsets are off by up to `most` beats, those struck together by the same; all in the bar."""
    off: dict[float, float] = {}
    moved = []
    for note in sorted(notes):
        shift = off.setdefault(note.time, float(rng.uniform(-most, most)))
        time = min(max(note.time + shift, 0.0), BEATS_PER_MEASURE - _SHORTEST)
        duration = max(note.time + note.duration - time, _SHORTEST)
        moved.append(Note(time, note.pitch, min(duration, BEATS_PER_MEASURE - time), note.velocity))
    return sorted(moved)


def _apart(notes: Sequence[Note]) -> list[Note]:
    """Return notes without a second one of the same pitch at the same time: a scale or range may bring two together."""
    kept = {(note.time, note.pitch): note for note in sorted(notes, key=lambda note: note.duration)}
    return sorted(kept.values())
