"""What the page is built on is what npm has, and nobody changed it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_VENDOR = _ROOT / "bridge" / "musegan_bridge" / "page" / "vendor"


def test_the_page_carries_what_the_lock_names(tmp_path: Path) -> None:
    subprocess.run([_ROOT / "scripts" / "vendor", tmp_path / "vendor"], check=True)
    assert _files(_VENDOR) == _files(tmp_path / "vendor")


def test_the_lock_names_no_host_and_all_that_is_carried_has_its_licence() -> None:
    packages = json.loads((_ROOT / "package-lock.json").read_text())["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package]
    carried = {path.name for path in _VENDOR.iterdir()}
    assert carried == set(json.loads((_ROOT / "package.json").read_text())["dependencies"])
    for name in carried:
        assert [file for file in (_VENDOR / name).iterdir() if file.name.startswith(("LICENSE", "COPYING"))], name
        assert packages[f"node_modules/{name}"]["license"] in ("MIT", "Zlib", "ISC", "BSD-3-Clause", "Apache-2.0")


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
