"""Build the Max for Live devices and the Max patches: `python -m max_patches.build`. It must not know the model.

The files are committed; a test builds them again and compares the bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from max_patches import band, band_controls, chart, follow, track
from max_patches.help import help_patches
from max_patches.lint import ends
from max_patches.parameters import banks
from max_patches.patcher import Box, Patcher, device_bytes, patch_text, project
from max_patches.player import TRACKS

HEIGHT = 169  # pixels: what Live shows of a device
WORDS = "Built by max_patches/build.py: a change made here is lost at the next build."
GREY = [0.53, 0.53, 0.53, 1.0]  # of the patcher, where there is no theme
Pages = Mapping[str, tuple[str, ...]]


def band_device() -> dict[str, Any]:
    """Return MuseGAN Band: MIDI goes through untouched."""
    p = Patcher()
    _, loaded, _ = band.band(p, "Live")
    p.chain(p.add("live.thisdevice", 520, 460), loaded)
    p.chain(p.add("midiin", 1500, 20), p.add("midiout", 1500, 60))
    return _device(p, band_controls.WIDTH, band_controls.BANKS, (band_controls.PLAN, chart.CHORDS))


def track_device() -> dict[str, Any]:
    """Return MuseGAN Track: MIDI goes through untouched, the player's is added."""
    p = Patcher()
    plays, loaded, _ = track.track(p, has_clips=True)
    p.chain(p.add("live.thisdevice", 1020, 20), loaded)
    out = p.add("midiout", 320, 760)
    p.chain(p.add("midiin", 420, 700), out)
    p.chain(_pairs(p, plays, 220, 660), p.add("midiformat", 220, 720), out)
    return _device(p, track.WIDTH, track.BANK, (track.CLIP,))


def follow_device() -> dict[str, Any]:
    """Return MuseGAN Follow: MIDI goes through untouched, its notes go to the band, too."""
    p = Patcher()
    plays, loaded, _ = follow.follow(p)
    p.chain(p.add("live.thisdevice", 820, 20), loaded)
    both = p.chain(p.add("midiin", 20, 440), p.add("t i i", 20, 470))
    p.connect(both, 1, p.add("midiout", 120, 500))
    p.chain(both, p.add("midiparse", 20, 495), plays)
    return _device(p, follow.WIDTH, follow.BANK, ())


def band_patch() -> dict[str, Any]:
    """Return musegan.band: the same for Max. Messages for the server in, all that it says out."""
    p = Patcher()
    said = p.inlet("/musegan/...: a message for the server", 20)
    port = p.outlet("all that the server says", 20, 1040)
    from_server, loaded, found = band.band(p, "Max")
    p.chain(said, found.out)
    p.connect(from_server, 4, port)
    _arguments(p, loaded, 700, ((found.seen["band"], "1"), (found.seen["port"], "57120")))
    return _patch(p, band_controls.WIDTH, band_controls.BANKS)


def track_patch() -> dict[str, Any]:
    """Return musegan.track: the same for Max, on its transport. Arguments: a track, and the number of a band."""
    p = Patcher()
    said = p.inlet("track, mute, lock, density, temperature, octave, gen: each with a value", 20)
    pitch, velocity = p.outlet("pitch", 220, 760), p.outlet("velocity; 0: note off", 420, 760)
    plays, loaded, seen = track.track(p, has_clips=False)
    names = ("track", "band", "mute", "lock", "density", "temperature", "octave", "gen")
    sort = p.chain(said, p.add(f"route {' '.join(names)}", 20, 60))
    for i, name in enumerate(names):
        if name == "track":
            p.connect(sort, i, by_name := p.add("prepend symbol", 20, 100))
            p.chain(by_name, seen[name])
        else:
            p.connect(sort, i, seen[name])
    p.connect(plays, 0, pitch)
    p.connect(plays, 1, velocity)
    _arguments(p, loaded, 1020, ((seen["track"], TRACKS[0]), (seen["band"], "1")))
    return _patch(p, track.WIDTH, track.BANK)


def follow_patch() -> dict[str, Any]:
    """Return musegan.follow: the same for Max. Arguments: a track, and the number of a band."""
    p = Patcher()
    pitch = p.inlet("pitch; or track, follow, band, split: each with a value", 20)
    velocity = p.inlet("velocity; 0: note off", 420)
    plays, loaded, seen = follow.follow(p)
    names = ("track", "follow", "band", "split")
    sort = p.chain(pitch, p.add(f"route {' '.join(names)}", 20, 60))
    note = p.add("pack 0 0", 20, 480)
    p.connect(velocity, 0, note, 1)
    p.connect(sort, 0, by_name := p.add("prepend symbol", 20, 100))
    p.chain(by_name, seen["track"])
    p.connect(sort, 1, seen["on"])
    p.connect(sort, 2, seen["band"])
    p.connect(sort, 3, split := p.add("sel 0", 220, 100))
    p.connect(split, 0, no_split := p.message("0", 220, 130))
    p.chain(no_split, seen["split"])
    p.connect(split, 1, where := p.add("t 1 i", 280, 130))
    p.connect(where, 1, seen["split note"])
    p.connect(where, 0, seen["split"])
    p.connect(sort, 4, note)
    p.chain(note, plays)
    _arguments(p, loaded, 820, ((seen["track"], "piano"), (seen["band"], "1")))
    return _patch(p, follow.WIDTH, follow.BANK)


def _pairs(p: Patcher, plays: Box, x: int, y: int) -> Box:
    """Join pitch and velocity to pairs."""
    note = p.add("pack 0 0", x, y)
    p.connect(plays, 1, note, 1)
    p.connect(plays, 0, note)
    return note


def _arguments(p: Patcher, loaded: Box, x: int, controls: tuple[tuple[Box, str], ...]) -> None:
    """Let the arguments of an abstraction set its controls, and then all begin."""
    defaults = [default for _, default in controls]
    words = p.chain(p.add("loadbang", x, 20), p.add(f"patcherargs {' '.join(defaults)}", x, 50), p.add("t b l", x, 80))
    types = ["0" if default.isdigit() else "s" for default in defaults]
    p.connect(words, 1, each := p.add(f"unpack {' '.join(types)}", x + 120, 80))
    for i, (box, default) in enumerate(controls):
        if default.isdigit():
            p.connect(each, i, box)
        else:
            p.connect(each, i, by_name := p.add("prepend symbol", x + 120, 110))
            p.chain(by_name, box)
    p.chain(words, loaded)


def _device(p: Patcher, width: int, pages: Pages, scripts: tuple[str, ...]) -> dict[str, Any]:
    p.comment(WORDS, 320, 20)
    surface = {"expression": "themecolor.live_surface_bg"}
    return p.as_dict(
        (60, 100, 1700, 1040),
        bgcolor=GREY,
        editing_bgcolor=GREY,
        saved_attribute_attributes={"editing_bgcolor": surface, "locked_bgcolor": surface},
        openrect=[0.0, 0.0, float(width), float(HEIGHT)],
        openinpresentation=1,
        devicewidth=float(width),
        parameters=banks(p, pages),
        dependency_cache=[_dependency(name) for name in scripts],
        latency=0,
        is_mpe=0,
        project=project(scripts),
        autosave=0,
    )


def _patch(p: Patcher, width: int, pages: Pages) -> dict[str, Any]:
    p.comment(WORDS, 320, 20)
    scripts = [box.attributes["filename"] for box in p.boxes if box.attributes["maxclass"] == "jsui"]
    return p.as_dict(
        (60, 100, 1700, 1040),
        openrect=[0.0, 0.0, float(width), float(HEIGHT)],
        openinpresentation=1,
        parameters=banks(p, pages),
        dependency_cache=[_dependency(name) for name in scripts],
    )


def _dependency(filename: str) -> dict[str, Any]:
    """Say where a file lies that a patch needs: beside it."""
    kind = "TEXT" if filename.endswith(".js") else "JSON"
    return {"name": filename, "bootpath": ".", "patcherrelativepath": ".", "type": kind, "implicit": 1}


def files() -> dict[str, bytes]:
    """Return all files that are built, by name."""
    devices = {"Band": band_device(), "Track": track_device(), "Follow": follow_device()}
    patches = {"band": band_patch(), "track": track_patch(), "follow": follow_patch()}
    return {
        **{f"MuseGAN {name}.amxd": device_bytes(device) for name, device in devices.items()},
        **{f"musegan.{name}.maxpat": patch_text(patch).encode() for name, patch in patches.items()},
        **{
            f"musegan.{name}.maxhelp": patch_text(patch).encode()
            for name, patch in help_patches({name: ends(patch) for name, patch in patches.items()}).items()
        },
    }


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent, help="where to write the files")
    folder: Path = parser.parse_args().folder
    for name, data in files().items():
        folder.joinpath(name).write_bytes(data)


if __name__ == "__main__":
    main()
