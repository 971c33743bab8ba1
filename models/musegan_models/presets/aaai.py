"""The AAAI paper's models (Dong et al. 2018): 2-D layers, time grows first, then pitch; it must not know others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from musegan_models.blocks import OUTPUTS, Layer
from musegan_models.spec import TRACKS, LatentSizes, ModelSpec
from musegan_models.tables import CriticTable, EncoderRow, GeneratorTable, Layers, Preset, Stream


def build(spec: ModelSpec) -> Preset:
    """Build jamming, composer or hybrid, as the spec says (sec. 3)."""
    private = spec.multitrack != "composer"
    steps = spec.measure_resolution
    factors = {16: (2, 2, 2), 24: (2, 2, 3), 48: (2, 2, 2, 3), 96: (2, 2, 2, 2, 3)}[steps]
    skips = [(f"e{6 - i}",) if spec.conditional else () for i in range(7)]
    skips = [*skips[: len(factors)], *skips[-2:]]
    trunk: Layers = (Layer(512, (1, 2, 1), is_dense=True),)
    channels = [512, 256, 256, 128, 128]
    for factor, c, skip in zip(factors, channels, skips[:-2], strict=False):
        trunk += (Layer(c, (1, factor, 1), skip=skip),)
    trunk += (Layer(64, (1, 1, 7), skip=skips[-2]),)
    output = Layer(OUTPUTS, (1, 1, 12), norm="none", activation="none", skip=skips[-1])

    def temporal(size: int) -> Layers:
        grow = (Layer(1024, (2, 1, 1)), Layer(size, (3, 1, 1), (1, 1, 1)))
        return grow if size and spec.temporal == "scratch" else ()

    generator = GeneratorTable(
        trunk,
        ((output,),),
        shared_temporal=temporal(spec.latent.shared_temporal),
        private_temporal=temporal(spec.latent.private_temporal),
        trunk_is_private=private,
        branches_are_private=private,
        activation="tanh",
        encoder=_encoder(factors) if spec.conditional else (),
    )
    return Preset(spec, generator, _critic(spec), init_std=0.02)


def _encoder(factors: Sequence[int]) -> tuple[EncoderRow, ...]:
    def row(number: int, before: str, kernel: tuple[int, int, int]) -> EncoderRow:
        return EncoderRow(f"e{number}", Layer(16, kernel, activation="leaky"), (before,))

    rows = [row(0, "condition", (1, 1, 12)), row(1, "e0", (1, 1, 7))]
    # The generator's layer i hears feature 6 - i: both ends of the paper's seven stay where fewer factors are needed.
    for i, factor in enumerate(reversed(factors)):
        number = 6 - len(factors) + 1 + i
        rows.append(row(number, rows[-1].name, (1, factor, 1)))
    return tuple(rows)


def _critic(spec: ModelSpec) -> CriticTable:
    def conv(c: int, kernel: tuple[int, int, int], stride: tuple[int, int, int] | None = None) -> Layer:
        return Layer(c, kernel, stride, norm="none", activation="leaky")

    halvings = {16: 1, 24: 1, 48: 2, 96: 2}[spec.measure_resolution]
    bar: Layers = (conv(128, (1, 1, 12)), conv(128, (1, 1, 7)), *[conv(128, (1, 2, 1))] * halvings)
    bar += (conv(256, (1, 4, 1), (1, 2, 1)),)
    places = spec.measure_resolution // 2**halvings // 2 - 1
    if places >= 3:
        bar += (conv(512, (1, 3, 1), (1, 2, 1)),)
        places = (places - 1) // 2
    score = Layer(1, norm="none", activation="none")
    if spec.temporal == "none":
        head: Layers = (conv(1024, (1, places, 1)), score)
    else:
        # As the paper draws it: one vector for each bar, then over the bars. (Its code reshapes them out of order.)
        project = Layer(128, (1, places, 1), norm="none", activation="none")
        head = (project, conv(512, (2, 1, 1), (1, 1, 1)), conv(128, (3, 1, 1)), conv(1024, (1, 1, 1)), score)
    private = spec.multitrack == "jamming"  # the paper's M critics, each of one track (its code has one)
    stream = Stream("track" if private else "all", (bar,), is_private=private)
    return CriticTable((stream,), (head,), is_private=private, is_signed=True)


def spec_of(multitrack: str, temporal: str, conditional: bool) -> ModelSpec:
    """Return the spec of jamming, composer or hybrid: z of 128 for each generator in all (sec. 4.3), 96 steps."""
    sizes = {
        ("jamming", "scratch"): LatentSizes(0, 0, 64, 64),
        ("composer", "scratch"): LatentSizes(64, 64, 0, 0),
        ("hybrid", "scratch"): LatentSizes(32, 32, 32, 32),
        ("jamming", "none"): LatentSizes(0, 0, 128, 0),
        ("composer", "none"): LatentSizes(128, 0, 0, 0),
        ("hybrid", "none"): LatentSizes(64, 0, 64, 0),
    }[multitrack, temporal]
    return ModelSpec(
        "",
        tracks=tuple(replace(track, is_monophonic=track.name == "bass") for track in TRACKS),
        beat_resolution=24,
        n_measures=1 if temporal == "none" else 4,
        has_onsets=False,
        latent=sizes,
        z_std=0.1,
        multitrack=multitrack,
        temporal=temporal,
        conditional=conditional,
        condition_track="piano" if conditional else None,
    )
