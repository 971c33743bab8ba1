"""How far two sets of phrases are apart, phrase by phrase and as distributions; it must not know networks or files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from musegan_train.measure.metrics import BoolArray, FloatArray, Measurement

Words = NDArray[np.uint64]

_BLOCK = 256
"""Phrases compared at once: what is made of them stays in the cache."""


def wasserstein(
    values: Mapping[str, Mapping[str, FloatArray]], reference: Mapping[str, Mapping[str, FloatArray]]
) -> Measurement:
    """Return the Wasserstein-1 distance of each metric's distribution over bars from the reference's, in its unit.

    Bars without a value are left out; NaN where none is left. Both arguments: from `Counts.of_each_bar`.
    """
    from scipy.stats import wasserstein_distance  # takes a second to load

    result: Measurement = {}
    for metric, tracks in reference.items():
        result[metric] = {}
        for name, expected in tracks.items():
            if name not in values[metric]:
                continue
            own, other = (bars[~np.isnan(bars)] for bars in (values[metric][name], expected))
            known = len(own) and len(other)
            result[metric][name] = float(wasserstein_distance(own, other)) if known else float("nan")
    return result


@dataclass(frozen=True, slots=True, eq=False)
class Bits:
    """Phrases as sets of cells, 64 to the word."""

    words: Words  # (n, n_words)
    counts: NDArray[np.uint16]  # (n, n_pitches of all planes and tracks): cells of each pitch
    total: NDArray[np.int64]  # (n,): cells

    def __len__(self) -> int:
        """Return the number of phrases."""
        return len(self.words)


def bits(onset: BoolArray, sustain: BoolArray) -> Bits:
    """Pack the onset and sustain cells of phrases, bool `(n, B, M, T, P)`."""
    n = len(onset)
    cells = np.stack((onset, sustain), axis=1)
    packed = np.packbits(cells.reshape(n, -1), axis=1)
    words = np.zeros((n, -(-packed.shape[1] // 8)), np.uint64)
    words.view(np.uint8)[:, : packed.shape[1]] = packed
    counts = cells.sum(axis=(2, 4), dtype=np.uint16).reshape(n, -1)
    return Bits(words, counts, counts.sum(axis=1, dtype=np.int64))


def joined(parts: Sequence[Bits]) -> Bits:
    """Return the phrases of all `parts`, in order."""
    names = ("words", "counts", "total")
    return Bits(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def diversity(phrases: Bits, limit: int = 500) -> dict[str, float]:
    """Return how different phrases are from each other: `pairwise` and `nearest` Jaccard distance, 0..1, and `repeats`.

    Of the first `limit` phrases. `pairwise` is the mean over all pairs, `nearest` the median distance of a phrase to
    the one most like it, `repeats` the share of phrases that are there more than once.
    """
    n = min(limit, len(phrases))
    words, total = phrases.words[:n], phrases.total[:n]
    similar = np.stack([_jaccard(words[i], total[i], words, total) for i in range(n)])
    others = similar[~np.eye(n, dtype=bool)].reshape(n, n - 1)
    nearest = others.max(axis=1)
    return {
        "pairwise": float(1 - others.mean()),
        "nearest": float(1 - np.median(nearest)),
        "repeats": float((nearest == 1).mean()),
    }


def nearest(phrases: Bits, training: Iterable[Bits]) -> NDArray[np.float64]:
    """Return the Jaccard distance, 0..1, from each phrase to the training phrase most like it.

    The cells that two phrases share, over those that either has. `training`: all phrases, in chunks of any size. Of two
    phrases the number of cells of each pitch limits how many they can share: only those pairs are compared
    cell by cell that could be nearer than what was found.
    """
    best = np.zeros(len(phrases))
    for chunk in training:
        for i, (words, counts, total) in enumerate(zip(phrases.words, phrases.counts, phrases.total, strict=True)):
            shared = np.minimum(counts, chunk.counts).sum(axis=1, dtype=np.int64)
            bound = _ratio(shared, total + chunk.total - shared)
            left = np.flatnonzero(bound > best[i])
            left = left[np.argsort(-bound[left])]
            for start in range(0, len(left), _BLOCK):
                block = left[start : start + _BLOCK]
                if bound[block[0]] <= best[i]:
                    break
                best[i] = max(best[i], _jaccard(words, total, chunk.words[block], chunk.total[block]).max())
    return 1 - best


def memorised(generated: NDArray[np.float64], held_out: NDArray[np.float64]) -> dict[str, float]:
    """Return whether generated phrases are nearer to the training phrases than songs never trained on.

    Both arguments: from `nearest`. `median` and `least` distance; `closer`: the share of generated phrases that are
    nearer than the nearest twentieth of held-out ones: 0.05 for phrases as new as other songs, 1 for copies; `copies`:
    the share that is a training phrase.
    """
    return {
        "median": float(np.median(generated)),
        "least": float(generated.min()),
        "closer": float((generated < np.quantile(held_out, 0.05)).mean()),
        "copies": float((generated == 0).mean()),
    }


def _jaccard(one: Words, count: int, many: Words, counts: NDArray[np.int64]) -> NDArray[np.float64]:
    shared = np.bitwise_count(one & many).sum(axis=1, dtype=np.int64)
    return _ratio(shared, count + counts - shared)


def _ratio(shared: NDArray[np.int64], either: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.where(either > 0, shared / np.maximum(either, 1), 1.0)  # two silences are the same
