"""What is installed and loaded: no torch in the live program, and nothing but the core in the wheel."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path


def modules_after(code: str) -> set[str]:
    """Return the names of the modules that a fresh interpreter has loaded after `code`."""
    result = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('modules:', *sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return set(result.stdout.split("modules:")[-1].split())


def test_help_loads_no_library_but_click() -> None:
    code = (
        "from click.testing import CliRunner; from musegan_bridge.cli import main; CliRunner().invoke(main, ['--help'])"
    )
    assert not modules_after(code) & {"numpy", "onnxruntime", "mido", "pythonosc", "asyncio", "torch"}


def test_the_live_program_never_loads_torch_or_the_trainer() -> None:
    code = "import musegan_bridge.stage.server, musegan_bridge.generate, musegan_models.midi"
    loaded = modules_after(code)
    assert "onnxruntime" in loaded
    assert not loaded & {"torch", "musegan_train", "musegan_models.networks"}


def test_the_trainer_never_loads_the_live_program() -> None:
    rooms = ("fit.fit", "export.export", "measure.evaluate", "data.prepare")
    code = f"import {', '.join(f'musegan_train.{room}' for room in rooms)}"
    assert not {m for m in modules_after(code) if m.startswith("musegan_bridge")}


def test_the_wheel_without_extras_serves_and_has_no_torch(wheel: Path, installed: Path, tmp_path: Path) -> None:
    assert wheel.stat().st_size < 25_000_000
    without = subprocess.run([installed / "python", "-c", "import torch"], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError" in without.stderr
    # From an empty folder, so that nothing of the source tree can help.
    with subprocess.Popen(
        [installed / "musegan-bridge", "serve", "--port", "0"], stdout=subprocess.PIPE, text=True, cwd=tmp_path
    ) as server:
        assert server.stdout is not None
        lines = [server.stdout.readline() for _ in range(3)]
        server.send_signal(signal.SIGTERM)
        assert server.wait(10) == 0
    assert re.search(r"on CPUExecutionProvider, seed \d+", lines[0])
    assert "follows any track" in lines[1]
    assert "listening on 127.0.0.1:" in lines[2]
