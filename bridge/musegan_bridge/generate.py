"""The band offline: the ideas and bars of a session, written to a MIDI file; it must not know OSC or time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from musegan_bridge.band import Band, Bar
from musegan_bridge.hearing import request_of
from musegan_bridge.ideas import Ideas
from musegan_bridge.listener import chord_from_notes, shifted
from musegan_bridge.messages import SAME_BAR
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
    band, ideas, spec = Band(model), Ideas(seed, model.spec.n_measures), model.spec
    index = None if track is None else spec.track_names.index(track)
    is_drum = index is not None and spec.tracks[index].is_drum
    bar: Bar | None = None
    before: FloatArray | None = None
    lead = lead if is_drum else [shifted(note, -transposition) for note in lead]
    for number, heard in enumerate(bars_from_notes(lead, n_bars, spec)):
        now = None if index is None or not heard else pianoroll_from_notes(heard, index, spec)
        request = request_of(
            spec,
            number,
            ideas.next(),
            mode=mode,
            track=index,
            now=now,
            before=before,
            bar=bar,
            chord=chord_from_notes(heard) if spec.has_chord and not is_drum else None,
            transposition=transposition,
        )
        bar, before = band.bar(request), now
        yield bar


def notes_of(bars: Sequence[Bar]) -> dict[str, list[Note]]:
    """Return the notes of bars in a row, time in beats from the start."""
    notes: dict[str, list[Note]] = {}
    for bar in bars:
        start = bar.number * BEATS_PER_MEASURE
        for track, own in bar.notes.items():
            notes.setdefault(track, []).extend(Note(start + n.time, n.pitch, n.duration, n.velocity) for n in own)
    return notes
