"""What goes out: in order, in bursts that a client's buffer takes, and no client for another's cost."""

import asyncio
import socket
from collections.abc import Callable

import pytest

from musegan_bridge.net import outbox
from musegan_bridge.net.outbox import Outbox, Target


class Wire:
    """A socket that notes what is sent and can refuse."""

    def __init__(self, refuse: Callable[[Target], Exception | None] = lambda _: None) -> None:
        self.sent: list[tuple[bytes, Target]] = []
        self.refuse = refuse

    def sendto(self, data: bytes, target: Target) -> int:
        if error := self.refuse(target):
            raise error
        self.sent.append((data, target))
        return len(data)

    def to(self, target: Target) -> list[bytes]:
        return [data for data, whom in self.sent if whom == target]


A, B = ("127.0.0.1", 1), ("127.0.0.1", 2)
MANY = [str(i).encode() for i in range(50)]


def play(wire: Wire, act: Callable[[Outbox], None]) -> None:
    """Act on an outbox, and wait until nothing is left to send."""

    async def run() -> None:
        box = Outbox(wire, asyncio.get_running_loop())  # type: ignore[arg-type]
        act(box)
        while box._timer is not None:
            await asyncio.sleep(outbox.PAUSE)
        assert len(box) == 0
        box.close()

    asyncio.run(run())


def test_a_short_answer_goes_at_once_and_a_long_one_in_bursts() -> None:
    wire = Wire()

    def act(box: Outbox) -> None:
        box.put(MANY[:3], A)
        assert wire.to(A) == MANY[:3]
        box.put(MANY[3:], A)
        assert len(wire.to(A)) == outbox.BURST
        box.put([b"b"], B)
        assert wire.to(B) == [b"b"]  # not behind the other's

    play(wire, act)
    assert wire.to(A) == MANY


def test_what_the_system_does_not_take_is_kept_in_order() -> None:
    refusals = [BlockingIOError()] * 3
    wire = Wire(lambda _: refusals.pop() if refusals else None)
    play(wire, lambda box: box.put(MANY, A))
    assert wire.to(A) == MANY


@pytest.mark.parametrize("error", [OSError("unreachable"), OverflowError("port"), ValueError("null")])
def test_an_address_that_cannot_be_sent_to_is_that_clients_loss(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    wire = Wire(lambda target: error if target == A else None)

    def act(box: Outbox) -> None:
        box.put(MANY, A)
        box.put(MANY, B)

    play(wire, act)
    assert wire.sent == [(data, B) for data in MANY]
    assert "cannot send to 127.0.0.1:1" in caplog.text


def test_a_client_that_cannot_be_sent_to_is_told_of_once_until_it_can(caplog: pytest.LogCaptureFixture) -> None:
    refusals: list[Exception | None] = [OSError("away"), OSError("away"), None, OSError("away again")]
    wire = Wire(lambda _: refusals.pop(0))

    def act(box: Outbox) -> None:
        for datagram in MANY[:4]:
            box.put([datagram], A)

    play(wire, act)
    assert wire.to(A) == [MANY[2]]
    assert [record.getMessage().rpartition(": ")[2] for record in caplog.records] == ["away", "away again"]


def test_what_waits_is_bounded_and_can_be_forgotten(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(outbox, "MOST", 20)
    wire = Wire()

    def act(box: Outbox) -> None:
        box.put(MANY, A)
        assert len(box) == 20
        box.put(MANY, B)
        box.clear()
        assert len(box) == 0

    play(wire, act)
    assert wire.to(A) == wire.to(B) == MANY[: outbox.BURST]
    assert "14 datagrams dropped" in caplog.text


def test_closing_sends_what_waits() -> None:
    async def run() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.bind(("127.0.0.1", 0))
            client.settimeout(20)
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
                server.setblocking(False)
                box = Outbox(server, asyncio.get_running_loop())
                box.put(MANY, client.getsockname())
                box.close()
            assert [client.recv(100) for _ in MANY] == MANY

    asyncio.run(run())
