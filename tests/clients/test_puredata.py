"""The patches in a real Pd, against the real server: what they hear, play and send, and that it sounds."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import time
import wave
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from tests.conftest import ANSWER_SECONDS, Band, Client

from musegan_bridge.net import osc
from musegan_models.spec import TRACKS

PATCHES = Path(__file__).parents[2] / "puredata"
PROBE = Path(__file__).parent / "puredata"
NAMES = [track.name for track in TRACKS]
RATE = 44100
WORDS = {"tempo", "key", "fill", "hold", "swing", "scale", "density", "chart"}

Floats = npt.NDArray[np.float64]


def program() -> str:
    path = shutil.which("pd")
    if path is None:
        pytest.fail("pd is missing, and these tests are about it: apt install puredata-core")
    return path


@contextlib.contextmanager
def pd(folder: Path, *patches: str, options: Sequence[str] = ()) -> Iterator[subprocess.Popen[bytes]]:
    """Run patches, given as the objects of each, in a Pd without a window; whatever it complains of is a failure."""
    files = []
    for number, objects in enumerate(patches):
        files.append(folder / f"patch{number}.pd")
        files[-1].write_text(f"#N canvas 0 0 450 300 12;\n{objects}\n", encoding="utf-8")
    paths = ["-path", str(PATCHES), "-path", str(PROBE)]
    command = [program(), "-nogui", "-noaudio", "-noprefs", "-stderr", *paths, *options, *map(str, files)]
    said = folder / "pd.log"
    with said.open("wb") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(10)
    assert said.read_text(encoding="utf-8") == ""


@dataclass
class Probe:
    """A patch with one track of the band and one of the player's; it tells what it hears, and does what it is told."""

    inbox: int  # UDP port
    socket: socket.socket
    seen: list[tuple[float, osc.Received]] = field(default_factory=list)  # and the Unix time at which it came

    def send(self, address: str, *values: object) -> None:
        """Send to the patch: /musegan, /track and /follow are its objects."""
        types = "".join("s" if isinstance(value, str) else "f" for value in values)
        self.socket.sendto(osc.message(address, types, values), ("127.0.0.1", self.inbox))

    def wait_for(self, address: str, *begin: object) -> list[object]:
        """Return the rest of the next message that begins so."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            datagram = self.socket.recv(65536)
            for message in osc.decode(datagram):
                self.seen.append((time.time(), message))
                if message.address == address and list(message.args[: len(begin)]) == list(begin):
                    return list(message.args[len(begin) :])
        pytest.fail(f"no {address} {begin} came")

    def notes(self, first: int = 0) -> list[tuple[int, int, int]]:
        """Return (pitch, velocity, ms) of the notes that came since the `first` message."""
        found = [message.args for _, message in self.seen[first:] if message.address == "/note"]
        return [(int(float(str(p))), int(float(str(v))), round(float(str(ms)))) for p, v, ms, _ in found]


@pytest.fixture
def start_probe(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[Callable[..., Probe]]:
    """Start probes, each in a Pd of its own, or beside other patches."""
    with contextlib.ExitStack() as stack:
        count = 0

        def start(port: int, *before: str) -> Probe:
            nonlocal count
            count += 1
            folder = tmp_path / f"pd{count}"
            folder.mkdir()
            sock = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            sock.bind(("127.0.0.1", 0))
            sock.settimeout(ANSWER_SECONDS)
            inbox = free_port()
            stack.enter_context(pd(folder, *before, f"#X obj 9 9 probe {port} {sock.getsockname()[1]} {inbox};"))
            return Probe(inbox, sock)

        yield start


def bars_of(client: Client, n: int) -> list[tuple[int, float, float, dict[str, list[Sequence[float]]]]]:
    """Return the next bars as the server sends them: number, Unix time of the downbeat, tempo, notes by track."""
    found = []
    for _ in range(n):
        begin, notes = client.bar()
        number, *_, tempo = begin.args[:5]
        assert begin.time is not None
        found.append((number, begin.time, tempo, notes))
    return found  # type: ignore[return-value]  # the table says their types


def listen(client: Client) -> Client:
    """Subscribe to what a patch hears, too."""
    client.send("/musegan/subscribe", "bar", 0, 300.0)
    client.wait_for("/musegan/subscribe/reply")
    return client


@pytest.fixture
def start_both(
    start_band: Callable[..., Band], connect: Callable[[Band], Client], start_probe: Callable[..., Probe]
) -> Callable[..., tuple[Client, Probe]]:
    """Start a band, a client that hears its bars, and a probe; `options` as of `start_band`."""

    def start(**options: object) -> tuple[Client, Probe]:
        band = start_band(**options)
        return listen(connect(band)), start_probe(band.port)

    return start


def index_of(probe: Probe, bar: int) -> int:
    """Return where among what was seen a bar begins."""
    return next(i for i, (_, m) in enumerate(probe.seen) if m.address == "/beat" and list(m.args) == [bar, 0])


def in_order(notes: Sequence[Sequence[float]], tempo: float) -> list[tuple[int, int, int]]:
    """Return (pitch, velocity, ms) of a track's notes as a patch must play them."""
    ordered = sorted(notes, key=lambda note: (note[0], note[1]))
    return [(int(pitch), int(velocity), round(duration * 60000 / tempo)) for _, pitch, velocity, duration in ordered]


# What it hears


def test_notes_come_on_their_beats(start_both: Callable[..., tuple[Client, Probe]]) -> None:
    client, probe = start_both(tempo=120)
    probe.wait_for("/connected", 1)
    first = int(float(str(probe.wait_for("/beat")[0]))) + 1
    probe.wait_for("/beat", first + 5, 0)
    late, logical = [], []
    for number, downbeat, tempo, notes in bars_of(client, first + 5):
        if number < first:
            continue
        begin, end = index_of(probe, number), index_of(probe, number + 1)
        heard = [(came, message.args) for came, message in probe.seen[begin:end] if message.address == "/note"]
        assert probe.notes(begin)[: len(heard)] == in_order(notes.get("piano", []), tempo)
        times = [downbeat + position * 60 / tempo for position in sorted(note[0] for note in notes.get("piano", []))]
        late += [came - time for (came, _), time in zip(heard, times, strict=True)]
        clock = [float(str(args[-1])) / 1000 - time for (_, args), time in zip(heard, times, strict=True)]
        assert np.ptp(clock) < 0.015  # Pd's own clock, steered a little when the next bar comes
        logical.append(clock[0])
    assert np.median(np.abs(late)) < 0.03  # Pd without audio wakes up every few milliseconds
    assert np.ptp(logical) < 0.02


def test_what_waits_keeps_to_the_beat_when_the_tempo_changes(start_both: Callable[..., tuple[Client, Probe]]) -> None:
    client, probe = start_both(tempo=120)
    bar = int(float(str(probe.wait_for("/beat")[0]))) + 2
    probe.wait_for("/beat", bar, 0)
    client.wait_for("/musegan/bar/begin")  # what came until now
    client.send("/musegan/tempo", 60.0)
    changed = client.wait_for("/musegan/tempo/changed")
    tempo, beat = changed.args
    assert changed.time is not None
    for place in (2, 3):  # of a bar that was sent before
        probe.wait_for("/beat", bar, place)
        due = changed.time + (4 * bar + place - float(str(beat))) * 60 / float(str(tempo))
        assert probe.seen[-1][0] == pytest.approx(due, abs=0.1)


def test_an_offset_moves_all_of_it(start_both: Callable[..., tuple[Client, Probe]]) -> None:
    client, probe = start_both(tempo=120)
    probe.wait_for("/connected", 1)
    probe.send("/musegan", "offset", 300)
    probe.wait_for("/said", "subscribe", "reply")
    probe.wait_for("/said", "subscribe", "reply")
    bar = int(float(str(probe.wait_for("/beat")[0]))) + 2
    probe.wait_for("/beat", bar, 0)
    (downbeat,) = [downbeat for number, downbeat, _, _ in bars_of(client, bar + 1) if number == bar]
    assert probe.seen[-1][0] - downbeat == pytest.approx(0.3, abs=0.1)


def test_another_track_can_be_chosen_while_it_plays(start_both: Callable[..., tuple[Client, Probe]]) -> None:
    client, probe = start_both()
    bar = int(float(str(probe.wait_for("/beat")[0]))) + 1
    heard = {}
    for name in ("drums", "strings", "bass"):
        probe.wait_for("/beat", bar, 1)
        probe.send("/track", "track", name)
        probe.wait_for("/beat", bar + 2, 0)
        heard[bar + 1] = name, probe.notes(index_of(probe, bar + 1))
        bar += 3
    played = {number: notes for number, _, _, notes in bars_of(client, bar)}
    for number, (name, notes) in heard.items():
        expected = in_order(played[number].get(name, []), 240)
        assert notes[: len(expected)] == expected


def test_note_offs_come_even_when_the_band_stops(
    start_band: Callable[..., Band], start_probe: Callable[..., Probe]
) -> None:
    probe = start_probe(start_band(tempo=30).port)
    while probe.wait_for("/midi")[1] == 0:
        pass
    probe.send("/musegan", "stop")
    probe.wait_for("/said", "silence", "stop")
    probe.send("/musegan", "status")
    probe.wait_for("/said", "status", "reply")
    midi = [(message.args[0], message.args[1] != 0) for _, message in probe.seen if message.address == "/midi"]
    assert midi
    for pitch in {pitch for pitch, _ in midi}:
        strokes = [is_on for own, is_on in midi if own == pitch]
        assert strokes == [True, False] * (len(strokes) // 2)


# What it sends


def status(probe: Probe) -> tuple[str, int]:
    """Return which tracks the server says are the player's, and how many notes are held."""
    probe.send("/musegan", "status")
    reply = probe.wait_for("/said", "status", "reply")
    return str(reply[4]), int(float(str(reply[5])))


def test_what_is_played_is_heard_by_the_band(
    start_band: Callable[..., Band], start_probe: Callable[..., Probe]
) -> None:
    probe = start_probe(start_band().port)
    probe.wait_for("/connected", 1)
    assert status(probe) == ("none", 0)
    probe.send("/follow", 60, 0)  # a lone note off takes no track
    assert status(probe) == ("none", 0)
    probe.send("/follow", 60, 100)
    probe.send("/follow", 64, 100)
    assert status(probe) == ("guitar", 2)
    probe.send("/follow", 60, 0)
    assert status(probe) == ("guitar", 1)
    probe.send("/follow", "track", "bass")  # what is held ends, and the other track is taken
    assert status(probe) == ("bass", 0)
    probe.send("/follow", 40, 100, 1)  # a millisecond long: it ends by itself
    while status(probe) != ("bass", 0):
        pass
    probe.send("/follow", 43, 100)
    assert status(probe) == ("bass", 1)
    probe.send("/follow", 0)
    assert status(probe) == ("none", 0)


def test_any_message_of_the_table_can_be_sent(
    start_band: Callable[..., Band], start_probe: Callable[..., Probe]
) -> None:
    probe = start_probe(start_band().port)
    probe.wait_for("/connected", 1)
    probe.send("/musegan", "tempo", 96)
    assert probe.wait_for("/said", "tempo", "changed")[0] == 96
    probe.send("/musegan", "/musegan/key", "Em")
    probe.send("/musegan", "key")
    assert probe.wait_for("/said", "key") == ["Em"]
    probe.send("/track", "octave", -1)
    probe.send("/musegan", "track/piano/octave")
    assert probe.wait_for("/said", "track", "piano", "octave") == [-1]
    probe.send("/musegan", "tempo", 5000)
    assert probe.wait_for("/said", "error", "/musegan/tempo") == ["tempo must be in 20..400, got 5000.0"]


# Chords


@pytest.mark.parametrize("address", ["chart", "/musegan/chart"])
def test_a_chart_arrives_whole(
    start_band: Callable[..., Band], connect: Callable[[Band], Client], start_probe: Callable[..., Probe], address: str
) -> None:
    band = start_band()
    client, probe = connect(band), start_probe(band.port)
    probe.wait_for("/connected", 1)

    def chart() -> object:
        client.send("/musegan/chart")
        return client.wait_for("/musegan/chart").args[0]

    def until(text: str) -> None:
        """Wait until the server has a chart; what was sent went through a Pd."""
        for _ in range(100):
            if chart() == text:
                return
            probe.wait_for("/beat")
        pytest.fail(f"the chart is {chart()!r}, not {text!r}")

    probe.send("/musegan", address, "C", "|", "Am", "F", "|", "%", "|", "Dm7", "G7")  # as Pd splits a message
    until("C | Am F | % | Dm7 G7")
    probe.send("/musegan", address)
    assert probe.wait_for("/said", "chart") == ["C | Am F | % | Dm7 G7"]
    probe.send("/musegan", address, "verse:", "C", "|", "G", ";", "chorus:", "F")  # a line break, as \\; is in Pd
    until("verse: C | G ; chorus: F")
    probe.send("/musegan", address, "F#m7b5/A | Bb")  # one word with spaces in it
    until("F#m7b5/A | Bb")
    probe.send("/to", "musegan-send", "chart", *("C | Am | F | G | " * 40).split())  # long, and by name
    until(" ".join(("C | Am | F | G | " * 40).split()))
    probe.send("/musegan", "chart/at", 2)
    probe.send("/musegan", "chart/track", "guitar")
    probe.send("/musegan", "chart/track")
    assert probe.wait_for("/said", "chart", "track") == ["guitar"]
    probe.send("/musegan", "chart/clear")
    until("")
    assert not [message for _, message in probe.seen if message.args[:1] == ["error"]]


def test_the_chords_of_the_chart_and_of_the_band_come_on_their_beats(
    start_band: Callable[..., Band], start_probe: Callable[..., Probe]
) -> None:
    probe = start_probe(start_band(tempo=120).port)
    probe.wait_for("/connected", 1)
    probe.send("/musegan", "chart", "Cm7", "|", "Fm7", "Bb7", "|", "N.C.")
    while probe.wait_for("/chords", "chart_chord") != ["-"]:  # no chord: a name all the same
        pass
    first = len(probe.seen)
    for _ in range(2):
        assert probe.wait_for("/chords", "chart_chord") == ["Cm7"]
        assert probe.wait_for("/chords", "chart_chord") == ["Fm7"]
        assert probe.wait_for("/chords", "chart_chord") == ["Bb7"]
        assert probe.wait_for("/chords", "chart_chord") == ["-"]
    seen = probe.seen[first:]
    times = [came for came, message in seen if message.args[:1] == ["chart_chord"]]
    assert np.diff(times[:4]) == pytest.approx([2, 1, 1], abs=0.1)
    bands = [(came, message.args[1]) for came, message in seen if message.args[:1] == ["band_chord"]]
    assert np.diff([came for came, _ in bands]) == pytest.approx(2, abs=0.1)
    assert all(isinstance(name, str) and name for _, name in bands)


def test_what_is_played_and_what_is_expected_comes_as_chords(
    start_band: Callable[..., Band], start_probe: Callable[..., Probe]
) -> None:
    probe = start_probe(start_band(tempo=240).port)
    probe.wait_for("/connected", 1)
    for pitch in (57, 60, 64):
        probe.send("/follow", pitch, 100)
    assert probe.wait_for("/chords", "chord") == ["Am"]
    for pitch in (57, 60, 64):
        probe.send("/follow", pitch, 0)
    for bar in range(12):  # two bars, again and again
        for pitch in ((60, 64, 67), (57, 60, 64))[bar % 2]:
            probe.send("/follow", pitch, 100, 700)
        beat = int(float(str(probe.wait_for("/beat")[0])))
        probe.wait_for("/beat", beat + 1, 0)
    chord, confidence, loop, expected = probe.wait_for("/chords", "expects")
    assert chord
    assert isinstance(chord, str)
    assert 0 <= float(str(confidence)) <= 1
    assert float(str(loop)) >= 0
    assert float(str(expected)) > 8


def test_how_it_follows_can_be_chosen(start_band: Callable[..., Band], start_probe: Callable[..., Probe]) -> None:
    probe = start_probe(start_band().port)
    probe.wait_for("/connected", 1)
    probe.send("/musegan", "in/mode")
    assert probe.wait_for("/said", "in", "mode") == ["anticipate"]
    for address, value in (("in/mode", "previous-bar"), ("in/split", 60), ("in/dynamics", 0.5), ("chart/heard", 0)):
        probe.send("/musegan", address, value)
        probe.send("/musegan", address)
        assert probe.wait_for("/said", *address.split("/")) == [value]


def test_the_form_can_be_chosen(start_band: Callable[..., Band], start_probe: Callable[..., Probe]) -> None:
    probe = start_probe(start_band().port)
    probe.wait_for("/connected", 1)
    for address, value in (("form", "AABA"), ("variation", 0.5), ("drafts", 3), ("form", "song")):
        probe.send("/musegan", address, value)
        probe.send("/musegan", address)
        assert probe.wait_for("/said", address) == [value]


# Servers and patches that come and go


def test_it_survives_the_server_stopping_and_starting(
    start_band: Callable[..., Band], start_probe: Callable[..., Probe]
) -> None:
    band = start_band()
    probe = start_probe(band.port)
    probe.wait_for("/connected", 1)
    probe.send("/follow", 60, 100)
    assert status(probe) == ("guitar", 1)
    band.stop()
    probe.wait_for("/connected", 0)
    start_band(band.port)
    probe.wait_for("/connected", 1)
    assert probe.wait_for("/beat")[0] in (0, 1)  # a new show
    probe.wait_for("/note")
    assert status(probe)[0] == "guitar"  # still yours


def test_a_server_that_vanishes_is_missed(start_band: Callable[..., Band], start_probe: Callable[..., Probe]) -> None:
    band = start_band()
    probe = start_probe(band.port)
    probe.wait_for("/connected", 1)
    band.process.kill()
    probe.wait_for("/connected", 0)


def test_two_pds_hear_the_same(start_band: Callable[..., Band], start_probe: Callable[..., Probe]) -> None:
    band = start_band()
    probes = [start_probe(band.port), start_probe(band.port)]
    bar = max(int(float(str(probe.wait_for("/beat")[0]))) for probe in probes) + 1
    heard = []
    for probe in probes:
        probe.wait_for("/beat", bar + 2, 0)
        heard.append(probe.notes(index_of(probe, bar)))
    assert heard[0]
    assert heard[0] == heard[1]


def test_of_several_in_a_pd_one_speaks_and_another_takes_over(
    start_band: Callable[..., Band], connect: Callable[[Band], Client], start_probe: Callable[..., Probe]
) -> None:
    band = start_band()
    client = listen(connect(band))
    probe = start_probe(band.port, f"#X obj 9 9 musegan {band.port};")
    bar = int(float(str(probe.wait_for("/beat")[0]))) + 1
    probe.wait_for("/beat", bar + 2, 0)
    (notes,) = [notes for number, _, _, notes in bars_of(client, bar + 2) if number == bar]
    heard = probe.notes(index_of(probe, bar))[: 1 + len(notes["piano"])]
    assert heard[:-1] == in_order(notes["piano"], 240)  # each once
    client.send("/musegan/status")
    assert client.wait_for("/musegan/status/reply").args[6] == 2  # this client, and one for both
    probe.send("/to", "pd-patch0.pd", "menuclose", 1)  # the one that was first, and spoke
    while True:
        client.send("/musegan/status")
        if client.wait_for("/musegan/status/reply").args[6] == 3:  # the socket of the other one, too
            break
        probe.wait_for("/beat")
    bar = int(float(str(probe.wait_for("/beat")[0]))) + 1
    probe.wait_for("/beat", bar + 2, 0)
    assert probe.notes(index_of(probe, bar))


# How it sounds


def recorded(path: Path) -> Floats:
    """Return what a [writesf~ 2] of Pd wrote, (n, 2), -1..1."""
    with wave.open(str(path)) as file:
        assert (file.getsampwidth(), file.getnchannels(), file.getframerate()) == (2, 2, RATE)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return samples.reshape(-1, 2) / 32768


def loudness(sound: Floats) -> float:
    return float(np.sqrt(np.mean(sound**2)))


@pytest.mark.parametrize(
    ("name", "pitch"), [("bass", 36), ("drums", 38), ("guitar", 55), ("piano", 60), ("strings", 64)]
)
def test_each_instrument_sounds_and_ends(name: str, pitch: int, tmp_path: Path) -> None:
    render = f"""\
#X obj 9 9 musegan.{name}~;
#X obj 9 99 writesf~ 2;
#X obj 99 9 loadbang;
#X msg 99 39 open {name}.wav \\, start;
#X obj 199 9 delay 100;
#X msg 199 39 {pitch} 110 500;
#X obj 299 9 delay 3000;
#X msg 299 39 stop;
#X obj 399 9 delay 60000;
#X msg 399 39 \\; pd quit;
#X connect 0 0 1 0;
#X connect 0 0 1 1;
#X connect 2 0 3 0;
#X connect 3 0 1 0;
#X connect 2 0 4 0;
#X connect 4 0 5 0;
#X connect 5 0 0 0;
#X connect 2 0 6 0;
#X connect 6 0 7 0;
#X connect 7 0 1 0;
#X connect 2 0 8 0;
#X connect 8 0 9 0;"""  # a thread of Pd's closes the file: it gets a minute, which is short where nothing is heard
    with pd(tmp_path, render, options=["-batch", "-r", str(RATE), "-send", "pd dsp 1"]) as process:
        assert process.wait(60) == 0
    sound = recorded(tmp_path / f"{name}.wav")
    assert len(sound) > 2.5 * RATE
    before, while_it_sounds, after = sound[: RATE // 11], sound[RATE // 10 : RATE // 2], sound[2 * RATE :]
    assert loudness(before) < 1e-4
    assert loudness(while_it_sounds) > 0.02
    assert np.abs(sound).max() < 1
    assert loudness(after) < 0.001


def test_the_help_patch_plays_the_band_at_once(
    start_band: Callable[..., Band], start_probe: Callable[..., Probe], tmp_path: Path
) -> None:
    band = start_band(tempo=120)
    probe = start_probe(band.port, "#X obj 9 9 musegan-help;")
    probe.wait_for("/connected", 1)
    probe.send("/to", "musegan-send", "connect", "127.0.0.1", band.port)
    probe.send("/to", "pd", "dsp", 1)
    bar = int(float(str(probe.wait_for("/beat")[0]))) + 1
    probe.wait_for("/beat", bar, 0)
    probe.send("/to", "musegan-help-record", "open", str(tmp_path / "take.wav"))
    probe.send("/to", "musegan-help-record", "start")
    probe.wait_for("/beat", bar + 3, 0)
    probe.send("/to", "musegan-help-record", "stop")
    while not len(sound := recorded(tmp_path / "take.wav")):  # a thread of Pd's closes the file
        probe.wait_for("/beat")
    assert len(sound) > 4 * RATE
    for second in range(len(sound) // RATE):
        assert loudness(sound[second * RATE : (second + 1) * RATE]) > 0.02
    assert np.mean(np.abs(sound) > 0.99) < 0.001  # it does not clip


# The patches themselves


def test_every_patch_opens_without_complaint(tmp_path: Path) -> None:
    names = sorted(path.name for path in PATCHES.glob("*.pd"))
    assert {"musegan.pd", "musegan-help.pd", "musegan.track-help.pd", "musegan.follow-help.pd"} <= set(names)
    patches = [f"#X obj 9 9 {name.removesuffix('.pd')};" for name in names]
    with pd(tmp_path, *patches, "#X obj 9 9 loadbang;\n#X msg 9 39 \\; pd quit;\n#X connect 0 0 1 0;") as process:
        assert process.wait(60) == 0


def test_what_the_help_patch_sends_is_in_the_table(
    start_band: Callable[..., Band], connect: Callable[[Band], Client]
) -> None:
    client = connect(start_band())
    text = (PATCHES / "musegan-help.pd").read_text(encoding="utf-8")
    addresses = {
        word for word in re.findall(r"#X msg \d+ \d+ ([a-z/*]+) ?[^;]*;", text) if "/" in word or word in WORDS
    }
    assert len(addresses) > 8
    for message in re.findall(r"#X msg \d+ \d+ ([a-z][^\\;$]*);", text):
        address, *values = message.split()
        if address not in addresses:
            continue  # to an object of the patch
        if address == "chart":  # the patch joins it
            values = [" ".join(values)]
        arguments = [float(value) if re.fullmatch(r"-?[\d.]+", value) else value for value in values]
        types = "".join("s" if isinstance(value, str) else "f" for value in arguments)
        client.send_bytes(osc.message(f"/musegan/{address}", types, arguments))
    client.send("/musegan/status")
    client.wait_for("/musegan/status/reply")
    assert not [message.args for message in client.seen if message.address == "/musegan/error"]
