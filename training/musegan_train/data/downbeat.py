"""Where bar 1 really is, when the file says it wrong; it must not know bands or phrases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from musegan_train.data.scores import DroppedSongError, Score, origin_from_offset

_KICKS = (35, 36)  # General MIDI percussion
_CRASHES = (49, 52, 55, 57)
_MIN_HITS = {_KICKS: 16, _CRASHES: 4}  # fewer say nothing
_PLACES = 16  # of a bar


def misplaced_by(score: Score) -> int:
    """Return by how many 16ths, 0..15, the bar lines of a song come too early; 0 where nothing says so.

    In most songs the 16th of the bar with most kicks is the first, and so it is for crash cymbals. Where both agree on
    another one, each with twice as many hits there as on the first, that one is the downbeat.
    """
    places = {}
    for drum, min_hits in _MIN_HITS.items():
        ticks = np.concatenate([np.zeros(0, np.int64)] + [
            part.start[np.isin(part.pitch, drum)] for part in score.parts if part.is_drum
        ])  # fmt: skip
        place = np.rint((ticks - score.origin) * (_PLACES / score.ticks_per_measure)).astype(np.int64) % _PLACES
        hits = np.bincount(place, minlength=_PLACES)
        if hits.sum() < min_hits or hits.max() < 2 * hits[0]:
            return 0
        places[drum] = int(hits.argmax())
    return places[_KICKS] if places[_KICKS] == places[_CRASHES] else 0


def place_downbeat(score: Score, rule: str) -> tuple[Score, int]:
    """Return the song with its bars where the drums have them, and by how many 16ths they moved.

    `rule` is `shift`, `drop` or `trust` (believe the file).

    Raises:
        DroppedSongError: The rule is `drop`, and the drums have the downbeat elsewhere.

    """
    moved = 0 if rule == "trust" else misplaced_by(score)
    if not moved:
        return score, 0
    if rule == "drop":
        raise DroppedSongError("kick and crash are not on the first beat")
    offset = score.origin + round(moved * score.ticks_per_measure / _PLACES)
    return replace(score, origin=origin_from_offset(offset, score.ticks_per_measure)), moved
