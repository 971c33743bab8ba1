"""What the Quark says of chords, against the real server: which are expected of a pattern, and those of a chart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from supercollider import build
from tests.clients.sclang import Sclang, rows_of
from tests.conftest import Band

from musegan_bridge.chords import chord, names

LOOP = {"C": [60, 64, 67], "Am": [57, 60, 64], "F": [53, 57, 60], "G": [55, 59, 62]}


def test_band_expects_a_loop_of_chords_once_it_came_round(
    sclang: Sclang, start_band: Callable[..., Band], tmp_path: Path
) -> None:
    written = tmp_path / "following.jsonl"
    sclang.run("following.scd", start_band(tempo=300).port, written, 16)
    rows = rows_of(written)
    played = {bar: name for kind, bar, name in (row for row in rows if row[0] == "played")}
    assert [*played.values()] == [*LOOP] * 4
    assert [*played] == list(range(min(played), min(played) + 16))  # no bar was missed
    expected = {row[1]: row[2:] for row in rows if row[0] == "expected"}
    for bar in [*played][8:]:
        confidence, loop, name, pitches = expected[bar]
        assert (loop, name, pitches) == (4, played[bar], LOOP[played[bar]])
        assert confidence > 0.5
    assert expected[min(played)] == [None, 0, None, []]  # before the first note
    # what they play is named as they play it
    assert [row[3] for row in rows if row[:2] == ["chord", "chord"]][:15] == ([*LOOP] * 4)[:15]
    # what the band plays is known in its bar, and told when that begins, where it is another one than before
    own = {row[1]: row[2] for row in rows if row[0] == "band"}
    assert [row[3] for row in rows if row[0] == "band"] == [*own.values()]
    told = {row[2]: row[3] for row in rows if row[:2] == ["chord", "bandChord"]}
    assert {bar: name for bar, name in told.items() if bar in own} == {
        bar: name for bar, name in own.items() if name != own.get(bar - 1, told.get(bar - 1))
    }
    status = next(row for row in rows if row[0] == "status")
    assert status[1:3] == ["anticipate", 4]
    assert "connected, anticipate, loop of 4, you " in status[3]
    asked = next(row for row in rows if row[0] == "asked")[1:]
    assert asked == list(range(max(played), max(played) + len(asked)))
    assert len(asked) >= 2


def test_chart_is_bars_text_or_a_pattern_and_tells_where_it_is(
    sclang: Sclang, start_band: Callable[..., Band], tmp_path: Path
) -> None:
    written = tmp_path / "chart.jsonl"
    sclang.run("chart.scd", start_band(tempo=400).port, written, seconds=120)
    rows = rows_of(written)
    said = {row[0]: row[1:] for row in rows}
    bars: dict[int, list[str]] = {1: ["C"], 2: ["Am", "F"], 3: ["G"]}
    assert [row[1:] for row in rows if row[0] == "loop"] == [[i % 3 + 1, bars[i % 3 + 1]] for i in range(7)]
    told = [row[1] for row in rows if row[0] == "chord"]
    assert told[:9] == ["C", "Am", "F", "G", "C", "Am", "F", "G", "C"]
    assert said["known"] == ["C | Am F | G"] * 2 + [3]
    jump = said["at"][0].index(3) if said["at"][0][0] != 3 else 0
    assert 3 in said["at"][0]
    assert all(b == a % 3 + 1 for a, b in zip(said["at"][0][jump:], said["at"][0][jump + 1 :], strict=False))
    assert said["strings"][0]
    assert said["refused"] == ["/musegan/chart"]
    assert said["after"] == ["C | Am F | G"]
    keys = [row[1] for row in rows if row[0] == "key"]
    assert keys[0] != "C"  # E and A are foreign to it
    assert keys[1] == keys[0]  # and a pattern leaves it
    pattern = [row[2] for row in rows if row[0] == "pattern"]
    order = [["Am"], ["E7", "Dm"], ["C"], ["G"]]
    first = order.index(pattern[0])
    assert pattern == (order[first:] + order[:first])[: len(pattern)]
    assert said["none"] == [None, None, 0]


def test_table_of_chords_has_all_that_the_band_may_name() -> None:
    (text,) = (text for path, text in build.files().items() if path.name == "MuseGANQualities.sc")
    for quality in [*chord._MORE, *names._QUALITIES]:
        assert f"'{quality}' -> #" in text
