"""What goes to clients, as values: messages, bars, timed notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from musegan_bridge.messages import Value, types_of
from musegan_bridge.show.band import Bar
from musegan_bridge.show.clock import Timeline
from musegan_bridge.show.events import Event, Expected
from musegan_models.notes import Note
from musegan_models.spec import BEATS_PER_MEASURE

NOTES_PER_MESSAGE = 32  # 3 + 4 x 32 atoms, under the 256 that Max takes

Target = tuple[str, int]
"""Host and UDP port of a client."""


@dataclass(frozen=True, slots=True)
class Send:
    """A message to one client; the table says its types."""

    target: Target
    address: str
    args: Sequence[Value]
    time: float | None = None  # Unix seconds: send it in a bundle with this timetag

    @property
    def types(self) -> str:
        """One OSC type tag for each argument."""
        return types_of(self.address, len(self.args))


@dataclass(frozen=True, slots=True)
class SendNotes:
    """The notes of one onset to one client of the form `note` or `dirt`."""

    target: Target
    time: float  # Unix seconds of the onset
    bar: int
    tempo: float
    notes: Sequence[tuple[str, Note]]
    form: str = "note"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that only the shell can do: a file, a port, another model. It answers the client."""

    what: str  # clock, tempo, model, models, record, export, save, delete
    value: str
    target: Target
    address: str  # by which it was asked for
    n: int = 0
    data: Mapping[str, Any] | None = None


Output = Send | SendNotes | Wanted | Event


@dataclass(frozen=True, slots=True)
class Onset:
    """Notes that start together, waiting to be sent as timetagged bundles."""

    beat: float  # beats since the downbeat of bar 0
    bar: int
    notes: Sequence[tuple[str, Note]]


def bar_messages(target: Target, bar: Bar, timeline: Timeline, now: float, *, is_committed: bool = True) -> list[Send]:
    """Return a bar as its begin, notes and end messages to one client."""
    parts = _parts(bar.notes)
    downbeat, idea = timeline.time_at(bar.number * BEATS_PER_MEASURE), bar.idea
    begin = (
        bar.number,
        idea.measure,
        idea.seed,
        idea.private_seed,
        timeline.tempo,
        downbeat - now,
        len(parts),
        int(bar.repeated),
        int(is_committed),
        bar.chord,
    )
    messages = []
    if (chords := bar.chords) is not None:
        changes = [value for change in chords.chords for value in change]
        messages.append(Send(target, "/musegan/chart/bar", (bar.number, chords.index, chords.part, *changes)))
    messages.append(Send(target, "/musegan/bar/begin", begin, downbeat))
    messages += _note_messages(target, "/musegan/bar/notes", bar.number, parts)
    return [*messages, Send(target, "/musegan/bar/end", (bar.number, bar.n_notes))]


def expected_messages(target: Target, expected: Expected) -> list[Send]:
    """Return the messages that tell one client what is expected of the musician in a bar."""
    parts = _parts(expected.notes)
    begin = (
        expected.bar,
        expected.source,
        expected.semitones,
        expected.confidence,
        expected.loop,
        expected.chord,
        len(parts),
    )
    messages = [Send(target, "/musegan/expected/bar", begin)]
    return [*messages, *_note_messages(target, "/musegan/expected/notes", expected.bar, parts)]


def _parts(notes: Mapping[str, Sequence[Note]]) -> list[tuple[str, Sequence[Note]]]:
    """Split the notes of each track into parts; a part fits into one message."""
    return [
        (track, own[i : i + NOTES_PER_MESSAGE])
        for track, own in notes.items()
        for i in range(0, len(own), NOTES_PER_MESSAGE)
    ]


def _note_messages(target: Target, address: str, bar: int, parts: Sequence[tuple[str, Sequence[Note]]]) -> list[Send]:
    messages = []
    for i, (track, notes) in enumerate(parts):
        args: list[Value] = [bar, track, i]
        for note in notes:
            args += [note.time, note.pitch, note.velocity, note.duration]
        messages.append(Send(target, address, args))
    return messages


def onsets_of(bar: Bar) -> list[Onset]:
    """Return the notes of a bar, grouped by onset, in order of time."""
    by_time: dict[float, list[tuple[str, Note]]] = {}
    for track, notes in bar.notes.items():
        for note in notes:
            by_time.setdefault(note.time, []).append((track, note))
    start = bar.number * BEATS_PER_MEASURE
    return [Onset(start + time, bar.number, by_time[time]) for time in sorted(by_time)]
