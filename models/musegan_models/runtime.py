"""One network on onnxruntime, which enters here and nowhere else. It must not know bundles, notes or time."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort

from musegan_models.notes import FloatArray
from musegan_models.signature import Signature

logger = logging.getLogger(__name__)

CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"

_SILENT, _WARNING = 4, 2  # severities of onnxruntime's logs: fatal only, and its default
_NO_GRAPH, _ONE_BAR = "-1", "1"  # gpu_graph_id: -1 neither captures nor replays


class Network:
    """An opened network. `provider` is what its session says it runs on, not what was asked for."""

    def __init__(self, session: ort.InferenceSession, fixed: FixedBuffers | None = None) -> None:
        self._session = session
        self._fixed = fixed
        self.provider: str = session.get_providers()[0]
        self.has_graph = fixed is not None  # one bar at a time is a captured CUDA graph
        self.signature = Signature(
            {node.name: tuple(node.shape) for node in session.get_inputs()},
            {node.name: tuple(node.shape) for node in session.get_outputs()},
        )
        self._outputs = tuple(self.signature.outputs)
        self._options = None if fixed is None else _run_options(_NO_GRAPH)

    def run(self, feeds: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """Run on those of `feeds`, float32, batch first, that are inputs; return the outputs by name."""
        own = {name: feeds[name] for name in self.signature.inputs}
        if self._fixed is not None and all(len(value) == 1 for value in own.values()):
            return self._fixed.run(own)
        return dict(zip(self._outputs, self._session.run(self._outputs, own, self._options), strict=True))


class FixedBuffers:
    """Runs a session on the same memory every time, one phrase at a time, as a CUDA graph must be.

    The first run captures the graph, all others replay it: one launch in the place of one for each node. On the CPU it
    gains nothing, and is not used. It was tested there, and never on a GPU: its speed was not measured.
    """

    def __init__(self, session: ort.InferenceSession, device: str = "cuda") -> None:
        def buffer(node: Any) -> ort.OrtValue:  # the first axis is free, and here one phrase; all others are fixed
            return ort.OrtValue.ortvalue_from_numpy(np.zeros((1, *node.shape[1:]), np.float32), device, 0)

        self._session = session
        self._options = _run_options(_ONE_BAR)
        self._binding = session.io_binding()
        self._inputs = {node.name: buffer(node) for node in session.get_inputs()}
        self._outputs = {node.name: buffer(node) for node in session.get_outputs()}
        for name, value in self._inputs.items():
            self._binding.bind_ortvalue_input(name, value)
        for name, value in self._outputs.items():
            self._binding.bind_ortvalue_output(name, value)

    def run(self, feeds: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """Run on `feeds`, (1, ...) each; return the outputs by name, in memory of their own."""
        for name, value in self._inputs.items():
            value.update_inplace(np.ascontiguousarray(feeds[name], np.float32))
        self._session.run_with_iobinding(self._binding, self._options)
        return {name: np.array(value.numpy()) for name, value in self._outputs.items()}


class Joined:
    """Two networks on the CPU, one phrase at a time: the second takes what the first makes of what is heard.

    All of it lies in the same memory every time, and nothing is copied between the two, where a dozen features would
    come out as arrays and go in again. `run` saves by it as much as Python takes to read the notes of a bar. What the
    first makes of silence never changes: it runs once for it.
    """

    def __init__(self, first: Network, second: Network) -> None:
        self._first, self._second = first, second
        self._heard, features = tuple(first.signature.inputs), first.signature.outputs
        self._own = tuple(name for name in second.signature.inputs if name not in features)
        shapes = {**first.signature.inputs, **second.signature.inputs, **features, **second.signature.outputs}
        self._memory = {  # only the first axis is free
            name: np.zeros((1, *(int(str(n)) for n in shape[1:])), np.float32) for name, shape in shapes.items()
        }
        self._blank = {*self._heard, *self._own}  # the inputs that are zero now
        self._bindings = self._bind(self._memory)
        self._of_silence = self._bind(self._memory | {name: np.zeros_like(self._memory[name]) for name in features})
        first._session.run_with_iobinding(self._of_silence[0])

    def _bind(self, memory: Mapping[str, FloatArray]) -> tuple[ort.IOBinding, ort.IOBinding]:
        values = {name: ort.OrtValue.ortvalue_from_numpy(own) for name, own in memory.items()}  # the same memory
        bindings = []
        for network in (self._first, self._second):
            binding = network._session.io_binding()
            for name in network.signature.inputs:
                binding.bind_ortvalue_input(name, values[name])
            for name in network.signature.outputs:
                binding.bind_ortvalue_output(name, values[name])
            bindings.append(binding)
        return bindings[0], bindings[1]

    def run(self, heard: Mapping[str, FloatArray], feeds: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """Run the first on `heard`, the second on `feeds` and that, (1, ...) each; return the outputs by name.

        What there is not is zero; where nothing is heard it is silence.
        """
        first, second = self._bindings if heard else self._of_silence
        if heard:
            self._put(self._heard, heard)
            self._first._session.run_with_iobinding(first)
        self._put(self._own, feeds)
        self._second._session.run_with_iobinding(second)
        return {name: self._memory[name].copy() for name in self._second.signature.outputs}

    def _put(self, names: Iterable[str], values: Mapping[str, FloatArray]) -> None:
        for name in names:
            if name in values:
                self._memory[name][...] = values[name]
                self._blank.discard(name)
            elif name not in self._blank:
                self._memory[name].fill(0)
                self._blank.add(name)


def open_network(path: Path, *, cuda: bool = False, graphs: bool = True) -> Network:
    """Open a network on the CPU or, with `cuda`, where onnxruntime then puts it: ask `provider`.

    With `graphs` too, runs of one phrase are captured as a CUDA graph; where onnxruntime refuses (a node of the network
    is not on the GPU, or copies to the host), they run as all others.

    Raises:
        Exception: onnxruntime cannot read the file; its exceptions share no public base class.

    """
    if cuda and graphs:
        try:
            session = _session(path, [(CUDA, {"enable_cuda_graph": "1", "use_tf32": "0"}), CPU])
            if session.get_providers()[0] == CUDA:
                return Network(session, _captured(session))
            return Network(session)
        except Exception as error:  # as above
            logger.info("%s: no CUDA graph: %s", path, error)
    # Without TF32: on the GPU a seed must play what it plays on the CPU.
    return Network(_session(path, [(CUDA, {"use_tf32": "0"}), CPU] if cuda else [CPU]))


def available_providers() -> tuple[str, ...]:
    """Return what onnxruntime says it has, which does not mean that it works."""
    return tuple(ort.get_available_providers())


def load_cuda_libraries() -> tuple[str, ...]:
    """Load CUDA and cuDNN where onnxruntime looks for them, pip's packages of NVIDIA first; return what was not found.

    Without this a session does not find those that pip installed.
    """
    said = io.StringIO()
    with contextlib.redirect_stdout(said):  # it prints what it cannot load
        ort.preload_dlls()
    return tuple(line for line in said.getvalue().splitlines() if line.startswith("Failed to load"))


def _captured(session: ort.InferenceSession) -> FixedBuffers:
    """Return fixed buffers of a session that was run on them: a capture that fails, fails here."""
    fixed = FixedBuffers(session)
    silence = {node.name: np.zeros((1, *node.shape[1:]), np.float32) for node in session.get_inputs()}
    for _ in range(2):  # capture, replay
        fixed.run(silence)
    return fixed


def _session(path: Path, providers: list[Any]) -> ort.InferenceSession:
    options = ort.SessionOptions()
    # One thread, no spinning: a bar takes milliseconds, and a spinning pool would starve the thread that sends on time.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3 if providers == [CPU] else _SILENT
    if providers == [CPU]:
        return ort.InferenceSession(str(path), options, providers=providers)
    # Where CUDA fails, onnxruntime says so on stderr, in red, whatever the session's options: get_providers() tells us.
    ort.set_default_logger_severity(_SILENT)
    try:
        return ort.InferenceSession(str(path), options, providers=providers)
    finally:
        ort.set_default_logger_severity(_WARNING)


def _run_options(graph: str) -> ort.RunOptions:
    options = ort.RunOptions()
    options.add_run_config_entry("gpu_graph_id", graph)
    return options
