"""How well the band follows a musician: songs that it never learned from, loops, charts, and a live server.

    python benchmarks/following.py FOLDER [ROW ..] [--songs 30] [--live]

FOLDER holds MIDI files. The rows without `live` take about five minutes, `live` as long again; one core is enough.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from benchmarks.follow.table import main

    main()
