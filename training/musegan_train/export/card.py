"""The card of a bundle, made from its spec; it must not know networks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from musegan_models import bundle as bundles
from musegan_models.spec import ModelSpec


def render(spec: ModelSpec) -> str:
    """Return `CARD.md`: what the band is, its data, licence, recipe and measurements."""
    training = spec.training
    lines = [
        f"# {spec.name}",
        "",
        f"A band of {_count(spec)} ({', '.join(spec.track_names)}): {training.get('system', spec.multitrack)}.",
        f"{spec.n_measures} bars a phrase, {spec.beat_resolution} steps a beat, {spec.n_pitches} pitches "
        f"from MIDI note {spec.lowest_pitch}; {_outputs(spec)}. It plays in {spec.key}.",
        _hearing(spec),
        "",
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
        "```json",
        json.dumps({"recipe": training.get("recipe", {}), "rules": training.get("rules", {})}, indent=2),
        "```",
        "",
        "Thresholds, chosen so that each track is as dense as the training data (0.1 and 0.02 at least): "
        + ", ".join(f"{t.name} {t.onset_threshold:g} / {t.sustain_threshold:g}" for t in spec.tracks)
        + " (onset / sustain).",
        "Velocity is not learned: it says how sure the generator is of a note.",
        "",
        "## Measurements",
        "",
    ]
    lines += _measurements(spec.metrics) if spec.metrics else ["None yet: `musegan-train evaluate --update`."]
    return "\n".join(lines) + "\n"


def _credit(training: dict[str, Any]) -> str:
    said = [training.get("attribution", ""), f"Licence: {licence}" if (licence := training.get("licence")) else ""]
    return ". ".join(filter(None, said)) or "Nothing was said of where the songs come from, or of their licence."


def _split(training: dict[str, Any]) -> str:
    if "distinct_songs" in training:
        return "The split is by song: arrangements that title or notes show to be of one song are on the same side."
    return "The split is by file: another arrangement of a held-out song can be among the songs trained on."


def _count(spec: ModelSpec) -> str:
    return "one track" if spec.n_tracks == 1 else f"{spec.n_tracks} tracks"


def _outputs(spec: ModelSpec) -> str:
    outputs = "onset and sustain are separate outputs" if spec.has_onsets else "one output says what sounds"
    return f"{outputs}, through {spec.neurons} binary neurons" if spec.neurons else outputs


def _hearing(spec: ModelSpec) -> str:
    """Return what of a musician's playing the model hears."""
    if spec.conditional and spec.condition_track is not None:
        return f"Its condition is always the {spec.condition_track}, which it leaves to the musician."
    if spec.conditional:
        return "Any one of its tracks can be the condition, or any two, or none."
    heard = ["the bar before"] * spec.hears_previous + ["a chord for each bar"] * spec.has_chord
    return f"It is conditioned on {' and '.join(heard)}." if heard else "It plays from scratch: it hears no track."


def write(path: Path, spec: ModelSpec) -> None:
    """Write `CARD.md` and `bundle.json` of the networks that lie in `path`."""
    (path / bundles.CARD_FILE).write_text(render(spec), encoding="utf-8")
    bundles.write_spec(path, spec)


def _measurements(report: dict[str, Any]) -> list[str]:
    """Return the report of `musegan-train evaluate` as tables."""
    rows = report["metrics"]
    held_out = rows["held-out"]
    n_phrases = report.get("n_phrases", report["phrases"])
    lines = [
        f"As `musegan-train evaluate --phrases {n_phrases} --seed {report['seed']}` prints them.",
        "",
        _row("metric", "track", *rows),
        _row(*["---"] * (2 + len(rows))),
    ]
    for metric, tracks in held_out.items():
        lines += [_row(metric, track, *(_number(row[metric].get(track)) for row in rows.values())) for track in tracks]
    errors = report["relative_error"]
    lines += ["", _row("relative error", *errors), _row(*["---"] * (1 + len(errors)))]
    lines += [_row(group, *(_number(row[group]) for row in errors.values())) for group in next(iter(errors.values()))]
    if report["following"]:
        lines += ["", _row("given track", "", "matched", "shuffled", "gain"), _row(*["---"] * 5)]
        for given, kinds in report["following"].items():
            for kind, values in kinds.items():
                lines.append(_row(given, kind, *(_number(values[name]) for name in ("matched", "shuffled", "gain"))))
    return lines


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _number(value: float | None) -> str:
    return "-" if value is None or value != value else f"{value:.3f}"
