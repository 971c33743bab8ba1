"""Datagrams on their way out, paced for each client; it must not know what they say."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections import deque
from collections.abc import Iterable

logger = logging.getLogger(__name__)

BURST = 16
"""Datagrams that a client gets at once; a longer burst overruns its buffer."""

PAUSE = 0.001
"""Seconds between bursts."""

MOST = 4096
"""Datagrams that wait for one client; more are not kept: they would come seconds late."""

Target = tuple[str, int]


class Outbox:
    """Sends on a non-blocking socket, from the loop's thread: at once, where the client's burst is not used up.

    What the system does not take now is kept and tried again; an address that cannot be sent to is that client's loss.
    Each client waits for itself alone.
    """

    def __init__(self, sock: socket.socket, loop: asyncio.AbstractEventLoop) -> None:
        self._sock = sock
        self._loop = loop
        self._waiting: dict[Target, deque[bytes]] = {}
        self._spent: dict[Target, int] = {}  # datagrams of the burst that goes on
        self._lost: set[Target] = set()  # that could not be sent to, which is said once
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        """Return how many datagrams wait."""
        return sum(map(len, self._waiting.values()))

    def put(self, datagrams: Iterable[bytes], target: Target) -> None:
        """Send datagrams to a client, in order; what cannot go now goes soon."""
        queue = self._waiting.get(target)
        if queue is None:
            queue = self._waiting[target] = deque()
        queue.extend(datagrams)
        self._send(target, queue)
        if len(queue) > MOST:
            logger.warning("%s:%d gets more than can be sent: %d datagrams dropped", *target, len(queue) - MOST)
            while len(queue) > MOST:
                queue.pop()
        if not queue:
            del self._waiting[target]
        if self._timer is None:
            self._timer = self._loop.call_later(PAUSE, self._next_burst)

    def clear(self) -> None:
        """Forget what waits."""
        self._waiting.clear()

    def close(self) -> None:
        """Send what waits, without pacing, and stop; the socket stays open."""
        if self._timer is not None:
            self._timer.cancel()
        self._spent.clear()
        for target, queue in self._waiting.items():
            self._send(target, queue, len(queue))
        self._waiting.clear()

    def _next_burst(self) -> None:
        self._spent.clear()
        for target, queue in list(self._waiting.items()):
            self._send(target, queue)
            if not queue:
                del self._waiting[target]
        is_active = self._waiting or self._spent
        self._timer = self._loop.call_later(PAUSE, self._next_burst) if is_active else None

    def _send(self, target: Target, queue: deque[bytes], burst: int = BURST) -> None:
        spent = self._spent.get(target, 0)
        while queue and spent < burst:
            try:
                self._sock.sendto(queue[0], target)
            except (BlockingIOError, InterruptedError):
                break
            except (OSError, ValueError, OverflowError) as error:
                if target not in self._lost:
                    logger.warning("cannot send to %s:%d: %s", *target, error)
                self._lost.add(target)
                queue.clear()
                break
            self._lost.discard(target)
            queue.popleft()
            spent += 1
        self._spent[target] = spent
