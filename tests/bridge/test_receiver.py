"""What comes off the socket: all of it, in order, but for controls that were overwritten before anyone could tell."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musegan_bridge import messages
from musegan_bridge.net import osc, receiver
from musegan_bridge.net.receiver import Datagram, Receiver, Waiting

CONTROLS = ("/musegan/density", "/musegan/track/bass/density")
SENDERS = (("127.0.0.1", 1), ("127.0.0.1", 2))


def is_control(address: str) -> bool:
    return address in CONTROLS


def control(address: str, value: float) -> bytes:
    return osc.message(address, "f", (value,))


DATAGRAMS = st.one_of(
    st.builds(control, st.sampled_from(CONTROLS), st.integers(0, 9)),
    st.sampled_from(CONTROLS).map(lambda address: osc.message(address, "", ())),
    st.just(osc.message(CONTROLS[0], "s", ("high",))),
    st.builds(lambda x, track: osc.message(CONTROLS[0], "fs", (x, track)), st.integers(0, 9), st.sampled_from("ab")),
    st.builds(lambda x, y: osc.message(CONTROLS[0], "ff", (x, y)), st.integers(0, 9), st.integers(0, 9)),
    st.sampled_from([CONTROLS[0].encode(), CONTROLS[0].encode() + bytes(4)]),  # no types at all
    st.sampled_from(["/musegan/gen", "/musegan/snapshot/save"]).map(lambda address: osc.message(address, "", ())),
    st.integers(0, 127).map(lambda pitch: osc.message("/musegan/in/note", "ii", (pitch, 100))),
    st.integers(0, 9).map(lambda value: osc.bundle(1e9, [control(CONTROLS[0], value)])),
    st.binary(max_size=8),
)
SHOWS = st.lists(st.builds(Datagram, DATAGRAMS, st.sampled_from(SENDERS), st.just(0.0)), max_size=40)


def is_overwriting(datagram: Datagram) -> bool:
    try:
        messages = osc.decode(datagram.data)
    except osc.DecodeError:
        return False
    if not datagram.data.startswith(b"/") or not is_control(messages[0].address) or not messages[0].args:
        return False
    return all(isinstance(value, int | float) for value in messages[0].args)


def states(datagrams: list[Datagram]) -> list[tuple[bytes, dict[tuple[object, str], object]]]:
    """Return each datagram that is no control's value, and what the controls were then; and, last, at the end."""
    now: dict[tuple[object, str], object] = {}
    seen = []
    for datagram in datagrams:
        if is_overwriting(datagram):
            (message,) = osc.decode(datagram.data)
            now[datagram.sender, message.address] = message.args
        else:
            seen.append((datagram.data, dict(now)))
    return [*seen, (b"", now)]


@given(SHOWS, st.lists(st.integers(1, 5)))
def test_no_command_can_tell_that_values_were_dropped(show: list[Datagram], batches: list[int]) -> None:
    waiting = Waiting(is_control)
    left: list[Datagram] = []
    sizes = iter(batches)
    for i, datagram in enumerate(show):
        waiting.add(datagram)
        if i % 7 == 6:
            left += waiting.take(next(sizes, 1))
    while waiting:
        batch = waiting.take(3)
        assert 1 <= len(batch) <= 3
        left += batch
    assert states(left) == states(show)
    places = iter(show)
    assert all(datagram in places for datagram in left)  # in the order they came


@given(SHOWS)
def test_of_values_without_a_command_between_one_is_left_for_each_sender(show: list[Datagram]) -> None:
    waiting = Waiting(is_control)
    for datagram in show:
        waiting.add(datagram)
    seen: set[tuple[object, str]] = set()
    for datagram in waiting.take(len(show)):
        if is_overwriting(datagram):
            key = (datagram.sender, osc.decode(datagram.data)[0].address)
            assert key not in seen
            seen.add(key)
        else:
            seen.clear()


def test_the_pad_of_one_group_never_stands_for_that_of_another() -> None:
    pads = [osc.message("/musegan/latent/xy", "ff", (i / 9, 0.5)) for i in range(9)]
    groups = [osc.message("/musegan/latent/xy", "ffs", (0.5, 0.5, group)) for group in ("drums", "bass", "drums")]
    waiting = Waiting(messages.is_continuous)
    for data in (*pads, *groups, *pads):
        waiting.add(Datagram(data, SENDERS[0], 0.0))
    assert [datagram.data for datagram in waiting.take(99)] == [pads[-1], *groups, pads[-1]]


def test_addresses_without_end_are_not_remembered_without_end() -> None:
    asked: list[str] = []

    def note_down(address: str) -> bool:
        asked.append(address)
        return False

    waiting = Waiting(note_down)
    for i in range(10_000):
        waiting.add(Datagram(osc.message(f"/{i}", "f", (0,)), SENDERS[0], 0.0))
        waiting.take(1)
    assert len(asked) == 10_000
    assert len(waiting._known) <= 4096


class Rig:
    """A receiver on a real socket, and a client."""

    def __init__(self, server: socket.socket, client: socket.socket) -> None:
        self.server = server
        self.batches: list[list[Datagram]] = []
        self.came = asyncio.Event()
        self.receiver = Receiver(server, asyncio.get_running_loop(), self.deliver, is_control, clock=lambda: 5.0)
        self._client = client

    def deliver(self, batch: list[Datagram]) -> None:
        self.batches.append(batch)
        self.came.set()

    def send(self, *datagrams: bytes) -> None:
        for datagram in datagrams:
            self._client.sendto(datagram, self.server.getsockname())

    async def wait_until(self, done: Callable[[list[bytes]], bool]) -> list[bytes]:
        while not done(self.all):
            self.came.clear()
            await asyncio.wait_for(self.came.wait(), 20)
        return self.all

    @property
    def all(self) -> list[bytes]:
        return [datagram.data for batch in self.batches for datagram in batch]


@contextlib.asynccontextmanager
async def rig() -> AsyncIterator[Rig]:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client,
    ):
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        server.bind(("127.0.0.1", 0))
        made = Rig(server, client)
        made.receiver.start()
        try:
            yield made
        finally:
            made.receiver.close()


def test_a_datagram_comes_with_its_sender_and_time() -> None:
    async def run() -> None:
        async with rig() as r:
            r.send(b"anything")
            await r.wait_until(bool)
            (datagram,) = r.batches[0]
            assert datagram == Datagram(b"anything", ("127.0.0.1", r._client.getsockname()[1]), 5.0)
            r.server.sendto(b"answer", datagram.sender)  # the loop sends on the same socket
            assert r._client.recv(100) == b"answer"

    asyncio.run(run())


def test_a_flood_loses_no_command_and_no_last_value() -> None:
    async def run() -> None:
        async with rig() as r:
            notes = [osc.message("/musegan/in/note", "ii", (i % 128, i // 128)) for i in range(1000)]
            for note in notes:
                r.send(note, *[control(CONTROLS[0], value) for value in range(5)])
            r.send(control(CONTROLS[0], 99), b"end")
            came = await r.wait_until(lambda came: bool(came) and came[-1] == b"end")
            assert [data for data in came if data.startswith(b"/musegan/in/note")] == notes
            assert came[-2] == control(CONTROLS[0], 99)
            assert r.receiver.taken == 6002
            assert max(map(len, r.batches)) <= receiver.BATCH

    asyncio.run(run())


def test_what_waits_for_a_busy_loop_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver, "WAITING", 50)

    async def run() -> None:
        async with rig() as r:
            notes = [osc.message("/musegan/in/note", "ii", (i, 100)) for i in range(120)]
            r.send(*notes)  # the loop does not run meanwhile: the system holds what the receiver does not
            came = await r.wait_until(lambda came: len(came) == 120)
            assert came == notes

    asyncio.run(run())


def test_an_error_in_a_delivery_does_not_end_the_receiver() -> None:
    async def run() -> None:
        async with rig() as r:
            errors: list[object] = []
            asyncio.get_running_loop().set_exception_handler(lambda _, context: errors.append(context["exception"]))
            keep, failed = r.deliver, asyncio.Event()

            def fail(batch: list[Datagram]) -> None:
                r.receiver._deliver = keep
                failed.set()
                raise ZeroDivisionError

            r.receiver._deliver = fail
            r.send(b"one")
            await asyncio.wait_for(failed.wait(), 20)
            r.send(b"two")
            assert await r.wait_until(bool) == [b"two"]
            assert [type(error) for error in errors] == [ZeroDivisionError]

    asyncio.run(run())


def test_after_close_nothing_is_delivered() -> None:
    async def run() -> None:
        async with rig() as r:
            r.send(b"before")
            await r.wait_until(bool)
            r.receiver.close()
            r.receiver.close()  # twice is once
            r.send(b"after")
            await asyncio.sleep(0)
            assert r.all == [b"before"]

    asyncio.run(run())
