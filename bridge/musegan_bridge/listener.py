"""What the musician plays, and the condition it makes; it must not know clients or seconds: its time is beats."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

import numpy as np

from musegan_models.chords import chord_from_chroma
from musegan_models.notes import FloatArray, Note, bars_from_notes, pianoroll_from_notes, running
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec

_MEMORY = 4096  # notes; far more than anyone plays in the two bars that count
_LEAST = 1 / 16  # beats that the shortest note counts in a chord


class Listener:
    """Notes heard on the musician's track."""

    def __init__(self, spec: ModelSpec) -> None:
        self._spec = spec
        self.track: int | None = None  # index of the musician's track; None: the band plays all
        self._held: dict[int, tuple[float, int]] = {}  # pitch -> (beat of its onset, velocity)
        self._played: deque[Note] = deque(maxlen=_MEMORY)

    @property
    def held(self) -> int:
        """Number of notes held now."""
        return len(self._held)

    def note(self, beat: float, pitch: int, velocity: int) -> None:
        """Hear a note on or, with velocity 0, a note off. A second on ends the first; a lone off is nothing."""
        if pitch in self._held:
            start, struck = self._held.pop(pitch)
            self._played.append(Note(start, pitch, max(beat - start, 0.0), struck))
        if velocity > 0:
            self._held[pitch] = (beat, velocity)

    def forget(self) -> None:
        """Forget all notes, held ones too; keep the track."""
        self._held.clear()
        self._played.clear()

    def condition(self, beat: float) -> FloatArray | None:
        """Return what was played in the four beats before `beat`, laid out as one bar; None if that is nothing.

        The result is (2, n_tracks, n_steps, n_pitches). Each step of the bar holds what was last played at that place:
        in the bar that `beat` is in up to `beat`, in the one before from there on. So the band follows what it heard
        last.
        """
        if self.track is None:
            return None
        bar, place = divmod(beat, BEATS_PER_MEASURE)
        origin = (bar - 1) * BEATS_PER_MEASURE
        heard = [*self._played, *(Note(s, p, beat - s, v) for p, (s, v) in self._held.items())]
        shifted = [
            Note(n.time - origin, n.pitch, n.duration, n.velocity) for n in heard if n.time + n.duration >= origin
        ]
        before, now = bars_from_notes(shifted, 2, self._spec)
        planes = pianoroll_from_notes(before, self.track, self._spec)
        step = int(place * self._spec.beat_resolution)
        planes[:, :, :step] = pianoroll_from_notes(now, self.track, self._spec)[:, :, :step]
        planes[1] = running(planes[0] > 0, planes[1] > 0)  # at the seam a sustain may have lost its onset
        return planes if np.any(planes[0]) else None

    def chord(self, beat: float) -> FloatArray | None:
        """Return the chord (13,) of what was played in the four beats before `beat`; None of nothing, and of drums."""
        if self.track is not None and self._spec.tracks[self.track].is_drum:
            return None
        since = beat - BEATS_PER_MEASURE
        heard = [*self._played, *(Note(s, p, beat - s, v) for p, (s, v) in self._held.items())]
        return chord_from_notes(
            Note(n.time, n.pitch, n.time + n.duration - max(n.time, since), n.velocity)
            for n in heard
            if n.time + n.duration > since
        )


def chord_from_notes(notes: Iterable[Note]) -> FloatArray | None:
    """Return the chord (13,) that sounds longest in the notes of a bar; None where there are none."""
    chroma = np.zeros(12)
    for note in notes:
        chroma[note.pitch % 12] += max(note.duration, _LEAST)
    return chord_from_chroma(chroma) if chroma.any() else None
