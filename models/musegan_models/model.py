"""A bundle ready to play, on onnxruntime, which no other module plays with. It must not know time, OSC or torch."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import sys
from dataclasses import dataclass, fields
from importlib import metadata
from pathlib import Path
from typing import Self

import numpy as np
import onnxruntime as ort

from musegan_models.bundle import Bundle, BundleError
from musegan_models.chords import N_CHORD
from musegan_models.notes import FloatArray, heard_planes, own_planes
from musegan_models.signature import CONDITION_BAR, CONDITION_BARS, Signature, check_networks
from musegan_models.spec import ModelSpec

logger = logging.getLogger(__name__)


class DeviceError(RuntimeError):
    """The device that was asked for cannot be had; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Latents:
    """The four z of n phrases, float32 (AAAI paper, eq. 7); d is 0 where the model has no such z."""

    shared: FloatArray  # (n, d): the same in every bar, for all tracks
    shared_temporal: FloatArray  # (n, d): changes from bar to bar, for all tracks
    private: FloatArray  # (n, M, d): the same in every bar, one for each track
    private_temporal: FloatArray  # (n, M, d): changes from bar to bar, one for each track

    def __getitem__(self, item: slice) -> Self:
        """Return a part of the phrases."""
        return type(self)(*(getattr(self, f.name)[item] for f in fields(self)))


def draw_latents(spec: ModelSpec, rng: np.random.Generator, n: int = 1) -> Latents:
    """Draw the four z of `n` phrases from N(0, z_std^2), truncated at z_limit standard deviations, as in training."""
    sizes, m = spec.latent, spec.n_tracks
    return Latents(
        shared=_draw(spec, rng, (n, sizes.shared)),
        shared_temporal=_draw(spec, rng, (n, sizes.shared_temporal)),
        private=_draw(spec, rng, (n, m, sizes.private)),
        private_temporal=_draw(spec, rng, (n, m, sizes.private_temporal)),
    )


def _draw(spec: ModelSpec, rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    z = rng.standard_normal(shape, np.float32)
    if spec.z_limit is not None:
        while (outside := np.abs(z) > spec.z_limit).any():
            z[outside] = rng.standard_normal(int(outside.sum()), np.float32)
    return z * np.float32(spec.z_std)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The bar codes of phrases: what the temporal generators made of their z, from which any bar follows."""

    latents: Latents
    bars: dict[str, FloatArray]  # shared_bars (n, B, d), private_bars (n, M, B, d), those that the model has


class Model:
    """The sessions of one bundle. `provider` is what the sessions say they run on, not what was asked for."""

    def __init__(self, bundle: Bundle, device: str = "cpu") -> None:
        """Load the networks on cpu, cuda (raise DeviceError where it cannot be had) or auto (cuda, else cpu).

        Raises:
            BundleError: A network cannot be read, or its inputs and outputs are not those of the spec.

        """
        self.spec = bundle.spec
        if len(found := installed_runtimes()) > 1:
            logger.warning(
                "%s are both installed: they share one folder, and what works is luck. "
                "Uninstall both, then run scripts/setup (or scripts/setup --cuda)",
                " and ".join(found),
            )
        providers = _providers(device)
        self._sessions = {file.stem: _session(file, providers) for file in bundle.networks}
        self.provider: str = self._sessions["bar_generator"].get_providers()[0]
        if device == "cuda" and self.provider != "CUDAExecutionProvider":
            raise DeviceError(f"--device cuda: the session runs on {self.provider}; {_cuda_advice()}")
        signatures = {name: _signature(session) for name, session in self._sessions.items()}
        check_networks(bundle, signatures)
        self._inputs = {name: tuple(signature.inputs) for name, signature in signatures.items()}
        self._outputs = {name: tuple(signature.outputs) for name, signature in signatures.items()}
        # What the encoder says of no condition never changes: ask once.
        self._nobody = self._encode(1) if "bar_encoder" in self._sessions else {}

    def begin(self, latents: Latents) -> Phrase:
        """Run the temporal generators, one code for each bar of each phrase, as if nobody plays."""
        n, bars = len(latents.shared), self.spec.n_measures
        silence = self._nobody.get(CONDITION_BAR)
        return self._begin(latents, None if silence is None else np.tile(silence[:, None], (n, bars, 1)))

    def bar(
        self,
        phrase: Phrase,
        measure: int,
        condition: FloatArray | None = None,
        given: FloatArray | None = None,
        previous: FloatArray | None = None,
        chord: FloatArray | None = None,
    ) -> FloatArray:
        """Return the probabilities (n, n_planes, n_tracks, n_steps, n_pitches) of one bar of each phrase.

        `condition`: (n, 2, n_tracks, n_steps, n_pitches) in {0, 1}, onset and sustain of the given tracks, zero
        elsewhere; `given`: (n, n_tracks) in {0, 1}. Neither: nobody plays, or nobody knows yet what. `previous`: the
        bar before, laid out as `condition`, all tracks, whoever played them; None: silence. `chord`: (n, 13); None: no
        chord. A model takes of these what it was made to hear.
        """
        n = len(phrase.latents.shared)
        heard: dict[str, FloatArray] = {}
        if "bar_encoder" in self._sessions:
            if condition is None and given is None and previous is None:
                heard = {name: np.repeat(value, n, axis=0) for name, value in self._nobody.items()}
            else:
                heard = self._encode(n, condition, given, previous)
                if CONDITION_BAR in heard:  # the bar is made as if all of its phrase heard what it hears
                    codes = np.tile(heard[CONDITION_BAR][:, None], (1, self.spec.n_measures, 1))
                    phrase = self._begin(phrase.latents, codes)
        return self._bar(phrase, measure, heard, chord)

    def phrase(
        self,
        latents: Latents,
        condition: FloatArray | None = None,
        given: FloatArray | None = None,
        chord: FloatArray | None = None,
        awaited: FloatArray | None = None,
        before: FloatArray | None = None,
    ) -> FloatArray:
        """Return the probabilities (n, n_measures, n_planes, n_tracks, n_steps, n_pitches) of whole phrases.

        `condition`: (n, n_measures, 2, n_tracks, n_steps, n_pitches), the tracks that somebody else plays: those that
        are `given`, or `awaited` and not heard before the next bar, (n, n_tracks) each. `chord`: (n, n_measures, 13).
        A model that hears the bar before hears, of its own tracks, what would be heard of them; `before`, (n, 2,
        n_tracks, n_steps, n_pitches), is the bar before the phrase, for a model that continues phrases; None: silence.
        """
        spec, measures = self.spec, range(self.spec.n_measures)
        chords = [None if chord is None else chord[:, i] for i in measures]
        conditions: list[FloatArray | None] = [None for _ in measures]
        if condition is not None:
            now = condition if awaited is None else condition * (1 - awaited[:, None, None, :, None, None])
            conditions = [now[:, i] for i in measures]
        if CONDITION_BAR in self._nobody and condition is not None:
            n = len(latents.shared)
            heard = [self._encode(n, own, given) for own in conditions]
            phrase = self._begin(latents, np.stack([features[CONDITION_BAR] for features in heard], axis=1))
            return np.stack([self._bar(phrase, i, heard[i], chords[i]) for i in measures], axis=1)
        phrase, made = self.begin(latents), list[FloatArray]()
        previous = before if spec.continues else None
        for i in measures:
            made.append(self.bar(phrase, i, conditions[i], given, previous, chords[i]))
            if spec.hears_previous:
                own = None if condition is None else condition[:, i]
                previous = with_others(heard_planes(made[-1], spec), own, given, awaited)
        return np.stack(made, axis=1)

    def _begin(self, latents: Latents, condition_bars: FloatArray | None) -> Phrase:
        if "temporal_generator" not in self._sessions:
            return Phrase(latents, {})
        feeds = {"shared_temporal": latents.shared_temporal, "private_temporal": latents.private_temporal}
        if condition_bars is not None:
            feeds[CONDITION_BARS] = condition_bars
        return Phrase(latents, self._run("temporal_generator", feeds))

    def _encode(
        self,
        n: int,
        condition: FloatArray | None = None,
        given: FloatArray | None = None,
        previous: FloatArray | None = None,
    ) -> dict[str, FloatArray]:
        """Run the bar encoder; what is None is silence."""
        shape = (n, *self.spec.bar_shape)
        feeds = {
            name: np.zeros(shape, np.float32) if planes is None else own_planes(planes, self.spec)
            for name, planes in (("condition", condition), ("previous", previous))
        }
        feeds["given"] = np.zeros((n, self.spec.n_tracks), np.float32) if given is None else given
        return self._run("bar_encoder", feeds)

    def _bar(self, phrase: Phrase, measure: int, heard: dict[str, FloatArray], chord: FloatArray | None) -> FloatArray:
        z, bars = phrase.latents, phrase.bars
        feeds = {"shared": z.shared, "private": z.private, **heard}
        if "shared_bars" in bars:
            feeds["shared_bar"] = bars["shared_bars"][:, measure]
        if "private_bars" in bars:
            feeds["private_bar"] = bars["private_bars"][:, :, measure]
        feeds["chord"] = np.zeros((len(z.shared), N_CHORD), np.float32) if chord is None else chord
        return self._run("bar_generator", feeds)["probability"]

    def _run(self, network: str, feeds: dict[str, FloatArray]) -> dict[str, FloatArray]:
        """Run a network on those of `feeds` that are its inputs."""
        names = self._outputs[network]
        own = {name: feeds[name] for name in self._inputs[network]}
        return dict(zip(names, self._sessions[network].run(names, own), strict=True))


def with_others(
    planes: FloatArray, condition: FloatArray | None, given: FloatArray | None, awaited: FloatArray | None
) -> FloatArray:
    """Return bars (n, 2, n_tracks, n_steps, n_pitches) with the tracks that others play as `condition` has them."""
    masks = [mask for mask in (given, awaited) if mask is not None]
    if condition is None or not masks:
        return planes
    others = sum(masks[1:], masks[0])[:, None, :, None, None]
    return planes * (1 - others) + condition * others


def installed_runtimes() -> list[str]:
    """Return which of the packages that bring the module `onnxruntime` are installed: it must be one."""
    found = []
    for name in ("onnxruntime", "onnxruntime-gpu"):
        with contextlib.suppress(metadata.PackageNotFoundError):
            metadata.distribution(name)
            found.append(name)
    return found


def _session(path: Path, providers: list[str]) -> ort.InferenceSession:
    options = ort.SessionOptions()
    # One thread, no spinning: a bar takes milliseconds, and a spinning pool would starve the thread that sends on time.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        return ort.InferenceSession(str(path), options, providers=providers)
    except Exception as error:  # onnxruntime's exceptions share no public base class
        raise BundleError(f"{path}: onnxruntime cannot read it: {error}") from error


def _signature(session: ort.InferenceSession) -> Signature:
    return Signature(
        {node.name: tuple(node.shape) for node in session.get_inputs()},
        {node.name: tuple(node.shape) for node in session.get_outputs()},
    )


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
