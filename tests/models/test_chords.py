"""Chords, told from what sounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musegan_models.chords import chord, chord_from_chroma, draw_progression


def chroma(*pitches: int) -> np.ndarray:
    return np.bincount([pitch % 12 for pitch in pitches], minlength=12)


@given(st.integers(0, 11), st.booleans())
def test_a_triad_is_the_chord_of_its_notes(root: int, is_minor: bool) -> None:
    notes = (root, root + (3 if is_minor else 4), root + 7)
    assert np.array_equal(chord_from_chroma(chroma(*notes)), chord(root, is_minor))


def test_notes_beside_a_triad_do_not_hide_it() -> None:
    assert np.array_equal(chord_from_chroma(chroma(43, 47, 50, 53, 55)), chord(7, False))  # G7
    assert np.array_equal(chord_from_chroma(chroma(60)), chord(0, False))  # a lone C


def test_silence_is_no_chord_and_any_leading_axes_do() -> None:
    bars = np.stack([chroma(57, 60, 64), np.zeros(12)])[None]
    made = chord_from_chroma(bars)
    assert made.shape == (1, 2, 13)
    assert made.dtype == np.float32
    assert np.array_equal(made[0, 0], chord(9, True))
    assert not made[0, 1].any()


def test_a_chroma_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match=r"chroma must be \(\.\.\., 12\), got \(7,\)"):
        chord_from_chroma(np.zeros(7))


def test_progressions_stay_in_the_key_begin_at_home_and_follow_from_their_seed() -> None:
    scale = {(0, 0), (2, 1), (4, 1), (5, 0), (7, 0), (9, 1)}
    seen = set()
    for seed in range(50):
        made = draw_progression(np.random.default_rng(seed), 4)
        chords = [(int(c[:12].argmax()), int(c[12])) for c in made]
        assert made.shape == (4, 13)
        assert chords[0] in {(0, 0), (9, 1)}
        assert set(chords) <= scale
        assert np.array_equal(made, draw_progression(np.random.default_rng(seed), 4))
        seen.add(tuple(chords))
    assert len(seen) > 20
