"""This project's own: bands of onset and sustain planes that any tracks can lead; it must not know other presets."""

from __future__ import annotations

from dataclasses import replace

from musegan_models.blocks import OUTPUTS, Layer
from musegan_models.presets.rows import leaky, score
from musegan_models.spec import TRACKS, ModelSpec
from musegan_models.tables import CriticTable, EncoderRow, GeneratorTable, Layers, Preset, Stream

PHRASES = ModelSpec("")
"""`live-phrases`: plays phrase by phrase, as the papers' models do."""

LIVE = replace(
    PHRASES,
    tracks=tuple(replace(track, is_monophonic=track.name == "bass") for track in TRACKS),
    hears_previous=True,
    continues=True,
    anticipates=True,
)
"""`live`: plays bar upon bar, and waits for nobody."""


def build(spec: ModelSpec) -> Preset:
    """Build the AAAI paper's hybrid with a critic of several ways to look at music.

    Where the model continues phrases it is the same, and more: the bar encoder tells all nets the bar before too, and
    each net what its own track played there (p rows), the shortest way to a riff that stays; the critic sees the bar
    before, what changes from bar to bar, how notes end, how much phrases vary, by which intervals lines move and which
    sound together (whatever the pitch: no layer of it is the same at each pitch). Harmony has a way of its own (c
    rows): the pitch classes heard in each beat. All that is added comes after what was there, so that a run can begin
    with the weights of one without (`fit --begin-with`).
    """
    more = spec.continues
    steps, n_octaves = spec.measure_resolution, spec.n_pitches // 12
    factors = {16: (2, 2, 2, 2), 24: (2, 2, 2, 3), 48: (2, 2, 2, 2, 3), 96: (2, 2, 2, 2, 2, 3)}[steps]
    channels = (256, 256, 128, 128, 64, 64)
    n = len(factors)
    trunk = tuple(
        Layer(c, (1, f, 1), skip=(f"e{n + 1 - i}",)) for i, (f, c) in enumerate(zip(factors, channels, strict=False))
    )
    if more:
        bar, beats = trunk[0], trunk[2]  # of one step, and of four
        bar, beats = replace(bar, skip=(*bar.skip, "c1")), replace(beats, skip=(*beats.skip, "c0"))
        trunk = (bar, trunk[1], beats, *trunk[3:])
    trunk += (Layer(64, (1, 1, n_octaves), skip=("e1", "p1") if more else ("e1",)),)
    output = Layer(OUTPUTS, (1, 1, 12), norm="none", activation="none", skip=("e0", "p0") if more else ("e0",))
    heard = ("condition", "given", *(("previous",) if more else ()))
    encoder = [
        EncoderRow("e0", Layer(32, (1, 1, 12), activation="leaky"), heard),
        EncoderRow("e1", Layer(32, (1, 1, n_octaves), activation="leaky"), ("e0",)),
    ]
    for i, factor in enumerate(reversed(factors)):
        encoder.append(EncoderRow(f"e{i + 2}", Layer(32, (1, factor, 1), activation="leaky"), (f"e{i + 1}",)))
    if more:
        encoder.append(EncoderRow("p0", Layer(24, (1, 1, 12), activation="leaky"), ("own",), is_private=True))
        encoder.append(EncoderRow("p1", Layer(24, (1, 1, n_octaves), activation="leaky"), ("p0",), is_private=True))
        chroma = ("condition_chroma", "previous_chroma", "given")
        encoder.append(EncoderRow("c0", Layer(96, activation="leaky"), chroma))
        encoder.append(EncoderRow("c1", Layer(96, (1, 4, 1), activation="leaky"), ("c0",)))
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
    own = (leaky(32, (1, 1, spec.n_pitches)), leaky(64, beat), leaky(64, (1, 4, 1)))
    streams: tuple[Stream, ...] = (
        Stream(
            "all",
            ((leaky(64, (1, 1, 12)), leaky(128, (1, 1, n_octaves)), leaky(192, beat), leaky(256, (1, 4, 1))),),
        ),
        Stream("track", (own,), is_private=True),
        Stream("onset", ((leaky(128, (1, steps, 1)), leaky(64)),)),
        Stream("chroma", ((leaky(64, (1, 1, 12)), leaky(128, (1, 4, 1))),)),
    )
    # The mean of the bars, and the phrase.
    later: tuple[Stream, ...] = ()
    heads: tuple[Layers, ...] = ((score(),), (leaky(512, (spec.n_measures + more, 1, 1)), score()))
    if more:
        streams += (
            Stream("change", (own,), is_private=True),
            Stream("ends", ((leaky(128, (1, steps, 1)), leaky(64)),)),
        )
        each_step = ((leaky(64, beat), leaky(64, (1, 4, 1))),)
        later = (Stream("melody", each_step), Stream("pairs", each_step))
        heads += ((leaky(256, (2, 1, 1), (1, 1, 1)), score()),)  # the mean of neighbours
    compared = 8 if more else 0
    critic = CriticTable(streams, heads, (leaky(256),), sees_before=more, compared=compared, later=later)
    return Preset(spec, generator, critic)
