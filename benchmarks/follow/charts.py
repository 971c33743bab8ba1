"""Rows about a band that plays on the chords of a chart, while somebody plays a solo over it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from benchmarks.follow.chords import Triad, in_chord, on_root, share, solo, struck_in_chord, triads
from benchmarks.follow.common import Offline, Row, percent
from benchmarks.follow.loops import LOOPS

from musegan_models.chords import chord_from_chroma
from musegan_train.measure.told import notes_of_bars
from musegan_train.measure.whole_songs import WholeSong

_BARS, _GOAL = 32, 0.9
_SOLOIST, _OTHER_SOLOIST = "piano", "guitar"  # the other one where the chart is on the piano
_SCALES = {"pentatonic": (0, 2, 4, 7, 9), "scale": (0, 2, 4, 5, 7, 9, 11)}

Counts = dict[str, list[tuple[float, float]]]
"""Of each figure: how many there are, and how many are as they should be."""

NOTES, TIME, ROOT = "notes in the chord", "time in the chord", "bass on the root on beat 1"


def chart_rows(offline: Offline, songs: list[WholeSong]) -> Iterator[Row]:
    """Yield how far the band keeps to a chart, by the track that plays the chart; songs' own figures beside it."""
    real = of_songs(offline, songs)
    for track in [track.name for track in offline.spec.tracks if not track.is_drum]:
        soloist = _OTHER_SOLOIST if track == _SOLOIST else _SOLOIST
        found = _played(offline, track, soloist)
        for figure, counts in found.items():
            measured = share(counts)
            yield Row(
                f"a chart on the {track}, a solo on the {soloist}: {figure}",
                f"{percent(measured)}; songs, in their best triad: {percent(share(real[figure]))}",
                ">= 90 %",
                measured >= _GOAL,
            )


def _played(offline: Offline, track: str, soloist: str) -> Counts:
    found: Counts = {NOTES: [], TIME: [], ROOT: []}
    for seed, names in enumerate(LOOPS[4]):
        chords = triads(names) * (_BARS // 4)
        chart = offline.folder / "chart.txt"
        chart.write_text(" | ".join(names.split()) + "\n")
        for scale in _SCALES.values():
            options = ("--chart", str(chart), "--chart-track", track)
            band = offline.generate(_BARS, seed, solo(_BARS, scale, seed), soloist, *options)
            notes = offline.pitched(band, track)
            found[NOTES].append(struck_in_chord(notes, chords))
            found[TIME] += in_chord(notes, chords)
            if track != "bass":
                found[ROOT].append(on_root(band["bass"], chords))
    return {figure: counts for figure, counts in found.items() if counts}


def of_songs(offline: Offline, songs: list[WholeSong]) -> Counts:
    """Return the same of songs, whose chord is, in each bar, the triad that holds most of what sounds."""
    spec, found = offline.spec, Counts({NOTES: [], TIME: [], ROOT: []})
    pitched = [i for i, track in enumerate(spec.tracks) if not track.is_drum]
    bass = spec.track_names.index("bass")
    for song in songs:
        bars = song.planes.swapaxes(0, 1)  # (n_bars, 2, n_tracks, n_steps, n_pitches)
        notes = {i: notes_of_bars(bars[:, :, i], spec, i) for i in pitched}
        for bar in range(len(bars)):
            chord = _best_triad(bars[bar][:, pitched], spec.lowest_pitch)
            if chord is not None:
                every = [note for i in pitched for note in notes[i][bar]]
                found[NOTES].append(struck_in_chord(every, [chord]))
                found[TIME] += in_chord(every, [chord])
                found[ROOT].append(on_root(notes[bass][bar], [chord]))
    return found


def _best_triad(planes: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], lowest_pitch: int) -> Triad | None:
    lengths = planes.sum(axis=(0, 1, 2))
    chroma = np.bincount((lowest_pitch + np.arange(len(lengths))) % 12, lengths, 12)
    chord = chord_from_chroma(chroma)
    if not chord.any():
        return None
    root = int(chord[:12].argmax())
    return Triad(root, frozenset((root + step) % 12 for step in (0, 3 if chord[12] else 4, 7)))
