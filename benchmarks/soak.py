"""A show of ten minutes with everything plugged in, while a musician who never rests turns every control.

    python benchmarks/soak.py [--minutes 10]

Ableton Link, sclang, MIDI out and in, a recording, a log and eight subscribers, one of which died and one of which
never reads. Prints a table; exits with 1 where a check fails. Linux, with jackd, sclang, python-rtmidi and
LinkPython-extern; it runs in a network namespace of its own, so that it sets no show's tempo.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


@click.command(help=__doc__)
@click.option("--minutes", default=10.0, show_default=True, help="How long it plays.")
@click.option("--seed", default=1, show_default=True, help="What the musician draws from, and the band.")
@click.option("--nice", default=0, show_default=True, help="Priority of the server's; -11 is what sound servers take.")
@click.option("--keep", type=click.Path(path_type=Path), help="Folder for the log and the recording, to look at later.")
@click.option("--inside", is_flag=True, hidden=True)
def main(minutes: float, seed: int, nice: int, keep: Path | None, inside: bool) -> None:
    if not inside:
        # Where the caller is root already, no user namespace: real-time priority would be lost in it.
        unshare = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
        os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv, "--inside"])
    from benchmarks.endurance.show import raise_loopback, run

    raise_loopback()
    checks = run(minutes * 60, seed, nice, keep)
    print("| what | measured | goal | met |\n|---|---|---|---|", *checks, sep="\n", flush=True)
    # Link's destructor is not waited for.
    os._exit(0 if all(check.is_met is not False for check in checks) else 1)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
