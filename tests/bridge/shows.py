"""A show without a socket, a model or a clock, for tests: time is a number that they count up."""

from __future__ import annotations

import numpy as np

from musegan_bridge.messages import BY_ADDRESS
from musegan_bridge.show.band import Draft, Request
from musegan_bridge.show.events import Committed
from musegan_bridge.show.outgoing import Output, Send
from musegan_bridge.show.session import Session
from musegan_models.notes import Note
from musegan_models.spec import ModelSpec

SPEC = ModelSpec("test")
LIVE = ModelSpec("live", hears_previous=True, continues=True, anticipates=True)
PIANO = LIVE.track_names.index("piano")
ME, YOU = ("127.0.0.1", 9001), ("127.0.0.1", 9002)
WITNESS, LISTENER = ("127.0.0.2", 9003), ("127.0.0.3", 9004)  # subscribed from first to last
START = 1_700_000_000.0


def make(request: Request) -> Draft:
    """Answer a request with a draft that tells which it was: a bass note on the first beat, a kick on the third."""
    notes: dict[str, list[Note]] = {name: [] for name in SPEC.track_names}
    notes["bass"] = [Note(0.0, 36 + request.number % 12, 1.0, 100)]
    notes["drums"] = [Note(2.0, 36, 0.25, 100)]
    planes = np.zeros((2, *SPEC.bar_shape[1:]), np.float32)
    planes[0, 0, 0, 12 + request.number % 12] = planes[0, 1, 8, 12] = 1
    for track, own in request.locked.items():
        notes[SPEC.track_names[track]] = list(own.notes)
        planes[:, track] = own.planes
    return Draft(request.number, request.idea, notes, request.left_out, planes, request.transposition)


class Show:
    """A session, the time, and all that it sent."""

    def __init__(
        self, tempo: float = 120.0, seed: int = 7, spec: ModelSpec = SPEC, lookahead: float = 1.0, commit: float = 1.0
    ) -> None:
        self.session = Session(spec, seed=seed, tempo=tempo, lookahead=lookahead, commit=commit)
        self.now = START
        self.sent: list[tuple[float, Output]] = []
        self.requests: list[Request] = []
        self.slow = False  # a model that never answers
        self.take(self.session.play(self.now))

    def say(self, address: str, *values: object, sender: tuple[str, int] = ME, time: float | None = None) -> None:
        self.take(self.session.receive(address, values, sender, self.now, time))

    def run(self, seconds: float) -> None:
        """Let time pass from one thing due to the next, as the server does."""
        end = self.now + seconds
        for _ in range(100_000):
            self.take(self.session.poll(self.now))
            request = self.session.request(self.now)
            if request is not None:
                self.requests.append(request)
                if not self.slow:
                    self.now += 0.004
                    self.take(self.session.add(make(request), self.now))
            wake = self.session.wake()
            if wake is None or wake > end:
                self.now = end
                return
            self.now = max(self.now, wake)
        raise AssertionError("the session wants to be woken for ever")

    def take(self, outputs: list[Output]) -> None:
        self.sent += [(self.now, output) for output in outputs]

    def messages(self, address: str, target: tuple[str, int] = ME) -> list[Send]:
        return [o for _, o in self.sent if isinstance(o, Send) and o.address == address and o.target == target]

    def status(self) -> dict[str, object]:
        """Return what the show says of itself."""
        self.say("/musegan/status")
        return dict(zip(names("/musegan/status/reply"), self.messages("/musegan/status/reply")[-1].args, strict=True))

    def errors(self) -> list[str]:
        """Return all that was refused, and why."""
        return [str(message.args[1]) for message in self.messages("/musegan/error")]

    def committed(self) -> list[Committed]:
        """Return the bars that sounded."""
        return [output for _, output in self.sent if isinstance(output, Committed)]


def names(address: str) -> list[str]:
    """Return the names of a message's arguments."""
    return [f.name for f in BY_ADDRESS[address].fields]
