"""Ableton Link: the beat that this network's players share, in Unix time; it must not know the session or its bars."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable

from musegan_bridge.show.clock import Fix

logger = logging.getLogger(__name__)

_READINGS = 5  # one that was not interrupted is enough
_LEAVE_SECONDS = 1.0  # Link looks at least twice a second at whether it is still wanted


class LinkError(RuntimeError):
    """Link cannot be had; the text says why and what to do."""


def unix_from_micros(micros: Callable[[], int], clock: Callable[[], float]) -> float:
    """Return the Unix time, in seconds, at which a clock that counts microseconds read 0.

    Both clocks are read a few times, and of the readings that counts which took least: the others were interrupted.

    >>> unix_from_micros(lambda: 2_500_000, lambda: 102.5)
    100.0
    """
    readings = [(clock(), micros(), clock()) for _ in range(_READINGS)]
    before, read, after = min(readings, key=lambda reading: abs(reading[2] - reading[0]))
    return (before + after) / 2 - read / 1e6


class Link:
    """A member of this network's Link session: alone, at its own tempo, until others appear; then at theirs.

    `changed` is called, on a thread of Link's, whenever the tempo (also by `set_tempo`), the number of peers or, with
    start/stop sync, whether they play has changed. It must be quick and may not call `close`.
    """

    def __init__(
        self,
        tempo: float,
        *,
        quantum: int = 4,
        start_stop: bool = False,
        changed: Callable[[], object] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Join: `tempo` in beats a minute, `quantum` in beats between downbeats; raise LinkError without Link.

        With `start_stop` the session says whether we play, and we say it with `set_playing`.
        """
        try:
            import link as ableton
        except ModuleNotFoundError as e:
            raise LinkError(
                f"Ableton Link needs LinkPython-extern: {sys.executable} -m pip install LinkPython-extern. "
                "It does not come with this program, which is MIT, because it contains Link, which is GPL"
            ) from e
        except ImportError as e:
            raise LinkError(
                f"Ableton Link cannot be loaded: {e}. A library that is missing comes with a package of your system's "
                "(Debian, Ubuntu: libatomic1)"
            ) from e
        self._quantum = quantum
        self._start_stop = start_stop
        self._changed = changed
        self._clock = clock
        self._closed = False
        self._left = threading.Event()
        self._link = ableton.Link(tempo)
        self._micros = self._link.clock().micros
        self._link.startStopSyncEnabled = start_stop
        # Before Link runs, because later each of these could wait for a call that waits for the interpreter's lock. And
        # they make this a cycle that is never collected, which must be: Link's destructor holds that lock while it
        # waits for its thread, which says goodbye to the peers with a call, and that call would wait for ever.
        self._link.setTempoCallback(self._tell)
        self._link.setNumPeersCallback(self._tell)
        self._link.setStartStopCallback(self._tell)
        self._link.enabled = True

    @property
    def peers(self) -> int:
        """Number of others in the session; 0 without a network."""
        return self._link.numPeers()

    def fix(self, now: float) -> Fix:
        """Return where the session's beats are at a Unix time near the present, in some microseconds.

        Multiples of the quantum are downbeats for all peers. What multiple it is only we know; and to join a session
        moves the beats, as its downbeats are elsewhere. Without start/stop sync `playing` is always true.
        """
        state = self._link.captureSessionState()
        beat = state.beatAtTime(self._micros_at(now), self._quantum)
        return Fix(beat, now, state.tempo(), state.isPlaying() if self._start_stop else True)

    def set_tempo(self, tempo: float) -> None:
        """Set everybody's tempo from now on, in beats a minute; Link keeps it in 20..999."""
        state = self._link.captureSessionState()
        state.setTempo(tempo, self._micros())
        self._link.commitSessionState(state)

    def set_playing(self, playing: bool) -> None:
        """Start or stop all peers that sync it, now; without start/stop sync do nothing."""
        if self._start_stop:
            state = self._link.captureSessionState()
            state.setIsPlaying(playing, self._micros())
            self._link.commitSessionState(state)

    def close(self) -> None:
        """Leave the session, and wait until the peers were told: some milliseconds, at most a second."""
        self._closed = True
        self._link.enabled = False
        if self.peers:
            self._left.wait(_LEAVE_SECONDS)

    def _micros_at(self, unix: float) -> int:
        return round((unix - unix_from_micros(self._micros, self._clock)) * 1e6)

    def _tell(self, _: float) -> None:
        """Say that something changed; what it is now is there to be read."""
        if self._closed:
            if not self.peers:
                self._left.set()
            return
        try:
            self._changed()
        except Exception:  # it would end the process: nothing catches it on Link's thread
            logger.exception("what was to be done when Link changed failed")
