"""The clocks that the band can keep, besides its own: opened when chosen, and what they say brought to the loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from musegan_bridge.midi.clock import ClockFollower
from musegan_bridge.show.clock import Fix
from musegan_bridge.stage.link import Link, LinkError

logger = logging.getLogger(__name__)

_EACH = 0.25  # seconds between looks at Link, which tells of new tempos at once, but not of small corrections


class ClockError(RuntimeError):
    """A clock that cannot be kept; the text says why and what to do. The one before is kept."""


class Clocks:
    """Of Link, MIDI and a host the one that is chosen; `sync` is called on the loop's thread with what it says."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, clock: Callable[[], float], sync: Callable[[Fix, float], None]
    ) -> None:
        self.has_midi = False  # whether there is a port that a clock can come from
        self._loop, self._clock, self._sync = loop, clock, sync
        self._source = "internal"
        self._link: Link | None = None
        self._midi = ClockFollower()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def peers(self) -> int:
        """Others in the Link session."""
        return 0 if self._link is None else self._link.peers

    def choose(self, source: str, tempo: float) -> None:
        """Keep a clock from now on; `tempo` is what an empty Link session begins with. Raise ClockError."""
        if source == "midi" and not self.has_midi:
            raise ClockError("no MIDI port to hear a clock on: start with --midi-in")
        if source == "link" and self._link is None:
            try:
                self._link = Link(tempo, changed=self._link_changed, clock=self._clock)
            except LinkError as error:
                raise ClockError(str(error)) from error
        self._source = source
        if source != "link":
            self._leave()

    def start(self) -> None:
        """Begin to bring what the clock says, once the session keeps it."""
        if self._source == "link":
            self._look()

    def set_tempo(self, tempo: float) -> None:
        """Set the tempo of all who share it."""
        if self._link is not None:
            self._link.set_tempo(tempo)

    def midi(self, message: bytes, time: float) -> None:
        """Take a message of MIDI clock that arrived at a Unix time."""
        fix = self._midi.feed(message, time)
        if fix is not None and self._source == "midi":
            self._sync(fix, self._clock())

    def close(self) -> None:
        """Leave the others."""
        self._leave()

    def _link_changed(self) -> None:
        """Come to the loop's thread from Link's."""
        self._loop.call_soon_threadsafe(self._look)

    def _look(self) -> None:
        if self._link is None:
            return
        if self._timer is not None:
            self._timer.cancel()
        now = self._clock()
        self._sync(self._link.fix(now), now)
        self._timer = self._loop.call_later(_EACH, self._look)

    def _leave(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._link is not None:
            self._link.close()
            self._link = None
