"""Takes datagrams off a socket in a thread of its own, and hands them to the loop in bounded batches.

It must not know what a message does, only whether its address is a continuous control: one whose every message
overwrites the one before. A flood of these becomes the last of each.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import select
import socket
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

logger = logging.getLogger(__name__)

BATCH = 256
"""Datagrams that the loop gets at once: a few milliseconds of its time."""

PAUSE = 0.001
"""Least seconds between batches; and the loop rests at least as long as the last one took it."""

READ = 512
"""Datagrams taken off the socket before a batch is handed over."""

WAITING = 65_536
"""Datagrams that wait for the loop; those beyond stay with the system, which drops what does not fit its buffer."""

_NUMBERS = b"fidh"
_KNOWN = 4096  # addresses whose kind is remembered


class Datagram(NamedTuple):  # not a dataclass: there are 100,000 a second
    """What came, from whom, and when."""

    data: bytes
    sender: tuple[str, int]
    time: float  # as the receiver's clock says: Unix seconds


class Waiting:
    """Datagrams that the loop has not had yet, in order; of a continuous control only the last.

    The rule: a datagram is dropped if it is one plain message to a continuous address, of numbers alone, and another
    such message from the same sender to the same address came after it, with nothing but such messages between.
    Everything else (commands, notes, questions without arguments, bundles, what is no OSC) is never dropped. What is
    left stays in the order it came in; so whenever a command is done, the controls stand as without dropping.
    (A value that will be refused still takes the place of the one before it.)
    """

    def __init__(self, is_continuous: Callable[[str], bool]) -> None:
        self._is_continuous = is_continuous
        self._known: dict[bytes, bool] = {}
        self._waiting: dict[object, Datagram] = {}
        self._run = 0  # changes with each command: a control's last value does not jump over it

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    def add(self, datagram: Datagram) -> None:
        """Take a datagram."""
        data = datagram.data
        end = data.find(0)
        address = data[:end]
        known = self._known.get(address)
        if known is None:
            known = self._learn(address)
        # What comes after the comma: without arguments it is a question, and with a word it is for a part, or wrong.
        place = (end | 3) + 2
        if known and (types := data[place : data.find(0, place)]) and not types.strip(_NUMBERS):
            key = (self._run, datagram.sender, address)
            self._waiting.pop(key, None)  # the last one stands where it came, not where the first did
            self._waiting[key] = datagram
        else:
            self._run += 1
            self._waiting[self._run] = datagram

    def take(self, most: int) -> list[Datagram]:
        """Remove and return the first datagrams, in order, `most` at most."""
        if len(self._waiting) <= most:
            taken = list(self._waiting.values())
            self._waiting.clear()
            return taken
        return [self._waiting.pop(key) for key in list(itertools.islice(self._waiting, most))]

    def _learn(self, address: bytes) -> bool:
        if len(self._known) == _KNOWN:
            self._known.clear()
        is_continuous = False
        if address.startswith(b"/"):
            with contextlib.suppress(UnicodeDecodeError):
                is_continuous = self._is_continuous(address.decode())
        self._known[address] = is_continuous
        return is_continuous


class Receiver:
    """A thread that reads a socket. `deliver` is called on the loop's thread, one batch at a time; nothing is locked.

    The socket stays the caller's: it is made non-blocking, so that the loop can send on it, and it must outlive
    `close`. One datagram alone is handed over at once; in a flood, the loop gets a batch every `PAUSE` and is left at
    least half of its time.
    """

    def __init__(
        self,
        sock: socket.socket,
        loop: asyncio.AbstractEventLoop,
        deliver: Callable[[list[Datagram]], None],
        is_continuous: Callable[[str], bool],
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.taken = 0  # datagrams read off the socket
        self._sock = sock
        self._loop = loop
        self._deliver = deliver
        self._clock = clock
        self._waiting = Waiting(is_continuous)
        # Each is written by one thread and read by the other, when it gets there.
        self._has_batch = False
        self._rest_until = 0.0
        self._closed = False
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._read, name="receiver", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._sock.setblocking(False)
        self._thread.start()

    def close(self) -> None:
        """End the thread; nothing is delivered any more. Call it on the loop's thread, before the socket is closed."""
        self._closed = True
        with contextlib.suppress(OSError):  # closed before
            self._wake.send(b"\0")
        if self._thread.is_alive():
            self._thread.join()
        self._wake.close()
        self._woken.close()

    # In the thread

    def _read(self) -> None:
        try:
            while not self._closed:
                self._wait()
                if len(self._waiting) < WAITING:
                    self._read_some()
                self._hand_over()
        except (OSError, ValueError, RuntimeError):  # the socket or the loop is closed
            if not self._closed:
                logger.exception("no message can be received any more")

    def _wait(self) -> None:
        """Return when there is something to read or to hand over."""
        sockets: list[socket.socket] = [self._woken]
        if len(self._waiting) < WAITING:
            sockets.append(self._sock)
        rest = max(PAUSE, self._rest_until - time.monotonic()) if len(self._waiting) else None
        select.select(sockets, (), (), rest)

    def _read_some(self) -> None:
        recvfrom, add, clock = self._sock.recvfrom, self._waiting.add, self._clock
        for _ in range(READ):
            try:
                data, sender = recvfrom(65536)
            except (BlockingIOError, InterruptedError):
                return
            except ConnectionError:  # Windows tells here that a client is gone
                continue
            self.taken += 1
            add(Datagram(data, sender, clock()))

    def _hand_over(self) -> None:
        if self._has_batch or not len(self._waiting) or time.monotonic() < self._rest_until:
            return
        self._has_batch = True
        self._loop.call_soon_threadsafe(self._take, self._waiting.take(BATCH))

    # On the loop's thread

    def _take(self, batch: list[Datagram]) -> None:
        began = time.monotonic()
        try:
            if not self._closed:
                self._deliver(batch)
        finally:
            now = time.monotonic()
            self._rest_until = now + max(PAUSE, now - began)
            self._has_batch = False
