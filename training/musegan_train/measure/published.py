"""The numbers that the papers printed, to set ours beside; it must not know how anything is measured.

Their pitch classes are registers (see `tonal.register_fold`): only UPC and TD by `metrics.PAPER` compare with them.
Shares are 0..1 here, per cent there.
"""

from __future__ import annotations

from typing import NamedTuple

from musegan_train.measure.metrics import Measurement

DATA, SCRATCH, CONDITIONAL = "training data", "from scratch", "track-conditional"


class Row(NamedTuple):
    """One line of a table of results."""

    name: str
    kind: str  # DATA, SCRATCH or CONDITIONAL
    values: Measurement

    @property
    def label(self) -> str:
        """How the line is called among ours."""
        return f"paper: {self.name}" + ("" if self.kind == DATA else f", {self.kind}")


class BinaryRow(NamedTuple):
    """One line of Binary MuseGAN's table: means over tracks, and one pair."""

    name: str
    qualified: float
    polyphonic: float
    piano_guitar: float  # TD


_TRACKS = ("bass", "drums", "guitar", "piano", "strings")
_PITCHED = ("bass", "guitar", "piano", "strings")
_PAIRS = ("bass-guitar", "bass-strings", "bass-piano", "guitar-strings", "guitar-piano", "piano-strings")
_NONE = float("nan")


def _row(name: str, kind: str, table_1: str, table_2: str) -> Row:
    """Take a row apart as it stands in the papers: EB (5), UPC (4), QN (4), DP; and the six pairs of TD, B-G first."""
    numbers = [_NONE if cell == "-" else float(cell) for cell in table_1.split()]
    empty, classes, notes, pattern = numbers[:5], numbers[5:9], numbers[9:13], numbers[13]
    values: Measurement = {
        "EB": dict(zip(_TRACKS, (value / 100 for value in empty), strict=True)),
        "UPC": dict(zip(_PITCHED, classes, strict=True)),
        "QN": dict(zip(_PITCHED, (value / 100 for value in notes), strict=True)),
        "DP": {"drums": pattern / 100},
    }
    if table_2:
        values["TD"] = dict(zip(_PAIRS, map(float, table_2.split()), strict=True))
    if kind == DATA:
        values["TD shuffled"] = dict(zip(_PAIRS, (1.59, 1.59, 1.56, 1.14, 1.12, 1.13), strict=True))
    return Row(name, kind, values)


AAAI = (
    _row("training data", DATA,
         "8.06 8.06 19.4 24.8 10.1  1.71 3.08 3.28 3.38  90.0 81.9 88.4 89.6  88.6", "1.57 1.58 1.51 1.10 1.02 1.04"),
    _row("jamming", SCRATCH,
         "6.59 2.33 18.3 22.6 6.10  1.53 3.69 4.13 4.09  71.5 56.6 62.2 63.1  93.2", "1.56 1.60 1.54 1.05 0.99 1.05"),
    _row("composer", SCRATCH,
         "0.01 28.9 1.34 0.02 0.01  2.51 4.20 4.89 5.19  49.5 47.4 49.9 52.5  75.3", "1.37 1.36 1.30 0.95 0.98 0.91"),
    _row("hybrid", SCRATCH,
         "2.14 29.7 11.7 17.8 6.04  2.35 4.76 5.45 5.24  44.6 43.2 45.5 52.0  71.3", "1.34 1.35 1.32 0.85 0.85 0.83"),
    _row("composer without batch norm", SCRATCH,
         "92.4 100 12.5 0.68 0.00  1.00 2.88 2.32 4.72  0.00 22.8 31.1 26.2  0.0", ""),
    _row("jamming", CONDITIONAL,
         "4.60 3.47 13.3 - 3.44  2.05 3.79 - 4.23  73.9 58.8 - 62.3  91.6", "1.51 1.53 1.50 1.04 0.95 1.00"),
    _row("composer", CONDITIONAL,
         "0.65 20.7 1.97 - 1.49  2.51 4.57 - 5.10  53.5 48.4 - 59.0  84.5", "1.41 1.36 1.40 0.96 1.01 0.95"),
    _row("hybrid", CONDITIONAL,
         "2.09 4.53 10.3 - 4.05  2.86 4.43 - 4.32  43.3 55.6 - 67.1  71.8", "1.39 1.36 1.38 0.96 0.94 0.95"),
)  # fmt: skip
"""Dong, Hsiao, Yang and Yang, MuseGAN, AAAI 2018, tables 1 and 2: 20,000 bars a row; the condition is the piano."""

BINARY = (
    BinaryRow("training data", 0.88, 0.48, 0.96),
    BinaryRow("pretrained, Bernoulli sampling", 0.67, 0.20, 0.98),
    BinaryRow("pretrained, hard threshold", 0.72, 0.22, 1.00),
    BinaryRow("two-stage, stochastic neurons", 0.42, 0.26, 0.99),
    BinaryRow("two-stage, deterministic neurons", 0.78, 0.45, 0.87),
    BinaryRow("joint, stochastic neurons", 0.18, 0.19, 0.95),
    BinaryRow("joint, deterministic neurons", 0.55, 0.19, 1.00),
    BinaryRow("end-to-end, stochastic neurons", 0.67, 0.16, 1.40),
    BinaryRow("end-to-end, deterministic neurons", 0.28, 0.29, 1.10),
    BinaryRow("ablated I, Bernoulli sampling", 0.61, 0.19, 1.00),
    BinaryRow("ablated I, hard threshold", 0.64, 0.20, 1.00),
    BinaryRow("ablated II, Bernoulli sampling", 0.35, 0.14, 1.30),
    BinaryRow("ablated II, hard threshold", 0.37, 0.14, 1.40),
)
"""Dong and Yang, Convolutional GANs with Binary Neurons, ISMIR 2018, table 1: 800 phrases a row."""
