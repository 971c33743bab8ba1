"""Notes and pianorolls, each made from the other; it must not know networks, OSC or MIDI files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from musegan_models.spec import ModelSpec

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """One note; time and duration in beats."""

    time: float  # beats; in a bar: from its downbeat
    pitch: int  # MIDI note number, 0..127
    duration: float  # beats, > 0
    velocity: int  # 1..127


def binarize(onset: FloatArray, sustain: FloatArray, spec: ModelSpec) -> tuple[BoolArray, BoolArray]:
    """Turn probabilities into notes: thresholds of each track; sustain stands only where it runs on from an onset.

    `onset`, `sustain`: (..., n_tracks, n_steps, n_pitches) in 0..1. Returns two bool arrays of that shape, disjoint.
    """
    thresholds = np.array([(t.onset_threshold, t.sustain_threshold) for t in spec.tracks], np.float32)
    starts = onset > thresholds[:, 0, None, None]
    holds = (sustain > thresholds[:, 1, None, None]) & ~starts
    return starts, running(starts, holds)


def running(starts: BoolArray, holds: BoolArray) -> BoolArray:
    """Return the cells of `holds` that an unbroken run joins to a cell of `starts`; the last axes are time, pitch."""
    result = np.zeros_like(holds)
    sounding = np.zeros_like(starts[..., 0, :])
    for step in range(starts.shape[-2]):  # 16 steps, vectorised over everything else
        result[..., step, :] = sounding & holds[..., step, :]
        sounding = starts[..., step, :] | result[..., step, :]
    return result


def notes_from_pianoroll(
    onset: FloatArray, sustain: FloatArray, spec: ModelSpec, given: Iterable[int] = ()
) -> dict[str, list[Note]]:
    """Return the notes of one bar for each track, in order of time; tracks whose index is in `given` get none.

    `onset`, `sustain`: probabilities (n_tracks, n_steps, n_pitches). Velocity is how sure the generator was of the
    onset, 48..112: nothing in the training data says how loud, since a binary pianoroll has no velocity.
    """
    starts, holds = binarize(onset, sustain, spec)
    starts[list(given)] = False
    tracks, steps, pitches = np.nonzero(starts)  # in order of track, then time
    lengths = 1 + _runs(holds)[tracks, steps + 1, pitches]
    thresholds = np.array([track.onset_threshold for track in spec.tracks], np.float32)[tracks]
    sure = (onset[tracks, steps, pitches] - thresholds) / (1 - thresholds)
    velocities = 48 + np.rint(64 * np.clip(sure, 0, 1)).astype(int)
    columns = (tracks, steps / spec.beat_resolution, pitches, lengths / spec.beat_resolution, velocities)
    result: dict[str, list[Note]] = {track.name: [] for track in spec.tracks}
    for track, time, pitch, duration, velocity in zip(*(column.tolist() for column in columns), strict=True):
        result[spec.tracks[track].name].append(Note(time, pitch + spec.lowest_pitch, duration, velocity))
    return result


def _runs(holds: BoolArray) -> npt.NDArray[np.intp]:
    """Return how many steps in a row hold from each one on, (n_tracks, n_steps + 1, n_pitches); past the end: 0."""
    n_tracks, n_steps, n_pitches = holds.shape
    runs = np.zeros((n_tracks, n_steps + 1, n_pitches), np.intp)
    for step in reversed(range(n_steps)):
        runs[:, step] = np.where(holds[:, step], runs[:, step + 1] + 1, 0)
    return runs


def pianoroll_from_notes(notes: Iterable[Note], track: int, spec: ModelSpec) -> FloatArray:
    """Return the two planes (2, n_tracks, n_steps, n_pitches) of one bar in which `track` plays `notes`, in {0, 1}.

    Times are rounded to the nearest step; what rounds to a step outside the bar, or lies outside the model's pitches,
    is left out; what reaches over the end of the bar is cut there.
    """
    planes = np.zeros((2, spec.n_tracks, spec.measure_resolution, spec.n_pitches), np.float32)
    for note in notes:
        pitch = note.pitch - spec.lowest_pitch
        start = round(note.time * spec.beat_resolution)
        if not (0 <= pitch < spec.n_pitches and 0 <= start < spec.measure_resolution):
            continue
        end = max(start + 1, round((note.time + note.duration) * spec.beat_resolution))
        planes[0, track, start, pitch] = 1
        if not spec.tracks[track].is_drum:
            planes[1, track, start + 1 : end, pitch] = 1
    planes[1] *= 1 - planes[0]  # a re-strike is an onset, not a sustain
    return planes


def bars_from_notes(notes: Iterable[Note], n_bars: int, spec: ModelSpec) -> list[list[Note]]:
    """Round notes (time in beats from the start) to steps and cut them at bar lines, as the training data was.

    Returns `n_bars` lists, times in beats from each bar's downbeat. What is left of a note after a bar line is struck
    again if at least one beat of it remains. Notes outside the bars are left out.
    """
    bars: list[list[Note]] = [[] for _ in range(n_bars)]
    resolution = spec.beat_resolution
    for note in notes:
        start = round(note.time * resolution)
        left = max(1, round((note.time + note.duration) * resolution) - start)
        bar, step = divmod(start, spec.measure_resolution)
        struck = False
        while left > 0 and bar < n_bars and (not struck or left >= resolution):
            length = min(left, spec.measure_resolution - step)
            if bar >= 0:
                bars[bar].append(Note(step / resolution, note.pitch, length / resolution, note.velocity))
            left, struck, bar, step = left - length, True, bar + 1, 0
    return bars
