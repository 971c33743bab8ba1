"""A bundle ready to play. It must not know time, OSC or torch, nor how a network runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

import numpy as np

from musegan_models import providers
from musegan_models.bundle import Bundle, BundleError
from musegan_models.chords import N_CHORD
from musegan_models.notes import FloatArray, heard_planes, own_planes
from musegan_models.providers import DeviceError, Machine
from musegan_models.runtime import CPU, CUDA, Joined, Network, open_network
from musegan_models.signature import CONDITION_BAR, CONDITION_BARS, check_networks
from musegan_models.spec import ModelSpec

__all__ = ["DeviceError", "Latents", "Model", "Phrase", "draw_latents", "with_others"]

logger = logging.getLogger(__name__)


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
    return z if spec.z_std == 1 else z * np.float32(spec.z_std)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The bar codes of phrases: what the temporal generators made of their z, from which any bar follows."""

    latents: Latents
    bars: dict[str, FloatArray]  # shared_bars (n, B, d), private_bars (n, M, B, d), those that the model has


class Model:
    """The networks of one bundle. `provider` is what their sessions say they run on, `reason` says why, in a sentence.

    A model is for one thread at a time; two models may play at once.
    """

    def __init__(
        self,
        bundle: Bundle,
        device: str = "cpu",
        *,
        graphs: bool = True,
        look: Callable[[], Machine] = providers.look,
        open_network: Callable[..., Network] = open_network,
    ) -> None:
        """Load the networks on cpu, cuda (raise DeviceError where it cannot be had) or auto (cuda, else cpu).

        Without `graphs`, no CUDA graph is captured: while one is, no other thread may use the GPU.

        Raises:
            BundleError: A network cannot be read, or its inputs and outputs are not those of the spec.

        """
        self.spec = bundle.spec
        self._bundle = bundle
        self._open_network = open_network
        if len(providers.installed_runtimes()) > 1:
            logger.warning("%s", providers.TWO_RUNTIMES)
        choice = providers.choose(device, look)
        self.reason = choice.reason
        problem = self._open_on_cuda(graphs) if choice.device == "cuda" else None
        if choice.device == "cpu" or problem is not None:
            self._open()  # what is wrong with the bundle itself is said here
        if problem is not None:
            self.reason = providers.fell_back(problem)
            if device == "cuda":
                raise DeviceError(f"--device cuda: {self.reason}")
        self.provider: str = self._networks["bar_generator"].provider

    def _open_on_cuda(self, graphs: bool) -> str | None:
        """Open the networks and make a bar; return why it did not work, if so: all then goes to the CPU."""
        try:
            self._open(cuda=True, graphs=graphs)
            for network in self._networks.values():
                if network.provider != CUDA:
                    return f"the session runs on {network.provider}"
            self.bar(self.begin(draw_latents(self.spec, np.random.default_rng(0))), 0)
        except Exception as error:  # onnxruntime's exceptions share no public base class
            return str(error).strip().partition("\n")[0]
        if graphs:
            with_graph = sum(network.has_graph for network in self._networks.values())
            self.reason += f", with a graph of {with_graph} of {len(self._networks)} networks"
        return None

    def _open(self, cuda: bool = False, graphs: bool = False) -> None:
        self._networks = {file.stem: self._open_file(file, cuda, graphs) for file in self._bundle.networks}
        check_networks(self._bundle, {name: network.signature for name, network in self._networks.items()})
        # What the encoder says of no condition never changes: ask once.
        self._nobody: dict[str, FloatArray] = {}
        self._joined: Joined | None = None
        if "bar_encoder" in self._networks:
            self._nobody = self._encode(1)
            encoder, generator = self._networks["bar_encoder"], self._networks["bar_generator"]
            if encoder.provider == generator.provider == CPU and CONDITION_BAR not in self._nobody:
                self._joined = Joined(encoder, generator)

    def _open_file(self, file: Path, cuda: bool, graphs: bool) -> Network:
        try:
            return self._open_network(file, cuda=cuda, graphs=graphs)
        except Exception as error:  # as above
            raise BundleError(f"{file}: onnxruntime cannot read it: {error}") from error

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
        if "bar_encoder" in self._networks:
            if n == 1 and self._joined is not None:
                heard = self._heard(condition, given, previous)
                return self._joined.run(heard, self._code(phrase, measure, chord))["probability"]
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
        if "temporal_generator" not in self._networks:
            return Phrase(latents, {})
        feeds = {"shared_temporal": latents.shared_temporal, "private_temporal": latents.private_temporal}
        if condition_bars is not None:
            feeds[CONDITION_BARS] = condition_bars
        return Phrase(latents, self._networks["temporal_generator"].run(feeds))

    def _encode(
        self,
        n: int,
        condition: FloatArray | None = None,
        given: FloatArray | None = None,
        previous: FloatArray | None = None,
    ) -> dict[str, FloatArray]:
        """Run the bar encoder; what is None is silence."""
        silence = np.zeros((n, *self.spec.bar_shape), np.float32)
        nobody = {"condition": silence, "given": np.zeros((n, self.spec.n_tracks), np.float32), "previous": silence}
        return self._networks["bar_encoder"].run(nobody | self._heard(condition, given, previous))

    def _heard(
        self, condition: FloatArray | None, given: FloatArray | None, previous: FloatArray | None
    ) -> dict[str, FloatArray]:
        """Return the inputs of the bar encoder that are no silence."""
        planes = {"condition": condition, "previous": previous}
        heard = {name: own_planes(own, self.spec) for name, own in planes.items() if own is not None}
        return heard if given is None else {**heard, "given": given}

    def _bar(self, phrase: Phrase, measure: int, heard: dict[str, FloatArray], chord: FloatArray | None) -> FloatArray:
        chord = np.zeros((len(phrase.latents.shared), N_CHORD), np.float32) if chord is None else chord
        return self._networks["bar_generator"].run(self._code(phrase, measure, chord) | heard)["probability"]

    def _code(self, phrase: Phrase, measure: int, chord: FloatArray | None) -> dict[str, FloatArray]:
        """Return the inputs of the bar generator that are not heard."""
        z, bars = phrase.latents, phrase.bars
        code = {"shared": z.shared, "private": z.private}
        if "shared_bars" in bars:
            code["shared_bar"] = bars["shared_bars"][:, measure]
        if "private_bars" in bars:
            code["private_bar"] = bars["private_bars"][:, :, measure]
        return code if chord is None else {**code, "chord": chord}


def with_others(
    planes: FloatArray, condition: FloatArray | None, given: FloatArray | None, awaited: FloatArray | None
) -> FloatArray:
    """Return bars (n, 2, n_tracks, n_steps, n_pitches) with the tracks that others play as `condition` has them."""
    masks = [mask for mask in (given, awaited) if mask is not None]
    if condition is None or not masks:
        return planes
    others = sum(masks[1:], masks[0])[:, None, :, None, None]
    return planes * (1 - others) + condition * others
