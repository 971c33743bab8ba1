"""Rows about songs that nobody here trained on: a band that follows their leads, judged by its MIDI files alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.follow.common import Offline, Parts, Row, percent, progress
from benchmarks.follow.judged import BARS, FAMILIES, Judge, Song
from benchmarks.follow.loops import MODES


def mode_rows(offline: Offline, songs: Sequence[Song]) -> Iterator[Row]:
    """Yield how near `generate --follow` comes to the leads of songs, in each of its modes."""
    for mode in MODES:
        judge = Judge()
        with progress(len(songs), mode) as done:
            for seed, song in enumerate(songs):
                judge.add(song, offline_band(offline, song, seed, mode))
                done()
        yield row_of(f"generate --follow-mode {mode}, {len(songs)} songs", judge)


def offline_band(offline: Offline, song: Song, seed: int, mode: str) -> Parts:
    return offline.generate(BARS, seed, song.notes, FAMILIES[song.lead], "--follow-mode", mode)


def row_of(figure: str, judge: Judge) -> Row:
    """Return the figures of a judge; it is not met where a control that is known to be bad comes near the lead."""
    found = judge.result()
    harmony, up, rhythm, songs, plays = (
        found[name] for name in ("harmony", "semitone up", "rhythm", "rhythm of songs", "plays")
    )
    return Row(
        figure,
        f"harmony {percent(harmony)} of what songs' own tracks reach (a semitone up {percent(up)}); "
        f"rhythm {rhythm:.3f} (songs {songs:.3f}); {percent(plays)} play",
        "a semitone up comes last, below 0",
        up < min(0, harmony) and plays > 0,
    )
