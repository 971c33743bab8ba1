"""The Quark in a real sclang, against the real server: its tests, its help, its methods, and its connection."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from supercollider import build
from tests.clients.sclang import QUARK, Sclang, rows_of
from tests.conftest import Band

from musegan_bridge.messages import BY_ADDRESS, INCOMING, TRACK, Field
from musegan_models.spec import TRACKS

NAMES = [track.name for track in TRACKS]


def test_unit_tests_of_the_quark_pass(sclang: Sclang) -> None:
    posted = sclang.run("unit_tests.scd")
    assert ", 0 failed" in posted
    ran = re.findall(r"RUNNING UNIT TEST '(\w+)'", posted)
    assert sorted(ran) == sorted(path.stem for path in (QUARK / "Tests").glob("*.sc"))


def test_help_files_render_without_a_warning(sclang: Sclang) -> None:
    files = sorted((QUARK / "HelpSource").rglob("*.schelp"))
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (QUARK / "Classes").glob("*.sc"))
    classes = re.findall(r"^(\w+)(?: : \w+)? \{$", sources, re.MULTILINE)
    assert sorted(classes) == sorted(path.stem for path in files if path.parent.name == "Classes")
    posted = sclang.run("help.scd", *files, seconds=120)
    assert f"0 of {len(files)} help files failed" in posted
    assert "WARNING" not in posted


def test_controls_and_their_help_are_those_of_the_table() -> None:
    for path, text in build.files().items():
        assert path.read_text(encoding="utf-8") == text, f"{path} is out of date: run python -m supercollider.build"
    methods = {build.path_of(spec) for spec in build.specs_of("band")}
    assert methods | build.BY_HAND == {
        build.path_of(spec) for spec in INCOMING if not spec.address.startswith(f"/musegan/track/{TRACK}")
    }
    assert {f"/musegan/{path}" for path in build.REPLIES.values()} <= set(BY_ADDRESS)


ARGUMENTS: dict[str, list[object]] = {
    "chart": ["C | Am F | G"],
    "chartTrack": ["strings"],
    "host": [4, 120, 1],
    "inBar": ["bass", -1, 0, 36, 100, 1],
    "inTrack": ["bass"],
    "latentMorph": ["now", "kept"],
    "latentCorners": ["kept"] * 4,
    "latentXy": [0.25, 0.5, "all"],
    "latentSet": ["drums", 3, 0.5, -0.5],
    "loop": [0],
    "modelLoad": ["lakh-live"],
    "recall": [2],
    "section": ["verse"],
    "sectionClear": ["verse"],
    "snapshotSave": ["kept"],
    "snapshotLoad": ["kept"],
    "snapshotDelete": ["kept"],
    "clockSource": ["osc"],
    "form": ["AABA"],
}
"""Of methods whose arguments mean something to the show; the others get a value in their range."""

_ASKED = {"/musegan/form/phrase"}
"""What is sent when it is called with a Function only."""

BEFORE = {"tap": ["play"], "latentMorph": ["snapshotSave"], "gen": ["clockSource_"]}
"""What must be called before: ended by a panic, not there yet, the clock of a host that never comes."""


def calls() -> Iterator[list[Any]]:
    """Yield a call of each method that was made from the table: of whom, method, arguments."""
    for kind, on in (("band", "band"), ("track", "drums")):
        for spec in build.specs_of(kind):
            name = build.method_of(build.path_of(spec))
            for before in BEFORE.get(name, []) if kind == "band" else []:
                yield ["band", before, *{"snapshotSave": ["kept"], "clockSource_": ["internal"]}.get(before, [])]
            args = ARGUMENTS.get(name) or [value_of(f) for f in spec.fields if f.name != "port"]
            yield [on, name + "_" * build.is_setting(spec), *args]


def value_of(f: Field) -> object:
    if f.default is not None:
        return f.default
    if f.choices:
        return f.choices[-1]
    low, high = f.low or 0.0, f.high if f.high is not None else 1.0
    return {"i": int(high) if high < 100 else int(low), "f": low + (high - low) / 4, "s": "word"}[f.type]


def test_each_method_sends_its_message_and_the_band_takes_it(
    sclang: Sclang, start_band: Callable[..., Band], tmp_path: Path
) -> None:
    asked, answered, log = tmp_path / "asked", tmp_path / "answered", tmp_path / "show.jsonl"
    wanted = list(calls())
    asked.write_text("".join(f"{json.dumps(call)}\n" for call in wanted), encoding="utf-8")
    band = start_band(tempo=400, options=["--log", str(log)])
    sclang.run("methods.scd", band.port, asked, answered, seconds=120)
    band.stop()
    *settings, errors = rows_of(answered)
    assert errors == ["errors"]
    assert settings == [[on, name[:-1], *map(as_read, args)] for on, name, *args in wanted if str(name).endswith("_")]
    received = {
        entry["received"]["address"]
        for entry in map(json.loads, log.read_text(encoding="utf-8").splitlines())
        if "received" in entry
    }
    assert received >= {spec.address.replace(TRACK, "drums") for spec in INCOMING} - _ASKED - {"/musegan/in/note"}


def as_read(value: object) -> object:
    """Return a value as sclang has it after a way through float32."""
    return pytest.approx(value, rel=1e-6) if isinstance(value, float) else value


def test_the_class_does_more_than_messages(sclang: Sclang, start_band: Callable[..., Band], tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    posted = sclang.run("control.scd", start_band().port, answers)
    said = dict(line.split(" ", 1) for line in answers.read_text(encoding="utf-8").splitlines())
    assert said.pop("band")
    assert said == {
        "tracks": ",".join(NAMES),
        "printed": "true",
        "known": "true",
        "track": "bass",
        "held_on": "2",
        "held_off": "1",
        "held_event": "2",
        "held_cmd_period": "0",
        "tracks_of_mine": "bass piano",
        "none": "none",
        "changed": "400.0",
        "tempo": "400",
        "beat": "0.15",
        "silence": "stop",
        "stopped": "0",
        "early": "true",
        "panic": "panic",
        "first_bar": "0",
        "gen": "1234",
        "gen_now": "99",
        "recall": "true",
        "locks": "[ 1, 1, 0 ]",
        "bar_get": "0",
        "latents": "64",
        "latents_set": "true",
        "error": "/musegan/tempo",
        "status": ",".join(sorted(build.method_of(f.name) for f in BY_ADDRESS["/musegan/status/reply"].fields)),
        "end": "1",
    }
    assert "WARNING: MuseGAN: /musegan/tempo was refused: tempo must be in 20..400" in posted
    assert "/musegan/in/note (in)" in posted
    assert "the server speaks protocol" not in posted


def test_connection_outlives_cmd_period_and_servers_and_sets_again_what_was_set(
    sclang: Sclang, start_band: Callable[..., Band], free_port: Callable[[], int]
) -> None:
    port = free_port()
    with sclang.start("reconnect.scd", port, seconds=120) as process:

        def wait_for(start: str) -> None:
            assert process.stdout is not None
            posted = []
            for line in process.stdout:
                posted.append(line)
                if line.startswith(start):
                    return
            pytest.fail(f"{start!r} never came:\n{''.join(posted)}")

        wait_for("WARNING: MuseGAN: no answer")  # it was here before the band
        band = start_band(port)
        wait_for("connected true")
        for _ in range(3):
            wait_for("bar")
        band.stop()
        wait_for("connected false")
        band = start_band(port)
        wait_for("connected true")
        wait_for("it plays with density 0.5, swing 60, key Em, drums muted 1, yours: bass")
        band.process.kill()  # it has no time to say goodbye
        wait_for("connected false")
        band = start_band(port)
        wait_for("connected true")
        wait_for("it plays with density 0.5, swing 60, key Em, drums muted 1, yours: bass")
        band.process.kill()
        band.process.wait()
        start_band(port)  # so soon that nobody missed it
        wait_for("connected true")
        wait_for("it plays with density 0.5, swing 60, key Em, drums muted 1, yours: bass")
