"""Which files are the same song, and which songs are held out; it must not know MIDI or phrases."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

HELD_OUT_SHARE = 0.08
"""Share of the songs that training never sees."""

_NO_TITLES = frozenset({"track", "untitled", "noname", "miditrack", "midifile", "newsong", "songs", "unknown"})
_GRAM = 16  # of chords, one each half bar, and of bass notes, one each beat
_MIN_DISTINCT = {"chords": 4, "bass": 5}  # in a gram: fewer are a loop that a thousand songs have
_KEEP = 2  # one gram in so many, chosen by its hash, so that memory stays small
_COMMONPLACE = 50  # songs: what more of them share says nothing
_MINOR, _MAJOR = (0, 3, 7), (0, 4, 7)


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What is peculiar in the harmony of a song: hashes, uint64, of 8 bars of chords and of 4 bars of bass."""

    chords: NDArray[np.uint64]
    bass: NDArray[np.uint64]


def fingerprint(chroma: NDArray[np.float32], bass: NDArray[np.float32]) -> Fingerprint:
    """Return the fingerprint of a song in C major or A minor.

    `chroma`, of all tracks, and `bass`: `(n_bars * 4, 12)`, how long each pitch class sounds in each beat.
    """
    halves = chroma.reshape(-1, 2, 12).sum(axis=1)
    triads = np.zeros((24, 12), np.float32)
    for root in range(12):
        triads[root, [(root + step) % 12 for step in _MAJOR]] = 1
        triads[12 + root, [(root + step) % 12 for step in _MINOR]] = 1
    chords = np.where(halves.any(axis=1), np.argmax(halves @ triads.T, axis=1), 24)
    notes = np.where(bass.any(axis=1), np.argmax(bass, axis=1), 12)
    return Fingerprint(_grams(chords, _MIN_DISTINCT["chords"]), _grams(notes, _MIN_DISTINCT["bass"]))


def title_from_path(path: str) -> str:
    """Return the song that the name of a file tells, lower-case letters alone; empty where it tells none.

    Numbers and brackets are versions: 'Angels (4).mid' is 'angels'. A Lakh Pianoroll file is named by its MD5, and its
    folder by the recording it matches in the Million Song Dataset.

    >>> title_from_path("pop/Don't Stop_02.mid")
    'dontstop'
    >>> title_from_path("TRAAAGR128F425B14B/1d9d16a9da90c090809c153754823c2b.npz")
    'traaagr128f425b14b'
    """
    pure = PurePosixPath(path)
    if re.fullmatch(r"TR[A-Z]{5}[0-9A-F]{11}", pure.parent.name):
        return pure.parent.name.lower()
    if re.fullmatch(r"[0-9a-f]{32}", pure.stem):
        return ""
    plain = unicodedata.normalize("NFKD", re.sub(r"[(\[].*?[)\]]", "", pure.stem)).lower()
    letters = "".join(letter for letter in plain if letter.isalpha() and letter.isascii())
    return letters if len(letters) >= 5 and letters not in _NO_TITLES else ""


def is_held_out(name: str) -> bool:
    """Tell whether a song would be kept from training if it were alone; `name`: its title, or else its MD5."""
    # Not the MD5 itself: Lakh's folders are its first digit, and one of them has to be split as well.
    digest = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
    return int(digest[:8], 16) < HELD_OUT_SHARE * 16**8


def split(
    names: Sequence[str], md5s: Sequence[str], identities: Sequence[str], sides: Mapping[str, bool]
) -> list[bool]:
    """Tell of each song whether it is held out: where it would be by itself, and so would all arrangements of it.

    `names`: of each song its title, or else its MD5; `sides`: MD5 -> whether another set holds the song out, which goes
    before `is_held_out`. A song that would be trained on by itself is trained on in every set. One that would be held
    out is, too, where an arrangement in the set says otherwise: of the songs of Lakh that have arrangements, one in
    fifteen. That a title is spelled in two ways, or an arrangement is in another set alone, no split can know.
    """
    held_out: dict[str, bool] = {}
    known = {identity for md5, identity in zip(md5s, identities, strict=True) if md5 in sides}
    for name, md5, identity in zip(names, md5s, identities, strict=True):
        if identity not in known or md5 in sides:  # what another set knows, arrangements follow
            held_out[identity] = held_out.get(identity, True) and sides.get(md5, is_held_out(name))
    return [held_out[identity] for identity in identities]


def group_songs(titles: Sequence[str], fingerprints: Sequence[Fingerprint], md5s: Sequence[str]) -> list[str]:
    """Return the identity of each song: the same for arrangements of one song.

    Files are one song where their titles are the same, or where they share 8 bars of chords that are no mere loop and
    4 bars of bass. The identity is the first of their titles, else their smallest MD5: it names a group in one set, and
    can be another one where other arrangements are there; see `split`.
    Where titles are unknown this finds the copies and the near copies, not every cover.
    """
    first = list(range(len(md5s)))

    def root(n: int) -> int:
        while first[n] != n:
            first[n] = first[first[n]]
            n = first[n]
        return n

    titled: dict[str, int] = {}
    same = [(titled.setdefault(title, n), n) for n, title in enumerate(titles) if title]
    for a, b in [*same, *_alike(fingerprints)]:
        first[root(b)] = root(a)
    identity: dict[int, str] = {}
    for n, title in sorted(enumerate(titles), key=lambda song: (not song[1], song[1] or md5s[song[0]])):
        identity.setdefault(root(n), title or md5s[n])
    return [identity[root(n)] for n in range(len(md5s))]


def _grams(states: NDArray[np.intp], min_distinct: int) -> NDArray[np.uint64]:
    if len(states) < _GRAM:
        return np.zeros(0, np.uint64)
    grams = np.lib.stride_tricks.sliding_window_view(states, _GRAM)
    distinct = 1 + (np.diff(np.sort(grams, axis=1), axis=1) != 0).sum(axis=1)
    powers = np.array([pow(0x9E3779B97F4A7C15, n + 1, 1 << 64) for n in range(_GRAM)], np.uint64)
    hashes = (grams[distinct >= min_distinct].astype(np.uint64) * powers).sum(axis=1, dtype=np.uint64)
    return np.unique(hashes[(hashes >> np.uint64(40)) % np.uint64(_KEEP) == 0])


def _alike(fingerprints: Sequence[Fingerprint]) -> Iterable[tuple[int, int]]:
    n = len(fingerprints)
    both = np.intersect1d(
        _sharing([song.chords for song in fingerprints]), _sharing([song.bass for song in fingerprints])
    )
    return [(int(pair) // n, int(pair) % n) for pair in both]


def _sharing(hashes: Sequence[NDArray[np.uint64]]) -> NDArray[np.int64]:
    """Return the pairs a < b of songs that share a hash, each as a * len(hashes) + b."""
    owner = np.repeat(np.arange(len(hashes)), [len(song) for song in hashes])
    value = np.concatenate([np.zeros(0, np.uint64), *hashes])
    order = np.lexsort((owner, value))
    value, owner = value[order], owner[order]
    _, which, counts = np.unique(value, return_inverse=True, return_counts=True)
    rare = (counts <= _COMMONPLACE)[which]
    value, owner = value[rare], owner[rare]
    pairs = [np.zeros(0, np.int64)]
    for apart in range(1, _COMMONPLACE):
        shared = value[apart:] == value[:-apart]
        if not shared.any():
            break
        pairs.append(owner[:-apart][shared] * len(hashes) + owner[apart:][shared])
    return np.unique(np.concatenate(pairs))
