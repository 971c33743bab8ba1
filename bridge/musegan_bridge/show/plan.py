"""The bars to come: which idea each has, what it hears, until when it may change; it must not know clients."""

from __future__ import annotations

import itertools
import logging
from collections import deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from musegan_bridge.chords.names import name_of
from musegan_bridge.show.band import Bar, Draft, Locked, Request
from musegan_bridge.show.chart_player import ChartPlayer
from musegan_bridge.show.clock import Timeline
from musegan_bridge.show.following import heard_of, is_call, lead_of
from musegan_bridge.show.hearing import request_of
from musegan_bridge.show.history import History
from musegan_bridge.show.ideas import Bearing, Ideas, Kept
from musegan_bridge.show.listener import Listener
from musegan_bridge.show.performing import performed
from musegan_bridge.show.planned import Change, Changes, Pace, Planned
from musegan_bridge.show.state import Controls
from musegan_models.density import MAX_FACTOR
from musegan_models.notes import Note
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec

logger = logging.getLogger(__name__)

FILL = 1.8  # times the drums


class Plan:
    """The bars that are not committed, in order; each goes on from the one before.

    Call `request` for the next bar to make and `add` with what came of it; `ready` says which bar's time has come, and
    `commit` takes it off the plan for good.
    """

    def __init__(
        self,
        spec: ModelSpec,
        seed: int,
        controls: Controls,
        listener: Listener,
        history: History,
        chart: ChartPlayer,
    ) -> None:
        self.bars: deque[Planned] = deque()
        self.next = 0  # number of the first bar that is not committed
        self.ideas = Ideas.begin(spec, seed)  # after the last committed bar
        self.sent: deque[Bar] = deque(maxlen=2)  # the last committed bars: the one that plays and the one to come
        self.exact: dict[int, Bar] = {}  # bars of the past, and for which number they stand
        self.fills: set[int] = set()  # numbers of bars that are to be one
        self.pace = Pace(controls)
        self._spec, self._controls, self._listener, self._history = spec, controls, listener, history
        self._chart = chart
        self._changes = Changes()
        self._locks: dict[int, list[tuple[int, Locked]]] = {}  # what a locked track repeats
        self._loop: list[Bar] = []
        self._loop_from = 0
        self._making: Planned | None = None

    @property
    def playing(self) -> Bar | None:
        """The last committed bar; None before the first, and after a start."""
        return self.sent[-1] if self.sent else None

    @property
    def made(self) -> list[Bar]:
        """The planned bars that are made, up to the first that is not."""
        bars = itertools.takewhile(lambda bar: bar is not None, (planned.bar for planned in self.bars))
        return [bar for bar in bars if bar is not None]

    @property
    def end(self) -> int:
        """Number of the first bar that is not planned."""
        return self.next + len(self.bars)

    def sounding(self, beat: float) -> Bar | None:
        """Return the committed bar that sounds on a beat, before the first of them that one; None: there is none."""
        past = [bar for bar in self.sent if bar.number * BEATS_PER_MEASURE <= beat]
        return past[-1] if past else next(iter(self.sent), None)

    # What changes it

    def change(self, number: int, kind: Hashable, change: Change) -> None:
        """Change the ideas before the bar of a number; what is planned from there on is made again."""
        self._changes.add(number, kind, change)
        self.stale(number)

    def stale(self, number: int = 0) -> None:
        """Have all bars from `number` on made again, from the same ideas."""
        for planned in self.bars:
            if planned.number >= number and not planned.is_exact:
                planned.is_stale = True

    def stale_by_playing(self) -> None:
        """Have the bars made again that hear the musician."""
        if self._controls["in/listen"] != "off":
            for planned in self.bars:
                if not planned.is_exact and not is_call(planned.number, self._controls):
                    planned.is_stale = True

    def clear(self) -> None:
        """Forget what is planned and being made; the ideas stay where they are."""
        self.bars.clear()
        self._making = None

    def restart(self) -> None:
        """Let the next bar begin a phrase, after silence."""
        self.ideas = self.ideas.new_phrase()
        self.sent.clear()

    def recall(self, bars: Sequence[Bar]) -> None:
        """Play these bars of the past next, in the place of those that an earlier recall left; none: go on."""
        if bars or self.exact:
            self.exact = {self.next + i: bar for i, bar in enumerate(bars)}
            self.clear()

    def begin_loop(self, n: int) -> None:
        """Repeat the last `n` bars from the next one on; 0: no longer."""
        self._loop, self._loop_from = self._history.last(n), self.next
        self.clear()

    def unlock(self, track: int) -> None:
        """Forget what a track repeated."""
        self._locks.pop(track, None)

    def change_model(self, spec: ModelSpec) -> None:
        """Let another model make the bars; what was drawn for the one before means nothing to it."""
        self.clear()
        self._spec = spec
        self._changes.clear()
        self._locks.clear()
        self.ideas = Ideas.begin(spec, self.ideas.renewed().seed)
        self.sent.clear()

    def excuse(self, line: Timeline | None, now: float) -> None:
        """Give bars whose deadline has just been moved into the past the time that a new one gets."""
        for planned in self.bars:
            if line is not None and self.pace.deadline(planned, line) < now:
                planned.added = now

    def perform(self) -> None:
        """Play all drafts as the controls say now."""
        for planned in self.bars:
            self._perform(planned)

    # Making bars

    def request(self, line: Timeline, now: float) -> Request | None:
        """Return a bar to make now, if there is one."""
        if self._making is not None:
            return None
        self._listener.remember(line.beat_at(now), listens=self._controls["in/listen"] != "off")
        self._extend(line, now)
        if self.bars and self.pace.hear_again(self.bars[0], line) <= now:
            self.bars[0].is_stale = True
        for planned in self.bars:
            if planned.is_exact or not planned.is_stale:
                continue
            if planned.draft is not None and now < self.pace.redraw(planned, line):
                return None  # those after it go on from it
            if (request := self._ask(planned, line, now)) is not None:
                self._making = planned
                return request
        return None

    def add(self, draft: Draft) -> bool:
        """Take a bar that was made; return whether it is still wanted."""
        planned = self._making
        if planned is None or planned.idea is not draft.idea:
            return False
        self._making = None
        if planned not in self.bars:
            return False
        planned.draft, planned.made = draft, (planned.after, planned.changes)
        self._perform(planned)
        return True

    def failed(self) -> None:
        """Give up on the bar that is being made: what is there of it plays, or the bar before."""
        if self._making is not None:
            self._making.is_stale = False
        self._making = None

    def _extend(self, line: Timeline, now: float) -> None:
        """Plan the bars that are within the lookahead."""
        while now >= self.pace.plan(self.end, line):
            planned = Planned(self.end, added=now)
            self.bars.append(planned)
            self._conceive(planned, self._controls.bearing)
            if planned.bar is None:
                return  # the next one goes on from it

    def _conceive(self, planned: Planned, bearing: Bearing) -> None:
        """Give a planned bar its idea; where its notes are known already, those too."""
        number, before = planned.number, self._before(planned.number)
        ideas = self.ideas if before is None or before.after is None else before.after
        planned.changes = self._changes.of(number)
        for change in planned.changes.values():
            ideas = change(ideas)
        past = self._past(number)
        if past is not None:
            planned.idea, planned.after, planned.is_stale, planned.is_exact = past.idea, ideas, False, True
            planned.draft, planned.bar = past.draft, replace(past, number=number, repeated=False)
            return
        planned.idea, planned.after = ideas.next(bearing)
        if number in self.fills:
            for track in self._drums:
                ideas = ideas.track_renewed(track)
            planned.idea = ideas.next(bearing)[0]
        if is_call(number, self._controls):
            planned.draft = Draft(number, planned.idea, {}, tuple(range(self._spec.n_tracks)))
            planned.made, planned.is_stale, planned.is_passing = None, False, False
            self._perform(planned)

    def _past(self, number: int) -> Bar | None:
        """Return the bar of the past that stands for a number."""
        if number in self.exact:
            return self.exact[number]
        if self._loop and self._controls["loop"]:
            return self._loop[(number - self._loop_from) % len(self._loop)]
        return None

    def _ask(self, planned: Planned, line: Timeline, now: float) -> Request | None:
        controls, number, before = self._controls, planned.number, self._before(planned.number)
        playing = self.playing
        beat, dynamics = line.beat_at(now), controls.number("in/dynamics")
        heard = heard_of(self._listener, controls, self._spec, number, beat)
        lead = lead_of(self._listener, heard, controls, number, beat, self._history.idea)
        self._conceive(planned, replace(controls.bearing, lead=lead))
        if not planned.is_stale:
            return None
        assert planned.idea is not None
        pad = self._chart.pad(number, self._listener.transposition, is_heard=bool(controls["chart/heard"]))
        busyness = self._listener.dynamics.busyness(dynamics)
        density = tuple(min(MAX_FACTOR, own * busyness) for own in controls.density())
        if number in self.fills:
            density = tuple(min(MAX_FACTOR, own * FILL) if i in self._drums else own for i, own in enumerate(density))
        request = request_of(
            self._spec,
            number,
            planned.idea,
            mode=str(controls["in/mode"]),
            heard=heard,
            draft=before.draft if before is not None else playing.draft if playing is not None else None,
            transposition=self._listener.transposition,
            amount=controls.number("in/amount"),
            density=density,
            locked=self._locked(number),
            pad=pad,
        )
        planned.is_stale, planned.asked = False, now
        listens = controls["in/listen"] != "off"
        planned.is_passing = listens and self._listener.has_played(beat - BEATS_PER_MEASURE)
        planned.expectation, planned.chords = heard.expectation, None if pad is None else self._chart.chords_of(number)
        planned.loudness = self._listener.dynamics.loudness(dynamics)
        planned.newest = None
        if heard.tracks and planned.is_passing:
            planned.newest = self._listener.newest if heard.clip is None else (number + 1) * BEATS_PER_MEASURE
        if self._spec.hears_previous:
            self.stale(number + 1)
        return request

    @property
    def _drums(self) -> list[int]:
        return [i for i, track in enumerate(self._spec.tracks) if track.is_drum]

    def _before(self, number: int) -> Planned | None:
        """Return the planned bar before `number`; None: it is committed."""
        place = number - self.next - 1
        return self.bars[place] if 0 <= place < len(self.bars) else None

    def _locked(self, number: int) -> dict[int, Locked]:
        found = {}
        for track in self._controls.on("lock"):
            if track not in self._locks:
                name = self._spec.track_names[track]
                self._locks[track] = self._history.locked(track, name, self._spec.n_measures)
            if bars := self._locks[track]:
                found[track] = bars[(number - bars[0][0]) % len(bars)][1]
            else:
                del self._locks[track]  # nothing was played yet: from the next bar on
        return found

    def _perform(self, planned: Planned) -> None:
        """Play a draft as it is heard now."""
        draft = planned.draft
        if draft is None or planned.is_exact:
            return
        idea = draft.idea  # a new one may be on its way
        notes = performed(
            draft.notes,
            self._spec,
            transposition=draft.transposition,
            feels=self._controls.feels(self._spec),
            seed=(idea.seed, idea.private_seed, idea.measure),
            tempo=self._controls.number("tempo"),
            loudness=planned.loudness,
        )
        chord = name_of(self._pitched(notes), str(self._controls["key"]))
        planned.bar = Bar(planned.number, idea, notes, chord=chord, chords=planned.chords, draft=draft)

    def _pitched(self, notes: Mapping[str, Sequence[Note]]) -> list[Note]:
        return [note for track in self._spec.tracks if not track.is_drum for note in notes.get(track.name, ())]

    # Committing bars

    def ready(self, line: Timeline, now: float) -> Planned | None:
        """Return the next bar, if its time has come: it is fresh, or it cannot wait."""
        first = self.bars[0] if self.bars else None
        if first is None or now < self.pace.commit(first, line, is_making=first is self._making):
            return None
        return first

    def commit(self, planned: Planned) -> Bar:
        """Take the next bar off the plan, for good; one that was never made is the one before again, `repeated`."""
        bar, number = planned.bar or self._again(planned), planned.number
        self.bars.popleft()
        if self._making is planned:
            self._making = None
        after, taken = planned.made or (planned.after, planned.changes)
        if after is not None:
            self.ideas = after
        if self._changes.pass_over(number, taken):  # some came too late, or it is a bar of the past
            self.stale(number + 1)
        self.exact.pop(number, None)
        if number in self.fills and planned.is_stale:
            self.fills.add(number + 1)
        self.fills.discard(number)
        self.next = number + 1
        if bar.draft is None:
            bar = replace(bar, draft=Draft(number, bar.idea, bar.notes))
        self.sent.append(bar)
        self._history.add(bar)
        if bar.idea.measure == 0 and not planned.is_exact and not bar.repeated:
            at = None if after is None else after.at
            self._history.begin_phrase(at or Kept(bar.idea.seed, bar.idea.private_seed, bar.idea.plain_z))
        return bar

    def _again(self, planned: Planned) -> Bar:
        """Return the bar before, in the place of one that was not made in time."""
        logger.warning("bar %d was not made in time: the bar before it again", planned.number)
        assert planned.idea is not None
        playing = self.playing
        if playing is None:
            return Bar(planned.number, planned.idea, {name: [] for name in self._spec.track_names}, repeated=True)
        before = self._history.recall(playing.number) or playing
        return replace(before, number=planned.number, idea=planned.idea, repeated=True)

    # When

    def times(self, line: Timeline) -> Iterator[float]:
        """Yield the Unix times at which there is something to make or to commit."""
        yield line.time_at(self.next * BEATS_PER_MEASURE)  # never later than its downbeat
        first = self.bars[0] if self.bars else None
        if first is not None:
            yield self.pace.commit(first, line, is_making=first is self._making)
        if self._making is None:
            yield self.pace.plan(self.end, line)
            if first is not None:
                yield self.pace.hear_again(first, line)
            stale = next((planned for planned in self.bars if planned.is_stale), None)
            if stale is not None:
                yield self.pace.redraw(stale, line)
