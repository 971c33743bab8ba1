"""What happens in a show, as values, for all that keeps or sounds it: files, MIDI ports, logs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from musegan_bridge.show.band import Bar
from musegan_models.notes import Note


@dataclass(frozen=True, slots=True)
class Committed:
    """A bar that will sound as it is: nothing changes it any more, but that tracks are muted and come back."""

    bar: Bar  # with the tracks that are muted
    downbeat: float  # Unix seconds, as far as the tempo is known
    tempo: float  # beats a minute


@dataclass(frozen=True, slots=True)
class Due:
    """Notes that start together, a fraction of a second before they must sound."""

    time: float  # Unix seconds of the onset
    bar: int
    tempo: float  # beats a minute
    notes: Sequence[tuple[str, Note]]  # (track, note); the note's time is in beats from the downbeat of its bar


@dataclass(frozen=True, slots=True)
class Played:
    """A note on of the musician's or, with velocity 0, a note off."""

    track: str
    pitch: int
    velocity: int
    beat: float  # beats since the downbeat of bar 0
    time: float  # Unix seconds


@dataclass(frozen=True, slots=True)
class Expected:
    """What the musician is expected to play in a bar to come, as it is known now."""

    bar: int
    source: int  # number of the earlier bar that it is taken from; -1: nothing is expected any more
    semitones: int  # by which that bar was moved
    confidence: float  # how likely it is right, 0..1
    loop: int  # bars of the loop that they play; 0: none
    chord: str  # of the notes, as far as they make one
    notes: Mapping[str, Sequence[Note]]  # by track, as they would sound; time in beats from the downbeat
    time: float  # Unix seconds


@dataclass(frozen=True, slots=True)
class Moved:
    """From `time` on the beats fall otherwise: the tempo changed, the clock began, or was moved."""

    beat: float  # beats since the downbeat of bar 0, at `time`
    time: float  # Unix seconds
    tempo: float  # beats a minute


@dataclass(frozen=True, slots=True)
class Silenced:
    """All sounding notes end now, and what was due is not: stop, panic or quit."""

    reason: str
    time: float  # Unix seconds


@dataclass(frozen=True, slots=True)
class Muted:
    """These tracks, and no others, are silent from now on: at once, also in bars that are committed."""

    tracks: Sequence[str]
    time: float  # Unix seconds


@dataclass(frozen=True, slots=True)
class Received:
    """A valid message from a client, as it came: the whole of what a show is made of besides its seed."""

    address: str
    values: Sequence[object]
    time: float  # Unix seconds


@dataclass(frozen=True, slots=True)
class Changed:
    """A setting has another value now."""

    address: str
    values: Sequence[int | float | str]


Event = Committed | Due | Expected | Played | Moved | Silenced | Muted | Received | Changed


class Sink(Protocol):
    """Takes what happens, in order, on the loop's thread: it must return at once and never raise."""

    def take(self, event: Event) -> None:
        """Take one event."""

    def close(self) -> None:
        """Finish: nothing comes any more."""
