"""Bytes in and out: what python-osc would have made of them, and what no bytes may do."""

import contextlib

from hypothesis import given
from hypothesis import strategies as st
from pythonosc.osc_bundle import OscBundle

from musegan_bridge import osc
from musegan_models.notes import Note

NOTES = [("bass", Note(0.0, 36, 1.0, 100)), ("drums", Note(0.0, 42, 0.25, 64)), ("strings", Note(0.0, 67, 4.0, 90))]


def test_the_note_template_is_byte_identical_to_the_builder() -> None:
    for tempo in (120.0, 97.3):
        time = 1_700_000_000.125
        assert osc.note_bundles(time, 3, tempo, NOTES) == [osc.note_bundle_by_builder(time, 3, tempo, NOTES)]


def test_many_notes_are_split_into_datagrams_that_no_lan_splits() -> None:
    datagrams = osc.note_bundles(1e9, 0, 120, NOTES * 40)
    assert len(datagrams) > 1
    assert all(len(datagram) <= osc.MTU for datagram in datagrams)
    assert sum(len(osc.decode(datagram)) for datagram in datagrams) == 120


def test_a_timetag_is_the_same_time_to_python_osc() -> None:
    datagram = osc.bundle(1_700_000_000.25, [osc.message("/a", "i", (1,))])
    assert OscBundle(datagram).timestamp == 1_700_000_000.25


def test_messages_of_nested_bundles_keep_their_own_time() -> None:
    inner = osc.bundle(1_700_000_002, [osc.message("/b", "f", (0.5,))])
    outer = osc.bundle(1_700_000_001, [osc.message("/a", "", ()), inner])
    assert [(m.address, list(m.args), m.time) for m in osc.decode(outer)] == [
        ("/a", [], 1_700_000_001),
        ("/b", [0.5], 1_700_000_002),
    ]


def test_a_plain_message_and_an_immediate_bundle_have_no_time() -> None:
    message = osc.message("/a", "s", ("x",))
    immediately = b"#bundle\0" + b"\0\0\0\0\0\0\0\1" + len(message).to_bytes(4, "big") + message
    assert [m.time for datagram in (message, immediately) for m in osc.decode(datagram)] == [None, None]


@given(st.binary(max_size=200) | st.binary(max_size=100).map(lambda b: b"#bundle\0" + b))
def test_any_bytes_decode_or_are_refused(datagram: bytes) -> None:
    try:
        osc.decode(datagram)
    except osc.DecodeError as error:
        assert str(error).startswith("not an OSC packet")  # noqa: PT017 # either outcome is right


@given(st.binary(max_size=60), st.integers(0, 60), st.integers(0, 255))
def test_a_damaged_message_decodes_or_is_refused(tail: bytes, place: int, value: int) -> None:
    whole = bytearray(osc.message("/musegan/subscribe", "sif", ("bar", 0, 30.0)))
    whole[min(place, len(whole) - 1)] = value
    with contextlib.suppress(osc.DecodeError):
        osc.decode(bytes(whole) + tail)


def test_notes_of_tracks_with_any_names_are_those_of_the_builder() -> None:
    notes = [("reed", Note(0.0, 60, 1.0, 90)), ("sax", Note(0.0, 62, 1.0, 90)), ("synth_lead", Note(0.0, 64, 1.0, 90))]
    for note in notes:
        assert osc.note_bundles(1e9, 3, 120.0, [note]) == [osc.note_bundle_by_builder(1e9, 3, 120.0, [note])]
    together = [m.args for datagram in osc.note_bundles(1e9, 3, 120.0, notes) for m in osc.decode(datagram)]
    assert sorted((str(args[0]), args[1]) for args in together) == [("reed", 60), ("sax", 62), ("synth_lead", 64)]
