"""Which General MIDI program plays in which track of a band; it must not know files or arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from musegan_models.spec import BINARY_TRACKS, TRACKS, Track


@dataclass(frozen=True, slots=True)
class Band:
    """The tracks of a data set, and what they are merged from."""

    tracks: tuple[Track, ...]
    families: tuple[str | None, ...]  # name of the track of each of the 16 General MIDI families, None: left out
    min_tracks: int  # tracks that have to play in a phrase, unless the user says otherwise

    def family(self, program: int, is_drum: bool) -> str | None:
        """Return the track that a General MIDI program goes to, None where it is left out.

        >>> LPD_5.family(33, False), LPD_5.family(56, False), LPD_5.family(120, False), LPD_5.family(0, True)
        ('bass', 'strings', None, 'drums')
        """
        return "drums" if is_drum else self.families[program // 8]


LPD_5 = Band(
    TRACKS,
    (
        "piano", "strings", "strings", "guitar",  # piano, chromatic percussion, organ, guitar
        "bass", "strings", "strings", "strings",  # bass, strings, ensemble, brass
        "strings", "strings", "strings", "strings",  # reed, pipe, synth lead, synth pad
        None, "strings", None, None,  # synth effects, ethnic, percussive, sound effects
    ),
    min_tracks=5,
)  # fmt: skip
"""The five tracks of the Lakh Pianoroll Dataset's LPD-5: whatever is no other track's becomes strings."""

BINARY_8 = Band(
    BINARY_TRACKS,
    (
        "piano", None, None, "guitar",
        "bass", None, "ensemble", None,
        "reed", None, "synth_lead", "synth_pad",
        None, None, None, None,
    ),
    min_tracks=4,  # the paper does not say; few songs have all eight, and none of Lakh's rock songs needs them
)  # fmt: skip
"""The eight tracks of Dong and Yang, Convolutional GANs with Binary Neurons, ISMIR 2018, section 4.1."""

BANDS: Mapping[str, Band] = MappingProxyType({"lpd-5": LPD_5, "binary-8": BINARY_8})
"""The bands by the name that `musegan-train prepare --band` knows them by."""
