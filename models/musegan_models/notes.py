"""Notes and pianorolls, each made from the other; it must not know networks, OSC or MIDI files."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from musegan_models.spec import ModelSpec

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float32]


class Note(NamedTuple):  # not a dataclass: a bar makes hundreds, and this takes a third of the time
    """One note; time and duration in beats."""

    time: float  # beats; in a bar: from its downbeat
    pitch: int  # MIDI note number, 0..127
    duration: float  # beats, > 0
    velocity: int  # 1..127


def own_planes(planes: npt.NDArray[Any], spec: ModelSpec) -> npt.NDArray[Any]:
    """Return onset and sustain (..., 2, n_tracks, n_steps, n_pitches) as the model's own planes, of the same dtype."""
    if spec.has_onsets:
        return planes
    roll = roll_from_planes(planes[..., 0, :, :, :], planes[..., 1, :, :, :])
    return np.expand_dims(roll, -4).astype(planes.dtype)


def roll_from_planes(onset: npt.NDArray[Any], sustain: npt.NDArray[Any]) -> BoolArray:
    """Return what sounds, as the papers' models see it: bool of the same shape, (..., n_steps, n_pitches).

    Where a note is struck while its pitch still sounds, the step before is made a rest, else the two would be one note;
    a step that is itself an onset stays (LPD's one-step rest: its parser ends such a note one step early).
    """
    starts = onset > 0
    held = (sustain > 0) & ~starts
    held[..., :-1, :] &= ~starts[..., 1:, :]
    return starts | held


def planes_from_roll(roll: npt.NDArray[Any]) -> tuple[BoolArray, BoolArray]:
    """Return (onset, sustain), bool (..., n_steps, n_pitches): a note starts where its pitch did not sound before.

    The bar before is not looked at: what sounds in the first step starts there.
    """
    sounds = roll > 0
    onset = sounds.copy()
    onset[..., 1:, :] &= ~sounds[..., :-1, :]
    return onset, sounds & ~onset


def binarize(
    probability: FloatArray,
    spec: ModelSpec,
    rng: np.random.Generator | None = None,
    thresholds: tuple[FloatArray, FloatArray] | None = None,
) -> tuple[BoolArray, BoolArray]:
    """Turn probabilities into notes: two bool arrays (..., n_tracks, n_steps, n_pitches), onset and sustain, disjoint.

    `probability`: (..., n_planes, n_tracks, n_steps, n_pitches) in 0..1. With onset and sustain planes each has its
    track's threshold, and sustain stands only where it runs on from an onset. With one plane, what is above the onset
    threshold sounds, in a monophonic track only the most probable pitch of a step (AAAI paper's bass); each cell of
    drums is a hit of its own. With an `rng`, stochastic binary neurons are drawn: p > U(0, 1) (Binary MuseGAN, eq. 2).
    `thresholds`: onset and sustain, (n_tracks,) each, in the place of the spec's; of drawn neurons they only scale the
    chance of a cell, which is p at the spec's threshold, p / 2 at twice that.

    Raises:
        ValueError: The planes are not those of the spec.

    """
    if probability.ndim < 4 or probability.shape[-4:] != spec.bar_shape:
        raise ValueError(f"probability must be (..., {spec.bar_shape}), got {probability.shape}")
    usual = _thresholds(spec)
    onset, sustain = usual if thresholds is None else thresholds
    sure = probability[..., 0, :, :, :]
    if spec.has_onsets:
        starts = sure > onset[:, None, None]
        holds = (probability[..., 1, :, :, :] > sustain[:, None, None]) & ~starts
        return starts, running(starts, holds)
    if rng is not None and spec.neurons == "stochastic":
        roll = sure * (usual[0] / onset)[:, None, None] > rng.random(sure.shape, np.float32)
    else:
        roll = sure > onset[:, None, None]
    for i, track in enumerate(spec.tracks):
        if track.is_monophonic:
            own = sure[..., i, :, :]
            roll[..., i, :, :] &= np.arange(spec.n_pitches) == own.argmax(axis=-1, keepdims=True)
    starts, holds = planes_from_roll(roll)
    for i, track in enumerate(spec.tracks):
        if track.is_drum:
            starts[..., i, :, :], holds[..., i, :, :] = roll[..., i, :, :], False
    return starts, holds


def _thresholds(spec: ModelSpec) -> FloatArray:
    """Return the onset and the sustain thresholds, (2, n_tracks)."""
    return np.array([(t.onset_threshold, t.sustain_threshold) for t in spec.tracks], np.float32).T


def tidy(onset: BoolArray, sustain: BoolArray, sure: FloatArray, spec: ModelSpec) -> tuple[BoolArray, BoolArray]:
    """Let monophonic tracks play one note at a time, as the band is heard; all else stays as it is.

    A note ends where the next one starts; of notes struck together the surest stays. Bool (..., n_tracks, n_steps,
    n_pitches); `sure`: the probability of each onset, of the same shape. Tidying twice changes nothing more.
    """
    alone = [i for i, track in enumerate(spec.tracks) if track.is_monophonic]
    if not alone or not spec.has_onsets:  # with one plane `binarize` does it
        return onset, sustain
    onset, sustain = onset.copy(), sustain.copy()
    own = onset[..., alone, :, :]
    surest = np.where(own, sure[..., alone, :, :], -1).argmax(axis=-1, keepdims=True)
    kept = own & (np.arange(spec.n_pitches) == surest)
    held = sustain[..., alone, :, :] & ~own.any(axis=-1, keepdims=True)
    onset[..., alone, :, :], sustain[..., alone, :, :] = kept, running(kept, held)
    return onset, sustain


def heard_planes(probability: FloatArray, spec: ModelSpec) -> FloatArray:
    """Return what is heard of probabilities, (..., 2, n_tracks, n_steps, n_pitches) in {0, 1}: binarised, tidied."""
    notes = tidy(*binarize(probability, spec), probability[..., 0, :, :, :], spec)
    return np.stack(notes, axis=-4).astype(np.float32)


def running(starts: BoolArray, holds: BoolArray) -> BoolArray:
    """Return the cells of `holds` that an unbroken run joins to a cell of `starts`; the last axes are time, pitch."""
    result = np.zeros_like(holds)
    sounding = np.zeros_like(starts[..., 0, :])
    for step in range(starts.shape[-2]):  # a few dozen steps, vectorised over everything else
        result[..., step, :] = sounding & holds[..., step, :]
        sounding = starts[..., step, :] | result[..., step, :]
    return result


def notes_from_pianoroll(
    probability: FloatArray, spec: ModelSpec, given: Container[int] = (), rng: np.random.Generator | None = None
) -> dict[str, list[Note]]:
    """Return the notes of the probabilities of one bar (n_planes, n_tracks, n_steps, n_pitches), as they are heard."""
    reader = BarReader(spec)
    return reader.read(*reader.cells(probability, rng), probability[0], given)[0]


class BarReader:
    """Reads what is heard off the probabilities of one bar: what `binarize` and `tidy` make of it, as notes and planes.

    A bar has a deadline, thousands of cells and a few dozen notes, and is read when the processor's caches have long
    forgotten how: each function of numpy that is called then takes as long as ten notes. Two are called here, on all
    cells at once; the rest is a walk over bytes from note to note.
    """

    def __init__(self, spec: ModelSpec) -> None:
        self.spec = spec
        self._thresholds = _thresholds(spec)
        self._beats = [step / spec.beat_resolution for step in range(spec.measure_resolution + 1)]

    def cells(self, probability: FloatArray, rng: np.random.Generator | None = None) -> tuple[BoolArray, BoolArray]:
        """Return where notes start and where they may go on, as `read` takes them, bool (n_tracks, n_steps, n_pitches).

        `probability`: (n_planes, n_tracks, n_steps, n_pitches); `rng` as `binarize` takes it.
        """
        if not self.spec.has_onsets:
            return binarize(probability, self.spec, rng)
        above = probability > self._thresholds[..., None, None]
        return above[0], above[1]

    def read(
        self, starts: BoolArray, holds: BoolArray, sure: FloatArray, silent: Container[int] = ()
    ) -> tuple[dict[str, list[Note]], FloatArray]:
        """Return the notes of each track in order of time, and onset and sustain (2, n_tracks, n_steps, n_pitches).

        `starts`, `holds`: bool (n_tracks, n_steps, n_pitches); where a note starts no other goes on. `sure`: the
        probability of each onset, of that shape, which makes the velocity, 48..112: nothing in the training data says
        how loud, since a binary pianoroll has no velocity. Tracks whose index is in `silent` get no notes and no cells.
        """
        spec, beats, row, n_cells = self.spec, self._beats, starts.shape[2], starts.size
        size, rest = starts.shape[1] * row, bytes(row)
        begins, goes_on, chances = starts.tobytes(), bytearray(holds.tobytes()), np.ravel(sure).data
        goes_on += rest
        for start in range(0, len(goes_on), size):  # no note goes on from the bar before, nor from the track before
            goes_on[start : start + row] = rest
        notes: dict[str, list[Note]] = {}
        planes = bytearray(2 * n_cells)
        for i, track in enumerate(spec.tracks):
            own = notes[track.name] = list[Note]()
            first, threshold = i * size, float(self._thresholds[0, i])
            places = [] if i in silent else _places(begins, first, first + size)
            if track.is_monophonic:
                places = _surest(places, row, chances)
                for place in places:  # a note ends where the next one starts
                    step = place // row * row
                    goes_on[step : step + row] = rest
            for place in places:
                end = place + row
                while goes_on[end] and not begins[end]:
                    planes[n_cells + end] = 1
                    end += row
                planes[place] = 1
                step, pitch = divmod(place - first, row)
                above = (chances[place] - threshold) / (1 - threshold)
                velocity = 48 + round(64 * min(max(above, 0.0), 1.0))
                own.append(Note(beats[step], spec.lowest_pitch + pitch, beats[(end - place) // row], velocity))
        return notes, np.frombuffer(planes, np.uint8).astype(np.float32).reshape(2, *starts.shape)


def _places(cells: bytes, first: int, end: int) -> list[int]:
    """Return where there is a 1 from `first` to before `end`."""
    found, place = list[int](), cells.find(1, first, end)
    while place >= 0:
        found.append(place)
        place = cells.find(1, place + 1, end)
    return found


def _surest(places: Iterable[int], row: int, chances: memoryview) -> list[int]:
    """Return, of the places in each row of cells, the first of those that are surest."""
    best: dict[int, int] = {}
    for place in places:
        step = place // row
        if step not in best or chances[place] > chances[best[step]]:
            best[step] = place
    return list(best.values())


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
