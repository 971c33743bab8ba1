"""Which Max objects the patches may use, and how many inlets and outlets each has; it must not know the patches."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLE: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("objects.json").read_text(encoding="utf-8"))
"""Port counts as found in public patchers (`seen`), and the rule for objects whose arguments decide."""


class UnknownObjectError(ValueError):
    """The text names an object that is not in the table: a typing error, or an object nobody has looked up yet."""


@dataclass(frozen=True, slots=True)
class Ports:
    """What Max draws on a box."""

    inlets: int
    outlets: int
    outlettype: list[str]  # one word for each outlet: bang, int, float, or "" for anything


def ports(text: str, patcher: tuple[int, int] = (0, 0)) -> Ports:
    """Return the ports of an object box that reads `text`; `patcher` is what a subpatcher has inside.

    >>> ports("route bass drums")
    Ports(inlets=3, outlets=3, outlettype=['', '', ''])
    >>> ports("metro 10 ticks @quantize 10 ticks").outlettype
    ['bang']
    """
    name, *words = text.split()
    if name.startswith("musegan."):  # a patch of our own
        return Ports(*patcher, [""] * patcher[1])
    if name not in TABLE:
        raise UnknownObjectError(f"{name} is not in objects.json")
    row = TABLE[name]
    arguments = words[: next((i for i, word in enumerate(words) if word.startswith("@")), len(words))]
    inlets = _count(row["inlets"], arguments, patcher[0])
    outlets = _count(row["outlets"], arguments, patcher[1])
    return Ports(inlets, outlets, _outlettype(row["outlettype"], arguments, outlets))


def _count(rule: int | str, arguments: list[str], inside: int) -> int:
    first = int(arguments[0]) if arguments and arguments[0].isdigit() else 1
    match rule:
        case int():
            return rule
        case "arguments":
            return len(arguments)
        case "arguments+1":
            return len(arguments) + 1
        case "first":
            return first
        case "first+1":
            return first + 1
        case "variables":
            return max(int(number) for number in re.findall(r"\$[if](\d)", " ".join(arguments)))
        case "no arguments":
            return 0 if arguments else 1
        case "placeholders":
            return max(1, " ".join(arguments).count("%"))
        case "patcher":
            return inside
    raise ValueError(f"no such rule: {rule}")


def _outlettype(rule: list[str] | str, arguments: list[str], outlets: int) -> list[str]:
    if isinstance(rule, list):
        return rule
    if rule == "letters":
        return [_letter(word) for word in arguments]
    if rule == "bangs":
        return ["bang"] * (outlets - 1) + [""]
    return [rule] * outlets


def _letter(word: str) -> str:
    if word in ("b", "i", "f"):
        return {"b": "bang", "i": "int", "f": "float"}[word]
    if re.fullmatch(r"-?\d+", word):
        return "int"
    return "float" if re.fullmatch(r"-?\d+\.\d*", word) else ""
