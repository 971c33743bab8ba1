"""By which rules songs become phrases; it must not know how."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec
from musegan_train.data.bands import BANDS

RESOLUTIONS = (16, 24, 48, 96)
"""Steps a bar: 16 has straight 16ths, 24 triplets, 48 both, 96 is the papers'."""

CHOICES: dict[str, tuple[str, ...]] = {
    "band": tuple(BANDS),
    "tracks": ("best", "merge"),
    "activity": ("light", "dense"),
    "key": ("transpose", "select", "keep"),
    "cleansing": ("aligned", "lpd"),
    "downbeat": ("shift", "drop", "trust"),
    "segment": ("structure", "windows"),
}
"""What each of the named rules can be; the first is the default."""


class RulesError(ValueError):
    """Rules that cannot be: the message names the field, the value and the range."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How songs become phrases."""

    band: str = "lpd-5"  # whose tracks
    tracks: str = "best"  # of the parts of one family the best one, or all merged
    activity: str = "light"  # light: a track plays in half of the bars; dense: as much as in the v3 training data
    key: str = "transpose"  # to C major or A minor; select: only songs that are; keep: as it is
    resolution: int = 16  # steps a bar
    cleansing: str = "aligned"  # all 4/4, bar lines do not move; lpd: the Lakh Pianoroll Dataset's rules
    downbeat: str = "shift"  # where kick and crash have it, if both do; drop such a song; trust the file
    segment: str = "structure"  # by sections; windows: every `hop` bars from the first that sounds
    hop: int = 4  # bars from one window to the next
    min_tracks: int | None = None  # tracks that have to play in a phrase; None: the band's own
    min_grid_fit: float = 0.85  # share of the onsets that are on the grid, 0..1
    max_phrases: int = 64  # of one song

    def __post_init__(self) -> None:
        """Raise RulesError where a field is out of range, or contradicts another."""
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise RulesError(f"{name} must be one of {', '.join(choices)}, got {getattr(self, name)!r}")
        if self.resolution not in RESOLUTIONS:
            raise RulesError(f"resolution must be one of {RESOLUTIONS} steps a bar, got {self.resolution}")
        if self.hop < 1:
            raise RulesError(f"hop must be 1 or more bars, got {self.hop}")
        if self.segment == "structure" and self.hop != 4:
            raise RulesError(f"hop is for windows: with segment structure it must be 4 bars, got {self.hop}")
        n_tracks = len(BANDS[self.band].tracks)
        if self.min_tracks is not None and not 1 <= self.min_tracks <= n_tracks:
            raise RulesError(f"min_tracks must be in 1..{n_tracks} for the band {self.band}, got {self.min_tracks}")
        if not 0 <= self.min_grid_fit <= 1:
            raise RulesError(f"min_grid_fit must be in 0..1, got {self.min_grid_fit}")
        if self.max_phrases < 1:
            raise RulesError(f"max_phrases must be 1 or more, got {self.max_phrases}")

    @property
    def n_tracks_needed(self) -> int:
        """Tracks that have to play in a phrase."""
        return BANDS[self.band].min_tracks if self.min_tracks is None else self.min_tracks

    @property
    def spec(self) -> ModelSpec:
        """What the phrases look like: tracks, resolution, pitches, key."""
        return ModelSpec(
            name="prepare",
            tracks=BANDS[self.band].tracks,
            beat_resolution=self.resolution // BEATS_PER_MEASURE,
            key="of each song" if self.key == "keep" else "C major / A minor",
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON types."""
        return {**dataclasses.asdict(self), "min_tracks": self.n_tracks_needed}
