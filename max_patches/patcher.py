"""Write Max patchers as JSON and as a Max for Live device; it must not know what the patches do."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from max_patches.objects import ports

MIDI_EFFECT = b"mmmm"
"""What Live calls a MIDI effect, as a device file's type."""

Rect = tuple[int, int, int, int]  # left, top, width, height in pixels


@dataclass(frozen=True, slots=True)
class Box:
    """A box in a patcher: what `Patcher.connect` joins."""

    id: str
    attributes: dict[str, Any]


@dataclass(slots=True)
class Patcher:
    """A patcher being written. Boxes get their ids in the order in which they are added: a build repeats to the byte.

    An outlet takes one cord only: Max fires several cords from one outlet by where their boxes lie, so that moving a
    box would change what the patch does. `t` says the order instead.
    """

    boxes: list[Box] = field(default_factory=list)
    cords: list[tuple[str, int, str, int]] = field(default_factory=list)  # source, outlet, destination, inlet

    def add(self, text: str, x: int, y: int, ends: tuple[int, int] | None = None) -> Box:
        """Add an object box that reads `text`; `ends`: inlets and outlets, of an abstraction."""
        saved = {}
        if text.startswith("js "):
            saved["saved_object_attributes"] = {"filename": text.split()[1], "parameter_enable": 0}
        return self._box("newobj", text, x, y, ends, text=text, **saved)

    def message(self, text: str, x: int, y: int) -> Box:
        """Add a message box."""
        return self._box("message", "message", x, y, text=text)

    def comment(self, text: str, x: int, y: int, **attributes: Any) -> Box:
        """Add a comment for whoever opens the patch."""
        return self._box("comment", "comment", x, y, text=text, **attributes)

    def toggle(self, x: int, y: int) -> Box:
        """Add a switch for whoever opens the patch."""
        return self.control_patching("toggle", x, y, 24, 24)

    def control_patching(self, maxclass: str, x: int, y: int, width: int, height: int) -> Box:
        """Add something that is seen in the patch itself."""
        box = self._box(maxclass, maxclass, x, y, parameter_enable=0)
        box.attributes["patching_rect"] = [x, y, width, height]
        return box

    def abstraction(self, name: str, ends: tuple[int, int], shown: Rect, arguments: tuple[object, ...]) -> Box:
        """Add a window onto the file `name`, at `shown` in the patch; `ends`: its inlets and outlets."""
        box = self._box("bpatcher", "bpatcher", shown[0], shown[1], ends, name=name, args=list(arguments),
                        viewvisibility=1, lockeddragscroll=0, enablehscroll=0, enablevscroll=0)  # fmt: skip
        box.attributes["patching_rect"] = list(shown)
        return box

    def inlet(self, comment: str, x: int, y: int = 20) -> Box:
        """Add an inlet. Max numbers inlets from left to right."""
        return self._box("inlet", "inlet", x, y, comment=comment, index=self._index("inlet"))

    def outlet(self, comment: str, x: int, y: int) -> Box:
        """Add an outlet. Max numbers outlets from left to right."""
        return self._box("outlet", "outlet", x, y, comment=comment, index=self._index("outlet"))

    def subpatcher(self, name: str, patcher: Patcher, x: int, y: int) -> Box:
        """Add `patcher` as a box that can be opened."""
        return self._box("newobj", f"p {name}", x, y, text=f"p {name}", patcher=patcher.as_dict((100, 100, 900, 700)))

    def control(self, maxclass: str, x: int, y: int, shown: Rect, **attributes: Any) -> Box:
        """Add something that is seen in the device at `shown`."""
        box = self._box(maxclass, maxclass, x, y, **attributes)
        box.attributes["patching_rect"] = [x, y, shown[2], shown[3]]
        box.attributes.update(presentation=1, presentation_rect=list(shown))
        return box

    def screen(self, x: int, y: int, shown: Rect) -> Box:
        """Add a dark field, as Live's displays are, behind what is drawn on it."""
        return self.control(
            "panel", x, y, shown, mode=0, background=1, ignoreclick=1, bgcolor=[0.1, 0.1, 0.1, 1.0],
            saved_attribute_attributes={"bgcolor": {"expression": "themecolor.live_lcd_bg"}},
        )  # fmt: skip

    def script_screen(self, filename: str, x: int, y: int, shown: Rect) -> Box:
        """Add a display that the script `filename` draws."""
        return self.control("jsui", x, y, shown, filename=filename, ignoreclick=1, border=0, parameter_enable=0)

    def connect(self, source: Box, outlet: int, destination: Box, inlet: int = 0) -> None:
        """Draw one cord."""
        self.cords.append((source.id, outlet, destination.id, inlet))

    def chain(self, *boxes: Box) -> Box:
        """Draw a cord from each box's first outlet to the next one's first inlet; return the last box."""
        for source, destination in pairwise(boxes):
            self.connect(source, 0, destination)
        return boxes[-1]

    def as_dict(self, rect: Rect, **attributes: Any) -> dict[str, Any]:
        """Return the patcher as Max saves it, in a window at `rect` that is large enough for all of it."""
        right, bottom = self._tidy()
        rect = (*rect[:2], max(rect[2], right + 20), max(rect[3], bottom + 20))
        # 8.6 is the Max inside Live 11.3 and 12: an older number would make newer ones convert, a newer one warn.
        version = {"major": 8, "minor": 6, "revision": 5, "architecture": "x64", "modernui": 1}
        return {
            "fileversion": 1,
            "appversion": version,
            "classnamespace": "box",
            "rect": list(rect),
            "gridsize": [8.0, 8.0],
            **attributes,
            "boxes": [{"box": {"id": box.id, **box.attributes}} for box in self.boxes],
            "lines": [
                {"patchline": {"source": [source, outlet], "destination": [destination, inlet]}}
                for source, outlet, destination, inlet in self.cords
            ],
        }

    def _tidy(self) -> tuple[int, int]:
        """Move boxes down until none covers another; return how far right and down they reach."""
        placed: list[list[int]] = []
        for box in sorted(self.boxes, key=lambda box: box.attributes["patching_rect"][1]):
            rect = box.attributes["patching_rect"]
            while blocking := [other for other in placed if _overlap(rect, other)]:
                rect[1] = max(other[1] + other[3] for other in blocking) + 6
            placed.append(rect)
        return max(rect[0] + rect[2] for rect in placed), max(rect[1] + rect[3] for rect in placed)

    def _box(
        self, maxclass: str, named: str, x: int, y: int, ends: tuple[int, int] | None = None, **attributes: Any
    ) -> Box:
        inside = [box["box"]["maxclass"] for box in attributes.get("patcher", {}).get("boxes", [])]
        counts = ports(named, ends or (inside.count("inlet"), inside.count("outlet")))
        width = max(32, 7 * len(attributes.get("text", "")) + 14)
        box = Box(
            f"obj-{len(self.boxes) + 1}",
            {
                "maxclass": maxclass,
                "numinlets": counts.inlets,
                "numoutlets": counts.outlets,
                "outlettype": counts.outlettype,
                "patching_rect": [x, y, 30 if maxclass in ("inlet", "outlet") else width, 22],
                **attributes,
            },
        )
        self.boxes.append(box)
        return box

    def _index(self, maxclass: str) -> int:
        return 1 + [box.attributes["maxclass"] for box in self.boxes].count(maxclass)


def _overlap(one: list[int], other: list[int]) -> bool:
    return all(one[i] < other[i] + other[i + 2] and other[i] < one[i] + one[i + 2] for i in (0, 1))


def patch_text(patcher: dict[str, Any]) -> str:
    """Return the text of a .maxpat file."""
    return json.dumps({"patcher": patcher}, indent="\t", ensure_ascii=False) + "\n"


def device_bytes(patcher: dict[str, Any], kind: bytes = MIDI_EFFECT) -> bytes:
    """Return the bytes of an .amxd file that is not frozen: chunks of tag, little-endian size and data.

    >>> device_bytes({})[:8], device_bytes({})[-1:]
    (b'ampf\\x04\\x00\\x00\\x00', b'\\x00')
    """
    text = patch_text(patcher).encode() + b"\0"
    chunks = ((b"ampf", kind), (b"meta", struct.pack("<I", 0)), (b"ptch", text))
    return b"".join(tag + struct.pack("<I", len(data)) + data for tag, data in chunks)


def project(scripts: Sequence[str] = (), kind: bytes = MIDI_EFFECT) -> dict[str, Any]:
    """Return the block without which Max refuses a device; its dates are fixed, so that builds repeat."""
    long_ago = 3590052786  # seconds since 1904
    return {
        "version": 1,
        "creationdate": long_ago,
        "modificationdate": long_ago,
        "viewrect": [0.0, 0.0, 300.0, 500.0],
        "autoorganize": 1,
        "hideprojectwindow": 1,
        "showdependencies": 1,
        "autolocalize": 0,
        "contents": {"patchers": {}, "code": {name: {"kind": "javascript", "local": 1} for name in scripts}},
        "layout": {},
        "searchpath": {},
        "detailsvisible": 0,
        "amxdtype": int.from_bytes(kind, "big"),
        "readonly": 0,
        "devpathtype": 0,
        "devpath": ".",
        "sortmode": 0,
        "viewmode": 0,
    }
