"""Rows about a server under load: floods, fast tempi, and what it costs to run."""

from __future__ import annotations

import heapq
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from benchmarks.stage.common import HERE, Client, Program, Row, percentiles, start_band, start_peer

from musegan_bridge.show.band import Band, Draft, Request
from musegan_bridge.show.hearing import own_track
from musegan_bridge.show.ideas import Ideas
from musegan_bridge.show.session import Session
from musegan_models import bundle as bundles
from musegan_models.model import Model

RATES = (100_000, 150_000, 200_000, 250_000, 300_000)  # controls a second
ME = ("127.0.0.1", 9)


# A flood of controls


def flood(server: Program, address: str, rate: float, seconds: float) -> tuple[int, float]:
    """Flood a server from another process; return how many messages, and how many a second they really were."""
    command = [sys.executable, str(HERE / "flood.py"), str(server.port), address, str(rate), str(seconds)]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    return int(said[0]), int(said[0]) / float(said[1])


def flood_rows(folder: Path, seconds: float) -> Iterator[Row]:
    """Yield the most controls a second that are taken with none lost and no bar late, up to the last of `RATES`."""
    best, notes = 0.0, []
    with start_band(folder, "--tempo", "240") as band, Client(band.port) as client:
        client.send("/musegan/subscribe", "bar", 0, 3600.0)
        time.sleep(2)
        for rate in RATES:
            before, lost = client.status(), band.lost()
            _, real = flood(band, "/musegan/density", rate, seconds)
            after, lost = client.status(), band.lost() - lost
            late = int(str(after["late"])) - int(str(before["late"]))
            bars = int(str(after["bars"])) - int(str(before["bars"]))
            notes.append(f"{real / 1000:.0f} k/s: {lost} lost, {late} of {bars} bars late")
            if lost or late or not bars:
                break
            best = real
            time.sleep(0.5)
    with start_peer(folder) as peer, Client(peer.port) as client:
        n, real = flood(peer, "/density", RATES[0], seconds)
        client.send("/count", types="")
        client.socket.settimeout(60)
        answer, _ = client.receive("/count")
        theirs = int(str(answer.args[0])) / n * real
    yield Row(
        "control messages taken without loss, bars on time",
        f"{best / 1000:.0f} k/s ({'; '.join(notes)})",
        ">= 100 k/s",
        best >= 0.99e5,
        f"{theirs / 1000:.0f} k/s of {real / 1000:.0f}",
        f"{best / theirs:.1f}x" if theirs else "",
    )


# 240 beats a minute


def deadline_rows(folder: Path, bars: int, seconds: float) -> Iterator[Row]:
    """Yield how many bars are late at 240 beats a minute, with a musician who plays eighth notes."""
    late, slack, making, drafts = play_in_manual_time(folder, bars)
    p50, p99 = percentiles(making)
    yield Row(
        f"late bars at 240 bpm, lookahead 0.25 beat, following; {bars} bars, in manual time: the session's time jumps, "
        f"each of {drafts} drafts takes as long as it took ({p50:.1f} / {p99:.1f}, max {max(making) * 1000:.0f} ms)",
        f"{late}; least slack {slack * 1000:.0f} ms",
        f"0 in {bars}",
        late == 0,
    )
    options = ("--tempo", "240", "--lookahead", "0.25", "--commit", "0.25")
    with start_band(folder, *options) as band, Client(band.port) as client:
        client.send("/musegan/subscribe", "bar", 0, 3600.0)
        if track := own_track(bundles.load(folder).spec):
            client.send("/musegan/in/track", track)
        end, i = time.time() + seconds, 0
        while time.time() < end:
            client.send("/musegan/in/note", *eighth(i))
            i += 1
            time.sleep(0.0625)
            client.drain()
        status = client.status()
    p50, p99, least = (float(str(status[name])) for name in ("slack_p50", "slack_p99", "slack"))
    measured = f"{status['late']} of {status['bars']}; slack {p50:.0f} / {p99:.0f}, least {least:.0f} ms"
    yield Row(f"the same in real time, {seconds:.0f} s", measured, "0", status["late"] == 0)


def eighth(i: int) -> tuple[int, int]:
    """Return pitch and velocity of the beginnings and ends of eighth notes at 240 beats a minute, one each 62.5 ms."""
    return (60, 64, 67, 72)[i // 2 % 4], 0 if i % 2 else 100


def play_in_manual_time(folder: Path, bars: int) -> tuple[int, float, list[float], int]:
    """Return late bars, least slack and the seconds of each inference of a session that is told the time."""
    bundle = bundles.load(folder)
    spec, band = bundle.spec, Band(Model(bundle))
    session = Session(spec, seed=1, tempo=240.0, lookahead=0.25, commit=0.25)
    idea, _ = Ideas.begin(spec, 1).next()
    band.bar(Request(0, idea))
    now = 1e9
    events: list[tuple[float, int, object]] = []  # time, order, what: a draft that is made, or a note
    if track := own_track(spec):
        session.receive("/musegan/in/track", [track], ME, now)
    session.play(now)
    heapq.heappush(events, (now + 0.125, 0, None))
    n_notes, making, order = 0, list[float](), 1
    while session.counts.bars < bars:
        session.poll(now)
        request = session.request(now)
        if request is not None:
            began = time.perf_counter()
            draft = band.bar(request)
            making.append(time.perf_counter() - began)
            heapq.heappush(events, (now + making[-1], order, draft))
            order += 1
        wake = session.wake()
        if wake is not None and wake < events[0][0]:
            now = max(now, wake)
            continue
        when, _, what = heapq.heappop(events)
        now = max(now, when)
        if isinstance(what, Draft):
            session.add(what, now)
        else:
            session.receive("/musegan/in/note", eighth(n_notes), ME, now)
            n_notes += 1
            heapq.heappush(events, (now + 0.0625, order, None))
            order += 1
    return session.counts.late, session.slack.least or 0.0, making, len(making)


# What it costs to run


def process_rows(folder: Path, starts: int, seconds: float) -> Iterator[Row]:
    """Yield spawn to ready, memory, and processor while playing at 120 beats a minute to two clients."""
    options = ("--tempo", "120")
    ready = []
    for _ in range(starts):
        with start_band(folder, *options) as band:
            ready.append(band.seconds)
    with start_band(folder, *options) as band, Client(band.port) as a, Client(band.port) as b:
        a.send("/musegan/subscribe", "bar", 0, 3600.0)
        b.send("/musegan/subscribe", "note", 0, 3600.0)
        time.sleep(3)
        used, began = band.cpu(), time.perf_counter()
        time.sleep(seconds)
        share = (band.cpu() - used) / (time.perf_counter() - began) * 100
        memory = band.resident()
    with start_peer(folder) as peer, Client(peer.port) as a:
        a.send("/play", seconds, 120.0, types="ff")
        used, began = peer.cpu(), time.perf_counter()
        time.sleep(seconds)
        their_share = (peer.cpu() - used) / (time.perf_counter() - began) * 100
        their_memory, their_ready = peer.resident(), peer.seconds
    spawn = float(np.median(ready))
    yield Row("spawn to ready", f"{spawn:.2f} s", "<= 0.5 s", spawn <= 0.5, f"{their_ready:.2f} s")
    yield Row("memory (RSS)", f"{memory:.0f} MB", "<= 150 MB", memory <= 150, f"{their_memory:.0f} MB")
    yield Row(
        "CPU while playing at 120 bpm, of one core",
        f"{share:.1f} %",
        "<= 10 %",
        share <= 10,
        f"{their_share:.1f} %",
    )
