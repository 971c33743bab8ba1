"""Which songs of a set no band learned from; it must not know how they are measured."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

from musegan_train.data.phrases import Phrases, PhrasesError, load
from musegan_train.measure.whole_songs import learned_by


class LeftOut(NamedTuple):
    """How much was held out, though the band learned from it."""

    songs: int
    phrases: int


def hold_out(data: Phrases, learned: frozenset[str], all_of_it: bool = False) -> tuple[Phrases, LeftOut]:
    """Return the set with other songs held out: none that a band learned from, or of which it knows an arrangement.

    `learned`: MD5 of songs. `all_of_it`: all other songs are held out, else those that `prepare` chose. Arrangements
    are told by the identities in the manifest: one that is not in this set is not known.
    """
    songs = data.manifest["songs"]
    known = [song.get("md5") in learned for song in songs]
    identities = {
        song["identity"] for song, is_known in zip(songs, known, strict=True) if is_known and "identity" in song
    }
    leaks = np.array(
        [is_known or song.get("identity") in identities for song, is_known in zip(songs, known, strict=True)]
    )
    of_phrase = leaks[data.song] if len(songs) else np.zeros(len(data), np.bool_)
    wanted = np.ones(len(data), np.bool_) if all_of_it else data.held_out
    lost = wanted & of_phrase
    counts = LeftOut(len(np.unique(data.song[lost])), int(lost.sum()))
    return dataclasses.replace(data, held_out=wanted & ~of_phrase), counts


def learned_by_run(run: Path) -> frozenset[str]:
    """Return the MD5 of the songs that a run was trained on, and of those that the runs or bundle it began with were.

    Only as far as their phrases are still there.
    """
    found, before = frozenset[str](), str(run)
    while before and (Path(before) / "config.json").is_file():
        config = json.loads((Path(before) / "config.json").read_text("utf-8"))
        with contextlib.suppress(PhrasesError):
            found |= trained_on(load(Path(config["phrases"])))
        before = config.get("begin_with", "")
    return found | learned_by(Path(before)) if before else found


def trained_on(data: Phrases) -> frozenset[str]:
    """Return the MD5 of the songs of a set that are not held out."""
    songs = data.manifest["songs"]
    return frozenset(md5 for n in np.unique(data.song[~data.held_out]).tolist() if (md5 := songs[n].get("md5")))
