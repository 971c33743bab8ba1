"""A chord by its name, as the library pychord reads it, and the other ways in which musicians write the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_NATURALS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_NOTE = "[A-G](?:##?|bb?)?"
_NAME = re.compile(rf"({_NOTE})(.*?)(?:/({_NOTE}))?")

_SIGNS = str.maketrans({"♭": "b", "♯": "#", "△": "Δ", "º": "°", "\N{EN DASH}": "-", "\N{MINUS SIGN}": "-", "Ø": "ø"})
# Each pattern by what it becomes, in this order; what pychord then reads is also what the chord is called.
_SPELLINGS = tuple(
    (re.compile(pattern), right)
    for pattern, right in (
        (r"6/9|6add9", "69"),
        (r"^m/(?=maj|M)", "m"),
        (r"^(?:minor|min|mi|-)", "m"),
        (r"^(m?)(?:major|maj|Maj|MAJ|ma(?!dd)|Ma(?!dd)|MA|M|j(?=7))", r"\1maj"),
        (r"^(m?)[Δ^](?=\d)7?", r"\1maj7"),
        (r"^(m?)[Δ^]", r"\1maj7"),
        (r"maj7(?=9|11|13)", "maj"),
        (r"^maj(?=$|6|add)", ""),
        (r"^(?:ø|h)7?$|^dim7b5$|^m7dim5$", "m7b5"),
        (r"^(?:°|o(?!mit))", "dim"),
        (r"^(?:\+|aug)(?:maj|M)7$", "maj7#5"),
        (r"^dimM7$", "dimmaj7"),
        (r"^sus2sus4$|^sus24$", "sus4add2"),
        (r"^(?:\+|aug)(7|9)", r"\1#5"),
        (r"^\+5?$|^#5$", "aug"),
        (r"^dom(?=\d)", ""),
        (r"^7\+$", "7#5"),
        (r"(?<=.)-(?=\d)", "b"),
        (r"(?<=.)\+(?=\d)", "#"),
        (r"^maj7#5", "maj7+5"),
        (r"^sus$", "sus4"),
        (r"^(7|9|13)sus$|^sus(7|9|13)$", r"\1\2sus4"),
        (r"^sus4(7|9|13)$", r"\1sus4"),
        (r"^7sus4b9$|^7susb9$|^7b9sus$", "7b9sus4"),
        (r"^7b5(b9|#9)", r"7\1b5"),
        (r"^7#5(b9|#9)", r"7\1#5"),
        (r"^7#11(b9|#9)", r"7\1#11"),
        (r"^(?:7)?alt$", "7#9#5"),
        (r"^(m?)(?:2|add2)$", r"\1add9"),
        (r"^4$", "add11"),
        (r"^b5$", "(b5)"),
        (r"^omit5$", "no5"),
        (r"^m(?:no|omit)5$", "m(no5)"),
    )
)
_MORE = {  # qualities that pychord does not know, in semitones
    "13sus4": (0, 5, 7, 10, 14, 21),
    "7b9sus4": (0, 5, 7, 10, 13),
    "7sus2": (0, 2, 7, 10),
    "add13": (0, 4, 7, 21),
    "dimmaj7": (0, 3, 6, 11),
    "m13": (0, 3, 7, 10, 14, 17, 21),
    "mb6": (0, 3, 7, 8),
    "m7b9": (0, 3, 7, 10, 13),
    "m#5": (0, 3, 8),
    "m9b5": (0, 3, 6, 10, 14),
    "maj7b5": (0, 4, 6, 11),
    "maj11": (0, 4, 7, 11, 14, 17),
    "maj9#11": (0, 4, 7, 11, 14, 18),
    "maj13#11": (0, 4, 7, 11, 14, 18, 21),
    "mmaj9": (0, 3, 7, 11, 14),
}


class ChordError(ValueError):
    """A name that is no chord's; the text says what would be right."""


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord, which has no octave."""

    name: str  # canonical: that of CΔ is Cmaj7
    root: int  # pitch class, 0..11
    pitch_classes: tuple[int, ...]  # each once, the root first
    bass: int  # pitch class, 0..11: the root, or what stands after the slash; it need not be one of the chord's


@lru_cache(maxsize=1024)
def chord_from_name(name: str) -> Chord:
    """Return the chord of that name; raise ChordError that says what would be right.

    >>> chord_from_name("F#m7b5/E")
    Chord(name='F#m7b5/E', root=6, pitch_classes=(6, 9, 0, 4), bass=4)
    >>> [chord_from_name(name).name for name in ("CΔ", "B♭-7", "Eø", "C6/9", "G+", "D°7")]
    ['Cmaj7', 'Bbm7', 'Em7b5', 'C69', 'Gaug', 'Ddim7']
    """
    match = _NAME.fullmatch(name.translate(_SIGNS)) if len(name) <= 24 else None
    if match is None:
        raise ChordError(f"{_shown(name)} is no chord: {_hint(name)}")
    root_name, quality, bass_name = match.groups()
    quality = re.sub("[(),]", "", quality)
    for pattern, right in _SPELLINGS:
        quality = pattern.sub(right, quality, count=1)
    semitones = _semitones(quality)
    if semitones is None and "/" in quality:
        raise ChordError(f"{_shown(name)} is no chord: after the slash comes a bass note, as in C/E")
    if semitones is None:
        raise ChordError(
            f"{_shown(name)} is no chord: after {root_name} may stand m, 7, maj7, m7, m7b5, dim, dim7, aug, sus2, "
            "sus4, 6, 69, add9, 9, 11, 13 or 7b9 and the like, then a bass such as /G"
        )
    root = pitch_class(root_name)
    bass = root if bass_name is None else pitch_class(bass_name)
    over = f"/{bass_name}" if bass != root else ""
    return Chord(root_name + quality + over, root, tuple(dict.fromkeys((root + s) % 12 for s in semitones)), bass)


def pitch_class(note: str) -> int:
    """Return the pitch class, 0..11, of a note by its name.

    >>> pitch_class("C"), pitch_class("Cb"), pitch_class("F##")
    (0, 11, 7)
    """
    return (_NATURALS[note[0]] + note.count("#") - note.count("b", 1)) % 12


def _semitones(quality: str) -> tuple[int, ...] | None:
    from pychord import Chord as Named  # here, so that a server without a chart does not wait for it

    if quality in _MORE:
        return _MORE[quality]
    try:
        return tuple(Named(f"C{quality}").components(visible=False))
    except ValueError:
        return None


def _hint(name: str) -> str:
    first = name[:1]
    if first and first in "abcdefg":
        return f"a root is a capital letter, as in {first.upper()}{name[1:12]}"
    if first in ("H", "h"):
        return "a root is one of A..G, so H is written B, and the B below it Bb"
    return "a root is one of A..G, with # or b where it has one, as in Bbm7"


def _shown(word: str) -> str:
    return repr(word if len(word) <= 24 else f"{word[:24]}...")
