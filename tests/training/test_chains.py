"""Phrases that go on from bars of the band's own, step after step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from musegan_models.networks import Generator, draw_z
from musegan_models.presets import preset
from musegan_models.spec import ModelSpec
from musegan_train.data import phrases as phrase_sets
from musegan_train.data.phrases import Phrases, describe_spec, pack, save
from musegan_train.fit import chains, devices
from musegan_train.fit.batches import Batch, Batches
from musegan_train.fit.chains import N_BARS, RESTARTS, Choice, choose, go_on, last_bars, silence
from musegan_train.fit.config import Config, config_from_recipe
from musegan_train.fit.fit import fit
from musegan_train.fit.generate import roll_out
from musegan_train.fit.stages import stages_of
from musegan_train.fit.state import CHECKPOINT, preset_of, start
from musegan_train.fit.trainer import Trainer

BASS = 0
GO_ON = Choice(torch.tensor([3, 5]), torch.tensor([False, False]))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty phrases of random notes."""
    spec, path = ModelSpec("data"), tmp_path_factory.mktemp("data") / "phrases"
    cells = np.random.default_rng(0).random((20, 2, 4, *spec.bar_shape[1:])) < 0.02
    cells[:, 1] &= ~cells[:, 0]
    packed = pack(cells)
    manifest = {**describe_spec(spec), "songs": [{"md5": f"{i}"} for i in range(20)]}
    save(path, Phrases(packed[:, 0], packed[:, 1], np.arange(20, dtype=np.int32), np.arange(20) >= 16, manifest))
    return path


def config(data: Path, **changes: Any) -> Config:
    small = {"steps": 1, "batch": 4, "width": 0.0625, "own_before": 0.5, "dropout": 1.0, "both": 0.0,
             "accelerator": "cpu", "match": 0.0}  # fmt: skip
    return config_from_recipe(data, phrase_sets.load(data).manifest, "live", **{**small, **changes})


def batch_of(spec: ModelSpec) -> Batch:
    """Return four phrases of songs; in the last one somebody else plays the bass."""
    bars = (torch.rand(4, 5, *spec.bar_shape, generator=torch.Generator().manual_seed(0)) < 0.1).float()
    given = torch.zeros(4, spec.n_tracks)
    given[3, BASS] = 1
    return Batch(bars[:, 1:], given, bars[:, :-1].clone(), None, torch.zeros_like(given))


def bars_of(spec: ModelSpec) -> Tensor:
    return (torch.rand(N_BARS, *spec.bar_shape, generator=torch.Generator().manual_seed(1)) < 0.1).to(torch.uint8)


def before(batch: Batch) -> Tensor:
    assert batch.previous is not None
    return batch.previous[:, 0]


def test_the_last_phrases_go_on_from_bars_of_the_band_and_of_the_song_what_somebody_else_plays() -> None:
    spec = preset("live").spec
    batch, bars = batch_of(spec), bars_of(spec)
    played, places = go_on(bars, batch, GO_ON)
    assert places.tolist() == [3, N_BARS // 2 + 5]  # alone, and beside somebody
    assert torch.equal(before(played)[:2], before(batch)[:2])
    assert torch.equal(before(played)[2], bars[3].float())
    assert torch.equal(before(played)[3, :, 1:], bars[N_BARS // 2 + 5, :, 1:].float())
    assert torch.equal(before(played)[3, :, BASS], before(batch)[3, :, BASS])
    assert played.previous is not None
    assert batch.previous is not None
    assert torch.equal(played.previous[:, 1:], batch.previous[:, 1:])
    assert played.own is not None
    assert played.own.tolist() == [False, False, True, True]


def test_an_awaited_track_keeps_its_song_too() -> None:
    spec = preset("live").spec
    batch, bars = batch_of(spec), bars_of(spec)
    assert batch.given is not None
    batch = batch._replace(given=torch.zeros_like(batch.given), awaited=batch.given)
    played, places = go_on(bars, batch, GO_ON)
    assert places.tolist() == [3, N_BARS // 2 + 5]
    assert torch.equal(before(played)[3, :, BASS], before(batch)[3, :, BASS])


def test_a_chain_that_begins_anew_begins_after_the_song() -> None:
    spec = preset("live").spec
    batch = batch_of(spec)
    played, _ = go_on(bars_of(spec), batch, GO_ON._replace(restarts=torch.tensor([True, False])))
    assert torch.equal(before(played)[2], before(batch)[2])
    assert not torch.equal(before(played)[3], before(batch)[3])
    assert played.own is not None
    assert played.own.tolist() == [False, False, False, True]


def test_a_quarter_of_the_phrases_begins_anew_and_no_bar_is_taken_twice() -> None:
    drawn = [choose(100, torch.Generator().manual_seed(i)) for i in range(40)]
    assert all(len(set(choice.entries.tolist())) == 100 for choice in drawn)
    assert all(choice.entries.max() < N_BARS // 2 for choice in drawn)
    share = torch.stack([choice.restarts for choice in drawn]).float().mean().item()
    assert share == pytest.approx(RESTARTS, abs=0.03)
    assert torch.equal(choose(100, torch.Generator().manual_seed(3)).entries, drawn[3].entries)


def test_what_is_kept_is_the_last_bar_as_it_is_heard_and_what_others_played_in_it() -> None:
    torch.manual_seed(0)
    generator = Generator(preset("live", band="small", width=0.1), [0.4] * 10).eval().requires_grad_(False)
    batch = batch_of(generator.spec)
    made, _ = roll_out(generator, batch, draw_z(generator.spec, 4, generator=torch.Generator().manual_seed(0)))
    kept = last_bars(generator, batch, made, 2)
    assert kept.dtype == torch.uint8
    assert set(kept.flatten().tolist()) == {0, 1}
    assert torch.equal(kept[1, :, BASS], batch.real[3, -1, :, BASS].to(torch.uint8))
    sure = made[2:, -1, 0, 1:] > 0.9  # there are no levels yet: what is sure is heard
    assert (kept[:, 0, 1:][sure] == 1).all()


def test_a_phrase_goes_on_where_the_one_before_ended_whichever_network_learned(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = config(data)
    stages = stages_of(wanted, preset_of(wanted).spec)
    fabric = devices.launch(wanted)
    state = start(wanted, fabric.device, [0.05] * 10, [0.5] * 5)
    batches = Batches(phrase_sets.load(data), state.generator.spec, 4, dropout=1, both=0)
    played: list[Tensor] = []
    ended: list[Tensor] = []

    def note(bars: Tensor, batch: Batch, choice: Choice) -> tuple[Batch, Tensor]:
        result = go_on(bars, batch, choice)
        played.append(before(result[0])[2:])
        return result

    def keep(generator: Generator, batch: Batch, made: Tensor, n: int) -> Tensor:
        ended.append(last_bars(generator, batch, made, n))
        return ended[-1]

    monkeypatch.setattr(chains, "choose", lambda n, noise: Choice(torch.arange(n), torch.zeros(n, dtype=torch.bool)))
    monkeypatch.setattr(chains, "go_on", note)
    monkeypatch.setattr(chains, "last_bars", keep)
    Trainer(wanted, stages, {stages[0]: batches}, state, fabric).step()  # the critic's update, and the generator's
    assert [len(bars) for bars in played] == [2, 2]
    assert not played[0].any()  # a run begins with silence
    assert ended[0].any()
    assert torch.equal(played[1], ended[0].float())
    assert torch.equal(state.bars[:2], ended[1])
    assert not state.bars[2:].any()


def test_a_checkpoint_of_before_there_were_chains_goes_on_with_silence(data: Path, tmp_path: Path) -> None:
    list(fit(tmp_path, config(data)))
    old = torch.load(tmp_path / CHECKPOINT, weights_only=True)
    assert old["bars"].shape == silence(preset("live").spec, torch.device("cpu")).shape
    assert old["bars"].any()
    del old["bars"]
    torch.save(old, tmp_path / CHECKPOINT)
    assert [stats["step"] for stats in fit(tmp_path, config(data, steps=2))] == [2]


def test_every_process_keeps_the_bars_of_all(data: Path, tmp_path: Path) -> None:
    options = ["--preset", "live", "--width", "0.0625", "--steps", "2", "--batch", "8", "--own-before", "0.5",
               "--dropout", "1", "--both", "0", "--mismatched", "0", "--checkpoint-every", "1"]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "musegan_train", "fit", str(data), "-o", str(tmp_path), *options, "--accelerator",
         "cpu", "--devices", "2"],
        capture_output=True, text=True, timeout=240, env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["step"] for line in (tmp_path / "stats.jsonl").read_text().splitlines()] == [1, 2]
    bars = torch.load(tmp_path / CHECKPOINT, weights_only=True)["bars"]
    assert 12 <= bars.flatten(1).any(dim=1).sum() <= 16  # four of each of four updates, but for chance
