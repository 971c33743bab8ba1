"""The presets: the sizes and shapes that the papers and their code have (counts: batch norm as gain and bias)."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from musegan_models.blocks import Conv, TransposedConv
from musegan_models.critic import Critic, StreamNets
from musegan_models.networks import Generator, draw_z
from musegan_models.presets import BINARY_TRACKS, PRESETS, preset
from musegan_models.spec import SpecError
from musegan_models.tables import Preset


def count(*modules: nn.Module | None) -> int:
    return sum(p.numel() for module in modules if module is not None for p in module.parameters())


def binary(name: str) -> Preset:
    """Return a preset with the eight tracks of its paper, and its onset stream as its code has it."""
    made = preset(name, tracks=BINARY_TRACKS)
    return replace(made, critic=replace(made.critic, onsets="signed"))


@pytest.mark.parametrize(
    ("name", "parameters"), [("hybrid", 1_228_481), ("jamming", 1_228_481), ("hybrid-bar", 1_228_481)]
)
def test_a_private_bar_generator_has_as_many_parameters_as_the_papers(name: str, parameters: int) -> None:
    assert count(Generator(preset(name)).bar_generator) == 5 * parameters


def test_the_aaai_networks_have_as_many_parameters_as_the_papers() -> None:
    hybrid, composer, jamming = (Generator(preset(name)) for name in ("hybrid", "composer", "jamming"))
    assert count(composer.bar_generator) == 1_231_557
    assert hybrid.temporal_generator is not None
    assert count(hybrid.temporal_generator.shared) == 167_008
    assert count(hybrid.temporal_generator) == 6 * 167_008  # one shared and five private, as the paper says
    assert count(composer.temporal_generator) == 330_944
    assert jamming.temporal_generator is not None
    assert count(jamming.temporal_generator.private) == 5 * 330_944
    assert count(hybrid) == 7_144_453
    assert count(composer) == 1_562_501
    # The code's hybrid and jamming share one temporal generator among the tracks.
    assert count(hybrid) - 5 * 167_008 == 6_309_413
    assert count(jamming) - 4 * 330_944 == 6_473_349


def test_a_conditional_bar_generator_hears_sixteen_channels_more() -> None:
    made = Generator(preset("hybrid-conditional"))
    assert count(made.bar_generator) == 4 * 1_278_849
    assert count(made.bar_encoder) == 5_136


def test_the_aaai_critics_have_as_many_parameters_as_the_papers() -> None:
    assert count(Critic(preset("hybrid-bar"))) == 3_336_961
    phrase = Critic(preset("hybrid"))
    assert count(phrase.streams) == 713_472
    project = count(next(part for part in phrase.heads.modules() if isinstance(part, Conv)))
    assert project == 2560 * 128 + 128
    assert count(phrase.heads) - project == 461_441


def test_the_v2_networks_have_as_many_parameters_as_their_code() -> None:
    hybrid, jamming, composer = (Generator(preset(f"{name}-v2")) for name in ("hybrid", "jamming", "composer"))
    assert count(hybrid.bar_generator) == 5 * 860_291
    assert (count(hybrid), count(jamming), count(composer)) == (4_561_615, 4_723_535, 2_995_151)


def test_binary_musegan_has_as_many_parameters_as_its_paper() -> None:
    generator = Generator(binary("binary"))
    assert count(generator.refiner) == 76_848
    assert count(generator) - 76_848 == 1_580_440
    names = ("binary", "binary-ablated-1", "binary-ablated-2")
    critics = [count(Critic(binary(name))) for name in names]
    assert critics == [2_155_297, 1_811_329, 3_016_449]
    sums = [1_580_440 + critic for critic in critics]
    assert sums == [3_735_737, 3_391_769, 4_596_889]
    # Note starts and ends apart, which the paper's code adds up, cost eight channels more at one layer.
    assert count(Critic(preset("binary", tracks=BINARY_TRACKS))) == 2_155_297 + 6 * 8 * 32


def test_the_peers_have_as_many_parameters_as_their_code() -> None:
    v3, tutorial = preset("v3"), preset("tutorial")
    assert (count(Generator(v3)), count(Critic(v3))) == (2_578_127, 1_365_841)
    assert (count(Generator(tutorial)), count(Critic(tutorial))) == (313_951, 204_321)
    accompaniment = Generator(preset("v3-accompaniment"))
    assert accompaniment.temporal_generator is not None
    encoder = count(accompaniment.bar_encoder, accompaniment.temporal_generator.phrase_encoder)
    assert (encoder, count(accompaniment) - encoder) == (288_080, 3_601_292)


def shapes(module: nn.Module, *args: Tensor | dict[str, Tensor] | None) -> list[tuple[int, ...]]:
    """Run a module; return (bars, time, pitch, channels) of each layer's output, in order of the table."""
    seen: dict[nn.Module, tuple[int, ...]] = {}

    def record(layer: nn.Module, _: object, output: Tensor) -> None:
        seen[layer] = tuple(output.shape[2:])

    layers = [layer for layer in module.modules() if isinstance(layer, TransposedConv | Conv)]
    hooks = [layer.register_forward_hook(record) for layer in layers]
    module(*args)
    for hook in hooks:
        hook.remove()
    return [seen[layer] for layer in layers if layer in seen]


def test_the_aaai_shapes_are_the_papers() -> None:
    made = preset("hybrid-conditional")
    generator, critic = Generator(made).eval(), Critic(made)
    assert generator.temporal_generator is not None
    assert generator.bar_encoder is not None
    rows = shapes(generator, draw_z(made.spec, 2))
    temporal = [(2, 1, 1, 1024), (4, 1, 1, 32)]
    encoder = [(1, t, p, 16) for t, p in ((96, 7), (96, 1), (32, 1), (16, 1), (8, 1), (4, 1), (2, 1))]
    bar = [(2, 1, 512), (4, 1, 512), (8, 1, 256), (16, 1, 256), (32, 1, 128), (96, 1, 128), (96, 7, 64), (96, 84, 1)]
    assert rows == [*temporal, *temporal, *encoder, *[(1, *row) for row in bar]]
    x = torch.zeros(2, 4, *made.spec.bar_shape)
    conv = [(96, 7, 128), (96, 1, 128), (48, 1, 128), (24, 1, 128), (11, 1, 256), (5, 1, 512)]
    head = [(4, 1, 1, 128), (3, 1, 1, 512), (1, 1, 1, 128), (1, 1, 1, 1024), (1, 1, 1, 1)]
    assert shapes(critic, x) == [*[(4, *row) for row in conv], *head]


def test_the_shapes_of_binary_musegan_are_the_papers() -> None:
    made = preset("binary", tracks=BINARY_TRACKS)
    rows = shapes(Generator(made).eval(), draw_z(made.spec, 2))
    trunk = [(3, 1, 1, 512), (4, 1, 1, 256), (1, 4, 1, 128), (1, 4, 3, 128), (1, 16, 3, 64), (1, 16, 7, 64)]
    # The last layer of a branch is put in place after the merge, which is cheaper.
    assert rows == [*trunk, (1, 16, 84, 64), (1, 96, 7, 64)]
    x = torch.zeros(2, 4, *made.spec.bar_shape)
    tracks = [(96, 7, 32), (16, 7, 64), (16, 84, 32), (16, 7, 64), (16, 7, 64), (4, 3, 128), (1, 1, 256)]
    onset, chroma = [(16, 1, 32), (4, 1, 64), (1, 1, 128)], [(4, 1, 64), (1, 1, 128)]
    assert shapes(Critic(made), x) == [
        *[(4, *row) for row in (*tracks, *onset, *chroma)],
        (3, 1, 1, 512),
        (1, 1, 1, 1),
    ]


def test_the_shapes_of_v3_and_its_accompaniment_are_its_codes() -> None:
    made = preset("v3-accompaniment")
    rows = shapes(Generator(made).eval(), draw_z(made.spec, 2))
    phrase, code = (1, 1, 1, 256), (4, 1, 1, 512)
    encoder = [(48, 7, 16), (16, 7, 32), (16, 84, 16), (16, 7, 32), (4, 3, 64), (1, 1, 128)]
    trunk, branches = [(4, 3, 256), (16, 7, 128)], [(16, 84, 32), (48, 7, 32)]
    assert rows == [phrase, code, *[(1, *row) for row in (*encoder, *trunk, *branches)]]
    critic = Critic(made)
    x = torch.zeros(2, 4, *made.spec.bar_shape)
    assert critic(x).shape == (2, 3)  # a score for each pair of neighbouring bars
    assert sum(stream.channels for stream in critic.streams if isinstance(stream, StreamNets)) == 384


def test_the_shapes_of_the_tutorial_are_its_notebooks() -> None:
    made = preset("tutorial")
    rows = shapes(Generator(made).eval(), draw_z(made.spec, 2))
    assert rows == [(4, 1, 1, 256), *[(1, *r) for r in ((4, 1, 128), (4, 4, 64), (4, 6, 32), (16, 6, 16), (16, 72, 1))]]
    critic = shapes(Critic(made), torch.zeros(2, 4, *made.spec.bar_shape))
    bars = [(16, 6, 16), (4, 6, 16), (4, 4, 64), (4, 1, 64), (1, 1, 128)]
    assert critic == [*[(4, *row) for row in bars], (3, 1, 1, 128), (1, 1, 1, 256), (1, 1, 1, 1)]


def test_the_shapes_of_midinet_are_its_codes() -> None:
    made = preset("midinet")
    z, chord = draw_z(made.spec, 2), torch.zeros(2, 4, 13)
    rows = shapes(Generator(made).eval(), z, None, None, None, chord)
    encoder = [(16, 1, 16), (8, 1, 16), (4, 1, 16), (2, 1, 16)]
    bar = [(1, 1, 1024), (2, 1, 128), (4, 1, 128), (8, 1, 128), (16, 1, 128), (16, 128, 1)]
    assert rows == [(1, *row) for row in (*encoder, *bar)]
    critic = shapes(Critic(made), torch.zeros(2, 1, *made.spec.bar_shape), torch.zeros(2, 1, 13))
    assert critic == [(1, *row) for row in ((8, 1, 14), (3, 1, 77), (1, 1, 1024), (1, 1, 1))]


@pytest.mark.parametrize("beat_resolution", [4, 6, 12, 24])
@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_plays_at_every_resolution(name: str, beat_resolution: int) -> None:
    made = preset(name, beat_resolution=beat_resolution, width=0.1)
    spec = made.spec
    with torch.no_grad():
        out = Generator(made).eval()(draw_z(spec, 2), chord=torch.zeros(2, spec.n_measures, 13))
    assert out.shape == (2, spec.n_measures, spec.n_planes, spec.n_tracks, 4 * beat_resolution, spec.n_pitches)
    assert 0 <= out.min() <= out.max() <= 1


def test_width_scales_every_layer_but_no_z() -> None:
    half, whole = preset("hybrid", width=0.5), preset("hybrid")
    assert half.spec == whole.spec
    assert 0.2 * count(Generator(whole)) < count(Generator(half)) < 0.4 * count(Generator(whole))


def test_a_preset_that_cannot_be_is_a_clear_error() -> None:
    with pytest.raises(SpecError, match=r"preset must be one of jamming, .*, got 'quartet'"):
        preset("quartet")
    with pytest.raises(SpecError, match=r"beat_resolution must be one of \[4, 6, 12, 24\], got 5"):
        preset("v3", beat_resolution=5)
    with pytest.raises(SpecError, match="v3 has no condition_track to choose"):
        preset("v3", condition_track="piano")
    with pytest.raises(SpecError, match="condition_track must be one of"):
        preset("hybrid-conditional", condition_track="flute")
    with pytest.raises(SpecError, match="width must be above 0, got 0"):
        preset("v3", width=0)
