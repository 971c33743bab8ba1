"""From the wheel into the real programs: what `musegan-bridge install` writes is what they load."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.clients.sclang import program

from musegan_bridge.tools.clients import CLIENTS, files_of


def run_install(installed: Path, name: str, home: Path, *options: str) -> str:
    """Run the installed program as somebody whose home is `home`, from there; return what it said."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")} | {"HOME": str(home)}
    command = [str(installed / "musegan-bridge"), "install", name, *options]
    return subprocess.run(command, env=env, cwd=home, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.parametrize("name", CLIENTS)
def test_a_wheel_and_a_checkout_install_the_same(name: str, installed: Path, tmp_path: Path) -> None:
    run_install(installed, name, tmp_path, "--to", "there")
    folder = tmp_path / "there" / CLIENTS[name].folder
    for path, data in files_of(CLIENTS[name]).items():
        assert (folder / path).read_bytes() == data
    assert len([path for path in folder.rglob("*") if path.is_file()]) == len(files_of(CLIENTS[name])) + 1  # the record


def test_sclang_compiles_the_installed_classes(installed: Path, free_port: Callable[[], int], tmp_path: Path) -> None:
    said = run_install(installed, "supercollider", tmp_path)
    folder = tmp_path / ".local" / "share" / "SuperCollider" / "Extensions" / "MuseGAN"
    assert str(folder) in said
    script = tmp_path / "where.scd"
    script.write_text("[MuseGAN, PmuseGAN].do { |class| class.filenameSymbol.postln }; 0.exit;", encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")} | {
        "HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    tmp_path.chmod(0o700)
    command = [program("sclang"), "-u", str(free_port()), str(script)]
    result = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
    assert "ERROR" not in result.stdout
    for name in ("MuseGAN", "PmuseGAN"):
        assert str(folder / "Classes" / f"{name}.sc") in result.stdout


def test_pd_finds_the_installed_patches(installed: Path, tmp_path: Path) -> None:
    said = run_install(installed, "puredata", tmp_path)
    folder = tmp_path / ".local" / "lib" / "pd" / "extra" / "musegan"
    assert str(folder) in said
    mine = tmp_path / "mine.pd"
    objects = ("declare -path musegan", "musegan", "musegan.track drums", "musegan.drums~", "musegan.follow piano")
    lines = "".join(f"#X obj 9 {30 * i} {text};\n" for i, text in enumerate(objects))
    mine.write_text(f"#N canvas 0 0 450 300 12;\n#X declare -path musegan;\n{lines}", encoding="utf-8")
    end = tmp_path / "end.pd"  # opened last
    end.write_text(
        "#N canvas 0 0 450 300 12;\n#X obj 9 9 loadbang;\n#X msg 9 39 \\; pd quit;\n#X connect 0 0 1 0;\n",
        encoding="utf-8",
    )
    command = [program("pd"), "-nogui", "-noaudio", "-noprefs", "-stderr", mine, folder / "musegan-help.pd", end]
    env = os.environ | {"HOME": str(tmp_path)}
    result = subprocess.run(list(map(str, command)), env=env, capture_output=True, text=True, timeout=60, check=True)
    assert result.stderr == ""
