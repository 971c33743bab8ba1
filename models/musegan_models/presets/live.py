"""What this project ships: the hybrid of onset and sustain planes that any tracks can lead; it must not know others."""

from __future__ import annotations

from musegan_models.blocks import OUTPUTS, Layer
from musegan_models.presets.rows import leaky, score
from musegan_models.spec import ModelSpec
from musegan_models.tables import CriticTable, EncoderRow, GeneratorTable, Preset, Stream


def build(spec: ModelSpec) -> Preset:
    """Build the AAAI paper's hybrid with a critic of joint, private, onset and chroma streams."""
    steps, n_octaves = spec.measure_resolution, spec.n_pitches // 12
    factors = {16: (2, 2, 2, 2), 24: (2, 2, 2, 3), 48: (2, 2, 2, 2, 3), 96: (2, 2, 2, 2, 2, 3)}[steps]
    channels = (256, 256, 128, 128, 64, 64)
    n = len(factors)
    trunk = tuple(
        Layer(c, (1, f, 1), skip=(f"e{n + 1 - i}",)) for i, (f, c) in enumerate(zip(factors, channels, strict=False))
    )
    trunk += (Layer(64, (1, 1, n_octaves), skip=("e1",)),)
    output = Layer(OUTPUTS, (1, 1, 12), norm="none", activation="none", skip=("e0",))
    encoder = [
        EncoderRow("e0", Layer(32, (1, 1, 12), activation="leaky"), ("condition", "given")),
        EncoderRow("e1", Layer(32, (1, 1, n_octaves), activation="leaky"), ("e0",)),
    ]
    for i, factor in enumerate(reversed(factors)):
        encoder.append(EncoderRow(f"e{i + 2}", Layer(32, (1, factor, 1), activation="leaky"), (f"e{i + 1}",)))
    latent = spec.latent
    generator = GeneratorTable(
        trunk,
        ((output,),),
        shared_temporal=(Layer(256, (2, 1, 1)), Layer(latent.shared_temporal, (3, 1, 1), (1, 1, 1))),
        private_temporal=(Layer(256, (2, 1, 1)), Layer(latent.private_temporal, (3, 1, 1), (1, 1, 1))),
        trunk_is_private=True,
        encoder=tuple(encoder),
    )
    beat = (1, spec.beat_resolution, 1)
    streams = (
        Stream(
            "all",
            ((leaky(64, (1, 1, 12)), leaky(128, (1, 1, n_octaves)), leaky(192, beat), leaky(256, (1, 4, 1))),),
        ),
        Stream(
            "track",
            ((leaky(32, (1, 1, spec.n_pitches)), leaky(64, beat), leaky(64, (1, 4, 1))),),
            is_private=True,
        ),
        Stream("onset", ((leaky(128, (1, steps, 1)), leaky(64)),)),
        Stream("chroma", ((leaky(64, (1, 1, 12)), leaky(128, (1, 4, 1))),)),
    )
    heads = ((score(),), (leaky(512, (4, 1, 1)), score()))  # the mean of the bars, and the phrase
    return Preset(spec, generator, CriticTable(streams, heads, merge=(leaky(256),)))
