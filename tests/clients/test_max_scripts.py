"""The three scripts: they run under Node, and To Clip writes what its device played."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from max_patches import band_controls, chart, draw, track
from tests.clients.maxmsp import BAR, FOLDER, Max
from tests.clients.test_max_player import send_bar

TESTS = Path(__file__).parent / "max"


def test_the_scripts_do_what_they_say() -> None:
    files = [str(path) for path in sorted(TESTS.glob("*.test.mjs"))]
    assert len(files) == 3
    ran = subprocess.run(["node", "--test", *files], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("name", [track.CLIP, band_controls.PLAN, chart.CHORDS])
def test_the_scripts_are_of_the_language_that_every_live_with_max_knows(name: str) -> None:
    """ES5: [js] and [jsui] know no later one, and [v8] came with Live 12.2."""
    text = re.sub(r"//.*", "", (FOLDER / name).read_text(encoding="utf-8"))
    assert not re.findall(r"\b(?:let|const|class|import|export|async|await)\b|=>|`|\.\.\.", text)


def test_to_clip_writes_what_was_played() -> None:
    device = Max().open("MuseGAN Track.amxd", Track=3, Clip_Bars=3)
    for turn, number in enumerate((0, 1, 1, 2)):  # no bar comes for the third: the second is played again
        if turn == 0 or device.ons()[-2][1] != 60 + number:
            notes = [(0.5, 60 + number, 90, 1.0), (3.0, 70, 80, 0.5)]
            send_bar(device, number, piano=notes, bass=[(0.0, 40, 90, 1.0)])
        device.max.play_to((turn + 1) * BAR)
    device.touch("To Clip")
    assert device.scripts[-1] == ("toclip",)
    ran = subprocess.run(
        ["node", str(TESTS / "run_clip.mjs")],
        input=json.dumps(device.scripts),
        capture_output=True,
        text=True,
        check=True,
    )
    clip = json.loads(ran.stdout)
    played = [(tick / 480, pitch, velocity) for tick, pitch, velocity in device.ons()]
    first = int(played[-1][0] // 4 - 2) * 4  # beats: where the last three bars began
    assert clip["length"] == 12
    assert [(note["start_time"], note["pitch"], note["velocity"]) for note in clip["notes"]] == [
        (beat - first, pitch, velocity) for beat, pitch, velocity in played if beat >= first
    ]


def test_the_pictures_are_those_of_the_files() -> None:
    for name, text in draw.pictures().items():
        kept = draw.PICTURES.joinpath(name).read_text(encoding="utf-8")
        assert text == kept, f"{name} is old: run python -m max_patches.draw"
        assert text.count("<rect") >= 5
