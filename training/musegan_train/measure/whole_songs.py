"""Whole songs of a folder that a bundle never learned from; it must not know metrics or networks."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from musegan_models.spec import ModelSpec
from musegan_train.data.prepare import draw_song, find_files
from musegan_train.data.rules import Rules
from musegan_train.data.scores import DroppedSongError
from musegan_train.measure.metrics import BoolArray

LISTS = ("songs.md5", "levels.md5")
"""Files of a bundle that name, by MD5 in hex, one a line, the songs that it learned from."""


class WholeSong(NamedTuple):
    """A song from its first bar on, in C major or A minor."""

    md5: str
    planes: BoolArray  # onset and sustain, (2, n_bars, n_tracks, n_steps, n_pitches)


@dataclass
class SongFolder:
    """The songs under `path` that are not in `learned`; once read, `left_out` counts the others by reason."""

    path: Path
    spec: ModelSpec
    learned: frozenset[str] = frozenset()  # MD5
    left_out: Counter[str] = field(default_factory=Counter)

    def songs(self, n_bars: int) -> Iterator[WholeSong]:
        """Yield the songs of `n_bars` or more, cut there, in an order that is random and always the same.

        Raises:
            ValueError: There is no such song, or songs are not read for such a model.

        """
        spec, rules = self.spec, Rules(resolution=self.spec.measure_resolution, min_tracks=2)
        if (spec.track_names, *spec.bar_shape[1:]) != (rules.spec.track_names, *rules.spec.bar_shape[1:]):
            raise ValueError(f"whole songs are read for {', '.join(rules.spec.track_names)}, not for {spec.name}")
        files, seen, n = find_files([self.path]), set[str](), 0
        random.Random(1).shuffle(files)
        for name, path in files:
            data = path.read_bytes()
            md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
            if md5 in self.learned or md5 in seen:
                self.left_out["learned from" if md5 in self.learned else "twice"] += 1
                continue
            seen.add(md5)
            try:
                planes = draw_song(name, data, rules).planes
            except DroppedSongError as error:
                self.left_out[str(error)] += 1
                continue
            if planes.shape[1] < n_bars:
                self.left_out[f"shorter than {n_bars} bars"] += 1
                continue
            n += 1
            yield WholeSong(md5, planes[:, :n_bars])
        if not n:
            reasons = ", ".join(f"{n} {reason}" for reason, n in self.left_out.items()) or "there is none"
            raise ValueError(f"{self.path}: no song of {n_bars} bars to measure ({reasons})")


def learned_by(bundle: Path) -> frozenset[str]:
    """Return the MD5 of all songs that a bundle says it learned from."""
    files = [bundle / name for name in LISTS if (bundle / name).is_file()]
    return frozenset(line.split()[0] for file in files for line in file.read_text("utf-8").splitlines() if line.strip())
