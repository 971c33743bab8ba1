"""Every control of the page changes the band: turned as a person does, and asked of the band itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.clients.pages import TRACKS, Stage, quoted, unfold

from musegan_bridge.messages import INCOMING

OnStage = Callable[..., Stage]

# What is no setting of the band's table, and where it is tested.
_OTHERS = {
    "start", "forget", "export-bars", "export", "own-track", "octave-down", "octave-up", "hint-close", "pad-x", "pad-y",
    "snapshots", "snapshot-load", "snapshot-delete", "snapshot-name", "volume", "midi-open", "midi-in", "midi-out",
    "chart", "chart-at", "form", "form-text",
}  # fmt: skip

# In JavaScript: all controls by a selector of their own, and what kind each is.
_CONTROLS = """[...document.querySelectorAll("button, input, select")].filter((e) => !e.closest("#keyboard"))
.map((e) => ({
  id: e.id, osc: e.dataset.osc ?? "", value: e.dataset.value ?? "", tag: e.tagName, type: e.type,
  isSwitch: e.hasAttribute("aria-pressed"), isSubmit: e.tagName === "BUTTON" && e.type === "submit",
}))"""


def settings(on: Stage) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = on.page.value(_CONTROLS)
    return found


def selector(control: dict[str, Any]) -> str:
    value = f"[data-value='{control['value']}']" if control["value"] else ""
    return f"[data-osc='{control['osc']}']{value}"


def test_there_is_no_control_that_no_test_turns(on_stage: OnStage) -> None:
    controls = settings(on_stage())
    assert {c["id"] for c in controls if not c["osc"] and not c["isSubmit"]} <= _OTHERS
    known = {spec.address.replace("<track>", track) for spec in INCOMING for track in TRACKS}
    assert {c["osc"] for c in controls if c["osc"]} <= known
    for track in TRACKS:
        for own in ("mute", "solo", "lock", "density", "octave", "low", "high", "gen"):
            assert f"/musegan/track/{track}/{own}" in {c["osc"] for c in controls}


def test_every_setting_is_turned_shown_and_told_by_the_band(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    unfold(page)
    turned = set()
    for control in settings(on):
        address, where = control["osc"], selector(control)
        is_choice = bool(control["value"])
        if not address or (control["tag"] == "BUTTON" and not control["isSwitch"]):
            continue
        before = on.ask(address)
        shown = f"document.querySelector({quoted(where)})"
        is_highest = page.value(f"{shown}.value === {shown}.max")
        if control["tag"] == "BUTTON":
            page.click(where)
        elif control["type"] == "range":
            page.focus(where)
            page.press(*["ArrowLeft" if is_highest else "ArrowRight"] * 2)
        elif control["tag"] == "SELECT":
            # Backwards, as the clock after the band's own is Ableton Link: it would look for others in the network.
            page.value(
                f"((e) => {{ e.selectedIndex = (e.selectedIndex || e.options.length) - 1; "
                f"e.dispatchEvent(new Event('change', {{ bubbles: true }})); }})({shown})"
            )
        else:
            step = "stepDown" if is_highest else "stepUp"
            page.value(f"((e) => {{ e.{step}(2); e.dispatchEvent(new Event('change')); }})({shown})")
        on.sync()
        after = on.ask(address)
        if is_choice:
            assert after == control["value"], where
        else:
            assert after != before, where
        # And the page shows what the band says, not what was wished.
        if control["tag"] == "BUTTON":
            wanted = "true" if is_choice else "true" if after else "false"
            page.until(f"{shown}.getAttribute('aria-pressed') === '{wanted}'")
        else:
            same = f"e.value === {quoted(after)}" if isinstance(after, str) else f"Math.abs(e.value - {after}) < 0.006"
            page.until(f"((e) => {same})({shown})")
        turned.add(address)
    assert turned >= {"/musegan/hold", "/musegan/loop", "/musegan/key", "/musegan/tempo", "/musegan/swing",
                      "/musegan/temperature", "/musegan/in/mode", "/musegan/in/listen", "/musegan/in/track",
                      "/musegan/section", "/musegan/record", "/musegan/in/amount", "/musegan/in/call",
                      "/musegan/in/split", "/musegan/in/dynamics", "/musegan/chart/track", "/musegan/chart/heard",
                      "/musegan/lookahead", "/musegan/commit", "/musegan/clock/source", "/musegan/variation",
                      "/musegan/drafts"}  # fmt: skip
    assert not page.complaints


def test_every_button_without_a_value_reaches_the_band(on_stage: OnStage, tmp_path: Path) -> None:
    log = tmp_path / "show.jsonl"
    on = on_stage(options=("--log", str(log)))
    page = on.page
    buttons = [c for c in settings(on) if c["osc"] and c["tag"] == "BUTTON" and not c["isSwitch"]]
    last = ("/musegan/stop", "/musegan/panic")
    for button in [b for b in buttons if b["osc"] not in last] + [b for b in buttons if b["osc"] in last]:
        page.click(selector(button))
        on.sync()
    on.band.stop()
    events = [json.loads(line) for line in log.read_text().splitlines()]
    received = {event["received"]["address"] for event in events if "received" in event}
    assert {b["osc"] for b in buttons} <= received
    assert {b["osc"] for b in buttons} >= {
        *last, "/musegan/gen", "/musegan/gen/now", "/musegan/gen/phrase", "/musegan/fill", "/musegan/tap",
        "/musegan/latent/free", "/musegan/track/bass/gen", "/musegan/chart/clear",
    }  # fmt: skip


def test_start_stop_and_panic(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    page.until("document.querySelector('#start').getAttribute('aria-pressed') === 'false'")  # no sound yet
    page.click("#start")
    page.until("document.querySelector('#start').getAttribute('aria-pressed') === 'true'")
    page.click("[data-osc='/musegan/stop']")
    on.sync()
    assert on.status()["playing"] == 0
    page.until("document.querySelector('#place').textContent === 'stopped'")
    page.click("#start")
    on.sync()
    assert on.status()["playing"] == 1
    page.key_down("KeyA")
    on.sync()
    assert on.status()["held"] == 1
    page.click("[data-osc='/musegan/panic']")
    on.sync()
    assert (on.status()["playing"], on.status()["held"]) == (0, 0)


def test_the_pad_moves_by_mouse_and_by_its_sliders(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    x, y = page.middle("#pad")
    page.click_at(x, y)
    on.sync()
    assert on.ask("/musegan/latent/xy")[:2] == pytest.approx([0.5, 0.5], abs=0.02)
    page.mouse("mousePressed", x, y)
    page.call("Input.dispatchMouseEvent", type="mouseMoved", x=x + 30, y=y - 45, button="left", buttons=1)
    page.mouse("mouseReleased", x + 30, y - 45)
    on.sync()
    size = page.value("document.querySelector('#pad').getBoundingClientRect().width")
    moved = on.ask("/musegan/latent/xy")
    assert moved[:2] == pytest.approx([0.5 + 30 / size, 0.5 + 45 / size], abs=0.02)
    assert moved[2] == "all"
    for slider in ("#pad-x", "#pad-y"):
        before = on.ask("/musegan/latent/xy")
        page.focus(slider)
        page.press("ArrowRight")
        on.sync()
        assert on.ask("/musegan/latent/xy") != before
    on.client.send("/musegan/latent/xy", 0.25, 0.75)
    page.until("Math.abs(document.querySelector('#pad-x').value - 0.25) < 0.01")
    page.until("document.querySelector('#dot').style.left === '25%'")


def test_snapshots_are_kept_loaded_and_deleted(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    page.until("document.querySelector('#snapshots').options.length")
    on.client.send("/musegan/swing", 60.0)
    page.focus("#snapshot-name")
    page.press("KeyA", "KeyB", "Enter")
    page.until("document.querySelector('#snapshots').value === 'ab'")
    on.client.send("/musegan/swing", 70.0)
    page.click("#snapshot-load")
    on.sync()
    assert on.ask("/musegan/swing") == 60.0
    page.click("#snapshot-delete")
    page.until("document.querySelector('#snapshots').value === ''")
    on.client.send("/musegan/snapshot/list")
    assert on.client.wait_for("/musegan/snapshot/names").args == [""]
    assert page.value("document.querySelector('#snapshot-load').disabled")


def test_sections_are_named_come_back_and_are_forgotten(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    page.until("musegan.show.bars.size > 2")
    page.click("[data-value='a']")
    page.until("musegan.show.status.section === 'a'")
    page.click("[data-osc='/musegan/gen/now']")
    page.until("musegan.show.status.section === 'none'")
    page.click("[data-value='a']")
    page.until("musegan.show.status.section === 'a'")
    page.click("#forget")
    on.sync()
    assert on.ask("/musegan/section") == "none"


def test_what_is_refused_is_said(on_stage: OnStage) -> None:
    on = on_stage()
    on.page.focus("#snapshot-name")
    on.page.press("KeyA", "Space", "KeyB", "Enter")
    said = on.page.until("document.querySelector('#said').textContent")
    assert said.startswith("snapshot/save: ")
    assert on.page.value("document.querySelector('#said').getAttribute('role')") == "status"


def test_what_is_refused_is_shown_as_it_still_is(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    unfold(page)
    clock = "document.querySelector('[data-osc=\"/musegan/clock/source\"]')"
    page.until(f"{clock}.value === 'internal'")
    page.value(f"{clock}.value = 'midi'; {clock}.dispatchEvent(new Event('change'))")  # there is no port to hear it on
    assert page.until("document.querySelector('#said').textContent").startswith("clock/source: ")
    assert page.value(f"{clock}.value") == "internal" == on.ask("/musegan/clock/source")


def test_the_range_of_a_track_is_told_by_the_names_of_its_notes(on_stage: OnStage) -> None:
    on = on_stage()
    page = on.page
    unfold(page)
    low = "document.querySelector('[data-osc=\"/musegan/track/guitar/low\"]')"
    assert page.until(f"{low}.parentElement.querySelector('output').value") == "C-1"
    on.client.send("/musegan/track/guitar/low", 52)
    page.until(f"{low}.value === '52' && {low}.parentElement.querySelector('output').value === 'E3'")
    page.value(f"{low}.value = '200'; {low}.dispatchEvent(new Event('change'))")  # no note
    assert page.value(f"{low}.parentElement.querySelector('output').value") == "G9"
    on.sync()
    assert on.ask("/musegan/track/guitar/low") == 127


def test_the_volume_and_the_octave_are_the_pages_own(on_stage: OnStage) -> None:
    page = on_stage().page
    page.focus("#volume")
    page.press("ArrowRight")
    assert page.value("document.querySelector('#volume-value').value") == "71 %"
    page.click("#octave-up")
    assert page.value("document.querySelector('#octave').value") == "C5"
    page.click("#octave-down")
    assert page.value("document.querySelector('#octave').value") == "C4"
    assert page.value("musegan.keyboard.first") == 60
