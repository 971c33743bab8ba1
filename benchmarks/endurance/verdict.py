"""What a show was like, by its log: what should have been heard, and what was."""

from __future__ import annotations

import bisect
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.endurance.ears import NoteKey, Touch

NEAR = 0.2  # seconds that a note may be from where the log has it: a tempo may change while it is on its way


@dataclass(frozen=True)
class Onset:
    """A note of the log."""

    time: float
    track: str
    pitch: int
    velocity: int
    key: NoteKey


class Show:
    """A log that was read; what sounded before `since`, a Unix time, is not judged, nor what the stop cut off."""

    def __init__(self, path: Path, since: float) -> None:
        self.since, self.end = since, float("inf")
        self.bars: dict[int, tuple[float, Any]] = {}  # by number: when it was committed, and what was not muted then
        self.repeated = 0
        self.tracks: list[str] = []
        self._moves: list[tuple[float, float, float]] = []  # beat, time, tempo
        self._turned: dict[str, list[float]] = defaultdict(list)  # by track: when it was muted, or no longer
        muted: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if "show" in entry:
                self.tracks = [track["name"] for track in entry["show"]["tracks"]]
            elif "moved" in entry:
                moved = entry["moved"]
                self._moves.append((moved["beat"], moved["time"], moved["tempo"]))
            elif "committed" in entry:
                bar = entry["committed"]["bar"]
                bar["notes"] = {track: notes for track, notes in bar["notes"].items() if track not in muted}
                self.bars[bar["number"]] = entry["at"], bar
                self.repeated += bar["repeated"]
            elif "muted" in entry:
                muted = entry["muted"]["tracks"]
            elif "silenced" in entry:
                self.end = min(self.end, entry["silenced"]["time"])
            elif "received" in entry:
                self._take(entry["received"]["address"], entry["at"])
        self._beats = [beat for beat, _, _ in self._moves]

    def _take(self, address: str, at: float) -> None:
        place = address.split("/")
        if place[-1] == "mute":
            self._turned[place[3]].append(at)
        elif place[-1] == "solo" or address == "/musegan/snapshot/load":
            for track in self.tracks:
                self._turned[track].append(at)

    def time_at(self, beat: float) -> float:
        """Return when a beat fell."""
        began, time, tempo = self._moves[max(bisect.bisect_right(self._beats, beat) - 1, 0)]
        return time + (beat - began) * 60 / tempo

    def beat_at(self, time: float) -> float:
        """Return what beat it was."""
        began, start, tempo = [move for move in self._moves if move[1] <= time][-1]
        return began + (time - start) * tempo / 60

    def onsets(self) -> Iterable[Onset]:
        """Yield all notes."""
        for number, (_, bar) in self.bars.items():
            for track, notes in bar["notes"].items():
                for position, pitch, _, velocity in notes:
                    key = number, round(float(np.float32(position)), 3), track, pitch, velocity  # as on the wire
                    yield Onset(self.time_at(number * 4 + position), track, pitch, velocity, key)

    def is_judged(self, time: float) -> bool:
        """Return whether what sounds at a time counts."""
        return self.since + NEAR < time < self.end - 2 * NEAR

    def is_turned(self, track: str, bar: int, until: float) -> bool:
        """Return whether a track was muted, or no longer, after a bar was committed and before a time."""
        for number in (bar, bar - 1):
            if number in self.bars:
                since = self.bars[number][0] - 0.1
                if any(since <= at <= until for at in self._turned[track]):
                    return True
        return False

    def compare_touches(self, touches: list[Touch], channels: dict[int, str]) -> tuple[list[str], int, float]:
        """Return what MIDI played and the log has not, or the other way round; how many could be either; the worst."""
        played = defaultdict(list)
        for touch in touches:
            played[channels.get(touch.channel, "?"), touch.pitch, touch.velocity].append(touch.time)
        logged = defaultdict(list)
        for onset in self.onsets():
            logged[onset.track, onset.pitch, onset.velocity].append(onset.time)
        wrong, either, worst = [], 0, 0.0
        for key in played.keys() | logged.keys():
            # Greedy, in order of time: the next of either list has a partner near it or none.
            one, other = sorted(played[key]), sorted(logged[key])
            while one or other:
                if one and other and abs(one[0] - other[0]) <= NEAR:
                    worst = max(worst, abs(one.pop(0) - other.pop(0)), key=abs)
                    continue
                is_extra = bool(one) and (not other or one[0] < other[0])
                when = (one if is_extra else other).pop(0)
                if not self.is_judged(when):
                    continue
                if self.is_turned(key[0], int(self.beat_at(when + 0.05) // 4), when + 0.1):
                    either += 1
                else:
                    wrong.append(
                        f"{'not logged' if is_extra else 'not played'}: {key} at beat {self.beat_at(when):.3f}"
                    )
        return wrong, either, worst

    def compare_notes(self, heard: Counter[NoteKey]) -> tuple[list[str], int]:
        """Return the same of a subscriber to notes, from the first whole bar that it heard on."""
        first = min(bar for bar, *_ in heard) + 1
        logged = Counter(onset.key for onset in self.onsets() if onset.key[0] >= first)
        heard = Counter({key: n for key, n in heard.items() if key[0] >= first})
        wrong, either = [], 0
        for what, keys in (("not logged", heard - logged), ("not heard", logged - heard)):
            for key in keys.elements():
                number, position, track, *_ = key
                when = self.time_at(number * 4 + position)
                if not self.is_judged(when):
                    continue
                if self.is_turned(track, number, when + 0.1):
                    either += 1
                else:
                    wrong.append(f"{what}: {key}")
        return wrong, either
