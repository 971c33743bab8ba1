"""Small bands that play, as MIDI files: what the tests of `prepare` read."""

from pathlib import Path

import mido
import numpy as np
from numpy.typing import NDArray

from musegan_train.data import phrases as phrase_sets
from musegan_train.data.prepare import prepare
from musegan_train.data.rules import Rules

TPQ = 480
BASS, DRUMS, GUITAR, PIANO, STRINGS = range(5)
C_MAJOR = (0, 2, 4, 5, 7, 9, 11)
PROGRAMS = {"bass": 33, "guitar": 25, "piano": 0, "strings": 48}

Parts = dict[str, list[tuple[float, int, float]]]  # of each track (beat, pitch, beats)


def band(n_bars: int = 4, semitones: int = 0, seed: int = 0) -> Parts:
    """Return five tracks that play in quarters in C major, never two bars alike."""
    rng = np.random.default_rng(seed)
    parts: Parts = {}
    for name, low in (("bass", 36), ("guitar", 48), ("piano", 60), ("strings", 72)):
        # The tonic is held longest, so that the key is beyond doubt.
        degrees = np.where(np.arange(4 * n_bars) % 4, rng.integers(0, 7, 4 * n_bars), 0)
        parts[name] = [
            (beat, low + semitones + C_MAJOR[d], 0.9 if beat % 4 == 0 else 0.5) for beat, d in enumerate(degrees)
        ]
    parts["drums"] = [(beat, 36 if beat % 2 == 0 else 38, 0.1) for beat in range(4 * n_bars)]
    return parts


def write(
    path: Path,
    parts: Parts,
    numerator: int = 4,
    programs: dict[str, int] | None = None,
    signatures: tuple[float, ...] = (0,),
) -> Path:
    """Write one track for each part; `programs` adds to the General MIDI programs; `signatures` are in beats."""
    programs = {**PROGRAMS, **(programs or {})}
    file = mido.MidiFile(ticks_per_beat=TPQ)
    metas = [mido.MetaMessage("time_signature", numerator=numerator, denominator=4, time=0) for _ in signatures]
    for meta, beat, before in zip(metas, signatures, (0, *signatures), strict=False):
        meta.time = round((beat - before) * TPQ)
    file.tracks.append(mido.MidiTrack(metas))
    for channel, (name, notes) in enumerate(parts.items()):
        is_drum = name.startswith("drums")
        channel = 9 if is_drum else channel
        events = []
        for beat, pitch, beats in notes:
            start = round(beat * TPQ)
            events.append((start, 1, mido.Message("note_on", channel=channel, note=int(pitch), velocity=90)))
            events.append((start + round(beats * TPQ), 0, mido.Message("note_off", channel=channel, note=int(pitch))))
        track = mido.MidiTrack()
        if not is_drum:
            track.append(mido.Message("program_change", channel=channel, program=programs[name]))
        now = 0
        for tick, _, message in sorted(events, key=lambda event: event[:2]):
            track.append(message.copy(time=tick - now))
            now = tick
        file.tracks.append(track)
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(path)
    return path


def later(parts: Parts, beats: float) -> Parts:
    """Return the same parts, moved."""
    return {name: [(beat + beats, pitch, length) for beat, pitch, length in notes] for name, notes in parts.items()}


def joined(*several: Parts) -> Parts:
    """Return all the parts, played over each other."""
    return {name: [note for parts in several for note in parts[name]] for name in several[0]}


def prepared(folder: Path, workers: int = 1, **rules: object) -> phrase_sets.Phrases:
    """Return the phrases of a folder, cut into windows unless `rules` say otherwise."""
    output = folder / "set"
    prepare([folder], output, Rules(**{"segment": "windows", **rules}), workers)  # type: ignore[arg-type]  # any field
    return phrase_sets.load(output)


def cells(folder: Path, **rules: object) -> NDArray[np.bool_]:
    """Return the phrases of a folder, bool (n, 2, n_measures, n_tracks, n_steps, n_pitches)."""
    phrases = prepared(folder, **rules)  # type: ignore[arg-type]  # any field
    return phrases.unpack(np.arange(len(phrases))).astype(bool)
