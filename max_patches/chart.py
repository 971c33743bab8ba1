"""The chart in MuseGAN Band: the field for its text, what that says to the server, and the display of the chords."""

from __future__ import annotations

from max_patches.parameters import STORED, Panel, Parameter
from max_patches.patcher import Box, Patcher, Rect

CHORDS = "musegan.chords.js"
CHORDS_RECT: Rect = (740, 84, 192, 78)


def chart_controls(panel: Panel, seen: dict[str, Box]) -> None:
    """Add what is seen."""
    seen["chart"] = panel.toggle(
        "Chart off", Parameter("Chart", "Chart", "The band plays on the chords below.", initial=1),
        (740, 6, 94, 16), "Chart on"
    )  # fmt: skip
    seen["chart heard"] = panel.toggle(
        "Chords silent", Parameter("Chart Chords", "Chords", "The chart's chords sound as long notes on their track. "
                                   "Off: that track is silent.", initial=1), (838, 6, 94, 16), "Chords sound"
    )  # fmt: skip
    seen["text"] = panel.text(
        Parameter("Chart Text", "Text", "Chords, such as C | Am F | Dm7 G7. The return key hands them to the band; "
                  "nothing: no chart.", STORED, is_text=True), (740, 27, 192, 52))  # fmt: skip
    seen["chords screen"] = panel.patcher.screen(1500, 560, CHORDS_RECT)
    seen["chords"] = panel.patcher.script_screen(CHORDS, 1500, 640, CHORDS_RECT)


def join_chart(p: Patcher, seen: dict[str, Box], out: Box, x: int, y: int) -> Box:
    """Join the field and its switch to what they say to `out`; return the box that says it to a new server."""
    says = p.subpatcher("Chart", chart(), x, y)
    p.chain(seen["text"], says)
    p.connect(seen["chart"], 0, says, 1)
    p.connect(says, 0, out)
    p.connect(says, 1, asks := p.add("t b", x + 60, y + 40))  # what is in the field leaves it
    p.chain(asks, seen["text"])
    again = p.add("t b", x + 100, y - 40)
    p.connect(again, 0, says, 2)
    return again


def chart() -> Patcher:
    """Hand the text of the field to the server while the switch is on; ask the field for it when that is turned on.

    No text clears the chart where it is typed. A new server that is told everything keeps a chart of its own then.
    """
    p = Patcher()
    typed, on = p.inlet("text and the text, or text alone", 20), p.inlet("on: 0 or 1", 320)
    new = p.inlet("bang: the server is new", 560)
    out, asks = p.outlet("to the server", 20, 460), p.outlet("bang: to the field", 560, 460)
    let, sort = p.add("gate", 20, 100), p.add("gate 2 1", 20, 300)
    p.connect(typed, 0, let, 1)
    # What is empty is told by its length: with the word before it, whether the field then says nothing or no letters.
    both = p.chain(let, p.add("t l l", 20, 140))
    p.connect(both, 1, empty := p.add("tosymbol @separator .", 120, 180))
    p.chain(empty, which := p.add("sel text text.", 120, 220))
    p.connect(which, 0, no_text := p.message("2", 120, 260))
    p.connect(which, 1, no_letters := p.message("2", 170, 260))
    p.connect(which, 2, some := p.add("t 1", 220, 260))
    for box in (no_text, no_letters, some):
        p.chain(box, sort)
    p.connect(both, 0, sort, 1)
    p.chain(sort, p.add("route text", 20, 340), p.add("prepend /musegan/chart", 20, 380), out)
    p.connect(sort, 1, cleared := p.add("t b", 220, 340))
    clear, may_clear = p.message("/musegan/chart/clear", 320, 420), p.add("gate 1 1", 220, 380)
    p.connect(cleared, 0, may_clear, 1)
    p.chain(may_clear, clear, out)
    # On: as if it were typed now. Off: no chart, whatever the text is.
    order = p.chain(on, p.add("t i i", 320, 60))
    p.connect(order, 1, let)
    turned = p.chain(order, p.add("sel 0 1", 320, 100))
    p.chain(turned, clear)
    told = p.add("t b b b", 420, 200)
    p.connect(turned, 1, told)
    p.chain(new, told)
    p.connect(told, 2, shut := p.message("0", 520, 240))
    p.chain(shut, may_clear)
    p.connect(told, 1, asks)
    p.connect(told, 0, opened := p.message("1", 420, 240))
    p.chain(opened, may_clear)
    return p
