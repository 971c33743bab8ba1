"""Rows of `musegan-train evaluate --songs`: the band by what it is told of the bar to come."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.follow.common import Offline, Row, percent


def told_rows(offline: Offline, folder: Path, n: int) -> Iterator[Row]:
    """Yield how near the band is to its lead by what it is told, and whether the known-bad controls come last.

    harmony: as a share of what the song's own tracks reach, mean over the leads [95 % of draws of songs]; rhythm:
    Jaccard index of the steps struck; how many of the other tracks play.
    """
    numbers = offline.folder / "told.json"
    command = ["evaluate", str(offline.bundle), "--songs", str(folder), "--songs-limit", str(n), "--json", str(numbers)]
    done = subprocess.run([sys.executable, "-m", "musegan_train", *command], stdout=subprocess.PIPE, text=True)
    if not numbers.exists():
        raise RuntimeError(f"musegan-train evaluate ended with {done.returncode} and wrote nothing")
    found = json.loads(numbers.read_text())["anticipating"]
    rows, leads = found["rows"], list(found["songs"])
    for name, figures in rows["all"].items():
        known = [figure.split()[1] for figure in figures if figure.startswith("harmony ")]
        by_known = ", ".join(_percent(figures[f"harmony {n}"]) for n in known)
        by_lead = ", ".join(
            f"{lead} {_percent(rows[lead][name]['harmony'])}" for lead in leads if rows[lead][name]["harmony"]
        )
        yield Row(
            f"told of the next bar: {name}",
            "fails: it plays nothing"
            if figures["fails"]
            else f"harmony {_percent(figures['harmony'])} {_interval(figures['harmony'])} ({by_lead}); with "
            f"{', '.join(known)} bars known {by_known}; rhythm {figures['rhythm']['value']:.3f}; "
            f"{_percent(figures['plays'])} play",
        )
    yield Row("known-bad controls come last", "; ".join(found["failed"]) or "all", "all", done.returncode == 0)


def _percent(interval: dict[str, float] | None) -> str:
    return "-" if interval is None else percent(interval["value"])


def _interval(interval: dict[str, float] | None) -> str:
    return "" if interval is None else f"[{100 * interval['low']:.0f}, {100 * interval['high']:.0f}]"
