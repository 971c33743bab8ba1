"""The small peers: the authors' tutorial of 2019, and MidiNet; it must not know others."""

from __future__ import annotations

from dataclasses import replace

from musegan_models.blocks import OUTPUTS, Layer
from musegan_models.presets.rows import score
from musegan_models.spec import LatentSizes, ModelSpec, Track
from musegan_models.tables import CriticTable, EncoderRow, GeneratorTable, Layers, Preset, Stream

MELODY = (Track("melody", 0, False, is_monophonic=True),)


def build_tutorial(spec: ModelSpec) -> Preset:
    """Build the model of the authors' ISMIR 2019 tutorial."""
    steps = spec.beat_resolution
    generator = GeneratorTable(
        trunk=(Layer(128, (1, 4, 1)), Layer(64, (1, 1, 4)), Layer(32, (1, 1, 3), (1, 1, 1))),
        branches=((Layer(16, (1, steps, 1)), Layer(OUTPUTS, (1, 1, 12), activation="none")),),
        shared_temporal=(Layer(256, (4, 1, 1)),),
        activation="relu",
    )

    def conv(c: int, kernel: tuple[int, int, int], stride: tuple[int, int, int] | None = None) -> Layer:
        return Layer(c, kernel, stride, norm="layer", activation="leaky")

    stream = Stream(
        "track",
        ((conv(16, (1, 1, 12)), conv(16, (1, steps, 1))),),
        shared=(conv(64, (1, 1, 3), (1, 1, 1)), conv(64, (1, 1, 4)), conv(128, (1, 4, 1))),
        is_private=True,
    )
    heads = ((conv(128, (2, 1, 1), (1, 1, 1)), conv(256, (3, 1, 1)), score()),)
    return Preset(spec, generator, CriticTable((stream,), heads))


def build_midinet(spec: ModelSpec) -> Preset:
    """Build MidiNet (Yang, Chou and Yang, ISMIR 2017): a melody, on the bar before and a chord."""
    doublings = {16: (2, 2, 2), 24: (2, 2, 3), 48: (2, 2, 2, 3), 96: (2, 2, 2, 2, 3)}[spec.measure_resolution]
    n = len(doublings)
    encoder = [EncoderRow("h0", Layer(16, (1, 1, spec.n_pitches), activation="leaky"), ("previous",))]
    for i, factor in enumerate(reversed(doublings)):
        encoder.append(EncoderRow(f"h{i + 1}", Layer(16, (1, factor, 1), activation="leaky"), (f"h{i}",)))
    trunk: Layers = (Layer(1024, skip=("chord",)), Layer(128, (1, 2, 1), skip=("chord",), is_dense=True))
    trunk += tuple(Layer(128, (1, f, 1), skip=("chord", f"h{n - i}")) for i, f in enumerate(doublings))
    output = Layer(OUTPUTS, (1, 1, spec.n_pitches), norm="none", activation="none", skip=("chord", "h0"))
    generator = GeneratorTable(trunk, ((output,),), encoder=tuple(encoder), branches_are_private=False)
    chord, steps = ("chord",), spec.measure_resolution
    places = ((steps - 2) // 2 + 1 - 4) // 2 + 1
    chain = (
        Layer(14, (1, 2, spec.n_pitches), (1, 2, 1), norm="none", activation="leaky", skip=chord),
        Layer(77, (1, 4, 1), (1, 2, 1), activation="leaky", skip=chord),
    )
    heads = ((Layer(1024, (1, places, 1), activation="leaky", skip=chord), replace(score(), skip=chord)),)
    return Preset(spec, generator, CriticTable((Stream("all", (chain,)),), heads), init_std=0.02)


MIDINET = ModelSpec(
    "",
    tracks=MELODY,
    n_pitches=128,
    lowest_pitch=0,
    has_onsets=False,
    latent=LatentSizes(0, 400, 0, 0),  # 100 for each bar, drawn anew
    multitrack="composer",
    conditional=False,
    hears_previous=True,
    has_chord=True,
)
