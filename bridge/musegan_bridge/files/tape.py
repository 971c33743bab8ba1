"""A show as the bytes of a MIDI file that grows bar by bar; it must not know files, threads or clocks.

mido is not used here: it encodes a whole file anew each time, which takes a second after an hour. What is here encodes
each note once, and the last bars, which may still change, each time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from musegan_bridge.show.band import Bar
from musegan_bridge.show.clock import Timeline
from musegan_bridge.show.events import Committed, Event, Moved, Muted, Played, Silenced
from musegan_bridge.show.subscribers import heard
from musegan_models.midi import DRUM_CHANNEL, N_CHANNELS, TICKS_PER_BEAT, MidiError
from musegan_models.spec import BEATS_PER_MEASURE, Track

TICKS_PER_BAR = TICKS_PER_BEAT * BEATS_PER_MEASURE
OPEN = 32 * TICKS_PER_BEAT  # the end of the file that may still change: notes cut by a stop, notes that come late
MAX_MICROSECONDS = (1 << 24) - 1  # of a beat: what a tempo event can say

_NAME, _MARKER, _END, _TEMPO, _METER = 0x03, 0x06, 0x2F, 0x51, 0x58  # kinds of meta event

_Event = tuple[int, int, bytes]  # tick, rank among those of one tick, the event without its delta


class Tape:
    """A show on MIDI tracks: tempo and 4/4 first, then the band's, then the musician's own, named `piano (you)`.

    The file counts in beats. Each play begins at a bar line, after the last one; what passes while nothing plays is
    left out. Where the seeds change stands a marker that tells them.
    """

    def __init__(self, tracks: Sequence[Track]) -> None:
        """Raise MidiError where there are more pitched tracks than MIDI has channels beside the drums'."""
        self._spare = [number for number in range(N_CHANNELS) if number != DRUM_CHANNEL]
        if sum(not track.is_drum for track in tracks) > len(self._spare):
            raise MidiError(f"pitched tracks must be at most {len(self._spare)}, the channels beside channel 10")
        self._tracks = {track.name: track for track in tracks}
        self._conductor = _Conductor()
        self._parts: dict[tuple[str, bool], _Part] = {}  # by name, and whether it is the musician's own
        self._clock: Timeline | None = None
        self._origin: int | None = None  # tick of the downbeat of bar 0; None: nothing plays
        self._start = 0  # tick at which the present play began
        self._end = 0  # last tick that anything is at
        self._seeds: tuple[int, int] | None = None
        self._muted: Sequence[str] = ()
        self.n_bars = 0
        for track in tracks:
            self._part(track.name)

    def take(self, event: Event) -> bool:
        """Take one event; return whether a bar or an end came, which is worth writing."""
        match event:
            case Moved():
                self._move(Timeline(event.beat, event.time, event.tempo))
            case Committed():
                if self._clock is None:
                    self._clock = Timeline(event.bar.number * BEATS_PER_MEASURE, event.downbeat, event.tempo)
                self._commit(heard(event.bar, self._muted))
                return True
            case Muted():
                self._muted = event.tracks
            case Played():
                self._play(event)
            case Silenced():
                self._silence(event.time)
                return True
        return False

    def to_bytes(self) -> bytes:
        """Return the whole file, type 1. Notes of the musician's that are held end at its end, for now."""
        parts = [self._conductor.to_bytes(), *(part.to_bytes(self._end) for part in self._parts.values())]
        header = b"MThd" + b"".join(n.to_bytes(size, "big") for n, size in ((6, 4), (1, 2), (len(parts), 2)))
        return b"".join((header, TICKS_PER_BEAT.to_bytes(2, "big"), *parts))

    def _chunks(self) -> list[_Conductor | _Part]:
        return [self._conductor, *self._parts.values()]

    def _part(self, name: str, *, is_own: bool = False) -> _Part:
        """Return a track, a new one if need be: the musician plays, or another band has taken over."""
        part = self._parts.get((name, is_own))
        if part is None:
            track = self._tracks.get(name) or Track(name, 0, name == "drums")
            # A channel of his own, else a note off of the band's would end his note; when all are taken, two share.
            channel = DRUM_CHANNEL if track.is_drum else self._spare.pop(0) if self._spare else 0
            part = _Part(f"{name} (you)".strip() if is_own else name, channel, track.program)
            part.settle(self._conductor.settled)
            self._parts[name, is_own] = part
        return part

    # What happens

    def _move(self, timeline: Timeline) -> None:
        self._clock = timeline
        if self._origin is not None:
            self._conductor.tempo(self._tick(timeline.beat), timeline.tempo)

    def _commit(self, bar: Bar) -> None:
        downbeat = bar.number * BEATS_PER_MEASURE
        self._begin(downbeat)
        self.n_bars += 1
        seeds = bar.idea.seed, bar.idea.private_seed
        if seeds != self._seeds:
            self._conductor.mark(self._tick(downbeat), f"seed {seeds[0]} private {seeds[1]}")
            self._seeds = seeds
        for name, notes in bar.notes.items():
            for note in notes:
                on = self._tick(downbeat + note.time)
                off = max(on + 1, self._tick(downbeat + note.time + note.duration))
                self._part(name).strike(on, off, note.pitch, note.velocity)
        end = self._tick(downbeat + BEATS_PER_MEASURE)
        self._end = max(self._end, end)
        for part in self._chunks():
            part.settle(end - OPEN)

    def _play(self, event: Played) -> None:
        if self._clock is None:
            return  # while nothing plays there is no place for it
        self._begin(event.beat)
        tick = self._tick(event.beat)
        if event.velocity:
            self._part(event.track, is_own=True).strike(tick, None, event.pitch, event.velocity)
        else:
            self._part(event.track, is_own=True).release(tick, event.pitch)
        self._end = max(self._end, tick)

    def _silence(self, time: float) -> None:
        if self._origin is None or self._clock is None:
            return
        cut = self._tick(self._clock.beat_at(time))
        for part in self._chunks():
            part.cut(cut)
        self._end = max(cut, self._conductor.settled)
        self._origin = self._clock = None
        self._seeds = None  # told again where the next play begins

    def _begin(self, beat: float) -> None:
        """Place the first thing of a play; a clock that began before its bar is a count-in, of one bar at most."""
        if self._origin is not None or self._clock is None:
            return
        bar = math.floor(beat / BEATS_PER_MEASURE)
        bar = max(min(bar, math.floor(self._clock.beat / BEATS_PER_MEASURE)), bar - 1)
        self._start = -(-self._end // TICKS_PER_BAR) * TICKS_PER_BAR
        self._origin = self._start - bar * TICKS_PER_BAR
        self._conductor.tempo(self._start, self._clock.tempo)

    def _tick(self, beat: float) -> int:
        assert self._origin is not None
        return max(self._start, self._origin + round(beat * TICKS_PER_BEAT))


def midi_of(bars: Sequence[Bar], tracks: Sequence[Track], tempo: float) -> bytes:
    """Return bars as a MIDI file, one after the other from its start; `tempo` in beats a minute."""
    tape = Tape(tracks)
    tape.take(Moved(0.0, 0.0, tempo))
    for number, bar in enumerate(bars):
        tape.take(Committed(replace(bar, number=number), number * BEATS_PER_MEASURE * 60 / tempo, tempo))
    return tape.to_bytes()


@dataclass(slots=True)
class _Note:
    on: int  # tick
    off: int | None  # tick; None: still held
    pitch: int
    velocity: int
    is_begun: bool = False  # its note on is settled


class _Chunk:
    """A track's bytes: those that are settled; what may still change is encoded anew each time."""

    def __init__(self, head: bytes) -> None:
        self._bytes = bytearray(head)
        self._last = 0  # tick of the last event in them
        self.settled = 0  # from this tick on, anything may still come

    def _settle(self, tick: int, events: list[_Event]) -> None:
        self._bytes += _encoded(events, self._last)
        if events:
            self._last = max(events)[0]
        self.settled = max(self.settled, tick)

    def _chunk(self, events: list[_Event]) -> bytes:
        body = b"".join((self._bytes, _encoded(events, self._last), b"\0", _meta(_END)))
        return b"".join((b"MTrk", len(body).to_bytes(4, "big"), body))


class _Part(_Chunk):
    """A track of notes."""

    def __init__(self, name: str, channel: int, program: int) -> None:
        super().__init__(b"\0" + _meta(_NAME, name.encode("latin-1", "replace")) + bytes((0, 0xC0 | channel, program)))
        self.channel = channel
        self._notes: list[_Note] = []  # in the order in which they came
        self._latest: dict[int, _Note] = {}  # by pitch

    def strike(self, on: int, off: int | None, pitch: int, velocity: int) -> None:
        """Add a note; one of its pitch that sounds ends, else its note off would end the new one."""
        on = max(on, self.settled)
        before = self._latest.get(pitch)
        if before is not None and (before.off is None or before.off > on):
            before.off = max(on, before.on + 1, self.settled)
            on = before.off
        note = _Note(on, None if off is None else max(off, on + 1), pitch, velocity)
        self._notes.append(note)
        self._latest[pitch] = note

    def release(self, tick: int, pitch: int) -> None:
        """End the note of that pitch that is held; where none is: nothing."""
        note = self._latest.get(pitch)
        if note is not None and note.off is None:
            note.off = max(tick, note.on + 1, self.settled)

    def cut(self, tick: int) -> None:
        """End what sounds at `tick`, and forget what would come after it."""
        tick = max(tick, self.settled)
        self._notes = [note for note in self._notes if note.is_begun or note.on < tick]
        for note in self._notes:
            note.off = max(note.on + 1, tick if note.off is None else min(note.off, tick))
        self._latest.clear()

    def settle(self, tick: int) -> None:
        """Encode for good what is before `tick`."""
        events = []
        for note in self._notes:
            if not note.is_begun and note.on < tick:
                events.append(self._on(note))
                note.is_begun = True
            if note.off is not None and note.off < tick:
                events.append(self._off(note.off, note))
        self._settle(tick, events)
        self._notes = [note for note in self._notes if note.off is None or note.off >= self.settled]

    def to_bytes(self, end: int) -> bytes:
        """Return the chunk; held notes end at tick `end`."""
        events = [self._on(note) for note in self._notes if not note.is_begun]
        events += [self._off(max(end, n.on + 1) if n.off is None else n.off, n) for n in self._notes]
        return self._chunk(events)

    def _on(self, note: _Note) -> _Event:
        return note.on, 1, bytes((0x90 | self.channel, note.pitch, note.velocity))

    def _off(self, tick: int, note: _Note) -> _Event:
        return tick, 0, bytes((0x80 | self.channel, note.pitch, 0))  # rank 0: before a note on, so that it sounds


class _Conductor(_Chunk):
    """The track of meter, tempo and markers."""

    def __init__(self) -> None:
        super().__init__(b"\0" + _meta(_NAME, b"MuseGAN") + b"\0" + _meta(_METER, bytes((BEATS_PER_MEASURE, 2, 24, 8))))
        self._events: list[_Event] = []
        self._tempo = b""  # the latest

    def tempo(self, tick: int, tempo: float) -> None:
        """Play at `tempo`, in beats a minute, from `tick` on, whatever was said of later."""
        tick = max(tick, self.settled)
        event = _meta(_TEMPO, min(round(60e6 / tempo), MAX_MICROSECONDS).to_bytes(3, "big"))
        later = [e for e in self._events if e[0] >= tick and e[1] == 0]
        if event == self._tempo and not later:
            return
        self._events = [e for e in self._events if e not in later]
        self._events.append((tick, 0, event))
        self._tempo = event

    def mark(self, tick: int, text: str) -> None:
        """Add a marker."""
        self._events.append((max(tick, self.settled), 1, _meta(_MARKER, text.encode("latin-1", "replace"))))

    def cut(self, tick: int) -> None:
        """Forget markers from `tick` on; the tempo stands."""
        self._events = [e for e in self._events if e[0] < tick or e[1] == 0]

    def settle(self, tick: int) -> None:
        """Encode for good what is before `tick`."""
        self._settle(tick, [e for e in self._events if e[0] < tick])
        self._events = [e for e in self._events if e[0] >= tick]

    def to_bytes(self) -> bytes:
        """Return the chunk."""
        return self._chunk(self._events)


def _encoded(events: list[_Event], last: int) -> bytes:
    """Return events in order of time, each after its delta in ticks; the first counts from `last`."""
    pieces = []
    for tick, _, event in sorted(events):
        pieces += [_variable(tick - last), event]
        last = tick
    return b"".join(pieces)


def _meta(kind: int, data: bytes = b"") -> bytes:
    return bytes((0xFF, kind)) + _variable(len(data)) + data


def _variable(number: int) -> bytes:
    """Return a number as MIDI files have it: seven bits a byte, the last one without the eighth."""
    septets = [number & 0x7F]
    while number := number >> 7:
        septets.append(number & 0x7F | 0x80)
    return bytes(reversed(septets))
