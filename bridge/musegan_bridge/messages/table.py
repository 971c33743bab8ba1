"""Find an address in the table, or all that a pattern means; it must not know what they do."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from musegan_bridge.messages.fields import TRACK, Message, MessageError, Spec
from musegan_bridge.messages.incoming import INCOMING
from musegan_bridge.messages.sent import OUTGOING

PREFIX = "/musegan"
PROTOCOL = 4
"""Version of this table; told in `/musegan/hello/reply`.

Each version adds arguments at the end of messages, and addresses: 2 mode and key in the status, 3 the rest of the
stage: planned bars, controls, latents, clocks; 4 what is expected of the musician, charts, and names of chords.
"""

BY_ADDRESS = {spec.address: spec for spec in (*INCOMING, *OUTGOING)}
_INCOMING = {spec.address: spec for spec in INCOMING}
_OF_TRACK = f"{PREFIX}/track/"
_RANGE = re.compile("([^-])-([^-])|(.)", re.DOTALL)  # a-z in brackets, or a letter
_MOST_STARS = 3  # between two slashes: with each more it takes longer to find that nothing matches


def find(address: str, track_names: Sequence[str]) -> tuple[Spec, str | None]:
    """Return the incoming message of an address, and the track that stands in it.

    Raises:
        MessageError: There is none, or no such track.

    """
    if (spec := _INCOMING.get(address)) is not None and TRACK not in address:
        return spec, None
    if address.startswith(_OF_TRACK):
        track, _, rest = address.removeprefix(_OF_TRACK).partition("/")
        if (spec := _INCOMING.get(f"{_OF_TRACK}{TRACK}/{rest}")) is not None:
            if track not in track_names:
                raise MessageError(f"track must be one of {', '.join(track_names)}, got {track!r}")
            return spec, track
    raise MessageError("no such address: send /musegan/help for the list")


def parse(address: str, values: Sequence[object], track_names: Sequence[str] = ()) -> list[Message]:
    """Return the checked messages of an address, several of a pattern (OSC 1.0); raise MessageError that says why not.

    A pattern reaches settings, and what concerns single tracks; nothing else happens to many at once.

    >>> parse("/musegan/tempo", [90])
    [Message(address='/musegan/tempo', args={'tempo': 90.0}, track=None, rows=(), reads=False)]
    """
    if not _is_pattern(address):
        spec, track = find(address, track_names)
        return [spec.parse(values, track)]
    meant = _matching(address, tuple(track_names))
    if not meant:
        raise MessageError("the pattern matches no setting: send /musegan/help for the list")
    return [spec.parse(values, track) for spec, track in meant]


def is_continuous(address: str) -> bool:
    """Return whether of a flood of these only the last one counts: a fader, not a button."""
    spec = _INCOMING.get(address)
    if spec is None and address.startswith(_OF_TRACK):
        spec = _INCOMING.get(f"{_OF_TRACK}{TRACK}/{address.removeprefix(_OF_TRACK).partition('/')[2]}")
    return spec is not None and spec.continuous


@functools.lru_cache(1024)  # a bar is a few addresses, and a few numbers of notes
def types_of(address: str, n: int) -> str:
    """Return the OSC type tags of `n` arguments of an address of the table."""
    if (spec := BY_ADDRESS.get(address)) is None:
        spec = BY_ADDRESS[f"{_OF_TRACK}{TRACK}/{address.removeprefix(_OF_TRACK).partition('/')[2]}"]
    tags = "".join(f.type for f in spec.tells or spec.fields)
    again = "".join(f.type for f in spec.repeated)
    return tags + again * ((n - len(tags)) // len(again)) if again else tags[:n]


def help_entries(prefix: str = "") -> Iterator[tuple[str, str, str, str]]:
    """Yield (address, in or out, arguments, doc) for each address that starts with `prefix`."""
    for direction, specs in (("in", INCOMING), ("out", OUTGOING)):
        for spec in specs:
            if spec.address.startswith(prefix):
                yield spec.address, direction, spec.usage, spec.doc


def _is_pattern(address: str) -> bool:
    return any(sign in address for sign in "*?[{")


@functools.lru_cache(256)
def _matching(pattern: str, track_names: tuple[str, ...]) -> tuple[tuple[Spec, str | None], ...]:
    found: list[tuple[Spec, str | None]] = []
    sought = _regex(pattern)
    for spec in INCOMING:
        if TRACK in spec.address:
            found += [(spec, t) for t in track_names if sought.fullmatch(spec.address.replace(TRACK, t))]
        elif spec.readable and sought.fullmatch(spec.address):
            found.append((spec, None))
    return tuple(found)


def _regex(pattern: str) -> re.Pattern[str]:
    """Return what an OSC address pattern means: ? * [a-z] [!a-z] {a,b}, none of which crosses a slash.

    >>> bool(_regex("/a/{b,c}*").fullmatch("/a/cd")), bool(_regex("/a/*").fullmatch("/a/b/c"))
    (True, False)
    """
    pattern = re.sub(r"\*+", "*", pattern)
    if any(part.count("*") > _MOST_STARS for part in pattern.split("/")):
        raise MessageError(f"a pattern may have {_MOST_STARS} * between two slashes, got {pattern!r}")
    words: list[str] = []
    for part in re.split(r"(\*|\?|\[[^\]/]*\]|\{[^}/]*\})", pattern):
        if part == "*":
            words.append("[^/]*")
        elif part == "?":
            words.append("[^/]")
        elif part.startswith("[") and part.endswith("]") and len(part) > 2:
            inside = part[1:-1]
            sign = "^" if inside.startswith("!") and len(inside) > 1 else ""
            words.append(f"[{sign}{_RANGE.sub(_class_part, inside.removeprefix('!') if sign else inside)}]")
        elif part.startswith("{") and part.endswith("}"):
            words.append("(?:" + "|".join(map(re.escape, part[1:-1].split(","))) + ")")
        else:
            words.append(re.escape(part))
    try:
        return re.compile("".join(words))
    except re.error as error:
        raise MessageError(f"not a pattern: {pattern!r}") from error


def _class_part(found: re.Match[str]) -> str:
    return re.escape(found[3]) if found[3] else f"{re.escape(found[1])}-{re.escape(found[2])}"
