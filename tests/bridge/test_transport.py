"""Where the beats are: taps and nudges of the own clock, and the bar lines of another."""

from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musegan_bridge.show.clock import Fix, Timeline
from musegan_bridge.show.transport import Transport

LEAD = 0.6  # seconds that a bar needs


def playing(tempo: float = 120, now: float = 100) -> Transport:
    """Return one that plays bar 0 from `now` on."""
    transport = Transport(tempo)
    transport.start(0, 0, now)
    return transport


def following(source: str = "link", tempo: float = 120) -> Transport:
    """Return one that was started by a clock whose beat 0 was at 100 s; bar 0 begins with its beat 4."""
    transport = Transport(90)
    transport.follow(source)
    transport.sync(Fix(0, 100, tempo), 0, LEAD, 100)
    transport.start(0, LEAD, 100)
    return transport


def line(transport: Transport) -> Timeline:
    assert transport.timeline is not None
    return transport.timeline


# The own clock


def test_a_bar_begins_as_soon_as_it_can_be_made() -> None:
    transport = Transport(120)
    started = transport.start(5, 0.75, 100)
    assert started is not None
    assert started.time_at(20) == 100.75
    assert started.tempo == 120


def test_the_tempo_changes_without_a_jump_of_the_beat() -> None:
    transport = playing(120, 100)
    assert transport.set_tempo(60, 101)
    assert line(transport).beat_at(101) == 2
    assert line(transport).beat_at(102) == 3
    assert not transport.set_tempo(60, 102)  # it is that already
    assert line(transport).beat_at(103) == 4


def test_the_tempo_of_a_stopped_band_is_that_of_its_next_start() -> None:
    transport = Transport(120)
    assert not transport.set_tempo(60, 100)
    transport.start(0, 0, 100)
    assert line(transport).beat_at(101) == 1


@pytest.mark.parametrize("tempo", [40, 100, 128, 320])
def test_steady_taps_give_their_tempo_from_the_second_on(tempo: float) -> None:
    transport = Transport(120)
    told = [transport.tap(100 + i * 60 / tempo) for i in range(6)]
    assert told[0] is None
    assert told[1:] == pytest.approx([tempo] * 5)
    assert transport.tempo == pytest.approx(tempo)


def test_a_tap_after_a_pause_begins_anew_and_uneven_taps_are_averaged() -> None:
    transport = Transport(120)
    for time in (100, 100.5, 110):
        told = transport.tap(time)
    assert told is None
    assert transport.tap(110.55) == pytest.approx(60 / 0.55)
    assert transport.tap(111) == pytest.approx(120)


def test_old_taps_are_forgotten_so_that_the_tempo_can_be_followed() -> None:
    transport, time = Transport(120), 100.0
    for i in range(24):
        told = transport.tap(time)
        time += 0.5 if i < 12 else 0.6
    assert told == pytest.approx(100)


def test_the_beat_moves_to_the_taps() -> None:
    transport = playing(120, 100)
    for i in range(4):
        transport.tap(100.1 + i * 0.6)
    assert line(transport).tempo == pytest.approx(100)
    assert line(transport).beat_at(101.9) == pytest.approx(3)  # the first tap says no tempo yet


@given(st.lists(st.floats(0, 5), max_size=30))
def test_no_taps_make_a_tempo_that_nobody_plays(gaps: list[float]) -> None:
    transport, time = playing(), 100.0
    for gap in gaps:
        time += gap
        transport.tap(time)
        assert 20 <= transport.tempo <= 400
        assert math.isfinite(line(transport).time_at(0))


def test_a_nudge_pushes_the_beat_later_or_earlier_and_keeps_the_tempo() -> None:
    transport = playing(120, 100)
    assert transport.nudge(0.02, 101)
    assert line(transport).time_at(4) == pytest.approx(102.02)
    assert transport.nudge(-0.05, 101)
    assert line(transport).time_at(4) == pytest.approx(101.97)
    assert line(transport).tempo == 120
    assert not Transport(120).nudge(0.02, 101)
    assert not following().nudge(0.02, 101)


# Another clock


def test_the_band_comes_in_on_a_bar_line_of_the_clock_that_it_can_reach() -> None:
    assert line(following()).time_at(0) == 102
    late = Transport(120)
    late.follow("midi")
    late.sync(Fix(0, 100, 120), 7, LEAD, 100)
    late.start(7, LEAD, 101.5)  # half a second is too little for the next one
    assert line(late).time_at(7 * 4) == 104


@pytest.mark.parametrize("drift", [0.0, 1e-4])
def test_the_uneven_messages_of_a_host_do_not_shake_the_beat(drift: float) -> None:
    """A host sends when it gets round to it, some milliseconds off, and its clock runs a little faster or slower."""
    transport, random = following("osc"), Random(7)
    moves, errors = 0, []
    for beat in range(8, 400):
        fell = 100 + beat * 0.5 * (1 + drift)
        sent = fell + random.uniform(-0.008, 0.008)
        moves += transport.sync(Fix(beat, sent, 120), 99, LEAD, sent) == "moved"
        errors.append(line(transport).time_at(beat - 4) - fell)  # bar 0 began with its beat 4
    assert max(map(abs, errors)) < 0.008, "better than a single message is"
    assert moves < len(errors) / 10, "few are told of, and none of them is heard"


def test_a_host_that_was_moved_is_followed_at_once() -> None:
    transport = following("osc")
    assert transport.sync(Fix(8, 104, 120), 9, LEAD, 104) == "nothing"
    assert transport.sync(Fix(9, 104.54, 120), 9, LEAD, 104.54) == "moved"
    assert line(transport).time_at(5) == pytest.approx(104.54)
    assert transport.sync(Fix(10, 105.04, 90), 9, LEAD, 105.04) == "moved"
    assert transport.tempo == 90


def test_of_a_clock_that_stands_the_band_waits_for_the_start() -> None:
    transport = Transport(120)
    transport.follow("osc")
    assert transport.start(0, LEAD, 100) is None
    assert transport.sync(Fix(8, 100, 90, playing=False), 0, LEAD, 100) == "nothing"
    assert transport.timeline is None
    assert transport.sync(Fix(8, 101, 90), 0, LEAD, 101) == "started"
    assert line(transport).time_at(0) == pytest.approx(101 + 4 * 60 / 90)
    assert transport.tempo == 90


def test_who_does_not_play_is_not_started_by_a_clock_but_knows_its_tempo() -> None:
    transport = Transport(120)
    transport.follow("midi")
    assert transport.sync(Fix(0, 100, 95), 0, LEAD, 100) == "nothing"
    assert transport.timeline is None
    assert transport.tempo == 95


def test_the_band_stops_with_its_clock_and_comes_in_again_with_it() -> None:
    transport = following()
    assert transport.sync(Fix(9, 104.5, 120, playing=False), 2, LEAD, 104.5) == "stopped"
    assert transport.timeline is None
    assert transport.sync(Fix(9, 105, 120, playing=False), 2, LEAD, 105) == "nothing"
    assert transport.sync(Fix(0, 110, 120), 2, LEAD, 110) == "started"
    assert line(transport).time_at(2 * 4) == 112


def test_who_stopped_the_band_is_not_overruled_by_the_clock() -> None:
    transport = following()
    transport.stop()
    transport.sync(Fix(8, 104, 120, playing=False), 1, LEAD, 104)
    assert transport.sync(Fix(0, 105, 120), 1, LEAD, 105) == "nothing"
    assert transport.timeline is None


def test_a_clock_that_says_what_is_known_changes_nothing() -> None:
    transport = following()
    before = line(transport)
    for beat in range(1, 8):
        assert transport.sync(Fix(beat, 100 + beat / 2 + 0.0005, 120), 1, LEAD, 100 + beat / 2) == "nothing"
    assert transport.timeline == before


def test_a_clock_that_drifts_is_followed_without_losing_a_beat() -> None:
    transport = following()
    assert transport.sync(Fix(10.1, 105, 121), 2, LEAD, 105) == "moved"
    assert line(transport).beat_at(105) == pytest.approx(6.1)
    assert transport.tempo == 121


def test_a_loop_of_bars_in_the_host_does_not_move_the_band() -> None:
    transport = following()
    before = line(transport)
    assert transport.sync(Fix(0, 108, 120), 4, LEAD, 108) == "nothing"  # its beat 16 was next
    assert transport.timeline == before
    assert transport.sync(Fix(2, 109, 120), 4, LEAD, 109) == "nothing"


def test_a_host_that_jumps_to_another_beat_is_followed_to_its_bar_line() -> None:
    transport = following()  # 108 s: beat 12 of the band
    assert transport.sync(Fix(33, 108, 120), 4, LEAD, 108) == "moved"
    assert line(transport).beat_at(108) == 13
    assert line(transport).time_at(16) == 109.5
    assert transport.sync(Fix(39, 109.4, 120), 4, LEAD, 109.4) == "moved"  # its bar line would come too soon
    assert line(transport).time_at(16) == pytest.approx(109.4 + 2.5)


def test_a_clock_that_is_chosen_while_the_band_plays_takes_over_with_its_bar_lines() -> None:
    transport = playing(120, 100)
    transport.follow("link")
    assert line(transport).beat_at(103) == 6  # until it says something
    assert transport.sync(Fix(101, 103, 100), 2, LEAD, 103) == "moved"
    assert line(transport).beat_at(103) == pytest.approx(5)
    assert (transport.tempo, transport.is_external) == (100, True)
    transport.follow("internal")
    assert line(transport).beat_at(103) == pytest.approx(5)
    assert not transport.is_external


def test_another_clock_is_waited_for_though_the_last_one_runs_and_play_is_for_one_clock() -> None:
    transport = following("link")
    transport.stop()
    transport.follow("midi")
    assert transport.start(1, LEAD, 104) is None
    transport.follow("link")
    assert transport.sync(Fix(8, 105, 120), 1, LEAD, 105) == "nothing"
    assert transport.timeline is None


@st.composite
def shows(draw: st.DrawFn) -> list[tuple[float, str, float, float]]:
    """Return what happens to a clock: seconds that pass, what it does, to which beat, and its tempo."""
    doing = st.sampled_from(["run", "run", "tempo", "jump", "stop", "play", "switch"])
    step = st.tuples(st.floats(0.02, 3), doing, st.floats(-40, 400), st.floats(40, 240))
    return draw(st.lists(step, max_size=30))


@given(shows(), st.booleans())
def test_whatever_a_clock_does_bar_lines_agree_and_an_uncommitted_bar_keeps_its_time(
    show: list[tuple[float, str, float, float]], is_running: bool
) -> None:
    transport, now, bar = Transport(120), 1000.0, 0
    transport.follow("link")
    theirs, runs = Timeline(0, now, 120), is_running
    if is_running:
        transport.sync(Fix(0, now, 120), bar, LEAD, now)
    transport.start(bar, LEAD, now)
    for seconds, what, beat, tempo in show:
        now += seconds
        if transport.timeline is not None:  # bars are committed in time
            while line(transport).time_at(bar * 4) < now + LEAD:
                bar += 1
        was, has_jumped = transport.timeline, what in ("jump", "play", "switch")
        if what == "jump":
            theirs = Timeline(beat, now, theirs.tempo)
        elif what == "tempo":
            theirs = theirs.with_tempo(tempo, now)
        elif what == "switch":
            transport.follow("midi" if transport.source == "link" else "link")
            theirs = Timeline(beat, now, tempo)
            if transport.timeline is None:  # who waited for the other clock does not for this one
                transport.start(bar, LEAD, now)
        elif what in ("stop", "play"):
            runs = what == "play"
        said = transport.sync(Fix(theirs.beat_at(now), now, theirs.tempo, runs), bar, LEAD, now)
        assert (transport.timeline is None) == (not runs)
        if transport.timeline is None:
            assert said in ("stopped", "nothing")
            continue
        here = line(transport)
        off = (here.beat_at(now) - theirs.beat_at(now) + 2) % 4 - 2
        assert abs(off) * 60 / theirs.tempo <= 0.0021
        assert abs(here.tempo - theirs.tempo) <= 0.05
        assert (said == "nothing") == (here == was)
        if has_jumped:
            assert here.time_at(bar * 4) >= now + LEAD - 0.0021
