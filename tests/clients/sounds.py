"""What the page's sound engine plays, rendered in a real Chromium and brought here as samples."""

from __future__ import annotations

import base64
import contextlib
import functools
import http.server
import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter
from tests.browser import Page, browser

RATE = 48000
PAGE = Path(__file__).parents[2] / "bridge" / "musegan_bridge" / "page"

Samples = NDArray[np.float32]  # (2, n)

_LAB = """
import * as sound from "./sound.js";
globalThis.sound = sound;
globalThis.bytes = (buffer) => {
  const samples = new Float32Array(2 * buffer.length);
  for (const side of [0, 1]) samples.set(buffer.getChannelData(side), side * buffer.length);
  let text = "";
  for (let i = 0; i < samples.length; i += 8192) {
    text += String.fromCharCode(...new Uint8Array(samples.buffer, 4 * i, 4 * Math.min(8192, samples.length - i)));
  }
  return btoa(text);
};
globalThis.perform = async (seconds, acts) => {
  const context = new OfflineAudioContext(2, seconds * 48000, 48000);
  const band = new sound.Sound(context);
  for (const [at, act] of acts) context.suspend(at).then(() => { act(band); context.resume(); });
  return bytes(await context.startRendering());
};
"""


class Lab:
    """A page with nothing but the sound engine."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def bars(self, notes: Sequence[dict[str, Any]], seconds: float) -> Samples:
        """Return what `renderBars` makes of notes: track, pitch, velocity, time and duration in seconds."""
        return _samples(self.page.value(f"sound.renderBars({json.dumps(notes)}, {seconds}, {RATE}).then(bytes)"))

    def performance(self, seconds: int, acts: Sequence[tuple[float, str]]) -> Samples:
        """Return what sounds if `band` is told these things, each at a time in seconds (as near as 3 ms)."""
        listed = ",".join(f"[{at}, (band) => {{ {act}; }}]" for at, act in acts)
        return _samples(self.page.value(f"perform({seconds}, [{listed}])"))


@contextlib.contextmanager
def lab(folder: Path) -> Iterator[Lab]:
    """Serve the page's modules, and open a page that has loaded the sound engine."""

    class Modules(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            own = {"/": '<link rel="icon" href="data:,"><script type="module" src="lab.js"></script>', "/lab.js": _LAB}
            if (found := own.get(self.path)) is None:
                return super().do_GET()
            self.send_response(200)
            self.send_header("Content-Type", "text/html" if self.path == "/" else "text/javascript")
            self.end_headers()
            self.wfile.write(found.encode())
            return None

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Modules, directory=str(PAGE))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            with browser(folder) as page:
                page.call("Page.navigate", url=f"http://127.0.0.1:{server.server_port}/")
                page.wait_for("Page.loadEventFired")
                yield Lab(page)
        finally:
            server.shutdown()


def level(samples: Samples, start: float = 0.0, end: float | None = None) -> float:
    """Return how strong samples are between two seconds: the root of their mean square, in dB of full scale."""
    part = samples[:, round(start * RATE) : None if end is None else round(end * RATE)].astype(np.float64)
    return float(10 * np.log10(np.mean(part**2) + 1e-15))


def loudness(samples: Samples) -> float:
    """Return how loud samples are in LUFS (ITU-R BS.1770-4: weighting, and both gates)."""
    shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285], [1, -1.69065929318241, 0.73248077421585]
    high_pass = [1.0, -2.0, 1.0], [1, -1.99004745483398, 0.99007225036621]
    weighted = lfilter(*high_pass, lfilter(*shelf, samples, axis=1), axis=1)
    blocks = [weighted[:, i : i + 19200] for i in range(0, samples.shape[1] - 19200, 4800)]
    power = np.array([np.mean(block**2, axis=1).sum() for block in blocks])
    in_lufs = -0.691 + 10 * np.log10(power + 1e-15)
    above = power[in_lufs > -70]
    return float(-0.691 + 10 * np.log10(power[in_lufs > max(-70.0, -0.691 + 10 * np.log10(above.mean()) - 10)].mean()))


def spectrum(samples: Samples) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return frequencies in Hz, 0.05 Hz apart or nearer, and magnitudes of both channels together."""
    n = 2**20
    magnitudes = np.abs(np.fft.rfft(samples * np.hanning(samples.shape[1]), n)).sum(axis=0)
    return np.linspace(0, RATE / 2, n // 2 + 1, dtype=np.float64), magnitudes.astype(np.float64)


def cents_off(samples: Samples, pitch: int) -> float:
    """Return how many cents a tone is above the MIDI note `pitch`: by its first partials, within 60 cents."""
    frequencies, magnitudes = spectrum(samples)
    nominal = 440 * 2 ** ((pitch - 69) / 12)
    tried = np.arange(-60, 60.1, 0.5)
    rows = [
        sum(np.interp(nominal * 2 ** (c / 1200) * n, frequencies, magnitudes) * n**-0.3 for n in (1, 2, 3))
        for c in tried
    ]
    return float(tried[int(np.argmax(rows))])


def onset(samples: Samples, start: float = 0.0) -> float:
    """Return when a sound begins after a second: where it first has a twentieth of its peak of the next 0.1 s."""
    first = round(start * RATE)
    part = np.abs(samples[:, first : first + RATE // 10]).max(axis=0)
    return start + int(np.argmax(part > part.max() / 20)) / RATE


def _samples(text: str) -> Samples:
    return np.frombuffer(base64.b64decode(text), np.float32).reshape(2, -1)
