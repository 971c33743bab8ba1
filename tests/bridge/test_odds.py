"""What the musician plays makes notes of the band likelier: their rhythm, and the notes of their chords."""

from __future__ import annotations

import numpy as np
import pytest

from musegan_bridge.show.odds import odds_beside, with_odds
from musegan_models.notes import FloatArray, Note, pianoroll_from_notes
from musegan_models.spec import ModelSpec

SPEC = ModelSpec("test")
BASS, DRUMS, PIANO = (SPEC.track_names.index(name) for name in ("bass", "drums", "piano"))


def playing(*notes: Note, track: int = PIANO) -> FloatArray:
    return pianoroll_from_notes(notes, track, SPEC)


def chord(*pitches: int, beat: float = 0, length: float = 1) -> list[Note]:
    return [Note(beat, pitch, length, 90) for pitch in pitches]


def cell(pitch: int) -> int:
    return pitch - SPEC.lowest_pitch


def test_onsets_are_likelier_where_the_musician_strikes_and_less_likely_beside() -> None:
    eighths = [Note(i / 2, 60, 0.5, 90) for i in range(8)]
    odds = odds_beside(playing(*eighths), [PIANO], SPEC)
    assert (odds[0, BASS, ::2] > 1).all()
    assert (odds[0, BASS, 1::2] < 1).all()
    assert (odds[0, DRUMS, ::2] > 1).all()
    assert (odds[1] == 1).all()


def test_long_notes_are_no_reason_to_play_less() -> None:
    odds = odds_beside(playing(*chord(60, 67, length=4)), [PIANO], SPEC)
    assert (odds >= 1).all()


def test_notes_outside_the_chord_of_a_beat_are_less_likely_on_pitched_tracks() -> None:
    odds = odds_beside(playing(*chord(60, 64, 67, length=2), *chord(57, 60, 65, beat=2, length=2)), [PIANO], SPEC)
    assert odds[1, BASS, 0, cell(37)] < odds[1, BASS, 0, cell(36)] == 1
    assert odds[1, BASS, 8, cell(43)] < odds[1, BASS, 8, cell(41)] == 1
    assert (odds[1, DRUMS] == 1).all()


@pytest.mark.parametrize("pitches", [(60,), (60, 67), tuple(range(60, 65))])
def test_a_line_and_a_cluster_tell_no_chord(pitches: tuple[int, ...]) -> None:
    assert (odds_beside(playing(*chord(*pitches, length=4)), [PIANO], SPEC)[1] == 1).all()


def test_drums_as_the_lead_tell_a_rhythm_and_no_chord() -> None:
    hats = [Note(i / 2, pitch, 0.25, 90) for i in range(8) for pitch in (36, 42, 46)]
    odds = odds_beside(playing(*hats, track=DRUMS), [DRUMS], SPEC)
    assert (odds[0, PIANO, ::2] > 1).all()
    assert (odds[1] == 1).all()


def test_less_of_an_amount_is_less_of_it() -> None:
    condition = playing(*[Note(i / 2, 60, 0.5, 90) for i in range(8)])
    full, half, none = (odds_beside(condition, [PIANO], SPEC, amount) for amount in (1, 0.5, 0))
    assert 1 < half[0, BASS, 0, 0] < full[0, BASS, 0, 0]
    assert (none == 1).all()


def test_probabilities_stay_probabilities() -> None:
    probability = np.linspace(0, 1, 2 * 5 * 16 * 84, dtype=np.float32).reshape(2, *SPEC.bar_shape[1:])
    for odds in (0.0, 0.1, 1.0, 20.0):
        made = with_odds(probability, np.full((1, 1, 1, 1), odds, np.float32))
        assert ((made >= 0) & (made <= 1)).all()
    assert (with_odds(probability, np.zeros((5, 16, 84), np.float32)) == 0).all()
    alone = with_odds(probability[:1], np.ones((2, 5, 16, 84), np.float32))  # a model with one plane
    assert alone.shape == (1, 5, 16, 84)
