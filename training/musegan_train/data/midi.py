"""MIDI file to score; it must not know bands or phrases.

The only module that imports symusic, which parses a file in about a millisecond: `benchmarks/prepare.py` measures it.
"""

from __future__ import annotations

import numpy as np
import symusic

from musegan_train.data.scores import BEATS_PER_MEASURE, DroppedSongError, Part, Score, origin_from_offset


def score_from_midi(data: bytes, is_strict: bool = False) -> Score:
    """Read one MIDI file, 4/4 only.

    `is_strict`: the rules that the Lakh Pianoroll Dataset was cleansed by (`midi_filter` of its converter): exactly one
    time signature, 4/4, and the first beat at the start of the file. Otherwise a file without a time signature is 4/4,
    as MIDI has it, and may repeat the signature, as long as bar lines do not move.

    Raises:
        DroppedSongError: The file is broken or not in 4/4.

    """
    try:
        score = symusic.core.ScoreTick.from_midi(data)
    except (ArithmeticError, LookupError, MemoryError, OSError, RuntimeError, ValueError) as error:
        raise DroppedSongError("unreadable") from error
    if score.ticks_per_quarter <= 0:
        raise DroppedSongError("unreadable")
    origin = _first_bar_line(score, is_strict)
    parts = []
    for track in score.tracks:
        if len(track.notes):
            notes = track.notes.numpy()
            start = notes["time"].astype(np.int64)
            end = start + notes["duration"].astype(np.int64)
            parts.append(Part(int(track.program), bool(track.is_drum), start, end, notes["pitch"].astype(np.int64)))
    return Score(tuple(parts), int(score.ticks_per_quarter), origin)


def _first_bar_line(score: symusic.core.ScoreTick, is_strict: bool) -> int:
    signatures = score.time_signatures
    if is_strict and not len(signatures):
        raise DroppedSongError("no time signature")
    if is_strict and min(signature.time for signature in signatures) > 0:
        raise DroppedSongError("first beat after the start")
    if is_strict and len(signatures) > 1:
        raise DroppedSongError("more than one time signature")
    if any((signature.numerator, signature.denominator) != (4, 4) for signature in signatures):
        raise DroppedSongError("not 4/4 throughout")
    measure = BEATS_PER_MEASURE * score.ticks_per_quarter
    offsets = {int(signature.time) % measure for signature in signatures}
    if len(offsets) > 1:
        raise DroppedSongError("bar lines move")
    return origin_from_offset(offsets.pop() if offsets else 0, measure)
