"""Makes bars in the worker thread: ideas and what was heard in, notes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from musegan_bridge.show.ideas import Idea
from musegan_bridge.show.latent import Z, latents_from_z
from musegan_bridge.show.odds import odds_beside, with_odds
from musegan_models.chords import draw_progression
from musegan_models.density import Density, calibrate
from musegan_models.likeness import LAKH_LIVE, Weights, best_of, counts_of, together_with
from musegan_models.model import Model, Phrase
from musegan_models.notes import BarReader, FloatArray, Note
from musegan_models.spec import BEATS_PER_MEASURE

_KEPT_PHRASES = 4  # the one that plays, and other drafts of bars that are made again and again


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """A bar to be made, and all that it is made from: the same request gives the same bar, whatever came before."""

    number: int  # bar since play, from 0
    idea: Idea
    left_out: tuple[int, ...] = ()  # the musician's tracks, on which the band does not play
    condition: FloatArray | None = None  # (2, n_tracks, n_steps, n_pitches) of tracks that are known; None: none is
    given: tuple[int, ...] = ()  # which those are
    chord: FloatArray | None = None  # (13,) of what the musician plays; None: the progression of the idea's seed
    previous: FloatArray | None = None  # (2, n_tracks, n_steps, n_pitches) of the bar before, all tracks; None: silence
    transposition: int = 0  # semitones from the model's key, in which the planes are, to the band's
    amount: float = 1.0  # how much the condition counts, 0..1
    density: tuple[float, ...] = ()  # of each track, times its own; empty: 1
    locked: Mapping[int, Locked] = field(default_factory=dict)  # tracks whose bar is known: repeated, or of a chart
    harmony: FloatArray | None = None  # (n_tracks, n_steps, n_pitches): times the odds of each cell; None: 1
    triads: tuple[int, ...] = ()  # of the bar before and of the one before that, see `likeness`


@dataclass(frozen=True, slots=True, eq=False)
class Locked:
    """A bar of one track that is known: one to be played again, or the chords of a chart."""

    notes: Sequence[Note]  # in the model's key
    planes: FloatArray  # (2, n_steps, n_pitches)


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A bar as the model made it: in the model's key, with no accents."""

    number: int
    idea: Idea
    notes: Mapping[str, Sequence[Note]]  # for each track, in order of time; time in beats from the downbeat
    left_out: tuple[int, ...] = ()  # the musician's tracks
    planes: FloatArray | None = None  # (2, n_tracks, n_steps, n_pitches), as dense as it learned; None: silence
    transposition: int = 0  # semitones from the model's key to the band's when it was made
    triads: tuple[int, ...] = ()  # its own and that of the bar before, see `likeness`


@dataclass(frozen=True, slots=True)
class BarChords:
    """The chords that a bar was made on."""

    index: int  # of the bar in the chart, from 1; 0: it is the chord of the left hand
    part: str  # of the chart, or empty
    chords: Sequence[tuple[float, str]]  # beats from the downbeat, name; empty: no chord

    def at(self, beat: float) -> str:
        """Return the name of the chord that plays on a beat of the bar, or of the show."""
        begun = [name for time, name in self.chords if time <= beat % BEATS_PER_MEASURE]
        return begun[-1] if begun else ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as the audience hears it."""

    number: int
    idea: Idea
    notes: Mapping[str, Sequence[Note]]  # for each track, in order of time; time in beats from the downbeat
    repeated: bool = False  # it was late: these are the notes of the bar before
    draft: Draft | None = field(default=None, repr=False, compare=False)  # what it was played from
    chord: str = ""  # that its notes make, as far as they make one
    chords: BarChords | None = None  # that it was made on; None: on none

    @property
    def n_notes(self) -> int:
        """Number of notes of all tracks."""
        return sum(len(notes) for notes in self.notes.values())


class Band:
    """A model, and the phrases that it was in last."""

    def __init__(self, model: Model, density: Density | None = None, weights: Weights = LAKH_LIVE) -> None:
        self.model, self._weights = model, weights
        self._reader = BarReader(model.spec)
        self._phrases: list[tuple[Z, Phrase]] = []
        self._chords: tuple[int, FloatArray] | None = None
        self._density = density

    def bar(self, request: Request) -> Draft:
        """Make one bar. The same request gives the same notes, whatever was asked before."""
        takes = [self._take(request, z) for z in (request.idea.z, *request.idea.drafts)]
        if len(takes) == 1:
            return takes[0]
        bars = np.stack([take.planes for take in takes if take.planes is not None])
        heard = bars if request.condition is None else np.maximum(bars, request.condition)
        counts = counts_of(heard, self.model.spec, request.triads)
        lead = self._lead(request)
        together = None if lead is None else together_with(lead, bars, self.model.spec)
        best = best_of(counts, self._weights, together)
        return replace(takes[best], triads=(int(counts.triad[best]), *request.triads[:1]))

    def _lead(self, request: Request) -> FloatArray | None:
        """Return what the musician plays or is expected to play, with the other tracks silent; None: nothing."""
        own = [track for track in request.given if track in request.left_out]
        if request.condition is None or not own or not request.condition[0, own].any():
            return None
        lead = np.zeros_like(request.condition)
        lead[:, own] = request.condition[:, own]
        return lead

    def _take(self, request: Request, z: Z) -> Draft:
        """Make the bar of one z."""
        idea, spec, reader = request.idea, self.model.spec, self._reader
        phrase, chord = self._begin(z), request.chord
        if chord is None and spec.has_chord:
            chord = self._progression(idea.seed)[idea.measure]
        sure = self._probability(phrase, request, chord)
        for odds in self._odds(request):
            sure = with_odds(sure, odds)
        silent = (*request.left_out, *request.locked)
        # What it hears of itself is as dense as it learned, however dense it plays: see `Density.binarize`.
        notes, planes = reader.read(*reader.cells(sure, self._rng(idea)), sure[0], silent)
        if any(factor != 1 for factor in request.density):
            cells = self.calibrate().binarize(sure, request.density, self._rng(idea))
            notes, _ = reader.read(*cells, sure[0], silent)
        played: dict[str, Sequence[Note]] = {**notes}
        for track, own in request.locked.items():
            planes[:, track], played[spec.track_names[track]] = own.planes, own.notes
        return Draft(request.number, idea, played, request.left_out, planes, request.transposition)

    def _odds(self, request: Request) -> Iterator[FloatArray]:
        if request.harmony is not None:
            yield request.harmony
        own = [track for track in request.given if track in request.left_out]
        if request.condition is not None and own and request.amount:
            yield odds_beside(request.condition, own, self.model.spec, request.amount)

    def calibrate(self) -> Density:
        """Return how thresholds make it denser; it is measured once, and takes as long as two dozen bars."""
        self._density = self._density or calibrate(self.model)
        return self._density

    def _rng(self, idea: Idea) -> np.random.Generator | None:
        """Return what stochastic neurons draw from: the same for the same idea."""
        if self.model.spec.neurons != "stochastic":
            return None
        return np.random.default_rng((idea.seed, idea.private_seed, idea.measure))

    def _probability(self, phrase: Phrase, request: Request, chord: FloatArray | None) -> FloatArray:
        """Return (n_planes, n_tracks, n_steps, n_pitches); half an amount lies halfway between hearing and not."""
        measure, previous, condition = request.idea.measure, request.previous, request.condition
        before, now_chord = (None if part is None else part[None] for part in (previous, chord))
        if condition is None or not request.given or request.amount == 0:
            return np.asarray(self.model.bar(phrase, measure, None, None, before, now_chord)[0])
        given = np.zeros((1, self.model.spec.n_tracks), np.float32)
        given[0, list(request.given)] = 1
        heard: FloatArray = self.model.bar(phrase, measure, condition[None], given, before, now_chord)[0]
        if request.amount == 1:
            return heard
        alone = self.model.bar(phrase, measure, None, None, before, now_chord)[0]
        return np.asarray(alone + (heard - alone) * np.float32(request.amount), np.float32)

    def _begin(self, z: Z) -> Phrase:
        """Return the phrase of a z; ask the temporal generators where it is none of the last ones."""
        for i, (known, phrase) in enumerate(self._phrases):
            if len(known) == len(z) and all(a is b or np.array_equal(a, b) for a, b in zip(known, z, strict=True)):
                self._phrases.append(self._phrases.pop(i))
                return phrase
        phrase = self.model.begin(latents_from_z(z, self.model.spec))
        self._phrases.append((z, phrase))
        del self._phrases[:-_KEPT_PHRASES]
        return phrase

    def _progression(self, seed: int) -> FloatArray:
        """Return the chords (n_measures, 13) of a phrase that nobody plays chords to."""
        if self._chords is None or self._chords[0] != seed:
            self._chords = (seed, draw_progression(np.random.default_rng((seed, 1)), self.model.spec.n_measures))
        return self._chords[1]
