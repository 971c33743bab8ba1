"""One bar to come, what is to change before it, and when it is made and committed; it must not know other bars."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from musegan_bridge.show.band import Bar, BarChords, Draft
from musegan_bridge.show.clock import Timeline
from musegan_bridge.show.ideas import Idea, Ideas
from musegan_bridge.show.state import Controls
from musegan_models.memory import Expectation
from musegan_models.spec import BEATS_PER_MEASURE

MIN_COMMIT = 0.3  # seconds: at a fast tempo a beat is too short for a client to get ready
BUDGET = 0.25  # seconds to make a bar; it takes milliseconds, so this is the slack of the deadline
LAST_MOMENT = 0.05  # seconds before its downbeat after which no bar is sent
REDRAW = 0.25  # seconds between two drafts of one planned bar: what is played changes all the time

Change = Callable[[Ideas], Ideas]


@dataclass(slots=True, eq=False)
class Planned:
    """One bar to come."""

    number: int
    added: float  # Unix seconds from which it had its time to be made
    idea: Idea | None = None
    after: Ideas | None = None  # where the ideas are after it
    changes: Mapping[Hashable, Change] = field(default_factory=dict)  # to the ideas, that it was given its idea with
    asked: float = 0.0  # Unix seconds at which it was last asked for
    draft: Draft | None = None
    made: tuple[Ideas | None, Mapping[Hashable, Change]] | None = None  # `after` and `changes` of the draft
    bar: Bar | None = None  # as it would be heard now
    is_stale: bool = True  # what it was made from has changed since
    is_passing: bool = False  # it heard the musician: in a while it would hear that they were silent, or held on
    expectation: Expectation | None = None  # what the draft expects the musician to play in it
    newest: float | None = None  # beat of the musician's newest note that the draft knows of; None: they rest
    chords: BarChords | None = None  # that the draft is made on
    loudness: float = 1.0  # times all velocities
    is_exact: bool = False  # a bar of the past, to be played as it was


class Changes:
    """What is to be done to the ideas before bars that are to come, by number of the bar and by kind.

    Of changes of one kind before one bar only the last is made: a pad sends hundreds a second.
    """

    def __init__(self) -> None:
        self._before: dict[int, dict[Hashable, Change]] = {}

    def add(self, number: int, kind: Hashable, change: Change) -> None:
        """Make a change before the bar of a number, after those that are to be made there already."""
        changes = self._before.setdefault(number, {})
        changes.pop(kind, None)
        changes[kind] = change

    def of(self, number: int) -> Mapping[Hashable, Change]:
        """Return those before a bar, in order, as they are now."""
        return self._before.get(number, {}).copy()

    def pass_over(self, number: int, taken: Mapping[Hashable, Change]) -> bool:
        """Forget those up to the bar of a number, which was made with `taken`; return whether there are others.

        They came too late for it, and are made before the next bar.
        """
        late = {kind: change for kind, change in self.of(number).items() if change is not taken.get(kind)}
        self._before = {own: changes for own, changes in self._before.items() if own > number}
        if late:
            self._before[number + 1] = late | self._before.get(number + 1, {})
        return bool(late)

    def clear(self) -> None:
        """Forget all."""
        self._before.clear()


class Pace:
    """When a bar is planned, made again and committed, in Unix seconds, as the controls say."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def lead(self, tempo: float) -> float:
        """Return the seconds that a bar needs from the first thought to its downbeat."""
        return BUDGET + self._ahead(tempo)

    def plan(self, number: int, line: Timeline) -> float:
        """Return when the bar of a number is planned."""
        ahead = max(self._controls.number("lookahead") * 60 / line.tempo, self.lead(line.tempo))
        return line.time_at(number * BEATS_PER_MEASURE) - ahead

    def redraw(self, planned: Planned, line: Timeline) -> float:
        """Return when a stale bar is made again: not all the time, but for certain before it is committed."""
        if planned.draft is None:
            return planned.added
        return min(planned.asked + REDRAW, max(self.deadline(planned, line) - BUDGET, planned.asked + REDRAW / 4))

    def hear_again(self, planned: Planned, line: Timeline) -> float:
        """Return when a bar is made for the last time with what the musician did since: silence brings no message."""
        last = self.deadline(planned, line) - BUDGET
        if planned.is_exact or not planned.is_passing or planned.asked >= last:
            return math.inf
        return max(last, planned.asked + REDRAW / 4)

    def deadline(self, planned: Planned, line: Timeline) -> float:
        """Return when a bar must be committed and sent."""
        downbeat = line.time_at(planned.number * BEATS_PER_MEASURE)
        # After a jump in tempo the regular deadline may be past: the bar then has until just before its downbeat.
        return max(downbeat - self._ahead(line.tempo), min(planned.added + BUDGET, downbeat - LAST_MOMENT))

    def commit(self, planned: Planned, line: Timeline, *, is_making: bool) -> float:
        """Return when a bar is committed: as soon as the draft is there that may be its last, else at its deadline.

        What is played after that draft was asked for is for the next bar: who never rests must not make each bar late.
        """
        deadline = self.deadline(planned, line)
        is_last = planned.asked >= deadline - BUDGET or not (planned.is_stale or planned.is_passing)
        return deadline - BUDGET if planned.bar is not None and is_last and not is_making else deadline

    def _ahead(self, tempo: float) -> float:
        """Return the seconds before its downbeat that a bar must be committed."""
        return max(self._controls.number("commit") * 60 / tempo, MIN_COMMIT)
