"""When the musician has their tracks, and what a bar hears of them; time is in beats."""

from __future__ import annotations

from musegan_bridge.messages import ANTICIPATE
from musegan_bridge.show.hearing import Heard, mode_of
from musegan_bridge.show.listener import Listener, chord_from_notes
from musegan_bridge.show.state import Controls
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec


def is_call(number: int, controls: Controls) -> bool:
    """Return whether a bar is the musician's alone, in call and response."""
    bars = int(controls.number("in/call"))
    return controls["in/listen"] == "call" and number % (2 * bars) < bars


def is_answer(number: int, controls: Controls) -> bool:
    """Return whether a bar is the band's answer, in call and response."""
    return controls["in/listen"] == "call" and not is_call(number, controls)


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
