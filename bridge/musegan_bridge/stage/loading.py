"""Bands to change to while one plays: which there are, and one made ready beside it. It must not know the session."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from musegan_models import bundle as bundles
from musegan_models import density
from musegan_models.density import Density
from musegan_models.model import DeviceError, Model, draw_latents
from musegan_models.spec import ModelSpec


class LoadError(ValueError):
    """A band that cannot be had; the text names it and says why. The one that plays plays on."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A band that is ready to play: nothing that is done once is left to do."""

    path: Path
    model: Model
    density: Density | None  # None: it is measured when it is asked for
    seconds: float  # that it took

    @property
    def name(self) -> str:
        """Name of the bundle."""
        return self.model.spec.name


@dataclass(frozen=True, slots=True)
class Entry:
    """A bundle on disk."""

    name: str  # of its folder, by which it is asked for
    path: Path
    spec: ModelSpec | None  # None: it cannot be played
    problem: str = ""  # why not


def load(path: Path | None, device: str = "cpu", *, graphs: bool = False, calibrated: bool = True) -> Loaded:
    """Load a bundle, check it whole, and play bars that nobody hears: the first of the show costs what all cost.

    Without a path it is the one that comes with the program.
    It takes a fifth of a second of one core, and may run in a thread of its own beside a band that plays: it holds the
    interpreter for a few milliseconds at a time at most. On a GPU only without `graphs`: see `Model`. One that is not
    `calibrated` is there 30 ms earlier, and its density is still to be measured.

    Raises:
        LoadError: No band came of it; nothing else is raised, whatever is wrong.

    """
    begun = time.monotonic()
    try:
        path = bundles.pretrained() if path is None else path
        model = Model(bundles.load(path), device, graphs=graphs)
        model.bar(model.begin(draw_latents(model.spec, np.random.default_rng(0))), 0)
        found = density.calibrate(model) if calibrated else None
    except (bundles.BundleError, DeviceError, OSError) as error:
        raise LoadError(str(error)) from error
    except Exception as error:  # onnxruntime's exceptions share no public base class
        raise LoadError(f"{path}: it loads, but makes no bar: {error}") from error
    return Loaded(path, model, found, time.monotonic() - begun)


def check_change(playing: ModelSpec, wanted: ModelSpec) -> None:
    """Check that a band can take over from the one that plays, at a bar line.

    The tracks must be the same ones in the same order: clients hang synths, channels and controls on them. All else may
    differ: phrases of other lengths, another resolution or range, other hearing. The phrase begins anew, after silence:
    the planes of the band before are in its own resolution and range, and mean nothing to this one.

    Raises:
        LoadError: The tracks are others.

    """
    if playing.track_names != wanted.track_names:
        raise LoadError(
            f"{wanted.name} plays {', '.join(wanted.track_names)}, "
            f"and {playing.name} {', '.join(playing.track_names)}: "
            "a band can only be followed by one of the same tracks; stop, and start with --bundle"
        )


def default_folders() -> tuple[Path, ...]:
    """Return where bundles are looked for without being told: those that come with the program."""
    return (bundles.pretrained().parent,)


def find(name: str, folders: Sequence[Path]) -> Path:
    """Return the folder of the bundle of that name in `folders`, the first of them first; else `name` is its path.

    Raises:
        LoadError: There is none; the text says which there are.

    """
    known = _bundles_in(folders)
    if name in known:
        return known[name]
    path = Path(name).expanduser()
    if name and path.is_dir():
        return path
    raise LoadError(f"no bundle {name!r}; there is: {', '.join(known) or 'none'}; or give the path of its folder")


def available(folders: Sequence[Path]) -> list[Entry]:
    """Return the bundles in `folders`, each read and checked whole, in order of name.

    It takes some 15 ms a bundle: not for a thread that must be on time.
    """
    return [_entry(name, path) for name, path in sorted(_bundles_in(folders).items())]


def _bundles_in(folders: Sequence[Path]) -> dict[str, Path]:
    """Return the bundles by name; of two of one name the one in the earlier folder."""
    found: dict[str, Path] = {}
    for folder in folders:
        for spec_file in sorted(folder.glob(f"*/{bundles.SPEC_FILE}")):
            found.setdefault(spec_file.parent.name, spec_file.parent)
    return found


def _entry(name: str, path: Path) -> Entry:
    try:
        return Entry(name, path, bundles.load(path).spec)
    except (bundles.BundleError, OSError) as error:
        return Entry(name, path, None, str(error))
