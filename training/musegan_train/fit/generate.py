"""Phrases of a generator, some tracks of which somebody else plays; it must not know losses or files."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from musegan_models.networks import Generator
from musegan_models.notes import binarize, own_planes
from musegan_models.spec import ModelSpec
from musegan_train.fit.batches import Batch


def generate(generator: Callable[..., Tensor], batch: Batch, z: dict[str, Tensor]) -> Tensor:
    """Return phrases (N, B, planes, M, T, P): the given tracks are the real ones, the others the generator's.

    The generator hears nothing of the tracks that are not given. A model that hears the bar before hears the real one.
    """
    made = generator(z, _condition(batch), batch.given, batch.previous, batch.chord)
    return _put_given(batch, made)


@torch.no_grad()
def play(generator: Generator, batch: Batch, z: dict[str, Tensor]) -> Tensor:
    """Return what `generate` does, but let a model that hears the bar before hear its own, binarised, as on stage."""
    if not generator.spec.hears_previous:
        return generate(generator, batch, z)
    assert batch.previous is not None
    return bar_upon_bar(
        lambda previous: generate(generator, batch._replace(previous=previous), z),
        torch.zeros_like(batch.previous),
        generator.spec,
    )


def bar_upon_bar(make: Callable[[Tensor], Tensor], previous: Tensor, spec: ModelSpec) -> Tensor:
    """Return phrases whose bars each heard the one before, binarised.

    `make`: from the bars before, (N, B, planes, M, T, P), to phrases of that shape; `previous`: zeros, to be filled.
    """
    # A bar depends on the bar before alone, so after as many rounds as there are bars all are right.
    made = make(previous)
    for bar in range(1, spec.n_measures):
        notes = np.stack(binarize(made[:, bar - 1].float().cpu().numpy(), spec), axis=1)
        previous[:, bar] = torch.from_numpy(own_planes(notes, spec)).to(previous)
        made = make(previous)
    return made


def _condition(batch: Batch) -> Tensor | None:
    if batch.given is None:
        return None
    return batch.real * batch.given[:, None, None, :, None, None]


def _put_given(batch: Batch, made: Tensor) -> Tensor:
    if batch.given is None:
        return made
    return torch.where(batch.given[:, None, None, :, None, None] > 0, batch.real, made)
