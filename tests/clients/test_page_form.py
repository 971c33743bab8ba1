"""The form on the page: chosen, typed, refused, changed by others, and the phrase that plays in large letters."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser import Page
from tests.clients.pages import Stage

OnStage = Callable[..., Stage]

_PART = "document.querySelector('#part').textContent"
_CURRENT = (
    "[...document.querySelectorAll('#letters span')].flatMap((e, i) => e.classList.contains('current') ? [i] : [])"
)


def choose(page: Page, form: str) -> None:
    """Choose a form of the list."""
    page.value(
        f"((e) => {{ e.value = '{form}'; e.dispatchEvent(new Event('change', {{ bubbles: true }})); }})"
        "(document.querySelector('#form'))"
    )


def write(page: Page, letters: str) -> None:
    """Type a form of letters, and send it with Enter."""
    choose(page, "letters")
    assert page.value("document.activeElement.id") == "form-text"
    page.value("document.querySelector('#form-text').select()")
    page.call("Input.insertText", text=letters)
    page.press("Enter")


def test_a_form_is_typed_and_the_phrase_that_plays_follows_the_bars(on_stage: OnStage) -> None:
    on = on_stage(tempo=240)
    page = on.page
    page.until(f"{_PART} === 'verse A'")
    assert not page.value("document.querySelector('#letters').checkVisibility()")
    assert not page.value("document.querySelector('#form-text').checkVisibility()")
    assert page.value("Number.parseFloat(getComputedStyle(document.querySelector('#part')).fontSize)") > 30
    write(page, "aaba")  # small letters will do
    page.until("document.querySelector('#letters').textContent === 'AABA'")
    assert on.ask("/musegan/form") == "AABA"
    assert page.value("document.activeElement === document.body")  # letters are keys of the piano again
    seen = []
    bar = page.until(f"{_PART} === 'A' && Math.floor(musegan.show.beatAt(musegan.clock.unix()) / 4)")
    for phrase in range(6):  # which letters, in the middle of each phrase
        beat = f"musegan.show.beatAt(musegan.clock.unix()) > {4 * bar + 16 * phrase + 6}"
        seen.append(page.until(f"{beat} && [{_PART}, {_CURRENT}]"))
    assert seen == [["A", [0]], ["A", [1]], ["B", [2]], ["A", [3]], ["A", [0]], ["A", [1]]]
    assert page.value("document.documentElement.scrollWidth <= innerWidth")
    choose(page, "free")
    page.until(f"{_PART} === '\u2013' && !document.querySelector('#letters').checkVisibility()")
    assert on.ask("/musegan/form") == "free"
    assert not page.value("document.querySelector('#form-text').checkVisibility()")
    assert not page.complaints


def test_a_wrong_letter_is_told_beside_the_form_and_can_be_corrected(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    write(page, "AXBA")
    told = page.until("document.querySelector('#form-error').textContent")
    assert "letters A to H" in told
    assert "'AXBA'" in told
    assert page.value("document.querySelector('#form-text').value") == "AXBA"
    assert page.value("document.querySelector('#form-text').getAttribute('aria-invalid')") == "true"
    assert page.value("document.querySelector('#said').textContent") == ""  # once is enough
    assert on.ask("/musegan/form") == "song"
    write(page, "ABBA")
    page.until("document.querySelector('#letters').textContent === 'ABBA'")
    assert page.value("document.querySelector('#form-error').textContent") == ""
    assert on.ask("/musegan/form") == "ABBA"


def test_a_form_of_another_client_is_shown_and_a_page_that_comes_late_finds_its_place(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    on.client.send("/musegan/form", "AB")
    page.until(
        "document.querySelector('#form-text').value === 'AB' && document.querySelector('#form').value === 'letters'"
    )
    page.until(f"{_PART} === 'B'")
    page.call("Page.reload")
    page.wait_for("Page.loadEventFired")
    page.until(f"globalThis.musegan && ['A', 'B'].includes({_PART})")
    assert page.until(f"{_PART} === 'A' && {_CURRENT}") == [0]
    on.client.send("/musegan/form", "song")
    page.until("document.querySelector('#form').value === 'song'")
    assert not page.value("document.querySelector('#form-text').checkVisibility()")
