"""The whole page plays a real band: each note once, on time, whatever happens to tempo, tab and server; none hangs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.browser import Page
from tests.clients.pages import Stage, connected
from tests.conftest import Band, Client

OnStage = Callable[..., Stage]

GRID = 0.25  # beats: the band's notes begin on sixteenths

# An ear at the loudspeaker, from before the first note on. What is played is kept with the time at which it is heard,
# in Unix seconds, on a sound card that goes on from the real one's first word by the page's own clock: that of a busy
# machine stumbles by tenths of a second. What the page makes of a real card is for test_page_timing.py.
_EAR = """(() => {
  globalThis.played = [];
  const told = AudioContext.prototype.getOutputTimestamp;
  let first = null;
  AudioContext.prototype.getOutputTimestamp = function () {
    if (!first?.performanceTime) first = told.call(this);
    const performanceTime = performance.now();
    return { contextTime: first.contextTime + (performanceTime - first.performanceTime) / 1000, performanceTime };
  };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode)
      connect.call(this, globalThis.ear = new AnalyserNode(this.context, { fftSize: 8192 }));
    return connect.call(this, to, ...rest);
  };
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (when, ...rest) {
    const { contextTime, performanceTime } = this.context.getOutputTimestamp();
    const heard = (performance.timeOrigin + performanceTime) / 1000 + when + 0.006 - contextTime;
    played.push({ ...globalThis.now, heard, early: when - this.context.currentTime });
    return start.call(this, when, ...rest);
  };
  const { play } = musegan.playback;
  musegan.playback.play = (track, note, unix) => {
    globalThis.now = { track, ...note, unix, beat: musegan.show.beatAt(unix) };
    play(track, note, unix);
    globalThis.now = null;
  };
  globalThis.peak = () => {
    const samples = new Float32Array(8192);
    ear.getFloatTimeDomainData(samples);
    return samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  };
})()"""
_BEAT = "musegan.show.beatAt(musegan.clock.unix())"


@pytest.fixture
def playing(on_stage: OnStage) -> Iterator[Callable[..., Stage]]:
    """Start a band, its page and its sound, and an ear at it."""
    pages = []

    def start(**options: object) -> Stage:
        on = on_stage(**options)
        on.page.value(_EAR)
        on.page.click("#start")
        on.page.until("musegan.sound?.context.state === 'running' && played.length > 5")
        bars_on(on.page, 1)  # a sound card stumbles as it starts
        on.page.value("void (played.length = 0)")
        pages.append(on.page)
        return on

    yield start
    for page in pages:
        lost = ("WebSocket", "ERR_CONNECTION_REFUSED")  # as a band that is gone is told
        assert not [complaint for complaint in page.complaints if not any(word in complaint for word in lost)]


def notes_of(page: Page) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = page.value("played.filter(({ track }) => track)")
    return notes


def bars_on(page: Page, bars: int) -> None:
    """Wait until so many bars more have passed."""
    beat = page.value(_BEAT)
    page.until(f"{_BEAT} > {beat + 4 * bars}")


def assert_on_time(notes: list[dict[str, Any]]) -> None:
    """All notes are on the grid of the beats, none came twice, and the sound card was told before they sound."""
    assert len(notes) > 20
    off = [abs(note["beat"] / GRID - round(note["beat"] / GRID)) * GRID for note in notes]
    assert max(off) < 0.01
    places = [(note["track"], note["pitch"], round(note["beat"] / GRID)) for note in notes]
    assert len(set(places)) == len(places)
    late = sorted(abs(note["heard"] - note["unix"]) for note in notes)
    assert late[len(late) * 9 // 10] < 0.001, late  # all but where a busy machine let the page sleep too long


def test_each_note_is_heard_once_and_on_time(playing: OnStage) -> None:
    on = playing(tempo=120)
    bars_on(on.page, 4)
    notes = notes_of(on.page)
    assert_on_time(notes)
    first, last = (round(notes[i]["beat"] // 4) for i in (0, -1))
    for number in range(first + 1, last):
        bar = on.page.value(f"musegan.show.bars.get({number}).notes")
        assert sorted((n["track"], n["pitch"], number * 4 + n["position"]) for n in bar) == sorted(
            (n["track"], n["pitch"], round(n["beat"] / GRID) * GRID) for n in notes if n["beat"] // 4 == number
        )


def test_notes_keep_to_the_beat_when_the_tempo_changes_in_the_middle_of_a_bar(playing: OnStage) -> None:
    on = playing(tempo=100)
    for tempo in (160.0, 80.0, 120.0):
        on.page.until(f"{_BEAT} % 4 > 1.3 && {_BEAT} % 4 < 2")
        on.client.send("/musegan/tempo", tempo)
        on.page.until(f"musegan.show.timeline.tempo === {tempo}")
        bars_on(on.page, 1)
    notes = notes_of(on.page)
    # Those that were handed on already when it changed keep their time: less than a sixth of a second of it.
    off = [abs(n["beat"] / GRID - round(n["beat"] / GRID)) * GRID for n in notes]
    assert sum(value > 0.02 for value in off) == 0
    places = [(n["track"], n["pitch"], round(n["beat"] / GRID)) for n in notes]
    assert len(set(places)) == len(places)


def test_a_tab_that_nobody_sees_plays_on_and_on_time(playing: OnStage, chromium: Page) -> None:
    on = playing(tempo=120)
    other = chromium.another()
    other.call("Page.bringToFront")
    on.page.until("document.hidden")
    on.page.value("void (played.length = 0)")
    bars_on(on.page, 4)
    assert on.page.value("document.hidden")
    notes = notes_of(on.page)
    assert_on_time(notes)
    assert min(note["early"] for note in notes) >= 0
    on.page.call("Page.bringToFront")
    on.page.until("!document.hidden")
    other.close()
    on.page.value("void (played.length = 0)")
    bars_on(on.page, 2)
    assert_on_time(notes_of(on.page))


@pytest.mark.parametrize("address", ["/musegan/stop", "/musegan/panic"])
def test_stop_and_panic_are_silence(playing: OnStage, address: str) -> None:
    on = playing(tempo=60)
    on.page.until("peak() > 0.01")
    on.client.send(address)
    on.page.until("musegan.show.timeline === null")
    on.page.until("peak() < 0.001")  # the room rang out
    count = on.page.value("played.length")
    on.page.value("new Promise((done) => setTimeout(done, 2500))")  # what was to come would have
    assert on.page.value("[played.length, peak() < 0.0005]") == [count, True]
    on.client.send("/musegan/play")
    on.page.until(f"played.length > {count + 5} && peak() > 0.01")


def test_a_key_sounds_while_it_is_held_and_hangs_on_no_track(playing: OnStage) -> None:
    on = playing(tempo=120)
    on.client.send("/musegan/in/track", "strings")
    on.client.send("/musegan/stop")
    on.page.until("document.querySelector('#own-track').value === 'strings' && musegan.show.timeline === null")
    on.page.until("peak() < 0.001")
    on.page.value("document.activeElement.blur()")
    on.page.key_down("KeyF")
    on.page.until("peak() > 0.01")
    on.page.value("new Promise((done) => setTimeout(done, 700))")
    assert on.page.value("peak()") > 0.01
    # Somebody takes the strings away while the key is down.
    on.client.send("/musegan/in/track", "piano")
    on.page.until("document.querySelector('#own-track').value === 'piano'")
    on.page.key_up("KeyF")
    on.page.until("peak() < 0.001")
    assert on.status()["held"] == 0


def test_a_band_that_comes_again_is_heard_again(
    playing: OnStage, start_band: Callable[..., Band], connect: Callable[[Band], Client]
) -> None:
    on = playing(tempo=120)
    on.band.stop()
    on.page.until("!musegan.connection.isOpen")
    on.page.until("peak() < 0.001")
    on.page.value("void (played.length = 0)")
    start_band(options=("--http", on.url.rsplit(":", 1)[1]), seed=8, tempo=120)
    connected(on.page)
    on.page.until(f"{_BEAT} > 16")
    assert_on_time(notes_of(on.page))
