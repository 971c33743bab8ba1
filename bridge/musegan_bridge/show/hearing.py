"""What a bar is made from: the musician on their tracks, the bar before, the chords of a chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from musegan_bridge.messages import ANTICIPATE, PREVIOUS_BAR, SAME_BAR
from musegan_bridge.show.band import Draft, Locked, Request
from musegan_bridge.show.ideas import Idea
from musegan_models.memory import Expectation
from musegan_models.notes import FloatArray
from musegan_models.spec import ModelSpec


def own_track(spec: ModelSpec) -> str | None:
    """Return the track of a musician who plays without having chosen one.

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
    """Return how the band follows where `wanted` was chosen: a model that cannot await a track hears the same bar."""
    return SAME_BAR if wanted == PREVIOUS_BAR and not spec.anticipates else wanted


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What the musician plays, each part (2, n_tracks, n_steps, n_pitches) in the model's key; None: nothing."""

    tracks: tuple[int, ...] = ()  # theirs
    now: FloatArray | None = None  # in the last four beats
    expected: FloatArray | None = None  # in the bar to be made, as the memory expects it
    clip: FloatArray | None = None  # in the bar to be made, for certain
    before: FloatArray | None = None  # in the bar before
    chord: FloatArray | None = None  # (13,)
    from_tracks: tuple[int, ...] = ()  # that were theirs in the bar before, and are the band's now
    expectation: Expectation | None = None  # that `expected` was read from


@dataclass(frozen=True, slots=True, eq=False)
class Pad:
    """The chords of a bar, as one track plays them: in the model's key."""

    track: int
    own: Locked  # its notes, none where it is silent, and what the band hears of it
    harmony: FloatArray  # as in `Request`
    chord: FloatArray | None  # (13,), the first one, for a model that hears chords; None: no chord


NOBODY = Heard()


def request_of(
    spec: ModelSpec,
    number: int,
    idea: Idea,
    *,
    mode: str,
    heard: Heard = NOBODY,
    draft: Draft | None = None,
    transposition: int = 0,
    amount: float = 1.0,
    density: tuple[float, ...] = (),
    locked: Mapping[int, Locked] | None = None,
    pad: Pad | None = None,
) -> Request:
    """Return the request of a bar. `draft` is the band's own bar before, None: none since silence."""
    guesses = {SAME_BAR: heard.now, ANTICIPATE: heard.expected}
    if pad is not None:
        locked = {**(locked or {}), pad.track: pad.own}
    known = dict[int, FloatArray]()  # track -> (2, n_steps, n_pitches)
    for track in heard.tracks:
        if not follows(spec, spec.track_names[track]):
            continue
        chords = pad.own.planes[:, None].repeat(spec.n_tracks, 1) if pad is not None and pad.track == track else None
        for planes in (heard.clip, chords, guesses.get(mode_of(spec, mode))):
            if planes is not None and planes[:, track].any():
                known[track] = planes[:, track]
                break
    shape = (2, spec.measure_resolution, spec.n_pitches)  # of other ones another model made them
    locked = {
        track: own for track, own in (locked or {}).items() if track not in heard.tracks and own.planes.shape == shape
    }
    for track, own in locked.items():
        if follows(spec, spec.track_names[track]):
            known[track] = own.planes
    condition = None
    if known:
        condition = np.zeros((2, spec.n_tracks, spec.measure_resolution, spec.n_pitches), np.float32)
        for track, planes in known.items():
            condition[:, track] = planes
    return Request(
        number,
        idea,
        heard.tracks,
        condition,
        tuple(known),
        pad.chord if pad is not None and spec.has_chord else heard.chord,
        _previous(spec, idea, draft, heard),
        transposition,
        amount,
        density,
        locked,
        None if pad is None else pad.harmony,
        () if draft is None or idea.after_silence else draft.triads,
    )


def _previous(spec: ModelSpec, idea: Idea, draft: Draft | None, heard: Heard) -> FloatArray | None:
    """Return the bar before, whoever played it; None: silence.

    A model that continues hears it over the bounds of phrases, too, others (MidiNet) only inside of them.
    """
    if not spec.hears_previous or (idea.measure == 0 and not spec.continues):
        return None
    planes = None if draft is None or idea.after_silence else draft.planes
    if planes is not None and planes.shape != (2, *spec.bar_shape[1:]):  # another model made it
        planes = None
    if heard.before is None:
        return planes
    played = heard.before
    planes = np.zeros_like(played) if planes is None else planes.copy()
    for own in {
        *heard.tracks,
        *heard.from_tracks,
        *(() if draft is None else draft.left_out),
    }:  # they may have changed the track just now
        if played[:, own].any():  # else: silence, or what the band played there before it was theirs
            planes[:, own] = played[:, own]
    return planes
