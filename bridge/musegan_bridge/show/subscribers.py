"""Who hears the band: leases, forms, and what waits for each of them; it must not know sockets or read clocks."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from musegan_bridge.chords.chord import Chord
from musegan_bridge.messages import Value
from musegan_bridge.show.band import Bar
from musegan_bridge.show.clock import Timeline
from musegan_bridge.show.events import Expected, Played
from musegan_bridge.show.outgoing import Onset, Send, SendNotes, Target, bar_messages, expected_messages, onsets_of
from musegan_models.spec import BEATS_PER_MEASURE

logger = logging.getLogger(__name__)

NOTE_AHEAD = 0.2  # seconds before its onset that a timetagged note is sent, at least
LATE = 0.05  # seconds that a note may be late, where the beat was pushed forward under it; later it is left out
ERRORS_PER_SECOND = 10.0  # replies to bad packets: a flood must not be answered with a flood


@dataclass(slots=True)
class Subscriber:
    """A client that hears the band."""

    target: Target
    form: str  # bar: whole bars; note, dirt: timetagged onsets
    expires: float  # Unix seconds
    lookahead: float = 0.0  # beats; form bar: of planned bars; else: before an onset, `NOTE_AHEAD` at least
    offset: float = 0.0  # seconds added to every time told; below 0: earlier, for what sounds late
    hears: bool = False  # what the musician plays, too
    expects: bool = False  # hears what is expected of the musician, too
    onsets: deque[Onset] = field(default_factory=deque)  # still to be sent, in order of time
    planned: dict[int, Bar] = field(default_factory=dict)  # what it was told of bars that are not committed

    def due(self, onset: Onset, timeline: Timeline) -> float:
        """Return the Unix time from which an onset must be sent."""
        ahead = max(NOTE_AHEAD, self.lookahead * 60 / timeline.tempo)
        return timeline.time_at(onset.beat) + self.offset - ahead

    def told(self, timeline: Timeline) -> Timeline:
        """Return where the beats are for this client."""
        return Timeline(timeline.beat, timeline.time + self.offset, timeline.tempo)


class Subscribers:
    """All of them, by target. A target has one subscription, and renews it before its lease ends."""

    def __init__(self) -> None:
        self._by_target: dict[Target, Subscriber] = {}
        self._homes: dict[Target, Target] = {}  # of clients that send from one port and listen on another

    def __contains__(self, target: object) -> bool:
        """Return whether a target listens."""
        return target in self._by_target

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._by_target)

    @property
    def targets(self) -> list[Target]:
        """All of them, in the order in which they came."""
        return list(self._by_target)

    def of(self, *forms: str) -> list[Subscriber]:
        """Return those of some forms."""
        return [subscriber for subscriber in self._by_target.values() if subscriber.form in forms]

    def home(self, sender: Target) -> Target:
        """Return where a sender is answered: where it had itself subscribed, as Max must, else where it sends from."""
        return self._homes.get(sender, sender)

    # Who listens

    def subscribe(
        self,
        target: Target,
        form: str,
        lease: float,
        now: float,
        *,
        lookahead: float = 0.0,
        offset: float = 0.0,
        hears: bool = False,
        expects: bool = False,
        bars: Sequence[Bar] = (),
        timeline: Timeline | None = None,
        silent: Collection[str] = (),
        sender: Target | None = None,
    ) -> list[Send]:
        """Let a target listen for `lease` seconds from `now`, and return what it must hear first.

        `lookahead` in beats, `offset` in seconds; a renewal may change them. One that is new, or of another form than
        before, starts with what is left of `bars`, the committed ones that are not over: not with a bar of silence. The
        form `bar` has them without `silent` tracks.
        """
        subscriber = Subscriber(target, form, now + lease, lookahead, offset, hears, expects)
        known, self._by_target[target] = self._by_target.get(target), subscriber
        if sender == target:  # it may have listened for another before
            self._homes.pop(target, None)
        elif sender is not None:
            self._homes[sender] = target
        if known is not None and known.form == form:
            subscriber.onsets, subscriber.planned = known.onsets, known.planned
            return []
        messages: list[Send] = []
        if timeline is not None:
            for bar in bars:
                messages += self._give(subscriber, bar, timeline, now, silent)
            while subscriber.onsets and subscriber.onsets[0].beat < timeline.beat_at(now):
                subscriber.onsets.popleft()
        return messages

    def unsubscribe(self, target: Target) -> None:
        """Let a target listen no longer; of one that does not: nothing."""
        if self._by_target.pop(target, None) is not None:
            self._homes = {sender: home for sender, home in self._homes.items() if home != target}

    def expire(self, now: float) -> None:
        """Let go of all whose lease has ended."""
        for target in [t for t, subscriber in self._by_target.items() if subscriber.expires <= now]:
            logger.info("the lease of %s:%d ended", *target)
            self.unsubscribe(target)

    # What they hear

    def commit(self, bar: Bar, timeline: Timeline, now: float, silent: Collection[str] = ()) -> list[Send]:
        """Return a bar to those of the form `bar`, without `silent` tracks; its onsets wait for `notes`."""
        messages: list[Send] = []
        for subscriber in self._by_target.values():
            messages += self._give(subscriber, bar, timeline, now, silent)
        return messages

    def plan(self, bars: Sequence[Bar], timeline: Timeline, now: float, silent: Collection[str] = ()) -> list[Send]:
        """Return the planned bars to those who want to know so early, each version of a bar once."""
        messages: list[Send] = []
        for subscriber, bar, when in self._untold(bars, timeline):
            if when <= now:
                subscriber.planned[bar.number] = bar
                told = subscriber.told(timeline)
                messages += bar_messages(subscriber.target, heard(bar, silent), told, now, is_committed=False)
        return messages

    def _untold(self, bars: Sequence[Bar], timeline: Timeline) -> Iterator[tuple[Subscriber, Bar, float]]:
        """Yield who is still to be told of which planned bar, and when."""
        for subscriber in self._by_target.values():
            if subscriber.form == "bar" and subscriber.lookahead > 0:
                for bar in bars:
                    if subscriber.planned.get(bar.number) is not bar:
                        yield subscriber, bar, timeline.time_at(bar.number * BEATS_PER_MEASURE - subscriber.lookahead)

    def _give(
        self, subscriber: Subscriber, bar: Bar, timeline: Timeline, now: float, silent: Collection[str] = ()
    ) -> list[Send]:
        if subscriber.form == "bar":
            subscriber.planned.pop(bar.number, None)
            return bar_messages(subscriber.target, heard(bar, silent), subscriber.told(timeline), now)
        # A late note of the bar before may come after the first of this one.
        subscriber.onsets = deque(sorted([*subscriber.onsets, *onsets_of(bar)], key=lambda onset: onset.beat))
        return []

    def notes(self, timeline: Timeline, now: float, silent: Collection[str] = ()) -> list[SendNotes]:
        """Return the onsets that are due, each at its subscriber's own time; `silent` tracks are left out, even now."""
        outputs = []
        for subscriber in self.of("note", "dirt"):
            while subscriber.onsets and subscriber.due(subscriber.onsets[0], timeline) <= now:
                onset = subscriber.onsets.popleft()
                time = timeline.time_at(onset.beat) + subscriber.offset
                notes = [pair for pair in onset.notes if pair[0] not in silent] if silent else onset.notes
                if notes and time >= now - LATE:
                    sent = SendNotes(
                        subscriber.target, max(time, now), onset.bar, timeline.tempo, notes, subscriber.form
                    )
                    outputs.append(sent)
        return outputs

    def touched(self, played: Played) -> list[Send]:
        """Return a note of the musician's to those who want to hear them."""
        bar, position = divmod(played.beat, BEATS_PER_MEASURE)
        args = (int(bar), position, played.track, played.pitch, played.velocity)
        return [Send(own.target, "/musegan/heard", args) for own in self.of("bar", "note") if own.hears]

    def chord(self, beat: float, chord: Chord | None) -> list[Send]:
        """Return the chord that the musician plays to those who want to hear them."""
        bar, position = divmod(beat, BEATS_PER_MEASURE)
        args: list[Value] = [int(bar), position, ""]
        if chord is not None:
            args[2:] = [chord.name, *chord.pitch_classes]
        return [Send(own.target, "/musegan/heard/chord", args) for own in self.of("bar", "note") if own.hears]

    def expected(self, expected: Expected) -> list[Send]:
        """Return the messages that tell what is expected of the musician to the clients that asked for it."""
        told = [expected_messages(own.target, expected) for own in self.of("bar") if own.expects]
        return [message for messages in told for message in messages]

    def silence(self, reason: str) -> list[Send]:
        """Return the silence message to all; what waits is forgotten."""
        self.forget()
        return [Send(own.target, "/musegan/silence", (reason,)) for own in self.of("bar", "note")]

    def forget(self) -> None:
        """Forget the onsets that wait, and what was told of the plan."""
        for subscriber in self._by_target.values():
            subscriber.onsets.clear()
            subscriber.planned.clear()

    def tempo_changed(self, timeline: Timeline) -> list[Send]:
        """Return the new tempo to all, each with its own moment of the beat."""
        args = (timeline.tempo, timeline.beat)
        return [Send(s.target, "/musegan/tempo/changed", args, s.told(timeline).time) for s in self.of("bar", "note")]

    def wake(self, timeline: Timeline | None, bars: Sequence[Bar] = ()) -> float | None:
        """Return the Unix time at which a lease ends, an onset is due, or one of planned `bars` must be told."""
        times = [subscriber.expires for subscriber in self._by_target.values()]
        if timeline is not None:
            times += [s.due(s.onsets[0], timeline) for s in self._by_target.values() if s.onsets]
            times += [when for _, _, when in self._untold(bars, timeline)]
        return min(times, default=None)


def heard(bar: Bar, silent: Collection[str]) -> Bar:
    """Return a bar without the tracks that are not heard."""
    if not silent:
        return bar
    return replace(bar, notes={track: notes for track, notes in bar.notes.items() if track not in silent})


@dataclass
class Refusals:
    """What is not a valid message: counted, and answered as long as it is no flood."""

    count: int = 0
    _tokens: float = field(default=ERRORS_PER_SECOND, repr=False)
    _time: float = field(default=0.0, repr=False)

    def refuse(self, address: str, text: str, sender: Target, now: float) -> list[Send]:
        """Count one, and return the answer, or none to more than `ERRORS_PER_SECOND`."""
        self.count += 1
        self._tokens = min(ERRORS_PER_SECOND, self._tokens + max(0.0, now - self._time) * ERRORS_PER_SECOND)
        self._time = now
        if self._tokens < 1:
            return []
        self._tokens -= 1
        logger.warning("refused from %s:%d: %s: %s", *sender, address, text)
        return [Send(sender, "/musegan/error", (address, text))]
