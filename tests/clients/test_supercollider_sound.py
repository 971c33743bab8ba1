"""What the Quark sounds like, in a real scsynth: its instruments, its examples, and that they keep to the bars."""

from __future__ import annotations

import os
import re
import socket
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from supercollider.draw import draw
from tests.clients.sclang import NTP_TO_UNIX, QUARK, RATE, Listener, Sclang, program
from tests.conftest import Band

from musegan_bridge.net import osc
from musegan_models.spec import TRACKS

NAMES = [track.name for track in TRACKS]
Floats = npt.NDArray[np.float32]
EXAMPLES = sorted((QUARK / "Examples").glob("*.scd"))
HELP = sorted(path for path in (QUARK / "HelpSource").rglob("*.schelp") if "s.waitForBoot" in path.read_text("utf-8"))


def render(sclang: Sclang, folder: Path, *args: object) -> Iterator[tuple[str, list[float], Floats]]:
    """Yield each track's name, onsets in seconds and sound, (n_frames, 2)."""
    program("scsynth")
    sclang.run("render.scd", folder, *args, seconds=120)
    for track in NAMES:
        onsets = [float(line) for line in (folder / f"{track}.notes").read_text(encoding="utf-8").split()]
        yield track, onsets, np.fromfile(folder / f"{track}.raw", "<f4").reshape(-1, 2)


def assert_sounds_from(onset: float, sound: Floats) -> None:
    peak = np.abs(sound).max(axis=1)
    assert np.isfinite(peak).all()
    assert 0.002 < peak.max() < 1.0  # heard, and not clipped
    first = np.argmax(peak > 0.02 * peak.max()) / RATE
    assert onset - 0.001 <= first <= onset + 0.06  # strings are bowed, not struck


def test_each_instrument_sounds(sclang: Sclang, tmp_path: Path) -> None:
    for _, onsets, sound in render(sclang, tmp_path, 1):
        assert_sounds_from(onsets[0], sound)


def test_bars_of_the_server_sound_from_their_first_note(
    sclang: Sclang, start_band: Callable[..., Band], tmp_path: Path
) -> None:
    n_heard = 0
    for _, onsets, sound in render(sclang, tmp_path, 4, start_band().port):
        if onsets:
            assert_sounds_from(onsets[0], sound)
            n_heard += 1
        else:
            assert not sound.any()
    assert n_heard


def test_synths_are_in_tune_in_their_place_and_do_not_clip(sclang: Sclang, tmp_path: Path) -> None:
    program("scsynth")
    sclang.run("synths.scd", tmp_path, seconds=120)
    sounds = {path.stem: np.fromfile(path, "<f4").reshape(-1, 2) for path in tmp_path.glob("*.raw")}
    assert {name.partition("-")[0] for name in sounds} == {
        *("mgBass", "mgGuitar", "mgPiano", "mgStrings", "mgKick", "mgSnare", "mgRim", "mgClap"),
        *("mgHat", "mgOpenHat", "mgTom", "mgCrash", "mgRide", "mgPerc"),
    }
    left_over_right = {}
    for name, sound in sounds.items():
        instrument, _, pitch = name.partition("-")
        peak, mean = np.abs(sound).max(), abs(sound.mean())
        assert 0.03 < peak < 0.4, name  # the loudest note there is: eight at once do not clip
        assert mean < 0.001, name  # no direct current
        ends = np.nonzero(np.abs(sound).max(axis=1) > peak / 1000)[0].max() / RATE
        assert ends < (1.5 if instrument in ("mgBass", "mgGuitar", "mgPiano", "mgStrings") else 2), name
        left_over_right[name] = float(np.abs(sound[:, 0]).max() / np.abs(sound[:, 1]).max())
        low, middle = band_of(sound)
        if instrument in ("mgBass", "mgGuitar", "mgPiano", "mgStrings"):
            # strings of a piano are a little sharp, and those of the strings are five beside each other
            assert fundamental(sound, int(pitch)) == pytest.approx(440 * 2 ** ((int(pitch) - 69) / 12), rel=0.012), name
        elif instrument in ("mgHat", "mgOpenHat", "mgCrash", "mgRide"):
            assert middle > 4000, name
        elif instrument == "mgKick":
            assert low < 120, name
    assert left_over_right["mgHat-42"] < 0.8 < 1.2 < left_over_right["mgCrash-49"]
    assert left_over_right["mgTom-41"] < 0.8 < 1.2 < left_over_right["mgTom-50"]
    assert left_over_right["mgKick-36"] == pytest.approx(1, abs=0.02)


def band_of(sound: Floats) -> tuple[float, float]:
    """Return the frequencies in Hz below which a tenth and a half of the power of a sound is."""
    power = np.abs(np.fft.rfft(sound.sum(axis=1))) ** 2
    share = np.cumsum(power) / power.sum()
    low, middle = np.searchsorted(share, [0.1, 0.5]) * RATE / len(sound)
    return float(low), float(middle)


def fundamental(sound: Floats, pitch: int) -> float:
    """Return the frequency in Hz of the strongest partial within a semitone of a pitch."""
    n = 2**18
    magnitudes = np.abs(np.fft.rfft(sound[:RATE].sum(axis=1) * np.hanning(RATE), n))
    low, high = (round(440 * 2 ** ((pitch + d - 69) / 12) * n / RATE) for d in (-1, 1))
    return float(low + np.argmax(magnitudes[low:high])) * RATE / n


class Score:
    """Stands for scsynth, writes down what it is told and when, and lets the real one render that."""

    def __init__(self, sock: socket.socket) -> None:
        sock.bind(("127.0.0.1", 0))
        self.port: int = sock.getsockname()[1]
        self._socket = sock
        self._said: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while datagram := self._socket.recv(65536):
            self._said.append(datagram)

    def render(self, folder: Path, channels: int) -> tuple[Floats, float, float]:
        """Return the sound, (n_frames, channels), the Unix time at which it starts, and that of the last note."""
        self._socket.sendto(b"", ("127.0.0.1", self.port))  # ends the listening
        timed = [datagram for datagram in self._said if datagram.startswith(b"#bundle\0")]
        times = [int.from_bytes(datagram[8:16]) / 2**32 - NTP_TO_UNIX for datagram in timed]
        start, last = min(times), max(time for time, datagram in zip(times, timed, strict=True) if b"mg" in datagram)
        at_once = [osc.message("/g_new", "iii", (1, 0, 0)), *(said for said in self._said if said not in timed)]
        lines = [(0.0, struct.pack(">i", len(said)) + said) for said in at_once]
        lines += [(time - start, datagram[16:]) for time, datagram in zip(times, timed, strict=True)]
        lines.append((max(times) - start + 3, struct.pack(">i", 12) + osc.message("/sync", "", ())))
        score, raw = folder / "band.osc", folder / "band.raw"
        with score.open("wb") as file:
            for time, messages in sorted(lines, key=lambda line: line[0]):
                file.write(struct.pack(">i8sq", 16 + len(messages), b"#bundle\0", round(time * 2**32)) + messages)
        command = [program("scsynth"), "-o", str(channels), "-N", str(score), "_", str(raw), str(RATE), "raw", "float"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)
        return np.fromfile(raw, "<f4").reshape(-1, channels), start, last


def test_example_sounds_as_the_bars_say(sclang: Sclang, start_band: Callable[..., Band], tmp_path: Path) -> None:
    band = start_band(tempo=120, seed=1)  # of others a soft note may hide under a chord that rings
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as heard,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as said,
    ):
        listener, score = Listener(heard, band.port), Score(said)
        with sclang.start("record.scd", EXAMPLES[0], band.port, score.port, 10) as process:
            listener.listen_until(lambda: process.poll() is not None)
            posted, _ = process.communicate()
        assert process.returncode == 0, posted
        assert "ERROR" not in posted
        sound, start, last = score.render(tmp_path, 12)
    assert np.abs(sound).max() < 1
    for i, name in enumerate(NAMES):
        own = sound[:, 2 + 2 * i : 4 + 2 * i]
        assert 0.01 < np.abs(own).max() < 0.9, name
        # what the bars say, later by the latency of the audio server, 0.2 s unless one changes it
        times = {bar.downbeat + note[0] / 2 + 0.2 for bar in listener.bars.values() for note in bar.notes[name]}
        onsets = np.array(sorted(time - start for time in times if start + 0.1 < time < last))
        assert len(onsets) > 4, name
        if name != "strings":  # bowed, not struck
            on, off = share_of_attacks(own, onsets), share_of_attacks(own, onsets + 0.0625)
            assert on > 0.85, name
            assert off < 0.3, name
    assert np.abs(sound[-RATE // 2 :]).max() < 1e-3  # the band was stopped
    if "MUSEGAN_PICTURES" in os.environ:  # the folder of docs/supercollider.md
        bars = [bar for bar in listener.bars.values() if -1 < bar.downbeat - start < last - start - 2]
        draw(
            Path(os.environ["MUSEGAN_PICTURES"]) / "supercollider.png",
            {name: sound[: round((last - start) * RATE), 2 + 2 * i] for i, name in enumerate(NAMES)},
            {
                name: [(b.downbeat - start + 0.2 + p / 2, n, d / 2) for b in bars for p, n, _, d in b.notes[name]]
                for name in NAMES
            },
            RATE,
        )


def share_of_attacks(sound: Floats, seconds: npt.NDArray[np.float64]) -> float:
    """Return of how many moments it is true that a sound gets brighter or louder within 20 ms after them."""
    change = np.abs(np.diff(sound, axis=0)).max(axis=1)  # what is struck has high partials at first
    attacks = [
        change[at - 110 : at + 882].max() > 1.2 * change[at - 1100 : at - 220].max() + 1e-5
        for at in np.round(seconds * RATE).astype(int)
    ]
    return float(np.mean(attacks))


@pytest.mark.usefixtures("jack")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example_plays_to_its_end_and_is_silent_then(
    example: Path, sclang: Sclang, start_band: Callable[..., Band], free_port: Callable[[], int]
) -> None:
    program("scsynth")
    band = start_band(tempo=400)
    posted = sclang.run("example.scd", example, band.port, free_port(), 1, seconds=240)
    heard = re.findall(r"^(sounds|quiet) (.+)$", posted, re.MULTILINE)
    assert len(heard) > 10
    assert [step for word, step in heard if word == "quiet" and not step.startswith("m.stop")] == []
    assert "peak at the end: 0.0" in posted
    assert "refused: [  ]" in posted
    assert "WARNING" not in posted


def test_all_help_on_what_sounds_begins_with_the_audio_server() -> None:
    assert {path.stem for path in HELP} == {
        *("MuseGAN", "MuseGANNotes", "PmuseGAN", "PmuseGANBand", "PmuseGANBar", "PmuseGANFollow"),
        "Playing-with-MuseGAN",
    }


@pytest.mark.usefixtures("jack")
@pytest.mark.parametrize("page", HELP, ids=lambda path: path.stem)
def test_the_first_block_of_a_help_page_sounds_in_a_fresh_sclang(
    page: Path, sclang: Sclang, start_band: Callable[..., Band], free_port: Callable[[], int], tmp_path: Path
) -> None:
    program("scsynth")
    first = re.search(r"^code::\n(\(\n.*?^\)\n)", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert first
    example = tmp_path / "first.scd"
    example.write_text(first[1].replace("MuseGAN.connect;", "MuseGAN.connect(port: 57120);"), encoding="utf-8")
    posted = sclang.run("example.scd", example, start_band(tempo=400).port, free_port(), 1)
    assert re.findall(r"^(sounds|quiet) (.+)$", posted, re.MULTILINE) == [("sounds", "s.waitForBoot {")]
    assert "WARNING" not in posted
