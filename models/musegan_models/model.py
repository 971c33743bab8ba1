"""A bundle ready to play, on onnxruntime; the only module that imports it. It must not know time, OSC or torch."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import sys
from dataclasses import dataclass, fields
from importlib import metadata
from typing import Self

import numpy as np
import onnxruntime as ort

from musegan_models.bundle import Bundle, BundleError
from musegan_models.notes import FloatArray
from musegan_models.spec import ModelSpec

logger = logging.getLogger(__name__)


class DeviceError(RuntimeError):
    """The device that was asked for cannot be had; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Latents:
    """The four z of n phrases, float32 (AAAI paper, eq. 7)."""

    shared: FloatArray  # (n, d): the same in every bar, for all tracks
    shared_temporal: FloatArray  # (n, d): changes from bar to bar, for all tracks
    private: FloatArray  # (n, n_tracks, d): the same in every bar, one for each track
    private_temporal: FloatArray  # (n, n_tracks, d): changes from bar to bar, one for each track

    def __getitem__(self, item: slice) -> Self:
        """Return a part of the phrases."""
        return type(self)(*(getattr(self, f.name)[item] for f in fields(self)))


def draw_latents(spec: ModelSpec, rng: np.random.Generator, n: int = 1) -> Latents:
    """Draw the four z of `n` phrases from N(0, 1), as in training."""
    sizes, m = spec.latent, spec.n_tracks
    return Latents(
        shared=rng.standard_normal((n, sizes.shared), np.float32),
        shared_temporal=rng.standard_normal((n, sizes.shared_temporal), np.float32),
        private=rng.standard_normal((n, m, sizes.private), np.float32),
        private_temporal=rng.standard_normal((n, m, sizes.private_temporal), np.float32),
    )


@dataclass(frozen=True, slots=True)
class Phrase:
    """The bar codes of phrases: what the temporal generators made of their z, from which any bar follows."""

    latents: Latents
    shared_bars: FloatArray  # (n, n_measures, d)
    private_bars: FloatArray  # (n, n_tracks, n_measures, d)


class Model:
    """The sessions of one bundle. `provider` is what the sessions say they run on, not what was asked for."""

    def __init__(self, bundle: Bundle, device: str = "cpu") -> None:
        """Load the networks on cpu, cuda (raise DeviceError where it cannot be had) or auto (cuda, else cpu)."""
        self.spec = bundle.spec
        if len(found := installed_runtimes()) > 1:
            logger.warning(
                "%s are both installed: they share one folder, and what works is luck. "
                "Uninstall both, then run scripts/setup (or scripts/setup --cuda)",
                " and ".join(found),
            )
        providers = _providers(device)
        self._temporal = _session(bundle, "temporal_generator", providers)
        self._bar = _session(bundle, "bar_generator", providers)
        self._encoder = _session(bundle, "bar_encoder", providers) if bundle.spec.conditional else None
        self.provider: str = self._bar.get_providers()[0]
        if device == "cuda" and self.provider != "CUDAExecutionProvider":
            raise DeviceError(f"--device cuda: the session runs on {self.provider}; {_cuda_advice()}")
        self._check_shapes(bundle)
        self._nobody: dict[str, FloatArray] = {}
        if self._encoder is not None:  # what the encoder says of no condition never changes: ask once
            silence = np.zeros((1, 2, *self._roll_shape), np.float32)
            self._nobody = self._encode(silence, np.zeros((1, self.spec.n_tracks), np.float32))

    @property
    def _roll_shape(self) -> tuple[int, int, int]:
        return self.spec.n_tracks, self.spec.measure_resolution, self.spec.n_pitches

    def begin(self, latents: Latents) -> Phrase:
        """Run the temporal generators: one code for each bar of each phrase."""
        shared_bars, private_bars = self._temporal.run(
            None, {"shared_temporal": latents.shared_temporal, "private_temporal": latents.private_temporal}
        )
        return Phrase(latents, shared_bars, private_bars)

    def bar(
        self, phrase: Phrase, measure: int, condition: FloatArray | None = None, given: FloatArray | None = None
    ) -> tuple[FloatArray, FloatArray]:
        """Return onset and sustain probabilities (n, n_tracks, n_steps, n_pitches) of one bar of each phrase.

        `condition`: (n, 2, n_tracks, n_steps, n_pitches) in {0, 1}, the planes of the given tracks, zero elsewhere;
        `given`: (n, n_tracks) in {0, 1}. Neither: nobody plays.
        """
        z = phrase.latents
        feeds = {
            "shared": z.shared,
            "shared_bar": phrase.shared_bars[:, measure],
            "private": z.private,
            "private_bar": phrase.private_bars[:, :, measure],
        }
        if self._encoder is not None:
            n = z.shared.shape[0]
            if condition is None or given is None:
                feeds |= {name: np.repeat(value, n, axis=0) for name, value in self._nobody.items()}
            else:
                feeds |= self._encode(condition, given)
        (probability,) = self._bar.run(None, feeds)
        return probability[:, 0], probability[:, 1]

    def phrase(
        self, latents: Latents, condition: FloatArray | None = None, given: FloatArray | None = None
    ) -> tuple[FloatArray, FloatArray]:
        """Return onset and sustain probabilities (n, n_measures, n_tracks, n_steps, n_pitches) of whole phrases.

        `condition`: (n, n_measures, 2, n_tracks, n_steps, n_pitches); `given`: (n, n_tracks).
        """
        phrase = self.begin(latents)
        bars = [
            self.bar(phrase, i, None if condition is None else condition[:, i], given)
            for i in range(self.spec.n_measures)
        ]
        return np.stack([onset for onset, _ in bars], axis=1), np.stack([sustain for _, sustain in bars], axis=1)

    def _encode(self, condition: FloatArray, given: FloatArray) -> dict[str, FloatArray]:
        assert self._encoder is not None
        names = [output.name for output in self._encoder.get_outputs()]
        return dict(zip(names, self._encoder.run(names, {"condition": condition, "given": given}), strict=True))

    def _check_shapes(self, bundle: Bundle) -> None:
        expected = [2, *self._roll_shape]
        shape = list(self._bar.get_outputs()[0].shape)[1:]
        if shape != expected:
            raise BundleError(
                f"{bundle.bar_generator}: output must be (N, *{expected}) as bundle.json says, got (N, *{shape})"
            )


def installed_runtimes() -> list[str]:
    """Return which of the packages that bring the module `onnxruntime` are installed: it must be one."""
    found = []
    for name in ("onnxruntime", "onnxruntime-gpu"):
        with contextlib.suppress(metadata.PackageNotFoundError):
            metadata.distribution(name)
            found.append(name)
    return found


def _session(bundle: Bundle, name: str, providers: list[str]) -> ort.InferenceSession:
    options = ort.SessionOptions()
    # One thread, no spinning: a bar takes milliseconds, and a spinning pool would starve the thread that sends on time.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    path = bundle.path / f"{name}.onnx"
    try:
        return ort.InferenceSession(str(path), options, providers=providers)
    except Exception as error:  # onnxruntime's exceptions share no public base class
        raise BundleError(f"{path}: onnxruntime cannot read it: {error}") from error


def _providers(device: str) -> list[str]:
    """Ask for CUDA only where a driver is: asking in vain makes onnxruntime write errors to stderr."""
    if device not in ("auto", "cpu", "cuda"):
        raise ValueError(f"device must be auto, cpu or cuda, got {device!r}")
    available = "CUDAExecutionProvider" in ort.get_available_providers() and _has_cuda_driver()
    if device == "cuda" and not available:
        raise DeviceError(f"--device cuda: {_cuda_advice()}")
    return (
        ["CUDAExecutionProvider", "CPUExecutionProvider"] if device != "cpu" and available else ["CPUExecutionProvider"]
    )


def _has_cuda_driver() -> bool:
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True


def _cuda_advice() -> str:
    if not _has_cuda_driver():
        return "no NVIDIA driver is on this machine; use --device cpu (a bar takes milliseconds there)"
    if "CUDAExecutionProvider" not in ort.get_available_providers():
        return "onnxruntime without CUDA is installed; README, 'CUDA', says how to set up with onnxruntime-gpu instead"
    return "onnxruntime-gpu could not load CUDA or cuDNN; README, 'CUDA', says which versions it needs"
