"""MuseGAN Track: one player of the band, on Live's transport. It must not know the server's address."""

from __future__ import annotations

from max_patches.host import watch
from max_patches.network import BANDS, heard, listen, speak
from max_patches.parameters import HIDDEN, STORED, Panel, Parameter
from max_patches.patcher import Box, Patcher
from max_patches.player import TRACKS, player

WIDTH = 220
BANK = {"Track": ("Track", "Mute", "Lock", "Density", "Temperature", "Octave", "Clip Bars")}
CLIP_BARS = 8
CLIP = "musegan.clip.js"


def own_controls() -> Patcher:
    """Say each control of the track to the server, under the track's own address."""
    p = Patcher()
    names = ("mute", "lock", "density", "temperature", "octave", "gen")
    inlets = [p.inlet(name, 20 + 160 * i) for i, name in enumerate(names)]
    track = p.inlet("name of the track", 1000)
    out = p.outlet("to the server", 20, 260)
    share = p.chain(track, p.add(f"t {' '.join('l' * len(names))}", 1000, 60))
    for i, (name, inlet) in enumerate(zip(names, inlets, strict=True)):
        x = 20 + 160 * i
        address = f"/musegan/track/{TRACKS[0]}/{name}"
        said = p.message(address, x, 180) if name == "gen" else p.add(f"prepend {address}", x, 180)
        p.connect(share, i, other := p.add(f"sprintf set /musegan/track/%s/{name}", x, 120))
        p.chain(other, said)
        if name in ("density", "temperature"):
            p.chain(inlet, p.add("/ 100.", x, 60), said)
        else:
            p.chain(inlet, said)
        p.chain(said, out)
    return p


def controls(p: Patcher, has_clips: bool) -> dict[str, Box]:
    """Add what is seen; clips are Live's, and Max alone has none."""
    panel = Panel(p)
    panel.label("MuseGAN Track", (8, 4, 88, 18))
    seen = {
        "light": panel.band_light((154, 6, 58, 15)),
        "track": panel.menu(
            Parameter("Track", "Track", "The player of the band that this device is.", choices=TRACKS), (8, 30, 84, 16)
        ),
        "word": panel.label("Band", (148, 29, 36, 18)),
        "band": panel.number(
            Parameter(
                "Band", "Band", "Which Band device this one belongs to.", STORED, 1, limits=(1, BANDS), unit="int"
            ),
            (184, 30, 28, 16),
        ),
        "mute": panel.toggle(
            "Mute",
            Parameter("Mute", "Mute", "Silent at once. The band goes on playing it, and hears it."),
            (8, 52, 64, 18),
        ),
        "lock": panel.toggle(
            "Lock",
            Parameter("Lock", "Lock", "It repeats its last phrase, while the others go on and follow it."),
            (78, 52, 64, 18),
        ),
        "gen": panel.button(
            "New idea",
            Parameter("New Idea", "Idea", "Another idea for this track alone, from the next free bar on.", HIDDEN),
            (148, 52, 64, 18),
        ),
        "density": panel.dial(
            Parameter("Density", "Density", "How many notes. 100 %: as it learned.", initial=100, limits=(0.0, 400.0),
                      unit="%"), 8, 76
        ),
        "temperature": panel.dial(
            Parameter("Temperature", "Temper", "How unusual its ideas are. 0 %: always the same; 100 %: as trained.",
                      initial=100, limits=(0.0, 300.0), unit="%"), 60, 76
        ),
        "octave": panel.dial(
            Parameter("Octave", "Octave", "Octaves up or down. Drums stay.", limits=(-4, 4), unit="%d oct"), 112, 76
        ),
    }  # fmt: skip
    if has_clips:
        seen |= {
            "bars": panel.number(
                Parameter("Clip Bars", "Bars", "How many bars To Clip writes.", initial=4, limits=(1, CLIP_BARS),
                          unit="%d bars"), (164, 80, 48, 16)
            ),
            "clip": panel.button(
                "To Clip",
                Parameter("To Clip", "Clip", "Write the last bars as they were played into the selected clip slot, or "
                          "the next free one below it.", HIDDEN), (164, 100, 48, 20)
            ),
        }  # fmt: skip
    seen["status"] = panel.label("", (8, 146, 204, 18))
    return seen


def track(p: Patcher, has_clips: bool) -> tuple[Box, Box, dict[str, Box]]:
    """Add all that the device and the Max patch have in common.

    Return the player, whose first outlets are pitch and velocity, where the bang of loading goes, and the controls.
    """
    seen = controls(p, has_clips)
    hears = p.subpatcher("FromBand", listen("in"), 20, 260)
    sorts = p.subpatcher("Heard", heard(), 20, 320)
    plays = p.subpatcher("Player", player(), 20, 520)
    owns = p.subpatcher("Controls", own_controls(), 620, 520)
    says = p.subpatcher("ToServer", speak("out"), 620, 580)
    watches = p.subpatcher("WatchTransport", watch(), 420, 320)
    both = p.chain(hears, p.add("t l l", 20, 290))
    p.connect(both, 1, sorts)
    clips = p.add(f"js {CLIP}", 20, 640) if has_clips else None
    for i in range(3):
        p.connect(sorts, i, plays, i)
    forget = p.add("t b", 420, 420)
    p.connect(sorts, 3, forget)
    p.connect(watches, 1, forget)
    # What Live restores one by one is not said: the track may not be known yet.
    let = p.add("gate", 620, 550)
    p.connect(owns, 0, let, 1)
    p.chain(let, says)
    p.connect(forget, 0, plays, 4)
    p.connect(sorts, 4, seen["light"])
    number = p.chain(seen["band"], p.add("t i i", 820, 260))
    p.connect(number, 0, says, 1)
    p.connect(number, 1, hears)

    # Another track: end its notes, then take the new one's, and give the new one what the controls show.
    push = p.add("t b", 820, 60)
    chosen = p.chain(seen["track"], p.add("t i b", 220, 340))
    p.connect(chosen, 1, forget)
    p.connect(chosen, 0, plays, 3)
    name = p.add("t b l l" if has_clips else "t b l", 320, 340)
    p.connect(seen["track"], 1, name)
    p.connect(name, 1, owns, 6)
    p.connect(name, 0, push)
    muted = p.chain(seen["mute"], p.add("t i i", 520, 340))
    p.connect(muted, 1, heard_now := p.add("== 0", 520, 380))
    p.connect(heard_now, 0, plays, 5)
    p.connect(muted, 0, owns, 0)
    settings = ("lock", "density", "temperature", "octave")
    for i, word in enumerate((*settings, "gen"), start=1):
        p.connect(seen[word], 0, owns, i)
    p.chain(push, p.message("outputvalue", 820, 100), each := p.add("t l l l l l", 820, 140))
    for i, word in enumerate(("mute", *settings)):
        p.connect(each, i, seen[word])
    p.connect(sorts, 5, push)

    # All that the set keeps is there now: first whose band this is, then which track; that one says the rest.
    loaded = p.add("t b b", 1020, 60)
    p.connect(loaded, 1, opened := p.message("1", 1120, 100))
    p.chain(opened, let)
    p.chain(loaded, p.message("outputvalue", 1020, 100), first := p.add("t l l", 1020, 140))
    p.connect(first, 1, seen["band"])
    p.connect(first, 0, seen["track"])

    if clips is not None:
        p.connect(both, 0, clips)
        p.connect(plays, 2, played := p.add("prepend played", 120, 600))
        p.chain(played, clips)
        p.connect(name, 2, on := p.add("prepend track", 320, 600))
        p.chain(on, clips)
        p.connect(seen["bars"], 0, many := p.add("prepend bars", 520, 640))
        p.chain(many, clips)
        p.chain(seen["clip"], p.message("toclip", 420, 640), clips)
        p.chain(clips, p.add("prepend set", 20, 680), seen["status"])
    return plays, loaded, seen
