"""The program as a shell and a supervisor see it: completion, logs, what is said at the start, how it ends."""

from __future__ import annotations

import io
import json
import logging
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import Band, Client

from musegan_bridge.cli import main
from musegan_bridge.cli.serve import Started, lines_of
from musegan_bridge.stage import logs
from musegan_bridge.stage.config import Config, StandingSubscriber
from musegan_bridge.stage.sets import config_from
from musegan_models import bundle as bundles

Start = Callable[..., Band]
Connect = Callable[[Band], Client]


def completed(*words: str) -> list[str]:
    """Return what bash offers for the last of these words after the Tab key, with click's script loaded."""
    program = Path(sys.executable).with_name("musegan-bridge")
    script = f"""
        eval "$(_MUSEGAN_BRIDGE_COMPLETE=bash_source {program})"
        COMP_WORDS=({program} {" ".join(repr(word) for word in words)})
        COMP_CWORD={len(words)}
        _musegan_bridge_completion {program}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=True)
    return result.stdout.split()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no bash")
def test_bash_completes_commands_options_and_choices() -> None:
    assert {"serve", "generate", "monitor", "doctor", "bundles"} <= set(completed(""))
    assert {"--midi-out", "--midi-out-offset"} <= set(completed("serve", "--midi-o"))
    assert completed("serve", "--clock", "l") == ["link"]
    assert {"D", "Db", "Dm"} <= set(completed("serve", "--key", "D"))


def test_bundles_lists_what_is_in_the_wheel_and_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "bundle.json").write_text("{")
    result = CliRunner().invoke(main, ["bundles", str(tmp_path)])
    assert result.exit_code == 0
    assert "lakh-live (plays where none is asked for)" in result.output
    assert "bass, drums, guitar, piano, strings" in result.output
    assert "CC-BY 4.0" in result.output
    assert "mean relative error, from scratch" in result.output  # the band's own, not the songs'
    assert "not said" not in result.output  # whose songs the bands in the wheel learned from
    assert "is not JSON" in result.output
    listed = json.loads(CliRunner().invoke(main, ["bundles", "--json"]).output)
    assert [band["name"] for band in listed if band["is_default"]] == [bundles.DEFAULT]
    assert all(band["megabytes"] > 1 and not band["wrong"] for band in listed)


def test_a_bundle_is_listed_once_whatever_way_its_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = bundles.pretrained()
    shutil.copytree(own, tmp_path / "mine")
    (tmp_path / "again").symlink_to(tmp_path / "mine")

    def listed(folder: str) -> list[str]:
        found = json.loads(CliRunner().invoke(main, ["bundles", folder, "--json"]).output)
        return [band["path"] for band in found]

    program = [str(path) for path in sorted(own.resolve().parent.iterdir()) if path.is_dir()]
    assert listed(str(own)) == listed(str(own.parent)) == program
    monkeypatch.chdir(own.parent)
    assert listed(own.name) == listed(".") == program
    assert listed(str(tmp_path)) == [*program, str((tmp_path / "mine").resolve())]


def test_a_folder_without_bundles_is_said_to_have_none(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["bundles", str(tmp_path)])
    assert result.exit_code == 0
    assert f"{tmp_path}: no bundle is in it" in result.output
    assert "lakh-live" in result.output


def test_what_is_not_there_is_not_said_at_the_start_and_what_is_there_is() -> None:
    started = Started("1.0", "band", "CPUExecutionProvider", 7, ("bass",), "follows nobody", 5000)
    lines = list(lines_of(Config(), started))
    assert lines[0] == "musegan-bridge 1.0: band on CPUExecutionProvider, seed 7"
    assert lines[2].startswith("listening on 127.0.0.1:5000 (OSC over UDP), 120 beats a minute, C")
    assert len(lines) == 4
    config = Config(midi_out="x", midi_clock_out=True, subscribers=(StandingSubscriber("10.0.0.2", 9, "note"),))
    started = Started(
        "1.0", "band", "CPUExecutionProvider", 7, ("bass",), "follows nobody", 5000, "no driver", 7480, "Synth x:0",
        "Keys", "/tmp/a.mid", "/tmp/a.jsonl",
    )  # fmt: skip
    assert list(lines_of(config, started))[4:] == [
        "not on CUDA: no driver",
        "open http://127.0.0.1:7480/ in a browser to see, hear and play it (and OSCQuery)",
        "MIDI out: Synth x:0, +0 ms, with MIDI clock",
        "MIDI in: Keys",
        "sending to 10.0.0.2:9 (note), without a lease",
        "recording to /tmp/a.mid",
        "logging events to /tmp/a.jsonl",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM between processes")
def test_under_a_supervisor_it_says_when_it_is_ready_and_sigterm_ends_it_with_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start_band: Start, connect: Connect
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
        supervisor.bind(str(tmp_path / "notify"))
        supervisor.settimeout(20)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        band = start_band()
        assert supervisor.recv(100) == b"READY=1"
    client = connect(band)
    client.send("/musegan/subscribe", "bar")
    client.bar()
    band.process.send_signal(signal.SIGTERM)
    assert client.wait_for("/musegan/silence").args == ["quit"]
    assert band.process.wait(10) == 0
    assert band.process.stdout is not None
    assert "Traceback" not in band.process.stdout.read()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_while_it_starts_ends_it_at_once_and_without_a_word() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "musegan_bridge", "serve", "--port", "0", "--http", "-1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        for line in program.stderr:
            if line.endswith(" musegan_bridge.stage.loading\n"):  # all else is imported after it, and the band opened
                program.send_signal(signal.SIGINT)
                break
        said = [line for line in program.stderr if not line.startswith("import time:")]
        assert program.wait(20) == -signal.SIGINT
        assert said == []
        assert program.stdout.read() == ""


def test_logs_as_json_are_one_object_a_line_with_the_traffic_at_debug(start_band: Start, connect: Connect) -> None:
    band = start_band(options=())
    command = [sys.executable, "-m", "musegan_bridge", "--log-format", "json", "--log-level", "debug", "serve"]
    band.stop()
    with subprocess.Popen(
        [*command, "--port", str(band.port), "--device", "cpu"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            while "listening" not in process.stdout.readline():
                assert process.poll() is None
            client = connect(Band(process, band.port))
            client.send("/musegan/hello")
            client.wait_for("/musegan/hello/reply")
            entries = []
            for line in process.stderr:
                entries.append(json.loads(line))
                if "/musegan/hello " in entries[-1]["message"]:
                    break
            assert {entry["level"] for entry in entries} <= {"debug", "info", "warning"}
            assert entries[-1]["logger"] == "musegan_bridge.osc.in"
            assert isinstance(entries[-1]["time"], float)
        finally:
            process.kill()


def test_whoever_logs_does_not_wait_for_a_reader_who_does_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LIMIT", 10)
    reading, is_writing = threading.Event(), threading.Event()

    class Stuck(io.StringIO):
        def write(self, text: str) -> int:
            is_writing.set()
            reading.wait(20)
            return super().write(text)

    stream = Stuck()
    end = logs.start_logging("text", "info", stream)
    logger = logging.getLogger("musegan_bridge.test")
    logger.info("first")
    assert is_writing.wait(20)
    for number in range(1000):
        logger.info("number %d", number)
    assert not reading.is_set()  # and here we are
    reading.set()
    end()
    lines = stream.getvalue().splitlines()
    assert lines[:3] == ["INFO musegan_bridge.test: first"] + [f"INFO musegan_bridge.test: number {i}" for i in (0, 1)]
    assert len(lines) == 12
    assert lines[-1] == "WARNING musegan_bridge.stage.logs: 990 records were dropped: nobody read them in time"


def test_a_traceback_is_in_the_json_of_its_line() -> None:
    stream = io.StringIO()
    end = logs.start_logging("json", "warning", stream)
    try:
        raise ValueError("wrong")
    except ValueError:
        logging.getLogger("musegan_bridge.test").exception("it failed: %s", "badly")
    end()
    (line,) = stream.getvalue().splitlines()
    entry = json.loads(line)
    assert entry["message"] == "it failed: badly"
    assert entry["traceback"].endswith("ValueError: wrong")


def test_the_monitor_says_what_it_needs_where_textual_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual.app", None)
    monkeypatch.delitem(sys.modules, "musegan_bridge.tools.monitor", raising=False)
    result = CliRunner().invoke(main, ["monitor"])
    assert result.exit_code == 1
    assert f"{sys.executable} -m pip install 'musegan-bridge[monitor]'" in result.output


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.1:0", "a:b"])
def test_the_monitor_wants_a_host_and_a_port(address: str) -> None:
    result = CliRunner().invoke(main, ["monitor", address])
    assert result.exit_code == 2
    assert "must end in a port" in result.output


def test_nothing_of_the_environment_is_needed() -> None:
    command = [sys.executable, "-m", "musegan_bridge", "serve", "--print-config"]
    env = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "PYTHONPATH") if name in os.environ}
    result = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=True)
    assert "[network]" in result.stdout


def test_the_unit_for_systemd_starts_the_program_as_it_is_and_waits_for_what_it_says(tmp_path: Path) -> None:
    unit = (Path(__file__).parents[2] / "packaging" / "musegan-bridge.service").read_text(encoding="utf-8")
    (command,) = (line.partition("=")[2] for line in unit.splitlines() if line.startswith("ExecStart="))
    program, *args = shlex.split(command)
    assert Path(program).name == "musegan-bridge"
    args[args.index("--config") + 1] = str(tmp_path / "set.toml")
    (tmp_path / "set.toml").write_text("")
    assert CliRunner().invoke(main, [*args, "--print-config"]).exit_code == 0
    assert "Type=notify" in unit
    assert "KillSignal=SIGTERM" in unit
    # MIDI is a device; ProtectClock shuts out all of them before systemd 253.
    options = {line.partition("=")[0] for line in unit.splitlines()}
    assert not options & {"PrivateDevices", "DevicePolicy", "DeviceAllow", "ProtectClock"}


def test_the_set_of_the_manual_is_one(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "running.md").read_text(encoding="utf-8")
    text = manual.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "set.toml").write_text(text, encoding="utf-8")
    found = config_from(tmp_path / "set.toml", {})
    assert found.record == str(tmp_path / "shows") + "/"
    assert found.controls["/musegan/track/*/velocity"] == (0.9,)
