"""A musician who never rests: notes, controls, tempo, all drawn from one generator."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.endurance.ears import LinkPeer

Said = tuple[str, tuple[object, ...]]
KEYS = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B", "Am", "Em", "Dm", "Bm", "F#m", "Cm", "Gm"]
SCALES = ["off", "off", "off", "major", "minor", "dorian", "pentatonic", "blues"]
SECTIONS = ["verse", "chorus", "bridge"]


class Musician:
    """`send` is OSC; `keys` takes bytes of MIDI; `link` is whose tempo he turns."""

    def __init__(
        self,
        seed: int,
        tracks: Sequence[str],
        send: Callable[..., None],
        keys: Callable[[list[int]], None],
        link: LinkPeer,
    ) -> None:
        self._random = random.Random(seed)
        self._tracks, self._send, self._keys, self._link = tracks, send, keys, link
        self._agenda: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = 0
        self._sections: set[str] = set()
        self._has_snapshot = False
        self.n_notes = self.n_controls = 0
        self.bars = 0  # that have played

    def begin(self, now: float) -> None:
        self._at(now, self._note)
        self._at(now + 1, self._control)
        self._at(now + 15, self._tempo)

    def play(self, now: float) -> None:
        """Do what is due."""
        while self._agenda and self._agenda[0][0] <= now:
            heapq.heappop(self._agenda)[2](now)

    def rest(self) -> None:
        """Let go of all keys, and of all that was planned."""
        while self._agenda:
            do = heapq.heappop(self._agenda)[2]
            if getattr(do, "lets_go", False):
                do(0.0)

    def _at(self, when: float, do: Callable[[float], None]) -> None:
        self._order += 1
        heapq.heappush(self._agenda, (when, self._order, do))

    def _note(self, now: float) -> None:
        rng, pitch = self._random, self._random.choice((48, 52, 55, 57, 60, 62, 64, 67, 69, 72))
        velocity, by_midi = rng.randint(40, 120), rng.random() < 0.5
        sound: Callable[[int], Any] = (
            (lambda v: self._keys([0x90, pitch, v])) if by_midi else lambda v: self._send("/musegan/in/note", pitch, v)
        )
        sound(velocity)

        def let_go(_: float) -> None:
            sound(0)

        let_go.lets_go = True  # type: ignore[attr-defined]
        self._at(now + rng.uniform(0.08, 0.9), let_go)
        self._at(now + rng.choice((0.12, 0.25, 0.25, 0.5, 2.0)), self._note)
        self.n_notes += 1

    def _tempo(self, now: float) -> None:
        rng = self._random
        if rng.random() < 0.3:  # at once
            self._link.set_tempo(round(rng.uniform(84, 156), 2))
        else:  # as by hand, in steps
            start, step = self._link.tempo, rng.uniform(-2, 2)
            for i in range(10):
                tempo = min(max(start + step * (i + 1), 84), 156)
                self._at(now + i * 0.1, lambda _, tempo=tempo: self._link.set_tempo(tempo))  # type: ignore[misc]
        self._at(now + rng.uniform(12, 25), self._tempo)

    def _control(self, now: float) -> None:
        rng = self._random
        for address, values in rng.choice(self._choices())(now):
            self._send(f"/musegan/{address}", *values)
            self.n_controls += 1
        self._at(now + rng.choice((0.05, 0.3, 1.0, 1.5)), self._control)

    def _choices(self) -> list[Callable[[float], list[Said]]]:
        rng = self._random
        track, real = f"track/{rng.choice(self._tracks)}", rng.uniform

        def plain(address: str, *values: object) -> Callable[[float], list[Said]]:
            return lambda _: [(address, values)]

        def passing(address: str, value: object, back: object, seconds: float) -> Callable[[float], list[Said]]:
            def do(now: float) -> list[Said]:
                self._at(now + seconds, lambda _: self._send(f"/musegan/{address}", back))
                return [(address, (value,))]

            return do

        section = rng.choice(SECTIONS)

        def go(_: float) -> list[Said]:
            self._sections.add(section)
            return [("section", (section,))]

        def snap(_: float) -> list[Said]:
            self._has_snapshot = True
            return [("snapshot/save", ("soak",))]

        found = [
            *[plain("density", real(0.3, 2))] * 3,
            *[plain(f"{track}/density", real(0.3, 2))] * 2,
            *[plain("temperature", real(0, 1.5))] * 3,
            plain(f"{track}/temperature", real(0.5, 1.5)),
            passing(f"{track}/mute", 1, 0, real(1, 8)),
            passing(f"{track}/mute", 1, 0, real(1, 8)),
            passing(f"{track}/solo", 1, 0, real(1, 4)),
            passing(f"{track}/lock", 1, 0, real(4, 20)),
            *[go] * 3,
            plain("section", "none"),
            *[plain("fill")] * 2,
            plain("gen"),
            plain("gen/now"),
            plain("gen/phrase", rng.randint(0, 2**31 - 1)),
            plain(f"{track}/gen"),
            *[plain("key", rng.choice(KEYS))] * 2,
            plain("scale", rng.choice(SCALES)),
            passing("loop", rng.choice((1, 2, 4)), 0, real(3, 10)),
            passing("hold", 1, 0, real(4, 20)),
            plain("latent/xy", real(0, 1), real(0, 1)),
            plain("latent/free"),
            plain("latent/walk", real(0, 0.4)),
            plain(f"{track}/latent/walk", real(0, 0.4)),
            plain("transpose", rng.randint(-5, 5)),
            plain(f"{track}/octave", rng.choice((-1, 0, 0, 1))),
            plain(f"{track}/low", rng.randint(0, 40)),
            plain(f"{track}/high", rng.randint(80, 127)),
            plain("velocity", real(0.6, 1.3)),
            plain("swing", real(50, 66)),
            plain("humanise", real(0, 15)),
            plain("lookahead", real(4, 12)),
            plain("commit", real(0.5, 2)),
            plain("in/mode", rng.choice(("previous-bar", "same-bar"))),
            plain("in/listen", rng.choice(("continuous", "continuous", "call", "punch", "off"))),
            plain("in/track", rng.choice(("piano", "piano", "bass", "bass piano", "none"))),
            plain("in/amount", real(0, 1)),
            plain("in/bar", "piano", -1, *(x for i in range(8) for x in (i / 2, 60 + i, 90, 0.4))),
            plain("in/clear"),
            plain("history/back"),
            plain("history/forward"),
            plain("export", "soak", 8),
            snap,
        ]
        if self.bars:
            found += [plain("recall", rng.randrange(self.bars), rng.randint(1, 4))] * 3
        if self._sections:
            found += [plain("latent/morph", "now", rng.choice(sorted(self._sections)), rng.randint(1, 8))] * 3
        if self._has_snapshot:
            found.append(plain("snapshot/load", "soak"))
        return found
