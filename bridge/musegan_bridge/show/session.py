"""The show: who listens, what plays, what is due. Pure state: time comes in, and messages go out, as values."""

from __future__ import annotations

import itertools
import logging
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace

from musegan_bridge.key import transposition_of
from musegan_bridge.messages import MessageError, parse
from musegan_bridge.show.band import Bar, Draft, Locked, Request
from musegan_bridge.show.clock import Fix, Timeline
from musegan_bridge.show.commands import COMMANDS, Call
from musegan_bridge.show.events import Changed, Committed, Due, Moved, Played, Received, Silenced
from musegan_bridge.show.following import heard_of, is_call
from musegan_bridge.show.hearing import own_track, request_of
from musegan_bridge.show.history import History
from musegan_bridge.show.ideas import Ideas, Kept
from musegan_bridge.show.listener import Listener
from musegan_bridge.show.outgoing import Onset, Output, Target, onsets_of
from musegan_bridge.show.performing import performed
from musegan_bridge.show.plan import Plan, Planned
from musegan_bridge.show.shelf import Shelf
from musegan_bridge.show.slack import Slack
from musegan_bridge.show.state import Controls
from musegan_bridge.show.subscribers import LATE, NOTE_AHEAD, Refusals, Subscribers, heard
from musegan_bridge.show.transport import Transport
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec

logger = logging.getLogger(__name__)

MIN_COMMIT = 0.3  # seconds: at a fast tempo a beat is too short for a client to get ready
BUDGET = 0.25  # seconds to make a bar; it takes milliseconds, so this is the slack of the deadline
LAST_MOMENT = 0.05  # seconds before its downbeat after which no bar is sent
REDRAW = 0.25  # seconds between two drafts of one planned bar: what is played changes all the time
FILL = 1.8  # times the drums


@dataclass
class Counts:
    """What `/musegan/status` tells."""

    bars: int = 0
    late: int = 0


class Session:
    """One show. After each call, send what it returned; call `poll` and `request` at `wake()` and after other calls."""

    def __init__(
        self,
        spec: ModelSpec,
        *,
        seed: int,
        tempo: float = 120.0,
        key: str = "C",
        provider: str = "",
        lookahead: float | None = None,
        commit: float | None = None,
    ) -> None:
        self.spec, self.provider = spec, provider
        self.http = 0  # TCP port of the page; 0: none
        self.controls = Controls(spec.track_names)
        for name, value in (("tempo", tempo), ("key", key), ("lookahead", lookahead), ("commit", commit)):
            if value is not None:
                self.controls.set(name, value)
        self.counts, self.slack = Counts(), Slack()
        self.subscribers, self.refusals = Subscribers(), Refusals()
        self.transport = Transport(tempo)
        self.listener = Listener(spec)
        self.listener.transposition = transposition_of(key)
        self.shelf, self.history = Shelf(spec, seed), History()
        self.ideas = Ideas.begin(spec, seed)  # after the last committed bar
        self.section = "none"
        self.next = 0  # number of the first bar that is not committed
        self.plan = Plan()
        self.exact: dict[int, Bar] = {}  # bars of the past, and for which number they stand
        self.fills: set[int] = set()
        self._changes: dict[int, dict[Hashable, Callable[[Ideas], Ideas]]] = {}  # to the ideas, before a bar, by kind
        self._locks: dict[int, list[tuple[int, Locked]]] = {}
        self._loop: list[Bar] = []
        self._loop_from = 0
        self._making: Planned | None = None
        self.sent: deque[Bar] = deque(maxlen=2)  # the bar that plays and the one to come
        self._onsets: deque[Onset] = deque()

    @property
    def seed(self) -> int:
        """The seed of the phrase that plays."""
        first = self.plan.first
        return self.sent[-1].idea.seed if self.sent else first.idea.seed if first and first.idea else self.ideas.seed

    @property
    def playing(self) -> Bar | None:
        """The last committed bar; None before the first."""
        return self.sent[-1] if self.sent else None

    # What clients say

    def receive(
        self, address: str, values: Sequence[object], sender: Target, now: float, time: float | None = None
    ) -> list[Output]:
        """Take one message that arrived at `now`, `time` being its timetag if it has one; return the answers."""
        # A note in a bundle was played when its timetag says; a timetag far from now is a wrong clock.
        when = time if time is not None and abs(time - now) < 10 else now
        outputs: list[Output] = []
        try:
            for message in parse(address, values, self.spec.track_names):
                port = int(message.args.get("port", 0))
                call = Call(message, (sender[0], port) if port else sender, now, when)
                outputs += COMMANDS[message.address](self, call)
        except MessageError as error:
            return [*outputs, *self.reject(address, str(error), sender, now)]
        return [Received(address, tuple(values), now), *outputs]

    def reject(self, address: str, text: str, sender: Target, now: float) -> list[Output]:
        """Count and answer something that is not a valid message; a flood gets few answers."""
        return list(self.refusals.refuse(address, text, sender, now))

    def hear(self, pitch: int, velocity: int, when: float, track: str = "") -> list[Output]:
        """Hear a note of the musician's; `track`: one of his, empty: the first of them."""
        names = self.spec.track_names
        if not self.listener.tracks and not track and (own := own_track(self.spec)) is not None:
            self.listener.tracks = (names.index(own),)
        if track and track not in names:
            raise MessageError(f"track must be one of {', '.join(names)}, got {track!r}")
        if track and names.index(track) not in self.listener.tracks:
            raise MessageError(f"{track} is not yours: send /musegan/in/track {track} first")
        line = self.transport.timeline
        if line is None:
            return []
        beat = line.beat_at(when)
        self.listener.note(beat, pitch, velocity, names.index(track) if track else None)
        self._stale_by_playing()
        on = track or (names[self.listener.tracks[0]] if self.listener.tracks else "")
        return [Played(on, pitch, velocity, beat, when)]

    def change(self, number: int, kind: Hashable, change: Callable[[Ideas], Ideas]) -> None:
        """Change the ideas before the bar of a number; what is planned from there on is made again.

        Of changes of the same `kind` before the same bar only the last one is made: a pad sends hundreds a second.
        """
        changes = self._changes.setdefault(number, {})
        changes.pop(kind, None)
        changes[kind] = change
        self.plan.stale(number)

    def applied(self, name: str, track: str | None, kind: str, now: float) -> list[Output]:
        """Let a control that was set take effect; `kind` is what it changes."""
        if name == "key":
            self.listener.transposition = transposition_of(str(self.controls["key"]))
        elif name == "lock" and track is not None:
            self._locks.pop(self.spec.track_names.index(track), None)
        elif name == "loop":
            self._loop = self.history.last(int(self.controls.number("loop")))
            self._loop_from = self.next
            self.plan.clear()
        elif name == "commit":
            self._excuse(now)
        if kind == "bars":
            self.plan.stale()
        elif kind == "sound":
            for planned in self.plan.bars:
                self._perform(planned)
            return self._tell_planned(now)
        return []

    # Transport

    def play(self, now: float, *, goes_on: bool = False) -> list[Output]:
        """Start as soon as a bar can be made and sent: with the next phrase, or where it stopped. Playing: nothing.

        By another clock it starts with that clock's first bar line after.
        """
        if self.transport.timeline is not None:
            return []
        if not goes_on:
            self.ideas = self.ideas.new_phrase()
            self.sent.clear()
        self.plan.clear()
        line = self.transport.start(self.next, self._lead(), now)
        return [] if line is None else self._tell_moved(line)

    def stop(self, reason: str, now: float) -> list[Output]:
        """Stop, and tell every client to be silent."""
        self.transport.stop()
        return self._silence(reason, now)

    def _silence(self, reason: str, now: float) -> list[Output]:
        self._making = None
        self.plan.clear()
        self._onsets.clear()
        self.listener.forget()
        return [*self.subscribers.silence(reason), Silenced(reason, now)]

    def set_tempo(self, tempo: float, now: float) -> list[Output]:
        """Change the tempo of the internal clock from now on; the beat goes on where it is."""
        moved = self.transport.set_tempo(tempo, now)
        self._excuse(now)
        return [*self.tempo_is_known(), *(self.moved() if moved else [])]

    def keep(self, source: str) -> list[Output]:
        """Keep another clock, from its next fix on."""
        self.transport.follow(source)
        self.controls.set("clock/source", source)
        return [Changed("/musegan/clock/source", (source,))]

    def change_model(self, spec: ModelSpec, provider: str) -> list[Output]:
        """Let another model make the bars that are not committed; its tracks are the same ones. Its phrase is new.

        Sections, pad and snapshots are of the z of the model before, and are forgotten where it has others.
        """
        old, self.spec, self.provider = self.spec, spec, provider
        self.plan.clear()
        self._making = None
        self._changes.clear()
        self._locks.clear()
        self.listener.change_spec(spec)
        if old.latent != spec.latent:
            self.shelf, self.section = Shelf(spec, self.ideas.seed), "none"
            self.history.forget_phrases()
        self.ideas = Ideas.begin(spec, self.ideas.renewed().seed)
        self.sent.clear()
        return []

    def tempo_is_known(self) -> list[Output]:
        """Show the tempo that there is now among the controls."""
        tempo = self.transport.tempo
        return [Changed("/musegan/tempo", (tempo,))] if self.controls.put("tempo", None, tempo) else []

    def moved(self) -> list[Output]:
        """Tell that the beats fall otherwise from now on."""
        line = self.transport.timeline
        return [] if line is None else self._tell_moved(line)

    def sync(self, fix: Fix, now: float) -> list[Output]:
        """Take what the clock that the band keeps says of itself."""
        happened = self.transport.sync(fix, self.next, self._lead(), now)
        outputs = self.tempo_is_known()
        self._excuse(now)
        if happened == "stopped":
            return [*outputs, *self._silence("stop", now)]
        if happened == "started":
            self.ideas = self.ideas.new_phrase()
            self.sent.clear()
        return [*outputs, *(self.moved() if happened != "nothing" else [])]

    def _tell_moved(self, line: Timeline) -> list[Output]:
        return [*self.subscribers.tempo_changed(line), Moved(line.beat, line.time, line.tempo)]

    def _wake_up(self, line: Timeline, now: float) -> list[Output]:
        """Go on with the bar that is due, as soon as it can be sent, after the machine slept through its downbeat."""
        logger.warning("the clock jumped over the downbeat of a bar: going on from here")
        self._making = None
        self.plan.clear()
        self._onsets.clear()
        self.subscribers.forget()
        self.transport.timeline = None
        started = self.transport.start(self.next, self._lead(), now)
        return [] if started is None else self._tell_moved(started)

    def _ahead(self) -> float:
        """Seconds before its downbeat that a bar must be committed and sent."""
        return max(self.controls.number("commit") * 60 / self.transport.tempo, MIN_COMMIT)

    def _lead(self) -> float:
        """Seconds that a bar needs from the first thought to its downbeat."""
        return BUDGET + self._ahead()

    # Making bars

    def request(self, now: float) -> Request | None:
        """Return a bar to make now, if there is one; give it to `add` when it is made, or call `failed`."""
        line = self.transport.timeline
        if line is None or self._making is not None:
            return None
        self._extend(line, now)
        for planned in self.plan.bars:
            if planned.is_exact or not planned.is_stale:
                continue
            if planned.draft is not None and now < self._redraw_time(planned, line):
                return None  # those after it go on from it
            if (request := self._ask(planned, line, now)) is not None:
                self._making = planned
                return request
        return None

    def add(self, draft: Draft, now: float) -> list[Output]:
        """Take a bar that was made; one that is no longer wanted is dropped."""
        planned = self._making
        if planned is None or planned.idea is not draft.idea:
            return []
        self._making = None
        if planned not in self.plan.bars:
            return []
        planned.draft = draft
        self._perform(planned)
        return [*self._commit_ready(now), *self._tell_planned(now)]

    def failed(self) -> None:
        """Give up on the bar that is being made: what is there of it plays, or the bar before."""
        if self._making is not None:
            self._making.is_stale = False
        self._making = None

    def _extend(self, line: Timeline, now: float) -> None:
        """Plan the bars that are within the lookahead."""
        while now >= self._plan_time(number := self.next + len(self.plan.bars), line):
            planned = Planned(number, added=now)
            self.plan.bars.append(planned)
            self._conceive(planned)
            if planned.is_exact or is_call(number, self.controls):
                continue
            return  # the next one goes on from it

    def _conceive(self, planned: Planned) -> None:
        """Give a planned bar its idea; what is already known of it, it is."""
        before = self.plan.before(planned.number)
        ideas = self.ideas if before is None or before.after is None else before.after
        for change in self._changes.get(planned.number, {}).values():
            ideas = change(ideas)
        past = self._past(planned.number)
        if past is not None:
            planned.idea, planned.after, planned.is_stale, planned.is_exact = past.idea, ideas, False, True
            planned.draft, planned.bar = past.draft, replace(past, number=planned.number, repeated=False)
            return
        planned.idea, planned.after = ideas.next(self.controls.bearing)
        if planned.number in self.fills:
            drums = [i for i, track in enumerate(self.spec.tracks) if track.is_drum]
            for track in drums:
                ideas = ideas.track_renewed(track)
            planned.idea = ideas.next(self.controls.bearing)[0]
        if is_call(planned.number, self.controls):
            planned.draft = Draft(planned.number, planned.idea, {}, tuple(range(self.spec.n_tracks)))
            planned.is_stale = False
            self._perform(planned)

    def _past(self, number: int) -> Bar | None:
        """Return the bar of the past that stands for a number."""
        if number in self.exact:
            return self.exact[number]
        if self._loop and self.controls["loop"]:
            return self._loop[(number - self._loop_from) % len(self._loop)]
        return None

    def _ask(self, planned: Planned, line: Timeline, now: float) -> Request | None:
        self._conceive(planned)
        if not planned.is_stale:
            return None
        assert planned.idea is not None
        before = self.plan.before(planned.number)
        draft = self.sent[-1].draft if before is None and self.sent else None if before is None else before.draft
        controls, beat = self.controls, line.beat_at(now)
        density = controls.density()
        if planned.number in self.fills:
            factors = zip(density, self.spec.tracks, strict=True)
            density = tuple(min(4.0, own * FILL) if track.is_drum else own for own, track in factors)
        request = request_of(
            self.spec,
            planned.number,
            planned.idea,
            mode=str(controls["in/mode"]),
            heard=heard_of(self.listener, controls, self.spec, planned.number, beat),
            draft=draft,
            transposition=self.listener.transposition,
            amount=controls.number("in/amount"),
            density=density,
            locked=self._locked(planned.number),
        )
        planned.is_stale, planned.asked = False, now
        if self.spec.hears_previous:
            self.plan.stale(planned.number + 1)
        return request

    def _locked(self, number: int) -> dict[int, Locked]:
        found = {}
        for track in self.controls.on("lock"):
            if track not in self._locks:
                name = self.spec.track_names[track]
                self._locks[track] = self.history.locked(track, name, self.spec.n_measures)
            if bars := self._locks[track]:
                found[track] = bars[(number - bars[0][0]) % len(bars)][1]
            else:
                del self._locks[track]  # nothing was played yet: from the next bar on
        return found

    def _perform(self, planned: Planned) -> None:
        """Play a draft as it is heard now."""
        draft, idea = planned.draft, planned.idea
        if draft is None or idea is None or planned.is_exact:
            return
        notes = performed(
            draft.notes,
            self.spec,
            transposition=draft.transposition,
            feels=self.controls.feels(self.spec),
            seed=(idea.seed, idea.private_seed, idea.measure),
            tempo=self.transport.tempo,
        )
        planned.bar = Bar(planned.number, idea, notes, draft=draft)

    def _stale_by_playing(self) -> None:
        if self.controls["in/listen"] != "off":
            for planned in self.plan.bars:
                if not planned.is_exact and not is_call(planned.number, self.controls):
                    planned.is_stale = True

    # Committing bars

    def _commit_ready(self, now: float) -> list[Output]:
        """Commit all bars whose time has come."""
        outputs: list[Output] = []
        while (line := self.transport.timeline) is not None and (planned := self.plan.first) is not None:
            is_fresh = planned.bar is not None and not planned.is_stale and self._making is not planned
            deadline = self._deadline(planned, line)
            if not (now >= deadline or (is_fresh and now >= deadline - BUDGET)):
                break
            if planned.bar is None:
                planned.bar = self._repeat(planned)
            else:
                self.slack.add(deadline - now)
            outputs += self._commit(planned, line, now)
        return outputs

    def _commit(self, planned: Planned, line: Timeline, now: float) -> list[Output]:
        assert planned.bar is not None
        number, silent = planned.number, self.controls.silent()
        self.plan.bars.popleft()
        if self._making is planned:
            self._making = None
        if planned.is_stale and number in self._changes:  # they came too late for this bar
            self._changes[number + 1] = self._changes[number] | self._changes.get(number + 1, {})
        elif planned.after is not None:
            self.ideas = planned.after
        for past in [past for past in self._changes if past <= number]:
            del self._changes[past]
        self.exact.pop(number, None)
        self.fills.discard(number)
        self.next = number + 1
        self.counts.bars += 1
        bar = planned.bar
        if bar.draft is None:
            bar = replace(bar, draft=Draft(number, bar.idea, bar.notes))
        self.sent.append(bar)
        self.history.add(bar)
        if bar.idea.measure == 0 and not planned.is_exact and not bar.repeated:
            at = None if planned.after is None else planned.after.at
            self.history.begin_phrase(at or Kept(bar.idea.seed, bar.idea.private_seed, bar.idea.plain_z))
        self._onsets.extend(onsets_of(bar))
        downbeat = line.time_at(number * BEATS_PER_MEASURE)
        return [*self.subscribers.commit(bar, line, now, silent), Committed(heard(bar, silent), downbeat, line.tempo)]

    def _repeat(self, planned: Planned) -> Bar:
        self.counts.late += 1
        logger.warning("bar %d was not made in time: the bar before it again", planned.number)
        assert planned.idea is not None
        if not self.sent:
            nothing = {name: list[object]() for name in self.spec.track_names}
            return Bar(planned.number, planned.idea, nothing, repeated=True)  # type: ignore[arg-type]
        before = self.history.recall(self.sent[-1].number) or self.sent[-1]
        return replace(before, number=planned.number, idea=planned.idea, repeated=True)

    def _tell_planned(self, now: float) -> list[Output]:
        """Tell of planned bars those who want to know so early."""
        line = self.transport.timeline
        return [] if line is None else list(self.subscribers.plan(self._made, line, now, self.controls.silent()))

    @property
    def _made(self) -> list[Bar]:
        """The planned bars that are made, up to the first that is not."""
        return [planned.bar for planned in itertools.takewhile(lambda own: own.bar is not None, self.plan.bars)]  # type: ignore[misc]

    # Time

    def poll(self, now: float) -> list[Output]:
        """Return what is due: bars whose deadline has come, timetagged notes; let leases end."""
        self.subscribers.expire(now)
        line = self.transport.timeline
        if line is None:
            return []
        if line.time_at(self.next * BEATS_PER_MEASURE) <= now:
            return self._wake_up(line, now)
        committed = self._commit_ready(now)
        notes = self.subscribers.notes(line, now, self.controls.silent())
        return [*committed, *self._tell_planned(now), *notes, *self._due_notes(line, now)]

    def wake(self) -> float | None:
        """Return the Unix time at which `poll` or `request` next has something to do; None: not before a message."""
        line = self.transport.timeline
        times = [self.subscribers.wake(line, self._made)]
        if line is not None:
            times.append(line.time_at(self.next * BEATS_PER_MEASURE))  # never later than its downbeat
            if (first := self.plan.first) is not None:
                deadline = self._deadline(first, line)
                is_fresh = not first.is_stale and first.bar is not None and self._making is not first
                times.append(deadline - BUDGET if is_fresh else deadline)
            if self._making is None:
                times.append(self._plan_time(self.next + len(self.plan.bars), line))
                stale = next((own for own in self.plan.bars if own.is_stale), None)
                if stale is not None:
                    times.append(self._redraw_time(stale, line))
            if self._onsets:
                times.append(line.time_at(self._onsets[0].beat) - NOTE_AHEAD)
        return min((time for time in times if time is not None), default=None)

    def _plan_time(self, number: int, line: Timeline) -> float:
        """Return when a bar is planned."""
        ahead = max(self.controls.number("lookahead") * 60 / line.tempo, self._lead())
        return line.time_at(number * BEATS_PER_MEASURE) - ahead

    def _excuse(self, now: float) -> None:
        """Give bars whose deadline has just been moved into the past the time that a new one gets."""
        line = self.transport.timeline
        for planned in self.plan.bars:
            if line is not None and self._deadline(planned, line) < now:
                planned.added = now

    def _redraw_time(self, planned: Planned, line: Timeline) -> float:
        """Return when a stale bar is made again: not all the time, but for certain before it is committed."""
        if planned.draft is None:
            return planned.added
        return min(planned.asked + REDRAW, max(self._deadline(planned, line) - BUDGET, planned.asked + REDRAW / 4))

    def _deadline(self, planned: Planned, line: Timeline) -> float:
        """Return when a bar must be committed and sent."""
        downbeat = line.time_at(planned.number * BEATS_PER_MEASURE)
        # After a jump in tempo the regular deadline may be past: the bar then has until just before its downbeat.
        return max(downbeat - self._ahead(), min(planned.added + BUDGET, downbeat - LAST_MOMENT))

    def _due_notes(self, line: Timeline, now: float) -> list[Due]:
        """Return the notes that everything but a client sounds now."""
        found = []
        silent = self.controls.silent()
        while self._onsets and line.time_at(self._onsets[0].beat) - NOTE_AHEAD <= now:
            onset = self._onsets.popleft()
            time = line.time_at(onset.beat)
            notes = [pair for pair in onset.notes if pair[0] not in silent]
            if notes and time >= now - LATE:
                found.append(Due(max(time, now), onset.bar, line.tempo, notes))
        return found
