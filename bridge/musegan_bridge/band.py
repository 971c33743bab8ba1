"""Makes bars in the worker thread: ideas and what was heard in, notes out; it must not know time or clients."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from musegan_bridge.accent import accented
from musegan_bridge.ideas import Idea
from musegan_bridge.key import transposed
from musegan_models.chords import draw_progression
from musegan_models.model import Model, Phrase, draw_latents
from musegan_models.notes import FloatArray, Note, binarize, notes_from_planes, tidy


@dataclass(frozen=True, slots=True)
class Request:
    """A bar to be made, and all that it is made from: the same request gives the same bar, whatever came before."""

    number: int  # bar since play, from 0
    idea: Idea
    track: int | None = None  # the musician's own track, which the band leaves out
    condition: FloatArray | None = None  # (2, n_tracks, n_steps, n_pitches) of what he plays in it; None: not known
    chord: FloatArray | None = None  # (13,) of what the musician plays; None: the progression of the idea's seed
    previous: FloatArray | None = None  # (2, n_tracks, n_steps, n_pitches) of the bar before, all tracks; None: silence
    transposition: int = 0  # semitones from the model's key, in which the planes are, to the band's


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar made."""

    number: int
    idea: Idea
    notes: Mapping[str, Sequence[Note]]  # for each track, in order of time; time in beats from the downbeat
    repeated: bool = False  # it was late: these are the notes of the bar before
    track: int | None = None  # the musician's, which the band left out
    planes: FloatArray | None = field(default=None, repr=False, compare=False)  # of the band, in the model's key

    @property
    def n_notes(self) -> int:
        """Number of notes of all tracks."""
        return sum(len(notes) for notes in self.notes.values())


class Band:
    """A model, and the phrase it is in."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._idea: tuple[int, int] | None = None
        self._phrase: Phrase | None = None
        self._chords: FloatArray | None = None

    def bar(self, request: Request) -> Bar:
        """Make one bar. The same request gives the same notes, whatever was asked before."""
        idea, spec, track = request.idea, self.model.spec, request.track
        phrase = self._begin(idea)
        given = None
        if track is not None and request.condition is not None:
            given = np.zeros((1, spec.n_tracks), np.float32)
            given[0, track] = 1
        chord = request.chord
        if chord is None and self._chords is not None:
            chord = self._chords[idea.measure]
        condition, previous, chord = (
            None if part is None else part[None] for part in (request.condition, request.previous, chord)
        )
        probability = self.model.bar(phrase, idea.measure, condition, given, previous, chord)[0]
        chance = (idea.seed, idea.private_seed, idea.measure)
        rng = np.random.default_rng(chance) if spec.neurons == "stochastic" else None
        onset, sustain = tidy(*binarize(probability, spec, rng), probability[0], spec)
        left_out = () if track is None else (track,)
        planes = None
        if spec.hears_previous:
            planes = np.stack([onset, sustain]).astype(np.float32)
            planes[:, list(left_out)] = 0
        notes = notes_from_planes(onset, sustain, probability[0], spec, left_out)
        performed = {t.name: _perform(notes[t.name], 0 if t.is_drum else request.transposition) for t in spec.tracks}
        return Bar(request.number, idea, performed, track=track, planes=planes)

    def _begin(self, idea: Idea) -> Phrase:
        """Return the phrase of an idea; draw its z where it is not the one that plays."""
        if self._phrase is None or self._idea != (idea.seed, idea.private_seed):
            spec = self.model.spec
            latents = draw_latents(spec, np.random.default_rng(idea.seed))
            private = draw_latents(spec, np.random.default_rng(idea.private_seed)).private
            self._phrase = self.model.begin(dataclasses.replace(latents, private=private))
            if spec.has_chord:
                self._chords = draw_progression(np.random.default_rng((idea.seed, 1)), spec.n_measures)
            self._idea = (idea.seed, idea.private_seed)
        return self._phrase


def _perform(notes: Sequence[Note], semitones: int) -> list[Note]:
    """Return a track's notes as the audience hears them: accented, in the band's key."""
    return [Note(n.time, transposed(n.pitch, semitones), n.duration, accented(n.velocity, n.time)) for n in notes]
