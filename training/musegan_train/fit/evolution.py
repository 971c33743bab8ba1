"""Samples of a run as it goes, picture and MIDI: the papers' figure of an evolution; it must not know networks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musegan_models.notes import binarize, tidy
from musegan_models.spec import ModelSpec
from musegan_train.measure.picture import draw_phrases
from musegan_train.measure.sample import write_midi

N_DRAWN = 4
TEMPO = 100  # beats per minute


def draw(made: NDArray[np.float32], spec: ModelSpec, path: Path, title: str) -> None:
    """Draw phrases (n, B, planes, M, T, P) as probabilities, and write them, one after another, as MIDI beside it."""
    draw_phrases(made, spec, path.with_suffix(".png"), title=title)
    notes = tidy(*binarize(made, spec), made[..., 0, :, :, :], spec)
    write_midi(path.with_suffix(".mid"), notes, spec, TEMPO)
