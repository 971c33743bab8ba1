"""The page's sound engine, rendered by a real Chromium: it sounds, in tune, on time, and never clips."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import mido
import numpy as np
import pytest
from tests.clients.sounds import Lab, Samples, cents_off, lab, level, loudness, onset, spectrum

from musegan_models.spec import TRACKS

_NAMES = [track.name for track in TRACKS]
_PITCHES = {"bass": 36, "drums": 38, "guitar": 52, "piano": 60, "strings": 67}


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with lab(tmp_path_factory.mktemp("chromium")) as made:
        yield made
        assert not made.page.complaints


@pytest.fixture(scope="module")
def sixteen_bars(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, object]], float]:
    """Return what the band that comes with the program plays: notes, and how many seconds they last."""
    path = tmp_path_factory.mktemp("midi") / "band.mid"
    command = [sys.executable, "-m", "musegan_bridge", "generate", str(path)]
    options = ["--bars", "16", "--seed", "3", "--tempo", "132"]
    subprocess.run([*command, *options], check=True, capture_output=True)
    song = mido.MidiFile(path)
    notes = list[dict[str, object]]()
    for track in song.tracks:
        at, open_ = 0, dict[int, tuple[int, int]]()
        for message in track:
            at += message.time
            second = 60 / 132 / song.ticks_per_beat
            if message.type not in ("note_on", "note_off"):
                continue
            if message.note in open_:
                begun, velocity = open_.pop(message.note)
                values = {"pitch": message.note, "velocity": velocity, "time": begun * second}
                notes.append({"track": track.name, **values, "duration": (at - begun) * second})
            if message.type == "note_on" and message.velocity:
                open_[message.note] = at, message.velocity
    assert {note["track"] for note in notes} == set(_NAMES)
    return notes, song.length


def _note(track: str, pitch: int, velocity: int = 100, time: float = 0.1, duration: float = 1.0) -> dict[str, object]:
    return {"track": track, "pitch": pitch, "velocity": velocity, "time": time, "duration": duration}


def _peak(samples: Samples) -> float:
    return float(np.abs(samples).max())


@pytest.mark.parametrize("track", _NAMES)
def test_each_track_sounds_and_then_falls_silent(sounds: Lab, track: str) -> None:
    samples = sounds.bars([_note(track, _PITCHES[track], duration=0.5)], 6)
    assert level(samples, 0.1, 0.5) > -40
    assert level(samples, 0, 0.09) < -90
    assert level(samples, 5, 6) < -75


def test_sixteen_bars_of_the_band_never_clip_and_are_as_loud_as_music(
    sounds: Lab, sixteen_bars: tuple[list[dict[str, object]], float]
) -> None:
    notes, seconds = sixteen_bars
    samples = sounds.bars(notes, seconds)
    assert 0.2 < _peak(samples) < 0.95
    assert -20 < loudness(samples) < -13
    assert np.abs(samples.mean(axis=1)).max() < 1e-3  # no direct current
    assert level(samples[:1]) == pytest.approx(level(samples[1:]), abs=1.5)  # neither side is heavier


def test_the_five_tracks_are_a_mix(sounds: Lab, sixteen_bars: tuple[list[dict[str, object]], float]) -> None:
    notes, seconds = sixteen_bars
    heard = {name: loudness(sounds.bars([n for n in notes if n["track"] == name], seconds)) for name in _NAMES}
    assert max(heard.values()) - min(heard.values()) < 7, heard  # each is heard
    assert heard["strings"] < min(heard["drums"], heard["bass"]), heard  # the pad stands behind


def test_as_many_loud_notes_as_can_be_never_clip(sounds: Lab) -> None:
    notes = [
        _note(name, pitch, 127, 0.1 + 0.25 * beat, 0.5)
        for name in _NAMES
        for pitch in range(36, 84, 2)
        for beat in range(8)
    ]
    samples = sounds.bars(notes, 3)
    assert _peak(samples) < 0.985
    assert level(samples, 0.2, 2) > -15


@pytest.mark.parametrize(
    ("track", "pitch"),
    [(track, pitch) for track in ("guitar", "piano", "strings") for pitch in (48, 52, 55, 64, 71, 79)]
    + [("bass", pitch) for pitch in (26, 28, 33, 40, 47)]
    + [("piano", 33), ("piano", 96), ("guitar", 40)],
)
def test_pitched_tracks_are_in_tune(sounds: Lab, track: str, pitch: int) -> None:
    samples = sounds.bars([_note(track, pitch, 110, 0, 2)], 2)
    assert abs(cents_off(samples[:, 2400:], pitch)) < 10


def test_notes_begin_when_they_should(sounds: Lab) -> None:
    times = [0.0, 0.5013, 1.00271, 1.73, 2.49999]
    for track in ("bass", "drums", "guitar", "piano"):
        samples = sounds.bars([_note(track, _PITCHES[track], 110, at, 0.1) for at in times], 4)
        for at in times:
            assert onset(samples, max(0, at - 0.02)) == pytest.approx(at, abs=0.0015), track


def test_strings_swell(sounds: Lab) -> None:
    samples = sounds.bars([_note("strings", 67, 100, 0.5, 2)], 3)
    assert level(samples, 0.5, 0.53) < level(samples, 0.8, 1.0) - 3
    assert level(samples, 0.8, 1.0) == pytest.approx(level(samples, 2.0, 2.4), abs=4)


def test_a_kick_is_low_a_snare_in_the_middle_and_a_hat_high(sounds: Lab) -> None:
    middle = {}
    for name, pitch in (("kick", 36), ("tom", 45), ("snare", 38), ("crash", 49), ("hat", 42)):
        frequencies, magnitudes = spectrum(sounds.bars([_note("drums", pitch, 110, 0)], 1))
        power = np.cumsum(magnitudes**2)
        middle[name] = frequencies[np.searchsorted(power, power[-1] / 2)]
    assert list(middle) == sorted(middle, key=lambda name: middle[name]), middle
    assert middle["kick"] < 90
    assert 85 < middle["tom"] < 160
    assert 170 < middle["snare"] < 4000
    assert middle["hat"] > 6000


def test_every_percussion_note_of_general_midi_sounds_and_no_two_alike(sounds: Lab) -> None:
    heard = [sounds.bars([_note("drums", pitch, 110, 0)], 0.5) for pitch in range(35, 82)]
    assert min(map(_peak, heard)) > 0.02
    assert len({round(float(np.abs(samples).sum()), 3) for samples in heard}) >= len(heard) - 2  # ride 1 and 2, kicks


def test_a_closed_hat_ends_an_open_one(sounds: Lab) -> None:
    alone = sounds.bars([_note("drums", 46, 110, 0)], 1)
    closed = sounds.bars([_note("drums", 46, 110, 0), _note("drums", 42, 40, 0.1)], 1)
    assert level(closed, 0.25, 0.4) < level(alone, 0.25, 0.4) - 12


def test_a_hat_is_never_twice_the_same(sounds: Lab) -> None:
    samples = sounds.bars([_note("drums", 42, 110, 0), _note("drums", 42, 110, 0.5)], 1)
    assert not np.allclose(samples[:, :2400], samples[:, 24000:26400], atol=0.01)


@pytest.mark.parametrize("track", _NAMES)
def test_harder_is_louder_and_brighter(sounds: Lab, track: str) -> None:
    levels, centres = [], []
    for velocity in (20, 45, 70, 95, 127):
        samples = sounds.bars([_note(track, _PITCHES[track], velocity, 0, 0.5)], 1)
        frequencies, magnitudes = spectrum(samples)
        levels.append(level(samples, 0, 0.5))
        centres.append(float((frequencies * magnitudes).sum() / magnitudes.sum()))
    assert all(np.diff(levels) > 1), levels
    assert centres == sorted(centres), centres


@pytest.mark.parametrize("track", ["bass", "guitar", "piano", "strings"])
def test_a_note_ends_when_its_length_is_over(sounds: Lab, track: str) -> None:
    samples = sounds.bars([_note(track, _PITCHES[track], 100, 0.1, 0.4)], 3)
    long = sounds.bars([_note(track, _PITCHES[track], 100, 0.1, 2.5)], 3)
    assert level(samples, 1.2, 1.4) < level(long, 1.2, 1.4) - 15
    assert level(samples, 0.2, 0.5) == pytest.approx(level(long, 0.2, 0.5), abs=0.2)


@pytest.mark.parametrize("track", ["bass", "guitar", "piano", "strings"])
def test_a_held_note_sounds_until_it_is_let_go(sounds: Lab, track: str) -> None:
    on, off = f"band.noteOn('{track}', {_PITCHES[track]}, 100)", f"band.noteOff('{track}', {_PITCHES[track]})"
    held = sounds.performance(4, [(0.1, on)])
    ended = sounds.performance(4, [(0.1, on), (1, off)])
    assert level(held, 1.5, 1.8) > -55
    assert level(ended, 1.8, 2.2) < level(held, 1.8, 2.2) - 15
    assert level(ended, 3.5, 4) < -75
    assert np.array_equal(held[:, :48000], ended[:, :48000])


def test_letting_go_ends_no_note_of_the_band(sounds: Lab) -> None:
    band = "band.play('strings', { pitch: 60, velocity: 100, duration: 2 }, 0.1)"
    samples = sounds.performance(3, [(0, band), (0.5, "band.noteOff('strings', 60)")])
    assert level(samples, 1.5, 2) > -45


def test_silence_ends_what_sounds_and_what_is_to_come(sounds: Lab) -> None:
    notes = "".join(
        f"band.play('{name}', {{ pitch: {_PITCHES[name]}, velocity: 120, duration: 2 }}, {at});"
        for name in _NAMES
        for at in (0.1, 0.5, 1.2, 2)
    )
    samples = sounds.performance(5, [(0, notes + "band.noteOn('strings', 72, 100)"), (1, "band.silence()")])
    loud = level(samples, 0.6, 1)
    assert level(samples, 1.1, 1.2) < loud - 20  # what is left is the room
    assert level(samples, 2.5, 5) < -75
    assert np.abs(np.diff(samples)).max() < 0.5  # and no click


def test_it_plays_again_after_silence(sounds: Lab) -> None:
    note = "band.play('piano', { pitch: 60, velocity: 100, duration: 0.5 }, 1)"
    samples = sounds.performance(2, [(0.5, "band.silence()"), (0.6, note)])
    assert level(samples, 1, 1.5) > -40


def test_mute_and_volume(sounds: Lab) -> None:
    on = "band.noteOn('strings', 67, 100); band.noteOn('bass', 33, 100)"
    plain = sounds.performance(3, [(0, on)])
    muted = sounds.performance(3, [(0, on), (1, "band.setMute('bass', true)"), (2, "band.setMute('bass', false)")])
    low = [_below(samples, 200, start) for samples in (plain, muted) for start in (1.3, 2.3)]
    assert low[2] < low[0] - 25
    assert low[3] == pytest.approx(low[1], abs=1)
    soft, loud = (
        sounds.performance(2, [(0, f"band.setVolume('piano', {v}); band.noteOn('piano', 60, 90)")]) for v in (0.35, 0.7)
    )
    none = sounds.performance(2, [(0, "band.setVolume('piano', 0)"), (0.5, "band.noteOn('piano', 60, 90)")])
    assert level(loud) - 12.5 < level(soft) < level(loud) - 6
    assert level(none) < -80
    whole = sounds.performance(2, [(0, "band.master = 0; "), (0.5, "band.noteOn('piano', 60, 90)")])
    assert level(whole) < -80


def _below(samples: Samples, frequency: float, start: float) -> float:
    frequencies, magnitudes = spectrum(samples[:, round(start * 48000) : round((start + 0.5) * 48000)])
    return float(20 * np.log10(magnitudes[(frequencies > 40) & (frequencies < frequency)].max()))


def test_the_oldest_of_more_than_sixty_four_notes_makes_way(sounds: Lab) -> None:
    first = "band.noteOn('strings', 96, 127)"
    alone = sounds.performance(2, [(0, first)])
    for others, ended in ((63, False), (64, True)):
        more = f"for (let i = 0; i < {others}; i++) band.noteOn(i < 40 ? 'piano' : 'bass', 30 + i % 40, 1)"
        samples = sounds.performance(2, [(0, first), (0.5, more)])
        before, after = (_near(heard, 96, 1) for heard in (alone, samples))
        assert (after < before - 20) == ended, others


def _near(samples: Samples, pitch: int, start: float) -> float:
    frequencies, magnitudes = spectrum(samples[:, round(start * 48000) :])
    ratio = frequencies / (440 * 2 ** ((pitch - 69) / 12))
    return float(20 * np.log10(magnitudes[(ratio > 0.97) & (ratio < 1.03)].max()))


_CLICK = """(async () => {
  const band = new sound.Sound();
  await band.start();
  const { state } = band.context;
  // Notes are played while the samples are being made: none of them may halt the page.
  let [plays, spent] = [0, 0];
  const play = (i) => {
    const begun = performance.now();
    const track = ["piano", "guitar", "bass", "strings", "drums"][i % 5];
    const pitch = track === "drums" ? [36, 38, 42, 46][i % 4] : 30 + (7 * i) % 50;
    band.play(track, { pitch, velocity: 90, duration: 0.2 }, band.now + 0.1);
    [plays, spent] = [plays + 1, spent + performance.now() - begun];
  };
  for (let i = 0; i < 5; i++) play(i); // the very first ones are made at once
  [plays, spent] = [0, 0];
  const made = band.ready.then(() => "made");
  for (let i = 0; (await Promise.race([made, new Promise((done) => setTimeout(done, 5))])) !== "made"; i++) play(i);
  await band.close();
  return [state, band.context.state, plays, spent / plays];
})()"""


def test_it_starts_after_a_click_and_plays_at_once_while_its_samples_are_made(sounds: Lab) -> None:
    answer = sounds.page.call(
        "Runtime.evaluate", expression=_CLICK, userGesture=True, awaitPromise=True, returnByValue=True
    )
    before, after, plays, mean = answer["result"]["value"]
    assert (before, after) == ("running", "closed")
    assert plays > 10
    assert mean < 10  # milliseconds: to make one takes as long, or ten times that
