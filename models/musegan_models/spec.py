"""The facts that training and playing agree on; it must not know torch, onnxruntime or files."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Self

FORMAT_VERSION = 3
"""Version of `bundle.json` and of the names, shapes and meaning of the ONNX inputs and outputs.

Version 1 had the hybrid of onset and sustain planes only; version 2 had none that continue phrases. Every bundle of an
older version is one of this version too.
"""

BEATS_PER_MEASURE = 4
"""Every model of the family is 4/4: Lakh is filtered to it, as in the papers."""

OCTAVE = 12
"""Semitones."""


class SpecError(ValueError):
    """A spec that cannot be: the message names the field, the value and the range."""


@dataclass(frozen=True, slots=True)
class Track:
    """One player of the band."""

    name: str
    program: int  # General MIDI program, 0..127
    is_drum: bool
    onset_threshold: float = 0.5  # probability from which a note starts, in (0, 1)
    sustain_threshold: float = 0.5  # probability from which a note goes on, in (0, 1)
    is_monophonic: bool = False  # at each step only the most probable pitch sounds, as the AAAI paper's bass


TRACKS = (
    Track("bass", 33, False),
    Track("drums", 0, True),
    Track("guitar", 25, False),
    Track("piano", 0, False),
    Track("strings", 48, False),
)
"""The five tracks of the AAAI paper, in its order; representative programs as in LPD-5."""

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


@dataclass(frozen=True, slots=True)
class LatentSizes:
    """Width of each of the four z of MuseGAN (Dong et al., AAAI 2018, eq. 7).

    `shared` and `private` stay the same in every bar of a phrase; the two `_temporal` ones go through
    a temporal generator and become one vector a bar. `private` ones exist once for each track. A size of 0: the model
    has no such z (jamming has only private ones, composer only shared ones).
    """

    shared: int = 32
    shared_temporal: int = 32
    private: int = 32
    private_temporal: int = 32


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """All that a program has to know to play a model.

    A pianoroll of one bar is `(n_planes, n_tracks, measure_resolution, n_pitches)`. With `has_onsets` there are two
    planes, *onset* (a note starts in this cell) and *sustain* (a note that started earlier in this bar still sounds);
    without, one: a note sounds, as in the papers. Notes end at bar lines.
    """

    name: str
    preset: str = "live"  # which of `musegan_models.presets` it was built from
    tracks: tuple[Track, ...] = TRACKS
    beat_resolution: int = 4  # steps per beat
    n_measures: int = 4  # bars per phrase
    lowest_pitch: int = 24  # MIDI number of pitch index 0
    n_pitches: int = 84
    has_onsets: bool = True  # planes onset and sustain; else one plane of what sounds
    latent: LatentSizes = field(default_factory=LatentSizes)
    z_std: float = 1.0  # every z is drawn from N(0, z_std^2)
    z_limit: float | None = None  # and drawn again where |z| / z_std is above this (truncated normal)
    multitrack: str = "hybrid"  # jamming, composer or hybrid
    temporal: str = "scratch"  # scratch: z goes through temporal generators; none: one bar at a time
    conditional: bool = True  # has a bar encoder that hears a track the musician plays
    condition_track: str | None = None  # the one track that can be the condition; None: any subset of them
    hears_previous: bool = False  # has a bar encoder that hears the bar before (MidiNet)
    continues: bool = False  # the first bar of a phrase hears the last one of the phrase before; else silence
    anticipates: bool = False  # was trained to play beside tracks of which it hears only the bars before
    has_chord: bool = False  # a chord for each bar is an input (MidiNet)
    neurons: str = ""  # binary neurons at the output: deterministic or stochastic; none where empty
    key: str = "C major / A minor"  # of the training phrases: all of them were transposed to it
    training: dict[str, Any] = field(default_factory=dict)  # data, licence, recipe: for people
    metrics: dict[str, Any] = field(default_factory=dict)  # as `musegan-train evaluate` printed them

    def __post_init__(self) -> None:
        """Raise SpecError where a field is out of range."""
        if not self.tracks or len({track.name for track in self.tracks}) != len(self.tracks):
            raise SpecError(f"tracks must be one or more different names, got {[t.name for t in self.tracks]}")
        for track in self.tracks:
            if not (track.name.isascii() and track.name.isidentifier()):  # OSC lists them with spaces between
                raise SpecError(f"track names must be ASCII words without spaces, got {track.name!r}")
        for name, low, high in (
            ("beat_resolution", 1, 96),
            ("n_measures", 1, 64),
            ("lowest_pitch", 0, 127),
            ("n_pitches", 1, 128 - self.lowest_pitch),
        ):
            if not low <= getattr(self, name) <= high:
                raise SpecError(f"{name} must be in {low}..{high}, got {getattr(self, name)}")
        if self.multitrack not in ("jamming", "composer", "hybrid"):
            raise SpecError(f"multitrack must be jamming, composer or hybrid, got {self.multitrack!r}")
        if self.temporal not in ("scratch", "none"):
            raise SpecError(f"temporal must be scratch or none, got {self.temporal!r}")
        if self.neurons not in ("", "deterministic", "stochastic"):
            raise SpecError(f"neurons must be deterministic, stochastic or empty, got {self.neurons!r}")
        if self.condition_track is not None and self.condition_track not in self.track_names:
            raise SpecError(f"condition_track must be one of {self.track_names}, got {self.condition_track!r}")
        if self.continues and not self.hears_previous:
            raise SpecError("hears_previous must be true where continues is, got False")
        if self.anticipates and not (self.conditional and self.continues):
            raise SpecError("conditional and continues must be true where anticipates is, got "
                            f"{self.conditional} and {self.continues}")  # fmt: skip
        if not self.z_std > 0 or (self.z_limit is not None and not self.z_limit > 0):
            raise SpecError(f"z_std and z_limit must be above 0, got {self.z_std} and {self.z_limit}")
        for track in self.tracks:
            if not 0 <= track.program <= 127:
                raise SpecError(f"{track.name}: program must be in 0..127, got {track.program}")
            for threshold in (track.onset_threshold, track.sustain_threshold):
                if not 0 < threshold < 1:
                    raise SpecError(f"{track.name}: thresholds must be in (0, 1), got {threshold}")

    @property
    def n_tracks(self) -> int:
        """Number of tracks."""
        return len(self.tracks)

    @property
    def measure_resolution(self) -> int:
        """Steps per bar."""
        return self.beat_resolution * BEATS_PER_MEASURE

    @property
    def n_planes(self) -> int:
        """Planes of a pianoroll: onset and sustain, or one."""
        return 2 if self.has_onsets else 1

    @property
    def bar_shape(self) -> tuple[int, int, int, int]:
        """Shape of a bar's pianoroll: planes, tracks, steps, pitches."""
        return self.n_planes, self.n_tracks, self.measure_resolution, self.n_pitches

    @property
    def hears(self) -> bool:
        """Whether there is a bar encoder."""
        return self.conditional or self.hears_previous

    @property
    def track_names(self) -> tuple[str, ...]:
        """Track names, in the order of every array axis over tracks."""
        return tuple(track.name for track in self.tracks)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON types; `from_dict` reads them back."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Build a spec from `to_dict`'s output; raise SpecError naming what is missing, unknown or out of range."""
        known = {f.name for f in dataclasses.fields(cls)}
        if unknown := sorted(set(data) - known):
            raise SpecError(f"unknown fields: {', '.join(unknown)}")
        try:
            tracks = tuple(Track(**track) for track in data["tracks"])
            latent = LatentSizes(**data["latent"])
            return cls(**{**data, "tracks": tracks, "latent": latent})
        except KeyError as error:
            raise SpecError(f"missing field: {error.args[0]}") from error
        except TypeError as error:
            raise SpecError(str(error)) from error
