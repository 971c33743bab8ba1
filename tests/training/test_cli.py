"""The program `musegan-train` where what it needs is not installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WITHOUT_TORCH = "import sys; sys.modules['torch'] = None; from musegan_train.cli import main; main()"


def test_it_says_what_training_needs_where_that_is_not_installed(tmp_path: Path) -> None:
    refused = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, "fit", tmp_path, "-o", tmp_path / "run"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr == f"Error: training needs torch: {sys.executable} -m pip install 'musegan-bridge[train]'\n"
