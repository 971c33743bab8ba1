"""The show: who listens, what plays, what is due. Pure state: time comes in, and messages go out, as values."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from musegan_bridge import __version__
from musegan_bridge.band import Bar, Request
from musegan_bridge.clock import Timeline
from musegan_bridge.hearing import describe_hearing, follows, mode_of, own_track, request_of
from musegan_bridge.ideas import Ideas
from musegan_bridge.key import transposition_of
from musegan_bridge.listener import Listener
from musegan_bridge.messages import PREVIOUS_BAR, PROTOCOL, Message, MessageError, Value, help_entries, parse
from musegan_bridge.outgoing import Onset, Output, Send, SendNotes, Target, bar_messages, onsets_of
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec

logger = logging.getLogger(__name__)

LOOKAHEAD = 1.0  # beats before its downbeat that a bar is sent
MIN_LOOKAHEAD = 0.3  # seconds: at a fast tempo a beat is too short for a client to get ready
BUDGET = 0.25  # seconds to make a bar; it takes milliseconds, so this is the slack of the deadline
LAST_MOMENT = 0.05  # seconds before its downbeat after which no bar is sent
NOTE_AHEAD = 0.2  # seconds before its onset that a timetagged note is sent
ERRORS_PER_SECOND = 10.0  # replies to bad packets: a flood must not be answered with a flood


@dataclass(slots=True)
class Subscriber:
    """A client that hears the band."""

    form: str  # bar or note
    expires: float  # Unix seconds


@dataclass
class Counts:
    """What `/musegan/status` tells."""

    bars: int = 0
    late: int = 0
    rejected: int = 0
    slack: float | None = None  # least seconds between a bar made and the moment it had to be sent


@dataclass
class _Pending:
    request: Request
    deadline: float  # Unix seconds by which the bar must be sent


@dataclass
class _Rate:
    """A bucket of tokens that fills with time."""

    tokens: float = ERRORS_PER_SECOND
    time: float = field(default=0.0)

    def take(self, now: float) -> bool:
        self.tokens = min(ERRORS_PER_SECOND, self.tokens + max(0.0, now - self.time) * ERRORS_PER_SECOND)
        self.time = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Session:
    """One show. After each call, send what it returned; call `poll` and `request` at `wake()` and after other calls."""

    def __init__(self, spec: ModelSpec, *, seed: int, tempo: float = 120.0, key: str = "C", provider: str = "") -> None:
        self.spec = spec
        self.provider = provider
        self.counts = Counts()
        self.subscribers: dict[Target, Subscriber] = {}
        self._ideas = Ideas(seed, spec.n_measures)
        self._listener = Listener(spec)
        self._mode = PREVIOUS_BAR
        self._set_key(key)
        self._tempo = tempo
        self._timeline: Timeline | None = None  # None: stopped
        self._next = 0  # number of the first bar that is not yet asked for
        self._pending: _Pending | None = None
        self._sent: deque[Bar] = deque(maxlen=2)  # the bar that plays and the one to come
        self._onsets: deque[Onset] = deque()
        self._errors = _Rate()

    # What clients say

    def receive(
        self, address: str, values: Sequence[object], sender: Target, now: float, time: float | None = None
    ) -> list[Output]:
        """Take one message that arrived at `now`, `time` being its timetag if it has one; return the answers."""
        # A note in a bundle was played when its timetag says; a timetag far from now is a wrong clock.
        when = time if time is not None and abs(time - now) < 10 else now
        try:
            return self._do(parse(address, values), sender, now, when)
        except MessageError as error:
            return self.reject(address, str(error), sender, now)

    def reject(self, address: str, text: str, sender: Target, now: float) -> list[Output]:
        """Count and answer something that is not a valid message; a flood gets few answers."""
        self.counts.rejected += 1
        if not self._errors.take(now):
            return []
        logger.warning("refused from %s:%d: %s: %s", *sender, address, text)
        return [Send(sender, "/musegan/error", (address, text))]

    def _do(self, message: Message, sender: Target, now: float, when: float) -> list[Output]:
        args = message.args
        port = int(args.get("port", 0))
        target = (sender[0], port) if port else sender
        match message.address:
            case "/musegan/hello":
                return [Send(target, "/musegan/hello/reply", self._hello())]
            case "/musegan/subscribe":
                return self._subscribe(target, str(args["form"]), float(args["lease"]), now)
            case "/musegan/unsubscribe":
                self.subscribers.pop(target, None)
            case "/musegan/in/note":
                self._hear(int(args["pitch"]), int(args["velocity"]), when)
            case "/musegan/in/track":
                self._follow(str(args["track"]))
            case "/musegan/in/mode":
                self._set_mode(str(args["mode"]))
            case "/musegan/key":
                self._set_key(str(args["key"]))
            case "/musegan/play":
                self.play(now)
            case "/musegan/stop":
                return self.stop("stop")
            case "/musegan/panic":
                return self.stop("panic")
            case "/musegan/tempo":
                return self.set_tempo(float(args["tempo"]), now)
            case "/musegan/gen":
                seed, private_seed = int(args["seed"]), int(args["private_seed"])
                self._ideas.renew(None if seed < 0 else seed, None if private_seed < 0 else private_seed)
            case "/musegan/status":
                return [Send(target, "/musegan/status/reply", self._status(now))]
            case "/musegan/help":
                entries = list(help_entries(str(args["prefix"])))
                answers = [Send(target, "/musegan/help/entry", entry) for entry in entries]
                return [*answers, Send(target, "/musegan/help/end", (len(entries),))]
            case address:
                raise AssertionError(f"{address} is in the table and nothing does it")
        return []

    def _hello(self) -> tuple[Value, ...]:
        return (
            __version__,
            PROTOCOL,
            self.spec.name,
            " ".join(self.spec.track_names),
            BEATS_PER_MEASURE,
            self.spec.n_measures,
            LOOKAHEAD,
            self.provider,
        )

    def _subscribe(self, target: Target, form: str, lease: float, now: float) -> list[Output]:
        known = self.subscribers.get(target)
        self.subscribers[target] = Subscriber(form, now + lease)
        answers: list[Output] = [Send(target, "/musegan/subscribe/reply", (form, target[1], lease))]
        if (known is None or known.form != form) and form == "bar" and self._timeline is not None:
            for bar in self._sent:  # a new client starts with the bar that plays, not a bar of silence
                answers += bar_messages(target, bar, self._timeline, now)
        return answers

    def _hear(self, pitch: int, velocity: int, when: float) -> None:
        if self._listener.track is None and (track := own_track(self.spec)) is not None:
            self._follow(track)
        if self._timeline is not None:
            self._listener.note(self._timeline.beat_at(when), pitch, velocity)

    def _follow(self, track: str) -> None:
        names = self.spec.track_names
        if track not in (*names, "none"):
            raise MessageError(f"track must be one of {', '.join(names)}, none, got {track!r}")
        index = None if track == "none" else names.index(track)
        if index == self._listener.track:
            return
        self._listener.track = index
        if index is not None and not follows(self.spec, track):
            logger.warning("%s is left to you, not followed: %s %s", track, self.spec.name, describe_hearing(self.spec))

    def _set_mode(self, mode: str) -> None:
        self._mode = mode
        if mode != mode_of(self.spec, mode):
            logger.warning("%s cannot anticipate: it follows %s", self.spec.name, mode_of(self.spec, mode))

    def _set_key(self, key: str) -> None:
        self._key = key
        self._listener.transposition = transposition_of(key)

    def _status(self, now: float) -> tuple[Value, ...]:
        track, slack = self._listener.track, self.counts.slack
        return (
            int(self._timeline is not None),
            self._tempo,
            self._timeline.beat_at(now) if self._timeline else 0.0,
            self._ideas.seed,
            "none" if track is None else self.spec.track_names[track],
            self._listener.held,
            len(self.subscribers),
            self.counts.bars,
            self.counts.late,
            -1.0 if slack is None else slack * 1000,
            self.counts.rejected,
            self.spec.name,
            self.provider,
            mode_of(self.spec, self._mode),
            self._key,
        )

    # Transport

    def play(self, now: float) -> None:
        """Start from bar 0 with the next phrase, as soon as a bar can be made and sent. While playing: nothing."""
        if self._timeline is not None:
            return
        first = now + BUDGET + self._ahead_of_downbeat()
        self._timeline = Timeline(0.0, first, self._tempo)
        self._next = 0
        self._ideas.new_phrase()
        self._sent.clear()

    def stop(self, reason: str) -> list[Output]:
        """Stop, and tell every client to be silent."""
        self._timeline = self._pending = None
        self._sent.clear()
        self._onsets.clear()
        self._listener.forget()  # its beats mean nothing once the bars count from 0 again
        return [Send(target, "/musegan/silence", (reason,)) for target in self.subscribers]

    def set_tempo(self, tempo: float, now: float) -> list[Output]:
        """Change the tempo from now on; the beat goes on where it is."""
        self._tempo = tempo
        if self._timeline is None:
            return []
        self._timeline = self._timeline.with_tempo(tempo, now)
        if self._pending is not None:
            downbeat = self._timeline.time_at(self._pending.request.number * BEATS_PER_MEASURE)
            self._pending.deadline = min(self._pending.deadline, downbeat - LAST_MOMENT)
        return self._tell_tempo(self._timeline)

    def _tell_tempo(self, timeline: Timeline) -> list[Output]:
        args = (timeline.tempo, timeline.beat)
        return [Send(target, "/musegan/tempo/changed", args, timeline.time) for target in self.subscribers]

    def _wake_up(self, timeline: Timeline, now: float) -> list[Output]:
        """Go on with the bar that is due, as soon as it can be sent, after the machine slept through its downbeat."""
        logger.warning("the clock jumped over the downbeat of a bar: going on from here")
        if self._pending is not None:
            self._next, self._pending = self._pending.request.number, None
        self._onsets.clear()
        first = now + BUDGET + self._ahead_of_downbeat()
        self._timeline = Timeline(self._next * BEATS_PER_MEASURE, first, timeline.tempo)
        return self._tell_tempo(self._timeline)

    def _ahead_of_downbeat(self) -> float:
        """Seconds before its downbeat that a bar must be sent."""
        return max(LOOKAHEAD * 60 / self._tempo, MIN_LOOKAHEAD)

    # Bars

    def request(self, now: float) -> Request | None:
        """Return the bar to make now, once, when it is time; give it to `add` when it is made."""
        if self._timeline is None or self._pending is not None:
            return None
        if now < self._request_time(self._timeline):
            return None
        downbeat = self._timeline.time_at(self._next * BEATS_PER_MEASURE)
        # After a jump in tempo the regular deadline may be past: the bar then has until just before its downbeat.
        deadline = max(downbeat - self._ahead_of_downbeat(), min(now + BUDGET, downbeat - LAST_MOMENT))
        beat, listener = self._timeline.beat_at(now), self._listener
        heard = listener.bar(beat)
        request = request_of(
            self.spec,
            self._next,
            self._ideas.next(),
            mode=self._mode,
            track=listener.track,
            now=heard,  # of a loop it is the same
            before=heard,
            bar=self._sent[-1] if self._sent else None,
            chord=listener.chord(beat) if self.spec.has_chord else None,
            transposition=listener.transposition,
        )
        self._pending = _Pending(request, deadline)
        self._next += 1
        return request

    def add(self, bar: Bar, now: float) -> list[Output]:
        """Take a bar that was made and send it; one that is no longer wanted is dropped."""
        if (
            self._pending is None
            or self._pending.request.number != bar.number
            or self._pending.request.idea != bar.idea
        ):
            return []
        slack = self._pending.deadline - now
        self.counts.slack = slack if self.counts.slack is None else min(self.counts.slack, slack)
        return self._commit(bar, now)

    def _commit(self, bar: Bar, now: float) -> list[Output]:
        assert self._timeline is not None
        self._pending = None
        self.counts.bars += 1
        self._sent.append(bar)
        self._onsets.extend(onsets_of(bar))
        outputs: list[Output] = []
        for target, subscriber in self.subscribers.items():
            if subscriber.form == "bar":
                outputs += bar_messages(target, bar, self._timeline, now)
        return outputs

    def _repeat(self, pending: _Pending) -> Bar:
        self.counts.late += 1
        logger.warning("bar %d was not made in time: the bar before it again", pending.request.number)
        request = pending.request
        if not self._sent:
            return Bar(request.number, request.idea, {name: [] for name in self.spec.track_names}, repeated=True)
        before = self._sent[-1]
        return replace(before, number=request.number, idea=request.idea, repeated=True)

    # Time

    def poll(self, now: float) -> list[Output]:
        """Return what is due: bars whose deadline has come, timetagged notes; let leases end."""
        for target in [t for t, s in self.subscribers.items() if s.expires <= now]:
            logger.info("the lease of %s:%d ended", *target)
            del self.subscribers[target]
        if self._timeline is None:
            return []
        due = self._next if self._pending is None else self._pending.request.number
        if self._timeline.time_at(due * BEATS_PER_MEASURE) <= now:
            return self._wake_up(self._timeline, now)
        outputs: list[Output] = []
        if self._pending is not None and self._pending.deadline <= now:
            outputs += self._commit(self._repeat(self._pending), now)
        while self._onsets and self._timeline.time_at(self._onsets[0].beat) - NOTE_AHEAD <= now:
            onset = self._onsets.popleft()
            time = self._timeline.time_at(onset.beat)
            for target, subscriber in self.subscribers.items():
                if subscriber.form == "note":
                    outputs.append(SendNotes(target, time, onset.bar, self._tempo, onset.notes))
        return outputs

    def wake(self) -> float | None:
        """Return the Unix time at which `poll` or `request` next has something to do; None: not before a message."""
        times = [subscriber.expires for subscriber in self.subscribers.values()]
        if self._timeline is not None:
            times.append(self._pending.deadline if self._pending else self._request_time(self._timeline))
            if self._onsets:
                times.append(self._timeline.time_at(self._onsets[0].beat) - NOTE_AHEAD)
        return min(times, default=None)

    def _request_time(self, timeline: Timeline) -> float:
        return timeline.time_at(self._next * BEATS_PER_MEASURE) - self._ahead_of_downbeat() - BUDGET
