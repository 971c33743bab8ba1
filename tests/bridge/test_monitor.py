"""The monitor, in a terminal of textual's own, on a real band; and what it knows of a band, message by message."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest
from rich.text import Text
from tests.conftest import ANSWER_SECONDS, START_SECONDS, Band
from textual.pilot import Pilot
from textual.widgets import Static

from musegan_bridge.tools.monitor import Monitor, MonitorError, watch
from musegan_bridge.tools.watching import KEPT, SILENT, Watched, roll

Start = Callable[..., Band]


def shown(monitor: Monitor) -> str:
    """Return all that stands on the screen."""
    return "\n".join(str(part.render()) for part in monitor.query(Static))


async def until(pilot: Pilot[None], is_so: Callable[[], bool], seconds: float = ANSWER_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, shown(pilot.app)  # type: ignore[arg-type] # it is a Monitor
        await pilot.pause(0.02)


def test_it_shows_the_bars_of_a_band_waits_when_it_ends_and_goes_on_when_it_is_back(start_band: Start) -> None:
    band = start_band()

    async def look() -> None:
        monitor = Monitor("127.0.0.1", band.port)
        async with monitor.run_test(size=(120, 30)) as pilot:
            await until(pilot, lambda: "lakh-live on CPUExecutionProvider" in shown(monitor))
            await until(pilot, lambda: " now " in shown(monitor))
            await until(pilot, lambda: any("⠀" < sign <= "⣿" for sign in shown(monitor)))
            screen = shown(monitor)
            assert all(track in screen for track in ("bass", "drums", "guitar", "piano", "strings"))
            assert "240 bpm" in screen
            assert "subscribers 1" in screen
            assert "late 0" in screen
            band.stop()
            await until(pilot, lambda: "waiting for a band" in shown(monitor))
            again = await asyncio.to_thread(start_band, band.port, seed=8)
            await until(pilot, lambda: " now " in shown(monitor), START_SECONDS)
            assert again.port == band.port
            await pilot.press("q")

    asyncio.run(look())


def test_it_shows_the_phrase_of_the_form_that_plays(start_band: Start) -> None:
    band = start_band()

    async def look() -> None:
        monitor = Monitor("127.0.0.1", band.port)
        async with monitor.run_test(size=(120, 30)) as pilot:
            await until(pilot, lambda: "verse A" in shown(monitor))
            await until(pilot, lambda: "verse B" in shown(monitor))

    asyncio.run(look())


def test_it_leaves_when_it_quits(start_band: Start, connect: Callable[[Band], object]) -> None:
    from tests.conftest import Client

    band = start_band()
    client = connect(band)
    assert isinstance(client, Client)

    async def look() -> None:
        monitor = Monitor("127.0.0.1", band.port)
        async with monitor.run_test() as pilot:
            await until(pilot, lambda: "subscribers 1" in shown(monitor))
            await pilot.press("q")

    asyncio.run(look())
    client.send("/musegan/status")
    assert client.wait_for("/musegan/status/reply").args[6] == 0


def test_a_host_that_is_none_is_refused() -> None:
    with pytest.raises(MonitorError, match="no such address"):
        watch("no such host", 57120)


def bar(watched: Watched, number: int, *, committed: int = 1, pitch: int = 60, now: float = 0.0) -> None:
    watched.take("/musegan/bar/begin", [number, 0, 7, 7, 120.0, 0.5, 1, 0, committed], None, now)
    watched.take("/musegan/bar/notes", [number, "bass", 0, 0.0, pitch, 100, 1.0], None, now)
    watched.take("/musegan/bar/end", [number, 1], None, now)


def playing(beat: float) -> Watched:
    watched = Watched()
    watched.take("/musegan/status/reply", [1, 120.0, beat, 7, "none"], None, 0.0)
    return watched


def test_a_bar_is_planned_then_committed_then_plays_then_was_played() -> None:
    watched = playing(beat=-1)
    assert watched.state_of(0, 0.0) == ""
    bar(watched, 0, committed=0)
    assert watched.state_of(0, 0.0) == "planned"
    bar(watched, 0, pitch=62)
    assert watched.state_of(0, 0.0) == "committed"
    assert watched.bars[0].notes["bass"] == [(0.0, 62, 100, 1.0)]
    assert watched.state_of(0, 1.0) == "now"
    assert watched.state_of(0, 3.0) == "played"


def test_a_bar_of_which_a_part_is_missing_still_to_come_is_not_shown_and_the_old_one_stands() -> None:
    watched = playing(beat=0)
    bar(watched, 1)
    watched.take("/musegan/bar/begin", [1, 0, 7, 7, 120.0, 0.5, 1, 0, 1], None, 0.0)
    assert watched.bars[1].notes["bass"] == [(0.0, 60, 100, 1.0)]


def test_the_phrase_stands_in_the_line_of_what_plays_and_only_while_it_plays() -> None:
    monitor = Monitor("127.0.0.1", 57120, clock=lambda: 0.0)
    monitor.watched = playing(beat=0)
    monitor.watched.take("/musegan/form/phrase", ["chorus B"], None, 0.0)
    assert "bar 0 beat 1   chorus B   120 bpm" in monitor.heading(0.0).plain
    monitor.watched.take("/musegan/form/phrase", [""], None, 0.0)
    assert "bar 0 beat 1   120 bpm" in monitor.heading(0.0).plain
    monitor.watched.take("/musegan/form/phrase", ["chorus B"], None, 0.0)
    monitor.watched.take("/musegan/silence", ["stop"], None, 0.0)
    assert "chorus" not in monitor.heading(0.0).plain


def test_the_beat_goes_on_between_answers_at_the_tempo() -> None:
    watched = playing(beat=3)
    assert watched.beat_at(1.0) == 5.0
    watched.take("/musegan/tempo/changed", [60.0, 5.0], 1.0, 1.0)
    assert watched.beat_at(2.0) == 6.0


def test_silence_and_a_band_that_does_not_play_empty_the_screen() -> None:
    watched = playing(beat=0)
    bar(watched, 0)
    watched.take("/musegan/silence", ["stop"], None, 0.0)
    assert not watched.bars
    assert watched.beat_at(0.0) is None
    assert watched.is_there(SILENT / 2)
    assert not watched.is_there(SILENT)


def test_bars_of_long_ago_are_forgotten() -> None:
    watched = playing(beat=0)
    for number in range(3 * KEPT):
        bar(watched, number)
    assert min(watched.bars) == 2 * KEPT - 1


@pytest.mark.parametrize("args", [[], ["x"], [1, 2, 3]])
def test_messages_of_another_age_and_of_strangers_change_nothing(args: list[object]) -> None:
    watched = Watched()
    watched.take("/elsewhere", args, None, 0.0)
    watched.take("/musegan/bar/end", [*args, 9][:2] if args else [9], None, 0.0)
    assert not watched.bars


def test_a_roll_has_its_lowest_note_below() -> None:
    assert roll([(0, 40, 100, 4)], 40, 80, 4, 2) == ["    ", "⣀⣀⣀⣀"]
    assert roll([(0, 80, 100, 0.1)], 40, 80, 4, 2) == ["⠁   ", "    "]


@pytest.mark.parametrize(("slack", "text"), [(12.4, "least 12 ms"), (0.0, "least 0 ms"), (-1.0, "least -")])
def test_the_least_slack_may_be_none_and_may_be_unknown(slack: float, text: str) -> None:
    monitor = Monitor("127.0.0.1", 57120, clock=lambda: 0.0)
    monitor.watched.take("/musegan/status/reply", [1, 120.0, 0.0, 7, "none", 0, 1, 10, 0, slack, 0], None, 0.0)
    assert f"{text}\n" in monitor.status(0.0).plain


def test_a_late_bar_stands_out() -> None:
    monitor = Monitor("127.0.0.1", 57120, clock=lambda: 0.0)
    monitor.watched.take("/musegan/status/reply", [1, 120.0, 0.0, 7, "piano", 2, 3, 10, 1, 12.0, 0], None, 0.0)
    line = monitor.status(0.0)
    assert isinstance(line, Text)
    assert "yours: piano, 2 held" in line.plain
    assert any("red" in str(span.style) and line.plain[span.start : span.end] == "late 1" for span in line.spans)


def test_what_is_expected_of_the_musician_is_known_until_it_is_expected_no_more() -> None:
    watched = Watched()
    watched.take("/musegan/expected/bar", [3, 0, 0, 0.8, 4, "Am", 1], None, 0.0)
    watched.take("/musegan/expected/notes", [3, "piano", 0, 0.0, 57, 90, 1.0], None, 0.0)
    expected = watched.expected[3]
    assert (expected.confidence, expected.loop, expected.chord) == (0.8, 4, "Am")
    assert expected.notes == {"piano": [(0.0, 57, 90, 1.0)]}
    watched.take("/musegan/expected/bar", [3, -1, 0, 0.0, 0, "", 0], None, 0.0)
    assert watched.expected == {}
