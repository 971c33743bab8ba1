"""The row about dispatch: how late a MIDI message goes out while bars are made all the time."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from benchmarks.stage.bars import our_bar
from benchmarks.stage.common import Client, Row, percentiles, start_peer
from benchmarks.stage.jack import jack

from musegan_bridge.midi.output import Lateness, MidiOut
from musegan_bridge.show.events import Due
from musegan_models import bundle as bundles
from musegan_models.notes import Note

EVERY = 0.0103  # seconds between notes: they fall on no system's own ticks
AHEAD = 0.2  # seconds that a note is told before its time, as the server does


def lateness_rows(folder: Path, seconds: float) -> Iterator[Row]:
    """Yield how late MIDI goes out, and the notes of the peer."""
    with jack() as environment:
        os.environ |= environment
        ours = midi_lateness(folder, seconds)
    with start_peer(folder) as peer, Client(peer.port) as client:
        client.send("/play", seconds, 120.0, types="ff")
        theirs = []
        client.socket.settimeout(5)
        end = time.time() + seconds
        with contextlib.suppress(TimeoutError):  # it may fall silent
            while time.time() < end:
                note, now = client.receive("/note")
                theirs.append(now - float(str(note.args[0])))
    peer50, peer99 = percentiles(theirs)
    yield Row(
        f"dispatch lateness of MIDI with inference running, {ours.sent} messages, {ours.dropped} dropped",
        f"{ours.p50:.3f} / {ours.p99:.3f}, max {ours.max:.2f} ms",
        "p99 <= 0.2 ms",
        ours.p99 <= 0.2 and not ours.dropped,
        f"{peer50:.2f} / {peer99:.2f}, max {max(theirs) * 1000:.1f} ms",
        f"{peer99 / ours.p99:.0f}x (p99)",
    )


def midi_lateness(folder: Path, seconds: float) -> Lateness:
    """Play notes while a thread of this process, as in the server, makes bars without a pause."""
    bundle, ending = bundles.load(folder), threading.Event()
    bar = our_bar(bundle, follows=False)

    def work() -> None:
        while not ending.is_set():
            bar()

    out = MidiOut(bundle.spec.tracks)
    worker = threading.Thread(target=work)
    try:
        if not out.wait_until_open(20):
            raise RuntimeError("the MIDI port did not open")
        worker.start()
        track, pitches = bundle.spec.track_names[0], np.arange(seconds / EVERY)
        start = time.time() + AHEAD
        for i in range(len(pitches)):
            due = start + i * EVERY
            time.sleep(max(0.0, due - AHEAD - time.time()))
            out.take(Due(due, 0, 120.0, [(track, Note(0.0, 36 + i % 48, 0.01, 100))]))
        time.sleep(2 * AHEAD + 1)  # it reports once a second
    finally:
        ending.set()
        if worker.ident is not None:
            worker.join()
        out.close()
    if out.lateness is None:
        raise RuntimeError("the MIDI process did not report")
    return out.lateness
