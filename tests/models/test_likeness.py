"""What is counted of drafts, on bars made by hand, and which one is chosen."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from musegan_models.likeness import LAKH_LIVE, NO_TRIAD, Weights, best_of, counts_of, together_with
from musegan_models.notes import FloatArray, Note, pianoroll_from_notes
from musegan_models.spec import ModelSpec

SPEC = ModelSpec("test")
NAMES = [field.name for field in fields(Weights)]


def bar(spec: ModelSpec = SPEC, **notes: list[tuple[float, int, float]]) -> FloatArray:
    """Return a bar of tracks that play notes (beat, pitch, beats)."""
    planes = np.zeros((2, spec.n_tracks, spec.measure_resolution, spec.n_pitches), np.float32)
    for name, own in notes.items():
        track = spec.track_names.index(name)
        planes += pianoroll_from_notes([Note(t, p, d, 90) for t, p, d in own], track, spec)
    return planes


def chord(*pitches: int) -> list[tuple[float, int, float]]:
    return [(0, pitch, 4) for pitch in pitches]


def counted(*bars: FloatArray, before: tuple[int, ...] = (), spec: ModelSpec = SPEC) -> dict[str, list[float]]:
    counts = counts_of(np.stack(bars), spec, before)
    return {"triad": counts.triad.tolist(), **dict(zip(NAMES, counts.values.T.tolist(), strict=True))}


def test_the_triad_of_a_bar_and_whether_the_bass_begins_on_its_root() -> None:
    c, g7, am, silence = (
        bar(piano=chord(60, 64, 67), bass=chord(36)),
        bar(piano=chord(67, 71, 74, 77), bass=chord(38)),
        bar(strings=chord(69, 72, 76), bass=[(1, 45, 3)]),
        bar(drums=chord(36)),
    )
    found = counted(c, g7, am, silence)
    assert found["triad"] == [0, 14, 19, NO_TRIAD]
    assert found["not_on_root"] == [0, 1, 1, 1]


def test_semitones_clusters_and_cells_outside_the_key() -> None:
    found = counted(
        bar(piano=chord(60, 64, 67)),
        bar(piano=chord(60, 64, 67), guitar=[(0, 65, 1)]),  # E and F, a beat long
        bar(piano=[(0, 64, 1)], strings=[(0, 65, 1), (0, 78, 1)]),  # E, F and F sharp, octaves apart
    )
    assert found["semitones"] == [0, 0.25, 0.25]
    assert found["clusters"] == [0, 0, 0.25]
    assert found["outside"] == pytest.approx([0, 0, 1 / 3])


def test_kicks_without_a_bass_note() -> None:
    kicks = [(beat, 36, 0.25) for beat in (0.0, 1.0, 2.0)]
    found = counted(bar(drums=kicks, bass=[(0, 36, 2), (2, 36, 1)]), bar(drums=kicks))
    assert found["lone_kicks"] == [1, 0]  # where the bass rests, none is alone


def test_where_the_chord_goes() -> None:
    f, a_minor = bar(piano=chord(65, 69, 72)), bar(piano=chord(69, 72, 76))
    found = counted(f, a_minor, before=(0, 10))  # after C, after F
    assert (found["fourth"], found["other_move"], found["again"]) == ([1, 0], [0, 1], [1, 0])
    found = counted(f, before=())
    assert (found["fourth"], found["other_move"], found["again"]) == ([0], [0], [0])


def test_a_melody_in_seconds_counts_more_than_leaps_and_repeats() -> None:
    scale = [(i / 2, pitch, 0.5) for i, pitch in enumerate((60, 62, 64, 65, 67))]
    leaps = [(i / 2, pitch, 0.5) for i, pitch in enumerate((60, 67, 60, 60, 72))]
    found = counted(bar(strings=scale), bar(strings=leaps), bar(guitar=scale))
    assert found["melodic_steps"] == pytest.approx([4 - 0.35 * 4, -0.35 * 4, 0])


@pytest.mark.parametrize(("lowest", "n"), [(24, 84), (36, 60), (41, 30), (60, 10)])
def test_any_range_of_pitches(lowest: int, n: int) -> None:
    spec = ModelSpec("test", lowest_pitch=lowest, n_pitches=n)
    assert counted(bar(spec, piano=chord(60, 64, 67)), spec=spec)["triad"] == [0]


def test_the_draft_that_rubs_least_like_songs_is_not_chosen() -> None:
    plain = bar(piano=chord(60, 64, 67), bass=chord(36))
    rubs = bar(piano=chord(60, 64, 67), guitar=chord(61, 65), strings=chord(66), bass=chord(37))
    assert best_of(counts_of(np.stack([rubs, plain]), SPEC)) == 1
    assert best_of(counts_of(np.stack([plain, rubs]), SPEC)) == 0
    assert best_of(counts_of(np.stack([plain, plain]), SPEC), LAKH_LIVE) == 0


def test_beside_a_lead_its_rhythm_and_its_chord_are_worth_more() -> None:
    lead = bar(piano=[(beat, pitch, 1) for beat in (0, 1, 2, 3) for pitch in (60, 64, 67)])
    with_it = bar(guitar=[(beat, 64, 1) for beat in (0, 1, 2, 3)])
    its_rhythm = bar(guitar=[(beat, 61, 1) for beat in (0, 1, 2, 3)])
    its_chord = bar(guitar=[(beat + 0.25, 64, 0.5) for beat in (0, 1, 2, 3)])
    neither = bar(guitar=[(beat + 0.25, 61, 0.5) for beat in (0, 1, 2, 3)])
    worth = together_with(lead, np.stack([with_it, its_rhythm, its_chord, neither]), SPEC).tolist()
    assert worth[0] > max(worth[1:3]) >= min(worth[1:3]) > worth[3]
    assert together_with(lead, np.stack([bar()]), SPEC).tolist() == [0]
