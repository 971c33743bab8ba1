"""The training set on disk: bit-packed four-bar phrases of five tracks; it must not know MIDI or torch."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musegan_models.spec import ModelSpec

FORMAT_VERSION = 1
"""Version of the arrays and of the manifest in the file."""

_ARRAYS = ("onset", "sustain", "song", "held_out", "manifest")


class PhrasesError(ValueError):
    """A file that is not a set of phrases; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Phrases of many songs, eight cells to the byte.

    `onset` and `sustain` are uint8 `(n_phrases, n_measures, n_tracks, n_steps, ceil(n_pitches / 8))`, made by
    `np.packbits` along the pitch axis. `song` is int32 `(n_phrases,)`, an index into `manifest["songs"]`; `held_out` is
    bool `(n_phrases,)` and the same for all phrases of a song. `manifest` holds plain JSON types.
    """

    onset: NDArray[np.uint8]
    sustain: NDArray[np.uint8]
    song: NDArray[np.int32]
    held_out: NDArray[np.bool_]
    manifest: dict[str, Any]

    def __len__(self) -> int:
        """Return the number of phrases."""
        return len(self.onset)

    def unpack(self, indices: NDArray[np.integer[Any]] | slice) -> NDArray[np.uint8]:
        """Return the phrases at `indices` as cells that are 0 or 1.

        uint8 `(n, 2, n_measures, n_tracks, n_steps, n_pitches)`; the second axis is onset, sustain.
        """
        packed = np.stack((self.onset[indices], self.sustain[indices]), axis=1)
        return np.unpackbits(packed, axis=-1, count=int(self.manifest["n_pitches"]))

    def indices(self, held_out: bool) -> NDArray[np.int64]:
        """Return the indices of the held-out phrases, or of those to train on."""
        return np.flatnonzero(self.held_out == held_out)


def pack(planes: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Pack bool cells `(..., n_pitches)` eight to the byte, as `Phrases` holds them."""
    return np.packbits(planes, axis=-1)


def save(path: Path, phrases: Phrases) -> None:
    """Write one compressed .npz without pickles."""
    with path.open("wb") as file:  # a path would make numpy append .npz to other names
        np.savez_compressed(
            file,
            onset=phrases.onset,
            sustain=phrases.sustain,
            song=phrases.song,
            held_out=phrases.held_out,
            manifest=np.array(json.dumps(phrases.manifest)),
        )


def load(path: Path) -> Phrases:
    """Read a file written by `save`.

    Raises:
        PhrasesError: The file is no set of phrases, or one of another version or shape.

    """
    try:
        file = np.load(path, allow_pickle=False)
        if not isinstance(file, np.lib.npyio.NpzFile):
            raise PhrasesError(f"{path}: one bare array, not a set of phrases: make one with musegan-train prepare")
        with file:
            if missing := [name for name in _ARRAYS if name not in file]:
                raise PhrasesError(f"{path}: not a set of phrases: it has no {', '.join(missing)}")
            manifest = json.loads(str(file["manifest"]))
            phrases = Phrases(file["onset"], file["sustain"], file["song"], file["held_out"], manifest)
    except PhrasesError:
        raise
    except FileNotFoundError as error:
        raise PhrasesError(f"{path}: no such file: make one with musegan-train prepare") from error
    except (EOFError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise PhrasesError(f"{path}: not a set of phrases ({error}): make one with musegan-train prepare") from error
    _check(path, phrases)
    return phrases


def describe_spec(spec: ModelSpec) -> dict[str, Any]:
    """Return the part of a manifest that says what the arrays' axes are."""
    return {
        "format_version": FORMAT_VERSION,
        "tracks": list(spec.track_names),
        "n_measures": spec.n_measures,
        "beat_resolution": spec.beat_resolution,
        "lowest_pitch": spec.lowest_pitch,
        "n_pitches": spec.n_pitches,
        "key": spec.key,
    }


def _check(path: Path, phrases: Phrases) -> None:
    manifest = phrases.manifest
    if not isinstance(manifest, dict) or manifest.get("format_version") != FORMAT_VERSION:
        version = manifest.get("format_version") if isinstance(manifest, dict) else None
        raise PhrasesError(f"{path}: format_version must be {FORMAT_VERSION}, got {version}")
    n_bytes = -(-int(manifest["n_pitches"]) // 8)
    n_steps = int(manifest["beat_resolution"]) * 4
    shape = (len(phrases.song), int(manifest["n_measures"]), len(manifest["tracks"]), n_steps, n_bytes)
    for name, array in (("onset", phrases.onset), ("sustain", phrases.sustain)):
        if array.shape != shape or array.dtype != np.uint8:
            raise PhrasesError(f"{path}: {name} must be uint8 {shape}, got {array.dtype} {array.shape}")
    if phrases.held_out.shape != phrases.song.shape or phrases.held_out.dtype != np.bool_:
        raise PhrasesError(f"{path}: held_out must be bool {phrases.song.shape}, got {phrases.held_out.dtype}")
    if len(phrases.song) and not 0 <= phrases.song.min() <= phrases.song.max() < len(manifest["songs"]):
        raise PhrasesError(f"{path}: song must be in 0..{len(manifest['songs']) - 1}, got {phrases.song.max()}")
