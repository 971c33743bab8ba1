"""The models of the MuseGAN papers as tables of layers; it must not know how a layer is computed.

Each table is written for the resolution of its paper and shrinks with the steps of a bar: factors of the growth of time
are left out, layers keep their order and channels. `docs/models.md` says which paper and which code each one is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from musegan_models.blocks import OUTPUTS, Layer
from musegan_models.spec import TRACKS, LatentSizes, ModelSpec, SpecError, Track
from musegan_models.tables import CriticTable, EncoderRow, GeneratorTable, Layers, Preset, Stream

_FACTORS = {16: (4, 1), 24: (2, 3), 48: (4, 3), 96: (4, 6)}
"""Steps of a bar -> growth of time from a beat in the trunk, and in the branches (musegan.md, v2 and v3)."""

BINARY_TRACKS = (
    Track("drums", 0, True),
    Track("piano", 0, False),
    Track("guitar", 24, False),
    Track("bass", 32, False),
    Track("ensemble", 48, False),
    Track("reed", 64, False),
    Track("synth_lead", 80, False),
    Track("synth_pad", 88, False),
)
"""The eight tracks of Binary MuseGAN (Dong and Yang, ISMIR 2018, sec. 4.1)."""

MELODY = (Track("melody", 0, False, is_monophonic=True),)

Build = Callable[[ModelSpec], Preset]


# The AAAI paper (Dong et al. 2018): 2-D layers, time grows first, then pitch.


def _aaai(spec: ModelSpec) -> Preset:
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
        encoder=_aaai_encoder(factors) if spec.conditional else (),
    )
    return Preset(spec, generator, _aaai_critic(spec), init_std=0.02)


def _aaai_encoder(factors: Sequence[int]) -> tuple[EncoderRow, ...]:
    def row(number: int, before: str, kernel: tuple[int, int, int]) -> EncoderRow:
        return EncoderRow(f"e{number}", Layer(16, kernel, activation="leaky"), (before,))

    rows = [row(0, "condition", (1, 1, 12)), row(1, "e0", (1, 1, 7))]
    # The generator's layer i hears feature 6 - i: both ends of the paper's seven stay where fewer factors are needed.
    for i, factor in enumerate(reversed(factors)):
        number = 6 - len(factors) + 1 + i
        rows.append(row(number, rows[-1].name, (1, factor, 1)))
    return tuple(rows)


def _aaai_critic(spec: ModelSpec) -> CriticTable:
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


def _aaai_spec(multitrack: str, temporal: str, conditional: bool) -> ModelSpec:
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


# Binary MuseGAN (Dong and Yang 2018) and the current code of its authors, v3: one z, private branches.


def _branches(a: int, c: tuple[int, int], *, skips: Sequence[str] = ("", "", "", "")) -> tuple[Layers, Layers]:
    """Pitch, then time, and time, then pitch; `a` is the growth of time in both."""
    names = [(name,) if name else () for name in skips]
    pitch, time = (1, 1, 12), (1, a, 1)
    return (
        (Layer(c[0], pitch, skip=names[0]), Layer(c[1], time, skip=names[1])),
        (Layer(c[0], time, skip=names[2]), Layer(c[1], pitch, skip=names[3])),
    )


_MERGE = Layer(OUTPUTS, activation="none")


def _binary(spec: ModelSpec) -> Preset:
    b, a = _FACTORS[spec.measure_resolution]
    generator = GeneratorTable(
        trunk=(
            Layer(128, (1, 4, 1)),
            Layer(128, (1, 1, 3)),
            Layer(64, (1, b, 1)),
            Layer(64, (1, 1, 3), (1, 1, 2)),
        ),
        branches=((Layer(64, (1, 1, 12)), Layer(32, (1, a, 1))), (Layer(64, (1, a, 1)), Layer(32, (1, 1, 12)))),
        merge=_MERGE,
        shared_temporal=(Layer(512, (3, 1, 1), is_dense=True), Layer(256, (2, 1, 1), (1, 1, 1))),
        refiner_channels=64,
    )
    return Preset(spec, generator, _binary_critic(spec))


def _pretrained(spec: ModelSpec) -> GeneratorTable:
    """Return the generator of the first stage: the ablations are measured without a refiner."""
    return replace(_binary(spec).generator, refiner_channels=0)


def _leaky(c: int, kernel: tuple[int, int, int] = (1, 1, 1), stride: tuple[int, int, int] | None = None) -> Layer:
    return Layer(c, kernel, stride, norm="none", activation="leaky")


def _score(kernel: tuple[int, int, int] = (1, 1, 1)) -> Layer:
    return Layer(1, kernel, norm="none", activation="none")


def _binary_critic(spec: ModelSpec) -> CriticTable:
    b, a = _FACTORS[spec.measure_resolution]
    tracks = Stream(
        "track",
        ((_leaky(32, (1, 1, 12)), _leaky(64, (1, a, 1))), (_leaky(32, (1, a, 1)), _leaky(64, (1, 1, 12)))),
        each=(_leaky(64),),
        shared=(_leaky(128, (1, b, 3), (1, b, 2)), _leaky(256, (1, 4, 3))),
        is_private=True,
    )
    onset = Stream("onset", ((_leaky(32, (1, a, 1)), _leaky(64, (1, b, 1)), _leaky(128, (1, 4, 1))),))
    chroma = Stream("chroma", ((_leaky(64, (1, 1, 12)), _leaky(128, (1, 4, 1))),))
    return CriticTable((tracks, onset, chroma), ((_leaky(512, (2, 1, 1), (1, 1, 1)), _score((3, 1, 1))),))


def _v2(spec: ModelSpec) -> Preset:
    """Build the AAAI models as the code of the ISMIR paper has them: its layers, and its critic."""
    b, a = _FACTORS[spec.measure_resolution]
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
        merge=_MERGE,
        shared_temporal=temporal(latent.shared_temporal) if latent.shared_temporal else (),
        private_temporal=temporal(latent.private_temporal) if latent.private_temporal else (),
        trunk_is_private=private,
        branches_are_private=private,
    )
    return Preset(spec, generator, _binary_critic(spec))


def _binary_ablated_1(spec: ModelSpec) -> Preset:
    """Without the onset and chroma streams."""
    critic = _binary_critic(spec)
    return Preset(spec, _pretrained(spec), replace(critic, streams=critic.streams[:1]))


def _binary_ablated_2(spec: ModelSpec) -> Preset:
    """Without private and shared parts: one critic of all tracks alike."""
    b, a = _FACTORS[spec.measure_resolution]
    chain = (
        _leaky(128, (1, 1, 12)),
        _leaky(128, (1, 1, 3), (1, 1, 2)),
        _leaky(256, (1, a, 1)),
        _leaky(256, (1, b, 1)),
        _leaky(512, (1, 1, 3)),
        _leaky(512, (1, 4, 1)),
    )
    heads = ((_leaky(1024, (2, 1, 1), (1, 1, 1)), _score((3, 1, 1))),)
    return Preset(spec, _pretrained(spec), CriticTable((Stream("all", (chain,)),), heads))


def _binary_spec(neurons: str = "deterministic") -> ModelSpec:
    return ModelSpec(
        "",
        beat_resolution=24,
        has_onsets=False,
        latent=LatentSizes(0, 128, 0, 0),
        multitrack="composer",
        conditional=False,
        neurons=neurons,
    )


def _v3(spec: ModelSpec) -> Preset:
    b, a = _FACTORS[spec.measure_resolution]
    hears = spec.conditional
    generator = GeneratorTable(
        trunk=(
            Layer(256, (1, 4, 3), skip=("s2",) if hears else ()),
            Layer(128, (1, b, 3), (1, b, 2), skip=("s1",) if hears else ()),
        ),
        branches=_branches(a, (32, 16), skips=("tp2", "tp1", "pt2", "pt1") if hears else ("",) * 4),
        merge=_MERGE,
        shared_temporal=(Layer(512, (4, 1, 1), skip=("phrase",) if hears else ()),),
        activation="tanh",
        encoder=_v3_encoder(a, b) if hears else (),
        phrase_encoder=Layer(256, (4, 1, 1)) if hears else None,
    )
    private = Stream(
        "all",  # its code calls them private; each sees all tracks
        ((_leaky(16, (1, 1, 12)), _leaky(32, (1, a, 1))), (_leaky(16, (1, a, 1)), _leaky(32, (1, 1, 12)))),
        each=(_leaky(64),),
        shared=(_leaky(128, (1, b, 3), (1, b, 2)), _leaky(256, (1, 4, 3))),
        is_private=True,
    )
    onset = Stream("onset", ((_leaky(16, (1, a, 1)), _leaky(32, (1, b, 1)), _leaky(64, (1, 4, 1))),))
    chroma = Stream("chroma", ((_leaky(32, (1, 1, 12)), _leaky(64, (1, 4, 1))),))
    heads = ((_leaky(512, (2, 1, 1), (1, 1, 1)), _score()),)  # a score for each pair of neighbouring bars
    critic = CriticTable((private, onset, chroma), heads, is_signed=True, onsets="signed")
    return Preset(spec, generator, critic, init_std=0.05)


def _v3_encoder(a: int, b: int) -> tuple[EncoderRow, ...]:
    return (
        EncoderRow("pt1", Layer(16, (1, 1, 12)), ("condition",)),
        EncoderRow("pt2", Layer(32, (1, a, 1)), ("pt1",)),
        EncoderRow("tp1", Layer(16, (1, a, 1)), ("condition",)),
        EncoderRow("tp2", Layer(32, (1, 1, 12)), ("tp1",)),
        EncoderRow("s1", Layer(64, (1, b, 3), (1, b, 2)), ("pt2", "tp2")),
        EncoderRow("s2", Layer(128, (1, 4, 3)), ("s1",)),
    )


def _v3_spec(conditional: bool) -> ModelSpec:
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


# The small ones.


def _tutorial(spec: ModelSpec) -> Preset:
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
    heads = ((conv(128, (2, 1, 1), (1, 1, 1)), conv(256, (3, 1, 1)), _score()),)
    return Preset(spec, generator, CriticTable((stream,), heads))


def _midinet(spec: ModelSpec) -> Preset:
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
    heads = ((Layer(1024, (1, places, 1), activation="leaky", skip=chord), replace(_score(), skip=chord)),)
    return Preset(spec, generator, CriticTable((Stream("all", (chain,)),), heads), init_std=0.02)


_MIDINET = ModelSpec(
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


# What this project ships.


def _live(spec: ModelSpec) -> Preset:
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
            ((_leaky(64, (1, 1, 12)), _leaky(128, (1, 1, n_octaves)), _leaky(192, beat), _leaky(256, (1, 4, 1))),),
        ),
        Stream(
            "track",
            ((_leaky(32, (1, 1, spec.n_pitches)), _leaky(64, beat), _leaky(64, (1, 4, 1))),),
            is_private=True,
        ),
        Stream("onset", ((_leaky(128, (1, steps, 1)), _leaky(64)),)),
        Stream("chroma", ((_leaky(64, (1, 1, 12)), _leaky(128, (1, 4, 1))),)),
    )
    heads = ((_score(),), (_leaky(512, (4, 1, 1)), _score()))  # the mean of the bars, and the phrase
    return Preset(spec, generator, CriticTable(streams, heads, merge=(_leaky(256),)))


PRESETS: Mapping[str, tuple[Build, ModelSpec]] = {
    **{
        f"{multitrack}{suffix}": (_aaai, _aaai_spec(multitrack, temporal, conditional))
        for multitrack in ("jamming", "composer", "hybrid")
        for suffix, temporal, conditional in (
            ("", "scratch", False),
            ("-conditional", "scratch", True),
            ("-bar", "none", False),
            ("-bar-conditional", "none", True),
        )
    },
    **{
        f"binary{stages}{suffix}": (_binary, _binary_spec(neurons))
        for stages in ("", "-joint", "-end-to-end")
        for suffix, neurons in (("", "deterministic"), ("-stochastic", "stochastic"))
    },
    **{
        f"{multitrack}-v2": (
            _v2,
            replace(_aaai_spec(multitrack, "scratch", conditional=False), z_std=1.0, tracks=TRACKS),
        )
        for multitrack in ("jamming", "composer", "hybrid")
    },
    "binary-ablated-1": (_binary_ablated_1, _binary_spec("")),
    "binary-ablated-2": (_binary_ablated_2, _binary_spec("")),
    "v3": (_v3, _v3_spec(conditional=False)),
    "v3-accompaniment": (_v3, _v3_spec(conditional=True)),
    "tutorial": (
        _tutorial,
        ModelSpec(
            "",
            n_pitches=72,
            has_onsets=False,
            latent=LatentSizes(0, 128, 0, 0),
            multitrack="composer",
            conditional=False,
        ),
    ),
    "midinet": (_midinet, _MIDINET),
    "live": (_live, ModelSpec("")),
}
"""Name -> how its tables are made, and its spec at the resolution of its paper."""


def preset(
    name: str,
    *,
    band: str = "band",
    beat_resolution: int | None = None,
    tracks: tuple[Track, ...] | None = None,
    condition_track: str | None = None,
    width: float = 1.0,
) -> Preset:
    """Return a model of the family, where asked for at another resolution, with other tracks or other channels.

    `band` is its name; `beat_resolution` 4, 6, 12 or 24 steps; `condition_track` the track that a track-conditional
    model hears; `width` multiplies the channels of every layer (z stays as wide as it is).

    Raises:
        SpecError: A value is out of range, or the preset has no such choice.

    """
    if name not in PRESETS:
        raise SpecError(f"preset must be one of {', '.join(PRESETS)}, got {name!r}")
    build, spec = PRESETS[name]
    if beat_resolution is not None and beat_resolution * 4 not in _FACTORS:
        raise SpecError(f"beat_resolution must be one of {[s // 4 for s in _FACTORS]}, got {beat_resolution}")
    if not width > 0:
        raise SpecError(f"width must be above 0, got {width}")
    if tracks is not None and spec.tracks == MELODY:
        raise SpecError(f"{name} plays one melody: it has no other tracks")
    if condition_track is not None and spec.condition_track is None:
        raise SpecError(f"{name} has no condition_track to choose")
    made = build(
        replace(
            spec,
            name=band,
            preset=name,
            beat_resolution=beat_resolution or spec.beat_resolution,
            tracks=tracks or spec.tracks,
            condition_track=condition_track or spec.condition_track,
        )
    )
    return made if width == 1 else _widen(made, width)


def _widen(preset: Preset, width: float) -> Preset:
    def layer(row: Layer) -> Layer:
        return replace(row, channels=max(4, round(row.channels * width))) if row.channels > 1 else row

    def layers(rows: Layers) -> Layers:
        return tuple(map(layer, rows))

    table, critic = preset.generator, preset.critic
    return replace(
        preset,
        generator=replace(
            table,
            trunk=layers(table.trunk),
            branches=tuple(map(layers, table.branches)),
            shared_temporal=layers(table.shared_temporal),
            private_temporal=layers(table.private_temporal),
            encoder=tuple(replace(row, layer=layer(row.layer)) for row in table.encoder),
            phrase_encoder=layer(table.phrase_encoder) if table.phrase_encoder else None,
            refiner_channels=round(table.refiner_channels * width),
        ),
        critic=replace(
            critic,
            streams=tuple(
                dataclasses.replace(
                    s, branches=tuple(map(layers, s.branches)), each=layers(s.each), shared=layers(s.shared)
                )
                for s in critic.streams
            ),
            heads=tuple(map(layers, critic.heads)),
            merge=layers(critic.merge),
        ),
        # Fewer channels add up to less: without this the signal dies on its way through narrow networks.
        init_std=None if preset.init_std is None else preset.init_std / width**0.5,
    )
