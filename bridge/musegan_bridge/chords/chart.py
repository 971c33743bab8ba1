"""A chart: the chords of a song, bar by bar, read from a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from musegan_bridge.chords.chord import Chord, ChordError, chord_from_name
from musegan_bridge.chords.lines import NO_CHORD, ChartError, Heading, Word, at, lines_of

__all__ = ["MAX_BARS", "MAX_TEXT", "Chart", "ChartBar", "ChartError", "Chord", "Part", "parse_chart"]

MAX_TEXT = 20_000
"""The most characters of a text."""

MAX_BARS = 1024
"""The most bars of a chart, with all repeats played."""

_MOST_CHORDS = 8  # in a bar
_STEPS = 16  # of a bar; chords stand on them
_BAR_LINE = re.compile(r":?\|+:?")
_TIMES = re.compile(r"\(?[xX\u00d7]\s?0*([0-9]+)\)?")


@dataclass(frozen=True, slots=True)
class ChartBar:
    """The chords of one bar of 4/4; None is no chord."""

    chords: tuple[tuple[float, Chord | None], ...]  # (beats from the downbeat in sixteenths, chord); the first at 0

    def to_text(self) -> str:
        """Return the chords as a text that shares the bar among them; % holds the one before."""
        chords = {round(beat * 4): chord for beat, chord in self.chords}
        for size in range(1, _STEPS + 1):
            steps = [_step(i, size) for i in range(size)]
            if chords.keys() <= set(steps):
                break
        return " ".join(_name(chords[step]) if step in chords else "%" for step in steps)


@dataclass(frozen=True, slots=True)
class Part:
    """Bars by a name, such as verse."""

    name: str  # as /musegan/section takes it; "" where none was given
    bars: tuple[ChartBar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Chord changes in parts, in the order in which they are played; after the last bar comes the first."""

    text: str = field(compare=False)  # as it was written
    parts: tuple[Part, ...]  # at least one bar in all

    def __len__(self) -> int:
        """Return the number of bars, 1..1024, with all repeats played."""
        return sum(len(part.bars) for part in self.parts)

    def bar(self, index: int) -> ChartBar:
        """Return the bar with that index from 0; the chart goes round, so any integer is one."""
        index %= len(self)
        for part in self.parts:
            if index < len(part.bars):
                return part.bars[index]
            index -= len(part.bars)
        raise AssertionError("no bar")  # the index is below the length

    def part(self, name: str) -> Part:
        """Return the first part of that name; raise ChartError that lists what there is."""
        for part in self.parts:
            if part.name == name:
                return part
        names = ", ".join(sorted({part.name or '""' for part in self.parts}))
        raise ChartError(f"no part {name!r} in the chart; there are: {names}")

    def to_text(self) -> str:
        """Return a text, four bars to a line, that is read as an equal chart."""
        lines = []
        for i, part in enumerate(self.parts):
            if part.name or i:
                lines.append(f"{part.name}:" if part.name else "[]")
            bars = [bar.to_text() for bar in part.bars]
            lines += [" | ".join(bars[at : at + 4]) for at in range(0, len(bars), 4)]
        return "\n".join(lines)


def parse_chart(text: str) -> Chart:
    """Read a chart, such as "verse: C | Am F | Dm7 G7 | C"; a line break is a bar line, and a semicolon a line break.

    Chords share their bar evenly, on its sixteenths. `%` alone repeats the bar before, beside chords it holds the chord
    before; `N.C.` is no chord. `|: :|` plays twice, `:| x3` three times; `x4` plays what its line holds up to it, back
    to the last such sign, four times, and on a line of its own the part so far. A part begins at `verse:`, `[Verse 1]`
    or `{start_of_verse: Verse 1}`; its heading alone plays it again; `[]` ends it. Of lyrics with chords in brackets,
    as ChordPro has them, each chord takes one bar. What follows `#` on a line is a remark.

    Raises:
        ChartError: The text is no chart. The message names the bar (as written, from 1), line, column and word.

    """
    if len(text) > MAX_TEXT:
        raise ChartError(f"a chart has 1..{MAX_TEXT} characters, got {len(text)}")
    if re.search(r"\birealb(ook)?://", text):
        raise ChartError("iReal Pro's links are not read: write the chords as text, as in C | Am F | G")
    reader = _Reader()
    for line in lines_of(text):
        if isinstance(line, Heading):
            reader.begin(line)
        else:
            reader.read(line)
    reader.end()
    if not reader.parts:
        raise ChartError("a chart needs a bar at least, as in C | Am F | G")
    return Chart(text, tuple(reader.parts))


class _Reader:
    """Bars from words: it knows what the signs repeat."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._heading: Heading | None = None
        self._bars: list[ChartBar] = []  # of the part so far
        self._n_written = 0  # bars of the text so far
        self._n_bars = 0  # of the chart so far
        self._repeat: Word | None = None  # an open |:
        self._repeat_from = 0  # index in _bars
        self._last: ChartBar | None = None

    def begin(self, heading: Heading) -> None:
        self.end()
        self._heading = heading

    def end(self) -> None:
        """Put the part away."""
        heading, bars = self._heading, self._bars
        if self._repeat:
            raise self._error(self._repeat, "|: is not closed by :| in its part")
        if heading and not bars and heading.name:
            again = next((part.bars for part in self.parts if part.name == heading.name), ())
            if not again and not heading.may_be_empty:
                raise ChartError(f"{at(heading.place)}: the part {heading.name} has no bars, as in verse: C | G")
            self._add(list(again), heading.place)
        if heading and heading.times:
            self._add(bars * (self._times(heading.times, heading.place, len(bars)) - 1), heading.place)
        if bars:
            self.parts.append(Part(heading.name if heading else "", tuple(bars)))
        self._heading, self._bars, self._repeat_from = None, [], 0

    def read(self, words: list[Word]) -> None:
        """Read a line."""
        start = len(self._bars)
        chords: list[Word] = []
        before = ""  # the sign before, where no chord has followed
        is_first = True
        for i, word in enumerate(words):
            times = _TIMES.fullmatch(word.text)
            if not times and not _BAR_LINE.fullmatch(word.text):
                chords.append(word)
                is_first = False
                continue
            if chords:
                self._add([self._bar(chords)], chords[0])
                chords = []
            elif before.strip("|") == "" != before and word.text.strip("|") == "" and not times:
                raise self._error(word, "a bar is empty: write % to repeat the bar before, N.C. for no chord")
            if times:
                if not before.startswith(":"):  # there, they have been played
                    self._play_again(0 if is_first else start, times[1], word)
                start = len(self._bars)
            if word.text.startswith(":"):
                follows = _TIMES.fullmatch(words[i + 1].text) if i + 1 < len(words) else None
                self._play_again(self._repeat_from, follows[1] if follows else "2", word)
                self._repeat, self._repeat_from = None, len(self._bars)
            if word.text.endswith(":"):
                if self._repeat:
                    raise self._error(word, f"the |: of {at(self._repeat)} is not closed by :| before this one")
                self._repeat, self._repeat_from = word, len(self._bars)
            if ":" in word.text:
                start = len(self._bars)
            before = "x" if times else word.text
            is_first = is_first and not times and ":" not in word.text
        if chords:
            self._add([self._bar(chords)], chords[0])

    def _play_again(self, start: int, times: str, sign: Word) -> None:
        bars = self._bars[start:]
        if not bars:
            raise self._error(sign, f"there are no bars before {sign.text} to repeat")
        self._add(bars * (self._times(times, sign, len(bars)) - 1), sign)

    def _times(self, digits: str, sign: Word, n_bars: int) -> int:
        times = int(digits) if len(digits) <= 4 else MAX_BARS + 1
        if not 1 <= times <= MAX_BARS:
            raise self._error(sign, f"bars are played 1..{MAX_BARS} times")
        if n_bars * times > MAX_BARS:  # before they are made
            raise self._too_long(sign)
        return times

    def _add(self, bars: list[ChartBar], place: Word) -> None:
        if self._n_bars + len(bars) > MAX_BARS:
            raise self._too_long(place)
        self._bars += bars
        self._n_bars += len(bars)
        self._last = bars[-1] if bars else self._last

    def _bar(self, words: list[Word]) -> ChartBar:
        self._n_written += 1
        if len(words) == 1 and words[0].text == "%":
            if self._last is None:
                raise self._error(words[0], "% repeats the bar before, and there is none", 0)
            return self._last
        n_chords = sum(word.text != "%" for word in words)
        if n_chords > _MOST_CHORDS or len(words) > _STEPS:
            most = f"1..{_MOST_CHORDS} chords, with % 1..{_STEPS} words"
            raise self._error(words[0], f"a bar holds {most}, got {n_chords} and {len(words)}", 0)
        chords: list[tuple[float, Chord | None]] = []
        for i, word in enumerate(words):
            if word.text != "%":
                chords.append((_step(i, len(words)) / 4, self._chord(word)))
            elif not chords:
                if self._last is None:
                    raise self._error(word, "% holds the chord before, and there is none", 0)
                chords.append((0.0, self._last.chords[-1][1]))
        return ChartBar(tuple(chords))

    def _chord(self, word: Word) -> Chord | None:
        if word.text in NO_CHORD:
            return None
        if word.text in ("/", ".", "-"):
            raise self._error(word, f"{word.text!r} is no chord: % holds the chord before", 0)
        try:
            return chord_from_name(word.text)
        except ChordError as error:
            raise self._error(word, str(error), 0) from None

    def _error(self, word: Word, problem: str, ahead: int = 1) -> ChartError:
        return ChartError(f"bar {max(self._n_written + ahead, 1)}, {at(word)}: {problem}")

    def _too_long(self, word: Word) -> ChartError:
        return self._error(word, f"a chart has 1..{MAX_BARS} bars with all repeats, and this makes it longer", 0)


def _step(i: int, size: int) -> int:
    """Return the step, 0..15, of one of so many chords that share a bar."""
    return round(i * _STEPS / size)


def _name(chord: Chord | None) -> str:
    return "N.C." if chord is None else chord.name
