"""The real server as a process: bands that change, what is kept on disk, OSCQuery, SuperDirt, a show again."""

from __future__ import annotations

import io
import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import mido
import pytest
from tests.conftest import Band, Client

from musegan_bridge.messages import BY_ADDRESS
from musegan_bridge.net import osc

Start = Callable[..., Band]
Connect = Callable[[Band], Client]
TRACKS = ("bass", "drums", "guitar", "piano", "strings")


@pytest.fixture
def own_home(tmp_path: Path) -> Path:
    """Return where a server of these tests keeps what a musician keeps."""
    return tmp_path / "data" / "musegan-bridge"


def status(client: Client) -> dict[str, object]:
    client.send("/musegan/status")
    names = [f.name for f in BY_ADDRESS["/musegan/status/reply"].fields]
    return dict(zip(names, client.wait_for("/musegan/status/reply").args, strict=True))


def struck(midi: mido.MidiFile) -> list[list[int]]:
    """Return the pitches that each of the band's tracks plays."""
    by_name = {track.name: track for track in midi.tracks}
    return [sorted(m.note for m in by_name[t] if m.type == "note_on" and m.velocity) for t in TRACKS]


def pitches_of(client: Client) -> dict[int, dict[str, list[int]]]:
    """Return the pitches of each committed bar that a client heard, by track."""
    found: dict[int, dict[str, list[int]]] = {}
    for message in client.seen:
        if message.address == "/musegan/bar/begin" and message.args[8]:
            found[int(str(message.args[0]))] = {track: [] for track in TRACKS}
        elif message.address == "/musegan/bar/notes":
            found[int(str(message.args[0]))][str(message.args[1])] += map(int, map(str, message.args[4::4]))
    return found


def test_another_band_takes_over_at_a_bar_line_and_one_that_cannot_be_loaded_changes_nothing(
    start_band: Start, connect: Connect
) -> None:
    band = start_band()
    client = connect(band)
    client.send("/musegan/subscribe", "bar")
    first, _ = client.bar()
    client.send("/musegan/model/list")
    assert set(str(client.wait_for("/musegan/model/names").args[0]).split()) == {"lakh-five", "lakh-live"}
    client.send("/musegan/model/load", "no-such-band")
    address, text = client.wait_for("/musegan/error").args
    assert address == "/musegan/model/load"
    assert "no bundle 'no-such-band'; there is: lakh-five, lakh-live" in str(text)
    assert status(client)["bundle"] == "lakh-live"
    client.send("/musegan/model/load", "lakh-five")
    name, provider, ms = client.wait_for("/musegan/model/loaded").args
    assert (name, provider) == ("lakh-five", "CPUExecutionProvider")
    assert float(str(ms)) > 0
    assert status(client)["bundle"] == "lakh-five"
    numbers = [first.args[0]]
    while len(numbers) < 5:
        begin, notes = client.bar()
        numbers.append(begin.args[0])
        assert begin.args[7] == 0
        assert notes
    assert numbers == list(range(int(str(numbers[0])), int(str(numbers[0])) + 5))
    band.stop()
    assert band.process.stdout is not None
    assert band.process.stdout.read().count("no-such-band") == 1  # the terminal says it, too, and once


def test_a_snapshot_outlives_the_server(start_band: Start, connect: Connect, own_home: Path) -> None:
    band = start_band(seed=1)
    client = connect(band)
    client.send("/musegan/subscribe", "bar")
    begin, _ = client.bar()
    client.send("/musegan/track/bass/density", 0.5)
    client.send("/musegan/snapshot/save", "verse")
    assert client.wait_for("/musegan/snapshot/names").args == ["verse"]
    band.stop()
    assert json.loads((own_home / "snapshots" / "verse.json").read_text())["seed"] == begin.args[2]
    client = connect(start_band(seed=2))
    client.send("/musegan/subscribe", "bar")
    client.bar()
    client.send("/musegan/snapshot/load", "verse")
    client.send("/musegan/track/bass/density")
    assert client.wait_for("/musegan/track/bass/density").args == [0.5]
    while begin.args[2] != client.bar()[0].args[2]:
        pass


def test_the_last_bars_are_exported_to_a_midi_file(start_band: Start, connect: Connect, own_home: Path) -> None:
    client = connect(start_band(tempo=200))
    client.send("/musegan/subscribe", "bar")
    heard = [client.bar()[1] for _ in range(3)]
    client.send("/musegan/export", "../../idea", 2)
    path = Path(str(client.wait_for("/musegan/export/done").args[0]))
    assert path == own_home / "exports" / "idea.mid"
    file = mido.MidiFile(path)
    notes = [m for track in file.tracks for m in track if m.type == "note_on" and m.velocity]
    assert len(notes) > 0
    assert len(notes) in (sum(len(own) for bar in heard[i : i + 2] for own in bar.values()) for i in (0, 1))


def test_bars_are_told_while_they_are_planned_and_once_more_when_they_stand(
    start_band: Start, connect: Connect
) -> None:
    client = connect(start_band(tempo=120))
    client.send("/musegan/subscribe", "bar", 0, 30.0, 16.0)
    seen: dict[int, list[int]] = {}
    while len([number for number, kinds in seen.items() if 1 in kinds]) < 4:
        begin = client.wait_for("/musegan/bar/begin")
        seen.setdefault(int(str(begin.args[0])), []).append(int(str(begin.args[8])))
    for kinds in list(seen.values())[2:]:
        assert kinds == sorted(kinds)  # planned ones, then the one that stands
    assert any(kinds == [0, 1] for kinds in seen.values())
    assert sum(0 in kinds for kinds in seen.values()) > sum(1 in kinds for kinds in seen.values()) - 2


def test_superdirt_hears_its_own_messages(start_band: Start, connect: Connect) -> None:
    client = connect(start_band(tempo=120))
    client.send("/musegan/subscribe", "dirt")
    played = client.wait_for("/dirt/play")
    assert played.time is not None
    assert 0 < played.time - time.time() < 0.3
    named = dict(zip(played.args[::2], played.args[1::2], strict=True))
    assert named["cps"] == pytest.approx(0.5)
    assert named["delta"] == pytest.approx(named["sustain"])


def test_oscquery_reads_the_settings_and_changes_reach_it(start_band: Start, connect: Connect) -> None:
    band = start_band()
    client = connect(band)
    client.send("/musegan/hello")
    http = client.wait_for("/musegan/hello/reply").args[-1]

    def read(path: str) -> dict[str, object]:
        with urllib.request.urlopen(f"http://127.0.0.1:{http}{path}", timeout=20) as reply:
            found: dict[str, object] = json.load(reply)
            return found

    assert read("/?HOST_INFO")["OSC_PORT"] == band.port
    node = read("/musegan/track/piano/density")
    assert (node["TYPE"], node["VALUE"], node["ACCESS"]) == ("f", [1.0], 3)
    client.send("/musegan/track/piano/density", 2.0)
    client.send("/musegan/track/piano/density")
    client.wait_for("/musegan/track/piano/density")
    assert read("/musegan/track/piano/density?VALUE") == {"VALUE": [2.0]}


def test_the_last_bars_are_downloaded_as_a_midi_file(start_band: Start, connect: Connect) -> None:
    client = connect(start_band())
    client.send("/musegan/subscribe", "bar")
    client.send("/musegan/hello")
    http = client.wait_for("/musegan/hello/reply").args[-1]
    url = f"http://127.0.0.1:{http}/page/export.mid?bars="
    for _ in range(3):
        client.bar()
    client.send("/musegan/stop")
    client.wait_for("/musegan/silence")
    *_, before, last = pitches_of(client).values()
    with urllib.request.urlopen(f"{url}2", timeout=20) as reply:
        midi = mido.MidiFile(file=io.BytesIO(reply.read()))
        assert reply.headers["Content-Disposition"].endswith('.mid"')
    assert struck(midi) == [sorted(before[track] + last[track]) for track in TRACKS]
    for wrong in ("", "0", "many"):
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(f"{url}{wrong}", timeout=20)


def test_a_recording_begins_in_the_middle_of_a_show_and_ends_before_it(
    start_band: Start, connect: Connect, tmp_path: Path
) -> None:
    client = connect(start_band())
    client.send("/musegan/subscribe", "bar")
    client.bar()
    client.send("/musegan/record", 1)
    client.send("/musegan/record")
    assert client.wait_for("/musegan/record").args == [1]
    client.seen.clear()
    for _ in range(3):
        client.bar()
    client.send("/musegan/record", 0)
    path = Path(str(client.wait_for("/musegan/record/done").args[0]))
    assert path.parent == tmp_path / "data" / "musegan-bridge" / "recordings"
    recorded = struck(mido.MidiFile(path))
    for track, pitches in zip(TRACKS, recorded, strict=True):
        sent = Counter(pitch for bar in pitches_of(client).values() for pitch in bar[track])
        assert not sent - Counter(pitches)  # and the bar that played when the message came
    client.send("/musegan/record")
    assert client.wait_for("/musegan/record").args == [0]
    client.send("/musegan/record", 1)  # again: another file
    client.bar()
    client.send("/musegan/record", 0)
    again = Path(str(client.wait_for("/musegan/record/done").args[0]))
    assert again != path
    assert next(m.time for m in mido.MidiFile(again).tracks[0] if m.type == "marker") == 0  # no bar of silence first
    assert struck(mido.MidiFile(path)) == recorded


def test_who_wants_to_hears_what_the_musician_plays(start_band: Start, connect: Connect) -> None:
    band = start_band()
    player, asks, does_not = connect(band), connect(band), connect(band)
    for client, wants in ((asks, 1), (does_not, 0)):
        client.send("/musegan/subscribe", "bar", 0, 30.0, 0.0, 0.0, wants)
    asks.bar()
    player.send("/musegan/in/track", "piano")
    player.send("/musegan/in/note", 60, 100)
    player.send("/musegan/in/note", 60, 0)
    on, off = asks.wait_for("/musegan/heard"), asks.wait_for("/musegan/heard")
    assert on.args[2:] == ["piano", 60, 100]
    assert off.args[2:] == ["piano", 60, 0]
    bar, position = int(str(on.args[0])), float(str(on.args[1]))
    player.send("/musegan/ping", 1)
    now = float(str(player.wait_for("/musegan/pong").args[1]))
    assert 0 <= position < 4
    assert 0 <= now - (bar * 4 + position) < 40  # beats: a loaded machine included
    player.send("/musegan/in/listen", "off")
    player.send("/musegan/in/note", 61, 100)
    player.send("/musegan/in/listen", "continuous")
    player.send("/musegan/in/note", 62, 100)
    assert asks.wait_for("/musegan/heard").args[3] == 62
    does_not.bar()
    assert not [message for message in does_not.seen if message.address == "/musegan/heard"]


def test_a_logged_show_is_played_again_exactly_and_without_a_model(
    start_band: Start, connect: Connect, tmp_path: Path
) -> None:
    log, record = tmp_path / "show.jsonl", tmp_path / "show.mid"
    band = start_band(tempo=240, options=("--log", str(log), "--record", str(record)))
    client = connect(band)
    client.send("/musegan/subscribe", "bar")
    heard = {}
    for _ in range(4):
        begin, notes = client.bar()
        heard[begin.args[0]] = notes
        client.send("/musegan/tempo", 200.0)
    band.stop()
    written = tmp_path / "again.mid"
    command = [sys.executable, "-m", "musegan_bridge", "replay", str(log)]
    subprocess.run([*command, "--midi", str(written)], check=True, timeout=60, capture_output=True)
    assert written.read_bytes() == record.read_bytes()
    # It ends with the show, and must be there to answer: as if the band had been silent for an hour before it ended.
    *lines, last = log.read_text(encoding="utf-8").splitlines()
    last = json.dumps(json.loads(last) | {"at": json.loads(last)["at"] + 3600})
    log.write_text("\n".join([*lines, last, ""]), encoding="utf-8")
    with subprocess.Popen([*command, "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = re.search(r"listening on 127\.0\.0\.1:(\d+)", process.stdout.readline())
            assert said
            again = connect(Band(process, int(said[1])))
            again.send("/musegan/stop")  # what has been played by now was missed: from the beginning
            again.send("/musegan/gen")
            assert "played again cannot be changed" in str(again.wait_for("/musegan/error").args[1])
            again.send("/musegan/subscribe", "bar")
            again.send("/musegan/play")
            bars: dict[object, object] = {}
            while not set(bars) >= set(heard):
                begin, notes = again.bar()
                bars[begin.args[0]] = notes
            assert {number: bars[number] for number in heard} == heard
        finally:
            process.terminate()


def test_a_subscriber_of_the_set_may_have_a_name(start_band: Start) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.bind(("127.0.0.1", 0))
        client.settimeout(20)
        place = f"localhost:{client.getsockname()[1]}"
        port = start_band(options=["--subscriber", place]).port
        client.recv(65536)
        # It is known by the address that it sends from.
        client.sendto(osc.message("/musegan/subscribe", "s", ["bar"]), ("127.0.0.1", port))
        while (heard := osc.decode(client.recv(65536))[0]).address != "/musegan/subscribe/reply":
            pass
        assert heard.args[3] == 0


def test_a_dead_client_and_one_that_never_reads_cost_the_others_nothing(start_band: Start, connect: Connect) -> None:
    band = start_band(tempo=240)
    client = connect(band)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as gone:
        gone.bind(("127.0.0.1", 0))
        dead = gone.getsockname()[1]
    client.send("/musegan/subscribe", "note", dead, 300.0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.bind(("127.0.0.1", 0))
        for form in ("bar", "note"):
            client.send("/musegan/subscribe", form, slow.getsockname()[1], 300.0)
        client.send("/musegan/subscribe", "bar")
        numbers = [int(str(client.bar()[0].args[0])) for _ in range(5)]
    assert numbers == list(range(numbers[0], numbers[0] + 5))
    assert status(client)["late"] == 0


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (("--control", "/musegan/track/banjo/mute=1"), "track must be one of bass, drums, guitar, piano, strings"),
        (("--record", "/proc/no/show.mid"), "/proc/no"),
        (("--record", "{here}/show"), "{here}/show is there already: it is not written over"),
        (("--log", "{here}/show"), "{here}/show is there already: it is not written over"),
        (("--subscriber", "no.such.host.invalid:9000"), "no.such.host.invalid: no such address"),
    ],
)
def test_what_cannot_be_is_said_at_the_start(tmp_path: Path, options: tuple[str, ...], text: str) -> None:
    (tmp_path / "show").write_text("of yesterday", encoding="utf-8")
    options, text = tuple(option.format(here=tmp_path) for option in options), text.format(here=tmp_path)
    command = [sys.executable, "-m", "musegan_bridge", "serve", "--port", "0", "--http", "-1", *options]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 1
    assert text in run.stderr
    assert "Traceback" not in run.stderr
