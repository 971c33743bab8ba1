"""Binary MuseGAN (Dong and Yang 2018), and its code's retelling of the AAAI models; it must not know others."""

from __future__ import annotations

from dataclasses import replace

from musegan_models.blocks import Layer
from musegan_models.presets.rows import FACTORS, MERGE, leaky, score
from musegan_models.spec import LatentSizes, ModelSpec
from musegan_models.tables import CriticTable, GeneratorTable, Layers, Preset, Stream


def build(spec: ModelSpec) -> Preset:
    """Build the generator with its refiner, and the critic of three streams (sec. 3)."""
    b, a = FACTORS[spec.measure_resolution]
    generator = GeneratorTable(
        trunk=(
            Layer(128, (1, 4, 1)),
            Layer(128, (1, 1, 3)),
            Layer(64, (1, b, 1)),
            Layer(64, (1, 1, 3), (1, 1, 2)),
        ),
        branches=((Layer(64, (1, 1, 12)), Layer(32, (1, a, 1))), (Layer(64, (1, a, 1)), Layer(32, (1, 1, 12)))),
        merge=MERGE,
        shared_temporal=(Layer(512, (3, 1, 1), is_dense=True), Layer(256, (2, 1, 1), (1, 1, 1))),
        refiner_channels=64,
    )
    return Preset(spec, generator, _critic(spec))


def _pretrained(spec: ModelSpec) -> GeneratorTable:
    """Return the generator of the first stage: the ablations are measured without a refiner."""
    return replace(build(spec).generator, refiner_channels=0)


def _critic(spec: ModelSpec) -> CriticTable:
    b, a = FACTORS[spec.measure_resolution]
    tracks = Stream(
        "track",
        ((leaky(32, (1, 1, 12)), leaky(64, (1, a, 1))), (leaky(32, (1, a, 1)), leaky(64, (1, 1, 12)))),
        each=(leaky(64),),
        shared=(leaky(128, (1, b, 3), (1, b, 2)), leaky(256, (1, 4, 3))),
        is_private=True,
    )
    onset = Stream("onset", ((leaky(32, (1, a, 1)), leaky(64, (1, b, 1)), leaky(128, (1, 4, 1))),))
    chroma = Stream("chroma", ((leaky(64, (1, 1, 12)), leaky(128, (1, 4, 1))),))
    return CriticTable((tracks, onset, chroma), ((leaky(512, (2, 1, 1), (1, 1, 1)), score((3, 1, 1))),))


def build_v2(spec: ModelSpec) -> Preset:
    """Build the AAAI models as the code of the ISMIR paper has them: its layers, and its critic."""
    b, a = FACTORS[spec.measure_resolution]
    private = spec.multitrack != "composer"
    c = 1 if private else 2

    def grow(channels: int, kernel: tuple[int, int, int], stride: tuple[int, int, int] | None = None) -> Layer:
        return Layer(channels, kernel, stride, activation="leaky")

    def temporal(size: int) -> Layers:
        return (Layer(256, (3, 1, 1), activation="leaky", is_dense=True), grow(size, (2, 1, 1), (1, 1, 1)))

    latent, pitch, time = spec.latent, (1, 1, 12), (1, a, 1)
    generator = GeneratorTable(
        trunk=(
            grow(512 * c, (1, 4, 1)),
            grow(256 * c, (1, 1, 3)),
            grow(128 * c, (1, b, 1)),
            grow(64 * c, (1, 1, 3), (1, 1, 2)),
        ),
        branches=((grow(32 * c, pitch), grow(16 * c, time)), (grow(32 * c, time), grow(16 * c, pitch))),
        merge=MERGE,
        shared_temporal=temporal(latent.shared_temporal) if latent.shared_temporal else (),
        private_temporal=temporal(latent.private_temporal) if latent.private_temporal else (),
        trunk_is_private=private,
        branches_are_private=private,
    )
    return Preset(spec, generator, _critic(spec))


def build_ablated_1(spec: ModelSpec) -> Preset:
    """Without the onset and chroma streams."""
    critic = _critic(spec)
    return Preset(spec, _pretrained(spec), replace(critic, streams=critic.streams[:1]))


def build_ablated_2(spec: ModelSpec) -> Preset:
    """Without private and shared parts: one critic of all tracks alike."""
    b, a = FACTORS[spec.measure_resolution]
    chain = (
        leaky(128, (1, 1, 12)),
        leaky(128, (1, 1, 3), (1, 1, 2)),
        leaky(256, (1, a, 1)),
        leaky(256, (1, b, 1)),
        leaky(512, (1, 1, 3)),
        leaky(512, (1, 4, 1)),
    )
    heads = ((leaky(1024, (2, 1, 1), (1, 1, 1)), score((3, 1, 1))),)
    return Preset(spec, _pretrained(spec), CriticTable((Stream("all", (chain,)),), heads))


def spec_of(neurons: str = "deterministic") -> ModelSpec:
    """Return the spec with deterministic, stochastic or, where empty, no binary neurons."""
    return ModelSpec(
        "",
        beat_resolution=24,
        has_onsets=False,
        latent=LatentSizes(0, 128, 0, 0),
        multitrack="composer",
        conditional=False,
        neurons=neurons,
    )
