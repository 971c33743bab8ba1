"""Controls that Live knows: what a parameter is, and how each kind of control is drawn. It must not know the band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from max_patches.patcher import Box, Patcher, Rect

FLOAT, INT, ENUM, BLOB = 0, 1, 2, 3  # parameter_type; a blob is kept with the set, and no automation knows it
UNIT_INT, UNIT_FLOAT, UNIT_MS, UNIT_PERCENT, UNIT_SEMITONES, UNIT_NOTE, UNIT_CUSTOM = (
    0,
    1,
    2,
    5,
    7,
    8,
    9,
)  # parameter_unitstyle
AUTOMATED, STORED, HIDDEN = 0, 1, 2  # hidden: neither in the set nor in the undo history
LCD_TEXT, LCD_TAB, LCD_NUMBER = 2, 1, 4  # appearance: sharp on every screen
LARGEST_INT = 255  # of a Live parameter of type int: larger ones are floats that are shown as ints

_UNITS = {"": UNIT_FLOAT, "int": UNIT_INT, "%": UNIT_PERCENT, "st": UNIT_SEMITONES, "note": UNIT_NOTE}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What Live knows of a control."""

    longname: str  # Live stores by it: it must never change, and be the only one of its name in the device
    shortname: str  # on the control and on Push: seven letters or so
    info: str  # shown in Live's Info View
    visibility: int = AUTOMATED
    initial: float = 0
    choices: tuple[str, ...] = ("off", "on")
    limits: tuple[float, float] | None = None  # of a number; None: one of `choices`
    unit: str = ""  # of a number: int, %, st, note, or what printf shows of it
    is_text: bool = False  # what is typed into a field: no number, and no choice

    def attributes(self, order: int) -> dict[str, Any]:
        """Return the parameter as Max saves it with its box; `order` is its place in Live's list."""
        value: dict[str, Any] = {
            "parameter_longname": self.longname,
            "parameter_shortname": self.shortname,
            "parameter_annotation_name": self.longname,
            "parameter_info": self.info,
            "parameter_invisible": self.visibility,
            # A button must not be pressed by loading; a text is what the set keeps of it, or none.
            "parameter_initial_enable": int(self.visibility != HIDDEN and not self.is_text),
            "parameter_initial": [] if self.is_text else [self.initial],
            "parameter_modmode": 0,
            "parameter_order": order,
        }
        if self.is_text:
            value["parameter_type"] = BLOB
        elif self.limits is None:
            value |= {
                "parameter_type": ENUM,
                "parameter_enum": list(self.choices),
                "parameter_mmax": len(self.choices) - 1,
                "parameter_unitstyle": UNIT_CUSTOM,
            }
        else:
            whole = self.unit in ("int", "note") or "%d" in self.unit
            value |= {
                "parameter_type": INT if whole and self.limits[1] <= LARGEST_INT else FLOAT,
                "parameter_mmin": self.limits[0],
                "parameter_mmax": self.limits[1],
                "parameter_unitstyle": _UNITS.get(self.unit, UNIT_CUSTOM),
            }
            if self.unit not in _UNITS:
                value["parameter_units"] = self.unit
        return {
            "parameter_enable": 1,
            "varname": self.longname,
            "annotation": self.info,
            "annotation_name": self.longname,
            "saved_attribute_attributes": {"valueof": value},
        }


@dataclass(slots=True)
class Panel:
    """A patcher whose controls are being placed: each gets a place in Live's list, in the order in which it comes."""

    patcher: Patcher
    x: int = 0  # where the next control lies in the patch, not in the device
    y: int = 20
    count: int = 0

    def dial(self, parameter: Parameter, left: int, top: int) -> Box:
        """Add a knob, 44 by 48 pixels, with its short name above it and its value below."""
        return self._control("live.dial", parameter, (left, top, 44, 48))

    def number(self, parameter: Parameter, shown: Rect) -> Box:
        """Add a number that is dragged or typed."""
        return self._control("live.numbox", parameter, shown, appearance=LCD_NUMBER)

    def menu(self, parameter: Parameter, shown: Rect) -> Box:
        """Add a menu."""
        return self._control("live.menu", parameter, shown)

    def tabs(self, parameter: Parameter, shown: Rect) -> Box:
        """Add a row of choices that are all seen."""
        return self._control("live.tab", parameter, shown, appearance=LCD_TAB, multiline=0, spacing_x=2.0)

    def toggle(self, word: str, parameter: Parameter, shown: Rect, on: str = "", **attributes: Any) -> Box:
        """Add a switch that reads `word`, or `on` while it is on."""
        return self._control(
            "live.text", parameter, shown, mode=1, text=word, texton=on or word, appearance=LCD_TEXT,
            automation=parameter.choices[0], automationon=parameter.choices[1], **attributes,
        )  # fmt: skip

    def button(self, word: str, parameter: Parameter, shown: Rect) -> Box:
        """Add a button that bangs when it is let go, as Live's own do."""
        return self._control(
            "live.text", parameter, shown, mode=0, text=word, texton=word, outputmode=1, appearance=LCD_TEXT
        )

    def buttons(self, of: str, rows: Sequence[tuple[str, str, str]], shown: Sequence[Rect]) -> dict[str, Box]:
        """Add a button for each row (name, word, what it does), and return them by name.

        `of` is what the words need to tell in Live's list, where they stand alone.
        """
        return {
            name: self.button(word, Parameter(f"{word} {of}", word, info, HIDDEN), rect)
            for (name, word, info), rect in zip(rows, shown, strict=True)
        }

    def text(self, parameter: Parameter, shown: Rect) -> Box:
        """Add a field to type into. The return key hands over the word text, and what is in it as one symbol."""
        x, y = self._place()
        self.count += 1
        saved = parameter.attributes(self.count)
        colours = {"bgcolor": "live_lcd_bg", "textcolor": "live_lcd_control_fg"}
        saved["saved_attribute_attributes"] |= {
            name: {"expression": f"themecolor.{colour}"} for name, colour in colours.items()
        }
        return self.patcher.control(
            "textedit", x, y, shown, keymode=1, outputmode=1, tabmode=0, border=0.0, rounded=0.0, text="",
            bgcolor=[0.1, 0.1, 0.1, 1.0], textcolor=[0.01, 0.76, 0.84, 1.0], **saved,
        )  # fmt: skip

    def band_light(self, shown: Rect) -> Box:
        """Add what a device beside the Band device has: a light that is on while the band is heard."""
        heard = Parameter("Band Heard", "Heard", "On while the server is heard, through the Band device.", HIDDEN)
        return self.toggle("no band", heard, shown, "connected", ignoreclick=1)

    def label(self, text: str, shown: Rect, **attributes: Any) -> Box:
        """Write words beside a control."""
        x, y = self._place()
        return self.patcher.control("live.comment", x, y, shown, text=text, textjustification=0, **attributes)

    def _control(self, maxclass: str, parameter: Parameter, shown: Rect, **attributes: Any) -> Box:
        x, y = self._place()
        self.count += 1
        return self.patcher.control(maxclass, x, y, shown, **attributes, **parameter.attributes(self.count))

    def _place(self) -> tuple[int, int]:
        self.x = (self.x + 100) % 1600
        self.y += 60 if self.x < 100 else 0
        return self.x, self.y


def banks(patcher: Patcher, pages: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return the list of parameters that Max keeps with a patcher, and the banks of Push: eight on each page."""
    values = {
        box.id: box.attributes["saved_attribute_attributes"]["valueof"]
        for box in patcher.boxes
        if box.attributes.get("parameter_enable")
    }
    return {
        **{key: [v["parameter_longname"], v["parameter_shortname"], v["parameter_order"]] for key, v in values.items()},
        "parameterbanks": {
            str(i): {"index": i, "name": name, "parameters": [*names, *["-"] * (8 - len(names))]}
            for i, (name, names) in enumerate(pages.items())
        },
        "inherited_shortname": 1,
    }
