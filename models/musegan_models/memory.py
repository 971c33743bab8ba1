"""What a musician played, bar by bar, and what they will most likely play next. It must not know networks or time."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from musegan_models.notes import BoolArray, FloatArray, Note
from musegan_models.spec import BEATS_PER_MEASURE

_STEPS, _BEAT = 16, 4  # of a bar, of a beat: bars are compared on sixteenths
_DEPTH = 16  # bars back that are compared with those a lag before them
_KINDS = 3  # of likeness: pitch classes on each step, onsets, harmony
_SPANS = ((0, 1), (1, 2), (2, 4), (4, 8), (8, 16))  # bars back that share one weight
_LOOPS = (1, 2, 3, 4, 6, 8, 12, 16)  # lengths in bars that are told

# The logit of a lag, fitted on 1,200 leads of 900 songs of Lakh: the likelihood that the true bar is as far from the
# guess as it was, by the mixture of all lags, bars known up to 2.75 beats of the last one and bars known whole alike.
_WEIGHTS = np.array(  # (_KINDS, len(_SPANS))
    [
        [1.12, -0.23, -0.19, 0.40, 1.07],
        [2.20, -0.13, -0.29, 0.01, -1.00],
        [1.56, 0.55, 0.31, 0.22, -0.46],
    ],
    np.float32,
)
_RUN_WEIGHTS = np.array([0.77, 1.44], np.float32)  # of how far back all bars are alike, in cells and in harmony
_MULTIPLES = {2: 0.42, 4: 0.82, 8: 0.46, 16: 0.16}
_LAG_ONE, _LAG_LOG, _BIAS = -0.72, -0.38, -6.71  # against something new, whose logit is 0

_SILENT = 1.0  # tonal distance of a beat that sounds from one that is silent: about that of two random chords
_RHYTHM = 0.5  # how much the rhythm counts beside the harmony where the guess is chosen
_NEAR = 0.35  # tonal distance up to which a bar has nearly the same chords
_CANDIDATES = 32  # lags that are weighed against each other; all others together are less likely than the last of them
_ABSENT = 4.0  # logits that a bar loses which nobody played on the tracks asked for
_SURE = 8  # steps of a bar after which what was heard of it counts fully
_STEEP = 1.5  # likeness of harmony is exp(-_STEEP * tonal distance)
_LIKE = 0.6  # likeness of a bar of a loop to that one round before

_TURNS = np.arange(12)[:, None] * np.array([7 / 6, 7 / 6, 3 / 2, 3 / 2, 2 / 3, 2 / 3]) * np.pi
_TONNETZ = (np.where(np.arange(6) % 2, np.cos(_TURNS), np.sin(_TURNS)) * [1, 1, 1, 1, 0.5, 0.5]).astype(np.float32)
"""(12, 6): pitch classes as points of the tonal centroid space (Harte, Sandler, Gasser, 2006)."""

_EACH = np.concatenate([np.repeat(_WEIGHTS[:, i : i + 1].T / (b - a), b - a, 0) for i, (a, b) in enumerate(_SPANS)])
_PROFILE = np.stack([np.append(_EACH[1:], np.zeros((1, _KINDS), np.float32), 0).ravel(), _EACH.ravel()])
"""(2, _DEPTH * _KINDS): weights of the bars heard whole, where the next one is heard in part, and where it is not."""


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

    cells: FloatArray  # (_STEPS * 12,) in {0, 1}: pitch classes that sound on each step
    onsets: FloatArray  # (_STEPS,) in {0, 1}
    centroids: FloatArray  # (BEATS_PER_MEASURE, 6), tonal
    sounds: BoolArray  # (BEATS_PER_MEASURE,): which beats have a centroid


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
        self._centroids = np.zeros((size, BEATS_PER_MEASURE, 6), np.float32)
        self._sounds = np.zeros((size, BEATS_PER_MEASURE), np.bool_)
        self._tracks = np.zeros(size, np.int64)  # a bit for each track that was played; 0: a bar nobody heard
        lags = np.arange(1, limit + 1)
        self._prior = (_BIAS + _LAG_ONE * (lags == 1) + _LAG_LOG * np.log(lags)).astype(np.float32)
        for multiple, weight in _MULTIPLES.items():
            self._prior += np.float32(weight) * (lags % multiple == 0)
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._start = self._end = 0  # rows of the arrays that are in use
        self._base = 0  # what is added to a row to name a bar for good
        self._last = 0  # number of the last bar
        self._bars: dict[int, tuple[int, dict[int, tuple[Note, ...]]]] = {}  # number, notes of each track
        # How much the last bar but j is like the bar i + 1 before it: (j, kind, i).
        self._likeness = np.zeros((_DEPTH, _KINDS, self.limit), np.float32)
        self._logits = np.zeros((2, 0), np.float32)  # of each lag: where the next bar is heard in part, where it is not
        self._runs = np.zeros((2, 2, 0), np.float32)

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
            self._likeness[:-1] = self._likeness[1:]
        elif self._bars:
            missing = number - self._last - 1
            for _ in range(min(missing, _DEPTH + missing % _DEPTH)):  # keeps the place in a phrase, however long it was
                self._append(_features({}, (), _STEPS), 0)
        self._append(_features(bar, self.drums, _STEPS), _bits(bar) or _bits((0,)))
        self._bars[self._base + self._end - 1] = number, {track: tuple(sorted(notes)) for track, notes in bar.items()}
        self._last = number
        self._weigh()

    def expect(
        self, number: int, tracks: Collection[int], partly: Mapping[int, Sequence[Note]] | None = None, beats: float = 0
    ) -> Expectation | None:
        """Guess what the player will play on `tracks` in bar `number`, which is later than all bars heard.

        `partly`: what was heard of the bar after the last one heard whole, in its first `beats` beats. Returns None as
        long as nothing is known but silence, and of a bar that was heard.
        """
        steps = min(max(round(beats * _BEAT), 0), _STEPS) if partly is not None else 0
        n, ahead = self._end - self._start, number - self._last
        if not n or ahead < 1 or not self._sounds[self._start : self._end].any():
            return None
        logits = self._logits[1]
        if steps:
            likeness = self._like(_features(partly or {}, self.drums, steps), steps)
            run = likeness[::2] * self._runs[0]
            heard = self._logits[0] + _WEIGHTS[:, 0] @ likeness + _RUN_WEIGHTS @ np.log1p(run)
            share = np.float32(min(1.0, steps / _SURE))
            logits = share * heard + (1 - share) * logits
        lags = np.arange(1, n + 1)
        rows = self._end - 1 + ahead - lags * -(-ahead // lags)
        heard_by = self._tracks[np.maximum(rows, 0)]
        possible = np.flatnonzero((rows >= self._start) & (heard_by != 0))
        logits = (logits - np.float32(_ABSENT) * (heard_by & _bits(tracks) == 0))[possible]
        best = np.argsort(-logits, kind="stable")[:_CANDIDATES]
        logits, rows = logits[best], rows[possible[best]]
        top = max(float(logits[0]), 0.0)
        chances = np.exp(logits - top)
        chances /= chances.sum() + np.exp(-top)
        harmony = _distance(
            self._centroids[rows], self._sounds[rows], self._centroids[rows, None], self._sounds[rows, None]
        )
        both = self._onsets[rows] @ self._onsets[rows].T
        rhythm = 1 - _overlap(both, self._counts[1, rows, -1], self._counts[1, rows, -1, None])
        guess = int(((harmony + np.float32(_RHYTHM) * rhythm) @ chances).argmin())
        source, notes = self._bars[self._base + int(rows[guess])]
        confidence = float(chances @ (harmony[guess] < _NEAR))
        return Expectation(number, {track: notes.get(track, ()) for track in tracks}, source, 0, confidence)

    @property
    def loop(self) -> int:
        """Length in bars of the loop that the player repeats now: 1, 2, 3, 4, 6, 8, 12 or 16; 0: none.

        Told when the second round is over, of three bars and more one bar before. Of several lengths the one that
        explains most of the last bars counts, of equals the shortest.
        """
        found, most = 0, 0
        for length in _LOOPS:
            if length > self.limit or not self._sounds[max(self._start, self._end - length) : self._end].any():
                continue
            likeness = (self._likeness[:, 0, length - 1] + self._likeness[:, 2, length - 1]) / 2
            alike = likeness >= _LIKE
            run = int(alike.argmin()) if not alike.all() else _DEPTH
            explained = min(run + length, _DEPTH + 1)
            if run >= length - (length > 2) and explained > most:
                found, most = length, explained
        return found

    def _append(self, bar: _Features, tracks: int) -> None:
        """Put a bar behind the last one and compare it with all before."""
        if self._end == len(self._cells):
            used = slice(self._start, self._end)
            for array in (self._cells, self._onsets, *self._counts, self._centroids, self._sounds, self._tracks):
                array[: self._end - self._start] = array[used].copy()
            self._base += self._start
            self._start, self._end = 0, self._end - self._start
        likeness = self._like(bar, _STEPS) if tracks else np.zeros((_KINDS, self._end - self._start), np.float32)
        end = self._end
        self._cells[end], self._onsets[end] = bar.cells, bar.onsets
        np.cumsum(bar.cells.reshape(_STEPS, 12).sum(axis=1), out=self._counts[0, end, 1:])
        np.cumsum(bar.onsets, out=self._counts[1, end, 1:])
        self._centroids[end], self._sounds[end], self._tracks[end] = bar.centroids, bar.sounds, tracks
        self._likeness[1:] = self._likeness[:-1].copy()
        known = min(likeness.shape[1], self.limit)
        self._likeness[0, :, :known], self._likeness[0, :, known:] = likeness[:, :known], 0
        self._end += 1
        if self._end - self._start > self.limit:
            self._bars.pop(self._base + self._start, None)
            self._start += 1

    def _like(self, bar: _Features, steps: int) -> FloatArray:
        """Return how much the first `steps` steps of a bar are like those of each bar known, the last one first.

        (_KINDS, n) in 0..1; of bars that nobody heard 0.
        """
        used, beats = slice(self._start, self._end), -(-steps // _BEAT)
        likeness = np.empty((_KINDS, self._end - self._start), np.float32)
        cells, onsets = bar.cells[: steps * 12], bar.onsets[:steps]
        likeness[0] = _overlap(self._cells[used, : steps * 12] @ cells, self._counts[0, used, steps], cells.sum())
        likeness[1] = _overlap(self._onsets[used, :steps] @ onsets, self._counts[1, used, steps], onsets.sum())
        harmony = _distance(
            self._centroids[used, :beats], self._sounds[used, :beats], bar.centroids[:beats], bar.sounds[:beats]
        )
        likeness[2] = np.exp(np.float32(-_STEEP) * harmony)
        likeness *= self._tracks[used] != 0
        return likeness[:, ::-1]

    def _weigh(self) -> None:
        """Prepare all that does not depend on the bar that sounds."""
        n = self._end - self._start
        likeness = self._likeness[:, :, :n]
        runs = np.cumprod(likeness[:, ::2], axis=0)
        self._runs = np.stack([1 + runs[:-1].sum(axis=0), runs.sum(axis=0)])
        self._logits = self._prior[:n] + _PROFILE @ likeness.reshape(_DEPTH * _KINDS, n)
        self._logits[1] += _RUN_WEIGHTS @ np.log1p(self._runs[1])


def _bits(tracks: Collection[int]) -> int:
    bits = 0
    for track in tracks:
        bits |= 1 << track % 62  # an int64 holds them; two tracks 62 apart share one, and nobody has so many
    return bits


def _features(bar: Mapping[int, Sequence[Note]], drums: Container[int], steps: int) -> _Features:
    """Return the features of the first `steps` steps of a bar; drums have no harmony, so long as others play."""
    cells, weights, hits = np.zeros((_STEPS, 12), np.float32), np.zeros((2, _STEPS, 12), np.float32), set[int]()
    for track, notes in bar.items():
        own = weights[int(track in drums)]
        for note in notes:
            start = min(round(note.time * _BEAT), _STEPS - 1)
            if 0 <= start < steps:
                end = min(steps, start + max(1, round(min(BEATS_PER_MEASURE, note.duration) * _BEAT)))
                own[start:end, note.pitch % 12] += 1
                hits.add(start)
    onsets = np.zeros(_STEPS, np.float32)
    onsets[list(hits)] = 1
    np.greater(weights.sum(axis=0), 0, out=cells, casting="unsafe")
    chroma = weights[0 if weights[0].any() else 1].reshape(BEATS_PER_MEASURE, _BEAT, 12).sum(axis=1)
    total = chroma.sum(axis=1, keepdims=True)
    return _Features(cells.ravel(), onsets, chroma / np.maximum(total, 1) @ _TONNETZ, total[:, 0] > 0)


def _overlap(both: Any, one: Any, other: Any) -> Any:
    """Return what two sets share of all they have (Jaccard), 1 where both are empty."""
    either = one + other - both
    return np.where(either > 0, both / np.maximum(either, 1), np.float32(1))


def _distance(one: FloatArray, sounds: BoolArray, other: FloatArray, other_sounds: BoolArray) -> FloatArray:
    """Return the mean tonal distance of the beats (..., beats, 6) of bars; of one that is silent it is `_SILENT`."""
    between = one - other
    distance = np.sqrt(np.einsum("...c,...c->...", between, between))
    distance = np.where(sounds & other_sounds, distance, np.float32(_SILENT) * (sounds ^ other_sounds))
    result: FloatArray = distance.mean(axis=-1)
    return result
