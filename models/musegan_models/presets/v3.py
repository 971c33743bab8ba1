"""The current code of MuseGAN's authors: one z, private branches, no paper; it must not know others."""

from __future__ import annotations

from collections.abc import Sequence

from musegan_models.blocks import Layer
from musegan_models.presets.rows import FACTORS, MERGE, leaky, score
from musegan_models.spec import LatentSizes, ModelSpec
from musegan_models.tables import CriticTable, EncoderRow, GeneratorTable, Layers, Preset, Stream


def build(spec: ModelSpec) -> Preset:
    """Build v3, or its accompaniment where the spec is conditional."""
    b, a = FACTORS[spec.measure_resolution]
    hears = spec.conditional
    generator = GeneratorTable(
        trunk=(
            Layer(256, (1, 4, 3), skip=("s2",) if hears else ()),
            Layer(128, (1, b, 3), (1, b, 2), skip=("s1",) if hears else ()),
        ),
        branches=_branches(a, ("tp2", "tp1", "pt2", "pt1") if hears else ("",) * 4),
        merge=MERGE,
        shared_temporal=(Layer(512, (4, 1, 1), skip=("phrase",) if hears else ()),),
        activation="tanh",
        encoder=_encoder(a, b) if hears else (),
        phrase_encoder=Layer(256, (4, 1, 1)) if hears else None,
    )
    private = Stream(
        "all",  # its code calls them private; each sees all tracks
        ((leaky(16, (1, 1, 12)), leaky(32, (1, a, 1))), (leaky(16, (1, a, 1)), leaky(32, (1, 1, 12)))),
        each=(leaky(64),),
        shared=(leaky(128, (1, b, 3), (1, b, 2)), leaky(256, (1, 4, 3))),
        is_private=True,
    )
    onset = Stream("onset", ((leaky(16, (1, a, 1)), leaky(32, (1, b, 1)), leaky(64, (1, 4, 1))),))
    chroma = Stream("chroma", ((leaky(32, (1, 1, 12)), leaky(64, (1, 4, 1))),))
    heads = ((leaky(512, (2, 1, 1), (1, 1, 1)), score()),)  # a score for each pair of neighbouring bars
    critic = CriticTable((private, onset, chroma), heads, is_signed=True, onsets="signed")
    return Preset(spec, generator, critic, init_std=0.05)


def _branches(a: int, skips: Sequence[str]) -> tuple[Layers, Layers]:
    """Pitch, then time, and time, then pitch; `a` is the growth of time in both."""
    names = [(name,) if name else () for name in skips]
    pitch, time = (1, 1, 12), (1, a, 1)
    return (
        (Layer(32, pitch, skip=names[0]), Layer(16, time, skip=names[1])),
        (Layer(32, time, skip=names[2]), Layer(16, pitch, skip=names[3])),
    )


def _encoder(a: int, b: int) -> tuple[EncoderRow, ...]:
    return (
        EncoderRow("pt1", Layer(16, (1, 1, 12)), ("condition",)),
        EncoderRow("pt2", Layer(32, (1, a, 1)), ("pt1",)),
        EncoderRow("tp1", Layer(16, (1, a, 1)), ("condition",)),
        EncoderRow("tp2", Layer(32, (1, 1, 12)), ("tp1",)),
        EncoderRow("s1", Layer(64, (1, b, 3), (1, b, 2)), ("pt2", "tp2")),
        EncoderRow("s2", Layer(128, (1, 4, 3)), ("s1",)),
    )


def spec_of(conditional: bool) -> ModelSpec:
    """Return the spec of v3 or of its accompaniment: one z of 128, 48 steps."""
    return ModelSpec(
        "",
        beat_resolution=12,
        has_onsets=False,
        latent=LatentSizes(0, 128, 0, 0),
        z_limit=2.0,
        multitrack="composer",
        conditional=conditional,
        condition_track="piano" if conditional else None,
    )
