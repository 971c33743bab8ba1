"""The bundle on disk, the contract between training and playing; it must not know torch or onnxruntime."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from musegan_models.spec import FORMAT_VERSION, ModelSpec, SpecError

SPEC_FILE = "bundle.json"
CARD_FILE = "CARD.md"
DEFAULT = "lakh-live"
"""Name of the band that travels in the wheel and plays where none is asked for."""


class BundleError(ValueError):
    """A bundle that cannot be played; the text names the file and says what to do."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A checked bundle: the spec and the paths of its networks.

    Every network is an ONNX file whose inputs and outputs have these names, float32, batch first. One that a model has
    no use for is absent: of the networks, of their inputs, and of the z (those of size 0).

    - `temporal_generator.onnx`, with temporal generators: shared_temporal (N, d), private_temporal (N, M, d),
      condition_bars (N, B, c) -> shared_bars (N, B, d'), private_bars (N, M, B, d')
    - `bar_encoder.onnx`, where the model hears something: condition (N, planes, M, T, P), given (N, M),
      previous (N, planes, M, T, P) -> features of any name; condition_bar (N, c) goes to the temporal generator
    - `bar_generator.onnx`: shared (N, d), shared_bar (N, d'), private (N, M, d), private_bar (N, M, d'), chord (N, 13),
      the features -> probability (N, planes, M, T, P) in 0..1
    """

    path: Path
    spec: ModelSpec

    @property
    def networks(self) -> tuple[Path, ...]:
        """Return the files of its networks."""
        return tuple(self.path / name for name in networks(self.spec))


def networks(spec: ModelSpec) -> tuple[str, ...]:
    """Return the file names of the networks that a bundle of this spec holds."""
    temporal = ("temporal_generator.onnx",) if spec.temporal == "scratch" else ()
    encoder = ("bar_encoder.onnx",) if spec.hears else ()
    return (*temporal, "bar_generator.onnx", *encoder)


def write_spec(path: Path, spec: ModelSpec) -> None:
    """Write `bundle.json` for the networks and the card that already lie in `path`, with size and sha256 of each."""
    names = (*networks(spec), CARD_FILE)
    data = {
        "format_version": FORMAT_VERSION,
        "bytes": {name: (path / name).stat().st_size for name in networks(spec)},
        "sha256": {name: _sha256(path / name) for name in names},
        "spec": spec.to_dict(),
    }
    (path / SPEC_FILE).write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def load(path: Path | str) -> Bundle:
    """Read and check a bundle whole.

    Raises:
        BundleError: The folder is no bundle, or newer than this program; bundle.json misses a field, has one that is
            unknown or out of range; a network is missing, cut short, or another than the one described.

    """
    path = Path(path)
    data = _read_json(path)
    version = data.get("format_version")
    if not isinstance(version, int):
        raise BundleError(f"{path / SPEC_FILE}: format_version must be an integer, got {version!r}")
    if version > FORMAT_VERSION:
        raise BundleError(
            f"{path}: format_version is {version}, this program reads up to {FORMAT_VERSION}: update musegan-bridge"
        )
    if unknown := sorted(set(data) - {"format_version", "bytes", "sha256", "spec"}):
        raise BundleError(f"{path / SPEC_FILE}: unknown fields: {', '.join(unknown)}")
    try:
        spec = ModelSpec.from_dict(data["spec"])
        hashes: dict[str, str] = dict(data["sha256"])
        sizes: dict[str, int] = dict(data.get("bytes", {}))  # version 1 did not have them
    except KeyError as error:
        raise BundleError(f"{path / SPEC_FILE}: missing field: {error.args[0]}") from error
    except (SpecError, TypeError, ValueError) as error:
        raise BundleError(f"{path / SPEC_FILE}: {error}") from error
    for name in networks(spec):
        _check_file(path / name, hashes.get(name), sizes.get(name))
    return Bundle(path, spec)


def _check_file(file: Path, sha256: str | None, size: int | None) -> None:
    if sha256 is None:
        raise BundleError(f"{file.parent / SPEC_FILE}: sha256 of {file.name} is missing: export the bundle again")
    if not file.is_file():
        raise BundleError(f"{file} is missing: copy the whole folder, or export the bundle again")
    if size is not None and (found := file.stat().st_size) < size:
        raise BundleError(f"{file} is cut short: it has {found} of {size} bytes: copy it again")
    if _sha256(file) != sha256:
        raise BundleError(f"{file} is not the file that bundle.json describes (sha256 differs): copy it again")


def pretrained(name: str = DEFAULT) -> Path:
    """Return the folder of a bundle that travels in the wheel; raise BundleError with the names there are."""
    root = Path(__file__).parent / "pretrained"
    path = root / name
    if not path.is_dir():
        known = sorted(p.name for p in root.iterdir() if (p / SPEC_FILE).is_file()) if root.is_dir() else []
        raise BundleError(f"no bundle {name!r} is installed; there is: {', '.join(known) or 'none'}")
    return path


def _read_json(path: Path) -> dict[str, Any]:
    if not path.is_dir():
        raise BundleError(f"{path} is not a folder: a bundle is the folder that holds {SPEC_FILE}")
    if not (path / SPEC_FILE).is_file():
        raise BundleError(f"{path / SPEC_FILE} is missing: this folder is not a bundle")
    try:
        data = json.loads((path / SPEC_FILE).read_text(encoding="utf-8"))
    except ValueError as error:
        raise BundleError(f"{path / SPEC_FILE} is not JSON: {error}") from error
    if not isinstance(data, dict):
        raise BundleError(f"{path / SPEC_FILE} must be a JSON object, got {type(data).__name__}")
    return data


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
