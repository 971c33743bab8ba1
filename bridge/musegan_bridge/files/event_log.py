"""All that happens in a show as lines of JSON, written as it goes and read back; it must not know what it means."""

from __future__ import annotations

import dataclasses
import functools
import json
import logging
import math
import os
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from musegan_bridge import __version__
from musegan_bridge.files.scribe import Scribe
from musegan_bridge.show.events import Committed, Event, Expected, Moved, Muted, Played, Received, Silenced
from musegan_models.notes import Note
from musegan_models.spec import ModelSpec, Track

logger = logging.getLogger(__name__)

FORMAT = 2
"""Version of the lines; a reader of a later one reads all earlier ones. 2 has what was expected, and chords."""

Logged = Committed | Expected | Moved | Muted | Played | Received | Silenced
"""What is written: all else follows from it."""

_KINDS = {kind.__name__.lower(): kind for kind in (Committed, Expected, Moved, Muted, Played, Received, Silenced)}
_RANGES = {"pitch": (0, 127), "velocity": (0, 127), "tempo": (1, 1000)}  # what would stop a replay
_NOTE = typing.get_type_hints(Note)


class LogError(ValueError):
    """A log that cannot be read; the text names the file, the line and the field."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a show was begun with: the first line."""

    format: int
    program: str  # version of it
    bundle: str  # name of the band
    seed: int
    tracks: tuple[Track, ...]
    measures: int  # bars of a phrase

    @classmethod
    def of(cls, spec: ModelSpec, seed: int) -> Header:
        """Return the header of a show that begins now."""
        return cls(FORMAT, __version__, spec.name, seed, spec.tracks, spec.n_measures)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event, and when it happened: a bar is committed before it sounds."""

    at: float  # Unix seconds
    event: Logged


@dataclass(frozen=True, slots=True)
class Log:
    """A show, as it was written down."""

    header: Header
    entries: Sequence[Entry]  # in the order in which they happened
    is_cut: bool = False  # the program was killed while it wrote the last line, which is left out


class EventLog(Scribe[Entry]):
    """A sink: every event of `Logged` is a line."""

    def __init__(self, path: Path, header: Header, clock: Callable[[], float]) -> None:
        """Begin a log; one that is there already is not touched.

        Raises:
            OSError: It cannot be written, or is there already.

        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._head = _line("show", header)
        self._clock = clock
        try:
            with path.open("xb") as file:
                file.write(self._head)
        except FileExistsError as error:
            raise FileExistsError(f"{path} is there already: it is not written over") from error
        self._size = len(self._head)  # bytes that are on disk
        self._lines: list[bytes] = []  # and those that are not
        self._is_bar = False  # one of them is a bar
        super().__init__(path)

    def take(self, event: Event) -> None:
        """Take one event."""
        if isinstance(event, Logged):
            self.put(Entry(self._clock(), event))

    def _keep(self, item: Entry) -> bool:
        self._lines.append(_line(type(item.event).__name__.lower(), item.event, at=item.at))
        self._is_bar |= isinstance(item.event, Committed | Silenced)
        return True

    def _write(self) -> None:
        if not self._lines:
            return
        if not self.path.exists():  # the folder was taken away, with all that was in it: go on with what comes
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_bytes(self._head)
            self._size = len(self._head)
            logger.warning("%s was taken away: it begins anew", self.path)
        data = b"".join(self._lines)
        with self.path.open("r+b") as file:
            file.truncate(self._size)  # half a line, from when the disk was full
            file.seek(self._size)
            file.write(data)
            file.flush()
            if self._is_bar:
                os.fsync(file.fileno())
        self._size += len(data)
        self._lines.clear()
        self._is_bar = False


def _line(kind: str, value: object, **more: float) -> bytes:
    return json.dumps({**more, kind: _plain(value)}, separators=(",", ":")).encode() + b"\n"


def _plain(value: object) -> object:
    """Return a value as JSON has it: a note as a list, other dataclasses by field, but for what they do not compare."""
    if isinstance(value, Note):
        return [_plain(part) for part in (value.time, value.pitch, value.duration, value.velocity)]
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value) if f.compare}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | int | float | str | None) else float(cast(float, value))


# Reading


def read_log(path: Path) -> Log:
    """Read a log. A last line that was cut short is left out, with a warning.

    Raises:
        LogError: The file cannot be read, is no log, or has a line that is not what it should be.

    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise LogError(f"{path} cannot be read: {error.strerror}") from error
    rest = lines.pop()  # after the last end of line: nothing, or what was cut
    header: Header | None = None
    entries: list[Entry] = []
    for number, line in enumerate(lines, 1):
        where = f"{path}, line {number}"
        if header is None:
            header = _header(line, where)
        else:
            entries.append(_entry(line, where))
    if header is None:
        raise LogError(f"{path} is no log of a show: its first line is cut short")
    if rest:
        logger.warning("%s: line %d was cut short: it is left out", path, len(lines) + 1)
    return Log(header, entries, bool(rest))


def _header(line: bytes, where: str) -> Header:
    data = _record(line, where)
    if not isinstance(show := data.get("show"), dict) or not isinstance(version := show.get("format"), int):
        raise LogError(f"{where}: show.format must be a number: this is no log of a show")
    if version > FORMAT:
        raise LogError(f"{where}: show.format must be in 1..{FORMAT}, got {version}: read it with a newer program")
    return cast(Header, _typed(Header, show, f"{where}: show"))


def _entry(line: bytes, where: str) -> Entry:
    data = _record(line, where)
    kind = next((name for name in data if name in _KINDS), None)
    if kind is None or set(data) != {"at", kind}:
        raise LogError(f"{where}: must have at and one of {', '.join(_KINDS)}, got {', '.join(data) or 'nothing'}")
    at = cast(float, _typed(float, data["at"], f"{where}: at"))
    return Entry(at, cast(Logged, _typed(_KINDS[kind], data[kind], f"{where}: {kind}")))


def _record(line: bytes, where: str) -> dict[str, object]:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise LogError(f"{where}: must be JSON: {error}") from error
    if not isinstance(data, dict):
        raise LogError(f"{where}: must be an object, got {_short(data)}")
    return data


def _typed(kind: object, data: object, where: str) -> object:
    """Return JSON as a value of a type; raise LogError saying where it is something else."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if kind is Note:
        if not isinstance(data, list) or len(data) != 4:
            raise LogError(f"{where} must be [time, pitch, duration, velocity], got {_short(data)}")
        return Note._make(_typed(_NOTE[name], part, f"{where}.{name}") for name, part in zip(_NOTE, data, strict=True))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _built(kind, data, where)
    if origin in (typing.Union, types.UnionType):
        for choice in args:
            if _fits(choice, data):
                return _typed(choice, data, where)
        raise LogError(f"{where} must be {' or '.join(_name(choice) for choice in args)}, got {_short(data)}")
    plain = origin or kind
    if not _fits(kind, data):
        raise LogError(f"{where} must be {_name(kind)}, got {_short(data)}")
    if isinstance(data, dict) and args:
        return {key: _typed(args[1], part, f"{where}.{key}") for key, part in data.items()}
    if isinstance(data, list) and args:
        kinds = [args[0]] * len(data) if plain is not tuple or args[-1] is ... else list(args)
        if len(kinds) != len(data):
            raise LogError(f"{where} must be {len(kinds)} values, got {len(data)}")
        parts = [_typed(k, part, f"{where}[{i}]") for i, (k, part) in enumerate(zip(kinds, data, strict=True))]
        return tuple(parts) if plain is tuple else parts
    if isinstance(data, int | float) and not isinstance(data, bool):
        low, high = _RANGES.get(where.rsplit(".", 1)[-1], (-math.inf, math.inf))
        if not low <= data <= high or not math.isfinite(data):
            raise LogError(f"{where} must be in {low}..{high}, got {data}")
        return float(data) if kind is float else data
    return data


def _fits(kind: object, data: object) -> bool:
    """Return whether JSON is of a type, without what is in it."""
    origin = typing.get_origin(kind) or kind
    if origin is object:
        return True
    if origin in (int, float):
        return isinstance(data, int if origin is int else int | float) and not isinstance(data, bool)
    if origin in (str, bool, types.NoneType):
        return isinstance(data, cast(type, origin))
    return isinstance(data, dict if origin is Mapping or dataclasses.is_dataclass(origin) else list)


def _built(kind: type, data: object, where: str) -> object:
    if not isinstance(data, dict):
        raise LogError(f"{where} must be an object, got {_short(data)}")
    hints, needed = _fields(kind)
    if unknown := sorted(set(data) - set(hints)):
        raise LogError(f"{where}.{unknown[0]} is not known: it must be one of {', '.join(hints)}")
    if missing := [name for name in needed if name not in data]:
        raise LogError(f"{where}.{missing[0]} is missing")
    return kind(**{name: _typed(hints[name], part, f"{where}.{name}") for name, part in data.items()})


@functools.cache
def _fields(kind: type) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return the type of each field that is written, and those that have no default."""
    hints, fields = typing.get_type_hints(kind), [f for f in dataclasses.fields(kind) if f.compare]
    needed = [f.name for f in fields if f.default is f.default_factory is dataclasses.MISSING]
    return {f.name: hints[f.name] for f in fields}, tuple(needed)


def _name(kind: object) -> str:
    names = {int: "a whole number", float: "a number", str: "a string", bool: "true or false", types.NoneType: "null"}
    if kind in names:
        return names[kind]
    return "an object" if typing.get_origin(kind) is Mapping or dataclasses.is_dataclass(kind) else "a list"


def _short(data: object) -> str:
    text = json.dumps(data)
    return text if len(text) <= 40 else f"{text[:37]}..."
