"""The message table: what it lets in, whom a pattern reaches, and what it says of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from musegan_bridge.messages import (
    BY_ADDRESS,
    CONTROLS,
    INCOMING,
    OUTGOING,
    TRACK,
    Field,
    MessageError,
    Spec,
    find,
    help_entries,
    is_continuous,
    parse,
    types_of,
)
from musegan_bridge.messages.reference import reference
from musegan_bridge.show.commands import COMMANDS

NAMES = ("bass", "drums", "guitar", "piano", "strings")


def reached(pattern: str, *values: object) -> list[str]:
    """Return the addresses that a pattern stands for."""
    return [message.address.replace(TRACK, message.track or "") for message in parse(pattern, values, NAMES)]


def muted(tracks: str) -> list[str]:
    """Return the tracks that a pattern mutes."""
    return [address.split("/")[3] for address in reached(f"/musegan/track/{tracks}/mute", 1)]


def test_numbers_may_come_as_int_or_float() -> None:
    assert parse("/musegan/tempo", [90])[0].args == {"tempo": 90.0}
    (note,) = parse("/musegan/in/note", [60.0, 99.0])
    assert note.args == {"pitch": 60, "velocity": 99, "track": ""}
    assert type(note.args["pitch"]) is int


def test_what_is_left_out_takes_its_default() -> None:
    (message,) = parse("/musegan/subscribe", [])
    assert message.args == {
        "form": "bar", "port": 0, "lease": 30.0, "lookahead": 0.0, "offset": 0.0, "heard": 0, "expected": 0,
    }  # fmt: skip


def test_a_button_may_come_with_a_nil() -> None:
    assert parse("/musegan/play", [None]) == parse("/musegan/play", [])


@pytest.mark.parametrize(
    ("address", "values", "text"),
    [
        ("/musegan/tempo", [500], "tempo must be in 20..400, got 500"),
        ("/musegan/tempo", [float("nan")], "tempo must be a number, got nan"),
        ("/musegan/tempo", ["fast"], "tempo must be a number, got 'fast'"),
        ("/musegan/tempo", [True], "tempo must be a number, got True"),
        ("/musegan/tempo", [120, 1], "takes at most 1 arguments"),
        ("/musegan/in/note", [60], "velocity is missing"),
        ("/musegan/in/track", [3], "track must be a string, got 3"),
        ("/musegan/subscribe", ["kazoo"], "form must be one of bar, note, dirt, got 'kazoo'"),
        ("/musegan/in/mode", ["next"], "mode must be one of anticipate, previous-bar, same-bar, got 'next'"),
        ("/musegan/key", ["H"], "key must be one of C, C#, Db, D, D#, Eb, E, F,"),
        ("/musegan/in/note", [128, 1], "pitch must be in 0..127, got 128"),
        ("/musegan/gen", [2**31], "seed must be in -1..2147483647, got 2147483648"),
        ("/musegan/ping", [2**31], "token must be in -2147483647..2147483647, got 2147483648"),
        ("/musegan/meter", [3], "beats must be in 4..4, got 3"),
        ("/musegan/in/bar", ["piano", 0, 0, 60, 100], "come in groups of 4"),
        ("/musegan/bar/begin", [], "no such address"),
        ("/musegan/mute", [1], "no such address"),  # a track's alone
        ("/musegan/track/kazoo/mute", [1], "track must be one of bass, drums, guitar, piano, strings, got 'kazoo'"),
        ("/musegan/track/<track>/mute", [1], "track must be one of"),
        ("/musegan/track/bass/tempo", [120], "no such address"),
        ("/other", [], "no such address: send /musegan/help"),
        ("/musegan/pl*", [], "the pattern matches no setting"),
        ("/musegan/track/[z-a]/mute", [1], "not a pattern"),
    ],
)
def test_a_wrong_message_is_told_which_field_and_range(address: str, values: list[object], text: str) -> None:
    with pytest.raises(MessageError) as error:
        parse(address, values, NAMES)
    assert text in str(error.value)


def test_repeated_arguments_come_as_rows() -> None:
    (message,) = parse("/musegan/in/bar", ["piano", -1, 0, 60.0, 100, 1, 2.5, 64, 90, 0.5])
    assert message.args == {"track": "piano", "bar": -1}
    assert message.rows == ((0.0, 60, 100, 1.0), (2.5, 64, 90, 0.5))


# Settings


def test_a_setting_without_arguments_is_a_question_and_nothing_else_is() -> None:
    assert [message.reads for message in parse("/musegan/tempo", [])] == [True]
    assert [message.reads for message in parse("/musegan/tempo", [90])] == [False]
    assert [message.reads for message in parse("/musegan/gen", [])] == [False]
    readable = {spec.address for spec in INCOMING if spec.readable}
    settings = {spec.address for control in CONTROLS.values() for spec in control.specs}
    others = {"chart", "chart/track", "form/phrase", "in/track", "section", "latent/xy", "record"}
    assert readable == {*settings, *(f"/musegan/{name}" for name in others)}


def test_every_setting_begins_with_a_value_that_it_takes() -> None:
    for control in CONTROLS.values():
        assert control.field.parse(control.default) == control.default


def test_faders_are_continuous_and_buttons_are_not() -> None:
    for address in ("/musegan/tempo", "/musegan/density", "/musegan/track/bass/density", "/musegan/latent/xy"):
        assert is_continuous(address), address
    for address in ("/musegan/play", "/musegan/track/bass/mute", "/musegan/in/note", "/musegan/nudge", "/other"):
        assert not is_continuous(address), address


# Patterns


def test_a_track_in_an_address_is_told_with_the_message() -> None:
    (message,) = parse("/musegan/track/piano/mute", [1], NAMES)
    assert (message.address, message.track, message.args) == ("/musegan/track/<track>/mute", "piano", {"mute": 1})


@pytest.mark.parametrize(
    ("pattern", "tracks"),
    [
        ("*", NAMES),
        ("{bass,piano}", ("bass", "piano")),
        ("{bass,kazoo}", ("bass",)),
        ("[bd]*", ("bass", "drums")),
        ("[!b]*", ("drums", "guitar", "piano", "strings")),
        ("[b-g]*", ("bass", "drums", "guitar")),
        ("[!b-g]*", ("piano", "strings")),
        ("????", ("bass",)),
        ("[--b]*", ("bass",)),  # a minus is no end of a range
        ("[b-]*", ("bass",)),
        ("[^b]*", ("bass",)),
        ("*s", ("bass", "drums", "strings")),
        ("p?an[o]", ("piano",)),
        ("**", NAMES),
    ],
)
def test_a_pattern_mutes_the_tracks_that_it_means(pattern: str, tracks: tuple[str, ...]) -> None:
    assert muted(pattern) == list(tracks)


def test_a_pattern_can_ask_for_all_at_once() -> None:
    messages = parse("/musegan/track/*/density", [], NAMES)
    assert [(message.track, message.reads) for message in messages] == [(name, True) for name in NAMES]


def test_a_pattern_never_crosses_a_slash_and_presses_no_button_of_the_band() -> None:
    band = reached("/musegan/*")
    assert "/musegan/swing" in band
    assert "/musegan/latent/walk" not in band
    assert all(BY_ADDRESS[address].readable for address in band)
    assert reached("/musegan/track/*/gen", 1) == [f"/musegan/track/{name}/gen" for name in NAMES]


def test_of_a_pattern_with_one_wrong_message_nothing_happens() -> None:
    with pytest.raises(MessageError, match="must be"):
        parse("/musegan/{tempo,key}", [120], NAMES)


def test_a_pattern_that_would_take_long_is_refused() -> None:
    with pytest.raises(MessageError, match=r"3 \* between"):
        parse("/musegan/" + "*e" * 20, [], NAMES)
    assert reached("/musegan/" + "*" * 200 + "swing") == ["/musegan/swing"]


@given(st.text(st.sampled_from("abz-!^]}[{,*?\\&~|/"), max_size=20))
@example("[?--]")
def test_no_pattern_does_worse_than_being_refused(text: str) -> None:
    try:
        messages = parse(f"/musegan/track/{text}/mute", [1], NAMES)
    except MessageError:
        return
    assert {message.track for message in messages} <= set(NAMES)


@given(st.sampled_from(NAMES), st.data())
def test_a_pattern_made_from_a_name_matches_it(name: str, data: st.DataObject) -> None:
    signs = st.sampled_from(["{}", "?", "[{}]", "[a-z]", "[!A-Z]", "{{{},xy}}"])
    pattern = "".join(data.draw(signs).format(letter) for letter in name)
    star = data.draw(st.integers(0, len(name)))
    assert name in muted(pattern)
    assert name in muted(f"{name[:star]}*{name[star:]}")


# The table itself


def test_help_lists_every_address_once() -> None:
    entries = list(help_entries())
    assert [entry[0] for entry in entries] == [spec.address for spec in (*INCOMING, *OUTGOING)]
    assert len(entries) == len(BY_ADDRESS)
    words = ("note", "track", "bar", "clear", "mode", "listen", "call", "amount", "dynamics", "split")
    assert [e[0] for e in help_entries("/musegan/in/")] == [f"/musegan/in/{word}" for word in words]


def test_the_table_uses_only_types_that_every_client_reads() -> None:
    for spec in (*INCOMING, *OUTGOING):
        assert all(f.type in "ifs" and f.doc for f in (*spec.fields, *spec.repeated)), spec.address
        assert spec.address.startswith("/musegan/")
        assert spec.doc.endswith(".")


def test_no_number_that_comes_in_can_be_too_large_to_be_sent_on() -> None:
    for spec in INCOMING:
        for f in (*spec.fields, *spec.repeated):
            if f.type != "s":
                assert f.low is not None, f"{spec.address} {f.name}"
                assert f.high is not None
                assert -(2**31) <= f.low <= f.high < 2**31


def test_every_address_of_the_table_does_something() -> None:
    assert {spec.address for spec in INCOMING} == set(COMMANDS)


def test_optional_arguments_come_last() -> None:
    for spec in INCOMING:
        is_optional = [f.default is not None for f in spec.fields]
        assert is_optional == sorted(is_optional), spec.address


def test_a_unit_is_told_beside_the_range() -> None:
    assert "| ms | f | -500..500 ms |" in reference()
    assert Spec("/a", "", (Field("ms", "f", "", 0, 50, unit="ms"),)).usage == "ms:f(0..50)"


@pytest.mark.parametrize(
    ("address", "n", "types"),
    [
        ("/musegan/tempo", 1, "f"),
        ("/musegan/track/bass/mute", 1, "i"),
        ("/musegan/track/track/mute", 1, "i"),  # a band may have a track of that name
        ("/musegan/track/musegan/octave", 1, "i"),
        ("/musegan/latent/values", 5, "sifff"),
        ("/musegan/bar/notes", 11, "isi" + "fiif" * 2),
        ("/musegan/gen", 1, "i"),
    ],
)
def test_the_table_knows_the_types_of_what_is_sent(address: str, n: int, types: str) -> None:
    assert types_of(address, n) == types


def test_each_address_is_found_with_each_track() -> None:
    for spec in INCOMING:
        for name in NAMES:
            found, track = find(spec.address.replace(TRACK, name), NAMES)
            assert (found, track) == (spec, name if TRACK in spec.address else None)


def test_the_reference_page_is_what_the_table_prints() -> None:
    page = Path(__file__).parents[2] / "docs" / "osc.md"
    assert page.read_text(encoding="utf-8") == reference() + "\n", (
        "run: python -m musegan_bridge.messages > docs/osc.md"
    )
