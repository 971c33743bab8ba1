"""Bytes of OSC, in and out; it must not know what any message means, nor sockets.

Messages of numbers and strings, which is all that comes many times a second, are read and written here by hand; the
rarer types go through python-osc, whose bytes and values these are too. Its servers are not used: they sleep on future
timetags and drop large datagrams. Notes are written into a packed numpy template, many times faster than its builder.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from pythonosc.osc_bundle_builder import OscBundleBuilder
from pythonosc.osc_message import OscMessage, ParseError
from pythonosc.osc_message_builder import OscMessageBuilder

from musegan_models.notes import Note

MTU = 1400
"""Bytes of a datagram that no LAN splits; clients' buffers start at 4,096."""

NTP_EPOCH = 2_208_988_800
"""Seconds from 1900, where OSC timetags begin, to 1970."""

DEEPEST = 8
"""Bundles within bundles that are taken."""

_BUNDLE = b"#bundle\0"
_IMMEDIATELY = (0, 1)
_FIXED = {"i": "i", "f": "f", "h": "q", "d": "d"}  # of struct
_CONSTANT = {"T": True, "F": False, "N": None}
_RARE = frozenset("rmt")  # python-osc's; no arrays: a nest of a thousand is a bomb for whoever prints it


class DecodeError(ValueError):
    """A datagram that is not OSC, or holds types that are not taken."""


class Received(NamedTuple):  # not a dataclass: there are 100,000 a second
    """One message of a datagram, in its order."""

    address: str
    args: Sequence[object]
    time: float | None  # Unix seconds of its bundle's timetag; None: a plain message, or "immediately"


# Reading


def decode(datagram: bytes) -> list[Received]:
    """Return the messages of a datagram, those of nested bundles too; raise DecodeError if it is not OSC."""
    found: list[Received] = []
    try:
        _walk(datagram, None, found, 0)
    # What struct, str.decode and python-osc raise where the bytes are no OSC.
    except (ParseError, ValueError, LookupError, TypeError, OverflowError, struct.error) as error:
        raise DecodeError(f"not an OSC packet: {error}") from error
    return found


def _walk(data: bytes, time: float | None, found: list[Received], depth: int) -> None:
    # Not python-osc's OscPacket: it replaces a timetag in the past by now, and logs what it does not understand.
    if data.startswith(b"/"):
        address, args = _parse(data)
        found.append(Received(address, args, time))
    elif data.startswith(_BUNDLE):
        if depth == DEEPEST:
            raise DecodeError(f"bundles must be nested at most {DEEPEST} deep")
        seconds, fraction = struct.unpack_from(">II", data, 8)
        own = None if (seconds, fraction) == _IMMEDIATELY else seconds - NTP_EPOCH + fraction / 2**32
        place = 16
        while place < len(data):
            (size,) = struct.unpack_from(">I", data, place)
            place += 4 + size
            if size == 0 or place > len(data):
                raise DecodeError(f"an element of a bundle must fit in it, got {size} bytes")
            _walk(data[place - size : place], own, found, depth + 1)
    else:
        raise DecodeError("it must begin with / or #bundle")


def _parse(data: bytes) -> tuple[str, list[object]]:
    """Return address and arguments of a message."""
    end = data.find(0)
    types_end = data.find(0, (end | 3) + 1)
    place = (types_end | 3) + 1
    if end < 0 or types_end < 0 or place > len(data):
        return _by_reference(data)  # no types at all, or cut short
    address, types, fixed = _layout(data[:place])
    try:
        return address, _values(data, place, types) if fixed is None else list(fixed.unpack_from(data, place))
    except struct.error:
        return _by_reference(data)  # Reaktor leaves zeros at the end of floats out


@functools.lru_cache(4096)  # the addresses of a show are few; a flood of others pays for its own
def _layout(head: bytes) -> tuple[str, str, struct.Struct | None]:
    """Return address, types and, if all of these are numbers, how they are packed."""
    address, rest = head[: head.find(0)], head[(head.find(0) | 3) + 1 :]
    types = rest[: rest.find(0)].decode()
    if not types.startswith(","):
        raise DecodeError(f"its types must begin with a comma, got {types!r}")
    types = types[1:]
    for tag in types:
        if tag not in _FIXED and tag not in _CONSTANT and tag not in _RARE and tag not in "sb":
            raise DecodeError(f"arguments of type {tag!r} are not taken")
    is_fixed = all(tag in _FIXED for tag in types)
    return address.decode(), types, struct.Struct(">" + "".join(_FIXED[t] for t in types)) if is_fixed else None


def _values(data: bytes, place: int, types: str) -> list[object]:
    """Return arguments that are not all numbers."""
    if not _RARE.isdisjoint(types):
        return _by_reference(data)[1]
    args: list[object] = []
    for tag in types:
        if tag == "s":
            end = data.index(0, place)
            args.append(data[place:end].decode())
            place = (end | 3) + 1
        elif tag == "b":
            (size,) = struct.unpack_from(">i", data, place)
            place += 4
            if not 0 <= size <= len(data) - place:
                raise DecodeError(f"a blob must fit in its message, got {size} bytes")
            args.append(data[place : place + size])
            place += (size + 3) & ~3
        elif tag in _CONSTANT:
            args.append(_CONSTANT[tag])
        else:
            code = _FIXED[tag]
            args.append(struct.unpack_from(">" + code, data, place)[0])
            place += struct.calcsize(">" + code)
        if place > len(data) and tag == "s":
            raise DecodeError("a string must end with its zeros")
    return args


def _by_reference(data: bytes) -> tuple[str, list[object]]:
    parsed = OscMessage(data)
    return parsed.address, parsed.params


# Writing


def message(address: str, types: str, args: Iterable[object]) -> bytes:
    """Return one message; `types` is one OSC type tag for each argument."""
    values = list(args)
    if len(types) != len(values):
        raise ValueError(f"{address} must have {len(types)} arguments ({types}), got {len(values)}")
    parts, place = [_head(address, types)], 0
    for run in types.split("s"):
        if run.strip("if"):
            return _message_by_builder(address, types, values)
        parts.append(struct.pack(">" + run, *values[place : place + len(run)]))
        place += len(run)
        if place < len(values):
            parts.append(_string(str(values[place])))
            place += 1
    return b"".join(parts)


@functools.lru_cache(1024)
def _head(address: str, types: str) -> bytes:
    return _string(address) + _string("," + types)


def _string(text: str) -> bytes:
    data = text.encode()
    return data + bytes(4 - len(data) % 4)


def _message_by_builder(address: str, types: str, args: Sequence[object]) -> bytes:
    builder = OscMessageBuilder(address)
    for tag, value in zip(types, args, strict=True):
        builder.add_arg(value, tag)  # type: ignore[arg-type] # the table has checked it
    return bytes(builder.build().dgram)


def bundle(time: float, messages: Iterable[bytes]) -> bytes:
    """Return a bundle of messages with the timetag of a Unix time."""
    parts = [_BUNDLE, timetag(time)]
    for part in messages:
        parts += [len(part).to_bytes(4), part]
    return b"".join(parts)


def bundles(time: float, messages: Iterable[bytes]) -> list[bytes]:
    """Return messages as bundles within the MTU, all with the timetag of a Unix time; a long message has its own."""
    made: list[bytes] = []
    together: list[bytes] = []
    size = 16
    for part in messages:
        if together and size + 4 + len(part) > MTU:
            made.append(bundle(time, together))
            together, size = [], 16
        together.append(part)
        size += 4 + len(part)
    return [*made, bundle(time, together)] if together else made


def timetag(time: float) -> bytes:
    """Return the eight bytes of the OSC timetag (NTP) of a Unix time.

    >>> timetag(0.5).hex()
    '83aa7e8080000000'
    """
    seconds, fraction = divmod(time, 1)
    return struct.pack(">II", (int(seconds) + NTP_EPOCH) & 0xFFFFFFFF, int(fraction * 2**32))


# Notes

_NOTE_ADDRESS, _NOTE_TYPES = "/musegan/note", "siiffiff"


@functools.cache
def _note_dtype(block: int) -> np.dtype[np.void]:
    """Return one /musegan/note of the table, for tracks whose name fills a string block of so many bytes."""
    return np.dtype(
        [
            ("size", ">i4"),
            ("address", "S16"),
            ("types", "S12"),
            ("track", f"S{block}"),
            ("pitch", ">i4"),
            ("velocity", ">i4"),
            ("seconds", ">f4"),
            ("duration", ">f4"),
            ("bar", ">i4"),
            ("position", ">f4"),
            ("tempo", ">f4"),
        ]
    )


class PackedNotes:
    """Notes of a bar as /musegan/note, all but the timetag and the tempo: packed once, sent to many.

    Pack them where time is plenty: in the thread that made the bar. Notes of one time have no order: those of tracks
    with names of another length come in bundles of their own.
    """

    def __init__(self, bar: int, notes: Sequence[tuple[str, Note]]) -> None:
        names = {name: name.encode() for name, _ in notes}
        blocks = {name: len(data) // 4 * 4 + 4 for name, data in names.items()}  # OSC strings end with 1 to 4 zeros
        self._packed: list[tuple[np.ndarray, np.ndarray]] = []
        sizes = sorted(set(blocks.values()))
        for block in sizes:
            same = notes if len(sizes) == 1 else [note for note in notes if blocks[note[0]] == block]
            packed = np.zeros(len(same), _note_dtype(block))
            packed["size"] = packed.itemsize - 4
            packed["address"] = _NOTE_ADDRESS.encode()
            packed["types"] = b"," + _NOTE_TYPES.encode()
            packed["track"] = [names[name] for name, _ in same]
            packed["pitch"] = [note.pitch for _, note in same]
            packed["velocity"] = [note.velocity for _, note in same]
            packed["position"] = [note.time for _, note in same]
            packed["bar"] = bar
            duration = np.array([note.duration for _, note in same])
            packed["duration"] = duration
            self._packed.append((packed, duration))

    def bundles(self, time: float, tempo: float) -> list[bytes]:
        """Return bundles within the MTU, all with the timetag of a Unix time; `tempo` in beats a minute."""
        head = _BUNDLE + timetag(time)
        made: list[bytes] = []
        for packed, duration in self._packed:
            packed["seconds"] = duration * 60 / tempo
            packed["tempo"] = tempo
            step = (MTU - len(head)) // packed.itemsize * packed.itemsize
            body = packed.tobytes()
            made += [head + body[i : i + step] for i in range(0, len(body), step)]
        return made


def note_bundles(time: float, bar: int, tempo: float, notes: Sequence[tuple[str, Note]]) -> list[bytes]:
    """Return bundles of /musegan/note, each within the MTU, all with the timetag of a Unix time.

    `notes`: (track name, note with its time in beats from the downbeat of the bar).
    """
    return PackedNotes(bar, notes).bundles(time, tempo)


def note_bundle_by_builder(time: float, bar: int, tempo: float, notes: Sequence[tuple[str, Note]]) -> bytes:
    """Return what `note_bundles` returns for a few notes, by python-osc's builder: the template's reference."""
    builder = OscBundleBuilder(time)  # type: ignore[arg-type] # its stub says int; it takes a float
    for track, n in notes:
        args = (track, n.pitch, n.velocity, n.duration * 60 / tempo, n.duration, bar, n.time, tempo)
        inner = OscMessageBuilder(_NOTE_ADDRESS)
        for tag, value in zip(_NOTE_TYPES, args, strict=True):
            inner.add_arg(value, tag)  # type: ignore[arg-type]
        builder.add_content(inner.build())
    return bytes(builder.build().dgram)
