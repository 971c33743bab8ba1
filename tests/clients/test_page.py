"""The page in a real browser, on a real band: what it shows, what it plays, and that it comes back."""

from __future__ import annotations

import contextlib
import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mido
import pytest
from tests.browser import Page
from tests.clients.pages import TRACKS, Stage, connected, open_page, quoted
from tests.conftest import Band, Client

OnStage = Callable[..., Stage]

# In JavaScript: what the picture shows, and the colour at the middle of each note, taken in one breath.
_PICTURE = """(() => {
  const { roll } = musegan;
  roll.draw();
  const picture = roll.layout();
  const copy = new OffscreenCanvas(picture.width, picture.height);
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(document.querySelector("#roll"), 0, 0);
  const colour = (x, y) => [...context.getImageData(Math.floor(x), Math.floor(y), 1, 1).data].slice(0, 3);
  for (const note of picture.notes) {
    note.colour = colour(note.x + note.width / 2, note.y + note.height / 2);
    note.edge = colour(note.x + note.width / 2, note.y + 0.5);
  }
  return picture;
})()"""


def picture(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.value(_PICTURE)
    return found


def colour(page: Page, name: str) -> list[int]:
    """Return a colour of the style sheet as red, green, blue."""
    text = page.value(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}').trim()")
    return [int(text[i : i + 2], 16) for i in (1, 3, 5)]


def bars_of(page: Page, *, committed: bool) -> dict[int, list[tuple[str, int]]]:
    """Return the (track, pitch) of each bar that the page knows."""
    told = page.value(
        f"[...musegan.show.bars.values()].filter((bar) => bar.committed === {str(committed).lower()})"
        ".map(({ number, notes }) => [number, notes.map(({ track, pitch }) => [track, pitch])])"
    )
    return {number: sorted((track, pitch) for track, pitch in notes) for number, notes in told}


def test_the_page_loads_without_a_complaint_asks_nobody_else_and_its_address_is_printed(on_stage: OnStage) -> None:
    on = on_stage()
    page, output = on.page, on.band.process.stdout
    assert output is not None
    assert any(f"open {on.url}/ in a browser" in line for line in (output.readline() for _ in range(2)))
    assert page.value("document.querySelector('#connection').textContent").startswith("connected to lakh-live")
    assert page.value("[...document.querySelectorAll('.strip h3')].map((name) => name.textContent)") == list(TRACKS)
    page.until("musegan.show.bars.size > 2")
    assert page.complaints == []
    assert {request.split("/")[2] for request in page.requests} == {on.url.split("/")[2]}


def test_the_page_knows_the_bars_that_the_band_sent(on_stage: OnStage) -> None:
    on = on_stage()
    on.client.send("/musegan/subscribe", "bar", 0, 60.0, 16.0)
    for _ in range(3):
        begin, notes = on.client.bar()
    number = begin.args[0]
    on.page.until(f"musegan.show.bars.get({number})?.committed")
    sent = sorted((track, note[1]) for track, own in notes.items() for note in own)
    assert len(sent) > 5
    assert bars_of(on.page, committed=True)[int(str(number))] == sent
    # Exactly: places, lengths and the downbeat that its timetag says.
    one = on.page.value(f"musegan.show.bars.get({number})")
    assert one["downbeat"] == pytest.approx(begin.time, abs=1e-6)
    told = sorted((n["track"], n["position"], n["pitch"], n["velocity"], n["duration"]) for n in one["notes"])
    wanted = sorted((track, *note) for track, own in notes.items() for note in own)
    assert [n[2:4] for n in told] == [n[2:4] for n in wanted]
    assert [n[1] for n in told] == pytest.approx([n[1] for n in wanted])


def test_the_roll_draws_what_is_played_committed_and_planned(on_stage: OnStage) -> None:
    on = on_stage(tempo=120)
    page = on.page
    states = "new Set(musegan.roll.layout().bars.map(({ state }) => state))"
    page.until(
        f"((states) => ['played', 'playing', 'committed', 'planned'].every((state) => states.has(state)))({states})"
    )
    shown = picture(page)
    assert [bar["state"] for bar in shown["bars"]] == sorted(
        (bar["state"] for bar in shown["bars"]), key=["played", "playing", "committed", "planned"].index
    )
    kinds = {state: [n for n in shown["notes"] if n["state"] == state] for state in ("played", "playing", "planned")}
    assert all(len(notes) > 5 for notes in kinds.values())
    tracks = {track: colour(page, f"track-{i}") for i, track in enumerate(TRACKS)}
    sounds = {track: colour(page, f"sounds-{i}") for i, track in enumerate(TRACKS)}
    for note in kinds["playing"]:
        middle = note["x"] + note["width"] / 2
        if abs(middle - shown["playhead"]) > 3 and 0 < middle < shown["width"]:
            assert note["colour"] in (tracks[note["track"]], sounds[note["track"]]), note
    # A planned note is an outline: its edge has the colour, its inside has not.
    hollow = [
        n for n in kinds["planned"] if n["height"] >= 4 and n["x"] + n["width"] < shown["width"] and n["width"] > 4
    ]
    assert hollow
    assert sum(note["edge"] == tracks[note["track"]] for note in hollow) > len(hollow) / 2
    assert all(note["colour"] != tracks[note["track"]] for note in hollow[:5])
    # It moves: what is under the playhead comes from the right.
    later = page.until(f"((at) => at > {shown['beat']} + 0.5 && at)(musegan.roll.layout().beat)")
    assert later > shown["beat"]


def test_a_key_is_played_on_the_track_that_the_band_follows(on_stage: OnStage) -> None:
    on = on_stage(tempo=120)
    page, client = on.page, on.client
    client.send("/musegan/subscribe", "bar", 0, 60.0, 0.0, 0.0, 1)
    page.until("musegan.show.timeline")
    page.key_down("KeyD")
    heard = client.wait_for("/musegan/heard")
    assert heard.args[2:4] == ["piano", 64]
    assert (on.status()["track"], on.status()["held"]) == ("piano", 1)
    page.until("musegan.show.heard.some(({ pitch, end }) => pitch === 64 && end === null)")
    page.until("document.querySelector('[data-track=piano]').classList.contains('own')")
    page.until("musegan.roll.layout().notes.some(({ state, width }) => state === 'you' && width > 8)")
    (note,) = [note for note in picture(page)["notes"] if note["state"] == "you"]
    assert note["colour"] == colour(page, "roll-you")
    page.key_up("KeyD")
    assert client.wait_for("/musegan/heard").args[3:] == [64, 0]
    assert on.status()["held"] == 0
    page.press("KeyX", "KeyA")  # an octave up
    assert client.wait_for("/musegan/heard").args[3] == 72
    assert page.value("document.querySelector('#own-track').value") == "piano"
    # Letters in a field are letters.
    page.focus("#snapshot-name")
    page.press("KeyD")
    on.sync()
    assert on.status()["held"] == 0
    assert page.value("document.querySelector('#snapshot-name').value") == "d"
    assert page.complaints == []


def test_several_pages_stay_in_step(on_stage: OnStage, chromium: Page) -> None:
    on = on_stage()
    other = chromium.another()
    open_page(other, on.url)
    mute = "[data-osc='/musegan/track/bass/mute']"
    on.page.click(mute)
    other.until(f"document.querySelector({quoted(mute)}).getAttribute('aria-pressed') === 'true'")
    other.click(mute)
    on.page.until(f"document.querySelector({quoted(mute)}).getAttribute('aria-pressed') === 'false'")
    on.client.send("/musegan/tempo", 97.0)  # and with who is no page
    on.client.send("/musegan/in/track", "bass drums")
    for page in (on.page, other):
        page.until("document.querySelector('#tempo').value === '97'")
        page.until("document.querySelector('#own-track').value === 'bass drums'")
        page.until("document.querySelectorAll('.strip.own').length === 2")
    on.page.click("[data-osc='/musegan/stop']")
    other.until("document.querySelector('#place').textContent === 'stopped'")
    other.close()


def test_it_comes_back_when_the_band_does(
    on_stage: OnStage, start_band: Callable[..., Band], connect: Callable[[Band], Client]
) -> None:
    on = on_stage()
    on.page.until("musegan.show.bars.size > 2")
    on.band.stop()
    on.page.until("!musegan.connection.isOpen && musegan.show.bars.size === 0")
    assert "looking for it" in on.page.value("document.querySelector('#connection').textContent")
    again = start_band(options=("--http", on.url.rsplit(":", 1)[1]), seed=8)
    connected(on.page)
    on.page.until("musegan.show.bars.size > 2")
    client = connect(again)
    on.page.click("[data-osc='/musegan/hold']")
    on.page.until("document.querySelector(\"[data-osc='/musegan/hold']\").getAttribute('aria-pressed') === 'true'")
    client.send("/musegan/hold")
    assert client.wait_for("/musegan/hold").args == [1]
    assert not [complaint for complaint in on.page.complaints if "exception" in complaint.lower()]


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[str]:
    """Serve an empty page of another origin; yield its address."""
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "index.html").write_text("<!doctype html><title>foreign</title>")

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(tmp_path / "foreign"))

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def test_a_foreign_page_in_the_same_browser_neither_reads_nor_plays(
    on_stage: OnStage, chromium: Page, foreign: str
) -> None:
    on = on_stage()
    evil = chromium.another()
    evil.open(foreign)
    own = on.url.split("/")[2]
    stop = [*b"/musegan/stop\0\0\0,\0\0\0"]
    outcome = evil.value(
        f"""(async () => {{
          const attempt = async (what) => {{ try {{ return await what(); }} catch {{ return "refused"; }} }};
          const socket = await new Promise((done) => {{
            const socket = new WebSocket("ws://{own}/");
            socket.onopen = () => {{ socket.send(new Uint8Array({stop})); done("open"); }};
            socket.onerror = () => done("refused");
          }});
          const frame = document.createElement("iframe");
          frame.src = "{on.url}/";
          const framed = await new Promise((done) => {{ frame.onload = () => {{
            try {{ done(frame.contentDocument ? "readable" : "blank"); }} catch {{ done("blank"); }} }};
            document.body.append(frame); }});
          const image = await new Promise((done) => {{ const image = new Image();
            image.onload = () => done("shown"); image.onerror = () => done("refused");
            image.src = "{on.url}/page/icon.svg"; }});
          return {{
            socket, framed, image,
            json: await attempt(async () => (await fetch("{on.url}/musegan/tempo")).text()),
            posted: await attempt(async () => (await fetch("{on.url}/musegan/stop", {{ method: "POST" }})).text()),
            midi: await attempt(async () => (await fetch("{on.url}/page/export.mid?bars=4")).text()),
            opaque: await attempt(async () => (await fetch("{on.url}/page/page.js", {{ mode: "no-cors" }})).type),
          }};
        }})()"""
    )
    assert outcome == dict.fromkeys(("socket", "image", "json", "posted", "midi", "opaque"), "refused") | {
        "framed": "blank"
    }
    assert on.status()["playing"] == 1
    evil.close()
    assert on.page.value("musegan.connection.isOpen")


def test_no_other_machine_reaches_it(on_stage: OnStage) -> None:
    port = int(on_stage().url.rsplit(":", 1)[1])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        with contextlib.suppress(OSError):  # no network at all
            probe.connect(("192.0.2.1", 9))  # nothing is sent: it only chooses the way out
        outside = probe.getsockname()[0]
    for address in {outside, "127.0.0.2"} - {"0.0.0.0"}:
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((address, port), timeout=5)


def test_what_the_page_plays_is_what_the_bars_say(on_stage: OnStage) -> None:
    on = on_stage(tempo=120)
    page = on.page
    page.click("#start")
    page.until("musegan.sound?.context.state === 'running'")
    page.value(
        "(() => { const { sound, clock } = musegan; const play = sound.play.bind(sound); globalThis.played = [];"
        " sound.play = (track, note, when) => { played.push({ track, ...note, "
        "unix: clock.unix() + when - clock.contextTime(clock.unix()) }); play(track, note, when); }; })()"
    )
    number = (
        page.until("Math.max(...[...musegan.show.bars.values()].filter((b) => b.committed).map((b) => b.number))") + 1
    )
    page.until(f"musegan.show.beatAt(musegan.clock.unix()) > {4 * (number + 1) + 0.2}")
    bar, played = page.value(f"[musegan.show.bars.get({number}), played]")
    assert len(bar["notes"]) > 5
    for note in bar["notes"]:
        at = bar["downbeat"] + note["position"] * 0.5
        near = [p for p in played if (p["track"], p["pitch"]) == (note["track"], note["pitch"])]
        assert min(abs(p["unix"] - at) for p in near) < 0.03, note
    # That clock is the context's own but for the delay of the sound card.
    assert 0 <= page.value("musegan.sound.now - musegan.clock.contextTime(musegan.clock.unix())") < 0.3
    assert page.complaints == []


def test_bars_of_the_band_are_heard_through_an_offline_audio_graph(on_stage: OnStage) -> None:
    page = on_stage(tempo=120).page
    page.until("[...musegan.show.bars.values()].filter(({ committed }) => committed).length > 2")
    peaks = page.value(
        """(async () => {
          const { renderBars } = await import("/page/sound.js");
          const bars = [...musegan.show.bars.values()].filter(({ committed }) => committed).slice(0, 3);
          const heard = {};
          for (const track of musegan.roll.tracks) {
            const notes = bars.flatMap((bar, i) => bar.notes.filter((note) => note.track === track)
              .map((note) => ({ ...note, time: 2 * i + note.position / 2, duration: note.duration / 2 })));
            const buffer = await renderBars(notes, 7, 22050);
            heard[track] = [notes.length, buffer.getChannelData(0).reduce((most, x) => Math.max(most, Math.abs(x)), 0)];
          }
          return heard;
        })()"""
    )
    assert set(peaks) == set(TRACKS)
    assert sum(n > 0 for n, _ in peaks.values()) >= 3
    assert all((peak > 0.01) == (n > 0) for n, peak in peaks.values())
    assert all(peak < 1 for _, peak in peaks.values())


def test_the_last_bars_come_as_a_midi_file(on_stage: OnStage, tmp_path: Path) -> None:
    on = on_stage()
    page = on.page
    page.until("[...musegan.show.bars.values()].filter(({ committed }) => committed).length > 3")
    page.click("[data-osc='/musegan/stop']")
    page.until("document.querySelector('#place').textContent === 'stopped'")
    page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path), eventsEnabled=True)
    page.value("document.querySelector('#export-bars').value = '4'")
    shown = page.value("musegan.roll.layout()")
    assert shown["playhead"] is None
    assert [bar for bar in shown["bars"] if bar["state"] == "played"]  # where it stopped the picture stays
    page.click("#export")
    while page.wait_for("Browser.downloadProgress")["state"] != "completed":
        pass
    (path,) = tmp_path.glob("*.mid")
    names = [track.name for track in mido.MidiFile(path).tracks]
    assert names[1:6] == list(TRACKS)
    page.until("document.querySelector('#said').textContent.endsWith('is in your downloads.')")
    assert mido.MidiFile(path).length == pytest.approx(4, abs=0.5)  # four bars at 240 beats a minute


def test_the_browser_draws_no_random_numbers_beside_the_tests_that_follow(chromium: Page) -> None:
    assert not [thread.name for thread in threading.enumerate() if "keepalive" in thread.name]
