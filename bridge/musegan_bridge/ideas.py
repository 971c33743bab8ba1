"""Which z a bar is made from: seeds, phrase by phrase; it must not know the model or time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from musegan_bridge.messages import MAX_SEED

SECTION = 4
"""Phrases in a row that go on from each other. The next begins after silence, as a song's next section does: a band
that hears nothing but itself for long plays ever more of what it plays.
"""

_PRIVATE = MAX_SEED  # the index that no phrase reaches


@dataclass(frozen=True, slots=True)
class Idea:
    """What one bar is drawn from."""

    measure: int  # place in its phrase, from 0
    seed: int  # of the phrase: shared, shared_temporal and private_temporal z
    private_seed: int  # of the private z, each track's own style, which outlasts the phrase
    after_silence: bool = False  # the first bar of a section, or of what was asked for by seed: it hears no bar before


class Ideas:
    """The ideas of a session: every phrase draws new shared and temporal z, the private z stay until `renew`.

    Each `SECTION` phrases a new section begins.

    The first phrase has the seed of the session itself, so that the seed of any bar brings its phrase back.
    """

    def __init__(self, seed: int, n_measures: int) -> None:
        self.seed = seed
        self._n_measures = n_measures
        self._renewals = 0
        self.renew(seed)

    def renew(self, seed: int | None = None, private_seed: int | None = None) -> None:
        """Begin anew at the next bar: from `seed`, as a session of that seed begins, or from one not used yet.

        A phrase of a given `seed` begins after silence, so that its notes do not depend on what played before. With the
        `private_seed` of a bar as well, it is the phrase of that bar, as it is after silence.
        """
        self._after_silence = seed is not None
        if seed is None:
            self._renewals += 1
            seed = derive(self.seed, _PRIVATE - self._renewals)
        self.seed = seed
        self._private_seed = derive(seed, _PRIVATE) if private_seed is None else private_seed
        self._phrase, self._measure = -1, self._n_measures

    def new_phrase(self) -> None:
        """Let the next bar be the first of the next phrase."""
        self._measure = self._n_measures

    def next(self) -> Idea:
        """Return the idea of the next bar."""
        if self._measure == self._n_measures:
            self._phrase, self._measure = self._phrase + 1, 0
        seed = derive(self.seed, self._phrase) if self._phrase else self.seed
        begins = self._measure == 0 and self._phrase % SECTION == 0 and (self._phrase > 0 or self._after_silence)
        idea = Idea(self._measure, seed, self._private_seed, begins)
        self._measure += 1
        return idea


def derive(seed: int, index: int) -> int:
    """Return the `index`-th seed of `seed`, 0..2^31-1; different indices give independent ones.

    >>> derive(7, 0) == derive(7, 0), derive(7, 0) == derive(7, 1)
    (True, False)
    """
    return int(np.random.SeedSequence((seed, index)).generate_state(1)[0]) & MAX_SEED
