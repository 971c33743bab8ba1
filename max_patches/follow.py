"""MuseGAN Follow: what is played on its track is what the band follows. It must not know the server's address."""

from __future__ import annotations

from max_patches.network import BANDS, heard, listen, speak
from max_patches.parameters import STORED, Panel, Parameter
from max_patches.patcher import Box, Patcher
from max_patches.player import TRACKS

WIDTH = 164
BANK = {"Follow": ("Track", "Follow", "Split", "Split Note")}
MIDDLE_C = 60


def notes() -> Patcher:
    """Send notes while it is on, on the chosen track, and let none hang in the band's ear."""
    p = Patcher()
    played = p.inlet("pitch velocity", 20)
    on = p.inlet("follow: 0 or 1", 220)
    track = p.inlet("name of the track", 420)
    out = p.outlet("to the server", 20, 340)
    let, held = p.add("gate", 20, 100), p.add("flush", 20, 180)
    p.connect(played, 0, let, 1)
    p.chain(let, note := p.add("unpack 0 0", 20, 140), held)
    p.connect(note, 1, held, 1)
    words = p.add(f"pack 0 0 {TRACKS[0]}", 20, 240)
    p.connect(held, 1, words, 1)
    p.chain(held, words, p.add("prepend /musegan/in/note", 20, 290), out)
    # What is held ends while the gate is still as it was, and on the track on which it began.
    switched = p.chain(on, p.add("t i b", 220, 60))
    p.connect(switched, 1, held)
    p.chain(switched, let)
    chosen = p.chain(track, p.add("t l b", 420, 60))
    p.connect(chosen, 1, held)
    p.connect(chosen, 0, words, 2)
    return p


def claim() -> Patcher:
    """Say which track is taken, whenever the Band device asks: it alone knows what all Follow devices take."""
    p = Patcher()
    asked = p.inlet("bang: who follows?", 20)
    on = p.inlet("follow: 0 or 1", 220)
    track = p.inlet("track: 0..4", 420)
    out = p.outlet("2 to the power of the track", 20, 220)
    changed = p.outlet("bang: ask again", 320, 220)
    let, taken = p.add("gate", 20, 100), p.add("i 1", 20, 140)
    p.connect(asked, 0, let, 1)
    p.chain(let, taken, out)
    order = p.chain(on, p.add("t b i", 220, 60))
    p.connect(order, 1, let)
    p.chain(order, changed)
    other = p.chain(track, p.add("t b i", 420, 60))
    p.connect(other, 1, bit := p.add("expr 1<<$i1", 420, 100))
    p.connect(bit, 0, taken, 1)
    p.chain(other, changed)
    return p


def split() -> Patcher:
    """Say below which note the left hand plays chords: while this is on, and the split too. Else there is none.

    It is said when it changes, and to a new server if there is one: other devices of the band may have their own.
    """
    p = Patcher()
    on, split_on = p.inlet("follow: 0 or 1", 20), p.inlet("split: 0 or 1", 160)
    note, new = p.inlet("note: 1..127", 300), p.inlet("bang: the server knows nothing of us", 440)
    loaded = p.inlet("bang: all controls are as the set kept them", 580)
    out = p.outlet("to the server", 20, 300)
    pitch, let, changes = p.add("expr $i1*$i2*$i3", 20, 140), p.add("gate", 20, 170), p.add("change", 20, 210)
    # What Live restores one by one is not said: the band may not be known yet.
    p.chain(loaded, p.message("1", 580, 100), let)
    for i, inlet in ((1, split_on), (2, note)):
        order = p.chain(inlet, p.add("t b i", 20 + 140 * i, 60))
        p.connect(order, 1, pitch, i)
        p.chain(order, pitch)
    p.chain(on, pitch)
    p.connect(pitch, 0, let, 1)
    p.chain(let, changes, p.add("prepend /musegan/in/split", 20, 250), out)
    order = p.chain(new, p.add("t b b", 440, 60))
    p.connect(order, 1, none := p.message("set 0", 500, 100))
    p.chain(none, changes)
    p.chain(order, pitch)
    return p


def controls(p: Patcher) -> dict[str, Box]:
    """Add what is seen."""
    panel = Panel(p)
    panel.label("MuseGAN Follow", (8, 4, 88, 18))
    return {
        "light": panel.band_light((98, 6, 58, 15)),
        "name": panel.label("Track", (8, 28, 60, 18)),
        "track": panel.menu(
            Parameter(
                "Track", "Track", "The track of the band that is yours: it leaves it to you and follows it.",
                initial=TRACKS.index("piano"), choices=TRACKS,
            ),
            (8, 46, 84, 16),
        ),
        "on": panel.toggle(
            "Follow",
            Parameter("Follow", "Follow", "The band follows what is played here. Off: it plays this track itself."),
            (8, 70, 148, 20),
        ),
        "split": panel.toggle(
            "Split",
            Parameter("Split", "Split", "What your left hand holds below the note is the band's chord."),
            (8, 98, 92, 16),
        ),
        "split note": panel.number(
            Parameter("Split Note", "Note", "The left hand plays below this note.", initial=MIDDLE_C, limits=(1, 127),
                      unit="note"), (108, 98, 48, 16),
        ),
        "word": panel.label("Band", (8, 121, 38, 18)),
        "band": panel.number(
            Parameter(
                "Band", "Band", "Which Band device this one belongs to.", STORED, 1, limits=(1, BANDS), unit="int"
            ),
            (48, 122, 28, 16),
        ),
        "help": panel.label("MIDI goes through.", (8, 144, 148, 18)),
    }  # fmt: skip


def follow(p: Patcher) -> tuple[Box, Box, dict[str, Box]]:
    """Add all that the device and the Max patch have in common; return where notes and the bang of loading go."""
    seen = controls(p)
    hears = p.subpatcher("FromBand", listen("in"), 20, 300)
    asks = p.subpatcher("IsAsked", listen("ask"), 420, 300)
    says = p.subpatcher("ToServer", speak("out"), 20, 620)
    claims = p.subpatcher("Claim", claim(), 420, 420)
    answers = p.subpatcher("ToBand", speak("mine"), 420, 520)
    tells = p.subpatcher("Changed", speak("changed"), 620, 520)
    sorts = p.subpatcher("Heard", heard(), 20, 380)
    plays = p.subpatcher("Notes", notes(), 20, 520)
    p.chain(hears, sorts)
    p.connect(sorts, 4, seen["light"])
    p.chain(plays, says)
    p.chain(asks, claims, answers)
    p.connect(claims, 1, tells)
    splits = p.subpatcher("Split", split(), 220, 420)
    p.chain(splits, says)
    p.connect(seen["split"], 0, splits, 1)
    p.connect(seen["split note"], 0, splits, 2)
    p.connect(sorts, 5, splits, 3)
    number = p.chain(seen["band"], p.add("t i i i i i", 820, 260))
    for i, box in enumerate((tells, answers, says)):
        p.connect(number, i, box, 1)
    p.connect(number, 3, asks)
    p.connect(number, 4, hears)
    on = p.chain(seen["on"], p.add("t i i i", 220, 340))
    p.connect(on, 2, plays, 1)
    p.connect(on, 1, claims, 1)
    p.connect(on, 0, splits)
    p.connect(seen["track"], 1, plays, 2)
    p.connect(seen["track"], 0, claims, 2)
    # All that the set keeps is there now: first whose band this is, then the rest.
    loaded = p.add("t b b", 820, 60)
    p.connect(loaded, 1, splits, 4)
    p.chain(loaded, p.message("outputvalue", 820, 100), each := p.add("t l l l", 820, 140))
    p.connect(each, 2, seen["band"])
    p.connect(each, 1, seen["track"])
    p.connect(each, 0, seen["on"])
    return plays, loaded, seen
