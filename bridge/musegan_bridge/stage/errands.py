"""What a show wants that only the shell can do: files and models, never on the loop's thread. It decides nothing."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from musegan_bridge.files.recording import Recording, new_path, write_safely
from musegan_bridge.files.tape import midi_of
from musegan_bridge.show.band import Bar
from musegan_bridge.show.shelf import ShelfError, Snapshot, snapshot_from_dict
from musegan_bridge.stage import loading
from musegan_models.spec import ModelSpec

_T = TypeVar("_T")

logger = logging.getLogger(__name__)

_SUFFIX = ".json"


def own_folder() -> Path:
    """Return where what a musician keeps lies: XDG's data folder, or Windows' one."""
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("APPDATA")
    return (Path(base) if base else Path.home() / ".local" / "share") / "musegan-bridge"


def read_snapshots(folder: Path, spec: ModelSpec) -> dict[str, Snapshot]:
    """Return the snapshots of a folder by name; what cannot be read, or is another band's, is left out, and said."""
    found = {}
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        try:
            found[path.stem] = snapshot_from_dict(json.loads(path.read_text(encoding="utf-8")), spec)
        except (OSError, ValueError, ShelfError) as error:
            logger.warning("%s is left out: %s", path, error)
    return found


class Errands:
    """One thread that runs them, in order; `done` brings what came of each to the loop's thread."""

    def __init__(self, folder: Path, device: str, done: Callable[[Callable[[], None]], None]) -> None:
        self._folder, self._device, self._done = folder, device, done
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="errands")

    def save(self, name: str, data: object, failed: Callable[[str], None]) -> None:
        """Write a snapshot."""
        text = json.dumps(data) + "\n"
        self._run(lambda: write_safely(self._folder / f"{name}{_SUFFIX}", text.encode()), lambda _: None, failed)

    def delete(self, name: str, failed: Callable[[str], None]) -> None:
        """Delete a snapshot."""
        path = self._folder / f"{name}{_SUFFIX}"
        self._run(lambda: path.unlink(missing_ok=True), lambda _: None, failed)

    def export(
        self,
        bars: Sequence[Bar],
        spec: ModelSpec,
        tempo: float,
        name: str,
        done: Callable[[str], None],
        failed: Callable[[str], None],
    ) -> None:
        """Write bars to a MIDI file in the folder of exports."""
        path = self._folder.parent / "exports" / Path(name).with_suffix(".mid").name

        def write() -> str:
            write_safely(path, midi_of(bars, spec.tracks, tempo))
            return str(path)

        self._run(write, done, failed)

    def record(
        self,
        folder: Path,
        spec: ModelSpec,
        done: Callable[[Recording], None],
        failed: Callable[[str], None],
    ) -> None:
        """Begin a recording in a folder."""

        def begin() -> Recording:
            return Recording(new_path(folder, spec.name, time.time(), ".mid"), spec.tracks)

        self._run(begin, done, failed)

    def finish(self, recording: Recording, done: Callable[[str], None], failed: Callable[[str], None]) -> None:
        """Write the rest of a recording."""

        def end() -> str:
            recording.close()
            return str(recording.path)

        self._run(end, done, failed)

    def load(
        self,
        name: str,
        playing: ModelSpec,
        done: Callable[[loading.Loaded], None],
        failed: Callable[[str], None],
    ) -> None:
        """Load a band and make it ready, beside the one that plays."""

        def load() -> loading.Loaded:
            loaded = loading.load(loading.find(name, loading.default_folders()), self._device)
            loading.check_change(playing, loaded.model.spec)
            return loaded

        self._run(load, done, failed)

    def names(self, done: Callable[[list[str]], None], failed: Callable[[str], None]) -> None:
        """List the bands that can be loaded."""
        folders = loading.default_folders()
        self._run(lambda: [entry.name for entry in loading.available(folders) if entry.spec is not None], done, failed)

    def close(self) -> None:
        """Finish what was begun, and no more."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _run(self, do: Callable[[], _T], done: Callable[[_T], None], failed: Callable[[str], None]) -> None:
        def finished(future: Future[_T]) -> None:
            if future.cancelled():
                return
            error = future.exception()
            if error is None:
                self._done(lambda: done(future.result()))
            else:
                self._done(lambda: failed(str(error)))

        self._thread.submit(do).add_done_callback(finished)
