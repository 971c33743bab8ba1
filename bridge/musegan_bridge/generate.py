"""The band offline: the bars of a show, made as fast as they can be, for a MIDI file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from musegan_bridge.chords.chart import Chart
from musegan_bridge.messages import ANTICIPATE, CONTROLS, SAME_BAR
from musegan_bridge.show.band import Band, Bar, Draft
from musegan_bridge.show.chart_player import ChartPlayer
from musegan_bridge.show.following import heard_of, lead_of
from musegan_bridge.show.hearing import mode_of, request_of
from musegan_bridge.show.ideas import Idea, Ideas
from musegan_bridge.show.listener import Listener
from musegan_bridge.show.performing import performed
from musegan_bridge.show.state import Controls
from musegan_models.model import Model
from musegan_models.notes import Note, bars_from_notes
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec


@dataclass(frozen=True, slots=True)
class Lead:
    """What a musician plays while the band plays."""

    notes: Sequence[Note]  # times in beats from the start
    track: str | None = None  # theirs; None: they play to a band that hears chords, on no track of it
    mode: str = ANTICIPATE


@dataclass(frozen=True, slots=True)
class ChartSettings:
    """The chords that the band plays on."""

    chart: Chart
    track: str | None = None  # that plays them; None: as on stage
    is_heard: bool = True


@dataclass(frozen=True, slots=True)
class FormSettings:
    """Which phrases come back, and how many drafts there are of each bar: the controls of these names."""

    form: str = str(CONTROLS["form"].default)
    variation: float = 0.0
    drafts: int = int(CONTROLS["drafts"].default)


def generate(
    model: Model,
    *,
    n_bars: int,
    seed: int,
    lead: Lead | None = None,
    chart: ChartSettings | None = None,
    transposition: int = 0,
    form: FormSettings | None = None,
) -> Iterator[Bar]:
    """Yield `n_bars` bars, those that a session of this seed plays, `transposition` semitones from the model's key.

    The band leaves the track of a `lead` out and follows it as on stage: in the modes `anticipate` and `previous-bar`
    a bar is made one beat before its downbeat (the control `commit`), and nothing that is played later is known. In
    `same-bar` each bar of the lead is known before it is played, as a clip is.
    """
    band, spec, controls = Band(model), model.spec, Controls(model.spec.track_names)
    ideas, listener, chords = Ideas.begin(spec, seed), Listener(spec), ChartPlayer(spec)
    listener.transposition = transposition
    if chart is not None:
        chords.change(chart.chart, 0)
        chords.track = chart.track or chords.track
    if form is not None:
        for name, value in (("form", form.form), ("variation", form.variation), ("drafts", form.drafts)):
            controls.set(name, value)
    player = _Player(lead, listener, n_bars, spec)
    if lead is not None:
        controls.set("in/mode", lead.mode)
    draft: Draft | None = None
    past: dict[int, Idea] = {}
    for number in range(n_bars):
        beat = number * BEATS_PER_MEASURE - controls.number("commit")
        player.play_until(beat)
        heard = heard_of(listener, controls, spec, number, beat)
        led_by = lead_of(listener, heard, controls, number, beat, past.get)
        idea, ideas = ideas.next(replace(controls.bearing, lead=led_by))
        past[number] = idea
        pad = None if chart is None else chords.pad(number, transposition, is_heard=chart.is_heard)
        request = request_of(
            spec,
            number,
            idea,
            mode=str(controls["in/mode"]),
            heard=heard,
            draft=draft,
            transposition=transposition,
            pad=pad,
        )
        draft = band.bar(request)
        notes = performed(draft.notes, spec, transposition=transposition)
        yield Bar(number, idea, notes, chords=chords.chords_of(number), draft=draft)


class _Player:
    """Plays a lead to a listener."""

    def __init__(self, lead: Lead | None, listener: Listener, n_bars: int, spec: ModelSpec) -> None:
        self._listener = listener
        self._events: list[tuple[float, int, int]] = []  # beat, velocity (0: note off), pitch; those to come are last
        if lead is None:
            return
        if lead.track is not None:
            listener.tracks = (spec.track_names.index(lead.track),)
        if mode_of(spec, lead.mode) == SAME_BAR and lead.track is not None:
            for number, notes in enumerate(bars_from_notes(lead.notes, n_bars, spec)):
                listener.clip(listener.tracks[0], number, notes)
            return
        for note in lead.notes:
            self._events += [(note.time, note.velocity, note.pitch), (note.time + note.duration, 0, note.pitch)]
        self._events.sort(reverse=True)

    def play_until(self, beat: float) -> None:
        """Play what comes before a beat."""
        while self._events and self._events[-1][0] < beat:
            time, velocity, pitch = self._events.pop()
            self._listener.note(time, pitch, velocity)
        self._listener.remember(beat)


def notes_of(bars: Sequence[Bar]) -> dict[str, list[Note]]:
    """Return the notes of bars in a row, time in beats from the start."""
    notes: dict[str, list[Note]] = {}
    for bar in bars:
        start = bar.number * BEATS_PER_MEASURE
        for track, own in bar.notes.items():
            notes.setdefault(track, []).extend(Note(start + n.time, n.pitch, n.duration, n.velocity) for n in own)
    return notes
