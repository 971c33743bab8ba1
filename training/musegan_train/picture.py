"""Pictures of phrases; it must not know networks or files other than the picture it writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from musegan_models.spec import ModelSpec

mpl.use("Agg")  # no screen is needed, or looked for


def draw_phrases(planes: np.ndarray[Any, Any], spec: ModelSpec, path: Path, title: str = "") -> None:
    """Draw phrases as pianorolls, one column a phrase, one row a track.

    `planes`: (n, n_measures, 2, n_tracks, n_steps, n_pitches) in 0..1; onsets are drawn darker than what they sustain.
    """
    n, measures, _, tracks, steps, pitches = planes.shape
    figure = Figure(figsize=(3.2 * n, 1.5 * tracks), layout="constrained")
    axes = figure.subplots(tracks, n, squeeze=False, sharex=True, sharey=True)
    for i in range(n):
        roll = planes[i].transpose(1, 2, 4, 0, 3).reshape(2, tracks, pitches, measures * steps)
        for j in range(tracks):
            axis = axes[j][i]
            axis.imshow(
                np.clip(roll[0, j] + 0.55 * roll[1, j], 0, 1),
                cmap="Greys", vmin=0, vmax=1, origin="lower", aspect="auto", interpolation="nearest",
                extent=(0, measures, spec.lowest_pitch, spec.lowest_pitch + pitches),
            )  # fmt: skip
            axis.set_xticks(range(measures + 1))
            axis.set_yticks(range(spec.lowest_pitch, spec.lowest_pitch + pitches, 24))
            axis.grid(axis="x", color="#88aacc", linewidth=0.5)
            if i == 0:
                axis.set_ylabel(spec.tracks[j].name)
    if title:
        figure.suptitle(title)
    figure.savefig(path, dpi=80)
