"""The report in short: each goal, what a band reaches, and whether that is enough."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from rich.console import Console

from musegan_models.model import Latents
from musegan_models.notes import running
from musegan_models.spec import TRACKS, ModelSpec
from musegan_train.data.phrases import Phrases, describe_spec, pack
from musegan_train.export import card
from musegan_train.measure import report as pages
from musegan_train.measure.evaluate import Settings, evaluate_band, json_from_report
from musegan_train.measure.summary import GOALS, summarise
from musegan_train.measure.tables import csv_rows, summary_rows, tables

FloatArray = NDArray[np.float32]
PLAYED = ("from scratch", "one track given", "one track awaited")
ROWS = [row + tidied for row in PLAYED for tidied in ("", ", tidied")]
SPEC = ModelSpec(
    "noise",
    tracks=tuple(replace(track, is_monophonic=track.name == "bass") for track in TRACKS),
    hears_previous=True,
    continues=True,
    anticipates=True,
)


class Noise:
    """A band that strikes at random."""

    def __init__(self, spec: ModelSpec = SPEC) -> None:
        self.spec = spec

    def phrase(
        self,
        latents: Latents,
        condition: FloatArray | None = None,
        given: FloatArray | None = None,
        chord: FloatArray | None = None,
        awaited: FloatArray | None = None,
        before: FloatArray | None = None,
    ) -> FloatArray:
        n = len(latents.shared)
        shape = (n, self.spec.n_measures, *self.spec.bar_shape)
        rng = np.random.default_rng(np.abs(latents.shared[:1]).view(np.uint32).ravel())
        return (rng.random(shape, np.float32) < 0.02).astype(np.float32)


def songs(n: int = 24) -> Phrases:
    planes = np.random.default_rng(5).random((n, 2, 5, 5, 16, 84)) < 0.02
    planes[:, 1] = running(planes[:, 0], planes[:, 1] & ~planes[:, 0])
    manifest = {**describe_spec(ModelSpec("songs")), "n_before": 1, "songs": [{}]}
    return Phrases(pack(planes[:, 0]), pack(planes[:, 1]), np.zeros(n, np.int32), np.arange(n) >= 8, manifest)


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return evaluate_band(Noise(), songs(), Settings(8, chains=2))


def a_report(row: str, **changes: Any) -> dict[str, Any]:
    """Return a report of a band that plays as songs do, but for `changes`."""
    follow = {"matched": 1.0, "shuffled": 1.5, "rhythm matched": 0.5, "rhythm shuffled": 0.4}
    kind = row.replace("one track given", "generated").replace("one track awaited", "awaited")
    values: dict[str, Any] = {
        "metrics": {"held-out": {"QN": {"bass": 0.7, "piano": 0.8}}, row: {"QN": {"bass": 0.7, "piano": 0.8}}},
        "relative_error": {row: {"EB": 0.0, "TD": 0.0, "mean": 0.0}},
        "ways": {row: {"bass-piano": 1.0, "mean": 1.0}},
        "following": {lead: {"held-out": follow, kind: follow} for lead in ("bass", "piano")},
        "heard": {
            "errors": {row: {"clash": 0.0, "mean": {"value": 0.2}}},
            "places": {"clash": {"1": {"value": 0.1}, "8": {"value": 0.1}}},
        },
        "coverage": {"data": {"recall": 0.8, "coverage": 0.9}, row: {"recall": 0.8, "coverage": 0.9}},
        "nearest": {"held-out": {"median": 0.8}, row: {"median": 0.8}},
    }
    return values | changes


def reached(row: str, line: str, **changes: Any) -> tuple[Any, bool]:
    found = summarise(a_report(row, **changes))[line]
    return found["values"][row], found["met"][row]


@pytest.mark.parametrize("row", ROWS)
def test_a_band_that_plays_as_songs_do_meets_all_goals(row: str) -> None:
    lines = summarise(a_report(row))
    assert list(lines) == [goal.name for goal in GOALS]
    said = [met for found in lines.values() for met in found["met"].values()]
    assert all(said)
    n = {"from scratch": 4 + 3, "one track given": 4 + 4, "one track awaited": 4 + 4}[row.removesuffix(", tidied")]
    assert len(said) == n + 2 * (row == "from scratch, tidied")


def test_errors_are_met_in_the_mean_and_in_the_worst_metric() -> None:
    errors = {"from scratch": {"EB": 0.16, "TD": 0.0, "mean": 0.08}}
    assert reached("from scratch", "mean relative error", relative_error=errors) == (0.08, True)
    assert reached("from scratch", "relative error, worst metric", relative_error=errors) == (0.16, False)


def test_qualified_notes_are_as_good_as_their_worst_track() -> None:
    rows = {"held-out": {"QN": {"bass": 0.7, "piano": 0.8}}, "from scratch": {"QN": {"bass": 0.72, "piano": 0.75}}}
    value, met = reached("from scratch", "QN, worst track", metrics=rows)
    assert value == pytest.approx(-5)
    assert not met


def test_a_track_that_never_plays_meets_nothing() -> None:
    rows = {"held-out": {"QN": {"bass": 0.7}}, "from scratch": {"QN": {"bass": float("nan")}}}
    value, met = reached("from scratch", "QN, worst track", metrics=rows)
    assert np.isnan(value)
    assert not met


def test_bars_in_a_row_are_as_good_as_the_mean_of_their_figures_and_the_worst_drift() -> None:
    row = "from scratch, tidied"
    heard = {
        "errors": {row: {"clash": 0.9, "mean": {"value": 0.21}}},
        "places": {
            "clash": {"1": {"value": 0.17}, "2": {"value": 0.5}, "8": {"value": 0.2}},
            "bass on the root": {"1": {"value": 0.7}, "2": {"value": 0.7}, "8": {"value": 0.62}},
        },
    }
    assert reached(row, "bars in a row, mean relative error of sixteen figures", heard=heard) == (0.21, False)
    drift = reached(row, "drift from phrase 1 to phrase 8, worst figure", heard=heard)
    assert drift == (pytest.approx(-8), False)


def test_a_band_that_repeats_bars_less_than_songs_do_is_not_praised_for_it() -> None:
    assert not any("similarity" in goal.name for goal in GOALS)


def test_following_is_told_of_all_tracks_and_of_the_one_followed_least() -> None:
    real = {"matched": 1.0, "shuffled": 1.5, "rhythm matched": 0.5, "rhythm shuffled": 0.4}
    half = {**real, "matched": 1.25, "rhythm matched": 0.45}
    drums = {**real, "matched": float("nan"), "shuffled": float("nan")}
    follows = {
        "bass": {"held-out": real, "generated": real},
        "drums": {"held-out": drums, "generated": {**drums, "rhythm matched": 0.5}},
        "piano": {"held-out": real, "generated": half},
    }
    row = "one track given"
    tonal = reached(row, "TD to the given track, way from chance to real", following=follows)
    rhythm = reached(row, "rhythm of the given track, way from chance to real", following=follows)
    assert tonal == (pytest.approx(75), True)
    assert rhythm == (pytest.approx(100 * 2.5 / 3), True)
    assert reached(row, "TD, worst given track", following=follows) == (pytest.approx(50), False)
    assert reached(row, "rhythm, worst given track", following=follows) == (pytest.approx(50), False)


def test_less_is_wanted_of_a_track_that_is_awaited() -> None:
    real = {"matched": 1.0, "shuffled": 1.5, "rhythm matched": 0.5, "rhythm shuffled": 0.4}
    follows = {"bass": {"held-out": real, "awaited": {**real, "matched": 1.2}}}
    line = "TD to the awaited track, way from chance to real"
    assert reached("one track awaited", line, following=follows) == (pytest.approx(60), True)


def test_covering_is_measured_beside_what_training_phrases_cover() -> None:
    covers = {"data": {"recall": 0.8, "coverage": 0.8}, "from scratch": {"recall": 0.8, "coverage": 0.7}}
    assert reached("from scratch", "recall, of that of training phrases", coverage=covers) == (100, True)
    assert reached("from scratch", "coverage, of that of training phrases", coverage=covers) == (
        pytest.approx(87.5), False,
    )  # fmt: skip


def test_phrases_may_be_neither_nearer_to_those_trained_on_nor_farther_than_songs() -> None:
    line = "distance to training phrases, beside that of held-out ones"
    for median, met in ((0.7, False), (0.75, True), (0.85, True), (0.9, False)):
        near = {"held-out": {"median": 0.8}, "from scratch": {"median": median}}
        assert reached("from scratch", line, nearest=near)[1] is met


def test_without_a_comparison_with_training_phrases_its_goal_is_not_met() -> None:
    assert not reached("from scratch", "distance to training phrases, beside that of held-out ones", nearest={})[1]


def test_a_band_that_goes_on_and_waits_has_all_rows_raw_and_tidied(report: dict[str, Any]) -> None:
    assert list(report["metrics"]) == ["held-out", "held-out, others", "data", *ROWS]
    assert set(report["phrases"].values()) == {8}
    bass = {row: report["metrics"][row]["PP"]["bass"] for row in ROWS}
    assert all((bass[row] == 0) == row.endswith("tidied") for row in ROWS)
    assert all(report["metrics"][row]["boundary"]["drums"] >= 0 for row in report["metrics"])
    assert list(report["following"]["drums"]) == [
        "held-out", "held-out, others", "generated", "generated, tidied", "held-out, a bar late", "awaited",
        "awaited, tidied",
    ]  # fmt: skip
    assert list(report["coverage"]) == ["data", "held-out, others", "from scratch", "from scratch, tidied"]
    assert report["summary"].keys() == {goal.name for goal in GOALS}


def test_the_summary_is_the_last_table_and_in_every_file(report: dict[str, Any]) -> None:
    plain = json_from_report(report)
    assert tables(plain)[-1].title == "In short"
    console = Console(width=80, file=io.StringIO())
    console.print(tables(plain)[-1])
    printed = console.file.getvalue()  # type: ignore[attr-defined]  # a StringIO
    assert max(map(len, printed.splitlines())) <= 80
    for goal in GOALS:
        assert f"{goal.name}, goal {goal}" in printed  # on one line, whole
    assert "scratch   tidied    given   tidied  awaited   tidied" in printed
    headings, *lines = summary_rows(plain["summary"])
    assert headings == ("", "goal", "data", *ROWS)
    assert len(lines) == len(GOALS)
    assert lines[0][:2] == ("mean relative error", "<= 0.08")
    assert {cell[-1:] for line in lines for cell in line[2:]} <= {"", "✓", "✗"}
    assert {"relative_error", "ways", "continuity", "following", "coverage", "summary"} <= {
        row[0] for row in csv_rows(plain)
    }
    assert [table.title for table in pages.tables(plain)][:3] == ["In short", "Bars in a row", "Phrase upon phrase"]


def test_the_card_says_what_evaluate_prints(report: dict[str, Any]) -> None:
    text = card.render(replace(SPEC, metrics=json_from_report(report)))
    for goal in GOALS:
        assert f"| {goal.name} | {goal} |" in text
    assert "| boundary | bass |" in text
    assert "| same chord, 4 before | ." in text
    assert "| phrase | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | songs |" in text
    assert "| given track |  | matched | shuffled | gain | way | rhythm matched |" in text
    assert "| drums | awaited, tidied | - | - | - | - | 0." in text
    assert "| held-out phrases | precision | recall | density | coverage |" in text
    assert "A note sounds from a probability of one half on." in text
    assert all(line.count("|") in (0, *range(5, 14)) for line in text.splitlines())


def test_a_card_of_older_measurements_has_only_what_they_say(report: dict[str, Any]) -> None:
    follow = {"matched": 1.1, "shuffled": 1.5, "gain": 0.4}
    older = {
        name: report[name]
        for name in ("n_phrases", "phrases", "seed", "metrics", "relative_error", "diversity", "nearest")
    }
    older["following"] = {"bass": {"held-out": follow, "generated": follow}}
    text = card.render(replace(SPEC, metrics=json_from_report(older)))
    assert "In short" not in text
    assert "held-out phrases |" not in text
    assert "| given track |  | matched | shuffled | gain |\n" in text


def test_a_band_that_stops_after_each_phrase_has_no_goals() -> None:
    report = evaluate_band(Noise(ModelSpec("noise")), songs(), Settings(6, compare=False, chains=2))
    assert report["summary"] == {}
    assert list(report["metrics"]) == ["held-out", "held-out, others", "data", "from scratch", "one track given"]
    assert "In short" not in [table.title for table in tables(json_from_report(report))]
