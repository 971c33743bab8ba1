"""The band offline: the ideas and bars of a session, written to a MIDI file; it must not know OSC or time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from musegan_bridge.band import Band, Bar, Request, previous_of
from musegan_bridge.ideas import Ideas
from musegan_bridge.listener import chord_from_notes
from musegan_models.model import Model
from musegan_models.notes import Note, bars_from_notes, pianoroll_from_notes
from musegan_models.spec import BEATS_PER_MEASURE


def generate(
    model: Model, *, n_bars: int, seed: int, lead: Sequence[Note] = (), track: str | None = None
) -> Iterator[Bar]:
    """Yield `n_bars` bars, those that a session of this seed plays.

    With a `track`, the band leaves it out and follows `lead` (times in beats from the start), bar by bar. A model that
    hears chords takes those of `lead`, with a track or without.
    """
    band, ideas, spec = Band(model), Ideas(seed, model.spec.n_measures), model.spec
    index = None if track is None else spec.track_names.index(track)
    lead_bars = bars_from_notes(lead, n_bars, spec)
    bar: Bar | None = None
    for number, heard in enumerate(lead_bars):
        condition = chord = None
        if index is not None and heard:
            condition = pianoroll_from_notes(heard, index, spec)
        if spec.has_chord and (index is None or not spec.tracks[index].is_drum):
            chord = chord_from_notes(heard)
        idea = ideas.next()
        bar = band.bar(Request(number, idea, index, condition, chord, previous_of(bar, idea)))
        yield bar


def notes_of(bars: Sequence[Bar]) -> dict[str, list[Note]]:
    """Return the notes of bars in a row, time in beats from the start."""
    notes: dict[str, list[Note]] = {}
    for bar in bars:
        start = bar.number * BEATS_PER_MEASURE
        for track, own in bar.notes.items():
            notes.setdefault(track, []).extend(Note(start + n.time, n.pitch, n.duration, n.velocity) for n in own)
    return notes
