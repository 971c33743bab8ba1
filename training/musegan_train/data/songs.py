"""Score to the quantised notes of a band's tracks; it must not know files or phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from musegan_models.spec import ModelSpec
from musegan_train.data.bands import Band
from musegan_train.data.scores import MAX_MEASURES, DroppedSongError, Part, Score


@dataclass(frozen=True, slots=True, eq=False)
class Song:
    """Quantised notes of one song: arrays of one length, sorted by nothing in particular.

    `track` is an index into the spec's tracks, `pitch` a MIDI number, `start` and `end` are in steps from the first bar
    line with `end > start`; `is_on_grid` says whether the note began near enough to its step (`grid_tolerance`).
    """

    track: NDArray[np.int64]
    pitch: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    is_on_grid: NDArray[np.bool_]

    def __getitem__(self, chosen: NDArray[np.bool_] | NDArray[np.integer]) -> Song:
        """Return the chosen notes, as a mask or indices."""
        return Song(
            self.track[chosen], self.pitch[chosen], self.start[chosen], self.end[chosen], self.is_on_grid[chosen]
        )


def song_from_score(score: Score, band: Band, spec: ModelSpec, tracks: str, min_tracks: int) -> Song:
    """Quantise a score and put its parts into the tracks of the band.

    `tracks` is `merge`: all parts of a family sound together (element-wise maximum, as LPD-5); or `best`: the one part
    with most distinct pitches plus sounding steps stands for its family (wayne391's symbolic-musical-datasets, which
    Dong's current training data come from), so that unisons do not blur. Drums are always merged: one kit is often
    spread over many parts.

    Raises:
        DroppedSongError: Fewer than `min_tracks` tracks play, or the song is too long.

    """
    players: dict[str, list[Song]] = {}
    for part in score.parts:
        name = band.family(part.program, part.is_drum)
        if name is not None:
            players.setdefault(name, []).append(_quantise(part, spec.track_names.index(name), score, spec))
    if len(players) < min_tracks:
        raise DroppedSongError(lacks_tracks(min_tracks, spec))
    chosen = []
    for name, parts in players.items():
        if name == "drums" or len(parts) == 1:
            chosen += parts
        elif tracks == "best":
            chosen.append(max(parts, key=_richness))  # of equals the first
        else:
            chosen.append(_merge(parts))
    return _concatenate(chosen)


def lacks_tracks(min_tracks: int, spec: ModelSpec) -> str:
    """Return the reason of a song in which fewer than `min_tracks` tracks of the band play."""
    if min_tracks == spec.n_tracks:
        return f"lacks one of the {spec.n_tracks} tracks"
    return f"has fewer than {min_tracks} of the {spec.n_tracks} tracks"


def grid_tolerance(spec: ModelSpec) -> float:
    """Return how far from its step a note may begin to be on the grid, in steps: 1/24 beat, but a quarter step at most.

    A played (not programmed) song is then at most half on the grid at every resolution.
    """
    return min(spec.beat_resolution / 24, 0.25)


def transpose(song: Song, semitones: int, spec: ModelSpec) -> Song:
    """Transpose all pitched tracks together, and drop what was outside the model's pitch range.

    A note that only the transposition takes out of the range comes back in by an octave: it keeps its harmony.
    """
    low, high = spec.lowest_pitch, spec.lowest_pitch + spec.n_pitches - 1
    is_drum = np.array([track.is_drum for track in spec.tracks])[song.track]
    pitch = np.where(is_drum, song.pitch, song.pitch + semitones)
    pitch = pitch + 12 * (pitch < low) - 12 * (pitch > high)
    return replace(song, pitch=pitch)[(song.pitch >= low) & (song.pitch <= high)]


def _quantise(part: Part, track: int, score: Score, spec: ModelSpec) -> Song:
    # Integers: in floats it is chance which way a note half-way between two steps falls.
    resolution, ticks = spec.beat_resolution, score.ticks_per_beat
    start, end = ((2 * (time - score.origin) * resolution + ticks) // (2 * ticks) for time in (part.start, part.end))
    off = np.abs((part.start - score.origin) * resolution - start * ticks)  # steps times ticks a beat
    if start.max() >= MAX_MEASURES * spec.measure_resolution or start.min() < 0:
        raise DroppedSongError(f"longer than {MAX_MEASURES} bars")
    # A note that is never switched off lasts to the end of the bar in which its part plays its last one.
    last = (start.max() // spec.measure_resolution + 1) * spec.measure_resolution
    return Song(
        track=np.full(len(start), track, np.int64),
        pitch=part.pitch,
        start=start,
        end=np.clip(end, start + 1, last),
        is_on_grid=off <= grid_tolerance(spec) * ticks + 1e-9,
    )


def _richness(song: Song) -> int:
    edges = np.zeros(int(song.end.max()) + 1, np.int64)
    np.add.at(edges, song.start, 1)
    np.add.at(edges, song.end, -1)
    return len(np.unique(song.pitch)) + int((np.cumsum(edges) > 0).sum())


def _merge(parts: Sequence[Song]) -> Song:
    """Return notes that sound where any part does: struck under a longer one of its pitch, it lasts as long."""
    song = _concatenate([cut_at_next(part) for part in parts])
    order = np.lexsort((song.start, song.pitch))
    song = song[order]
    beyond = int(song.end.max()) + 1  # a pitch apart: the running maximum of one pitch never meets the next
    return replace(song, end=np.maximum.accumulate(song.end + song.pitch * beyond) - song.pitch * beyond)


def cut_at_next(song: Song) -> Song:
    """Return the song with each note ended where its track strikes the pitch again; sorted by track, pitch, start.

    Of notes of one pitch that start together the longest stays.
    """
    song = song[np.lexsort((-song.end, song.start, song.pitch, song.track))]
    same_string = (song.track[1:] == song.track[:-1]) & (song.pitch[1:] == song.pitch[:-1])
    song = song[np.append(True, ~(same_string & (song.start[1:] == song.start[:-1])))]
    same_string = (song.track[1:] == song.track[:-1]) & (song.pitch[1:] == song.pitch[:-1])
    end = song.end.copy()
    end[:-1] = np.where(same_string, np.minimum(end[:-1], song.start[1:]), end[:-1])
    return replace(song, end=end)


def _concatenate(songs: Sequence[Song]) -> Song:
    return Song(
        track=np.concatenate([song.track for song in songs]),
        pitch=np.concatenate([song.pitch for song in songs]),
        start=np.concatenate([song.start for song in songs]),
        end=np.concatenate([song.end for song in songs]),
        is_on_grid=np.concatenate([song.is_on_grid for song in songs]),
    )
