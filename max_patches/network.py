"""The way to the server and to the other devices: one socket for a whole set, in the Band device.

Everything else reaches it by names of Max's own, which all devices of a set share: `musegan.1.out` to the server, and
`musegan.1.in` with all that it says. So a set needs one port, however many tracks it has; the number is the band's,
so that two Band devices can play two servers. It must not know what any message means, but for those that keep it
connected.
"""

from __future__ import annotations

from max_patches.patcher import Box, Patcher

HOST, SERVER_PORT = "127.0.0.1", 57120  # the default of musegan-bridge serve
FIRST_PORT = 7401  # where band 1 listens
PORTS = 10  # that a band tries, if other programs hold the first ones
BANDS = 8
RENEW = 2000  # milliseconds; so soon a server is found that was started again
LEASE = 10  # seconds: of five datagrams, four may be lost
LOST = 5000  # milliseconds of silence after which the server counts as gone
LOOKAHEAD = 16  # beats of the plan that are asked for


def find_port() -> Patcher:
    """Find a free port: listen on one, send a number to it, and go to the next one if the number is not heard.

    Max does not say whether udpreceive got its port.
    """
    p = Patcher()
    band = p.inlet("number of the band, from 1", 20)
    heard = p.inlet("number that was sent", 520)
    listen = p.outlet("to udpreceive", 20, 460)
    send = p.outlet("to udpsend, which sends to ourselves", 220, 460)
    found = p.outlet("the port", 520, 460)
    # An int into the left inlet of i is a try: the first one, or the one after the last.
    again = p.chain(band, p.add(f"expr {FIRST_PORT}+{PORTS}*($i1-1)", 20, 60), p.add("t b i", 20, 100))
    tried, port = p.add("i", 20, 160), p.add("i", 520, 300)
    number = p.add(f"+ {FIRST_PORT}", 20, 230)
    p.connect(again, 1, number, 1)
    p.chain(again, p.message("0", 20, 130), tried)
    last = p.add("i", 120, 350)
    both = p.chain(tried, p.add("t i i", 20, 200))
    p.connect(both, 1, last, 1)
    p.chain(both, number)
    each = p.chain(number, p.add("t b i i i", 20, 260))
    p.connect(each, 3, port, 1)
    p.connect(each, 2, to_listen := p.add("prepend port", 20, 420))
    p.chain(to_listen, listen)
    p.connect(each, 1, to_send := p.add("prepend port", 220, 420))
    p.chain(to_send, send)
    # A new number for each try, so that neither an old one nor another device's counts.
    tell = p.chain(each, p.add("t b b b", 220, 280))
    told, same = p.add("i", 220, 360), p.add("== -1", 520, 120)
    p.connect(tell, 2, draw := p.add("random 1000000", 320, 300))
    drawn = p.chain(draw, p.add("t i i", 320, 330))
    p.connect(drawn, 1, told, 1)
    p.connect(drawn, 0, same, 1)
    p.connect(tell, 1, soon := p.add("delay 100", 220, 320))
    p.chain(soon, told, p.add("prepend /musegan/probe", 220, 390), send)
    p.connect(tell, 0, late := p.add("delay 600", 120, 320))
    p.chain(late, last, p.add("+ 1", 120, 380), p.add(f"% {PORTS}", 120, 410), tried)
    done = p.chain(heard, same, p.add("sel 1", 520, 160), p.add("t b b", 520, 200))
    p.connect(done, 1, stop := p.message("stop", 600, 240))
    p.chain(stop, late)
    p.chain(done, port, found)
    return p


def alone() -> Patcher:
    """Say whether this is the one device that speaks for its band: of several, as help patches have, one has to.

    Each says a number of its own again and again; who hears a larger one is silent, until that one is gone.
    """
    p = Patcher()
    band = p.inlet("number of the band, from 1", 20)
    loaded = p.inlet("bang: begin", 120)
    out = p.outlet("1: this one speaks; 0: another one does", 420, 360)
    drawn = p.chain(loaded, p.add("random 1000000", 20, 60), p.add("t i i", 20, 100))
    larger, own = p.add("expr $i1>$i2", 420, 180), p.add("i", 20, 180)
    says, hears = p.subpatcher("ToBands", speak("band"), 20, 240), p.subpatcher("FromBands", listen("band"), 420, 120)
    number = p.chain(band, p.add("t i i", 220, 60))
    p.connect(number, 1, hears)
    p.connect(number, 0, says, 1)
    p.connect(drawn, 1, both := p.add("t i i", 120, 140))
    p.connect(both, 1, larger, 1)
    p.connect(both, 0, own, 1)
    p.chain(drawn, says)
    p.chain(p.add(f"metro {RENEW} @active 1", 120, 60), own, says)
    other = p.chain(hears, larger, p.add("sel 1", 420, 220), p.add("t b b", 420, 250))
    changes = p.add("change 1", 420, 320)
    p.connect(other, 1, late := p.add(f"delay {LOST}", 520, 280))
    p.chain(late, p.message("1", 520, 300), changes)
    p.chain(other, p.message("0", 420, 290), changes, out)
    return p


def subscribe() -> Patcher:
    """Ask the server for bars, again and again, and for what it hears and expects of the musician.

    It must be told our port: udpsend sends from another one.
    """
    p = Patcher()
    port = p.inlet("the port that we listen on", 20)
    again = p.inlet("bang: subscribe now", 320)
    leave = p.inlet("bang: unsubscribe, for another server comes", 620)
    out = p.outlet("to the server", 20, 300)
    # Unsubscribe first: what a set that was closed just now had set is not ours, and the server shall call us new.
    order = p.chain(port, p.add("t b i i b", 20, 60))
    stored, ready = p.add("i", 20, 180), p.add("gate", 320, 140)
    p.connect(order, 3, is_found := p.message("1", 220, 100))
    p.connect(order, 2, both := p.add("t i i", 120, 100))
    p.connect(both, 1, stored, 1)
    p.connect(order, 1, left := p.message("/musegan/unsubscribe $1", 120, 240))
    p.chain(left, out)
    p.chain(order, stored)
    p.connect(again, 0, ready, 1)
    p.connect(p.add(f"metro {RENEW} @active 1", 420, 60), 0, ready, 1)
    p.chain(ready, stored)
    known = p.add("gate", 620, 140)
    p.connect(leave, 0, known, 1)
    p.connect(is_found, 0, opens := p.add("t i i", 220, 120))
    p.connect(opens, 1, known)
    p.chain(opens, ready)
    p.chain(known, old := p.add("i", 620, 180), left)
    p.connect(both, 0, old, 1)
    p.chain(stored, p.message(f"/musegan/subscribe bar $1 {LEASE}. {LOOKAHEAD}. 0. 1 1", 20, 260), out)
    return p


def light() -> Patcher:
    """Be on while the server is heard: it answers every subscription, so that silence means it is not there."""
    p = Patcher()
    heard = p.inlet("bang: the server was heard", 20)
    gone = p.inlet("bang: the server said that it goes", 220)
    out = p.outlet("to the light", 20, 220)
    order = p.chain(heard, p.add("t b b", 20, 60))
    p.connect(order, 1, late := p.add(f"delay {LOST}", 120, 100))
    p.chain(late, off := p.message("set 0", 120, 160), out)
    p.chain(order, p.message("set 1", 20, 160), out)
    p.chain(gone, off)
    return p


def listen(name: str) -> Patcher:
    """Hear what is sent to a name of the band."""
    p = Patcher()
    band = p.inlet("number of the band, from 1", 20)
    out = p.outlet(f"what is sent to musegan.<band>.{name}", 20, 180)
    p.chain(band, p.add(f"sprintf set musegan.%ld.{name}", 20, 60), p.add("receive", 20, 120), out)
    return p


def speak(name: str) -> Patcher:
    """Send to a name of the band."""
    p = Patcher()
    said = p.inlet(f"to musegan.<band>.{name}", 20)
    band = p.inlet("number of the band, from 1", 220)
    out = p.add(f"forward musegan.1.{name}", 20, 140)
    p.chain(band, p.add(f"sprintf send musegan.%ld.{name}", 220, 80), out)
    p.chain(said, out)
    return p


def heard() -> Patcher:
    """Sort what comes from the server, in a device that has no socket of its own."""
    p = Patcher()
    said = p.inlet("messages of the server", 20)
    names = ("/musegan/bar/begin", "/musegan/bar/notes", "/musegan/bar/end")
    outs = [p.outlet(name, 20 + 140 * i, 340) for i, name in enumerate(names)]
    silence = p.outlet("bang: silence", 440, 340)
    lamp = p.outlet("to the light", 560, 340)
    new = p.outlet("bang: the server knows nothing of us", 680, 340)
    order = p.chain(said, p.add("t l b", 20, 60))
    lights = p.subpatcher("Light", light(), 560, 260)
    p.connect(order, 1, lights)
    p.chain(lights, lamp)
    sort = p.chain(order, p.add(f"route {' '.join(names)} /musegan/silence /musegan/subscribe/reply", 20, 120))
    for i, out in enumerate(outs):
        p.connect(sort, i, out)
    ends = p.add("t l b", 300, 160)
    p.connect(sort, 3, ends)
    p.connect(ends, 1, silence)
    p.chain(ends, quits := p.add("sel quit", 300, 200))
    p.connect(quits, 0, lights, 1)
    p.connect(sort, 4, fields := p.add("unpack s 0 0. 0", 460, 160))
    p.connect(fields, 3, is_new := p.add("sel 1", 520, 200))
    p.connect(is_new, 0, new)
    return p


def socket(p: Patcher, x: int, y: int) -> tuple[Box, Box, Box]:
    """Add udpreceive and what finds its port; return the receiver's messages, the finder and the sender to the server.

    The finder takes the number of the band; its third outlet is the port.
    """
    receive = p.add(f"udpreceive {FIRST_PORT}", x, y)
    mine = p.chain(receive, p.add("route /musegan/probe", x, y + 40))
    finder = p.subpatcher("FindPort", find_port(), x + 200, y)
    p.connect(mine, 0, finder, 1)
    p.connect(finder, 0, receive)
    p.connect(finder, 1, p.add(f"udpsend {HOST} {FIRST_PORT}", x + 200, y + 60))
    return mine, finder, p.add(f"udpsend {HOST} {SERVER_PORT}", x + 400, y + 60)
