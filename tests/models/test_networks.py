"""The networks: what reaches what."""

from __future__ import annotations

import copy
import math

import numpy as np
import pytest
import torch
from torch import Tensor

from musegan_models.blocks import Conv, TransposedConv, nets_apart
from musegan_models.critic import Critic, StreamNets
from musegan_models.networks import Generator, Levels, draw_z
from musegan_models.notes import running
from musegan_models.presets import PRESETS, preset
from musegan_models.spec import ModelSpec
from musegan_models.tables import Preset

N = 3
EVERY = pytest.mark.parametrize("name", PRESETS)


def build(name: str) -> Generator:
    """Return a narrow generator whose weights are large enough for a change of z to be seen past seven layers."""
    torch.manual_seed(0)
    generator = Generator(preset(name, beat_resolution=4, width=0.2)).eval()
    for module in generator.modules():
        if isinstance(module, TransposedConv | Conv):
            torch.nn.init.normal_(module.weight, std=1.5 / math.sqrt(module.weight.shape[1]))
    return generator


def draw(spec: ModelSpec) -> dict[str, Tensor]:
    return draw_z(spec, N, generator=torch.Generator().manual_seed(1))


def heard(spec: ModelSpec) -> dict[str, Tensor]:
    """Return a condition, the bars before and chords; a model takes what it hears."""
    rng = torch.Generator().manual_seed(2)
    shape = (N, spec.n_measures, *spec.bar_shape)
    return {
        "condition": (torch.rand(shape, generator=rng) < 0.1).float(),
        "given": torch.ones(N, spec.n_tracks),
        "previous": (torch.rand(shape, generator=rng) < 0.1).float(),
        "chord": torch.eye(13)[torch.randint(0, 12, (N, spec.n_measures), generator=rng)],
    }


def moved(a: Tensor, b: Tensor, keep: int) -> list[bool]:
    """Return where two phrases (N, B, planes, M, T, P) differ, along axis `keep`."""
    axes = [axis for axis in range(a.dim()) if axis != keep]
    return ((a - b).abs().amax(dim=axes) > 0).tolist()


BARS, TRACKS = 1, 3


def n_seen(made: Preset) -> int:
    """Return how many bars a critic sees."""
    if made.spec.has_chord:
        return 1
    return made.spec.n_measures + made.critic.sees_before


@EVERY
def test_a_shared_z_reaches_every_track(name: str) -> None:
    generator = build(name)
    spec = generator.spec
    z = draw(spec)
    played = [track.name != spec.condition_track for track in spec.tracks]
    for kind in z:
        if kind.startswith("private"):
            continue
        a, b = generator(z, **heard(spec)), generator({**z, kind: -z[kind]}, **heard(spec))
        assert moved(a, b, TRACKS) == played
        assert all(moved(a, b, BARS))


@EVERY
def test_a_private_z_reaches_its_own_track_alone(name: str) -> None:
    generator = build(name)
    spec = generator.spec
    z = draw(spec)
    for kind in z:
        if not kind.startswith("private"):
            continue
        for track in range(spec.n_tracks):
            other = z[kind].clone()
            other[:, track] *= -1
            a, b = generator(z, **heard(spec)), generator({**z, kind: other}, **heard(spec))
            its_own = [i == track and t.name != spec.condition_track for i, t in enumerate(spec.tracks)]
            assert moved(a, b, TRACKS) == its_own
            assert moved(a, b, BARS) == [any(its_own)] * spec.n_measures


@EVERY
def test_only_a_temporal_z_makes_bars_differ(name: str) -> None:
    generator = build(name)
    spec = generator.spec
    if spec.conditional or spec.n_measures == 1:
        return
    known = heard(spec)
    known["previous"] = known["previous"][:, :1].expand_as(known["previous"])
    known["chord"] = known["chord"][:, :1].expand_as(known["chord"])
    x = generator(draw(spec), **known)
    assert (x[:, 0] - x[:, 1]).abs().max() > 0
    assert generator.temporal_generator is not None
    temporal = {kind: torch.zeros_like(z) for kind, z in draw(spec).items() if kind.endswith("_temporal")}
    codes = generator.temporal_generator(**temporal)
    inputs = {
        key: code[:, 0] if kind == "shared" else code[:, :, 0]
        for kind in ("shared", "private")
        for key, code in ((f"{kind}_bar", codes.get(f"{kind}_bars")),)
        if code is not None
    }
    inputs |= {kind: z for kind, z in draw(spec).items() if not kind.endswith("_temporal")}
    features = {}
    if generator.bar_encoder is not None:
        features = generator.bar_encoder(previous=known["previous"][:, 0])
    if spec.has_chord:
        inputs["chord"] = known["chord"][:, 0]
    a, b = (generator.bar_generator(**inputs, **features) for _ in range(2))
    torch.testing.assert_close(a, b)  # nothing but the code tells a bar which one it is


def test_midinet_draws_each_bar_on_its_own() -> None:
    generator = build("midinet")
    z = draw(generator.spec)
    other = z["shared_temporal"].clone()
    other[:, 200:300] *= -1
    known = heard(generator.spec)
    a, b = generator(z, **known), generator({"shared_temporal": other}, **known)
    assert moved(a, b, BARS) == [False, False, True, False]


@pytest.mark.parametrize("name", [name for name, (_, spec) in PRESETS.items() if spec.conditional])
def test_the_condition_changes_its_own_bar(name: str) -> None:
    generator = build(name)
    spec = generator.spec
    known = heard(spec)
    other = known["condition"].clone()
    other[:, 0] = 0
    z = draw(spec)
    bars = moved(generator(z, **known), generator(z, **{**known, "condition": other}), BARS)
    # v3-accompaniment hears the whole phrase before its first bar.
    assert bars == [True] * spec.n_measures if name.startswith("v3") else [True, *[False] * (spec.n_measures - 1)]


@pytest.mark.parametrize("track", ["bass", "drums", "strings"])
def test_any_track_can_be_the_condition(track: str) -> None:
    made = preset("hybrid-conditional", beat_resolution=4, width=0.2, condition_track=track)
    generator = Generator(made).eval()
    spec, index = made.spec, made.spec.track_names.index(track)
    out = generator(draw(spec), **heard(spec))
    assert out[:, :, :, index].abs().max() == 0  # the caller keeps what is played
    assert (out.abs().amax(dim=(0, 1, 2, 4, 5)) > 0).tolist() == [i != index for i in range(5)]


def test_who_is_given_changes_what_the_live_model_plays() -> None:
    generator = build("live")
    known = heard(generator.spec)
    z = draw(generator.spec)
    a, b = generator(z, **known), generator(z, **{**known, "given": torch.zeros(N, 5)})
    assert all(moved(a, b, TRACKS))


def test_the_live_model_hears_all_tracks_of_the_bar_before() -> None:
    generator = build("live")
    known = heard(generator.spec)
    z = draw(generator.spec)
    for track in range(5):
        other = known["previous"].clone()
        other[:, 2, :, track] = 0
        a, b = generator(z, **known), generator(z, **{**known, "previous": other})
        assert moved(a, b, BARS) == [False, False, True, False]
        assert all(moved(a, b, TRACKS))


def test_a_net_of_its_own_hears_what_its_track_played_before() -> None:
    encoder = build("live").bar_encoder
    assert encoder is not None
    spec = encoder_spec = build("live").spec
    known = {name: value[:, 0] if value.dim() > 3 else value for name, value in heard(encoder_spec).items()}
    known.pop("chord")
    other = known["previous"].clone()
    other[:, :, 3] = 0
    a, b = encoder(**known), encoder(**{**known, "previous": other})
    assert a["p0"].shape == (N, spec.n_tracks, 16, 7, a["p0"].shape[-1])
    assert moved(a["p0"], b["p0"], 1) == [False, False, False, True, False]
    assert (a["e0"] - b["e0"]).abs().max() > 0


def test_one_bar_alone_is_the_bar_of_its_phrase() -> None:
    generator = build("live")
    known, z = heard(generator.spec), draw(generator.spec)
    whole = generator(z, **known)
    for i in range(4):
        own = {name: value[:, i : i + 1] if value.dim() > 2 else value for name, value in known.items()}
        torch.testing.assert_close(generator(z, **own, measure=i), whole[:, i : i + 1])


def test_levels_keep_in_any_company_as_many_and_as_long_notes_as_the_data() -> None:
    levels = Levels(preset("live", beat_resolution=4).spec)
    levels.density[0] = torch.linspace(0.02, 0.06, 5)
    levels.lasting.copy_(torch.linspace(0.3, 0.7, 5))
    given, others = torch.zeros(3, 5), torch.zeros(3, 5)
    given[1, 1] = others[1, 1] = others[2, 4] = 1  # alone, beside the drums, and before strings that are not heard yet
    surer = torch.tensor([0.0, 1.0, 0.0])[:, None, None, None, None, None]
    logits = 2 * torch.randn(3, 4, 2, 5, 16, 84, generator=torch.Generator().manual_seed(0)) + surer
    for i in range(600):
        levels.follow(torch.sigmoid(logits), given, others, 0.5 / (1 + i / 50))
    sounds = logits > levels(given).transpose(1, 2)[:, None, :, :, None, None]
    onset, sustain = sounds[:, :, 0].numpy(), sounds[:, :, 1].numpy()
    density = onset.mean(axis=(1, 3, 4))  # (phrases, tracks)
    notes = running(onset, sustain & ~onset)[..., 1:, :] & onset[..., :-1, :]
    lasting = (notes.sum(axis=(3, 4)) / onset.sum(axis=(3, 4))).mean(axis=1)
    for share, wanted in ((density, levels.density[0]), (lasting, levels.lasting)):
        np.testing.assert_allclose(share[[0, 2], :4].mean(axis=0), wanted[:4], rtol=0.05)
        np.testing.assert_allclose(share[1][[0, 2, 3, 4]], wanted[[0, 2, 3, 4]], rtol=0.05)


def test_levels_move_what_is_heard_and_not_what_is_learned() -> None:
    generator = build("live")
    known, z = heard(generator.spec), draw(generator.spec)
    with torch.no_grad():
        before = generator(z, **known)
        assert generator.levels is not None
        generator.levels.value[0] = 1.0
        assert torch.equal(generator(z, **known), before)
        generator.levelled = True
        after = generator(z, **known)
    pitched = [0, 2, 3, 4]
    moved_by = torch.logit(before[:, :, :, pitched].double()) - torch.logit(after[:, :, :, pitched].double())
    known_well = (before[:, :, :, pitched] > 0.01) & (before[:, :, :, pitched] < 0.99)
    torch.testing.assert_close(moved_by[known_well], torch.ones_like(moved_by[known_well]), rtol=0.01, atol=0)


@pytest.mark.parametrize("kind", ["previous", "chord"])
def test_midinet_hears_the_bar_before_and_the_chord(kind: str) -> None:
    generator = build("midinet")
    known = heard(generator.spec)
    other = known[kind].clone()
    other[:, 1] = 1 - other[:, 1]
    z = draw(generator.spec)
    a, b = generator(z, **known), generator(z, **{**known, kind: other})
    assert moved(a, b, BARS) == [False, True, False, False]


@EVERY
def test_a_gradient_reaches_every_parameter(name: str) -> None:
    made = preset(name, beat_resolution=4, width=0.2)
    spec = made.spec
    torch.manual_seed(0)
    generator, critic = Generator(made), Critic(made)
    generator.neurons_on = generator.refiner is not None
    known = heard(spec)
    fake = generator(draw(spec), **known)
    chord = known["chord"] if spec.has_chord else None
    seen = torch.cat([known["previous"][:, :1], fake], dim=1) if made.critic.sees_before else fake
    critic(seen, chord).sum().backward()
    named = [*generator.named_parameters(prefix="G"), *critic.named_parameters(prefix="D")]
    assert [key for key, value in named if value.grad is None] == []


@pytest.mark.parametrize("name", [name for name in PRESETS if name != "tutorial"])  # a ReLU has no such bias
def test_a_new_generator_is_as_dense_as_the_data(name: str) -> None:
    made = preset(name, beat_resolution=4, width=0.2)
    spec = made.spec
    torch.manual_seed(0)
    generator = Generator(made, [0.02] * (spec.n_tracks * spec.n_planes)).eval()
    out = generator(draw(spec), **heard(spec))
    played = [i for i, track in enumerate(spec.tracks) if track.name != spec.condition_track]
    assert out[:, :, 0][:, :, played].mean().item() == pytest.approx(0.02, abs=0.015)


def test_drums_have_no_sustain() -> None:
    generator = build("live")
    out = generator(draw(generator.spec), **heard(generator.spec))
    assert (out[:, :, 1].amax(dim=(0, 1, 3, 4)) > 0).tolist() == [not t.is_drum for t in generator.spec.tracks]


@EVERY
def test_folding_keeps_what_is_played(name: str) -> None:
    generator = build(name)
    spec = generator.spec
    generator.train()
    for _ in range(3):
        generator(draw_z(spec, 8), chord=torch.zeros(8, spec.n_measures, 13))
    generator.eval()
    folded = copy.deepcopy(generator)
    folded.fold()
    z, known = draw(spec), heard(spec)
    torch.testing.assert_close(folded(z, **known), generator(z, **known), rtol=1e-3, atol=1e-4)


@EVERY
def test_nets_apart_play_what_they_play_together(name: str) -> None:
    generator = build(name).requires_grad_(False)
    generator.fold()
    z, known = draw(generator.spec), heard(generator.spec)
    together = generator(z, **known)
    with nets_apart():
        torch.testing.assert_close(generator(z, **known), together, rtol=1e-4, atol=1e-5)


def test_z_is_drawn_as_the_paper_says() -> None:
    rng = torch.Generator().manual_seed(0)
    aaai = draw_z(preset("hybrid").spec, 500, generator=rng)
    assert {name: tuple(z.shape) for name, z in aaai.items()} == {
        "shared": (500, 32),
        "shared_temporal": (500, 32),
        "private": (500, 5, 32),
        "private_temporal": (500, 5, 32),
    }
    assert aaai["private"].std().item() == pytest.approx(0.1, abs=0.005)
    v3 = draw_z(preset("v3").spec, 500, generator=rng)["shared_temporal"]
    assert v3.abs().max() <= 2
    assert v3.std().item() == pytest.approx(0.88, abs=0.02)  # of a normal cut at two standard deviations


@EVERY
def test_the_critic_sees_every_cell(name: str) -> None:
    made = preset(name, beat_resolution=4, width=0.2)
    torch.manual_seed(0)
    critic = Critic(made)
    for module in critic.modules():
        if isinstance(module, Conv):
            torch.nn.init.normal_(module.weight, std=1 / math.sqrt(module.weight.shape[1]))
    spec = made.spec
    b = n_seen(made)
    x = torch.rand(N, b, *spec.bar_shape, requires_grad=True)
    chord = torch.zeros(N, b, 13) if spec.has_chord else None
    (gradient,) = torch.autograd.grad(critic(x, chord).sum(), x)
    assert (gradient != 0).float().mean() > 0.99


def test_the_live_critic_sees_how_notes_end() -> None:
    made = preset("live", beat_resolution=4, width=0.2)
    (stream,) = [s for s in Critic(made).streams if isinstance(s, StreamNets) and s.row.view == "ends"]
    x = torch.zeros(1, 1, 2, 5, 16, 84)
    x[0, 0, 0, 2, 4, 30] = 1  # one step
    x[0, 0, 0, 2, 8, 31] = x[0, 0, 1, 2, 9:12, 31] = 1  # four steps
    x[0, 0, 1, 2, 14, 32] = 1  # a sustain of no note
    seen = stream.view(x)[0, 0, 0, :, 0].reshape(16, 3, 5)  # (T, kinds, M)
    assert seen[:, :, [0, 1, 3, 4]].sum() == 0
    short, end, orphan = seen[:, :, 2].unbind(1)
    assert short.nonzero().flatten().tolist() == [4]
    assert end.nonzero().flatten().tolist() == [11, 14]
    assert orphan.nonzero().flatten().tolist() == [14]


def test_the_live_critic_sees_what_changes_from_bar_to_bar() -> None:
    made = preset("live", beat_resolution=4, width=0.2)
    (stream,) = [s for s in Critic(made).streams if isinstance(s, StreamNets) and s.row.view == "change"]
    x = (torch.rand(N, 5, 2, 5, 16, 84) < 0.1).float()
    x[:, 2] = x[:, 1]
    seen = stream.view(x)  # (M, N, B, T, P, planes)
    assert (seen.abs().amax(dim=(0, 1, 3, 4, 5)) > 0).tolist() == [False, True, False, True, True]


def test_the_live_critic_finds_out_a_band_that_always_plays_the_same() -> None:
    torch.manual_seed(0)
    critic = Critic(preset("live", width=0.2))
    phrases = (torch.rand(8, 5, *critic.spec.bar_shape) < 0.05).float()
    same = phrases[:1].expand_as(phrases)
    among_others, among_its_like = critic(phrases)[0], critic(same)[0]
    assert not torch.isclose(among_others, among_its_like)
    critic(same).sum().backward()
    assert all(p.grad is not None and torch.isfinite(p.grad).all() for p in critic.parameters())


@pytest.mark.parametrize("n", [8, 12])
def test_the_live_critic_compares_no_song_with_what_is_made(n: int) -> None:
    torch.manual_seed(0)
    critic = Critic(preset("live", width=0.2))
    real, fake = ((torch.rand(n, 5, *critic.spec.bar_shape) < share).float() for share in (0.05, 0.2))
    both = critic(torch.cat([real, fake]), n_together=n)
    torch.testing.assert_close(both, torch.cat([critic(real), critic(fake)]))
    torch.testing.assert_close(critic(real[:6], n_together=n), critic(real[:6]))  # as where a penalty is of a share


def test_each_critic_of_jamming_judges_one_track() -> None:
    made = preset("jamming", beat_resolution=4, width=0.2)
    torch.manual_seed(0)
    critic = Critic(made)
    assert critic.is_private
    x = torch.rand(N, 4, *made.spec.bar_shape)
    for track in range(5):
        other = x.clone()
        other[:, :, :, track] = 0
        assert ((critic(x) - critic(other)).abs().amax(dim=0) > 0).tolist() == [i == track for i in range(5)]


@pytest.mark.parametrize("name", ["hybrid", "jamming", "binary", "v3", "live"])
def test_the_critic_hears_the_order_of_bars(name: str) -> None:
    """The authors' phrase critic does not: its reshape hands it places of one bar in the place of bars."""
    made = preset(name, beat_resolution=4, width=0.2)
    torch.manual_seed(0)
    critic = Critic(made)
    x = (torch.rand(N, n_seen(made), *made.spec.bar_shape) < 0.1).float()
    for module in critic.modules():
        if isinstance(module, Conv):
            torch.nn.init.normal_(module.weight, std=1 / math.sqrt(module.weight.shape[1]))
    assert (critic(x).mean(dim=1) - critic(x.flip(1)).mean(dim=1)).abs().min() > 0
