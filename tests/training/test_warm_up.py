"""Bars of the band's own before the phrases that it learns on."""

from __future__ import annotations

import numpy as np
import torch

from musegan_models.networks import Generator, draw_z
from musegan_models.presets import preset
from musegan_train.fit.batches import Batch
from musegan_train.fit.generate import warm_up


def test_the_last_phrases_come_after_a_bar_of_the_band_and_of_the_song_what_somebody_else_plays() -> None:
    torch.manual_seed(0)
    generator = Generator(preset("live", band="small", width=0.1), [0.4] * 10).eval().requires_grad_(False)
    spec, rng = generator.spec, np.random.default_rng(0)
    bars = torch.from_numpy((rng.random((4, 5, *spec.bar_shape)) < 0.1).astype(np.float32))
    given = torch.zeros(4, spec.n_tracks)
    given[2, 0] = 1
    batch = Batch(bars[:, 1:], given, bars[:, :-1].clone(), None, torch.zeros_like(given))
    z = draw_z(spec, 4, generator=torch.Generator().manual_seed(0))
    played = warm_up(generator, batch, z, 2).previous
    assert played is not None
    assert batch.previous is not None
    torch.testing.assert_close(played[:2], batch.previous[:2])
    torch.testing.assert_close(played[:, 1:], batch.previous[:, 1:])
    torch.testing.assert_close(played[2, 0, :, 0], batch.previous[2, 0, :, 0])
    own = played[2:, 0, :, 1:]
    assert set(own.flatten().tolist()) == {0.0, 1.0}
    assert not torch.equal(own, batch.previous[2:, 0, :, 1:])


def test_none_of_them_is_the_batch_itself() -> None:
    generator = Generator(preset("live", band="small", width=0.1)).eval()
    bars = torch.zeros(1, 4, *generator.spec.bar_shape)
    batch = Batch(bars, None, bars)
    assert warm_up(generator, batch, {}, 0) is batch
