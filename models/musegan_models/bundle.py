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
DEFAULT = "lakh-five"
"""Name of the band that travels in the wheel and plays where none is asked for."""


class BundleError(ValueError):
    """A bundle that cannot be played; the text names the file and says what to do."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A checked bundle: the spec and the paths of its networks."""

    path: Path
    spec: ModelSpec

    @property
    def temporal_generator(self) -> Path:
        """shared_temporal (N, d), private_temporal (N, M, d) -> shared_bars (N, B, d), private_bars (N, M, B, d)."""
        return self.path / "temporal_generator.onnx"

    @property
    def bar_generator(self) -> Path:
        """shared, shared_bar (N, d), private, private_bar (N, M, d), feature_0.. -> probability (N, 2, M, T, P)."""
        return self.path / "bar_generator.onnx"

    @property
    def bar_encoder(self) -> Path | None:
        """condition (N, 2, M, T, P), given (N, M) -> feature_0..; None where the model is not conditional."""
        return self.path / "bar_encoder.onnx" if self.spec.conditional else None


def networks(spec: ModelSpec) -> tuple[str, ...]:
    """Return the file names of the networks that a bundle of this spec holds."""
    names = ("temporal_generator.onnx", "bar_generator.onnx")
    return (*names, "bar_encoder.onnx") if spec.conditional else names


def write_spec(path: Path, spec: ModelSpec) -> None:
    """Write `bundle.json` for the networks and the card that already lie in `path`, with the sha256 of each."""
    names = (*networks(spec), CARD_FILE)
    data = {
        "format_version": FORMAT_VERSION,
        "sha256": {name: _sha256(path / name) for name in names},
        "spec": spec.to_dict(),
    }
    (path / SPEC_FILE).write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def load(path: Path | str) -> Bundle:
    """Read and check a bundle whole; raise BundleError that tells what is missing, changed, newer or malformed."""
    path = Path(path)
    data = _read_json(path)
    version = data.get("format_version")
    if not isinstance(version, int):
        raise BundleError(f"{path / SPEC_FILE}: format_version must be an integer, got {version!r}")
    if version > FORMAT_VERSION:
        raise BundleError(
            f"{path}: format_version is {version}, this program reads up to {FORMAT_VERSION}: update musegan-bridge"
        )
    try:
        spec = ModelSpec.from_dict(data["spec"])
        hashes: dict[str, str] = dict(data["sha256"])
    except KeyError as error:
        raise BundleError(f"{path / SPEC_FILE}: missing field: {error.args[0]}") from error
    except (SpecError, TypeError, ValueError) as error:
        raise BundleError(f"{path / SPEC_FILE}: {error}") from error
    for name in networks(spec):
        if name not in hashes:
            raise BundleError(f"{path / SPEC_FILE}: sha256 of {name} is missing: export the bundle again")
        if not (path / name).is_file():
            raise BundleError(f"{path / name} is missing: copy the whole folder, or export the bundle again")
        if _sha256(path / name) != hashes[name]:
            raise BundleError(
                f"{path / name} is not the file that bundle.json describes (sha256 differs): copy it again"
            )
    return Bundle(path, spec)


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
