"""The rows about what is heard: onsets in scsynth's audio, against the beats that the band told."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from benchmarks.stage.common import HERE, Row, start_band
from benchmarks.stage.jack import RATE, jack, program

QUARK = Path(__file__).parents[2] / "supercollider" / "MuseGAN"
ONSETS = 64
TEMPO = 120


def sound_rows(folder: Path) -> Iterator[Row]:
    """Yield the onset errors of both ways to play."""
    for form, what in (("note", "timetagged through sclang"), ("bar", "bar push on a TempoClock")):
        beats, onsets = record(folder, form)
        if len(beats) != len(onsets):
            yield Row(f"onset error in scsynth's audio, {what}", f"{len(onsets)} of {len(beats)} heard", "", False)
            continue
        # What a line explains is no error: when the recording began, and how fast the sound card's own clock goes.
        told = beats * 60 / TEMPO
        rate, start = np.polyfit(told, onsets, 1)
        error = np.abs(onsets - start - rate * told) * 1000
        yield Row(
            f"onset error in scsynth's audio, {what}, {len(beats)} onsets",
            f"{np.median(error):.3f}, max {error.max():.3f} ms (and the dummy sound card {(rate - 1) * 1e6:+.0f} ppm)",
            "max <= 0.5 ms over 64 onsets",
            bool(error.max() <= 0.5) and len(beats) >= ONSETS,
        )


def record(folder: Path, form: str) -> tuple[np.ndarray, np.ndarray]:
    """Let scsynth click at each onset of the band; return the beats of the onsets, and the seconds of the clicks."""
    with tempfile.TemporaryDirectory() as home, jack() as environment:
        path = Path(home)
        (path / "run").mkdir(mode=0o700)
        config = path / "sclang_conf.yaml"
        config.write_text(f"includePaths:\n    - {QUARK}\nexcludePaths: []\n", encoding="utf-8")
        own = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), home)
        # Qt must find no display, and its browser no sandbox, which root has not
        own |= {
            "QT_QPA_PLATFORM": "offscreen",
            "QTWEBENGINE_DISABLE_SANDBOX": "1",
            "XDG_RUNTIME_DIR": str(path / "run"),
        }
        program("scsynth")
        with start_band(folder, "--tempo", str(TEMPO)) as band:
            script = [
                str(HERE / "onsets.scd"),
                str(band.port),
                form,
                str(path / "sound"),
                str(path / "beats"),
                str(ONSETS),
            ]
            command = [program("sclang"), "-u", "57190", "-l", str(config), *script]
            done = subprocess.run(
                command, env=os.environ | environment | own, cwd=home, capture_output=True, text=True, timeout=120
            )
        if done.returncode:
            raise RuntimeError(f"sclang ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        beats = np.array([float(line) for line in (path / "beats").read_text(encoding="utf-8").split()])
        sound = np.fromfile(path / "sound", "<f4")
    return beats, np.flatnonzero(sound > 0.4) / RATE
