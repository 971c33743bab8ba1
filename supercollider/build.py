"""Write the controls of the Quark, their help, and its table of chords: `python -m supercollider.build`.

The controls come from the message table. What it writes is committed; a test writes it again and compares. It must
not know what any message does.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from pychord.constants.qualities import DEFAULT_QUALITIES

from musegan_bridge.chords.chord import chord_from_name
from musegan_bridge.messages import INCOMING, OUTGOING, PROTOCOL, TRACK, Field, Spec
from musegan_models.spec import TRACKS

QUARK = Path(__file__).parent / "MuseGAN"

BY_HAND = frozenset({"hello", "subscribe", "unsubscribe", "in/note", "expected"})
"""What the class MuseGAN says by itself, or with accounts of what is held or expected."""

REPLIES = {
    "ping": "pong",
    "status": "status/reply",
    "help": "help/end",
    "latent/get": "latent/values",
    "snapshot/list": "snapshot/names",
    "export": "export/done",
    "model/load": "model/loaded",
    "model/list": "model/names",
}
"""Question -> answer. An argument `port` of the table is left out: sclang hears on the port that it sends from."""

MORE_QUALITIES = (
    *("13sus4", "7b9sus4", "7sus2", "add13", "dimmaj7", "m13", "mb6", "m7b9", "m#5", "m9b5", "maj7b5", "maj11"),
    *("maj9#11", "maj13#11", "mmaj9"),
)
"""Kinds of chords that a chart knows and pychord does not."""

_PREFIX, _OF_TRACK = "/musegan/", f"/musegan/track/{TRACK}/"
_CATEGORIES = "Streams-Patterns-Events>MuseGAN, External Control>OSC"


def path_of(spec: Spec) -> str:
    """Return what follows /musegan/ or /musegan/track/<track>/ in an address."""
    return spec.address.removeprefix(_OF_TRACK).removeprefix(_PREFIX)


def method_of(path: str) -> str:
    """Return the name of the method of a path, or of its argument.

    >>> method_of("latent/walk"), method_of("private_seed")
    ('latentWalk', 'privateSeed')
    """
    first, *others = re.split("[/_-]", path)
    return first + "".join(word.capitalize() for word in others)


def specs_of(kind: str) -> list[Spec]:
    """Return the messages that become methods: those of the `band`, or of a `track`."""
    of_track = kind == "track"
    specs = [spec for spec in INCOMING if spec.address.startswith(_OF_TRACK) == of_track]
    return [spec for spec in specs if of_track or path_of(spec) not in BY_HAND]


def is_setting(spec: Spec) -> bool:
    """Return whether a message sets what can be read; what is read and not set has no arguments."""
    return spec.readable and bool(spec.fields)


def files() -> Mapping[Path, str]:
    """Return what it writes: path -> text."""
    classes, pages = QUARK / "Classes", QUARK / "HelpSource" / "Classes"
    return {
        classes / "MuseGANControls.sc": _classes(),
        classes / "MuseGANQualities.sc": _qualities(),
        pages / "MuseGANControls.schelp": _help("band"),
        pages / "MuseGANTrackControls.schelp": _help("track"),
    }


# Classes


def _classes() -> str:
    lines = ["// Written by `python -m supercollider.build` from the message table: change that one.", ""]
    lines += ["// What the band is told, a method for each message. A subclass says how: set, read, send and ask.",
              "MuseGANControls {", f"\t*protocol {{ ^{PROTOCOL} }}", ""]  # fmt: skip
    lines += [f"\t*settings {{ ^{_names([s for s in specs_of('band') if is_setting(s)])} }}", ""]
    lines += ["\t// The names of what comes back, but for what is repeated.", "\t*fields {", "\t\t^IdentityDictionary["]
    for spec in OUTGOING:
        names = ", ".join(method_of(f.name) for f in (*spec.fields, *spec.repeated))
        lines.append(f"\t\t\t'{spec.address.removeprefix(_PREFIX)}' -> #[{names}],")
    lines += ["\t\t]", "\t}", ""]
    names = ", ".join(track.name for track in TRACKS)
    lines += [f"\t*tracks {{ ^#[{names}] }}", ""]
    lines += [f"\t{track.name} {{ ^this.at(\\{track.name}) }}" for track in TRACKS]
    lines += [*_methods("band"), "}", ""]
    lines += ["// The same of one track, or of several.", "MuseGANTrackControls {",
              f"\t*settings {{ ^{_names([s for s in specs_of('track') if is_setting(s)])} }}"]  # fmt: skip
    return "\n".join([*lines, *_methods("track"), "}", ""])


def _qualities() -> str:
    """Return the kinds of chords as a literal of sclang: what follows the root -> semitones above it, in 0..11."""
    names = dict.fromkeys([*(name for name, _ in DEFAULT_QUALITIES), *MORE_QUALITIES])
    names |= dict.fromkeys(chord_from_name(f"C{name}").name[1:] for name in names)
    lines = ["// Written by `python -m supercollider.build` from the chords that a chart knows: change those.", ""]
    lines += ["+ MuseGANChord {", "\t*qualities {", "\t\t^IdentityDictionary["]
    for name in sorted(names):
        semitones = ", ".join(map(str, chord_from_name(f"C{name}").pitch_classes))
        lines.append(f"\t\t\t'{name}' -> #[{semitones}],")
    return "\n".join([*lines, "\t\t]", "\t}", "}", ""])


def _names(specs: list[Spec]) -> str:
    """Return the paths of settings as a literal of sclang, method -> path."""
    pairs = ", ".join(f"{method_of(path_of(spec))}:'{path_of(spec)}'" for spec in specs)
    lines = textwrap.fill(pairs, 110, break_on_hyphens=False)
    return "(\n" + textwrap.indent(lines, "\t\t") + "\n\t)"


def _methods(kind: str) -> Iterator[str]:
    for spec in specs_of(kind):
        path = path_of(spec)
        name = method_of(path)
        yield ""
        if spec.readable:
            yield f"\t{name} {{ |action| ^this.read('{path}', action) }}"
        if is_setting(spec):
            yield f"\t{name}_ {{ |value| this.set('{path}', value) }}"
        if spec.readable:
            continue
        taken = [method_of(f.name) + _default(f) for f in _fields(spec)] + ["action"] * (path in REPLIES)
        given = [method_of(f.name) for f in _fields(spec)] + ["*values.flat"] * bool(spec.repeated)
        arguments = f"|{', '.join(taken)}{' ... values' * bool(spec.repeated)}| " if taken else ""
        says = ["ask", repr(REPLIES[path]), "action"] if path in REPLIES else ["send"]
        yield f"\t{name} {{ {arguments}this.{says[0]}({', '.join([repr(path), *says[1:], *given])}) }}"


def _fields(spec: Spec) -> tuple[Field, ...]:
    return tuple(f for f in spec.fields if f.name != "port")


def _default(f: Field) -> str:
    if f.default is None:
        return ""
    if f.type == "s":
        return f" = '{f.default}'"
    return f" = {f.default}"


# Help


def _help(kind: str) -> str:
    name, other = ("MuseGANControls", "MuseGAN") if kind == "band" else ("MuseGANTrackControls", "MuseGANTrack")
    whose = "the band" if kind == "band" else "a track, or of several"
    lines = [
        f"class:: {name}",
        f"summary:: the controls of {whose}",
        f"categories:: {_CATEGORIES}",
        f"related:: Classes/{other}, Guides/Playing-with-MuseGAN",
        "",
        "description::",
        f"What a link::Classes/{other}:: can be told: a method for each message of the OSC table, made from that.",
        "",
        "A setting is set like a variable. Asked for, it is what this sclang knows of it: what it was set to here, or "
        "what the band said last. Called with a Function, it asks the band, and calls that with the value.",
        "",
        "The value is a number, a Symbol, a Boolean (on or off), an Array for several arguments; or a Pattern, a "
        "Stream or a Function: then it is played on the clock of the band, a value a bar from the next bar line on, "
        "until it ends or something else is set. code::set:: plays it faster or slower.",
        "code::",
        *_example(kind),
        "::",
        "",
        "classmethods::",
        "private:: " + ("protocol, fields, settings, tracks" if kind == "band" else "settings"),
        "",
        "instancemethods::",
        *(["private:: " + ", ".join(track.name for track in TRACKS)] if kind == "band" else []),
    ]
    settings = [spec for spec in specs_of(kind) if spec.readable]
    others = [spec for spec in specs_of(kind) if not spec.readable]
    for title, specs in (("Settings", settings), ("Everything else", others)):
        lines += ["", f"subsection:: {title}"]
        for spec in specs:
            lines += _entry(spec)
    return "\n".join([*lines, ""])


def _example(kind: str) -> list[str]:
    if kind == "band":
        return [
            "m.density = 0.5;",
            "m.density;                           // 0.5",
            "m.density({ |value| value.postln }); // asks the band",
            "m.swing = Pseq([50, 60, 66.7], inf); // a value a bar",
            "m.latentXy = [0.2, 0.8];",
            "m.set(\\density, Pwhite(0.2, 2), 1); // a value a beat",
        ]
    return ["m.drums.density = Pwhite(0.5, 2);", "m.strings.mute = true;", 'm["{bass,drums}"].lock = true;']


def _entry(spec: Spec) -> Iterator[str]:
    path = path_of(spec)
    yield ""
    yield f"method:: {method_of(path)}"
    yield spec.doc
    yield f"Sends teletype::{spec.address}::."
    if spec.readable:
        if not spec.fields:
            yield "It cannot be set. Call it with a Function: what this sclang heard last may be of an earlier bar."
            return
        yield "table::"
        for f in spec.fields:
            yield f"## {f.name} || {_allowed(f)} || {f.doc}"
        yield "::"
        return
    for f in _fields(spec):
        yield f"argument:: {method_of(f.name)}"
        yield f"{_allowed(f)}. {f.doc[0].upper()}{f.doc[1:]}."
    if spec.repeated:
        yield "argument:: ... values"
        yield "Any number of times: " + ", ".join(f"{f.name} ({_allowed(f)})" for f in spec.repeated) + "."
    if path in REPLIES:
        yield "argument:: action"
        yield f"Called with an Event of what teletype::/musegan/{REPLIES[path]}:: carries. If nil, that is posted."


def _allowed(f: Field) -> str:
    kind = {"i": "a whole number", "f": "a number", "s": "a Symbol or a String"}[f.type]
    if f.choices:
        return ", ".join(f"teletype::{choice}::" for choice in f.choices)
    return f"{kind}, {f.range} {f.unit}".strip() if f.range else kind


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
