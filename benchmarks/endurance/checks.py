"""The table: what was heard in a show, against its log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.endurance.ears import UNINTERRUPTED, BarEar, Ear, NoteEar, Sclang, Touch
from benchmarks.endurance.verdict import Show


@dataclass(frozen=True)
class Check:
    """A row of the table."""

    what: str
    measured: str
    goal: str = ""
    is_met: bool | None = None

    def __str__(self) -> str:
        met = {None: "", True: "yes", False: "**no**"}[self.is_met]
        return f"| {self.what} | {self.measured} | {self.goal} | {met} |"


@dataclass(frozen=True)
class Heard:
    """All that was measured while the show went on."""

    began: float  # Unix seconds
    status: dict[str, Any]  # the last one
    ears: list[Ear]
    touches: list[Touch]
    hanging: list[tuple[int, int]]  # (channel, pitch) that are down after the stop
    ticks: int  # of MIDI clock
    beats: float  # in which they came
    sclang: Sclang
    apart: list[float]  # seconds of the band's beat from Link's
    n_interrupted: int  # pings that took too long to tell
    n_tempi: int
    n_notes: int  # of the musician's
    n_controls: int
    errors: list[str]  # what was refused
    complaints: list[str]  # lines of the server's
    code: int | None  # of its end
    memory: list[tuple[float, float, int]]  # seconds, MB, bars
    cpu: float  # share of one core


def checks_of(heard: Heard, log: Path, recording: Path) -> Iterator[Check]:
    """Yield the rows; `recording` is the folder of one."""
    status, show = heard.status, Show(log, heard.began)
    listeners = len(heard.ears) + 3  # and the dead one, the one that never reads, and sclang
    yield Check("late bars", f"{status['late']} of {status['bars']}", "0", status["late"] == 0)
    yield Check(
        "slack p50 / p95 / p99, least",
        f"{status['slack_p50']:.0f} / {status['slack_p95']:.0f} / {status['slack_p99']:.0f}, {status['slack']:.0f} ms",
    )
    numbers = list(show.bars)
    yield Check("bars in the log", f"{numbers[0]} to {numbers[-1]}", "one after the other", _consecutive(numbers))
    for ear in heard.ears:
        if isinstance(ear, BarEar):
            yield from _bar_checks(ear, show)
        elif isinstance(ear, NoteEar):
            yield from _note_checks(ear, show)
    yield Check(
        "sclang, form note",
        f"{heard.sclang.n} notes, at least {heard.sclang.least * 1000:.0f} ms before their onset",
        "before",
        heard.sclang.n > 0 and heard.sclang.least > 0 and not heard.sclang.posted,
    )
    told = [f"{len(ear.silences)}" for ear in heard.ears if ear.form != "dirt"]
    yield Check("silence at stop and at the end, each bar and note subscriber", " ".join(told), "2 each",
                set(told) == {"2"})  # fmt: skip
    channels = dict(zip((0, 9, 1, 2, 3), show.tracks, strict=False))
    wrong, either, worst = show.compare_touches(heard.touches, channels)
    yield Check(
        "notes on the MIDI port against the log",
        f"{len(heard.touches)} played; {len(wrong)} differ {_some(wrong)}; {either} in bars that were muted or "
        f"no longer; at most {worst * 1000:+.0f} ms from the log's time (polled; tempo may change on the way)",
        "none differs",
        not wrong and bool(heard.touches),
    )
    longest = max((touch.seconds for touch in heard.touches), default=0.0)
    down = f"{len(heard.hanging)} {heard.hanging or ''}"
    yield Check("MIDI notes left hanging", f"{down}; longest note {longest:.2f} s", "0",
                not heard.hanging and longest < 20)  # fmt: skip
    yield _recording_check(recording, show)
    asked = f" ({heard.n_interrupted} pings took longer than {UNINTERRUPTED * 1000:g} ms)"
    for who, apart in ((f"the band's beat{asked}", heard.apart), ("sclang's LinkClock", heard.sclang.apart)):
        error = np.abs(apart) * 1000
        yield Check(
            f"{who} against Link's, {len(apart)} times, {heard.n_tempi} tempi",
            f"p50 {np.median(error):.2f}, p99 {np.percentile(error, 99):.2f}, max {error.max():.2f} ms",
            "10 ms at most",
            bool(error.max() <= 10),
        )
    errors = heard.errors
    yield Check(
        "the musician",
        f"{heard.n_notes} notes, {heard.n_controls} controls; {len(errors)} refused {_some(errors)}",
        "0",
        not errors,
    )
    said, code = heard.complaints, heard.code
    yield Check("the server's end", f"code {code}; {len(said)} lines of complaint {_some(said)}", "code 0, none",
                code == 0 and not said)  # fmt: skip
    yield Check("MIDI clock", f"{heard.ticks} ticks in {heard.beats:.1f} beats", "24 a beat, 1 beat off at most",
                abs(heard.ticks - 24 * heard.beats) <= 24)  # fmt: skip
    yield Check(
        "subscribers at the end", str(status["subscribers"]), str(listeners), status["subscribers"] == listeners
    )
    yield from _cost_checks(heard, show)


def _cost_checks(heard: Heard, show: Show) -> Iterator[Check]:
    mark = min(120.0, heard.memory[-1][0] * 0.4)
    settled = [row for row in heard.memory if row[0] >= mark]
    # The mean of some seconds: what waits to be written or collected comes and goes.
    early = float(np.mean([mb for at, mb, _ in settled if at < mark + 10]))
    late = float(np.mean([mb for at, mb, _ in settled if at > settled[-1][0] - 10]))
    bars = settled[-1][2] - settled[0][2]
    kept = bars * _kept_of_a_bar(show)
    yield Check(
        f"memory (RSS, with the MIDI process) at {mark:.0f} s and at the end",
        f"{early:.1f} and {late:.1f} MB; {bars} bars of history are {kept:.1f} MB of that",
        "flat: less than 5 MB more besides",
        late - early - kept < 5,
    )
    yield Check("CPU of one core", f"{heard.cpu * 100:.1f} %")


def _consecutive(numbers: list[int]) -> bool:
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _some(texts: list[str]) -> str:
    return f"({'; '.join(texts[:3])}{' ..' if len(texts) > 3 else ''})".replace("|", "/") if texts else ""


def _bar_checks(ear: BarEar, show: Show) -> Iterator[Check]:
    numbers = list(ear.came)
    ahead = [show.time_at(number * 4) - at for number, at in ear.came.items() if at > ear.since]
    is_whole = _consecutive(numbers) and numbers[-1] == list(show.bars)[-1] and not (ear.twice or ear.incomplete)
    yield Check(
        f"subscriber: {ear.name}",
        f"bars {numbers[0]} to {numbers[-1]}, {len(ear.twice)} twice, {ear.incomplete} incomplete, {ear.planned} "
        f"planned ones; committed at least {ear.least * 1000:.0f} ms before the downbeat told, "
        f"{min(ahead) * 1000:.0f} ms before the real one",
        "all, whole, before",
        is_whole and ear.least > 0 and min(ahead) > 0,
    )


def _note_checks(ear: NoteEar, show: Show) -> Iterator[Check]:
    text = f"{ear.n} notes, at least {ear.least * 1000:.0f} ms before their onset"
    if ear.form == "dirt":
        yield Check(f"subscriber: {ear.name}", text, "before", ear.n > 0 and ear.least > 0)
        return
    wrong, either = show.compare_notes(ear.notes)
    yield Check(
        f"subscriber: {ear.name}",
        f"{text}; {len(wrong)} differ from the log {_some(wrong)}; {either} in bars that were muted or no longer",
        "those of the log, before",
        not wrong and ear.least > 0,
    )


def _recording_check(folder: Path, show: Show) -> Check:
    import mido

    (path,) = folder.iterdir()
    recorded = {
        track.name: sum(message.type == "note_on" and message.velocity > 0 for message in track)
        for track in mido.MidiFile(path).tracks
    }
    logged = dict.fromkeys(show.tracks, 0)
    for onset in show.onsets():
        logged[onset.track] += onset.time < show.end
    differ = [f"{name}: {recorded.get(name)} of {n}" for name, n in logged.items() if recorded.get(name) != n]
    own = sum(n for name, n in recorded.items() if name.endswith("(you)"))
    return Check("recording against the log", f"{sum(logged.values())} notes, {own} of the musician's {_some(differ)}",
                 "same", not differ)  # fmt: skip


def _kept_of_a_bar(show: Show) -> float:
    """Return the MB that a bar takes in the history: its notes twice and its cells, as arrays, by the log."""
    import tracemalloc

    tracemalloc.start()
    kept = []
    for _, bar in show.bars.values():
        twice = [
            {track: np.array(notes, np.float64).reshape(-1, 4) for track, notes in bar["notes"].items()}
            for _ in range(2)
        ]
        kept.append((twice, np.zeros((96 * 84 * len(show.tracks)) // 8, np.uint8)))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / max(len(kept), 1) / 1e6
