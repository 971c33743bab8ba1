"""Bytes of OSC, in and out, through python-osc's codec; it must not know what any message means.

python-osc's servers are not used: they sleep on future timetags and drop large datagrams. The notes of a timetagged
bundle are written into a packed numpy template, byte-identical to python-osc's builder and many times faster.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from pythonosc.osc_bundle_builder import OscBundleBuilder
from pythonosc.osc_message import OscMessage, ParseError
from pythonosc.osc_message_builder import OscMessageBuilder

from musegan_models.notes import Note

MTU = 1400
"""Bytes of a datagram that no LAN splits; clients' buffers start at 4,096."""

NTP_EPOCH = 2_208_988_800
"""Seconds from 1900, where OSC timetags begin, to 1970."""

_BUNDLE = b"#bundle\0"
_IMMEDIATELY = (0, 1)


class DecodeError(ValueError):
    """A datagram that is not OSC."""


@dataclass(frozen=True, slots=True)
class Received:
    """One message of a datagram, in its order."""

    address: str
    args: Sequence[object]
    time: float | None  # Unix seconds of its bundle's timetag; None: a plain message, or "immediately"


def decode(datagram: bytes) -> list[Received]:
    """Return the messages of a datagram, those of nested bundles too; raise DecodeError if it is not OSC."""
    try:
        return list(_walk(datagram, None))
    except DecodeError as error:
        raise DecodeError(f"not an OSC packet: {error}") from None
    # python-osc lets these through from struct, str.decode and its own indexing when the bytes are no OSC.
    except (ParseError, ValueError, LookupError, TypeError, RecursionError, struct.error) as error:
        raise DecodeError(f"not an OSC packet: {error}") from error


def _walk(data: bytes, time: float | None) -> Iterator[Received]:
    # Not python-osc's OscPacket: it replaces a timetag in the past by now, and logs what it does not understand.
    if data.startswith(_BUNDLE):
        seconds, fraction = struct.unpack_from(">II", data, 8)
        own = None if (seconds, fraction) == _IMMEDIATELY else seconds - NTP_EPOCH + fraction / 2**32
        place = 16
        while place < len(data):
            (size,) = struct.unpack_from(">I", data, place)
            place += 4 + size
            if size == 0 or place > len(data):
                raise DecodeError(f"an element of a bundle must fit in it, got {size} bytes")
            yield from _walk(data[place - size : place], own)
    elif data.startswith(b"/"):
        parsed = OscMessage(data)
        yield Received(parsed.address, parsed.params, time)
    else:
        raise DecodeError("it must begin with / or #bundle")


def message(address: str, types: str, args: Iterable[object]) -> bytes:
    """Return one message; `types` is one OSC type tag for each argument."""
    builder = OscMessageBuilder(address)
    for tag, value in zip(types, args, strict=True):
        builder.add_arg(value, tag)  # type: ignore[arg-type] # the table has checked it
    return bytes(builder.build().dgram)


def bundle(time: float, messages: Iterable[bytes]) -> bytes:
    """Return a bundle of messages with the timetag of a Unix time."""
    parts = [_BUNDLE, timetag(time)]
    for part in messages:
        parts += [struct.pack(">i", len(part)), part]
    return b"".join(parts)


def timetag(time: float) -> bytes:
    """Return the eight bytes of the OSC timetag (NTP) of a Unix time.

    >>> timetag(0.5).hex()
    '83aa7e8080000000'
    """
    seconds, fraction = divmod(time, 1)
    return struct.pack(">II", (int(seconds) + NTP_EPOCH) & 0xFFFFFFFF, int(fraction * 2**32))


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


def note_bundles(time: float, bar: int, tempo: float, notes: Sequence[tuple[str, Note]]) -> list[bytes]:
    """Return bundles of /musegan/note, each within the MTU, all with the timetag of a Unix time.

    `notes`: (track name, note with its time in beats from the downbeat of the bar). Notes of one time have no order:
    those of tracks with names of another length come in bundles of their own.
    """
    names = {name for name, _ in notes}
    blocks = {name: len(name.encode()) // 4 * 4 + 4 for name in names}  # OSC strings end with 1 to 4 zeros
    bundles: list[bytes] = []
    sizes = sorted(set(blocks.values()))
    for block in sizes:
        same = notes if len(sizes) == 1 else [note for note in notes if blocks[note[0]] == block]
        bundles += _note_bundles(time, bar, tempo, same, _note_dtype(block))
    return bundles


def _note_bundles(
    time: float, bar: int, tempo: float, notes: Sequence[tuple[str, Note]], dtype: np.dtype[np.void]
) -> list[bytes]:
    """Return the bundles of notes that fill the same template."""
    packed = np.zeros(len(notes), dtype)
    packed["size"] = dtype.itemsize - 4
    packed["address"] = _NOTE_ADDRESS.encode()
    packed["types"] = b"," + _NOTE_TYPES.encode()
    packed["track"] = [track.encode() for track, _ in notes]
    packed["pitch"] = [note.pitch for _, note in notes]
    packed["velocity"] = [note.velocity for _, note in notes]
    packed["duration"] = [note.duration for _, note in notes]
    packed["seconds"] = [note.duration * 60 / tempo for _, note in notes]
    packed["position"] = [note.time for _, note in notes]
    packed["bar"], packed["tempo"] = bar, tempo
    head = _BUNDLE + timetag(time)
    most = (MTU - len(head)) // dtype.itemsize
    return [head + packed[i : i + most].tobytes() for i in range(0, len(notes), most)]


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
