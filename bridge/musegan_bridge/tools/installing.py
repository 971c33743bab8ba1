"""Write files into a folder that is ours, and update them there; what anybody else wrote is never lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

RECORD = ".musegan-bridge.json"  # what we wrote: the SHA-256 of each file, so that a changed one is known


@dataclass(slots=True)
class Report:
    """What became of each file, by its path in the folder."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)  # of an older version
    kept: dict[str, str] = field(default_factory=dict)  # not as we wrote it -> what it is called now


def write(files: Mapping[str, bytes], folder: Path) -> Report:
    """Make `folder` hold `files`.

    A file in their place that is not as we wrote it is renamed, to end with .bak. So is one of an older version that is
    no longer needed, if it was changed; if not, it is removed. All other files stay as they are. Raises OSError.
    """
    if folder.is_symlink():  # to somebody's checkout, perhaps: writing there would change his sources
        raise FileExistsError(f"{folder} is a link to {folder.resolve()}: remove the link first")
    folder.mkdir(parents=True, exist_ok=True)
    written = _recorded(folder / RECORD)
    report = Report()
    for name, data in files.items():
        path = folder / name
        if not path.exists():
            report.new.append(name)
        elif (digest := _digest(path.read_bytes())) == _digest(data):
            report.same.append(name)
            continue
        elif digest == written.get(name):
            report.updated.append(name)
        else:
            report.kept[name] = _set_aside(path)
        _replace(path, data)
    for name, digest in written.items():
        path = folder / name
        if name in files or not path.is_file():
            continue
        if _digest(path.read_bytes()) == digest:
            path.unlink()
            _remove_empty(path.parents, folder)
            report.removed.append(name)
        else:  # a class or patch that was changed must not be found beside the new ones
            report.kept[name] = _set_aside(path)
    record = {name: _digest(data) for name, data in files.items()}
    _replace(folder / RECORD, (json.dumps(record, indent=1) + "\n").encode())
    return report


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _recorded(path: Path) -> dict[str, str]:
    """Return what we wrote last time; nothing, if that is not known: then each file counts as changed."""
    try:
        record = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    if not isinstance(record, dict):
        return {}
    return {
        name: digest for name, digest in record.items() if ".." not in Path(name).parts and not Path(name).is_absolute()
    }


def _set_aside(path: Path) -> str:
    """Give a file a name that no program loads, and return the name."""
    backup, count = path.with_name(f"{path.name}.bak"), 1
    while backup.exists():
        count += 1
        backup = path.with_name(f"{path.name}.bak{count}")
    path.rename(backup)
    return backup.name


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.part")
    partial.write_bytes(data)
    partial.replace(path)


def _remove_empty(parents: Iterable[Path], folder: Path) -> None:
    for parent in parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()
