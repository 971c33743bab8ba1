"""Plays a show again from its log, without the model: pure, as a session is; it must not know files or sockets."""

from __future__ import annotations

import dataclasses
import logging
from collections import deque
from collections.abc import Mapping, Sequence

from musegan_bridge import __version__
from musegan_bridge.files.event_log import Entry, Log
from musegan_bridge.files.tape import Tape
from musegan_bridge.messages import BY_ADDRESS, PROTOCOL, Message, MessageError, Value, help_entries, parse
from musegan_bridge.show.band import Bar, Request
from musegan_bridge.show.clock import Timeline
from musegan_bridge.show.events import Committed, Due, Expected, Moved, Muted, Played, Received, Silenced
from musegan_bridge.show.outgoing import Onset, Output, Send, Target, onsets_of
from musegan_bridge.show.subscribers import NOTE_AHEAD, Refusals, Subscribers
from musegan_models.spec import BEATS_PER_MEASURE

logger = logging.getLogger(__name__)

LATE = 1.0  # seconds after which the machine must have slept


class Replay:
    """A show again: the same bars at the same times from the start, with the same changes of tempo.

    It takes a session's place: after each call send what it returned, and hand the events in it to the sinks; call
    `poll` at `wake()` and after other calls, until `is_over`.
    """

    def __init__(self, log: Log) -> None:
        self.log = log
        self.subscribers = Subscribers()
        self.refusals = Refusals()
        self._entries = log.entries
        # Before the band began there were only clients that came and went.
        began = next((e.at for e in log.entries if not isinstance(e.event, Received)), 0.0)
        self._began = began
        self._next = 0  # index of the entry that comes next
        self._shift: float | None = None  # seconds from then to now; None: stopped
        self._timeline: Timeline | None = None
        self._bars: list[Bar] = []  # those that are not over
        self._onsets: deque[Onset] = deque()
        self._n_bars = 0
        self._muted: Sequence[str] = ()

    @property
    def is_over(self) -> bool:
        """Whether all of it was played."""
        return self._next == len(self._entries) and not self._bars

    # What clients say

    def receive(
        self, address: str, values: Sequence[object], sender: Target, now: float, time: float | None = None
    ) -> list[Output]:
        """Take one message that arrived at `now`; return the answers. What would change the show is refused."""
        try:
            outputs: list[Output] = []
            for message in parse(address, values, [track.name for track in self.log.header.tracks]):
                outputs += self._do(message, sender, now)
        except MessageError as error:
            return self.reject(address, str(error), sender, now)
        return outputs

    def reject(self, address: str, text: str, sender: Target, now: float) -> list[Output]:
        """Count and answer something that is not a valid message; a flood gets few answers."""
        return [*self.refusals.refuse(address, text, self.subscribers.home(sender), now)]

    def _do(self, message: Message, sender: Target, now: float) -> Sequence[Output]:
        args = message.args
        port = int(args.get("port", 0))
        target = (sender[0], port) if port else self.subscribers.home(sender)
        match message.address:
            case "/musegan/hello":
                return [Send(target, "/musegan/hello/reply", _values("/musegan/hello/reply", self._hello()))]
            case "/musegan/subscribe":
                form, lease = str(args["form"]), float(args["lease"])
                target = target if port else sender
                is_new = int(target not in self.subscribers)
                reply = Send(target, "/musegan/subscribe/reply", (form, target[1], lease, is_new))
                first = self.subscribers.subscribe(
                    target,
                    form,
                    lease,
                    now,
                    lookahead=float(args["lookahead"]),
                    offset=float(args["offset"]) / 1000,
                    hears=bool(args["heard"]),
                    expects=bool(args["expected"]),
                    bars=self._audible(now),
                    timeline=self._timeline,
                    silent=self._muted,
                    sender=sender,
                )
                return [reply, *first]
            case "/musegan/unsubscribe":
                self.subscribers.unsubscribe(target)
            case "/musegan/status":
                return [Send(target, "/musegan/status/reply", _values("/musegan/status/reply", self._status(now)))]
            case "/musegan/help":
                entries = list(help_entries(str(args["prefix"])))
                answers = [Send(target, "/musegan/help/entry", entry) for entry in entries]
                return [*answers, Send(target, "/musegan/help/end", (len(entries),))]
            case "/musegan/play":
                return self.play(now)
            case "/musegan/stop":
                return self.stop("stop", now)
            case "/musegan/panic":
                return self.stop("panic", now)
            case _:
                raise MessageError("a show that is played again cannot be changed: it plays, stops and tells")
        return []

    def _hello(self) -> Mapping[str, Value]:
        header = self.log.header
        return {
            "version": __version__,
            "protocol": PROTOCOL,
            "bundle": header.bundle,
            "tracks": " ".join(track.name for track in header.tracks),
            "beats": BEATS_PER_MEASURE,
            "measures": header.measures,
            "provider": "replay",
        }

    def _status(self, now: float) -> Mapping[str, Value]:
        timeline = self._timeline
        return {
            "playing": int(self._shift is not None),
            "tempo": timeline.tempo if timeline else 0.0,
            "beat": timeline.beat_at(now) if timeline else 0.0,
            "seed": self.log.header.seed,
            "track": "none",
            "subscribers": len(self.subscribers),
            "bars": self._n_bars,
            "slack": -1.0,
            "slack_p50": -1.0,
            "slack_p95": -1.0,
            "slack_p99": -1.0,
            "rejected": self.refusals.count,
            "bundle": self.log.header.bundle,
            "provider": "replay",
            "section": "none",
            "confidence": -1.0,
            "freshness_p50": -1.0,
            "freshness_p95": -1.0,
            **self._chords(now),
        }

    def _chords(self, now: float) -> Mapping[str, Value]:
        if self._timeline is None:
            return {}
        beat = self._timeline.beat_at(now)
        bar = next((bar for bar in self._bars if bar.number == beat // BEATS_PER_MEASURE), None)
        if bar is None:
            return {}
        if bar.chords is None:
            return {"band_chord": bar.chord}
        return {"band_chord": bar.chord, "chart_chord": bar.chords.at(beat), "chart_bar": bar.chords.index}

    # Transport

    def play(self, now: float) -> list[Output]:
        """Start from the beginning. While it plays: nothing."""
        if self._shift is None:
            self._shift = now - self._began
            self._next = self._n_bars = 0
            self._muted = ()
        return []

    def stop(self, reason: str, now: float) -> list[Output]:
        """Stop, and tell every client to be silent."""
        self._shift = None
        return self._silence(reason, now)

    def request(self, now: float) -> Request | None:
        """Return the bar to make: none ever."""
        return None

    # Time

    def poll(self, now: float) -> list[Output]:
        """Return what is due; let leases end."""
        self.subscribers.expire(now)
        if self._shift is None:
            return []
        outputs: list[Output] = []
        due = self._due()
        if due is not None and now - due > LATE:
            outputs += self._sleep(now - due)
        while self._next < len(self._entries) and self._entries[self._next].at + self._shift <= now:
            entry, shift = self._entries[self._next], self._shift
            self._next += 1
            # This poll may be late: first the notes that were due before.
            outputs += [*self._notes(entry.at + shift), *self._again(entry, shift, now)]
        outputs += self._notes(now)
        self._bars = self._audible(now)
        if self.is_over:  # a log that ends with its program, not with a stop
            if self._timeline is not None:
                outputs += self._silence("stop", now)
            self._shift = None
        return outputs

    def _audible(self, now: float) -> list[Bar]:
        """Return the bars that are not over."""
        return [] if self._timeline is None else [bar for bar in self._bars if _end(bar, self._timeline) > now]

    def wake(self) -> float | None:
        """Return the Unix time at which `poll` next has something to do; None: not before a message."""
        times = (self._due(), self.subscribers.wake(self._timeline))
        return min((time for time in times if time is not None), default=None)

    def _due(self) -> float | None:
        """Return the Unix time at which the show goes on."""
        times = []
        if self._shift is not None:
            if self._next < len(self._entries):
                times.append(max(self._entries[self._next].at, self._began) + self._shift)
            elif self._timeline is not None and self._bars:
                times.append(max(_end(bar, self._timeline) for bar in self._bars))
            if self._timeline is not None and self._onsets:
                times.append(self._timeline.time_at(self._onsets[0].beat) - NOTE_AHEAD)
        return min(times, default=None)

    def _sleep(self, seconds: float) -> Sequence[Output]:
        """Go on from where it was, after the machine slept: what was missed must not come all at once."""
        logger.warning("the clock jumped by %.1f s: going on from here", seconds)
        assert self._shift is not None
        self._shift += seconds
        if self._timeline is None:
            return []
        timeline = dataclasses.replace(self._timeline, time=self._timeline.time + seconds)
        return self._move(Moved(timeline.beat, timeline.time, timeline.tempo))

    def _move(self, event: Moved) -> Sequence[Output]:
        self._timeline = Timeline(event.beat, event.time, event.tempo)
        return [*self.subscribers.tempo_changed(self._timeline), event]

    def _again(self, entry: Entry, shift: float, now: float) -> Sequence[Output]:
        event = entry.event
        if isinstance(event, Silenced):
            return self._silence(event.reason, event.time + shift)
        if isinstance(event, Committed):
            event = dataclasses.replace(event, downbeat=event.downbeat + shift)
        else:
            event = dataclasses.replace(event, time=event.time + shift)
        if isinstance(event, Moved):
            return self._move(event)
        if isinstance(event, Muted):
            self._muted = event.tracks
        if isinstance(event, Committed):
            if self._timeline is None:
                self._timeline = Timeline(event.bar.number * BEATS_PER_MEASURE, event.downbeat, event.tempo)
            self._n_bars += 1
            self._bars.append(event.bar)
            self._onsets = deque(sorted([*self._onsets, *onsets_of(event.bar)], key=lambda onset: onset.beat))
            return [*self.subscribers.commit(event.bar, self._timeline, now, self._muted), event]
        if isinstance(event, Played):
            return [*self.subscribers.touched(event), event]
        if isinstance(event, Expected):
            return [*self.subscribers.expected(event), event]
        return [event]

    def _notes(self, now: float) -> Sequence[Output]:
        if self._timeline is None:
            return []
        outputs: list[Output] = [*self.subscribers.notes(self._timeline, now, self._muted)]
        while self._onsets and (time := self._timeline.time_at(self._onsets[0].beat)) - NOTE_AHEAD <= now:
            onset = self._onsets.popleft()
            if notes := [pair for pair in onset.notes if pair[0] not in self._muted]:
                outputs.append(Due(time, onset.bar, self._timeline.tempo, notes))
        return outputs

    def _silence(self, reason: str, time: float) -> list[Output]:
        self._timeline = None
        self._bars.clear()
        self._onsets.clear()
        return [*self.subscribers.silence(reason), Silenced(reason, time)]


def _end(bar: Bar, timeline: Timeline) -> float:
    return timeline.time_at((bar.number + 1) * BEATS_PER_MEASURE)


def _values(address: str, known: Mapping[str, Value]) -> list[Value]:
    """Return the arguments of a message; what is not known of a replay is 0 or empty."""
    empty: dict[str, Value] = {"i": 0, "f": 0.0, "s": ""}
    return [known.get(field.name, empty[field.type]) for field in BY_ADDRESS[address].fields]


def midi_from_log(log: Log) -> bytes:
    """Return a show as the MIDI file that would have been recorded of it."""
    tape = Tape(log.header.tracks)
    for entry in log.entries:
        tape.take(entry.event)
    return tape.to_bytes()
