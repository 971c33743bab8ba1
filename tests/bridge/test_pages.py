"""The page over real HTTP: what browsers get, what OSCQuery clients get, and what nobody gets."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
from collections.abc import AsyncIterator, Coroutine, Mapping
from pathlib import Path

import pytest

from musegan_bridge.messages import INCOMING, MessageError
from musegan_bridge.net import oscquery
from musegan_bridge.net.pages import OWN, File, files_of
from musegan_bridge.net.web import PAGE, Web

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@contextlib.asynccontextmanager
async def opened() -> AsyncIterator[Web]:
    async def made(query: Mapping[str, str]) -> File:
        if query.get("bars") != "2":
            raise MessageError("bars must be 2")
        return File(b"MThd", "audio/midi", "two.mid")

    own = Web(
        oscquery.namespace(INCOMING, ("bass", "drums")),
        lambda address: [120.0] if address == "/musegan/tempo" else None,
        lambda *_: None,
        osc_port=57120,
        port=0,
        files=files_of(OWN, PAGE),
        downloads={"/page/export.mid": made},
    )
    await own.start()
    try:
        yield own
    finally:
        await own.close()


async def get(web: Web, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """Return status, body and headers (their names small) of a request."""

    def request() -> tuple[int, bytes, dict[str, str]]:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", web.port, timeout=20)) as client:
            client.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                client.putheader(name.replace("_", "-"), value)
            client.endheaders()
            response = client.getresponse()
            return response.status, response.read(), {k.lower(): v for k, v in response.getheaders()}

    return await asyncio.to_thread(request)


def run(test: Coroutine[object, object, None]) -> None:
    asyncio.run(asyncio.wait_for(test, 30))


def test_a_browser_gets_the_page_and_an_oscquery_client_json_at_the_same_address() -> None:
    async def test() -> None:
        async with opened() as web:
            status, page, headers = await get(web, "/", Accept=BROWSER)
            assert (status, page) == (200, (OWN / "index.html").read_bytes())
            assert headers["content-type"] == "text/html; charset=utf-8"
            assert headers["vary"] == "Accept"
            assert (await get(web, PAGE))[1] == page
            for accept in ({}, {"Accept": "*/*"}, {"Accept": "application/json"}):
                status, body, headers = await get(web, "/", **accept)
                assert "musegan" in json.loads(body)["CONTENTS"]
                assert (headers["content-type"], headers["vary"]) == ("application/json", "Accept")
            # What only OSCQuery asks is answered as such, to browsers too.
            assert json.loads((await get(web, "/?HOST_INFO", Accept=BROWSER))[1])["OSC_PORT"] == 57120
            assert json.loads((await get(web, "/musegan/tempo", Accept=BROWSER))[1])["VALUE"] == [120.0]

    run(test())


def test_every_file_of_the_page_is_served_with_its_kind_and_under_its_policy() -> None:
    kinds = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}

    async def test() -> None:
        async with opened() as web:
            for path in filter(Path.is_file, OWN.rglob("*")):
                status, body, headers = await get(web, f"{PAGE}{path.relative_to(OWN).as_posix()}")
                assert (status, body) == (200, path.read_bytes())
                assert headers["content-type"] == kinds.get(path.suffix, headers["content-type"])
                assert headers["x-content-type-options"] == "nosniff"
                policy = headers["content-security-policy"]
                assert "default-src 'none'" in policy
                assert "frame-ancestors 'none'" in policy
                assert "unsafe" not in policy

    run(test())


def test_a_file_that_a_browser_has_is_not_sent_again() -> None:
    async def test() -> None:
        async with opened() as web:
            _, _, headers = await get(web, PAGE)
            assert headers["cache-control"] == "no-cache"  # always asked for: a new version is seen at once
            status, body, again = await get(web, PAGE, If_None_Match=headers["etag"])
            assert (status, body, again["etag"]) == (304, b"", headers["etag"])
            assert (await get(web, PAGE, If_None_Match='"another"'))[0] == 200
            status, body, head = await get(web, PAGE, "HEAD")
            assert (status, body, head["content-length"]) == (200, b"", headers["content-length"])

    run(test())


@pytest.mark.parametrize(
    "path",
    [
        "/page/../net/web.py",
        "/page/%2e%2e/net/web.py",
        "/page/..%2fnet%2fweb.py",
        "/page//etc/passwd",
        "/page/%00",
        "//page/",
        "/page",
        "/page/nothing.js",
    ],
)
def test_nothing_else_is_served(path: str) -> None:
    async def test() -> None:
        async with opened() as web:
            assert (await get(web, path, Accept=BROWSER))[:2] == (404, b"")

    run(test())


def test_a_page_of_another_origin_gets_none_of_it() -> None:
    async def test() -> None:
        async with opened() as web:
            for path in ("/", PAGE, "/page/export.mid?bars=2"):
                assert (await get(web, path, Accept=BROWSER, Origin="http://evil.example"))[0] == 403
                # Without Origin, as an <img> asks: the browser keeps it from the page.
                assert (await get(web, path, Accept=BROWSER))[2]["cross-origin-resource-policy"] == "same-origin"

    run(test())


def test_a_download_is_a_file_with_a_name_or_says_why_not() -> None:
    async def test() -> None:
        async with opened() as web:
            status, body, headers = await get(web, "/page/export.mid?bars=2")
            assert (status, body, headers["content-type"]) == (200, b"MThd", "audio/midi")
            assert headers["content-disposition"] == 'attachment; filename="two.mid"'
            assert headers["cache-control"] == "no-store"
            assert (await get(web, "/page/export.mid?bars=3"))[:2] == (400, b"bars must be 2")

    run(test())
