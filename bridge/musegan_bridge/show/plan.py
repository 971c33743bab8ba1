"""The bars that are made, or being made, and not committed yet; it must not know clients, commands or the model."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from musegan_bridge.show.band import Bar, Draft
from musegan_bridge.show.ideas import Idea, Ideas


@dataclass(slots=True, eq=False)
class Planned:
    """One bar of the plan."""

    number: int
    added: float  # Unix seconds at which it was planned
    idea: Idea | None = None
    after: Ideas | None = None  # where the ideas are after it
    asked: float = 0.0  # Unix seconds at which it was last asked for
    draft: Draft | None = None
    bar: Bar | None = None  # as it would be heard now
    is_stale: bool = True  # what it was made from has changed since
    is_exact: bool = False  # a bar of the past, to be played as it was


class Plan:
    """The uncommitted bars, in order; each goes on from the one before."""

    def __init__(self) -> None:
        self.bars: deque[Planned] = deque()

    @property
    def first(self) -> Planned | None:
        """The next bar to be committed."""
        return self.bars[0] if self.bars else None

    def clear(self) -> None:
        """Forget all."""
        self.bars.clear()

    def stale(self, number: int = 0) -> None:
        """Have all bars from `number` on made again, from the same ideas."""
        for planned in self.bars:
            if planned.number >= number and not planned.is_exact:
                planned.is_stale = True

    def before(self, number: int) -> Planned | None:
        """Return the planned bar before `number`."""
        return next((planned for planned in self.bars if planned.number == number - 1), None)
