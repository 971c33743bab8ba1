"""The key of a song; it must not know files or phrases."""

from __future__ import annotations

import numpy as np

from musegan_models.spec import ModelSpec
from musegan_train.data.songs import Song

_KRUMHANSL_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_KRUMHANSL_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
_PITCH_CLASSES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")


def estimate_key(song: Song, spec: ModelSpec) -> tuple[str, int]:
    """Return the key's name and the transposition, -6..5 semitones, that takes it to C major or A minor.

    The key whose probe-tone profile correlates best with the durations of the pitch classes (Krumhansl, Cognitive
    Foundations of Musical Pitch, 1990, chapter 4; profiles of Krumhansl and Kessler, 1982).
    """
    is_drum = np.array([track.is_drum for track in spec.tracks])[song.track]
    length = (song.end - song.start)[~is_drum]
    weights = np.bincount(song.pitch[~is_drum] % 12, weights=length, minlength=12)
    # Row k of each matrix is the profile of the key on pitch class k.
    profiles = np.array([np.roll(p, k) for p in (_KRUMHANSL_MAJOR, _KRUMHANSL_MINOR) for k in range(12)])
    profiles -= profiles.mean(axis=1, keepdims=True)
    profiles /= np.linalg.norm(profiles, axis=1, keepdims=True)
    mode, tonic = divmod(int(np.argmax(profiles @ (weights - weights.mean()))), 12)
    target = 9 if mode else 0
    return f"{_PITCH_CLASSES[tonic]} {'minor' if mode else 'major'}", (target - tonic + 6) % 12 - 6
