"""What SuperDirt is told: literal bytes, and what python-osc reads in them."""

from pythonosc.osc_bundle import OscBundle

from musegan_bridge.net import osc
from musegan_bridge.net.dirt import dirt_bundles
from musegan_models.notes import Note

TIME = 1_700_000_000.25


def played(datagram: bytes) -> list[dict[object, object]]:
    return [
        dict(zip(message.params[::2], message.params[1::2], strict=True))
        for message in OscBundle(datagram)
        if message.address == "/dirt/play"
    ]


def test_a_note_is_a_dirt_play_of_its_synth() -> None:
    (datagram,) = dirt_bundles(TIME, 120, 6.0, [("bass", Note(2.0, 36, 0.5, 127))])
    assert OscBundle(datagram).timestamp == TIME
    assert played(datagram) == [
        {
            "cps": 0.5,
            "cycle": 1.5,
            "delta": 0.25,
            "orbit": 0,
            "s": "supersquare",
            "sustain": 0.25,
            "gain": 1.0,
            "midinote": 36.0,
        }
    ]


def test_the_bytes_of_a_note() -> None:
    (datagram,) = dirt_bundles(TIME, 120, 6.0, [("bass", Note(2.0, 36, 0.5, 127))])
    body = (
        b"/dirt/play\0\0,sfsfsfsisssfsfsf\0\0\0"
        b"cps\0\x3f\0\0\0" + b"cycle\0\0\0\x3f\xc0\0\0" + b"delta\0\0\0\x3e\x80\0\0" + b"orbit\0\0\0\0\0\0\0"
        b"s\0\0\0supersquare\0" + b"sustain\0\x3e\x80\0\0" + b"gain\0\0\0\0\x3f\x80\0\0"
        b"midinote\0\0\0\0\x42\x10\0\0"
    )
    assert datagram == b"#bundle\0" + bytes.fromhex("e8fe6f8040000000") + len(body).to_bytes(4) + body


def test_drums_have_a_sound_each_and_tracks_an_orbit_each() -> None:
    notes = [("drums", Note(0.0, pitch, 0.25, 100)) for pitch in (36, 38, 42, 81)]
    (datagram,) = dirt_bundles(TIME, 120, 0.0, [*notes, ("strings", Note(0.0, 60, 4.0, 100))])
    kick, snare, hat, other, strings = played(datagram)
    assert [d["s"] for d in (kick, snare, hat, other)] == ["superkick", "supersnare", "superhat", "superkick"]
    assert "midinote" not in kick
    assert kick["n"] == 0.0
    assert (kick["orbit"], strings["orbit"]) == (1, 4)


def test_own_sounds_and_orbits_and_a_track_without() -> None:
    notes = [("bass", Note(0.0, 40, 1.0, 100)), ("sax", Note(0.0, 60, 1.0, 100))]
    (datagram,) = dirt_bundles(TIME, 120, 0.0, notes, sounds={"bass": "jvbass"}, orbits={"bass": 7})
    assert [(d["s"], d["orbit"]) for d in played(datagram)] == [("jvbass", 7), ("sax", 0)]


def test_many_notes_are_split_into_datagrams_that_no_lan_splits() -> None:
    datagrams = dirt_bundles(TIME, 120, 0.0, [("piano", Note(0.0, pitch, 1.0, 100)) for pitch in range(30, 80)])
    assert all(len(datagram) <= osc.MTU for datagram in datagrams)
    assert [d["midinote"] for datagram in datagrams for d in played(datagram)] == list(range(30, 80))
