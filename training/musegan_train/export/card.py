"""The card of a bundle, made from its spec; it must not know networks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from musegan_models import bundle as bundles
from musegan_models.spec import ModelSpec
from musegan_train.measure.heard_tables import TITLE, heard_rows
from musegan_train.measure.tables import summary_rows

SAMPLES_FILE = "samples.png"
SEEDS = range(8)
"""Of the phrases in the picture of a card."""


def render(spec: ModelSpec, has_samples: bool = False) -> str:
    """Return `CARD.md`: what the band is, a picture of what it plays, its data, licence, recipe and measurements."""
    training = spec.training
    lines = [
        f"# {spec.name}",
        "",
        f"A band of {_count(spec)} ({', '.join(spec.track_names)}): {training.get('system', spec.multitrack)}.",
        f"{spec.n_measures} bars a phrase, {spec.beat_resolution} steps a beat, {spec.n_pitches} pitches "
        f"from MIDI note {spec.lowest_pitch}; {_outputs(spec)}. It plays in {spec.key}.",
        _hearing(spec),
        "",
        *(_samples(spec) if has_samples else ()),
        "## Data and licence",
        "",
        training.get("about") or _credit(training),
        "`songs.md5` lists the MD5 of every song it was trained on.",
        "",
        "## Recipe",
        "",
        f"{training.get('generator_updates', '?')} generator updates in {training.get('hours', 0):.1f} hours, on "
        f"{training.get('phrases', '?')} phrases of "
        f"{training.get('songs', '?')} songs; {training.get('phrases_held_out', '?')} phrases of "
        f"{training.get('songs_held_out', '?')} other songs were held out. {_split(training)}",
        "",
        *_begun_with(training),
        "```json",
        json.dumps({"recipe": training.get("recipe", {}), "rules": training.get("rules", {})}, indent=2),
        "```",
        "",
        _thresholds(spec),
        "Velocity is not learned: it says how sure the generator is of a note.",
        "",
        "## Measurements",
        "",
    ]
    lines += _measurements(spec.metrics) if spec.metrics else ["None yet: `musegan-train evaluate --update`."]
    return "\n".join(lines).rstrip() + "\n"


def _samples(spec: ModelSpec) -> Iterator[str]:
    yield "## What it plays"
    yield ""
    yield f"![Pianorolls of {len(SEEDS)} phrases]({SAMPLES_FILE})"
    yield ""
    yield f"A phrase from each of the seeds {SEEDS[0]} to {SEEDS[-1]}, none left out, with nobody beside it; notes as"
    yield "they are heard on stage. Any of them again: `musegan-train sample BUNDLE -o FOLDER --phrases 1 --seed SEED`."
    yield ""


def _credit(training: dict[str, Any]) -> str:
    said = [training.get("attribution", ""), f"Licence: {licence}" if (licence := training.get("licence")) else ""]
    return ". ".join(filter(None, said)) or "Nothing was said of where the songs come from, or of their licence."


def _begun_with(training: dict[str, Any]) -> Iterator[str]:
    """Say which runs came before, whose weights it began with."""
    for run in training.get("begun_with", ()):
        yield f"It began with the weights of a run of {run['generator_updates']} updates in {run['hours']:.1f} hours:"
        yield ""
        yield "```json"
        yield json.dumps(run["recipe"], indent=2)
        yield "```"
        yield ""


def _split(training: dict[str, Any]) -> str:
    if "distinct_songs" in training:
        return "The split is by song: arrangements that title or notes show to be of one song are on the same side."
    return "The split is by file: another arrangement of a held-out song can be among the songs trained on."


def _count(spec: ModelSpec) -> str:
    return "one track" if spec.n_tracks == 1 else f"{spec.n_tracks} tracks"


def _outputs(spec: ModelSpec) -> str:
    outputs = "onset and sustain are separate outputs" if spec.has_onsets else "one output says what sounds"
    return f"{outputs}, through {spec.neurons} binary neurons" if spec.neurons else outputs


def _thresholds(spec: ModelSpec) -> str:
    if all(t.onset_threshold == t.sustain_threshold == 0.5 for t in spec.tracks):
        return "A note sounds from a probability of one half on."
    return (
        "Thresholds, chosen so that each track is as dense as the training data (0.1 and 0.02 at least): "
        + ", ".join(f"{t.name} {t.onset_threshold:g} / {t.sustain_threshold:g}" for t in spec.tracks)
        + " (onset / sustain)."
    )


def _hearing(spec: ModelSpec) -> str:
    """Return what of a musician's playing the model hears."""
    if spec.conditional and spec.condition_track is not None:
        return f"Its condition is always the {spec.condition_track}, which it leaves to the musician."
    if spec.conditional:
        any_of = "Any one of its tracks can be the condition, or any two, or none."
        goes_on = " It goes on from the bar before, whoever played it." * spec.continues
        waits = " A track can be awaited: then the band knows of it what it played up to the bar before."
        return any_of + goes_on + waits * spec.anticipates
    heard = ["the bar before"] * spec.hears_previous + ["a chord for each bar"] * spec.has_chord
    return f"It is conditioned on {' and '.join(heard)}." if heard else "It plays from scratch: it hears no track."


def write(path: Path, spec: ModelSpec) -> None:
    """Write `CARD.md`, with the picture of samples if there is one, and `bundle.json` of the networks in `path`."""
    card = render(spec, (path / SAMPLES_FILE).is_file())
    (path / bundles.CARD_FILE).write_text(card, encoding="utf-8")
    bundles.write_spec(path, spec)


def _measurements(report: dict[str, Any]) -> Iterator[str]:
    """Yield the report of `musegan-train evaluate` as tables; an older one has fewer."""
    rows = report["metrics"]
    n_phrases = report.get("n_phrases", report["phrases"])
    yield f"As `musegan-train evaluate --phrases {n_phrases} --seed {report['seed']}` prints them."
    yield ""
    if report.get("summary"):
        yield "In short, beside the goals of the bundle that ships (given: the band follows a track of held-out songs;"
        yield "awaited: it hears it only up to the bar before; tidied: after the clean-up that the bridge applies):"
        yield ""
        yield from _table(list(summary_rows(report["summary"])))
    if left_out := report.get("left_out"):
        yield f"Left out of the held-out songs, since the band learned from them: {left_out['songs']} songs, "
        yield f"{left_out['phrases']} phrases."
        yield ""
    yield from _heard(report.get("heard"))
    yield from _by_track("metric", rows)
    errors = report["relative_error"]
    yield from _by_name("relative error", errors)
    if report.get("ways"):
        yield from _by_name("TD, way from shuffled to real", report["ways"])
    if any(report.get("continuity", {}).values()):
        yield from _by_track("relative difference", report["continuity"])
    if report["following"]:
        kinds = [(given, kind, values) for given, own in report["following"].items() for kind, values in own.items()]
        names = tuple(kinds[0][2])
        lines = [(given, kind, *(_number(values[name]) for name in names)) for given, kind, values in kinds]
        yield from _table([("given track", "", *names), *lines])
    if "coverage" in report:
        yield from _by_row("Jaccard distance", report["diversity"])
        yield from _by_row("held-out phrases", report["coverage"])
        yield from _by_row("to the nearest training phrase", report["nearest"])


def _heard(heard: dict[str, Any] | None) -> Iterator[str]:
    """Yield what is heard of bars in a row, with 95 % intervals in brackets."""
    for title, lines in heard_rows(heard) if heard else ():
        yield f"{title}: shares, with 95 % intervals in brackets." if title == TITLE else f"{title} of chains of eight:"
        yield ""
        yield from _table(lines)


def _by_track(heading: str, rows: Mapping[str, Mapping[str, Mapping[str, float | None]]]) -> Iterator[str]:
    """Yield a table of row -> metric -> track -> value, a column for each row."""
    lines = [
        (metric, track, *(_number(row.get(metric, {}).get(track)) for row in rows.values()))
        for metric, tracks in next(iter(rows.values())).items()
        for track in tracks
    ]
    yield from _table([(heading, "track", *rows), *lines])


def _by_name(heading: str, rows: Mapping[str, Mapping[str, float | None]]) -> Iterator[str]:
    """Yield a table of row -> name -> value, a column for each row."""
    names = next(iter(rows.values()))
    lines = [(name, *(_number(row.get(name)) for row in rows.values())) for name in names]
    yield from _table([(heading, *rows), *lines])


def _by_row(heading: str, rows: Mapping[str, Mapping[str, float | None]]) -> Iterator[str]:
    """Yield a table of row -> name -> value, a line for each row."""
    if rows:
        names = next(iter(rows.values()))
        yield from _table([(heading, *names), *((row, *map(_number, own.values())) for row, own in rows.items())])


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table, the headings its first row, and an empty line."""
    yield _row(*rows[0])
    yield _row(*["---"] * len(rows[0]))
    for row in rows[1:]:
        yield _row(*row)
    yield ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _number(value: float | None) -> str:
    return "-" if value is None or value != value else f"{value:.3f}"
