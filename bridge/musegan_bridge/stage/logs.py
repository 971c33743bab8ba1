"""What the program logs, as text or JSON lines on stderr; whoever logs never waits for whoever reads."""

from __future__ import annotations

import json
import logging
import logging.handlers
import queue
import sys
from collections.abc import Callable
from typing import TextIO

LEVELS = ("debug", "info", "warning", "error")
FORMATS = ("text", "json")
LIMIT = 10_000
"""Records that may wait for a reader who does not read; the next ones are dropped, and counted."""


def start_logging(format: str, level: str, stream: TextIO | None = None) -> Callable[[], None]:  # noqa: A002 # its name
    """Log from `level` of `LEVELS` on, in a format of `FORMATS`, to `stream` or stderr.

    Return what ends it: call it last, it writes what waits.
    """
    if format not in FORMATS:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}, got {format!r}")
    if level not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}, got {level!r}")
    root, before = logging.getLogger(), logging.getLogger().level
    writer = logging.StreamHandler(stream or sys.stderr)
    writer.setFormatter(_Json() if format == "json" else logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    waiting = _Waiting(queue.SimpleQueue())
    listener = logging.handlers.QueueListener(waiting.queue, writer)
    root.addHandler(waiting)
    root.setLevel(level.upper())
    listener.start()

    def end() -> None:
        root.removeHandler(waiting)
        root.setLevel(before)
        listener.stop()
        if waiting.dropped:
            writer.handle(_note(f"{waiting.dropped} records were dropped: nobody read them in time"))

    return end


class _Waiting(logging.handlers.QueueHandler):
    """Puts records where the writer's thread takes them; a SimpleQueue needs no lock."""

    queue: queue.SimpleQueue[logging.LogRecord]
    dropped = 0

    def handle(self, record: logging.LogRecord) -> bool:
        """Take a record without the lock of other handlers, for which the loop would wait for the worker."""
        if is_wanted := bool(self.filter(record)):
            self.emit(record)
        return is_wanted

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """Fix the text now, since what it is made of may change; the traceback is written by the writer's thread."""
        record.msg, record.args = record.getMessage(), None
        return record

    def enqueue(self, record: logging.LogRecord) -> None:
        """Hand it over, or count it."""
        if self.queue.qsize() < LIMIT:
            self.queue.put_nowait(record)
        else:
            self.dropped += 1


class _Json(logging.Formatter):
    """One JSON object a line: time (Unix seconds), level, logger, message, and a traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        entry = {
            "time": round(record.created, 6),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def _note(text: str) -> logging.LogRecord:
    return logging.LogRecord(__name__, logging.WARNING, __file__, 0, text, None, None)
