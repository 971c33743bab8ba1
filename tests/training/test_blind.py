"""`musegan-train report --blind`: a page that plays songs and the band, and counts, in a real browser."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.stats
import torch
from click.testing import CliRunner
from numpy.typing import NDArray
from tests.browser import Page, browser

from musegan_models.spec import ModelSpec
from musegan_train.cli import main
from musegan_train.data.phrases import Phrases, describe_spec, load, pack, save
from musegan_train.fit import state as states
from musegan_train.fit.config import config_from_recipe
from musegan_train.measure.blind import Pair, draw_pairs, page
from musegan_train.measure.references import Reference
from musegan_train.measure.sample import notes_from_planes
from musegan_train.measure.torch_band import TorchBand

SPEC = ModelSpec("R&B <band>")
BASS, DRUMS, GUITAR, PIANO, STRINGS = range(5)
SONG = [(DRUMS, 0.0, 36, 0.25), (BASS, 0.0, 40, 1.0), (DRUMS, 1.0, 38, 0.25)]
OWN = [(PIANO, 0.0, 60, 2.0), (STRINGS, 0.0, 67, 4.0), (DRUMS, 0.5, 42, 0.25)]
REAL = (0, 1, 1)  # of three pairs, which one is of a song
RATE = 48000

# What the page sends to the loudspeakers is also heard here, without a word of it in the page.
EAR = """
const connectTo = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (to, ...rest) {
  if (to instanceof AudioDestinationNode && this.context instanceof AudioContext) {
    globalThis.ear = new AnalyserNode(this.context, { fftSize: 8192 });
    connectTo.call(this, globalThis.ear);
  }
  return connectTo.call(this, to, ...rest);
};
globalThis.sound = () => new Promise((resolve) => {
  const samples = new Float32Array(8192);
  const listen = () => {
    globalThis.ear.getFloatTimeDomainData(samples);
    const loudest = Math.max(...samples.map(Math.abs));
    if (loudest > 0.01) resolve(loudest); else setTimeout(listen, 5);
  };
  listen();
});
"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile")) as made:
        yield made


@pytest.fixture
def opened(chromium: Page, tmp_path: Path) -> Page:
    """Open a page of three pairs."""
    (tmp_path / "blind.html").write_text(page(pairs_of(REAL), SPEC, {"step": 7, "seed": 3}, "J. S. Bach"), "utf-8")
    chromium.complaints.clear()
    chromium.requests.clear()
    chromium.open(tmp_path / "blind.html", EAR)
    return chromium


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve phrases of six songs, the last three songs held out."""
    spec = ModelSpec("songs")
    shape = (2, 12, spec.n_measures, spec.n_tracks, spec.measure_resolution, spec.n_pitches)
    onset, sustain = np.random.default_rng(0).random(shape) < 0.02
    song = np.repeat(np.arange(6, dtype=np.int32), 2)
    manifest = {**describe_spec(spec), "songs": [{}] * 6, "attribution": "J. S. **Bach**"}
    path = tmp_path_factory.mktemp("data") / "phrases"
    save(path, Phrases(pack(onset), pack(sustain & ~onset), song, song >= 3, manifest))
    return path


def pairs_of(real: tuple[int, ...]) -> list[Pair]:
    return [Pair(side, (SONG, OWN) if side == 0 else (OWN, SONG)) for side in real]


def run_of(data: Path, folder: Path, preset: str) -> Path:
    """Make a run that has not learned anything yet."""
    facts = json.loads((data / "manifest.json").read_text())
    config = config_from_recipe(data, facts, preset, width=0.05, name="nobody")
    (folder / preset).mkdir()
    (folder / preset / "config.json").write_text(config.to_json())
    states.save(states.start(config, torch.device("cpu")), folder / preset)
    return folder / preset


def band_of(data: Path, preset: str) -> TorchBand:
    facts = json.loads((data / "manifest.json").read_text())
    config = config_from_recipe(data, facts, preset, width=0.05, name="nobody")
    return TorchBand(states.start(config, torch.device("cpu")).average.eval())


def report(*args: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["report", *map(str, args)])
    assert result.exit_code == code, result.output
    return result.output


def rendered(opened: Page, notes: list[tuple[int, float, int, float]], seconds: float) -> NDArray[np.float64]:
    """Return what the page makes of notes, at 120 beats a minute, as samples."""
    tracks = [{"program": track.program, "isDrum": track.is_drum} for track in SPEC.tracks]
    samples = opened.value(
        f"(async () => {{ const context = new OfflineAudioContext(1, {round(seconds * RATE)}, {RATE});"
        f" play(context, {json.dumps(notes)}, {json.dumps(tracks)}, 120, {2 * seconds});"
        " return Array.from((await context.startRendering()).getChannelData(0)); })()"
    )
    return np.array(samples)


def said(opened: Page, part: str) -> str:
    return str(opened.value(f"document.querySelector('{part}').innerText"))


def answer(opened: Page, song: int, better: int) -> None:
    """Listen to both, and answer, with a mouse."""
    for side in (0, 1):
        opened.click(f"#play{side}")
        assert opened.value("sound()") > 0.01
    opened.click(f"input[name=song][value='{song}']")
    opened.click(f"input[name=better][value='{better}']")
    opened.click("form .main")


def test_a_listener_with_a_keyboard_and_one_with_a_mouse_hear_both_sides_and_are_counted(
    opened: Page, tmp_path: Path
) -> None:
    opened.press("Tab", "Enter")  # begin
    assert said(opened, "h2") == "Pair 1 of 3"
    for side in ("A", "B"):
        opened.press("Tab", "Enter")
        assert opened.value("document.activeElement.innerText") == f"Stop {side}"
        assert opened.value("sound()") > 0.01
    assert said(opened, "#play0") == "Play A"  # one at a time
    opened.press("Tab", "Space", "Tab", "Space", "ArrowRight", "Tab", "Enter")  # A is the song, B the better one
    assert said(opened, "h2") == "Pair 2 of 3"
    assert opened.value("document.activeElement.id") == "number"  # a screen reader says it
    answer(opened, song=1, better=1)
    assert said(opened, "h2") == "Pair 3 of 3"
    answer(opened, song=0, better=0)

    low, high = scipy.stats.binomtest(2, 3).proportion_ci(method="wilson")
    assert f"in 2 of 3 pairs: 67 %, 95 % interval {100 * low:.0f} to {100 * high:.0f} %" in said(opened, "#found")
    assert "liked the band better in 2 of 3 pairs" in said(opened, "#liked")
    assert "does not show that you can tell" in said(opened, "#found")
    opened.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path), eventsEnabled=True)
    opened.click("#save")
    while opened.wait_for("Browser.downloadProgress")["state"] != "completed":
        pass
    saved = json.loads((tmp_path / "blind-test.json").read_text())
    assert saved["pairs"] == [
        {"real": "A", "said": "A", "better": "B"},
        {"real": "B", "said": "B", "better": "B"},
        {"real": "B", "said": "A", "better": "A"},
    ]
    assert (saved["band"], saved["step"], saved["seed"]) == ("R&B <band>", 7, 3)
    assert saved["found"] == {"count": 2, "of": 3, "share": pytest.approx(2 / 3), "low": pytest.approx(low, abs=1e-6),
                              "high": pytest.approx(high, abs=1e-6)}  # fmt: skip
    assert saved["band_liked"]["count"] == 2
    assert opened.complaints == []
    assert all(url.startswith(("file:", "blob:")) for url in opened.requests)


def test_nobody_goes_on_without_listening_and_answering(opened: Page) -> None:
    opened.click("#begin")
    opened.click("form .main")
    assert not opened.value("document.forms[0].checkValidity()")
    opened.click("input[name=song][value='0']")
    opened.click("input[name=better][value='0']")
    opened.click("form .main")
    assert said(opened, "#said") == "Listen to both first."
    assert said(opened, "h2") == "Pair 1 of 3"
    opened.click("#play0")
    opened.click("#play0")
    assert said(opened, "#play0") == "Play A"
    assert opened.complaints == []


@pytest.mark.parametrize(("count", "n"), [(0, 1), (0, 10), (3, 10), (10, 10), (57, 100)])
def test_the_interval_is_wilsons(opened: Page, count: int, n: int) -> None:
    expected = scipy.stats.binomtest(count, n).proportion_ci(method="wilson")
    assert opened.value(f"interval({count}, {n})") == pytest.approx(tuple(expected), abs=1e-6)


@pytest.mark.parametrize(
    ("count", "verdict"), [(10, "You can tell songs"), (5, "does not show"), (0, "take the band for the song")]
)
def test_the_verdict_is_what_the_interval_says(opened: Page, count: int, verdict: str) -> None:
    answers = [{"real": 0, "song": int(i >= count), "better": 0} for i in range(10)]
    opened.value(f"answers.push(...{json.dumps(answers)}); show(result())")
    assert verdict in said(opened, "#found")


@pytest.mark.parametrize(("track", "pitch"), [(BASS, 40), (GUITAR, 57), (PIANO, 69), (STRINGS, 76)])
def test_an_instrument_plays_the_pitch_where_and_as_long_as_the_note_says(opened: Page, track: int, pitch: int) -> None:
    sound = rendered(opened, [(track, 1.0, pitch, 1.0)], 2)  # from 0.5 s to 1.0 s
    assert np.abs(sound[: int(0.5 * RATE)]).max() < 1e-3
    assert np.abs(sound[int(1.6 * RATE) :]).max() < 1e-2
    note = sound[int(0.58 * RATE) : int(0.98 * RATE)]
    assert 0.02 < np.abs(note).max() < 1
    spectrum = np.abs(np.fft.rfft(note * np.hanning(len(note)), 4 * RATE))
    assert 12 * math.log2(np.argmax(spectrum) / 4 / 440) + 69 == pytest.approx(pitch, abs=0.3)


@pytest.mark.parametrize("pitch", [36, 38, 42, 45, 46, 49, 75])
def test_every_kind_of_drum_is_heard_at_its_step(opened: Page, pitch: int) -> None:
    sound = rendered(opened, [(DRUMS, 1.0, pitch, 0.25)], 1)
    assert np.abs(sound[: int(0.5 * RATE)]).max() < 1e-3
    assert 0.02 < np.abs(sound[int(0.55 * RATE) : int(0.65 * RATE)]).max() < 1


def test_a_full_band_is_not_distorted(opened: Page) -> None:
    notes = [(track, beat / 2, pitch, 0.5) for beat in range(8) for track, pitches in
             ((BASS, [40]), (DRUMS, [36, 38, 42]), (GUITAR, [52, 55, 60, 64]), (PIANO, [60, 64, 67, 72]),
              (STRINGS, [67, 72, 76])) for pitch in pitches]  # fmt: skip
    assert 0.1 < np.abs(rendered(opened, notes, 3)).max() < 1


def test_the_page_says_its_parts_to_a_screen_reader(opened: Page) -> None:
    opened.click("#begin")
    nodes = [
        (node["role"]["value"], node["name"]["value"])
        for node in opened.call("Accessibility.getFullAXTree")["nodes"]
        if not node.get("ignored") and "role" in node and "name" in node
    ]
    for part in (
        ("heading", "Blind test"),
        ("heading", "Pair 1 of 3"),
        ("button", "Play A"),
        ("button", "Play B"),
        ("group", "Which one is from a song?"),
        ("group", "Which one do you like better?"),
        ("progressbar", "Pairs answered"),
    ):
        assert part in nodes
    assert all(name for role, name in nodes if role in ("button", "radio"))


def test_the_page_is_readable_in_light_and_dark_rooms(opened: Page) -> None:
    for scheme in ("light", "dark"):
        opened.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        for selector in ("body", "button", "button.main", "footer"):
            style = f"getComputedStyle(document.querySelector('{selector}'))"
            ink, paper = opened.value(f"{style}.color"), opened.value(f"{style}.backgroundColor")
            if "rgba" in paper:
                paper = opened.value("getComputedStyle(document.body).backgroundColor")
            lighter, darker = sorted((luminance(ink), luminance(paper)), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (scheme, selector, ink, paper)  # WCAG 2.2, AA


def luminance(colour: str) -> float:
    parts = np.array([int(part) for part in re.findall(r"\d+", colour)[:3]]) / 255
    return float(np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722])


def test_the_page_does_not_tell_who_is_who() -> None:
    def without_phrases(text: str) -> str:
        return re.sub(r'id="packed">[A-Za-z0-9+/=]+<', "<", text)

    one, other = (page(pairs_of(real), SPEC, {}) for real in (REAL, (1, 0, 1)))
    assert one != other
    assert without_phrases(one) == without_phrases(other)
    assert "R&amp;B &lt;band&gt;" in one
    assert not re.search(r"https?://|url\(|@import|<link|<iframe|src=", without_phrases(one))


@pytest.mark.parametrize("preset", ["live", "hybrid-conditional", "hybrid-bar", "midinet"])
def test_a_pair_is_a_phrase_of_a_held_out_song_and_one_of_the_band(data: Path, preset: str) -> None:
    band, phrases = band_of(data, preset), load(data)
    made = draw_pairs(band, phrases, 3, seed=0)
    songs = set()
    for pair in made:
        sounds = set(pair.phrases[pair.real])
        assert sounds not in (set(), set(pair.phrases[1 - pair.real]))
        songs |= {song for song, others in held_out(phrases, band.spec) if others == sounds}
    assert songs == {3, 4, 5}
    end = band.spec.n_measures * 4
    assert all(0 <= time < time + length <= end for pair in made for own in pair.phrases for _, time, _, length in own)
    assert any(pair.phrases[1 - pair.real] for pair in made)


def held_out(phrases: Phrases, spec: ModelSpec) -> Iterator[tuple[int, set[tuple[int, float, int, float]]]]:
    """Yield the song and the notes of held-out phrases; of each its first bar, where that is all a model plays."""
    reference = Reference(phrases, spec)
    for index in phrases.indices(held_out=True):
        onset, sustain = reference.planes(np.array([index]))
        notes = notes_from_planes(onset[0], sustain[0], spec)
        sounds = {(i, n.time, n.pitch, n.duration) for i, own in enumerate(notes.values()) for n in own}
        yield int(phrases.song[index]), sounds


def test_a_seed_says_which_pairs_and_which_side_each_is_on(data: Path) -> None:
    band, phrases = band_of(data, "hybrid-bar"), load(data)
    made = [draw_pairs(band, phrases, 3, seed) for seed in range(4)]
    assert made[2] == draw_pairs(band, phrases, 3, seed=2)
    assert made[2] != made[1]
    assert {pair.real for pairs in made for pair in pairs} == {0, 1}
    with pytest.raises(ValueError, match="pairs must be at most 3, one for each song that is held out, got 4"):
        draw_pairs(band, phrases, 4, seed=0)


def test_the_page_stays_in_the_folder_of_the_run(data: Path, tmp_path: Path) -> None:
    run = run_of(data, tmp_path, "hybrid")
    assert f"wrote {run / 'blind.html'}" in report(run, "--blind", 3)
    text = (run / "blind.html").read_text("utf-8")
    assert "nobody" in text
    assert "J. S. Bach" in text
    assert not (run / "report.html").exists()
    assert "it holds songs, and stays with the run" in report(run, "--blind", 3, "-o", tmp_path / "a.html", code=2)


def test_what_a_blind_test_lacks_is_named(data: Path, tmp_path: Path) -> None:
    assert "is not a run folder" in report(tmp_path, "--blind", 3, code=1)
    run = run_of(data, tmp_path, "hybrid")
    config: dict[str, Any] = json.loads((run / "config.json").read_text())
    (run / "config.json").write_text(json.dumps(config | {"phrases": str(tmp_path / "gone")}))
    assert "name them with --data" in report(run, "--blind", 3, code=1)
    assert "wrote" in report(run, "--blind", 3, "--data", data)
