"""Ableton's production guidelines for devices, as far as a file shows whether they are kept; lint asks.

https://github.com/Ableton/maxdevtools/blob/main/m4l-production-guidelines/m4l-production-guidelines.md
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from max_patches.parameters import AUTOMATED, BLOB, ENUM, HIDDEN, LCD_NUMBER, LCD_TAB, LCD_TEXT

HEIGHT = 169
LONGEST_SHORTNAME = 8  # letters; more are cut off on the control
LCD = {"live.text": LCD_TEXT, "live.tab": LCD_TAB, "live.numbox": LCD_NUMBER}
RESTORES = "outputvalue"  # the one message that does not set a control
ASKS = "t b"  # the one that does not set a field for text


def guidelines(patcher: dict[str, Any]) -> Iterator[str]:
    """Yield what a device does against the guidelines, one sentence each."""
    boxes = [wrapped["box"] for wrapped in patcher["boxes"]]
    controls = [box for box in boxes if box.get("parameter_enable")]
    yield from _device(patcher, boxes)
    for box in controls:
        for fault in (*_parameter(box), *_behaviour(box)):
            yield f"{box['id']}: {fault}"
    yield from _lists(patcher, controls)
    yield from _undo(patcher, controls)
    for box in boxes:
        yield from _theme(box)


def _device(patcher: dict[str, Any], boxes: list[dict[str, Any]]) -> Iterator[str]:
    width = patcher.get("devicewidth", 0.0)
    if patcher.get("openrect") != [0.0, 0.0, width, float(HEIGHT)] or width != int(width):
        yield f"the device opens at {patcher.get('openrect')}, not at its width and {HEIGHT} pixels"
    if "live_surface_bg" not in str(patcher.get("saved_attribute_attributes")):
        yield "the background does not follow Live's theme"
    if not patcher.get("openinpresentation"):
        yield "the device does not open in presentation"
    shown = [box["presentation_rect"] for box in boxes if box.get("presentation")]
    left, right = min(rect[0] for rect in shown), max(rect[0] + rect[2] for rect in shown)
    if left != width - right:
        yield f"the left margin is {left} pixels, and the right one {width - right}"
    for box in boxes:
        words = str(box.get("text", "")).split()
        if "\t" in str(box.get("text", "")):
            yield f"{box['id']}: a tab in a text looks different on each system"
        if words[:1] == ["print"]:
            yield f"{box['id']}: the Max window is for errors of others"
        if words[:1] in (["send"], ["s"], ["receive"], ["r"], ["forward"]) and len(words) > 1:
            name = words[1].removeprefix("---")
            if name == words[1] and not name.startswith("musegan."):
                yield f"{box['id']}: {name} is a name that all devices share: begin it with --- or musegan."


def _parameter(box: dict[str, Any]) -> Iterator[str]:
    value = box["saved_attribute_attributes"]["valueof"]
    name, short = value.get("parameter_longname", ""), value.get("parameter_shortname", "")
    if re.match(r"live\.|.*\[\d+\]$", name) or not name:
        yield f"{name!r} is no name for a parameter"
    if not 0 < len(short) <= LONGEST_SHORTNAME:
        yield f"the short name {short!r} is not seen whole"
    if not box.get("annotation") or not box.get("annotation_name"):
        yield "no text for Live's Info View"
    elif not box["annotation"].endswith("."):
        yield "the text for Live's Info View is no sentence"
    if value.get("parameter_type") == ENUM:
        words = value.get("parameter_enum", [])
        if len(words) != value.get("parameter_mmax", 0) + 1 or any(re.match(r"val\d", word) for word in words):
            yield f"the choices are {words}"
    elif value.get("parameter_type") == BLOB:
        if value.get("parameter_invisible") == AUTOMATED:
            yield "a text cannot be automated"
    elif "parameter_unitstyle" not in value:
        yield "a number without a unit"
    elif (value.get("parameter_mmin", 0), value.get("parameter_mmax")) == (0, 1):
        yield "0 to 1 is no real unit"


def _behaviour(box: dict[str, Any]) -> Iterator[str]:
    value, maxclass = box["saved_attribute_attributes"]["valueof"], box["maxclass"]
    if maxclass in LCD and box.get("appearance") != LCD[maxclass]:
        yield f"{maxclass} is not drawn as Live's own are"
    if maxclass == "live.text" and box.get("mode") == 0:
        if value.get("parameter_invisible") != HIDDEN or value.get("parameter_initial_enable"):
            yield "a button is not hidden: each press is an undo step, or loading presses it"
        if box.get("outputmode") != 1:
            yield "a button does not wait for the mouse to go up"
    if (
        maxclass == "live.text"
        and box.get("mode") == 1
        and (box.get("automation"), box.get("automationon")) == (None,) * 2
    ):
        yield "the automation lane of a switch reads val1 and val2"


def _lists(patcher: dict[str, Any], controls: list[dict[str, Any]]) -> Iterator[str]:
    values = [box["saved_attribute_attributes"]["valueof"] for box in controls]
    orders = Counter(value.get("parameter_order") for value in values)
    if any(times > 1 for times in orders.values()):
        yield "two parameters have the same place in Live's list"
    automated = {value["parameter_longname"] for value in values if value.get("parameter_invisible") == AUTOMATED}
    pages = [page["parameters"] for page in patcher["parameters"]["parameterbanks"].values()]
    banked = Counter(name for page in pages for name in page if name != "-")
    for page in pages:
        if len(page) != 8:
            yield f"a bank of Push has 8 parameters, not {len(page)}"
    for name in sorted(automated - set(banked)):
        yield f"{name} is in no bank of Push"
    for name, times in banked.items():
        if name not in automated:
            yield f"{name} is in a bank of Push, but is not automated"
        if times > 1:
            yield f"{name} is in {times} places of the banks of Push"


def _undo(patcher: dict[str, Any], controls: list[dict[str, Any]]) -> Iterator[str]:
    """Find controls that the patch itself turns: each time would be a step of Live's undo, unless they are hidden."""
    boxes = {wrapped["box"]["id"]: wrapped["box"] for wrapped in patcher["boxes"]}
    into: dict[str, list[str]] = {}
    for line in patcher["lines"]:
        into.setdefault(line["patchline"]["destination"][0], []).append(line["patchline"]["source"][0])
    for box in controls:
        if box["saved_attribute_attributes"]["valueof"].get("parameter_invisible") == HIDDEN:
            continue
        for source in into.get(box["id"], []):
            feeders = into.get(source, []) if str(boxes[source].get("text", "")).startswith("t l") else [source]
            if box["maxclass"] == "textedit" and boxes[source].get("text") == ASKS:
                continue
            if any(boxes[feeder].get("text") != RESTORES for feeder in feeders):
                yield f"{box['id']}: the patch sets {box.get('varname')}: every time is a step of Live's undo"


def _theme(box: dict[str, Any]) -> Iterator[str]:
    """Find colours that stay as they are when the theme of Live changes."""
    if not box.get("presentation"):
        return
    dynamic = {
        name
        for name, value in box.get("saved_attribute_attributes", {}).items()
        if name != "valueof" and str(value.get("expression", "")).startswith("themecolor.")
    }
    for name in box:
        if name.endswith("color") and name not in dynamic:
            yield f"{box['id']}: {name} does not follow Live's theme"
