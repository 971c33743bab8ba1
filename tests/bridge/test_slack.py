"""How much time was left before each deadline."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from musegan_bridge.show.slack import Slack


def taken(seconds: list[float]) -> Slack:
    slack = Slack()
    for own in seconds:
        slack.add(own)
    return slack


def test_before_the_first_bar_nothing_is_known() -> None:
    assert Slack().least is None
    assert Slack().reached_by(50) is None


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=200))
def test_of_more_bars_a_shorter_slack_is_true(seconds: list[float]) -> None:
    slack = taken(seconds)
    assert slack.least == min(seconds) == slack.reached_by(100)
    reached = [slack.reached_by(percent) for percent in (0, 50, 95, 99, 100)]
    assert reached == sorted(reached, key=lambda own: -1 if own is None else -own)
    assert reached[0] == max(seconds)


def test_one_late_bar_is_never_forgotten_but_the_percents_are_of_the_last_bars() -> None:
    slack = taken([0.0] * 10 + [0.2] * 2000)
    assert slack.least == 0.0
    assert slack.reached_by(100) == 0.2
