"""Bars in a row of the songs in some folders, counted; it must not know bands."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musegan_models.spec import ModelSpec
from musegan_train.data.identity import Fingerprint, fingerprint, group_songs, title_from_path
from musegan_train.data.phrases import pack
from musegan_train.data.prepare import Drawn, draw_song, find_files
from musegan_train.data.rules import Rules
from musegan_train.data.scores import DroppedSongError
from musegan_train.data.windows import choose_windows
from musegan_train.measure import listening
from musegan_train.measure.heard import BARS, weighed
from musegan_train.measure.listening import Counts

_STUCK = 0.25
"""Share of steps with three neighbouring semitones: from here on a file has notes that nobody switched off."""


@dataclass
class Excerpts:
    """Excerpts of `BARS` bars of the songs under `folders`, those in `learned` left out.

    In all bars of an excerpt the rules hold by which bars become phrases: all tracks play, on the grid. They follow
    upon each other from the first bar that sounds on. Once read, `md5s` names the songs, and `left_out` counts the
    other files by reason.
    """

    folders: Sequence[Path]
    spec: ModelSpec
    learned: frozenset[str] = frozenset()  # MD5
    left_out: Counter[str] = field(default_factory=Counter)
    md5s: list[str] = field(default_factory=list)

    def count(self, did: Callable[[], object] = lambda: None) -> Counts:
        """Return the counts of each song, once for all arrangements; a song weighs as one excerpt of it.

        `did` is called after each file.

        Raises:
            ValueError: There is no such excerpt.

        """
        rules = Rules(resolution=self.spec.measure_resolution)
        if (self.spec.track_names, *self.spec.bar_shape[1:]) != (rules.spec.track_names, *rules.spec.bar_shape[1:]):
            raise ValueError(f"songs are read for {', '.join(rules.spec.track_names)}, not for {self.spec.name}")
        md5s, titles, marks, found = list[str](), list[str](), list[Fingerprint](), list[Counts]()
        for name, path in find_files(self.folders):
            did()
            data = path.read_bytes()
            md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
            if md5 in self.learned:
                self.left_out["learned from"] += 1
                continue
            try:
                song = draw_song(name, data, rules)
            except DroppedSongError as error:
                self.left_out[str(error)] += 1
                continue
            starts = starts_of_excerpts(song, rules)
            if not starts:
                self.left_out[f"no {BARS} bars in which all tracks play on the grid"] += 1
                continue
            counts = weighed([(part[0], part[1]) for part in (song.planes[:, n : n + BARS] for n in starts)], self.spec)
            if counts.all()[list(listening.FIGURES).index("cluster")] > _STUCK:
                self.left_out["notes that never end"] += 1
                continue
            md5s.append(md5)
            titles.append(title_from_path(name))
            bass = self.spec.track_names.index("bass")
            marks.append(fingerprint(song.chroma.sum(axis=0), song.chroma[bass]))
            found.append(counts)
        songs = dict[str, Counts]()
        for identity, md5, counts in zip(group_songs(titles, marks, md5s), md5s, found, strict=True):
            if identity in songs:
                self.left_out["another arrangement"] += 1
                continue
            songs[identity] = counts
            self.md5s.append(md5)
        if not songs:
            reasons = ", ".join(f"{n} {reason}" for reason, n in self.left_out.items()) or "there is none"
            raise ValueError(f"{', '.join(map(str, self.folders))}: no song with {BARS} bars to measure ({reasons})")
        return listening.joined(list(songs.values()))


def starts_of_excerpts(song: Drawn, rules: Rules) -> list[int]:
    """Return the first bars of the excerpts of a song."""
    packed, size = pack(song.planes), rules.spec.n_measures
    first = int(np.argmax(packed[0].any(axis=(1, 2, 3))))
    starts: NDArray[np.int64] = np.arange(first, packed.shape[1] - size + 1, size)
    fit = set(choose_windows(song.song, packed, starts, rules.spec, rules)[0].tolist())
    found, start = list[int](), first
    while start + BARS <= packed.shape[1]:
        is_one = fit.issuperset(range(start, start + BARS, size))
        found += [start] * is_one
        start += BARS if is_one else size
    return found
