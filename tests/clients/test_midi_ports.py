"""MIDI through real ports: what the band sends is heard on time and in order, whatever becomes of ports and processes.

Without ALSA, as in a container, the ports are JACK's, of a server without a sound card.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarks.stage.jack import jack
from tests.conftest import Band, Client

from musegan_bridge.messages import BY_ADDRESS
from musegan_bridge.midi.clock import CLOCK_STATUSES, ClockFollower
from musegan_bridge.midi.input import MidiIn, Touch, touch_from_message
from musegan_bridge.midi.output import MidiOut, channels_of
from musegan_bridge.midi.ports import MidiError, Output, ports
from musegan_bridge.show.events import Due, Moved, Silenced
from musegan_models.notes import Note
from musegan_models.spec import TRACKS

SECONDS = 20.0  # that anything may take on a loaded machine

NOTE_ON, NOTE_OFF, CONTROL, PROGRAM = 0x90, 0x80, 0xB0, 0xC0
TICK, STOP = b"\xf8", b"\xfc"

Message = tuple[bytes, float]


@pytest.fixture(scope="module", autouse=True)
def midi() -> Iterator[None]:
    """A system that has MIDI."""
    if sys.platform != "linux" or Path("/dev/snd/seq").exists():
        yield
        return
    with jack(is_realtime=False) as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """Name of a virtual port that nobody else has."""
    return f"{request.node.name[5:25]}-{os.getpid()}"


@pytest.fixture
def start_out(name: str) -> Iterator[Callable[..., MidiOut]]:
    with contextlib.ExitStack() as stack:

        def start(port: str | None = None, **options: object) -> MidiOut:
            out = MidiOut(TRACKS, port, name=name, **options)  # type: ignore[arg-type] # a test's own
            stack.callback(out.close)
            if port is None:
                assert out.wait_until_open(SECONDS)
            return out

        yield start


class Ear:
    """Hears a port."""

    def __init__(self, port: str | None, name: str) -> None:
        self._heard: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.midi_in = MidiIn(lambda message, time: self._heard.put((message, time)), port, name=name)

    def until(self, wanted: Callable[[bytes], bool]) -> list[Message]:
        """Return what came until a message that is wanted, with it."""
        heard: list[Message] = []
        deadline = time.monotonic() + SECONDS
        while not heard or not wanted(heard[-1][0]):
            heard.append(self._heard.get(timeout=max(0.0, deadline - time.monotonic())))
        return heard


@pytest.fixture
def start_ear(name: str) -> Iterator[Callable[..., Ear]]:
    with contextlib.ExitStack() as stack:

        def start(port: str | None = name, *, waits: bool = True) -> Ear:
            ear = Ear(port, name)
            stack.callback(ear.midi_in.close)
            assert not waits or ear.midi_in.wait_until_open(SECONDS)
            return ear

        yield start


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_last_silence(message: bytes) -> bool:
    """Return whether it is the last message of those that silence everything."""
    return message == bytes([CONTROL | channels_of(TRACKS)["strings"], 123, 0])


def onset(time: float, *notes: tuple[str, int, float]) -> Due:
    """Return notes (track, pitch, duration in beats) at 120 beats a minute."""
    return Due(time, 0, 120.0, [(track, Note(0, pitch, duration, 100)) for track, pitch, duration in notes])


def test_band_plays_in_order_and_every_note_ends(
    start_out: Callable[..., MidiOut], start_ear: Callable[..., Ear]
) -> None:
    out, ear = start_out(), start_ear()
    start = time.time() + 1
    for i in range(16):
        notes = [("bass", 40 + i, 0.2), ("drums", 36, 0.05), ("piano", 60 + i % 2, 0.4)]
        out.take(onset(start + i / 20, *notes))
    heard = [message for message, _ in ear.until(lambda message: message == bytes([NOTE_OFF, 55, 0]))]
    channels = channels_of(TRACKS)
    assert [tuple(m) for m in heard if m[0] & 0xF0 == PROGRAM][-len(TRACKS) :] == [
        (PROGRAM | channels[track.name], track.program) for track in TRACKS
    ]
    touches = [touch for message in heard if (touch := touch_from_message(message))]
    bass = [touch for touch in touches if touch.channel == channels["bass"]]
    on = [Touch(channels["bass"], 40 + i, 100) for i in range(16)]
    assert [touch for touch in bass if touch.velocity] == on
    assert sorted(touch.pitch for touch in bass if not touch.velocity) == list(range(40, 56))
    drums = [touch.velocity for touch in touches if touch.channel == channels["drums"]]
    assert drums == [100, 0] * 16
    out.take(Silenced("stop", time.time()))
    heard += [message for message, _ in ear.until(is_last_silence)]
    piano = [touch for message in heard if (touch := touch_from_message(message)) and touch.channel == 2]
    for pitch in (60, 61):
        assert [touch.velocity for touch in piano if touch.pitch == pitch] == [100, 0] * 8


def test_panic_silences_and_what_was_due_is_not_played(
    start_out: Callable[..., MidiOut], start_ear: Callable[..., Ear]
) -> None:
    out, ear = start_out(), start_ear()
    start = time.time() + 0.1
    out.take(onset(start, ("strings", 60, 100), ("bass", 40, 100)))
    out.take(onset(start + 30, ("strings", 72, 1)))
    ear.until(lambda message: message[0] & 0xF0 == NOTE_ON and message[1] == 40)
    out.take(Silenced("panic", time.time()))
    heard = [message for message, _ in ear.until(lambda message: message == bytes([CONTROL | 3, 120, 0]))]
    assert {bytes([NOTE_OFF | 3, 60, 0]), bytes([NOTE_OFF, 40, 0])} <= set(heard)
    assert {bytes([CONTROL | channel, 123, 0]) for channel in channels_of(TRACKS).values()} <= set(heard)


def test_clock_drives_a_follower_to_the_same_tempo_and_beat(
    start_out: Callable[..., MidiOut], start_ear: Callable[..., Ear]
) -> None:
    out, ear = start_out(sends_clock=True), start_ear()
    start = time.time() + 0.2
    out.take(Moved(0.0, start, 150.0))
    time_of_stop = threading.Timer(2.2, lambda: out.take(Silenced("stop", time.time())))
    time_of_stop.start()
    follower, fixes = ClockFollower(), []
    for message, when in ear.until(lambda message: message == STOP):
        if message[0] in CLOCK_STATUSES and (fix := follower.feed(message, when)) and fix.playing:
            fixes.append(fix)
    time_of_stop.join()
    assert fixes[-1].tempo == pytest.approx(150, abs=3)
    assert fixes[-1].beat >= 3
    assert fixes[-1].time == pytest.approx(start + fixes[-1].beat * 60 / 150, abs=0.02)
    assert not follower.playing


def test_lateness_is_measured(start_out: Callable[..., MidiOut]) -> None:
    out = start_out()
    assert out.lateness is None
    out.take(onset(time.time() + 0.05, ("bass", 40, 0.1)))
    wait_for(lambda: out.lateness)
    assert out.lateness is not None
    assert 0 <= out.lateness.p50 <= out.lateness.p95 <= out.lateness.p99 <= out.lateness.max
    assert out.lateness.sent > 0


def test_process_that_dies_is_started_again_and_goes_on_with_the_clock(
    start_out: Callable[..., MidiOut], start_ear: Callable[..., Ear], caplog: pytest.LogCaptureFixture
) -> None:
    out, ear = start_out(sends_clock=True), start_ear()
    out.take(Moved(0.0, time.time(), 120.0))
    ear.until(lambda message: message == TICK)
    assert out.process is not None
    with caplog.at_level(logging.WARNING):
        os.kill(out.process, signal.SIGKILL)
        wait_for(lambda: ear.midi_in.port is None)
    assert ear.midi_in.wait_until_open(SECONDS)
    now = time.time()
    for i in range(20):  # JACK without a sound card may lose a message where the machine is busy
        out.take(onset(now + 0.1 + i / 2, ("bass", 40, 0.1)))
    ear.until(lambda message: message == bytes([NOTE_OFF, 40, 0]))
    ear.until(lambda message: message == TICK)
    assert "ended (-9): starting it again" in caplog.text


def test_parent_that_dies_leaves_no_note(start_ear: Callable[..., Ear], name: str) -> None:
    program = f"""
import time
from musegan_bridge.show.events import Due
from musegan_bridge.midi.output import MidiOut
from musegan_models.notes import Note
from musegan_models.spec import TRACKS
out = MidiOut(TRACKS, name={name!r})
assert out.wait_until_open({SECONDS})
print(flush=True)
input()
while True:  # JACK without a sound card may lose a message where the machine is busy
    out.take(Due(time.time() + 0.1, 0, 120.0, [("bass", Note(0, 40, 1000, 100))]))
    time.sleep(0.3)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        try:
            parent.stdout.readline()
            ear = start_ear()
            parent.stdin.write("\n")
            parent.stdin.flush()
            ear.until(lambda message: message[:2] == bytes([NOTE_ON, 40]))
        finally:
            parent.kill()
        heard = [message for message, _ in ear.until(is_last_silence)]
        assert bytes([NOTE_OFF, 40, 0]) in heard


def test_ports_may_come_late_and_go_and_keys_that_were_down_come_up(
    start_out: Callable[..., MidiOut], start_ear: Callable[..., Ear], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        ear = start_ear(waits=False)
        out = MidiOut(TRACKS, name=name)
        assert ear.midi_in.wait_until_open(SECONDS)
        out.take(onset(time.time() + 0.1, ("bass", 40, 1000)))
        ear.until(lambda message: message[:2] == bytes([NOTE_ON, 40]))
        out.close()
        ear.until(lambda message: message == bytes([NOTE_OFF, 40, 0]))
        wait_for(lambda: ear.midi_in.port is None)
        start_out()
        assert ear.midi_in.wait_until_open(SECONDS)
    assert f"there is no MIDI port {name!r}" in caplog.text
    assert "is gone" in caplog.text


def test_output_to_a_port_that_is_not_there_says_so_and_finds_it_when_it_comes(
    start_out: Callable[..., MidiOut], start_ear: Callable[..., Ear], caplog: pytest.LogCaptureFixture, name: str
) -> None:
    with caplog.at_level(logging.WARNING):
        out = start_out(name)
        assert not out.wait_until_open(0.5)
        ear = start_ear(None)
        assert out.wait_until_open(SECONDS)
        out.take(onset(time.time() + 0.1, ("bass", 40, 0.1)))
        ear.until(lambda message: message == bytes([NOTE_OFF, 40, 0]))
    assert caplog.text.count(f"there is no MIDI port {name!r}") == 1


def test_input_is_closed_while_messages_pour_in(start_ear: Callable[..., Ear], name: str) -> None:
    output = Output(None, name)
    try:
        stopped = threading.Event()

        def pour() -> None:
            while not stopped.wait(0.0005):
                output.send(bytes([NOTE_ON, 60, 1]))

        thread = threading.Thread(target=pour)
        thread.start()
        for _ in range(5):
            ear = start_ear()
            ear.until(lambda message: True)
            ear.midi_in.close()
        stopped.set()
        thread.join()
    finally:
        output.close()


def test_virtual_ports_are_listed(start_out: Callable[..., MidiOut], start_ear: Callable[..., Ear], name: str) -> None:
    start_out()
    start_ear(None)
    inputs, outputs = ports()
    assert any(name in port for port in inputs)
    assert any(name in port for port in outputs)


def test_missing_library_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rtmidi", None)
    for call in (ports, lambda: MidiOut(TRACKS), lambda: MidiIn(lambda message, time: None)):
        with pytest.raises(MidiError, match=rf"{re.escape(sys.executable)} -m pip install 'musegan-bridge\[midi\]'"):
            call()


def test_what_the_server_says_over_osc_it_plays_on_a_midi_port(
    start_ear: Callable[..., Ear], start_band: Callable[..., Band], connect: Callable[[Band], Client], name: str
) -> None:
    ear = start_ear(None)
    band = start_band(tempo=200, options=("--midi-out", name, "--midi-clock-out"))
    client = connect(band)
    client.send("/musegan/subscribe", "bar")
    begin, _ = client.bar()
    heard = ear.until(lambda message: message[0] & 0xF0 == NOTE_ON)
    first, notes = client.bar()
    while first.time is None or first.time < heard[-1][1] + 1:  # a bar that it can hear whole
        first, notes = client.bar()
    end = first.time + 4 * 60 / 200
    heard += ear.until(lambda message: message[:1] == TICK and time.time() > end + 0.5)
    channels = {channel: track for track, channel in channels_of(TRACKS).items()}
    played = {
        (channels[message[0] & 0x0F], message[1])
        for message, when in heard
        if message[0] & 0xF0 == NOTE_ON and first.time - 0.02 < when < end - 0.02
    }
    assert played == {(track, int(str(note[1]))) for track, own in notes.items() for note in own}
    band.stop()
    heard += ear.until(is_last_silence)
    sounding = set()
    for message, _ in heard:
        if message[0] & 0xF0 == NOTE_ON:
            sounding.add((message[0] & 0x0F, message[1]))
        elif message[0] & 0xF0 == NOTE_OFF:
            sounding.discard((message[0] & 0x0F, message[1]))
    assert not sounding
    assert begin.args[8] == 1


def test_the_server_keeps_midi_clock_and_hears_what_is_played(
    start_band: Callable[..., Band], connect: Callable[[Band], Client], name: str
) -> None:
    with contextlib.closing(Output(None, name)) as keys:
        band = start_band(options=("--midi-in", name, "--clock", "midi"))
        client = connect(band)
        client.send("/musegan/subscribe", "bar")

        def status() -> dict[str, object]:
            client.send("/musegan/status")
            names = [f.name for f in BY_ADDRESS["/musegan/status/reply"].fields]
            return dict(zip(names, client.wait_for("/musegan/status/reply").args, strict=True))

        stop = threading.Event()

        def tick() -> None:
            keys.send(b"\xfa")
            due = time.monotonic()
            while not stop.is_set():
                keys.send(TICK)
                due += 60 / 96 / 24
                time.sleep(max(0.0, due - time.monotonic()))

        ticking = threading.Thread(target=tick)
        ticking.start()
        try:
            wait_for(lambda: abs(float(str(status()["tempo"])) - 96) < 1)
            begin, _ = client.bar()
            while abs(float(str(begin.args[4])) - 96) > 1:
                begin, _ = client.bar()
            keys.send(bytes([NOTE_ON, 60, 100]))
            wait_for(lambda: status()["held"] == 1)
            assert status()["track"] == "piano"
            keys.send(bytes([NOTE_OFF, 60, 0]))
            wait_for(lambda: status()["held"] == 0)
        finally:
            stop.set()
            ticking.join()
        keys.send(STOP)
        client.wait_for("/musegan/silence")
        assert status()["playing"] == 0
