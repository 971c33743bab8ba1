"""What happened comes back from the log as it was, and a log that is no log says where."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musegan_bridge.files.event_log import FORMAT, Entry, EventLog, Header, LogError, Logged, read_log
from musegan_bridge.show.band import Bar, Draft
from musegan_bridge.show.events import Changed, Committed, Due, Event, Moved, Muted, Played, Received, Silenced
from musegan_bridge.show.ideas import Idea
from musegan_models.notes import Note
from musegan_models.spec import ModelSpec

SPEC = ModelSpec("test")
HEADER = Header.of(SPEC, 7)
NOTES = {"bass": [Note(0.0, 36, 1.0, 100)], "drums": [Note(0.1 + 0.2, 38, 1 / 3, 90)], "piano": []}
BAR = Bar(3, Idea(3, 7, 8, after_silence=True), NOTES, repeated=True)
EVENTS: list[Logged] = [
    Received("/musegan/tempo", [120, 0.5, "a", True], 99.5),
    Moved(-1.5, 100.1, 123.4),
    Committed(BAR, 101.7, 123.4),
    Played("piano", 60, 80, 1.1, 102.2),
    Muted(["bass", "drums"], 103.0),
    Silenced("panic", 103.3),
]

TIME = st.floats(0, 4e9)
BEAT = st.floats(-1e6, 1e6)
TEMPO = st.floats(20, 400)
SEED = st.integers(0, 2**31 - 1)
BYTE = st.integers(0, 127)
NOTE = st.builds(Note, st.floats(-0.1, 4), BYTE, st.floats(0.01, 4), BYTE)
IDEA = st.builds(Idea, st.integers(0, 63), SEED, SEED, st.booleans())
A_BAR = st.builds(
    Bar,
    st.integers(0, 10**6),
    IDEA,
    st.dictionaries(st.sampled_from(SPEC.track_names), st.lists(NOTE, max_size=4)),
    st.booleans(),
)
VALUE = st.integers(-(2**31), 2**31 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.text() | st.booleans()
EVENT = st.one_of(
    st.builds(Committed, A_BAR, TIME, TEMPO),
    st.builds(Played, st.sampled_from(SPEC.track_names), BYTE, BYTE, BEAT, TIME),
    st.builds(Moved, BEAT, TIME, TEMPO),
    st.builds(Muted, st.lists(st.sampled_from(SPEC.track_names)), TIME),
    st.builds(Silenced, st.sampled_from(["stop", "panic", "quit"]), TIME),
    st.builds(Received, st.text(), st.lists(VALUE, max_size=4), TIME),
)


def write(path: Path, events: Sequence[Event]) -> None:
    """Write a log in which one thing happens a second, from 0 on."""
    times = iter(range(1_000_000))
    log = EventLog(path, HEADER, lambda: float(next(times)))
    for event in events:
        log.take(event)
    log.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVENT, max_size=8))
def test_what_is_read_is_what_was_written(tmp_path: Path, events: list[Logged]) -> None:
    path = tmp_path / "show.jsonl"
    path.unlink(missing_ok=True)
    write(path, events)
    log = read_log(path)
    assert log.header == HEADER
    assert log.entries == [Entry(float(i), event) for i, event in enumerate(events)]
    assert not log.is_cut
    for entry, event in zip(log.entries, events, strict=True):
        assert repr(entry.event) == repr(event)  # 1 == 1.0 == True


def test_a_line_is_an_event_and_what_follows_from_others_is_none(tmp_path: Path) -> None:
    path = tmp_path / "show.jsonl"
    write(path, [*EVENTS, Due(1.0, 0, 120.0, []), Changed("/musegan/tempo", [120.0])])
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    show = lines[0]["show"]
    assert (show["format"], show["bundle"], show["seed"], show["measures"]) == (FORMAT, "test", 7, 4)
    assert [track["name"] for track in show["tracks"]] == list(SPEC.track_names)
    assert [list(line) for line in lines[1:]] == [
        ["at", kind] for kind in ("received", "moved", "committed", "played", "muted", "silenced")
    ]
    assert lines[3]["committed"]["bar"]["notes"]["drums"] == [[0.30000000000000004, 38, 1 / 3, 90]]


def test_numbers_of_numpy_are_numbers_and_arrays_stay_out(tmp_path: Path) -> None:
    path = tmp_path / "show.jsonl"
    planes = np.zeros((2, 5, 16, 84), np.float32)
    note = Note(np.float64(0.25), 36, np.float32(0.5), 100)  # type: ignore[arg-type]
    idea = Idea(0, 1, 2, z=(np.ones(100, np.float32),))
    bar = Bar(0, idea, {"bass": [note]}, draft=Draft(0, idea, {}, planes=planes))
    write(path, [Committed(bar, 1.0, 120.0)])
    event = read_log(path).entries[0].event
    assert isinstance(event, Committed)
    assert event.bar == Bar(0, Idea(0, 1, 2), {"bass": [Note(0.25, 36, 0.5, 100)]})
    assert path.stat().st_size < 2000


@pytest.mark.parametrize("n_bytes", [1, 2, 30])
def test_a_last_line_that_was_cut_is_left_out_and_told(
    tmp_path: Path, n_bytes: int, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "show.jsonl"
    write(path, EVENTS)
    path.write_bytes(path.read_bytes()[:-n_bytes])
    log = read_log(path)
    assert log.is_cut
    assert [entry.event for entry in log.entries] == EVENTS[:-1]
    assert f"line {1 + len(EVENTS)} was cut short" in caplog.text


def test_a_log_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "show.jsonl"
    write(path, EVENTS)
    with pytest.raises(FileExistsError):
        EventLog(path, HEADER, lambda: 0.0)
    assert len(read_log(path).entries) == len(EVENTS)


COMMITTED = {
    "bar": {"number": 0, "idea": {"measure": 0, "seed": 1, "private_seed": 2}, "notes": {"bass": [[0, 36, 1, 100]]}},
    "downbeat": 1.0,
    "tempo": 120.0,
}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("", "line 2: must be JSON"),
        ("[1]", r"line 2: must be an object, got \[1\]"),
        ('{"at": 1}', "line 2: must have at and one of committed, expected, moved"),
        ('{"at": "x", "silenced": {}}', 'line 2: at must be a number, got "x"'),
        ('{"at": 1, "silenced": {"time": 1}}', "line 2: silenced.reason is missing"),
        ('{"at": 1, "silenced": {"time": 1, "reason": 2}}', "silenced.reason must be a string, got 2"),
        ('{"at": 1, "silenced": {"time": 1, "why": ""}}', "silenced.why is not known: it must be one of reason, time"),
        ('{"at": 1, "moved": {"beat": 0, "time": NaN, "tempo": 120}}', "moved.time must be in -inf..inf, got nan"),
        ('{"at": 1, "moved": {"beat": 0, "time": 1, "tempo": 0}}', r"moved.tempo must be in 1..1000, got 0"),
        ('{"at": 1, "moved": 3}', "moved must be an object, got 3"),
    ],
)
def test_an_error_names_line_and_field(tmp_path: Path, line: str, text: str) -> None:
    path = tmp_path / "show.jsonl"
    write(path, [])
    path.write_text(path.read_text("utf-8") + line + "\n" + '{"at": 1}\n', "utf-8")
    with pytest.raises(LogError, match=text):
        read_log(path)


@pytest.mark.parametrize(
    ("keys", "value", "text"),
    [
        (["bar", "number"], 1.5, "committed.bar.number must be a whole number, got 1.5"),
        (["bar", "idea", "seed"], True, "committed.bar.idea.seed must be a whole number, got true"),
        (["bar", "repeated"], "x", 'committed.bar.repeated must be true or false, got "x"'),
        (["bar", "notes"], [], r"committed.bar.notes must be an object, got \[\]"),
        (["bar", "notes", "bass"], {}, r"committed.bar.notes.bass must be a list, got \{\}"),
        (["bar", "notes", "bass", 0], [1, 2, 3], r"bass\[0\] must be \[time, pitch, duration, velocity\]"),
        (["bar", "notes", "bass", 0, 1], 128, r"committed.bar.notes.bass\[0\].pitch must be in 0..127, got 128"),
    ],
)
def test_an_error_names_the_field_within_a_bar(tmp_path: Path, keys: list[str | int], value: object, text: str) -> None:
    committed = json.loads(json.dumps(COMMITTED))
    place = committed
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    path = tmp_path / "show.jsonl"
    write(path, [])
    path.write_text(path.read_text("utf-8") + json.dumps({"at": 1, "committed": committed}) + "\n", "utf-8")
    with pytest.raises(LogError, match=text):
        read_log(path)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (None, "cannot be read: No such file"),
        (b"", "no log of a show: its first line is cut short"),
        (b"MThd\0\0\n", "line 1: must be JSON"),
        (b'{"at": 1}\n', "line 1: show.format must be a number"),
        (b'{"show": {"format": 99}}\n', f"show.format must be in 1..{FORMAT}, got 99: read it with a newer program"),
        (b'{"show": {"format": 1}}\n', "show.program is missing"),
    ],
)
def test_a_file_that_is_no_log_says_why(tmp_path: Path, content: bytes | None, text: str) -> None:
    path = tmp_path / "show.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LogError, match=text):
        read_log(path)


def test_a_log_that_is_taken_away_begins_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "stick"
    log = EventLog(folder / "show.jsonl", HEADER, lambda: 5.0)
    log.take(EVENTS[0])
    assert log.flush(60)
    shutil.rmtree(folder)
    log.take(EVENTS[2])
    assert log.flush(60)
    log.close()
    assert [entry.event for entry in read_log(folder / "show.jsonl").entries] == [EVENTS[2]]
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


HEAD = """
import importlib.util, pathlib, resource, sys
spec = importlib.util.spec_from_file_location("here", {file!r})
here = importlib.util.module_from_spec(spec)
spec.loader.exec_module(here)
log = here.EventLog(pathlib.Path(sys.argv[1]), here.HEADER, lambda: 5.0)
"""


def child(code: str, path: Path) -> subprocess.Popen[str]:
    """Start a program that has this module as `here`, and a log."""
    code = HEAD.format(file=__file__) + code
    return subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)


def test_a_killed_program_leaves_a_log_of_all_that_it_said_was_written(tmp_path: Path) -> None:
    code = """
for number in range(1_000_000):
    log.take(here.EVENTS[2])
    log.take(here.EVENTS[3])
    if number % 7 == 0:
        assert log.flush(60)
        print(2 * (number + 1), flush=True)
"""
    path = tmp_path / "show.jsonl"
    process = child(code, path)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(40)]
    process.kill()
    said += process.communicate()[0].splitlines()
    entries = read_log(path).entries
    assert len(entries) >= int(said[-1])
    assert [entry.event for entry in entries] == (EVENTS[2:4] * len(entries))[: len(entries)]


def test_a_full_disk_loses_nothing_once_there_is_room(tmp_path: Path) -> None:
    code = """
resource.setrlimit(resource.RLIMIT_FSIZE, (1500, resource.RLIM_INFINITY))
for _ in range(20):
    log.take(here.EVENTS[2])
    log.flush(60)
assert not log.flush(60)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
log.close()
"""
    path = tmp_path / "show.jsonl"
    process = child(code, path)
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert [entry.event for entry in read_log(path).entries] == [EVENTS[2]] * 20
