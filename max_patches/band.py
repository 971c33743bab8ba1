"""MuseGAN Band: the way to the server, the host's beat, and the controls of the whole band."""

from __future__ import annotations

from max_patches.band_controls import SOURCES, Controls, band_controls
from max_patches.host import host
from max_patches.network import RENEW, alone, heard, listen, socket, speak, subscribe
from max_patches.patcher import Box, Patcher
from max_patches.player import TRACKS

SHOWN = 8000  # milliseconds that a refusal is shown
GATHER = 50  # milliseconds in which the Follow devices answer


def followed() -> Patcher:
    """Ask all Follow devices which tracks are taken, and tell the server when that has changed.

    One message takes all tracks at once, so that only this device can send it: each of the others knows but its own.
    """
    p = Patcher()
    ask = p.inlet("bang: ask them", 20)
    taken = p.inlet("2 to the power of a track", 320)
    new = p.inlet("bang: the server knows nothing of us", 520)
    asks = p.outlet("bang: who follows?", 20, 520)
    out = p.outlet("to the server", 320, 520)
    order = p.chain(ask, p.add("t b b b", 20, 60))
    every, changed = p.add("| 0", 320, 160), p.add("change", 120, 240)
    stored = p.add("i", 120, 200)
    p.connect(order, 2, none := p.message("0", 220, 100))
    both = p.chain(none, p.add("t i i", 220, 130))
    p.connect(both, 1, every, 1)
    p.connect(both, 0, stored, 1)
    p.connect(order, 1, asks)
    p.chain(order, p.add(f"delay {GATHER}", 120, 160), stored, changed)
    sums = p.chain(taken, every, p.add("t i i", 320, 190))
    p.connect(sums, 1, every, 1)
    p.connect(sums, 0, stored, 1)
    p.chain(new, p.message("set 0", 520, 200), changed)
    choices = range(2 ** len(TRACKS))
    which = p.chain(changed, p.add(f"sel {' '.join(map(str, choices))}", 120, 280))
    for bits in choices:
        names = " ".join(name for i, name in enumerate(TRACKS) if bits >> i & 1) or "none"
        words = f'"{names}"' if " " in names else names
        p.connect(
            which, bits, said := p.message(f"/musegan/in/track {words}", 20 + 170 * (bits % 8), 320 + 40 * (bits // 8))
        )
        p.chain(said, out)
    return p


def address() -> Patcher:
    """Join the four numbers of the server's address."""
    p = Patcher()
    numbers = [p.inlet(f"number {i + 1}", 20 + 120 * i) for i in range(4)]
    out = p.outlet("to udpsend", 20, 200)
    words = p.add("sprintf host %ld.%ld.%ld.%ld", 20, 140)
    for i in (1, 2, 3):
        order = p.chain(numbers[i], p.add("t b i", 20 + 120 * i, 60))
        p.connect(order, 1, words, i)
        p.chain(order, words)
    p.chain(numbers[0], words)
    p.chain(words, out)
    return p


def sync() -> Patcher:
    """Tell the server whose beat to keep, then where ours is."""
    p = Patcher()
    chosen = p.inlet("0: ours, 1: Link's, 2: its own", 20)
    out = p.outlet("to the server", 20, 260)
    keeps = p.outlet("1: it keeps ours", 320, 260)
    now = p.outlet("bang: report now", 480, 260)
    order = p.chain(chosen, p.add("t b i i", 20, 60))
    p.connect(order, 2, is_ours := p.add("== 0", 320, 120))
    p.chain(is_ours, keeps)
    p.connect(order, 1, which := p.add("sel 0 1 2", 20, 120))
    for i, source in enumerate(SOURCES):
        p.connect(which, i, words := p.message(f"/musegan/clock/source {source}", 20 + 190 * i, 200))
        p.chain(words, out)
    p.connect(order, 0, now)
    return p


def band(p: Patcher, host_name: str) -> tuple[Box, Box, Controls]:
    """Add all that the device and the Max patch have in common.

    Return a box whose first outlet has what comes from the server, where the bang of loading goes, and the controls.
    """
    found = band_controls(p, host_name)
    seen = found.seen
    received, finder, wire = socket(p, 20, 700)
    # Of several devices of one number one speaks, so that nothing is said or played twice.
    one = p.subpatcher("Alone", alone(), 820, 860)
    send, let_in = p.add("gate 1 1", 420, 740), p.add("gate 1 1", 20, 770)
    p.chain(send, wire)
    # All that the server says goes to all devices of this band, this one included.
    from_server = p.add("t l l l l l", 20, 800)
    p.connect(received, 1, let_in, 1)
    p.chain(let_in, from_server)
    sorts = p.subpatcher("Heard", heard(), 120, 860)
    p.connect(from_server, 3, sorts)
    tells = p.subpatcher("ToAll", speak("in"), 20, 900)
    p.connect(from_server, 2, tells)
    p.chain(found.silence, tells)
    screen = p.add("t l l", 320, 830)
    p.connect(from_server, 1, screen)
    p.connect(screen, 1, seen["plan"])
    p.connect(screen, 0, seen["chords"])
    p.chain(p.add("metro 100 @active 1", 320, 800), screen)
    p.connect(sorts, 4, seen["light"])

    asks = p.subpatcher("Subscribe", subscribe(), 620, 700)
    p.connect(asks, 0, send, 1)
    speaks = p.chain(one, p.add("t i i i", 820, 900))
    p.connect(speaks, 2, turns := p.add("sel 1 0", 820, 940))
    p.connect(speaks, 1, let_in)
    p.connect(speaks, 0, send)
    p.connect(turns, 0, nothing := p.message("set", 820, 980))
    p.chain(nothing, seen["status"])
    p.connect(turns, 1, silent := p.add("t b b", 900, 980))
    p.connect(silent, 1, asks, 2)  # leave the server, while that still can be said
    p.connect(silent, 0, another := p.message("set Another MuseGAN Band has this number.", 900, 1020))
    p.chain(another, seen["status"])
    p.connect(finder, 2, asks)
    others = p.subpatcher("FromAll", listen("out"), 820, 700)
    p.connect(others, 0, send, 1)
    to_server = p.add("gate", 520, 600)  # what Live restores one by one is not said: the server may not be known yet
    p.connect(to_server, 0, send, 1)
    p.connect(found.out, 0, to_server, 1)
    beat = p.subpatcher("Host", host(), 1020, 700)
    syncs = p.subpatcher("Sync", sync(), 1020, 640)
    p.chain(seen["sync"], syncs)
    p.connect(syncs, 0, to_server, 1)
    p.connect(syncs, 1, beat, 1)
    p.connect(syncs, 2, beat)
    p.connect(beat, 0, to_server, 1)

    follows = p.subpatcher("Followed", followed(), 1220, 760)
    claims = p.subpatcher("FromFollow", listen("mine"), 1220, 640)
    changes = p.subpatcher("IsChanged", listen("changed"), 1400, 640)
    wants = p.subpatcher("WhoFollows", speak("ask"), 1220, 820)
    p.connect(claims, 0, follows, 1)
    p.chain(changes, follows)
    p.chain(p.add(f"metro {RENEW} @active 1", 1400, 600), follows)
    p.connect(follows, 0, wants)
    p.connect(follows, 1, send, 1)

    # Where the server is: leave the old one, turn to the new one, and ask it at once.
    place = p.subpatcher("Address", address(), 620, 560)
    for i in range(4):
        p.connect(seen[f"host {i + 1}"], 0, place, i)
    for box, x, words in ((place, 620, "t b l b"), (seen["port"], 820, "t b i b")):
        order = p.chain(box, p.add(words, x, 600))
        p.connect(order, 2, asks, 2)
        if box is place:
            p.connect(order, 1, wire)
        else:
            p.connect(order, 1, to_port := p.add("prepend port", x, 640))
            p.chain(to_port, wire)
        p.connect(order, 0, asks, 1)
    search = p.add("gate", 320, 660)
    number = p.chain(seen["band"], p.add("t i i i i i i i", 320, 620))
    p.connect(number, 0, search, 1)
    p.chain(search, finder)
    for i, box in enumerate((others, claims, changes), start=1):
        p.connect(number, i, box)
    p.connect(number, 4, wants, 1)
    p.connect(number, 5, tells, 1)
    p.connect(number, 6, one, 0)

    # A server that knows nothing of us is told whose beat it keeps, then all the rest, then who follows.
    new = p.add("t b b b", 120, 920)
    p.connect(sorts, 5, new)
    p.connect(new, 2, follows, 2)
    p.connect(new, 1, push := p.message("outputvalue", 220, 920))
    values = [*reversed(found.pushed), seen["sync"]]
    each = p.chain(push, p.add(f"t {' '.join('l' * len(values))}", 220, 960))
    for i, box in enumerate(values):
        p.connect(each, i, box)
    p.connect(new, 0, follows)

    # All that the set keeps is there now: where the server is, then the number of the band, which begins it all.
    loaded = p.add("t b b b", 520, 500)
    p.connect(loaded, 2, one, 1)
    p.connect(loaded, 1, opens := p.add("t 1 1", 620, 500))
    p.connect(opens, 1, to_server)
    p.connect(opens, 0, search)
    values = [seen["band"], seen["port"], *(seen[f"host {i + 1}"] for i in reversed(range(4)))]
    first = p.chain(loaded, p.message("outputvalue", 520, 530), p.add("t l l l l l l", 520, 560))
    for i, box in enumerate(values):
        p.connect(first, i, box)

    refused = p.add("route /musegan/error", 420, 830)
    p.connect(from_server, 0, refused)
    shown = p.chain(refused, p.add("t l b", 420, 870))
    p.connect(shown, 1, late := p.add(f"delay {SHOWN}", 520, 900))
    p.chain(late, p.message("set", 520, 930), seen["status"])
    p.chain(shown, p.add("prepend set", 420, 930), seen["status"])
    return from_server, loaded, found
