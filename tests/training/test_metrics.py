import numpy as np
import pytest
from numpy.typing import NDArray

from musegan_models.spec import Track
from musegan_train.measure import metrics, tonal
from musegan_train.measure.metrics import CORRECT, PAPER, Rules

C, CS, D, E, F, FS, G, A = 0, 1, 2, 4, 5, 6, 7, 9


def empty(n_bars: int = 1) -> NDArray[np.bool_]:
    return np.zeros((n_bars, 5, 16, 84), bool)


def chroma(*pitch_classes: int) -> NDArray[np.float32]:
    beats = np.zeros((1, 4, 12), np.float32)
    beats[..., list(pitch_classes)] = 1
    return beats


def folded(planes: NDArray[np.bool_]) -> NDArray[np.float32]:
    return tonal.fold_pitches(planes, tonal.pitch_classes(planes.shape[-1], 24))


def mean_of(bars: NDArray[np.bool_], metric: str, track: str, rules: Rules = CORRECT) -> float:
    """Measure bars in which every cell is an onset."""
    return metrics.measure(bars, np.zeros_like(bars), rules=rules)[metric][track]


@pytest.mark.parametrize(
    ("p", "q", "distance"),
    [
        ((C,), (G,), 1.7372),
        ((C,), (FS,), 2.8284),
        ((C,), (CS,), 2.5460),
        ((C, E, G), (G, 11, D), 1.2134),
        ((C, E, G), (A, C, E), 0.7993),
        ((C, E, G), (FS, 10, CS), 1.9700),
        ((C, E, G), (C, 3, G), 0.8487),
        ((C,), (C, E, G), 1.0293),
        ((C, E, G), (C, E, G), 0),
    ],
)
def test_tonal_distance_has_the_values_of_the_formula(p: tuple[int, ...], q: tuple[int, ...], distance: float) -> None:
    assert tonal.tonal_distance(chroma(*p), chroma(*q))[0] == pytest.approx(distance, abs=5e-5)


def test_tonal_distance_does_not_depend_on_octave_or_loudness() -> None:
    bars = empty()
    bars[0, 0, 0, [0, 4, 7]] = True
    bars[0, 3, 0:4, [12, 28, 43]] = True
    assert mean_of(bars, "TD", "bass-piano") == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(("chord", "distance"), [((24, 28, 31), 1.73), ((5, 6, 7), 2.13), ((0,), 2.55)])
def test_the_papers_fold_tells_a_chord_from_itself_an_octave_higher(chord: tuple[int, ...], distance: float) -> None:
    bars = empty()
    bars[0, 0, :, list(chord)] = True
    bars[0, 3, :, [pitch + 12 for pitch in chord]] = True
    assert mean_of(bars, "TD", "bass-piano") == pytest.approx(0, abs=1e-6)
    assert mean_of(bars, "TD", "bass-piano", PAPER) == pytest.approx(distance, abs=0.005)


def test_tonal_distance_leaves_out_beats_in_which_a_track_rests() -> None:
    p, q = chroma(C), chroma(C)
    q[0, 1:] = 0
    p[0, 1:] = np.eye(12)[FS]
    assert tonal.tonal_distance(p, q)[0] == pytest.approx(0, abs=1e-6)


def test_the_papers_tonal_distance_leaves_out_the_whole_bar_instead() -> None:
    p, q = np.concatenate((chroma(C), chroma(C))), np.concatenate((chroma(C), chroma(G)))
    q[0, 3] = 0
    distance = tonal.tonal_distance(p, q, whole_bars=True)
    assert np.isnan(distance[0])
    assert distance[1] == pytest.approx(1.7372, abs=5e-5)


def test_tonal_distance_of_silence_is_nan() -> None:
    assert np.isnan(tonal.tonal_distance(np.zeros((2, 4, 12), np.float32), np.zeros((2, 4, 12), np.float32))).all()


def test_a_triad_over_four_octaves_has_three_pitch_classes_and_four_registers() -> None:
    bars = empty()
    bars[0, 3, [0, 1, 2, 3], [0, 16, 31, 48]] = True
    assert mean_of(bars, "UPC", "piano") == 3
    assert mean_of(bars, "UPC", "piano", PAPER) == 4


def test_pitch_classes_start_at_c_wherever_the_pitches_start() -> None:
    planes = np.zeros((1, 1, 16, 24), bool)
    planes[0, 0, 0, 0] = True  # the lowest pitch, G
    melody = (Track("melody", 0, False),)
    measured = metrics.measure(planes, np.zeros_like(planes), melody, lowest_pitch=55)
    assert measured["in-scale"]["melody"] == 1
    assert metrics.measure(planes, np.zeros_like(planes), melody, lowest_pitch=54)["in-scale"]["melody"] == 0


def test_pitch_classes_are_averaged_over_the_bars_that_sound() -> None:
    bars = empty(3)
    bars[0, 0, 0, 0] = True
    bars[1, 0, 0, [0, 1, 2]] = True
    assert mean_of(bars, "UPC", "bass") == 2


def test_empty_bars_are_counted_for_each_track() -> None:
    bars = empty(4)
    bars[0, 1, 5, 12] = True
    np.testing.assert_allclose(metrics.empty_bars(folded(bars)).mean(axis=0), [1, 0.75, 1, 1, 1])


def test_a_note_is_qualified_from_two_steps_on() -> None:
    onset, sustain = empty(), empty()
    onset[0, 0, [0, 1, 2, 15], 30] = True  # three struck again at once, one at the bar's end
    sustain[0, 0, 3:6, 30] = True  # only the third is held
    shares = [metrics.qualified_notes(onset, sustain, steps)[0, 0] for steps in (1, 2, 4, 5, 20)]
    assert shares == [1, 0.25, 0.25, 0, 0]


def test_notes_can_be_pooled_over_bars() -> None:
    onset, sustain = empty(3), empty(3)
    onset[0, 0, [0, 1, 2], 30] = True  # three short notes
    onset[1, 0, 0, 30] = sustain[1, 0, 1, 30] = True  # and a long one
    assert metrics.measure(onset, sustain)["QN"]["bass"] == 0.5
    assert metrics.measure(onset, sustain, rules=Rules(pool_notes=True))["QN"]["bass"] == pytest.approx(0.25)


@pytest.mark.parametrize(("n_steps", "from_steps"), [(96, 3), (72, 2), (48, 2), (24, 2), (16, 2)])
def test_a_qualified_note_is_a_32nd_or_two_steps(n_steps: int, from_steps: int) -> None:
    assert CORRECT.steps_of_note(n_steps) == from_steps
    assert Rules(note_steps=5).steps_of_note(n_steps) == 5


def test_the_sustain_of_one_pitch_does_not_lengthen_another() -> None:
    onset, sustain = empty(), empty()
    onset[0, 2, 0, [40, 44]] = True
    sustain[0, 2, 1, 44] = True
    assert metrics.qualified_notes(onset, sustain)[0, 2] == 0.5


def test_notes_struck_again_end_a_step_early_where_there_is_one_plane() -> None:
    onset, sustain = empty(), empty()
    onset[0, 0, [0, 2], 30] = True
    sustain[0, 0, [1, 3], 30] = True
    assert metrics.measure(onset, sustain)["QN"]["bass"] == 1
    assert metrics.measure(onset, sustain, rules=PAPER)["QN"]["bass"] == 0.5
    assert metrics.measure(onset, sustain, rules=PAPER)["onsets"]["bass"] == 2


def test_every_hit_of_a_drum_is_an_onset_in_one_plane_too() -> None:
    bars = empty()
    bars[0, 1, 4:8, 12] = True
    assert mean_of(bars, "onsets", "drums", PAPER) == 4


def test_drum_pattern_counts_offbeat_sixteenths_less() -> None:
    onset = empty(3)
    onset[0, 1, [0, 2, 4, 6], 12] = True
    onset[1, 1, [1, 3], 12] = True
    onset[2, 1, [0, 1], 12] = True
    assert metrics.drum_pattern(folded(onset))[:, 1].tolist() == pytest.approx([1, 0.3, 0.65])


def test_drums_on_every_step_have_the_pattern_of_the_mask() -> None:
    onset = empty()
    onset[0, 1, :, 12] = True
    assert mean_of(onset, "DP", "drums", Rules(off_beat=0.1)) == pytest.approx(0.55)


@pytest.mark.parametrize(
    ("n_steps", "expected"),
    [
        (96, (1, 0.3, 0, 0, 0, 0.3) * 16),
        (72, (1, 0.3, 0, 0, 0, 0.3) * 12),
        (64, (1, 0.3, 0, 0.3) * 16),
        (48, (1, 0.3, 0.3) * 16),
        (36, (1, 0.3, 0.3) * 12),
        (32, (1, 0.3) * 16),
        (24, (1, 0.3, 0.3) * 8),
        (16, (1, 0.3) * 8),
    ],
)
def test_the_drum_pattern_is_that_of_the_resolution(n_steps: int, expected: tuple[float, ...]) -> None:
    np.testing.assert_allclose(metrics.pattern(n_steps, 0.3)[0], expected, rtol=1e-6)


def test_random_onsets_at_96_steps_score_what_the_mask_is_on_average() -> None:
    onset = np.random.default_rng(0).random((400, 1, 96, 12)) < 0.2
    assert metrics.drum_pattern(folded(onset), rotate=False).mean() == pytest.approx(0.267, abs=0.002)


def test_drums_at_96_steps_may_be_early_or_late_as_a_whole() -> None:
    onset = np.zeros((6, 1, 96, 12), bool)
    for late in range(6):
        onset[late, 0, late::6, 0] = True
    np.testing.assert_allclose(metrics.drum_pattern(folded(onset)), 1)
    np.testing.assert_allclose(
        metrics.drum_pattern(folded(onset), rotate=False)[:, 0], (1, 0.3, 0, 0, 0, 0.3), atol=1e-6
    )


def test_polyphony_is_the_share_of_steps_with_two_pitches() -> None:
    bars = empty()
    bars[0, 3, 0:8, 40] = True
    bars[0, 3, 4:12, 43] = True
    assert mean_of(bars, "PP", "piano") == 0.25


def test_in_scale_is_the_share_of_notes_in_c_major() -> None:
    bars = empty()
    bars[0, 3, 0, [C, E, G, CS]] = True
    assert mean_of(bars, "in-scale", "piano") == 0.75


@pytest.mark.parametrize("n_steps", [16, 24, 48, 96])
def test_bars_of_every_resolution_can_be_measured(n_steps: int) -> None:
    onset = np.random.default_rng(0).random((8, 4, 5, n_steps, 84)) < 0.01
    for rules in (CORRECT, PAPER):
        measured = metrics.measure(onset, np.roll(onset, 1, axis=3) & ~onset, rules=rules)
        assert all(np.isfinite(value) for values in measured.values() for value in values.values())


def test_a_melody_alone_has_no_pairs() -> None:
    onset = np.random.default_rng(0).random((8, 4, 1, 16, 128)) < 0.01
    measured = metrics.measure(onset, np.zeros_like(onset), (Track("melody", 0, False),), 0)
    assert measured["TD"] == {}
    assert measured["DP"] == {}
    assert list(measured["UPC"]) == ["melody"]


def test_pairs_have_one_name_whatever_the_order_of_tracks() -> None:
    tracks = (Track("piano", 0, False), Track("drums", 0, True), Track("guitar", 24, False), Track("bass", 32, False))
    onset = np.random.default_rng(0).random((2, 4, 16, 84)) < 0.1
    measured = metrics.measure(onset, np.zeros_like(onset), tracks)
    assert set(measured["TD"]) == {"guitar-piano", "bass-piano", "bass-guitar"}


def test_bars_in_which_few_tracks_sound_can_be_left_out() -> None:
    bars = empty(2)
    bars[0, :3, 0, 40] = True
    bars[1, :2, 0, [40, 41]] = True
    assert mean_of(bars, "EB", "guitar") == 0.5
    assert mean_of(bars, "EB", "guitar", Rules(min_tracks=3)) == 0
    assert mean_of(bars, "UPC", "bass", Rules(min_tracks=3)) == 1


def test_counts_of_parts_join_to_those_of_the_whole() -> None:
    onset = np.random.default_rng(0).random((6, 4, 5, 16, 84)) < 0.02
    whole = metrics.count(onset, np.zeros_like(onset))
    parts = metrics.joined([metrics.count(part, np.zeros_like(part)) for part in (onset[:1], onset[1:])])
    assert metrics.means(parts.of_each_bar()) == metrics.means(whole.of_each_bar())


def test_every_metric_is_measured_for_the_tracks_it_speaks_of() -> None:
    rng = np.random.default_rng(0)
    onset = rng.random((8, 4, 5, 16, 84)) < 0.02
    measured = metrics.measure(onset, np.zeros_like(onset))
    assert list(measured) == list(metrics.METRICS)
    assert list(measured["EB"]) == ["bass", "drums", "guitar", "piano", "strings"]
    assert list(measured["DP"]) == ["drums"]
    assert list(measured["QN"]) == ["bass", "guitar", "piano", "strings"]
    assert len(measured["TD"]) == 6
    assert all(np.isfinite(value) for values in measured.values() for value in values.values())


def test_tracks_that_play_one_harmony_are_nearer_than_shuffled_ones() -> None:
    onset = empty(8)
    for bar in range(8):
        onset[bar][:, ::4, 24 + bar] = True
    measured = metrics.measure(onset, np.zeros_like(onset))
    assert all(value == pytest.approx(0, abs=1e-6) for value in measured["TD"].values())
    assert all(value > 1 for value in measured["TD shuffled"].values())


def test_data_has_no_relative_error_against_itself() -> None:
    onset = np.random.default_rng(1).random((16, 5, 16, 84)) < 0.02
    measured = metrics.measure(onset, np.roll(onset, 1, axis=2) & ~onset)
    errors = metrics.relative_error(measured, measured)
    assert list(errors) == [*metrics.COMPARED, "mean"]
    assert all(error == 0 for error in errors.values())


def test_a_bass_that_plays_two_pitches_once_is_wrong_by_that_alone() -> None:
    songs = {metric: {"bass": 0.5} for metric in metrics.COMPARED}
    for expected, error in ((0.001, 0.009), (0.02, 0.5)):
        reference = {**songs, "PP": {"bass": expected}}
        assert metrics.relative_error({**songs, "PP": {"bass": 0.01}}, reference)["PP"] == pytest.approx(error)


def test_a_band_that_never_plays_is_wrong_by_all_of_it() -> None:
    onset = np.random.default_rng(1).random((16, 5, 16, 84)) < 0.02
    reference = metrics.measure(onset, np.roll(onset, 1, axis=2) & ~onset)
    silence = metrics.measure(np.zeros_like(onset), np.zeros_like(onset))
    assert metrics.relative_error(silence, reference)["mean"] == pytest.approx(1)


def test_planes_of_another_type_or_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="onset must be bool"):
        metrics.measure(np.zeros((1, 5, 16, 84), np.float32), np.zeros((1, 5, 16, 84), np.float32))
    with pytest.raises(ValueError, match="sustain must be bool"):
        metrics.measure(empty(1), empty(2))
