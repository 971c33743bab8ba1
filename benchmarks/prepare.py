"""Songs per second of `prepare` over a pretty_midi and pypianoroll pipeline: python benchmarks/prepare.py FOLDER.

Both read the same files with the same number of processes, one after the other, in one run; rows of one run compare,
absolute times depend on the machine. On a busy machine processor time is the fairer column. The peer does what
MuseGAN's own scripts and LPD's do: PrettyMIDI, its beats, pypianoroll, the merge of LPD-5, windows of four bars, packed
bits.

With --sections it counts instead where crash cymbals fall, in phrases by sections and in plain windows: the analysis of
sections does not hear drums, so that more of them on the first beat means better cuts.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import click
import numpy as np

from musegan_train.data import phrases as phrase_sets
from musegan_train.data.prepare import find_files, prepare
from musegan_train.data.rules import RESOLUTIONS, Rules

CRASHES = (49, 52, 55, 57)  # General MIDI
N_MEASURES, LOWEST_PITCH, N_PITCHES = 4, 24, 84
FAMILIES = {0: 1, 3: 2, 4: 3}  # General MIDI program // 8 -> track of LPD-5, drums first; all others are strings


def peer(path: Path, resolution: int) -> int:
    """Make phrases of one file as a pretty_midi and pypianoroll pipeline does; return how many."""
    # Not above: each process of either pipeline imports this module, and only this one needs them.
    import pretty_midi
    import pypianoroll

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            midi = pretty_midi.PrettyMIDI(str(path))
            if any((change.numerator, change.denominator) != (4, 4) for change in midi.time_signature_changes):
                return 0
            song = pypianoroll.from_pretty_midi(midi, resolution=resolution // 4)
        except Exception:  # a peer fails in as many ways as there are broken files
            return 0
    song.binarize()
    rolls = np.zeros(
        (5, -(-max((len(t.pianoroll) for t in song.tracks), default=0) // resolution) * resolution, 128), bool
    )
    for track in song.tracks:
        if track.is_drum or track.program < 96 or 104 <= track.program <= 111:
            into = 0 if track.is_drum else FAMILIES.get(track.program // 8, 4)
            np.maximum(rolls[into, : len(track.pianoroll)], track.pianoroll, out=rolls[into, : len(track.pianoroll)])
    bars = rolls[:, :, LOWEST_PITCH : LOWEST_PITCH + N_PITCHES].reshape(5, -1, resolution, N_PITCHES).swapaxes(0, 1)
    windows = bars[: len(bars) // N_MEASURES * N_MEASURES].reshape(-1, N_MEASURES, 5, resolution, N_PITCHES)
    plays = np.asarray(windows.any(axis=(1, 3, 4)))
    return len(np.packbits(windows[plays.all(axis=1)], axis=-1))


def run_peer(files: list[Path], resolution: int, workers: int) -> int:
    """Return the number of phrases that the peer makes of all files."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        return sum(pool.map(peer, files, [resolution] * len(files), chunksize=8))


def run_ours(folder: Path, rules: Rules, workers: int) -> int:
    """Return the number of phrases that `prepare` writes."""
    with tempfile.TemporaryDirectory() as output:
        return int(prepare([folder], Path(output) / "set", rules, workers)["phrases"])


def seconds(call: Callable[[], int]) -> tuple[float, float, int]:
    """Return how long a call takes, the processor time that it and its processes use, and what it returns."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = sum(sum(resource.getrusage(who)[:2]) for who in whose)
    began = time.perf_counter()
    result = call()
    took = time.perf_counter() - began
    return took, sum(sum(resource.getrusage(who)[:2]) for who in whose) - used, result


def print_crashes(folder: Path, workers: int) -> None:
    """Print on which bar of a phrase crash cymbals are struck at the first beat."""
    click.echo(f"{'crash on the first beat of bar':<36}" + "".join(f"{bar + 1:>8}" for bar in range(N_MEASURES)))
    for segment in ("structure", "windows"):
        with tempfile.TemporaryDirectory() as output:
            prepare([folder], Path(output) / "set", Rules(segment=segment), workers)
            phrases = phrase_sets.load(Path(output) / "set")
            drums = phrases.manifest["tracks"].index("drums")
            onset = np.unpackbits(phrases.onset[:, :, drums, 0], axis=-1, count=phrases.manifest["n_pitches"])
            pitches = [pitch - phrases.manifest["lowest_pitch"] for pitch in CRASHES]
            crashes = onset[..., pitches].max(axis=-1).reshape(-1, N_MEASURES)
        row = "".join(f"{share:>8.1%}" for share in crashes.mean(axis=0))
        click.echo(f"{f'{segment}, of {len(crashes)} phrases':<36}{row}")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--files", "n_files", default=300, show_default=True, help="MIDI files to read, from all over the folder."
)
@click.option("--resolution", type=click.Choice([str(n) for n in RESOLUTIONS]), default="96", show_default=True)
@click.option("--workers", default=os.cpu_count() or 1, show_default="all cores", help="Processes, of either.")
@click.option("--sections", is_flag=True, help="Count crash cymbals instead.")
def main(folder: Path, n_files: int, resolution: str, workers: int, sections: bool) -> None:
    """Print songs per second of both, and the ratio."""
    found = [path for _, path in find_files([folder]) if path.suffix.lower() != ".npz"]
    if not found:
        raise click.ClickException(f"{folder} holds no MIDI file (.mid, .midi)")
    files = [found[n] for n in np.linspace(0, len(found) - 1, min(n_files, len(found))).round().astype(int)]
    with tempfile.TemporaryDirectory() as chosen:
        for n, path in enumerate(files):
            (Path(chosen) / f"{n:06}.mid").symlink_to(path.resolve())
        songs = Path(chosen)
        if sections:
            print_crashes(songs, workers)
            return
        steps = int(resolution)
        rows = {
            "pretty_midi + pypianoroll": lambda: run_peer(sorted(songs.iterdir()), steps, workers),
            "prepare, windows, merge": lambda: run_ours(
                songs, Rules(resolution=steps, segment="windows", tracks="merge"), workers
            ),
            "prepare, its defaults": lambda: run_ours(songs, Rules(resolution=steps), workers),
        }
        click.echo(f"{len(files)} files, {steps} steps a bar, {workers} processes")
        click.echo(f"{'':<28}{'seconds':>10}{'songs/s':>10}{'times':>8}{'CPU s':>10}{'times':>8}{'phrases':>10}")
        peer_took = peer_used = 0.0
        for name, call in rows.items():
            took, used, phrases = seconds(call)
            peer_took, peer_used = peer_took or took, peer_used or used
            click.echo(
                f"{name:<28}{took:>10.1f}{len(files) / took:>10.1f}{peer_took / took:>8.1f}"
                f"{used:>10.1f}{peer_used / used:>8.1f}{phrases:>10}"
            )


if __name__ == "__main__":
    main()
