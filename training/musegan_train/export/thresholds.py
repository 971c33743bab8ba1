"""From which probability on a note sounds, chosen for each track; it must not know files or onnxruntime."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from musegan_models.networks import MOST_LEVEL, Generator, draw_z
from musegan_models.notes import running
from musegan_models.spec import Track
from musegan_train.fit.batches import Batches, roll_of
from musegan_train.fit.generate import after, play, roll_out

RULES = ("density", "half")
"""density: each track is as dense as the training data; half: 0.5, as the papers binarise (a tanh at 0)."""

_LEAST, _LEAST_SUSTAIN, _MOST = 0.1, 0.02, 0.9
_PLAYED_AT_ONCE, _IN_A_ROW = 64, 8
_ROUNDS, _PART = 8, 0.4
_AT_ONCE = 16  # phrases; 96 steps and eight tracks of them fill a gigabyte


Report = Callable[[int, int], object]
"""Takes how many steps are done, and of how many."""


def choose_thresholds(
    generator: Generator,
    batches: Batches,
    n_phrases: int,
    rule: str = "density",
    report: Report = lambda done, total: None,
) -> tuple[Track, ...]:
    """Return the tracks with their thresholds.

    By `density` they are those at which `n_phrases` phrases, conditioned as in training, have as many cells as the
    training data, track by track and plane by plane. Binary neurons decide at one half, as they were trained to. A
    model with levels has them settled instead, in place, and decides at one half: see `settle_levels`, which takes
    minutes and calls `report`.

    Raises:
        ValueError: There is no such rule.

    """
    if rule not in RULES:
        raise ValueError(f"thresholds must be one of {', '.join(RULES)}, got {rule!r}")
    spec = generator.spec
    if generator.levels is not None:
        if rule == "density":
            settle_levels(generator, batches, n_phrases, report)
        return tuple(dataclasses.replace(t, onset_threshold=0.5, sustain_threshold=0.5) for t in spec.tracks)
    if rule == "half" or generator.neurons_on:
        return tuple(dataclasses.replace(t, onset_threshold=0.5, sustain_threshold=0.5) for t in spec.tracks)
    rng = np.random.default_rng(0)
    some = rng.choice(batches.indices, min(2000, len(batches.indices)), replace=False)
    target = roll_of(batches.data, spec, np.sort(some)).mean(axis=(0, 1, 4, 5))  # (planes, M)
    made = list(zip(*_phrases(generator, batches, n_phrases, rng), strict=True))
    tracks = []
    for i, track in enumerate(spec.tracks):
        own = np.concatenate(made[i])  # (n, B, planes, T, P): where the band plays the track, not the musician
        if not len(own):  # it never does
            tracks.append(track)
            continue
        onset = own[:, :, 0]
        if track.is_monophonic and not spec.has_onsets:  # only the most probable pitch can sound
            onset = np.where(onset == onset.max(axis=-1, keepdims=True), onset, 0)
        onset_threshold = _quantile(onset, target[0, i], _LEAST)
        sustain_threshold = 0.5
        if spec.has_onsets and not track.is_drum:
            # A sustain counts only where it runs on from an onset, so its share depends on the onsets' threshold. It
            # can be low: a note that has begun does not become noise by going on.
            sustain = own[:, :, 1]
            can = (sustain > _LEAST_SUSTAIN) & (onset <= onset_threshold)
            reachable = sustain * running(onset > onset_threshold, can)
            sustain_threshold = _quantile(reachable, target[1, i], _LEAST_SUSTAIN)
        tracks.append(dataclasses.replace(track, onset_threshold=onset_threshold, sustain_threshold=sustain_threshold))
    return tuple(tracks)


@torch.no_grad()
def settle_levels(
    generator: Generator, batches: Batches, n_phrases: int, report: Report = lambda done, total: None
) -> None:
    """Set the levels of a generator to where it plays as many notes as the training data, and as many that last.

    In training they follow weights that change, from one phrase of a song to the next; here weights stand still, and
    it is the band's own phrase that another follows, as on stage. About `n_phrases` are played in each company, alone
    and beside each track. What is heard of the bar before depends on the levels, too: they go part of the way in each
    of `_ROUNDS`, or they would swing.
    """
    levels = generator.levels
    assert levels is not None
    n_tracks = generator.spec.n_tracks
    rng, noise = np.random.default_rng(0), torch.Generator().manual_seed(0)
    for company, lead in enumerate((None, *range(n_tracks))):
        given = torch.zeros(1, n_tracks)
        if lead is not None:
            given[0, lead] = 1
        own = torch.stack([given[0] == 0, (given[0] == 0) & (levels.lasting > 0)][: generator.spec.n_planes]).float()
        for n in range(_ROUNDS):
            report(company * _ROUNDS + n, (1 + n_tracks) * _ROUNDS)
            heard = list(_own_phrases(generator, batches, -(-n_phrases // _ROUNDS), lead, rng, noise))
            made = torch.logit(torch.cat(heard), eps=1e-6)
            now = levels(given)[0].T  # (planes, M)
            change = _PART * (levels_of(made, levels.density[0], levels.lasting) - now) * own
            levels.value[0 if lead is None else 1 + lead] += change
            if lead is None:
                levels.value[1:] -= change  # what is beside others stays as it is


def levels_of(logits: Tensor, density: Tensor, lasting: Tensor) -> Tensor:
    """Return from which logits on (planes, M) notes begin and last as often as they shall.

    `logits` (N, B, planes, M, T, P); `density` (M,): share of cells in which a note begins; `lasting` (M,): share of a
    bar's notes that last two steps or more, the mean over bars.
    """
    planes, n_tracks = logits.shape[2], logits.shape[3]
    found = torch.zeros(planes, n_tracks)
    for track in range(n_tracks):
        onset = logits[:, :, 0, track]
        found[0, track] = float(np.quantile(onset.numpy(), 1 - float(density[track])))
        if planes == 1 or not lasting[track]:
            continue
        begins = onset > found[0, track]  # (N, B, T, P)
        notes = begins.sum(dim=(2, 3))
        weight = begins / notes.clamp(min=1)[..., None, None]  # each bar counts the same
        can_last = begins[..., :-1, :] & ~begins[..., 1:, :]
        sustain, weight = logits[:, :, 1, track, 1:][can_last], weight[..., :-1, :][can_last]
        order = sustain.argsort(descending=True)
        enough = int(torch.searchsorted(weight[order].cumsum(0), float(lasting[track] * (notes > 0).sum())))
        found[1, track] = sustain[order[min(enough, len(order) - 1)]] if len(order) else 0.0
    return found.clamp(-MOST_LEVEL, MOST_LEVEL)


def _own_phrases(
    generator: Generator,
    batches: Batches,
    n_phrases: int,
    lead: int | None,
    rng: np.random.Generator,
    noise: torch.Generator,
) -> Iterator[Tensor]:
    """Yield phrases that follow upon the band's own, as on stage, some at a time: probabilities, not levelled.

    Alone it goes on from silence, and all that it plays counts; beside a lead, what follows upon its first phrase.
    """
    in_a_row, at_once = _IN_A_ROW if lead is None else 2, min(n_phrases, _PLAYED_AT_ONCE)
    for _ in range(0, n_phrases, at_once):
        batch = batches.at(rng.choice(batches.indices, at_once), rng)
        assert batch.given is not None
        assert batch.previous is not None
        given = torch.zeros_like(batch.given)
        if lead is not None:
            given[:, lead] = 1
        silence = torch.cat([torch.zeros_like(batch.previous[:, :1]), batch.previous[:, 1:]], dim=1)
        batch = batch._replace(given=given, awaited=None, previous=silence)
        for i in range(in_a_row):
            made, _ = roll_out(generator, batch, draw_z(generator.spec, at_once, generator=noise))
            batch = after(generator, batch, made)
            if lead is None or i:
                yield made


@torch.no_grad()
def _phrases(
    generator: Generator, batches: Batches, n_phrases: int, rng: np.random.Generator
) -> Iterator[list[NDArray[np.float32]]]:
    """Yield, for some phrases at a time, what the band plays of each track: (n, B, planes, T, P)."""
    noise = torch.Generator().manual_seed(0)
    for first in range(0, n_phrases, _AT_ONCE):
        n = min(_AT_ONCE, n_phrases - first)
        batch = batches.at(rng.choice(batches.indices, n), rng)
        made = play(generator, batch, draw_z(generator.spec, n, generator=noise)).numpy()
        given = np.zeros((n, made.shape[3])) if batch.given is None else batch.given.numpy()
        yield [made[given[:, i] == 0][:, :, :, i] for i in range(made.shape[3])]


def _quantile(probabilities: NDArray[np.float32], share: float, least: float) -> float:
    """Return the threshold that `share` of the cells pass; never so low that cells sound by chance."""
    return round(float(np.clip(np.quantile(probabilities, 1 - share), least, _MOST)), 4)
