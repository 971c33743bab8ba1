"""What the rows share: the table, the band offline, its notes."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from musegan_models import midi
from musegan_models.notes import Note
from musegan_models.spec import ModelSpec, Track

HEAD = "| figure | measured | goal | met |\n|---|---|---|---|"

Parts = dict[str, list[Note]]
"""Notes of each track; time in beats from the start."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the table."""

    figure: str
    measured: str
    goal: str = ""
    is_met: bool | None = None

    def __str__(self) -> str:
        met = {None: "", True: "yes", False: "**no**"}[self.is_met]
        return f"| {self.figure} | {self.measured} | {self.goal} | {met} |"


@dataclass(frozen=True, slots=True)
class Offline:
    """`musegan-bridge generate` with a bundle; its MIDI files go into `folder`, one over the other."""

    bundle: Path
    spec: ModelSpec
    folder: Path

    def generate(self, bars: int, seed: int, lead: list[Note], track: str, *options: str) -> Parts:
        """Let the band follow a lead on one of its tracks; return the notes of the others."""
        written, out = self.folder / "lead.mid", self.folder / "band.mid"
        own = self.spec.tracks[self.spec.track_names.index(track)]
        midi.write_tracks(written, [own], {track: lead}, 120)
        command = ["generate", str(out), "--bundle", str(self.bundle), "--bars", str(bars), "--seed", str(seed)]
        command += ["--device", "cpu", "--follow", str(written), "--track", track, *options]
        subprocess.run([sys.executable, "-m", "musegan_bridge", *command], check=True, stdout=subprocess.DEVNULL)
        return {other.name: _notes(out, other) for other in self.spec.tracks if other.name != track}

    def pitched(self, band: Parts, *but: str) -> list[Note]:
        """Return the notes of all tracks but the drums, and but some others."""
        tracks = [track.name for track in self.spec.tracks if not track.is_drum and track.name not in but]
        return [note for name in tracks for note in band.get(name, ())]


def _notes(path: Path, track: Track) -> list[Note]:
    try:
        return midi.read_notes(path, track)
    except midi.MidiError:  # a track that plays nothing
        return []


@contextlib.contextmanager
def progress(length: int, label: str) -> Iterator[Callable[[], object]]:
    """Show a progress bar on stderr; yield what moves it."""
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"
