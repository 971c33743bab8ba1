"""Rows about a player who repeats a few chords, and who changes them in the middle."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence

from benchmarks.follow.chords import Triad, in_chord, in_quarters, share, triads
from benchmarks.follow.common import Offline, Row, percent

LOOPS = {
    1: ("C", "Am", "F", "G"),
    2: ("C F", "Am G", "F G", "C Am"),
    4: ("C Am F G", "C G Am F", "Am F C G", "Dm G C Am", "C F C G", "Am Em F G"),
    8: ("C G Am Em F C F G", "C C F C G F C G", "Am Am F F C C G G", "Dm G C F Am Dm G C"),
}
"""Progressions by their bars, in C."""

_ROUNDS = {1: 16, 2: 12, 4: 8, 8: 6}
_GOAL = 0.9
_TRACK = "piano"
MODES = ("anticipate", "previous-bar", "same-bar")


def loop_rows(offline: Offline) -> Iterator[Row]:
    """Yield how much of what the band plays is in the chord that sounds, by round of the loop."""
    for bars, progressions in LOOPS.items():
        for mode in MODES if bars == 4 else MODES[:1]:
            rounds = _rounds(offline, bars, progressions, mode)
            later = share(bar for own in rounds[2:] for bar in own)
            each = ", ".join(percent(share(own)) for own in rounds[:4])
            has_goal = bars == 4 and mode == "anticipate"
            yield Row(
                f"a player repeats {bars} bar{'s' * (bars > 1)}, {mode}: share in the chord that sounds",
                f"rounds 1 to 4: {each}; from the third on: {percent(later)}",
                ">= 90 % from the third on" if has_goal else "",
                later >= _GOAL if has_goal else None,
            )


def _rounds(offline: Offline, bars: int, progressions: Sequence[str], mode: str) -> list[list[tuple[float, float]]]:
    """Return for each round what `in_chord` says of its bars, of all progressions."""
    rounds: list[list[tuple[float, float]]] = [[] for _ in range(_ROUNDS[bars])]
    for seed, names in enumerate(progressions):
        chords = triads(names) * _ROUNDS[bars]
        for bar, found in enumerate(_beside(offline, chords, seed, mode)):
            rounds[bar // bars].append(found)
    return rounds


def _beside(offline: Offline, chords: Sequence[Triad], seed: int, mode: str = MODES[0]) -> list[tuple[float, float]]:
    """Return for each bar how many beats the band's notes sound, and how many in the chord that a player plays."""
    band = offline.generate(len(chords), seed, in_quarters(chords), _TRACK, "--follow-mode", mode)
    return in_chord(offline.pitched(band), chords)


# A player who jumps

_BEFORE = _AFTER = 24  # bars


def jump_rows(offline: Offline) -> Iterator[Row]:
    """Yield after how many bars the band is with a player again who changes key or chords in the middle."""
    loops = LOOPS[4]
    kinds = {
        "the key, a semitone up": [triads(names, 1) for names in loops],
        "the key, a fourth up": [triads(names, 5) for names in loops],
        "the progression": [triads(names) for names in (*loops[1:], loops[0])],
    }
    for kind, after in kinds.items():
        waits, shares = list[float](), list[tuple[float, ...]]()
        for seed, (names, others) in enumerate(zip(loops, after, strict=True)):
            chords = triads(names) * (_BEFORE // 4) + others * (_AFTER // 4)
            found = _beside(offline, chords, seed)
            waits.append(bars_until_back(found, _BEFORE))
            known = _beside(offline, chords, seed, "same-bar")
            end = slice(-_AFTER // 2, None)
            shares.append((share(found[_BEFORE // 2 : _BEFORE]), share(found[end]), share(known[end])))
        before, end_share, bound = (statistics.mean(own[i] for own in shares) for i in range(3))
        yield Row(
            f"a player who repeats 4 bars changes {kind}: bars until the share is at 90 % of what it was",
            f"median {_bars(statistics.median(waits))}, most {_bars(max(waits))}; share before: {percent(before)}, in "
            f"the last {_AFTER // 2} bars: {percent(end_share)}, there with each bar known: {percent(bound)}",
        )


def bars_until_back(found: Sequence[tuple[float, float]], jump: int) -> float:
    """Return after how many bars from `jump` on four bars together have 90 % of the share of the twelve before it.

    `found` is of each bar, as `in_chord` returns it; infinity: never.
    """
    wanted = 0.9 * share(found[jump - 12 : jump])
    waits = (bar - jump for bar in range(jump, len(found) - 3) if share(found[bar : bar + 4]) >= wanted)
    return next(waits, math.inf)


def _bars(n: float) -> str:
    return "never" if math.isinf(n) else f"{n:g}"
