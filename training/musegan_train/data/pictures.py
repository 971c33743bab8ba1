"""Pictures of a set of phrases: some of them, and the sections of a song; it must not know networks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from musegan_train.data.phrases import Phrases
from musegan_train.data.prepare import draw_song, find_files
from musegan_train.data.rules import Rules
from musegan_train.data.segment import Structure, structure_from_chroma
from musegan_train.measure.picture import COLOURS, draw_phrases

_N_PHRASES = 8


def draw_pictures(phrases: Phrases, folders: Sequence[Path], output: Path, rules: Rules) -> Iterator[Path]:
    """Draw `phrases.png`, from all over the set, and `sections.png`, of the song with most phrases, into `output`.

    Yields the path of each as it is done.
    """
    chosen = np.linspace(0, len(phrases) - 1, min(_N_PHRASES, len(phrases))).round().astype(np.int64)
    planes = phrases.unpack(chosen).swapaxes(1, 2)  # (n, n_measures, 2, n_tracks, n_steps, n_pitches)
    draw_phrases(planes, rules.spec, output / "phrases.png")
    yield output / "phrases.png"
    song = max(phrases.manifest["songs"], key=lambda song: int(song["phrases"]))
    drawn = draw_song(song["path"], dict(find_files(folders))[song["path"]].read_bytes(), rules)
    draw_structure(structure_from_chroma(drawn.chroma.sum(axis=0)), output / "sections.png", song["path"])
    yield output / "sections.png"


def draw_structure(structure: Structure, path: Path, title: str = "") -> None:
    """Draw the section analysis of a song: recurrence plot above novelty curve, with the boundaries in both."""
    n, per_measure = len(structure.novelty), structure.frames_per_measure
    last = structure.sections[-1]
    figure = Figure(figsize=(6.5, 8), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(4, 1))
    bars = n / per_measure
    above.imshow(
        structure.recurrence, cmap="Greys", origin="lower", aspect="auto", interpolation="nearest",
        extent=(0, bars, 0, bars),
    )  # fmt: skip
    above.set_ylabel("bar")
    below.plot(np.arange(n) / per_measure, structure.novelty, color="black", linewidth=0.8, label="novelty")
    below.plot(np.arange(n) / per_measure, structure.threshold, color="#888888", linewidth=0.8, label="threshold")
    below.set_xlabel("bar")
    below.set_xlim(0, last.start + last.n_measures)
    below.legend(fontsize=6, loc="upper right")
    labels = list(dict.fromkeys(section.label for section in structure.sections))
    for section in structure.sections:
        colour = COLOURS[labels.index(section.label) % len(COLOURS)]
        for axis in (above, below):
            axis.axvline(section.start, color=colour, linewidth=0.8)
        below.axvspan(section.start, section.start + section.n_measures, color=colour, alpha=0.15, linewidth=0)
        middle = section.start + section.n_measures / 2
        above.annotate(
            section.label, (middle, 1), xycoords=("data", "axes fraction"), ha="center", va="bottom", fontsize=8,
            color=colour,
        )  # fmt: skip
    if title:
        figure.suptitle(title, fontsize=8)
    figure.savefig(path, dpi=110)
