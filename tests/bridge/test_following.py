"""When the musician's tracks are his, and what of him the next bar hears."""

from __future__ import annotations

import numpy as np
import pytest

from musegan_bridge.show.following import heard_of, is_answer, is_call
from musegan_bridge.show.hearing import Heard
from musegan_bridge.show.listener import Listener
from musegan_bridge.show.state import Controls
from musegan_models.notes import Note
from musegan_models.spec import ModelSpec

SPEC = ModelSpec("test")
CHORDS = ModelSpec("net", conditional=False, has_chord=True)
BASS, PIANO = (SPEC.track_names.index(name) for name in ("bass", "piano"))


def listening(how: str, call: int = 2) -> Controls:
    controls = Controls(SPEC.track_names)
    controls.set("in/listen", how)
    controls.set("in/call", call)
    return controls


def pianist(*beats: float, tracks: tuple[int, ...] = (PIANO,)) -> Listener:
    """Return a listener to whom the piano belongs, and who heard a note at each beat."""
    listener = Listener(SPEC)
    listener.tracks = tracks
    for beat in beats:
        listener.note(beat, 60, 100)
        listener.note(beat + 0.5, 60, 0)
    return listener


def hear(listener: Listener, how: str, beat: float, number: int = 2, spec: ModelSpec = SPEC) -> Heard:
    return heard_of(listener, listening(how), spec, number, beat)


@pytest.mark.parametrize("call", [1, 2, 4])
def test_call_and_response_take_turns_from_the_first_bar_on(call: int) -> None:
    controls = listening("call", call)
    turns = "".join("c" if is_call(number, controls) else "a" for number in range(4 * call))
    assert turns == ("c" * call + "a" * call) * 2
    assert all(is_call(number, controls) != is_answer(number, controls) for number in range(16))


@pytest.mark.parametrize("how", ["continuous", "punch", "off"])
def test_nobody_takes_turns_otherwise(how: str) -> None:
    assert not any(is_call(number, listening(how)) or is_answer(number, listening(how)) for number in range(8))


def test_continuous_his_tracks_are_his_even_in_silence() -> None:
    silent = hear(pianist(), "continuous", 7)
    assert (silent.tracks, silent.now, silent.before) == ((PIANO,), None, None)
    heard = hear(pianist(4.0), "continuous", 7)
    assert heard.now is not None
    assert heard.now is heard.before


def test_punch_he_has_his_track_while_he_plays_and_the_band_has_it_back_four_beats_later() -> None:
    assert hear(pianist(), "punch", 7).tracks == ()
    for beat, is_his in ((5, True), (8, True), (9, False), (40, False)):
        heard = hear(pianist(4.0), "punch", beat)
        assert (heard.tracks == (PIANO,)) == is_his
        assert (heard.now is not None) == is_his


def test_punch_a_held_note_is_playing_and_so_is_a_clip() -> None:
    listener = pianist()
    listener.note(4, 60, 100)
    assert hear(listener, "punch", 40).tracks == (PIANO,)
    listener = pianist()
    listener.clip(PIANO, 2, [Note(0, 60, 1, 80)])
    assert hear(listener, "punch", 7, number=2).tracks == (PIANO,)
    assert hear(listener, "punch", 7, number=3).tracks == ()


def test_off_nothing_is_heard() -> None:
    heard = hear(pianist(4.0), "off", 7)
    assert (heard.tracks, heard.now, heard.before, heard.clip, heard.chord) == ((), None, None, None, None)


def test_an_answer_is_the_bands_on_all_tracks_and_its_first_bar_goes_on_from_the_call() -> None:
    listener = pianist(4.0)
    first, second = hear(listener, "call", 7, number=2), hear(listener, "call", 7, number=3)
    assert (first.tracks, first.now, first.clip) == ((), None, None)
    assert first.from_tracks == (PIANO,)
    assert first.before is not None
    assert (second.tracks, second.before, second.from_tracks) == ((), None, ())


def test_the_bar_before_a_bar_after_a_clip_is_the_clip() -> None:
    listener = pianist(4.0)
    listener.clip(PIANO, 1, [Note(1, 72, 1, 80)])
    heard = hear(listener, "continuous", 7, number=2)
    assert heard.clip is None
    assert heard.before is not None
    assert np.argwhere(heard.before[0]).tolist() == [[PIANO, 4, 72 - SPEC.lowest_pitch]]
    own = hear(listener, "continuous", 3, number=1)
    assert own.clip is not None


@pytest.mark.parametrize("how", ["continuous", "punch", "call"])
def test_who_hears_chords_hears_them_whosever_the_tracks_are(how: str) -> None:
    assert hear(pianist(4.0, tracks=()), how, 7, spec=CHORDS).chord is not None
    assert hear(pianist(4.0, tracks=()), how, 7).chord is None
