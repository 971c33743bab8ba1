"""Songs and bands by the rules of an outside judge, who reads MIDI files alone: none of this program's own reading.

A part is a list of bars, each of notes (step of 48 a bar, length in such steps, pitch). Parts stand in the order of
`FAMILIES`. Tonal distance: Harte, Sandler and Gasser, 2006.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import symusic
from numpy.typing import NDArray

from musegan_models.notes import Note

FAMILIES = ("drums", "piano", "guitar", "bass", "strings")
BARS, FROM, PLAYS = 48, 8, 36  # bars of a song that are played; the first one measured; in how many a lead plays
_BEAT, _BAR = 12, 48  # steps
_MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])  # Krumhansl
_MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
_TURNS = np.arange(12) * np.pi
_TONNETZ = np.stack([
    radius * f(turn * _TURNS) for turn, radius in ((7 / 6, 1), (3 / 2, 1), (2 / 3, 0.5)) for f in (np.sin, np.cos)
])  # fmt: skip

Bar = list[tuple[int, float, int]]
Chroma = NDArray[np.float64]  # (4, 12): how long each pitch class sounds in each beat


@dataclass(frozen=True, slots=True, eq=False)
class Song:
    """A song, and which of its parts leads."""

    parts: list[list[Bar]]
    lead: int  # of FAMILIES
    shift: int  # semitones to C major or A minor
    notes: list[Note]  # of the lead, in that key; time in beats


def songs(folder: Path, n: int, learned: Collection[str] = ()) -> Iterator[Song]:
    """Yield `n` songs of 48 bars in whose piano or guitar is something in 36; none whose MD5 is in `learned`."""
    paths = sorted(folder.rglob("*.mid"))
    random.Random(1).shuffle(paths)
    found = 0
    for path in paths:
        if found == n:
            return
        if hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest() in learned:
            continue
        try:
            score = symusic.Score(str(path))
        except Exception:  # symusic raises what it likes
            continue
        parts = _parts(score)
        lead = 1 if sum(map(bool, parts[1])) >= sum(map(bool, parts[2])) else 2
        if len(parts[0]) < BARS or sum(map(bool, parts[lead][:BARS])) < PLAYS:
            continue
        found += 1
        shift = _shift(score)
        yield Song(parts, lead, shift, _lead(score, lead, shift))


def bars_of(notes: Iterable[Note], n_bars: int = BARS) -> list[Bar]:
    """Return notes (time in beats) as bars."""
    bars: list[Bar] = [[] for _ in range(n_bars)]
    for note in notes:
        step = round(note.time * _BEAT)
        if 0 <= step < n_bars * _BAR:
            bars[step // _BAR].append((step % _BAR, note.duration * _BEAT, note.pitch))
    return bars


@dataclass
class Judge:
    """Sums up songs, each with what a band played to its lead."""

    own: list[float] = field(default_factory=list)  # tonal distance of lead and band
    up: list[float] = field(default_factory=list)  # the same, the band a semitone higher
    real: list[float] = field(default_factory=list)  # of lead and the song's own parts
    pairs: list[tuple[Chroma, Chroma]] = field(default_factory=list)
    real_pairs: list[tuple[Chroma, Chroma]] = field(default_factory=list)
    rhythm: list[float] = field(default_factory=list)
    real_rhythm: list[float] = field(default_factory=list)
    bars: int = 0  # in which the lead plays
    plays: int = 0  # of them, times the number of other parts that play

    def add(self, song: Song, band: dict[str, list[Note]]) -> None:
        """Count what a band, by the names of its tracks, played to a song's lead."""
        lead, parts = bars_of(song.notes), {k: bars_of(band.get(name, ())) for k, name in enumerate(FAMILIES)}
        for t in range(FROM, BARS):
            if not lead[t]:
                continue
            self.bars += 1
            c = _chroma(lead[t])
            for k in range(len(FAMILIES)):
                if k == song.lead:
                    continue
                if bar := parts[k][t]:
                    self.plays += 1
                    self.rhythm.append(_together(lead[t], bar))
                    if k:
                        g = _chroma(bar)
                        self.pairs.append((c, g))
                        _append(self.own, c, g)
                        _append(self.up, c, np.roll(g, 1, axis=1))
                if bar := song.parts[k][t]:
                    self.real_rhythm.append(_together(lead[t], bar))
                    if k:
                        g = np.roll(_chroma(bar), song.shift, axis=1)
                        self.real_pairs.append((c, g))
                        _append(self.real, c, g)

    def result(self) -> dict[str, float]:
        """Return `harmony` (the part of the way from bars that met by chance to the song's own parts) and `rhythm`.

        `semitone up`: the harmony of a band that is a semitone off; `plays`: the share of bars in which a track plays.
        """
        chance, real_chance = _by_chance(self.pairs), _by_chance(self.real_pairs)
        full = real_chance - _mean(self.real)
        return {
            "harmony": (chance - _mean(self.own)) / full,
            "semitone up": (chance - _mean(self.up)) / full,
            "rhythm": _mean(self.rhythm),
            "rhythm of songs": _mean(self.real_rhythm),
            "plays": self.plays / max(1, self.bars * (len(FAMILIES) - 1)),
        }


def _family(track: Any) -> int | None:
    if track.is_drum:
        return 0
    p = track.program
    return 1 if p < 8 else 2 if 24 <= p < 32 else 3 if 32 <= p < 40 else 4 if p < 96 or 104 <= p < 112 else None


def _parts(score: Any) -> list[list[Bar]]:
    found: list[list[tuple[int, float, int]]] = [[] for _ in FAMILIES]
    for track in score.tracks:
        family = _family(track)
        if family is not None:
            found[family] += [
                (round(n.time / score.ticks_per_quarter * _BEAT), n.duration / score.ticks_per_quarter * _BEAT, n.pitch)
                for n in track.notes
            ]
    n_bars = max((step for part in found for step, _, _ in part), default=0) // _BAR + 1
    parts: list[list[Bar]] = [[[] for _ in range(n_bars)] for _ in FAMILIES]
    for k, part in enumerate(found):
        for step, length, pitch in part:
            parts[k][step // _BAR].append((step % _BAR, length, pitch))
    return parts


def _shift(score: Any) -> int:
    """Return by how many semitones the song is nearest to C major or A minor."""
    weight = np.zeros(12)
    for track in score.tracks:
        for note in () if track.is_drum else track.notes:
            weight[note.pitch % 12] += note.duration
    _, key = max(
        (np.corrcoef(np.roll(profile, k), weight)[0, 1], (k - tonic) % 12)
        for k in range(12)
        for profile, tonic in ((_MAJOR, 0), (_MINOR, 9))
    )
    return int(-key if key <= 6 else 12 - key)


def _lead(score: Any, family: int, shift: int) -> list[Note]:
    track = max((t for t in score.tracks if _family(t) == family and len(t.notes)), key=lambda t: len(t.notes))
    notes = []
    for n in track.notes:
        time, pitch = n.time / score.ticks_per_quarter, n.pitch + shift
        if time < BARS * 4 and 0 <= pitch < 128:
            notes.append(Note(time, pitch, max(1 / 480, n.duration / score.ticks_per_quarter), max(1, n.velocity)))
    return sorted(notes)


def _chroma(bar: Bar) -> Chroma:
    chroma = np.zeros((4, 12))
    for start, length, pitch in bar:
        for step in range(start, min(_BAR, start + max(1, round(length)))):
            chroma[step // _BEAT, pitch % 12] += 1
    return chroma


def _distance(a: Chroma, b: Chroma) -> float | None:
    beats = [
        float(np.linalg.norm(_TONNETZ @ (x / x.sum()) - _TONNETZ @ (y / y.sum())))
        for x, y in zip(a, b, strict=True)
        if x.sum() and y.sum()
    ]
    return float(np.mean(beats)) if beats else None


def _append(found: list[float], a: Chroma, b: Chroma) -> None:
    distance = _distance(a, b)
    if distance is not None:
        found.append(distance)


def _by_chance(pairs: Sequence[tuple[Chroma, Chroma]]) -> float:
    if not pairs:
        return float("nan")
    found: list[float] = []
    for i, j in np.random.default_rng(0).integers(len(pairs), size=(8000, 2)):
        _append(found, pairs[i][0], pairs[j][1])
    return _mean(found)


def _together(a: Bar, b: Bar) -> float:
    one, other = ({min(15, round(start / 3)) for start, _, _ in bar} for bar in (a, b))
    return len(one & other) / len(one | other)


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")
