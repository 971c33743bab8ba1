"""The band offline: the ideas and bars of a session, written to a MIDI file; it must not know OSC or time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from musegan_bridge.messages import SAME_BAR
from musegan_bridge.show.band import Band, Bar, Draft
from musegan_bridge.show.hearing import Heard, request_of
from musegan_bridge.show.ideas import Ideas
from musegan_bridge.show.listener import chord_from_notes, shifted
from musegan_bridge.show.performing import performed
from musegan_models.model import Model
from musegan_models.notes import FloatArray, Note, bars_from_notes, pianoroll_from_notes
from musegan_models.spec import BEATS_PER_MEASURE


def generate(
    model: Model,
    *,
    n_bars: int,
    seed: int,
    lead: Sequence[Note] = (),
    track: str | None = None,
    mode: str = SAME_BAR,
    transposition: int = 0,
) -> Iterator[Bar]:
    """Yield `n_bars` bars, those that a session of this seed plays, `transposition` semitones from the model's key.

    With a `track`, the band leaves it out and follows `lead` (times in beats from the start), bar by bar: hearing the
    bar that it plays in, or (`previous-bar`) only those before. A model that hears chords takes those of `lead`, with a
    track or without.
    """
    band, spec = Band(model), model.spec
    ideas = Ideas.begin(spec, seed)
    index = None if track is None else spec.track_names.index(track)
    is_drum = index is not None and spec.tracks[index].is_drum
    draft: Draft | None = None
    before: FloatArray | None = None
    lead = lead if is_drum else [shifted(note, -transposition) for note in lead]
    for number, notes in enumerate(bars_from_notes(lead, n_bars, spec)):
        now = None if index is None or not notes else pianoroll_from_notes(notes, index, spec)
        chord = chord_from_notes(notes) if spec.has_chord and not is_drum else None
        heard = Heard(() if index is None else (index,), now, None, before, chord)
        idea, ideas = ideas.next()
        request = request_of(spec, number, idea, mode=mode, heard=heard, draft=draft, transposition=transposition)
        draft, before = band.bar(request), now
        yield Bar(number, idea, performed(draft.notes, spec, transposition=transposition), draft=draft)


def notes_of(bars: Sequence[Bar]) -> dict[str, list[Note]]:
    """Return the notes of bars in a row, time in beats from the start."""
    notes: dict[str, list[Note]] = {}
    for bar in bars:
        start = bar.number * BEATS_PER_MEASURE
        for track, own in bar.notes.items():
            notes.setdefault(track, []).extend(Note(start + n.time, n.pitch, n.duration, n.velocity) for n in own)
    return notes
