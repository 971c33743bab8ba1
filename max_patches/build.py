"""Build the Max for Live device and the Max patch: `python -m max_patches.build`. It must not know the model.

The two files are committed; a test builds them again and compares the bytes.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from max_patches.patcher import Box, Patcher, Rect, device_bytes, patch_text, project
from max_patches.player import TRACKS, player

NAME = "MuseGAN Bridge"
SERVER_PORT = 57120  # the default of musegan-bridge serve
OWN_PORT = 7401
RENEW = 10_000  # milliseconds; the lease is three times as long, so that two lost datagrams do no harm
LEASE = 30  # seconds
WATCH = 20  # milliseconds between two looks at the transport; far below a beat, and nothing waits for it
WIDTH = 280
HEIGHT = 169  # pixels: what Live shows of a device

TYPE_FLOAT, TYPE_ENUM = 0, 2  # a Live parameter of type int ends at 255: ports are floats shown as ints
UNIT_INT, UNIT_NATIVE = 0, 9
AUTOMATED, STORED, HIDDEN = 0, 1, 2  # hidden: neither in the set nor in the undo history


@dataclass(frozen=True, slots=True)
class Parameter:
    """What Live knows of a control."""

    longname: str  # Live stores by it: it must never change, and be the only one of its name in the device
    shortname: str
    info: str  # shown in Live's Info View
    visibility: int
    initial: float = 0
    choices: tuple[str, ...] = ("off", "on")
    limits: tuple[float, float] | None = None  # of a number; None: one of `choices`

    def attributes(self) -> dict[str, Any]:
        """Return the parameter as Max saves it with its box."""
        value: dict[str, Any] = {
            "parameter_longname": self.longname,
            "parameter_shortname": self.shortname,
            "parameter_annotation_name": self.longname,
            "parameter_info": self.info,
            "parameter_invisible": self.visibility,
            "parameter_initial_enable": int(self.visibility != HIDDEN),  # a button must not be pressed by loading
            "parameter_initial": [self.initial],
            "parameter_modmode": 0,
        }
        if self.limits is None:
            value |= {
                "parameter_type": TYPE_ENUM,
                "parameter_enum": list(self.choices),
                "parameter_mmax": len(self.choices) - 1,
                "parameter_unitstyle": UNIT_NATIVE,
            }
        else:
            value |= {
                "parameter_type": TYPE_FLOAT,
                "parameter_mmin": self.limits[0],
                "parameter_mmax": self.limits[1],
                "parameter_unitstyle": UNIT_INT,
            }
        return {
            "parameter_enable": 1,
            "varname": self.longname,
            "annotation": self.info,
            "annotation_name": self.longname,
            "saved_attribute_attributes": {"valueof": value},
        }


def watch() -> Patcher:
    """Look at the transport and say what changed."""
    p = Patcher()
    started = p.outlet("bang: it started", 20, 260)
    stopped = p.outlet("bang: it stopped", 120, 260)
    tempo = p.outlet("beats a minute", 320, 260)
    transport = p.chain(p.add(f"metro {WATCH} @active 1", 20, 20), p.add("transport", 20, 60))
    # change starts at 0: a set that is opened stopped says nothing, and does not stop a band that plays for others.
    p.connect(transport, 6, changed := p.add("change", 20, 120))
    state = p.chain(changed, p.add("sel 1 0", 20, 160))
    p.connect(state, 0, started)
    p.connect(state, 1, stopped)
    p.connect(transport, 4, limited := p.add("clip 20. 400.", 320, 120))  # what the server takes
    p.chain(limited, p.add("change 0.", 320, 160), p.add("speedlim 100", 320, 200), tempo)
    return p


def commands() -> Patcher:
    """Say to the server what the player does. Before /musegan/play goes the tempo: the server may be new."""
    p = Patcher()
    started = p.inlet("bang: play", 20)
    tempo = p.inlet("beats a minute", 220)
    stopped = p.inlet("bang: stop", 360)
    panic = p.inlet("bang: panic", 500)
    phrase = p.inlet("bang: new phrase", 660)
    out = p.outlet("to the server", 20, 260)
    order = p.chain(started, p.add("t b b", 20, 60))
    now = p.chain(tempo, p.add("f 120.", 220, 100))
    p.connect(order, 1, now)
    p.chain(now, p.add("prepend /musegan/tempo", 220, 160), out)
    p.chain(order, p.message("/musegan/play", 20, 160), out)
    p.chain(stopped, p.message("/musegan/stop", 400, 160), out)
    p.chain(panic, p.message("/musegan/panic", 520, 160), out)
    p.chain(phrase, p.message("/musegan/gen", 660, 160), out)
    return p


def subscribe() -> Patcher:
    """Ask the server for bars, again and again. It must be told our port: udpsend sends from another one."""
    p = Patcher()
    port = p.inlet("own port", 20)
    again = p.inlet("bang: subscribe now", 220)
    out = p.outlet("to the server", 20, 320)
    listen = p.outlet("to udpreceive", 320, 320)
    renewed = p.outlet("bang: subscribed", 480, 320)
    order = p.chain(port, p.add("t b i i", 20, 60))
    stored = p.add(f"i {OWN_PORT}", 20, 140)
    p.connect(order, 2, to_listen := p.add("prepend port", 320, 100))
    p.chain(to_listen, listen)
    p.connect(order, 1, stored, 1)
    p.chain(order, stored)
    p.chain(again, stored)
    p.chain(p.add(f"metro {RENEW} @active 1", 420, 60), stored)
    both = p.chain(stored, p.add("t b i", 20, 180))
    p.connect(both, 1, words := p.message(f"/musegan/subscribe bar $1 {LEASE}.", 20, 260))
    p.chain(words, out)
    p.connect(both, 0, renewed)
    return p


def follow() -> Patcher:
    """Send what the musician plays, while Follow is on, and say which track it is."""
    p = Patcher()
    notes = p.inlet("pitch velocity", 20)
    on = p.inlet("follow: 0 or 1", 220)
    track = p.inlet("track: 0..4", 420)
    renewed = p.inlet("bang: say it again, the server may be new", 560)
    out = p.outlet("to the server", 20, 400)
    order = p.chain(on, p.add("change", 220, 60), p.add("t i i i", 220, 100))
    let_notes = p.add("gate", 20, 140)
    let_track = p.add("gate", 420, 140)
    p.connect(order, 2, let_notes)
    p.connect(order, 1, let_track)
    p.connect(notes, 0, let_notes, 1)
    p.chain(let_notes, p.add("prepend /musegan/in/note", 20, 300), out)
    stored = p.add("i", 420, 180)
    changed = p.chain(track, p.add("t b i", 420, 60))
    p.connect(changed, 1, stored, 1)
    p.connect(changed, 0, let_track, 1)
    p.connect(renewed, 0, let_track, 1)
    p.chain(let_track, stored)
    switched = p.chain(order, p.add("sel 1 0", 220, 180))
    p.connect(switched, 0, stored)
    p.connect(switched, 1, nobody := p.message("/musegan/in/track none", 220, 240))
    p.chain(nobody, out)
    name = p.chain(stored, p.add(f"sel {' '.join(str(i) for i in range(len(TRACKS)))}", 420, 220))
    for i, word in enumerate(TRACKS):
        p.connect(name, i, words := p.message(f"/musegan/in/track {word}", 220 + 210 * (i % 3), 300 + 40 * (i // 3)))
        p.chain(words, out)
    return p


def light() -> Patcher:
    """Be on while the server is heard: it answers every subscription, so that silence means it is not there."""
    p = Patcher()
    heard = p.inlet("bang: the server was heard", 20)
    out = p.outlet("to the light", 20, 220)
    order = p.chain(heard, p.add("t b b", 20, 60))
    p.connect(order, 1, late := p.add(f"delay {RENEW * 5 // 4}", 120, 100))
    p.chain(late, p.message("set 0", 120, 160), out)
    p.chain(order, p.message("set 1", 20, 160), out)
    return p


def label(p: Patcher, text: str, x: int, y: int, shown: Rect) -> Box:
    """Write a word beside a control."""
    return p.control("live.comment", x, y, shown, text=text, textjustification=0)


def button(p: Patcher, word: str, parameter: Parameter, x: int, y: int, shown: Rect) -> Box:
    """Add a button that bangs when it is pressed."""
    return p.control("live.text", x, y, shown, mode=0, text=word, texton=word, **parameter.attributes())


@dataclass(frozen=True, slots=True)
class Joints:
    """Where the rest of a patch is joined to the bridge."""

    player: Box  # outlets: pitch, velocity
    follow: Box  # inlet 0: pitch velocity


def bridge(p: Patcher) -> Joints:
    """Add all that the device and the patch have in common: controls, network, player."""
    p.comment("Built by max_patches/build.py: a change made here is lost at the next build.", 240, 20)
    label(p, NAME, 20, 20, (8, 4, 120, 18))
    lamp = p.control(
        "live.text",
        1000,
        300,
        (180, 6, 92, 16),
        mode=1,
        ignoreclick=1,
        text="no server",
        texton="connected",
        **Parameter("Server Heard", "Heard", "On while the server answers.", HIDDEN).attributes(),
    )
    status = p.control("comment", 640, 420, (8, 142, 264, 20), text="", fontsize=10.0)

    label(p, "Track", 20, 60, (8, 30, 60, 18))
    track = p.control(
        "live.menu",
        20,
        90,
        (8, 48, 80, 18),
        **Parameter("Track", "Track", "The player of the band that this device is.", AUTOMATED, 0, TRACKS).attributes(),
    )
    on = p.control(
        "live.text",
        1100,
        90,
        (96, 48, 80, 18),
        mode=1,
        text="Follow",
        texton="Follow",
        **Parameter(
            "Follow", "Follow", "You play this track: the band leaves it to you and follows your notes.", AUTOMATED
        ).attributes(),
    )
    stop, play, panic, phrase = (
        button(p, word, Parameter(longname, word, info, HIDDEN), 240 + 110 * i, 90, shown)
        for i, (word, longname, info, shown) in enumerate(
            (
                ("Stop", "Stop Band", "Stop the band.", (76, 76, 62, 20)),
                ("Play", "Play Band", "Start the band with a new phrase.", (8, 76, 62, 20)),
                ("Panic", "Panic", "Silence everything now, and stop the band.", (210, 76, 62, 20)),
                ("Phrase", "New Phrase", "Begin a new phrase at the next bar that is not planned.", (143, 76, 62, 20)),
            )
        )
    )
    label(p, "Server port", 700, 60, (8, 104, 80, 18))
    server_port = p.control(
        "live.numbox",
        700,
        90,
        (8, 122, 62, 16),
        **Parameter(
            "Server Port", "Server", "UDP port that the server listens on.", STORED, SERVER_PORT, limits=(1024, 65535)
        ).attributes(),
    )
    label(p, "Own port", 800, 60, (96, 104, 80, 18))
    own_port = p.control(
        "live.numbox",
        800,
        90,
        (96, 122, 62, 16),
        **Parameter(
            "Own Port",
            "Own",
            "UDP port that this device listens on. Each device needs one of its own.",
            STORED,
            OWN_PORT,
            limits=(1024, 65535),
        ).attributes(),
    )

    receive = p.add(f"udpreceive {OWN_PORT}", 20, 240)
    send = p.add(f"udpsend 127.0.0.1 {SERVER_PORT}", 700, 560)
    heard = p.chain(receive, p.add("t l b", 20, 280))
    addresses = ("bar/begin", "bar/notes", "bar/end", "silence", "error", "subscribe/reply")
    sort = p.chain(heard, p.add(f"route {' '.join(f'/musegan/{address}' for address in addresses)}", 20, 340))
    lamps = p.subpatcher("Light", light(), 1000, 240)
    p.connect(heard, 1, lamps)
    p.chain(lamps, lamp)
    p.connect(sort, 4, problem := p.add("prepend set", 640, 380))
    p.chain(problem, status)
    p.connect(sort, 5, fine := p.message("set", 760, 380))  # the server answers: what was wrong is over
    p.chain(fine, status)

    forget = p.add("t b", 400, 380)
    plays = p.subpatcher("Player", player(), 20, 440)
    for i in range(3):
        p.connect(sort, i, plays, i)
    p.connect(sort, 3, forget)
    p.connect(forget, 0, plays, 4)
    says = p.subpatcher("Commands", commands(), 400, 500)
    p.chain(says, send)
    watches = p.subpatcher("WatchTransport", watch(), 400, 160)
    p.connect(watches, 0, says, 0)
    p.connect(watches, 2, says, 1)
    p.connect(watches, 1, stops := p.add("t b b", 280, 160))
    p.chain(stop, stops)
    p.connect(stops, 1, forget)
    p.connect(stops, 0, says, 2)
    p.connect(play, 0, says, 0)
    panics = p.chain(panic, p.add("t b b", 560, 160))
    p.connect(panics, 1, forget)
    p.connect(panics, 0, says, 3)
    p.connect(phrase, 0, says, 4)

    asks = p.subpatcher("Subscribe", subscribe(), 800, 200)
    hears = p.subpatcher("Follow", follow(), 1000, 500)
    p.chain(own_port, asks)
    p.chain(asks, send)
    p.connect(asks, 1, receive)
    p.connect(asks, 2, hears, 3)
    to = p.chain(server_port, p.add("t b i", 700, 140))
    p.connect(to, 1, to_port := p.add("prepend port", 760, 160))
    p.chain(to_port, send)
    p.connect(to, 0, asks, 1)

    chosen = p.chain(track, p.add("t i i b", 20, 140))  # end the old track's notes, then change
    p.connect(chosen, 2, forget)
    p.connect(chosen, 1, plays, 3)
    p.connect(chosen, 0, hears, 2)
    p.connect(on, 0, hears, 1)
    p.chain(hears, send)
    return Joints(plays, hears)


def device() -> dict[str, Any]:
    """Return the Max for Live device: MIDI in goes through untouched, the band is added."""
    p = Patcher()
    joints = bridge(p)
    out = p.add("midiout", 20, 680)
    both = p.chain(p.add("midiin", 1100, 340), p.add("t i i", 1100, 380))
    p.connect(both, 1, out)
    p.chain(both, p.add("midiparse", 1100, 440), joints.follow)
    note = p.add("pack 0 0", 20, 560)
    p.connect(joints.player, 1, note, 1)
    p.connect(joints.player, 0, note)
    p.chain(note, p.add("midiformat", 20, 620), out)
    return p.as_dict(
        (60, 100, 1280, 760),
        openrect=[0.0, 0.0, WIDTH, HEIGHT],
        openinpresentation=1,
        devicewidth=float(WIDTH),
        parameters=parameters(p),
        dependency_cache=[],
        latency=0,
        is_mpe=0,
        project=project(),
        autosave=0,
    )


def patch() -> dict[str, Any]:
    """Return the Max patch: the same, with a transport of its own, from a MIDI keyboard to a MIDI port."""
    p = Patcher()
    joints = bridge(p)
    label(p, "Transport", 20, 620, (188, 30, 80, 18))
    run = p.control(
        "live.text",
        300,
        620,
        (188, 48, 84, 18),
        mode=1,
        text="Start",
        texton="Running",
        **Parameter("Run Transport", "Run", "Start and stop Max's transport.", STORED).attributes(),
    )
    label(p, "Tempo", 20, 650, (188, 104, 80, 18))
    tempo = p.control(
        "live.numbox",
        420,
        620,
        (188, 122, 62, 16),
        **Parameter(
            "Tempo", "Tempo", "Tempo of Max's transport, in beats a minute.", STORED, 120, limits=(20, 400)
        ).attributes(),
    )
    transport = p.add("transport", 300, 700)
    p.chain(run, transport)
    p.chain(tempo, p.add("prepend tempo", 420, 660), transport)
    out = p.add("noteout", 20, 700)
    p.connect(joints.player, 1, out, 1)
    p.connect(joints.player, 0, out)
    keys = p.add("notein", 1100, 340)
    note = p.add("pack 0 0", 1100, 440)
    p.connect(keys, 1, note, 1)
    p.connect(keys, 0, note)
    p.chain(note, joints.follow)
    return p.as_dict((60, 100, 1280, 800), openinpresentation=1, parameters=parameters(p), dependency_cache=[])


def parameters(p: Patcher) -> dict[str, Any]:
    """Return the list of parameters that Max keeps with a patcher, and the one bank of Push."""
    values = {
        box.id: box.attributes["saved_attribute_attributes"]["valueof"]
        for box in p.boxes
        if box.attributes.get("parameter_enable")
    }
    shown = [v["parameter_longname"] for v in values.values() if v["parameter_invisible"] == AUTOMATED]
    bank = {"index": 0, "name": "", "parameters": shown + ["-"] * (8 - len(shown))}
    return {
        **{key: [v["parameter_longname"], v["parameter_shortname"], 0] for key, v in values.items()},
        "parameterbanks": {"0": bank},
        "inherited_shortname": 1,
    }


def build(folder: Path) -> None:
    """Write both files into `folder`."""
    folder.joinpath(f"{NAME}.amxd").write_bytes(device_bytes(device()))
    folder.joinpath(f"{NAME}.maxpat").write_bytes(patch_text(patch()).encode())


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent, help="where to write the files")
    build(parser.parse_args().folder)


if __name__ == "__main__":
    main()
