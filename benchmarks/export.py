"""Ways to write a generator as ONNX: time to export, nodes, latency of a bar: python benchmarks/export.py [PRESET ..].

Weights are random: only the graph counts. The calls of the ways are timed in turns, so that other load on the machine
hits them alike; rows of one preset compare.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import click
import numpy as np
import onnx
import onnxruntime as ort
import torch

from musegan_models.networks import Generator
from musegan_models.presets import PRESETS, preset
from musegan_train.export.graphs import write_networks

WAYS = {
    "torch.export, one batched matmul": {"dynamo": True, "apart": False},
    "torch.export, a Gemm for each net": {"dynamo": True, "apart": True},
    "TorchScript, one batched matmul": {"dynamo": False, "apart": False},
    "TorchScript, a Gemm for each net": {"dynamo": False, "apart": True},
}


def bar_session(path: Path) -> ort.InferenceSession:
    """Return the bar generator's session, as the server has it."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(str(path / "bar_generator.onnx"), options, providers=["CPUExecutionProvider"])


@click.command()
@click.argument("names", nargs=-1, metavar="[PRESET]..", type=click.Choice(list(PRESETS)))
@click.option("--runs", default=100, show_default=True, help="Bars of each way.")
@click.option("--width", default=1.0, show_default=True, help="Factor of all channels.")
def main(names: tuple[str, ...], runs: int, width: float) -> None:
    """Print the table."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        for name in names or ("live", "hybrid"):
            generator = Generator(preset(name, width=width)).eval().requires_grad_(False)
            generator.neurons_on = generator.refiner is not None
            generator.fold()
            click.echo(f"{name:<36}{'export, s':>10}{'nodes':>8}{'MB':>8}{'p50, ms':>10}{'p99, ms':>10}")
            sessions, facts = {}, {}
            for way, options in WAYS.items():
                path = Path(folder) / name / way
                path.mkdir(parents=True)
                began = time.perf_counter()
                write_networks(generator, path, **options)
                seconds = time.perf_counter() - began
                size = sum(file.stat().st_size for file in path.iterdir()) / 1e6
                facts[way] = (seconds, len(onnx.load(path / "bar_generator.onnx").graph.node), size)
                sessions[way] = bar_session(path)
            inputs = next(iter(sessions.values())).get_inputs()
            shapes = {i.name: (1, *i.shape[1:]) for i in inputs}
            feeds = {name: np.full(shape, 0.1, np.float32) for name, shape in shapes.items()}
            for way in list(sessions):
                try:
                    sessions[way].run(None, feeds)
                except Exception as error:  # onnxruntime's exceptions share no public base class
                    del sessions[way]  # tracing makes the batch of its example a constant in some graphs
                    click.echo(f"{way:<36} does not run with a batch of one: {str(error)[:60]}..")
            times: dict[str, list[float]] = {way: [] for way in WAYS}
            for run in range(runs + 3):
                for way, session in sessions.items():
                    time.sleep(0.003)
                    began = time.perf_counter()
                    session.run(None, feeds)
                    if run >= 3:
                        times[way].append((time.perf_counter() - began) * 1000)
            for way in sessions:
                seconds, nodes, size = facts[way]
                p50, p99 = np.percentile(times[way], (50, 99))
                click.echo(f"{way:<36}{seconds:>10.1f}{nodes:>8}{size:>8.1f}{p50:>10.2f}{p99:>10.2f}")


if __name__ == "__main__":
    main()
