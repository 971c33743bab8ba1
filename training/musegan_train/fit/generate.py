"""Phrases of a generator, some tracks of which somebody else plays; it must not know losses or files."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from musegan_models.networks import Generator
from musegan_models.notes import heard_planes, own_planes
from musegan_models.spec import ModelSpec
from musegan_train.fit.batches import Batch


def generate(generator: Callable[..., Tensor], batch: Batch, z: dict[str, Tensor]) -> Tensor:
    """Return phrases (N, B, planes, M, T, P): the tracks that somebody else plays are the real ones.

    The generator hears nothing of the tracks that are not given, and of those that are awaited only the bars before.
    Bars before are those of the batch: the real ones, or what `roll_out` put there.
    """
    made = generator(z, _condition(batch), batch.given, batch.previous, batch.chord)
    return _put_others(batch, made)


@torch.no_grad()
def roll_out(
    generator: Generator, batch: Batch, z: dict[str, Tensor], n_bars: int | None = None
) -> tuple[Tensor, Batch]:
    """Play phrases as on stage: each bar upon the notes of the bar before. Return them, and what they were played upon.

    (N, B, planes, M, T, P), not levelled; and the batch with the generator's own notes as the bars before, after the
    first. Where somebody else plays a track, it has the real ones. Batch norms use their running statistics.
    `n_bars`: no more than these are played.
    """
    assert batch.previous is not None
    was = generator.training
    generator.eval()
    previous = batch.previous.clone()
    made = torch.cat(list(_bars(generator, batch, z, previous, n_bars or generator.spec.n_measures)), dim=1)
    generator.train(was)
    return made, batch._replace(previous=previous)


def after(generator: Generator, batch: Batch, made: Tensor) -> Batch:
    """Return the batch as if its phrases came after those `made` by `roll_out` of it, by the same players."""
    assert batch.previous is not None
    last = batch._replace(real=batch.real[:, -1:])
    notes = as_notes(_levelled(made[:, -1:], _level(generator, batch))[:, 0], generator.spec)
    before = _put_others(last, notes.unsqueeze(1))
    return batch._replace(previous=torch.cat([before, batch.previous[:, 1:]], dim=1))


@torch.no_grad()
def play(generator: Generator, batch: Batch, z: dict[str, Tensor]) -> Tensor:
    """Return what `generate` does, levelled; but a model that hears the bar before hears its own notes, as on stage."""
    if not generator.spec.hears_previous:
        return generate(generator, batch, z)
    assert batch.previous is not None
    level = _level(generator, batch)
    bars = _bars(generator, batch, z, batch.previous.clone(), generator.spec.n_measures)
    return torch.cat([_levelled(bar, level) for bar in bars], dim=1)


def _bars(generator: Generator, batch: Batch, z: dict[str, Tensor], previous: Tensor, n_bars: int) -> Iterator[Tensor]:
    """Yield the first bars of phrases, each (N, 1, planes, M, T, P); `previous` is filled from its second bar on."""
    condition, level, spec = _condition(batch), _level(generator, batch), generator.spec
    for bar in range(n_bars):
        this = slice(bar, bar + 1)
        heard = None if condition is None else condition[:, this]
        chord = None if batch.chord is None else batch.chord[:, this]
        own = generator(z, heard, batch.given, previous[:, this], chord, bar)
        real = batch._replace(real=batch.real[:, this])
        if bar + 1 < spec.n_measures:
            notes = as_notes(_levelled(own, level)[:, 0], spec)
            previous[:, bar + 1] = _put_others(real, notes.unsqueeze(1))[:, 0]
        yield _put_others(real, own)


def _level(generator: Generator, batch: Batch) -> Tensor | None:
    """Return from which logit on a cell is a note, (N, 1, planes, M, 1, 1)."""
    if generator.levels is None or batch.given is None:
        return None
    level: Tensor = generator.levels(batch.given)
    return level.transpose(1, 2)[:, None, :, :, None, None]


def _levelled(probability: Tensor, level: Tensor | None) -> Tensor:
    return probability if level is None else torch.sigmoid(torch.logit(probability, eps=1e-6) - level)


def as_heard(generator: Generator, batch: Batch, made: Tensor) -> Tensor:
    """Return made phrases as probabilities of what is heard: a note sounds from one half on."""
    return _levelled(made, _level(generator, batch))


def as_notes(probability: Tensor, spec: ModelSpec) -> Tensor:
    """Return bars (N, planes, M, T, P) as the notes that are heard of them, in {0, 1}."""
    notes = heard_planes(probability.float().cpu().numpy(), spec)
    return torch.from_numpy(own_planes(notes, spec)).to(probability)


def others_of(batch: Batch) -> Tensor:
    """Return the tracks that somebody else plays, heard or awaited, (N, M)."""
    assert batch.given is not None
    return batch.given if batch.awaited is None else batch.given + batch.awaited


def _condition(batch: Batch) -> Tensor | None:
    if batch.given is None:
        return None
    return batch.real * batch.given[:, None, None, :, None, None]


def _put_others(batch: Batch, made: Tensor) -> Tensor:
    """Put the real tracks where somebody else plays."""
    if batch.given is None:
        return made
    return torch.where(others_of(batch)[:, None, None, :, None, None] > 0, batch.real, made)
