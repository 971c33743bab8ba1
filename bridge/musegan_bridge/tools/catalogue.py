"""Which bands there are, those that came with the program and those of a folder; it must not play any."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from musegan_bridge.show.hearing import describe_hearing
from musegan_models.bundle import SPEC_FILE, BundleError, load, pretrained
from musegan_models.spec import ModelSpec


@dataclass(frozen=True, slots=True)
class Entry:
    """What a musician wants to know of a band before he loads it."""

    name: str
    path: str
    is_default: bool
    wrong: str = ""  # why it cannot be played; the rest is empty then
    tracks: tuple[str, ...] = ()
    hearing: str = ""  # what it follows
    key: str = ""
    megabytes: float = 0.0  # of its networks
    licence: str = ""
    metrics: str = ""  # the first line of what was measured


_SONGS = "data"
"""What an evaluation calls the songs that a band was trained on, beside which it stands."""


def bands(folder: Path | None = None) -> list[Entry]:
    """Return the bands in the wheel, then those in `folder`: itself, or the folders in it; each of them once."""
    folders = [pretrained().parent] if folder is None else [pretrained().parent, folder]
    # By their real paths: the folder may be the program's own, or have links in it.
    return [_entry(path) for path in dict.fromkeys(path.resolve() for one in folders for path in bundles_in(one))]


def bundles_in(folder: Path) -> list[Path]:
    """Return the bundles of a folder, whole or not: itself, or those in it."""
    if (folder / SPEC_FILE).is_file():
        return [folder]
    return sorted(path.parent for path in folder.glob(f"*/{SPEC_FILE}"))


def _entry(path: Path) -> Entry:
    is_default = path == pretrained().resolve()
    try:
        bundle = load(path)
    except BundleError as error:
        return Entry(path.name, str(path), is_default, wrong=str(error))
    spec = bundle.spec
    return Entry(
        spec.name,
        str(path),
        is_default,
        tracks=spec.track_names,
        hearing=describe_hearing(spec),
        key=spec.key,
        megabytes=round(sum(file.stat().st_size for file in bundle.networks) / 1e6, 1),
        licence=str(spec.training.get("licence") or "not said"),
        metrics=_metrics(spec),
    )


def _metrics(spec: ModelSpec) -> str:
    """Return the band's first figure of its evaluation, if it carries one, as `musegan-train evaluate` named it."""
    summary = spec.metrics.get("summary")
    if not isinstance(summary, dict) or not summary:
        return ""
    name, row = next(iter(summary.items()))
    try:
        how, value = next((how, value) for how, value in row["values"].items() if how != _SONGS)
        return f"{name}, {how}: {value:.3g} {row['unit']}".rstrip() + f" (goal {row['goal']})"
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration):  # of another version
        return ""
