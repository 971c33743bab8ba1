"""Which device plays, and why: CUDA where it works, else the CPU. It must not know networks or bundles."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata

from musegan_models import runtime

DEVICES = ("auto", "cpu", "cuda")

TWO_RUNTIMES = (
    "onnxruntime and onnxruntime-gpu are both installed: they share one folder, and what works is luck. "
    "Uninstall both, then run scripts/setup (or scripts/setup --cuda)"
)


class DeviceError(RuntimeError):
    """The device that was asked for cannot be had; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What there is of CUDA."""

    driver: bool  # NVIDIA's
    packages: tuple[str, ...]  # of onnxruntime and onnxruntime-gpu those installed: it must be one
    providers: tuple[str, ...]  # what onnxruntime says it has; that it works is more
    missing: tuple[str, ...] = ()  # why libraries of CUDA could not be loaded, one line each


@dataclass(frozen=True, slots=True)
class Choice:
    """The device to ask for. That a session runs on it is for the session to say."""

    device: str  # cpu or cuda
    reason: str  # in one sentence


def look() -> Machine:
    """Find out what there is, without a word on stderr; the libraries of CUDA stay loaded where there are any."""
    driver, providers = _has_driver(), runtime.available_providers()
    # Asking onnxruntime for CUDA in vain makes it write to stderr: try the libraries first, and only behind a driver.
    missing = runtime.load_cuda_libraries() if driver and runtime.CUDA in providers else ()
    return Machine(driver, installed_runtimes(), providers, missing)


def choose(device: str, look: Callable[[], Machine] = look) -> Choice:
    """Choose for `--device` auto, cpu or cuda; `look` is not called for cpu.

    Raises:
        DeviceError: cuda was asked for, and cannot work.
        ValueError: `device` is none of the three.

    """
    if device not in DEVICES:
        raise ValueError(f"device must be one of {', '.join(DEVICES)}, got {device!r}")
    if device == "cpu":
        return Choice("cpu", "it was asked for")
    problem = why_not_cuda(look())
    if problem is None:
        return Choice("cuda", "CUDA works")
    if device == "cuda":
        raise DeviceError(f"--device cuda: {problem}; use --device cpu (a bar takes milliseconds there)")
    return Choice("cpu", problem)


def why_not_cuda(machine: Machine) -> str | None:
    """Return in one sentence why no session can run on CUDA; None where nothing speaks against it."""
    if not machine.driver:
        return "no NVIDIA driver is on this machine"
    if runtime.CUDA not in machine.providers:
        if len(machine.packages) > 1:
            return TWO_RUNTIMES
        return "onnxruntime without CUDA is installed; README, 'CUDA', says how to set up with onnxruntime-gpu instead"
    if machine.missing:
        return f"libraries of CUDA are missing ({machine.missing[0]}); README, 'CUDA', says which versions it needs"
    return None


def fell_back(detail: str) -> str:
    """Return in one sentence why a session that was asked to run on CUDA does not, or cannot make a bar there."""
    return (
        f"CUDA was tried and did not work ({detail}): mostly cuDNN is missing, or the GPU is too old or full; "
        "README, 'CUDA', says which versions it needs"
    )


def installed_runtimes() -> tuple[str, ...]:
    """Return which of the packages that bring the module `onnxruntime` are installed: it must be one."""
    found = []
    for name in ("onnxruntime", "onnxruntime-gpu"):
        with contextlib.suppress(metadata.PackageNotFoundError):
            metadata.distribution(name)
            found.append(name)
    return tuple(found)


def _has_driver() -> bool:
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True
