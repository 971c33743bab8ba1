"""Makes bars in the worker thread: ideas and conditions in, notes out; it must not know time or clients."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from musegan_bridge.ideas import Idea
from musegan_models.model import Model, Phrase, draw_latents
from musegan_models.notes import FloatArray, Note, notes_from_pianoroll


@dataclass(frozen=True, slots=True)
class Request:
    """A bar to be made."""

    number: int  # bar since play, from 0
    idea: Idea
    track: int | None = None  # the musician's own track, which the band leaves out
    condition: FloatArray | None = None  # (2, n_tracks, n_steps, n_pitches) of what the musician plays; None: nothing


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar made."""

    number: int
    idea: Idea
    notes: Mapping[str, Sequence[Note]]  # for each track, in order of time; time in beats from the downbeat
    repeated: bool = False  # it was late: these are the notes of the bar before

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

    def bar(self, request: Request) -> Bar:
        """Make one bar. The same idea and condition give the same notes, whatever was asked before."""
        idea, spec = request.idea, self.model.spec
        if self._phrase is None or self._idea != (idea.seed, idea.private_seed):
            latents = draw_latents(spec, np.random.default_rng(idea.seed))
            private = draw_latents(spec, np.random.default_rng(idea.private_seed)).private
            self._phrase = self.model.begin(dataclasses.replace(latents, private=private))
            self._idea = (idea.seed, idea.private_seed)
        condition = given = None
        if request.condition is not None and request.track is not None:
            condition = request.condition[None]
            given = np.zeros((1, spec.n_tracks), np.float32)
            given[0, request.track] = 1
        onset, sustain = self.model.bar(self._phrase, idea.measure, condition, given)
        left_out = () if request.track is None else (request.track,)
        return Bar(request.number, idea, notes_from_pianoroll(onset[0], sustain[0], spec, left_out))
