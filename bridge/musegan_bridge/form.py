"""Musical form: which phrases repeat which earlier ones. It must not know z, bars or clients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

FREE = "free"
"""No phrase comes back."""

SONG = "song"
"""Phrases come back inside a section, and sections inside a song."""

FORMS: Mapping[str, str] = MappingProxyType({
    FREE: "every phrase is new, and each fourth one begins after silence",
    SONG: "verse, chorus, verse, chorus, bridge, chorus, each of them AABAAABA; then another song",
})  # fmt: skip
"""The forms that have a name, and what they are. Any other is written in letters, as AABA."""

LETTERS = "ABCDEFGH"
MOST_LETTERS = 32  # of a form: 128 bars

_FREE_SECTION = 4  # phrases
_SONG = ("verse", "chorus", "verse", "chorus", "bridge", "chorus")
_SECTION = "AABAAABA"


class FormError(ValueError):
    """A form that cannot be played; the message names the letters and how many there may be."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase is in a form."""

    origin: int  # the phrase that it is again, counted from where the form began; itself, where it is new
    name: str  # of the phrase, as musicians say it: chorus B
    begins_section: bool  # it begins after silence, as the first phrase of a song's section does


def check_form(form: str) -> None:
    """Raise FormError for a form that is neither a name nor 1 to 32 of the letters A to H."""
    if form not in FORMS and not (0 < len(form) <= MOST_LETTERS and set(form) <= set(LETTERS)):
        raise FormError(
            f"form must be {', '.join(FORMS)}, or 1 to {MOST_LETTERS} of the letters A to H, as AABA, got {form!r}"
        )


def place_in(form: str, phrase: int) -> Place:
    """Return where a phrase is in a form, counted from 0 where the form began.

    A form of letters is a section: when it has ended, the next one has the same form and other ideas.

    >>> [place_in("AABA", phrase).origin for phrase in range(8)]
    [0, 0, 2, 0, 4, 4, 6, 4]
    """
    if form == FREE:
        return Place(phrase, "", phrase % _FREE_SECTION == 0)
    letters, first, of = form, phrase - phrase % len(form), ""
    if form == SONG:
        letters, size = _SECTION, len(_SECTION)
        song, section = divmod(phrase // size, len(_SONG))
        first = (song * len(_SONG) + _SONG.index(_SONG[section])) * size
        of = f"{_SONG[section]} "
    letter = letters[phrase % len(letters)]
    return Place(first + letters.index(letter), of + letter, letter == letters[0])
