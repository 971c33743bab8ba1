"""The show as pure state: what plays, who listens, what is due. Time comes in, and messages go out, as values."""

from __future__ import annotations

import logging
import math
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from musegan_bridge.chords.chart import Chart
from musegan_bridge.chords.chord import Chord
from musegan_bridge.chords.names import chord_from_pitches, chord_of, key_of, name_of
from musegan_bridge.key import transposition_of
from musegan_bridge.messages import MessageError, parse
from musegan_bridge.show.answers import tracks_of
from musegan_bridge.show.band import Draft, Request
from musegan_bridge.show.call import Call
from musegan_bridge.show.chart_player import ChartPlayer
from musegan_bridge.show.clock import Fix, Timeline
from musegan_bridge.show.commands import COMMANDS
from musegan_bridge.show.events import Changed, Committed, Due, Expected, Moved, Muted, Played, Received, Silenced
from musegan_bridge.show.hearing import own_track
from musegan_bridge.show.history import History
from musegan_bridge.show.left_hand import LeftHand
from musegan_bridge.show.listener import CHORD_BEATS, Listener
from musegan_bridge.show.outgoing import Onset, Output, Target, onsets_of
from musegan_bridge.show.plan import Plan
from musegan_bridge.show.shelf import Shelf
from musegan_bridge.show.slack import Counts, Freshness, Slack
from musegan_bridge.show.state import Controls
from musegan_bridge.show.subscribers import LATE, NOTE_AHEAD, Refusals, Subscribers
from musegan_bridge.show.transport import MIDI, Transport
from musegan_models.memory import Expectation
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec

logger = logging.getLogger(__name__)

_CHORD_SECONDS = 0.05  # after a note, until which others may be struck with it: then the chord is named


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
        self.is_recording = False
        self.controls = Controls(spec.track_names)
        for name, value in (("tempo", tempo), ("key", key), ("lookahead", lookahead), ("commit", commit)):
            if value is not None:
                self.controls.set(name, value)
        self.counts, self.slack, self.freshness = Counts(), Slack(), Freshness()
        self.subscribers, self.refusals = Subscribers(), Refusals()
        self.transport = Transport(tempo)
        self.listener = Listener(spec)
        self.listener.transposition = transposition_of(key)
        self.shelf, self.history = Shelf(spec, seed), History()
        self.chart, self._left_hand = ChartPlayer(spec), LeftHand()
        self.plan = Plan(spec, seed, self.controls, self.listener, self.history, self.chart)
        self.section = "none"
        self.part = ""  # of the form, that plays
        self._onsets: deque[Onset] = deque()
        self._expected: dict[int, tuple[Expectation, Expected]] = {}  # of each bar to come, and what was told of it
        self.heard_chord: Chord | None = None  # that the musician plays now
        self._name_chord_at: float | None = None  # Unix seconds; None: no new note was heard
        self._goes_on: bool | None = None  # when another clock starts: as was asked; None: as that clock says

    @property
    def seed(self) -> int:
        """The seed of the phrase that plays."""
        playing = self.plan.playing
        return self.plan.ideas.seed if playing is None else playing.idea.seed

    # What clients say

    def receive(
        self, address: str, values: Sequence[object], sender: Target, now: float, time: float | None = None
    ) -> list[Output]:
        """Take one message that arrived at `now`, `time` being its timetag if it has one; return the answers."""
        # A note in a bundle was played when its timetag says; a timetag far from now is a wrong clock.
        when = time if time is not None and abs(time - now) < 10 else now
        home = self.subscribers.home(sender)
        outputs: list[Output] = []
        try:
            for message in parse(address, values, self.spec.track_names):
                port = int(message.args.get("port", 0))
                call = Call(message, (sender[0], port) if port else home, sender, now, when)
                outputs += COMMANDS[message.address](self, call)
        except MessageError as error:
            return [*outputs, *self.reject(address, str(error), sender, now)]
        return [Received(address, tuple(values), now), *outputs]

    def reject(self, address: str, text: str, sender: Target, now: float) -> list[Output]:
        """Count and answer something that is not a valid message; a flood gets few answers."""
        return list(self.refusals.refuse(address, text, self.subscribers.home(sender), now))

    def hear(self, pitch: int, velocity: int, when: float, track: str = "") -> list[Output]:
        """Hear a note of the musician's; `track`: one of theirs, empty: the first of them."""
        names, outputs = self.spec.track_names, list[Output]()
        if not track and self._is_left_hand(pitch, velocity, when):
            return self._tell_played("", pitch, velocity, when)
        if velocity and not self.listener.tracks and not track and (own := own_track(self.spec)) is not None:
            outputs += self.own((names.index(own),))
        if track and track not in names:
            raise MessageError(f"track must be one of {', '.join(names)}, got {track!r}")
        if track and velocity and names.index(track) not in self.listener.tracks:  # the off may come when it was
            raise MessageError(f"{track} is not yours: send /musegan/in/track {track} first")
        line = self.transport.timeline
        if line is None:
            return outputs
        beat = line.beat_at(when)
        self.listener.note(beat, pitch, velocity, names.index(track) if track else None)
        self.plan.stale_by_playing()
        return [*outputs, *self._tell_played(track, pitch, velocity, when)]

    def _is_left_hand(self, pitch: int, velocity: int, when: float) -> bool:
        """Return whether a note is of the left hand, and take its chord."""
        split, line = self.controls.number("in/split"), self.transport.timeline
        if pitch >= split or line is None:
            return False
        pitches = self._left_hand.note(line.beat_at(when), pitch, velocity)
        if pitches and self.chart.hold(chord_from_pitches(pitches, key=str(self.controls["key"]))):
            self.plan.stale()
        # A note off may be of a key that was struck before there was a split: the listener hears that, too.
        return bool(velocity)

    def _tell_played(self, track: str, pitch: int, velocity: int, when: float) -> list[Output]:
        names, line = self.spec.track_names, self.transport.timeline
        assert line is not None
        own = track or (names[self.listener.tracks[0]] if self.listener.tracks else "")
        played = Played(own, pitch, velocity, line.beat_at(when), when)
        if self.controls["in/listen"] == "off":
            return [played]
        if velocity:
            self._name_chord_at = min(self._name_chord_at or math.inf, when + _CHORD_SECONDS)
        return [played, *self.subscribers.touched(played)]

    def _name_chord(self, now: float) -> list[Output]:
        """Tell which chord the musician plays, if it is another one than before."""
        line = self.transport.timeline
        if self._name_chord_at is None or now < self._name_chord_at or line is None:
            return []
        beat = line.beat_at(now)
        chord = chord_of(self.listener.sounding(beat), str(self.controls["key"]))
        # A chord that is not played again comes to its end.
        self._name_chord_at = None if chord is None else now + CHORD_BEATS * 60 / line.tempo
        if chord == self.heard_chord:
            return []
        self.heard_chord = chord
        return [*self.subscribers.chord(beat, chord)]

    def own(self, tracks: tuple[int, ...]) -> list[Output]:
        """Let these tracks, by their indices, be the musician's."""
        if tracks == self.listener.tracks:
            return []
        self.listener.tracks = tracks
        return [Changed("/musegan/in/track", (tracks_of(self),))]

    def applied(self, name: str, track: str | None, kind: str, now: float) -> list[Output]:
        """Let a control that was set take effect; `kind` is what it changes."""
        if name == "key":
            self.listener.transposition = transposition_of(str(self.controls["key"]))
        elif name == "lock" and track is not None:
            self.plan.unlock(self.spec.track_names.index(track))
        elif name == "loop":
            self.plan.begin_loop(int(self.controls.number("loop")))
        elif name == "in/split" and not self.controls["in/split"]:
            self._left_hand.forget()
            self.chart.hold(None)
        elif name == "commit":
            self.plan.excuse(self.transport.timeline, now)
        if kind == "bars":
            self.plan.stale()
        elif kind == "sound":
            self.plan.perform()
            muted = [Muted(sorted(self.controls.silent()), now)] if name in ("mute", "solo") else []
            return [*muted, *self._tell_planned(now)]
        return []

    # The chart

    def change_chart(self, chart: Chart | None, now: float) -> list[Output]:
        """Play on the chords of a chart from the next bar that is not committed; None: on none, nor on a held one."""
        if chart is None:
            self._left_hand.forget()
            self.chart.hold(None)
        self.chart.change(chart, self.plan.next)
        self.chart.enter(self.section, self.plan.next)
        self.plan.stale()
        changed = Changed("/musegan/chart", (self.chart.text,))
        key = str(self.controls["key"])
        own = key if chart is None else key_of(chart, key)
        if not self.controls.put("key", None, own):
            return [changed]
        return [changed, Changed("/musegan/key", (own,)), *self.applied("key", None, "bars", now)]

    def enter_section(self, name: str) -> None:
        """Be in a section of the song, or in none; the part of the chart of that name plays with it."""
        if name != self.section:
            self.section = name
            self.chart.enter(name, self.plan.next)
            self.plan.stale()

    # Transport

    def play(self, now: float, *, goes_on: bool = False) -> list[Output]:
        """Start as soon as a bar can be made and sent: with the next phrase, or where it stopped. Playing: nothing.

        By another clock it starts with that clock's first bar line after.
        """
        if self.transport.timeline is not None:
            return []
        self._goes_on = goes_on
        if not goes_on:
            self.plan.restart()
        self.plan.clear()
        line = self.transport.start(self.plan.next, self._lead(), now)
        return [] if line is None else self._tell_moved(line)

    def stop(self, reason: str, now: float) -> list[Output]:
        """Stop, and tell every client to be silent."""
        self.transport.stop()
        return self._silence(reason, now)

    def _silence(self, reason: str, now: float) -> list[Output]:
        self.plan.clear()
        self._onsets.clear()
        self._expected.clear()
        self.heard_chord = self._name_chord_at = None
        self.listener.forget()
        return [*self.subscribers.silence(reason), Silenced(reason, now)]

    def set_tempo(self, tempo: float, now: float) -> list[Output]:
        """Change the tempo of the internal clock from now on; the beat goes on where it is."""
        moved = self.transport.set_tempo(tempo, now)
        self.plan.excuse(self.transport.timeline, now)
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
        self.listener.change_spec(spec)
        self.chart.change_spec(spec)
        self.plan.change_model(spec)
        if old.latent != spec.latent:
            self.shelf, self.section = Shelf(spec, self.plan.ideas.seed), "none"
            self.history.forget_phrases()
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
        continues = self.transport.source == MIDI and fix.beat >= BEATS_PER_MEASURE  # or it starts from somewhere
        happened = self.transport.sync(fix, self.plan.next, self._lead(), now)
        outputs = self.tempo_is_known()
        self.plan.excuse(self.transport.timeline, now)
        if happened == "stopped":
            self._goes_on = None
            return [*outputs, *self._silence("stop", now)]
        if happened == "started" and not (continues if self._goes_on is None else self._goes_on):
            self.plan.restart()
        return [*outputs, *(self.moved() if happened != "nothing" else [])]

    def _tell_moved(self, line: Timeline) -> list[Output]:
        return [*self.subscribers.tempo_changed(line), Moved(line.beat, line.time, line.tempo)]

    def _wake_up(self, line: Timeline, now: float) -> list[Output]:
        """Go on with the bar that is due, as soon as it can be sent, after the machine slept through its downbeat."""
        logger.warning("the clock jumped over the downbeat of a bar: going on from here")
        self.plan.clear()
        self._onsets.clear()
        self.subscribers.forget()
        self.transport.timeline = None
        started = self.transport.start(self.plan.next, self._lead(), now)
        return [] if started is None else self._tell_moved(started)

    def _lead(self) -> float:
        """Seconds that a bar needs from the first thought to its downbeat."""
        return self.plan.pace.lead(self.transport.tempo)

    # Bars

    def request(self, now: float) -> Request | None:
        """Return a bar to make now, if there is one; give it to `add` when it is made, or call `failed`."""
        line = self.transport.timeline
        return None if line is None else self.plan.request(line, now)

    def add(self, draft: Draft, now: float) -> list[Output]:
        """Take a bar that was made; one that is no longer wanted is dropped."""
        if not self.plan.add(draft):
            return []
        return [*self._tell_expected(now), *self._commit_ready(now), *self._tell_planned(now)]

    def failed(self) -> None:
        """Give up on the bar that is being made: what is there of it plays, or the bar before."""
        self.plan.failed()

    def _commit_ready(self, now: float) -> list[Output]:
        """Commit all bars whose time has come."""
        line, outputs = self.transport.timeline, list[Output]()
        while line is not None and (planned := self.plan.ready(line, now)) is not None:
            slack = self.plan.pace.deadline(planned, line) - now
            bar = self.plan.commit(planned)
            self.counts.bars += 1
            if bar.repeated and not planned.is_exact:
                self.counts.late += 1
            else:
                if slack < 0:
                    logger.warning("bar %d was sent %.0f ms late, before its downbeat", bar.number, -slack * 1000)
                self.slack.add(max(0.0, slack))
            if planned.newest is not None and not bar.repeated:
                for beat in range(BEATS_PER_MEASURE):
                    self.freshness.add(bar.number * BEATS_PER_MEASURE + beat - planned.newest)
            self._expected.pop(bar.number, None)
            self._onsets.extend(onsets_of(bar))
            silent, downbeat = self.controls.silent(), line.time_at(bar.number * BEATS_PER_MEASURE)
            outputs += self.subscribers.commit(bar, line, now, silent)
            outputs.append(Committed(bar, downbeat, line.tempo))
            if bar.idea.part != self.part:
                self.part = bar.idea.part
                outputs.append(Changed("/musegan/form/phrase", (self.part,)))
        return outputs

    def _tell_planned(self, now: float) -> list[Output]:
        """Tell of planned bars those who want to know so early."""
        line = self.transport.timeline
        return [] if line is None else list(self.subscribers.plan(self.plan.made, line, now, self.controls.silent()))

    @property
    def expected(self) -> list[Expected]:
        """What the musician is expected to play in the bars that are not committed, in order."""
        return [self._expected[number][1] for number in sorted(self._expected)]

    def _tell_expected(self, now: float) -> list[Output]:
        """Tell what is expected of the musician, where that has changed."""
        outputs: list[Output] = []
        for planned in self.plan.bars:
            before, told = self._expected.get(planned.number, (None, None))
            if (expectation := planned.expectation) is before:
                continue
            if expectation is None:
                expected = Expected(planned.number, -1, 0, 0.0, 0, "", {}, now)
                del self._expected[planned.number]
            else:
                expected = self._named(expectation, now)
                self._expected[planned.number] = (expectation, expected)
            if told is None or replace(told, time=now) != expected:
                outputs += [expected, *self.subscribers.expected(expected)]
        return outputs

    def _named(self, expectation: Expectation, now: float) -> Expected:
        names = self.spec.track_names
        pitched = [n for i, own in expectation.notes.items() if not self.spec.tracks[i].is_drum for n in own]
        return Expected(
            expectation.number,
            expectation.source,
            expectation.semitones,
            round(expectation.confidence, 2),
            self.listener.memory.loop,
            name_of(pitched, str(self.controls["key"])),
            {names[track]: notes for track, notes in expectation.notes.items()},
            now,
        )

    # Time

    def poll(self, now: float) -> list[Output]:
        """Return what is due: bars whose deadline has come, timetagged notes; let leases end."""
        self.subscribers.expire(now)
        line = self.transport.timeline
        if line is None:
            return []
        if line.time_at(self.plan.next * BEATS_PER_MEASURE) <= now:
            return self._wake_up(line, now)
        committed = self._commit_ready(now)
        notes = self.subscribers.notes(line, now, self.controls.silent())
        chord = self._name_chord(now)
        return [*committed, *self._tell_planned(now), *chord, *notes, *self._due_notes(line, now)]

    def wake(self) -> float | None:
        """Return the Unix time at which `poll` or `request` next has something to do; None: not before a message."""
        line = self.transport.timeline
        times: list[float | None] = [self.subscribers.wake(line, self.plan.made)]
        if line is not None:
            times += [*self.plan.times(line), self._name_chord_at]
            if self._onsets:
                times.append(line.time_at(self._onsets[0].beat) - NOTE_AHEAD)
        return min((time for time in times if time is not None), default=None)

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
