"""Batches of training phrases as a model wants them: its planes, tracks, pitches, bars; it must not know losses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from musegan_models.chords import chord_from_chroma
from musegan_models.notes import own_planes
from musegan_models.spec import ModelSpec
from musegan_train.data.phrases import Phrases
from musegan_train.fit.augment import SHIFTS, transpose

_T = TypeVar("_T")

_BEGINS = 0.25
"""Share of phrases before which a model that continues them hears silence."""


class BatchesError(ValueError):
    """Phrases that a model cannot be trained on; the message names what differs."""


class Batch(NamedTuple):
    """Phrases and what a generator is told of them, float32 in {0, 1}, on the device that trains."""

    real: Tensor  # (N, B, planes, M, T, P); B is 1 where the model has no phrases
    given: Tensor | None = None  # (N, M): the tracks that somebody else plays; None where the model hears nobody
    previous: Tensor | None = None  # (N, B, planes, M, T, P): the bar before each bar, see `Batches`
    chord: Tensor | None = None  # (N, B, 13): the chord of each bar
    awaited: Tensor | None = None  # (N, M): tracks that somebody else plays, of which only the bars before are heard
    own: Tensor | None = None  # (N,) bool: the bar before the phrase is one of the band's own, and not its song's


class _Choice(NamedTuple):
    """All that is random about a batch, an entry for each phrase."""

    indices: NDArray[np.int64]  # of the phrases
    shifts: NDArray[np.int64]  # semitones
    measures: NDArray[np.int64]  # which bar, where the model has no phrases
    given: NDArray[np.float32]  # (n, M)
    awaited: NDArray[np.float32]  # (n, M)
    starts: NDArray[np.bool_]  # whether silence is taken for the bar before the phrase


class Batches:
    """The phrases of a set, ready for the model of `spec`.

    The bar before the first one of a phrase is silence, but where the model continues phrases: then it is that of the
    song, and silence in some, as where a band begins.
    """

    def __init__(
        self,
        data: Phrases,
        spec: ModelSpec,
        size: int,
        *,
        held_out: bool = False,
        augment: bool = False,
        dropout: float = 0.4,
        both: float = 0.1,
        awaited: float = 0.4,
        device: torch.device | None = None,
        part: tuple[int, int] = (0, 1),
    ) -> None:
        """Check that the model can be trained on the phrases.

        `size`: phrases of a batch, on all devices together; `part`: which of how many equal parts of each batch is
        made here. `augment`: move each phrase to a key of its own. `dropout`, `both`: where any subset of the tracks
        can be given, the shares of phrases in which none and two are; `awaited`: where tracks can be awaited, the share
        of the given ones that are awaited instead.

        Raises:
            BatchesError: Tracks, resolution, bars or pitches differ, or there are too few phrases.

        """
        check_fit(data, spec)
        self.indices = data.indices(held_out)
        if len(self.indices) < size:
            kept = "held out" if held_out else "not held out"
            raise BatchesError(f"batch must be at most {len(self.indices)}, the phrases that are {kept}, got {size}")
        self.data, self.spec, self.size = data, spec, size
        self._augment, self._dropout, self._both, self._awaited = augment, dropout, both, awaited
        self._device = device or torch.device("cpu")
        which, n_parts = part
        if size % n_parts:
            raise BatchesError(f"batch must be a multiple of {n_parts}, the number of devices, got {size}")
        self._part = slice(which * size // n_parts, (which + 1) * size // n_parts)

    def draw(self, rng: np.random.Generator) -> Batch:
        """Return a batch of random phrases; of it, where there are several devices, the part for this one."""
        indices = self.indices[rng.integers(len(self.indices), size=self.size)]
        choice = self._choose(indices, rng)
        indices, shifts, measures, given, awaited, starts = choice
        part = self._part
        return self._make(
            _Choice(indices[part], shifts[part], measures[part], given[part], awaited[part], starts[part])
        )

    def at(self, indices: NDArray[np.integer[Any]], rng: np.random.Generator) -> Batch:
        """Return the phrases at `indices`; `rng` says which tracks are given and which single bars are taken."""
        return self._make(self._choose(np.asarray(indices, np.int64), rng))

    def _choose(self, indices: NDArray[np.int64], rng: np.random.Generator) -> _Choice:
        n, spec = len(indices), self.spec
        low, high = SHIFTS if self._augment else (0, 0)
        shifts = rng.integers(low, high + 1, size=n)
        measures = rng.integers(int(self.data.manifest["n_measures"]), size=n)
        if spec.condition_track is not None:
            given = np.zeros((n, spec.n_tracks), np.float32)
            given[:, spec.track_names.index(spec.condition_track)] = 1
        else:
            given = draw_given(rng, n, spec.n_tracks, self._dropout, self._both)
        awaited, starts = np.zeros_like(given), np.zeros(n, np.bool_)
        if spec.anticipates:
            awaited = given * (rng.random(given.shape) < self._awaited)
            given = given - awaited
        if spec.continues:
            starts = rng.random(n) < _BEGINS
        return _Choice(indices, shifts, measures, given, awaited, starts)

    def _make(self, choice: _Choice) -> Batch:
        spec, data = self.spec, self.data
        cells = data.unpack_with_before(choice.indices) if spec.continues else data.unpack(choice.indices)
        if choice.shifts.any():
            cells = transpose(cells, choice.shifts, is_drum_of(data))
        real = _planes(data, spec, cells)  # (n, B, planes, M, T, P), or a bar more
        chord, previous = None, None
        if spec.continues:
            previous, real = real[:, :-1].copy(), real[:, 1:]
            previous[choice.starts, 0] = 0
        if spec.has_chord:
            chord = chord_from_chroma(_chroma(data, cells))  # (n, B, 13)
        if spec.hears_previous and previous is None:
            previous = np.zeros_like(real)
            previous[:, 1:] = real[:, :-1]
        if spec.n_measures == 1:
            real = real[np.arange(len(real)), choice.measures][:, None]
        return Batch(
            self._tensor(real),
            self._tensor(choice.given) if spec.conditional else None,
            None if previous is None else self._tensor(previous),
            None if chord is None else self._tensor(chord),
            self._tensor(choice.awaited) if spec.anticipates else None,
        )

    def _tensor(self, array: NDArray[Any]) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(array)).to(self._device).float()  # a byte a cell travels


def draw_given(
    rng: np.random.Generator, n: int, n_tracks: int, dropout: float = 0.4, both: float = 0.1
) -> NDArray[np.float32]:
    """Return which tracks are given in each of `n` phrases, (n, M) in {0, 1}: none, any one, or any two."""
    order = rng.random((n, n_tracks)).argsort(axis=1)
    u = rng.random(n)
    count = np.where(u < dropout, 0, np.where(u < dropout + both, 2, 1))
    given: NDArray[np.float32] = (order < count[:, None]).astype(np.float32)
    return given


def roll_of(data: Phrases, spec: ModelSpec, indices: NDArray[np.integer[Any]]) -> NDArray[np.uint8]:
    """Return phrases as the model of `spec` knows them, uint8 (n, B, planes, M, T, P) in {0, 1}."""
    return _planes(data, spec, data.unpack(indices))


def check_fit(data: Phrases, spec: ModelSpec) -> None:
    """Raise BatchesError where the model of `spec` cannot be trained on `data`."""
    facts, names = data.manifest, tuple(data.manifest["tracks"])
    if not len(data):
        raise BatchesError("the set of phrases is empty")
    if not spec.has_chord and (missing := [name for name in spec.track_names if name not in names]):
        raise BatchesError(f"tracks must be among {', '.join(names)}, those of the phrases, got {', '.join(missing)}")
    if spec.has_chord and not _melodic(data):
        raise BatchesError(f"tracks must have one that can play a melody, got {', '.join(names)}")
    if facts["beat_resolution"] != spec.beat_resolution:
        raise BatchesError(f"beat_resolution must be {facts['beat_resolution']}, as in the phrases, got "
                           f"{spec.beat_resolution}")  # fmt: skip
    if spec.n_measures not in (1, facts["n_measures"]):
        raise BatchesError(f"n_measures must be {facts['n_measures']}, as in the phrases, got {spec.n_measures}")
    low, high = facts["lowest_pitch"], facts["lowest_pitch"] + facts["n_pitches"]
    if spec.lowest_pitch >= high or spec.lowest_pitch + spec.n_pitches <= low:
        raise BatchesError(f"pitches must be among {low}..{high - 1}, those of the phrases, got {spec.lowest_pitch}.."
                           f"{spec.lowest_pitch + spec.n_pitches - 1}")  # fmt: skip


def is_drum_of(data: Phrases) -> list[bool]:
    """Return which tracks of a set of phrases are drums."""
    names: list[str] = data.manifest["tracks"]
    told: list[bool] = data.manifest.get("is_drum", [name == "drums" for name in names])
    return told


def mismatch(batch: Batch, n: int) -> Tensor:
    """Return the first `n` phrases of a batch with tracks that do not belong together, (n, B, planes, M, T, P).

    What somebody else plays is as it was, and the other tracks are those of the next phrase; where nobody plays, every
    second track is. A critic that learns to refuse them hears whether tracks listen to each other (after the
    matching-aware discriminator of Reed et al. 2016, arXiv 1605.05396, sec. 4.2).
    """
    real, m = batch.real, batch.real.shape[3]
    kept = torch.zeros(len(real), m, device=real.device)
    for part in (batch.given, batch.awaited):
        kept = kept if part is None else kept + part
    halves = (torch.arange(len(real), device=real.device)[:, None] + torch.arange(m, device=real.device)) % 2
    kept = torch.where(kept.any(dim=1, keepdim=True), kept, halves)[:n]
    return torch.where(kept[:, None, None, :, None, None] > 0, real[:n], real.roll(-1, dims=0)[:n])


def prefetched(make: Callable[[_T], Batch], keys: Iterable[_T], ahead: int = 3) -> Iterator[Batch]:
    """Yield `make(key)` of each key, made in a thread while the batches before are trained on."""
    with ThreadPoolExecutor(1) as pool:
        waiting: list[Future[Batch]] = []
        for key in keys:
            waiting.append(pool.submit(make, key))
            if len(waiting) > ahead:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _planes(data: Phrases, spec: ModelSpec, cells: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(n, 2, B, tracks of the data, T, pitches of the data) -> (n, B, planes, M, T, P)."""
    names = list(data.manifest["tracks"])
    wanted = names if spec.has_chord else list(spec.track_names)
    if wanted != names:
        cells = cells[:, :, :, [names.index(name) for name in wanted]]
    planes = own_planes(cells.swapaxes(1, 2), spec)
    if spec.has_chord:
        planes = _melody(planes, _melodic(data))
    return _pitches(planes, spec.lowest_pitch - data.manifest["lowest_pitch"], spec.n_pitches)


def _pitches(planes: NDArray[np.uint8], first: int, n: int) -> NDArray[np.uint8]:
    """Return `n` pitches from index `first` on, zeros where there is no such index."""
    there = planes.shape[-1]
    if first == 0 and n == there:
        return planes
    low, high = max(first, 0), min(first + n, there)
    result = np.zeros((*planes.shape[:-1], n), np.uint8)
    result[..., low - first : high - first] = planes[..., low:high]
    return result


def _melodic(data: Phrases) -> list[int]:
    """Return the tracks that a melody can be in: neither drums nor bass."""
    drums = is_drum_of(data)
    return [i for i, name in enumerate(data.manifest["tracks"]) if not drums[i] and name != "bass"]


def _melody(planes: NDArray[np.uint8], tracks: list[int]) -> NDArray[np.uint8]:
    """Return the melody of each phrase, (n, B, 1, M, T, P) -> (n, B, 1, 1, T, P), at most one pitch a step.

    It is in the track that most often plays a single note; where that plays several, the highest is taken.
    """
    own = planes[:, :, :, tracks]
    voices = own.sum(axis=-1, dtype=np.uint8)  # (n, B, 1, tracks, T)
    best = (voices == 1).sum(axis=(1, 2, 4)).argmax(axis=1)  # (n,)
    melody = own[np.arange(len(own)), :, :, best][:, :, :, None]
    higher = np.cumsum(melody[..., ::-1], axis=-1, dtype=np.uint8)[..., ::-1]  # how many sound from here up
    return np.asarray(melody & (higher == 1), np.uint8)


def _chroma(data: Phrases, cells: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return how long each pitch class sounds in each bar, (n, 2, B, M, T, P) -> (n, B, 12)."""
    pitched = np.flatnonzero(~np.asarray(is_drum_of(data)))
    length = cells[:, :, :, pitched].sum(axis=(1, 3, 4), dtype=np.float32)  # (n, B, P)
    classes = (np.arange(length.shape[-1]) + int(data.manifest["lowest_pitch"])) % 12
    chroma = np.zeros((*length.shape[:-1], 12), np.float32)
    for pitch_class in range(12):
        chroma[..., pitch_class] = length[..., classes == pitch_class].sum(axis=-1)
    return chroma
