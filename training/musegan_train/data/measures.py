"""The notes of a song drawn as pianorolls, bar by bar; it must not know files or phrases."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec
from musegan_train.data.songs import Song, cut_at_next


def measures_from_song(song: Song, spec: ModelSpec) -> NDArray[np.bool_]:
    """Draw the notes, each bar complete in itself.

    Returns bool `(2, n_bars, n_tracks, n_steps, n_pitches)`, planes onset and sustain, which are disjoint. A note held
    over a bar line is cut there; its rest is struck again if at least one beat of it remains, and dropped otherwise.
    A note struck while it sounds ends where it is struck. Drums have onsets only.
    """
    n_steps = spec.measure_resolution
    song = cut_at_next(song)
    track, pitch, start = song.track, song.pitch, song.start
    is_drum = np.array([player.is_drum for player in spec.tracks])[track]
    end = np.where(is_drum, start + 1, song.end)

    # One piece for each bar that a note touches.
    note, number = _enumerate_repeats((end - 1) // n_steps - start // n_steps + 1)
    measure = start[note] // n_steps + number
    piece_start = np.maximum(start[note], measure * n_steps)
    piece_end = np.minimum(end[note], (measure + 1) * n_steps)
    stays = (number == 0) | (end[note] - piece_start >= n_steps // BEATS_PER_MEASURE)
    note, measure, piece_start, piece_end = (array[stays] for array in (note, measure, piece_start, piece_end))

    planes = np.zeros((2, int(measure.max()) + 1, spec.n_tracks, n_steps, spec.n_pitches), np.bool_)
    planes[0, measure, track[note], piece_start % n_steps, pitch[note] - spec.lowest_pitch] = True
    piece, number = _enumerate_repeats(piece_end - piece_start - 1)
    step = (piece_start[piece] + 1 + number) % n_steps
    planes[1, measure[piece], track[note][piece], step, pitch[note][piece] - spec.lowest_pitch] = True
    return planes


def chroma_from_measures(planes: NDArray[np.bool_], spec: ModelSpec) -> NDArray[np.float32]:
    """Return how long each pitch class of each track sounds in each beat, in steps.

    float32 `(n_tracks, n_bars * 4, 12)`; drums, which have no pitch class, are all 0.
    """
    bars, steps, pitches = planes.shape[1], spec.beat_resolution, spec.n_pitches
    chroma = np.zeros((spec.n_tracks, bars * BEATS_PER_MEASURE, 12), np.float32)
    for n, track in enumerate(spec.tracks):
        if track.is_drum:
            continue
        cells = planes[:, :, n].view(np.uint8).reshape(2, bars * BEATS_PER_MEASURE, steps, pitches)
        # A byte is enough, and fast: the planes are disjoint, and a beat has no more than 24 steps.
        lengths = cells.sum(axis=(0, 2), dtype=np.uint8)  # (beats, pitches)
        for pitch_class in range(12):
            octaves = lengths[:, (pitch_class - spec.lowest_pitch) % 12 :: 12]
            chroma[n, :, pitch_class] = octaves.sum(axis=1, dtype=np.float32)
    return chroma


def _enumerate_repeats(counts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (0, 0, 1, ...) and (0, 1, 0, ...) for counts (2, 1, ...): whose item, and which of them."""
    owner = np.repeat(np.arange(len(counts)), counts)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
