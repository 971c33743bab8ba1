"""`musegan-train report`: one page that needs nothing else."""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from musegan_models.spec import ModelSpec
from musegan_train.cli import main
from musegan_train.data.phrases import Phrases, describe_spec, pack
from musegan_train.fit.config import config_from_recipe
from musegan_train.measure.evaluate import Settings, evaluate_data, json_from_report
from musegan_train.measure.picture import draw_phrases
from musegan_train.measure.report import curves, page

SPEC = ModelSpec("songs")
VOID = {"meta", "img", "br", "line", "polyline"}


class Page(HTMLParser):
    """What a browser would load and show."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.headings: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.points: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "data", "action")]
        self.points += [value or "" for name, value in attrs if name == "points"]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())
        if self.open and self.open[-1] in ("h1", "h2", "h3"):
            self.headings.append(data)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """Make the folder of a run as `fit` leaves it, with what `evaluate --json` adds."""
    folder = tmp_path / "run"
    (folder / "samples").mkdir(parents=True)
    config = config_from_recipe(tmp_path / "data", describe_spec(SPEC), "hybrid", name="R&B <band>", steps=2000)
    (folder / "config.json").write_text(config.to_json())
    lines = [
        {"step": i, "distance": 9 / i, "penalty": 0.1, "generator_loss": i % 7, "seconds": 3.6} for i in range(1, 1001)
    ]
    (folder / "stats.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    (folder / "environment.json").write_text(
        json.dumps({"git": {"commit": "abc123"}, "libraries": {"torch": "2"}}) + "\n"
    )
    onset, sustain = np.random.default_rng(0).random((2, 6, 4, 5, 16, 84)) < 0.03
    for step in range(100, 1001, 100):
        draw_phrases(np.stack((onset[:1], sustain[:1]), axis=2), SPEC, folder / "samples" / f"step-{step:06d}.png")
        (folder / "samples" / f"step-{step:06d}.mid").write_bytes(b"MThd")
    manifest = {**describe_spec(SPEC), "songs": [{}]}
    data = Phrases(pack(onset), pack(sustain & ~onset), np.zeros(6, np.int32), np.arange(6) >= 3, manifest)
    report = {**json_from_report(evaluate_data(data, SPEC, Settings(0))), "preset": "hybrid"}
    (folder / "evaluation.json").write_text(json.dumps(report))
    return folder


def test_the_page_shows_config_curves_evolution_samples_and_measurements(run: Path) -> None:
    made = Page(page(run))
    assert made.headings[0] == "R&B <band>"
    for heading in ("Training", "Evolution", "Samples", "Measurements", "Config", "Made with", "By the papers' rules"):
        assert heading in made.headings
    assert "1000 of 2000 generator steps" in " ".join(made.words)
    assert "1.00 hours" in " ".join(made.words)
    assert "paper: hybrid, from scratch" in made.words
    assert "distance, by step" in made.words
    assert "learning_rate" in made.words
    assert sum(link.startswith("data:image/png") for link in made.links) == 9  # eight of the ten, the last one twice
    assert sum(link.startswith("data:audio/midi") for link in made.links) == 8


def test_the_page_loads_nothing_from_anywhere(run: Path) -> None:
    text = page(run)
    made = Page(text)
    assert made.links
    assert all(link.startswith("data:") for link in made.links)
    style = re.sub(r"data:[a-z/]+;base64,[A-Za-z0-9+/=]+", "", text)
    assert not re.search(r"https?://|url\(|@import|<script|<link|<iframe", style)


def test_pictures_in_the_page_are_the_files_of_the_run(run: Path) -> None:
    made = Page(page(run))
    last = [link for link in made.links if link.startswith("data:image/png")][-1]
    assert base64.b64decode(last.split(",")[1]) == (run / "samples" / "step-001000.png").read_bytes()


def test_the_page_is_for_light_and_dark_rooms(run: Path) -> None:
    assert "prefers-color-scheme: dark" in page(run)


def test_a_curve_goes_from_the_first_step_to_the_last_inside_its_frame() -> None:
    stats = [{"step": step, "loss": float(step)} for step in range(1, 5001)]
    (curve,) = curves(stats)
    points = np.array([pair.split(",") for pair in curve.points.split()], float)
    assert len(points) == 300
    assert (curve.first, curve.last) == (1, 5000)
    assert points[:, 0].min() == 55
    assert points[:, 0].max() == 395
    assert (np.diff(points[:, 1]) <= 0).all()  # up is less in a picture


def test_what_is_not_a_number_is_left_out_of_a_curve() -> None:
    stats: list[dict[str, Any]] = [
        {"step": 1, "loss": 1.0},
        {"step": 2, "loss": float("nan")},
        {"step": 3, "loss": 2.0, "density": [1]},
    ]
    (curve,) = curves(stats)
    assert len(curve.points.split()) == 2


def test_a_run_that_has_only_begun_has_a_page_too(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "stats.jsonl").write_text('{"step": 1, "distance": 1.0}\n{"step": 2, "dist')
    made = Page(page(tmp_path))
    assert made.headings == [tmp_path.name, "Measurements", "Config"]


def test_report_writes_the_page_into_the_folder(run: Path) -> None:
    result = CliRunner().invoke(main, ["report", str(run)])
    assert result.exit_code == 0, result.output
    assert f"wrote {run / 'report.html'}" in result.output
    assert Page((run / "report.html").read_text("utf-8")).headings


def test_a_folder_that_is_no_run_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["report", str(tmp_path)])
    assert result.exit_code == 1
    assert "is not a run folder: config.json is missing" in result.output
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "evaluation.json").write_text("[]")
    result = CliRunner().invoke(main, ["report", str(tmp_path)])
    assert result.exit_code == 1
    assert "evaluation.json" in result.output
