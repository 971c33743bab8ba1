"""Time to make a bar and a phrase over the bare sessions, and from `serve` to the first bar: python benchmarks/bars.py.

Rows of one run compare; absolute times depend on the machine. Calls are paced, as on stage: caches are cold each time.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable

import click
import numpy as np
import onnxruntime as ort

from musegan_bridge import osc
from musegan_bridge.band import Band, Request
from musegan_bridge.ideas import Ideas
from musegan_bridge.listener import Listener
from musegan_models import bundle as bundles
from musegan_models.model import Model, draw_latents
from musegan_models.notes import Note

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
    """Return calls of nothing but InferenceSession.run: the bar generator's, and that of a phrase of four bars."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    sessions = {
        name: ort.InferenceSession(str(bundle.path / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
        for name in ("temporal_generator", "bar_generator", "bar_encoder")
    }
    spec, z = bundle.spec, draw_latents(bundle.spec, np.random.default_rng(0))
    roll = (1, 2, spec.n_tracks, spec.measure_resolution, spec.n_pitches)
    given = np.zeros((1, spec.n_tracks), np.float32)
    encoder = sessions["bar_encoder"]
    names = [output.name for output in encoder.get_outputs()]
    features = dict(
        zip(names, encoder.run(names, {"condition": np.zeros(roll, np.float32), "given": given}), strict=True)
    )
    temporal = {"shared_temporal": z.shared_temporal, "private_temporal": z.private_temporal}
    bars = {
        "shared": z.shared,
        "shared_bar": z.shared_temporal,
        "private": z.private,
        "private_bar": z.private_temporal,
    }

    def bar() -> object:
        return sessions["bar_generator"].run(None, bars | features)

    def phrase() -> object:
        sessions["temporal_generator"].run(None, temporal)
        return [bar() for _ in range(spec.n_measures)]

    return bar, phrase


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


@click.command()
@click.option("--runs", default=300, show_default=True, help="Calls of each kind.")
@click.option("--starts", default=5, show_default=True, help="Starts of the server.")
def main(runs: int, starts: int) -> None:
    """Print the table."""
    bundle = bundles.load(bundles.pretrained())
    band, spec = Band(Model(bundle)), bundle.spec
    ideas = Ideas(0, spec.n_measures)
    listener = Listener(spec)
    listener.track = spec.track_names.index("piano")
    for beat in range(4):
        for pitch in (60, 64, 67):
            listener.note(float(beat), pitch, 100)
            listener.note(beat + 0.5, pitch, 0)
    condition = listener.condition(4.0)

    def bar() -> object:
        return band.bar(Request(0, ideas.next()))

    def following() -> object:
        return band.bar(Request(0, ideas.next(), listener.track, condition))

    def phrase() -> object:
        return [bar() for _ in range(spec.n_measures)]

    bare_bar, bare_phrase = bare_sessions(bundle)
    rows = {
        "bar: bare InferenceSession.run": (bare_bar, runs),
        "bar: z to notes": (bar, runs),
        "bar: following a track": (following, runs),
        "phrase: bare InferenceSession.run": (bare_phrase, runs // 3),
        "phrase: z to notes": (phrase, runs // 3),
    }
    measured = {}
    click.echo(f"{'ms':<36}{'p50':>8}{'p99':>8}{'p50 / bare':>12}")
    for name, (call, n) in rows.items():
        call()
        measured[name] = milliseconds(call, n)
        bare = measured[f"{name.split(':')[0]}: bare InferenceSession.run"]
        click.echo(f"{name:<36}{measured[name][0]:>8.2f}{measured[name][1]:>8.2f}{measured[name][0] / bare[0]:>12.2f}")

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
