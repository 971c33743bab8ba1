"""Ideas and settings that were given a name: sections, snapshots, the corners of the pad. No bars, no files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from musegan_bridge.messages import MAX_SEED, MessageError, Value
from musegan_bridge.show.ideas import Kept, derive
from musegan_bridge.show.latent import Z, z_from_latents
from musegan_models.model import draw_latents
from musegan_models.spec import ModelSpec

_MOST = 1024
_PAD = MAX_SEED // 4  # the index of the pad's first corner: far from those of phrases, tracks and renewals


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """An idea, and what all controls were set to."""

    kept: Kept
    controls: Mapping[str, Value]  # address -> value

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON types; `snapshot_from_dict` reads them back."""
        z = [[float(str(x)) for x in own] for own in self.kept.z]  # the shortest number that is this float32
        return {"seed": self.kept.seed, "private_seed": self.kept.private_seed, "z": z, "controls": dict(self.controls)}


class ShelfError(ValueError):
    """A snapshot that cannot be read; the text names the field."""


def snapshot_from_dict(data: Mapping[str, Any], spec: ModelSpec) -> Snapshot:
    """Read what `to_dict` wrote; raise ShelfError where it is none, or of a band with other z."""
    try:
        z = tuple(np.array(own, np.float32) for own in data["z"])
        kept = Kept(int(data["seed"]), int(data["private_seed"]), z)
        controls = {str(address): value for address, value in data["controls"].items()}
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ShelfError(f"not a snapshot: {error!r}") from error
    for name, seed in (("seed", kept.seed), ("private_seed", kept.private_seed)):
        if not 0 <= seed <= MAX_SEED:
            raise ShelfError(f"{name} must be in 0..{MAX_SEED}, got {seed}")
    sizes, shapes = _sizes(spec), [own.shape for own in z]
    if shapes != [(size,) for size in sizes] or not all(np.isfinite(own).all() for own in z):
        raise ShelfError(f"z must be numbers in groups of {sizes}, as of {spec.name}, got the shapes {shapes}")
    return Snapshot(kept, controls)


class Shelf:
    """Sections and snapshots by name; a name may be of either kind, or both."""

    def __init__(self, spec: ModelSpec, seed: int) -> None:
        self._spec = spec
        self.sections: dict[str, Kept] = {}
        self.snapshots: dict[str, Snapshot] = {}
        self.place = (0.5, 0.5)  # on the pad
        self.corners: tuple[Z, ...] = tuple(
            z_from_latents(draw_latents(spec, np.random.default_rng(derive(seed, _PAD - i)))) for i in range(4)
        )

    def put_section(self, name: str, kept: Kept) -> None:
        """Keep a section; raise MessageError where there are too many."""
        _check_room(name, self.sections)
        self.sections[name] = kept

    def forget_section(self, name: str) -> None:
        """Free the name of a section; raise MessageError that lists what there is."""
        if name not in self.sections:
            raise MessageError(f"no section {name!r}; there {_are(self.sections)}")
        del self.sections[name]

    def put_snapshot(self, name: str, snapshot: Snapshot) -> None:
        """Keep a snapshot; raise MessageError where there are too many."""
        _check_room(name, self.snapshots)
        self.snapshots[name] = snapshot

    def z(self, name: str) -> Z:
        """Return the z of a section or, of that name, a snapshot; raise MessageError that lists what there is."""
        if name in self.sections:
            return self.sections[name].z
        if name in self.snapshots:
            return self.snapshots[name].kept.z
        raise MessageError(f"no section or snapshot {name!r}; there {_are((*self.sections, *self.snapshots))}")

    def snapshot(self, name: str) -> Snapshot:
        """Return a snapshot; raise MessageError that lists what there is."""
        if name not in self.snapshots:
            raise MessageError(f"no snapshot {name!r}; there {_are(self.snapshots)}")
        return self.snapshots[name]


def check_name(name: str) -> None:
    """Raise MessageError where a name is no word that can be a file's, too."""
    if not (0 < len(name) <= 64 and all(c.isascii() and (c.isalnum() or c in "-_") for c in name)):
        raise MessageError(f"name must be 1..64 letters, digits, - or _, got {name!r}")


def _check_room(name: str, there: Mapping[str, object]) -> None:
    if name not in there and len(there) >= _MOST:
        raise MessageError(f"there are {_MOST} already: delete one first")


def _are(names: Iterable[str]) -> str:
    listed = sorted(names)
    return f"are: {', '.join(listed)}" if listed else "are none yet"


def _sizes(spec: ModelSpec) -> list[int]:
    sizes = spec.latent
    return [sizes.shared + sizes.shared_temporal, *[sizes.private + sizes.private_temporal] * spec.n_tracks]
