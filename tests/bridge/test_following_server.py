"""The real server, which follows a player over UDP: it learns their loop, and plays on a chart."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.conftest import Band, Client

from musegan_bridge.messages import BY_ADDRESS, types_of
from musegan_bridge.net import osc

Start = Callable[..., Band]
Connect = Callable[[Band], Client]
CHORDS = ((60, 64, 67), (57, 60, 64), (53, 57, 60), (55, 59, 62))  # C Am F G
TEMPO = 240
Notes = dict[str, list[Sequence[object]]]


def status(client: Client) -> dict[str, object]:
    client.send("/musegan/status")
    names = [f.name for f in BY_ADDRESS["/musegan/status/reply"].fields]
    return dict(zip(names, client.wait_for("/musegan/status/reply").args, strict=True))


def play(client: Client, chord: Sequence[int], downbeat: float) -> None:
    """Strike a chord on each beat of a bar; the timetags say when, however late a busy machine sends them."""
    for beat in range(4):
        for velocity, time in ((90, beat), (0, beat + 0.9)):
            messages = [
                osc.message("/musegan/in/note", types_of("/musegan/in/note", 2), (pitch, velocity)) for pitch in chord
            ]
            client.send_bytes(osc.bundle(downbeat + time * 60 / TEMPO, messages))


def in_chord(notes: Notes, chord: Sequence[int]) -> tuple[float, float]:
    """Return how many beats of the band's pitched notes are of a chord, and how many there are."""
    pitched = [
        (int(str(n[1])), float(str(n[3]))) for t, own in notes.items() if t not in ("drums", "piano") for n in own
    ]
    classes = {pitch % 12 for pitch in chord}
    return sum(beats for pitch, beats in pitched if pitch % 12 in classes), sum(beats for _, beats in pitched)


def test_the_band_is_in_the_chords_of_a_loop_from_its_third_round_on(
    start_band: Start, connect: Connect, tmp_path: Path
) -> None:
    log = tmp_path / "show.jsonl"
    band = start_band(tempo=TEMPO, options=("--log", str(log)))
    client = connect(band)
    client.send("/musegan/in/track", "piano")
    client.send("/musegan/subscribe", "bar", 0, 300.0, 0.0, 0.0, 1, 1)
    first: int | None = None
    inside = all_of_it = 0.0
    while True:
        begin, notes = client.bar()
        number, downbeat = int(str(begin.args[0])), begin.time
        assert downbeat is not None
        first = number if first is None else first
        place = number - first
        play(client, CHORDS[place % 4], downbeat)
        if place >= 12:  # the fourth round, so that a busy machine may miss a bar of the third
            own = in_chord(notes, CHORDS[place % 4])
            inside, all_of_it = inside + own[0], all_of_it + own[1]
        if place == 19:
            break
    assert inside / all_of_it > 0.75
    told = status(client)
    assert (told["mode"], told["loop"]) == ("anticipate", 4)
    assert float(str(told["freshness_p95"])) > 0
    heard = {message.address for message in client.seen}
    assert {"/musegan/expected/bar", "/musegan/expected/notes", "/musegan/heard/chord"} <= heard
    band.stop()
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    expected = [line["expected"] for line in lines if "expected" in line]
    assert expected[-1]["loop"] == 4
    assert expected[-1]["notes"]["piano"]


def test_a_chart_in_a_file_is_played_from_the_first_bar_on_and_a_wrong_one_is_refused(
    start_band: Start, connect: Connect, tmp_path: Path
) -> None:
    chart = tmp_path / "chart.txt"
    chart.write_text("verse:\nC | Am | F | G\n", encoding="utf-8")
    client = connect(start_band(tempo=TEMPO, options=("--chart", str(chart))))
    client.send("/musegan/subscribe", "bar")
    inside = all_of_it = 0.0
    for _ in range(4):
        begin, notes = client.bar()
        own = in_chord(notes, CHORDS[int(str(begin.args[0])) % 4])
        inside, all_of_it = inside + own[0], all_of_it + own[1]
    assert inside / all_of_it > 0.9
    chords = [message.args for message in client.seen if message.address == "/musegan/chart/bar"]
    assert chords[0][2] == "verse"
    client.send("/musegan/chart", "C | Q7")
    address, text = client.wait_for("/musegan/error").args
    assert address == "/musegan/chart"
    assert "Q7" in str(text)
    assert status(client)["chart_bars"] == 4
