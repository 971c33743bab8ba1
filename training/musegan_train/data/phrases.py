"""The training set on disk: a folder of bit-packed phrases, mapped into memory; it must not know MIDI or torch."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from musegan_models.spec import ModelSpec

FORMAT_VERSION = 3
"""Version of the arrays and of the manifest. Version 2 had no bars before the phrases; version 1 was one .npz file."""

_READABLE = (2, FORMAT_VERSION)

_MANIFEST = "manifest.json"
_CELLS = ("onset", "sustain")


class PhrasesError(ValueError):
    """A folder that is not a set of phrases; the message names the folder and what is wrong with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Phrases of many songs, eight cells to the byte.

    `onset` and `sustain` are uint8 `(n_phrases, n_before + n_measures, n_tracks, n_steps, ceil(n_pitches / 8))`, made
    by `np.packbits` along the pitch axis; those that `load` returns stay on disk until they are read. The first
    `n_before` bars, 0 or 1, are those that the song plays before the phrase; silence where it begins. `song` is int32
    `(n_phrases,)`, an index into `manifest["songs"]`; `held_out` is bool `(n_phrases,)` and the same for all phrases
    of a song. `manifest` holds plain JSON types.
    """

    onset: NDArray[np.uint8]
    sustain: NDArray[np.uint8]
    song: NDArray[np.int32]
    held_out: NDArray[np.bool_]
    manifest: dict[str, Any]

    def __len__(self) -> int:
        """Return the number of phrases."""
        return len(self.onset)

    @property
    def n_before(self) -> int:
        """Bars that are kept of what the song plays before each phrase."""
        return int(self.manifest.get("n_before", 0))

    def unpack(self, indices: NDArray[np.integer[Any]] | slice) -> NDArray[np.uint8]:
        """Return the phrases at `indices` as cells that are 0 or 1.

        uint8 `(n, 2, n_measures, n_tracks, n_steps, n_pitches)`; the second axis is onset, sustain.
        """
        return self._cells(indices, slice(self.n_before, None))

    def unpack_with_before(self, indices: NDArray[np.integer[Any]] | slice) -> NDArray[np.uint8]:
        """Return what `unpack` does, one bar longer: the first is the bar before the phrase, silence where none is."""
        if self.n_before:
            return self._cells(indices, slice(None))
        return np.pad(self.unpack(indices), [(0, 0), (0, 0), (1, 0), (0, 0), (0, 0), (0, 0)])

    def _cells(self, indices: NDArray[np.integer[Any]] | slice, measures: slice) -> NDArray[np.uint8]:
        packed = np.stack((self.onset[indices][:, measures], self.sustain[indices][:, measures]), axis=1)
        return np.unpackbits(packed, axis=-1, count=int(self.manifest["n_pitches"]))

    def indices(self, held_out: bool) -> NDArray[np.int64]:
        """Return the indices of the held-out phrases, or of those to train on."""
        return np.flatnonzero(self.held_out == held_out)


class Writer:
    """Writes a set of phrases song by song, so that memory does not grow with the set.

    A context manager: nothing is at `path` before `finish`, and where that is never called nothing is left.
    """

    def __init__(self, path: Path, n_measures: int, n_tracks: int, n_steps: int, n_pitches: int) -> None:
        """Begin the set that will be the folder `path`; `n_measures` counts the bars before the phrase too.

        Raises:
            PhrasesError: `path` is there and is not a set of phrases, which alone is replaced.

        """
        if path.exists() and not (path / _MANIFEST).is_file() and (not path.is_dir() or any(path.iterdir())):
            raise PhrasesError(f"{path}: is there and is not a set of phrases: name another folder to write")
        self.n_phrases = 0
        self._path = path
        self._partial = path.with_name(f"{path.name}.partial")
        self._shape = (n_measures, n_tracks, n_steps, -(-n_pitches // 8))
        self._files: list[BinaryIO] = []

    def __enter__(self) -> Self:
        """Open the files."""
        shutil.rmtree(self._partial, ignore_errors=True)
        self._partial.mkdir(parents=True)
        for name in _CELLS:
            file = (self._partial / f"{name}.npy").open("wb")
            self._files.append(file)
            self._write_header(file)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files, and delete them where the set was not finished."""
        for file in self._files:
            file.close()
        shutil.rmtree(self._partial, ignore_errors=True)

    def append(self, planes: NDArray[np.uint8]) -> None:
        """Add packed phrases, uint8 `(n, 2, n_measures, n_tracks, n_steps, n_bytes)`."""
        for plane, file in enumerate(self._files):
            file.write(np.ascontiguousarray(planes[:, plane]).tobytes())
        self.n_phrases += len(planes)

    def finish(self, song: NDArray[np.int32], held_out: NDArray[np.bool_], manifest: dict[str, Any]) -> None:
        """Write what says whose the phrases are, and put the folder in its place."""
        for file in self._files:
            file.seek(0)
            self._write_header(file)
            file.close()
        np.save(self._partial / "song.npy", song.astype(np.int32))
        np.save(self._partial / "held_out.npy", held_out.astype(np.bool_))
        (self._partial / _MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        if self._path.exists():
            shutil.rmtree(self._path)
        self._partial.rename(self._path)

    def _write_header(self, file: BinaryIO) -> None:
        # numpy leaves room in a header for the first axis to grow: the last header is as long as the first.
        header = {"descr": "|u1", "fortran_order": False, "shape": (self.n_phrases, *self._shape)}
        npy.write_array_header_1_0(file, header)


def pack(planes: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Pack bool cells `(..., n_pitches)` eight to the byte, as `Phrases` holds them."""
    return np.packbits(planes, axis=-1)


def save(path: Path, phrases: Phrases) -> None:
    """Write a set of phrases that is in memory as the folder `path`, in place of one that is there."""
    measures, tracks, steps, _ = phrases.onset.shape[1:]
    with Writer(path, measures, tracks, steps, int(phrases.manifest["n_pitches"])) as writer:
        for n in range(0, len(phrases), 4096):
            writer.append(np.stack((phrases.onset[n : n + 4096], phrases.sustain[n : n + 4096]), axis=1))
        writer.finish(phrases.song, phrases.held_out, phrases.manifest)


def load(path: Path) -> Phrases:
    """Open a folder written by `save` or a `Writer`; cells are read from disk as they are needed.

    Raises:
        PhrasesError: The folder is no set of phrases, or one of another version or shape.

    """
    if not path.exists():
        raise PhrasesError(f"{path}: no such folder: make one with musegan-train prepare")
    if not path.is_dir():
        raise PhrasesError(f"{path}: a file, not the folder of a set of phrases: make one with musegan-train prepare")
    try:
        manifest = json.loads((path / _MANIFEST).read_text("utf-8"))
        _check_manifest(path, manifest)
        onset, sustain = (np.load(path / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _CELLS)
        song, held_out = (np.load(path / f"{name}.npy", allow_pickle=False) for name in ("song", "held_out"))
    except PhrasesError:
        raise
    except FileNotFoundError as error:
        name = Path(str(error.filename)).name
        raise PhrasesError(f"{path}: not a set of phrases: it has no {name}") from error
    except (EOFError, OSError, ValueError) as error:
        raise PhrasesError(f"{path}: not a set of phrases ({error}): make one with musegan-train prepare") from error
    phrases = Phrases(onset, sustain, song, held_out, manifest)
    _check_arrays(path, phrases)
    return phrases


def describe_spec(spec: ModelSpec) -> dict[str, Any]:
    """Return the part of a manifest that says what the arrays' axes are."""
    return {
        "format_version": FORMAT_VERSION,
        "tracks": list(spec.track_names),
        "programs": [track.program for track in spec.tracks],
        "is_drum": [track.is_drum for track in spec.tracks],
        "n_measures": spec.n_measures,
        "beat_resolution": spec.beat_resolution,
        "lowest_pitch": spec.lowest_pitch,
        "n_pitches": spec.n_pitches,
        "key": spec.key,
    }


def _check_manifest(path: Path, manifest: object) -> None:
    version = manifest.get("format_version") if isinstance(manifest, dict) else None
    if not isinstance(manifest, dict) or version not in _READABLE:
        raise PhrasesError(f"{path}: format_version must be {' or '.join(map(str, _READABLE))}, got {version}")
    names = ("tracks", "n_measures", "beat_resolution", "lowest_pitch", "n_pitches", "key", "songs")
    if missing := [name for name in names if name not in manifest]:
        raise PhrasesError(f"{path}: manifest.json has no {', '.join(missing)}")


def _check_arrays(path: Path, phrases: Phrases) -> None:
    manifest = phrases.manifest
    n_bytes = -(-int(manifest["n_pitches"]) // 8)
    n_steps = int(manifest["beat_resolution"]) * 4
    n_bars = phrases.n_before + int(manifest["n_measures"])
    shape = (len(phrases.song), n_bars, len(manifest["tracks"]), n_steps, n_bytes)
    for name, array in (("onset", phrases.onset), ("sustain", phrases.sustain)):
        if array.shape != shape or array.dtype != np.uint8:
            raise PhrasesError(f"{path}: {name} must be uint8 {shape}, got {array.dtype} {array.shape}")
    if phrases.held_out.shape != phrases.song.shape or phrases.held_out.dtype != np.bool_:
        raise PhrasesError(f"{path}: held_out must be bool {phrases.song.shape}, got {phrases.held_out.dtype}")
    if len(phrases.song) and not 0 <= phrases.song.min() <= phrases.song.max() < len(manifest["songs"]):
        raise PhrasesError(f"{path}: song must be in 0..{len(manifest['songs']) - 1}, got {phrases.song.max()}")
