"""A blind test as one HTML page that needs no other file: phrases of held-out songs and of a band, side by side.

It must not know networks, or how answers are counted: the page does that.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec
from musegan_train.data.phrases import Phrases
from musegan_train.measure.play import Band, Lead, play
from musegan_train.measure.references import Indices, Reference
from musegan_train.measure.sample import notes_from_planes
from musegan_train.measure.tally import Planes
from musegan_train.measure.templates import fill

PAGE = "blind.html"

_TEMPO = 120.0  # beats a minute, of both: a phrase does not say how fast its song was

Sound = list[tuple[int, float, int, float]]
"""Notes of a phrase: track, time in beats, MIDI note number, duration in beats. Nothing says how loud."""


class Pair(NamedTuple):
    """Two phrases, in the order in which they are offered, and which of them, 0 or 1, is of a song."""

    real: int
    phrases: tuple[Sound, Sound]


def draw_pairs(band: Band, data: Phrases, n: int, seed: int) -> list[Pair]:
    """Return `n` pairs in random order: a phrase of a held-out song, each of another song, and one that `band` plays.

    The band plays alone, a while before if it continues phrases, and is tidied as on stage; one that must be led is led
    by other held-out phrases.

    Raises:
        ValueError: Fewer than `n` songs are held out.

    """
    spec, rng = band.spec, np.random.default_rng(seed)
    reference, held_out = Reference(data, spec), data.indices(held_out=True)
    chosen = _one_of_each_song(data, held_out, rng)
    if n > len(chosen):
        raise ValueError(f"pairs must be at most {len(chosen)}, one for each song that is held out, got {n}")
    onset, sustain = reference.planes(chosen[:n])
    bars = len(onset) // n  # of a phrase, where the model plays single ones: the first of them
    real = _sounds((onset[::bars], sustain[::bars]), spec)
    lead = None if spec.condition_track is None else Lead(spec.track_names.index(spec.condition_track))
    # One by one: of those that are played together, several go on from each other, and are as alike.
    played = [next(play(band, reference, other, lead, 1, rng)).tidied for other in rng.choice(held_out, (n, 1))]
    made = [_sounds((music.onset[:1], music.sustain[:1]), spec)[0] for music in played]
    sides = rng.integers(2, size=n).tolist()
    return [
        Pair(side, (song, own) if side == 0 else (own, song)) for side, song, own in zip(sides, real, made, strict=True)
    ]


def page(pairs: Sequence[Pair], spec: ModelSpec, facts: dict[str, Any], credit: str = "") -> str:
    """Return the page, which plays `pairs`, asks which is which and which is better, and counts.

    `facts`: what the answers are to be kept with, such as seed and step. `credit`: whose songs they are.
    """
    held = {
        "facts": {"band": spec.name, **facts},
        "tempo": _TEMPO,
        "beats": spec.n_measures * BEATS_PER_MEASURE,
        "tracks": [{"program": track.program, "isDrum": track.is_drum} for track in spec.tracks],
        "pairs": [pair._asdict() for pair in pairs],
    }
    packed = base64.b64encode(json.dumps(held, separators=(",", ":")).encode()).decode()
    return fill("blind.html.jinja", name=spec.name, bars=spec.n_measures, credit=credit, packed=packed)


def _one_of_each_song(data: Phrases, indices: Indices, rng: np.random.Generator) -> Indices:
    """Return a phrase of each song that `indices` are of, in random order: two of a song would be half a witness."""
    shuffled = rng.permutation(indices)
    _, first = np.unique(data.song[shuffled], return_index=True)
    return np.asarray(shuffled[np.sort(first)])


def _sounds(planes: Planes, spec: ModelSpec) -> list[Sound]:
    sounds = []
    for onset, sustain in zip(*planes, strict=True):
        notes = notes_from_planes(onset, sustain, spec)
        sounds.append([
            (i, note.time, note.pitch, note.duration)
            for i, track in enumerate(spec.track_names)
            for note in notes[track]
        ])  # fmt: skip
    return sounds
