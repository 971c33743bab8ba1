"""A band that continues and anticipates, as the `live` preset has it: untrained, and small."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from musegan_models import bundle as bundles
from musegan_models.model import Model, draw_latents


@pytest.fixture(scope="session")
def live_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return its folder. One cell in fifty starts a note, one in ten sustains one."""
    import torch  # here: the rest of these tests can do without

    from musegan_models.networks import Generator
    from musegan_models.presets import preset
    from musegan_train.export.graphs import write_networks

    torch.manual_seed(1)
    generator = Generator(preset("live", band="untrained", width=0.1)).eval().requires_grad_(False)
    generator.fold()
    path = tmp_path_factory.mktemp("bundles") / "untrained"
    path.mkdir()
    write_networks(generator, path)
    (path / bundles.CARD_FILE).write_text("# untrained\n", encoding="utf-8")
    bundles.write_spec(path, generator.spec)
    for _ in range(4):  # what it hears of itself depends on the thresholds, and what it plays on that
        model = Model(bundles.load(path))
        made = model.phrase(draw_latents(model.spec, np.random.default_rng(1), 8))
        onset = np.quantile(made, 0.98, axis=(0, 1, 4, 5))[0]
        sustain = np.quantile(made, 0.9, axis=(0, 1, 4, 5))[1].clip(0.01)  # drums have none
        tracks = tuple(
            replace(track, onset_threshold=float(onset[i]), sustain_threshold=float(sustain[i]))
            for i, track in enumerate(model.spec.tracks)
        )
        bundles.write_spec(path, replace(model.spec, tracks=tracks))
    return path
