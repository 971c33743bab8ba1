"""Bars in a row of songs of Lakh that no band of ours learned from, counted: numbers, no notes.

`python -m musegan_train.measure.lakh_songs FOLDER.. > lakh_songs.json` made them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from musegan_train.data.rules import Rules
from musegan_train.measure.excerpts import Excerpts
from musegan_train.measure.listening import FIGURES, Counts

_FILE = Path(__file__).with_name("lakh_songs.json")


def counts(learned: frozenset[str] = frozenset()) -> Counts:
    """Return the counts of each song but those in `learned`, by MD5: of excerpts of 16 bars in steps of 16ths."""
    known = json.loads(_FILE.read_text("utf-8"))
    if known["figures"] != list(FIGURES):
        raise ValueError(f"{_FILE.name} holds other figures: make it again, as lakh_songs.py says")
    songs = [song for md5, song in known["songs"].items() if md5 not in learned]
    total, n = np.array(songs, np.float64).swapaxes(0, 1)
    return Counts(total, n)


def to_json(folders: list[Path]) -> str:
    """Return what `counts` reads, of the songs under `folders`: figure names, and for each MD5 sums and counts."""
    excerpts = Excerpts(folders, Rules().spec)
    found = excerpts.count()
    lines = [
        f'  "{md5}": {json.dumps([[round(float(value), 3) for value in part] for part in song])}'
        for md5, song in sorted(zip(excerpts.md5s, zip(found.total, found.n, strict=True), strict=True))
    ]
    body = ",\n".join(lines).replace(".0,", ",").replace(".0]", "]")
    return f'{{"figures": {json.dumps(list(FIGURES))},\n"songs": {{\n{body}\n}}}}\n'


if __name__ == "__main__":
    sys.stdout.write(to_json([Path(name) for name in sys.argv[1:]]))
