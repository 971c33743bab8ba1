"""The real server as a process, a real UDP socket: what a client notices."""

from __future__ import annotations

import contextlib
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from tests.conftest import Band, Client

from musegan_bridge import generate
from musegan_bridge.messages import BY_ADDRESS
from musegan_bridge.net import osc
from musegan_models import bundle as bundles
from musegan_models.model import Model
from musegan_models.notes import Note

Start = Callable[..., Band]
Connect = Callable[[Band], Client]
TRACKS = ("bass", "drums", "guitar", "piano", "strings")


def serve(*options: str) -> subprocess.CompletedProcess[str]:
    """Run a server that is expected to refuse at once."""
    command = [sys.executable, "-m", "musegan_bridge", "serve", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_eight_bars_arrive_before_their_downbeats_and_the_second_phrase_has_a_new_shared_z(
    start_band: Start, connect: Connect
) -> None:
    client = connect(start_band())
    client.send("/musegan/form", "free")
    client.send("/musegan/subscribe", "bar")
    bars: list[tuple[osc.Received, float, dict[str, list[Sequence[object]]]]] = []
    while len(bars) < 9:
        begin, notes = client.bar()
        bars.append((begin, time.time(), notes))
    numbers = [int(str(begin.args[0])) for begin, _, _ in bars]
    first = numbers.index(1)
    assert numbers[first:] == list(range(1, 1 + len(numbers) - first))
    for begin, arrived, _ in bars[first:]:
        assert begin.time is not None
        assert begin.time - arrived > 0.1  # 0.3 s, the least lookahead, less what a loaded machine takes
    seeds = {int(str(b.args[0])) // 4: b.args[2] for b, _, _ in bars}
    assert seeds[0] != seeds[1]
    assert all(b.args[2] == seeds[int(str(b.args[0])) // 4] for b, _, _ in bars)
    played = {track for _, _, notes in bars for track, own in notes.items() if own}
    assert played == set(TRACKS)


def test_the_bars_of_a_seed_are_those_that_generate_writes(start_band: Start, connect: Connect) -> None:
    client = connect(start_band(seed=11))
    client.send("/musegan/subscribe", "bar")
    expected = list(generate.generate(Model(bundles.load(bundles.pretrained())), n_bars=6, seed=11))
    for _ in range(4):
        begin, notes = client.bar()
        bar = expected[int(str(begin.args[0]))]
        assert begin.args[2:4] == [bar.idea.seed, bar.idea.private_seed]
        for track in TRACKS:
            wanted = [(n.time, n.pitch, n.velocity, n.duration) for n in bar.notes[track]]
            assert [tuple(note) for note in notes.get(track, [])] == wanted


def test_notes_that_are_played_change_what_comes_and_their_track_is_left_to_the_player(
    start_band: Start, connect: Connect
) -> None:
    client = connect(start_band(seed=11))
    client.send("/musegan/subscribe", "bar")
    client.send("/musegan/in/track", "piano")
    for pitch in (61, 65, 68):  # C sharp major, which the band by itself does not play
        client.send("/musegan/in/note", pitch, 100)
    alone = list(generate.generate(Model(bundles.load(bundles.pretrained())), n_bars=8, seed=11))
    begin, notes = client.bar()
    while int(str(begin.args[0])) < 3:  # what was committed stands
        begin, notes = client.bar()
    assert "piano" not in notes
    bar = alone[int(str(begin.args[0]))]
    assert begin.args[2] == bar.idea.seed
    same = [
        [tuple(note) for note in notes.get(t, [])] == [(n.time, n.pitch, n.velocity, n.duration) for n in bar.notes[t]]
        for t in ("bass", "guitar", "strings")
    ]
    assert not all(same)


def as_played(notes: Mapping[str, Sequence[Note]]) -> dict[str, list[tuple[object, ...]]]:
    return {name: [(n.time, n.pitch, n.velocity, n.duration) for n in own] for name, own in notes.items() if own}


def test_a_band_that_continues_plays_over_udp_what_generate_writes_in_the_key_that_was_asked_for(
    start_band: Start, connect: Connect, live_bundle: Path
) -> None:
    client = connect(start_band(seed=3, options=("--bundle", str(live_bundle), "--key", "Em")))
    client.send("/musegan/subscribe", "bar")
    model = Model(bundles.load(live_bundle))
    bars = list(generate.generate(model, n_bars=9, seed=3, transposition=-5))
    numbers: list[int] = []
    while len(numbers) < 7:  # over a bound of phrases
        begin, notes = client.bar()
        numbers.append(int(str(begin.args[0])))
        assert begin.args[7] == 0
        heard = {name: [tuple(note) for note in own] for name, own in notes.items()}
        assert heard == as_played(bars[numbers[-1]].notes)
    client.send("/musegan/status")
    status = dict(
        zip(
            [f.name for f in BY_ADDRESS["/musegan/status/reply"].fields],
            client.wait_for("/musegan/status/reply").args,
            strict=True,
        )
    )
    assert (status["key"], status["mode"]) == ("Em", "anticipate")


def test_two_seeds_bring_a_phrase_as_it_is_after_silence(
    start_band: Start, connect: Connect, live_bundle: Path
) -> None:
    client = connect(start_band(options=("--bundle", str(live_bundle))))
    client.send("/musegan/subscribe", "bar")
    found: list[list[dict[str, list[tuple[object, ...]]]]] = []
    for _ in range(2):
        client.send("/musegan/gen")
        for _ in range(3):
            client.bar()
        client.send("/musegan/gen", 5, 6)
        phrase: list[dict[str, list[tuple[object, ...]]]] = []
        while len(phrase) < 3:
            begin, notes = client.bar()
            if begin.args[2:4] == [5, 6]:
                phrase.append({name: [tuple(note) for note in own] for name, own in notes.items()})
        found.append(phrase)
    assert found[0] == found[1]
    assert any(found[0])


def test_a_band_that_anticipates_hears_a_note_in_the_bar_after_it(
    start_band: Start, connect: Connect, live_bundle: Path
) -> None:
    client = connect(start_band(seed=3, options=("--bundle", str(live_bundle))))
    client.send("/musegan/subscribe", "bar")
    client.send("/musegan/in/track", "piano")
    model = Model(bundles.load(live_bundle))
    resting = list(generate.generate(model, n_bars=12, seed=3, lead=generate.Lead((), "piano")))
    begin, _ = client.bar()
    for pitch in (48, 52, 55):
        client.send("/musegan/in/note", pitch, 100)
    first = int(str(begin.args[0]))
    while int(str(begin.args[0])) < first + 2:
        begin, notes = client.bar()
    assert "piano" not in notes
    heard = {name: [tuple(note) for note in own] for name, own in notes.items()}
    assert heard != as_played(resting[first + 2].notes)


def test_timetagged_notes_arrive_before_their_time_and_say_their_place(start_band: Start, connect: Connect) -> None:
    client = connect(start_band(tempo=120))
    client.send("/musegan/subscribe", "note")
    notes: list[osc.Received] = []
    begin = None
    while len(notes) < 60:
        note = client.wait_for("/musegan/note")
        now = time.time()
        assert note.time is not None
        assert note.time > now
        notes.append(note)
    names = [f.name for f in BY_ADDRESS["/musegan/note"].fields]
    for note in client.seen[1:]:
        values = dict(zip(names, note.args, strict=True))
        place = values["bar"] * 4 + values["position"]  # type: ignore[operator]
        assert note.time is not None
        begin = note.time - place * 0.5 if begin is None else begin
        assert note.time - place * 0.5 == pytest.approx(begin, abs=1e-4)
        assert values["seconds"] == pytest.approx(values["duration"] * 0.5)  # type: ignore[operator]


def test_panic_silences_until_play(start_band: Start, connect: Connect) -> None:
    client = connect(start_band())
    client.send("/musegan/subscribe", "bar")
    before, _ = client.bar()
    client.send("/musegan/panic")
    assert client.wait_for("/musegan/silence").args == ["panic"]
    client.seen.clear()
    client.send("/musegan/status")
    assert client.wait_for("/musegan/status/reply").args[0] == 0
    assert not [m for m in client.seen if m.address.startswith("/musegan/bar")]
    client.send("/musegan/play")
    begin, _ = client.bar()
    assert begin.args[0] in (int(str(before.args[0])) + 1, int(str(before.args[0])) + 2)
    assert begin.args[1] == 0


def test_a_thousand_malformed_datagrams_change_nothing(start_band: Start, connect: Connect) -> None:
    band = start_band()
    client, vandal = connect(band), connect(band)
    client.send("/musegan/subscribe", "bar")
    client.bar()
    rng = random.Random(1)
    good = osc.message("/musegan/nudge", "f", (1.0,))
    for i in range(1000):
        match i % 4:
            case 0:
                datagram = rng.randbytes(rng.randrange(0, 300))
            case 1:
                datagram = good[: rng.randrange(len(good) - 4)]
            case 2:
                datagram = osc.message("/musegan/tempo", "s", ("\u00e9" * rng.randrange(9),))
            case _:
                datagram = b"#bundle\0" + rng.randbytes(rng.randrange(9, 60))
        vandal.send_bytes(datagram)
        if i % 50 == 49:  # as fast as the server answers: nothing may be lost on the way
            vandal.send("/musegan/status")
            status = vandal.wait_for("/musegan/status/reply")
    assert status.args[10] == 1000
    assert (status.args[0], status.args[1]) == (1, 240.0)
    before, _ = client.bar()
    after, _ = client.bar()
    assert int(str(after.args[0])) == int(str(before.args[0])) + 1
    client.send("/musegan/hello")
    assert client.wait_for("/musegan/hello/reply").args[3] == " ".join(TRACKS)


def test_a_bundle_from_the_future_does_not_hold_up_the_server(start_band: Start, connect: Connect) -> None:
    client = connect(start_band())
    client.send_bytes(osc.bundle(time.time() + 60, [osc.message("/musegan/hello", "", ())]))
    client.wait_for("/musegan/hello/reply")


def test_a_wrong_message_is_answered_with_the_field_and_the_range(start_band: Start, connect: Connect) -> None:
    client = connect(start_band())
    client.send_bytes(osc.message("/musegan/tempo", "i", (1000,)))
    assert client.wait_for("/musegan/error").args == ["/musegan/tempo", "tempo must be in 20..400, got 1000"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT between processes")
def test_ctrl_c_ends_it_within_a_second_and_silences_the_clients(start_band: Start, connect: Connect) -> None:
    band = start_band()
    client = connect(band)
    client.send("/musegan/subscribe", "bar")
    client.bar()
    band.process.send_signal(signal.SIGINT)
    assert client.wait_for("/musegan/silence").args == ["quit"]
    assert band.process.wait(1) == 0
    assert band.process.stdout is not None
    assert "Traceback" not in band.process.stdout.read()


def test_a_taken_port_is_explained_with_the_way_out(start_band: Start) -> None:
    band = start_band()
    refused = serve("--port", str(band.port))
    assert refused.returncode == 1
    assert f"port {band.port} on 127.0.0.1 is taken" in refused.stderr
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_port_of_sclang_is_explained_as_such() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sclang:
        with contextlib.suppress(OSError):  # a real sclang may hold it already
            sclang.bind(("127.0.0.1", 57120))
        refused = serve()
    assert refused.returncode == 1
    assert "57120 is sclang's own port" in refused.stderr
    assert "--port 57130" in refused.stderr


@pytest.mark.parametrize(
    ("spoil", "text"),
    [
        (lambda p: (p / "bundle.json").unlink(), "bundle.json is missing"),
        (lambda p: (p / "bundle.json").write_text("{"), "is not JSON"),
        (lambda p: (p / "bar_generator.onnx").unlink(), "bar_generator.onnx is missing"),
        (lambda p: (p / "bar_generator.onnx").write_bytes(b"no"), "is cut short: it has 2 of"),
    ],
)
def test_a_bad_bundle_is_explained(tmp_path: Path, spoil: Callable[[Path], object], text: str) -> None:
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    for file in bundles.pretrained().iterdir():
        (bundle / file.name).write_bytes(file.read_bytes())
    spoil(bundle)
    refused = serve("--port", "0", "--bundle", str(bundle))
    assert refused.returncode == 1
    assert text in refused.stderr
    assert "Traceback" not in refused.stderr


def test_cuda_is_refused_with_the_reason_where_there_is_none() -> None:
    import onnxruntime

    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this machine may have CUDA")
    refused = serve("--port", "0", "--device", "cuda")
    assert refused.returncode == 1
    assert "--device cuda" in refused.stderr


def test_an_ipv6_or_foreign_host_is_explained() -> None:
    refused = serve("--port", "0", "--host", "192.0.2.1")
    assert refused.returncode == 1
    assert "--host 192.0.2.1" in refused.stderr


def test_the_phrase_that_plays_is_told_over_udp(start_band: Start, connect: Connect) -> None:
    client = connect(start_band())
    client.send("/musegan/subscribe", "bar")
    client.wait_for("/musegan/bar/begin")
    client.send("/musegan/form/phrase")
    assert client.wait_for("/musegan/form/phrase").args == ["verse A"]
