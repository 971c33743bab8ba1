"""The band offline: the ideas and bars of a session, written to a MIDI file; it must not know OSC or time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from musegan_bridge.band import Band, Bar, Request
from musegan_bridge.ideas import Ideas
from musegan_models.model import Model
from musegan_models.notes import Note, bars_from_notes, pianoroll_from_notes
from musegan_models.spec import BEATS_PER_MEASURE


def generate(
    model: Model, *, n_bars: int, seed: int, lead: Sequence[Note] = (), track: str | None = None
) -> Iterator[Bar]:
    """Yield `n_bars` bars, those that a session of this seed plays.

    With a `track`, the band leaves it out and follows `lead` (times in beats from the start), bar by bar.
    """
    band, ideas, spec = Band(model), Ideas(seed, model.spec.n_measures), model.spec
    index = None if track is None else spec.track_names.index(track)
    lead_bars = bars_from_notes(lead, n_bars, spec)
    for number in range(n_bars):
        condition = None
        if index is not None and lead_bars[number]:
            condition = pianoroll_from_notes(lead_bars[number], index, spec)
        yield band.bar(Request(number, ideas.next(), index, condition))


def notes_of(bars: Sequence[Bar]) -> dict[str, list[Note]]:
    """Return the notes of bars in a row, time in beats from the start."""
    notes: dict[str, list[Note]] = {}
    for bar in bars:
        start = bar.number * BEATS_PER_MEASURE
        for track, own in bar.notes.items():
            notes.setdefault(track, []).extend(Note(start + n.time, n.pitch, n.duration, n.velocity) for n in own)
    return notes
