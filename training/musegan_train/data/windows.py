"""Which bars of a song become phrases; it must not know files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from musegan_models.spec import ModelSpec
from musegan_train.data.rules import Rules
from musegan_train.data.segment import Section
from musegan_train.data.songs import Song

_MIN_MEASURES = 2  # bars with an onset that a track needs to play, of `light` activity
_MIN_ONSETS = 3  # onsets that it needs
_DENSE = {"drums": (2, 24 / 384), "bass": (1, 96 / 384)}  # distinct pitches, share of steps that sound
_DENSE_OTHERS = (2, 156 / 384)


def starts_by_hop(n_active: NDArray[np.integer], hop: int, n_measures: int) -> NDArray[np.int64]:
    """Return the first bars of windows from the first bar that sounds on; `n_active` is `(n_bars,)`, 0 for silence."""
    return np.arange(int(np.argmax(n_active > 0)), len(n_active) - n_measures + 1, hop)


def starts_by_section(sections: Sequence[Section], n_bars: int) -> NDArray[np.int64]:
    """Return the first bars of the four-bar phrases of all sections.

    The rule by which MuseGAN's authors make a section of L bars a multiple of four: from 8 bars on, L mod 4 = 1 drops
    the last bar, 2 drops the first and the last, 3 adds the bar that follows; 7 adds the bar that follows, 6 one on
    each side. Ours where theirs says nothing: 5 drops the last bar, as 9 does; at the ends of the song, where there is
    no bar to add, bars are dropped at the end; a section under 4 bars is no phrase.
    """
    starts: list[int] = []
    for section in sections:
        start, length = section.start, section.n_measures
        if length % 4 == 2:
            grows = length == 6 and start > 0 and start + length < n_bars
            start, length = (start - 1, length + 2) if grows else (start + (length > 6), length - 2)
        elif length % 4 == 3 and length > 3 and start + length < n_bars:
            length += 1
        starts.extend(range(start, start + length // 4 * 4, 4))
    return np.array(starts, np.int64)


def choose_windows(
    song: Song, packed: NDArray[np.uint8], starts: NDArray[np.int64], spec: ModelSpec, rules: Rules
) -> tuple[NDArray[np.int64], Counter[str]]:
    """Return those `starts` whose bars may become a phrase, and the number of the others by reason.

    `packed` is `(2, n_bars, n_tracks, n_steps, n_bytes)`, as `phrases.pack` makes it.
    """
    window = starts[:, None] + np.arange(spec.n_measures)  # (n, n_measures)
    plays = _plays_densely(packed, window, spec) if rules.activity == "dense" else _plays(packed[0], window)
    enough = plays.sum(axis=1) >= rules.n_tracks_needed
    measure = song.start // spec.measure_resolution
    struck = np.bincount(measure, minlength=packed.shape[1])
    on_grid = np.bincount(measure, weights=song.is_on_grid, minlength=packed.shape[1])
    fits = on_grid[window].sum(axis=1) >= rules.min_grid_fit * struck[window].sum(axis=1)
    dropped = Counter({"a track rests": int((~enough).sum()), "off the grid": int((enough & ~fits).sum())})
    return starts[enough & fits], dropped


def _plays(onset: NDArray[np.uint8], window: NDArray[np.int64]) -> NDArray[np.bool_]:
    onsets = np.bitwise_count(onset).sum(axis=(2, 3), dtype=np.int64)[window]  # (n, n_measures, n_tracks)
    return np.asarray(((onsets > 0).sum(axis=1) >= _MIN_MEASURES) & (onsets.sum(axis=1) >= _MIN_ONSETS))


def _plays_densely(packed: NDArray[np.uint8], window: NDArray[np.int64], spec: ModelSpec) -> NDArray[np.bool_]:
    """Tell which tracks are as rich as the v3 training data's (wayne391: of the 384 steps of 8 bars at 48 a bar)."""
    roll = packed[0] | packed[1]
    used = np.bitwise_or.reduce(np.bitwise_or.reduce(roll, axis=2)[window], axis=1)  # (n, n_tracks, n_bytes)
    pitches = np.bitwise_count(used).sum(axis=-1, dtype=np.int64)
    steps = roll.any(axis=3).sum(axis=-1)[window].sum(axis=1)
    needed = np.array([_DENSE.get(track.name, _DENSE_OTHERS) for track in spec.tracks])
    return np.asarray((pitches >= needed[:, 0]) & (steps >= needed[:, 1] * spec.measure_resolution * spec.n_measures))
