"""The message table as an OSCQuery namespace, and the answers to its queries. It must not know sockets or HTTP.

OSCQuery describes what an OSC server takes, as JSON, so that a controller can lay out its faders by itself:
https://github.com/Vidvox/OSCQueryProposal. What the band sends is not in it: that is subscribed to, not set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from musegan_bridge.messages import PREFIX, TRACK, Field, Spec, Value

Values = Callable[[str], Sequence[Value] | None]
"""Address of a readable message -> its arguments now; None: it has no value yet."""

_OPTIONAL = ("ACCESS", "VALUE", "RANGE", "DESCRIPTION", "TAGS", "UNIT", "CRITICAL")
_NEVER = ("EXTENDED_TYPE", "CLIPMODE", "OVERLOADS", "HTML")  # what the proposal has, and no node here

ATTRIBUTES = frozenset(("FULL_PATH", "CONTENTS", "TYPE", *_OPTIONAL, *_NEVER))
"""What the proposal lets a client ask of a node."""

_CRITICAL = (f"{PREFIX}/panic",)
_NO_VALUE, _READ, _WRITE, _READ_AND_WRITE = range(4)  # ACCESS
_BUTTON = "N"  # TYPE of a message without arguments, as the proposal's table of widgets has it
_UNITS = {"bpm": "time.bpm", "ms": "time.ms", "s": "time.second"}  # the proposal's words for ours, where it has any


@dataclass(frozen=True, slots=True)
class Node:
    """One part of the namespace: what is always so of it, and what lies under it."""

    attributes: dict[str, object]  # all but CONTENTS and VALUE
    types: str = ""  # OSC type tags of its arguments
    readable: bool = False
    contents: dict[str, Node] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The address."""
        return str(self.attributes["FULL_PATH"])

    def walk(self) -> Iterator[Node]:
        """Yield the node and all under it."""
        yield self
        for node in self.contents.values():
            yield from node.walk()


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status, and what to say as JSON."""

    status: int
    body: Mapping[str, object] | None = None


def namespace(specs: Sequence[Spec], track_names: Sequence[str]) -> Node:
    """Return the tree of incoming messages, those of a track once for each track."""
    root = Node({"FULL_PATH": "/", "ACCESS": _NO_VALUE, "DESCRIPTION": "a neural band for the stage"})
    for spec in specs:
        for track in track_names if TRACK in spec.address else ("",):
            _insert(root, spec.address.replace(TRACK, track), spec, track)
    return root


def find(root: Node, path: str) -> Node | None:
    """Return the node of an address; None: there is none."""
    node: Node | None = root
    for name in path.split("/"):
        if name and node is not None:
            node = node.contents.get(name)
    return node


def describe(node: Node, values: Values) -> dict[str, object]:
    """Return a node and all under it as OSCQuery's JSON object, with the values of now."""
    described = dict(node.attributes)
    if node.readable and (value := values(node.path)) is not None:
        described["VALUE"] = list(value)
    if node.contents:
        described["CONTENTS"] = {name: describe(child, values) for name, child in node.contents.items()}
    return described


def host_info(name: str, ip: str | None, port: int) -> dict[str, object]:
    """Return the HOST_INFO object: where the OSC server listens. `ip` None: where this was asked."""
    where = {} if ip is None else {"OSC_IP": ip}
    extensions = dict.fromkeys((*_OPTIONAL, "LISTEN"), True)
    return {"NAME": name, **where, "OSC_PORT": port, "OSC_TRANSPORT": "UDP", "EXTENSIONS": extensions}


def answer(root: Node, info: Mapping[str, object], values: Values, path: str, query: str = "") -> Answer:
    """Answer a request for `path`?`query`, without its percent signs.

    No query: the node and all under it. Names of attributes: only these. 204: it has none of them; 400: OSCQuery
    knows no such attribute; 404: no such address.
    """
    asked = [word.partition("=")[0] for word in query.split("&") if word]
    if "HOST_INFO" in asked:
        return Answer(200, info)
    node = find(root, path)
    if node is None:
        return Answer(404)
    if not ATTRIBUTES.issuperset(asked):
        return Answer(400)
    if asked == ["VALUE"]:  # of a fader that is asked often: without what is under it
        if not node.readable:
            return Answer(204)
        value = values(node.path)
        return Answer(200, {} if value is None else {"VALUE": list(value)})
    described = describe(node, values)
    if not asked:
        return Answer(200, described)
    found = {name: described[name] for name in asked if name in described}
    return Answer(200, found) if found else Answer(204)


def _insert(root: Node, address: str, spec: Spec, track: str) -> None:
    *parents, name = address.strip("/").split("/")
    node, path = root, ""
    for part in parents:
        path += f"/{part}"
        node = node.contents.setdefault(part, Node({"FULL_PATH": path, "ACCESS": _NO_VALUE}))
    fields = spec.tells or (*spec.fields, *spec.repeated)
    before = node.contents.get(name)  # a container that is a message too: /musegan/gen and /musegan/gen/now
    node.contents[name] = Node(
        _attributes(address, spec, fields, track),
        "".join(f.type for f in fields),
        spec.readable,
        before.contents if before else {},
    )


def _attributes(address: str, spec: Spec, fields: Sequence[Field], track: str) -> dict[str, object]:
    attributes: dict[str, object] = {
        "FULL_PATH": address,
        "TYPE": "".join(f.type for f in fields) or _BUTTON,
        "ACCESS": (_READ if spec.tells else _READ_AND_WRITE) if spec.readable else _WRITE,
        "DESCRIPTION": "\n".join([spec.doc, *map(_explanation, fields)]),
        "TAGS": ["setting" if spec.readable else "action", *([track] if track else [])],
    }
    # One item for each argument, null where there is nothing to say; left out where that is so of all.
    if any(ranges := [_range(f) for f in fields]):
        attributes["RANGE"] = ranges
    if any(units := [_UNITS.get(f.unit, f.unit) or None for f in fields]):
        attributes["UNIT"] = units
    if address in _CRITICAL:
        attributes["CRITICAL"] = True
    return attributes


def _explanation(f: Field) -> str:
    default = "" if f.default is None else f"; left out: {f.default!r}"
    return f"{f.name}: {f.doc}{default}"


def _range(f: Field) -> dict[str, object] | None:
    if f.choices:
        return {"VALS": list(f.choices)}
    number = int if f.type == "i" else float
    limits = {"MIN": f.low, "MAX": f.high}
    return {name: number(limit) for name, limit in limits.items() if limit is not None} or None
