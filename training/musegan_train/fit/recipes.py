"""How each preset was trained: the papers' facts as one table; it must not know torch, files or networks.

A step is one update of the generator and the critic updates before it. The authors of v3 give their learning rate a
window of 50,000 "steps" that counts every optimiser update, the critic's included, so that theirs is 0 from generator
step 8,259 on. The numbers here are generator steps, and `decay` ends with the last of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a paper, or its code, says of training one preset; `Config` has the same fields and says what they mean."""

    loss: str = "wgan-gp"
    steps: int = 7_900
    batch: int = 64
    second_stage: str = "none"
    second_steps: int = 0
    second_batch: int = 0
    n_critic: int = 5
    n_generator: int = 1
    burst: int = 0
    burst_first: int = 0
    burst_every: int = 0
    match: float = 0.0
    mismatched: float = 0.0
    penalty: float = 10.0
    penalty_share: float = 1.0
    learning_rate: float = 2e-4
    betas: tuple[float, float] = (0.5, 0.9)
    decay: float = 0.0
    slope_per_epoch: float = 1.0
    slope_end: float = 1.0


_AAAI = Recipe(burst=100, burst_first=25, burst_every=500)
"""AAAI 2018 and its code. At 7,900 steps the paper's figure of a phrase's evolution ends; its 20 epochs are more."""

_V2 = Recipe(steps=8_580, batch=32, burst=100, burst_every=500, learning_rate=2e-3)
_END_TO_END = replace(_V2, slope_per_epoch=1.1)
_TWO_STAGE = replace(_END_TO_END, second_stage="refiner", second_steps=7_060, second_batch=16)
"""ISMIR 2018 and its code: 20 epochs of 429 updates, then about 7,060 more with binary neurons."""

_V3 = Recipe(steps=8_300, burst=50, burst_first=10, learning_rate=1e-3, decay=0.1, slope_end=5.0)
"""The authors' current code, as far as it learns: see the top of this module."""

_MIDINET = Recipe(
    loss="midinet", steps=14_000, batch=18, n_critic=1, n_generator=2, learning_rate=5e-5, betas=(0.5, 0.999)
)
"""ISMIR 2017 and its code: 20 epochs of 50,496 bars, 72 (18 phrases) in a batch.

The code makes two generator updates a step, the paper one.
"""

RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        **{
            f"{multitrack}{form}": _AAAI
            for multitrack in ("jamming", "composer", "hybrid")
            for form in ("", "-conditional", "-bar", "-bar-conditional")
        },
        **{f"{multitrack}-v2": _V2 for multitrack in ("jamming", "composer", "hybrid")},
        **{
            f"binary{stages}{neurons}": recipe
            for stages, recipe in (
                ("", _TWO_STAGE),
                ("-joint", replace(_TWO_STAGE, second_stage="joint")),
                ("-end-to-end", _END_TO_END),
            )
            for neurons in ("", "-stochastic")
        },
        "binary-ablated-1": _V2,
        "binary-ablated-2": _V2,
        "v3": _V3,
        "v3-accompaniment": _V3,
        "tutorial": Recipe(steps=20_000, batch=16, n_critic=1, learning_rate=1e-3),
        "midinet": _MIDINET,
        "live-phrases": Recipe(steps=10_000, batch=32, n_critic=2, learning_rate=5e-4, decay=0.3),
        "live": Recipe(steps=6_000, batch=32, n_critic=1, learning_rate=5e-4, decay=0.3, match=4.0, mismatched=0.12),
    }
)
"""Preset -> how its authors trained it; the `live` ones are this project's own."""
