"""What the musician plays, what is expected of them next, and the planes that a model hears; time is in beats."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from musegan_bridge.key import transposed
from musegan_bridge.show.dynamics import Dynamics
from musegan_models.chords import chord_from_chroma
from musegan_models.memory import Expectation, Memory
from musegan_models.notes import FloatArray, Note, bars_from_notes, pianoroll_from_notes, running
from musegan_models.spec import BEATS_PER_MEASURE, OCTAVE, ModelSpec

_MEMORY = 4096  # notes; far more than anyone plays in the two bars that count
CHORD_BEATS = 2.0
"""Beats in which the chord that is played now is looked for."""

_KEPT = 4 * BEATS_PER_MEASURE  # beats that notes are kept; a bar is put into the memory as soon as it has ended
_MOST_NOTES = 128  # of a bar and a track that are remembered: a flood of notes must not fill the memory
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
        self.dynamics = Dynamics()
        self.newest: float | None = None  # beat of the newest note on
        self.memory = Memory(drums=[i for i, track in enumerate(spec.tracks) if track.is_drum])
        self._last: int | None = None  # number of the last bar in the memory
        self._remembered: int | None = None  # number of the first bar that has not ended yet; None: before the first

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
            while self._played[0][0].time + self._played[0][0].duration < beat - _KEPT:
                self._played.popleft()
        if velocity > 0:
            self._held[own, pitch] = (beat, velocity)
            self.dynamics.strike(beat, velocity)
            self.newest = beat
        if self._remembered is not None and beat // BEATS_PER_MEASURE == self._last:  # it arrived late
            self._remembered = self._last

    def clip(self, track: int, number: int, notes: Sequence[Note]) -> None:
        """Take a whole bar, time in beats from its downbeat, for bar `number`; -1: for every bar from now on."""
        if len(self._clips) >= _CLIPS and (track, number) not in self._clips:  # the oldest: its bar is long past
            del self._clips[next(own for own in self._clips if own[1] != -1)]
        self._clips[track, number] = list(notes)

    def forget(self) -> None:
        """Forget the notes of the bars that play, held ones too; keep tracks, key, clips and the memory."""
        self._held.clear()
        self._played.clear()
        self._remembered = self.newest = None

    def clear(self) -> None:
        """Forget the clips and the memory, too."""
        self.forget()
        self._clips.clear()
        self.memory.clear()
        self._last = None

    def remember(self, beat: float, *, listens: bool = True) -> None:
        """Put each bar that has ended by `beat` into the memory; where the band does not listen, there is a gap."""
        playing = math.floor(beat / BEATS_PER_MEASURE)
        if self._remembered is None:  # a bar that was joined in its middle is not known
            self._remembered = math.ceil(beat / BEATS_PER_MEASURE)
        for number in range(max(self._remembered, playing - 3), playing):
            if listens and self.tracks:
                self._remember(number, beat)
        self._remembered = max(self._remembered, playing)

    def _remember(self, number: int, beat: float) -> None:
        bar = self._notes_of(number, beat)
        if len(self.memory) or any(bar.values()):  # the memory begins with the first note
            self.memory.hear(number, bar)
            self._last = number

    def expected(self, number: int, beat: float) -> Expectation | None:
        """Return what the musician is expected to play in a bar, as far as they were heard until `beat`."""
        playing = math.floor(beat / BEATS_PER_MEASURE)
        if playing - 1 != self._last:  # where the show began, or went on after a stop
            return self.memory.expect(number, self.tracks)
        partly = self._notes_of(playing, beat)
        return self.memory.expect(number, self.tracks, partly, beat - playing * BEATS_PER_MEASURE)

    def planes_of(self, bar: Mapping[int, Sequence[Note]]) -> FloatArray | None:
        """Return the notes of a bar, by track, as (2, n_tracks, n_steps, n_pitches) in the model's key; None: none."""
        if not any(bar.values()):
            return None
        planes = self._silence()
        for track, notes in bar.items():
            own = [self._in_own_key(note, track) for note in notes]
            planes[:, track] = pianoroll_from_notes(own, track, self._spec)[:, track]
        return planes

    def _notes_of(self, number: int, beat: float) -> dict[int, list[Note]]:
        """Return what was heard of a bar until `beat`, by track, at the pitches that were played."""
        origin = (number - 1) * BEATS_PER_MEASURE  # a note that is struck just before the bar line is of the bar after
        bar: dict[int, list[Note]] = {track: [] for track in self.tracks}
        for note, track in self._sounded(origin, beat):
            if track is not None:
                bar.setdefault(track, []).append(_from(origin, note))
        bar = {track: bars_from_notes(notes, 2, self._spec)[1] for track, notes in bar.items()}
        bar |= {track: self._cut(notes) for track, notes in self._clips_of(number).items()}
        return {track: notes[:_MOST_NOTES] for track, notes in bar.items()}

    def clip_of(self, number: int) -> FloatArray | None:
        """Return what clips say of a bar, (2, n_tracks, n_steps, n_pitches); None if there are none."""
        found = {track: self._cut(notes) for track, notes in self._clips_of(number).items()}
        return (self._silence() if (planes := self.planes_of(found)) is None else planes) if found else None

    def _clips_of(self, number: int) -> dict[int, list[Note]]:
        found = {track: notes for (track, own), notes in self._clips.items() if own in (-1, number)}
        return found | {track: notes for (track, own), notes in self._clips.items() if own == number}

    def _cut(self, notes: Sequence[Note]) -> list[Note]:
        return bars_from_notes(notes, 1, self._spec)[0]

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

    def sounding(self, beat: float) -> list[Note]:
        """Return the pitched notes of the chord that is played now: those held, if they are three or more; else of the
        last two beats. Durations are those of the part that was heard then.
        """
        since = beat - CHORD_BEATS
        held = [
            Note(max(start, since), pitch, beat - max(start, since), velocity)
            for (track, pitch), (start, velocity) in self._held.items()
            if not self._is_drum(track)
        ]
        if len({note.pitch % OCTAVE for note in held}) >= 3:
            return held
        return [
            _from(since, note)._replace(time=max(note.time, since))
            for note, track in self._sounded(since, beat)
            if not self._is_drum(track)
        ]

    def _heard(self, since: float, beat: float) -> list[tuple[Note, int | None]]:
        """Return the notes that sounded from beat `since` on, in the model's key; held ones sound until `beat`."""
        return [(self._in_own_key(note, track), track) for note, track in self._sounded(since, beat)]

    def _sounded(self, since: float, beat: float) -> list[tuple[Note, int | None]]:
        """Return the same at the pitches that were played."""
        held = ((Note(s, pitch, max(beat - s, 0.0), v), track) for (track, pitch), (s, v) in self._held.items())
        return [(note, track) for note, track in (*self._played, *held) if note.time + note.duration >= since]

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
