"""Which inputs and outputs the networks of a spec must have; it must not know onnxruntime, torch or files' bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from musegan_models.bundle import Bundle, BundleError
from musegan_models.chords import N_CHORD

CONDITION_BAR = "condition_bar"
"""A feature of the bar encoder (N, c) that goes, for all bars, to the temporal generator as `condition_bars`."""

CONDITION_BARS = "condition_bars"

Shape = tuple[int | str | None, ...]
"""As onnxruntime tells it: a name or None where an axis is free."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Names and shapes of a network's inputs and outputs."""

    inputs: Mapping[str, Shape]
    outputs: Mapping[str, Shape]


def check_networks(bundle: Bundle, found: Mapping[str, Signature]) -> None:
    """Compare the networks of a bundle, by the names of their files, with its spec.

    What a network may take is what the spec and the networks before it supply. A z of a size above 0 must be taken,
    and so must what the spec says the model hears.

    Raises:
        BundleError: An input or output is missing, unknown, or of another shape than bundle.json says.

    """
    spec, sizes = bundle.spec, bundle.spec.latent
    m, b = spec.n_tracks, spec.n_measures

    # Bar encoder: what is heard -> features
    features: dict[str, Shape] = {}
    if spec.hears:
        roll: Shape = ("N", *spec.bar_shape)
        supply: dict[str, Shape] = {"condition": roll, "given": ("N", m), "previous": roll}
        must = [name for name, wanted in (("condition", spec.conditional), ("previous", spec.hears_previous)) if wanted]
        _check_inputs(bundle, "bar_encoder", found, supply, must)
        features = dict(found["bar_encoder"].outputs)

    # Temporal generator: z of a phrase -> codes of its bars
    shared_bar: Shape = ("N", 0)
    private_bar: Shape = ("N", m, 0)
    if spec.temporal == "scratch":
        supply = {
            "shared_temporal": ("N", sizes.shared_temporal),
            "private_temporal": ("N", m, sizes.private_temporal),
        }
        must = [name for name, shape in supply.items() if shape[-1]]
        if CONDITION_BAR in features:
            supply[CONDITION_BARS] = ("N", b, *features.pop(CONDITION_BAR)[1:])
            must.append(CONDITION_BARS)
        _check_inputs(bundle, "temporal_generator", found, supply, must)
        outputs = found["temporal_generator"].outputs
        # How many numbers a code has is between the two networks.
        shared_bar = _check_codes(bundle, outputs, "shared_bars", ("N", b))
        private_bar = _check_codes(bundle, outputs, "private_bars", ("N", m, b))
        shared_bar, private_bar = (code[:-2] + code[-1:] for code in (shared_bar, private_bar))

    # Bar generator: codes, z and features -> probabilities
    supply = {
        "shared": ("N", sizes.shared),
        "shared_bar": shared_bar,
        "private": ("N", m, sizes.private),
        "private_bar": private_bar,
    }
    must = [name for name, shape in supply.items() if shape[-1]]
    if spec.has_chord:
        supply["chord"] = ("N", N_CHORD)
        must.append("chord")
    _check_inputs(bundle, "bar_generator", found, supply | features, [*must, *features])
    outputs = found["bar_generator"].outputs
    if "probability" not in outputs:
        raise BundleError(f"{_file(bundle, 'bar_generator')}: there is no output probability, only {_list(outputs)}")
    _check_shape(bundle, "bar_generator", "output probability", outputs["probability"], ("N", *spec.bar_shape))


def _check_inputs(
    bundle: Bundle, network: str, found: Mapping[str, Signature], supply: Mapping[str, Shape], must: list[str]
) -> None:
    """Check that a network takes all that it must, nothing but what is supplied, and each in its shape."""
    inputs = found[network].inputs
    if missing := [name for name in must if name not in inputs]:
        raise BundleError(
            f"{_file(bundle, network)}: there is no input {missing[0]}, which bundle.json says the model takes; "
            f"it has {_list(inputs)}"
        )
    for name, shape in inputs.items():
        if name not in supply or (supply[name][-1] == 0):
            raise BundleError(
                f"{_file(bundle, network)}: input {name} is none that bundle.json or another network supplies"
            )
        _check_shape(bundle, network, f"input {name}", shape, supply[name])


def _check_codes(bundle: Bundle, outputs: Mapping[str, Shape], name: str, axes: Shape) -> Shape:
    """Return the shape of the bar codes `name`, with a last axis of 0 where the model has no such z."""
    wanted = getattr(bundle.spec.latent, name.replace("bars", "temporal"))
    if name not in outputs:
        if wanted:
            raise BundleError(
                f"{_file(bundle, 'temporal_generator')}: there is no output {name}, only {_list(outputs)}"
            )
        return (*axes, 0)
    shape = outputs[name]
    _check_shape(bundle, "temporal_generator", f"output {name}", shape, (*axes, shape[-1] if shape else None))
    return shape


def _check_shape(bundle: Bundle, network: str, what: str, shape: Shape, expected: Shape) -> None:
    """Compare all axes but the first, which must be free: it is how many phrases are played at once."""
    if len(shape) != len(expected) or shape[1:] != expected[1:]:
        raise BundleError(
            f"{_file(bundle, network)}: {what} must be {_shape(expected)} as bundle.json and the other networks say, "
            f"got {_shape(shape)}"
        )
    if isinstance(shape[0], int):
        raise BundleError(
            f"{_file(bundle, network)}: {what} must have a free first axis, for any number of phrases, got {shape[0]}"
        )


def _file(bundle: Bundle, network: str) -> str:
    return str(bundle.path / f"{network}.onnx")


def _shape(shape: Shape) -> str:
    return f"({', '.join(['N', *map(str, shape[1:])])})"


def _list(names: Mapping[str, Shape]) -> str:
    return ", ".join(names) or "none"
