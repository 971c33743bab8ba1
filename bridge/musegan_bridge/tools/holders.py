"""Which program holds a UDP port, on Linux, from /proc; elsewhere nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_UDP_TABLES = ("net/udp", "net/udp6")


def holder_of_udp(port: int, proc: Path = Path("/proc")) -> str | None:
    """Return the program that holds a UDP port, as `sclang (process 4711)`; None: not known, or not ours to know."""
    inodes = {f"socket:[{inode}]" for inode in _inodes(port, proc)}
    if not inodes:
        return None
    for process in proc.glob("[0-9]*"):
        try:
            if any(str(descriptor.readlink()) in inodes for descriptor in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
        except OSError:  # it ended, or is somebody else's
            continue
    return None


def _inodes(port: int, proc: Path) -> Iterator[str]:
    for table in _UDP_TABLES:
        try:
            lines = (proc / table).read_text().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            columns = line.split()
            if int(columns[1].rpartition(":")[2], 16) == port:
                yield columns[9]
