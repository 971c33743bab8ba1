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
from m4l_builder import MidiEffect
from max_patches import band_controls, lint, network, objects, player
from py2max import maxref
from tests.clients.maxmsp import Heard, Max

from musegan_bridge import messages
from musegan_models import spec

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "max_patches"
DEVICES = [f"MuseGAN {name}.amxd" for name in ("Band", "Track", "Follow")]
PATCHES = [f"musegan.{name}.maxpat" for name in ("band", "track", "follow")]
HELP = [f"musegan.{name}.maxhelp" for name in ("band", "track", "follow")]
EACH_DEVICE = pytest.mark.parametrize("name", DEVICES)
EACH = pytest.mark.parametrize("name", [*DEVICES, *PATCHES, *HELP])


def chunks(data: bytes) -> dict[bytes, bytes]:
    """Read a device as Ableton describes it: tag, little-endian size, data, to the end of the file."""
    found = {}
    while data:
        tag, size = struct.unpack_from("<4sI", data)
        assert len(data) >= 8 + size, f"{tag!r} says {size} bytes, but the file ends before"
        found[tag], data = data[8 : 8 + size], data[8 + size :]
    return found


def patcher_of(name: str) -> dict[str, Any]:
    """Read a file without what wrote it."""
    data = (FOLDER / name).read_bytes()
    if name.endswith(".amxd"):
        data = chunks(data)[b"ptch"]
        assert data.endswith(b"\n\0")
        assert data.count(b"\0") == 1
        data = data[:-1]
    patcher: dict[str, Any] = json.loads(data)["patcher"]
    return patcher


def texts(patcher: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return (maxclass, words) of every box at any depth that has a text."""
    return [(box["maxclass"], box["text"].split()) for _, _, box in lint.walk(patcher) if "text" in box]


def controls(patcher: dict[str, Any]) -> dict[str, dict[str, Any]]:
    boxes = [box for _, _, box in lint.walk(patcher) if box.get("parameter_enable")]
    values = [box["saved_attribute_attributes"]["valueof"] for box in boxes]
    return {value["parameter_longname"]: value for value in values}


# Files


def test_a_build_repeats_to_the_byte_and_the_committed_files_are_it(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        tmp_path.joinpath(folder).mkdir()
        subprocess.run([sys.executable, "-m", "max_patches.build", tmp_path / folder], cwd=ROOT, check=True)
    names = sorted(path.name for path in tmp_path.joinpath("first").iterdir())
    assert names == sorted([*DEVICES, *PATCHES, *HELP])
    for name in names:
        first, second = (tmp_path.joinpath(folder, name).read_bytes() for folder in ("first", "second"))
        assert first == second
        assert first == FOLDER.joinpath(name).read_bytes(), f"{name} is old: run python -m max_patches.build"


@EACH_DEVICE
def test_a_device_is_a_plain_midi_effect(name: str) -> None:
    found = chunks((FOLDER / name).read_bytes())
    assert list(found) == [b"ampf", b"meta", b"ptch"]
    assert found[b"ampf"] == b"mmmm"
    assert found[b"meta"] == bytes(4)  # not frozen
    project = patcher_of(name)["project"]
    assert struct.pack(">I", project["amxdtype"]) == b"mmmm"


@EACH_DEVICE
def test_another_program_reads_a_device(name: str) -> None:
    device, patcher = MidiEffect.from_amxd(FOLDER / name), patcher_of(name)
    assert (device.device_type, device.width, device.height) == ("midi_effect", patcher["devicewidth"], 169)
    assert (device.boxes, device.lines) == (patcher["boxes"], patcher["lines"])


@EACH
def test_what_a_file_needs_lies_beside_it(name: str) -> None:
    patcher = patcher_of(name)
    scripts = {box["filename"] for _, _, box in lint.walk(patcher) if box["maxclass"] == "jsui"}
    scripts |= {words[1] for _, words in texts(patcher) if words[:1] == ["js"]}
    assert {entry["name"] for entry in patcher["dependency_cache"]} == scripts
    others = {box["name"] for _, _, box in lint.walk(patcher) if box["maxclass"] == "bpatcher"}
    others |= {f"{words[0]}.maxpat" for _, words in texts(patcher) if words and words[0].startswith("musegan.")}
    assert all((FOLDER / other).exists() for other in scripts | others)


@EACH
def test_no_file_needs_node_or_externals_and_notes_no_script(name: str) -> None:
    names = {words[0] for maxclass, words in texts(patcher_of(name)) if maxclass == "newobj"}
    assert {one for one in names if not one.startswith("musegan.")} <= set(objects.TABLE)
    assert not names & {"v8", "node.script", "jweb", "live.object", "live.observer", "live.path"}
    # What a script says can reach nothing but words that are shown.
    patcher = patcher_of(name)
    said = [(p, box) for _, p, box in lint.walk(patcher) if str(box.get("text", "")).startswith("js ")]
    for inside, box in said:
        (after,) = (line["patchline"]["destination"][0] for line in inside["lines"]
                    if line["patchline"]["source"][0] == box["id"])  # fmt: skip
        (words,) = (one["box"]["text"] for one in inside["boxes"] if one["box"]["id"] == after)
        assert words == "prepend set"


# Lint


@EACH
def test_lint_finds_nothing(name: str) -> None:
    assert lint.lint(patcher_of(name), lint.beside(FOLDER / name)) == []


def test_lint_runs_from_the_command_line() -> None:
    files = [str(FOLDER / name) for name in (*DEVICES, *PATCHES, *HELP)]
    subprocess.run([sys.executable, "-m", "max_patches.lint", *files], cwd=ROOT, check=True)


def box_with(patcher: dict[str, Any], text: str) -> dict[str, Any]:
    return next(box for _, _, box in lint.walk(patcher) if box.get("text", "").startswith(text))


def plant_typing_error(patcher: dict[str, Any]) -> None:
    box_with(patcher, "udpreceive")["text"] = "udprecieve 7401"


def plant_typing_error_deep_inside(patcher: dict[str, Any]) -> None:
    box_with(patcher, "transport")["text"] = "transpot"


def plant_inlet_out_of_range(patcher: dict[str, Any]) -> None:
    cord = patcher["lines"][0]["patchline"]
    cord["destination"] = [box_with(patcher, "udpsend")["id"], 1]


def plant_outlet_out_of_range(patcher: dict[str, Any]) -> None:
    patcher["lines"][0]["patchline"]["source"][1] = 99


def plant_wrong_count(patcher: dict[str, Any]) -> None:
    box_with(patcher, "route /musegan/error")["text"] += " /musegan/note"


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
    inside = box_with(patcher, "p Subscribe")["patcher"]
    inlets = [wrapped["box"] for wrapped in inside["boxes"] if wrapped["box"]["maxclass"] == "inlet"]
    inlets[0]["patching_rect"][0] = inlets[1]["patching_rect"][0] + 1


def control(patcher: dict[str, Any], name: str) -> dict[str, Any]:
    return next(box for _, _, box in lint.walk(patcher) if box.get("varname") == name)


def value_of(patcher: dict[str, Any], name: str) -> dict[str, Any]:
    value: dict[str, Any] = control(patcher, name)["saved_attribute_attributes"]["valueof"]
    return value


def plant_fixed_colour(patcher: dict[str, Any]) -> None:
    control(patcher, "Density")["activedialcolor"] = [1.0, 0.0, 0.0, 1.0]


def plant_fixed_background(patcher: dict[str, Any]) -> None:
    del patcher["saved_attribute_attributes"]


def plant_default_name(patcher: dict[str, Any]) -> None:
    value_of(patcher, "Density")["parameter_longname"] = "live.dial[3]"


def plant_long_shortname(patcher: dict[str, Any]) -> None:
    value_of(patcher, "Density")["parameter_shortname"] = "Density of notes"


def plant_no_unit(patcher: dict[str, Any]) -> None:
    value_of(patcher, "Density").update(parameter_mmin=0.0, parameter_mmax=1.0)


def plant_visible_button(patcher: dict[str, Any]) -> None:
    value_of(patcher, "Play Band")["parameter_invisible"] = 0


def plant_mouse_down(patcher: dict[str, Any]) -> None:
    control(patcher, "Play Band")["outputmode"] = 0


def plant_missing_in_bank(patcher: dict[str, Any]) -> None:
    patcher["parameters"]["parameterbanks"]["0"]["parameters"][0] = "-"


def plant_short_bank(patcher: dict[str, Any]) -> None:
    patcher["parameters"]["parameterbanks"]["1"]["parameters"].pop()


def plant_same_order(patcher: dict[str, Any]) -> None:
    value_of(patcher, "Density")["parameter_order"] = value_of(patcher, "Swing")["parameter_order"]


def plant_undo_flood(patcher: dict[str, Any]) -> None:
    metro = box_with(patcher, "metro 100")
    patcher["lines"].append(
        {"patchline": {"source": [metro["id"], 0], "destination": [control(patcher, "Density")["id"], 0]}}
    )


def plant_text_that_is_set(patcher: dict[str, Any]) -> None:
    metro = box_with(patcher, "metro 100")
    patcher["lines"].append(
        {"patchline": {"source": [metro["id"], 0], "destination": [control(patcher, "Chart Text")["id"], 0]}}
    )


def plant_automated_text(patcher: dict[str, Any]) -> None:
    value_of(patcher, "Chart Text")["parameter_invisible"] = 0


def plant_shared_name(patcher: dict[str, Any]) -> None:
    box_with(patcher, "udpsend")["text"] = "send band"


def plant_wider(patcher: dict[str, Any]) -> None:
    patcher["devicewidth"] = 900.0


def plant_unknown_help(patcher: dict[str, Any]) -> None:
    box_with(patcher, "t l")["text"] = "musegan.kazoo 1"


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (plant_typing_error, "udprecieve is not in objects.json"),
        (plant_typing_error_deep_inside, "transpot is not in objects.json"),
        (plant_inlet_out_of_range, "no such inlet"),
        (plant_outlet_out_of_range, "no such outlet"),
        (plant_wrong_count, "has 3 inlets and 3 outlets"),
        (plant_orphan_cord, "a cord to nothing"),
        (plant_double_id, "2 boxes have this id"),
        (plant_double_parameter, "2 parameters have this long name"),
        (plant_missing_info, "parameter_info is missing"),
        (plant_too_low, "is outside the device"),
        (plant_ambiguous_order, "order depends on the layout"),
        (plant_swapped_inlets, "not in the order of their ids"),
        (plant_fixed_colour, "activedialcolor does not follow Live's theme"),
        (plant_fixed_background, "the background does not follow Live's theme"),
        (plant_default_name, "is no name for a parameter"),
        (plant_long_shortname, "is not seen whole"),
        (plant_no_unit, "0 to 1 is no real unit"),
        (plant_visible_button, "each press is an undo step"),
        (plant_mouse_down, "does not wait for the mouse"),
        (plant_missing_in_bank, "Hold is in no bank of Push"),
        (plant_short_bank, "a bank of Push has 8 parameters, not 7"),
        (plant_same_order, "the same place in Live's list"),
        (plant_undo_flood, "every time is a step of Live's undo"),
        (plant_text_that_is_set, "the patch sets Chart Text"),
        (plant_automated_text, "a text cannot be automated"),
        (plant_shared_name, "a name that all devices share"),
        (plant_wider, "not at its width and 169 pixels"),
        (plant_unknown_help, "there is no musegan.kazoo"),
    ],
)
def test_lint_finds_a_planted_fault(plant: Callable[[dict[str, Any]], None], said: str) -> None:
    patcher = patcher_of("MuseGAN Band.amxd")
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


@EACH
def test_py2max_finds_nothing_either(name: str, tmp_path: Path) -> None:
    file = tmp_path / "patch.maxpat"
    file.write_text(json.dumps({"patcher": patcher_of(name)}), encoding="utf-8")
    found = [str(finding) for finding in py2max.lint(py2max.Patcher.from_file(file))]
    ours = ("musegan.band", "musegan.track", "musegan.follow")  # what it cannot know
    assert [finding for finding in found if not any(own in finding for own in ours)] == []


def test_each_object_has_the_ends_that_maxs_own_reference_says_or_many_patchers_prove_it_wrong() -> None:
    wrong = {  # inlets and outlets of Max's reference, as py2max carries it; `seen` is of public patchers
        name: (len(info["inlets"]), len(info["outlets"]))
        for name, row in objects.TABLE.items()
        if (info := maxref.get_object_info(name)) and isinstance(row["inlets"], int) and isinstance(row["outlets"], int)
        and (len(info["inlets"]), len(info["outlets"])) != (row["inlets"], row["outlets"])
    }  # fmt: skip
    for name, ends in wrong.items():
        row = objects.TABLE[name]
        assert [row["inlets"], row["outlets"]] in row["seen"], f"{name} has {ends} in the reference of Max"
        assert list(ends) not in row["seen"], f"{name} was seen as in the reference of Max"


@EACH
def test_each_attribute_of_a_control_is_one_that_max_knows(name: str) -> None:
    common = {"id", "maxclass", "numinlets", "numoutlets", "outlettype", "patching_rect", "presentation",
              "presentation_rect", "varname", "annotation", "annotation_name", "saved_attribute_attributes",
              "parameter_enable", "text", "texton", "textjustification", "background", "ignoreclick"}  # fmt: skip
    for _, _, box in lint.walk(patcher_of(name)):
        if box["maxclass"].startswith("live.") or box["maxclass"] in ("jsui", "panel", "textedit"):
            info = maxref.get_object_info(box["maxclass"])
            assert info is not None
            known = set(info["attributes"])
            assert set(box) - common <= known, box["maxclass"]


# Live


def test_the_track_menus_have_the_tracks_of_the_band_in_their_order() -> None:
    names = [track.name for track in spec.TRACKS]
    for name in DEVICES[1:]:
        assert controls(patcher_of(name))["Track"]["parameter_enum"] == names
    assert list(player.TRACKS) == names


@EACH_DEVICE
def test_what_is_larger_than_255_is_no_int_parameter(name: str) -> None:
    for value in controls(patcher_of(name)).values():
        assert value["parameter_type"] != 1 or -128 <= value["parameter_mmin"] < value["parameter_mmax"] <= 255
        if "parameter_mmin" in value:
            assert value["parameter_mmin"] <= value["parameter_initial"][0] <= value["parameter_mmax"]


def test_the_long_names_are_those_that_sets_were_saved_with() -> None:
    """Live finds a value by them: a name that is missing here or new is a value that a set loses."""
    names = {name: sorted(controls(patcher_of(name))) for name in DEVICES}
    assert names == {
        "MuseGAN Band.amxd": sorted([
            "Amount", "Back Phrase", "Band", "Call", "Chart", "Chart Chords", "Chart Text", "Continue Band", "Density",
            "Drafts", "Dynamics", "Fill Phrase", "Form", "Hearing", "Hold", "Key", "Listen", "Load Snapshot", "Loop",
            "Morph Snapshot",
            "New Phrase", "Next Phrase", "Pad", "Pad X", "Pad Y", "Panic", "Play Band", "Save Snapshot", "Scale",
            "Section", "Server Heard", "Server Host 1", "Server Host 2", "Server Host 3", "Server Host 4",
            "Server Port", "Snapshot", "Stop Band", "Swing", "Sync", "Temperature",
            "Variation", "Walk",
        ]),
        "MuseGAN Track.amxd": sorted([
            "Band", "Band Heard", "Clip Bars", "Density", "Lock", "Mute", "New Idea", "Octave", "Temperature",
            "To Clip", "Track",
        ]),
        "MuseGAN Follow.amxd": sorted(["Band", "Band Heard", "Follow", "Split", "Split Note", "Track"]),
    }  # fmt: skip


@EACH
def test_the_patcher_lists_its_parameters(name: str) -> None:
    patcher = patcher_of(name)
    listed = [entry[0] for key, entry in patcher.get("parameters", {}).items() if key.startswith("obj-")]
    assert sorted(listed) == sorted(controls(patcher))


# Message table


def sent(patcher: dict[str, Any]) -> list[list[str]]:
    """Return the words of each message a patch can send to the server; what is put in at run time is missing or $1."""
    found = [words for maxclass, words in texts(patcher) if maxclass == "message"]
    found += [words[1:] for maxclass, words in texts(patcher) if maxclass == "newobj" and words[0] == "prepend"]
    return [
        words
        for words in found
        if words and words[0].startswith("/") and words[0] not in ("/musegan/probe", "/musegan/silence")
    ]


@EACH
def test_every_address_that_is_sent_is_one_the_server_takes(name: str) -> None:
    incoming = {one.address for one in messages.INCOMING}
    for address, *_ in sent(patcher_of(name)):
        assert address.replace("/track/bass/", "/track/<track>/").replace("/track/*/", "/track/<track>/") in incoming


@EACH
def test_every_address_that_is_routed_is_one_the_server_sends(name: str) -> None:
    outgoing = {one.address for one in messages.OUTGOING} | {"/musegan/probe"}
    routed = {
        word for _, words in texts(patcher_of(name)) if words[:1] == ["route"] for word in words if word[0] == "/"
    }
    assert routed <= outgoing
    assert routed or name == "musegan.track.maxhelp" or name == "musegan.follow.maxhelp"


@pytest.mark.parametrize(
    ("choices", "control"),
    [(band_controls.KEYS, "key"), (band_controls.SCALES, "scale"), (band_controls.LISTENING, "in/listen"),
     (band_controls.MODES, "in/mode"), (band_controls.SOURCES, "clock/source")],
)  # fmt: skip
def test_the_choices_of_a_menu_are_the_servers(choices: tuple[str, ...], control: str) -> None:
    assert set(choices) <= set(messages.CONTROLS[control].field.choices)
    if control not in ("key", "clock/source"):  # keys have two names; MIDI clock is no matter of a host
        assert choices == messages.CONTROLS[control].field.choices


def test_what_the_player_takes_apart_is_where_the_table_says() -> None:
    begin, notes, end = (messages.BY_ADDRESS[f"/musegan/bar/{word}"] for word in ("begin", "notes", "end"))
    assert begin.fields[0].name == end.fields[0].name == "bar"
    assert [field.name for field in begin.fields][4:6] == ["tempo", "ahead"]
    assert [field.name for field in begin.fields][8:] == ["committed", "chord"]
    assert [field.name for field in notes.fields] == ["bar", "track", "part"]
    assert [field.name for field in notes.repeated] == ["position", "pitch", "velocity", "duration"]
    assert messages.BY_ADDRESS["/musegan/subscribe/reply"].fields[3].name == "new"


def test_what_the_display_of_the_chords_takes_apart_is_where_the_table_says() -> None:
    chart, chord, hope, subscribe = (
        messages.BY_ADDRESS[f"/musegan/{address}"]
        for address in ("chart/bar", "heard/chord", "expected/bar", "subscribe")
    )
    assert [field.name for field in chart.fields] == ["bar", "index", "part"]
    assert [field.name for field in chart.repeated] == ["position", "chord"]
    assert [field.name for field in chord.fields][:3] == ["bar", "position", "chord"]
    assert [field.name for field in hope.fields][3:6] == ["confidence", "loop", "chord"]
    assert [field.name for field in subscribe.fields] == [
        "form", "port", "lease", "lookahead", "offset", "heard", "expected"
    ]  # fmt: skip


def test_the_lease_outlives_several_renewals() -> None:
    assert network.LEASE * 1000 >= 4 * network.RENEW
    assert network.LOST > 2 * network.RENEW


# Without a server

SUBSCRIBED = ("/musegan/subscribe", "bar", 7401, 10.0, 16.0, 0.0, 1, 1)


def test_opening_a_device_says_nothing_before_all_of_the_set_is_there() -> None:
    room = Max()
    device = room.open("MuseGAN Band.amxd", Server_Port=57130, Key=3)
    assert device.sent == []
    room.wait(1000)
    said = [words for words in device.sent if words[0] != "/musegan/host"]
    assert said[:2] == [("/musegan/unsubscribe", 7401), SUBSCRIBED]
    assert all(sock[1:] == ("127.0.0.1", 57130) for key, sock in device.state.items()
               if str(device.boxes.get(key, {}).get("text")).endswith(" 57120"))  # fmt: skip


def test_each_band_has_ports_of_its_own_and_takes_the_next_if_one_is_taken() -> None:
    room = Max()
    room.taken |= {7411, 7412}
    for number in (1, 2, 1):
        room.open("MuseGAN Band.amxd", Band=number)
    room.wait(3000)
    assert sorted(room.bound) == [7401, 7402, 7413]


def test_of_two_band_devices_with_one_number_one_speaks_and_the_other_when_it_is_gone() -> None:
    room = Max()
    first = room.open("MuseGAN Band.amxd")
    room.wait(1000)
    second = room.open("musegan.band.maxpat", 1)  # as a help patch brings it
    room.wait(3000)
    (silent,) = (patch for patch in (first, second) if patch.text() == "Another MuseGAN Band has this number.")
    speaking = first if silent is second else second
    assert speaking.text() == ""
    assert silent is not first or silent.sent[-1][0] == "/musegan/unsubscribe"
    for patch in (first, second):
        patch.sent.clear()
    room.say("musegan.1.out", "/musegan/fill")
    room.wait(4000)
    assert silent.sent == []
    assert speaking.sent.count(("/musegan/fill",)) == 1
    assert ("/musegan/subscribe", "bar") in {words[:2] for words in speaking.sent}
    speaking.delete()
    room.wait(8000)
    assert silent.text() == ""
    assert silent.sent[-1][0] == "/musegan/subscribe"


def test_a_server_that_is_new_is_told_whose_beat_it_keeps_before_all_else() -> None:
    room = Max(tempo=96.0)
    device = room.open("MuseGAN Band.amxd")
    room.wait(1000)
    device.sent.clear()
    device.emit(device.find("udpreceive"), 0, "/musegan/subscribe/reply", "bar", 7401, 10.0, 1)
    assert device.sent[:2] == [("/musegan/clock/source", "osc"), ("/musegan/host", pytest.approx(0, abs=0.01), 96.0, 0)]
    assert {words[0] for words in device.sent[2:]} >= {"/musegan/key", "/musegan/hold", "/musegan/loop"}
    assert not {"/musegan/latent/free", "/musegan/latent/xy", "/musegan/in/track"} & {words[0] for words in device.sent}
    device.sent.clear()
    device.emit(device.find("udpreceive"), 0, "/musegan/subscribe/reply", "bar", 7401, 10.0, 0)
    assert device.sent == []


def test_the_transport_is_told_each_beat_and_when_it_starts_and_stops() -> None:
    room = Max(tempo=120.0)
    device = room.open("MuseGAN Band.amxd")
    room.wait(1000)
    device.touch("Sync", "Live")
    device.sent.clear()
    room.start(960)
    room.wait(990)
    told_all = [words for words in device.sent if words[0] in ("/musegan/host", "/musegan/play")]
    beats = [
        round(words[1]) for words in told_all if words[0] == "/musegan/host" and abs(words[1] - round(words[1])) < 0.01
    ]
    assert list(dict.fromkeys(beats)) == [2, 3]
    assert ("/musegan/play",) in told_all
    assert told_all.index(("/musegan/play",)) > 0
    device.sent.clear()
    room.running = 0
    room.wait(100)
    (told, stop) = [words for words in device.sent if words[0] != "/musegan/subscribe"]
    assert (told[0], told[2:], stop) == ("/musegan/host", (120.0, 0), ("/musegan/stop",))
    device.touch("Sync", "Band")
    device.sent.clear()
    room.start()
    room.wait(1000)
    assert [words for words in device.sent if words[0] != "/musegan/subscribe"] == [("/musegan/play",)]


def test_panic_silences_the_tracks_before_the_server_answers() -> None:
    room = Max()
    device, other = room.open("MuseGAN Band.amxd"), room.open("MuseGAN Track.amxd")
    room.wait(1000)
    for words in (("begin", 0, 0, 1, 2, 120.0, 0.5, 1, 0, 1), ("notes", 0, "bass", 0, 0.0, 40, 90, 4.0), ("end", 0, 1)):
        room.say("musegan.1.in", f"/musegan/bar/{words[0]}", *words[1:])
    room.play_to(480)
    assert len(other.ons()) == 1
    device.touch("Panic")
    assert [pitch for _, pitch in other.offs()] == [40]
    assert device.sent[-1] == ("/musegan/panic",)


def test_the_return_key_hands_over_a_chart_and_none_clears_it() -> None:
    room = Max()
    device = room.open("MuseGAN Band.amxd")
    room.wait(1000)
    device.sent.clear()
    device.type_into("Chart Text", "C | Am F | Dm7 G7 | C")
    assert device.sent == [("/musegan/chart", "C | Am F | Dm7 G7 | C")], "one symbol, with its spaces"
    for _ in range(2):  # whether an empty field says nothing or an empty symbol
        device.sent.clear()
        device.type_into("Chart Text", "")
        assert device.sent == [("/musegan/chart/clear",)]


def test_the_switch_of_the_chart_turns_it_off_and_on_again() -> None:
    room = Max()
    device = room.open("MuseGAN Band.amxd", Chart_Text="Am | F")
    room.wait(1000)
    device.sent.clear()
    device.touch("Chart", 0)
    device.type_into("Chart Text", "Am | G")
    assert device.sent == [("/musegan/chart/clear",)]
    device.touch("Chart", 1)
    assert device.sent[1:] == [("/musegan/chart", "Am | G")]


@pytest.mark.parametrize(
    ("text", "on", "said"), [("Am | F", 1, [("/musegan/chart", "Am | F")]), ("Am", 0, []), ("", 1, [])]
)
def test_a_new_server_is_told_the_chart_if_there_is_one_and_else_keeps_its_own(
    text: str, on: int, said: list[tuple[str, ...]]
) -> None:
    room = Max()
    device = room.open("MuseGAN Band.amxd", Chart_Text=text, Chart=on)
    room.wait(1000)
    for _ in range(2):
        device.sent.clear()
        device.emit(device.find("udpreceive"), 0, "/musegan/subscribe/reply", "bar", 7401, 10.0, 1)
        charts = [words for words in device.sent if words[0] in ("/musegan/chart", "/musegan/chart/clear")]
        assert charts == said
        keys = [i for i, words in enumerate(device.sent) if words[0] in ("/musegan/key", "/musegan/chart")]
        assert device.sent[keys[0]][0] == "/musegan/key", "the chart comes after it, and may change it"


def test_the_split_is_said_while_follow_and_split_are_on() -> None:
    room = Max()
    told: list[tuple[Any, ...]] = []
    Heard(room, "musegan.2.out", told)
    device = room.open("MuseGAN Follow.amxd", Band=2, Follow=0, Split=1, Split_Note=55)

    def splits() -> list[int]:
        found = [words[1] for words in told if words[0] == "/musegan/in/split"]
        told.clear()
        return found

    assert splits() == []
    device.touch("Follow", 1)
    assert splits() == [55]
    device.touch("Split Note", 60)
    assert splits() == [60]
    room.say("musegan.2.in", "/musegan/subscribe/reply", "bar", 7402, 10.0, 1)
    assert splits() == [60], "a new server is told"
    device.touch("Split", 0)
    assert splits() == [0]
    room.say("musegan.2.in", "/musegan/subscribe/reply", "bar", 7402, 10.0, 1)
    assert splits() == [], "another device may have one"
    room.open("MuseGAN Follow.amxd", Band=2, Follow=1, Split=1)
    assert splits() == [60], "what a set has is said when all of it is there"


def test_the_split_of_the_abstraction_is_a_number() -> None:
    room = Max()
    told: list[tuple[Any, ...]] = []
    Heard(room, "musegan.1.out", told)
    patch = room.open("musegan.follow.maxpat", "piano", 1)
    for words in (("follow", 1), ("split", 48), ("split", 0)):
        patch.put(0, *words)
    assert [words for words in told if words[0] == "/musegan/in/split"] == [
        ("/musegan/in/split", 48), ("/musegan/in/split", 0)
    ]  # fmt: skip
