"""Rows of `musegan-train evaluate --songs`: the band by what it is told of the bar to come."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.follow.common import Offline, Row, percent


def told_rows(offline: Offline, folder: Path, n: int) -> Iterator[Row]:
    """Yield harmony and rhythm by what the band is told, mean over all leads, and whether the controls come last."""
    numbers = offline.folder / "told.json"
    command = ["evaluate", str(offline.bundle), "--songs", str(folder), "--songs-limit", str(n), "--json", str(numbers)]
    done = subprocess.run([sys.executable, "-m", "musegan_train", *command], stdout=subprocess.PIPE, text=True)
    if not numbers.exists():
        raise RuntimeError(f"musegan-train evaluate ended with {done.returncode} and wrote nothing")
    found = json.loads(numbers.read_text())["anticipating"]
    for name, figures in found["rows"]["all"].items():
        known = ", ".join(_percent(figures[figure]) for figure in figures if figure.startswith("harmony "))
        yield Row(
            f"told of the bar to come: {name}; harmony, mean of {len(found['songs'])} leads, {n} songs each (4, 8, 16, "
            "32 bars of the lead known); rhythm, Jaccard; tracks that play",
            "fails: it plays nothing"
            if figures["fails"]
            else f"{_percent(figures['harmony'])} ({known}); {figures['rhythm']['value']:.3f}; "
            f"{_percent(figures['plays'])}",
        )
    yield Row("known-bad controls come last", "; ".join(found["failed"]) or "all", "all", done.returncode == 0)


def _percent(interval: dict[str, float] | None) -> str:
    if interval is None:
        return "-"
    return f"{percent(interval['value'])} [{100 * interval['low']:.0f}, {100 * interval['high']:.0f}]"
