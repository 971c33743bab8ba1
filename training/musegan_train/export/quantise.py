"""Networks of half or eight-bit precision, and whether they are worth it; it must not know runs or torch."""

from __future__ import annotations

import contextlib
import logging
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from musegan_models import bundle as bundles
from musegan_models.model import Latents, Model, draw_latents
from musegan_models.notes import binarize
from musegan_models.spec import ModelSpec

PRECISIONS = ("fp32", "fp16", "int8")
N_PHRASES = 32  # that must come out the same


class PrecisionError(RuntimeError):
    """A precision that is not faster here, or changes notes; the text has the numbers."""


def lower_precision(path: Path, output: Path, spec: ModelSpec, precision: str) -> None:
    """Write the bundle at `path` to `output` with networks of the given precision; the temporal generator stays fp32.

    int8: weights of matmuls in eight bits, activations quantised as they come. fp16: all in half, inputs and outputs
    in single.
    """
    import onnx

    if precision not in PRECISIONS[1:]:
        raise ValueError(f"precision must be one of {', '.join(PRECISIONS)}, got {precision!r}")
    shutil.copyfile(path / bundles.CARD_FILE, output / bundles.CARD_FILE)
    for name in bundles.networks(spec):
        if name == "temporal_generator.onnx":
            shutil.copyfile(path / name, output / name)
            continue
        network = onnx.load(path / name)
        del network.graph.value_info[:]  # shapes inferred for fp32 are in the way
        if precision == "fp16":
            from onnxruntime.transformers.float16 import convert_float_to_float16

            onnx.save(convert_float_to_float16(network, keep_io_types=True), output / name)
            continue
        from onnxruntime.quantization import QuantType, quantize_dynamic

        with _quiet():
            # Without the types it would take convolutions too, which older runtimes cannot play in int8.
            quantize_dynamic(
                network, output / name, op_types_to_quantize=["MatMul", "Gemm"], weight_type=QuantType.QInt8
            )
    bundles.write_spec(output, spec)


def compare_precision(fp32: Model, lower: Model, precision: str) -> float:
    """Return how many times faster `lower` makes a bar; raise PrecisionError if it is not, or if it changes notes."""
    latents = draw_latents(fp32.spec, np.random.default_rng(0), N_PHRASES)
    changed = total = 0
    for i in range(N_PHRASES):
        one = latents[i : i + 1]
        a, b = (np.stack(binarize(model.phrase(one), model.spec)) for model in (fp32, lower))
        changed, total = changed + int((a != b).sum()), total + a.size
    slow, fast = _times(fp32, lower, latents[:1])
    numbers = (
        f"{precision}: {fast:.2f} ms a bar, fp32 {slow:.2f} ms; "
        f"{changed} of {total} cells of {N_PHRASES} phrases change"
    )
    if changed or fast >= slow:
        raise PrecisionError(f"{numbers}: the bundle stays in fp32")
    return slow / fast


def _times(fp32: Model, lower: Model, latents: Latents, runs: int = 100) -> tuple[float, float]:
    """Return the median milliseconds of a bar of both, measured in turns: so that other load hits them alike."""
    times: dict[Model, list[float]] = {fp32: [], lower: []}
    phrases = {model: model.begin(latents) for model in times}
    for _ in range(runs):
        for model, own in times.items():
            time.sleep(0.003)
            began = time.perf_counter()
            model.bar(phrases[model], 0)
            own.append((time.perf_counter() - began) * 1000)
    return float(np.median(times[fp32])), float(np.median(times[lower]))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Silence the advice to pre-process, which fails on the Gemms of torch's exporter."""
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.ERROR)
    try:
        yield
    finally:
        root.setLevel(before)
