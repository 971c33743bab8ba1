"""Chromium for the tests of the page: one for all, a page of its own for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from tests.browser import Page, browser
from tests.clients.pages import Stage, stage
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
