"""The page's clocks, playback and MIDI: by Node where a double of the machine will do, by Chromium where not."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.clients.sounds import Lab, lab

_TESTS = sorted((Path(__file__).parent / "page").glob("*.test.mjs"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with lab(tmp_path_factory.mktemp("chromium")) as made:
        yield made
        assert not made.page.complaints


@pytest.mark.parametrize("path", _TESTS, ids=[path.name.split(".")[0] for path in _TESTS])
def test_by_node(path: Path) -> None:
    node = shutil.which("node")
    assert node, "Node.js is missing: scripts/setup-clients installs it"
    done = subprocess.run([node, "--test", "--test-reporter=tap", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "# pass 0\n" not in done.stdout


def test_the_browser_tells_why_there_is_no_midi(page: Lab) -> None:
    opened = """import("./midi.js").then(({ MidiPorts }) => MidiPorts.open()).then(
        (ports) => String(ports.outputs.length), ({ message }) => message)"""
    for setting, said in (("denied", "Allow MIDI"), ("granted", "" if Path("/dev/snd/seq").exists() else "no MIDI")):
        page.page.call("Browser.setPermission", permission={"name": "midi", "sysex": True}, setting=setting)
        page.page.call("Browser.setPermission", permission={"name": "midi"}, setting=setting)
        assert said in page.page.value(opened)


def test_a_real_sound_card_is_known_to_a_millisecond(page: Lab) -> None:
    """What the clock says of a moment, against what Chromium says of that moment when it is there."""
    script = """(async () => {
      const { ServerClock } = await import("./clock.js");
      const context = new AudioContext();
      await context.resume();
      const clock = new ServerClock({ context });
      const errors = [];
      let [before, steady] = [NaN, 0];
      for (let i = 0; i < 160; i++) {
        await new Promise((done) => setTimeout(done, 25));
        const { contextTime, performanceTime } = context.getOutputTimestamp();
        const heard = clock.contextTime((performance.timeOrigin + performanceTime) / 1000);
        // A busy machine's card leaves something out at times; then it takes four looks until that is believed.
        const slipped = Math.abs(contextTime - performanceTime / 1000 - before) > 0.002;
        before = contextTime - performanceTime / 1000;
        steady = slipped ? 0 : steady + 1;
        if (steady > 12) errors.push(Math.abs(heard - contextTime));
      }
      await context.close();
      return [errors, clock.contextTime(1)];
    })()"""
    answer = page.page.call(
        "Runtime.evaluate", expression=script, userGesture=True, awaitPromise=True, returnByValue=True
    )
    errors, closed = answer["result"]["value"]
    assert errors, "the card never ran for a third of a second"
    assert max(errors) < 0.001, errors
    assert closed is None  # not a number: nothing is heard any more
