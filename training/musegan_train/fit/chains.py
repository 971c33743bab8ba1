"""Bars of the band's own, kept from step to step, that phrases come after; it must not know losses or files.

On stage a band hears its own bars for an hour. One that has learned only what comes after songs, or after one phrase of
its own, has never met what it plays later on, and drifts away (exposure bias; the remedy is that of Ross et al. 2011,
arXiv 1011.0686: learn where your own playing leads). So the last bar of a phrase is kept, and in a later update another
phrase goes on from it: chains of phrases grow, at no cost but that of keeping them.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from musegan_models.networks import Generator
from musegan_models.spec import ModelSpec
from musegan_train.fit.batches import Batch
from musegan_train.fit.config import N_OWN
from musegan_train.fit.generate import after, others_of

N_BARS = 2 * N_OWN
"""Bars that are kept; the first half is for phrases that the band plays alone, the other for those beside others.

Apart, for what somebody plays beside it leads a band back to a song: a chain through both would hardly ever get far.
"""

RESTARTS = 0.25
"""Share of phrases where a chain begins anew, after the song's bar before: a chain has four phrases on average."""


class Choice(NamedTuple):
    """Where phrases go on from: for each an entry of a half, no entry twice, and whether its chain begins anew."""

    entries: Tensor  # (n,) in 0 .. N_BARS / 2 - 1
    restarts: Tensor  # (n,) bool


def silence(spec: ModelSpec, device: torch.device) -> Tensor:
    """Return the bars of a run that begins, uint8 (N_BARS, planes, M, T, P); none where phrases are not continued."""
    return torch.zeros(N_BARS if spec.continues else 0, *spec.bar_shape, dtype=torch.uint8, device=device)


def choose(n: int, noise: torch.Generator) -> Choice:
    """Draw where `n` phrases go on from."""
    device = noise.device
    entries = torch.randperm(N_BARS // 2, generator=noise, device=device)[:n]
    return Choice(entries, torch.rand(n, generator=noise, device=device) < RESTARTS)


def go_on(bars: Tensor, batch: Batch, choice: Choice) -> tuple[Batch, Tensor]:
    """Return the batch whose last phrases come after bars that were kept, and from which, (n,).

    Of such a bar the band has its own tracks; what somebody else plays comes after the bar before of its song. So do
    all tracks where a chain begins anew. `own` says which phrases come after bars of the band.
    """
    assert batch.previous is not None
    n = len(choice.entries)
    songs = batch.previous[len(batch.real) - n :, 0]  # (n, planes, M, T, P)
    others = songs.new_zeros(n, songs.shape[2]) if batch.given is None else others_of(batch)[len(batch.real) - n :]
    places = choice.entries + others.any(dim=1) * (len(bars) // 2)
    is_song = (others > 0) | choice.restarts[:, None]
    previous = batch.previous.clone()
    previous[len(previous) - n :, 0] = torch.where(is_song[:, None, :, None, None], songs, bars[places].to(songs))
    own = torch.zeros(len(previous), dtype=torch.bool, device=previous.device)
    own[len(own) - n :] = ~choice.restarts
    return batch._replace(previous=previous, own=own), places


@torch.no_grad()
def last_bars(generator: Generator, batch: Batch, made: Tensor, n: int) -> Tensor:
    """Return the last bar of the last `n` phrases `made`, as it is heard: what is kept, uint8 (n, planes, M, T, P)."""
    first = len(made) - n
    last = Batch(batch.real[first:], *(None if part is None else part[first:] for part in batch[1:]))
    previous = after(generator, last, made.detach()[first:]).previous
    assert previous is not None
    return previous[:, 0].to(torch.uint8)
