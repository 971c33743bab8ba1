"""What a server is without this program: python-osc's asyncio server, inference inline, loops over cells, its builders.

    python benchmarks/stage/naive_peer.py BUNDLE

It plays the same networks. `/gen n`: make n bars, and send each as a bundle. `/density f`: count it; `/count`: tell.
`/play seconds tempo`: play on time, each note as a message with the Unix time at which it should have been sent.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from pythonosc.dispatcher import Dispatcher
from pythonosc.osc_bundle_builder import OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.osc_server import AsyncIOOSCUDPServer

from musegan_models import bundle as bundles


class Peer:
    """The band, all of it on the event loop."""

    def __init__(self, folder: Path) -> None:
        bundle = bundles.load(folder)
        self.spec = bundle.spec
        self.networks = {file.stem: ort.InferenceSession(str(file)) for file in bundle.networks}
        self.previous = np.zeros((1, *self.spec.bar_shape), np.float32)
        self.measure = 0
        self.controls = 0
        self.transport: Any = None
        self.phrase()
        self.bar()

    def phrase(self) -> None:
        """Draw z, and what the temporal generator makes of it."""
        self.z: dict[str, Any] = {}
        for network in self.networks.values():
            for one in network.get_inputs():
                if one.name in ("shared", "private", "shared_temporal", "private_temporal"):
                    shape = (1, *one.shape[1:])
                    self.z.setdefault(one.name, np.random.standard_normal(shape).astype(np.float32))
        self.bars = self.run("temporal_generator", self.z) if "temporal_generator" in self.networks else {}

    def run(self, name: str, values: dict[str, Any]) -> dict[str, Any]:
        """Run a network; what it wants and `values` lack is zero."""
        network = self.networks[name]
        feeds = {
            one.name: values.get(one.name, np.zeros((1, *one.shape[1:]), np.float32)) for one in network.get_inputs()
        }
        names = [one.name for one in network.get_outputs()]
        return dict(zip(names, network.run(None, feeds), strict=True))

    def bar(self) -> list[tuple[str, float, int, float]]:
        """Return (track, position, pitch, duration) of the notes of the next bar."""
        if self.measure == self.spec.n_measures:
            self.measure = 0
            self.phrase()
        values = dict(self.z)
        if "shared_bars" in self.bars:
            values["shared_bar"] = self.bars["shared_bars"][:, self.measure]
        if "private_bars" in self.bars:
            values["private_bar"] = self.bars["private_bars"][:, :, self.measure]
        if "bar_encoder" in self.networks:
            values |= self.run("bar_encoder", {"previous": self.previous})
        probability = self.run("bar_generator", values)["probability"][0]
        self.measure += 1
        self.previous[0] = 0
        notes = []
        per_beat = self.spec.measure_resolution / 4
        for i, track in enumerate(self.spec.tracks):
            for step in range(probability.shape[2]):
                for pitch in range(probability.shape[3]):
                    if probability[0, i, step, pitch] > track.onset_threshold:
                        self.previous[0, 0, i, step, pitch] = 1
                        end = step + 1
                        while (
                            len(probability) > 1
                            and end < probability.shape[2]
                            and probability[1, i, end, pitch] > track.sustain_threshold
                        ):
                            self.previous[0, 1, i, end, pitch] = 1
                            end += 1
                        place = self.spec.lowest_pitch + pitch
                        notes.append((track.name, step / per_beat, place, (end - step) / per_beat))
        return notes

    def gen(self, client: tuple[str, int], _: str, n: int = 1) -> None:
        """Make bars, and send them."""
        made = [self.bar() for _ in range(n)]
        for notes in made:
            bundle = OscBundleBuilder(time.time() + 0.3)  # type: ignore[arg-type]
            for note in notes[:300]:  # more do not fit a datagram
                bundle.add_content(message("/note", *note))
            bundle.add_content(message("/end", len(notes)))
            self.transport.sendto(bundle.build().dgram, client)

    def count(self, client: tuple[str, int], _: str) -> None:
        """Tell how many controls came."""
        self.transport.sendto(message("/count", self.controls).dgram, client)

    def turn(self, _: str, value: float) -> None:
        """Take a control."""
        self.controls += 1

    def play(self, client: tuple[str, int], _: str, seconds: float, tempo: float) -> None:
        """Play on time."""
        self.playing = asyncio.create_task(self.play_on(client, seconds, tempo))

    async def play_on(self, client: tuple[str, int], seconds: float, tempo: float) -> None:
        """Play each bar as it comes."""
        start = time.time() + 0.1
        end = start + seconds
        while start < end:
            for track, position, pitch, duration in sorted(self.bar(), key=lambda note: note[1]):
                due = start + position * 60 / tempo
                await asyncio.sleep(max(0.0, due - time.time()))
                builder = OscMessageBuilder("/note")
                builder.add_arg(due, "d")
                for value in (track, pitch, duration):
                    builder.add_arg(value)
                self.transport.sendto(builder.build().dgram, client)
            start += 240 / tempo
            await asyncio.sleep(0)


def message(address: str, *values: Any) -> Any:
    """Build a message."""
    builder = OscMessageBuilder(address)
    for value in values:
        builder.add_arg(value)
    return builder.build()


async def serve(folder: Path) -> None:
    """Serve until killed."""
    peer = Peer(folder)
    dispatcher = Dispatcher()
    dispatcher.map("/gen", peer.gen, needs_reply_address=True)
    dispatcher.map("/count", peer.count, needs_reply_address=True)
    dispatcher.map("/play", peer.play, needs_reply_address=True)
    dispatcher.map("/density", peer.turn)
    server = AsyncIOOSCUDPServer(("127.0.0.1", 0), dispatcher, asyncio.get_running_loop())  # type: ignore[arg-type]
    peer.transport, _ = await server.create_serve_endpoint()
    print(f"listening on 127.0.0.1:{peer.transport.get_extra_info('sockname')[1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
