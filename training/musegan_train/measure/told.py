"""What a band is told of the bar to come of the track that it follows; it must not know what the band makes of it.

A lead is what one track plays in some songs, bool `(n_songs, n_bars, 2, n_steps, n_pitches)`, planes onset and sustain.
What is told of its bars has the same shape; a bar of which nothing is told is silent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from musegan_models.memory import Memory
from musegan_models.notes import Note, pianoroll_from_notes, running
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec
from musegan_train.measure.metrics import BoolArray, FloatArray
from musegan_train.measure.rhythm import rhythmic_overlap, struck_steps
from musegan_train.measure.sample import notes_from_planes
from musegan_train.measure.tonal import chroma_of_beats, fold_pitches, pitch_classes, tonal_distance

NOTHING, BEST, ANTICIPATED, GIVEN = "nothing (awaited)", "the best earlier bar", "what it anticipates", "the bar itself"

ASKED = 1
"""Beats before a downbeat at which the band makes the bar, as on stage: nothing later is known."""

_LATE = {
    "the lead two beats late": 2,
    "the lead a beat late": 1,
    **{f"the lead {n} bar{'s' * (n > 1)} late": n * BEATS_PER_MEASURE for n in (1, 2, 4, 8, 16)},
}


def ways_to_tell(spec: ModelSpec, track: int) -> dict[str, Callable[[BoolArray], BoolArray]]:
    """Return all that a band can be told, by name, from the least to the most."""
    return {
        NOTHING: np.zeros_like,
        **{name: partial(late, n_steps=beats * spec.beat_resolution) for name, beats in _LATE.items()},
        BEST: lambda lead: best_earlier(lead, spec, track),
        ANTICIPATED: lambda lead: anticipated(lead, spec, track),
        GIVEN: np.copy,
    }


def late(lead: BoolArray, n_steps: int) -> BoolArray:
    """Return what was played `n_steps` steps earlier. A note that is cut at the new bar line is struck again there."""
    n, bars, _, steps, pitches = lead.shape
    flat = lead.swapaxes(1, 2).reshape(n, 2, bars * steps, pitches)
    moved = np.zeros_like(flat)
    moved[:, :, n_steps:] = flat[:, :, : flat.shape[2] - n_steps]
    told = moved.reshape(n, 2, bars, steps, pitches).swapaxes(1, 2).copy()
    told[:, :, 0, 0] |= told[:, :, 1, 0]
    told[:, :, 1, 0] = False
    return told


def heard_before(lead: BoolArray, spec: ModelSpec) -> BoolArray:
    """Return the bar before each bar, as far as it is heard when the band is `ASKED`; the rest is of the one before."""
    before, earlier = (np.concatenate((np.zeros_like(lead[:, :n]), lead[:, :-n]), axis=1) for n in (1, 2))
    missing = ASKED * spec.beat_resolution
    before[:, :, :, -missing:] = earlier[:, :, :, -missing:]
    before[:, :, 1] = running(before[:, :, 0], before[:, :, 1])  # at the seam a sustain may have lost its onset
    return before


def best_earlier(lead: BoolArray, spec: ModelSpec, track: int) -> BoolArray:
    """Return of each bar the earlier one of its song that is nearest to it, of equals the latest.

    Pitched tracks: in tonal distance; a beat that sounds in one of the two alone is as far as one met by chance. Drums:
    in the steps that are struck. Nobody on stage can know it: it is the bound of all that a memory can give.
    """
    told = np.zeros_like(lead)
    for i, song in enumerate(lead):
        sounds = song.any(axis=(1, 2, 3))
        for bar in np.flatnonzero(sounds):
            earlier = np.flatnonzero(sounds[:bar])[::-1]
            if len(earlier):
                now = np.broadcast_to(song[bar], song[earlier].shape)
                told[i, bar] = song[earlier[_distances(now, song[earlier], spec, track).argmin()]]
    return told


def _distances(one: BoolArray, other: BoolArray, spec: ModelSpec, track: int) -> FloatArray:
    """Return how far bars are apart: `(n, 2, n_steps, n_pitches)` each -> `(n,)`."""
    if spec.tracks[track].is_drum:
        both = rhythmic_overlap(struck_steps(one[:, 0]), struck_steps(other[:, 0]))
        return np.asarray(1 - np.nan_to_num(both), np.float32)
    fold = pitch_classes(spec.n_pitches, spec.lowest_pitch)
    p, q = (chroma_of_beats(fold_pitches(bars[:, 0] | bars[:, 1], fold)) for bars in (one, other))
    alone = ((p.sum(axis=2) > 0) != (q.sum(axis=2) > 0)).mean(axis=1)
    return np.asarray(np.nan_to_num(tonal_distance(p, q)) * (1 - alone) + alone * _BY_CHANCE, np.float32)


_BY_CHANCE = 1.5  # tonal distance, about


def anticipated(lead: BoolArray, spec: ModelSpec, track: int) -> BoolArray:
    """Return of each bar what a memory expects that heard all before, and was `ASKED` before the downbeat."""
    told = np.zeros_like(lead)
    for i, song in enumerate(lead):
        bars = notes_of_bars(song, spec, track)
        for number, notes in enumerate(_expected(bars, spec, track)):
            told[i, number] = pianoroll_from_notes(notes, track, spec)[:, track] > 0
    return told


def _expected(bars: Sequence[list[Note]], spec: ModelSpec, track: int) -> list[list[Note]]:
    memory = Memory(drums=[i for i, own in enumerate(spec.tracks) if own.is_drum])
    beats, found, has_begun = float(BEATS_PER_MEASURE - ASKED), list[list[Note]](), False
    for number in range(len(bars)):
        if number > 1 and (has_begun or bars[number - 2]):  # it begins with the first note
            memory.hear(number - 2, {track: bars[number - 2]})
            has_begun = True
        if has_begun:
            expectation = memory.expect(number, (track,), {track: _until(bars[number - 1], beats)}, beats)
        else:
            expectation = memory.expect(number, (track,))
        found.append([] if expectation is None else list(expectation.notes.get(track, ())))
    return found


def notes_of_bars(song: BoolArray, spec: ModelSpec, track: int) -> list[list[Note]]:
    """Return the notes of each bar of one track, `(n_bars, 2, n_steps, n_pitches)`; time in beats from its downbeat."""
    bars = []
    for onset, sustain in song:
        planes = np.zeros((2, 1, spec.n_tracks, *onset.shape), np.bool_)
        planes[0, 0, track], planes[1, 0, track] = onset, sustain
        bars.append(notes_from_planes(planes[0], planes[1], spec)[spec.track_names[track]])
    return bars


def _until(notes: Sequence[Note], beat: float) -> list[Note]:
    """Return the notes that began before a beat of their bar, as they had sounded by then."""
    return [note._replace(duration=min(note.duration, beat - note.time)) for note in notes if note.time < beat]
