"""Find the weights by which the band chooses among the drafts of a bar (`musegan_models.likeness`).

    python benchmarks/drafts.py FOLDER.. [--bundle DIR] [--drafts 2] [--rounds 24] [--seeds 60]

FOLDER holds MIDI files. What is counted of a bar is counted of songs, sixteen bars in a row each, and of what the band
plays in its default form; each round moves every weight towards where the band's mean is that of the songs (Robbins
and Monro 1951). Printed are the means of the weights of the second half of the rounds (Polyak and Juditsky 1992), and
what the band plays by them. About four minutes on one core.
"""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musegan_bridge.show.band import Band, Draft
from musegan_bridge.show.hearing import request_of
from musegan_bridge.show.ideas import Bearing, Ideas
from musegan_models import bundle as bundles
from musegan_models.likeness import LAKH_LIVE, Weights, counts_of
from musegan_models.model import Model
from musegan_models.spec import ModelSpec
from musegan_train.data.prepare import draw_song, find_files
from musegan_train.data.rules import Rules
from musegan_train.data.scores import DroppedSongError
from musegan_train.measure.excerpts import starts_of_excerpts
from musegan_train.measure.whole_songs import learned_by

BARS = 16
NAMES = tuple(field.name for field in fields(Weights))
_RATE = 0.4  # standard deviations that a weight moves, where a mean is one off
_TRIMMED = 0.05  # share of the songs, at either end
_STUCK = 0.25  # share of steps with a cluster, above which a file has notes that nobody switched off
_FIRST_ROUNDS = 6  # with the full rate
_MOST = 0.25  # of all that decides: what no choice among drafts can reach must not crowd out what it can


def counted(bars: NDArray[np.float32], spec: ModelSpec) -> NDArray[np.float64]:
    """Return the counts of each of n consecutive bars (n, 2, n_tracks, n_steps, n_pitches), (n, counts)."""
    found, triads = list[NDArray[np.float64]](), list[int]()
    for bar in bars:
        counts = counts_of(bar[None], spec, triads)
        triads = [int(counts.triad[0]), *triads[:1]]
        found.append(counts.values[0])
    return np.stack(found)


def count_songs(folders: list[Path], spec: ModelSpec, learned: frozenset[str]) -> NDArray[np.float64]:
    """Return the means of songs that the band did not learn from, (n, counts)."""
    rules, found = Rules(resolution=spec.measure_resolution), list[NDArray[np.float64]]()
    for name, path in find_files(folders):
        try:
            song = draw_song(name, path.read_bytes(), rules)
        except DroppedSongError:
            continue
        if path.stem in learned or not (starts := starts_of_excerpts(song, rules)):
            continue
        parts = [counted(song.planes[:, n : n + BARS].swapaxes(0, 1).astype(np.float32), spec) for n in starts]
        own = np.concatenate(parts).mean(axis=0)
        if own[NAMES.index("clusters")] <= _STUCK:
            found.append(own)
    return np.stack(found)


def trimmed_mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of each column without its least and its greatest values: a few files have notes that hang."""
    cut = round(len(values) * _TRIMMED)
    return np.asarray(np.sort(values, axis=0)[cut : len(values) - cut].mean(axis=0))


def count_band(model: Model, weights: Weights, seeds: range, bearing: Bearing) -> NDArray[np.float64]:
    """Return the counts of the bars that the band plays alone, (n, counts)."""
    band, found = Band(model, weights=weights), list[NDArray[np.float64]]()
    for seed in seeds:
        ideas, draft, bars = Ideas.begin(model.spec, seed), None, list[NDArray[np.float32]]()
        for number in range(BARS):
            idea, ideas = ideas.next(bearing)
            draft = band.bar(request_of(model.spec, number, idea, mode="anticipate", draft=draft))
            bars.append(_planes(draft))
        found.append(counted(np.stack(bars), model.spec))
    return np.concatenate(found)


def _planes(draft: Draft) -> NDArray[np.float32]:
    assert draft.planes is not None
    return draft.planes


def main() -> None:
    """Print the weights, and the means that they lead to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--bundle", type=Path, default=bundles.pretrained())
    parser.add_argument("--drafts", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=24)
    parser.add_argument("--seeds", type=int, default=60)
    options = parser.parse_args()
    model, bearing = Model(bundles.load(options.bundle)), Bearing(form="song", drafts=options.drafts)
    songs = count_songs(options.folders, model.spec, learned_by(options.bundle))
    target = trimmed_mean(songs)
    print(f"{len(songs)} songs")
    worth = np.array([getattr(LAKH_LIVE, name) for name in NAMES])
    kept = list[NDArray[np.float64]]()
    for i in range(options.rounds):
        weights = Weights(**dict(zip(NAMES, worth.tolist(), strict=True)))
        band = count_band(model, weights, range(i * options.seeds, (i + 1) * options.seeds), bearing)
        mean, spread = band.mean(axis=0), band.std(axis=0) + 1e-6
        off = float(np.abs((mean - target) / (np.abs(target) + 0.02 * spread)).clip(max=1).mean())
        print(f"round {i + 1}: {off:.3f} off", flush=True)
        rate = _RATE * min(1.0, _FIRST_ROUNDS / (i + 1))
        worth = worth + rate * np.clip((target - mean) / spread, -1, 1) / spread
        worth = worth / np.abs(worth * spread).sum()  # only their proportions count
        worth = np.clip(worth, -_MOST / spread, _MOST / spread)
        kept.append(worth)
    worth = np.mean(kept[len(kept) // 2 :], axis=0).round(2)
    weights = Weights(**dict(zip(NAMES, worth.tolist(), strict=True)))
    last = count_band(
        model, weights, range(options.rounds * options.seeds, (options.rounds + 2) * options.seeds), bearing
    )
    for name, value, mean_, song in zip(NAMES, worth, last.mean(axis=0), target, strict=True):
        print(f"{name:14} weight {value:6.2f}   band {mean_:6.3f}   songs {song:6.3f}")


if __name__ == "__main__":
    main()
