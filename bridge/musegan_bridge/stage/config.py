"""How to serve, as one frozen value, checked; it must not know files, click or sockets."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from musegan_bridge.key import KEYS
from musegan_bridge.messages import BY_ADDRESS, CONTROLS, MAX_SEED, Field, MessageError, Value, parse
from musegan_bridge.net.ports import HTTP_PORT, SCLANG_PORT

VIRTUAL = "virtual"
"""As a MIDI port: one of our own, that other programs find under our name."""

_SUBSCRIBE = {f.name: f for f in BY_ADDRESS["/musegan/subscribe"].fields}


class ConfigError(ValueError):
    """A setting that cannot be: the message names it, the value and the range."""


class StandingSubscriber(NamedTuple):
    """A client that hears the band from the start, without a lease, until it unsubscribes."""

    host: str
    port: int
    form: str = "bar"  # these three as in /musegan/subscribe
    lookahead: float = 0.0  # beats
    offset: float = 0.0  # milliseconds


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: where it stands in `Config`, in a set file and on the command line, and what it may be."""

    field: str  # of `Config`; --field is the option, MUSEGAN_BRIDGE_SERVE_FIELD the environment variable
    table: str  # of the set file
    key: str  # in that table
    type: type[str] | type[int] | type[float] | type[bool]
    doc: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    is_path: bool = False
    nothing: str | int | None = None  # what stands for None in a file or on the command line; None: it must be given
    unset: str = ""  # what None means, for people

    @property
    def default(self) -> Any:
        """What it is where nobody says: as in `Config`."""
        return _DEFAULTS[self.field]

    @property
    def range(self) -> str:
        """The allowed values, for people."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        return "" if self.low is None or self.high is None else f"in {_short(self.low)}..{_short(self.high)}"

    def written(self, value: object) -> object:
        """Return a value of `Config` as it is written in a file: None has a value that stands for it."""
        return self.nothing if value is None else value

    def read(self, value: object) -> Any:
        """Return what is written in a file, or said on a command line, as a value of `Config`."""
        if self.nothing is not None and value == self.nothing and not isinstance(value, bool):
            return None
        return float(value) if self.type is float and type(value) is int else value

    def check(self, value: object, name: str = "") -> None:
        """Raise ConfigError where `value` cannot be; the message says `name`, else the field."""
        if value is None and self.nothing is not None:
            return
        name, value = name or self.field, self.written(value)
        kinds = {str: "a string", int: "a whole number", float: "a number", bool: "true or false"}
        is_right = type(value) is self.type or (self.type is float and type(value) is int)
        if not is_right or (isinstance(value, float) and not math.isfinite(value)):
            raise ConfigError(f"{name} must be {kinds[self.type]}, got {value!r}")
        if self.choices and value not in self.choices:
            raise ConfigError(f"{name} must be {self.range}, got {value!r}")
        if self.low is not None and self.high is not None and not self.low <= value <= self.high:  # type: ignore[operator] # a number
            raise ConfigError(f"{name} must be {self.range}, got {value!r}")


def _short(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _as(told: Field) -> dict[str, Any]:
    """Return the range of a field of the message table: what can be told while it plays can be set."""
    return {"low": told.low, "high": told.high, "choices": told.choices}


OPTIONS = (
    Option("host", "network", "host", str, "Address to listen on. Others than 127.0.0.1 let other machines play."),
    Option("port", "network", "port", int, "UDP port; 0: any free one.", 0, 65535),
    Option("http", "network", "http", int, "TCP port of the page and OSCQuery; 0: any free one; -1: none.", -1, 65535),
    Option("announce", "network", "announce", bool, "Tell the network of it by zeroconf (Bonjour)."),
    Option("bundle", "band", "bundle", str,
           "The band to play: the folder of a bundle, or the name of one that comes with the program.",
           is_path=True, nothing="", unset="the one that comes with the program"),
    Option("device", "band", "device", str, "What computes; auto: CUDA where it works, else the CPU.",
           choices=("auto", "cpu", "cuda")),
    Option("seed", "band", "seed", int, "What everything is drawn from: the same seed and input, the same bars. "
           "-1: a new one.", -1, MAX_SEED, nothing=-1, unset="a new one"),
    Option("key", "band", "key", str,
           "What the band plays in and hears you in: C, Bb, F# .. major, Am, Bbm, F#m .. minor.", choices=KEYS),
    Option("chart", "band", "chart", str, "Text file with the chords that the band plays on, as /musegan/chart takes "
           "them.", is_path=True, nothing="", unset="none"),
    Option("snapshots", "band", "snapshots", str, "Folder where snapshots are kept.", is_path=True, nothing="",
           unset="in your data folder"),
    Option("clock", "clock", "source", str,
           "Whose beat: the program's own, Ableton Link, MIDI clock, or that of a host over OSC.",
           **_as(CONTROLS["clock/source"].field)),
    Option("tempo", "clock", "tempo", float, "Beats a minute.", **_as(CONTROLS["tempo"].field)),
    Option("lookahead", "clock", "lookahead", float, "Beats before its downbeat that a bar is planned.",
           **_as(CONTROLS["lookahead"].field)),
    Option("commit", "clock", "commit", float,
           "Beats before its downbeat that a bar is committed: sent, and changed no more.",
           **_as(CONTROLS["commit"].field)),
    Option("midi_out", "midi", "out", str,
           "MIDI port to play on, by its name or a part of it; virtual: one of our own. Empty: none."),
    Option("midi_out_offset", "midi", "out_offset", float, "Milliseconds later (below 0: earlier) on that port.",
           -1000, 1000),
    Option("midi_clock_out", "midi", "clock_out", bool, "Send MIDI clock on that port, with start and stop."),
    Option("midi_in", "midi", "in", str,
           "MIDI port to follow, by its name or a part of it; virtual: one of our own. Empty: none."),
    Option("record", "files", "record", str, "MIDI file of the show, written as it plays; a folder: a new file in it "
           "each time.", is_path=True, nothing="", unset="none"),
    Option("log", "files", "log", str, "Log of the show's events, for `musegan-bridge replay`.", is_path=True,
           nothing="", unset="none"),
)  # fmt: skip
"""Every setting but the subscribers and the controls, in the order of a set file."""

BY_FIELD = {option.field: option for option in OPTIONS}
"""Field of `Config` -> its setting."""


@dataclass(frozen=True, slots=True)
class Config:
    """How to serve; `OPTIONS` says what each field means and its range. Paths are absolute, or of where we run."""

    host: str = "127.0.0.1"
    port: int = SCLANG_PORT
    tempo: float = 120.0  # beats a minute
    device: str = "auto"
    bundle: str | None = None  # path of a folder
    seed: int | None = None
    key: str = "C"
    clock: str = "internal"
    lookahead: float = 8.0  # beats
    commit: float = 1.0  # beats
    midi_out: str = ""
    midi_out_offset: float = 0.0  # milliseconds
    midi_clock_out: bool = False
    midi_in: str = ""
    record: str | None = None
    log: str | None = None
    http: int = HTTP_PORT
    chart: str | None = None  # path of a text file
    snapshots: str | None = None  # path of a folder
    announce: bool = False
    subscribers: tuple[StandingSubscriber, ...] = ()
    controls: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)  # OSC address -> values, in order

    def __post_init__(self) -> None:
        """Raise ConfigError naming the field, the value and the range."""
        for option in OPTIONS:
            option.check(getattr(self, option.field))
        if not self.host:
            raise ConfigError("host must be an address, got ''")
        if self.commit > self.lookahead:
            raise ConfigError(f"commit must be at most lookahead, {self.lookahead:g} beats, got {self.commit:g}")
        if self.midi_clock_out and not self.midi_out:
            raise ConfigError("midi_clock_out needs a port: set midi_out, too")
        if self.clock == "midi" and not self.midi_in:
            raise ConfigError("clock midi needs a port that the clock comes from: set midi_in, too")
        for i, subscriber in enumerate(self.subscribers):
            for own in SUBSCRIBER:
                own.check(getattr(subscriber, own.field), f"subscribers[{i}].{own.key}")
            if not subscriber.host:
                raise ConfigError(f"subscribers[{i}].host must be an address, got ''")
        for address, values in self.controls.items():
            check_control(address, values)


_DEFAULTS = {f.name: f.default for f in dataclasses.fields(Config)}

SUBSCRIBER = (
    Option("host", "subscribers", "host", str, "Where it listens."),
    Option("port", "subscribers", "port", int, "Its UDP port.", 1, 65535),
    Option("form", "subscribers", "form", str, "What it hears.", **_as(_SUBSCRIBE["form"])),
    Option("lookahead", "subscribers", "lookahead", float, "In beats.", **_as(_SUBSCRIBE["lookahead"])),
    Option("offset", "subscribers", "offset", float, "Milliseconds that are added.", **_as(_SUBSCRIBE["offset"])),
)
"""The settings of one subscriber, as in /musegan/subscribe."""


def check_control(address: str, values: tuple[Value, ...]) -> None:
    """Raise ConfigError where the message table does not take these values at this address, or it is no control."""
    parts = address.split("/")
    if parts[:3] == ["", "musegan", "track"] and len(parts) > 4:
        parts[3] = "any"  # which tracks there are, the band says
    try:
        messages = parse("/".join(parts), values, ("any",))
    except MessageError as error:
        raise ConfigError(f"controls: {address}: {error}") from error
    for message in messages:
        if message.reads:
            raise ConfigError(f"controls: {address} must have a value: {BY_ADDRESS[message.address].usage}")
        if any(f.name == "port" for f in BY_ADDRESS[message.address].fields):
            raise ConfigError(f"controls: {address} is a client's question, not a control")
