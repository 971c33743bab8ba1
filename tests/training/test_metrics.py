import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from musegan_models.model import Latents
from musegan_models.notes import running
from musegan_models.spec import ModelSpec
from musegan_train import metrics
from musegan_train.evaluate import condition_on, evaluate, following, json_from_report, tables_from_report
from musegan_train.phrases import Phrases, describe_spec, pack

C, CS, D, E, F, FS, G, A = 0, 1, 2, 4, 5, 6, 7, 9


def empty(n_bars: int = 1) -> NDArray[np.bool_]:
    return np.zeros((n_bars, 5, 16, 84), bool)


def chroma(*pitch_classes: int) -> NDArray[np.float64]:
    beats = np.zeros((1, 4, 12))
    beats[..., list(pitch_classes)] = 1
    return beats


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
    assert metrics.tonal_distance(chroma(*p), chroma(*q)) == pytest.approx(distance, abs=5e-5)


def test_tonal_distance_does_not_depend_on_octave_or_loudness() -> None:
    low, high = empty(), empty()
    low[0, 0, 0, [0, 4, 7]] = True
    high[0, 0, 0:4, [12, 28, 43]] = True
    first, second = metrics.chroma_of_beats(low)[:, 0], metrics.chroma_of_beats(high)[:, 0]
    assert metrics.tonal_distance(first, second) == pytest.approx(0, abs=1e-6)


def test_tonal_distance_leaves_out_beats_in_which_a_track_rests() -> None:
    p, q = chroma(C), chroma(C)
    q[0, 1:] = 0
    p[0, 1:] = np.eye(12)[FS]
    assert metrics.tonal_distance(p, q) == pytest.approx(0)


def test_tonal_distance_of_silence_is_nan() -> None:
    assert np.isnan(metrics.tonal_distance(np.zeros((2, 4, 12)), np.zeros((2, 4, 12))))


def test_pitch_classes_are_pitches_modulo_twelve() -> None:
    bars = empty()
    bars[0, 3, [0, 1, 2, 3], [0, 16, 31, 48]] = True  # a C major triad over four octaves
    assert metrics.used_pitch_classes(bars)[3] == 3


def test_pitch_classes_are_averaged_over_the_bars_that_sound() -> None:
    bars = empty(3)
    bars[0, 0, 0, 0] = True
    bars[1, 0, 0, [0, 1, 2]] = True
    assert metrics.used_pitch_classes(bars)[0] == 2


def test_empty_bars_are_counted_for_each_track() -> None:
    bars = empty(4)
    bars[0, 1, 5, 12] = True
    np.testing.assert_allclose(metrics.empty_bars(bars), [1, 0.75, 1, 1, 1])


def test_a_note_is_qualified_from_two_steps_on() -> None:
    onset, sustain = empty(), empty()
    onset[0, 0, [0, 1, 2, 15], 30] = True  # three struck again at once, one at the bar's end
    sustain[0, 0, 3:6, 30] = True  # only the third is held
    assert metrics.qualified_notes(onset, sustain)[0] == 0.25
    assert metrics.qualified_notes(onset, sustain, threshold=1)[0] == 1
    assert metrics.qualified_notes(onset, sustain, threshold=5)[0] == 0


def test_the_sustain_of_one_pitch_does_not_lengthen_another() -> None:
    onset, sustain = empty(), empty()
    onset[0, 2, 0, [40, 44]] = True
    sustain[0, 2, 1, 44] = True
    assert metrics.qualified_notes(onset, sustain)[2] == 0.5


def test_drum_pattern_counts_offbeat_sixteenths_less() -> None:
    onset = empty(3)
    onset[0, 1, [0, 2, 4, 6], 12] = True
    onset[1, 1, [1, 3], 12] = True
    onset[2, 1, [0, 1], 12] = True
    assert metrics.drum_pattern(onset)[1] == pytest.approx((1 + 0.3 + 0.65) / 3)


def test_drums_on_every_step_have_the_pattern_of_the_mask() -> None:
    onset = empty()
    onset[0, 1, :, 12] = True
    assert metrics.drum_pattern(onset, off_beat=0.1)[1] == pytest.approx(0.55)


def test_polyphony_is_the_share_of_steps_with_two_pitches() -> None:
    bars = empty()
    bars[0, 3, 0:8, 40] = True
    bars[0, 3, 4:12, 43] = True
    assert metrics.polyphonic_steps(bars)[3] == 0.25


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


def test_following_tells_a_band_that_listens_from_one_that_does_not() -> None:
    spec = ModelSpec("test")
    rng = np.random.default_rng(2)
    given = rng.integers(0, 12, (40, 4))
    listens, ignores = np.zeros((2, 40, 4, 5, 16, 84), bool)
    for phrase, measure in np.ndindex(40, 4):
        for track in (0, 2, 3, 4):
            listens[phrase, measure, track, ::4, 24 + given[phrase, measure]] = True
            pitch = given[phrase, measure] if track == 0 else rng.integers(0, 12)
            ignores[phrase, measure, track, ::4, 24 + pitch] = True
    assert following(listens, 0, spec)["matched"] == pytest.approx(0, abs=1e-6)
    assert following(listens, 0, spec)["gain"] > 1
    assert abs(following(ignores, 0, spec)["gain"]) < 0.25


def test_a_condition_holds_the_given_track_and_nothing_else() -> None:
    planes = np.random.default_rng(3).random((2, 2, 4, 5, 16, 84)) < 0.1
    condition, mask = condition_on(planes, 2)
    assert condition.shape == (2, 4, 2, 5, 16, 84)
    np.testing.assert_array_equal(condition[:, 3, 1, 2], planes[:, 1, 3, 2])
    assert condition.sum() == planes[:, :, :, 2].sum()
    np.testing.assert_array_equal(mask, [[0, 0, 1, 0, 0]] * 2)


class Parrot:
    """A band whose pitched tracks all play what they are given, and noise where nothing is."""

    def __init__(self) -> None:
        self.spec = ModelSpec("parrot")
        self.batches: list[int] = []

    def phrase(
        self,
        latents: Latents,
        condition: NDArray[np.float32] | None = None,
        given: NDArray[np.float32] | None = None,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        n = len(latents.shared)
        self.batches.append(n)
        if condition is None or given is None:
            planes = np.random.default_rng(n).random((n, 4, 2, 5, 16, 84), np.float32) ** 9
        else:
            planes = np.repeat(condition.sum(axis=3, keepdims=True, dtype=np.float32), 5, axis=3)
        return planes[:, :, 0], planes[:, :, 1]


def phrases_at_random(n: int = 12) -> Phrases:
    planes = np.random.default_rng(5).random((n, 2, 4, 5, 16, 84)) < 0.02
    planes[:, 1] = running(planes[:, 0], planes[:, 1] & ~planes[:, 0])
    song, held_out = np.zeros(n, np.int32), np.arange(n) >= 2
    manifest = {**describe_spec(ModelSpec("parrot")), "songs": [{}]}
    return Phrases(pack(planes[:, 0]), pack(planes[:, 1]), song, held_out, manifest)


def test_a_report_compares_held_out_songs_with_each_way_to_play() -> None:
    band = Parrot()
    report = evaluate(band, phrases_at_random(), n_phrases=5, seed=1, batch=2)
    assert report["phrases"] == 5
    assert list(report["metrics"]) == ["held-out", "held-out, others", "from scratch", "one track given"]
    assert list(report["relative_error"]) == ["held-out, others", "from scratch", "one track given"]
    assert report["metrics"]["one track given"].keys() == report["metrics"]["held-out"].keys()
    assert band.batches == [2, 2, 1] * 6  # from scratch, then each of five tracks given


def test_a_band_that_copies_the_given_track_follows_it() -> None:
    follows = evaluate(Parrot(), phrases_at_random(), n_phrases=5)["following"]
    assert list(follows) == ["bass", "guitar", "piano", "strings"]
    for kinds in follows.values():
        assert kinds["generated"]["matched"] == pytest.approx(0, abs=1e-6)
        assert kinds["generated"]["gain"] > 0.3
        assert abs(kinds["held-out"]["gain"]) < 0.3


def test_a_report_is_the_same_for_the_same_seed() -> None:
    first, second = (evaluate(Parrot(), phrases_at_random(), 5, seed=3) for _ in range(2))
    assert first == second


def test_a_report_becomes_tables_with_a_row_for_each_number() -> None:
    report = evaluate(Parrot(), phrases_at_random(), n_phrases=5)
    metrics_table, errors_table, following_table = tables_from_report(report)
    assert metrics_table.row_count == sum(map(len, report["metrics"]["held-out"].values()))
    assert errors_table.row_count == len(metrics.COMPARED) + 1
    assert following_table.row_count == 8


def test_a_number_that_could_not_be_measured_is_null_in_json() -> None:
    assert json_from_report({"metrics": {"UPC": {"bass": float("nan"), "piano": 1.5}}, "phrases": 2}) == {
        "metrics": {"UPC": {"bass": None, "piano": 1.5}},
        "phrases": 2,
    }


def test_phrases_of_another_kind_or_without_held_out_songs_are_refused() -> None:
    phrases = phrases_at_random()
    with pytest.raises(ValueError, match="n_measures of the phrases must be 4, got 8"):
        evaluate(Parrot(), dataclasses.replace(phrases, manifest={**phrases.manifest, "n_measures": 8}))
    with pytest.raises(ValueError, match="hold out 2 or more, got 0"):
        evaluate(Parrot(), dataclasses.replace(phrases, held_out=np.zeros(12, bool)))
