"""When the musician's tracks are his, and what is heard of him; it must not know clients or seconds."""

from __future__ import annotations

from musegan_bridge.show.hearing import Heard
from musegan_bridge.show.listener import Listener
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

    continuous: his tracks are his. punch: they are if he has played in the last four beats. call: in an answer the band
    plays all tracks, going on from what he played. off: nothing.
    """
    listening = controls["in/listen"]
    if listening == "off":
        return Heard()
    tracks = listener.tracks
    now = listener.bar(beat)
    clip = listener.clip_of(number)
    clip_before = listener.clip_of(number - 1)
    before = now if clip_before is None else clip_before  # of who plays a loop, the last four beats are both
    chord = listener.chord(beat) if spec.has_chord else None
    if listening == "punch" and clip is None and not listener.has_played(beat - BEATS_PER_MEASURE):
        return Heard(chord=chord)
    if is_answer(number, controls):
        # Only the first bar of an answer goes on from the call; the others go on from the answer.
        is_first = is_call(number - 1, controls)
        return Heard((), None, None, before if is_first else None, chord, from_tracks=tracks if is_first else ())
    return Heard(tracks, now, clip, before, chord)
