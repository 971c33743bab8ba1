"""Rows about one bar: what it costs over bare onnxruntime, and how long a client waits for it."""

from __future__ import annotations

import contextlib
import itertools
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from benchmarks.stage.common import Client, Row, percentiles, start_band, start_peer

from musegan_bridge.messages import PREVIOUS_BAR
from musegan_bridge.net import osc
from musegan_bridge.show.band import Band, Draft
from musegan_bridge.show.hearing import NOBODY, Heard, own_track, request_of
from musegan_bridge.show.ideas import PLAIN, Bearing, Ideas
from musegan_bridge.show.listener import Listener
from musegan_bridge.show.performing import performed
from musegan_bridge.show.state import Controls
from musegan_models import bundle as bundles
from musegan_models.model import Model
from musegan_models.notes import Note

TEMPORAL = "temporal_generator"

IN_A_ROW = 8  # clients that are sent the same bar

PACE = 0.02  # seconds of sleep before each call, as on stage: caches are cold each time


def in_turns(calls: Sequence[Callable[[], object]], runs: int) -> list[list[float]]:
    """Return seconds of each call; they take turns, so that other load on the machine hits them alike."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(runs):
        for own, call in zip(times, calls, strict=True):
            time.sleep(PACE)
            began = time.perf_counter()
            call()
            own.append(time.perf_counter() - began)
    return times


def bare_bar(bundle: bundles.Bundle) -> Callable[[], object]:
    """Return a call of `InferenceSession.run` of the networks that a bar needs, and of nothing else.

    As in `our_bar`, one bar in each phrase needs the temporal generator as well.
    """
    sessions = bare_sessions(bundle)
    measures = itertools.cycle(range(bundle.spec.n_measures))

    def run() -> object:
        begins = next(measures) == 0
        return [session.run(None, feeds) for name, (session, feeds) in sessions.items() if begins or name != TEMPORAL]

    return run


def bare_first_bar(bundle: bundles.Bundle) -> Callable[[], object]:
    """Return a call of `InferenceSession.run` of all networks: what the first bar of a phrase needs."""
    sessions = bare_sessions(bundle)
    return lambda: [session.run(None, feeds) for session, feeds in sessions.values()]


def bare_sessions(bundle: bundles.Bundle) -> dict[str, tuple[Any, dict[str, Any]]]:
    """Return the networks by name, in the order in which they run, each with inputs."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    opened = {}
    for file in sorted(bundle.networks, key=lambda file: (TEMPORAL, "bar_encoder", "bar_generator").index(file.stem)):
        session = ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        feeds = {i.name: np.full((1, *i.shape[1:]), 0.1, np.float32) for i in session.get_inputs()}
        opened[file.stem] = (session, feeds)
    return opened


def our_bar(bundle: bundles.Bundle, *, follows: bool, bearing: Bearing = PLAIN) -> Callable[[], object]:
    """Return a call that makes a bar as the server does: from ideas and what was heard to notes as they are played."""
    band, spec = Band(Model(bundle)), bundle.spec
    ideas, draft = Ideas.begin(spec, 1), None
    heard = played_by_a_musician(bundle) if follows else NOBODY

    def make() -> object:
        nonlocal ideas, draft
        idea, ideas = ideas.next(bearing)
        made: Draft = band.bar(request_of(spec, 0, idea, mode=PREVIOUS_BAR, heard=heard, draft=draft))
        draft = made
        return performed(made.notes, spec, transposition=0, feels=None, seed=(1, 1, idea.measure), tempo=120.0)

    make()
    return make


def played_by_a_musician(bundle: bundles.Bundle) -> Heard:
    """Return a bar of eighth chords, on the track that the band was made to follow."""
    spec, listener = bundle.spec, Listener(bundle.spec)
    track = own_track(spec)
    listener.tracks = () if track is None else (spec.track_names.index(track),)
    for beat in range(4):
        for pitch in (60, 64, 67):
            listener.note(float(beat), pitch, 100)
            listener.note(beat + 0.5, pitch, 0)
    bar = listener.bar(4.0)
    chord = listener.chord(4.0) if spec.has_chord else None
    return Heard(listener.tracks, now=bar, before=bar, chord=chord)


def cost_rows(folder: Path, runs: int) -> Iterator[Row]:
    """Yield what a bar costs over the bare networks."""
    bundle = bundles.load(folder)
    usual = Controls(bundle.spec.track_names).bearing
    calls = [
        bare_bar(bundle),
        our_bar(bundle, follows=False),
        our_bar(bundle, follows=True),
        our_bar(bundle, follows=True, bearing=usual),
    ]
    for call in calls:
        call()
    times = [percentiles(own) for own in in_turns(calls, runs)]
    (bare50, bare99), *ours, (usual50, usual99) = times
    yield Row(f"bare `InferenceSession.run` of a bar, {bundle.spec.name}", f"{bare50:.2f} / {bare99:.2f} ms")
    for what, (p50, p99) in zip(("z to notes", "following"), ours, strict=True):
        measured = f"{p50:.2f} / {p99:.2f} ms, {p50 / bare50:.2f}x"
        yield Row(f"one bar over the bare networks: {what}", measured, "p50 <= 1.25x", p50 <= 1.25 * bare50)
    measured = f"{usual50:.2f} / {usual99:.2f} ms, {usual50 / bare50:.2f}x"
    yield Row(f"one bar as a show begins: the best of {usual.drafts} drafts", measured, "p99 <= 10 ms", usual99 <= 10)


def send_rows(runs: int) -> Iterator[Row]:
    """Yield what it costs to build and to send 200 notes."""
    names = ("bass", "drums", "guitar", "piano", "strings")
    notes = [(names[i % 5], Note(i // 5 / 10, 36 + i % 48, 0.25, 64 + i % 60)) for i in range(200)]
    packed = osc.PackedNotes(3, notes)
    for datagram in packed.bundles(1.7e9, 120.0):
        places = [(round(float(str(m.args[6])) * 10), names.index(str(m.args[0]))) for m in osc.decode(datagram)]
        inside = [notes[step * 5 + track] for step, track in places]
        assert datagram == osc.note_bundle_by_builder(1.7e9, 3, 120.0, inside), "it is not what python-osc builds"
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
    ):
        receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        receiver.bind(("127.0.0.1", 0))
        receiver.setblocking(False)
        target = receiver.getsockname()

        def send(datagrams: Sequence[bytes]) -> None:
            for datagram in datagrams:
                sender.sendto(datagram, target)

        whole = [osc.note_bundle_by_builder(1.7e9, 3, 120.0, notes)]
        calls: list[Callable[[], object]] = [
            lambda: send(packed.bundles(1.7e9, 120.0)),
            lambda: send(osc.note_bundles(1.7e9, 3, 120.0, notes)),
            lambda: send([osc.note_bundle_by_builder(1.7e9, 3, 120.0, notes)]),
            lambda: send(whole),
        ]
        times: list[list[float]] = [[] for _ in calls]
        for _ in range(-(-runs // IN_A_ROW)):  # in turns, some in a row, as clients are sent to
            for call, own in zip(calls, times, strict=True):
                for _ in range(IN_A_ROW):
                    began = time.perf_counter()
                    call()
                    own.append(time.perf_counter() - began)
                    with contextlib.suppress(BlockingIOError):
                        while True:
                            receiver.recv(65536)
    (fast, fast99), (pack, _), (slow, slow99), (floor, _) = (percentiles(own) for own in times)
    yield Row(
        f"build and send a 200-note bar ({len(packed.bundles(1.7e9, 120.0))} datagrams), byte-identical; "
        f"packed once by the worker",
        f"{fast * 1000:.0f} / {fast99 * 1000:.0f} us",
        "<= 25 us, >= 100x",
        fast <= 0.025 and slow >= 100 * fast,
        f"{slow * 1000:.0f} / {slow99 * 1000:.0f} us",
        f"{slow / fast:.0f}x",
    )
    yield Row("the same with the packing; sending 13.6 kB alone", f"{pack * 1000:.0f} us; {floor * 1000:.0f} us")


def request_rows(folder: Path, runs: int) -> Iterator[Row]:
    """Yield how long after a request for new bars these come: ours as planned bars, the peer's as bundles.

    Ours are told one by one as they are made, since each goes on from the one before; whoever asks for four gets the
    first as soon as whoever asks for one. The goal of four bars is that of the first; it is held to the last, too.
    """
    (bare,) = in_turns([bare_first_bar(bundles.load(folder))], runs)
    bare50, bare99 = percentiles(bare)
    yield Row("bare `InferenceSession.run` of the first bar of a phrase", f"{bare50:.1f} / {bare99:.1f} ms")
    own_first, own_last = ask_band(folder, runs)
    their_one, their_first, their_last = ask_peer(folder, runs)
    for what, goal50, goal99, own, their in (
        ("first bundle, one bar", 3.5, 6.0, own_first, their_one),
        ("first bundle, four bars", 8.0, 12.0, own_first, their_first),
        ("last bundle, four bars", 8.0, 12.0, own_last, their_last),
    ):
        p50, p99 = percentiles(own)
        peer50, peer99 = percentiles(their)
        yield Row(
            f"request to {what}",
            f"{p50:.1f} / {p99:.1f} ms",
            f"<= {goal50:g} / {goal99:g} ms, p99 >= 3x",
            p50 <= goal50 and p99 <= goal99 and peer99 >= 3 * p99,
            f"{peer50:.1f} / {peer99:.1f} ms",
            f"{peer99 / p99:.1f}x (p99)",
        )


def ask_band(folder: Path, runs: int) -> tuple[list[float], list[float]]:
    """Return seconds from /musegan/gen/now to the first, and to the fourth, bar of the new plan."""
    first, fourth = list[float](), list[float]()
    with start_band(folder, "--tempo", "120", "--lookahead", "24") as band, Client(band.port) as client:
        client.send("/musegan/subscribe", "bar", 0, 3600.0, 64.0)
        time.sleep(2)
        while len(first) < runs:
            time.sleep(0.3 + PACE * np.random.random())  # the band makes a planned bar again every 0.25 s at most
            client.drain()
            began = client.ask("/musegan/gen/now", int(time.time() * 1000) % 2**31)
            bars: list[float] = []
            was_committed = False
            while len(bars) < 4:
                message, now = client.receive("/musegan/bar/begin")
                was_committed |= bool(message.args[8])
                bars.append(now - began)
            if not was_committed:  # else a bar that was due anyway came in between
                first.append(bars[0])
                fourth.append(bars[3])
    return first, fourth


def ask_peer(folder: Path, runs: int) -> tuple[list[float], list[float], list[float]]:
    """Return seconds from a request for one bar to its bundle, and for four to the first and to the last one."""
    one, first, last = list[float](), list[float](), list[float]()
    with start_peer(folder) as peer, Client(peer.port) as client:
        for _ in range(runs):
            for n, firsts in ((1, one), (4, first)):
                time.sleep(2 * PACE + PACE * np.random.random())
                began = client.ask("/gen", n, types="i")
                bars = [client.receive("/end")[1] - began for _ in range(n)]
                firsts.append(bars[0])
            last.append(bars[-1])
    return one, first, last
