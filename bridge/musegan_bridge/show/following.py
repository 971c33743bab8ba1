"""When the musician has their tracks, and what a bar hears of them; time is in beats."""

from __future__ import annotations

from collections.abc import Callable

from musegan_bridge.messages import ANTICIPATE
from musegan_bridge.show.hearing import Heard, mode_of
from musegan_bridge.show.ideas import Idea, Lead
from musegan_bridge.show.listener import Listener, chord_from_notes
from musegan_bridge.show.state import Controls
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec

_RESTS = 4 * BEATS_PER_MEASURE  # beats without a note, after which the band goes its own way
_SURE = 0.4  # confidence from which on a phrase comes back to what the musician plays


def is_call(number: int, controls: Controls) -> bool:
    """Return whether a bar is the musician's alone, in call and response."""
    bars = int(controls.number("in/call"))
    return controls["in/listen"] == "call" and number % (2 * bars) < bars


def is_answer(number: int, controls: Controls) -> bool:
    """Return whether a bar is the band's answer, in call and response."""
    return controls["in/listen"] == "call" and not is_call(number, controls)


def lead_of(
    listener: Listener,
    heard: Heard,
    controls: Controls,
    number: int,
    beat: float,
    idea_at: Callable[[int], Idea | None],
) -> Lead | None:
    """Return whom a phrase follows that begins with a bar: a musician who plays and is expected to go on, or None.

    `idea_at` returns the idea of a bar of the past. What they are expected to play again brings back the phrase that
    the band played to it, if that began with it.
    """
    if controls["in/mode"] != ANTICIPATE or not heard.tracks or not listener.has_played(beat - _RESTS):
        return None
    expectation = heard.expectation
    if expectation is None or expectation.confidence < _SURE:
        return Lead()
    then = idea_at(expectation.source)
    return Lead(then.seed if then is not None and then.measure == 0 and expectation.source < number else None)


def heard_of(listener: Listener, controls: Controls, spec: ModelSpec, number: int, beat: float) -> Heard:
    """Return what a bar that is made at `beat` hears of the musician.

    continuous: they have their tracks. punch: they have them if they played in the last four beats. call: in an answer
    the band plays all tracks, going on from what they played. off: nothing is heard.
    """
    listening = controls["in/listen"]
    if listening == "off":
        return Heard()
    tracks = listener.tracks
    now = listener.bar(beat)
    clip = listener.clip_of(number)
    clip_before = listener.clip_of(number - 1)
    before = now if clip_before is None else clip_before  # of someone who plays a loop, the last four beats are both
    chord = listener.chord(beat) if spec.has_chord else None
    if listening == "punch" and clip is None and not listener.has_played(beat - BEATS_PER_MEASURE):
        return Heard(chord=chord)
    if is_answer(number, controls):
        # Only the first bar of an answer goes on from the call; the others go on from the answer.
        is_first = is_call(number - 1, controls)
        return Heard((), before=before if is_first else None, chord=chord, from_tracks=tracks if is_first else ())
    if mode_of(spec, str(controls["in/mode"])) != ANTICIPATE:
        return Heard(tracks, now, None, clip, before, chord)
    expectation = listener.expected(number, beat)
    expected = None if expectation is None else listener.planes_of(expectation.notes)
    if clip_before is None and number - 1 > beat // BEATS_PER_MEASURE:  # the bar before has not begun yet
        coming = listener.expected(number - 1, beat)
        before = now if coming is None else listener.planes_of(coming.notes)
    if spec.has_chord and expectation is not None:
        chord = chord_from_notes(note for notes in expectation.notes.values() for note in notes)
    return Heard(tracks, now, expected, clip, before, chord, expectation=expectation)
