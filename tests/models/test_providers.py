"""Where a band plays: what is chosen, what is said of it, and what happens when CUDA fails after all."""

from __future__ import annotations

import logging
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
import pytest

from musegan_models import bundle as bundles
from musegan_models import runtime
from musegan_models.model import Model, draw_latents
from musegan_models.providers import TWO_RUNTIMES, Choice, DeviceError, Machine, choose, look
from musegan_models.runtime import CPU, CUDA, FixedBuffers, Joined, Network, open_network

PRETRAINED = bundles.pretrained()
GPU = Machine(driver=True, packages=("onnxruntime-gpu",), providers=(CUDA, CPU))
BARE = Machine(driver=False, packages=("onnxruntime",), providers=(CPU,))


@pytest.mark.parametrize(
    ("machine", "reason"),
    [
        (BARE, "no NVIDIA driver is on this machine"),
        (replace(GPU, driver=False), "no NVIDIA driver is on this machine"),
        (replace(BARE, driver=True), "onnxruntime without CUDA is installed; README"),
        (Machine(True, ("onnxruntime", "onnxruntime-gpu"), (CPU,)), TWO_RUNTIMES),
        (replace(GPU, missing=("Failed to load libcudnn.so.9", "and more")), "missing (Failed to load libcudnn.so.9)"),
    ],
)
def test_auto_takes_the_cpu_and_says_why_where_cuda_cannot_work(machine: Machine, reason: str) -> None:
    choice = choose("auto", lambda: machine)
    assert choice.device == "cpu"
    assert reason in choice.reason
    with pytest.raises(DeviceError, match="--device cuda: ") as error:
        choose("cuda", lambda: machine)
    assert reason in str(error.value)


def test_auto_and_cuda_take_cuda_where_nothing_speaks_against_it() -> None:
    assert choose("auto", lambda: GPU) == choose("cuda", lambda: GPU) == Choice("cuda", "CUDA works")


def test_the_cpu_is_taken_without_a_look() -> None:
    assert choose("cpu", lambda: pytest.fail("nobody asked for CUDA")).device == "cpu"


def test_another_device_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="device must be one of auto, cpu, cuda, got 'tpu'"):
        choose("tpu")


class OnGpu(Network):
    """A real network that says, as on a machine with a GPU, that it runs there."""

    def __init__(self, network: Network, problem: str = "") -> None:
        super().__init__(network._session)
        self.provider, self.has_graph, self._problem = CUDA, True, problem

    def run(self, feeds: Any) -> Any:
        if self._problem and "shared" in feeds:  # the bar generator: what comes first works
            raise RuntimeError(self._problem)
        return super().run(feeds)


def test_a_model_on_cuda_says_so() -> None:
    def opened(path: Path, **_: bool) -> Network:
        return OnGpu(open_network(path))

    model = Model(bundles.load(PRETRAINED), "auto", look=lambda: GPU, open_network=opened)
    assert model.provider == CUDA
    assert model.reason == "CUDA works, with a graph of 3 of 3 networks"
    swapped = Model(bundles.load(PRETRAINED), "cuda", graphs=False, look=lambda: GPU, open_network=opened)
    assert swapped.reason == "CUDA works"


FELL_BACK = "the session runs on CPUExecutionProvider"
NO_KERNEL = "no kernel image is available for execution on the device"


@pytest.mark.parametrize("problem", [FELL_BACK, NO_KERNEL, "the GPU is full"])
def test_auto_goes_on_with_the_cpu_where_cuda_fails_after_all(problem: str) -> None:
    asked: list[bool] = []

    def opened(path: Path, *, cuda: bool = False, graphs: bool = False) -> Network:
        asked.append(cuda)
        network = open_network(path)
        if cuda and problem == NO_KERNEL:
            return OnGpu(network, problem)
        if cuda and problem == "the GPU is full":
            raise RuntimeError(problem)
        return network

    bundle = bundles.load(PRETRAINED)
    model = Model(bundle, "auto", look=lambda: GPU, open_network=opened)
    assert asked[0]
    assert asked[-3:] == [False] * 3
    assert model.provider == CPU
    assert problem in model.reason
    assert model.bar(model.begin(draw_latents(model.spec, np.random.default_rng(0))), 0).any()
    with pytest.raises(DeviceError) as error:
        Model(bundle, "cuda", look=lambda: GPU, open_network=opened)
    assert "--device cuda: CUDA was tried and did not work" in str(error.value)
    assert problem in str(error.value)


def test_a_bad_network_is_the_fault_of_the_bundle_not_of_cuda(tmp_path: Path) -> None:
    for file in PRETRAINED.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "bar_generator.onnx").write_bytes(b"no network")
    bundles.write_spec(tmp_path, bundles.load(PRETRAINED).spec)
    for device in ("cpu", "auto", "cuda"):
        with pytest.raises(bundles.BundleError, match=r"bar_generator\.onnx: onnxruntime cannot read it"):
            Model(bundles.load(tmp_path), device, look=lambda: GPU, open_network=lambda path, **_: open_network(path))


def test_fixed_buffers_play_what_a_plain_run_plays_and_keep_no_answer() -> None:
    """On the CPU, with the binding and the run options that CUDA gets."""
    path = PRETRAINED / "bar_encoder.onnx"
    session = ort.InferenceSession(str(path), providers=[CPU])
    plain, fixed = open_network(path), FixedBuffers(session, "cpu")
    rng = np.random.default_rng(0)
    shapes = {node.name: (1, *node.shape[1:]) for node in session.get_inputs()}
    runs = [{name: rng.random(shape, np.float32) for name, shape in shapes.items()} for _ in range(2)]
    answers = [fixed.run(feeds) for feeds in runs]
    for feeds, answer in zip(runs, answers, strict=True):
        for name, expected in plain.run(feeds).items():
            assert np.allclose(answer[name], expected, atol=1e-5)
    both = Network(session, fixed)
    assert both.has_graph
    many = {name: np.concatenate([feeds[name] for feeds in runs]) for name in runs[0]}
    for name, value in both.run(many).items():  # two at once: not in the buffers of one
        assert np.allclose(value[:1], answers[0][name], atol=1e-5)
        assert np.allclose(value[1:], answers[1][name], atol=1e-5)


def test_two_networks_joined_play_what_they_play_one_after_the_other_and_keep_no_answer() -> None:
    encoder, generator = (open_network(PRETRAINED / f"{name}.onnx") for name in ("bar_encoder", "bar_generator"))
    joined, rng = Joined(encoder, generator), np.random.default_rng(0)

    def draw(network: Network, *names: str) -> dict[str, Any]:
        shapes = {name: (1, *shape[1:]) for name, shape in network.signature.inputs.items() if name in names}
        return {name: rng.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}  # type: ignore[arg-type]

    z = ("shared", "private", "shared_bar", "private_bar")
    runs: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (draw(encoder, *heard), draw(generator, *z))
        for heard in (("previous",), (), ("condition", "given"), (), ("previous", "condition", "given"), ("given",))
    ]
    answers = [joined.run(heard, feeds)["probability"] for heard, feeds in runs]
    silence = {name: 0 * value for name, value in draw(encoder, *encoder.signature.inputs).items()}
    for (heard, feeds), answer in zip(runs, answers, strict=True):
        features = encoder.run(silence | heard)
        assert np.array_equal(answer, generator.run(features | feeds)["probability"])
    assert not np.array_equal(answers[0], answers[1])


class Session:
    """As much of onnxruntime's as a network is made of; its provider is what it says, capture fails or not."""

    def get_providers(self) -> list[str]:
        return [CUDA, CPU]

    def get_inputs(self) -> list[Any]:
        return []

    get_outputs = get_inputs

    def io_binding(self) -> None:
        raise RuntimeError("this session cannot be captured")


def test_where_no_graph_can_be_captured_networks_run_without(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[Any] = []

    def session(_: Path, providers: list[Any]) -> Session:
        asked.append(providers[0])
        return Session()

    monkeypatch.setattr(runtime, "_session", session)
    caplog.set_level(logging.INFO)
    network = open_network(Path("bar_generator.onnx"), cuda=True)
    assert [options.get("enable_cuda_graph") for _, options in asked] == ["1", None]
    assert network.provider == CUDA
    assert not network.has_graph
    assert "no CUDA graph: this session cannot be captured" in caplog.text
    asked.clear()
    assert not open_network(Path("bar_generator.onnx"), cuda=True, graphs=False).has_graph
    assert len(asked) == 1


def test_auto_writes_nothing_to_stderr_on_the_machine_at_hand() -> None:
    program = (
        "from musegan_models import bundle, model, providers\n"
        "m = model.Model(bundle.load(bundle.pretrained()), 'auto')\n"
        "print(m.provider, m.reason)\n"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert said.stderr == ""
    assert said.stdout.startswith((CPU, CUDA))


def test_what_there_is_can_be_told() -> None:
    machine = look()
    assert CPU in machine.providers
    assert machine.packages
