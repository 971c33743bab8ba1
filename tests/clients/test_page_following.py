"""The page shows that the band follows: what it expects of the musician, how long their loop is, the chords of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.clients.pages import ROUND, Stage, open_page, play_round

OnStage = Callable[..., Stage]

_SURE = "musegan.roll.layout().expected.some(({ confidence }) => confidence > 0.7)"

# In JavaScript: a picture, with a function that says the colour at a place as red, green, blue.
_DRAWN = """const { roll } = musegan;
  roll.draw();
  const picture = roll.layout();
  const copy = new OffscreenCanvas(picture.width, picture.height);
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(document.querySelector("#roll"), 0, 0);
  const at = (x, y) => [...context.getImageData(Math.floor(x), Math.floor(y), 1, 1).data].slice(0, 3);
  const away = (one, other) => Math.max(...one.map((part, i) => Math.abs(part - other[i])));
  const named = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim().slice(1)
    .match(/../g).map((part) => parseInt(part, 16));"""


@pytest.fixture
def followed(on_stage: OnStage) -> Iterator[Stage]:
    """Start a band that a musician plays four chords to, round and round, until it knows them."""
    on = on_stage(tempo=240)
    play_round(on.page)
    on.page.until(_SURE)
    yield on
    assert not on.page.complaints


def test_what_the_band_expects_is_seen_and_is_what_comes(followed: Stage) -> None:
    page = followed.page
    expected: list[dict[str, Any]] = page.until(
        "(({ beat, expected, notes }) => expected.length > 1 && expected.filter(({ number }) => 4 * number > beat)"
        ".map(({ number, confidence }) => ({ number, confidence, classes: notes.filter(({ state, bar }) => "
        "state === 'expected' && bar === number).map(({ pitch }) => pitch % 12) })))(musegan.roll.layout())"
    )
    chords = [{pitch % 12 for pitch in pitches} for pitches in ROUND.values()]
    assert expected
    for bar in expected:
        assert set(bar["classes"]) == chords[bar["number"] % 4]
        assert 0 < bar["confidence"] <= 1
    page.until("document.querySelector('#loop').textContent === '4 bars'")
    assert followed.status()["loop"] == 4


def test_what_is_expected_is_an_outline_in_the_musicians_lane(followed: Stage) -> None:
    edges, insides, lanes = followed.page.until(
        f"""(() => {{ {_DRAWN}
          const own = picture.expected[0]?.y;
          const notes = picture.notes.filter(({{ state, bar, x, width, height }}) => state === "expected" && height >= 4
            && 4 * bar > picture.beat && width > 12 && x + width < picture.width);
          return notes.length > 3 && [
            notes.map(({{ x, y, width }}) => away(at(x + width / 2, y + 0.5), named("--roll-own"))),
            notes.map(({{ x, y, width, height }}) => away(at(x + width / 2, y + height / 2), named("--roll-own"))),
            notes.every(({{ y, height }}) => y >= own && y + height <= own + picture.lane),
          ];
        }})()"""
    )
    assert min(edges) > 60
    assert sum(inside < 20 for inside in insides) > len(insides) / 2  # some lie one over another
    assert lanes


def test_the_chords_of_both_are_named_in_words_and_over_the_bars(followed: Stage) -> None:
    page = followed.page
    for name in ROUND:
        page.until(f"document.querySelector('#your-chord').textContent === '{name}'")
    page.until("/^[A-G]/.test(document.querySelector('#band-chord').textContent)")
    page.until("document.querySelector('#band-chord.same') !== null")  # it plays what the musician plays
    assert page.until("musegan.roll.layout().bars.filter(({ chord }) => chord).map(({ chord }) => chord)")


def test_notes_of_the_band_that_are_not_in_the_musicians_chord_are_broken(followed: Stage) -> None:
    page = followed.page
    told = page.until(
        "(({ beat, notes }) => ((all) => all.some(({ foreign }) => foreign) && all.some(({ foreign }) => !foreign)"
        " && all)(notes.filter(({ state, bar }) => ['playing', 'played'].includes(state) && 4 * bar + 4 < beat + 3)))"
        "(musegan.roll.layout())"
    )
    chords = [{pitch % 12 for pitch in pitches} for pitches in ROUND.values()]
    pitched = [note for note in told if note["track"] not in ("drums", "piano")]
    whole = [note["foreign"] == (note["pitch"] % 12 not in chords[note["bar"] % 4]) for note in pitched]
    assert sum(whole) > 0.8 * len(whole)  # a chord has its name a moment after it is struck
    assert not any(note["foreign"] for note in told if note["track"] == "drums")
    on, gap = page.until(
        f"""(() => {{ {_DRAWN}
          const note = picture.notes.find(({{ foreign, state, x, width, y, height }}) => foreign && state === "played"
            && x > 0 && width > 20 && !picture.notes.some((other) => other.foreign === false
              && Math.abs(other.y - y) < height && other.x < x + width && other.x + other.width > x));
          if (!note) return false;
          const [x, y] = [Math.round(note.x), note.y + note.height / 2];
          const colours = [...Array(14).keys()].map((i) => at(x + i, y));
          const ground = at(x + 1, note.y - 2);
          return [Math.max(...colours.map((c) => away(c, ground))), Math.min(...colours.map((c) => away(c, ground)))];
        }})()"""
    )
    assert on > 40
    assert gap < 20


def test_nothing_is_expected_on_the_page_in_another_mode(followed: Stage) -> None:
    page = followed.page
    followed.client.send("/musegan/in/mode", "previous-bar")
    page.until(
        "(({ expected, notes }) => !expected.length && !notes.some(({ state }) => state === 'expected'))"
        "(musegan.roll.layout())"
    )
    page.until("document.querySelector('#loop').textContent === '\\u2013'")
    for name in ("F", "G"):  # chords are named all the same
        page.until(f"document.querySelector('#your-chord').textContent === '{name}'")


def test_the_first_steps_end_when_the_band_knows_what_comes(on_stage: OnStage) -> None:
    on = on_stage(tempo=240)
    page = on.page
    open_page(page, on.url, is_new=True)
    page.click("#start")
    page.press("KeyA")
    page.until("document.querySelectorAll('#hint .done').length === 2")
    lane = "document.querySelector('.stage').getBoundingClientRect()"
    hint = "document.querySelector('#hint').getBoundingClientRect()"
    assert page.value(f"{hint}.bottom <= {lane}.top")  # it covers nothing of the band
    play_round(page)
    page.until("document.querySelector('#hint-hear.done') !== null")
    page.until("!document.querySelector('#hint').checkVisibility()")


def test_after_a_choice_by_mouse_letters_are_keys_of_the_piano_again(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    page.click("#own-track")
    page.press("ArrowDown", "Enter")
    page.until("document.querySelector('#own-track').value === 'bass' && musegan.keyboard.first === 36")
    page.until("document.activeElement === document.body")
    page.key_down("KeyD")
    on.sync()
    assert on.status()["held"] == 1
    page.key_up("KeyD")
    # Who chooses by keyboard stays where they are.
    page.focus("#own-track")
    page.press("ArrowDown")
    on.sync()
    assert page.value("document.activeElement.id") == "own-track"
