"""Which chords each bar of the show is made on: those of the chart, or the one that the left hand holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from musegan_bridge.chords.chart import Chart, ChartBar, Chord, Part
from musegan_bridge.chords.voicing import bass_line, pad
from musegan_bridge.show.band import BarChords, Locked
from musegan_bridge.show.hearing import Pad
from musegan_bridge.show.listener import shifted
from musegan_models.chords import chord as model_chord
from musegan_models.notes import FloatArray, pianoroll_from_notes
from musegan_models.spec import BEATS_PER_MEASURE, OCTAVE, ModelSpec

_RANGES = {"bass": (28, 47), "guitar": (48, 72), "piano": (50, 74), "strings": (52, 79)}  # MIDI pitches of the chords
_USUAL_RANGE = (50, 76)  # on any other track
_OUTSIDE = 0.1  # times the odds of a note between half beats that is not in the chord; on half beats there is none
_ROOT, _NOT_ROOT = 20.0, 0.01  # times the odds that the bass begins a chord on its lowest note, and on another one


class ChartPlayer:
    """The chart, where it is, and the chord of the left hand, which comes first.

    Bars of the show are numbered from 0; those of the chart from 1, as musicians count.
    """

    def __init__(self, spec: ModelSpec) -> None:
        self._spec = spec
        self.track = default_track(spec)  # that plays the chords
        self.chart: Chart | None = None
        self._part: str | None = None  # that plays alone; None: all of them in a row
        self._start = 0  # number of a bar of the show in which the chart, or its part, begins
        self._held: Chord | None = None
        self._voices: dict[int, Sequence[int]] = {}  # the last pitches of the bars that were asked for

    @property
    def text(self) -> str:
        """The chart as it was written; empty: none."""
        return "" if self.chart is None else self.chart.text

    @property
    def _bars(self) -> Sequence[ChartBar]:
        return [bar for part in self._parts for bar in part.bars]

    @property
    def _parts(self) -> Sequence[Part]:
        if self.chart is None:
            return ()
        return self.chart.parts if self._part is None else (self.chart.part(self._part),)

    # What changes it; each from the bar of a number on

    def change(self, chart: Chart | None, number: int) -> None:
        """Play another chart; where one plays already, at the place where that is. None: play without one."""
        if self.chart is None:
            self._start = number
        self.chart = chart
        if self._part is not None and (chart is None or self._part not in _names(chart)):
            self._part = None
        self._voices.clear()

    def go_to(self, index: int, number: int) -> None:
        """Play bar `index` of the chart, from 1; raise ValueError where it has no such bar."""
        n = len(self._bars)
        if not 1 <= index <= n:
            told = f"in 1..{n}" if n else "of a chart, and there is none"
            raise ValueError(f"bar must be {told}, got {index}")
        self._start = number - (index - 1)

    def enter(self, section: str, number: int) -> None:
        """Play the part of a section's name, from its first bar; of any other name: go on with the whole chart."""
        part = section if self.chart is not None and section in _names(self.chart) else None
        if part == self._part:
            return
        if part is not None:
            self._start = number
        elif self.chart is not None:  # go on behind the part that is left
            names = [own.name for own in self.chart.parts]
            behind = sum(len(own.bars) for own in self.chart.parts[: names.index(str(self._part)) + 1])
            self._start = number - behind
        self._part = part

    def hold(self, chord: Chord | None) -> bool:
        """Play on the chord of the left hand; None: on the chart again. Return whether that changes anything."""
        was, self._held = self._held, chord
        return was != chord

    def change_spec(self, spec: ModelSpec) -> None:
        """Play the chords to another model."""
        self._spec = spec

    # What bars are made on

    def chords_of(self, number: int) -> BarChords | None:
        """Return the names of the chords of a bar; None: it has none."""
        place, bar = self._place(number), self._bar(number)
        if bar is None:
            return None
        return BarChords(*place, [(time, "" if chord is None else chord.name) for time, chord in bar.chords])

    @property
    def length(self) -> int:
        """How many bars the chart, or its part, has."""
        return len(self._bars)

    def pad(self, number: int, transposition: int, *, is_heard: bool) -> Pad | None:
        """Return the chords of a bar as a model hears and plays them; None: it has none.

        `transposition`: semitones from the model's key to the band's.
        """
        bar = self._bar(number)
        if bar is None or self.track not in self._spec.track_names:
            return None
        track = self._spec.track_names.index(self.track)
        low, high = _RANGES.get(self.track, _USUAL_RANGE)
        if self.track == "bass":
            notes = bass_line(bar, low, high)
        else:
            notes, self._voices[number] = pad(bar, self._voices.get(number - 1, ()), low, high)
            self._voices = {own: voices for own, voices in self._voices.items() if own > number - 64}
        own = [shifted(note, -transposition) for note in notes]
        planes = pianoroll_from_notes(own, track, self._spec)[:, track]
        first = next((chord for _, chord in bar.chords if chord is not None), None)
        return Pad(
            track,
            Locked(own if is_heard else (), planes),
            self._harmony(bar, transposition),
            None if first is None else _triad(first, transposition),
        )

    def _place(self, number: int) -> tuple[int, str]:
        if self._held is not None:
            return 0, ""
        index = behind = (number - self._start) % max(1, len(self._bars))
        for part in self._parts:
            if behind < len(part.bars):
                return index + 1, part.name
            behind -= len(part.bars)
        return 0, ""

    def _bar(self, number: int) -> ChartBar | None:
        if self._held is not None:
            return ChartBar(((0.0, self._held),))
        bars = self._bars
        return bars[(number - self._start) % len(bars)] if bars else None

    def _harmony(self, bar: ChartBar, transposition: int) -> FloatArray:
        """Return by what the odds of each cell are multiplied, (n_tracks, n_steps, n_pitches)."""
        spec = self._spec
        classes = (spec.lowest_pitch + np.arange(spec.n_pitches) + transposition) % OCTAVE
        factors = np.ones((spec.n_tracks, spec.measure_resolution, spec.n_pitches), np.float32)
        pitched = [i for i, track in enumerate(spec.tracks) if not track.is_drum]
        ends = [*[time for time, _ in bar.chords[1:]], float(BEATS_PER_MEASURE)]
        for (time, chord), end in zip(bar.chords, ends, strict=True):
            if chord is None:
                continue
            first, last = (round(beat * spec.beat_resolution) for beat in (time, end))
            tones = {*chord.pitch_classes, chord.bass}
            factors[pitched, first:last] *= _only(classes, tones, _OUTSIDE)
            half_beats = range(first, last, max(1, spec.beat_resolution // 2))
            for track in pitched:
                factors[track, half_beats] *= _only(classes, tones, 0)
            if "bass" in spec.track_names and first < spec.measure_resolution:
                factors[spec.track_names.index("bass"), first] *= _only(classes, {chord.bass}, _NOT_ROOT, _ROOT)
        return factors


def default_track(spec: ModelSpec) -> str:
    """Return the track that plays the chords of a chart where nobody chose one: strings, else the last pitched one."""
    pitched = [track.name for track in spec.tracks if not track.is_drum] or [spec.track_names[-1]]
    return "strings" if "strings" in pitched else pitched[-1]


def _only(
    classes: np.ndarray[tuple[int], np.dtype[np.int64]], kept: Collection[int], others: float, own: float = 1.0
) -> FloatArray:
    return np.where(np.isin(classes, list(kept)), own, others).astype(np.float32)


def _triad(chord: Chord, transposition: int) -> FloatArray:
    """Return a chord as `musegan_models.chords` has it, (13,): only whether it is major or minor."""
    third = (chord.root + 3) % OCTAVE
    is_minor = third in chord.pitch_classes and (third + 1) % OCTAVE not in chord.pitch_classes
    return model_chord((chord.root - transposition) % OCTAVE, is_minor)


def _names(chart: Chart) -> set[str]:
    return {part.name for part in chart.parts if part.name}
