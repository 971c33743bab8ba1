"""What the tests of the page share: a real band, real Chromium, and a UDP client that asks the band itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.browser import Page
from tests.conftest import Band, Client

from musegan_bridge.messages import BY_ADDRESS

TRACKS = ("bass", "drums", "guitar", "piano", "strings")
ROUND = {"C": [48, 60, 64, 67], "Am": [45, 57, 60, 64], "F": [53, 60, 65, 69], "G": [43, 59, 62, 67]}  # one bar each

# In JavaScript: a musician who plays chords round and round, each twice in its bar, through the page's connection.
_MUSICIAN = """((chords) => {
  const { connection, show, clock } = musegan;
  let held = [];
  let last = null;
  globalThis.musician = setInterval(() => {
    const beat = show.beatAt(clock.unix());
    const half = beat === null ? null : Math.floor(beat / 2);
    if (half === last) return;
    last = half;
    for (const pitch of held) connection.send("/musegan/in/note", pitch, 0);
    held = half === null ? [] : chords.at(Math.floor(half / 2) % chords.length);
    for (const pitch of held) connection.send("/musegan/in/note", pitch, 90);
  }, 4);
})"""


@dataclass(frozen=True)
class Stage:
    """A band, its page in a browser, and a client beside it."""

    band: Band
    page: Page
    client: Client
    url: str

    def ask(self, address: str) -> Any:
        """Return what the band says a setting is set to."""
        self.client.send(address)
        values = self.client.wait_for(address).args
        return values[0] if len(values) == 1 else values

    def status(self) -> dict[str, Any]:
        """Return what the band says of itself."""
        self.client.send("/musegan/status")
        names = [f.name for f in BY_ADDRESS["/musegan/status/reply"].fields]
        return dict(zip(names, self.client.wait_for("/musegan/status/reply").args, strict=True))

    def sync(self) -> None:
        """Return when the band has taken all that the page sent until now."""
        self.page.value(
            "new Promise((done) => { const { connection } = musegan; const token = Math.floor(Math.random() * 2 ** 30);"
            " connection.on('/musegan/pong', ([told]) => told === token && done(true));"
            " connection.send('/musegan/ping', token); })"
        )


def stage(band: Band, page: Page, client: Client) -> Stage:
    """Open the page of a band, and wait until it shows it."""
    client.send("/musegan/hello")
    url = f"http://127.0.0.1:{client.wait_for('/musegan/hello/reply').args[-1]}"
    opened = Stage(band, page, client, url)
    open_page(page, url)
    return opened


def open_page(page: Page, url: str, *, is_new: bool = False) -> None:
    """Open the page at an address; `is_new`: as one sees it who was never there."""
    page.complaints.clear()
    page.requests.clear()
    memory = "localStorage.clear()" if is_new else "localStorage.setItem('musegan-bridge hint', 'done')"
    page.open(f"{url}/", f"try {{ {memory}; }} catch {{}}")
    connected(page)


def play_round(page: Page) -> None:
    """Let a musician play the chords of `ROUND` round and round, for as long as the page is there."""
    page.value(f"{_MUSICIAN}({json.dumps(list(ROUND.values()))})")


def unfold(page: Page) -> None:
    """Open all that is folded up, by keyboard."""
    for i in range(page.value("document.querySelectorAll('summary').length")):
        page.value(f"document.querySelectorAll('summary')[{i}].focus()")
        page.press("Enter")
    assert page.value("[...document.querySelectorAll('details')].every(({ open }) => open)")
    page.value("document.activeElement.blur()")


def connected(page: Page) -> None:
    """Wait until the page has what the band is set to."""
    page.until(
        "globalThis.musegan?.connection.isOpen && musegan.show.status && document.querySelector('.strip') !== null"
    )
    page.until("document.querySelector('[data-osc=\"/musegan/tempo\"]').value !== ''")


def quoted(text: str) -> str:
    """Return a text as JavaScript."""
    return json.dumps(text)
