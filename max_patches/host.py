"""The transport: what Live's or Max's own tells the server, so that the band keeps its beat; it must not know bars."""

from __future__ import annotations

from max_patches.patcher import Patcher
from max_patches.player import TICKS_PER_BEAT

WATCH = 20  # milliseconds between two looks at the transport; far below a beat, and nothing waits for it


def watch() -> Patcher:
    """Look at the transport and say what changed."""
    p = Patcher()
    started = p.outlet("bang: it started", 20, 260)
    stopped = p.outlet("bang: it stopped", 120, 260)
    tempo = p.outlet("bang: it has another tempo", 320, 260)
    transport = p.chain(p.add(f"metro {WATCH} @active 1", 20, 20), p.add("transport", 20, 60))
    # change starts at 0: a set that is opened stopped says nothing of it here.
    p.connect(transport, 6, changed := p.add("change", 20, 120))
    state = p.chain(changed, p.add("sel 1 0", 20, 160))
    p.connect(state, 0, started)
    p.connect(state, 1, stopped)
    p.connect(transport, 4, changes := p.add("change 0.", 320, 120))
    p.chain(changes, p.add("speedlim 100", 320, 160), p.add("t b", 320, 200), tempo)
    return p


def report() -> Patcher:
    """Say where the transport is: /musegan/host beat tempo playing."""
    p = Patcher()
    now = p.inlet("bang: say it now", 20)
    out = p.outlet("to the server", 20, 300)
    transport = p.chain(now, p.add("transport", 20, 60))
    # Right to left: ticks, whether it runs, tempo; the bar leaves last, and then all is known.
    ticks, words = p.add("f", 20, 140), p.add("pack 0. 120. 0", 20, 220)
    p.connect(transport, 7, ticks, 1)
    p.connect(transport, 6, words, 2)
    p.connect(transport, 4, tempo := p.add("clip 20. 400.", 220, 140))  # what the server takes
    p.connect(tempo, 0, words, 1)
    p.chain(transport, p.add("t b", 20, 100), ticks, p.add(f"/ {TICKS_PER_BEAT}.", 20, 180), words)
    p.chain(words, p.add("prepend /musegan/host", 20, 260), out)
    return p


def host() -> Patcher:
    """Report each beat and each change, while the band keeps this transport's beat; start and stop the band with it."""
    p = Patcher()
    now = p.inlet("bang: report now", 220)
    keeps = p.inlet("1: the band keeps our beat", 420)
    out = p.outlet("to the server", 20, 340)
    says, let = p.subpatcher("Report", report(), 20, 200), p.add("gate", 20, 260)
    p.chain(p.add(f"metro {TICKS_PER_BEAT} ticks @active 1 @quantize {TICKS_PER_BEAT} ticks", 20, 60), says)
    p.chain(now, says)
    p.connect(says, 0, let, 1)
    p.chain(keeps, let, out)
    watches = p.subpatcher("WatchTransport", watch(), 520, 60)
    # First where the beat is, then that the band shall play on it.
    for i, (word, x) in enumerate((("play", 520), ("stop", 660))):
        p.connect(watches, i, order := p.add("t b b", x, 120))
        p.connect(order, 1, says)
        p.connect(order, 0, words := p.message(f"/musegan/{word}", x, 240))
        p.chain(words, out)
    p.connect(watches, 2, says)
    return p
