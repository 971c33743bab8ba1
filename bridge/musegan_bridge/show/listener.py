"""What the musician plays, and the condition it makes; it must not know clients or seconds: its time is beats."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

import numpy as np

from musegan_bridge.key import transposed
from musegan_models.chords import chord_from_chroma
from musegan_models.notes import FloatArray, Note, bars_from_notes, pianoroll_from_notes, running
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec

_MEMORY = 4096  # notes; far more than anyone plays in the two bars that count
_REMEMBERED = 4 * BEATS_PER_MEASURE  # beats; no more than two bars are ever read
_CLIPS = 256  # bars
_LEAST = 1 / 16  # beats that the shortest note counts in a chord


class Listener:
    """Notes heard of the musician; kept as they were played, and read in the key that is the band's now."""

    def __init__(self, spec: ModelSpec) -> None:
        self._spec = spec
        self.tracks: tuple[int, ...] = ()  # indices of the musician's tracks; none: the band plays all
        self.transposition = 0  # semitones from the model's key to the band's
        self._held: dict[tuple[int | None, int], tuple[float, int]] = {}  # track, pitch -> beat of its onset, velocity
        self._played: deque[tuple[Note, int | None]] = deque(maxlen=_MEMORY)  # and on which track
        self._clips: dict[tuple[int, int], list[Note]] = {}  # track, bar (-1: every one) -> its notes

    def change_spec(self, spec: ModelSpec) -> None:
        """Read what is heard for another model from now on."""
        self._spec = spec

    @property
    def held(self) -> int:
        """Number of notes held now."""
        return len(self._held)

    def note(self, beat: float, pitch: int, velocity: int, track: int | None = None) -> None:
        """Hear a note on or, with velocity 0, a note off. A second on ends the first; a lone off is nothing.

        `track`: on which one; None: the first of the musician's.
        """
        own = track if track is not None else self.tracks[0] if self.tracks else None
        key = (own, pitch)
        if velocity == 0 and key not in self._held:  # it may have begun before the track was changed
            before = (held for held in self._held if held[1] == pitch and (track is None or held[0] not in self.tracks))
            key = next(before, key)
        if key in self._held:
            start, struck = self._held.pop(key)
            self._played.append((Note(start, pitch, max(beat - start, 0.0), struck), key[0]))
            while self._played[0][0].time + self._played[0][0].duration < beat - _REMEMBERED:
                self._played.popleft()
        if velocity > 0:
            self._held[own, pitch] = (beat, velocity)

    def clip(self, track: int, number: int, notes: Sequence[Note]) -> None:
        """Take a whole bar, time in beats from its downbeat, for bar `number`; -1: for every bar from now on."""
        if len(self._clips) >= _CLIPS and (track, number) not in self._clips:  # the oldest: its bar is long past
            del self._clips[next(own for own in self._clips if own[1] != -1)]
        self._clips[track, number] = list(notes)

    def forget(self) -> None:
        """Forget all notes, held ones too; keep tracks, key and clips."""
        self._held.clear()
        self._played.clear()

    def clear(self) -> None:
        """Forget the clips, too."""
        self.forget()
        self._clips.clear()

    def clip_of(self, number: int) -> FloatArray | None:
        """Return what clips say of a bar, (2, n_tracks, n_steps, n_pitches); None if there are none."""
        found = {track: notes for (track, own), notes in self._clips.items() if own in (-1, number)}
        found |= {track: notes for (track, own), notes in self._clips.items() if own == number}
        if not found:
            return None
        planes = self._silence()
        for track, notes in found.items():
            (bar,) = bars_from_notes([self._in_own_key(note, track) for note in notes], 1, self._spec)
            planes[:, track] = pianoroll_from_notes(bar, track, self._spec)[:, track]
        return planes

    def has_played(self, since: float) -> bool:
        """Return whether anything sounded from a beat on."""
        return bool(self._held) or any(note.time + note.duration >= since for note, _ in self._played)

    def bar(self, beat: float) -> FloatArray | None:
        """Return what was played in the four beats before `beat`, laid out as one bar; None if that is nothing.

        The result is (2, n_tracks, n_steps, n_pitches), each note on the track that was the musician's when it began.
        Each step of the bar holds what was last played at that place: in the bar that `beat` is in up to `beat`, in the
        one before from there on. So it is the bar that plays now, as far as it was heard, and the best guess of the
        rest; and, of someone who plays a loop, the bar to come.
        """
        number, place = divmod(beat, BEATS_PER_MEASURE)
        origin, step = (number - 1) * BEATS_PER_MEASURE, int(place * self._spec.beat_resolution)
        heard = self._heard(origin, beat)
        if not heard:
            return None
        planes = self._silence()
        for track in {track for _, track in heard if track is not None}:
            own = [_from(origin, note) for note, played_on in heard if played_on == track]
            before, now = (pianoroll_from_notes(bar, track, self._spec) for bar in bars_from_notes(own, 2, self._spec))
            planes[:, track, :step], planes[:, track, step:] = now[:, track, :step], before[:, track, step:]
        planes[1] = running(planes[0] > 0, planes[1] > 0)  # at the seam a sustain may have lost its onset
        return planes if np.any(planes[0]) else None

    def chord(self, beat: float) -> FloatArray | None:
        """Return the chord (13,) of what was played in the four beats before `beat`; None of nothing, and of drums."""
        since = beat - BEATS_PER_MEASURE
        return chord_from_notes(
            Note(n.time, n.pitch, n.time + n.duration - max(n.time, since), n.velocity)
            for n, track in self._heard(since, beat)
            if n.time + n.duration > since and not self._is_drum(track)
        )

    def _heard(self, since: float, beat: float) -> list[tuple[Note, int | None]]:
        """Return the notes that sounded from beat `since` on, in the model's key; held ones sound until `beat`."""
        held = ((Note(s, pitch, max(beat - s, 0.0), v), track) for (track, pitch), (s, v) in self._held.items())
        return [
            (self._in_own_key(note, track), track)
            for note, track in (*self._played, *held)
            if note.time + note.duration >= since
        ]

    def _in_own_key(self, note: Note, track: int | None) -> Note:
        return note if self._is_drum(track) else shifted(note, -self.transposition)

    def _silence(self) -> FloatArray:
        shape = (2, self._spec.n_tracks, self._spec.measure_resolution, self._spec.n_pitches)
        return np.zeros(shape, np.float32)

    def _is_drum(self, track: int | None) -> bool:
        return track is not None and self._spec.tracks[track].is_drum


def _from(origin: float, note: Note) -> Note:
    """Return a note as it is heard from a beat on, time from there: one that is held for an hour is not cut to bars."""
    start = max(note.time, origin)
    return Note(start - origin, note.pitch, note.time + note.duration - start, note.velocity)


def shifted(note: Note, semitones: int) -> Note:
    """Return a pitched note, transposed."""
    return Note(note.time, transposed(note.pitch, semitones), note.duration, note.velocity)


def chord_from_notes(notes: Iterable[Note]) -> FloatArray | None:
    """Return the chord (13,) that sounds longest in the notes of a bar; None where there are none."""
    chroma = np.zeros(12)
    for note in notes:
        chroma[note.pitch % 12] += max(note.duration, _LEAST)
    return chord_from_chroma(chroma) if chroma.any() else None
