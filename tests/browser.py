"""A real headless Chromium, its pages driven through its DevTools protocol."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

_numbers = itertools.count(1)
_SECONDS = 60  # a loaded machine included
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Key -> (virtual key code, what it types)
_KEYS = {
    "Tab": (9, ""),
    "Enter": (13, "\r"),
    "Space": (32, " "),
    "ArrowLeft": (37, ""),
    "ArrowRight": (39, ""),
    "ArrowDown": (40, ""),
    "Semicolon": (186, ";"),
} | {f"Key{letter}": (ord(letter), letter.lower()) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


class Page:
    """One page, and what it complained of or asked a network for."""

    def __init__(self, connection: ClientConnection, pages: dict[str, Page], address: str = "about:blank") -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._connection, self._pages, self._session = connection, pages, ""
        self._events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url=address)["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        pages[self._session] = self
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def another(self) -> Page:
        """Return another page of the same browser."""
        return Page(self._connection, self._pages)

    def close(self) -> None:
        """Close the page."""
        self.call("Page.close")
        del self._pages[self._session]

    def call(self, method: str, **values: object) -> dict[str, Any]:
        """Call a method of the protocol, and return what it answers."""
        number = next(_numbers)
        message = {"id": number, "method": method, "params": values}
        self._connection.send(json.dumps(message | ({"sessionId": self._session} if self._session else {})))
        while (answer := self._next()).get("id") != number:
            pass
        assert "error" not in answer, f"{method}: {answer['error']}"
        return dict(answer["result"])

    def wait_for(self, event: str) -> dict[str, Any]:
        """Return the next event of this name."""
        while True:
            for i, message in enumerate(self._events):
                if message.get("method") == event:
                    del self._events[: i + 1]
                    return dict(message["params"])
            self._next()

    def open(self, page: Path | str, before: str = "") -> None:
        """Load a file or an address; the script `before` runs ahead of its own."""
        script = self.call("Page.addScriptToEvaluateOnNewDocument", source=before)["identifier"]
        self._events.clear()
        self.call("Page.navigate", url=page if isinstance(page, str) else page.resolve().as_uri())
        self.wait_for("Page.loadEventFired")
        self.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script)

    def value(self, expression: str) -> Any:
        """Return the value of JavaScript, awaited where it is a promise."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def until(self, condition: str) -> Any:
        """Wait until JavaScript is true, and return its value."""
        told = self.value(
            f"""new Promise((done) => {{
              const end = performance.now() + {_SECONDS * 1000};
              const look = () => {{
                const value = ({condition});
                if (value || performance.now() > end) done(value); else setTimeout(look, 20);
              }};
              look();
            }})"""
        )
        assert told, f"it never came: {condition}"
        return told

    def focus(self, selector: str) -> None:
        """Give an element the focus."""
        self.value(f"document.querySelector({json.dumps(selector)}).focus()")

    def middle(self, selector: str) -> tuple[float, float]:
        """Return the middle of the first element, in view."""
        box = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        self.value(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{ block: 'center' }})")
        x, y = self.value(f"(({{ x, y, width, height }}) => [x + width / 2, y + height / 2])({box})")
        return x, y

    def click(self, selector: str) -> None:
        """Click the middle of the first element, as a mouse does."""
        self.click_at(*self.middle(selector))

    def click_at(self, x: float, y: float) -> None:
        """Click a place."""
        for kind in ("mousePressed", "mouseReleased"):
            self.mouse(kind, x, y)

    def mouse(self, kind: str, x: float, y: float) -> None:
        """Let the left button be pressed or released at a place."""
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self.key_down(key)
            self.key_up(key)

    def key_down(self, key: str) -> None:
        """Press a key, and hold it."""
        code, text = _KEYS[key]
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, key=text.strip() or _name(key), code=key,
                  windowsVirtualKeyCode=code)  # fmt: skip

    def key_up(self, key: str) -> None:
        """Let go of a key."""
        code, text = _KEYS[key]
        self.call("Input.dispatchKeyEvent", type="keyUp", key=text.strip() or _name(key), code=key,
                  windowsVirtualKeyCode=code)  # fmt: skip

    def prefer(self, **features: str) -> None:
        """Let the person before it want something: `color_scheme="dark"`, `reduced_motion="reduce"`."""
        named = [{"name": f"prefers-{name.replace('_', '-')}", "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", features=named)

    def size(self, width: int, height: int) -> None:
        """Let the window be so large, in CSS pixels."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self) -> bytes:
        """Return what is in the window, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self._connection.recv(timeout=_SECONDS))
        page = self._pages.get(message.get("sessionId", ""), self)
        page._events.append(message)
        values = message.get("params", {})
        match message.get("method"):
            case "Runtime.exceptionThrown":
                page.complaints.append(str(values["exceptionDetails"]))
            case "Runtime.consoleAPICalled":
                page.complaints.append(str(values["args"]))
            case "Log.entryAdded":
                page.complaints.append(str(values["entry"]))
            case "Network.requestWillBeSent":
                page.requests.append(values["request"]["url"])
        return message


def _name(key: str) -> str:
    return " " if key == "Space" else key


@contextlib.contextmanager
def browser(folder: Path) -> Iterator[Page]:
    """Run Chromium, its profile in `folder`, until the context ends; yield its page."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    assert program, "Chromium is missing: scripts/setup-clients installs it"
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
               "--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0",
               f"--user-data-dir={folder}")  # fmt: skip
    with subprocess.Popen(
        [program, *options], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = list[str]()
        try:
            for line in process.stderr:
                said.append(line)
                if "DevTools listening on " in line:
                    break
            else:
                raise AssertionError(f"Chromium did not start: {''.join(said)}")
            address = said[-1].split("DevTools listening on ")[1].strip()
            # A ping every 20 s would draw from `random` in a thread; Hypothesis takes that for a fault of the test
            # that it runs just then.
            with connect(address, max_size=None, proxy=None, compression=None, ping_interval=None) as connection:
                yield Page(connection, {})
        finally:
            process.terminate()
            process.stderr.read()  # it is not to wait for somebody who reads
            process.wait(20)
