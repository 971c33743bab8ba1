"""The message table: what it lets in, and what it says of the rest."""

from pathlib import Path

import pytest

from musegan_bridge.messages import (
    BY_ADDRESS,
    INCOMING,
    OUTGOING,
    MessageError,
    help_entries,
    parse,
    reference,
)


def test_numbers_may_come_as_int_or_float() -> None:
    assert parse("/musegan/tempo", [90]).args == {"tempo": 90.0}
    assert parse("/musegan/in/note", [60.0, 99.0]).args == {"pitch": 60, "velocity": 99}


def test_what_is_left_out_takes_its_default() -> None:
    assert parse("/musegan/subscribe", []).args == {"form": "bar", "port": 0, "lease": 30.0}


@pytest.mark.parametrize(
    ("address", "values", "text"),
    [
        ("/musegan/tempo", [500], "tempo must be in 20..400, got 500"),
        ("/musegan/tempo", [float("nan")], "tempo must be a number, got nan"),
        ("/musegan/tempo", ["fast"], "tempo must be a number, got 'fast'"),
        ("/musegan/tempo", [True], "tempo must be a number, got True"),
        ("/musegan/tempo", [], "tempo is missing"),
        ("/musegan/tempo", [120, 1], "takes at most 1 arguments"),
        ("/musegan/in/track", [], "track is missing"),
        ("/musegan/subscribe", ["kazoo"], "form must be one of bar, note, got 'kazoo'"),
        ("/musegan/in/mode", ["next"], "mode must be one of previous-bar, same-bar, got 'next'"),
        ("/musegan/key", ["H"], "key must be one of C, C#, Db, D, D#, Eb, E, F,"),
        ("/musegan/in/note", [128, 1], "pitch must be in 0..127, got 128"),
        ("/musegan/gen", [2**31], "seed must be in -1..2147483647, got 2147483648"),
        ("/musegan/bar/begin", [], "no such address"),
        ("/other", [], "no such address: send /musegan/help"),
    ],
)
def test_a_wrong_message_is_told_which_field_and_range(address: str, values: list[object], text: str) -> None:
    with pytest.raises(MessageError) as error:
        parse(address, values)
    assert text in str(error.value)


def test_help_lists_every_address_once() -> None:
    entries = list(help_entries())
    assert [entry[0] for entry in entries] == [spec.address for spec in (*INCOMING, *OUTGOING)]
    assert len(entries) == len(BY_ADDRESS)
    assert [e[0] for e in help_entries("/musegan/in/")] == [f"/musegan/in/{word}" for word in ("note", "track", "mode")]


def test_the_table_uses_only_types_that_every_client_reads() -> None:
    for spec in (*INCOMING, *OUTGOING):
        assert all(f.type in "ifs" and f.doc for f in (*spec.fields, *spec.repeated)), spec.address
        assert spec.address.startswith("/musegan/")
        assert spec.doc.endswith(".")


def test_the_reference_page_is_what_the_table_prints() -> None:
    page = Path(__file__).parents[2] / "docs" / "osc.md"
    assert page.read_text(encoding="utf-8") == reference() + "\n", (
        "run: python -m musegan_bridge.messages > docs/osc.md"
    )
