"""How a band is let play where it is measured: what it hears, and what of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from musegan_models.model import Latents
from musegan_models.notes import running
from musegan_models.spec import TRACKS, ModelSpec
from musegan_train.data.phrases import Phrases, describe_spec, pack
from musegan_train.measure.play import CHAIN, Lead, Take, play
from musegan_train.measure.references import Reference

FloatArray = NDArray[np.float32]
BASS, DRUMS, GUITAR, PIANO, STRINGS = range(5)
SPEC = ModelSpec(
    "walker",
    tracks=tuple(replace(track, is_monophonic=track.name == "bass") for track in TRACKS),
    hears_previous=True,
    continues=True,
    anticipates=True,
)


class Call(NamedTuple):
    """What a band was told."""

    n: int
    condition: FloatArray | None
    given: FloatArray | None
    awaited: FloatArray | None
    before: FloatArray | None


class Walker:
    """Each track of it plays one note a bar, a step higher than in the bar before; the bass two, the lower one surer.

    After silence it starts where the first number of z says.
    """

    def __init__(self, spec: ModelSpec = SPEC) -> None:
        self.spec = spec
        self.calls: list[Call] = []

    def phrase(
        self,
        latents: Latents,
        condition: FloatArray | None = None,
        given: FloatArray | None = None,
        chord: FloatArray | None = None,
        awaited: FloatArray | None = None,
        before: FloatArray | None = None,
    ) -> FloatArray:
        n, spec = len(latents.shared), self.spec
        self.calls.append(Call(n, condition, given, awaited, before))
        made = np.zeros((n, spec.n_measures, *spec.bar_shape), np.float32)
        start = 5 + (np.abs(latents.shared[:, 0]) * 10).astype(int) % 10
        for phrase in range(n):
            for track in range(spec.n_tracks):
                pitch = int(start[phrase])
                if before is not None and before[phrase].any():
                    pitch = int(before[phrase, 0, track].any(axis=0).argmax()) + 1
                for bar in range(spec.n_measures):
                    made[phrase, bar, 0, track, 0, (pitch + bar) % 84] = 0.9
                    if track == BASS:
                        made[phrase, bar, 0, track, 0, 83] = 0.6
        return made


def songs(n: int = 9, n_before: int = 1) -> Phrases:
    """Return held-out phrases, no two bars alike; the first one begins its song."""
    planes = np.random.default_rng(5).random((n, 2, n_before + 4, 5, 16, 84)) < 0.02
    planes[:, 1] = running(planes[:, 0], planes[:, 1] & ~planes[:, 0])
    planes[0, :, :n_before] = False
    manifest = {**describe_spec(ModelSpec("songs")), "n_before": n_before, "songs": [{}]}
    held_out = np.ones(n, bool)
    return Phrases(pack(planes[:, 0]), pack(planes[:, 1]), np.zeros(n, np.int32), held_out, manifest)


def takes(band: Walker, data: Phrases, lead: Lead | None = None, batch: int = 50) -> Iterator[Take]:
    return play(band, Reference(data, band.spec), np.arange(len(data)), lead, batch, np.random.default_rng(0))


def test_alone_a_band_goes_on_from_its_own_last_bar_for_a_chain() -> None:
    band = Walker()
    (take,) = takes(band, songs(9))
    assert [call.n for call in band.calls] == [2] * CHAIN  # of two chains nine phrases are kept
    assert band.calls[0].before is not None
    assert not band.calls[0].before.any()
    assert len(take.raw.onset) == 9
    for onset, before in zip(take.raw.onset[:, :, PIANO], np.asarray(take.raw.before)[:, PIANO], strict=True):
        pitches = onset.any(axis=1).argmax(axis=1)
        assert np.diff(pitches).tolist() == [1, 1, 1]
        if before.any():
            assert before.any(axis=0).argmax() == pitches[0] - 1


def test_a_show_that_begins_follows_upon_silence() -> None:
    (take,) = takes(Walker(), songs(16))
    assert sum(not bar.any() for bar in np.asarray(take.raw.before)) == 2


def test_a_band_hears_itself_tidied_and_both_takes_are_kept() -> None:
    band = Walker()
    (take,) = takes(band, songs(8))
    assert take.raw.onset[:, :, BASS].sum(axis=(2, 3)).tolist() == [[2] * 4] * 8
    assert take.tidied.onset[:, :, BASS].sum(axis=(2, 3)).tolist() == [[1] * 4] * 8
    np.testing.assert_array_equal(take.raw.onset[:, :, 1:], take.tidied.onset[:, :, 1:])
    heard = band.calls[1].before
    assert heard is not None
    assert heard[:, 0, BASS].sum() == len(heard)
    assert {int(bar[BASS].sum()) for bar in np.asarray(take.raw.before)} == {0, 2}
    assert {int(bar[BASS].sum()) for bar in np.asarray(take.tidied.before)} == {0, 1}


@pytest.mark.parametrize("awaited", [False, True])
def test_with_a_lead_a_band_hears_its_own_bar_before_and_the_real_lead(awaited: bool) -> None:
    band, data = Walker(), songs(6)
    (take,) = takes(band, data, Lead(GUITAR, awaited))
    first, second = band.calls
    real = data.unpack_with_before(np.arange(6)).astype(bool)
    lead = np.eye(5, dtype=np.float32)[[GUITAR] * 6]
    for call in band.calls:
        assert call.given is not None
        np.testing.assert_array_equal(call.given, 0 * lead if awaited else lead)
        if awaited:
            np.testing.assert_array_equal(call.awaited, lead)
        else:
            assert call.awaited is None or not call.awaited.any()
    assert first.condition is not None
    assert second.condition is not None
    assert second.before is not None
    assert first.before is None
    for bar in range(4):  # first the lead plays the bar before, again and again, and nobody else is heard
        np.testing.assert_array_equal(first.condition[:, bar, :, GUITAR], real[:, :, 0, GUITAR])
    assert not np.delete(first.condition, GUITAR, axis=3).any()
    np.testing.assert_array_equal(second.condition[:, :, :, GUITAR], real[:, :, 1:, GUITAR].swapaxes(1, 2))
    np.testing.assert_array_equal(second.before[:, :, GUITAR], real[:, :, 0, GUITAR])
    assert second.before[1:, 0, PIANO].sum(axis=(1, 2)).tolist() == [1] * 5  # of the band, not of the song
    assert second.before[1:, 0, BASS].sum(axis=(1, 2)).tolist() == [1] * 5  # tidied
    np.testing.assert_array_equal(take.raw.onset[:, :, GUITAR], real[:, 0, 1:, GUITAR])
    np.testing.assert_array_equal(take.tidied.sustain[:, :, GUITAR], real[:, 1, 1:, GUITAR])
    np.testing.assert_array_equal(np.asarray(take.raw.before)[:, GUITAR], real[:, :, 0, GUITAR].any(axis=1))


def test_where_a_song_begins_the_band_hears_silence() -> None:
    band = Walker()
    (take,) = takes(band, songs(3), Lead(DRUMS))
    assert band.calls[1].before is not None
    assert not band.calls[1].before[0].any()
    assert not np.asarray(take.raw.before)[0].any()


def test_a_lead_stays_as_it_was_played_where_the_band_is_tidied() -> None:
    data = songs(4)
    (take,) = takes(Walker(), data, Lead(BASS))
    np.testing.assert_array_equal(take.tidied.onset[:, :, BASS], data.unpack(np.arange(4))[:, 0, :, BASS])


def test_phrases_without_bars_before_are_played_from_silence() -> None:
    band = Walker()
    (take,) = takes(band, songs(3, n_before=0), Lead(DRUMS))
    assert len(band.calls) == 1
    assert take.raw.before is None


def test_a_band_that_cannot_go_on_plays_phrase_after_phrase() -> None:
    band = Walker(ModelSpec("jumper"))
    first, second = takes(band, songs(5), batch=3)
    assert [call.before for call in band.calls] == [None, None]
    before = np.concatenate([np.asarray(take.raw.before) for take in (first, second)])
    onset = np.concatenate([take.raw.onset for take in (first, second)])
    assert not before[0].any()
    np.testing.assert_array_equal(before[1:], onset[:-1, -1])
