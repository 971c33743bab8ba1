"""MIDI files, read and written with mido, which only this module imports; it must not know networks or OSC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from musegan_models.notes import Note
from musegan_models.spec import BEATS_PER_MEASURE, Track

if TYPE_CHECKING:
    import mido

TICKS_PER_BEAT = 480
DRUM_CHANNEL = 9  # from 0; what musicians call channel 10
N_CHANNELS = 16


class MidiError(ValueError):
    """A MIDI file that cannot be read or written; the text names it and says why."""


def read_notes(path: Path, track: Track) -> list[Note]:
    """Return the notes of a MIDI file that are this track's, in order of time, in beats.

    They are those of the MIDI tracks with its name, where there are such; else those of all. Drums, and nothing else,
    are on channel 10.

    Raises:
        MidiError: The file is no MIDI file, or it holds no such note.

    """
    import mido  # here, not above: a server is ready earlier by it, and needs only the constants

    try:
        file = mido.MidiFile(path)
    except (OSError, ValueError, EOFError, LookupError, TypeError) as error:  # mido's parser raises all of these
        raise MidiError(f"{path} cannot be read as a MIDI file: {error}") from error
    if not file.ticks_per_beat > 0:
        raise MidiError(f"{path}: its time is in frames, not in beats; export it again with ticks per beat")
    notes: list[Note] = []
    named = [events for events in file.tracks if events.name.strip().lower() == track.name]
    for events in named or file.tracks:
        tick, held = 0, dict[tuple[int, int], tuple[int, int]]()
        for event in events:
            tick += event.time
            if event.type not in ("note_on", "note_off") or (event.channel == DRUM_CHANNEL) != track.is_drum:
                continue
            key = (event.channel, event.note)
            if key in held:
                start, velocity = held.pop(key)
                length = max(1, tick - start) / file.ticks_per_beat
                notes.append(Note(start / file.ticks_per_beat, event.note, length, velocity))
            if event.type == "note_on" and event.velocity > 0:
                held[key] = (tick, event.velocity)
    if not notes:
        where = "on channel 10, the drums'" if track.is_drum else "on any channel but 10, the drums'"
        raise MidiError(f"{path} has no note {where}")
    return sorted(notes)


def write_tracks(path: Path, tracks: Sequence[Track], notes: Mapping[str, Sequence[Note]], tempo: float) -> None:
    """Write a type 1 MIDI file, one track for each of `tracks`: General MIDI programs, tempo and 4/4 told.

    `notes`: for each track name, time in beats from the start; `tempo` in beats a minute.

    Raises:
        MidiError: There are more pitched tracks than MIDI has channels beside the drums'.

    """
    import mido

    pitched = [number for number in range(N_CHANNELS) if number != DRUM_CHANNEL]
    if sum(not track.is_drum for track in tracks) > len(pitched):
        raise MidiError(
            f"{path}: pitched tracks must be at most {len(pitched)}, the channels of MIDI beside channel 10"
        )
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_BEAT)
    conductor = file.add_track("MuseGAN")
    conductor.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(tempo)))
    conductor.append(mido.MetaMessage("time_signature", numerator=BEATS_PER_MEASURE, denominator=4))
    for track in tracks:
        own = DRUM_CHANNEL if track.is_drum else pitched.pop(0)
        events: list[tuple[int, int, mido.Message]] = []
        for note in notes.get(track.name, ()):
            on, off = _ticks(note.time), _ticks(note.time + note.duration)
            events.append((on, 1, mido.Message("note_on", channel=own, note=note.pitch, velocity=note.velocity)))
            events.append((off, 0, mido.Message("note_off", channel=own, note=note.pitch)))
        out = file.add_track(track.name)
        out.append(mido.Message("program_change", channel=own, program=track.program))
        now = 0
        for tick, _, event in sorted(events, key=lambda e: e[:2]):  # offs before ons, so that a re-strike sounds
            out.append(event.copy(time=tick - now))
            now = tick
    file.save(path)


def _ticks(beats: float) -> int:
    return round(beats * TICKS_PER_BEAT)
