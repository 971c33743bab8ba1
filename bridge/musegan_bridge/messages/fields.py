"""What a message is made of: fields with types and ranges, and how they are checked. It must not know any address."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Value = int | float | str

TRACK = "<track>"
"""Stands for the name of a track in an address of the table."""


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
    unit: str = ""
    check: Callable[[str], object] | None = None  # raises ValueError for a string that is not allowed

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
            if self.check is not None:
                try:
                    self.check(value)
                except ValueError as error:
                    raise MessageError(str(error)) from error
            return value
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise MessageError(f"{self.name} must be a number, got {value!r}")
        if self.low is not None and self.high is not None and not self.low <= value <= self.high:
            raise MessageError(f"{self.name} must be in {self.range}, got {value!r}")
        return int(value) if self.type == "i" else float(value)


@dataclass(frozen=True, slots=True)
class Spec:
    """One address: what it carries and what it does. `repeated` fields come any number of times after `fields`."""

    address: str  # may have the part `<track>`
    doc: str
    fields: tuple[Field, ...] = ()
    repeated: tuple[Field, ...] = ()
    readable: bool = False  # a setting: sent without arguments it is answered with its value
    continuous: bool = False  # of a flood of them only the last one counts
    tells: tuple[Field, ...] = ()  # what a question is answered with, where that cannot be set

    @property
    def usage(self) -> str:
        """The arguments as a line for people; optional ones in brackets.

        >>> Spec("/a", "", (Field("tempo", "f", "", 20, 400), Field("port", "i", "", default=0))).usage
        'tempo:f(20..400) [port:i=0]'
        """
        words = []
        for f in self.fields:
            word = f"{f.name}:{f.type}" + (f"({f.range})" if f.range else "")
            words.append(word if f.default is None else f"[{word}={f.default}]")
        if self.repeated:
            words.append("(" + " ".join(f"{f.name}:{f.type}" for f in self.repeated) + ")*")
        return " ".join(words)

    def parse(self, values: Sequence[object], track: str | None = None) -> Message:
        """Return the checked message; raise MessageError naming the field, the value and the range."""
        if self.readable and not values:
            return Message(self.address, {}, track, reads=True)
        if not self.fields and all(value is None for value in values):
            values = ()  # what OSCQuery clients press as a button comes with a nil
        if len(values) > len(self.fields) and not self.repeated:
            raise MessageError(f"takes at most {len(self.fields)} arguments ({self.usage}), got {len(values)}")
        args: dict[str, Value] = {}
        for i, f in enumerate(self.fields):
            if i < len(values):
                args[f.name] = f.parse(values[i])
            elif f.default is not None:
                args[f.name] = f.default
            else:
                raise MessageError(f"{f.name} is missing: the arguments are {self.usage}")
        return Message(self.address, args, track, rows=self._rows(values[len(self.fields) :]))

    def _rows(self, values: Sequence[object]) -> tuple[tuple[Value, ...], ...]:
        n = len(self.repeated)
        if not n:
            return ()
        if len(values) % n:
            raise MessageError(f"the repeated arguments come in groups of {n} ({self.usage}), got {len(values)}")
        return tuple(
            tuple(f.parse(value) for f, value in zip(self.repeated, values[i : i + n], strict=True))
            for i in range(0, len(values), n)
        )


@dataclass(frozen=True, slots=True)
class Message:
    """A checked message from a client."""

    address: str  # as in the table
    args: dict[str, Value]
    track: str | None = None  # that stands in the address
    rows: tuple[tuple[Value, ...], ...] = ()  # of the repeated fields
    reads: bool = False  # it asks for the value


def _short(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)
