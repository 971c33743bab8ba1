"""The Max files, played: a small interpreter of the objects they use runs them on real datagrams.

It knows only what Max's reference says of each object. It proves that the patch is wired as meant, not that Max agrees.
"""

from __future__ import annotations

import heapq
import json
import math
import operator
import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.osc_packet import OscPacket

from musegan_bridge import messages

FOLDER = Path(__file__).parents[2] / "max_patches"
BAR = 1920  # ticks
Atoms = tuple[Any, ...]
BANG: Atoms = ("bang",)
Note = tuple[float, int, int, float]  # position pitch velocity duration, in beats, as in /musegan/bar/notes


def atom(word: str) -> Any:
    if re.fullmatch(r"-?\d+", word):
        return int(word)
    return float(word) if re.fullmatch(r"-?\d+\.\d*", word) else word


def typed(value: Any, like: Any) -> Any:
    """Return `value` as the type of an argument, as pack and unpack do."""
    return type(like)(value) if isinstance(value, int | float) and isinstance(like, int | float) else value


class Max:
    """A patch that runs: time in ticks, messages as tuples, each outlet with one cord."""

    def __init__(self, patcher: dict[str, Any], tempo: float = 120.0) -> None:
        self.tempo, self.ticks, self.running = tempo, 0, 0
        self.now = 0.0  # milliseconds
        self.sent: list[Atoms] = []  # what udpsend got
        self.sounded: list[tuple[int, int, int]] = []  # (tick, pitch, velocity), velocity 0: note off
        self.state: dict[Any, Any] = {}  # by box, and whatever else that box needs
        self.boxes: dict[str, dict[str, Any]] = {}
        self.cords: dict[tuple[str, int], tuple[str, int]] = {}
        self.ends: dict[tuple[str, str], list[str]] = {}
        self.timers: list[tuple[float, int, Callable[[], None]]] = []
        self.ids = count()
        self._open(patcher, "")
        self.acts = {key: self._act(box) for key, box in self.boxes.items()}
        self.watch = self.find("metro 20")
        self.clock = self.find("metro 10 ticks")
        self.renew = self.find("metro 10000")

    def _open(self, patcher: dict[str, Any], path: str) -> None:
        for wrapped in patcher["boxes"]:
            box = wrapped["box"]
            self.boxes[path + box["id"]] = box
            if "patcher" in box:
                self._open(box["patcher"], f"{path}{box['id']}/")
        for line in patcher["lines"]:
            (source, outlet), (destination, inlet) = line["patchline"]["source"], line["patchline"]["destination"]
            self.cords[path + source, outlet] = (path + destination, inlet)

    def find(self, text: str) -> str:
        """Return the box whose text starts so."""
        return next(key for key, box in self.boxes.items() if str(box.get("text", "")).startswith(text))

    def control(self, name: str) -> str:
        """Return the control with this long name."""
        return next(key for key, box in self.boxes.items() if box.get("varname") == name)

    # Messages

    def emit(self, key: str, outlet: int, *atoms: Any) -> None:
        if (key, outlet) in self.cords:
            self.receive(*self.cords[key, outlet], atoms)

    def receive(self, key: str, inlet: int, atoms: Atoms) -> None:
        do, arguments = self.acts[key]
        do(key, inlet, atoms, arguments)

    def _act(self, box: dict[str, Any]) -> tuple[Callable[[str, int, Atoms, Atoms], None], Atoms]:
        """Return what a box does, and its arguments."""
        words = str(box.get("text", "")).split()
        name = words.pop(0) if box["maxclass"] == "newobj" else box["maxclass"]
        plain = words[: next((i for i, word in enumerate(words) if word.startswith("@")), len(words))]
        return getattr(self, f"do_{NAMES.get(name, name)}", self.do_end), tuple(atom(word) for word in plain)

    def _ends(self, path: str, maxclass: str) -> list[str]:
        """Return the inlets or outlets of a subpatcher as Max numbers them: from left to right."""
        if (path, maxclass) not in self.ends:
            inside = re.compile(re.escape(path) + r"[^/]+")
            keys = [k for k, box in self.boxes.items() if inside.fullmatch(k) and box["maxclass"] == maxclass]
            self.ends[path, maxclass] = sorted(keys, key=lambda k: int(self.boxes[k]["patching_rect"][0]))
        return self.ends[path, maxclass]

    def do_p(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        self.emit(self._ends(f"{key}/", "inlet")[inlet], 0, *atoms)

    def do_outlet(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        parent = key.rpartition("/")[0]
        self.emit(parent, self._ends(f"{parent}/", "outlet").index(key), *atoms)

    # Objects

    def do_message(self, key: str, inlet: int, atoms: Atoms, words: Atoms) -> None:
        self.emit(key, 0, *(atoms[int(w[1:]) - 1] if str(w).startswith("$") else w for w in words))

    def do_prepend(self, key: str, inlet: int, atoms: Atoms, words: Atoms) -> None:
        self.emit(key, 0, *words, *(() if atoms == BANG else atoms))

    def do_t(self, key: str, inlet: int, atoms: Atoms, letters: Atoms) -> None:
        for i, letter in reversed(list(enumerate(letters))):
            out = {"b": BANG, "l": atoms, "i": atoms[:1]}[letter]
            self.emit(key, i, *((int(out[0]),) if letter == "i" else out))

    def do_route(self, key: str, inlet: int, atoms: Atoms, selectors: Atoms) -> None:
        if atoms[0] in selectors:
            self.emit(key, selectors.index(atoms[0]), *(atoms[1:] or BANG))
        else:
            self.emit(key, len(selectors), *atoms)

    def do_sel(self, key: str, inlet: int, atoms: Atoms, selectors: Atoms) -> None:
        if atoms[0] in selectors:
            self.emit(key, selectors.index(atoms[0]), *BANG)
        else:
            self.emit(key, len(selectors), *atoms)

    def do_unpack(self, key: str, inlet: int, atoms: Atoms, types: Atoms) -> None:
        for i, (value, like) in reversed(list(enumerate(zip(atoms, types, strict=False)))):
            self.emit(key, i, typed(value, like))

    def do_pack(self, key: str, inlet: int, atoms: Atoms, types: Atoms) -> None:
        values = self.state.setdefault(key, list(types))
        values[inlet] = typed(atoms[0], types[inlet])
        if inlet == 0:
            self.emit(key, 0, *values)

    def do_zl(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        mode, size = arguments
        assert len(atoms) <= 256, "zl cuts longer lists"
        if mode == "iter":
            for i in range(0, len(atoms), size):
                self.emit(key, 0, *atoms[i : i + size])
        else:
            for outlet, part in ((1, atoms[size:]), (0, atoms[:size])):
                if part:
                    self.emit(key, outlet, *part)

    def do_gate(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        outlets = arguments[0] if arguments else 1
        opened: int = self.state[key] if key in self.state else int((*arguments, 0, 0)[1])
        if inlet == 0:
            self.state[key] = int(atoms[0])
        elif opened > 0:
            self.emit(key, min(opened, outlets) - 1, *atoms)

    def do_switch(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        if inlet == 0:
            self.state[key] = int(atoms[0])
        elif inlet == self.state.get(key, arguments[1]):
            self.emit(key, 0, *atoms)

    def do_coll(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        data: dict[int, list[Any]] = self.state.setdefault(key, {})
        if atoms == ("clear",):
            data.clear()
        elif atoms[0] == "merge":
            data.setdefault(atoms[1], []).extend(atoms[2:])
        elif atoms[0] in data:
            self.emit(key, 0, *data[atoms[0]])

    def do_store(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        if atoms != BANG:
            kind = int if self.boxes[key]["text"].split()[0] == "i" else float
            self.state[key] = kind(atoms[0])
        if inlet == 0:
            self.emit(key, 0, self.state.get(key, arguments[0] if arguments else 0))

    def do_change(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        before = self.state.get(key, arguments[0] if arguments else 0)
        self.state[key] = atoms[-1]
        if atoms[0] != "set" and atoms[0] != before:
            self.emit(key, 0, *atoms)

    def do_binary(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        if inlet == 1:
            self.state[key] = atoms[0]
            return
        left, right = atoms[0], self.state[key] if key in self.state else arguments[0]
        self.emit(key, 0, BINARY[self.boxes[key]["text"].split()[0]](left, right))

    def do_expr(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        values = self.state.setdefault(key, {})
        values[inlet + 1] = atoms[0]
        if inlet == 0:
            text = self.boxes[key]["text"].removeprefix("expr ")
            for number in (1, 2):
                value = values.get(number, 0)
                text = text.replace(f"$i{number}", str(int(value))).replace(f"$f{number}", repr(float(value)))
            self.emit(key, 0, eval(text, {"__builtins__": {}}))

    def do_clip(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        self.emit(key, 0, min(max(atoms[0], arguments[0]), arguments[1]))

    def do_speedlim(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        self.emit(key, 0, *atoms)

    def do_delay(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        self.state[key] = mine = object()

        def fire() -> None:
            if self.state[key] is mine:
                self.emit(key, 0, *BANG)

        self.after(arguments[0], fire)

    def do_transport(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        if atoms == BANG:
            raw = self.ticks + (0.01 if self.ticks % 20 else -0.01)  # a hair off the grid, as floats are
            values = (int(self.ticks // BAR) + 1, 1, 0.0, 480.0, self.tempo, (4, 4), self.running, raw)
            for outlet, value in reversed(list(enumerate(values))):
                self.emit(key, outlet, *(value if isinstance(value, tuple) else (value,)))

    def do_makenote(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        notes: dict[int, object] = self.state.setdefault(key, {})
        if atoms == ("stop",):
            for pitch in list(notes):
                self._off(key, pitch, notes[pitch])
        elif inlet > 0:
            self.state[key, inlet] = atoms[0]
        else:
            pitch, velocity, duration = atoms[0], self.state[key, 1], self.state[key, 2]
            if pitch in notes:
                assert "@repeatmode 1" in self.boxes[key]["text"], "the end of the old note would cut the new one"
                self._off(key, pitch, notes[pitch])
            notes[pitch] = mine = object()
            self.emit(key, 1, velocity)
            self.emit(key, 0, pitch)
            self.after(duration, lambda: self._off(key, pitch, mine))

    def _off(self, key: str, pitch: int, mine: object) -> None:
        if self.state[key].get(pitch) is mine:
            del self.state[key][pitch]
            self.emit(key, 1, 0)
            self.emit(key, 0, pitch)

    def do_midiformat(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        pitch, velocity = atoms
        self.sounded.append((self.ticks, pitch, velocity))

    def do_noteout(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        if inlet == 0:
            self.sounded.append((self.ticks, atoms[0], self.state[key]))
        else:
            self.state[key] = atoms[0]

    def do_udpsend(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        self.sent.append(atoms)

    def do_end(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        self.state[key] = atoms

    # Time

    def after(self, milliseconds: float, act: Callable[[], Any]) -> None:
        heapq.heappush(self.timers, (self.now + milliseconds, next(self.ids), act))

    def wait(self, milliseconds: float) -> None:
        end = self.now + milliseconds
        while self.timers and self.timers[0][0] <= end:
            self.now, _, act = heapq.heappop(self.timers)
            act()
        self.now = end

    def play_to(self, ticks: int) -> None:
        """Let the transport run: metro bangs on the grid."""
        while self.ticks < ticks:
            self.emit(self.clock, 0, *BANG)
            self.wait(10 * 125 / self.tempo)
            self.ticks += 10

    def look(self) -> None:
        """Let the device look at the transport."""
        self.emit(self.watch, 0, *BANG)

    def datagram(self, data: bytes) -> None:
        receive = self.find("udpreceive")
        for one in OscPacket(data).messages:  # like Max, which does not wait for timetags
            self.emit(receive, 0, one.message.address, *one.message.params)

    def ons(self) -> list[tuple[int, int, int]]:
        return [one for one in self.sounded if one[2]]

    def offs(self) -> list[tuple[int, int]]:
        return [(tick, pitch) for tick, pitch, velocity in self.sounded if not velocity]


BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "%": lambda left, right: int(math.fmod(left, right)),  # as in C: the remainder has the sign of the left number
    "+": operator.add,
    "/": operator.truediv,
    "==": lambda left, right: int(left == right),
}
NAMES = dict.fromkeys(BINARY, "binary") | {"i": "store", "f": "store"}


def message(address: str, *args: Any) -> bytes:
    spec = messages.BY_ADDRESS[address]
    types = [f.type for f in spec.fields] + [f.type for f in spec.repeated] * len(args)
    builder = OscMessageBuilder(address)
    for tag, value in zip(types, args, strict=False):
        builder.add_arg(value, tag)
    return bytes(builder.build().dgram)


def timed(data: bytes) -> bytes:
    """Return a message in a bundle whose time is far away, as /musegan/bar/begin comes."""
    return b"#bundle\0" + b"\xff" * 8 + len(data).to_bytes(4, "big") + data


def bar(number: int, tracks: dict[str, list[Note]]) -> Iterator[bytes]:
    """Return the datagrams of one bar, as the server cuts it: 32 notes in a part."""
    parts = [(name, notes[i : i + 32]) for name, notes in tracks.items() for i in range(0, len(notes), 32)]
    yield timed(message("/musegan/bar/begin", number, number % 4, 7, 8, 120.0, 0.5, len(parts), 0, 1))
    for i, (name, notes) in enumerate(parts):
        yield message("/musegan/bar/notes", number, name, i, *(value for note in notes for value in note))
    yield message("/musegan/bar/end", number, sum(len(notes) for notes in tracks.values()))


def send_bar(patch: Max, number: int, **tracks: list[Note]) -> None:
    for data in bar(number, tracks):
        patch.datagram(data)


def pitches(patch: Max) -> list[tuple[int, int]]:
    """Return (bar, pitch) of each note that began."""
    return [(tick // BAR, pitch) for tick, pitch, _ in patch.ons()]


def load(name: str) -> Max:
    data = (FOLDER / name).read_bytes()
    return Max(json.loads(data[data.index(b"{") :].rstrip(b"\0"))["patcher"])


@pytest.fixture(params=["MuseGAN Bridge.amxd", "MuseGAN Bridge.maxpat"], ids=["device", "patch"])
def patch(request: pytest.FixtureRequest) -> Max:
    return load(request.param)


@pytest.fixture
def device() -> Max:
    return load("MuseGAN Bridge.amxd")


def choose(patch: Max, track: str) -> None:
    menu = patch.control("Track")
    names = patch.boxes[menu]["saved_attribute_attributes"]["valueof"]["parameter_enum"]
    patch.emit(menu, 0, names.index(track))


# Bars


def test_every_note_sounds_at_its_tick_and_ends_at_its_tick(patch: Max) -> None:
    notes: list[Note] = [
        (0.0, 36, 100, 0.25),
        (0.0, 43, 90, 4.0),
        (1 / 3, 38, 80, 1 / 3),  # twelve steps a beat
        (1.0625, 40, 70, 0.0625),  # sixteen
        (2 + 23 / 24, 41, 60, 1 / 24),  # twenty-four
        (3.75, 36, 48, 0.25),
    ]
    choose(patch, "bass")
    send_bar(patch, 0, bass=notes)
    patch.play_to(2 * BAR - 20)
    once = [one for one in patch.ons() if one[0] < BAR]
    assert once == sorted((round(p * 480), pitch, velocity) for p, pitch, velocity, _ in notes)
    ends = [(round((p + d) * 480), pitch) for p, pitch, _, d in notes]
    for (tick, pitch), (end, wanted) in zip(sorted(patch.offs())[: len(ends)], sorted(ends), strict=True):
        assert (pitch, abs(tick - end) <= 10) == (wanted, True)  # the interpreter lets notes end between two steps


@pytest.mark.parametrize("tempo", [60.0, 120.0, 200.0])
def test_a_length_is_in_ticks_whatever_the_tempo(patch: Max, tempo: float) -> None:
    patch.tempo = tempo
    send_bar(patch, 0, bass=[(1.0, 40, 90, 2.0)])
    patch.play_to(BAR)
    assert patch.ons() == [(480, 40, 90)]
    ((tick, pitch),) = patch.offs()
    assert (pitch, round(tick, -1)) in {(40, 1430), (40, 1440)}


@pytest.mark.parametrize("track", ["bass", "drums", "guitar", "piano", "strings"])
def test_only_the_chosen_track_sounds(patch: Max, track: str) -> None:
    names = ("bass", "drums", "guitar", "piano", "strings")
    band: dict[str, list[Note]] = {name: [(0.5 * i, 40 + i, 90, 0.5)] for i, name in enumerate(names)}
    choose(patch, track)
    send_bar(patch, 0, **band)
    patch.play_to(BAR)
    i = names.index(track)
    assert patch.ons() == [(240 * i, 40 + i, 90)]


def test_a_bar_in_many_parts_is_whole(patch: Max) -> None:
    notes: list[Note] = [(step / 12, 36 + chord, 90, 1 / 12) for step in range(48) for chord in range(6)]
    send_bar(patch, 0, bass=notes)
    patch.play_to(BAR)
    assert sorted(patch.ons()) == sorted((40 * step, 36 + chord, 90) for step in range(48) for chord in range(6))


@pytest.mark.parametrize("length", [1.0, 1.02])
def test_a_note_that_starts_where_its_own_pitch_ends_is_not_cut(patch: Max, length: float) -> None:
    send_bar(patch, 0, bass=[(0.0, 40, 90, length), (1.0, 40, 80, 1.0)])
    patch.play_to(BAR)
    assert patch.ons() == [(0, 40, 90), (480, 40, 80)]
    held = 0
    for tick, _, velocity in patch.sounded:
        held += 1 if velocity else -1
        assert held == (0 if tick >= 950 or (not velocity and tick <= 480) else 1)


def test_a_bar_waits_for_the_bar_line(patch: Max) -> None:
    patch.play_to(960)
    send_bar(patch, 0, bass=[(0.0, 40, 90, 1.0), (3.0, 41, 90, 1.0)])
    patch.play_to(2 * BAR)
    assert patch.ons() == [(BAR, 40, 90), (BAR + 1440, 41, 90)]


def test_bars_follow_each_other(patch: Max) -> None:
    for number in range(8):
        send_bar(patch, number, bass=[(0.0, 40 + number, 90, 1.0)])
        patch.play_to((number + 1) * BAR)
    assert pitches(patch) == [(number, 40 + number) for number in range(8)]


def test_a_bar_that_does_not_come_is_replaced_by_the_last_one(patch: Max) -> None:
    send_bar(patch, 0, bass=[(0.0, 40, 90, 1.0)])
    patch.play_to(3 * BAR)
    send_bar(patch, 1, bass=[(0.0, 41, 90, 1.0)])
    patch.play_to(4 * BAR)
    assert pitches(patch) == [(0, 40), (1, 40), (2, 40), (3, 41)]


def test_bars_that_come_now_before_and_now_after_the_bar_line_are_all_played_once(patch: Max) -> None:
    late = [0, 40, -40, 40, -40, -40, 40, 40, -40, 40]
    for number, ticks in enumerate(late):
        patch.play_to((number + 1) * BAR + ticks)
        send_bar(patch, number, bass=[(0.5, 40 + number, 90, 1.0)])
    patch.play_to((len(late) + 2) * BAR)
    heard = [pitch for _, pitch in pitches(patch)]
    assert list(dict.fromkeys(heard)) == [40 + number for number in range(len(late))]
    first_bars = heard[: len(late)]
    assert len(first_bars) - len(set(first_bars)) <= 1  # it falls one bar behind once, and stays there


def test_a_bar_without_an_end_is_not_played(patch: Max) -> None:
    *most, _ = bar(0, {"bass": [(0.0, 40, 90, 1.0)]})
    for data in most:
        patch.datagram(data)
    patch.play_to(BAR)
    assert patch.ons() == []


def test_parts_of_another_bar_are_not_let_in(patch: Max) -> None:
    begin, notes, _ = bar(5, {"bass": [(0.0, 40, 90, 1.0)]})
    *_, end = bar(6, {"bass": [(0.0, 41, 90, 1.0)]})
    other = message("/musegan/bar/notes", 4, "bass", 0, 0.0, 60, 90, 1.0)
    for data in (begin, other, notes, end):
        patch.datagram(data)
    patch.play_to(BAR)
    assert patch.ons() == []
    patch.datagram(message("/musegan/bar/end", 5, 1))
    patch.play_to(2 * BAR)
    assert pitches(patch) == [(1, 40)]


def test_a_new_server_begins_with_bar_0_and_is_heard(patch: Max) -> None:
    for number in (6, 7, 0, 1):
        send_bar(patch, number, bass=[(0.0, 40 + number, 90, 1.0)])
        patch.play_to(patch.ticks + BAR)
    assert [pitch for _, pitch in pitches(patch)] == [46, 47, 40, 41]


def test_a_device_that_joins_a_playing_band_plays_the_first_bar_it_gets(patch: Max) -> None:
    for number in (2, 3):
        send_bar(patch, number, bass=[(0.0, 40 + number, 90, 1.0)])
        patch.play_to(patch.ticks + BAR)
    assert pitches(patch) == [(0, 42), (1, 43)]


def test_a_loop_of_one_bar_takes_a_new_bar_each_time(patch: Max) -> None:
    for number in range(3):
        send_bar(patch, number, bass=[(0.0, 40 + number, 90, 1.0)])
        patch.ticks = 0
        patch.play_to(BAR)
    assert [pitch for _, pitch in pitches(patch)] == [40, 41, 42]


# Silence


@pytest.mark.parametrize("reason", ["stop", "panic", "quit"])
def test_silence_ends_every_note_and_forgets_every_bar(patch: Max, reason: str) -> None:
    send_bar(patch, 0, bass=[(0.0, 40, 90, 4.0), (0.0, 44, 90, 4.0), (2.0, 47, 90, 1.0)])
    patch.play_to(480)
    patch.datagram(message("/musegan/silence", reason))
    assert sorted(pitch for _, pitch in patch.offs()) == [40, 44]
    patch.play_to(3 * BAR)
    assert len(patch.ons()) == 2


def test_another_track_ends_the_notes_of_the_one_before(patch: Max) -> None:
    send_bar(patch, 0, bass=[(0.0, 40, 90, 4.0)])
    patch.play_to(480)
    choose(patch, "piano")
    assert [pitch for _, pitch in patch.offs()] == [40]
    send_bar(patch, 1, bass=[(0.0, 41, 90, 1.0)], piano=[(0.0, 72, 90, 1.0)])
    patch.play_to(2 * BAR)
    assert pitches(patch) == [(0, 40), (1, 72)]


@pytest.mark.parametrize(("button", "address"), [("Panic", "/musegan/panic"), ("Stop Band", "/musegan/stop")])
def test_panic_and_stop_silence_here_before_the_server_answers(patch: Max, button: str, address: str) -> None:
    send_bar(patch, 0, bass=[(0.0, 40, 90, 4.0)])
    patch.play_to(480)
    patch.emit(patch.control(button), 0, *BANG)
    assert [pitch for _, pitch in patch.offs()] == [40]
    assert patch.sent == [(address,)]


# Transport


def test_the_transport_starts_and_stops_the_band_and_sends_its_tempo_first(patch: Max) -> None:
    patch.tempo = 96.0
    patch.look()
    patch.look()
    assert patch.sent == [("/musegan/tempo", 96.0)]
    patch.sent.clear()
    patch.running = 1
    patch.look()
    patch.look()
    assert patch.sent == [("/musegan/tempo", 96.0), ("/musegan/play",)]
    send_bar(patch, 0, bass=[(0.0, 40, 90, 4.0)])
    patch.play_to(480)
    patch.sent.clear()
    patch.running = 0
    patch.look()
    assert patch.sent == [("/musegan/stop",)]
    assert [pitch for _, pitch in patch.offs()] == [40]


def test_the_band_can_start_again_where_it_stopped(patch: Max) -> None:
    patch.running = 1
    patch.look()
    send_bar(patch, 0, bass=[(0.0, 40, 90, 1.0)])
    patch.play_to(10)
    patch.running = 0
    patch.look()
    patch.running, patch.ticks = 1, 0
    patch.look()
    send_bar(patch, 2, bass=[(0.0, 41, 90, 1.0)])  # bar 1 was on its way, and was forgotten
    patch.play_to(20)
    assert patch.ons() == [(0, 40, 90), (0, 41, 90)]


def test_a_tempo_beyond_the_table_is_cut_to_it(patch: Max) -> None:
    for tempo in (999.0, 5.0):
        patch.tempo = tempo
        patch.look()
    for address, *args in patch.sent:
        messages.parse(address, args)
    assert [args[0] for _, *args in patch.sent] == [400.0, 20.0]


# What is sent


def test_a_subscription_names_the_own_port(patch: Max) -> None:
    patch.emit(patch.renew, 0, *BANG)
    patch.emit(patch.control("Own Port"), 0, 7405.0)  # a Live parameter is a float
    assert patch.sent == [("/musegan/subscribe", "bar", port, 30.0) for port in (7401, 7405)]
    assert patch.state[patch.find("udpreceive")] == ("port", 7405)
    for address, *args in patch.sent:
        messages.parse(address, args)


def test_another_server_port_subscribes_there_at_once(patch: Max) -> None:
    patch.emit(patch.control("Server Port"), 0, 57130.0)
    assert patch.sent == [("port", 57130), ("/musegan/subscribe", "bar", 7401, 30.0)]


def test_follow_sends_what_is_played_and_whose_track_it_is(device: Max) -> None:
    played = device.find("midiparse")
    device.emit(played, 0, 60, 100)
    choose(device, "guitar")
    device.emit(device.control("Follow"), 0, 0)  # a set that is opened with Follow off takes no track from anybody
    assert device.sent == []
    device.emit(device.control("Follow"), 0, 1)
    device.emit(played, 0, 60, 100)
    device.emit(played, 0, 60, 0)
    choose(device, "piano")
    device.emit(device.control("Follow"), 0, 0)
    device.emit(played, 0, 62, 100)
    assert device.sent == [
        ("/musegan/in/track", "guitar"),
        ("/musegan/in/note", 60, 100),
        ("/musegan/in/note", 60, 0),
        ("/musegan/in/track", "piano"),
        ("/musegan/in/track", "none"),
    ]
    for address, *args in device.sent:
        messages.parse(address, args)


def test_a_server_that_comes_later_hears_whose_track_it_is(device: Max) -> None:
    choose(device, "piano")
    device.emit(device.control("Follow"), 0, 1)
    device.sent.clear()
    device.emit(device.renew, 0, *BANG)
    assert device.sent == [("/musegan/subscribe", "bar", 7401, 30.0), ("/musegan/in/track", "piano")]


def test_what_is_played_goes_through_the_device(device: Max) -> None:
    device.do_midiparse = device.do_end  # type: ignore[attr-defined]
    device.emit(device.find("midiin"), 0, 144)
    assert device.state[device.find("midiout")] == (144,)


def test_the_light_is_on_while_the_server_is_heard(patch: Max) -> None:
    lamp = patch.control("Server Heard")
    patch.datagram(message("/musegan/subscribe/reply", "bar", 7401, 30.0))
    assert patch.state[lamp] == ("set", 1)
    patch.wait(10_000)
    send_bar(patch, 0, bass=[])
    patch.wait(10_000)
    assert patch.state[lamp] == ("set", 1)
    patch.wait(10_000)
    assert patch.state[lamp] == ("set", 0)


def test_a_refusal_is_shown_until_the_server_answers_well(patch: Max) -> None:
    patch.datagram(message("/musegan/error", "/musegan/tempo", "tempo must be in 20..400"))
    (status,) = (key for key, box in patch.boxes.items() if box["maxclass"] == "comment" and "presentation" in box)
    assert patch.state[status] == ("set", "/musegan/tempo", "tempo must be in 20..400")
    patch.datagram(message("/musegan/subscribe/reply", "bar", 7401, 30.0))
    assert patch.state[status] == ("set",)
