"""Folders of songs to a set of phrases; it must not know what is trained on them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musegan_train.data.bands import BANDS
from musegan_train.data.downbeat import place_downbeat
from musegan_train.data.identity import Fingerprint, fingerprint, group_songs, split, title_from_path
from musegan_train.data.key import estimate_key
from musegan_train.data.lpd import score_from_npz
from musegan_train.data.measures import chroma_from_measures, measures_from_song
from musegan_train.data.midi import score_from_midi
from musegan_train.data.phrases import Writer, describe_spec, pack
from musegan_train.data.rules import Rules
from musegan_train.data.scores import DroppedSongError
from musegan_train.data.segment import Section, structure_from_chroma
from musegan_train.data.songs import Song, lacks_tracks, song_from_score, transpose
from musegan_train.data.spread import spread, spread_by_dask
from musegan_train.data.windows import choose_windows, starts_by_hop, starts_by_section

SUFFIXES = (".mid", ".midi", ".npz")
"""Files that are read: MIDI, and the pianorolls of the Lakh Pianoroll Dataset."""

_RULES = Rules()
_BATCH_FILES = 8  # for one message to a worker
_BATCH_BYTES = 1 << 21
_MAX_BYTES = 1 << 26  # of one file: a longer one is no song
_N_BEFORE = 1  # bars kept of what is played before a phrase: a band has to go on from there


@dataclass(frozen=True, slots=True)
class Source:
    """One file, and what the manifest calls it."""

    path: str  # relative to the folder, with forward slashes
    data: bytes | None  # None where it could not be read


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A song that passed the rules for songs, drawn."""

    song: Song
    planes: NDArray[np.bool_]  # (2, n_bars, n_tracks, n_steps, n_pitches)
    chroma: NDArray[np.float32]  # (n_tracks, n_bars * 4, 12)
    key: str
    transposition: int  # semitones that would take it, or took it, to C major or A minor, -6..5
    moved_bars: int  # 16ths, 0..15


@dataclass(frozen=True, slots=True, eq=False)
class PreparedSong:
    """What one file became: phrases, or the reason why there are none."""

    md5: str
    path: str
    reason: str = ""  # empty where the song is used
    key: str = ""
    transposition: int = 0  # semitones, -6..5
    moved_bars: int = 0  # 16ths by which the drums moved the bar lines, 0..15
    planes: NDArray[np.uint8] | None = None  # packed, (n, 2, 1 + n_measures, n_tracks, n_steps, n_bytes)
    windows: dict[str, int] = field(default_factory=dict)  # dropped windows by reason
    sections: tuple[Section, ...] = ()  # where they were asked for
    in_a_row: tuple[tuple[int, int], ...] = ()  # first bar of each phrase that was found, and which of `planes` it is
    fingerprint: Fingerprint | None = None


def find_files(folders: Sequence[Path]) -> list[tuple[str, Path]]:
    """Return all songs under `folders`, sorted, each with its path in the folder; of several, the folder's name too."""
    found = []
    for folder in folders:
        prefix = f"{folder.resolve().name}/" if len(folders) > 1 else ""
        found += [
            (prefix + path.relative_to(folder).as_posix(), path)
            for path in folder.rglob("*")
            if path.suffix.lower() in SUFFIXES and path.is_file()
        ]
    return sorted(found)


def prepare(
    folders: Sequence[Path],
    output: Path,
    rules: Rules = _RULES,
    workers: int = 1,
    *,
    dask: str = "",
    about: dict[str, str] | None = None,
    split_as: Mapping[str, bool] | None = None,
    report: Callable[[int], None] = lambda n_files: None,
) -> dict[str, Any]:
    """Write the phrases of all songs under `folders` to the folder `output`; return its manifest.

    The result does not depend on `workers` or on `dask`, the address of a Dask scheduler. A file that cannot be used
    never stops it: `manifest["dropped"]` names each with its reason. Memory does not grow with the number of phrases.
    `about` goes into the manifest: licence, attribution. `split_as`: MD5 -> whether a song is held out, for songs whose
    side is known from another set: see `identity.split`. `report` is called with the number of files done since its
    last call.

    Raises:
        ValueError: No file gave a phrase, `output` holds something else, or no cluster answers.

    """
    spec, files = rules.spec, find_files(folders)
    work = partial(prepare_songs, rules=rules)
    batches = _batches(files)
    results = spread_by_dask(work, batches, dask, _crashed) if dask else spread(work, batches, workers, _crashed)
    used: list[dict[str, Any]] = []
    dropped: list[dict[str, Any]] = []
    fingerprints: list[Fingerprint] = []
    windows: Counter[str] = Counter()
    seen: set[str] = set()
    shape = (_N_BEFORE + spec.n_measures, spec.n_tracks, spec.measure_resolution, spec.n_pitches)
    with Writer(output, *shape) as writer, closing(results):
        for songs in results:
            for song in songs:
                reason = "same file twice" if song.md5 and song.md5 in seen else song.reason
                seen.add(song.md5)
                if reason != "same file twice":
                    windows += Counter(song.windows)
                if reason or song.planes is None or song.fingerprint is None:
                    dropped.append({"md5": song.md5, "path": song.path, "reason": reason})
                    continue
                writer.append(song.planes)
                used.append(_describe(song, len(song.planes)))
                fingerprints.append(song.fingerprint)
            report(len(songs))
        reasons = dict(Counter(song["reason"] for song in dropped).most_common())
        if not used:
            told = ", ".join(f"{n} {reason}" for reason, n in reasons.items()) or "there are none"
            raise ValueError(f"{', '.join(map(str, folders))}: no phrase in {len(files)} files ({told})")
        titles = [title_from_path(song["path"]) for song in used]
        md5s = [song["md5"] for song in used]
        identities = group_songs(titles, fingerprints, md5s)
        names = [title or md5 for title, md5 in zip(titles, md5s, strict=True)]
        for entry, identity, held_out in zip(
            used, identities, split(names, md5s, identities, split_as or {}), strict=True
        ):
            entry["identity"], entry["held_out"] = identity, held_out
        counts = [song["phrases"] for song in used]
        manifest = {
            **describe_spec(spec),
            "n_before": _N_BEFORE,
            "rules": rules.to_dict(),
            **{name: (about or {}).get(name, "") for name in ("licence", "attribution")},
            "phrases": writer.n_phrases,
            "distinct_songs": len({song["identity"] for song in used}),
            "sections": sum(len(song.get("sections", ())) for song in used),
            "songs_with_moved_bars": sum(song["moved_bars"] > 0 for song in used),
            "dropped_by_reason": reasons,
            "dropped_windows_by_reason": {reason: n for reason, n in windows.most_common() if n},
            "songs": used,
            "dropped": dropped,
        }
        writer.finish(
            np.repeat(np.arange(len(used), dtype=np.int32), counts),
            np.repeat(np.array([song["held_out"] for song in used]), counts),
            manifest,
        )
    return manifest


def prepare_songs(sources: list[Source], rules: Rules) -> list[PreparedSong]:
    """Make the phrases of some files."""
    return [prepare_song(source, rules) for source in sources]


def prepare_song(source: Source, rules: Rules) -> PreparedSong:
    """Make the phrases of one file."""
    if source.data is None:
        return PreparedSong("", source.path, reason="unreadable")
    md5, spec = _md5(source.data), rules.spec
    try:
        drawn = draw_song(source.path, source.data, rules)
    except DroppedSongError as error:
        return PreparedSong(md5, source.path, reason=str(error))
    packed = pack(drawn.planes)
    sections: tuple[Section, ...] = ()
    if rules.segment == "structure":
        sections = structure_from_chroma(drawn.chroma.sum(axis=0)).sections
        starts = starts_by_section(sections, packed.shape[1])
    else:
        starts = starts_by_hop(packed[0].any(axis=(1, 2, 3)), rules.hop, spec.n_measures)
    starts, windows = choose_windows(drawn.song, packed, starts, spec, rules)
    bass = spec.track_names.index("bass")
    in_c = np.roll(drawn.chroma, drawn.transposition if rules.key == "keep" else 0, axis=-1)
    # Bar i is at _N_BEFORE + i here.
    from_before = np.concatenate([np.zeros_like(packed[:, :_N_BEFORE]), packed], axis=1)
    phrases = from_before[:, starts[:, None] + np.arange(_N_BEFORE + spec.n_measures)].swapaxes(0, 1)
    phrases, which = _drop_repeats(phrases, windows)
    if len(phrases) > rules.max_phrases:
        windows["more than the most phrases of one song"] += len(phrases) - rules.max_phrases
        kept = np.linspace(0, len(phrases) - 1, rules.max_phrases).round().astype(int)
        phrases, places = phrases[kept], {int(n): place for place, n in enumerate(kept)}
        which = [places.get(n, -1) for n in which]
    if not len(phrases):
        reason = "no phrase in which all tracks play on the grid"
        if rules.n_tracks_needed < spec.n_tracks:
            reason = f"no phrase in which {rules.n_tracks_needed} tracks play on the grid"
        return PreparedSong(md5, source.path, reason=reason, windows=windows)
    return PreparedSong(
        md5,
        source.path,
        key=drawn.key,
        transposition=0 if rules.key == "keep" else drawn.transposition,
        moved_bars=drawn.moved_bars,
        planes=phrases,
        windows=windows,
        sections=sections,
        in_a_row=tuple((bar, n) for bar, n in zip(starts.tolist(), which, strict=True) if n >= 0),
        fingerprint=fingerprint(in_c.sum(axis=0), in_c[bass]),
    )


def draw_song(path: str, data: bytes, rules: Rules) -> Drawn:
    """Read one file and draw its tracks; `path` tells by its suffix what it is.

    Raises:
        DroppedSongError: A rule drops the song.

    """
    spec = rules.spec
    read = score_from_npz if path.lower().endswith(".npz") else score_from_midi
    score, moved_bars = place_downbeat(read(data, is_strict=rules.cleansing == "lpd"), rules.downbeat)
    song = song_from_score(score, BANDS[rules.band], spec, rules.tracks, rules.n_tracks_needed)
    key, semitones = estimate_key(song, spec)
    if rules.key == "select" and semitones:
        raise DroppedSongError("not in C major or A minor")
    song = transpose(song, 0 if rules.key == "keep" else semitones, spec)
    if not len(song.start):
        raise DroppedSongError(lacks_tracks(rules.n_tracks_needed, spec))
    planes = measures_from_song(song, spec)
    return Drawn(song, planes, chroma_from_measures(planes, spec), key, semitones, moved_bars)


def summarize(manifest: dict[str, Any], held_out: NDArray[np.bool_], seconds: float) -> dict[str, Any]:
    """Return what `prepare` reports at its end, in the order to print it."""
    return {
        "files read": len(manifest["songs"]) + len(manifest["dropped"]),
        "files used": len(manifest["songs"]),
        "distinct songs in them": manifest["distinct_songs"],
        **{f"files dropped: {reason}": n for reason, n in manifest["dropped_by_reason"].items()},
        "songs whose bar lines moved": manifest["songs_with_moved_bars"],
        **({"sections": manifest["sections"]} if manifest["sections"] else {}),
        "phrases": manifest["phrases"],
        "phrases held out": int(held_out.sum()),
        **{f"windows dropped: {reason}": n for reason, n in manifest["dropped_windows_by_reason"].items()},
        "seconds": round(seconds, 1),
    }


def _batches(files: Sequence[tuple[str, Path]]) -> Iterator[list[Source]]:
    batch: list[Source] = []
    size = 0
    for name, path in files:
        try:
            data = path.read_bytes() if path.stat().st_size <= _MAX_BYTES else None
        except OSError:
            data = None
        batch.append(Source(name, data))
        size += len(data or b"")
        if len(batch) == _BATCH_FILES or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _describe(song: PreparedSong, n_phrases: int) -> dict[str, Any]:
    described: dict[str, Any] = {
        "md5": song.md5,
        "path": song.path,
        "phrases": n_phrases,
        "key": song.key,
        "transposition": song.transposition,
        "moved_bars": song.moved_bars,
    }
    if song.in_a_row:
        described["in_a_row"] = [list(place) for place in song.in_a_row]
    if song.sections:
        described["sections"] = [[section.label, section.start, section.n_measures] for section in song.sections]
    return described


def _drop_repeats(phrases: NDArray[np.uint8], windows: Counter[str]) -> tuple[NDArray[np.uint8], list[int]]:
    """Return the phrases, each once, and which of them each of `phrases` is."""
    seen: dict[bytes, int] = {}
    first, which = list[int](), list[int]()
    for n, phrase in enumerate(phrases):
        cells = phrase[:, _N_BEFORE:].tobytes()
        if cells not in seen:
            seen[cells] = len(first)
            first.append(n)
        which.append(seen[cells])
    windows["repeats another of the song"] += len(phrases) - len(first)
    return phrases[first], which


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _crashed(source: Source) -> PreparedSong:
    return PreparedSong(_md5(source.data or b""), source.path, reason="crashes the parser")
