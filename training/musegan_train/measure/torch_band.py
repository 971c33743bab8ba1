"""The generator of a run, played as `musegan_models.model.Model` plays a bundle; it must not know metrics."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from musegan_models.chords import N_CHORD
from musegan_models.model import Latents, with_others
from musegan_models.networks import Generator
from musegan_models.notes import heard_planes, own_planes
from musegan_models.spec import ModelSpec, Track
from musegan_train.data.phrases import Phrases, load
from musegan_train.export.thresholds import Report, choose_thresholds
from musegan_train.fit.batches import Batches
from musegan_train.fit.run import load_average

FloatArray = NDArray[np.float32]

_PLAYED = 512
"""Phrases on which thresholds are chosen, as many as for a bundle."""

_FEWEST = 128
"""The fewest on which they are, where only few phrases are to be played."""


class TorchBand:
    """A generator with arrays in and out. `spec` can have other thresholds than the generator's own."""

    def __init__(self, generator: Generator, tracks: tuple[Track, ...] | None = None) -> None:
        """Take the generator as it is: on its device, in eval mode."""
        self.generator = generator
        generator.levelled = generator.levels is not None
        self.spec: ModelSpec = generator.spec if tracks is None else replace(generator.spec, tracks=tracks)
        self._device = next(generator.parameters()).device

    @torch.no_grad()
    def phrase(
        self,
        latents: Latents,
        condition: FloatArray | None = None,
        given: FloatArray | None = None,
        chord: FloatArray | None = None,
        awaited: FloatArray | None = None,
        before: FloatArray | None = None,
    ) -> FloatArray:
        """Return the probabilities of whole phrases, as `musegan_models.model.Model.phrase` does."""
        names = ("shared", "shared_temporal", "private", "private_temporal")
        z = {name: self._tensor(array) for name in names if (array := getattr(latents, name)).size}
        n, spec = len(latents.shared), self.spec
        chords = None
        if spec.has_chord:
            chords = self._tensor(np.zeros((n, spec.n_measures, N_CHORD), np.float32) if chord is None else chord)
        tracks = None if given is None else self._tensor(given)
        now = condition
        if condition is not None and awaited is not None:
            now = condition * (1 - awaited[:, None, None, :, None, None])
        heard = None if now is None else self._tensor(own_planes(now, spec))
        if not spec.hears_previous:
            return self._array(self.generator(z, heard, tracks, None, chords))
        previous, made = before if spec.continues else None, list[FloatArray]()
        for i in range(spec.n_measures):
            own = None if previous is None else self._tensor(own_planes(previous, spec))[:, None]
            this = slice(i, i + 1)
            bar = self.generator(z, None if heard is None else heard[:, this], tracks, own,
                                 None if chords is None else chords[:, this], i)  # fmt: skip
            made.append(self._array(bar)[:, 0])
            played = None if condition is None else condition[:, i]
            previous = with_others(heard_planes(made[-1], spec), played, given, awaited)
        return np.stack(made, axis=1)

    def _tensor(self, array: FloatArray) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(array, np.float32)).to(self._device)

    def _array(self, tensor: Tensor) -> FloatArray:
        return np.asarray(tensor.float().cpu().numpy(), np.float32)


def band_of_run(
    run: Path,
    data: Path | None = None,
    thresholds: str | None = None,
    n_phrases: int = 0,
    report: Report = lambda done, total: None,
) -> tuple[TorchBand, int, Phrases | None]:
    """Return the averaged generator of a run folder, ready to play, the step it is at, and its phrases.

    `data`: phrases to take instead of those that the run was trained on. None where those are not there any more.
    `thresholds`: a rule of `export.thresholds`, by default half, as the papers; but density where onsets and
    sustains have thresholds of their own, which one half does not suit. They are chosen on about `n_phrases`, from
    `_FEWEST` to `_PLAYED`; 0: on the most. Where that takes minutes, `report` is told how many steps are done, and of
    how many.

    Raises:
        ValueError: The folder is no run, or has no checkpoint yet.

    """
    torch.set_num_threads(threads_to_use(torch.get_num_threads(), os.cpu_count() or 1, _load()))
    config, generator, step = load_average(run)
    path = data or Path(config.phrases)
    phrases = load(path) if data is not None or path.exists() else None
    rule = thresholds or ("density" if generator.spec.has_onsets and phrases is not None else "half")
    if rule == "half":
        return TorchBand(generator), step, phrases
    if phrases is None:
        raise ValueError(f"thresholds by {rule} are chosen on the phrases of the run, and {path} is gone: name DATA")
    batches = Batches(phrases, generator.spec, 1, dropout=config.dropout, both=config.both, awaited=config.awaited)
    n_played = min(_PLAYED, max(_FEWEST, n_phrases or _PLAYED))
    return TorchBand(generator, choose_thresholds(generator, batches, n_played, rule, report)), step, phrases


def threads_to_use(now: int, cores: int, load: float) -> int:
    """Return how many of `now` threads torch should compute with, on a machine where `load` cores are busy.

    The networks are small: a thread that waits for a core, as beside a training, makes the others wait with it. Two of
    them were twenty times slower than one then.

    >>> threads_to_use(8, 8, 0.2), threads_to_use(8, 8, 2.1), threads_to_use(2, 2, 3.5), threads_to_use(1, 8, 0)
    (8, 6, 1, 1)
    """
    return max(1, min(now, cores - round(load)))


def _load() -> float:
    """Return how many cores were busy in the last minute, 0 where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
