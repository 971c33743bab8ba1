"""Writes from a thread of its own, so that no disk makes the show wait; it must not know what is written."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

logger = logging.getLogger(__name__)

LAST_SECONDS = 10.0  # that `close` waits for a disk

T = TypeVar("T")


class Scribe(ABC, Generic[T]):
    """A file that is kept up to date. A disk that fails is told of once, and tried again with what comes next."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._queue: SimpleQueue[T | threading.Event | None] = SimpleQueue()
        self._is_failing = False
        self._thread = threading.Thread(target=self._run, name=f"writes {path.name}", daemon=True)
        self._thread.start()

    @abstractmethod
    def _keep(self, item: T) -> bool:
        """Take one item, on the thread; return whether it is worth a write."""

    @abstractmethod
    def _write(self) -> None:
        """Bring the file up to date, on the thread; raise OSError where the disk does not let it."""

    def put(self, item: T) -> None:
        """Hand one item to the thread, at once."""
        self._queue.put(item)

    def flush(self, timeout: float | None = None) -> bool:
        """Wait, `timeout` seconds at most, until all that was put is written; return whether it is."""
        done = threading.Event()
        self._queue.put(done)
        return done.wait(timeout) and not self._is_failing

    def close(self) -> None:
        """Write what is left, and end the thread."""
        self._queue.put(None)
        self._thread.join(LAST_SECONDS)
        if self._thread.is_alive():
            logger.error("%s: the disk does not answer: the last of it may not be there", self.path)

    def _run(self) -> None:
        is_over, is_behind = False, False
        while not is_over:
            waiting: list[threading.Event] = []
            # All that has come meanwhile is written at once: a slow disk gets fewer writes, not a longer queue.
            for item in self._drain():
                if item is None:
                    is_over = True
                elif isinstance(item, threading.Event):
                    waiting.append(item)
                else:
                    is_behind |= self._keep(item)
            if is_behind or is_over or waiting:
                is_behind = not self._try()
            for event in waiting:
                event.set()

    def _drain(self) -> list[T | threading.Event | None]:
        items = [self._queue.get()]
        try:
            while True:
                items.append(self._queue.get_nowait())
        except Empty:
            return items

    def _try(self) -> bool:
        try:
            self._write()
        except OSError as error:
            if not self._is_failing:
                logger.warning("%s cannot be written: %s; the show goes on, and it is tried again", self.path, error)
            self._is_failing = True
            return False
        if self._is_failing:
            logger.warning("%s is written again", self.path)
        self._is_failing = False
        return True
