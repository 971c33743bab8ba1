"""Time to make a bar and a phrase over the bare sessions, and from `serve` to the first bar: python benchmarks/bars.py.

Rows of one run compare; absolute times depend on the machine. Calls are paced, as on stage: caches are cold each time.
"""

from __future__ import annotations

import functools
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np
import onnxruntime as ort

from musegan_bridge import osc
from musegan_bridge.band import Band, Bar
from musegan_bridge.hearing import own_track, request_of
from musegan_bridge.ideas import Ideas
from musegan_bridge.listener import Listener
from musegan_bridge.messages import PREVIOUS_BAR
from musegan_models import bundle as bundles
from musegan_models.model import Model
from musegan_models.notes import FloatArray, Note

PACE = 0.02  # seconds of sleep before each call


def milliseconds(call: Callable[[], object], runs: int) -> tuple[float, float]:
    """Return p50 and p99 of one call, in ms."""
    times = []
    for _ in range(runs):
        time.sleep(PACE)
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    p50, p99 = np.percentile(times, (50, 99))
    return float(p50), float(p99)


def bare_sessions(bundle: bundles.Bundle) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return calls of nothing but InferenceSession.run: the bar generator's, and that of all bars of a phrase."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    runs = {}
    for file in bundle.networks:
        session = ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        feeds = {i.name: np.full((1, *i.shape[1:]), 0.1, np.float32) for i in session.get_inputs()}
        runs[file.stem] = functools.partial(session.run, None, feeds)

    def phrase() -> object:
        if "temporal_generator" in runs:
            runs["temporal_generator"]()
        return [runs["bar_generator"]() for _ in range(bundle.spec.n_measures)]

    return runs["bar_generator"], phrase


def from_serve_to_first_bar(runs: int) -> tuple[list[float], list[float]]:
    """Return seconds from starting the process to its port being open, and to the first bar being complete."""
    ready, first = [], []
    for _ in range(runs):
        began = time.perf_counter()
        command = [sys.executable, "-m", "musegan_bridge", "serve", "--port", "0", "--tempo", "120", "--seed", "1"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            port = None
            while port is None and (line := server.stdout.readline()):
                port = re.search(r"listening on 127\.0\.0\.1:(\d+)", line)
            assert port is not None
            ready.append(time.perf_counter() - began)
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
                client.settimeout(10)
                client.sendto(osc.message("/musegan/subscribe", "s", ("bar",)), ("127.0.0.1", int(port[1])))
                while osc.decode(client.recv(65536))[-1].address != "/musegan/bar/end":
                    pass
            first.append(time.perf_counter() - began)
            server.terminate()
    return ready, first


def rows_of(bundle: bundles.Bundle, runs: int) -> dict[str, tuple[Callable[[], object], int]]:
    """Return for each row of a band's table the call to time, and how often."""
    band, spec = Band(Model(bundle)), bundle.spec
    ideas, listener = Ideas(0, spec.n_measures), Listener(spec)
    track = own_track(spec)
    listener.track = None if track is None else spec.track_names.index(track)
    for beat in range(4):
        for pitch in (60, 64, 67):
            listener.note(float(beat), pitch, 100)
            listener.note(beat + 0.5, pitch, 0)
    played = listener.bar(4.0)
    chord = listener.chord(4.0) if spec.has_chord else None
    before: Bar | None = None

    def play(track: int | None, heard: FloatArray | None, chord: FloatArray | None) -> object:
        nonlocal before
        idea = ideas.next()
        before = band.bar(
            request_of(spec, 0, idea, mode=PREVIOUS_BAR, track=track, now=heard, before=heard, bar=before, chord=chord)
        )
        return before

    def bar() -> object:
        return play(None, None, None)

    def following() -> object:
        return play(listener.track, played, chord)

    def phrase() -> object:
        return [bar() for _ in range(spec.n_measures)]

    bare_bar, bare_phrase = bare_sessions(bundle)
    return {
        "bar: bare InferenceSession.run": (bare_bar, runs),
        "bar: z to notes": (bar, runs),
        "bar: following": (following, runs),
        "phrase: bare InferenceSession.run": (bare_phrase, runs // 3),
        "phrase: z to notes": (phrase, runs // 3),
    }


@click.command()
@click.option("--runs", default=300, show_default=True, help="Calls of each kind.")
@click.option("--starts", default=5, show_default=True, help="Starts of the server.")
@click.option(
    "--bundle",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A band to time, once or more.  [default: the one that comes with the program]",
)
def main(runs: int, starts: int, folders: tuple[Path, ...]) -> None:
    """Print the tables."""
    for folder in folders or (bundles.pretrained(),):
        bundle = bundles.load(folder)
        measured = {}
        click.echo(f"{f'{bundle.spec.name}, ms':<36}{'p50':>8}{'p99':>8}{'p50 / bare':>12}")
        for name, (call, n) in rows_of(bundle, runs).items():
            call()
            measured[name] = milliseconds(call, n)
            p50, p99 = measured[name]
            bare = measured[f"{name.split(':')[0]}: bare InferenceSession.run"][0]
            click.echo(f"{name:<36}{p50:>8.2f}{p99:>8.2f}{p50 / bare:>12.2f}")

    notes = [("bass", Note(0.0, 36, 1.0, 100))] * 200
    template = milliseconds(lambda: osc.note_bundles(1.7e9, 0, 120.0, notes), runs)
    builder = milliseconds(lambda: osc.note_bundle_by_builder(1.7e9, 0, 120.0, notes), runs // 3)
    click.echo(f"{'200 notes to OSC: template':<36}{template[0]:>8.3f}{template[1]:>8.3f}")
    click.echo(
        f"{'200 notes to OSC: python-osc':<36}{builder[0]:>8.3f}{builder[1]:>8.3f}{builder[0] / template[0]:>11.0f}x"
    )

    ready, first = from_serve_to_first_bar(starts)
    click.echo(f"serve to open port, seconds:         {np.median(ready):.2f}")
    click.echo(f"serve to first whole bar, seconds:   {np.median(first):.2f}")


if __name__ == "__main__":
    main()
