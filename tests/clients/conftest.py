"""What the tests of clients share: a Chromium, a page of its own for each, a sclang, and a sound system for scsynth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarks.stage.jack import jack as run_jack
from tests.browser import Page, browser
from tests.clients.pages import Stage, stage
from tests.clients.sclang import RATE, Sclang
from tests.conftest import Band, Client


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Run a browser."""
    with browser(tmp_path_factory.mktemp("chromium")) as page:
        yield page


@pytest.fixture
def page(chromium: Page) -> Iterator[Page]:
    """Return a new page, as large as a laptop's window."""
    made = chromium.another()
    made.size(1440, 900)
    yield made
    made.close()


@pytest.fixture
def on_stage(start_band: Callable[..., Band], connect: Callable[[Band], Client], page: Page) -> Callable[..., Stage]:
    """Start a band and open its page; `options` as of `start_band`."""

    def start(**options: object) -> Stage:
        band = start_band(**options)
        return stage(band, page, connect(band))

    return start


@pytest.fixture
def sclang(tmp_path: Path, free_port: Callable[[], int]) -> Sclang:
    return Sclang(tmp_path, free_port)


@pytest.fixture
def jack(sclang: Sclang) -> Iterator[None]:
    """A sound system without a sound card, of our own name."""
    with run_jack(RATE, 512, is_realtime=False) as environment:
        sclang.env |= environment
        yield
