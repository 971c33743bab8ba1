"""A real headless Chromium with one page, driven through its DevTools protocol."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

_SECONDS = 60  # a loaded machine included
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Key -> (virtual key code, what it types)
_KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Space": (32, " "), "ArrowRight": (39, "")}


class Browser:
    """One page, and what it complained of or asked a network for."""

    def __init__(self, connection: ClientConnection) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._connection, self._session, self._id = connection, "", 0
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **values: object) -> dict[str, Any]:
        """Call a method of the protocol, and return what it answers."""
        self._id += 1
        message = {"id": self._id, "method": method, "params": values}
        self._connection.send(json.dumps(message | ({"sessionId": self._session} if self._session else {})))
        while (answer := self._next()).get("id") != self._id:
            pass
        assert "error" not in answer, f"{method}: {answer['error']}"
        return dict(answer["result"])

    def wait_for(self, event: str) -> dict[str, Any]:
        """Return the next event of this name."""
        while (message := self._next()).get("method") != event:
            pass
        return dict(message["params"])

    def open(self, page: Path, before: str = "") -> None:
        """Load a file; the script `before` runs ahead of its own."""
        script = self.call("Page.addScriptToEvaluateOnNewDocument", source=before)["identifier"]
        self.call("Page.navigate", url=page.resolve().as_uri())
        self.wait_for("Page.loadEventFired")
        self.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script)

    def value(self, expression: str) -> Any:
        """Return the value of JavaScript, awaited where it is a promise."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def click(self, selector: str) -> None:
        """Click the middle of the first element, as a mouse does."""
        box = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        self.value(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{ block: 'center' }})")
        x, y = self.value(f"(({{ x, y, width, height }}) => [x + width / 2, y + height / 2])({box})")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            code, text = _KEYS[key]
            name = " " if key == "Space" else key
            values = {"key": name, "code": key, "windowsVirtualKeyCode": code}
            self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **values)
            self.call("Input.dispatchKeyEvent", type="keyUp", **values)

    def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self._connection.recv(timeout=_SECONDS))
        values = message.get("params", {})
        match message.get("method"):
            case "Runtime.exceptionThrown":
                self.complaints.append(str(values["exceptionDetails"]))
            case "Runtime.consoleAPICalled":
                self.complaints.append(str(values["args"]))
            case "Log.entryAdded":
                self.complaints.append(str(values["entry"]))
            case "Network.requestWillBeSent":
                self.requests.append(values["request"]["url"])
        return message


@contextlib.contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Run Chromium, its profile in `folder`, until the context ends."""
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
            with connect(address, max_size=None, proxy=None, compression=None) as connection:
                yield Browser(connection)
        finally:
            process.terminate()
            process.stderr.read()  # it is not to wait for somebody who reads
            process.wait(20)
