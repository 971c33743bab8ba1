"""MuseGAN Track plays: bars of the server on the transport, in the interpreter, as device and as abstraction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.osc_packet import OscPacket
from tests.clients.maxmsp import BAR, Heard, Max, Patch

from musegan_bridge import messages

TRACKS = ("bass", "drums", "guitar", "piano", "strings")
Note = tuple[float, int, int, float]  # position pitch velocity duration, in beats, as in /musegan/bar/notes


def message(address: str, *args: Any) -> bytes:
    spec = messages.BY_ADDRESS[address]
    types = [f.type for f in spec.fields] + [f.type for f in spec.repeated] * len(args)
    builder = OscMessageBuilder(address)
    for tag, value in zip(types, args, strict=False):
        builder.add_arg(value, tag)
    return bytes(builder.build().dgram)


def timed(data: bytes) -> bytes:
    """Return a message in a bundle whose time is far away, as /musegan/bar/begin comes."""
    return b"#bundle\0" + b"\xff" * 8 + len(data).to_bytes(4, "big") + data


def bar(number: int, tracks: dict[str, list[Note]], committed: int = 1) -> Iterator[bytes]:
    """Return the datagrams of one bar, as the server cuts it: 32 notes in a part."""
    parts = [(name, notes[i : i + 32]) for name, notes in tracks.items() for i in range(0, len(notes), 32)]
    yield timed(message("/musegan/bar/begin", number, number % 4, 7, 8, 120.0, 0.5, len(parts), 0, committed))
    for i, (name, notes) in enumerate(parts):
        yield message("/musegan/bar/notes", number, name, i, *(value for note in notes for value in note))
    yield message("/musegan/bar/end", number, sum(len(notes) for notes in tracks.values()))


def hear(patch: Patch, data: bytes) -> None:
    """Let a device hear what the Band device received."""
    for one in OscPacket(data).messages:
        patch.max.say("musegan.1.in", one.message.address, *one.message.params)


def send_bar(patch: Patch, number: int, committed: int = 1, **tracks: list[Note]) -> None:
    for data in bar(number, tracks, committed):
        hear(patch, data)


def pitches(patch: Patch) -> list[tuple[int, int]]:
    """Return (bar, pitch) of each note that began."""
    return [(tick // BAR, pitch) for tick, pitch, _ in patch.ons()]


@pytest.fixture(params=["MuseGAN Track.amxd", "musegan.track.maxpat"], ids=["device", "patch"])
def patch(request: pytest.FixtureRequest) -> Patch:
    return Max().open(request.param)


def choose(patch: Patch, track: str) -> None:
    patch.touch("Track", track)


# Bars


def test_every_note_sounds_at_its_tick_and_ends_at_its_tick(patch: Patch) -> None:
    notes: list[Note] = [
        (0.0, 36, 100, 0.25),
        (0.0, 43, 90, 4.0),
        (1 / 3, 38, 80, 1 / 3),  # twelve steps a beat
        (1.0625, 40, 70, 0.0625),  # sixteen
        (2 + 23 / 24, 41, 60, 1 / 24),  # twenty-four
        (3.75, 36, 48, 0.25),
    ]
    choose(patch, "bass")
    send_bar(patch, 0, bass=notes)
    patch.max.play_to(2 * BAR - 20)
    once = [one for one in patch.ons() if one[0] < BAR]
    assert once == sorted((round(p * 480), pitch, velocity) for p, pitch, velocity, _ in notes)
    ends = [(round((p + d) * 480), pitch) for p, pitch, _, d in notes]
    for (tick, pitch), (end, wanted) in zip(sorted(patch.offs())[: len(ends)], sorted(ends), strict=True):
        assert (pitch, abs(tick - end) <= 10) == (wanted, True)  # the interpreter lets notes end between two steps


@pytest.mark.parametrize("tempo", [60.0, 120.0, 200.0])
def test_a_length_is_in_ticks_whatever_the_tempo(patch: Patch, tempo: float) -> None:
    patch.max.tempo = tempo
    send_bar(patch, 0, bass=[(1.0, 40, 90, 2.0)])
    patch.max.play_to(BAR)
    assert patch.ons() == [(480, 40, 90)]
    ((tick, pitch),) = patch.offs()
    assert (pitch, round(tick, -1)) in {(40, 1430), (40, 1440)}


@pytest.mark.parametrize("track", ["bass", "drums", "guitar", "piano", "strings"])
def test_only_the_chosen_track_sounds(patch: Patch, track: str) -> None:
    band: dict[str, list[Note]] = {name: [(0.5 * i, 40 + i, 90, 0.5)] for i, name in enumerate(TRACKS)}
    choose(patch, track)
    for data in bar(0, band):
        hear(patch, data)
    patch.max.play_to(BAR)
    i = TRACKS.index(track)
    assert patch.ons() == [(240 * i, 40 + i, 90)]


def test_a_bar_in_many_parts_is_whole(patch: Patch) -> None:
    notes: list[Note] = [(step / 12, 36 + chord, 90, 1 / 12) for step in range(48) for chord in range(6)]
    send_bar(patch, 0, bass=notes)
    patch.max.play_to(BAR)
    assert sorted(patch.ons()) == sorted((40 * step, 36 + chord, 90) for step in range(48) for chord in range(6))


@pytest.mark.parametrize("length", [1.0, 1.02])
def test_a_note_that_starts_where_its_own_pitch_ends_is_not_cut(patch: Patch, length: float) -> None:
    send_bar(patch, 0, bass=[(0.0, 40, 90, length), (1.0, 40, 80, 1.0)])
    patch.max.play_to(BAR)
    assert patch.ons() == [(0, 40, 90), (480, 40, 80)]
    held = 0
    for tick, _, velocity in patch.sounded:
        held += 1 if velocity else -1
        assert held == (0 if tick >= 950 or (not velocity and tick <= 480) else 1)


def test_a_bar_waits_for_the_bar_line(patch: Patch) -> None:
    patch.max.play_to(960)
    send_bar(patch, 0, bass=[(0.0, 40, 90, 1.0), (3.0, 41, 90, 1.0)])
    patch.max.play_to(2 * BAR)
    assert patch.ons() == [(BAR, 40, 90), (BAR + 1440, 41, 90)]


def test_bars_follow_each_other(patch: Patch) -> None:
    for number in range(8):
        send_bar(patch, number, bass=[(0.0, 40 + number, 90, 1.0)])
        patch.max.play_to((number + 1) * BAR)
    assert pitches(patch) == [(number, 40 + number) for number in range(8)]


def test_a_bar_that_does_not_come_is_replaced_by_the_last_one(patch: Patch) -> None:
    send_bar(patch, 0, bass=[(0.0, 40, 90, 1.0)])
    patch.max.play_to(3 * BAR)
    send_bar(patch, 1, bass=[(0.0, 41, 90, 1.0)])
    patch.max.play_to(4 * BAR)
    assert pitches(patch) == [(0, 40), (1, 40), (2, 40), (3, 41)]


def test_bars_that_come_now_before_and_now_after_the_bar_line_are_all_played_once(patch: Patch) -> None:
    late = [0, 40, -40, 40, -40, -40, 40, 40, -40, 40]
    for number, ticks in enumerate(late):
        patch.max.play_to((number + 1) * BAR + ticks)
        send_bar(patch, number, bass=[(0.5, 40 + number, 90, 1.0)])
    patch.max.play_to((len(late) + 2) * BAR)
    heard = [pitch for _, pitch in pitches(patch)]
    assert list(dict.fromkeys(heard)) == [40 + number for number in range(len(late))]
    first_bars = heard[: len(late)]
    assert len(first_bars) - len(set(first_bars)) <= 1  # it falls one bar behind once, and stays there


def test_a_bar_without_an_end_is_not_played(patch: Patch) -> None:
    *most, _ = bar(0, {"bass": [(0.0, 40, 90, 1.0)]})
    for data in most:
        hear(patch, data)
    patch.max.play_to(BAR)
    assert patch.ons() == []


def test_parts_of_another_bar_are_not_let_in(patch: Patch) -> None:
    begin, notes, _ = bar(5, {"bass": [(0.0, 40, 90, 1.0)]})
    *_, end = bar(6, {"bass": [(0.0, 41, 90, 1.0)]})
    other = message("/musegan/bar/notes", 4, "bass", 0, 0.0, 60, 90, 1.0)
    for data in (begin, other, notes, end):
        hear(patch, data)
    patch.max.play_to(BAR)
    assert patch.ons() == []
    hear(patch, message("/musegan/bar/end", 5, 1))
    patch.max.play_to(2 * BAR)
    assert pitches(patch) == [(1, 40)]


def test_a_new_server_begins_with_bar_0_and_is_heard(patch: Patch) -> None:
    for number in (6, 7, 0, 1):
        send_bar(patch, number, bass=[(0.0, 40 + number, 90, 1.0)])
        patch.max.play_to(patch.max.position + BAR)
    assert [pitch for _, pitch in pitches(patch)] == [46, 47, 40, 41]


def test_a_device_that_joins_a_playing_band_plays_the_first_bar_it_gets(patch: Patch) -> None:
    for number in (2, 3):
        send_bar(patch, number, bass=[(0.0, 40 + number, 90, 1.0)])
        patch.max.play_to(patch.max.position + BAR)
    assert pitches(patch) == [(0, 42), (1, 43)]


def test_a_loop_of_one_bar_takes_a_new_bar_each_time(patch: Patch) -> None:
    for number in range(3):
        send_bar(patch, number, bass=[(0.0, 40 + number, 90, 1.0)])
        patch.max.jump(0)
        patch.max.play_to(BAR)
    assert [pitch for _, pitch in pitches(patch)] == [40, 41, 42]


# Silence


@pytest.mark.parametrize("reason", ["stop", "panic", "quit"])
def test_silence_ends_every_note_and_forgets_every_bar(patch: Patch, reason: str) -> None:
    send_bar(patch, 0, bass=[(0.0, 40, 90, 4.0), (0.0, 44, 90, 4.0), (2.0, 47, 90, 1.0)])
    patch.max.play_to(480)
    hear(patch, message("/musegan/silence", reason))
    assert sorted(pitch for _, pitch in patch.offs()) == [40, 44]
    patch.max.play_to(3 * BAR)
    assert len(patch.ons()) == 2


def test_another_track_ends_the_notes_of_the_one_before(patch: Patch) -> None:
    send_bar(patch, 0, bass=[(0.0, 40, 90, 4.0)])
    patch.max.play_to(480)
    choose(patch, "piano")
    assert [pitch for _, pitch in patch.offs()] == [40]
    send_bar(patch, 1, bass=[(0.0, 41, 90, 1.0)], piano=[(0.0, 72, 90, 1.0)])
    patch.max.play_to(2 * BAR)
    assert pitches(patch) == [(0, 40), (1, 72)]


def test_a_stop_of_the_transport_ends_every_note(patch: Patch) -> None:
    send_bar(patch, 0, bass=[(0.0, 40, 90, 4.0)])
    patch.max.play_to(480)
    patch.max.running = 0
    patch.max.wait(40)
    assert [pitch for _, pitch in patch.offs()] == [40]


def test_mute_is_silent_at_once_and_comes_back_in_the_middle_of_the_music(patch: Patch) -> None:
    for number in range(3):
        send_bar(patch, number, bass=[(0.0, 40, 90, 4.0), (2.0, 50 + number, 90, 1.0)])
        patch.max.play_to(number * BAR + 480)
        if number == 0:
            patch.touch("Mute", 1)
            assert [pitch for _, pitch in patch.offs()] == [40]
        if number == 1:
            patch.touch("Mute", 0)
        patch.max.play_to((number + 1) * BAR)
    assert pitches(patch) == [(0, 40), (1, 51), (2, 40), (2, 52)]


def test_a_bar_that_is_only_planned_is_not_played(patch: Patch) -> None:
    send_bar(patch, 0, bass=[(0.0, 40, 90, 1.0)])
    send_bar(patch, 1, committed=0, bass=[(0.0, 41, 90, 1.0)])
    patch.max.play_to(BAR + 10)
    assert pitches(patch) == [(0, 40), (1, 40)]
    send_bar(patch, 1, bass=[(0.0, 42, 90, 1.0)])
    patch.max.play_to(2 * BAR + 10)
    assert pitches(patch) == [(0, 40), (1, 40), (2, 42)]


# Several at once


def test_two_devices_play_two_tracks_of_one_band_and_a_third_those_of_another() -> None:
    room = Max()
    bass, drums = (room.open("MuseGAN Track.amxd", Track=index) for index in (0, 1))
    other = room.open("MuseGAN Track.amxd", Track=0, Band=2)
    send_bar(bass, 0, bass=[(0.0, 40, 90, 1.0)], drums=[(1.0, 36, 90, 0.5)])
    room.play_to(BAR)
    assert (bass.ons(), drums.ons(), other.ons()) == ([(0, 40, 90)], [(480, 36, 90)], [])
    for device, address in ((bass, "/musegan/track/bass/lock"), (drums, "/musegan/track/drums/lock")):
        said: list[tuple[Any, ...]] = []
        listener = Heard(room, "musegan.1.out", said)
        device.touch("Lock", 1)
        listener.leave()
        assert said == [(address, 1)]


def test_a_deleted_device_leaves_the_others_alone() -> None:
    room = Max()
    first, second = (room.open("MuseGAN Track.amxd") for _ in range(2))
    first.delete()
    send_bar(second, 0, bass=[(0.0, 40, 90, 1.0)])
    room.play_to(BAR)
    assert (first.ons(), second.ons()) == ([], [(0, 40, 90)])


def test_a_device_of_another_track_says_nothing_to_the_one_it_was_made_with() -> None:
    room = Max()
    said: list[tuple[Any, ...]] = []
    Heard(room, "musegan.1.out", said)
    room.open("MuseGAN Track.amxd", Track=3, Mute=1, Density=50)
    assert sorted(said) == [
        ("/musegan/track/piano/density", 0.5),
        ("/musegan/track/piano/lock", 0),
        ("/musegan/track/piano/mute", 1),
        ("/musegan/track/piano/octave", 0),
        ("/musegan/track/piano/temperature", 1.0),
    ]


def test_the_arguments_of_an_abstraction_are_its_track_and_its_band() -> None:
    room = Max()
    patch = room.open("musegan.track.maxpat", "strings", 2)
    assert (patch.value("Track"), patch.value("Band")) == (4, 2)
    patch.put(0, "track", "drums")
    patch.put(0, "density", 50)
    assert (patch.value("Track"), patch.value("Density")) == (1, 50)
