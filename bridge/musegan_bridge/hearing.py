"""What a bar hears: the musician on a track, the bar before, chords; it must not know time, clients or networks."""

from __future__ import annotations

import numpy as np

from musegan_bridge.band import Bar, Request
from musegan_bridge.ideas import Idea
from musegan_bridge.messages import SAME_BAR
from musegan_models.notes import FloatArray
from musegan_models.spec import ModelSpec


def own_track(spec: ModelSpec) -> str | None:
    """Return the track that is the musician's who plays without having chosen one.

    It is the one that the model was made to follow, else the piano (the AAAI paper's condition), else the first pitched
    one. None where what is played tells the chords, and no track has to be given up for it.
    """
    if spec.has_chord:
        return None
    pitched = [track.name for track in spec.tracks if not track.is_drum] or list(spec.track_names)
    return spec.condition_track or ("piano" if "piano" in pitched else pitched[0])


def follows(spec: ModelSpec, track: str) -> bool:
    """Return whether the model hears what is played on a track; any track can be left to the musician."""
    return spec.conditional and spec.condition_track in (None, track)


def describe_hearing(spec: ModelSpec) -> str:
    """Return in a few words what of a musician's playing the band hears."""
    if spec.conditional:
        return f"follows {spec.condition_track or 'any track'}"
    return "follows the chords that you play" if spec.has_chord else "follows nobody: it was trained from scratch"


def mode_of(spec: ModelSpec, wanted: str) -> str:
    """Return how the band follows where `wanted` was chosen: a model that cannot anticipate hears the same bar."""
    return wanted if spec.anticipates else SAME_BAR


def request_of(
    spec: ModelSpec,
    number: int,
    idea: Idea,
    *,
    mode: str,
    track: int | None = None,
    now: FloatArray | None = None,
    before: FloatArray | None = None,
    bar: Bar | None = None,
    chord: FloatArray | None = None,
    transposition: int = 0,
) -> Request:
    """Return the request of a bar, from what was heard.

    `track` is the musician's; `before` and `now` (2, n_tracks, n_steps, n_pitches) what he played in the bar before,
    and plays in this one, None: nothing. `bar` is the band's own bar before, None: none since silence.
    """
    condition = None
    is_followed = track is not None and follows(spec, spec.track_names[track]) and mode_of(spec, mode) == SAME_BAR
    if is_followed and now is not None and now[:, track].any():
        condition = np.zeros_like(now)
        condition[:, track] = now[:, track]
    previous = _previous(spec, idea, bar, track, before)
    return Request(number, idea, track, condition, chord, previous, transposition)


def _previous(
    spec: ModelSpec, idea: Idea, bar: Bar | None, track: int | None, played: FloatArray | None
) -> FloatArray | None:
    """Return the bar before, whoever played it; None: silence.

    A model that continues hears it over the bounds of phrases, too, others (MidiNet) only inside of them.
    """
    if not spec.hears_previous or (idea.measure == 0 and not spec.continues):
        return None
    planes = None if bar is None or idea.after_silence else bar.planes
    if played is None:
        return planes
    planes = np.zeros_like(played) if planes is None else planes.copy()
    for own in {track, None if bar is None else bar.track} - {None}:  # he may have changed the track just now
        if played[:, own].any():  # else: silence, or what the band played there before it was his
            planes[:, own] = played[:, own]
    return planes
