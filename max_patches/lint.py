"""Find faults in a patcher before Max does: `python -m max_patches.lint FILE ...`. It must not know our patches."""

from __future__ import annotations

import json
import struct
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from max_patches.guidelines import guidelines
from max_patches.objects import UnknownObjectError, ports

HEIGHT = 169  # pixels: what Live shows of a device
NEEDED = ("parameter_shortname", "parameter_type", "parameter_mmax", "parameter_info", "parameter_invisible")
Ends = Mapping[str, tuple[int, int]]
"""Inlets and outlets of abstractions, by name."""


def lint(patcher: dict[str, Any], abstractions: Ends = MappingProxyType({})) -> list[str]:
    """Return what is wrong with a patcher and all inside it, one sentence each; nothing is good.

    >>> lint({"boxes": [{"box": {"id": "obj-1", "maxclass": "newobj", "text": "udprecieve 1"}}], "lines": []})
    ['obj-1: udprecieve is not in objects.json']
    """
    found = [*_lint_level(patcher, "", abstractions), *_lint_parameters(patcher), *_lint_presentation(patcher)]
    return [*found, *guidelines(patcher)] if "project" in patcher else found


def walk(patcher: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield (path, patcher, box) for each box at every depth."""
    for wrapped in patcher["boxes"]:
        box = wrapped["box"]
        yield path + box["id"], patcher, box
        if "patcher" in box:
            yield from walk(box["patcher"], f"{path}{box['text'].removeprefix('p ')}/")


def _lint_level(patcher: dict[str, Any], path: str, abstractions: Ends) -> Iterator[str]:
    boxes = {wrapped["box"]["id"]: wrapped["box"] for wrapped in patcher["boxes"]}
    for name, times in Counter(wrapped["box"]["id"] for wrapped in patcher["boxes"]).items():
        if times > 1:
            yield f"{path}{name}: {times} boxes have this id"
    counts = {}
    for name, box in boxes.items():
        try:
            counts[name] = _ports(box, abstractions)
        except UnknownObjectError as error:
            yield f"{path}{name}: {error}"
            continue
        written = (box.get("numinlets"), box.get("numoutlets"), len(box.get("outlettype", [])))
        inlets, outlets = counts[name]
        if written != (inlets, outlets, outlets):
            yield f"{path}{name}: says {written}, but {_name(box)} has {inlets} inlets and {outlets} outlets"
        if "patcher" in box:
            yield from _lint_level(box["patcher"], f"{path}{_name(box).removeprefix('p ')}/", abstractions)
    yield from _lint_cords(patcher, counts, path)
    yield from _lint_order(boxes, path)


def _lint_cords(patcher: dict[str, Any], counts: dict[str, tuple[int, int]], path: str) -> Iterator[str]:
    ids = {wrapped["box"]["id"] for wrapped in patcher["boxes"]}
    cords: Counter[tuple[str, int]] = Counter()
    for line in patcher["lines"]:
        (source, outlet), (destination, inlet) = line["patchline"]["source"], line["patchline"]["destination"]
        where = f"{path}{source}:{outlet} -> {path}{destination}:{inlet}"
        if not {source, destination} <= ids:
            yield f"{where}: a cord to nothing"
            continue
        if source in counts and outlet >= counts[source][1]:
            yield f"{where}: no such outlet"
        if destination in counts and inlet >= counts[destination][0]:
            yield f"{where}: no such inlet"
        cords[source, outlet] += 1
    for (source, outlet), times in cords.items():
        if times > 1:
            yield f"{path}{source}:{outlet}: {times} cords from one outlet, whose order depends on the layout: use t"


def _lint_order(boxes: dict[str, dict[str, Any]], path: str) -> Iterator[str]:
    for kind in ("inlet", "outlet"):
        lefts = [box["patching_rect"][0] for box in boxes.values() if box["maxclass"] == kind]
        if any(left >= right for left, right in pairwise(lefts)):
            yield f"{path}: Max numbers each {kind} by its place, and these are not in the order of their ids"


def _lint_parameters(patcher: dict[str, Any]) -> Iterator[str]:
    names: Counter[str] = Counter()
    for path, _, box in walk(patcher):
        if not box["maxclass"].startswith("live.") or box["maxclass"] == "live.comment":
            continue
        value = box.get("saved_attribute_attributes", {}).get("valueof", {})
        if not box.get("parameter_enable") or not value.get("parameter_longname"):
            yield f"{path}: a control without a parameter"
            continue
        names[value["parameter_longname"]] += 1
        for key in NEEDED:
            if value.get(key) in (None, ""):
                yield f"{path}: {key} is missing"
        if value.get("parameter_type") == 1 and value.get("parameter_mmax", 0) > 255:
            yield f"{path}: a Live parameter of type int ends at 255"
    for name, times in names.items():
        if times > 1:
            yield f"{name}: {times} parameters have this long name"


def _lint_presentation(patcher: dict[str, Any]) -> Iterator[str]:
    width = patcher.get("devicewidth")
    shown: list[tuple[str, list[int]]] = []
    for wrapped in patcher["boxes"]:
        box = wrapped["box"]
        if not box.get("presentation") or box.get("background"):
            continue
        left, top, wide, high = rect = box["presentation_rect"]
        if any(value != int(value) for value in rect):
            yield f"{box['id']}: presentation_rect {rect} is not in whole pixels"
        if left < 0 or top < 0 or top + high > HEIGHT or (width is not None and left + wide > width):
            yield f"{box['id']}: presentation_rect {rect} is outside the device"
        for other, (x, y, w, h) in shown:
            if left < x + w and x < left + wide and top < y + h and y < top + high:
                yield f"{box['id']}: covers {other} in the device"
        shown.append((box["id"], rect))


def _name(box: dict[str, Any]) -> str:
    return str(box["text"]) if box["maxclass"] == "newobj" else str(box["maxclass"])


def _ports(box: dict[str, Any], abstractions: Ends) -> tuple[int, int]:
    own = _name(box).split()[0] if box["maxclass"] != "bpatcher" else str(box["name"]).removesuffix(".maxpat")
    if own.startswith("musegan."):
        if own not in abstractions:
            raise UnknownObjectError(f"there is no {own}")
        return abstractions[own]
    inside = [inner["box"]["maxclass"] for inner in box.get("patcher", {}).get("boxes", [])]
    counts = ports(_name(box), (inside.count("inlet"), inside.count("outlet")))
    return counts.inlets, counts.outlets


def read(path: Path) -> dict[str, Any]:
    """Return the patcher in a .maxpat file, or in an .amxd file that is not frozen."""
    data = path.read_bytes()
    if data.startswith(b"ampf"):
        start = data.index(b"ptch")
        (size,) = struct.unpack_from("<I", data, start + 4)
        data = data[start + 8 : start + 8 + size].rstrip(b"\0")
    patcher: dict[str, Any] = json.loads(data)["patcher"]
    return patcher


def beside(path: Path) -> dict[str, tuple[int, int]]:
    """Return the ends of all abstractions in the folder of a file."""
    return {other.name.removesuffix(".maxpat"): ends(read(other)) for other in path.parent.glob("*.maxpat")}


def ends(patcher: dict[str, Any]) -> tuple[int, int]:
    """Return how many inlets and outlets a patcher has."""
    classes = [wrapped["box"]["maxclass"] for wrapped in patcher["boxes"]]
    return classes.count("inlet"), classes.count("outlet")


def main() -> None:
    """Run from the command line; the exit status says whether anything was found."""
    found = [f"{name}: {fault}" for name in sys.argv[1:] for fault in lint(read(Path(name)), beside(Path(name)))]
    for line in found:
        print(line)
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
