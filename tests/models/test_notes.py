"""Notes from pianorolls and back."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from musegan_models.notes import (
    BarReader,
    Note,
    bars_from_notes,
    binarize,
    notes_from_pianoroll,
    pianoroll_from_notes,
    planes_from_roll,
    roll_from_planes,
    tidy,
)
from musegan_models.spec import ModelSpec

SPEC = ModelSpec("test")
ROLL = dataclasses.replace(SPEC, has_onsets=False)  # as the papers' models: one plane of what sounds
BASS, DRUMS = 0, 1


def planes() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a silent bar, whole, and views of its onsets and sustains."""
    bar = np.zeros((2, 5, 16, 84), np.float32)
    return bar, bar[0], bar[1]


def test_a_note_is_an_onset_and_the_sustain_that_runs_on_from_it() -> None:
    bar, onset, sustain = planes()
    onset[BASS, 4, 12] = 1.0
    sustain[BASS, 5:8, 12] = 0.9
    sustain[BASS, 9, 12] = 0.9  # after a gap: belongs to nothing
    notes = notes_from_pianoroll(bar, SPEC)
    assert notes["bass"] == [Note(1.0, 36, 1.0, 112)]
    assert sum(map(len, notes.values())) == 1


def test_a_new_onset_ends_the_note_before_it() -> None:
    bar, onset, sustain = planes()
    onset[BASS, [0, 2], 12] = 0.75
    sustain[BASS, 1:4, 12] = 0.9
    assert notes_from_pianoroll(bar, SPEC)["bass"] == [Note(0.0, 36, 0.5, 80), Note(0.5, 36, 0.5, 80)]


MONO = dataclasses.replace(
    SPEC, tracks=tuple(dataclasses.replace(t, is_monophonic=t.name == "bass") for t in SPEC.tracks)
)


def test_a_bass_plays_one_note_at_a_time() -> None:
    bar, onset, sustain = planes()
    for track in (BASS, 3):
        onset[track, 0, 12], onset[track, 0, 19], onset[track, 4, 24] = 0.9, 0.6, 0.7
        sustain[track, 1:8, [12, 19]] = sustain[track, 5:8, 24] = 0.9
    starts, holds = tidy(*binarize(bar, MONO), bar[0], MONO)
    assert starts[BASS].nonzero()[1].tolist() == [12, 24]  # the surest of two, and the one that comes later
    assert holds[BASS].sum(axis=0)[[12, 19, 24]].tolist() == [3, 0, 3]  # which ends the first
    assert starts[3].sum() == 3  # a piano may play them all
    assert holds[3].sum() == 7 + 7 + 3


@given(
    arrays.arrays(np.float32, (2, 5, 16, 84), elements=st.sampled_from([0.0, 0.6, 0.9]), fill=st.just(np.float32(0)))
)
def test_tidying_takes_notes_away_and_adds_none(bar: np.ndarray) -> None:
    onset, sustain = binarize(bar, MONO)
    starts, holds = tidy(onset, sustain, bar[0], MONO)
    assert not (starts & ~onset).any()
    assert not (holds & ~sustain).any()
    assert (starts[1:] == onset[1:]).all()
    assert (holds[1:] == sustain[1:]).all()
    assert ((starts | holds)[BASS].sum(axis=-1) <= 1).all()
    assert starts[BASS].any(axis=-1).tolist() == onset[BASS].any(axis=-1).tolist()  # the rhythm stays
    again = tidy(starts, holds, bar[0], MONO)
    assert (again[0] == starts).all()
    assert (again[1] == holds).all()


@given(
    arrays.arrays(np.float32, (2, 5, 16, 84), elements=st.sampled_from([0.0, 0.6, 0.9]), fill=st.just(np.float32(0))),
    st.integers(0, 2**32 - 1),
    st.sampled_from([SPEC, MONO]),
    st.sets(st.integers(0, 4)),
)
def test_a_bar_is_read_as_it_is_binarised_and_tidied(
    bar: np.ndarray, seed: int, spec: ModelSpec, silent: set[int]
) -> None:
    crowd = np.random.default_rng(seed).random(bar.shape, np.float32)
    bar[:, :2] = np.where(crowd > 0.9, crowd, bar)[:, :2]  # many at once, on the bass too
    reader = BarReader(spec)
    notes, planes = reader.read(*reader.cells(bar), bar[0], silent)
    wanted = np.stack(tidy(*binarize(bar, spec), bar[0], spec))
    wanted[:, list(silent)] = False
    assert np.array_equal(planes, wanted)
    for track, own in enumerate(notes.values()):
        assert sorted(own) == own
        again = pianoroll_from_notes(own, track, spec)[:, track]
        assert np.array_equal(again[0], wanted[0, track])
        if not spec.tracks[track].is_drum:  # theirs are read without what goes on
            assert np.array_equal(again[1], wanted[1, track])


def test_a_note_ends_with_its_bar() -> None:
    bar, onset, sustain = planes()
    onset[BASS, 12, 12] = sustain[BASS, 13:, 12] = 1
    assert notes_from_pianoroll(bar, SPEC)["bass"] == [Note(3.0, 36, 1.0, 112)]


def test_tracks_that_the_musician_plays_are_left_out() -> None:
    bar, onset, _ = planes()
    onset[:, 0, 12] = 1
    notes = notes_from_pianoroll(bar, SPEC, given=[DRUMS])
    assert notes["drums"] == []
    assert len(notes["bass"]) == 1


def test_what_is_at_or_under_the_threshold_does_not_sound() -> None:
    bar, onset, _ = planes()
    onset[BASS, 0, 12] = SPEC.tracks[BASS].onset_threshold
    assert not any(notes_from_pianoroll(bar, SPEC).values())


def test_binarizing_works_on_any_leading_axes() -> None:
    rng = np.random.default_rng(0)
    bars = rng.random((3, 4, 2, 5, 16, 84), np.float32)
    starts, holds = binarize(bars, SPEC)
    assert starts.shape == holds.shape == (3, 4, 5, 16, 84)
    assert not (starts & holds).any()
    one = binarize(bars[1, 2], SPEC)
    assert np.array_equal(starts[1, 2], one[0])
    assert np.array_equal(holds[1, 2], one[1])


def test_notes_survive_the_way_to_a_pianoroll_and_back() -> None:
    notes = [Note(0.0, 36, 1.0, 112), Note(1.0, 40, 0.25, 112), Note(1.25, 40, 2.75, 112)]
    roll = pianoroll_from_notes(notes, BASS, SPEC)
    assert notes_from_pianoroll(roll, SPEC)["bass"] == notes
    assert not roll[:, 1:].any()


def test_notes_outside_the_model_are_left_out() -> None:
    assert not pianoroll_from_notes([Note(0, 12, 1, 90), Note(4.0, 60, 1, 90), Note(-1, 60, 1, 90)], BASS, SPEC).any()


def test_a_held_note_is_struck_again_after_the_bar_line_if_a_beat_of_it_remains() -> None:
    bars = bars_from_notes([Note(3.0, 60, 2.0, 90), Note(3.0, 64, 1.5, 90)], 2, SPEC)
    assert bars == [[Note(3.0, 60, 1.0, 90), Note(3.0, 64, 1.0, 90)], [Note(0.0, 60, 1.0, 90)]]


def test_a_note_a_little_before_the_bar_line_belongs_to_the_next_bar() -> None:
    assert bars_from_notes([Note(3.95, 60, 0.5, 90)], 2, SPEC) == [[], [Note(0.0, 60, 0.5, 90)]]


CELLS = arrays.arrays(np.bool_, (8, 3))


@given(CELLS)
def test_a_roll_is_the_planes_made_of_it(roll: np.ndarray) -> None:
    onset, sustain = planes_from_roll(roll)
    assert not (onset & sustain).any()
    assert np.array_equal(onset | sustain, roll)
    assert np.array_equal(onset[0], roll[0])


@given(CELLS, st.data())
def test_a_note_struck_while_it_sounds_stays_a_note_of_its_own(onset: np.ndarray, data: st.DataObject) -> None:
    sustain = data.draw(CELLS)
    starts, _ = planes_from_roll(roll_from_planes(onset, sustain))
    after_onset = np.zeros_like(onset)
    after_onset[1:] = onset[:-1]
    wanted = onset & ~after_onset  # two strikes in neighbouring steps leave no room for a rest
    assert np.array_equal(starts & onset, wanted)


def test_a_model_of_one_plane_sounds_where_it_is_above_the_threshold() -> None:
    bar = np.zeros((1, 5, 16, 84), np.float32)
    bar[0, BASS, 4:8, 12] = 0.75
    bar[0, BASS, 8:, 12] = 0.5
    assert notes_from_pianoroll(bar, ROLL)["bass"] == [Note(1.0, 36, 1.0, 80)]


def test_each_cell_of_drums_in_one_plane_is_a_hit() -> None:
    bar = np.zeros((1, 5, 16, 84), np.float32)
    bar[0, DRUMS, 0:3, 18] = 1
    assert [(n.time, n.duration) for n in notes_from_pianoroll(bar, ROLL)["drums"]] == [
        (0.0, 0.25),
        (0.25, 0.25),
        (0.5, 0.25),
    ]


def test_in_a_monophonic_track_only_the_most_probable_pitch_sounds() -> None:
    tracks = (dataclasses.replace(SPEC.tracks[BASS], is_monophonic=True), *SPEC.tracks[1:])
    spec = dataclasses.replace(ROLL, tracks=tracks)
    bar = np.zeros((1, 5, 16, 84), np.float32)
    bar[0, :, 0, 12], bar[0, :, 0, 24] = 0.7, 0.9
    notes = notes_from_pianoroll(bar, spec)
    assert [n.pitch for n in notes["bass"]] == [48]
    assert [n.pitch for n in notes["guitar"]] == [36, 48]


def test_stochastic_neurons_sound_as_often_as_they_are_probable_and_alike_from_one_seed() -> None:
    spec = dataclasses.replace(ROLL, neurons="stochastic")
    bar = np.full((1, 5, 16, 84), 0.25, np.float32)
    onset, sustain = binarize(bar, spec, np.random.default_rng(1))
    assert (onset | sustain).mean() == pytest.approx(0.25, abs=0.03)
    again, _ = binarize(bar, spec, np.random.default_rng(1))
    other, _ = binarize(bar, spec, np.random.default_rng(2))
    assert np.array_equal(onset, again)
    assert not np.array_equal(onset, other)
    assert not binarize(bar, spec)[0].any()  # without chance: the threshold


def test_planes_of_another_spec_are_refused() -> None:
    with pytest.raises(ValueError, match=r"probability must be \(\.\.\., \(1, 5, 16, 84\)\)"):
        binarize(np.zeros((2, 5, 16, 84), np.float32), ROLL)


@pytest.mark.parametrize("beat_resolution", [4, 6, 12, 24])
def test_notes_survive_at_any_resolution_and_range_of_pitches(beat_resolution: int) -> None:
    spec = ModelSpec("test", beat_resolution=beat_resolution, lowest_pitch=0, n_pitches=128)
    notes = [Note(0.0, 0, 0.5, 112), Note(3.5, 127, 0.5, 112)]
    assert notes_from_pianoroll(pianoroll_from_notes(notes, BASS, spec), spec)["bass"] == notes
