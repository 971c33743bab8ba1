"""Work that may kill its process, for the tests of `spread`: in a module of its own, for workers to import."""

import os


def double(numbers: list[int]) -> list[int]:
    """Return twice each number; die of 13."""
    if 13 in numbers:
        os._exit(1)
    return [2 * number for number in numbers]


def minus(number: int) -> int:
    """Return what stands for a number that kills."""
    return -number
