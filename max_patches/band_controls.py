"""What is seen of MuseGAN Band, and what each control says to the server. It must not know how that is reached."""

from __future__ import annotations

from dataclasses import dataclass, field

from max_patches.chart import chart_controls, join_chart
from max_patches.network import BANDS, HOST, SERVER_PORT
from max_patches.parameters import HIDDEN, STORED, Panel, Parameter
from max_patches.patcher import Box, Patcher, Rect

WIDTH = 1040
PLAN = "musegan.plan.js"
PLAN_RECT: Rect = (164, 6, 240, 70)
LOOPS = (0, 1, 2, 4, 8)  # bars
SECTIONS = ("none", "A", "B", "C", "D")
KEYS = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B",
        "Cm", "C#m", "Dm", "Ebm", "Em", "Fm", "F#m", "Gm", "G#m", "Am", "Bbm", "Bm")  # fmt: skip
SCALES = ("off", "major", "minor", "harmonic-minor", "melodic-minor", "dorian", "phrygian", "lydian", "mixolydian",
          "locrian", "pentatonic", "minor-pentatonic", "blues", "whole-tone")  # fmt: skip
FORMS = ("song", "free", "AABA", "ABAC", "AABB", "ABAB", "ABCB", "AAAB")  # other letters: as a message
LISTENING = ("continuous", "call", "punch", "off")
MODES = ("anticipate", "previous-bar", "same-bar")
SOURCES = ("osc", "link", "internal")  # of the clock, in the order of the menu Sync
BANKS = {
    "Phrase": ("Hold", "Loop", "Section", "Density", "Temperature", "Swing", "Key", "Scale"),
    "Pad and you": ("Pad", "Pad X", "Pad Y", "Walk", "Listen", "Hearing", "Amount", "Call"),
    "Chords": ("Chart", "Chart Chords", "Dynamics"),
    "Form": ("Form", "Variation", "Drafts"),
}


@dataclass(slots=True)
class Controls:
    """The controls by name, and where their messages leave."""

    seen: dict[str, Box]
    out: Box  # a box whose first outlet has all messages
    silence: Box  # the same for what the other devices must hear before the server does
    pushed: list[Box] = field(default_factory=list)  # those whose values the server is told when it is new, in order


def band_controls(p: Patcher, host_name: str) -> Controls:
    """Add all controls; `host_name` is what Sync calls the transport that the device plays on."""
    panel = Panel(p)
    seen: dict[str, Box] = {}
    _server(panel, seen, host_name)
    _phrase(panel, seen)
    _latents(panel, seen)
    _music(panel, seen)
    chart_controls(panel, seen)
    _form(panel, seen)
    found = Controls(seen, p.add("t l", 20, 560), p.message("/musegan/silence stop", 220, 560))
    _say(p, found)
    return found


def _server(panel: Panel, seen: dict[str, Box], host_name: str) -> None:
    panel.label("MuseGAN Band", (8, 4, 86, 18))
    lamp = Parameter("Server Heard", "Heard", "On while the server answers.", HIDDEN)
    seen["light"] = panel.toggle("no server", lamp, (98, 6, 58, 15), "connected", ignoreclick=1)
    panel.label("Sync", (8, 27, 34, 18))
    seen["sync"] = panel.menu(
        Parameter("Sync", "Sync", "Whose beat the band keeps: this transport's, Ableton Link's or its own.", STORED,
                  choices=(host_name, "Link", "Band")), (42, 28, 58, 16))  # fmt: skip
    panel.label("Band", (104, 27, 28, 18))
    seen["band"] = panel.number(
        Parameter("Band", "Band", "Number of this band: Track and Follow devices with the same one belong to it.",
                  STORED, 1, limits=(1, BANDS), unit="int"), (132, 28, 24, 16))  # fmt: skip
    panel.label("Server", (8, 48, 44, 18))
    seen["port"] = panel.number(
        Parameter("Server Port", "Port", "UDP port that the server listens on: musegan-bridge serve says it.", STORED,
                  SERVER_PORT, limits=(1024, 65535), unit="int"), (108, 49, 48, 16))  # fmt: skip
    for i, number in enumerate(HOST.split(".")):
        seen[f"host {i + 1}"] = panel.number(
            Parameter(f"Server Host {i + 1}", f"Host {i + 1}",
                      "Address of the server's machine; 127.0.0.1 is this one.", STORED, int(number), limits=(0, 255),
                      unit="int"), (8 + 38 * i, 69, 34, 16))  # fmt: skip
    seen |= panel.buttons("Band", (
        ("play", "Play", "Let the band play, with a new phrase. The transport's start does the same."),
        ("stop", "Stop", "Let the band be silent. The transport's stop does the same."),
        ("continue", "Continue", "Let the band go on where it stopped, in the same phrase."),
    ), ((8, 92, 44, 20), (56, 92, 44, 20), (104, 92, 52, 20)))  # fmt: skip
    seen["panic"] = panel.button(
        "Panic", Parameter("Panic", "Panic", "Silence everything now, and stop.", HIDDEN), (8, 118, 148, 20)
    )
    seen["status"] = panel.label("", (8, 146, 396, 18))


def _phrase(panel: Panel, seen: dict[str, Box]) -> None:
    seen["screen"] = panel.patcher.screen(1500, 400, PLAN_RECT)
    seen["plan"] = panel.patcher.script_screen(PLAN, 1500, 480, PLAN_RECT)
    seen |= panel.buttons("Phrase", (
        ("now", "New", "A new phrase at the next bar that is not committed."),
        ("next", "Next", "A new phrase when this one is over."),
        ("fill", "Fill", "The next free bar is a fill: more drums, and other ones."),
        ("back", "Back", "The idea of the phrase before."),
    ), [(164 + 61 * i, 82, 57, 18) for i in range(4)])  # fmt: skip
    seen["hold"] = panel.toggle(
        "Hold", Parameter("Hold", "Hold", "This phrase's idea again and again; the notes may still change."),
        (164, 104, 57, 16)
    )  # fmt: skip
    panel.label("Loop", (226, 103, 32, 18))
    seen["loop"] = panel.tabs(
        Parameter("Loop", "Loop", "The last bars again, note for note.",
                  choices=tuple(f"{bars}" if bars else "off" for bars in LOOPS)), (262, 104, 142, 16))  # fmt: skip
    panel.label("Section", (164, 124, 48, 18))
    seen["section"] = panel.tabs(
        Parameter("Section", "Section", "A part of the song. A new one keeps the idea that plays; later it comes back.",
                  choices=SECTIONS), (214, 125, 190, 16))  # fmt: skip


def _latents(panel: Panel, seen: dict[str, Box]) -> None:
    for i, (name, parameter) in enumerate((
        ("density", Parameter("Density", "Density", "How many notes the whole band plays. 100 %: as it learned.",
                              limits=(0.0, 400.0), unit="%", initial=100)),
        ("temperature", Parameter("Temperature", "Temper", "How unusual ideas are. 0 %: always the same; 100 %: as "
                                  "trained.", limits=(0.0, 300.0), unit="%", initial=100)),
        ("swing", Parameter("Swing", "Swing", "Where the second sixteenth falls. 50 %: straight; 66.7 %: a triplet.",
                            limits=(50.0, 75.0), unit="%", initial=50)),
        ("walk", Parameter("Walk", "Walk", "How far the idea wanders, in radians a bar.", limits=(0.0, 1.5),
                           unit="%.2f rad")),
    )):  # fmt: skip
        seen[name] = panel.dial(parameter, 412 + 44 * i, 4)
    for i, axis in enumerate(("X", "Y")):
        seen[axis] = panel.dial(
            Parameter(f"Pad {axis}", f"Pad {axis}", "Place on the pad, whose four corners are four ideas.",
                      limits=(0.0, 100.0), unit="%", initial=50), 412 + 44 * i, 58)  # fmt: skip
    seen["pad"] = panel.toggle(
        "Pad", Parameter("Pad", "Pad", "The idea is that of the pad. Off: phrases draw their own again."),
        (508, 66, 76, 18)
    )  # fmt: skip
    panel.label("Snapshot", (412, 114, 56, 18))
    seen["snapshot"] = panel.number(
        Parameter("Snapshot", "Snap", "Number of the snapshot that the buttons below are for.", STORED, 1,
                  limits=(1, 64), unit="int"), (508, 115, 76, 16))  # fmt: skip
    seen |= panel.buttons("Snapshot", (
        ("save", "Save", "Keep the idea that plays and all controls of the band."),
        ("load", "Load", "Bring idea and controls back at the next free bar."),
        ("morph", "Morph", "Move to it in four bars."),
    ), [(412 + 59 * i, 142, 54, 18) for i in range(3)])  # fmt: skip


def _music(panel: Panel, seen: dict[str, Box]) -> None:
    for i, (name, parameter) in enumerate((
        ("key", Parameter("Key", "Key", "The key that the band plays and hears you in.", choices=KEYS)),
        ("scale", Parameter("Scale", "Scale", "Every note to the nearest one of this scale, on the tonic of the key.",
                            choices=SCALES)),
        ("listen", Parameter("Listen", "Listen", "When your tracks are yours: always, in turns of Call bars, while "
                             "you play, or never.", choices=LISTENING)),
        ("hearing", Parameter("Hearing", "Hearing", "anticipate: the band remembers you, and plays to what you will "
                              "play. previous-bar: to what you played. same-bar: to your last four beats.",
                              choices=MODES)),
    )):  # fmt: skip
        top = 6 + 24 * i
        panel.label(parameter.shortname, (596, top - 1, 44, 18))
        seen[name] = panel.menu(parameter, (640, top, 92, 16))
    seen["amount"] = panel.dial(
        Parameter("Amount", "Amount", "How much the band follows what it knows or expects of you.",
                  limits=(0.0, 100.0), unit="%", initial=100), 596, 108)  # fmt: skip
    seen["dynamics"] = panel.dial(
        Parameter("Dynamics", "Dynamics", "The band gets softer and sparser, or louder and busier, with you.",
                  limits=(0.0, 100.0), unit="%"), 643, 108)  # fmt: skip
    panel.label("Call", (690, 111, 42, 18))
    seen["call"] = panel.number(
        Parameter("Call", "Call", "Bars that you play alone, and that the band answers with.", initial=2,
                  limits=(1, 16), unit="%d bars"), (690, 130, 42, 16))  # fmt: skip


def _form(panel: Panel, seen: dict[str, Box]) -> None:
    panel.label("Form", (940, 5, 92, 18))
    seen["form"] = panel.menu(
        Parameter("Form", "Form", "Which phrases of four bars come back. song: verse, chorus, verse, chorus, bridge, "
                  "chorus. free: none. Letters: the same letter is the same phrase.", choices=FORMS),
        (940, 25, 92, 16)
    )  # fmt: skip
    seen["variation"] = panel.dial(
        Parameter("Variation", "Vary", "How much a phrase differs when it comes back. 0 %: as it was; 100 %: a new "
                  "phrase.", limits=(0.0, 100.0), unit="%"), 940, 54)  # fmt: skip
    panel.label("Drafts", (987, 57, 45, 18))
    seen["drafts"] = panel.number(
        Parameter("Drafts", "Drafts", "Drafts of each bar: the one that is most like songs plays. 1: the first, "
                  "always.", initial=2, limits=(1, 4), unit="int"), (987, 76, 45, 16))  # fmt: skip


def _say(p: Patcher, found: Controls) -> None:
    """Join each control to its message."""
    seen, out = found.seen, found.out
    for i, (name, address) in enumerate({
        "play": "play", "stop": "stop", "continue": "continue", "panic": "panic", "now": "gen/now",
        "next": "gen/phrase", "fill": "fill", "back": "history/back",
    }.items()):  # fmt: skip
        said = p.message(f"/musegan/{address}", 20 + 110 * i, 420)
        p.chain(said, out)
        if name in ("stop", "panic"):  # be silent first, whatever becomes of the server
            order = p.chain(seen[name], p.add("t b b", 20 + 110 * i, 390))
            p.connect(order, 1, found.silence)
            p.chain(order, said)
        else:
            p.chain(seen[name], said)
    numbers = {"hold": "hold", "swing": "swing", "walk": "latent/walk", "call": "in/call",
               "chart heard": "chart/heard", "drafts": "drafts"}  # fmt: skip
    percents = {"density": "density", "temperature": "temperature", "amount": "in/amount", "dynamics": "in/dynamics",
                "variation": "variation"}  # fmt: skip
    words = {"section": "section", "key": "key", "scale": "scale", "listen": "in/listen", "hearing": "in/mode",
             "form": "form"}  # fmt: skip
    for i, (name, address) in enumerate((numbers | percents | words).items()):
        said = p.add(f"prepend /musegan/{address}", 20 + 130 * (i % 8), 460 + 30 * (i // 8))
        p.chain(said, out)
        if name in percents:
            p.chain(seen[name], p.add("/ 100.", 20 + 130 * (i % 8), 440), said)
        else:
            p.connect(seen[name], int(name in words), said)
        found.pushed.append(seen[name])
    turned = p.chain(seen["loop"], p.add("sel 0 1 2 3 4", 1100, 420))
    for i, bars in enumerate(LOOPS):
        p.connect(turned, i, words_of := p.message(f"/musegan/loop {bars}", 1100 + 90 * i, 460))
        p.chain(words_of, out)
    found.pushed.append(seen["loop"])
    pad = p.subpatcher("Pad", _pad(), 1100, 540)
    for i, name in enumerate(("X", "Y", "pad")):
        p.connect(seen[name], 0, pad, i)
    p.chain(pad, out)
    found.pushed += [seen["X"], seen["Y"], seen["pad"]]
    snapshots = p.subpatcher("Snapshots", _snapshots(), 1240, 540)
    for i, name in enumerate(("snapshot", "save", "load", "morph")):
        p.connect(seen[name], 0, snapshots, i)
    p.chain(snapshots, out)
    found.pushed.append(join_chart(p, seen, out, 1380, 540))  # after the key, which the chords may change


def _pad() -> Patcher:
    """Say where the pad is while it is on; say once that it is off."""
    p = Patcher()
    x, y, on = p.inlet("x: 0..100", 20), p.inlet("y: 0..100", 160), p.inlet("on: 0 or 1", 320)
    out = p.outlet("to the server", 20, 320)
    place, let = p.add("pak 0.5 0.5", 20, 140), p.add("gate", 20, 200)
    p.connect(x, 0, part_x := p.add("/ 100.", 20, 60))
    p.chain(part_x, place)
    p.connect(y, 0, part_y := p.add("/ 100.", 160, 60))
    p.connect(part_y, 0, place, 1)
    p.connect(place, 0, let, 1)
    p.chain(let, p.add("prepend /musegan/latent/xy", 20, 260), out)
    # change begins at 0: a set whose pad is off leaves the idea alone when it is opened.
    order = p.chain(on, p.add("change", 320, 60), p.add("t i i", 320, 100))
    p.connect(order, 1, let)
    switched = p.chain(order, p.add("sel 1 0", 320, 140))
    p.connect(switched, 0, again := p.message("bang", 320, 180))
    p.chain(again, place)
    p.connect(switched, 1, free := p.message("/musegan/latent/free", 420, 260))
    p.chain(free, out)
    return p


def _snapshots() -> Patcher:
    """Say what to do with the snapshot of a number: their names are live-1, live-2, ..."""
    p = Patcher()
    number = p.inlet("number of the snapshot", 420)
    out = p.outlet("to the server", 20, 320)
    share = p.chain(number, p.add("t i i i", 420, 60))
    for i, (name, words) in enumerate((
        ("save", "/musegan/snapshot/save live-%ld"),
        ("load", "/musegan/snapshot/load live-%ld"),
        ("morph", "/musegan/latent/morph now live-%ld 4"),
    )):  # fmt: skip
        x = 460 + 220 * i
        stored = p.add("i 1", x, 160)
        p.connect(p.inlet(f"bang: {name}", x), 0, stored)
        p.connect(share, i, stored, 1)
        p.chain(stored, p.add(f"sprintf {words}", x, 220), out)
    return p
