"""The chart on the page: typed, refused, shown in large letters, changed by others, and the chord of the left hand."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser import Page
from tests.clients.pages import Stage

OnStage = Callable[..., Stage]


def write(page: Page, text: str) -> None:
    """Type a chart, and send it with Enter."""
    page.focus("#chart")
    page.value("document.querySelector('#chart').select()")
    page.call("Input.insertText", text=text)
    page.press("Enter")


def test_a_chart_is_typed_and_its_chords_are_seen_in_turn(on_stage: OnStage) -> None:
    on = on_stage(tempo=240)
    page = on.page
    assert not page.value("document.querySelector('#chart-now').checkVisibility()")
    write(page, "verse: Am | F | Dm7 G7 | C")
    page.until("document.querySelector('#chart-now').checkVisibility()")
    assert on.ask("/musegan/chart") == "verse: Am | F | Dm7 G7 | C"
    assert page.value("document.activeElement === document.body")  # letters are keys of the piano again
    for chord, after, place in (("F", "Dm7  G7", 2), ("Dm7", "G7  C", 3), ("G7", "C  Am", 3), ("Am", "F  Dm7", 1)):
        page.until(
            f"document.querySelector('#chart-chord').textContent === '{chord}' && "
            f"document.querySelector('#chart-next').textContent === '{after}' && "
            f"document.querySelector('#chart-place').textContent === 'bar {place} of 4, verse'"
        )
    large = "Number.parseFloat(getComputedStyle(document.querySelector('#chart-chord')).fontSize)"
    assert page.value(large) > 30
    assert page.value("document.documentElement.scrollWidth <= innerWidth")
    page.click("[data-osc='/musegan/chart/clear']")
    page.until("document.querySelector('#chart').value === ''")
    page.until("!document.querySelector('#chart-now').checkVisibility()")
    assert on.ask("/musegan/chart") == ""
    assert not page.complaints


def test_a_wrong_chord_is_told_beside_the_chart_and_can_be_corrected(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    write(page, "C | Amx | F")
    told = page.until("document.querySelector('#chart-error').textContent")
    assert "Amx" in told
    assert "bar 2" in told
    assert page.value("document.querySelector('#chart').value") == "C | Amx | F"
    assert page.value("document.querySelector('#chart').getAttribute('aria-invalid')") == "true"
    assert page.value("document.querySelector('#chart').getAttribute('aria-describedby')") == "chart-error"
    assert page.value("document.querySelector('#said').textContent") == ""  # once is enough
    assert on.ask("/musegan/chart") == ""
    write(page, "C | Am | F")
    page.until("document.querySelector('#chart-error').textContent === ''")
    assert on.ask("/musegan/chart") == "C | Am | F"


def test_a_chart_of_another_client_is_shown_unless_one_is_being_typed(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    on.client.send("/musegan/chart", "verse:\nC | G\nAm | F")
    page.until("document.querySelector('#chart').value === 'verse:; C | G; Am | F'")
    page.until("document.querySelector('#chart-chord').textContent === 'G'")
    page.focus("#chart")
    page.call("Input.insertText", text="x")
    on.client.send("/musegan/chart", "Dm | G7")
    page.until("document.querySelector('#chart-chord').textContent === 'G7'")
    assert page.value("document.querySelector('#chart').value").endswith("Fx")
    write(page, page.value("document.querySelector('#chart').value")[:-1])  # the lines are lines still
    page.until("document.querySelector('#chart-place').textContent === 'bar 3 of 4, verse'")


def test_it_goes_to_a_bar_of_the_chart(on_stage: OnStage) -> None:
    on = on_stage(tempo=120)
    page = on.page
    write(page, "C | D | E | F | G | A | B | Cm")
    page.until("document.querySelector('#chart-chord').textContent === 'C'")
    page.until("document.querySelector('#chart-at').max === '8'")
    page.focus("#chart-at")
    page.call("Input.insertText", text="7")
    page.press("Enter")
    page.until("document.querySelector('#chart-chord').textContent === 'B'")
    assert page.value("document.querySelector('#chart-place').textContent") == "bar 7 of 8"
    assert page.value("document.querySelector('#chart-at').value") == ""


def test_the_chord_of_the_left_hand_is_shown_large_too(on_stage: OnStage) -> None:
    on = on_stage()
    on.client.send("/musegan/in/split", 60)
    on.page.until("document.querySelector(\"[data-osc='/musegan/in/split']\").value === '60'")
    for pitch in (45, 48, 52):
        on.client.send("/musegan/in/note", pitch, 90)
    on.page.until("document.querySelector('#chart-chord').textContent === 'Am'")
    assert on.page.value("document.querySelector('#chart-place').textContent") == "your left hand"
    split = "document.querySelector(\"[data-osc='/musegan/in/split']\").closest('label').querySelector('output').value"
    assert on.page.value(split) == "C4"
    on.client.send("/musegan/in/split", 0)
    on.page.until(f"{split} === 'off'")
