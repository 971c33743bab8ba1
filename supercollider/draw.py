"""Draw what an audio server recorded above the notes that it played; it must not know where either comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib
import numpy as np
import numpy.typing as npt

_COLOURS = ("#4053d3", "#b51d14", "#00713d", "#b8860b", "#7b3f9e")  # as many as tracks, told apart by everybody


def draw(
    path: Path,
    sounds: Mapping[str, npt.NDArray[np.float32]],
    notes: Mapping[str, Sequence[tuple[float, int, float]]],
    rate: int,
) -> None:
    """Write a picture of tracks, a row each: sound (n_frames,), and notes: onset, pitch, length, times in seconds."""
    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, rows = plt.subplots(len(sounds), 1, figsize=(10, 7), sharex=True, layout="constrained")
    for row, colour, (name, sound) in zip(rows, _COLOURS, sounds.items(), strict=True):
        step = rate // 200
        peaks = np.abs(sound[: len(sound) // step * step]).reshape(-1, step).max(axis=1)
        seconds = np.arange(len(peaks)) * step / rate
        row.fill_between(seconds, -peaks, peaks, color=colour, alpha=0.35, linewidth=0)
        row.set_ylim(-peaks.max() * 1.1, peaks.max() * 1.1)
        row.set_yticks([])
        row.set_ylabel(name)
        row.set_xlim(0, seconds[-1])
        pitches = row.twinx()
        for onset, pitch, length in notes[name]:
            pitches.plot([onset, onset + length], [pitch, pitch], color=colour, linewidth=2, solid_capstyle="butt")
        pitches.set_yticks([])
        row.grid(axis="x", color="#cccccc", linewidth=0.5)
        for axes in (row, pitches):
            axes.spines[:].set_visible(False)
    rows[-1].set_xlabel("seconds")
    figure.savefig(path, dpi=110)
    plt.close(figure)
