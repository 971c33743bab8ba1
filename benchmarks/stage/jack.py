"""A sound system without a sound card, of our own name."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator

RATE = 48_000


def program(name: str) -> str:
    """Return the path of a program that the row needs."""
    path = shutil.which(name)
    if path is None:
        raise SystemExit(f"{name} is missing: apt install supercollider-language supercollider-server jackd2")
    return path


@contextlib.contextmanager
def jack(rate: int = RATE, period: int = 256, *, is_realtime: bool = True) -> Iterator[dict[str, str]]:
    """Run jackd with the dummy driver, `period` frames at a time; yield the environment in which programs find it."""
    name = f"musegan-{os.getpid()}"
    environment = {"JACK_DEFAULT_SERVER": name, "JACK_NO_AUDIO_RESERVATION": "1"}
    everything = os.environ | environment
    # In real time where the system lets it: a period that is missed moves all sound after it.
    urgency = "--realtime" if is_realtime else "--no-realtime"
    command = [program("jackd"), urgency, "--name", name, "-d", "dummy", "-r", str(rate), "-p", str(period)]
    with subprocess.Popen(command, env=everything, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait = [program("jack_wait"), "--wait", "--timeout", "20", "--server", name]
            subprocess.run(
                wait, env=everything, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=30, check=True
            )
            yield environment
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
