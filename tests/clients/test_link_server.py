"""The real server in a Link session: it plays at the tempo of the others from its first bar on."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.clients.test_link import SECONDS, Network


def test_server_plays_with_link_from_the_start(tmp_path: Path) -> None:
    log = tmp_path / "show.jsonl"
    with contextlib.ExitStack() as stack:
        here = Network(stack, "up")
        peer = here.join(101)
        peer.wait_for(lambda state: state["word"] == "joined")
        command = [sys.executable, "-m", "musegan_bridge", "serve", "--port", "0", "--http", "-1", "--device", "cpu"]
        server = stack.enter_context(
            subprocess.Popen(
                [*here.prefix, *command, "--clock", "link", "--log", str(log)],
                env=os.environ | {"XDG_DATA_HOME": str(tmp_path / "data")},
            )
        )
        stack.callback(server.kill)
        peer.wait_for_peers(1)
        peer.tell("tempo", 133)
        deadline = time.monotonic() + SECONDS
        tempi: list[float] = []
        while not any(tempo == pytest.approx(133, abs=0.01) for tempo in tempi):
            assert time.monotonic() < deadline
            assert server.poll() is None
            lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
            entries = [json.loads(line) for line in lines if line.endswith("}")]
            tempi = [entry["committed"]["tempo"] for entry in entries if "committed" in entry]
            time.sleep(0.1)
        server.terminate()
        assert server.wait(SECONDS) == 0
