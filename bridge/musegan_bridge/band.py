"""Makes bars in the worker thread: ideas and what was heard in, notes out; it must not know time or clients."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from musegan_bridge.ideas import Idea
from musegan_models.chords import draw_progression
from musegan_models.model import Model, Phrase, draw_latents
from musegan_models.notes import FloatArray, Note, binarize, notes_from_planes
from musegan_models.spec import ModelSpec


@dataclass(frozen=True, slots=True)
class Request:
    """A bar to be made, and all that it is made from: the same request gives the same bar, whatever came before."""

    number: int  # bar since play, from 0
    idea: Idea
    track: int | None = None  # the musician's own track, which the band leaves out
    condition: FloatArray | None = None  # (2, n_tracks, n_steps, n_pitches) of what the musician plays; None: nothing
    chord: FloatArray | None = None  # (13,) of what the musician plays; None: the progression of the idea's seed
    previous: FloatArray | None = None  # (2, n_tracks, n_steps, n_pitches) of the bar before; None: silence


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar made."""

    number: int
    idea: Idea
    notes: Mapping[str, Sequence[Note]]  # for each track, in order of time; time in beats from the downbeat
    repeated: bool = False  # it was late: these are the notes of the bar before
    planes: FloatArray | None = field(default=None, repr=False, compare=False)  # for a model that hears the bar before

    @property
    def n_notes(self) -> int:
        """Number of notes of all tracks."""
        return sum(len(notes) for notes in self.notes.values())


def previous_of(bar: Bar | None, idea: Idea) -> FloatArray | None:
    """Return what a bar of `idea` hears as the bar before it, `bar` being the one that was played.

    A phrase begins after silence, whatever was played: so the two seeds of a bar bring its phrase back.
    """
    if bar is None or idea.measure == 0:
        return None
    same = (bar.idea.seed, bar.idea.private_seed) == (idea.seed, idea.private_seed)
    return bar.planes if same else None


def own_track(spec: ModelSpec) -> str | None:
    """Return the track that is the musician's who plays without having chosen one.

    It is the one that the model was made to follow, else the piano (the AAAI paper's condition), else the first pitched
    one. None where what is played tells the chords, and no track has to be given up for it.
    """
    if spec.has_chord:
        return None
    pitched = [track.name for track in spec.tracks if not track.is_drum] or list(spec.track_names)
    return spec.condition_track or ("piano" if "piano" in pitched else pitched[0])


def follows(spec: ModelSpec, track: str) -> bool:
    """Return whether the model hears what is played on a track; any track can be left to the musician."""
    return spec.conditional and spec.condition_track in (None, track)


def describe_hearing(spec: ModelSpec) -> str:
    """Return in a few words what of a musician's playing the band hears."""
    if spec.conditional:
        return f"follows {spec.condition_track or 'any track'}"
    return "follows the chords that you play" if spec.has_chord else "follows nobody: it was trained from scratch"


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
        condition = given = None
        if request.condition is not None and track is not None and follows(spec, spec.track_names[track]):
            condition = request.condition[None]
            given = np.zeros((1, spec.n_tracks), np.float32)
            given[0, track] = 1
        previous = None if request.previous is None else request.previous[None]
        chord = request.chord
        if chord is None and self._chords is not None:
            chord = self._chords[idea.measure]
        probability = self.model.bar(
            phrase, idea.measure, condition, given, previous, None if chord is None else chord[None]
        )[0]
        chance = (idea.seed, idea.private_seed, idea.measure)
        rng = np.random.default_rng(chance) if spec.neurons == "stochastic" else None
        onset, sustain = binarize(probability, spec, rng)
        planes = None
        if spec.hears_previous:
            planes = np.stack([onset, sustain]).astype(np.float32)
            if track is not None:  # there the musician was heard, not the band
                planes[:, track] = 0 if request.condition is None else request.condition[:, track]
        left_out = () if track is None else (track,)
        return Bar(
            request.number, idea, notes_from_planes(onset, sustain, probability[0], spec, left_out), planes=planes
        )

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
