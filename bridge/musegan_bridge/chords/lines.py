"""The lines of a chart's text: headings, bars, and lyrics with chords in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from musegan_bridge.chords.chord import ChordError, chord_from_name

NO_CHORD = ("N.C.", "NC", "N.C", "n.c.", "nc")

_WORD = re.compile(r":?\|+:?|\(?[xX\u00d7]\s?[0-9]+\)?(?![^\s|:])|[^\s|:]+|:")
_NAMED = re.compile(r"([^|:%\[\]{}]*[^\s|:%\[\]{}]):(?!\|)")
_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_COMMENT = re.compile(r"(?:^\s*#|\s#(?=\s|$)).*")
_DIRECTIVE = re.compile(r"[A-Za-z][A-Za-z_]*")
_TIMES = re.compile(r" \(?[xX\u00d7] ?([0-9]+)\)?$")

_SHORT = {"soc": "chorus", "sov": "verse", "sob": "bridge", "sot": "tab", "sog": "grid"}
_NO_CHORDS_IN = ("tab", "abc", "ly", "svg", "textblock")


class ChartError(ValueError):
    """A text that is no chart; the message names the place, the word, and what would be right."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line of bars: a chord, a sign, a bar line."""

    text: str
    line: int  # from 1
    column: int  # from 1


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a part begins."""

    name: str  # "" where a part ends and no other has begun
    times: str  # digits; "" where none is given
    place: Word
    may_be_empty: bool  # lyrics need no chords


def lines_of(text: str) -> Iterator[Heading | list[Word]]:
    """Yield what each line is, in order; raise ChartError at a line that is none of these.

    A semicolon ends a line, too. A line of lyrics becomes one bar for each of its chords.
    """
    segments = list(_segments(text))
    is_song = any(segment.text.startswith("{") or _has_lyrics(segment.text) for segment in segments)
    environment, chorus = "", "chorus"
    for segment in segments:
        if segment.text.startswith("{"):
            name, value = _directive(segment)
            started = _SHORT.get(name) or (name.removeprefix("start_of_") if name.startswith("start_of_") else "")
            if name in ("eoc", "eov", "eob", "eot", "eog") or name.startswith("end_of_"):
                environment = ""
                yield Heading("", "", segment, True)
            elif started == "grid":
                raise ChartError(f"{at(segment)}: a grid is not read; write its bars as C | Am F | G")
            elif started in _NO_CHORDS_IN:
                environment = started
            elif started:
                label = _part_name(value.removeprefix('label="').removesuffix('"') or started, segment)
                chorus = label if started == "chorus" else chorus
                yield Heading(label, "", segment, True)
            elif name == "chorus":
                yield Heading(chorus, "", segment, True)
        elif not environment:
            yield from _line(segment, is_song)


def at(word: Word) -> str:
    """Return the place of a word, for a message."""
    return f"line {word.line}, column {word.column}"


def _segments(text: str) -> Iterator[Word]:
    for number, line in enumerate(text.splitlines(), 1):
        line = line if "{" in line and not line.lstrip().startswith("#") else _COMMENT.sub("", line)
        start, in_braces = 0, False
        for column, character in enumerate(f"{line};"):
            in_braces = character == "{" or (in_braces and character != "}")
            if (character == ";" and not in_braces) or column == len(line):
                segment = line[start:column]
                if segment.strip():
                    yield Word(segment.strip(), number, start + 1 + len(segment) - len(segment.lstrip()))
                start = column + 1


def _line(segment: Word, is_song: bool) -> Iterator[Heading | list[Word]]:
    text, rest = segment.text, segment
    label = _label(text, is_song)
    if label is not None:
        name, length = " ".join(label[0].split()), label[1]
        times = _TIMES.search(name)
        name = _part_name(name[: times.start()] if times else name, segment) if name else ""
        yield Heading(name, times[1] if times else "", segment, is_song or not name)
        skipped = length + len(text[length:]) - len(text[length:].lstrip())
        rest = Word(text[skipped:], segment.line, segment.column + skipped)
    if _BRACKET.search(rest.text):
        yield [word for match in _BRACKET.finditer(rest.text) for word in _bar_of(match, rest)]
    elif rest.text and not (is_song and _is_only_lyrics(rest.text)):
        yield [Word(m[0], rest.line, rest.column + m.start()) for m in _WORD.finditer(rest.text)]


def _bar_of(match: re.Match[str], line: Word) -> Iterator[Word]:
    chord = match[1].strip()
    if chord and not chord.startswith("*"):  # ChordPro's sign of a remark
        column = line.column + match.start(1)
        yield Word(chord, line.line, column)
        yield Word("|", line.line, column)


def _label(text: str, is_song: bool) -> tuple[str, int] | None:
    """Return the name of the part that a line begins, and how many characters it takes; None where it begins none."""
    bracket = _BRACKET.match(text)
    if bracket:
        rest = text[bracket.end() :].strip()
        if _is_chord(bracket[1].strip()):
            is_label = not is_song if not rest else "|" in rest and "[" not in rest
        else:
            is_label = not rest or rest[0] in "[|:" or "|" in rest or _is_chord(rest.split()[0])
            is_label = is_label and not bracket[1].startswith("*")
        return (bracket[1], bracket.end()) if is_label else None
    named = _NAMED.match(text)
    if named:
        rest = text[named.end() :]
        if not is_song or not rest.strip() or "|" in rest or not _is_only_lyrics(rest):
            return named[1], named.end()
    return None


def _has_lyrics(text: str) -> bool:
    brackets = _BRACKET.findall(text)
    return bool(brackets) and _label(text, False) is None


def _is_only_lyrics(text: str) -> bool:
    return "|" not in text and not all(_is_chord(word) for word in text.split())


def _is_chord(word: str) -> bool:
    if word in NO_CHORD or word == "%":
        return True
    try:
        chord_from_name(word)
    except ChordError:
        return False
    return True


def _directive(segment: Word) -> tuple[str, str]:
    inner = segment.text[1:-1].strip()
    match = _DIRECTIVE.match(inner)
    if match is None or not segment.text.endswith("}"):
        raise ChartError(f"{at(segment)}: a directive stands alone in its braces, as in {{start_of_verse: Verse 1}}")
    return match[0].lower(), inner[match.end() :].strip().removeprefix(":").strip()


def _part_name(label: str, place: Word) -> str:
    """Return a label as a word that can be a file's, too: what is no letter or digit becomes a hyphen."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-")[:64]
    if not name:
        raise ChartError(f"{at(place)}: the name of a part needs letters or digits, as in verse: C | G")
    return name
