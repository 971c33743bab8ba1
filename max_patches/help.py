"""The help patches of the three abstractions: each shows one at work. It must not know how they do it."""

from __future__ import annotations

from typing import Any

from max_patches import band_controls, follow, track
from max_patches.patcher import Box, Patcher

Ends = tuple[int, int]  # inlets and outlets
_VIEWS = {"band": band_controls.WIDTH, "track": track.WIDTH, "follow": follow.WIDTH}
HEIGHT = 169


def help_patches(ends: dict[str, Ends]) -> dict[str, dict[str, Any]]:
    """Return the three patches by the name of their abstraction; `ends`: the inlets and outlets of each."""
    return {"band": _band(ends), "track": _track(ends), "follow": _follow(ends)}


def _begin(name: str, lines: tuple[str, ...]) -> Patcher:
    p = Patcher()
    title = p.comment(name, 20, 10, fontsize=24.0)
    title.attributes["patching_rect"][2:] = [260, 36]
    for i, line in enumerate(lines):
        p.comment(line, 20, 52 + 20 * i)
    p.comment("Max's transport: the band keeps its beat", 50, 144)
    p.chain(p.toggle(20, 144), transport := p.add("transport", 20, 214))
    p.chain(p.message("tempo 120", 110, 174), transport)
    return p


def _view(p: Patcher, name: str, ends: dict[str, Ends], x: int, y: int, arguments: tuple[object, ...]) -> Box:
    return p.abstraction(f"musegan.{name}.maxpat", ends[name], (x, y, _VIEWS[name], HEIGHT), arguments)


def _sounds(p: Patcher, plays: Box, x: int, y: int) -> None:
    out = p.add("noteout", x, y)
    p.connect(plays, 1, out, 1)
    p.connect(plays, 0, out)


def _band(ends: dict[str, Ends]) -> dict[str, Any]:
    p = _begin("musegan.band", (
        "The way to musegan-bridge serve, and the controls of the whole band. One of it is needed; start it first.",
        "Arguments: the number of the band (1), the UDP port of the server (57120).",
        "Into it goes any message of docs/osc.md for the server; out of it comes all that the server says.",
    ))  # fmt: skip
    words = [p.message(text, 260 + 170 * i, 200) for i, text in enumerate(
        ("/musegan/status", "/musegan/gen/now", "/musegan/track/*/mute 0", "/musegan/humanise 8"))]  # fmt: skip
    words += [
        p.message('/musegan/chart "C | Am F | Dm7 G7 | C"', 260, 170),
        p.message("/musegan/chart/clear", 600, 170),
        p.message("/musegan/form ABACABA", 770, 170),
    ]
    seen = _view(p, "band", ends, 260, 240, (1, 57120))
    for box in words:
        p.chain(box, seen)
    shown = p.message("", 260, 440)
    shown.attributes["patching_rect"][2] = band_controls.WIDTH
    p.connect(seen, 0, replies := p.add("route /musegan/status/reply", 260, 420))
    p.connect(replies, 0, shown, 1)
    players = p.add("musegan.track bass 1", 20, 480, ends["track"])
    _sounds(p, players, 20, 520)
    return p.as_dict((100, 100, 1330, 600), dependency_cache=[])


def _track(ends: dict[str, Ends]) -> dict[str, Any]:
    p = _begin("musegan.track", (
        "One player of the band, on Max's transport. It needs a musegan.band with the same number.",
        "Arguments: bass, drums, guitar, piano or strings (bass); the number of the band (1).",
        "Out of it come pitch and velocity, note offs too.",
    ))  # fmt: skip
    _view(p, "band", ends, 20, 300, (1, 57120))
    words = [p.message(text, 260 + 110 * i, 200) for i, text in enumerate(
        ("mute 1", "mute 0", "density 150", "octave -1", "track piano"))]  # fmt: skip
    seen = _view(p, "track", ends, 1080, 300, ("bass", 1))
    for box in words:
        p.chain(box, seen)
    _sounds(p, seen, 1080, 500)
    plain = p.add("musegan.track drums 1", 1320, 300, ends["track"])
    drums = p.add("noteout 10", 1320, 400)
    p.connect(plain, 1, drums, 1)
    p.connect(plain, 0, drums)
    return p.as_dict((100, 100, 1540, 600), dependency_cache=[])


def _follow(ends: dict[str, Ends]) -> dict[str, Any]:
    p = _begin("musegan.follow", (
        "What goes into it is what the band follows. It needs a musegan.band with the same number.",
        "Arguments: the track that is yours (piano); the number of the band (1). Turn Follow on.",
        "Into it go pitch and velocity, note offs too: the band leaves that track to you.",
    ))  # fmt: skip
    _view(p, "band", ends, 20, 300, (1, 57120))
    seen = _view(p, "follow", ends, 1080, 300, ("piano", 1))
    p.chain(p.message("follow 1", 1080, 140), seen)
    p.chain(p.message("track guitar", 1160, 140), seen)
    keys = p.control_patching("kslider", 1080, 180, 196, 34)
    sounds = p.chain(keys, play := p.add("makenote 100 500", 1080, 230))
    p.connect(keys, 1, play, 1)
    both = p.chain(sounds, p.add("t i i", 1080, 260))
    louder = p.add("t i i", 1180, 260)
    p.connect(play, 1, louder)
    out = p.add("noteout", 1280, 500)
    p.connect(louder, 1, out, 1)
    p.connect(louder, 0, seen, 1)
    p.connect(both, 1, out)
    p.connect(both, 0, seen)
    return p.as_dict((100, 100, 1310, 600), dependency_cache=[])
