"""What a musician played, bar by bar, and what they will most likely play next."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from musegan_models.notes import FloatArray, Note
from musegan_models.spec import BEATS_PER_MEASURE

_STEPS, _BEAT = 16, 4  # of a bar, of a beat: bars are compared on sixteenths
_DEPTH = 16  # bars back that are compared with those a lag before them
_KINDS = 3  # of likeness: pitch classes on each step, onsets, harmony
_SPANS = ((0, 1), (1, 2), (2, 4), (4, 8), (8, 16))  # bars back that share one weight
_LOOPS = (1, 2, 3, 4, 6, 8, 12, 16)  # lengths in bars that are told
_MOVES = (1, 2, 3, 4, 5, -1, -2, -3, -4, -5, 6)  # semitones by which earlier bars may have been moved
_LONGEST_MOVE = 64  # bars back that a bar may have been moved from: each costs as much as eleven that were not

# The chance of a lag is the exponential of a sum, relative to that of something new, whose sum is 0. Its weights were
# fitted by gradient on 1,200 leads (piano, guitar, bass) of songs of Lakh held out for this. What they minimise is the
# distance of the bar that `_choose` takes from the one that was played; of two in three bars all was known up to 2.75
# beats of the bar before, of the others up to its end.
_WEIGHTS = np.array(  # (_KINDS, len(_SPANS)): of likeness
    [
        [1.47, -0.03, 0.17, 0.35, 1.25],
        [1.64, -0.39, -0.27, -0.31, -0.82],
        [1.80, 0.86, 0.58, 0.27, -0.40],
    ],
    np.float32,
)
_RUN_WEIGHTS = np.array([1.10, 1.92], np.float32)  # of how far back all bars are alike, in pitch classes and in harmony
_MULTIPLES = {2: 0.33, 4: 0.88, 8: 0.40}  # of lags that are a multiple of so many bars
_LOG_LAG, _BIAS = -0.32, -7.98
_MOVED = -4.0  # players seldom move a bar, and one of eleven moves is like something by chance; -3 does as well

# What decides between the bars that may be guessed. Found on a quarter of the songs, which the weights never saw.
_RHYTHM = 0.5  # how much the rhythm counts, where the harmony counts 1; with less only the harmony comes nearer
_SILENT = 1.0  # tonal distance of a beat that sounds from one that is silent: about that of two bars at random
_CANDIDATES, _MOVED_CANDIDATES = 32, 4  # guesses that are compared with each other; more change nothing
_TIE = 1e-3  # of guesses that are equally good, which have the same chord, the likeliest is taken
_ABSENT = 4.0  # what a bar loses in which nobody played the tracks asked for
_ENOUGH = 4  # steps of a bar after which what was heard of it counts fully: one beat tells more than the bars before
_NEAR = 0.35  # tonal distance up to which two bars have nearly the same chords
_SURE = (
    0.10,
    0.78,
)  # how often a guess was so near when no other guess was near to it, and how much oftener when all were

_STEEP = np.float32(1.5)  # likeness of harmony is exp(-_STEEP * tonal distance)
_ALIKE = 0.7  # likeness from which a bar is taken for one of the round before; so told, 3 in 4 loops go on

_TURN = np.pi * np.array([7 / 6, 3 / 2, 2 / 3])  # of a semitone on the circles of fifths, minor and major thirds
_SIN, _COS = np.sin(np.outer(np.arange(12), _TURN)), np.cos(np.outer(np.arange(12), _TURN))
_TONNETZ = (np.stack([_SIN, _COS], 2) * [[1], [1], [0.5]]).reshape(12, 6).astype(np.float32)
"""Pitch classes as points of the tonal centroid space (Harte, Sandler and Gasser, 2006)."""
_TURNS = np.einsum("kcij,cd->kcidj", np.stack([_COS, -_SIN, _SIN, _COS], 2).reshape(12, 3, 2, 2), np.eye(3))
_TURNS = _TURNS.reshape(12, 6, 6).astype(np.float32)
"""A centroid times the k-th of these is the centroid of the same notes k semitones higher."""

_EACH = np.concatenate([np.repeat(_WEIGHTS[:, i : i + 1].T / (b - a), b - a, 0) for i, (a, b) in enumerate(_SPANS)])
_PROFILE = np.stack([np.append(_EACH[1:], np.zeros((1, _KINDS), np.float32), 0).ravel(), _EACH.ravel()])
"""(2, _DEPTH * _KINDS): weights of the bars heard whole, where the next one is heard in part, and where it is not."""

_NOW = np.append(_WEIGHTS[:, 0], _RUN_WEIGHTS)
"""(_KINDS + 2,): weights of the bar that is heard in part."""


@dataclass(frozen=True, slots=True, eq=False)
class Expectation:
    """What is expected of the player in a bar to come."""

    number: int  # the bar expected
    notes: Mapping[int, Sequence[Note]]  # track -> notes as they were played, time in beats from the downbeat, in order
    source: int  # the earlier bar it is taken from
    semitones: int  # by which that bar was moved, mostly 0
    confidence: float  # 0..1: the chance that the bar guessed has the right chords, or nearly


class _Features(NamedTuple):
    """What of a bar, or of its first steps, is compared."""

    cells: FloatArray  # (_STEPS, 12) in {0, 1}: pitch classes that sound on each step
    hits: FloatArray  # (_STEPS, 12) in {0, 1}: kinds of drums that sound on each step
    onsets: FloatArray  # (_STEPS,) in {0, 1}
    centroids: FloatArray  # (BEATS_PER_MEASURE, 6), tonal
    sounds: FloatArray  # (BEATS_PER_MEASURE,) in {0, 1}: which beats have a centroid


class _Lags:
    """How well each lag, its bars moved by each of `semitones` (S,), would have done in the last bars."""

    def __init__(self, semitones: Sequence[int], longest: int, prior: FloatArray) -> None:
        self.semitones, self.longest, self._prior = np.array(semitones), longest, prior[:longest]
        # How much the last bar but j is like the bar i + 1 before it, moved: (j, kind, semitones, i). It moves down
        # over an array that is longer, so that seldom anything has to be copied.
        self._rows = np.zeros((4 * _DEPTH, _KINDS, len(semitones), longest), np.float32)
        self._top = len(self._rows) - _DEPTH
        self.likeness = self._rows[self._top :]

    def push(self, likeness: FloatArray | None) -> None:
        """Put in how much a new bar is like those before it, (_KINDS, S, n); None: like none of them."""
        n = self.longest if likeness is None else likeness.shape[-1]
        if self._top == 0:
            self._top = len(self._rows) - _DEPTH + 1
            self._rows[self._top :] = self._rows[: _DEPTH - 1]
        self._top -= 1
        self.likeness = self._rows[self._top : self._top + _DEPTH]
        self.likeness[0] = 0  # of longer lags there are no bars
        self.likeness[0, ..., :n] = 0 if likeness is None else likeness

    def pop(self) -> None:
        """Take the last bar out again."""
        self.likeness[:-1] = self.likeness[1:].copy()

    def weigh(self, n: int) -> None:
        """Prepare the logits of the lags up to `n`, all that does not depend on the bar that sounds."""
        n = min(n, self.longest)
        likeness = self.likeness[..., :n]
        run, runs = np.ones_like(likeness[0, ::2]), np.zeros_like(likeness[0, ::2])
        for bar in likeness[:, ::2]:  # bar by bar: four times as fast as np.cumprod along this axis
            run *= bar
            runs += run
        self._runs = 1 + runs - run  # of so many bars, if the one that sounds is alike too
        begun, whole = (_PROFILE @ likeness.reshape(_DEPTH * _KINDS, -1)).reshape(2, len(self.semitones), n)
        self._begun = self._prior[:n] + begun
        followed = np.tensordot(_RUN_WEIGHTS, np.log1p(runs), 1)
        self._whole = np.asarray(self._prior[:n] + whole + followed, np.float32)

    def logits(self, likeness: FloatArray | None, share: float) -> FloatArray:
        """Return the logits (S, n), by `share` with the likeness (_KINDS, S, n) of the bar that sounds."""
        if likeness is None:
            return self._whole
        now = np.concatenate([likeness, np.log1p(likeness[::2] * self._runs)]).reshape(_KINDS + 2, -1)
        heard: FloatArray = self._begun + (_NOW @ now).reshape(self._begun.shape)
        return heard if share == 1 else np.float32(share) * heard + np.float32(1 - share) * self._whole


class Memory:
    """Remembers the bars of a player and says what they will most likely play: what followed when it was like now.

    `drums`: indices of tracks without harmony; `limit`: bars remembered, of which the oldest are forgotten.

    Each lag is a guess: that the player goes on as they did so many bars ago. Its chance follows from how well it would
    have done in the bars up to now; related is the factor oracle (Assayag and Dubnov, 2004), which finds the longest
    exact repeat and nothing else. Of the bars guessed the one with the least expected distance from all others is
    taken, not the likeliest (minimum Bayes risk decoding: Kumar and Byrne, 2004).
    """

    def __init__(self, drums: Container[int] = (), limit: int = 2048) -> None:
        if limit < 1:
            raise ValueError(f"limit must be at least 1, got {limit}")
        self.drums, self.limit = drums, limit
        size = 2 * limit  # when it is full, the bars that count move to the front: seldom
        self._cells = np.zeros((size, _STEPS * 12), np.float32)
        self._onsets = np.zeros((size, _STEPS), np.float32)
        self._counts = np.zeros((2, size, _STEPS + 1), np.float32)  # of cells and onsets before each step
        self._centroids = np.zeros((BEATS_PER_MEASURE, size, 6), np.float32)
        self._squares = np.zeros((BEATS_PER_MEASURE, size), np.float32)  # squared lengths of the centroids
        self._sounds = np.zeros((BEATS_PER_MEASURE, size), np.float32)
        self._tracks = np.zeros(size, np.int64)  # a bit for each track that was played; 0: a bar nobody heard
        lags = np.arange(1, limit + 1)
        prior = _BIAS + _LOG_LAG * np.log(lags)
        for multiple, weight in _MULTIPLES.items():
            prior += weight * (lags % multiple == 0)
        self._prior = prior.astype(np.float32)
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._start = self._end = 0  # rows of the arrays that are in use
        self._base = 0  # what is added to a row to name a bar for good
        self._last = 0  # number of the last bar
        self._has_sounded = False  # something was played
        self._bars: dict[int, tuple[int, dict[int, tuple[Note, ...]]]] = {}  # number, notes of each track
        self._straight = _Lags((0,), self.limit, self._prior)
        self._moved = _Lags(_MOVES, min(self.limit, _LONGEST_MOVE), self._prior + np.float32(_MOVED))

    def __len__(self) -> int:
        """Return how many bars are known."""
        return len(self._bars)

    def hear(self, number: int, bar: Mapping[int, Sequence[Note]]) -> None:
        """Remember a whole bar of the player: track -> notes, times in beats from the downbeat.

        Numbers grow; the last one may come again, corrected. Bars left out are bars that nobody heard: what came before
        is still known, but is not continued over them. A track that is silent has no notes; one that is not played is
        not there.

        Raises:
            ValueError: The number is lower than the last one.

        """
        if self._bars and number < self._last:
            raise ValueError(f"number must be at least {self._last}, the last bar heard, got {number}")
        if self._bars and number == self._last:
            self._end -= 1
            del self._bars[self._base + self._end]
            self._straight.pop()
            self._moved.pop()
        elif self._bars:
            missing = number - self._last - 1
            for _ in range(min(missing, _DEPTH + missing % _DEPTH)):  # keeps the place in a phrase, however long it was
                self._append(None)
        self._append(_features(bar, self.drums, _STEPS), _bits(bar) or 1)  # nobody plays: a bar, too
        self._bars[self._base + self._end - 1] = number, {track: tuple(sorted(notes)) for track, notes in bar.items()}
        self._last = number
        for lags in (self._straight, self._moved):
            lags.weigh(self._end - self._start)

    def expect(
        self, number: int, tracks: Collection[int], partly: Mapping[int, Sequence[Note]] | None = None, beats: float = 0
    ) -> Expectation | None:
        """Guess what the player will play on `tracks` in bar `number`, which is later than all bars heard.

        `partly`: what was heard of the bar after the last one heard whole, in its first `beats` beats. Returns None as
        long as nothing is known but silence, and of a bar that was heard.
        """
        ahead, n = number - self._last, self._end - self._start
        if ahead < 1 or not self._has_sounded:
            return None
        steps = min(max(round(beats * _BEAT), 0), _STEPS) if partly is not None else 0
        begun = _features(partly or {}, self.drums, steps) if steps else None
        share = min(1.0, steps / _ENOUGH)
        rows = np.arange(self._end - 2 + ahead, self._start - 2 + ahead, -1)  # of each lag, the shortest first
        for lag in range(1, min(ahead, n + 1)):  # a bar so many before is not known either: the one before that
            rows[lag - 1] = self._end - 1 + ahead - lag * -(-ahead // lag)
        played = self._tracks[np.maximum(rows, 0)]
        loss = np.where(played & _bits(tracks) == 0, np.float32(_ABSENT), np.float32(0))
        loss[(rows < self._start) | (played == 0)] = np.inf
        logits = self._straight.logits(self._like(begun, steps, self._straight), share)[0] - loss
        best = np.argpartition(-logits, _CANDIDATES)[:_CANDIDATES] if n > _CANDIDATES else np.arange(n)
        best = best[np.lexsort((best, -logits[best]))]
        logits, semitones = logits[best], np.zeros(len(best), np.int64)
        moved = self._moved.logits(self._like(begun, steps, self._moved), share)[:, ahead - 1 :]
        if moved.size:  # a bar that was moved already is not moved once more: it is as far back as that, or farther
            moved = moved - loss[ahead - 1 :][: moved.shape[1]]
            likely = np.argsort(-moved, axis=None, kind="stable")[:_MOVED_CANDIDATES]
            move, further = np.divmod(likely, moved.shape[1])
            best, logits = np.append(best, ahead - 1 + further), np.append(logits, moved[move, further])
            semitones = np.append(semitones, self._moved.semitones[move])
        guess, confidence = self._choose(rows[best], logits, semitones)
        moves = int(semitones[guess])
        moves += self._octaves(int(best[guess]) + 1, moves) if moves else 0
        source, notes = self._bars[self._base + int(rows[best[guess]])]
        expected = {track: _transposed(notes.get(track, ()), 0 if track in self.drums else moves) for track in tracks}
        return Expectation(number, expected, source, moves, confidence)

    @property
    def loop(self) -> int:
        """Length in bars of the loop that the player repeats now: 1, 2, 3, 4, 6, 8, 12 or 16; 0: none.

        Told when the second round is over, of three bars and more one bar before, of one bar when it has come three
        times. Of several lengths the one that explains most of the last bars counts, of equals the shortest.
        """
        found, most = 0, 0
        for length in _LOOPS:
            if length > self.limit or not self._sounds[:, max(self._start, self._end - length) : self._end].any():
                continue
            likeness = self._straight.likeness[:, ::2, 0, length - 1].mean(axis=1)
            run = int(np.append(likeness < _ALIKE, True).argmax())
            explained = min(run + length, _DEPTH + 1)
            if run >= max(2, length - (length > 2)) and explained > most:
                found, most = length, explained
        return found

    def _choose(
        self, rows: npt.NDArray[np.int64], logits: FloatArray, semitones: npt.NDArray[np.int64]
    ) -> tuple[int, float]:
        """Return which of the guesses (K,), moved by `semitones`, is the nearest to all of them, and how sure it is."""
        top = max(float(logits.max()), 0.0)
        chances = np.exp(logits - np.float32(top))
        chances /= chances.sum() + np.exp(np.float32(-top))
        centroids, sounds, onsets = self._centroids[:, rows], self._sounds[:, rows], self._onsets[rows]
        moved = semitones != 0
        centroids[:, moved] = np.einsum("bkc,kcd->bkd", centroids[:, moved], _TURNS[semitones[moved]])
        squares = self._squares[:, rows]  # turning keeps lengths
        harmony = _distance(centroids, squares, sounds, centroids, squares, sounds)
        counts = self._counts[1, rows, -1]
        rhythm = 1 - _overlap(onsets @ onsets.T, counts, counts[:, None])
        risks = (harmony + np.float32(_RHYTHM) * rhythm) @ chances
        guess = int((risks - np.float32(_TIE) * chances).argmin())
        return guess, _SURE[0] + _SURE[1] * float(chances @ (harmony[guess] < _NEAR))

    def _octaves(self, lag: int, semitones: int) -> int:
        """Return the octaves, in semitones, by which the player has moved beside `semitones` from a lag ago to now."""
        means = []
        for row in (self._end - 1, self._end - 1 - lag):
            _, notes = self._bars.get(self._base + row, (0, {}))
            pitches = [note.pitch for track, own in notes.items() if track not in self.drums for note in own]
            if not pitches:
                return 0
            means.append(sum(pitches) / len(pitches))
        return 12 * round((means[0] - means[1] - semitones) / 12)

    def _append(self, bar: _Features | None, tracks: int = 0) -> None:
        """Put a bar behind the last one and compare it with all before; None: one that nobody heard."""
        if self._end == len(self._cells):
            n, used = self._end - self._start, slice(self._start, self._end)
            for array in (
                self._cells,
                self._onsets,
                *self._counts,
                *self._centroids,
                *self._squares,
                *self._sounds,
                self._tracks,
            ):
                array[:n] = array[used].copy()
            self._base, self._start, self._end = self._base + self._start, 0, n
        for lags in (self._straight, self._moved):
            lags.push(self._like(bar, _STEPS, lags))
        row, bar = self._end, bar or _features({}, (), _STEPS)
        cells = np.maximum(bar.cells, bar.hits)
        self._cells[row], self._onsets[row] = cells.ravel(), bar.onsets
        np.cumsum(cells.sum(axis=1), out=self._counts[0, row, 1:])
        np.cumsum(bar.onsets, out=self._counts[1, row, 1:])
        self._centroids[:, row], self._squares[:, row] = bar.centroids, np.square(bar.centroids).sum(axis=1)
        self._sounds[:, row], self._tracks[row] = bar.sounds, tracks
        self._has_sounded |= bool(bar.onsets.any())
        self._end += 1
        if self._end - self._start > self.limit:
            self._bars.pop(self._base + self._start, None)
            self._start += 1

    def _like(self, bar: _Features | None, steps: int, lags: _Lags) -> FloatArray | None:
        """Return how much the first `steps` steps of `bar` are like those of the bars before it, moved; None of None.

        (_KINDS, S, n) in 0..1, the last bar first; of bars that nobody heard 0.
        """
        if bar is None:
            return None
        used, beats = slice(max(self._start, self._end - lags.longest), self._end), -(-steps // _BEAT)
        likeness = np.empty((_KINDS, len(lags.semitones), used.stop - used.start), np.float32)
        cells, centroids = bar.cells[:steps, None], bar.centroids[:beats, None]
        if lags.semitones.any():
            cells = bar.cells[:steps, (np.arange(12) + lags.semitones[:, None]) % 12]  # (steps, S, 12)
            centroids = (bar.centroids[:beats] @ _TURNS[-lags.semitones % 12]).transpose(1, 0, 2)
        cells = np.maximum(cells, bar.hits[:steps, None]).transpose(1, 0, 2).reshape(len(lags.semitones), -1)
        onsets = bar.onsets[:steps]
        both = cells @ self._cells[used, : steps * 12].T
        likeness[0] = _overlap(both, self._counts[0, used, steps], cells.sum(axis=1, keepdims=True))
        likeness[1] = _overlap(self._onsets[used, :steps] @ onsets, self._counts[1, used, steps], onsets.sum())
        squares = np.square(centroids).sum(axis=-1)
        others = (array[:beats, used] for array in (self._centroids, self._squares, self._sounds))
        harmony = _distance(centroids, squares, bar.sounds[:beats, None], *others)
        likeness[2] = np.exp(-_STEEP * harmony)
        likeness *= self._tracks[used] != 0
        if lags.semitones.any() and not bar.cells[:steps].any():  # silence and drums cannot be moved
            likeness[:, lags.semitones != 0] = 0
        return likeness[..., ::-1]


def _bits(tracks: Collection[int]) -> int:
    bits = 0
    for track in tracks:
        bits |= 1 << track % 62  # an int64 holds them; two tracks 62 apart share one, and nobody has so many
    return bits


def _transposed(notes: Sequence[Note], semitones: int) -> Sequence[Note]:
    """Return notes moved by `semitones`; those that would leave MIDI's pitches come an octave nearer."""
    if not semitones:
        return notes
    pitches = [note.pitch + semitones for note in notes]
    pitches = [p % 12 if p < 0 else p if p < 128 else 116 + (p - 116) % 12 for p in pitches]
    return [note._replace(pitch=pitch) for note, pitch in zip(notes, pitches, strict=True)]


def _features(bar: Mapping[int, Sequence[Note]], drums: Container[int], steps: int) -> _Features:
    """Return the features of the first `steps` steps of a bar; drums have a harmony only where nobody else plays."""
    counts, struck = [0] * (2 * _STEPS * 12), [0] * _STEPS  # a list is filled faster than an array
    for track, notes in bar.items():
        first = _STEPS * 12 * (track in drums)
        for note in notes:
            start = min(round(note.time * _BEAT), _STEPS - 1)
            if 0 <= start < steps:
                end = min(steps, start + max(1, round(min(BEATS_PER_MEASURE, note.duration) * _BEAT)))
                for cell in range(first + start * 12 + note.pitch % 12, first + end * 12, 12):
                    counts[cell] += 1
                struck[start] = 1
    weights, onsets = np.array(counts, np.float32).reshape(2, _STEPS, 12), np.array(struck, np.float32)
    cells, hits = (weights > 0).astype(np.float32)
    chroma = weights[0 if cells.any() else 1].reshape(BEATS_PER_MEASURE, _BEAT, 12).sum(axis=1)
    total = chroma.sum(axis=1, keepdims=True)
    return _Features(cells, hits, onsets, chroma / np.maximum(total, 1) @ _TONNETZ, np.minimum(total[:, 0], 1))


def _overlap(both: Any, one: Any, other: Any) -> Any:
    """Return what two sets share of all they have (Jaccard), 1 where both are empty."""
    either = one + other - both
    return np.where(either > 0, both / np.maximum(either, 1), np.float32(1))


def _distance(
    one: FloatArray,
    squares: FloatArray,
    sounds: FloatArray,
    other: FloatArray,
    other_squares: FloatArray,
    other_sounds: FloatArray,
) -> FloatArray:
    """Return the mean tonal distance (n, m) of the beats of bars (beats, n, 6) and (beats, m, 6).

    `squares`: their squared lengths, (beats, n); `sounds`: (beats, n) in {0, 1}, or (beats, 1). A beat in which one of
    both is silent counts `_SILENT`.
    """
    apart = squares[:, :, None] + other_squares[:, None] - 2 * (one @ other.transpose(0, 2, 1))
    both = sounds[:, :, None] * other_sounds[:, None]
    alone = sounds[:, :, None] + other_sounds[:, None] - 2 * both
    result: FloatArray = (np.sqrt(np.maximum(apart, 0)) * both + np.float32(_SILENT) * alone).sum(axis=0)
    return result * np.float32(1 / len(one))
