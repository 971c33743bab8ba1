"""The table of README: what the bridge does on stage, in one run, beside a naive peer.

    python benchmarks/live.py [ROW ..]

All of it takes about four minutes. Rows of one run compare; absolute times depend on the machine. Two cores are
enough; SuperCollider and jackd must be there for `sound`, jackd and python-rtmidi for `lateness`. Times are p50 / p99.
Linux only, for what it reads in /proc.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from benchmarks.stage.table import main

    main()
