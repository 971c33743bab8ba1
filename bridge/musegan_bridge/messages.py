"""The message table, the only source of the OSC interface: parsing, ranges, help. It must not know sockets or time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from musegan_bridge.key import KEYS

PREFIX = "/musegan"
PROTOCOL = 2
"""Version of this table; told in `/musegan/hello/reply`. Version 1 had no mode and key in `/musegan/status/reply`."""

MAX_SEED = 2**31 - 1
"""Seeds are int32: sclang corrupts a message that holds an int64."""

PREVIOUS_BAR = "previous-bar"
"""Following: a bar is made before the musician's part of it is known, from all bars up to it."""

SAME_BAR = "same-bar"
"""Following: a bar is made with the musician's part of it: a loop, a clip, a file."""

Value = int | float | str


class MessageError(ValueError):
    """A message the table does not allow; the text names the field, the value and the range."""


@dataclass(frozen=True, slots=True)
class Field:
    """One argument of a message."""

    name: str
    type: str  # i, f or s: the only OSC types that every client reads alike
    doc: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    default: Value | None = None  # None: the argument must be given

    @property
    def range(self) -> str:
        """The allowed values, for people."""
        if self.choices:
            return " | ".join(self.choices)
        if self.low is None or self.high is None:
            return ""
        return f"{_short(self.low)}..{_short(self.high)}"

    def parse(self, value: object) -> Value:
        """Return `value` as this field's type; int and float stand for each other, as TouchOSC needs.

        >>> Field("tempo", "f", "beats a minute", 20, 400).parse(120)
        120.0
        """
        if self.type == "s":
            if not isinstance(value, str):
                raise MessageError(f"{self.name} must be a string, got {value!r}")
            if self.choices and value not in self.choices:
                raise MessageError(f"{self.name} must be one of {', '.join(self.choices)}, got {value!r}")
            return value
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise MessageError(f"{self.name} must be a number, got {value!r}")
        if self.low is not None and self.high is not None and not self.low <= value <= self.high:
            raise MessageError(f"{self.name} must be in {self.range}, got {value!r}")
        return int(value) if self.type == "i" else float(value)


@dataclass(frozen=True, slots=True)
class Spec:
    """One address: what it carries and what it does. `repeated` fields come any number of times after `fields`."""

    address: str
    doc: str
    fields: tuple[Field, ...] = ()
    repeated: tuple[Field, ...] = ()

    @property
    def usage(self) -> str:
        """The arguments as a line for people; optional ones in brackets.

        >>> BY_ADDRESS["/musegan/tempo"].usage
        'tempo:f(20..400)'
        """
        words = []
        for f in self.fields:
            word = f"{f.name}:{f.type}" + (f"({f.range})" if f.range else "")
            words.append(word if f.default is None else f"[{word}={f.default}]")
        if self.repeated:
            words.append("(" + " ".join(f"{f.name}:{f.type}" for f in self.repeated) + ")*")
        return " ".join(words)

    def parse(self, values: Sequence[object]) -> Message:
        """Return the checked message; raise MessageError naming the field, the value and the range."""
        if len(values) > len(self.fields):
            raise MessageError(f"takes at most {len(self.fields)} arguments ({self.usage}), got {len(values)}")
        args: dict[str, Value] = {}
        for i, f in enumerate(self.fields):
            if i < len(values):
                args[f.name] = f.parse(values[i])
            elif f.default is not None:
                args[f.name] = f.default
            else:
                raise MessageError(f"{f.name} is missing: the arguments are {self.usage}")
        return Message(self.address, args)


@dataclass(frozen=True, slots=True)
class Message:
    """A checked message from a client."""

    address: str
    args: dict[str, Value]


_BAR = Field("bar", "i", "number of the bar since play, from 0", 0, MAX_SEED)
_TEMPO = Field("tempo", "f", "beats a minute", 20, 400)
_SEED = Field("seed", "i", "what the phrase is drawn from", 0, MAX_SEED)
_PORT = Field("port", "i", "UDP port to answer to; 0: the one you sent from", 0, 65535, default=0)
_FORM = Field(
    "form",
    "s",
    "bar: whole bars as data, ahead of their downbeat; note: timetagged bundles, one for each onset",
    choices=("bar", "note"),
    default="bar",
)
_PITCH = Field("pitch", "i", "MIDI note number", 0, 127)
_VELOCITY = Field(
    "velocity",
    "i",
    "MIDI velocity: how sure the band is of the note, and an accent for its place in the bar; loudness is not learned",
    0,
    127,
)
_POSITION = Field("position", "f", "where the note starts, in beats from the downbeat of its bar", 0, 4)
_DURATION = Field("duration", "f", "how long it sounds, in beats", 0, 4)

INCOMING = (
    Spec("/musegan/hello", "Say who you are and hear who answers: replies /musegan/hello/reply.", (_PORT,)),
    Spec(
        "/musegan/subscribe",
        "Receive the band, until the lease ends; send again to renew. Replies /musegan/subscribe/reply.",
        (_FORM, _PORT, Field("lease", "f", "seconds until you must renew", 1, 86400, default=30.0)),
    ),
    Spec("/musegan/unsubscribe", "Receive the band no longer.", (_PORT,)),
    Spec(
        "/musegan/in/note",
        "A note that you play, on the track chosen by /musegan/in/track. If you never chose: on the one that the band "
        "was made to follow, else the piano; a band that follows chords hears them without giving up a track.",
        (_PITCH, Field("velocity", "i", "MIDI velocity; 0: note off", 0, 127)),
    ),
    Spec(
        "/musegan/in/track",
        "Which track is yours: the band leaves it to you, and follows it if it can. none: the band plays all.",
        (Field("track", "s", "a track's name, as in /musegan/hello/reply, or none"),),
    ),
    Spec(
        "/musegan/in/mode",
        "How the band follows you. previous-bar: each bar is made before you play in it, from what you and the band "
        "played up to then. same-bar, for loops and clips: your last four beats are taken for what you will play in "
        "the bar to come. A band that cannot anticipate follows same-bar always; /musegan/status/reply tells.",
        (Field("mode", "s", "previous-bar is what a show begins with", choices=(PREVIOUS_BAR, SAME_BAR)),),
    ),
    Spec(
        "/musegan/key",
        "The key that the band plays in, and hears you in, from the next bar that is not made yet. It thinks in C "
        "major and A minor; all but drums is transposed, by at most six semitones.",
        (Field("key", "s", "a major key by its tonic, a minor one with an m", choices=KEYS),),
    ),
    Spec("/musegan/play", "Start from bar 0. While it plays: nothing."),
    Spec("/musegan/stop", "Stop now; every client hears /musegan/silence."),
    Spec("/musegan/panic", "Silence everything now, forget held notes, and stop."),
    Spec(
        "/musegan/tempo", "Set the tempo; bars stay on the beat. Every client hears /musegan/tempo/changed.", (_TEMPO,)
    ),
    Spec(
        "/musegan/gen",
        "Begin a new phrase at the next bar that is not made yet. Without a seed it goes on from the bar before, if "
        "the band can; with one it begins after silence, as a show does. So the two seeds of a bar bring its idea "
        "back, with the same notes each time (if you play the same): those that it has after silence.",
        (
            Field("seed", "i", "what to draw from; -1: a new one", -1, MAX_SEED, default=-1),
            Field(
                "private_seed",
                "i",
                "what to draw the private z from; -1: it follows from seed",
                -1,
                MAX_SEED,
                default=-1,
            ),
        ),
    ),
    Spec("/musegan/status", "Ask how it goes: replies /musegan/status/reply.", (_PORT,)),
    Spec(
        "/musegan/help",
        "List the addresses: replies one /musegan/help/entry for each, then /musegan/help/end.",
        (Field("prefix", "s", "only addresses that start with this", default=""), _PORT),
    ),
)

OUTGOING = (
    Spec(
        "/musegan/hello/reply",
        "Who answers /musegan/hello.",
        (
            Field("version", "s", "of the program"),
            Field("protocol", "i", "of this table"),
            Field("bundle", "s", "name of the band"),
            Field("tracks", "s", "names of the tracks, separated by spaces"),
            Field("beats", "i", "beats per bar"),
            Field("measures", "i", "bars per phrase"),
            Field("lookahead", "f", "beats before its downbeat that a bar is sent"),
            Field("provider", "s", "what computes: the session's own word, e.g. CPUExecutionProvider"),
        ),
    ),
    Spec(
        "/musegan/subscribe/reply",
        "The subscription stands.",
        (_FORM, _PORT, Field("lease", "f", "seconds until you must renew")),
    ),
    Spec(
        "/musegan/bar/begin",
        "A bar is coming (form bar). The bundle's timetag is the moment of its downbeat.",
        (
            _BAR,
            Field("measure", "i", "place of the bar in its phrase, from 0"),
            _SEED,
            Field("private_seed", "i", "what the private z (each track's own style) is drawn from"),
            _TEMPO,
            Field("ahead", "f", "seconds from now to the downbeat, for clients that ignore timetags"),
            Field("parts", "i", "how many /musegan/bar/notes follow"),
            Field("repeated", "i", "1: the bar was late, this is the one before it again"),
        ),
    ),
    Spec(
        "/musegan/bar/notes",
        "Notes of one track, 32 at most (form bar).",
        (_BAR, Field("track", "s", "the track"), Field("part", "i", "number of this part of the bar, from 0")),
        (_POSITION, _PITCH, _VELOCITY, _DURATION),
    ),
    Spec(
        "/musegan/bar/end",
        "The bar is complete (form bar).",
        (_BAR, Field("notes", "i", "how many notes it has")),
    ),
    Spec(
        "/musegan/note",
        "One note (form note), in a bundle whose timetag is its onset. There is no note off: it carries its length.",
        (
            Field("track", "s", "the track"),
            _PITCH,
            _VELOCITY,
            Field("seconds", "f", "how long it sounds, in seconds"),
            _DURATION,
            _BAR,
            _POSITION,
            _TEMPO,
        ),
    ),
    Spec(
        "/musegan/silence",
        "Release every sounding note and forget bars not played yet.",
        (Field("reason", "s", "why", choices=("stop", "panic", "quit")),),
    ),
    Spec(
        "/musegan/tempo/changed",
        "The tempo changed. The bundle's timetag is the moment that `beat` fell on.",
        (_TEMPO, Field("beat", "f", "beats since the downbeat of bar 0")),
    ),
    Spec(
        "/musegan/status/reply",
        "How it goes.",
        (
            Field("playing", "i", "1 or 0"),
            _TEMPO,
            Field("beat", "f", "beats since the downbeat of bar 0; negative in the count-in"),
            _SEED,
            Field("track", "s", "the track that is yours, or none"),
            Field("held", "i", "notes of yours held now"),
            Field("subscribers", "i", "who listens"),
            Field("bars", "i", "bars sent"),
            Field("late", "i", "bars that were not made in time and were replaced"),
            Field("slack", "f", "least milliseconds a bar was ready before it had to be sent; -1: none yet"),
            Field("rejected", "i", "datagrams and messages refused"),
            Field("bundle", "s", "name of the band"),
            Field("provider", "s", "what computes"),
            Field("mode", "s", "how the band follows you: as /musegan/in/mode, or same-bar where it cannot anticipate"),
            Field("key", "s", "as /musegan/key, or --key"),
        ),
    ),
    Spec(
        "/musegan/error",
        "What you sent was refused, and why. Nothing else changed.",
        (Field("address", "s", "what you sent"), Field("text", "s", "why, and what to do")),
    ),
    Spec(
        "/musegan/help/entry",
        "One address.",
        (
            Field("address", "s", "the address"),
            Field("direction", "s", "in: you send it; out: you receive it"),
            Field("arguments", "s", "its arguments"),
            Field("doc", "s", "what it does"),
        ),
    ),
    Spec("/musegan/help/end", "The list is complete.", (Field("entries", "i", "how many"),)),
)

BY_ADDRESS = {spec.address: spec for spec in (*INCOMING, *OUTGOING)}
_INCOMING_BY_ADDRESS = {spec.address: spec for spec in INCOMING}


def reference() -> str:
    """Return the table as the Markdown of `docs/osc.md`."""
    lines = [
        "# OSC reference",
        "",
        "Made from the table: `python -m musegan_bridge.messages > docs/osc.md`. `/musegan/help` says the same.",
        "Types: `i` int32, `f` float32, `s` string; int and float stand for each other. In brackets: may be left out.",
    ]
    for title, specs in (("What you send", INCOMING), ("What you receive", OUTGOING)):
        lines += ["", f"## {title}"]
        for spec in specs:
            lines += ["", f"### `{spec.address}`", "", spec.doc]
            fields = [(f, "") for f in spec.fields] + [(f, ", repeated") for f in spec.repeated]
            if fields:
                lines += ["", "| argument | type | range | default | what |", "|---|---|---|---|---|"]
            for f, again in fields:
                allowed = f.range.replace("|", "\\|")
                default = "" if f.default is None else f"`{f.default}`" if f.default != "" else '`""`'
                lines.append(f"| {f.name} | {f.type}{again} | {allowed} | {default} | {f.doc} |")
    return "\n".join(lines)


def _short(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def parse(address: str, values: Sequence[object]) -> Message:
    """Return the checked message; raise MessageError that says what is wrong with it.

    >>> parse("/musegan/tempo", [90])
    Message(address='/musegan/tempo', args={'tempo': 90.0})
    """
    spec = _INCOMING_BY_ADDRESS.get(address)
    if spec is None:
        raise MessageError("no such address: send /musegan/help for the list")
    return spec.parse(values)


def help_entries(prefix: str = "") -> Iterator[tuple[str, str, str, str]]:
    """Yield (address, in or out, arguments, doc) for each address that starts with `prefix`."""
    for direction, specs in (("in", INCOMING), ("out", OUTGOING)):
        for spec in specs:
            if spec.address.startswith(prefix):
                yield spec.address, direction, spec.usage, spec.doc


if __name__ == "__main__":
    print(reference())  # noqa: T201 # the page is what this prints
