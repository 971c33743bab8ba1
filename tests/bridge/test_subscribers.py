"""Who hears what, and when, without a socket or a clock."""

from __future__ import annotations

import pytest

from musegan_bridge.show.band import Bar
from musegan_bridge.show.clock import Timeline
from musegan_bridge.show.ideas import Idea
from musegan_bridge.show.subscribers import ERRORS_PER_SECOND, NOTE_AHEAD, Refusals, Subscribers
from musegan_models.notes import Note

ME, YOU = ("127.0.0.1", 9001), ("127.0.0.1", 9002)
LINE = Timeline(0.0, 100.0, 120.0)


def bar(number: int) -> Bar:
    """Return a bar with a note on each beat."""
    return Bar(number, Idea(0, 1, 2), {"bass": [Note(float(beat), 36 + beat, 0.5, 100) for beat in range(4)]})


def begins(outputs: object) -> list[tuple[object, float | None]]:
    """Return target and timetag of each bar in what was sent."""
    assert isinstance(outputs, list)
    return [(o.target, o.time) for o in outputs if o.address == "/musegan/bar/begin"]


def test_a_subscription_ends_with_its_lease_unless_it_is_renewed() -> None:
    subscribers = Subscribers()
    subscribers.subscribe(ME, "bar", 10, 100)
    subscribers.subscribe(YOU, "bar", 10, 100)
    subscribers.subscribe(ME, "bar", 10, 105)
    assert subscribers.wake(None) == 110
    subscribers.expire(110)
    assert subscribers.targets == [ME]
    subscribers.unsubscribe(ME)
    subscribers.unsubscribe(ME)
    assert len(subscribers) == 0
    assert subscribers.wake(LINE) is None


def test_who_sends_from_one_port_and_listens_on_another_is_answered_where_it_listens() -> None:
    subscribers = Subscribers()
    assert subscribers.home(YOU) == YOU
    subscribers.subscribe(ME, "bar", 10, 100, sender=YOU)
    assert subscribers.home(YOU) == ME
    assert subscribers.home(ME) == ME
    subscribers.subscribe(YOU, "bar", 10, 100, sender=YOU)
    assert subscribers.home(YOU) == YOU
    subscribers.subscribe(ME, "bar", 10, 100, sender=YOU)
    subscribers.expire(110)
    assert subscribers.home(YOU) == YOU


def test_a_bar_goes_to_those_of_the_form_bar_at_their_own_times() -> None:
    subscribers = Subscribers()
    subscribers.subscribe(ME, "bar", 10, 99)
    subscribers.subscribe(YOU, "bar", 10, 99, offset=-0.03)
    subscribers.subscribe(("127.0.0.1", 9003), "note", 10, 99)
    assert begins(subscribers.commit(bar(1), LINE, 101)) == [(ME, 102.0), (YOU, 101.97)]


def test_an_onset_is_sent_once_to_each_as_long_ahead_as_it_asked() -> None:
    subscribers = Subscribers()
    subscribers.subscribe(ME, "note", 100, 99)
    subscribers.subscribe(YOU, "note", 100, 99, lookahead=2.0, offset=0.1)
    subscribers.commit(bar(0), LINE, 99)
    sent = []
    now = 99.0
    while (wake := subscribers.wake(LINE)) is not None and wake < 110:
        now = max(now, wake)
        sent += [(o.target, o.time - now, o.time) for o in subscribers.notes(LINE, now)]
    for target, ahead, offset in ((ME, NOTE_AHEAD, 0.0), (YOU, 1.0, 0.1)):
        own = [(early, time) for t, early, time in sent if t == target]
        assert [early for early, _ in own] == pytest.approx([ahead] * 4)
        assert [time for _, time in own] == pytest.approx([100 + beat / 2 + offset for beat in range(4)])


def test_a_new_client_starts_with_the_bar_that_plays_and_a_renewal_with_nothing() -> None:
    subscribers = Subscribers()
    now = LINE.time_at(5.5)
    first = subscribers.subscribe(ME, "bar", 10, now, bars=[bar(1), bar(2)], timeline=LINE)
    assert begins(first) == [(ME, 102.0), (ME, 104.0)]
    assert subscribers.subscribe(ME, "bar", 10, now, bars=[bar(1), bar(2)], timeline=LINE) == []
    subscribers.subscribe(YOU, "note", 10, now, bars=[bar(1)], timeline=LINE)
    subscribers.subscribe(YOU, "note", 10, now, bars=[bar(1)], timeline=LINE)
    heard = [o.time for beat in (5.9, 6.9) for o in subscribers.notes(LINE, LINE.time_at(beat))]
    assert heard == [LINE.time_at(6), LINE.time_at(7)]


def test_a_note_that_the_beat_was_pushed_past_is_played_at_once_or_not_at_all() -> None:
    subscribers = Subscribers()
    subscribers.subscribe(ME, "note", 100, 99)
    subscribers.commit(bar(0), LINE, 99)
    now = LINE.time_at(1) + 0.02
    assert [o.time for o in subscribers.notes(LINE, now)] == [now]  # beat 0 is half a second ago


def test_silence_reaches_all_and_nothing_comes_after_it() -> None:
    subscribers = Subscribers()
    subscribers.subscribe(ME, "note", 100, 99)
    subscribers.subscribe(YOU, "bar", 100, 99)
    subscribers.commit(bar(0), LINE, 99)
    assert [(o.target, o.args) for o in subscribers.silence("panic")] == [(ME, ("panic",)), (YOU, ("panic",))]
    assert subscribers.notes(LINE, 110) == []


def test_a_change_of_tempo_is_told_at_each_clients_own_moment() -> None:
    subscribers = Subscribers()
    subscribers.subscribe(ME, "note", 100, 99)
    subscribers.subscribe(YOU, "bar", 100, 99, offset=0.05)
    subscribers.subscribe(("127.0.0.1", 57120), "dirt", 100, 99)  # SuperDirt knows no tempo
    told = [(o.target, o.args, o.time) for o in subscribers.tempo_changed(LINE)]
    assert told == [(ME, (120.0, 0.0), 100.0), (YOU, (120.0, 0.0), 100.05)]


def test_a_flood_of_errors_gets_few_answers() -> None:
    refusals = Refusals()
    answers = [len(refusals.refuse("/x", "no such address", ME, 100.0)) for _ in range(1000)]
    assert sum(answers) == ERRORS_PER_SECOND
    assert refusals.count == 1000
    assert refusals.refuse("/x", "no such address", ME, 101.0)[0].args == ("/x", "no such address")
