"""The band expects what the musician plays next: in a show whose time is counted by hand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.bridge.shows import LIVE, ME, PIANO, YOU, Show, names

from musegan_bridge.show.events import Expected
from musegan_models.spec import ModelSpec

C, AM, F, G = (60, 64, 67), (57, 60, 64), (53, 57, 60), (55, 59, 62)
BAR = 2.0  # seconds, at 120 beats a minute
COUNT_IN = 0.75


def looping(chords: Sequence[Sequence[int]], bars: int, show: Show | None = None, track: str = "piano") -> Show:
    """Play a chord a bar, on each beat, from the downbeat of the next bar on."""
    if show is None:
        show = Show(spec=LIVE, lookahead=8.0)
        show.say("/musegan/in/track", track)
        show.run(COUNT_IN + BAR)
    for number in range(bars):
        strike(show, chords[number % len(chords)])
    return show


def strike(show: Show, chord: Sequence[int], beats: int = 4, track: str = "") -> None:
    for _ in range(beats):
        for pitch in chord:
            show.say("/musegan/in/note", pitch, 90, track)
        show.run(BAR / 4 - 0.05)
        for pitch in chord:
            show.say("/musegan/in/note", pitch, 0, track)
        show.run(0.05)


def expected(show: Show) -> dict[int, set[int]]:
    """Return the pitch classes that are expected now, by number of the bar."""
    return {
        own.bar: {note.pitch % 12 for notes in own.notes.values() for note in notes} for own in show.session.expected
    }


def given(show: Show, number: int) -> set[int]:
    """Return the pitch classes that the last draft of a bar was given on the piano, in the model's key."""
    request = [request for request in show.requests if request.number == number][-1]
    if request.condition is None:
        return set()
    return {(int(pitch) + LIVE.lowest_pitch) % 12 for _, pitch in np.argwhere(request.condition[0, PIANO])}


def test_four_chords_round_and_round_are_expected_from_the_third_round_on() -> None:
    show = looping((C, AM, F, G), 14)
    # Bar 1 was the first that was played; the fifteenth bar is the third of its round.
    for number, chord in ((11, F), (12, G), (13, C), (14, AM)):
        assert given(show, number) == {pitch % 12 for pitch in chord}, number
    assert show.status()["mode"] == "anticipate"
    assert show.status()["loop"] == 4
    assert float(str(show.status()["confidence"])) > 0.6


def test_two_bars_ahead_the_right_chord_is_expected_too() -> None:
    show = looping((C, AM, F, G), 12)  # the downbeat of bar 13, which is a C
    show.run(0.1)
    coming = expected(show)
    assert max(coming) >= 14
    assert coming[14] == {pitch % 12 for pitch in AM}


def test_until_there_is_a_past_nothing_is_expected() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/in/track", "piano")
    show.run(COUNT_IN + 2 * BAR)
    assert show.session.expected == []
    assert all(request.condition is None for request in show.requests)
    assert show.status()["confidence"] == -1


def test_the_guess_changes_with_what_is_played_and_what_is_not_committed_is_made_again() -> None:
    show = looping((C, AM, F, G), 12)
    asked = len(show.requests)
    strike(show, (62, 66, 69))  # a C was due
    numbers = [request.number for request in show.requests[asked:]]
    assert numbers.count(14) > 1
    assert numbers.count(15) > 1
    looping(((64, 68, 71), (62, 66, 69)), 11, show)  # another song: its chords are on even and odd bars
    assert given(show, 24) == {4, 8, 11}


@pytest.mark.parametrize("mode", ["previous-bar", "same-bar"])
def test_in_the_other_modes_nothing_is_expected(mode: str) -> None:
    show = Show(spec=LIVE, lookahead=8.0)
    show.say("/musegan/in/mode", mode)
    show.say("/musegan/in/track", "piano")
    show.run(COUNT_IN + BAR)
    looping((C, AM, F, G), 9, show)
    assert show.session.expected == []
    if mode == "previous-bar":
        assert all(request.condition is None for request in show.requests)


def test_those_who_asked_for_it_hear_what_is_expected_and_others_do_not() -> None:
    show = Show(spec=LIVE, lookahead=8.0)
    show.say("/musegan/subscribe", "bar", 0, 1000.0, 8.0, 0.0, 0, 1)
    show.say("/musegan/subscribe", "bar", 0, 1000.0, 8.0, sender=YOU)
    show.say("/musegan/in/track", "piano")
    show.run(COUNT_IN + BAR)
    looping((C, AM, F, G), 12, show)
    assert not show.messages("/musegan/expected/bar", YOU)
    begin = dict(zip(names("/musegan/expected/bar"), show.messages("/musegan/expected/bar", ME)[-1].args, strict=True))
    assert begin["loop"] == 4
    assert begin["chord"] in ("C", "Am", "F", "G", "F/C", "Am/C", "C/E")
    notes = [message for message in show.messages("/musegan/expected/notes", ME) if message.args[0] == begin["bar"]]
    assert len(notes) >= int(str(begin["parts"])) > 0
    assert notes[-1].args[1] == "piano"


def test_a_question_is_answered_with_all_that_is_expected() -> None:
    show = looping((C, AM, F, G), 12)
    show.say("/musegan/expected", sender=YOU)
    assert [message.args[0] for message in show.messages("/musegan/expected/bar", YOU)] == sorted(expected(show))


def test_clear_forgets_the_past() -> None:
    show = looping((C, AM, F, G), 12)
    show.say("/musegan/in/clear")
    show.run(1.0)
    assert show.session.expected == []
    assert show.status()["loop"] == 0
    assert [output.source for _, output in show.sent if isinstance(output, Expected)][-1] == -1


def test_notes_that_arrive_late_are_of_the_bar_in_which_they_were_played() -> None:
    show = looping((C, AM, F, G), 12)
    show.run(0.2)  # bar 13 has begun
    for late in (0.3, 2.5, 4.5):  # seconds: in bar 12, 11 and 10
        show.say("/musegan/in/note", 49, 90, time=show.now - late)
        show.say("/musegan/in/note", 49, 0, time=show.now - late + 0.1)
    show.run(0.3)
    bar = show.session.listener.memory.expect(16, (PIANO,))
    assert bar is not None
    looping((AM, F), 2, show)
    assert expected(show)


def test_a_flood_of_notes_does_not_fill_the_memory() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/in/track", "piano")
    show.run(COUNT_IN)
    for i in range(4000):
        show.say("/musegan/in/note", i % 128, 1 + i % 2)
        show.say("/musegan/in/note", i % 128, 0)
    show.run(2 * BAR)
    bar = show.session.listener.memory.expect(9, (PIANO,))
    assert bar is not None
    assert len(bar.notes[PIANO]) <= 128


def test_the_past_outlives_a_stop() -> None:
    show = looping((C, AM, F, G), 12)
    show.say("/musegan/stop")
    show.run(3.0)
    show.say("/musegan/play")
    show.run(COUNT_IN)
    strike(show, C)
    strike(show, AM)
    number = max(expected(show))
    assert given(show, number) & {pitch % 12 for chord in (F, G) for pitch in chord}


def test_another_key_reads_the_past_in_it() -> None:
    show = looping((C, AM, F, G), 12)
    show.say("/musegan/key", "D")  # the model now hears the same pitches two semitones lower
    show.run(0.5)
    assert given(show, 14) == {(pitch - 2) % 12 for pitch in AM}


def test_drums_can_lead() -> None:
    show = Show(spec=LIVE, lookahead=8.0)
    show.say("/musegan/in/track", "drums")
    show.run(COUNT_IN + BAR)
    looping(((36,), (38,), (36, 42), (46,)), 12, show)
    own = show.session.expected[-1]
    assert set(own.notes) == {"drums"}
    assert own.chord == ""


def test_two_tracks_of_one_musician_are_both_expected() -> None:
    show = Show(spec=LIVE, lookahead=8.0)
    show.say("/musegan/in/track", "bass piano")
    show.run(COUNT_IN + BAR)
    for number in range(10):
        root = (36, 45, 41, 43)[number % 4]
        show.say("/musegan/in/note", root, 90, "bass")
        strike(show, (C, AM, F, G)[number % 4], track="piano")
        show.say("/musegan/in/note", root, 0, "bass")
    own = show.session.expected[0]
    assert {track for track, notes in own.notes.items() if notes} == {"bass", "piano"}


def test_a_bar_of_a_clip_is_known_and_needs_no_guess() -> None:
    show = looping((C, AM, F, G), 12)
    show.say("/musegan/in/bar", "piano", 15, 0.0, 61, 90, 4.0)
    show.run(2 * BAR)
    assert given(show, 15) == {1}


def test_in_an_answer_the_band_plays_everything_and_expects_nothing() -> None:
    show = Show(spec=LIVE, lookahead=8.0)
    show.say("/musegan/in/listen", "call")
    show.say("/musegan/in/track", "piano")
    show.run(COUNT_IN + BAR)
    looping((C, AM, F, G), 12, show)
    assert all(request.condition is None for request in show.requests if request.number % 4 >= 2)


def test_punched_in_the_band_follows_what_it_expects_and_punched_out_it_plays_everything() -> None:
    show = Show(spec=LIVE, lookahead=8.0)
    show.say("/musegan/in/listen", "punch")
    show.say("/musegan/in/track", "piano")
    show.run(COUNT_IN + BAR)
    looping((C, AM, F, G), 14, show)
    assert given(show, 14) == {pitch % 12 for pitch in AM}
    show.run(4 * BAR)
    assert show.requests[-1].left_out == ()
    assert show.session.expected == []


def test_a_loop_and_a_recall_of_the_band_change_nothing_of_what_is_remembered() -> None:
    show = looping((C, AM, F, G), 12)
    show.say("/musegan/loop", 2)
    looping((C, AM, F, G), 4, show)
    show.say("/musegan/loop", 0)
    show.say("/musegan/recall", 3, 2)
    looping((C, AM, F, G), 5, show)
    assert show.status()["loop"] == 4
    assert given(show, 22) == {pitch % 12 for pitch in AM}


def test_what_the_band_does_not_listen_to_is_not_remembered() -> None:
    show = Show(spec=LIVE, lookahead=8.0)
    show.say("/musegan/in/listen", "off")
    show.say("/musegan/in/track", "piano")
    show.run(COUNT_IN + BAR)
    looping((C, AM, F, G), 8, show)
    show.say("/musegan/in/listen", "continuous")
    show.run(0.5)
    assert show.session.expected == []


def test_a_band_made_to_follow_chords_is_told_the_expected_one() -> None:
    spec = ModelSpec("chords", conditional=False, hears_previous=True, has_chord=True)
    show = Show(spec=spec, lookahead=8.0)
    show.say("/musegan/in/track", "piano")
    show.run(COUNT_IN + BAR)
    looping((C, AM, F, G), 12, show)
    chords = [request.chord for request in show.requests if request.number == 14]
    assert chords[-1] is not None
    assert int(np.argmax(chords[-1][:12])) == 9  # A minor
    assert chords[-1][12] == 1


def test_each_change_of_the_guess_is_an_event_for_the_log() -> None:
    show = looping((C, AM, F, G), 12)
    events = [output for _, output in show.sent if isinstance(output, Expected)]
    assert events
    assert all(0 <= own.confidence <= 1 and own.source < own.bar for own in events)
    for one, other in itertools.pairwise(events):
        assert replace(one, time=0) != replace(other, time=0)


def test_freshness_is_how_old_the_newest_note_was_that_the_band_knew_of() -> None:
    show = looping((C, AM, F, G), 12)
    status = show.status()
    # A bar is made at most a beat and a half before its downbeat, and lasts four.
    assert 1.0 <= float(str(status["freshness_p50"])) <= 4.0
    assert float(str(status["freshness_p50"])) <= float(str(status["freshness_p95"])) <= 6.0
    assert Show(spec=LIVE).status()["freshness_p95"] == -1


def test_the_chord_that_is_played_is_named_and_told_when_it_changes() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/subscribe", "bar", 0, 1000.0, 0.0, 0.0, 1)
    show.say("/musegan/in/track", "piano")
    show.run(COUNT_IN + BAR)
    strike(show, C, 2)
    strike(show, AM, 2)
    told = [tuple(message.args[2:]) for message in show.messages("/musegan/heard/chord")]
    assert told[0] == ("C", 0, 4, 7)
    assert told[-1][0].startswith("Am")  # type: ignore[union-attr]
    assert show.status()["chord"] == told[-1][0]
    show.run(2 * BAR)
    assert show.messages("/musegan/heard/chord")[-1].args[2] == ""  # nothing is played any more
    assert show.status()["chord"] == ""
