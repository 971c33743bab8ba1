"""How near a band's tracks are to the one it follows, by what it is told of the bar to come.

A report is plain data. It must not know files, or how a band is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musegan_models.spec import ModelSpec
from musegan_train.measure.led import LiveBand, play_led
from musegan_train.measure.metrics import BoolArray
from musegan_train.measure.nearness import Nearness, Played, Songs, draws, nearness, played
from musegan_train.measure.told import ANTICIPATED, GIVEN, NOTHING, heard_before, ways_to_tell
from musegan_train.measure.whole_songs import WholeSong

BARS = 48
"""Bars of each song that are played."""

MEASURED = slice(8, BARS)
"""Those that are measured: before them little of the player is known."""

HARMONY = {
    "harmony": MEASURED,
    **{f"harmony {bars.start}": bars for bars in (slice(4, 8), slice(8, 16), slice(16, 32), slice(32, BARS))},
}
"""Figures of harmony, and their bars: of all that are measured, and of those in which so many of the lead are known."""

PLAYS = 36
"""Bars in which a track has to play, to lead."""

SONG, ANOTHER, SEMITONE, SHUFFLED, EMPTY = (
    "the song's own tracks", "another song's band", "the band a semitone up", "the band, bars shuffled",
    "an empty band",
)  # fmt: skip
CONTROLS = (ANOTHER, SEMITONE, SHUFFLED, EMPTY)
"""Known to be bad, made of what the band plays to `ANTICIPATED`: they must come last."""

ALL = "all"
"""The mean over the leads."""

_DRAWS = 1000


def enough(songs: Iterable[WholeSong], tracks: Sequence[int], limit: int) -> list[WholeSong]:
    """Return songs until each of `tracks` leads in `limit` of them, or there is no more."""
    found = list[WholeSong]()
    for song in songs:
        found.append(song)
        if all(len(leading(found, track, limit)) == limit for track in tracks):
            break
    return found


def leading(songs: Sequence[WholeSong], track: int, limit: int) -> list[WholeSong]:
    """Return the first `limit` songs in which a track plays enough to lead."""
    return [song for song in songs if song.planes[0, :BARS, track].any(axis=(1, 2)).sum() >= PLAYS][:limit]


def measure_anticipating(
    band: LiveBand,
    songs: Sequence[WholeSong],
    leads: Sequence[str],
    limit: int,
    seed: int = 0,
    did: Callable[[], object] = lambda: None,
) -> dict[str, Any]:
    """Return, for each lead and for `ALL`, row -> figure: see `_figures`.

    Each of `leads` plays in `limit` songs, where there are so many, and the band plays the other tracks: one row for
    each way to tell it of the bar to come. `did` is called after each bar of all songs: see `n_steps`. `failed` tells
    which controls do not come last.

    Raises:
        ValueError: A lead plays in less than two of the songs.

    """
    spec, numbers = band.spec, {song.md5: i for i, song in enumerate(songs)}
    drawn = draws(len(songs), _DRAWS, np.random.default_rng(seed))
    figures: dict[str, dict[str, dict[str, Any]]] = {}
    counts: dict[str, int] = {}
    for name in leads:
        track = spec.track_names.index(name)
        chosen = leading(songs, track, limit)
        if len(chosen) < 2:
            raise ValueError(
                f"songs in which the {name} plays in {PLAYS} of {BARS} bars must be 2 or more, got {len(chosen)}"
            )
        counts[name] = len(chosen)
        whose = [numbers[song.md5] for song in chosen]
        rows = _rows(band, chosen, track, [seed + i for i in whose], did)
        figures[name] = _figures(rows, spec, track, drawn[:, whose], seed)
    figures[ALL] = _averaged(figures)
    report = {name: {row: _intervals(values) for row, values in rows.items()} for name, rows in figures.items()}
    return {"bars": BARS, "songs": counts, "rows": report, "failed": failed_controls(report[ALL])}


def n_steps(leads: Sequence[str], spec: ModelSpec) -> int:
    """Return how often `measure_anticipating` calls `did`."""
    return sum(BARS * len(ways_to_tell(spec, spec.track_names.index(name))) for name in leads)


def failed_controls(rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return what is wrong, in words: a control is as near to the lead as a band, or an empty band does not fail.

    A band that is told `NOTHING` meets its lead by chance, as the controls do: none of them may be nearer in harmony
    for certain; in rhythm chance is another, since such a band plays other numbers of notes.
    """
    wrong = []
    bands = [name for name in rows if name not in (*CONTROLS, SONG)]
    for figure, controls in (("harmony", (ANOTHER, SEMITONE, SHUFFLED)), ("rhythm", (ANOTHER, SHUFFLED))):
        for control in controls:
            own = rows[control][figure]
            for name in bands:
                beside = rows[name][figure]
                if own is None or beside is None or (name == NOTHING and figure == "rhythm"):
                    continue
                is_before = own["low"] > beside["high"] if name == NOTHING else own["value"] >= beside["value"]
                if is_before:
                    wrong.append(f"{control} comes before {name} in {figure}")
    if not rows[EMPTY]["fails"]:
        wrong.append(f"{EMPTY} does not fail")
    return wrong + [f"{name}: the band plays nothing" for name in bands if rows[name]["fails"]]


def _rows(
    band: LiveBand, songs: Sequence[WholeSong], track: int, seeds: Sequence[int], did: Callable[[], object]
) -> dict[str, BoolArray]:
    """Return row -> what is played, `(n_songs, n_bars, 2, n_tracks, n_steps, n_pitches)`; the lead is in `SONG`."""
    spec = band.spec
    real = np.stack([song.planes.swapaxes(0, 1)[:BARS] for song in songs])  # (n, bars, 2, M, T, P)
    lead = real[:, :, :, track]
    partly = heard_before(lead, spec)
    whole = np.concatenate((np.zeros_like(lead[:, :1]), lead[:, :-1]), axis=1)
    rows = dict[str, BoolArray]()
    for name, tell in ways_to_tell(spec, track).items():
        before = whole if name == GIVEN else partly
        rows[name] = play_led(band, tell(lead), before, track, seeds, did)
    own = rows[ANTICIPATED]
    up = np.roll(own, 1, axis=-1)
    up[..., 0] = False
    drums = [i for i, player in enumerate(spec.tracks) if player.is_drum]
    up[:, :, :, drums] = own[:, :, :, drums]
    shuffled = np.random.default_rng(seeds[0]).permutation(own.shape[0] * own.shape[1])
    rows[ANOTHER] = np.roll(own, 1, axis=0)
    rows[SEMITONE] = up
    rows[SHUFFLED] = own.reshape(-1, *own.shape[2:])[shuffled].reshape(own.shape)
    rows[EMPTY] = np.zeros_like(own)
    rows[SONG] = real
    return rows


def _figures(
    rows: Mapping[str, BoolArray], spec: ModelSpec, track: int, songs: Songs, seed: int
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Return row -> figure -> its value in each draw of songs, the first of which is all of them once.

    `harmony`: which part of the way from tracks that met by chance to the song's own was gone, in tonal distance to the
    lead; the chance of a control is that of the band that it was made of. `harmony 4` and so on: in the bars in which
    so many of the lead's were known. `rhythm`: the Jaccard index of the struck steps. `plays`: the share of the lead's
    bars in which a track plays; `notes` a bar; `changes`: the share of bars in which the band's chord changes.
    """
    found: dict[str, dict[str, NDArray[np.float64]]] = {}
    lead = played(rows[SONG], spec)

    def near(band: Played, bars: slice) -> Nearness:
        return nearness(band, lead, track, spec, bars, np.random.default_rng(seed))

    full, unharmed = dict[str, NDArray[np.float64]](), dict[str, Nearness]()
    for figure, bars in HARMONY.items():
        real, unharmed[figure] = near(lead, bars), near(played(rows[ANTICIPATED], spec), bars)
        full[figure] = real.gain(songs, real)
    for name, planes in rows.items():
        band = played(planes, spec)
        nears = {figure: near(band, bars) for figure, bars in HARMONY.items()}
        chances = unharmed if name in CONTROLS else nears
        near_all = nears["harmony"]
        found[name] = {
            **{figure: own.gain(songs, chances[figure]) / full[figure] for figure, own in nears.items()},
            "rhythm": near_all.rhythm.of(songs),
            "plays": near_all.plays.of(songs),
            "notes": near_all.notes.of(songs),
            "changes": near_all.changes.of(songs),
        }
    return found


def _averaged(
    figures: Mapping[str, Mapping[str, Mapping[str, NDArray[np.float64]]]],
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Return the mean over the leads of which a figure is known."""
    first = next(iter(figures.values()))
    return {
        row: {figure: _mean_of_known([own[row][figure] for own in figures.values()]) for figure in first[row]}
        for row in first
    }


def _mean_of_known(values: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    known = [own for own in values if np.isfinite(own[0])]
    return np.mean(known, axis=0) if known else values[0]


def _intervals(values: Mapping[str, NDArray[np.float64]]) -> dict[str, Any]:
    """Return each figure as `value`, `low` and `high`, the last two those of a 95 % interval; None: not measured."""
    found: dict[str, Any] = {}
    for name, draws_of in values.items():
        known = draws_of[np.isfinite(draws_of)]
        if not np.isfinite(draws_of[0]):
            found[name] = None
            continue
        low, high = np.percentile(known, (2.5, 97.5))
        found[name] = {"value": float(draws_of[0]), "low": float(low), "high": float(high)}
    plays = found["plays"]
    return {**found, "fails": plays is None or plays["value"] == 0}
