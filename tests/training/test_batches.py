"""Phrases as a model sees them: planes, tracks, pitches, bars, who is given, keys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from musegan_models.chords import chord
from musegan_models.notes import roll_from_planes
from musegan_models.presets import preset
from musegan_models.spec import ModelSpec, Track
from musegan_train.data.phrases import Phrases, describe_spec, pack
from musegan_train.fit.augment import SHIFTS, transpose
from musegan_train.fit.batches import Batches, BatchesError, draw_given, mismatch, prefetched, roll_of

SPEC = ModelSpec("data")  # bass, drums, guitar, piano, strings; 4 bars of 16 steps; 84 pitches from 24
BASS, DRUMS, GUITAR, PIANO, STRINGS = range(5)


def phrases_of(cells: NDArray[np.bool_], held_out: int = 0) -> Phrases:
    """A set of phrases (n, 2, B, M, T, P), the last `held_out` of which are held out."""
    n = len(cells)
    manifest = {**describe_spec(SPEC), "songs": [{"md5": f"{i}"} for i in range(n)]}
    packed = pack(cells)
    return Phrases(packed[:, 0], packed[:, 1], np.arange(n, dtype=np.int32), np.arange(n) >= n - held_out, manifest)


def some(n: int = 12, seed: int = 0, density: float = 0.03) -> NDArray[np.bool_]:
    cells: NDArray[np.bool_] = np.random.default_rng(seed).random((n, 2, 4, 5, 16, 84)) < density
    cells[:, 1] &= ~cells[:, 0]
    return cells


def at(data: Phrases, spec: ModelSpec, **options: Any) -> Any:
    return Batches(data, spec, 1, **options).at(np.arange(len(data)), np.random.default_rng(0))


def test_two_planes_come_bar_by_bar() -> None:
    cells = some()
    batch = at(phrases_of(cells), SPEC)
    assert batch.real.shape == (12, 4, 2, 5, 16, 84)
    assert np.array_equal(batch.real.numpy() > 0, cells.swapaxes(1, 2))


def test_models_of_the_papers_see_one_plane_of_what_sounds() -> None:
    cells = some()
    real = at(phrases_of(cells), preset("hybrid", beat_resolution=4).spec).real.numpy()
    assert np.array_equal(real[:, :, 0] > 0, roll_from_planes(cells[:, 0], cells[:, 1]))


def test_a_preset_has_its_own_order_of_tracks_and_its_own_pitches() -> None:
    cells = np.zeros((1, 2, 4, 5, 16, 84), bool)
    cells[0, 0, 1, PIANO, 3, 40] = True  # MIDI 64
    spec = replace(preset("tutorial").spec, tracks=tuple(SPEC.tracks[i] for i in (DRUMS, PIANO, BASS)))
    real = at(phrases_of(cells), spec).real.numpy()
    assert real.shape == (1, 4, 1, 3, 16, 72)
    assert np.argwhere(real).tolist() == [[0, 1, 0, 1, 3, 40]]
    high = replace(spec, lowest_pitch=60, n_pitches=12)
    assert np.argwhere(at(phrases_of(cells), high).real.numpy()).tolist() == [[0, 1, 0, 1, 3, 4]]
    low = replace(spec, lowest_pitch=0, n_pitches=128)
    assert np.argwhere(at(phrases_of(cells), low).real.numpy()).tolist() == [[0, 1, 0, 1, 3, 64]]


def test_one_bar_presets_get_single_bars_of_all_places() -> None:
    cells = np.zeros((64, 2, 4, 5, 16, 84), bool)
    for bar in range(4):
        cells[:, 0, bar, PIANO, 0, bar] = True
    real = at(phrases_of(cells), preset("hybrid-bar", beat_resolution=4).spec).real.numpy()
    assert real.shape == (64, 1, 1, 5, 16, 84)
    assert set(np.nonzero(real)[-1].tolist()) == {0, 1, 2, 3}


def test_a_track_conditional_preset_always_hears_its_track() -> None:
    spec = preset("hybrid-conditional", beat_resolution=4, condition_track="guitar").spec
    assert at(phrases_of(some()), spec).given.numpy().tolist() == [[0, 0, 1, 0, 0]] * 12


def test_conditions_are_none_one_or_two_tracks_in_their_shares() -> None:
    given = draw_given(np.random.default_rng(0), 4000, 5, dropout=0.4, both=0.1)
    counts = given.sum(axis=1)
    assert [float((counts == k).mean()) for k in range(3)] == pytest.approx([0.4, 0.5, 0.1], abs=0.03)
    assert given.mean(axis=0).tolist() == pytest.approx([0.14] * 5, abs=0.03)


def test_midinet_gets_melody_chord_and_the_bar_before() -> None:
    cells = np.zeros((1, 2, 4, 5, 16, 84), bool)
    cells[0, 0, :, PIANO, :, [24, 28, 31]] = True  # three notes at a time: an accompaniment
    for bar, pitch in enumerate((48, 52, 55, 60)):
        cells[0, 0, bar, STRINGS, ::2, pitch] = True  # one at a time: the melody
    cells[0, 0, 0, STRINGS, 0, 36] = True  # below it
    cells[0, 0, :, DRUMS] = True
    batch = at(phrases_of(cells), preset("midinet").spec)
    real = batch.real.numpy()
    assert real.shape == (1, 4, 1, 1, 16, 128)
    assert real.sum(axis=-1).max() == 1
    assert [set(np.nonzero(bar)[-1].tolist()) for bar in real[0]] == [{72}, {76}, {79}, {84}]
    assert not batch.previous[0, 0].any()
    assert np.array_equal(batch.previous[0, 1:].numpy(), real[0, :-1])
    assert batch.chord.shape == (1, 4, 13)
    assert batch.chord[0, 0].tolist() == chord(0, False).tolist()


LIVE = preset("live").spec


def with_before(n: int = 12) -> tuple[Phrases, NDArray[np.bool_]]:
    """A set of phrases that knows the bar before each."""
    cells: NDArray[np.bool_] = np.random.default_rng(3).random((n, 2, 5, 5, 16, 84)) < 0.03
    data = phrases_of(cells)
    return replace(data, manifest={**data.manifest, "n_before": 1}), cells.swapaxes(1, 2)


def test_a_model_that_continues_hears_what_the_song_played_before_the_phrase_or_silence() -> None:
    data, cells = with_before(400)
    batch = at(data, LIVE)
    assert np.array_equal(batch.real.numpy() > 0, cells[:, 1:])
    before = batch.previous.numpy() > 0
    assert np.array_equal(before[:, 1:], cells[:, 1:-1])
    is_silent = ~before[:, 0].any(axis=(1, 2, 3, 4))
    assert is_silent.mean() == pytest.approx(0.25, abs=0.07)
    assert np.array_equal(before[~is_silent, 0], cells[~is_silent, 0])


def test_phrases_of_a_set_without_bars_before_come_after_silence() -> None:
    cells = some()
    batch = at(phrases_of(cells), LIVE)
    assert batch.previous[:, 0].sum() == 0
    assert np.array_equal(batch.previous.numpy()[:, 1:] > 0, cells.swapaxes(1, 2)[:, :-1])


def test_a_track_that_is_awaited_is_not_given_too() -> None:
    data, _ = with_before(600)
    batch = at(data, LIVE, awaited=0.4)
    assert (batch.given + batch.awaited).max() == 1
    assert (batch.given + batch.awaited).sum() / 600 == pytest.approx(0.7, abs=0.08)  # .5 with one, .1 with two
    assert batch.awaited.sum() / (batch.given + batch.awaited).sum() == pytest.approx(0.4, abs=0.08)
    assert at(data, LIVE, awaited=0.0).awaited.sum() == 0


def test_mismatched_phrases_are_tracks_of_two_songs() -> None:
    data, cells = with_before(40)
    batch = at(data, LIVE)
    made = mismatch(batch, 30).numpy() > 0
    own, other = cells[:30, 1:], np.roll(cells, -1, axis=0)[:30, 1:]
    kept = np.array([[np.array_equal(made[n, :, :, m], own[n, :, :, m]) for m in range(5)] for n in range(30)])
    changed = np.array([[np.array_equal(made[n, :, :, m], other[n, :, :, m]) for m in range(5)] for n in range(30)])
    assert (kept ^ changed).all()
    others = (batch.given + batch.awaited).numpy()[:30] > 0
    someone = others.any(axis=1)
    assert np.array_equal(kept[someone], others[someone])
    assert set(kept[~someone].sum(axis=1)) <= {2, 3}


def test_transposition_moves_every_note_and_no_time() -> None:
    cells = np.zeros((2, 2, 4, 5, 16, 84), np.uint8)
    cells[..., 20:60] = np.random.default_rng(0).random((2, 2, 4, 5, 16, 40)) < 0.1  # nothing near an edge
    is_drum = [track.is_drum for track in SPEC.tracks]
    moved = transpose(cells, np.array([5, -3]), is_drum)
    for phrase, shift in ((0, 5), (1, -3)):
        for track in (BASS, GUITAR, PIANO, STRINGS):
            before, after = np.argwhere(cells[phrase, :, :, track]), np.argwhere(moved[phrase, :, :, track])
            assert len(before)
            assert np.array_equal(after, before + np.array([0, 0, 0, shift]))  # plane, bar and step are the same
        assert np.array_equal(moved[phrase, :, :, DRUMS], cells[phrase, :, :, DRUMS])


def test_notes_moved_beyond_the_pitches_are_gone_not_wrapped() -> None:
    cells = np.zeros((2, 2, 1, 1, 4, 84), np.uint8)
    cells[..., 0] = cells[..., 83] = 1
    moved = transpose(cells, np.array([2, -2]), [False])
    assert set(np.nonzero(moved[0])[-1].tolist()) == {2}
    assert set(np.nonzero(moved[1])[-1].tolist()) == {81}


def test_augmented_phrases_are_in_every_key_and_each_in_one() -> None:
    cells = np.zeros((200, 2, 4, 5, 16, 84), bool)
    cells[:, 0, :, :, 0, 40] = True
    real = at(phrases_of(cells), SPEC, augment=True).real.numpy()
    keys = [set(np.nonzero(real[i, :, :, [BASS, GUITAR, PIANO, STRINGS]])[-1].tolist()) for i in range(200)]
    assert all(len(key) == 1 for key in keys)
    assert set.union(*keys) == set(range(40 + SHIFTS[0], 40 + SHIFTS[1] + 1))


def test_held_out_phrases_are_not_trained_on() -> None:
    data = phrases_of(some(), held_out=5)
    assert Batches(data, SPEC, 4).indices.tolist() == list(range(7))
    assert Batches(data, SPEC, 4, held_out=True).indices.tolist() == list(range(7, 12))


def test_two_devices_get_the_halves_of_the_batch_of_one() -> None:
    data = phrases_of(some())
    whole = Batches(data, SPEC, 6, augment=True).draw(np.random.default_rng(1)).real
    parts = [Batches(data, SPEC, 6, augment=True, part=(i, 2)).draw(np.random.default_rng(1)).real for i in range(2)]
    assert np.array_equal(np.concatenate(parts), whole)


def test_prefetched_batches_are_the_same_in_the_same_order() -> None:
    batches = Batches(phrases_of(some()), SPEC, 2)
    make = [batches.draw(np.random.default_rng(i)) for i in range(7)]
    ahead = list(prefetched(lambda i: batches.draw(np.random.default_rng(i)), range(7)))
    assert all(bool((a.real == b.real).all()) for a, b in zip(make, ahead, strict=True))


def test_what_a_model_would_hear_of_phrases_is_told_without_batches() -> None:
    cells = some()
    rolls = roll_of(phrases_of(cells), SPEC, np.array([3, 1]))
    assert np.array_equal(rolls, cells[[3, 1]].swapaxes(1, 2))


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {"tracks": (Track("flute", 73, False),)},
            "tracks must be among bass, drums, .*, those of the phrases, got flute",
        ),
        ({"beat_resolution": 6}, "beat_resolution must be 4, as in the phrases, got 6"),
        ({"n_measures": 8}, "n_measures must be 4, as in the phrases, got 8"),
        ({"lowest_pitch": 110, "n_pitches": 12}, r"pitches must be among 24\.\.107, those of the phrases, got 110"),
    ],
)
def test_phrases_that_do_not_fit_the_model_are_told_by_field(changes: dict[str, Any], text: str) -> None:
    with pytest.raises(BatchesError, match=text):
        Batches(phrases_of(some()), replace(SPEC, **changes), 2)


def test_no_phrases_or_too_few_are_told() -> None:
    with pytest.raises(BatchesError, match="the set of phrases is empty"):
        Batches(phrases_of(some()[:0]), SPEC, 1)
    with pytest.raises(BatchesError, match="batch must be at most 7, the phrases that are not held out, got 8"):
        Batches(phrases_of(some(), held_out=5), SPEC, 8)
    with pytest.raises(BatchesError, match="batch must be a multiple of 2, the number of devices, got 3"):
        Batches(phrases_of(some()), SPEC, 3, part=(0, 2))
