"""The devices against the real server, over real sockets: what each control does there, and what comes back."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from max_patches import chart
from tests.clients.maxmsp import BAR, FOLDER, Max, Patch
from tests.conftest import Band, Client

TEMPO = 240.0
Start = Callable[..., Band]
Connect = Callable[[Band], Client]
TRACKS = ("bass", "drums", "guitar", "piano", "strings")


@pytest.fixture
def room() -> Iterator[Max]:
    """Return a Max whose sockets and time are real."""
    room = Max(real=True, tempo=TEMPO)
    yield room
    room.close()


def open_band(room: Max, band: Band, number: int = 1) -> Patch:
    """Open a Band device whose server is `band`, and wait until it is connected."""
    device = room.open("MuseGAN Band.amxd", Server_Port=band.port, Band=number)
    room.until(device.is_lit, what="the Band device is connected")
    return device


def read(client: Client, address: str) -> Any:
    """Return a setting of the server; what a device sent before is done by then."""
    client.send(address)
    args = client.wait_for(address).args
    return args[0] if len(args) == 1 else tuple(args)


def status(client: Client) -> dict[str, Any]:
    client.send("/musegan/status")
    args = client.wait_for("/musegan/status/reply").args
    names = ("playing", "tempo", "beat", "seed", "track", "held", "subscribers", "bars", "late", "slack", "rejected")
    return dict(zip(names, args, strict=False))


# Connection


def test_a_device_connects_by_itself_and_beside_a_program_that_has_its_port(
    room: Max, start_band: Start, connect: Connect
) -> None:
    band = start_band()
    client = connect(band)
    room.taken.add(7401)
    device = room.open("MuseGAN Band.amxd", Server_Port=band.port)
    track = room.open("MuseGAN Track.amxd")
    assert not device.is_lit()
    room.until(lambda: device.is_lit() and track.is_lit(), what="both lights are on")
    assert 7401 not in room.bound
    assert status(client)["subscribers"] == 1
    subscribed = ("/musegan/subscribe", "bar", next(iter(room.bound)), 10.0, 16.0, 0.0, 1, 1)
    room.until(lambda: device.sent.count(subscribed) >= 4)
    assert status(client)["subscribers"] == 1


def test_a_server_that_stops_and_starts_is_found_again_and_told_everything(
    room: Max, start_band: Start, connect: Connect
) -> None:
    band = start_band()
    device, track, follow = open_band(room, band), room.open("MuseGAN Track.amxd"), room.open("MuseGAN Follow.amxd")
    room.until(lambda: track.is_lit() and follow.is_lit())
    room.start(0)
    device.touch("Hold", 1)
    device.touch("Key", "Em")
    track.touch("Lock", 1)
    track.touch("Density", 50)
    follow.touch("Follow", 1)
    room.until(lambda: track.ons(), what="the track plays")
    band.stop()
    room.until(lambda: not device.is_lit() and not track.is_lit(), seconds=3, what="the server said that it goes")
    held = [pitch for _, pitch, velocity in track.sounded if velocity]
    assert sorted(held) == sorted(pitch for _, pitch in track.offs())
    start_band(band.port)
    room.until(lambda: device.is_lit() and track.is_lit() and follow.is_lit(), what="it was found again")
    client = connect(band)
    room.until(lambda: status(client)["track"] == "piano", what="it knows who follows")
    found = {name: read(client, f"/musegan/{name}") for name in
             ("hold", "key", "track/bass/lock", "track/bass/density", "clock/source")}  # fmt: skip
    assert found == {"hold": 1, "key": "Em", "track/bass/lock": 1, "track/bass/density": 0.5, "clock/source": "osc"}
    count = len(track.ons())
    room.until(lambda: len(track.ons()) > count, what="the track plays again")
    assert status(client)["rejected"] == 0


def test_a_server_that_dies_without_a_word_is_missed(room: Max, start_band: Start) -> None:
    band = start_band()
    device = open_band(room, band)
    band.process.kill()
    room.until(lambda: not device.is_lit(), seconds=8, what="the light is out")


def test_another_server_port_is_another_server_and_the_old_one_is_left(
    room: Max, start_band: Start, connect: Connect
) -> None:
    first, second = start_band(), start_band()
    device = open_band(room, first)
    device.touch("Swing", 60)
    device.touch("Server Port", second.port)
    client = connect(second)
    room.until(lambda: read(client, "/musegan/swing") == 60, what="the new server is told")
    assert status(connect(first))["subscribers"] == 0


def test_two_bands_play_two_servers_at_once(room: Max, start_band: Start, connect: Connect) -> None:
    servers = [start_band(seed=seed) for seed in (1, 2)]
    devices = [open_band(room, server, number) for number, server in enumerate(servers, start=1)]
    tracks = [room.open("MuseGAN Track.amxd", Band=number) for number in (1, 2)]
    room.until(lambda: all(track.is_lit() for track in tracks))
    devices[1].touch("Swing", 70)
    tracks[1].touch("Mute", 1)
    tracks[0].touch("Octave", 1)
    one, two = (connect(server) for server in servers)
    assert [read(client, "/musegan/swing") for client in (one, two)] == [50, 70]
    assert [read(client, "/musegan/track/bass/mute") for client in (one, two)] == [0, 1]
    assert [read(client, "/musegan/track/bass/octave") for client in (one, two)] == [1, 0]


def test_a_refusal_is_shown_for_a_while(room: Max, start_band: Start) -> None:
    device = open_band(room, start_band())
    room.say("musegan.1.out", "/musegan/tempo", 9999.0)
    room.until(device.text, what="the refusal is shown")
    assert device.text() == "/musegan/tempo tempo must be in 20..400, got 9999.0"
    room.until(lambda: not device.text(), seconds=12, what="it is gone")


# Controls


def test_every_control_of_the_band_changes_the_server(
    room: Max, start_band: Start, connect: Connect, tmp_path: Path
) -> None:
    band = start_band(options=["--log", str(tmp_path)])
    client, device = connect(band), open_band(room, band)
    assert read(client, "/musegan/in/mode") == "anticipate"
    settings: list[tuple[str, float | str, str, Any]] = [
        ("Hold", 1, "hold", 1),
        ("Loop", "4", "loop", 4),
        ("Loop", "off", "loop", 0),
        ("Section", "A", "section", "A"),
        ("Section", "none", "section", "none"),
        ("Density", 150, "density", 1.5),
        ("Temperature", 50, "temperature", 0.5),
        ("Swing", 60, "swing", 60.0),
        ("Walk", 0.5, "latent/walk", 0.5),
        ("Key", "F#m", "key", "F#m"),
        ("Scale", "dorian", "scale", "dorian"),
        ("Listen", "punch", "in/listen", "punch"),
        ("Hearing", "same-bar", "in/mode", "same-bar"),
        ("Hearing", "previous-bar", "in/mode", "previous-bar"),
        ("Hearing", "anticipate", "in/mode", "anticipate"),
        ("Amount", 25, "in/amount", 0.25),
        ("Dynamics", 75, "in/dynamics", 0.75),
        ("Chart Chords", 0, "chart/heard", 0),
        ("Form", "AABA", "form", "AABA"),
        ("Form", "free", "form", "free"),
        ("Form", "song", "form", "song"),
        ("Variation", 25, "variation", 0.25),
        ("Drafts", 4, "drafts", 4),
        ("Call", 4, "in/call", 4),
        ("Sync", "Band", "clock/source", "internal"),
        ("Sync", "Live", "clock/source", "osc"),
        ("Sync", "Link", "clock/source", "link"),
        ("Sync", "Band", "clock/source", "internal"),
    ]
    done = set()
    for name, value, address, expected in settings:
        device.touch(name, value)
        if address == "clock/source":
            room.until(lambda: read(client, "/musegan/clock/source") == expected, what=f"{name} {value}")  # noqa: B023
        else:
            assert read(client, f"/musegan/{address}") == pytest.approx(expected), name
        done.add(name)
    device.type_into("Chart Text", "C | Am F | Dm7 G7 | C")
    assert read(client, "/musegan/chart") == "C | Am F | Dm7 G7 | C"
    device.touch("Chart", 0)
    assert read(client, "/musegan/chart") == ""
    done |= {"Chart Text", "Chart"}
    device.touch("Pad X", 25)
    device.touch("Pad Y", 75)
    device.touch("Pad", 1)
    assert read(client, "/musegan/latent/xy")[:2] == pytest.approx((0.25, 0.75))
    device.touch("Pad X", 50)
    assert read(client, "/musegan/latent/xy")[:2] == pytest.approx((0.5, 0.75))
    device.touch("Pad", 0)
    done |= {"Pad", "Pad X", "Pad Y"}

    for name, playing in (("Stop Band", 0), ("Play Band", 1), ("Panic", 0), ("Continue Band", 1)):
        device.touch(name)
        assert status(client)["playing"] == playing, name
        done.add(name)
    device.touch("Snapshot", 3)
    device.touch("Save Snapshot")
    client.send("/musegan/snapshot/list")
    assert client.wait_for("/musegan/snapshot/names").args == ["live-3"]
    buttons = {
        "New Phrase": "gen/now",
        "Next Phrase": "gen/phrase",
        "Fill Phrase": "fill",
        "Back Phrase": "history/back",
        "Load Snapshot": "snapshot/load",
        "Morph Snapshot": "latent/morph",
        "Pad": "latent/free",
    }
    seed = status(client)["seed"]
    device.touch("New Phrase")
    room.until(lambda: status(client)["seed"] != seed, what="there is a phrase to go back to")
    for name in list(buttons)[1:-1]:
        device.touch(name)
    done |= {"Snapshot", "Save Snapshot", *buttons}
    # What is in the log was taken; the phrases are over too soon to look for each.
    (log,) = tmp_path.glob("*.jsonl")
    for name, address in buttons.items():
        room.until(lambda: f'"/musegan/{address}"' in log.read_text(), what=f"{name} is taken")  # noqa: B023
    assert status(client)["rejected"] == 0

    elsewhere = {"Server Heard", "Band", "Server Port", *(f"Server Host {i}" for i in range(1, 5))}
    assert done | elsewhere == {box["varname"] for box in device.boxes.values() if box.get("parameter_enable")}


@pytest.mark.parametrize("index", range(5), ids=TRACKS)
def test_every_control_of_a_track_changes_that_track_on_the_server(
    room: Max, start_band: Start, connect: Connect, index: int
) -> None:
    band = start_band()
    client, _ = connect(band), open_band(room, band)
    device = room.open("MuseGAN Track.amxd", Track=index)
    room.until(device.is_lit)
    name = TRACKS[index]
    for control, value, address, expected in (
        ("Mute", 1, "mute", 1),
        ("Lock", 1, "lock", 1),
        ("Density", 200, "density", 2.0),
        ("Temperature", 150, "temperature", 1.5),
        ("Octave", -2, "octave", -2),
    ):
        device.touch(control, value)
        assert read(client, f"/musegan/track/{name}/{address}") == expected, control
    device.touch("New Idea")
    other = TRACKS[(index + 1) % 5]
    device.touch("Track", other)  # what the controls show is the new track's from now on
    assert read(client, f"/musegan/track/{other}/octave") == -2
    assert status(client)["rejected"] == 0


def test_the_abstractions_do_the_same_in_max(room: Max, start_band: Start, connect: Connect) -> None:
    band = start_band()
    client = connect(band)
    device = room.open("musegan.band.maxpat", 1, band.port)
    room.until(device.is_lit)
    room.start(0)
    room.until(lambda: status(client)["playing"] == 1, what="Max's transport starts the band")
    device.put(0, "/musegan/humanise", 8)
    assert read(client, "/musegan/humanise") == 8
    device.put(0, "/musegan/chart", "C | Am")
    assert read(client, "/musegan/chart") == "C | Am"
    device.put(0, "/musegan/status")
    room.until(lambda: any(atoms[0] == "/musegan/status/reply" for _, atoms in device.out), what="the answer comes out")
    follow = room.open("musegan.follow.maxpat", "guitar")
    follow.put(0, "follow", 1)
    room.until(lambda: status(client)["track"] == "guitar")
    follow.put(1, 100)
    follow.put(0, 64)
    assert status(client)["held"] == 1
    follow.put(0, "split", 55)
    assert read(client, "/musegan/in/split") == 55
    follow.put(0, "split", 0)
    assert read(client, "/musegan/in/split") == 0


@pytest.mark.parametrize("name", ["band", "track", "follow"])
def test_a_help_patch_shows_its_abstraction_at_work(room: Max, start_band: Start, connect: Connect, name: str) -> None:
    band = start_band()
    client = connect(band)
    shown = room.open(f"musegan.{name}.maxhelp")
    (way,) = (patch for patch in shown.inside.values() if patch.has("Server Port"))
    way.touch("Server Port", band.port)
    room.until(way.is_lit, what="it is connected")
    shown.emit(shown.first("toggle"), 0, 1)
    room.until(lambda: status(client)["playing"] == 1, what="the transport of the patch starts the band")
    if name == "follow":
        shown.click("follow 1")
        room.until(lambda: status(client)["track"] == "piano")
        shown.emit(shown.first("kslider"), 1, 100)
        shown.emit(shown.first("kslider"), 0, 60)
        assert status(client)["held"] == 1
        assert shown.ons()[-1][1:] == (60, 100)
        room.until(lambda: status(client)["held"] == 0, what="the note ends")
    else:
        room.until(lambda: shown.ons() and shown.offs(), what="notes come out")
    if name == "track":
        shown.click("mute 1")
        assert read(client, "/musegan/track/bass/mute") == 1
    if name == "band":
        shown.click("/musegan/humanise 8")
        assert read(client, "/musegan/humanise") == 8
        shown.click("/musegan/chart ")
        assert read(client, "/musegan/chart") == "C | Am F | Dm7 G7 | C"
        shown.click("/musegan/chart/clear")
        assert read(client, "/musegan/chart") == ""
    assert status(client)["rejected"] == 0


# Chords


def shown_by(device: Patch, script: str = chart.CHORDS) -> list[str]:
    """Return what a display reads now, drawn by its own script under Node."""
    steps: list[Any] = []
    before = 0.0
    for now, atoms in [*device.shown[script], (device.max.now, ("bang",))]:
        steps += [now - before, atoms]
        before = now
    task = {"script": str(FOLDER / script), "width": 192, "height": 78, "steps": steps}
    drawn = subprocess.run(
        ["node", FOLDER / "sketch.mjs"], input=json.dumps(task), capture_output=True, text=True, check=True
    )
    return re.findall(r">([^<]+)</text>", drawn.stdout)


def test_a_chart_that_is_typed_is_played_and_its_chords_are_shown(
    room: Max, start_band: Start, connect: Connect
) -> None:
    band = start_band()
    client, device = connect(band), open_band(room, band)
    device.type_into("Chart Text", "Cm7 | Fm7 Bb7 | Ebmaj7 | Abm")
    assert read(client, "/musegan/chart") == "Cm7 | Fm7 Bb7 | Ebmaj7 | Abm"
    assert shown_by(device) == ["the chords are seen here"]
    room.start(0)
    seen = []
    for bar in range(4, 8):
        room.until(lambda: room.position > bar * BAR, what="it plays")  # noqa: B023
        words = shown_by(device)
        assert words[:3] == ["chart", "band", "you"]
        seen += words[3:]
    assert {"Cm7", "Fm7\u2026", "Ebmaj7", "Abm"} <= set(seen)
    device.touch("Chart", 0)
    room.until(lambda: not {"Cm7", "Abm"} & set(shown_by(device)), what="they are gone")
    assert status(client)["rejected"] == 0


def test_what_is_played_and_what_is_expected_is_shown(room: Max, start_band: Start, connect: Connect) -> None:
    band = start_band()
    client, device = connect(band), open_band(room, band)
    follow = room.open("MuseGAN Follow.amxd", Follow=1)
    room.until(follow.is_lit)
    room.start(0)
    room.until(lambda: status(client)["track"] == "piano" and status(client)["playing"] == 1)
    beat = [-1]

    def play() -> bool:
        """Play a chord on each beat: of two bars again and again."""
        now = int(room.position // 480)
        if now != beat[0]:
            for pitch in chord(beat[0]):
                for byte in (0x80, pitch, 0):
                    follow.emit(follow.find("midiin"), 0, byte)
            beat[0] = now
            for pitch in chord(now):
                for byte in (0x90, pitch, 100):
                    follow.emit(follow.find("midiin"), 0, byte)
        told = {atoms[0] for _, atoms in device.shown[chart.CHORDS]}
        return "/musegan/expected/bar" in told and room.position > 9 * BAR

    room.until(play, seconds=40, what="the band expects something")
    words = shown_by(device)
    assert {"C", "Am"} & set(words), words
    assert any(word.startswith("your next bar: ") for word in words)
    assert status(client)["rejected"] == 0


def chord(beat: int) -> tuple[int, ...]:
    return (60, 64, 67) if beat // 4 % 2 == 0 else (57, 60, 64)


def test_the_split_of_follow_reaches_the_server_and_a_new_one(room: Max, start_band: Start, connect: Connect) -> None:
    band = start_band()
    open_band(room, band)
    follow = room.open("MuseGAN Follow.amxd", Follow=1, Split=1, Split_Note=55)
    room.until(follow.is_lit)
    assert read(connect(band), "/musegan/in/split") == 55
    band.stop()
    room.until(lambda: not follow.is_lit(), what="it is gone")
    start_band(band.port)
    room.until(follow.is_lit, what="another one is there")
    client = connect(band)
    assert read(client, "/musegan/in/split") == 55
    follow.touch("Split", 0)
    assert read(client, "/musegan/in/split") == 0


# Notes


def test_a_track_plays_each_bar_of_the_server_on_the_beats_of_live(
    room: Max, start_band: Start, connect: Connect
) -> None:
    """The band keeps Live's beat: its downbeats are Live's, though Live began anywhere, and goes back in a loop."""
    band = start_band()
    client, ears = connect(band), connect(band)
    open_band(room, band)
    devices = [room.open("MuseGAN Track.amxd", Track=index) for index in range(5)]
    room.until(lambda: all(device.is_lit() for device in devices))
    ears.send("/musegan/subscribe", "bar", 0, 600.0)
    ears.wait_for("/musegan/subscribe/reply")
    assert status(client)["playing"] == 0, "Live is stopped, and so is the band"
    room.tempo = 120.0  # slower: this machine may be busy, and the bars come half a second ahead
    room.loop = (8 * BAR, 11 * BAR)
    room.start(7 * BAR + 600)

    def is_together() -> bool:
        theirs, ours = status(client)["beat"], room.position / 480
        return bool(abs((theirs - ours + 2) % 4 - 2) < 0.1)

    room.until(lambda: room.position > 10 * BAR, what="two bars")
    room.until(is_together, seconds=2, what="the beats of the bar are the same")
    room.until(lambda: room.position < 9 * BAR, what="Live goes back")
    room.until(is_together, seconds=2, what="they still are")
    room.until(lambda: room.position > 10 * BAR + 100, what="and goes on")

    sent: list[dict[str, list[tuple[int, int, int]]]] = []
    ears.send("/musegan/ping", 7, 0)
    while ears.seen[-1].address != "/musegan/pong":
        ears.wait_for("/musegan/pong")
    for message in ears.seen:
        if message.address == "/musegan/bar/begin":
            sent.append({})
        elif message.address == "/musegan/bar/notes":
            values: list[Any] = list(message.args[3:])
            notes = [(round(p * 48) * 10, pitch, velocity)
                     for p, pitch, velocity in zip(values[::4], values[1::4], values[2::4], strict=True)]  # fmt: skip
            sent[-1].setdefault(str(message.args[1]), []).extend(notes)
    sent = [{name: sorted(notes) for name, notes in bar.items()} for bar in sent]
    heard = bars_of(devices)
    # Live's bars 9 and 10, or 8 as well, then 8 and 9 again: whole ones, each the one after the one before.
    assert len(heard) >= 5
    start = sent.index(heard[0])
    assert heard[:4] == sent[start : start + 4]


def bars_of(devices: list[Patch]) -> list[dict[str, list[tuple[int, int, int]]]]:
    """Return the notes of the bars that were played, one after the other, by track; of the last one perhaps a part."""
    found: dict[int, dict[str, list[tuple[int, int, int]]]] = {}
    for name, device in zip(TRACKS, devices, strict=True):
        turns, before = 0, 0
        for tick, pitch, velocity in device.ons():
            turns += tick < before
            before = tick
            found.setdefault(turns * 100 + tick // BAR, {}).setdefault(name, []).append((tick % BAR, pitch, velocity))
    return [{name: sorted(notes) for name, notes in found[bar].items()} for bar in sorted(found)]


def test_what_follow_hears_reaches_the_server_and_nothing_hangs(room: Max, start_band: Start, connect: Connect) -> None:
    band = start_band()
    client, _ = connect(band), open_band(room, band)
    piano, bass = room.open("MuseGAN Follow.amxd"), room.open("MuseGAN Follow.amxd", Track=0)
    room.until(lambda: piano.is_lit() and bass.is_lit())
    room.start(0)
    room.until(lambda: status(client)["playing"] == 1)

    def play(device: Patch, *data: int) -> None:
        for byte in data:
            device.emit(device.find("midiin"), 0, byte)

    play(piano, 0x90, 60, 100)
    assert status(client)["track"] == "none", "Follow is off"
    piano.touch("Follow", 1)
    bass.touch("Follow", 1)
    room.until(lambda: status(client)["track"] == "bass piano", what="both tracks are the musician's")
    play(piano, 0x90, 60, 100)
    play(bass, 0x93, 36, 90)
    assert status(client)["held"] == 2
    assert piano.state[piano.find("midiout")] == (100,), "MIDI goes through"
    play(piano, 0x80, 60, 0)
    assert status(client)["held"] == 1
    bass.touch("Follow", 0)
    assert status(client)["held"] == 0, "what was held has ended"
    room.until(lambda: status(client)["track"] == "piano")
    piano.delete()
    room.until(lambda: status(client)["track"] == "none", what="a deleted device takes no track")
    assert status(client)["rejected"] == 0


def test_the_port_of_the_band_is_found_beside_a_real_program(room: Max) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        with contextlib.suppress(OSError):  # somebody else has it, which is as good
            other.bind(("127.0.0.1", 7401))
        room.open("MuseGAN Band.amxd")
        room.until(lambda: room.bound, what="a port was found")
        assert 7401 not in room.bound
