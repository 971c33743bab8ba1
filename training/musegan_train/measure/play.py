"""What a band plays where it is measured: alone, phrase upon phrase, and with a track of held-out songs.

It must not know metrics.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from musegan_models.model import Latents, draw_latents
from musegan_models.notes import BoolArray, binarize, tidy
from musegan_models.spec import ModelSpec
from musegan_train.measure.references import Indices, Reference
from musegan_train.measure.tally import Music

FloatArray = NDArray[np.float32]

CHAIN = 8
"""Phrases that a band which continues phrases plays in a row."""

_BARS_IN_CHAIN = 32


class Band(Protocol):
    """What is measured: anything that plays phrases as `musegan_models.model.Model` does."""

    spec: ModelSpec

    def phrase(
        self,
        latents: Latents,
        condition: FloatArray | None = None,
        given: FloatArray | None = None,
        chord: FloatArray | None = None,
        awaited: FloatArray | None = None,
        before: FloatArray | None = None,
    ) -> FloatArray:
        """Return probabilities `(n, n_measures, n_planes, n_tracks, n_steps, n_pitches)`."""


class Take(NamedTuple):
    """The same phrases as the generator made them, and tidied as a band on stage does."""

    raw: Music
    tidied: Music


@dataclass(frozen=True, slots=True)
class Lead:
    """A track that somebody else plays: heard as it sounds, or, where `awaited`, only up to the bar before."""

    track: int
    awaited: bool = False


def is_tidied(spec: ModelSpec) -> bool:
    """Return whether `notes.tidy` can change what a model of `spec` plays."""
    return spec.has_onsets and any(track.is_monophonic for track in spec.tracks)


def play(
    band: Band, reference: Reference, some: Indices, lead: Lead | None, batch: int, rng: np.random.Generator
) -> Iterator[Take]:
    """Yield as many bars as the phrases `some` have, played by the band, `batch` phrases at once.

    A `lead` plays what it does there, in the takes too. A band that continues phrases goes on, alone, from its own
    last bar: see `_chains`; with a lead, see `_led`. Others play each phrase for itself; alone, one after another.
    """
    if lead is None and band.spec.continues:
        yield from _chains(band, _n_phrases(reference, len(some)), batch, rng)
        return
    last: list[Music | None] = [None, None]
    for start in range(0, len(some), batch):
        part = some[start : start + batch]
        if lead is not None:
            yield _led(band, reference, part, lead, rng)
            continue
        n = _n_phrases(reference, len(part))
        take = _take(band, band.phrase(draw_latents(band.spec, rng, n), None, None, _chords(reference, part)), rng)
        raw, tidied = (_one_after_another(music, end) for music, end in zip(take, last, strict=True))
        last = [raw, tidied]
        yield Take(raw, tidied)


def chains(band: Band, n: int, batch: int, rng: np.random.Generator) -> Iterator[list[Take]]:
    """Yield `n` chains of `CHAIN` phrases, each with another z, `batch` at once: their first phrases, and so on.

    The first follows upon silence, as where a show begins; the others, where the band continues phrases, upon its own
    last bar. A band of single bars plays as many bars as eight phrases have.
    """
    spec = band.spec
    length = CHAIN if spec.n_measures > 1 else _BARS_IN_CHAIN
    for start in range(0, n, batch):
        size = min(batch, n - start)
        before = np.zeros((size, 2, *spec.bar_shape[1:]), np.float32)
        ends, takes = [np.zeros((size, *spec.bar_shape[1:]), np.bool_)] * 2, list[Take]()
        for _ in range(length):
            z = draw_latents(spec, rng, size)
            take = _take(band, band.phrase(z, before=before) if spec.continues else band.phrase(z), rng)
            takes.append(Take(*(music._replace(before=end) for music, end in zip(take, ends, strict=True))))
            ends = [_last_bar(music) for music in take]
            before = np.stack((take.tidied.onset[:, -1], take.tidied.sustain[:, -1]), axis=1).astype(np.float32)
        yield takes


def _chains(band: Band, n: int, batch: int, rng: np.random.Generator) -> Iterator[Take]:
    """Yield `n` phrases of `chains`, in random order."""
    while n > 0:
        n_chains = min(batch, -(-n // CHAIN))
        (takes,) = chains(band, n_chains, n_chains, rng)
        order = rng.permutation(n_chains * CHAIN)[:n]
        yield Take(*(_in_order([take[way] for take in takes], order) for way in (0, 1)))
        n -= len(order)


def _led(band: Band, reference: Reference, some: Indices, lead: Lead, rng: np.random.Generator) -> Take:
    """Return phrases in which somebody else plays what the held-out phrases have in one track."""
    spec = band.spec
    condition, mask = reference.condition(some, lead.track)
    given, awaited = (np.zeros_like(mask), mask) if lead.awaited else (mask, None)
    chord = _chords(reference, some)

    def played(condition: FloatArray, before: FloatArray | None = None) -> Take:
        z = draw_latents(spec, rng, len(mask))
        return _take(band, band.phrase(z, condition, given, chord, awaited, before), rng)

    if not (spec.continues and reference.knows_before):
        onset, sustain = reference.planes(some)
        return Take(*(_with_lead(music, onset, sustain, lead.track) for music in played(condition)))
    # The band must not hear the bar before of a real band. So it first plays a phrase of other z, from silence, in all
    # bars of which the lead plays that bar: the last one it hears. Where a song begins it hears silence.
    onset, sustain = reference.with_before(some)
    own = np.stack((onset[:, :1], sustain[:, :1]), axis=2)  # (n, 1, 2, M, T, P)
    others = np.arange(spec.n_tracks) != lead.track
    own[:, :, :, others] = False
    first = played(np.broadcast_to(own, condition.shape).astype(np.float32))
    starts = ~(onset[:, 0] | sustain[:, 0]).any(axis=(1, 2, 3))
    bars = list[Music]()
    for music in first:
        bars.append(_with_lead(music, onset[:, :1], sustain[:, :1], lead.track))
        bars[-1].onset[starts], bars[-1].sustain[starts] = False, False
    take = played(condition, np.stack((bars[1].onset[:, -1], bars[1].sustain[:, -1]), axis=1).astype(np.float32))
    takes = (_with_lead(music, onset[:, 1:], sustain[:, 1:], lead.track) for music in take)
    return Take(*(music._replace(before=_last_bar(bar)) for music, bar in zip(takes, bars, strict=True)))


def _n_phrases(reference: Reference, n: int) -> int:
    """Return how many phrases of the band have as many bars as `n` of the data."""
    return max(1, n * int(reference.data.manifest["n_measures"]) // reference.spec.n_measures)


def _chords(reference: Reference, some: Indices) -> FloatArray | None:
    """Return the chords of the band's phrases, those of held-out ones, where the model hears chords."""
    spec = reference.spec
    if not spec.has_chord:
        return None
    bars = reference.chords(some).reshape(-1, 13)
    return bars[: len(bars) // spec.n_measures * spec.n_measures].reshape(-1, spec.n_measures, 13)


def _take(band: Band, probability: FloatArray, rng: np.random.Generator) -> Take:
    spec = band.spec
    onset, sustain = binarize(probability, spec, rng if spec.neurons == "stochastic" else None)
    raw = Music(onset, sustain)
    return Take(raw, Music(*tidy(onset, sustain, probability[..., 0, :, :, :], spec)) if is_tidied(spec) else raw)


def _with_lead(music: Music, onset: BoolArray, sustain: BoolArray, track: int) -> Music:
    """Return a copy of phrases that has one track of others, `(n, n_measures, n_tracks, n_steps, n_pitches)`."""
    copy = Music(music.onset.copy(), music.sustain.copy())
    copy.onset[:, :, track], copy.sustain[:, :, track] = onset[:, :, track], sustain[:, :, track]
    return copy


def _one_after_another(music: Music, last: Music | None) -> Music:
    """Return phrases with, before each, the last bar of the one before; before the first, that of `last`."""
    ends = _last_bar(music)
    if music.onset.shape[1] == 1:
        return music
    first = np.zeros_like(ends[:1]) if last is None else _last_bar(last)[-1:]
    return music._replace(before=np.concatenate((first, ends[:-1])))


def _last_bar(music: Music) -> BoolArray:
    return np.asarray(music.onset[:, -1] | music.sustain[:, -1], np.bool_)


def _in_order(parts: list[Music], order: NDArray[np.int64]) -> Music:
    """Return phrases, joined and then in the order of `order`."""
    onset, sustain = (np.concatenate([part[plane] for part in parts])[order] for plane in (0, 1))
    return Music(onset, sustain, np.concatenate([part.before for part in parts if part.before is not None])[order])
