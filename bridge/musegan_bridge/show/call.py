"""A checked message on its way to the command that it is; it must not know any command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musegan_bridge.messages import Message
from musegan_bridge.show.outgoing import Output, Target

if TYPE_CHECKING:
    from musegan_bridge.show.session import Session


@dataclass(frozen=True, slots=True)
class Call:
    """A checked message, from whom and when."""

    message: Message
    target: Target  # to which answers go
    sender: Target  # where it came from
    now: float  # Unix seconds
    when: float  # Unix seconds at which it was meant: its timetag, else now

    def number(self, name: str) -> int:
        """Return an argument that is an int."""
        return int(self.message.args[name])

    def real(self, name: str) -> float:
        """Return an argument that is a float."""
        return float(self.message.args[name])

    def word(self, name: str) -> str:
        """Return an argument that is a string."""
        return str(self.message.args[name])


Command = Callable[["Session", Call], list[Output]]
"""What a message does to the show, and its answers."""
