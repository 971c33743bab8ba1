"""The Max files: built from their source, readable by others, without faults, and speaking the message table."""

from __future__ import annotations

import copy
import json
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import py2max
import pytest
from max_patches import lint, objects, player

from musegan_bridge import messages
from musegan_models import spec

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "max_patches"
DEVICE = FOLDER / "MuseGAN Bridge.amxd"
PATCH = FOLDER / "MuseGAN Bridge.maxpat"


def chunks(data: bytes) -> dict[bytes, bytes]:
    """Read a device as Ableton describes it: tag, little-endian size, data, to the end of the file."""
    found = {}
    while data:
        tag, size = struct.unpack_from("<4sI", data)
        assert len(data) >= 8 + size, f"{tag!r} says {size} bytes, but the file ends before"
        found[tag], data = data[8 : 8 + size], data[8 + size :]
    return found


def device() -> dict[str, Any]:
    payload = chunks(DEVICE.read_bytes())[b"ptch"]
    assert payload.endswith(b"\n\0")
    assert payload.count(b"\0") == 1
    patcher: dict[str, Any] = json.loads(payload[:-1])["patcher"]
    return patcher


def patch() -> dict[str, Any]:
    patcher: dict[str, Any] = json.loads(PATCH.read_text(encoding="utf-8"))["patcher"]
    return patcher


BOTH = pytest.mark.parametrize("read", [device, patch], ids=["device", "patch"])


def texts(patcher: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return (maxclass, words) of every box at any depth that has a text."""
    return [(box["maxclass"], box["text"].split()) for _, _, box in lint.walk(patcher) if "text" in box]


def controls(patcher: dict[str, Any]) -> dict[str, dict[str, Any]]:
    boxes = [box for _, _, box in lint.walk(patcher) if box.get("parameter_enable")]
    values = [box["saved_attribute_attributes"]["valueof"] for box in boxes]
    return {value["parameter_longname"]: value for value in values}


# Files


def test_a_build_repeats_to_the_byte_and_the_committed_files_are_it(tmp_path: Path) -> None:
    for name in ("first", "second"):
        tmp_path.joinpath(name).mkdir()
        subprocess.run([sys.executable, "-m", "max_patches.build", tmp_path / name], cwd=ROOT, check=True)
    for committed in (DEVICE, PATCH):
        first, second = (tmp_path.joinpath(name, committed.name).read_bytes() for name in ("first", "second"))
        assert first == second
        assert first == committed.read_bytes(), f"{committed.name} is old: run python -m max_patches.build"


def test_the_device_is_a_plain_midi_effect() -> None:
    found = chunks(DEVICE.read_bytes())
    assert list(found) == [b"ampf", b"meta", b"ptch"]
    assert found[b"ampf"] == b"mmmm"
    assert found[b"meta"] == bytes(4)  # not frozen
    project = device()["project"]
    assert struct.pack(">I", project["amxdtype"]) == b"mmmm"


def test_the_device_opens_in_presentation_at_the_height_of_live() -> None:
    patcher = device()
    assert patcher["openinpresentation"] == 1
    assert patcher["openrect"] == [0.0, 0.0, patcher["devicewidth"], 169.0]


def test_the_note_path_needs_neither_javascript_nor_externals() -> None:
    for read in (device, patch):
        names = {words[0] for maxclass, words in texts(read()) if maxclass == "newobj"}
        assert names <= set(objects.TABLE)
        assert not names & {"js", "v8", "node.script", "jweb", "live.object", "live.observer"}


# Lint


@BOTH
def test_lint_finds_nothing(read: Callable[[], dict[str, Any]]) -> None:
    assert lint.lint(read()) == []


def box_with(patcher: dict[str, Any], text: str) -> dict[str, Any]:
    return next(box for _, _, box in lint.walk(patcher) if box.get("text", "").startswith(text))


def plant_typing_error(patcher: dict[str, Any]) -> None:
    box_with(patcher, "udpreceive")["text"] = "udprecieve 7401"


def plant_typing_error_deep_inside(patcher: dict[str, Any]) -> None:
    box_with(patcher, "makenote")["text"] = "maknote 100 250"


def plant_inlet_out_of_range(patcher: dict[str, Any]) -> None:
    cord = patcher["lines"][0]["patchline"]
    cord["destination"] = [box_with(patcher, "udpsend")["id"], 1]


def plant_outlet_out_of_range(patcher: dict[str, Any]) -> None:
    patcher["lines"][0]["patchline"]["source"][1] = 99


def plant_wrong_count(patcher: dict[str, Any]) -> None:
    box_with(patcher, "route /musegan/bar/begin")["text"] += " /musegan/note"


def plant_orphan_cord(patcher: dict[str, Any]) -> None:
    patcher["lines"].append({"patchline": {"source": ["obj-1", 0], "destination": ["obj-999", 0]}})


def plant_double_id(patcher: dict[str, Any]) -> None:
    patcher["boxes"].append(copy.deepcopy(patcher["boxes"][0]))


def plant_double_parameter(patcher: dict[str, Any]) -> None:
    live = [box for _, _, box in lint.walk(patcher) if box.get("parameter_enable")]
    first, second = (box["saved_attribute_attributes"]["valueof"] for box in live[:2])
    second["parameter_longname"] = first["parameter_longname"]


def plant_missing_info(patcher: dict[str, Any]) -> None:
    box = next(box for _, _, box in lint.walk(patcher) if box.get("parameter_enable"))
    box["saved_attribute_attributes"]["valueof"]["parameter_info"] = ""


def plant_too_low(patcher: dict[str, Any]) -> None:
    box = next(box for _, _, box in lint.walk(patcher) if box.get("presentation"))
    box["presentation_rect"] = [8, 160, 60, 18]


def plant_ambiguous_order(patcher: dict[str, Any]) -> None:
    patcher["lines"].append(copy.deepcopy(patcher["lines"][0]))


def plant_swapped_inlets(patcher: dict[str, Any]) -> None:
    inside = box_with(patcher, "p Player")["patcher"]
    inlets = [wrapped["box"] for wrapped in inside["boxes"] if wrapped["box"]["maxclass"] == "inlet"]
    inlets[0]["patching_rect"][0] = inlets[1]["patching_rect"][0] + 1


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (plant_typing_error, "udprecieve is not in objects.json"),
        (plant_typing_error_deep_inside, "maknote is not in objects.json"),
        (plant_inlet_out_of_range, "no such inlet"),
        (plant_outlet_out_of_range, "no such outlet"),
        (plant_wrong_count, "has 8 inlets and 8 outlets"),
        (plant_orphan_cord, "a cord to nothing"),
        (plant_double_id, "2 boxes have this id"),
        (plant_double_parameter, "2 parameters have this long name"),
        (plant_missing_info, "parameter_info is missing"),
        (plant_too_low, "is outside the device"),
        (plant_ambiguous_order, "order depends on the layout"),
        (plant_swapped_inlets, "not in the order of their ids"),
    ],
)
def test_lint_finds_a_planted_fault(plant: Callable[[dict[str, Any]], None], said: str) -> None:
    patcher = device()
    plant(patcher)
    assert any(said in fault for fault in lint.lint(patcher))


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("route a", (2, 2)),
        ("route a b c", (4, 4)),
        ("sel 1", (2, 2)),
        ("sel 1 2 3", (4, 4)),
        ("t b l", (1, 2)),
        ("unpack 0 0.", (1, 2)),
        ("pack 0 0 0 0", (4, 1)),
        ("gate", (2, 1)),
        ("gate 3", (2, 3)),
        ("switch", (2, 1)),
        ("switch 6", (7, 1)),
        ("expr $i1+$f3", (3, 1)),
    ],
)
def test_the_rules_for_ports_say_what_public_patchers_say(text: str, ports: tuple[int, int]) -> None:
    counts = objects.ports(text)
    assert (counts.inlets, counts.outlets) == ports
    assert len(counts.outlettype) == counts.outlets
    if text != "switch":  # without a number it has two inputs, which no patch of ours uses
        assert list(ports) in objects.TABLE[text.split()[0]]["seen"]


def test_py2max_finds_nothing_either() -> None:
    assert [str(finding) for finding in py2max.lint(py2max.Patcher.from_file(PATCH))] == []


# Live


def test_the_track_menu_has_the_tracks_of_the_band_in_their_order() -> None:
    names = [track.name for track in spec.TRACKS]
    assert controls(device())["Track"]["parameter_enum"] == names
    assert list(player.TRACKS) == names


def test_a_button_is_hidden_from_live_and_not_pressed_by_loading() -> None:
    for name in ("Play Band", "Stop Band", "Panic", "New Phrase"):
        value = controls(device())[name]
        assert (value["parameter_invisible"], value["parameter_initial_enable"]) == (2, 0)


def test_a_port_is_stored_with_the_set_and_no_int_parameter() -> None:
    for name in ("Server Port", "Own Port"):
        value = controls(device())[name]
        assert (value["parameter_type"], value["parameter_unitstyle"], value["parameter_invisible"]) == (0, 0, 1)
        assert value["parameter_mmin"] <= value["parameter_initial"][0] <= value["parameter_mmax"]


def test_the_patcher_lists_its_parameters() -> None:
    for read in (device, patch):
        patcher = read()
        listed = [entry[0] for key, entry in patcher["parameters"].items() if key.startswith("obj-")]
        assert sorted(listed) == sorted(controls(patcher))


# Message table


def sent(patcher: dict[str, Any]) -> list[list[str]]:
    """Return the words of each message the patch can send; what is put in at run time is missing or $1."""
    found = [words for maxclass, words in texts(patcher) if maxclass == "message"]
    found += [words[1:] for maxclass, words in texts(patcher) if maxclass == "newobj" and words[0] == "prepend"]
    return [words for words in found if words[0].startswith("/")]


@BOTH
def test_every_address_that_is_sent_is_one_the_server_takes(read: Callable[[], dict[str, Any]]) -> None:
    incoming = {one.address for one in messages.INCOMING}
    addresses = {words[0] for words in sent(read())}
    assert addresses <= incoming
    wanted = {"subscribe", "in/note", "in/track", "play", "stop", "panic", "tempo", "gen"}
    assert addresses == {f"/musegan/{word}" for word in wanted}


@BOTH
def test_every_message_that_is_written_out_is_one_the_server_takes(read: Callable[[], dict[str, Any]]) -> None:
    written = [words for words in sent(read()) if words[0] not in ("/musegan/tempo", "/musegan/in/note")]
    assert len(written) == 11
    for address, *words in written:
        fields = messages.BY_ADDRESS[address].fields
        assert [field.name for field in fields[: len(words)] if field.default is None] == [
            field.name for field in fields if field.default is None
        ]
        values = [word.replace("$1", "7401") for word in words]
        messages.parse(address, [v if f.type == "s" else float(v) for f, v in zip(fields, values, strict=False)])


@BOTH
def test_every_address_that_is_routed_is_one_the_server_sends(read: Callable[[], dict[str, Any]]) -> None:
    outgoing = {one.address for one in messages.OUTGOING}
    routed = {word for _, words in texts(read()) if words[:1] == ["route"] for word in words if word.startswith("/")}
    assert routed <= outgoing
    assert {"/musegan/bar/begin", "/musegan/bar/notes", "/musegan/bar/end", "/musegan/silence"} <= routed


def test_the_device_asks_for_committed_bars_only() -> None:
    fields = messages.BY_ADDRESS["/musegan/subscribe"].fields
    lookahead = [field.name for field in fields].index("lookahead")
    (words,) = (words for words in sent(device()) if words[0] == "/musegan/subscribe")
    assert (len(words[1:]) <= lookahead, fields[lookahead].default) == (True, 0.0)


def test_what_the_player_takes_apart_is_where_the_table_says() -> None:
    begin, notes, end = (messages.BY_ADDRESS[f"/musegan/bar/{word}"] for word in ("begin", "notes", "end"))
    assert begin.fields[0].name == end.fields[0].name == "bar"
    assert [field.name for field in notes.fields] == ["bar", "track", "part"]
    assert [field.name for field in notes.repeated] == ["position", "pitch", "velocity", "duration"]


def test_the_lease_outlives_two_renewals() -> None:
    found = texts(device())
    renew = next(int(words[1]) / 1000 for _, words in found if words[:1] == ["metro"] and words[1].endswith("000"))
    lease = next(float(words[3]) for _, words in found if words[:1] == ["/musegan/subscribe"])
    assert lease >= 3 * renew
