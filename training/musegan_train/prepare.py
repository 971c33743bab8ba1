"""A folder of MIDI files to a set of phrases; it must not know what is trained on them."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec
from musegan_train.midi import DroppedSongError, Song, estimate_key, song_from_midi, transpose
from musegan_train.phrases import Phrases, describe_spec, pack

HELD_OUT_SHARE = 0.08
"""Share of the songs that training never sees."""

_CHUNK = 16  # files for one message to a worker


@dataclass(frozen=True, slots=True)
class Rules:
    """Which four-bar windows of a song become phrases."""

    hop: int = 4  # bars from one window to the next
    min_active_measures: int = 2  # bars with an onset that each track needs
    min_onsets: int = 3  # onsets that each track needs
    min_grid_fit: float = 0.85  # share of the onsets within 1/24 beat of the grid, 0..1
    max_phrases: int = 64  # of one song

    def __post_init__(self) -> None:
        """Raise ValueError where a field is out of range."""
        if self.hop < 1:
            raise ValueError(f"hop must be 1 or more bars, got {self.hop}")


@dataclass(frozen=True, slots=True, eq=False)
class PreparedSong:
    """What one file became: phrases, or the reason why there are none."""

    md5: str
    path: str
    reason: str = ""  # empty where the song is used
    key: str = ""
    transposition: int = 0  # semitones, -6..5
    planes: NDArray[np.uint8] | None = None  # packed, (n, 2, n_measures, n_tracks, n_steps, n_bytes)
    windows: dict[str, int] = field(default_factory=dict)  # dropped windows by reason


def find_files(folder: Path) -> list[Path]:
    """Return all MIDI files under `folder`, sorted."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".mid", ".midi") and path.is_file())


def prepare(
    folder: Path,
    spec: ModelSpec,
    rules: Rules = Rules(),
    workers: int = 1,
    report: Callable[[int], None] = lambda n_files: None,
) -> Phrases:
    """Make a set of phrases out of all MIDI files under `folder`; the result does not depend on `workers`.

    A file that cannot be used never stops it: `manifest["dropped"]` names each with its reason. `report` is called with
    the number of files done since its last call.

    Raises:
        ValueError: No file gave a phrase.

    """
    songs: list[PreparedSong] = []
    for chunk in _prepare_all(folder, find_files(folder), spec, rules, workers):
        songs.extend(chunk)
        report(len(chunk))
    songs.sort(key=lambda song: (song.md5, song.path))
    used, dropped = _drop_copies(songs)
    if not used:
        reasons = ", ".join(f"{n} {reason}" for reason, n in Counter(song.reason for song in dropped).items())
        raise ValueError(f"{folder}: no phrase in {len(songs)} MIDI files ({reasons or 'it holds none'})")
    planes = [song.planes for song in used if song.planes is not None]
    counts = [len(array) for array in planes]
    held_out = [is_held_out(song.md5) for song in used]
    windows = sum((Counter(song.windows) for song in songs), Counter[str]())
    manifest = {
        **describe_spec(spec),
        "rules": {name: getattr(rules, name) for name in Rules.__slots__},
        "songs": [
            {"md5": s.md5, "path": s.path, "phrases": n, "key": s.key, "transposition": s.transposition, "held_out": h}
            for s, n, h in zip(used, counts, held_out, strict=True)
        ],
        "dropped": [{"md5": song.md5, "path": song.path, "reason": song.reason} for song in dropped],
        "dropped_by_reason": dict(Counter(song.reason for song in dropped).most_common()),
        "dropped_windows_by_reason": dict(windows.most_common()),
    }
    return Phrases(
        onset=np.concatenate([array[:, 0] for array in planes]),
        sustain=np.concatenate([array[:, 1] for array in planes]),
        song=np.repeat(np.arange(len(used), dtype=np.int32), counts),
        held_out=np.repeat(np.array(held_out), counts),
        manifest=manifest,
    )


def prepare_song(data: bytes, path: str, spec: ModelSpec, rules: Rules) -> PreparedSong:
    """Make the phrases of one MIDI file; `path` is what the manifest calls it."""
    md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
    try:
        song = song_from_midi(data, spec)
        key, semitones = estimate_key(song, spec)
        song = transpose(song, semitones, spec)
        if not len(song.start):
            raise DroppedSongError("lacks one of the five tracks")
    except DroppedSongError as reason:
        return PreparedSong(md5, path, reason=str(reason))
    planes = measures_from_song(song, spec)
    starts, windows = choose_windows(song, planes[0], spec, rules)
    phrases = pack(planes)[:, starts[:, None] + np.arange(spec.n_measures)].swapaxes(0, 1)
    phrases = _drop_repeats(phrases, windows)
    if len(phrases) > rules.max_phrases:
        windows["more than the most phrases of one song"] += len(phrases) - rules.max_phrases
        phrases = phrases[np.linspace(0, len(phrases) - 1, rules.max_phrases).round().astype(int)]
    if not len(phrases):
        return PreparedSong(md5, path, reason="no phrase in which all tracks play on the grid", windows=windows)
    return PreparedSong(md5, path, "", key, semitones, phrases, windows)


def is_held_out(md5: str) -> bool:
    """Tell whether a song is kept from training: by its content alone, so that every data set splits it alike."""
    return int(md5[:8], 16) < HELD_OUT_SHARE * 16**8


def measures_from_song(song: Song, spec: ModelSpec) -> NDArray[np.bool_]:
    """Draw the notes, each bar complete in itself.

    Returns bool `(2, n_bars, n_tracks, n_steps, n_pitches)`, planes onset and sustain, which are disjoint. A note held
    over a bar line is cut there; its rest is struck again if at least one beat of it remains, and dropped otherwise.
    A note struck while it sounds ends where it is struck. Drums have onsets only.
    """
    n_steps = spec.measure_resolution
    # Of notes that start together the longest stays: it sorts first.
    order = np.lexsort((-song.end, song.start, song.pitch, song.track))
    track, pitch, start, end = (array[order] for array in (song.track, song.pitch, song.start, song.end))
    same_string = (track[1:] == track[:-1]) & (pitch[1:] == pitch[:-1])
    first = np.append(True, ~(same_string & (start[1:] == start[:-1])))
    track, pitch, start, end = (array[first] for array in (track, pitch, start, end))
    same_string = (track[1:] == track[:-1]) & (pitch[1:] == pitch[:-1])
    end[:-1] = np.where(same_string, np.minimum(end[:-1], start[1:]), end[:-1])
    is_drum = np.array([player.is_drum for player in spec.tracks])[track]
    end = np.where(is_drum, start + 1, end)

    # One piece for each bar that a note touches.
    note, number = _enumerate_repeats((end - 1) // n_steps - start // n_steps + 1)
    measure = start[note] // n_steps + number
    piece_start = np.maximum(start[note], measure * n_steps)
    piece_end = np.minimum(end[note], (measure + 1) * n_steps)
    stays = (number == 0) | (end[note] - piece_start >= n_steps // BEATS_PER_MEASURE)
    note, measure, piece_start, piece_end = (array[stays] for array in (note, measure, piece_start, piece_end))

    planes = np.zeros((2, int(measure.max()) + 1, spec.n_tracks, n_steps, spec.n_pitches), np.bool_)
    planes[0, measure, track[note], piece_start % n_steps, pitch[note] - spec.lowest_pitch] = True
    piece, number = _enumerate_repeats(piece_end - piece_start - 1)
    step = (piece_start[piece] + 1 + number) % n_steps
    planes[1, measure[piece], track[note][piece], step, pitch[note][piece] - spec.lowest_pitch] = True
    return planes


def choose_windows(
    song: Song, onset: NDArray[np.bool_], spec: ModelSpec, rules: Rules
) -> tuple[NDArray[np.int64], Counter[str]]:
    """Return the first bars of the windows that may become phrases, and the number of dropped ones by reason.

    `onset` is `(n_bars, n_tracks, n_steps, n_pitches)`. Windows start at the first bar that sounds.
    """
    onsets = onset.sum(axis=(2, 3))  # (n_bars, n_tracks)
    starts = np.arange(int(np.argmax(onsets.any(axis=1))), len(onsets) - spec.n_measures + 1, rules.hop)
    window = starts[:, None] + np.arange(spec.n_measures)
    plays = ((onsets[window] > 0).sum(axis=1) >= rules.min_active_measures) & (
        onsets[window].sum(axis=1) >= rules.min_onsets
    )
    measure = song.start // spec.measure_resolution
    struck = np.bincount(measure, minlength=len(onsets))
    on_grid = np.bincount(measure, weights=song.is_on_grid, minlength=len(onsets))
    all_play = plays.all(axis=1)
    fits = on_grid[window].sum(axis=1) >= rules.min_grid_fit * struck[window].sum(axis=1)
    dropped = Counter({"a track rests": int((~all_play).sum()), "off the grid": int((all_play & ~fits).sum())})
    return starts[all_play & fits], dropped


def _enumerate_repeats(counts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (0, 0, 1, ...) and (0, 1, 0, ...) for counts (2, 1, ...): whose item, and which of them."""
    owner = np.repeat(np.arange(len(counts)), counts)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)


def _drop_repeats(phrases: NDArray[np.uint8], windows: Counter[str]) -> NDArray[np.uint8]:
    first = {phrase.tobytes(): n for n, phrase in reversed(list(enumerate(phrases)))}
    windows["repeats another of the song"] += len(phrases) - len(first)
    return phrases[sorted(first.values())]


def _drop_copies(songs: Iterable[PreparedSong]) -> tuple[list[PreparedSong], list[PreparedSong]]:
    used: dict[str, PreparedSong] = {}
    dropped = []
    for song in songs:
        if song.reason:
            dropped.append(song)
        elif song.md5 in used:
            dropped.append(PreparedSong(song.md5, song.path, reason="same file twice"))
        else:
            used[song.md5] = song
    return list(used.values()), dropped


def _prepare_files(folder: Path, files: Sequence[Path], spec: ModelSpec, rules: Rules) -> list[PreparedSong]:
    songs = []
    for file in files:
        path = file.relative_to(folder).as_posix()
        try:
            songs.append(prepare_song(file.read_bytes(), path, spec, rules))
        except OSError:
            songs.append(PreparedSong("", path, reason="unreadable"))
    return songs


def _prepare_all(
    folder: Path, files: list[Path], spec: ModelSpec, rules: Rules, workers: int
) -> Iterator[list[PreparedSong]]:
    chunks = [files[n : n + _CHUNK] for n in range(0, len(files), _CHUNK)]
    if workers <= 1:
        for chunk in chunks:
            yield _prepare_files(folder, chunk, spec, rules)
        return
    crashed: list[Path] = []
    # spawn: a fork of a process with threads (a progress bar is one) may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        futures: dict[Future[list[PreparedSong]], list[Path]] = {}
        for chunk in chunks:
            futures[pool.submit(_prepare_files, folder, chunk, spec, rules)] = chunk
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                crashed.extend(futures[future])
    # A file that takes the C++ parser down took its neighbours with it: each again, alone.
    for file in crashed:
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            try:
                yield pool.submit(_prepare_files, folder, [file], spec, rules).result()
            except BrokenProcessPool:
                yield [_crashed(folder, file)]


def _crashed(folder: Path, file: Path) -> PreparedSong:
    md5 = hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
    return PreparedSong(md5, file.relative_to(folder).as_posix(), reason="crashes the parser")


def summarize(phrases: Phrases, seconds: float) -> dict[str, Any]:
    """Return what `prepare` reports at its end, in the order to print it."""
    manifest = phrases.manifest
    return {
        "songs read": len(manifest["songs"]) + len(manifest["dropped"]),
        "songs used": len(manifest["songs"]),
        **{f"songs dropped: {reason}": n for reason, n in manifest["dropped_by_reason"].items()},
        "phrases": len(phrases),
        "phrases held out": int(phrases.held_out.sum()),
        **{f"windows dropped: {reason}": n for reason, n in manifest["dropped_windows_by_reason"].items()},
        "seconds": round(seconds, 1),
    }
