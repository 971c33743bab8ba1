"""Pictures of phrases in the papers' style; it must not know networks or files other than the picture it writes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from numpy.typing import NDArray

from musegan_models.midi import MidiError, read_notes
from musegan_models.notes import Note, bars_from_notes, pianoroll_from_notes
from musegan_models.spec import BEATS_PER_MEASURE, TRACKS, ModelSpec, Track

mpl.use("Agg")  # no screen is needed, or looked for

COLOURS = ("#0072b2", "#4d4d4d", "#009e73", "#d55e00", "#8b4bb3", "#b8860b", "#c0396f", "#00808a")
"""Of the tracks, in order and again from the first; told apart by eyes that see no red or green too."""

_COLUMNS = 4
_BARS_OF_A_LINE = 16  # of a file
_INCHES_PER_BAR = 0.8
_HELD = 0.5  # ink of a sustain, an onset's is 1
_FAINT = 0.25  # what is fainter does not make an octave be shown


def draw_phrases(
    planes: NDArray[Any],
    spec: ModelSpec,
    path: Path,
    title: str = "",
    names: Sequence[str] = (),
    *,
    in_a_row: int = _COLUMNS,
) -> None:
    """Draw phrases side by side, a few in a row, each as a stack of pianorolls, one for each track in its colour.

    `planes`: (n, n_measures, n_planes, n_tracks, n_steps, n_pitches) in 0..1; onsets are drawn darker than what they
    sustain. Of the pitches those octaves are shown that the track uses in any of the phrases. `names`: what is written
    above each. The format of the picture is that of `path`'s name: .png, .svg or .pdf.
    """
    n, measures, _, n_tracks, steps, pitches = planes.shape
    columns, rows = min(n, in_a_row), -(-n // in_a_row)
    height = 0.7 * n_tracks
    figure = Figure(
        figsize=(0.6 + _INCHES_PER_BAR * measures * columns, (0.35 if title else 0.1) + (height + 0.35) * rows),
        layout="constrained",
    )
    ink = np.asarray(planes[:, :, 0], np.float32)
    if planes.shape[2] > 1:
        ink = np.clip(ink + _HELD * planes[:, :, 1], 0, 1)
    rolls = ink.transpose(0, 2, 4, 1, 3).reshape(n, n_tracks, pitches, measures * steps)
    ranges = [_octaves(rolls[:, j], spec.lowest_pitch) for j in range(n_tracks)]
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(h_pad=0.01, hspace=0)
    blocks = figure.subfigures(rows, columns, squeeze=False)
    for i, block in enumerate(blocks.flat):
        if i >= n:
            continue
        axes = block.subplots(n_tracks, 1, squeeze=False, sharex=True, gridspec_kw={"hspace": 0})[:, 0]
        for j, axis in enumerate(axes):
            axis.imshow(
                _colour(rolls[i, j], COLOURS[j % len(COLOURS)]), origin="lower", aspect="auto", interpolation="nearest",
                extent=(0, measures, spec.lowest_pitch, spec.lowest_pitch + pitches),
            )  # fmt: skip
            axis.set_xticks(range(measures + 1), [""] * (measures + 1))
            axis.set_ylim(*ranges[j])
            axis.set_yticks([pitch for pitch in range(0, 128, 12) if ranges[j][0] <= pitch < ranges[j][1] - 4])
            axis.tick_params(length=0, labelsize=5)
            axis.grid(axis="x", color="#888888", linewidth=0.6)
            axis.grid(axis="y", color="#dddddd", linewidth=0.4)
            axis.set_axisbelow(False)
            if i % in_a_row == 0:
                axis.set_ylabel(spec.tracks[j].name, fontsize=7, color=COLOURS[j % len(COLOURS)])
        if names:
            block.suptitle(names[i], fontsize=7)
    if title:
        figure.suptitle(title, fontsize=9)
    figure.savefig(path, dpi=120)


def draw_file(midi_file: Path, path: Path, title: str = "", tracks: Sequence[Track] = TRACKS) -> int:
    """Draw the notes of a MIDI file, in 16ths, sixteen bars a line; return how many bars it has.

    Raises:
        MidiError: It cannot be read, or none of `tracks` plays in it.

    """
    notes: dict[str, list[Note]] = {}
    problem: MidiError | None = None
    for track in tracks:
        try:
            notes[track.name] = read_notes(midi_file, track)
        except MidiError as error:  # of a track that rests
            problem = error
    if problem is not None and not notes:
        raise problem
    end = max(note.time + note.duration for own in notes.values() for note in own)
    n_bars = max(1, math.ceil(end / BEATS_PER_MEASURE - 1e-6))
    spec = ModelSpec(midi_file.stem, tracks=tuple(tracks))
    played = [bars_from_notes(notes.get(track.name, ()), n_bars, spec) for track in tracks]
    bars = [
        np.sum([pianoroll_from_notes(own[number], i, spec) for i, own in enumerate(played)], axis=0)
        for number in range(n_bars)
    ]
    size = min(n_bars, _BARS_OF_A_LINE)
    lines = np.stack(bars + [np.zeros_like(bars[0])] * (-n_bars % size)).reshape(-1, size, *bars[0].shape)
    names = [f"bars {i * size + 1}-{(i + 1) * size}" for i in range(len(lines))] if len(lines) > 1 else []
    draw_phrases(lines, spec, path, title, names, in_a_row=1)
    return n_bars


def _octaves(rolls: NDArray[np.float32], lowest_pitch: int) -> tuple[int, int]:
    """Return the octaves that phrases (n, n_pitches, time) use, two at least, as the C below and the C above."""
    used = np.flatnonzero((rolls > _FAINT).any(axis=(0, 2))) + lowest_pitch
    low, high = (int(used[0]) // 12, int(used[-1]) // 12 + 1) if len(used) else (4, 6)
    return 12 * low, 12 * max(high, low + 2)


def _colour(roll: NDArray[np.float32], colour: str) -> NDArray[np.float32]:
    """Return the roll (n_pitches, time) in 0..1 as ink of a colour on white, (n_pitches, time, 3)."""
    return np.asarray(1 - roll[..., None] * (1 - np.array(to_rgb(colour), np.float32)), np.float32)
