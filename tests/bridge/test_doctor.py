"""The doctor: each finding on a machine where it is so, made so with real parts."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import Band

from musegan_bridge.cli import main
from musegan_bridge.tools import doctor
from musegan_bridge.tools.doctor import NOTE, OK, PROBLEM
from musegan_bridge.tools.holders import holder_of_udp
from musegan_models.bundle import pretrained


def test_all_of_it_is_looked_at_and_said_as_json_and_as_text(free_port: Callable[[], int]) -> None:
    args = ["doctor", "--port", str(free_port()), "--http", "0"]
    result = CliRunner().invoke(main, [*args, "--json"])
    found = json.loads(result.output)
    assert result.exit_code == int(any(finding["verdict"] == PROBLEM for finding in found))
    topics = {finding["topic"]: finding for finding in found}
    assert {"machine", "OSC port", "buffer", "onnxruntime", "Link", "bundle", "device", "a bar", "timer"} <= set(topics)
    assert {"MIDI", "MIDI out"} & set(topics)
    assert topics["a bar"]["facts"]["p99"] >= topics["a bar"]["facts"]["p50"] > 0
    assert topics["device"]["facts"]["why"]
    assert all(finding["advice"] for finding in found if finding["verdict"] == PROBLEM)


def test_a_taken_port_is_a_problem_that_names_who_holds_it(
    free_port: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doctor.udp_port("127.0.0.1", free_port()).verdict == OK
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as holder:
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
        finding = doctor.udp_port("127.0.0.1", port)
    assert finding.verdict == PROBLEM
    assert f"--port {port + 10}" in finding.advice
    if sys.platform == "linux":
        assert f"process {os.getpid()}" in finding.text
    monkeypatch.setattr(doctor, "examine", lambda **_: iter([finding]))
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert f"PROBLEM OSC port     {finding.text}" in result.output
    assert f"-> {finding.advice}" in result.output


def test_a_host_that_is_not_this_machine_is_a_problem_and_no_port_is_blamed() -> None:
    finding = doctor.udp_port("192.0.2.1", 47120)
    assert finding.verdict == PROBLEM
    assert "192.0.2.1 is no address of this machine" in finding.text
    assert "--host 127.0.0.1" in finding.advice
    assert "--port" not in finding.advice


def test_a_port_that_a_band_holds_is_worth_a_note(start_band: Callable[..., Band]) -> None:
    finding = doctor.udp_port("127.0.0.1", start_band().port)
    assert finding.verdict == NOTE
    assert "lakh-live" in finding.text


def test_a_taken_http_port_is_worth_a_note() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        finding = doctor.tcp_port("127.0.0.1", holder.getsockname()[1])
    assert finding.verdict == NOTE
    assert "--http" in finding.advice


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_nobody_holds_a_free_port(free_port: Callable[[], int]) -> None:
    assert holder_of_udp(free_port()) is None


def test_a_bundle_that_is_cut_short_is_a_problem_and_no_bar_is_timed(tmp_path: Path) -> None:
    for file in pretrained().iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "bar_generator.onnx").write_bytes(b"no")
    *_, last = doctor.all_bundles(str(tmp_path))
    assert last.verdict == PROBLEM
    assert "is cut short" in last.text
    assert not list(doctor.timed_bar("cpu", str(tmp_path)))


def test_a_device_that_cannot_be_had_is_a_problem_that_says_why() -> None:
    import onnxruntime

    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this machine may have CUDA")
    (finding,) = doctor.timed_bar("cuda", None)
    assert finding.verdict == PROBLEM
    assert "--device cuda" in finding.text


def test_another_peer_of_link_is_found() -> None:
    from musegan_bridge.stage.link import Link

    other = Link(93.0)
    try:
        finding = doctor.link_peers()
    finally:
        other.close()
    assert finding.facts["peers"] >= 1
    assert "--clock link" in finding.text


@pytest.mark.parametrize(("late", "verdict"), [(0.0, OK), (0.005, NOTE), (0.05, PROBLEM)])
def test_a_timer_is_judged_by_how_late_it_wakes(late: float, verdict: str) -> None:
    now = 0.0

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds + late

    assert doctor.timer(lambda: now, sleep).verdict == verdict
