"""The table as an OSCQuery namespace: what a controller reads of it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from musegan_bridge.messages import INCOMING, OUTGOING, TRACK, Field, Spec, Value
from musegan_bridge.net import oscquery

TRACKS = ("bass", "drums")
SPECS = (
    Spec("/musegan/tempo", "How fast.", (Field("tempo", "f", "beats a minute", 20, 400, unit="bpm"),), readable=True),
    Spec("/musegan/track/<track>/mute", "Leave it out.", (Field("mute", "i", "1: on", 0, 1),), readable=True),
    Spec("/musegan/track/<track>/gen", "Anew.", (Field("seed", "i", "what to draw from", -1, 9, default=-1),)),
    Spec("/musegan/in/listen", "When.", (Field("listening", "s", "", choices=("call", "off")),), readable=True),
    Spec("/musegan/gen", "Begin."),
    Spec("/musegan/gen/now", "At once."),
    Spec("/musegan/panic", "Silence."),
    Spec(
        "/musegan/latent/set", "Set z.", (Field("group", "s", "whose"),), (Field("value", "f", "z", -9, 9, unit="s"),)
    ),
)
ROOT = oscquery.namespace(SPECS, TRACKS)
INFO = oscquery.host_info("a band", "127.0.0.1", 57120)


VALUES: dict[str, Sequence[Value]] = {
    "/musegan/tempo": [120.0],
    "/musegan/track/bass/mute": [1],
    "/musegan/track/drums/mute": [0],
}


def ask(path: str, query: str = "") -> tuple[int, object]:
    """Return the status and the JSON, read back, of a request."""
    answer = oscquery.answer(ROOT, INFO, VALUES.get, path, query)
    return answer.status, None if answer.body is None else json.loads(json.dumps(answer.body))


def test_a_setting_says_type_range_unit_and_value() -> None:
    assert ask("/musegan/tempo") == (
        200,
        {
            "FULL_PATH": "/musegan/tempo",
            "TYPE": "f",
            "ACCESS": 3,
            "DESCRIPTION": "How fast.\ntempo: beats a minute",
            "TAGS": ["setting"],
            "RANGE": [{"MIN": 20.0, "MAX": 400.0}],
            "UNIT": ["time.bpm"],
            "VALUE": [120.0],
        },
    )


def test_a_message_of_a_track_is_there_once_for_each_track() -> None:
    _, track = ask("/musegan/track")
    assert isinstance(track, dict)
    assert list(track["CONTENTS"]) == ["bass", "drums"]
    for name, muted in (("bass", 1), ("drums", 0)):
        mute = track["CONTENTS"][name]["CONTENTS"]["mute"]
        assert mute["FULL_PATH"] == f"/musegan/track/{name}/mute"
        assert mute["TAGS"] == ["setting", name]
        assert mute["VALUE"] == [muted]
        assert mute["RANGE"] == [{"MIN": 0, "MAX": 1}]
    assert ask("/musegan/track/<track>")[0] == 404


def test_choices_are_vals_and_a_default_is_explained() -> None:
    assert ask("/musegan/in/listen", "RANGE") == (200, {"RANGE": [{"VALS": ["call", "off"]}]})
    assert ask("/musegan/track/bass/gen", "DESCRIPTION") == (
        200,
        {"DESCRIPTION": "Anew.\nseed: what to draw from; left out: -1"},
    )


def test_arguments_without_a_range_or_unit_are_null() -> None:
    assert ask("/musegan/latent/set", "TYPE&RANGE&UNIT") == (
        200,
        {"TYPE": "sf", "RANGE": [None, {"MIN": -9.0, "MAX": 9.0}], "UNIT": [None, "time.second"]},
    )


def test_a_message_may_have_others_under_it() -> None:
    _, gen = ask("/musegan/gen")
    assert isinstance(gen, dict)
    assert (gen["TYPE"], gen["ACCESS"]) == ("N", 2)
    assert gen["CONTENTS"]["now"]["FULL_PATH"] == "/musegan/gen/now"
    assert (
        oscquery.namespace(tuple(reversed(SPECS)), TRACKS).contents["musegan"].contents["gen"]
        == (ROOT.contents["musegan"].contents["gen"])
    )


def test_panic_is_critical() -> None:
    assert ask("/musegan/panic", "CRITICAL") == (200, {"CRITICAL": True})
    assert ask("/musegan/tempo", "CRITICAL") == (204, None)


@pytest.mark.parametrize(
    ("path", "query", "status", "body"),
    [
        ("/musegan/tempo", "VALUE", 200, {"VALUE": [120.0]}),
        ("/musegan/tempo/", "VALUE=", 200, {"VALUE": [120.0]}),
        ("/musegan/in/listen", "VALUE", 200, {}),  # it has none yet
        ("/musegan/panic", "VALUE", 204, None),  # it cannot be read
        ("/musegan", "VALUE", 204, None),
        ("/musegan", "TYPE", 204, None),
        ("/musegan/tempo", "CLIPMODE", 204, None),
        ("/musegan/tempo", "CONTENTS", 204, None),
        ("/musegan/tempo", "LOUDNESS", 400, None),
        ("/musegan/tempo", "VALUE&LOUDNESS", 400, None),
        ("/musegan/temp", "", 404, None),
        ("/musegan/tempo/changed", "VALUE", 404, None),
        ("/musegan/tempo", "FULL_PATH", 200, {"FULL_PATH": "/musegan/tempo"}),
        ("/nowhere", "HOST_INFO", 200, INFO),
    ],
)
def test_a_query_answers_attributes_or_says_that_there_are_none(
    path: str, query: str, status: int, body: object
) -> None:
    assert ask(path, query) == (status, body)


def test_host_info_says_where_osc_goes_and_what_is_understood() -> None:
    assert INFO["NAME"] == "a band"
    assert (INFO["OSC_IP"], INFO["OSC_PORT"], INFO["OSC_TRANSPORT"]) == ("127.0.0.1", 57120, "UDP")
    assert isinstance(INFO["EXTENSIONS"], dict)
    assert {"ACCESS", "VALUE", "RANGE", "LISTEN"} <= {name for name, true in INFO["EXTENSIONS"].items() if true}
    assert "OSC_IP" not in oscquery.host_info("a band", None, 57120)


def test_the_whole_table_is_there_as_it_is_taken() -> None:
    root = oscquery.namespace(INCOMING, TRACKS)
    nodes = {node.path: node for node in root.walk()}
    for spec in INCOMING:
        for track in TRACKS if TRACK in spec.address else ("",):
            node = nodes.pop(spec.address.replace(TRACK, track))
            n = len(spec.tells) or len(spec.fields) + len(spec.repeated)
            assert len(node.types) == n
            assert all(len(node.attributes.get(name, node.types)) == n for name in ("RANGE", "UNIT"))  # type: ignore[arg-type]
            assert node.readable == spec.readable
    assert all(node.contents and node.attributes["ACCESS"] == 0 for node in nodes.values())  # containers
    assert not {spec.address for spec in OUTGOING} & set(nodes)
    json.dumps(oscquery.describe(root, lambda address: None))
