"""Begins and ends the recording of a show while it plays; it must not know OSC, and never waits for a disk."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from musegan_bridge.files.recording import Recording
from musegan_bridge.show.events import Committed, Event, Moved, Muted, Sink
from musegan_bridge.show.session import Session
from musegan_bridge.stage.errands import Errands
from musegan_models.spec import BEATS_PER_MEASURE


class Recorder:
    """Turned on and off by a musician. A recording that was asked for at the start is turned off as well."""

    def __init__(
        self, session: Session, sinks: list[Sink], errands: Errands, folder: Path, changed: Callable[[bool], None]
    ) -> None:
        """Record into new files in a folder; their sinks come and go in `sinks`. `changed` is told of on and off."""
        self._session, self._sinks, self._errands = session, sinks, errands
        self._folder, self._changed = folder, changed
        session.is_recording = any(isinstance(sink, Recording) for sink in sinks)

    def turn(self, on: bool, done: Callable[[str], None], failed: Callable[[str], None]) -> None:
        """Begin, or end: `done` is called with the path when all is written; `failed` with the reason."""
        session = self._session
        if on == session.is_recording:
            return
        self._is_on(on)
        if on:
            began = partial(self._began, done=done, failed=failed)
            self._errands.record(self._folder, session.spec, began, partial(self._failed, failed))
        for sink in [sink for sink in self._sinks if isinstance(sink, Recording) and not on]:
            self._sinks.remove(sink)
            self._errands.finish(sink, done, failed)

    def _began(self, recording: Recording, done: Callable[[str], None], failed: Callable[[str], None]) -> None:
        if not self._session.is_recording:  # ended before it began
            self._errands.finish(recording, done, failed)
            return
        for event in so_far(self._session, time.time()):
            recording.take(event)
        self._sinks.append(recording)

    def _failed(self, failed: Callable[[str], None], text: str) -> None:
        self._is_on(False)
        failed(text)

    def _is_on(self, on: bool) -> None:
        self._session.is_recording = on
        self._changed(on)


def so_far(session: Session, now: float) -> list[Event]:
    """Return what a sink must take first that comes in the middle of a show: the tempo, and the bars that are on."""
    line, muted = session.transport.timeline, Muted(sorted(session.controls.silent()), now)
    if line is None:
        return [muted]
    bars = [bar for bar in session.plan.sent if line.time_at((bar.number + 1) * BEATS_PER_MEASURE) > now]
    # Not from where the clock began, bars ago: that would be a count-in.
    beat = max(line.beat, bars[0].number * BEATS_PER_MEASURE) if bars else line.beat
    events: list[Event] = [muted, Moved(beat, line.time_at(beat), line.tempo)]
    for bar in bars:
        events.append(Committed(bar, line.time_at(bar.number * BEATS_PER_MEASURE), line.tempo))
    return events
