"""The MIDI file of a show, as it goes: at any moment the file on disk is whole; it must not know clients or OSC."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Sequence
from pathlib import Path

from musegan_bridge.files.scribe import Scribe
from musegan_bridge.files.tape import Tape
from musegan_bridge.show.events import Event
from musegan_models.spec import Track


class Recording(Scribe[Event]):
    """A sink: each bar is in the file soon after it is committed. What breaks the program leaves the file as it was.

    The file is written whole beside the old one and takes its place: 0.8 MB after an hour, so that a write takes
    little more than the disk's own time for making it safe.
    """

    def __init__(self, path: Path, tracks: Sequence[Track]) -> None:
        """Begin a file of these tracks; one that is there already is not touched.

        Raises:
            OSError: It cannot be written, or is there already.
            MidiError: There are more pitched tracks than MIDI has channels.

        """
        if path.exists():
            raise FileExistsError(f"{path} is there already: it is not written over")
        self._tape = Tape(tracks)
        write_safely(path, self._tape.to_bytes())
        super().__init__(path)

    def take(self, event: Event) -> None:
        """Take one event."""
        self.put(event)

    def _keep(self, item: Event) -> bool:
        return self._tape.take(item)

    def _write(self) -> None:
        write_safely(self.path, self._tape.to_bytes())


def write_safely(path: Path, data: bytes) -> None:
    """Write a file so that whatever happens it is the old one or the new one, whole; its folder is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.part")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def new_path(folder: Path, bundle: str, now: float, suffix: str) -> Path:
    """Return a file of a folder that is not there yet: `name_of`, and a number where two begin in one second."""
    name = name_of(bundle, now)
    paths = (folder / f"{name}{f'-{i}' if i else ''}{suffix}" for i in itertools.count())
    return next(path for path in paths if not path.exists())


def name_of(bundle: str, now: float) -> str:
    """Return a name, without suffix, for the files of a show that begins at Unix time `now`, in local time.

    A name of its own for each show: one that is started again after a crash must not lose what it played before.
    """
    return f"{bundle}-{time.strftime('%Y%m%d-%H%M%S', time.localtime(now))}"
