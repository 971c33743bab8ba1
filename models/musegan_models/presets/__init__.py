"""The models of the MuseGAN papers as tables of layers; it must not know how a layer is computed.

Each table is written for the resolution of its paper and shrinks with the steps of a bar: factors of the growth of time
are left out, layers keep their order and channels. `docs/models.md` says which paper and which code each one is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from musegan_models.blocks import Layer
from musegan_models.presets import aaai, binary, live, small, v3
from musegan_models.presets.rows import FACTORS
from musegan_models.spec import BINARY_TRACKS as BINARY_TRACKS
from musegan_models.spec import TRACKS, LatentSizes, ModelSpec, SpecError, Track
from musegan_models.tables import Layers, Preset

Build = Callable[[ModelSpec], Preset]

PRESETS: Mapping[str, tuple[Build, ModelSpec]] = {
    **{
        f"{multitrack}{suffix}": (aaai.build, aaai.spec_of(multitrack, temporal, conditional))
        for multitrack in ("jamming", "composer", "hybrid")
        for suffix, temporal, conditional in (
            ("", "scratch", False),
            ("-conditional", "scratch", True),
            ("-bar", "none", False),
            ("-bar-conditional", "none", True),
        )
    },
    **{
        f"binary{stages}{suffix}": (binary.build, binary.spec_of(neurons))
        for stages in ("", "-joint", "-end-to-end")
        for suffix, neurons in (("", "deterministic"), ("-stochastic", "stochastic"))
    },
    **{
        f"{multitrack}-v2": (
            binary.build_v2,
            replace(aaai.spec_of(multitrack, "scratch", conditional=False), z_std=1.0, tracks=TRACKS),
        )
        for multitrack in ("jamming", "composer", "hybrid")
    },
    "binary-ablated-1": (binary.build_ablated_1, binary.spec_of("")),
    "binary-ablated-2": (binary.build_ablated_2, binary.spec_of("")),
    "v3": (v3.build, v3.spec_of(conditional=False)),
    "v3-accompaniment": (v3.build, v3.spec_of(conditional=True)),
    "tutorial": (
        small.build_tutorial,
        ModelSpec(
            "",
            n_pitches=72,
            has_onsets=False,
            latent=LatentSizes(0, 128, 0, 0),
            multitrack="composer",
            conditional=False,
        ),
    ),
    "midinet": (small.build_midinet, small.MIDINET),
    "live-phrases": (live.build, live.PHRASES),
    "live": (live.build, live.LIVE),
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
    if beat_resolution is not None and beat_resolution * 4 not in FACTORS:
        raise SpecError(f"beat_resolution must be one of {[s // 4 for s in FACTORS]}, got {beat_resolution}")
    if not width > 0:
        raise SpecError(f"width must be above 0, got {width}")
    if tracks is not None and spec.tracks == small.MELODY:
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
                replace(s, branches=tuple(map(layers, s.branches)), each=layers(s.each), shared=layers(s.shared))
                for s in critic.streams
            ),
            heads=tuple(map(layers, critic.heads)),
            merge=layers(critic.merge),
        ),
        # Fewer channels add up to less: without this the signal dies on its way through narrow networks.
        init_std=None if preset.init_std is None else preset.init_std / width**0.5,
    )
