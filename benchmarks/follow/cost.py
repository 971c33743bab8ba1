"""Rows about what a memory costs: a bar heard, and the next one expected, by how many it has heard before."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator

from benchmarks.follow.common import Row

from musegan_models.memory import Memory
from musegan_models.notes import Note

SIZES = (50, 500, 2000)
_GOAL = 1.0  # ms, at the largest


def cost_rows(runs: int = 50) -> Iterator[Row]:
    """Yield milliseconds a bar for each size, and how they grow from the first to the last."""
    found = {size: milliseconds(size, runs) for size in SIZES}
    first = found[SIZES[0]][1]
    for size, (wall, ms) in found.items():
        is_last = size == SIZES[-1]
        yield Row(
            f"to hear a bar and to expect the next, {size} bars known: p50 of the processor's time",
            f"{ms:.2f} ms, {ms / first:.1f}x that of {SIZES[0]} bars ({wall:.2f} ms by the clock)",
            f"<= {_GOAL:g} ms" if is_last else "",
            ms <= _GOAL if is_last else None,
        )


def milliseconds(size: int, runs: int) -> tuple[float, float]:
    """Return the median time of a bar, by the clock and of the processor.

    The player has 64 bars of chords in eighths, and takes any of them.
    """
    rng, memory = random.Random(0), Memory()
    bars = [
        [Note(i / 2, 48 + (root + step) % 24, 0.5, 90) for i in range(8) for step in (0, 4, 7)]
        for root in rng.choices(range(12), k=64)
    ]
    for number in range(size):
        memory.hear(number, {0: rng.choice(bars)})
    times, of_processor = list[float](), list[float]()
    for number in range(size, size + runs):
        bar, partly = rng.choice(bars), [note for note in rng.choice(bars) if note.time < 3]
        began, worked = time.perf_counter(), time.thread_time()
        memory.hear(number, {0: bar})
        memory.expect(number + 2, (0,), {0: partly}, 3.0)
        times.append(time.perf_counter() - began)
        of_processor.append(time.thread_time() - worked)
    return statistics.median(times) * 1000, statistics.median(of_processor) * 1000
