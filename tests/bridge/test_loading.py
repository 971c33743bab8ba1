"""A band loaded beside one that plays: ready when it comes, or an error that says why it does not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from musegan_bridge.stage.loading import LoadError, available, check_change, default_folders, find, load
from musegan_models import bundle as bundles
from musegan_models.model import Model, draw_latents

PRETRAINED = bundles.pretrained()


def copy(source: Path, target: Path) -> Path:
    target.mkdir(parents=True)
    for file in source.iterdir():
        (target / file.name).write_bytes(file.read_bytes())
    return target


def test_a_band_is_loaded_beside_one_that_plays_and_changes_nothing_of_it() -> None:
    def bars(model: Model) -> list[bytes]:
        phrase = model.begin(draw_latents(model.spec, np.random.default_rng(7)))
        return [model.bar(phrase, i % model.spec.n_measures).tobytes() for i in range(100)]

    model = Model(bundles.load(PRETRAINED))
    alone = bars(model)
    with ThreadPoolExecutor(1) as worker, ThreadPoolExecutor(1) as loader:
        future = loader.submit(load, PRETRAINED)
        beside = worker.submit(bars, model).result()
        loaded = future.result()
    assert beside == alone
    assert bars(loaded.model) == alone  # the same bundle: the same band
    assert (loaded.name, loaded.path, loaded.model.provider) == ("lakh-live", PRETRAINED, "CPUExecutionProvider")
    assert 0 < loaded.seconds < 60
    assert loaded.density is not None
    assert loaded.density.spec == loaded.model.spec


def test_what_is_no_band_is_told_and_nothing_else_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LoadError, match="is not a folder"):
        load(tmp_path / "nowhere")
    cut = copy(PRETRAINED, tmp_path / "cut")
    (cut / "bar_generator.onnx").write_bytes(b"no")
    with pytest.raises(LoadError, match="is cut short"):
        load(cut)
    bundles.write_spec(cut, bundles.load(PRETRAINED).spec)
    with pytest.raises(LoadError, match="onnxruntime cannot read it"):
        load(cut)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(Model, "bar", fail)
    with pytest.raises(LoadError, match=r"lakh-live: it loads, but makes no bar: out of memory"):
        load(PRETRAINED)


def test_only_a_band_of_the_same_tracks_can_take_over() -> None:
    playing = bundles.load(PRETRAINED).spec
    check_change(playing, bundles.load(bundles.pretrained("lakh-five")).spec)
    check_change(playing, replace(playing, n_measures=8, beat_resolution=12, lowest_pitch=36, n_pitches=48))
    for tracks in (playing.tracks[:4], playing.tracks[::-1]):
        with pytest.raises(LoadError, match=r"quartet plays .*, and lakh-live bass, drums, guitar, piano, strings: a"):
            check_change(playing, replace(playing, name="quartet", tracks=tracks))


def test_bundles_are_listed_with_what_is_wrong_with_them(tmp_path: Path) -> None:
    copy(PRETRAINED, tmp_path / "mine")
    (copy(PRETRAINED, tmp_path / "broken") / "bar_generator.onnx").unlink()
    (tmp_path / "no-bundle").mkdir()
    found = {entry.name: entry for entry in available([tmp_path, *default_folders(), tmp_path / "nowhere"])}
    assert sorted(found) == list(found) == ["broken", "lakh-five", "lakh-live", "mine"]
    assert "bar_generator.onnx is missing" in found["broken"].problem
    assert found["broken"].spec is None
    mine = found["mine"]
    assert mine.spec is not None
    assert (mine.spec.name, mine.path, mine.problem) == ("lakh-live", tmp_path / "mine", "")


def test_a_bundle_is_found_by_name_in_the_first_folder_that_has_it_else_by_path(tmp_path: Path) -> None:
    own = copy(PRETRAINED, tmp_path / "sets" / "lakh-five")
    assert find("lakh-five", default_folders()) == bundles.pretrained("lakh-five")
    assert find("lakh-five", [tmp_path / "sets", *default_folders()]) == own
    assert find(str(own), default_folders()) == own
    for name in ("polka", ""):
        with pytest.raises(LoadError, match=rf"no bundle '{name}'; there is: lakh-five, lakh-live; or give the path"):
            find(name, default_folders())
