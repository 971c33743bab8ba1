"""From a run of any preset to a band that plays: what an export proves, and what it refuses."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import matplotlib.image
import numpy as np
import pytest
import torch
from click.testing import CliRunner
from tests.conftest import Band, Client

from musegan_bridge.cli import main as bridge
from musegan_models import bundle as bundles
from musegan_models.model import Model, draw_latents
from musegan_models.networks import share_of_lasting
from musegan_models.notes import binarize
from musegan_models.spec import TRACKS, ModelSpec
from musegan_train.cli import main as train
from musegan_train.data import phrases
from musegan_train.export import card
from musegan_train.export.export import TOLERANCE, check_parity
from musegan_train.export.quantise import PrecisionError, compare_precision
from musegan_train.export.thresholds import choose_thresholds, levels_of
from musegan_train.fit.batches import Batches
from musegan_train.fit.config import config_from_recipe
from musegan_train.fit.fit import fit
from musegan_train.fit.run import load_average

# One of each kind: private and shared nets, encoder, refiner, phrase encoder, no temporal generator, chord.
PRESETS = ("live", "jamming-bar", "binary", "v3-accompaniment", "midinet")
SONGS, PHRASES = 4, 16


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of phrases in which every track plays C, E or G on the beats."""
    spec, rng = ModelSpec("data"), np.random.default_rng(0)
    onset = np.zeros((PHRASES, 4, *spec.bar_shape[1:]), bool)
    sustain = np.zeros_like(onset)
    for *place, beat in np.ndindex(PHRASES, 4, 5, 4):
        pitch = 24 + rng.choice([0, 4, 7])
        onset[*place, 4 * beat, pitch] = True
        if not TRACKS[place[-1]].is_drum:
            sustain[*place, 4 * beat + 1 : 4 * beat + 3, pitch] = True
    song = np.arange(PHRASES, dtype=np.int32) % SONGS
    songs = [{"md5": f"{i:032x}", "path": f"{i}.mid", "held_out": i == 0} for i in range(SONGS)]
    manifest = phrases.describe_spec(spec) | {"songs": songs, "dropped": [], "rules": {}}
    path = tmp_path_factory.mktemp("data") / "phrases"
    phrases.save(path, phrases.Phrases(phrases.pack(onset), phrases.pack(sustain), song, song == 0, manifest))
    return path


@pytest.fixture(scope="module")
def make_run(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    made: dict[str, Path] = {}

    def make(preset: str) -> Path:
        if preset not in made:
            run = tmp_path_factory.mktemp("runs") / preset
            config = config_from_recipe(data, phrases.load(data).manifest, preset, width=0.1, steps=1, batch=4)
            config = replace(config, n_critic=1, burst=0, second_stage="none", second_steps=0)
            assert list(fit(run, config))
            made[preset] = run
        return made[preset]

    return make


@pytest.fixture(scope="module")
def make_bundle(
    make_run: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], tuple[Path, str]]:
    """Return the bundle of a preset, and what the export said."""
    made: dict[str, tuple[Path, str]] = {}

    def make(preset: str) -> tuple[Path, str]:
        if preset not in made:
            path = tmp_path_factory.mktemp("bundles") / preset
            made[preset] = (path, export(make_run(preset), path))
        return made[preset]

    return make


def export(run: Path, bundle: Path, *options: str, code: int = 0) -> str:
    result = CliRunner().invoke(train, ["export-onnx", str(run), "-o", str(bundle), "--phrases", "4", *options])
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize("preset", PRESETS)
def test_a_run_of_every_kind_becomes_a_bundle_that_onnxruntime_plays_like_torch(
    preset: str,
    data: Path,
    make_run: Callable[[str], Path],
    make_bundle: Callable[[str], tuple[Path, str]],
    tmp_path: Path,
) -> None:
    bundle, said = make_bundle(preset)
    assert "parity: torch and onnxruntime differ by at most" in said
    assert "bar_generator.onnx" in said
    assert "a bar takes" in said
    _, generator, _ = load_average(make_run(preset))
    if generator.levels is not None:  # they are settled for the export
        choose_thresholds(generator, Batches(phrases.load(data), generator.spec, 1), 4)
        generator.levelled = True
    for n in (1, 5):
        assert check_parity(generator, bundle, n) <= TOLERANCE
    spec = bundles.load(bundle).spec
    assert spec.preset == preset
    picture = f"]({card.SAMPLES_FILE})" in (bundle / bundles.CARD_FILE).read_text("utf-8")
    assert picture == (bundle / card.SAMPLES_FILE).is_file() == (spec.condition_track is None)
    out = tmp_path / "out.mid"
    made = CliRunner().invoke(bridge, ["generate", str(out), "--bars", "5", "--seed", "1", "--bundle", str(bundle)])
    assert made.exit_code == 0, made.output
    again = tmp_path / "again.mid"
    CliRunner().invoke(bridge, ["generate", str(again), "--bars", "5", "--seed", "1", "--bundle", str(bundle)])
    assert out.read_bytes() == again.read_bytes()
    followed = ["generate", str(again), "--bars", "5", "--seed", "1", "--bundle", str(bundle), "--follow", str(out)]
    if any(spec.has_chord or t.name == (spec.condition_track or "piano") for t in spec.tracks):
        answer = CliRunner().invoke(bridge, followed)
        assert answer.exit_code == 0 or "has no note" in answer.output, answer.output


@pytest.mark.parametrize("preset", ["midinet", "v3-accompaniment", "jamming-bar"])
def test_a_server_plays_bands_of_any_kind(
    preset: str,
    make_bundle: Callable[[str], tuple[Path, str]],
    start_band: Callable[..., Band],
    connect: Callable[[Band], Client],
) -> None:
    bundle, _ = make_bundle(preset)
    spec = bundles.load(bundle).spec
    client = connect(start_band(options=["--bundle", str(bundle)]))
    client.send("/musegan/hello")
    assert client.wait_for("/musegan/hello/reply").args[3:6] == [" ".join(spec.track_names), 4, spec.n_measures]
    client.send("/musegan/subscribe", "bar")
    client.send("/musegan/in/note", 60, 90)
    first, _ = client.bar()
    second, _ = client.bar()
    assert int(str(second.args[0])) == int(str(first.args[0])) + 1


def test_a_network_says_nothing_of_the_machine_that_wrote_it(make_bundle: Callable[[str], tuple[Path, str]]) -> None:
    bundle, _ = make_bundle("live")
    for folder in (bundle, bundles.pretrained("lakh-live"), bundles.pretrained("lakh-five")):
        for file in folder.glob("*.onnx"):
            assert b"networks.py" not in file.read_bytes(), file


def test_the_card_shows_what_the_band_plays_from_eight_seeds(
    make_bundle: Callable[[str], tuple[Path, str]], make_run: Callable[[str], Path], tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle"
    shutil.copytree(make_bundle("jamming-bar")[0], bundle)
    assert (bundle / card.SAMPLES_FILE).stat().st_size < 150_000
    height, width, _ = matplotlib.image.imread(bundle / card.SAMPLES_FILE).shape
    assert min(height, width) > 300
    (bundle / card.SAMPLES_FILE).write_bytes(b"of an earlier band")
    export(make_run("jamming-bar"), bundle)
    assert (bundle / card.SAMPLES_FILE).read_bytes().startswith(b"\x89PNG")
    card.write(bundle, bundles.load(bundle).spec)  # as `evaluate --update` does
    assert "none left out" in (bundle / bundles.CARD_FILE).read_text("utf-8")
    bundles.load(bundle)


def test_thresholds_follow_the_rule_that_was_asked_for(
    data: Path, make_run: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, generator, _ = load_average(make_run("jamming-bar"))
    spec = generator.spec
    batches = Batches(phrases.load(data), spec, 1)
    assert {t.onset_threshold for t in choose_thresholds(generator, batches, 4, "half")} == {0.5}
    monkeypatch.setattr("musegan_train.export.thresholds._LEAST", 0.0)  # one step of training is less sure than that
    tracks = choose_thresholds(generator, batches, 32)
    wanted = batches.draw(np.random.default_rng(0)).real.mean(dim=(0, 1, 2, 4, 5)).numpy()
    assert all(0 <= t.onset_threshold <= 0.9 for t in tracks)
    assert wanted.shape == (spec.n_tracks,)
    with pytest.raises(ValueError, match="thresholds must be one of density, half, got 'loud'"):
        choose_thresholds(generator, batches, 4, "loud")


def test_levels_are_where_notes_begin_and_last_as_often_as_they_shall() -> None:
    logits = torch.randn(20, 4, 2, 2, 16, 84, generator=torch.Generator().manual_seed(0)) - torch.tensor(
        [1.0, 3.0]
    ).reshape(2, 1, 1, 1)
    density, lasting = torch.tensor([0.01, 0.05]), torch.tensor([0.6, 0.0])
    found = levels_of(logits, density, lasting)
    onset = logits[:, :, 0] > found[0, :, None, None]
    np.testing.assert_allclose(onset.float().mean(dim=(0, 1, 3, 4)), density, rtol=0.01)
    share, has_notes = share_of_lasting(onset, logits[:, :, 1] > found[1, :, None, None])
    assert (share * has_notes).sum(dim=(0, 1))[0] / has_notes.sum(dim=(0, 1))[0] == pytest.approx(0.6, abs=0.01)
    assert found[1, 1] == 0  # drums do not last


def test_binary_neurons_decide_at_one_half(make_bundle: Callable[[str], tuple[Path, str]]) -> None:
    spec = bundles.load(make_bundle("binary")[0]).spec
    assert {t.onset_threshold for t in spec.tracks} == {0.5}


def test_a_lower_precision_that_changes_notes_or_takes_longer_is_refused(
    make_bundle: Callable[[str], tuple[Path, str]], tmp_path: Path
) -> None:
    path, _ = make_bundle("jamming-bar")
    model = Model(bundles.load(path))
    latents = draw_latents(model.spec, np.random.default_rng(0), 32)
    middle = float(np.median(model.phrase(latents)))
    loud = replace(
        model.spec, tracks=tuple(replace(t, onset_threshold=min(0.99, max(0.01, middle))) for t in model.spec.tracks)
    )
    other = tmp_path / "other"
    shutil.copytree(path, other)
    bundles.write_spec(other, loud)
    changed = Model(bundles.load(other))
    if np.array_equal(binarize(model.phrase(latents), model.spec), binarize(changed.phrase(latents), loud)):
        pytest.skip("this random network is silent at any threshold")
    with pytest.raises(PrecisionError, match="cells of 32 phrases change: the bundle stays in fp32"):
        compare_precision(model, changed, "fp16")
