"""A chart in a show: which chords each bar is made on, and who is told."""

from __future__ import annotations

import numpy as np
import pytest
from tests.bridge.shows import LIVE, PIANO, Show, names

from musegan_bridge.show.band import Request
from musegan_models.spec import OCTAVE, ModelSpec

STRINGS, BASS = LIVE.track_names.index("strings"), LIVE.track_names.index("bass")
BAR = 2.0
COUNT_IN = 0.75
C, AM, F, G = {0, 4, 7}, {9, 0, 4}, {5, 9, 0}, {7, 11, 2}
D, DM = {2, 6, 9}, {2, 5, 9}


def started(chart: str = "C | Am | F | G") -> Show:
    show = Show(spec=LIVE, lookahead=4.0)
    show.say("/musegan/chart", chart)
    return show


def last(show: Show, number: int) -> Request:
    return [request for request in show.requests if request.number == number][-1]


def padded(show: Show, number: int, track: int = STRINGS, beat: int = 0) -> set[int]:
    """Return the pitch classes, in the model's key, that a bar was given on a track, on a beat."""
    condition = last(show, number).condition
    if condition is None:
        return set()
    sounding = condition[:, track, beat * LIVE.beat_resolution].any(axis=0)
    return {(int(pitch) + LIVE.lowest_pitch) % OCTAVE for pitch in np.flatnonzero(sounding)}


def test_each_bar_is_made_on_its_chord_and_the_chart_loops() -> None:
    show = started()
    show.run(COUNT_IN + 7 * BAR)
    assert [padded(show, number) for number in range(1, 7)] == [AM, F, G, C, AM, F]
    heard = last(show, 1)
    assert STRINGS in heard.locked
    assert {note.pitch % OCTAVE for note in heard.locked[STRINGS].notes} == AM


def test_chords_that_share_a_bar_come_on_their_beats() -> None:
    show = started("C | Am F")
    show.run(COUNT_IN + 2 * BAR)
    assert [padded(show, 1, beat=beat) for beat in range(4)] == [AM, AM, F, F]


def test_notes_outside_the_chord_are_less_likely_and_the_bass_begins_on_the_root() -> None:
    show = started("C | Am F")
    show.run(COUNT_IN + 2 * BAR)
    odds = last(show, 1).harmony
    assert odds is not None
    pitches = (LIVE.lowest_pitch + np.arange(LIVE.n_pitches)) % OCTAVE
    assert (odds[PIANO, 1, np.isin(pitches, list(AM))] == 1).all()
    assert (odds[PIANO, 1, ~np.isin(pitches, list(AM))] < 1).all()
    assert (odds[PIANO, 9, ~np.isin(pitches, list(F))] < 1).all()
    best = {int(pitch) for pitch in pitches[odds[BASS, 0] == odds[BASS, 0].max()]}
    assert best == {9}
    assert (odds[LIVE.track_names.index("drums")] == 1).all()


def test_a_silent_chart_is_heard_by_the_band_alone() -> None:
    show = started()
    show.say("/musegan/chart/heard", 0)
    show.run(COUNT_IN + 3 * BAR)
    assert padded(show, 2) == F
    assert last(show, 2).locked[STRINGS].notes == ()


def test_the_chart_can_lie_on_another_track_and_on_that_of_the_musician() -> None:
    show = started()
    show.say("/musegan/chart/track", "piano")
    show.run(COUNT_IN + 3 * BAR)
    assert padded(show, 2, PIANO) == F
    show.say("/musegan/in/track", "piano")
    show.run(2 * BAR)
    request = last(show, 4)
    assert PIANO not in request.locked
    assert padded(show, 4, PIANO) == C
    assert request.left_out == (PIANO,)
    show.say("/musegan/chart/track", "drums")
    assert "track must be one of bass, guitar, piano, strings, got 'drums'" in show.errors()


def test_a_new_text_goes_on_at_the_same_place_from_the_next_bar_that_is_not_committed() -> None:
    show = started()
    show.run(COUNT_IN + BAR)  # bar 1 plays, and bar 2 is the next that can change
    show.say("/musegan/chart", "C | Am | Dm | G")
    show.run(2 * BAR)
    assert [padded(show, number) for number in (1, 2, 3)] == [AM, DM, G]


def test_it_goes_to_a_bar_and_says_which_there_are() -> None:
    show = started()
    show.run(COUNT_IN + BAR)
    show.say("/musegan/chart/at", 4)
    show.run(2 * BAR)
    assert [padded(show, number) for number in (2, 3)] == [G, C]
    show.say("/musegan/chart/at", 9)
    assert show.errors() == ["bar must be in 1..4, got 9"]


@pytest.mark.parametrize("how", [("/musegan/chart/clear",), ("/musegan/chart", "")])
def test_without_a_chart_bars_are_made_as_before(how: tuple[str, ...]) -> None:
    show = started()
    show.run(COUNT_IN + BAR)
    show.say(*how)
    show.run(2 * BAR)
    assert last(show, 3).condition is None
    assert last(show, 3).harmony is None
    assert show.status()["chart_bars"] == 0


def test_a_chord_that_cannot_be_read_is_refused_with_its_place_and_the_old_chart_plays_on() -> None:
    show = started()
    show.say("/musegan/chart", "C | Hm7 | G")
    (error,) = show.errors()
    assert "bar 2" in error
    assert "Hm7" in error
    show.run(COUNT_IN + 2 * BAR)
    assert padded(show, 1) == AM


def test_a_part_plays_while_a_section_of_its_name_does() -> None:
    show = started("verse: C | Am; chorus: F | G")
    show.run(COUNT_IN + BAR)
    show.say("/musegan/section", "chorus")
    show.run(3 * BAR)
    assert [padded(show, number) for number in (2, 3, 4)] == [F, G, F]
    status = show.status()
    assert (status["chart_bars"], status["section"]) == (2, "chorus")
    show.say("/musegan/section", "none")
    show.run(2 * BAR)
    assert padded(show, 5) == C  # behind the part that was left


def test_the_key_follows_a_chart_whose_chords_are_foreign_to_it() -> None:
    show = started("Fm | Bbm7 | Eb7 | Ab")
    assert show.status()["key"] == "Fm"
    show.run(COUNT_IN + BAR)
    assert last(show, 0).transposition == -4
    assert padded(show, 0) == {9, 0, 4}  # F minor, as the model has it
    show = started("Am | F | C | G")
    assert show.status()["key"] == "C"


def test_those_who_hear_bars_hear_their_chords_before_them_and_the_status_tells_where_it_is() -> None:
    show = Show(spec=LIVE, lookahead=4.0)
    show.say("/musegan/subscribe", "bar", 0, 1000.0)
    show.say("/musegan/chart", "verse: C | Am F")
    show.run(COUNT_IN + 1.5 * BAR)
    bars = [tuple(message.args) for message in show.messages("/musegan/chart/bar")]
    assert bars[:2] == [(0, 1, "verse", 0.0, "C"), (1, 2, "verse", 0.0, "Am", 2.0, "F")]
    status = show.status()
    assert (status["chart_chord"], status["chart_bar"], status["chart_bars"]) == ("F", 2, 2)
    begin = dict(zip(names("/musegan/bar/begin"), show.messages("/musegan/bar/begin")[1].args, strict=True))
    assert begin["chord"] == status["band_chord"]


def test_the_chart_is_read_back_and_told_to_those_who_watch_settings() -> None:
    show = started("C |Am")
    show.say("/musegan/chart")
    assert show.messages("/musegan/chart")[-1].args == ("C |Am",)


def test_a_band_made_to_follow_chords_is_told_those_of_the_chart() -> None:
    show = Show(spec=ModelSpec("chords", conditional=False, hears_previous=True, has_chord=True), lookahead=4.0)
    show.say("/musegan/chart", "C | Am | F | G")
    show.run(COUNT_IN + BAR)
    chord = last(show, 1).chord
    assert chord is not None
    assert (int(np.argmax(chord[:12])), chord[12]) == (9, 1)  # A minor


def held(show: Show, *pitches: int) -> None:
    for pitch in pitches:
        show.say("/musegan/in/note", pitch, 90)


def released(show: Show, *pitches: int) -> None:
    for pitch in pitches:
        show.say("/musegan/in/note", pitch, 0)


def test_the_left_hand_holds_the_chord_until_it_plays_another_one() -> None:
    show = Show(spec=LIVE, lookahead=4.0)
    show.say("/musegan/in/split", 60)
    show.run(COUNT_IN + 0.5)
    held(show, 45, 48, 52)
    show.run(BAR)
    released(show, 45, 48, 52)
    show.run(2 * BAR)
    assert [padded(show, number) for number in (1, 2, 3)] == [AM, AM, AM]
    assert show.status()["track"] == "none"  # the right hand has not played
    held(show, 41, 45, 48)
    show.run(BAR)
    assert padded(show, 4) == F
    assert (show.status()["chart_chord"], show.status()["chart_bar"]) == ("F", 0)


def test_keys_left_over_from_the_chord_before_are_not_of_the_new_one() -> None:
    show = Show(spec=LIVE, lookahead=4.0)
    show.say("/musegan/in/split", 60)
    show.run(COUNT_IN)
    held(show, 48, 52, 55)
    show.run(1.0)
    held(show, 43, 47, 50)
    show.run(0.05)
    released(show, 48, 52, 55)
    show.run(2 * BAR)
    assert padded(show, 2) == G


def test_what_is_played_above_the_split_is_the_lead_and_below_it_is_not() -> None:
    show = Show(spec=LIVE, lookahead=4.0)
    show.say("/musegan/in/split", 60)
    show.say("/musegan/in/track", "piano")
    show.run(COUNT_IN)
    held(show, 48, 52, 55, 72)
    show.run(BAR)
    request = last(show, 1)
    assert request.previous is not None
    assert {int(pitch) + LIVE.lowest_pitch for _, pitch in np.argwhere(request.previous[0, PIANO])} == {72}


def test_without_a_split_the_chart_plays_again() -> None:
    show = started()
    show.say("/musegan/in/split", 60)
    show.run(COUNT_IN)
    held(show, 50, 54, 57)
    show.run(2 * BAR)
    assert padded(show, 2) == D
    show.say("/musegan/in/split", 0)
    show.run(BAR)
    assert padded(show, 3) == G
