"""Pianoroll file of the Lakh Pianoroll Dataset to score; it must not know bands or phrases.

LPD's .npz files are what pypianoroll saves: `info.json` names resolution and tracks, and each track is a sparse matrix
(time, 128 pitches) in the compressed-column form of scipy. Reading that takes no pickle and needs no scipy.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musegan_train.data.scores import (
    BEATS_PER_MEASURE,
    MAX_MEASURES,
    DroppedSongError,
    Part,
    Score,
    origin_from_offset,
)

_MAX_RESOLUTION = 960  # ticks per beat; LPD has 24
_MAX_BYTES = 1 << 28  # of one array once unpacked


def score_from_npz(data: bytes, is_strict: bool = False) -> Score:
    """Read one pypianoroll Multitrack, of LPD, of LPD-5 or your own, written by any version of pypianoroll.

    A run of sounding steps is a note: a pianoroll has no other. Velocities are left out. Bars are where `downbeat`
    says; without it they begin at step 0. `is_strict`: the first downbeat has to be at step 0, as LPD was cleansed by.

    Raises:
        DroppedSongError: The file is broken, not a pianoroll, or not in 4/4.

    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return _score(file, is_strict)
    except DroppedSongError:
        raise
    except (AttributeError, EOFError, LookupError, NotImplementedError, OSError, RuntimeError, TypeError, ValueError,
            zipfile.BadZipFile, zlib.error) as error:  # fmt: skip
        raise DroppedSongError("unreadable") from error


def _score(file: zipfile.ZipFile, is_strict: bool) -> Score:
    if "info.json" not in file.namelist():
        raise DroppedSongError("not a pianoroll file")
    info: dict[str, Any] = json.loads(_read(file, "info.json"))
    resolution = int(info["resolution"] if "resolution" in info else info["beat_resolution"])
    if not 0 < resolution <= _MAX_RESOLUTION:
        raise DroppedSongError("unreadable")
    parts, n = [], 0
    while str(n) in info:
        start, end, pitch = _notes(file, f"pianoroll_{n}", resolution)
        if len(start):
            program, is_drum = int(info[str(n)]["program"]), bool(info[str(n)]["is_drum"])
            if not 0 <= program <= 127:
                raise DroppedSongError("unreadable")
            parts.append(Part(program, is_drum, start, end, pitch))
        n += 1
    return Score(tuple(parts), resolution, _first_bar_line(file, resolution, is_strict))


def _read(file: zipfile.ZipFile, name: str) -> bytes:
    if file.getinfo(name).file_size > _MAX_BYTES:
        raise DroppedSongError("unreadable")
    return file.read(name)


def _array(file: zipfile.ZipFile, name: str) -> NDArray[Any]:
    return np.asarray(np.lib.format.read_array(io.BytesIO(_read(file, f"{name}.npy")), allow_pickle=False))


def _notes(
    file: zipfile.ZipFile, name: str, resolution: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return start, end and pitch of the runs of one sparse matrix."""
    velocity, step = _array(file, f"{name}_csc_data"), _array(file, f"{name}_csc_indices").astype(np.int64)
    pointers = _array(file, f"{name}_csc_indptr").astype(np.int64)
    n_steps, n_pitches = (int(size) for size in _array(file, f"{name}_csc_shape"))
    is_sparse = len(pointers) == n_pitches + 1 and len(step) == len(velocity) == pointers[-1]
    if not is_sparse or n_pitches != 128 or (len(step) and not 0 <= step.min() <= step.max() < n_steps):
        raise DroppedSongError("unreadable")
    if n_steps > MAX_MEASURES * BEATS_PER_MEASURE * resolution:
        raise DroppedSongError(f"longer than {MAX_MEASURES} bars")
    pitch = np.repeat(np.arange(n_pitches), np.diff(pointers))
    cell = np.sort((pitch * (n_steps + 1) + step)[velocity > 0])  # a gap between pitches ends every run
    first = np.flatnonzero(np.diff(cell, prepend=-2) != 1)
    last = np.append(first[1:], len(cell))[: len(first)] - 1
    return cell[first] % (n_steps + 1), cell[last] % (n_steps + 1) + 1, cell[first] // (n_steps + 1)


def _first_bar_line(file: zipfile.ZipFile, resolution: int, is_strict: bool) -> int:
    measure = BEATS_PER_MEASURE * resolution
    downbeats = np.flatnonzero(_array(file, "downbeat")) if "downbeat.npy" in file.namelist() else np.zeros(0, np.int64)
    if not len(downbeats):
        return 0
    if is_strict and downbeats[0] > 0:
        raise DroppedSongError("first beat after the start")
    if (np.diff(downbeats) != measure).any():
        raise DroppedSongError("not 4/4 throughout")
    return origin_from_offset(int(downbeats[0]), measure)
