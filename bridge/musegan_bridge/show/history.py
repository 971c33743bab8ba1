"""All bars of a show, small enough to keep, and the ideas of its phrases; it must not know clients or the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from musegan_bridge.show.band import Bar, BarChords, Draft, Locked
from musegan_bridge.show.ideas import Idea, Kept
from musegan_models.notes import FloatArray, Note

_BARS = 20_000  # some eleven hours at 120 beats a minute
_PHRASES = 1024


@dataclass(frozen=True, slots=True, eq=False)
class _Packed:
    """A bar as arrays: a note object takes ten times the room."""

    idea: Idea
    heard: dict[str, NDArray[np.float64]]  # (n, 4): time, pitch, duration, velocity
    raw: dict[str, NDArray[np.float64]]  # as the model made them
    planes: NDArray[np.uint8] | None
    shape: tuple[int, ...]  # of the planes before they were packed
    left_out: tuple[int, ...]
    transposition: int
    repeated: bool
    chord: str
    chords: BarChords | None


class History:
    """What was committed, by its number."""

    def __init__(self) -> None:
        self._bars: dict[int, _Packed] = {}
        self._phrases: list[Kept] = []
        self._at = 0  # which of them plays

    def __len__(self) -> int:
        """Return how many bars there are."""
        return len(self._bars)

    @property
    def numbers(self) -> range:
        """The numbers there may be a bar of."""
        return range(next(iter(self._bars)), next(reversed(self._bars)) + 1) if self._bars else range(0)

    def add(self, bar: Bar) -> None:
        """Keep a bar, and the idea of a phrase that it begins."""
        if len(self._bars) >= _BARS:
            del self._bars[next(iter(self._bars))]
        draft, planes, shape = bar.draft, None, ()
        if draft is not None and draft.planes is not None:
            planes, shape = np.packbits(draft.planes > 0), draft.planes.shape
        self._bars[bar.number] = _Packed(
            replace(bar.idea, z=(), plain_z=(), drafts=()),
            {name: _array(notes) for name, notes in bar.notes.items()},
            {} if draft is None else {name: _array(notes) for name, notes in draft.notes.items()},
            planes,
            shape,
            () if draft is None else draft.left_out,
            0 if draft is None else draft.transposition,
            bar.repeated,
            bar.chord,
            bar.chords,
        )

    def recall(self, number: int) -> Bar | None:
        """Return a bar as it was; None if there was none, or it was too long ago."""
        packed = self._bars.get(number)
        if packed is None:
            return None
        draft = Draft(
            number,
            packed.idea,
            {name: _notes(array) for name, array in packed.raw.items()},
            packed.left_out,
            self._planes(packed),
            packed.transposition,
        )
        heard = {name: _notes(array) for name, array in packed.heard.items()}
        return Bar(number, packed.idea, heard, packed.repeated, draft, packed.chord, packed.chords)

    def idea(self, number: int) -> Idea | None:
        """Return the idea of a bar, without its z; None if there was none, or it was too long ago."""
        packed = self._bars.get(number)
        return None if packed is None else packed.idea

    def last(self, n: int) -> list[Bar]:
        """Return the last `n` bars, or as many as there are, in order."""
        numbers = list(self._bars)[-n:] if n else []
        return [bar for number in numbers if (bar := self.recall(number)) is not None]

    def locked(self, track: int, name: str, n: int) -> list[tuple[int, Locked]]:
        """Return what a track played in the last `n` bars, each with the bar's number."""
        found = []
        for bar in self.last(n):
            assert bar.draft is not None
            planes = bar.draft.planes
            if planes is not None:
                found.append((bar.number, Locked(bar.draft.notes.get(name, ()), planes[:, track])))
        return found

    @property
    def phrases_back(self) -> int:
        """How many phrases there are before the one that plays."""
        return self._at

    @property
    def phrases_on(self) -> int:
        """How many there are after it, where one went back."""
        return max(0, len(self._phrases) - 1 - self._at)

    def begin_phrase(self, kept: Kept) -> None:
        """Keep the idea of a phrase that was committed; one that was gone back to, or is held, is there already."""
        if self._phrases and _are_same(kept, self._phrases[self._at]):
            return
        self._phrases.append(kept)
        del self._phrases[:-_PHRASES]
        self._at = len(self._phrases) - 1

    def forget_phrases(self) -> None:
        """Forget the ideas: another model would make other music of them."""
        self._phrases.clear()
        self._at = 0

    def step(self, phrases: int) -> Kept | None:
        """Go forward (or, below 0, back) by phrases; return the one it comes to, None beyond either end."""
        at = self._at + phrases
        if not 0 <= at < len(self._phrases):
            return None
        self._at = at
        return self._phrases[at]

    def _planes(self, packed: _Packed) -> FloatArray | None:
        if packed.planes is None:
            return None
        n = int(np.prod(packed.shape))
        return np.unpackbits(packed.planes, count=n).reshape(packed.shape).astype(np.float32)


def _are_same(one: Kept, other: Kept) -> bool:
    seeds = (one.seed, one.private_seed) == (other.seed, other.private_seed)
    return seeds and all(map(np.array_equal, one.z, other.z))


def _array(notes: Sequence[Note]) -> NDArray[np.float64]:
    rows = [(n.time, n.pitch, n.duration, n.velocity) for n in notes]
    return np.array(rows, np.float64).reshape(-1, 4)


def _notes(array: NDArray[np.float64]) -> list[Note]:
    return [Note(time, int(pitch), duration, int(velocity)) for time, pitch, duration, velocity in array.tolist()]
