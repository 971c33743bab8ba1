"""MIDI clock: another's followed, and ours sent. In manual time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musegan_bridge.midi.clock import CONTINUE, PAUSE, POSITION, START, STOP, TICK, TICKS, ClockFollower, ClockSender
from musegan_bridge.show.clock import Fix, Timeline

TEMPI = (60.0, 97.3, 120.0, 174.0, 240.0)

tempi = st.floats(30, 300)


class Master:
    """A clock to be followed, whose ticks may come late or early by up to `jitter` seconds."""

    def __init__(self, tempo: float, jitter: float = 0.0, seed: int = 0) -> None:
        self.follower = ClockFollower()
        self.time = 1.7e9  # Unix seconds of the next tick
        self.tempo = tempo
        self.fixes: list[Fix] = []
        self._random, self._jitter = Random(seed), jitter

    def say(self, *message: int, time: float | None = None) -> Fix | None:
        fix = self.follower.feed(bytes(message), self.time if time is None else time)
        self.fixes += [] if fix is None else [fix]
        return fix

    def tick(self, ticks: int = 1, *, lost: bool = False) -> None:
        for _ in range(ticks):
            if not lost:
                self.say(TICK, time=self.time + self._random.uniform(-self._jitter, self._jitter))
            self.time += 60 / self.tempo / TICKS

    def beat_told(self) -> float:
        """Return the beat of the next tick, as the last fix foretells it."""
        fix = self.fixes[-1]
        return fix.beat + (self.time - fix.time) * fix.tempo / 60


def messages_until(sender: ClockSender, until: float) -> list[tuple[float, int]]:
    """Return the statuses that come until then, and when, woken up as a player is."""
    said = []
    while (time := sender.next_time()) is not None and time < until:
        said += [(time, message[0]) for time, message in sender.due(time)]
    return said


# Following


@pytest.mark.parametrize("tempo", TEMPI)
def test_steady_clock_is_followed_exactly(tempo: float) -> None:
    master = Master(tempo)
    master.say(START)
    master.tick(8 * TICKS)
    assert master.follower.playing
    assert master.follower.tempo == pytest.approx(tempo, abs=0.01)
    assert master.beat_told() == pytest.approx(8, abs=1e-3)


def test_fixes_are_news_and_one_for_each_beat() -> None:
    master = Master(120)
    master.tick(2 * TICKS)  # many tick before they start
    master.fixes.clear()
    master.say(START)
    master.tick(16 * TICKS)
    assert [fix.beat for fix in master.fixes] == pytest.approx(range(16))
    assert all(fix.playing for fix in master.fixes)


@pytest.mark.parametrize("tempo", TEMPI)
def test_jitter_does_not_move_the_tempo(tempo: float) -> None:
    for seed in range(4):
        master = Master(tempo, jitter=0.002, seed=seed)
        master.say(START)
        master.tick(3 * TICKS)
        for _ in range(32 * TICKS):
            master.tick()
            assert master.follower.tempo == pytest.approx(tempo, abs=0.5)
            assert (master.beat_told() - master.follower._next / TICKS) * 60 / tempo == pytest.approx(0, abs=0.006)


@pytest.mark.parametrize("jitter", [0.0, 0.002])
@pytest.mark.parametrize(("before", "after"), [(120, 121), (120, 126), (120, 90), (90, 174), (120, 60), (60, 120)])
def test_change_of_tempo_is_taken_over(before: float, after: float, jitter: float) -> None:
    for seed in range(4):
        master = Master(before, jitter, seed)
        master.say(START)
        master.tick(16 * TICKS)
        master.tempo = after
        master.tick(int(1.5 * TICKS))
        assert master.follower.tempo == pytest.approx(after, abs=1.5)
        master.tick(TICKS)
        assert master.follower.tempo == pytest.approx(after, abs=0.6)
        assert master.beat_told() == pytest.approx(18.5, abs=0.02)


def test_slow_change_of_tempo_is_followed() -> None:
    master = Master(100, 0.001)
    master.say(START)
    master.tick(8 * TICKS)
    for _ in range(32 * TICKS):
        master.tempo += 40 / (32 * TICKS)
        master.tick()
        assert master.follower.tempo == pytest.approx(master.tempo, abs=2.5)
    assert master.beat_told() == pytest.approx(40, abs=0.03)


@given(tempo=tempi, sixteenth=st.integers(0, 0x3FFF), beats=st.integers(1, 5))
def test_position_is_where_it_goes_on(tempo: float, sixteenth: int, beats: int) -> None:
    master = Master(tempo)
    master.tick(TICKS)
    master.say(POSITION, sixteenth & 0x7F, sixteenth >> 7)
    master.say(CONTINUE)
    master.tick(beats * TICKS)
    assert master.beat_told() == pytest.approx(sixteenth / 4 + beats, abs=1e-3)


def test_stop_holds_the_position_and_continue_goes_on_from_it() -> None:
    master = Master(120)
    master.say(START)
    master.tick(2 * TICKS + 7)
    stopped = master.say(STOP)
    assert stopped is not None
    assert not stopped.playing
    assert stopped.beat == pytest.approx(2 + 7 / TICKS)
    master.tick(30)
    assert not master.fixes[-1].playing
    assert master.fixes[-1].beat == stopped.beat
    master.say(CONTINUE)
    master.tick(TICKS)
    assert master.fixes[-1].playing
    assert master.beat_told() == pytest.approx(3 + 7 / TICKS, abs=1e-3)


def test_second_stop_says_nothing() -> None:
    master = Master(120)
    master.say(START)
    master.tick(TICKS)
    assert master.say(STOP) is not None
    assert master.say(STOP) is None


def test_clock_that_ticks_only_while_it_plays_is_known_from_its_first_tick_the_second_time() -> None:
    master = Master(120)
    master.say(START)
    master.tick(4 * TICKS)
    master.say(STOP)
    master.time += 10
    assert not master.follower.ticks(master.time)
    master.say(START)
    master.tick()
    assert master.fixes[-1].playing
    assert (master.fixes[-1].beat, master.fixes[-1].tempo) == pytest.approx((0, 120), abs=1e-3)
    assert master.follower.ticks(master.time)


@given(tempo=st.floats(60, 240), lost=st.integers(1, 4), late=st.booleans())
def test_ticks_that_are_lost_or_come_in_a_burst_do_not_move_the_beat(tempo: float, lost: int, late: bool) -> None:
    master = Master(tempo)
    master.say(START)
    master.tick(4 * TICKS)
    master.tick(lost, lost=True)
    if late:
        for i in range(lost):
            master.say(TICK, time=master.time + (i - lost) * 1e-4)
    master.tick(2 * TICKS)
    assert master.beat_told() == pytest.approx(6 + lost / TICKS, abs=0.02)
    assert master.follower.tempo == pytest.approx(tempo, abs=0.5)


def test_clock_that_pauses_without_a_word_no_longer_ticks() -> None:
    master = Master(120)
    master.say(START)
    master.tick(4 * TICKS)
    assert master.follower.ticks(master.time)
    assert not master.follower.ticks(master.time + PAUSE)


statuses = st.sampled_from(
    [(TICK,)] * 8 + [(START,), (CONTINUE,), (STOP,), (POSITION, 5, 1), (POSITION, 5), (0xFE,), ()]
)


@given(st.lists(st.tuples(statuses, st.floats(-1, 1) | st.floats(0, 0.03)), max_size=200))
def test_whatever_comes_a_fix_makes_sense(said: Sequence[tuple[Sequence[int], float]]) -> None:
    follower, time = ClockFollower(), 1.7e9
    for message, pause in said:
        time += pause
        fix = follower.feed(bytes(message), time)
        if fix is not None:
            assert fix.beat >= 0
            assert fix.tempo > 0
            assert fix.playing == follower.playing


# Sending


@given(tempo=tempi, count_in=st.floats(0.25, 4))
def test_clock_counts_in_and_starts_on_beat_0(tempo: float, count_in: float) -> None:
    sender = ClockSender()
    timeline = Timeline(-count_in, 50, tempo)
    assert sender.move(timeline, 50) == []
    said = messages_until(sender, timeline.time_at(2))
    assert [status for _, status in said].count(START) == 1
    start = [status for _, status in said].index(START)
    ticks = [time for time, status in said if status == TICK]
    assert said[start + 1][1] == TICK
    assert said[start + 1][0] == pytest.approx(timeline.time_at(0))
    assert timeline.time_at(-1 / TICKS) < said[start][0] < timeline.time_at(0)
    assert all(b - a == pytest.approx(60 / tempo / TICKS) for a, b in pairwise(ticks))
    assert len(said) - start - 1 == 2 * TICKS


@given(beat=st.floats(0.01, 1000), tempo=tempi)
def test_clock_that_begins_in_the_middle_says_where(beat: float, tempo: float) -> None:
    sender = ClockSender()
    timeline = Timeline(beat, 50, tempo)
    [position] = sender.move(timeline, 50)
    sixteenth = position[1] | position[2] << 7
    assert position[0] == POSITION
    assert timeline.time_at(sixteenth / 4) >= 50 + sender.LEAD
    said = messages_until(sender, timeline.time_at(sixteenth / 4 + 1))
    place = [status for _, status in said].index(CONTINUE)
    assert said[place + 1][1] == TICK
    assert said[place + 1][0] == pytest.approx(timeline.time_at(sixteenth / 4))
    assert [status for _, status in said].count(CONTINUE) == 1


@given(st.lists(st.tuples(st.floats(0.05, 3), tempi, st.floats(-0.4, 0.4)), max_size=8))
def test_changes_of_tempo_and_nudges_lose_no_tick(changes: Sequence[tuple[float, float, float]]) -> None:
    sender, now = ClockSender(), 50.0
    timeline = Timeline(0, 50.05, 120)
    said: list[tuple[float, int]] = []
    sender.move(timeline, now)
    for pause, tempo, nudge in changes:
        now += pause
        said += messages_until(sender, now)
        timeline = Timeline(timeline.beat_at(now) + nudge, now, tempo)
        assert sender.move(timeline, now) == []
    now += 2  # and it has caught up
    said += messages_until(sender, now)
    heard = [status for _, status in said]
    n_ticks = len(heard) - heard.index(START) - 1
    assert set(heard) == {START, TICK}
    assert n_ticks == pytest.approx(timeline.beat_at(now) * TICKS, abs=1)


@pytest.mark.parametrize("stall", [0.0, 5.0])
def test_clock_that_is_moved_far_or_wakes_up_late_says_where_it_goes_on(stall: float) -> None:
    sender = ClockSender()
    timeline = Timeline(0, 50.05, 120)
    sender.move(timeline, 50)
    messages_until(sender, 52)
    if stall:
        said = [message for _, message in sender.due(52 + stall)]
    else:
        timeline = Timeline(400, 52, 120)
        said = sender.move(timeline, 52)
    assert [message[0] for message in said][:2] == [bytes([STOP])[0], POSITION]
    follower = ClockFollower()
    for tick in range(TICKS):
        follower.feed(bytes([TICK]), 40 + tick / 48)
    for message in said:
        follower.feed(message, 52 + stall)
    end = 54 + stall
    while (time := sender.next_time()) is not None and time < end:
        for when, message in sender.due(time):
            fix = follower.feed(message, when)
    assert fix is None or fix.playing
    assert follower.tempo == pytest.approx(120, abs=0.1)
    assert follower._next / TICKS == pytest.approx(timeline.beat_at(end), abs=1 / TICKS)


def test_stop_is_said_once_and_ends_the_ticks() -> None:
    sender = ClockSender()
    sender.move(Timeline(0, 50.05, 120), 50)
    messages_until(sender, 51)
    assert sender.stop() == [bytes([STOP])]
    assert sender.stop() == []
    assert sender.next_time() is None


def test_what_we_send_is_what_we_follow() -> None:
    sender, follower = ClockSender(), ClockFollower()
    timeline = Timeline(-1, 50, 133)
    sender.move(timeline, 50)
    fixes = []
    while (time := sender.next_time()) is not None and timeline.beat_at(time) < 8.5:
        for when, message in sender.due(time):
            if (fix := follower.feed(message, when)) is not None and fix.playing:
                fixes.append(fix)
    assert [fix.beat for fix in fixes] == pytest.approx(range(9))
    assert all(fix.time == pytest.approx(timeline.time_at(fix.beat), abs=1e-6) for fix in fixes)
    assert all(fix.tempo == pytest.approx(133) for fix in fixes)
