"""Bytes in and out: what python-osc would have made of them, and what no bytes may do."""

import contextlib
import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder

from musegan_bridge.net import osc
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


# Against python-osc, whatever is valid

WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
ADDRESSES = WORDS.map(lambda text: "/" + text)
INTS = st.integers(-(2**31), 2**31 - 1)
FLOATS = st.floats(width=32)
ARGUMENTS = st.lists(
    st.tuples(st.just("i"), INTS)
    | st.tuples(st.just("f"), FLOATS)
    | st.tuples(st.just("s"), WORDS)
    | st.tuples(st.just("b"), st.binary(min_size=1, max_size=9))
    | st.tuples(st.just("h"), st.integers(-(2**63), 2**63 - 1))
    | st.tuples(st.just("d"), st.floats())
    | st.tuples(st.just("T"), st.just(True))
    | st.tuples(st.just("F"), st.just(False))
    | st.tuples(st.just("N"), st.none())
    | st.tuples(st.just("r"), st.integers(0, 2**32 - 1))
    | st.tuples(st.just("m"), st.tuples(*[st.integers(0, 255)] * 4)),
    max_size=12,
)


def built(address: str, arguments: Sequence[tuple[str, object]]) -> bytes:
    builder = OscMessageBuilder(address)
    for tag, value in arguments:
        builder.add_arg(value, tag)  # type: ignore[arg-type]
    return bytes(builder.build().dgram)


def nested(inside: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    return st.lists(inside, max_size=3).map(lambda parts: osc.bundle(1_700_000_000.5, parts))


def arguments_by_reference(datagram: bytes) -> Iterator[object]:
    if not OscBundle.dgram_is_bundle(datagram):
        yield OscMessage(datagram).params
        return
    for part in OscBundle(datagram):
        yield from arguments_by_reference(part.dgram)


@given(ADDRESSES, ARGUMENTS)
def test_a_message_of_any_types_is_read_and_written_as_python_osc_does(
    address: str, arguments: list[tuple[str, object]]
) -> None:
    datagram = built(address, arguments)
    (read,) = osc.decode(datagram)
    by_reference = OscMessage(datagram)
    assert read.address == by_reference.address == address
    assert repr(read.args) == repr(by_reference.params)  # nan is not equal to itself
    types = "".join(tag for tag, _ in arguments)
    assert osc.message(address, types, [value for _, value in arguments]) == datagram


@given(st.recursive(st.tuples(ADDRESSES, ARGUMENTS).map(lambda m: built(*m)), nested, max_leaves=6))
def test_a_bundle_is_read_as_python_osc_does(datagram: bytes) -> None:
    assert repr([m.args for m in osc.decode(datagram)]) == repr(list(arguments_by_reference(datagram)))


@given(ADDRESSES, ARGUMENTS, st.data())
def test_a_message_cut_short_is_refused_unless_python_osc_fills_it_up(
    address: str, arguments: list[tuple[str, object]], data: st.DataObject
) -> None:
    datagram = built(address, arguments)
    cut = datagram[: data.draw(st.integers(0, len(datagram)))]
    try:
        (read,) = osc.decode(cut)
    except osc.DecodeError:
        return
    assert repr(read.args) == repr(OscMessage(cut).params)


@pytest.mark.parametrize(
    ("datagram", "why"),
    [
        (b"", "must begin with"),
        (b"/a\0\0iii\0", "begin with a comma"),
        (b"/a\0\0,c\0\0\0\0\0a", "type 'c'"),
        (b"/a\0\0,[i]\0\0\0\0\0\0\0\1", "type '['"),
        (b"/a\0\0,b\0\0\xff\xff\xff\xff", "a blob must fit"),
        (b"/a\0\0,s\0\0abcd", "not found"),
        (b"/\xff\0\0,\0\0\0", "decode"),
        (b"#bundle\0\0\0\0\0\0\0\0\1\0\0\0\0", "must fit in it"),
    ],
)
def test_what_is_refused_says_why(datagram: bytes, why: str) -> None:
    with pytest.raises(osc.DecodeError, match=re.escape(why)):
        osc.decode(datagram)


def test_bundles_are_not_taken_at_any_depth() -> None:
    datagram = osc.message("/a", "", ())
    for _ in range(osc.DEEPEST):
        datagram = osc.bundle(1e9, [datagram])
    assert len(osc.decode(datagram)) == 1
    for _ in range(2000):
        datagram = osc.bundle(1e9, [datagram])
    with pytest.raises(osc.DecodeError, match="nested"):
        osc.decode(datagram)


@given(st.lists(st.tuples(st.sampled_from(["bass", "drums", "sax", "synth_lead"]), st.integers(0, 127)), max_size=80))
def test_each_bundle_of_packed_notes_is_the_builders(played: list[tuple[str, int]]) -> None:
    notes = [(track, Note(i / 16, pitch, 0.3, 100)) for i, (track, pitch) in enumerate(played)]
    packed = osc.PackedNotes(3, notes)
    by_position = {note.time: (track, note) for track, note in notes}
    for tempo in (97.3, 240.0):  # the same packed notes, later, at another tempo
        together = []
        for datagram in packed.bundles(1_700_000_000.125, tempo):
            inside = [by_position[round(float(str(m.args[6])) * 16) / 16] for m in osc.decode(datagram)]
            assert datagram == osc.note_bundle_by_builder(1_700_000_000.125, 3, tempo, inside)
            together += inside
        assert sorted(together) == sorted(notes)
