"""What the tables of several presets share; it must not know any preset."""

from __future__ import annotations

from musegan_models.blocks import OUTPUTS, Layer

FACTORS = {16: (4, 1), 24: (2, 3), 48: (4, 3), 96: (4, 6)}
"""Steps of a bar -> growth of time from a beat in the trunk, and in the branches (v2 and v3)."""

MERGE = Layer(OUTPUTS, activation="none")
"""Joins the branches of a bar generator: a layer of kernel 1."""


def leaky(c: int, kernel: tuple[int, int, int] = (1, 1, 1), stride: tuple[int, int, int] | None = None) -> Layer:
    """Return a layer of a critic: no norm, leaky ReLU."""
    return Layer(c, kernel, stride, norm="none", activation="leaky")


def score(kernel: tuple[int, int, int] = (1, 1, 1)) -> Layer:
    """Return the last layer of a critic."""
    return Layer(1, kernel, norm="none", activation="none")
