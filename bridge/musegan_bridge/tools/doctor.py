"""Looks at the machine before the show: what works, what does not, and what to do; it must not change anything."""

from __future__ import annotations

import contextlib
import dataclasses
import platform
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from musegan_bridge import __version__
from musegan_bridge.net.ports import RECEIVE_BUFFER, SCLANG_PORT
from musegan_bridge.tools.holders import holder_of_udp

FAST = 240.0
"""Beats a minute at which a bar must be in time."""

BARS = 100
TICKS = 200
TICK = 0.005  # seconds
LINK_SECONDS = 1.5  # peers that are there are found within one
SMALL_DATAGRAM = 2300  # bytes of the buffer that one takes on Linux
MANY_DATAGRAMS = 1 << 20  # bytes

OK, NOTE, PROBLEM = "ok", "note", "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    topic: str
    verdict: str  # ok; note: worth knowing; problem: the show will suffer
    text: str
    advice: str = ""  # what to do
    facts: dict[str, Any] = field(default_factory=dict)  # for programs; times in milliseconds


def examine(host: str, port: int, http: int, device: str, bundle: str | None) -> Iterator[Finding]:
    """Look at all of it, one finding after the other; it takes a few seconds."""
    yield _machine()
    yield udp_port(host, port)
    if http > 0 and _is_own(host):
        yield tcp_port(host, http)
    yield receive_buffer()
    yield runtimes()
    yield from midi_ports()
    yield link_peers()
    yield from all_bundles(bundle)
    yield from timed_bar(device, bundle)
    yield timer()


def _machine() -> Finding:
    python = f"Python {platform.python_version()}"
    text = f"musegan-bridge {__version__}, {python}, {platform.platform(terse=True)} {platform.machine()}"
    return Finding("machine", OK, text, facts={"version": __version__, "python": platform.python_version()})


# The network


def udp_port(host: str, port: int) -> Finding:
    """Say whether `serve` can have its port, and who holds it."""
    facts: dict[str, Any] = {"host": host, "port": port}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.bind((host, port))
        except OSError as error:
            if not _is_own(host):
                text = f"{host} is no address of this machine ({error.strerror})"
                return Finding("OSC port", PROBLEM, text, "serve --host 127.0.0.1, or an address of its own", facts)
            band, holder = _answer_at(host, port), holder_of_udp(port)
            facts |= {"band": band, "holder": holder, "error": error.strerror}
            if band is not None:
                advice = f"nothing, if that is the one you want; a second one needs --port {port + 10}"
                return Finding("OSC port", NOTE, f"{port} is held by a band that plays: {band}", advice, facts)
            who = f"held by {holder}" if holder else f"not to be had ({error.strerror})"
            advice = f"serve --port {port + 10}" + (
                f", and in SuperCollider MuseGAN.connect(port: {port + 10}); or start the band before sclang,"
                " which then takes 57121 by itself"
                if port == SCLANG_PORT
                else ", or end the program that holds it"
            )
            return Finding("OSC port", PROBLEM, f"UDP {host}:{port} is {who}", advice, facts)
    return Finding("OSC port", OK, f"UDP {host}:{port} is free", facts=facts)


def _is_own(host: str) -> bool:
    """Return whether an address is one of this machine's."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, contextlib.suppress(OSError):
        sock.bind((host, 0))
        return True
    return False


def tcp_port(host: str, port: int) -> Finding:
    """Say whether OSCQuery can have their port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host, port))
        except OSError as error:
            text = f"TCP {host}:{port} is not to be had ({error.strerror})"
            advice = "nothing: serve takes the next one and says so; --http chooses another, --http -1 none"
            return Finding("HTTP port", NOTE, text, advice, {"port": port})
    return Finding("HTTP port", OK, f"TCP {host}:{port} is free", facts={"port": port})


def _answer_at(host: str, port: int) -> str | None:
    """Return what a band says on that port of itself; None: no band answers."""
    from musegan_bridge.net import osc

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(0.5)
        try:
            sock.connect((host, port))
            sock.send(osc.message("/musegan/hello", "", ()))
            (reply, *_) = osc.decode(sock.recv(65536))
        except (OSError, ValueError):
            return None
        is_band = reply.address == "/musegan/hello/reply" and len(reply.args) > 2
        return f"{reply.args[2]}, version {reply.args[0]}" if is_band else None


def receive_buffer() -> Finding:
    """Say how much of a flood the system keeps while the program is busy."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        size = sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
    facts = {"bytes": size, "wanted": RECEIVE_BUFFER}
    if size >= MANY_DATAGRAMS:
        return Finding("buffer", OK, f"{size >> 10} KiB for datagrams that arrive at once", facts=facts)
    advice = f"for floods of messages: sysctl -w net.core.rmem_max={RECEIVE_BUFFER}, as root"
    text = f"{size >> 10} KiB for datagrams that arrive at once: about {size // SMALL_DATAGRAM} small ones"
    return Finding("buffer", NOTE, text, advice if platform.system() == "Linux" else "", facts)


# What computes


def runtimes() -> Finding:
    """Say which onnxruntime is installed, and what there is of CUDA."""
    from musegan_models import providers

    machine = providers.look()
    facts = dataclasses.asdict(machine)
    if len(machine.packages) > 1:
        return Finding("onnxruntime", PROBLEM, providers.TWO_RUNTIMES, facts=facts)
    driver = "an NVIDIA driver" if machine.driver else "no NVIDIA driver"
    text = f"{', '.join(machine.packages) or 'installed by another name'}: {', '.join(machine.providers)}; {driver}"
    return Finding("onnxruntime", OK, text, facts=facts)


def all_bundles(bundle: str | None) -> Iterator[Finding]:
    """Say of each band whether it can be played."""
    from musegan_bridge.tools.catalogue import bands

    found = bands(None if bundle is None else Path(bundle))
    for band in found:
        facts = {"name": band.name, "path": band.path}
        if band.wrong:
            yield Finding("bundle", PROBLEM, band.wrong, "copy it again, or play another with --bundle", facts)
        else:
            yield Finding("bundle", OK, f"{band.name}: {', '.join(band.tracks)}; {band.hearing}", facts=facts)
    if not found:
        yield Finding("bundle", PROBLEM, "no band is installed", "install musegan-bridge again, or play with --bundle")


def timed_bar(device: str, bundle: str | None) -> Iterator[Finding]:
    """Make bars, as `serve` does, and say how long each takes and what that leaves at a fast tempo."""
    from musegan_bridge.generate import generate
    from musegan_models import bundle as bundles
    from musegan_models.model import DeviceError, Model

    try:
        model = Model(bundles.load(bundle or bundles.pretrained()), device)
    except bundles.BundleError:  # said already
        return
    except DeviceError as error:
        yield Finding("device", PROBLEM, str(error), "serve --device auto", {"device": device})
        return
    provider, reason = model.provider, model.reason
    yield Finding("device", OK, f"{provider}: {reason}", facts={"device": device, "provider": provider, "why": reason})
    bars = generate(model, n_bars=BARS + 1, seed=0)
    next(bars)  # what is done once
    times = [_seconds(lambda: next(bars)) * 1000 for _ in range(BARS)]
    p50, p99 = quantile(times, 0.5), quantile(times, 0.99)
    beat = 60_000 / FAST
    facts = {"p50": p50, "p99": p99, "bars": BARS, "slack": beat - p99, "tempo": FAST, "provider": provider}
    text = (
        f"{p50:.1f} ms (p50), {p99:.1f} ms (p99) of {BARS}; at {FAST:g} beats a minute a bar that is asked for a beat "
        f"before its downbeat has {beat - p99:.0f} ms to spare"
    )
    if p99 < beat / 4:
        yield Finding("a bar", OK, text, facts=facts)
    elif p99 < beat:
        yield Finding("a bar", NOTE, text, "close what computes beside it, or commit earlier: --commit 2", facts)
    else:
        yield Finding("a bar", PROBLEM, text, "bars will be late: close what computes beside it, or play slower", facts)


def timer(clock: Callable[[], float] = time.perf_counter, sleep: Callable[[float], object] = time.sleep) -> Finding:
    """Say how late this machine wakes a program that sleeps, as the server does between messages."""
    late = []
    due = clock()
    for _ in range(TICKS):
        due += TICK
        sleep(max(0.0, due - clock()))
        late.append((clock() - due) * 1000)
    p50, p99 = quantile(late, 0.5), quantile(late, 0.99)
    text = f"wakes {p50:.2f} ms late (p50), {p99:.2f} ms (p99)"
    facts = {"p50": p50, "p99": p99, "worst": max(late)}
    if p99 < 2:
        return Finding("timer", OK, text, facts=facts)
    advice = "the machine is busy or saves power; timetags and bars do not suffer, MIDI out does"
    return Finding("timer", NOTE if p99 < 20 else PROBLEM, text, advice, facts)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which that share of the values is.

    >>> quantile([3.0, 1.0, 2.0], 0.5)
    2.0
    """
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=1000, method="inclusive")[round(share * 1000) - 1]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# Other instruments


def midi_ports() -> Iterator[Finding]:
    """Say which MIDI ports there are."""
    from musegan_bridge.midi.ports import MidiError, ports

    try:
        inputs, outputs = ports()
    except MidiError as error:
        yield Finding("MIDI", NOTE, str(error), "nothing, unless you play over MIDI")
        return
    for title, names, option in (("MIDI in", inputs, "--midi-in"), ("MIDI out", outputs, "--midi-out")):
        facts = {"ports": names}
        if names:
            yield Finding(title, OK, ", ".join(names), facts=facts)
        else:
            advice = f"{option} virtual makes one, where the system can; else plug one in"
            yield Finding(title, NOTE, "no ports", advice, facts)


def link_peers() -> Finding:
    """Say who else is in this network's Link session."""
    from musegan_bridge.stage.link import Link, LinkError

    met = threading.Event()
    try:
        session = Link(120.0, changed=met.set)
    except LinkError as error:
        return Finding("Link", NOTE, str(error), "nothing, unless you play with Ableton Link", {"installed": False})
    try:
        deadline = time.monotonic() + LINK_SECONDS
        while not session.peers and (left := deadline - time.monotonic()) > 0 and met.wait(left):
            met.clear()  # it was the tempo
        peers, fix = session.peers, session.fix(time.time())
    finally:
        session.close()
    facts = {"installed": True, "peers": peers, "tempo": fix.tempo}
    if peers:
        return Finding(
            "Link", OK, f"{peers} peers at {fix.tempo:g} beats a minute: --clock link joins them", facts=facts
        )
    text = f"works; nobody else was there within {LINK_SECONDS:g} s"
    return Finding("Link", OK, text, facts=facts)
