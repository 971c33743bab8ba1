"""Phrases that a band plays, as MIDI files and a picture; it must not know how a band was trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musegan_models import chords, midi
from musegan_models.model import draw_latents
from musegan_models.notes import Note, binarize, tidy
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec
from musegan_train.measure.play import Band
from musegan_train.measure.references import Indices, Reference
from musegan_train.measure.tally import Planes

VELOCITY = 90
"""Of every note: a pianoroll of zeros and ones has no other."""


def play(
    band: Band,
    n: int,
    seed: int,
    reference: Reference | None = None,
    given: int | None = None,
) -> Planes:
    """Return `n` phrases, onset and sustain, bool `(n, n_measures, n_tracks, n_steps, n_pitches)`, tidied as on stage.

    `given`: the track that is taken from held-out phrases of `reference`, and that the band follows. A model that hears
    chords is given common progressions in C.

    Raises:
        ValueError: A track is given without phrases, or they hold none out.

    """
    spec, rng = band.spec, np.random.default_rng(seed)
    condition = mask = chord = None
    real: Planes | None = None
    if given is not None:
        if reference is None:
            raise ValueError(f"given must be of a set of phrases, got {spec.track_names[given]} without one")
        some = _held_out(reference, rng, n)
        condition, mask = reference.condition(some, given)
        real = reference.planes(some)
        condition, mask, real = condition[:n], mask[:n], (real[0][:n], real[1][:n])
    if spec.has_chord:
        chord = np.stack([chords.draw_progression(rng, spec.n_measures) for _ in range(n)])
    probability = band.phrase(draw_latents(spec, rng, n), condition, mask, chord)
    played = binarize(probability, spec, rng if spec.neurons == "stochastic" else None)
    onset, sustain = tidy(*played, probability[..., 0, :, :, :], spec)
    if real is not None and given is not None:
        onset[:, :, given], sustain[:, :, given] = real[0][:, :, given], real[1][:, :, given]
    return onset, sustain


def notes_from_planes(onset: NDArray[np.bool_], sustain: NDArray[np.bool_], spec: ModelSpec) -> dict[str, list[Note]]:
    """Return the notes of one phrase, `(n_measures, n_tracks, n_steps, n_pitches)`, for each track; time in beats."""
    n_steps = onset.shape[2]
    lengths = np.zeros((*onset.shape[:2], n_steps + 1, onset.shape[3]), np.intp)
    for step in reversed(range(n_steps)):
        lengths[:, :, step] = np.where(sustain[:, :, step], lengths[:, :, step + 1] + 1, 0)
    notes: dict[str, list[Note]] = {name: [] for name in spec.track_names}
    for measure, track, step, pitch in np.argwhere(onset).tolist():
        length = 1 + int(lengths[measure, track, step + 1, pitch])
        time = measure * BEATS_PER_MEASURE + step / spec.beat_resolution
        own = notes[spec.tracks[track].name]
        own.append(Note(time, pitch + spec.lowest_pitch, length / spec.beat_resolution, VELOCITY))
    return notes


def write_midi(path: Path, planes: Planes, spec: ModelSpec, tempo: float) -> None:
    """Write phrases one after another, with a bar of rest between them, as one MIDI file; `tempo` in beats a minute."""
    every: dict[str, list[Note]] = {name: [] for name in spec.track_names}
    for i, (onset, sustain) in enumerate(zip(*planes, strict=True)):
        start = i * (len(onset) + 1) * BEATS_PER_MEASURE
        _add(every, notes_from_planes(onset, sustain, spec), start)
    midi.write_tracks(path, spec.tracks, every, tempo)


def write_folder(path: Path, planes: Planes, spec: ModelSpec, tempo: float, title: str) -> list[Path]:
    """Write each phrase as `phrase-01.mid` and so on, and all of them as `phrases.png`; return what was written."""
    from musegan_train.measure.picture import draw_phrases

    path.mkdir(parents=True, exist_ok=True)
    written = []
    for i, (onset, sustain) in enumerate(zip(*planes, strict=True), start=1):
        written.append(path / f"phrase-{i:02d}.mid")
        midi.write_tracks(written[-1], spec.tracks, notes_from_planes(onset, sustain, spec), tempo)
    written.append(path / "phrases.png")
    draw_phrases(np.stack(planes, axis=2), spec, written[-1], title)
    return written


def _add(every: Mapping[str, list[Note]], notes: Mapping[str, Sequence[Note]], start: int) -> None:
    for name, own in notes.items():
        every[name].extend(Note(start + note.time, note.pitch, note.duration, note.velocity) for note in own)


def _held_out(reference: Reference, rng: np.random.Generator, n: int) -> Indices:
    indices = reference.data.indices(held_out=True)
    if not len(indices):
        raise ValueError("phrases must hold out 1 or more, got 0: prepare more songs")
    return rng.choice(indices, n, replace=len(indices) < n)
