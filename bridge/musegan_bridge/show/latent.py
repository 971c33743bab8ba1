"""The z of a band in groups, and how they move: mixed, scaled, wandering. It must not know bars, seeds or controls."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from musegan_models.model import Latents
from musegan_models.notes import FloatArray
from musegan_models.spec import ModelSpec

SHARED = "shared"

Z = tuple[FloatArray, ...]
"""The z of one phrase: (d,) shared by all tracks, then one (d,) for each track: lasting values, then temporal ones."""


def groups_of(spec: ModelSpec) -> tuple[str, ...]:
    """Return the names of the groups, in the order of `Z`."""
    return (SHARED, *spec.track_names)


def z_from_latents(latents: Latents) -> Z:
    """Return the first phrase's z, in groups."""
    own = np.concatenate([latents.private[0], latents.private_temporal[0]], axis=1)
    return (np.concatenate([latents.shared[0], latents.shared_temporal[0]]), *own)


def latents_from_z(z: Z, spec: ModelSpec) -> Latents:
    """Return what a model takes."""
    shared, own = z[0][None], np.stack(z[1:])[None]
    n, m = spec.latent.shared, spec.latent.private
    return Latents(shared[:, :n], shared[:, n:], own[:, :, :m], own[:, :, m:])


def slerp(a: FloatArray, b: FloatArray, amount: float) -> FloatArray:
    """Return the point between two z, along the arc: halfway between two draws is as likely as they are.

    Their lengths are mixed in a straight line (Shoemake 1985; White 2016, arXiv 1609.04468, sec. 3.2).

    >>> slerp(np.float32([2, 0]), np.float32([0, 2]), 0.5).round(3).tolist()
    [1.4140000343322754, 1.4140000343322754]
    """
    lengths = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    if min(lengths) < 1e-6:
        return np.asarray(a + (b - a) * amount, np.float32)
    cosine = float(np.clip(a @ b / (lengths[0] * lengths[1]), -1, 1))
    angle = float(np.arccos(cosine))
    if angle < 1e-4 or np.pi - angle < 1e-4:  # the same way, or none of all arcs: straight on
        return np.asarray(a + (b - a) * amount, np.float32)
    length = lengths[0] + (lengths[1] - lengths[0]) * amount
    way = np.sin((1 - amount) * angle) * a / lengths[0] + np.sin(amount * angle) * b / lengths[1]
    return np.asarray(way / np.sin(angle) * length, np.float32)


def mixed(a: Z, b: Z, amount: float) -> Z:
    """Return each group between those of `a` and of `b`."""
    return tuple(slerp(x, y, amount) for x, y in zip(a, b, strict=True))


def on_pad(corners: Sequence[Z], x: float, y: float) -> Z:
    """Return the mix of four corners, which lie at x y = 0 0, 1 0, 0 1, 1 1."""
    return mixed(mixed(corners[0], corners[1], x), mixed(corners[2], corners[3], x), y)


def chosen(groups: Sequence[int], own: Z, other: Z) -> Z:
    """Return `other` in the groups of these indices, `own` in all else."""
    return tuple(other[i] if i in groups else own[i] for i in range(len(own)))


def near(z: Z, other: Z, likeness: float) -> Z:
    """Return z that are as likely as two draws, and whose correlation with `z` is `likeness`, 0..1.

    r z + sqrt(1 - r^2) z', for each value.

    >>> near((np.float32([1, 0]),), (np.float32([0, 1]),), 0.8)[0].round(3).tolist()
    [0.800000011920929, 0.6000000238418579]
    """
    rest = np.sqrt(1 - likeness**2)
    return tuple(np.asarray(likeness * a + rest * b, np.float32) for a, b in zip(z, other, strict=True))


def temporal_of(z: Z, lasting: Z, spec: ModelSpec) -> Z:
    """Return the values of `z` that change from bar to bar, with those of `lasting` that stay the same."""
    n, m = spec.latent.shared, spec.latent.private
    sizes = (n, *(m for _ in lasting[1:]))
    return tuple(np.concatenate([b[:i], a[i:]]) for i, a, b in zip(sizes, z, lasting, strict=True))


def wandered(z: Z, angles: Sequence[float], spec: ModelSpec, rng: np.random.Generator) -> Z:
    """Return z turned by an angle in radians for each group, towards a draw: as likely as it was."""
    return tuple(
        np.asarray(np.cos(angle) * own + np.sin(angle) * spec.z_std * rng.standard_normal(own.shape), np.float32)
        if angle
        else own
        for own, angle in zip(z, angles, strict=True)
    )


def scaled(z: Z, factors: Sequence[float]) -> Z:
    """Return each group times its factor."""
    return tuple(
        own if factor == 1 else np.asarray(own * np.float32(factor), np.float32)
        for own, factor in zip(z, factors, strict=True)
    )
