"""Draw the devices from their files, as Live shows them: `python -m max_patches.draw`. It must not know how they work.

It draws what the data says, in the colours of Live's dark theme; the displays are drawn by their own scripts.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
from html import escape
from pathlib import Path
from typing import Any

from max_patches.lint import HEIGHT, read
from max_patches.parameters import UNIT_NOTE

FOLDER = Path(__file__).parent
PICTURES = FOLDER.parent / "docs"
DEVICES = {name: f"MuseGAN {name}.amxd" for name in ("Band", "Track", "Follow")}
SURFACE, FRAME, LCD, TEXT, DIM, ACCENT, LAMP = (
    "#2a2a2a", "#1c1c1c", "#1a1a1a", "#c8c8c8", "#8a8a8a", "#03c3d5", "#ffad56")  # fmt: skip
NOTES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
TITLE = 16  # pixels: of the bar with which Live begins a device
FONT = "font-family=\"'Ableton Sans', 'Helvetica Neue', Arial, sans-serif\""
SHOWN: dict[str, dict[str, float]] = {  # what the pictures show turned, so that they tell more than the defaults
    "Band": {"Server Heard": 1, "Hold": 1, "Section": 1, "Density": 110, "Swing": 58},
    "Track": {"Band Heard": 1, "Lock": 1, "Density": 80, "Octave": 1, "Track": 3},
    "Follow": {"Band Heard": 1, "Follow": 1, "Split": 1},
}
TYPED = {"Chart Text": "C | Am F | Dm7 G7 | C"}
CHART = (("C",), ("Am", "F"), ("Dm7", "G7"), ("C",))
BAND_CHORDS = ("C", "Am", "Dm7", "G7", "C")
STATUS = {"Track": "piano 4 bars, in scene 3.", "Band": "", "Follow": ""}


def picture(name: str) -> str:
    """Return the picture of a device as SVG."""
    patcher = read(FOLDER / DEVICES[name])
    width = int(patcher["devicewidth"])
    boxes = [wrapped["box"] for wrapped in patcher["boxes"] if wrapped["box"].get("presentation")]
    boxes.sort(key=lambda box: not box.get("background"))
    shown = [_box(box, name) for box in boxes]
    total = HEIGHT + TITLE
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width + 2}" height="{total + 2}" '
        f'viewBox="-1 -1 {width + 2} {total + 2}" {FONT} font-size="9.5">',
        f"<title>MuseGAN {name}, drawn from its file by python -m max_patches.draw</title>",
        f'<rect x="-0.5" y="-0.5" width="{width + 1}" height="{total + 1}" rx="3" fill="{SURFACE}" stroke="{FRAME}"/>',
        f'<path d="M0 {TITLE}V2.5A2.5 2.5 0 0 1 2.5 0H{width - 2.5}A2.5 2.5 0 0 1 {width} 2.5V{TITLE}Z" fill="#444"/>',
        f'<circle cx="10" cy="8" r="4" fill="{LAMP}"/>',
        _text(f"MuseGAN {name}", 20, 11.5, "#e8e8e8"),
        f'<g transform="translate(0 {TITLE})">',
        *shown,
        "</g>",
        "</svg>",
        "",
    ])  # fmt: skip


def _box(box: dict[str, Any], device: str) -> str:
    x, y, width, height = box["presentation_rect"]
    value = box.get("saved_attribute_attributes", {}).get("valueof", {})
    now = SHOWN[device].get(value.get("parameter_longname", ""), (*value.get("parameter_initial", ()), 0)[0])
    match box["maxclass"]:
        case "live.comment":
            return _text(box["text"] or STATUS[device], x + 2, y + 12, TEXT if box["text"] else DIM)
        case "panel":
            return _rect(x, y, width, height, LCD)
        case "jsui":
            return f'<g transform="translate({x} {y})">\n{display(box["filename"], width, height)}\n</g>'
        case "textedit":
            return _rect(x, y, width, height, LCD) + _text(TYPED[value["parameter_longname"]], x + 5, y + 14, ACCENT)
        case "live.dial":
            return _dial(x, y, value, now)
        case "live.numbox":
            return _rect(x, y, width, height, LCD) + _text(
                _number(value, now), x + width / 2, y + 11.5, ACCENT, "middle"
            )
        case "live.menu":
            word = value["parameter_enum"][int(now)]
            arrow = f'<path d="M{x + width - 10} {y + 6.5}h6l-3 4z" fill="{TEXT}"/>'
            return _rect(x, y, width, height, LCD) + _text(word, x + 5, y + 11.5, ACCENT) + arrow
        case "live.tab":
            words = value["parameter_enum"]
            each = width / len(words)
            return "".join(
                _rect(x + i * each, y, each - 1, height, ACCENT if i == now else LCD)
                + _text(word, x + (i + 0.5) * each, y + 11.5, LCD if i == now else TEXT, "middle")
                for i, word in enumerate(words)
            )
        case "live.text":
            lit = box["mode"] == 1 and now
            colour = LAMP if "Heard" in value["parameter_longname"] else ACCENT
            word = box["texton"] if lit else box["text"]
            ink = LCD if lit else TEXT
            return _rect(x, y, width, height, colour if lit else LCD) + _text(
                word, x + width / 2, y + height / 2 + 3.5, ink, "middle"
            )
    raise ValueError(f"nobody knows how {box['maxclass']} looks")


def _dial(x: int, y: int, value: dict[str, Any], now: float) -> str:
    low, high = value["parameter_mmin"], value["parameter_mmax"]
    centre = 0.0 if low < 0 else low
    cx, cy, radius = x + 22, y + 26, 10

    def at(number: float) -> float:
        return math.radians(135 + 270 * (number - low) / (high - low))

    def arc(start: float, end: float, colour: str) -> str:
        first, last = sorted((start, end))
        (x0, y0), (x1, y1) = ((cx + radius * math.cos(a), cy + radius * math.sin(a)) for a in (first, last))
        wide = int(last - first > math.pi)
        return (
            f'<path d="M{x0:.2f} {y0:.2f}A{radius} {radius} 0 {wide} 1 {x1:.2f} {y1:.2f}" fill="none" '
            f'stroke="{colour}" stroke-width="3"/>'
        )

    needle = at(now)
    return (
        _text(value["parameter_shortname"], cx, y + 11, TEXT, "middle")
        + arc(at(low), at(high), LCD)
        + (arc(at(centre), needle, ACCENT) if now != centre else "")
        + f'<path d="M{cx} {cy}L{cx + radius * math.cos(needle):.2f} {cy + radius * math.sin(needle):.2f}" '
        f'stroke="{TEXT}" stroke-width="2"/>' + _text(_number(value, now), cx, y + 46, TEXT, "middle")
    )


def _number(value: dict[str, Any], now: float) -> str:
    if value["parameter_unitstyle"] == UNIT_NOTE:
        return f"{NOTES[int(now) % 12]}{int(now) // 12 - 2}"  # as Live counts octaves: 60 is C3
    unit = value.get("parameter_units")
    if unit:
        return str(unit % (int(now) if "%d" in unit else now))
    return f"{now:.0f} %" if value["parameter_unitstyle"] == 5 else f"{now:.0f}"


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{colour}"/>'


def _text(words: str, x: float, y: float, colour: str, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}" text-anchor="{anchor}">{escape(words)}</text>' if words else ""


def display(script: str, width: int, height: int) -> str:
    """Return what a display draws of a little music, by its own script under Node."""
    steps: list[Any] = [["/musegan/heard/chord", 0, 0.0, "Am", 0, 4, 9]]
    for number in range(5):
        committed = int(number < 3)
        ahead = (0.0, 2.0, 2.0, 4.0, 6.0)[number]
        chords = CHART[number % len(CHART)]
        changes = [value for i, chord in enumerate(chords) for value in (4 * i / len(chords), chord)]
        begin = [number, number % 4, 1, 2, 120.0, ahead, 5, 0, committed, BAND_CHORDS[number]]
        steps.append(["/musegan/expected/bar", number, 0, 0, 0.9 - 0.1 * number, 4, chords[0], 0])
        steps.append(["/musegan/chart/bar", number, 1 + number % 4, "", *changes])
        steps.append(["/musegan/bar/begin", *begin])
        steps += [["/musegan/bar/notes", number, track, 0, *notes] for track, notes in _music(number).items()]
        steps.append(["/musegan/bar/end", number, 0])
        if number == 1:
            steps.append(2000)
    steps.append(1300)
    task = {"script": str(FOLDER / script), "width": width, "height": height, "steps": steps}
    drawn = subprocess.run(  # noqa: S603 - our own script
        ["node", FOLDER / "sketch.mjs"],  # noqa: S607 - wherever it is installed
        input=json.dumps(task),
        capture_output=True,
        text=True,
        check=True,
    )
    return drawn.stdout.strip()


def _music(bar: int) -> dict[str, list[float]]:
    """Return a bar of a band, as (position, pitch, velocity, duration)* of each track."""
    root = (0, 9, 5, 7, 0)[bar]
    beats = [step / 2 for step in range(8)]
    return {
        "bass": [part for beat in beats[:: 1 + bar % 2] for part in (beat, 28 + root % 12, 100, 0.45)],
        "drums": [part for beat in beats for part in (beat, 42, 90, 0.2)]
        + [part for beat in (0, 2) for part in (beat, 36, 100, 0.3)]
        + [part for beat in (1, 3) for part in (beat, 38, 100, 0.3)],
        "guitar": [
            part for i, beat in enumerate(beats[::2]) for part in (beat + 0.5, 52 + root + (0, 4, 7, 4)[i], 80, 0.5)
        ],
        "piano": [part for pitch in (60, 64, 67) for part in (0.0, pitch + root % 7, 80, 1.8)]
        + [part for pitch in (62, 65, 69) for part in (2.0, pitch + root % 7, 80, 1.5)],
        "strings": [0.0, 72 + root % 5, 70, 4.0, 0.0, 67 + root % 5, 70, 4.0],
    }


def pictures() -> dict[str, str]:
    """Return all pictures by the name of their file."""
    return {f"max-{name.lower()}.svg": picture(name) for name in DEVICES}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PICTURES, help="where to write the pictures")
    folder: Path = parser.parse_args().folder
    for name, text in pictures().items():
        folder.joinpath(name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
