"""The page for everybody: by keyboard alone, in light and dark, on small screens, without motion, for a newcomer."""

from __future__ import annotations

import io
import itertools
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread
from tests.clients.pages import ROUND, Stage, open_page, play_round, unfold

OnStage = Callable[..., Stage]

_ROOT = Path(__file__).parents[2]
PICTURES = os.environ.get("MUSEGAN_PICTURES")  # a folder: the pictures of the docs are written there


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the source of axe-core, as the lock names it."""
    path = _ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not path.exists():
        subprocess.run(["npm", "ci", "--prefer-offline", "--silent"], cwd=_ROOT, check=True)
    return path.read_text()


def test_axe_finds_nothing(on_stage: OnStage, axe: str) -> None:
    on = on_stage()
    page = on.page
    open_page(page, on.url, is_new=True)  # with the first steps
    on.client.send("/musegan/form", "AB")
    page.until("document.querySelector('#letters .current') !== null")
    for turn in ("[data-osc='/musegan/hold']", "[data-osc='/musegan/record']", "[data-osc='/musegan/track/bass/mute']"):
        page.click(turn)
    page.until("document.querySelectorAll('[aria-pressed=true]').length >= 3")
    on.client.send("/musegan/chart", "C | F")
    page.value("musegan.connection.send('/musegan/chart', 'C | x')")
    page.until(
        "document.querySelector('#chart-error').textContent && document.querySelector('#chart-chord').textContent"
    )
    page.value("musegan.connection.send('/musegan/form', 'x')")
    page.until("document.querySelector('#form-error').textContent")
    unfold(page)
    page.value(f"{axe}; 0")
    for scheme in ("dark", "light"):
        page.prefer(color_scheme=scheme)
        found = page.value(
            "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })"
            ".then(({ violations, passes }) => ({ passes: passes.map(({ id }) => id), violations: violations.map("
            "({ id, nodes }) => [id, nodes.map(({ target, failureSummary }) => [target, failureSummary])]) }))"
        )
        assert found["violations"] == []
        assert {"color-contrast", "label", "button-name", "select-name"} <= set(found["passes"])


def test_what_is_written_and_drawn_in_the_roll_has_contrast_too(on_stage: OnStage) -> None:
    page = on_stage().page

    def light(name: str) -> float:
        text = page.value(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}').trim()")
        parts = [int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, other: str) -> float:
        low, high = sorted((light(one), light(other)))
        return (high + 0.05) / (low + 0.05)

    for scheme in ("dark", "light"):
        page.prefer(color_scheme=scheme)
        for ground in ("roll-played", "roll-committed", "roll-planned", "roll-lane", "roll-other", "roll-own"):
            assert contrast("roll-text", ground) >= 4.5, (scheme, ground)
        assert contrast("on-accent", "roll-playing") >= 4.5
        for note in ("track-0", "track-1", "track-2", "track-3", "track-4", "roll-you", "roll-playhead"):
            for ground in ("roll-lane", "roll-other", "roll-own"):
                assert contrast(note, ground) >= 3, (scheme, note, ground)  # graphics: WCAG 1.4.11


def test_all_is_reached_and_played_by_keyboard_and_the_focus_is_seen(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    unfold(page)
    wanted = page.value(
        "[...document.querySelectorAll('button, input, select, summary')].filter((e) => "
        "e.tabIndex >= 0 && !e.disabled && e.checkVisibility()).length"
    )
    reached, unseen = set[int](), list[str]()
    for _ in range(wanted + 5):
        page.press("Tab")
        index, outline, name = page.value(
            "((e) => [[...document.querySelectorAll('button, input, select, summary')].indexOf(e), "
            "getComputedStyle(e).outlineStyle, e.outerHTML.slice(0, 80)])(document.activeElement)"
        )
        if index >= 0:
            reached.add(index)
            unseen += [name] if outline == "none" else []
    assert len(reached) == wanted
    assert not unseen
    page.focus("#start")
    page.press("Enter")
    page.until("musegan.sound?.context.state === 'running'")
    page.focus("#keyboard button")
    page.press("ArrowRight", "ArrowRight")
    page.key_down("Space")
    page.until("musegan.show.heard.some(({ pitch }) => pitch === 62)")
    assert on.status()["held"] == 1
    page.key_up("Space")
    on.sync()
    assert on.status()["held"] == 0
    page.value("document.activeElement.blur()")
    page.press("Space")  # of nothing in particular: start and stop
    on.sync()
    assert on.status()["playing"] == 0


def test_without_motion_the_picture_stands_still_and_the_playhead_steps(on_stage: OnStage) -> None:
    page = on_stage(tempo=60).page
    page.prefer(reduced_motion="reduce")
    page.until("((beat) => beat > 0 && beat % 8 < 5)(musegan.roll.layout().beat)")
    left, beat = page.value("(({ left, beat }) => [left, beat])(musegan.roll.layout())")
    later = page.until(f"(({{ left, beat }}) => beat > {beat + 1} && [left, beat])(musegan.roll.layout())")
    assert later[0] == left
    page.prefer(reduced_motion="no-preference")
    page.until(f"musegan.roll.layout().left > {left} + 0.01")


def test_a_newcomer_is_led_and_led_only_once(on_stage: OnStage) -> None:
    on = on_stage(tempo=120)
    page = on.page
    open_page(page, on.url, is_new=True)
    assert page.value("document.querySelector('#hint').checkVisibility()")
    page.click("#start")
    page.until("document.querySelector('#hint-start').classList.contains('done')")
    page.press("KeyA", "KeyD", "KeyG")
    page.until("document.querySelector('#hint-play').classList.contains('done')")
    # Within bars the band has heard it: the piano is left to the player, in bars made since.
    page.until(
        "[...musegan.show.bars.values()].some(({ committed, notes }) => "
        "committed && notes.length && notes.every(({ track }) => track !== 'piano'))"
    )
    page.call("Page.reload")
    page.wait_for("Page.loadEventFired")
    assert not page.value("document.querySelector('#hint').checkVisibility()")


def test_nothing_sticks_out_on_any_screen(on_stage: OnStage) -> None:
    page = on_stage().page
    page.until("musegan.show.bars.size > 2")
    screens = ((360, 740), (768, 1024), (1440, 900), (2560, 1440))
    for is_folded, (width, height) in itertools.product((True, False), screens):
        if not is_folded and (width, height) == screens[0]:
            unfold(page)
        page.size(width, height)
        page.until(f"innerWidth === {width} && document.querySelector('#roll').width > 100")
        assert page.value("document.documentElement.scrollWidth <= innerWidth"), width
        cut = page.value(
            "[...document.querySelectorAll('button, select, summary, label, h3, dd')].filter((e) => "
            "e.checkVisibility() && e.clientWidth && "
            "(e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth + 1))"
            ".map((e) => e.outerHTML.slice(0, 120))"
        )
        assert not cut
        if width >= 1440 and is_folded:  # all at once
            assert page.value("document.documentElement.scrollHeight <= innerHeight")
        assert page.value("musegan.roll.layout().lane") > 40


def test_it_is_dark_or_light_as_the_system_is_and_draws_its_pictures_for_the_docs(on_stage: OnStage) -> None:
    on = on_stage(tempo=160, seed=11)
    page = on.page
    page.click("#start")
    play_round(page)
    page.until("musegan.show.isSure && musegan.show.loop === 4")
    page.value("document.activeElement.blur()")
    shots = {}
    for scheme in ("light", "dark"):
        page.prefer(color_scheme=scheme)
        if scheme == "dark":  # with a chart, of the same chords
            on.client.send("/musegan/chart", "C")
            first = page.until("[...musegan.show.bars.values()].find(({ chart }) => chart)?.number")
            names = [list(ROUND)[(first + i) % len(ROUND)] for i in range(len(ROUND))]
            on.client.send("/musegan/chart", " | ".join(names))
            page.until(f"document.querySelector('#chart-chord').textContent === '{names[2]}'")
        page.until(  # a bar is committed, and the band plays what the musician plays
            "(musegan.show.beatAt(musegan.clock.unix()) + 0.8) % 4 < 0.6 && musegan.roll.layout().expected.length > 2"
            " && document.querySelector('#band-chord.same') !== null"
        )
        shots[scheme] = page.picture()
    for scheme, shot in shots.items():
        pixels = imread(io.BytesIO(shot))[..., :3]
        assert pixels.shape == (900, 1440, 3)
        assert (pixels.mean() > 0.6) == (scheme == "light")
        assert len(np.unique((pixels[::4, ::4].reshape(-1, 3) * 15).astype(int), axis=0)) > 40  # a band, not a blank
        if PICTURES:
            (Path(PICTURES) / ("page.png" if scheme == "light" else "page-dark.png")).write_bytes(shot)
