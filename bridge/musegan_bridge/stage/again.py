"""A show that is played again, in its shell; it must not know models."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from musegan_bridge.files.replay import Replay
from musegan_bridge.show.events import Sink
from musegan_bridge.stage.shell import Shell


class Again(Shell):
    """A log on one port: to its clients it is the show that it was."""

    @classmethod
    async def serve(
        cls, show: Replay, host: str, port: int, sinks: Sequence[Sink], ready: Callable[[Again], None]
    ) -> None:
        """Play a log from its beginning to its end, or until SIGINT, SIGTERM or `close`; raise PortError."""
        shell = cls(host, port)
        try:
            shell.sinks += sinks
            shell.open(show)
            ready(shell)
            await shell.run()
        finally:
            shell.shutdown()

    def due(self) -> None:
        """End with the show."""
        if isinstance(self.show, Replay) and self.show.is_over:
            self.close()
