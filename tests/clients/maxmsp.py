"""A small interpreter of the Max objects that the patches use; several patches in one Max, as devices in a Live set.

It knows only what Max's reference says of each object. It proves that the patches are wired as meant, not that Max
agrees. Time is virtual, or the real one where the sockets are real.
"""

from __future__ import annotations

import heapq
import json
import math
import operator
import re
import select
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from max_patches import lint
from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.osc_packet import OscPacket

FOLDER = Path(__file__).parents[2] / "max_patches"
BAR = 1920  # ticks
GRID = 10  # ticks: all metros on the transport bang on multiples of it
Atoms = tuple[Any, ...]
BANG: Atoms = ("bang",)


def atom(word: str) -> Any:
    """Return a word of a box as Max reads it."""
    if word.startswith('"'):
        return word.strip('"')
    if re.fullmatch(r"-?\d+", word):
        return int(word)
    return float(word) if re.fullmatch(r"-?\d+\.\d*", word) else word


def atoms_of(text: str) -> Atoms:
    """Return the atoms of a box's text; what is quoted is one symbol."""
    return tuple(atom(word) for word in re.findall(r'"[^"]*"|\S+', text))


def typed(value: Any, like: Any) -> Any:
    """Return `value` as the type of an argument, as pack and unpack do."""
    return type(like)(value) if isinstance(value, int | float) and isinstance(like, int | float) else value


class Max:
    """One Max: its transport, its clock, its names, and the patches that are open."""

    def __init__(self, *, real: bool = False, tempo: float = 120.0) -> None:
        self.real, self.tempo, self.running = real, tempo, 0
        self.position = 0.0  # ticks
        self.now = 0.0  # milliseconds
        self.patches: list[Patch] = []
        self.names: dict[str, list[tuple[Patch | Heard, str]]] = {}  # receive objects by name
        self.taken: set[int] = set()  # UDP ports that another program holds
        self.bound: dict[int, tuple[Patch, str]] = {}
        self.timers: list[tuple[float, int, Callable[[], Any]]] = []
        self.ids = count()
        self._began = time.monotonic()
        self._stack = ExitStack()
        self._sockets: dict[socket.socket, tuple[Patch, str]] = {}
        self.loop = (0, 0)  # ticks from which to which the transport loops, if the second is larger
        self._grid = 0  # ticks: where the metros on the transport bang next

    def close(self) -> None:
        """Close all sockets."""
        self._stack.close()

    def open(self, name: str, *arguments: Any, **values: float | str) -> Patch:
        """Open a file as a device or an abstraction; `values`: what the Live set keeps of its controls."""
        patcher = lint.read(FOLDER / name)
        return Patch(self, patcher, arguments, {key.replace("_", " "): value for key, value in values.items()})

    # Names and network

    def say(self, name: str, *atoms: Any) -> None:
        """Send to all receive objects of a name."""
        for patch, key in list(self.names.get(name, [])):
            patch.emit(key, 0, *atoms)

    def bind(self, patch: Patch, key: str, port: int) -> None:
        """Let udpreceive listen on a port; if that is taken it hears nothing, and does not say so."""
        self.bound = {other: who for other, who in self.bound.items() if who != (patch, key)}
        for sock in [sock for sock, who in self._sockets.items() if who == (patch, key)]:
            del self._sockets[sock]
            sock.close()
        if port in self.taken or port in self.bound:
            return
        if self.real:
            sock = self._stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
            try:
                sock.bind(("127.0.0.1", port))
            except OSError:
                return
            self._sockets[sock] = (patch, key)
        self.bound[port] = (patch, key)

    def transmit(self, sock: socket.socket | None, target: tuple[str, int], atoms: Atoms) -> None:
        """Send a message over UDP, or hand it to whoever of this Max listens there."""
        if sock is not None:
            builder = OscMessageBuilder(str(atoms[0]))
            for value in atoms[1:]:
                builder.add_arg(value)
            sock.sendto(builder.build().dgram, target)
        elif target[0] == "127.0.0.1" and target[1] in self.bound:
            patch, key = self.bound[target[1]]
            self.after(0.1, lambda: patch.emit(key, 0, *atoms))

    def sender(self) -> socket.socket | None:
        """Return a socket for a udpsend; it is not the one that udpreceive listens on."""
        return self._stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) if self.real else None

    def _hear(self, timeout: float) -> None:
        ready, _, _ = select.select(list(self._sockets), [], [], timeout)
        for sock in ready:
            patch, key = self._sockets[sock]
            datagram(patch, key, sock.recv(65536))

    # Time

    def after(self, milliseconds: float, act: Callable[[], Any]) -> None:
        """Do something later."""
        heapq.heappush(self.timers, (self.now + milliseconds, next(self.ids), act))

    def start(self, ticks: float | None = None) -> None:
        """Start the transport, from a place if one is given."""
        self.running = 1
        self.jump(self.position if ticks is None else ticks)

    def jump(self, ticks: float) -> None:
        """Go on from another place, as a loop does."""
        self.position, self._grid = ticks, math.ceil(ticks / GRID) * GRID

    def wait(self, milliseconds: float) -> None:
        """Let time pass: timers fire, and the transport runs if it runs."""
        end = self.now + milliseconds
        while True:
            timer = self.timers[0][0] if self.timers else math.inf
            grid = self.now + (self._grid - self.position) * self._per_tick() if self.running else math.inf
            then = min(timer, grid, end)
            if self.running:
                self.position += (then - self.now) / self._per_tick()
            self.now = then
            if then < min(timer, grid):
                return
            if grid <= timer:
                if self._grid == self.loop[1] > self.loop[0]:
                    self._grid = self.loop[0]
                self.position, self._grid = float(self._grid), self._grid + GRID
                self._bang_grid()
            else:
                heapq.heappop(self.timers)[2]()

    def play_to(self, ticks: float) -> None:
        """Let the transport run until it reaches a place, whose own metros have not banged yet."""
        if not self.running:
            self.start()
        self.wait((ticks - self.position) * self._per_tick() - 1e-6)
        self.jump(ticks)

    def until(self, is_so: Callable[[], Any], seconds: float = 20.0, what: str = "") -> None:
        """Let real time pass until something is so."""
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
            self._hear(0.002)
            self.wait(max(0.0, (time.monotonic() - self._began) * 1000 - self.now))

    def _per_tick(self) -> float:
        return 60000 / self.tempo / 480

    def _bang_grid(self) -> None:
        for patch in list(self.patches):
            for key, interval in patch.metros:
                if round(self.position) % interval == 0:
                    patch.emit(key, 0, *BANG)


class Patch:
    """A patch that runs: messages are tuples, and each outlet has one cord."""

    def __init__(self, room: Max, patcher: dict[str, Any], arguments: Atoms, values: dict[str, float | str]) -> None:
        self.max, self.arguments = room, arguments
        self.sent: list[Atoms] = []  # what udpsend got for the server
        self.sounded: list[tuple[int, int, int]] = []  # (tick, pitch, velocity), velocity 0: note off
        self.out: list[tuple[int, Atoms]] = []  # what left an abstraction: outlet, message
        self.scripts: list[Atoms] = []  # what a script got
        self.shown: dict[str, list[tuple[float, Atoms]]] = {}  # what each display got, and at what ms, by its file
        self.state: dict[Any, Any] = {}  # by box, and whatever else that box needs
        self.boxes: dict[str, dict[str, Any]] = {}
        self.cords: dict[tuple[str, int], tuple[str, int]] = {}
        self.ends: dict[tuple[str, str], list[str]] = {}
        self.metros: list[tuple[str, int]] = []  # on the transport: box, ticks
        self.inside: dict[str, Patch] = {}  # abstractions, by box
        self.empty = False  # whether a field without text says an empty symbol
        self.parent: tuple[Patch, str] | None = None  # of an abstraction: where it is
        self._open(patcher, "")
        self.acts = {key: self._act(box) for key, box in self.boxes.items()}
        room.patches.append(self)
        for key, box in self.boxes.items():
            self._open_inside(key, box)
        self._load(values)

    def _open(self, patcher: dict[str, Any], path: str) -> None:
        for wrapped in patcher["boxes"]:
            box = wrapped["box"]
            self.boxes[path + box["id"]] = box
            if "patcher" in box:
                self._open(box["patcher"], f"{path}{box['id']}/")
        for line in patcher["lines"]:
            (source, outlet), (destination, inlet) = line["patchline"]["source"], line["patchline"]["destination"]
            self.cords[path + source, outlet] = (path + destination, inlet)

    def _open_inside(self, key: str, box: dict[str, Any]) -> None:
        words = atoms_of(str(box.get("text", "")))
        if box["maxclass"] == "bpatcher":
            words = (box["name"].removesuffix(".maxpat"), *box["args"])
        if words and str(words[0]).startswith("musegan.") and box["maxclass"] in ("newobj", "bpatcher"):
            self.inside[key] = self.max.open(f"{words[0]}.maxpat", *words[1:])
            self.inside[key].parent = (self, key)

    def _load(self, values: dict[str, float | str]) -> None:
        """Do what Max does when a patch is opened: objects begin, controls are restored, then it is said so."""
        for key, box in self.boxes.items():
            words = str(box.get("text", "")).split()
            if words[:1] == ["metro"]:
                if words[2] == "ticks":
                    self.metros.append((key, int(words[1])))
                else:
                    self._repeat(key, int(words[1]))
            elif words[:1] == ["udpreceive"]:
                self.max.bind(self, key, int(words[1]))
            elif words[:1] == ["udpsend"]:
                self.state[key] = (self.max.sender(), words[1], int(words[2]))
        # In the order that suits us least: the last control of the patch comes first.
        for key, box in reversed(list(self.boxes.items())):
            value = box.get("saved_attribute_attributes", {}).get("valueof", {})
            if value.get("parameter_longname"):
                name = value["parameter_longname"]
                kept = name in values
                self.state[key] = values.pop(name, (*value["parameter_initial"], "")[0])
                if value["parameter_initial_enable"] or kept:
                    self._output(key)
        assert not values, f"no such control: {values}"
        for key, box in self.boxes.items():
            if box.get("text") in ("live.thisdevice", "loadbang"):
                self.emit(key, 0, *BANG)

    def _repeat(self, key: str, milliseconds: int) -> None:
        def fire() -> None:
            self.max.after(milliseconds, fire)
            self.emit(key, 0, *BANG)

        self.max.after(0, fire)

    def delete(self) -> None:
        """Remove the patch, which says nothing."""
        self.max.patches.remove(self)
        for patches in self.max.names.values():
            patches[:] = [(patch, key) for patch, key in patches if patch is not self]
        self.cords.clear()

    # What a musician does and sees

    def control(self, name: str) -> str:
        """Return the control with this long name."""
        return next(key for key, box in self.boxes.items() if box.get("varname") == name)

    def touch(self, name: str, value: float | str = 0) -> None:
        """Turn a control to a value or, of a menu, to a word; press it, if it is a button."""
        key = self.control(name)
        box = self.boxes[key]
        if box["maxclass"] == "live.text" and box["mode"] == 0:
            self.emit(key, 0, *BANG)
            return
        words = box["saved_attribute_attributes"]["valueof"].get("parameter_enum", [])
        self.state[key] = words.index(value) if isinstance(value, str) else value
        self._output(key)

    def value(self, name: str) -> Any:
        """Return what a control shows."""
        return self.state[self.control(name)]

    def is_lit(self) -> bool:
        """Return whether its light is on."""
        return any(self.state[key] == 1 for key, box in self.boxes.items()
                   if str(box.get("varname")).endswith(" Heard"))  # fmt: skip

    def text(self) -> str:
        """Return what the line at the bottom reads."""
        shown = [key for key, box in self.boxes.items() if box["maxclass"] == "live.comment" and not box["text"]]
        return " ".join(str(word) for word in self.state.get(shown[0], ())[1:])

    def has(self, name: str) -> bool:
        """Return whether there is a control with this long name."""
        return any(box.get("varname") == name for box in self.boxes.values())

    def first(self, maxclass: str) -> str:
        """Return the first box of a class."""
        return next(key for key, box in self.boxes.items() if box["maxclass"] == maxclass)

    def click(self, text: str) -> None:
        """Click on a message box."""
        self.receive(self.find(text), 0, BANG)

    def find(self, text: str) -> str:
        """Return the box whose text starts so."""
        return next(key for key, box in self.boxes.items() if str(box.get("text", "")).startswith(text))

    def ons(self) -> list[tuple[int, int, int]]:
        return [one for one in self.sounded if one[2]]

    def offs(self) -> list[tuple[int, int]]:
        return [(tick, pitch) for tick, pitch, velocity in self.sounded if not velocity]

    # Messages

    def emit(self, key: str, outlet: int, *atoms: Any) -> None:
        if (key, outlet) in self.cords:
            self.receive(*self.cords[key, outlet], atoms)

    def receive(self, key: str, inlet: int, atoms: Atoms) -> None:
        do, arguments = self.acts[key]
        do(key, inlet, atoms, arguments)

    def _act(self, box: dict[str, Any]) -> tuple[Callable[[str, int, Atoms, Atoms], None], Atoms]:
        """Return what a box does, and its arguments."""
        words = atoms_of(str(box.get("text", "")))
        name = str(words[0]) if box["maxclass"] == "newobj" else box["maxclass"]
        if name == "bpatcher" or name.startswith("musegan."):
            return self.do_inside, ()
        words = words[1:] if box["maxclass"] == "newobj" else words
        plain = words[: next((i for i, word in enumerate(words) if str(word).startswith("@")), len(words))]
        do = getattr(self, f"do_{NAMES.get(name, name)}", None)
        assert do is not None, f"the interpreter does not know {name}"
        return do, plain

    def _ends(self, path: str, maxclass: str) -> list[str]:
        """Return the inlets or outlets of a subpatcher as Max numbers them: from left to right."""
        if (path, maxclass) not in self.ends:
            inside = re.compile(re.escape(path) + r"[^/]+")
            keys = [k for k, box in self.boxes.items() if inside.fullmatch(k) and box["maxclass"] == maxclass]
            self.ends[path, maxclass] = sorted(keys, key=lambda k: int(self.boxes[k]["patching_rect"][0]))
        return self.ends[path, maxclass]

    def put(self, inlet: int, *atoms: Any) -> None:
        """Send a message into an abstraction."""
        self.emit(self._ends("", "inlet")[inlet], 0, *atoms)

    def do_p(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        self.emit(self._ends(f"{key}/", "inlet")[inlet], 0, *atoms)

    def do_outlet(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        parent = key.rpartition("/")[0]
        outlet = self._ends(f"{parent}/" if parent else "", "outlet").index(key)
        if parent:
            self.emit(parent, outlet, *atoms)
        elif self.parent is not None:
            patch, box = self.parent
            patch.emit(box, outlet, *atoms)
        else:
            self.out.append((outlet, atoms))
            if outlet == 1:
                self.state["velocity"] = atoms[0]
            elif "velocity" in self.state:
                self._sound(atoms[0], self.state["velocity"])

    def do_inside(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        self.inside[key].put(inlet, *atoms)

    # Controls

    def type_into(self, name: str, text: str) -> None:
        """Type a text into a field, and the return key."""
        self.state[self.control(name)] = text
        self._output(self.control(name))

    def _output(self, key: str) -> None:
        box, value = self.boxes[key], self.state[key]
        if box["maxclass"] == "textedit":  # nobody knows what it says of no text: either is
            self.empty = not self.empty
            self.emit(key, 0, "text", *([value] if value or self.empty else []))
            return
        kind = box["saved_attribute_attributes"]["valueof"]["parameter_type"]
        words = box["saved_attribute_attributes"]["valueof"].get("parameter_enum")
        if box["maxclass"] in ("live.menu", "live.tab"):
            self.emit(key, 1, words[int(value)])
        self.emit(key, 0, float(value) if kind == 0 else int(value))

    def do_textedit(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        assert atoms == BANG, "a text that the patch sets is a step of Live's undo"
        self._output(key)

    def do_tosymbol(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        separator = self.boxes[key]["text"].split()[2]
        self.emit(key, 0, separator.join(map(str, atoms)))

    def do_control(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        match atoms:
            case ("outputvalue",):
                self._output(key)
            case ("set", value):
                self.state[key] = value
            case ("symbol", str(word)):
                self.state[key] = self.boxes[key]["saved_attribute_attributes"]["valueof"]["parameter_enum"].index(word)
                self._output(key)
            case (int() | float() as value,):
                self.state[key] = value
                self._output(key)
            case _ if self.boxes[key].get("mode") == 0:
                self.emit(key, 0, *BANG)
            case _:
                raise AssertionError(f"{self.boxes[key].get('varname')} does not take {atoms}")

    # Objects

    def do_message(self, key: str, inlet: int, atoms: Atoms, words: Atoms) -> None:
        if inlet == 1 or atoms[0] == "set":
            self.state[key] = atoms if inlet == 1 else atoms[1:]
            return
        words = self.state.get(key, words)
        self.emit(key, 0, *(atoms[int(w[1:]) - 1] if str(w).startswith("$") else w for w in words))

    def do_prepend(self, key: str, inlet: int, atoms: Atoms, words: Atoms) -> None:
        if atoms[0] == "set":
            self.state[key] = atoms[1:]
        else:
            self.emit(key, 0, *self.state.get(key, words), *atoms)

    def do_t(self, key: str, inlet: int, atoms: Atoms, letters: Atoms) -> None:
        for i, letter in reversed(list(enumerate(letters))):
            match letter:
                case "b":
                    self.emit(key, i, *BANG)
                case "l":
                    self.emit(key, i, *atoms)
                case "i":
                    self.emit(key, i, int(atoms[0]))
                case _:
                    self.emit(key, i, letter)

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
        for i, value in enumerate(atoms):
            values[inlet + i] = typed(value, types[inlet + i])
        if inlet == 0:
            self.emit(key, 0, *values)

    def do_pak(self, key: str, inlet: int, atoms: Atoms, types: Atoms) -> None:
        values = self.state.setdefault(key, list(types))
        if atoms != BANG:
            values[inlet] = typed(atoms[0], types[inlet])
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
        if atoms != BANG:
            values[inlet + 1] = atoms[0]
        if inlet == 0:
            text = self.boxes[key]["text"].removeprefix("expr ")
            for number in (1, 2, 3):
                value = values.get(number, 0)
                text = text.replace(f"$i{number}", str(int(value))).replace(f"$f{number}", repr(float(value)))
            result = eval(text, {"__builtins__": {}})
            self.emit(key, 0, int(result) if isinstance(result, bool) else result)

    def do_sprintf(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        pattern = self.boxes[key]["text"].removeprefix("sprintf ")
        values = self.state.setdefault(key, ["" if kind == "%s" else 0 for kind in re.findall(r"%\w+", pattern)])
        if atoms != BANG:
            values[inlet] = atoms[-1] if atoms[0] == "symbol" else atoms[0]
        if inlet == 0:
            self.emit(key, 0, *atoms_of(pattern.replace("%ld", "%d") % tuple(values)))

    def do_random(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        self.emit(key, 0, (next(self.max.ids) * 7919) % int(arguments[0]))

    def do_clip(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        self.emit(key, 0, min(max(atoms[0], arguments[0]), arguments[1]))

    def do_speedlim(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        self.emit(key, 0, *atoms)

    def do_delay(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        self.state[key] = mine = object()
        if atoms == ("stop",):
            return

        def fire() -> None:
            if self.state[key] is mine:
                self.emit(key, 0, *BANG)

        self.max.after(arguments[0], fire)

    def do_receive(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        assert atoms[0] == "set"
        for who in self.max.names.values():
            if (self, key) in who:
                who.remove((self, key))
        self.max.names.setdefault(atoms[1], []).append((self, key))

    def do_forward(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        if atoms[0] == "send":
            self.state[key] = atoms[1]
        else:
            self.max.say(str(self.state.get(key, arguments[0])), *atoms)

    def do_patcherargs(self, key: str, inlet: int, atoms: Atoms, defaults: Atoms) -> None:
        given = self.arguments
        self.emit(key, 0, *given, *defaults[len(given) :])

    def do_transport(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        if atoms == BANG:
            ticks = self.max.position
            raw = ticks + (0.01 if round(ticks) % 20 else -0.01)  # a hair off the grid, as floats are
            values = (int(ticks // BAR) + 1, 1, 0.0, 480.0, self.max.tempo, (4, 4), self.max.running, raw)
            for outlet, value in reversed(list(enumerate(values))):
                self.emit(key, outlet, *(value if isinstance(value, tuple) else (value,)))
        elif atoms[0] == "tempo":
            self.max.tempo = float(atoms[1])
        elif atoms[0]:
            self.max.start()
        else:
            self.max.running = 0

    def do_makenote(self, key: str, inlet: int, atoms: Atoms, arguments: Atoms) -> None:
        notes: dict[int, object] = self.state.setdefault(key, {})
        if atoms == ("stop",):
            for pitch in list(notes):
                self._off(key, pitch, notes[pitch])
        elif inlet > 0:
            self.state[key, inlet] = atoms[0]
        else:
            pitch = atoms[0]
            velocity: Any
            duration: Any
            velocity, duration = (self.state.get((key, i), arguments[i - 1]) for i in (1, 2))
            if pitch in notes:
                assert "@repeatmode 1" in self.boxes[key]["text"], "the end of the old note would cut the new one"
                self._off(key, pitch, notes[pitch])
            notes[pitch] = mine = object()
            self.emit(key, 1, velocity)
            self.emit(key, 0, pitch)
            self.max.after(duration, lambda: self._off(key, pitch, mine))

    def _off(self, key: str, pitch: int, mine: object) -> None:
        if self.state[key].get(pitch) is mine:
            del self.state[key][pitch]
            self.emit(key, 1, 0)
            self.emit(key, 0, pitch)

    def do_flush(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        held: dict[int, int] = self.state.setdefault(key, {})
        if inlet == 1:
            self.state[key, 1] = atoms[0]
            return
        for pitch in list(held) if atoms == BANG else [atoms[0]]:
            velocity = 0 if atoms == BANG else self.state.get((key, 1), 0)
            if velocity:
                held[pitch] = velocity
            else:
                held.pop(pitch, None)
            self.emit(key, 1, velocity)
            self.emit(key, 0, pitch)

    def _sound(self, pitch: int, velocity: int) -> None:
        self.sounded.append((round(self.max.position), pitch, velocity))

    def do_midiformat(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        self._sound(*atoms)

    def do_noteout(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        if inlet == 0:
            self._sound(atoms[0], self.state[key])
        else:
            self.state[key] = atoms[0]

    def do_midiparse(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        taken: list[int] = self.state.setdefault(key, [])
        taken.append(atoms[0])
        if len(taken) == 3:
            status, pitch, velocity = taken
            taken.clear()
            if status >> 4 in (8, 9):
                self.emit(key, 0, pitch, velocity if status >> 4 == 9 else 0)

    def do_udpreceive(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        assert atoms[0] == "port"
        self.max.bind(self, key, atoms[1])

    def do_udpsend(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        sock, host, port = self.state[key]
        if atoms[0] in ("host", "port"):
            self.state[key] = (sock, atoms[1], port) if atoms[0] == "host" else (sock, host, atoms[1])
            return
        if atoms[0] != "/musegan/probe":
            self.sent.append(atoms)
        self.max.transmit(sock, (host, port), atoms)

    def do_script(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        self.scripts.append(atoms)
        if self.boxes[key]["maxclass"] == "jsui":
            self.shown.setdefault(self.boxes[key]["filename"], []).append((self.max.now, atoms))

    def do_end(self, key: str, inlet: int, atoms: Atoms, _: Atoms) -> None:
        self.state[key] = atoms


class Heard:
    """A receive of a test: it writes down what is sent to a name."""

    def __init__(self, room: Max, name: str, said: list[Atoms]) -> None:
        self._who, self._place, self._said = (self, ""), room.names.setdefault(name, []), said
        self._place.append(self._who)

    def emit(self, key: str, outlet: int, *atoms: Any) -> None:
        """Take a message."""
        self._said.append(atoms)

    def leave(self) -> None:
        """Hear no more."""
        self._place.remove(self._who)


BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "%": lambda left, right: int(math.fmod(left, right)),  # as in C: the remainder has the sign of the left number
    "+": operator.add,
    "/": operator.truediv,
    "|": operator.or_,
    "==": lambda left, right: int(left == right),
}
NAMES = (
    dict.fromkeys(BINARY, "binary")
    | dict.fromkeys(("live.text", "live.menu", "live.tab", "live.dial", "live.numbox"), "control")
    | dict.fromkeys(("js", "jsui"), "script")
    | dict.fromkeys(("live.comment", "midiout", "comment", "inlet", "metro", "midiin", "panel", "live.thisdevice",
                     "loadbang", "toggle", "kslider"), "end")
    | {"i": "store", "f": "store"}
)  # fmt: skip


def datagram(patch: Patch, key: str, data: bytes) -> None:
    """Give a datagram to a udpreceive, which does not wait for timetags."""
    for one in OscPacket(data).messages:
        patch.emit(key, 0, one.message.address, *one.message.params)


def load(data: bytes) -> dict[str, Any]:
    """Return the patcher in the bytes of a file."""
    patcher: dict[str, Any] = json.loads(data[data.index(b"{") :].rstrip(b"\0"))["patcher"]
    return patcher
