"""The commands of `musegan-train` that measure and show; it must not know how anything is computed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from musegan_models.spec import ModelSpec
    from musegan_train.data.phrases import Phrases
    from musegan_train.measure.evaluate import Settings
    from musegan_train.measure.midi_folder import MidiFolder
    from musegan_train.measure.play import Band

# Heavy imports are inside the commands: --help answers at once, and without torch.

_FOLDER = click.Path(exists=True, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


_thresholds = click.option(
    "--thresholds", type=click.Choice(["density", "half"]),
    help="When a note of a run sounds: by the density of the data, or from one half on, as in the papers.  [default: "
    "density where the preset has onsets, else half; a bundle has its own]",
)  # fmt: skip


@click.command()
@click.argument("what", type=_FOLDER)
@click.argument("data", required=False, type=_FOLDER)
@click.option("--phrases", "n_phrases", type=click.IntRange(min=0), default=500, show_default=True,
              help="Phrases of the data to measure, and as many bars to play; 0: all.")  # fmt: skip
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Chooses z and the phrases.")
@click.option("--batch", type=click.IntRange(min=1), default=50, show_default=True, help="Phrases to play at once.")
@click.option("--paper", is_flag=True, help="Print what the papers' rules count, beside what the papers printed.")
@click.option("--note-steps", type=click.IntRange(min=1), help="QN: steps from which a note is qualified.  [default: "
              "a 32nd note, two at least]")  # fmt: skip
@click.option("--pool-notes", is_flag=True, help="QN: among the notes of all bars, not the mean of the bars' shares.")
@click.option("--off-beat", type=click.FloatRange(0, 1), default=0.3, show_default=True,
              help="DP: what a drum onset beside the pattern counts (0.1 in the papers' later code).")  # fmt: skip
@click.option("--whole-bars", is_flag=True, help="TD: leave out bars in which a track rests for a beat, as the papers' "
              "code, not the beats alone.")  # fmt: skip
@click.option("--min-tracks", type=click.IntRange(min=0), default=0, show_default=True,
              help="Leave out bars in which fewer tracks sound; the AAAI paper's data has 3.")  # fmt: skip
@click.option("--resolution", type=click.IntRange(min=1, max=96), default=4, show_default=True,
              help="Steps per beat, for MIDI files measured without DATA.")  # fmt: skip
@click.option("--compare/--no-compare", default=True, show_default=True,
              help="Look for the training phrases nearest to 200 of each row.")  # fmt: skip
@click.option("--songs", type=_FOLDER, multiple=True, help="MIDI files of songs. Where WHAT is MIDI files too: what to "
              "set bars in a row beside; more than once: of all these folders.  [default: songs of Lakh, counted "
              "before] Where WHAT is a bundle: let it follow a track of each whole song that it did not learn from, by "
              "what it is told of the bar to come.")  # fmt: skip
@click.option("--songs-limit", type=click.IntRange(min=2), default=30, show_default=True, help="Of --songs, for each "
              "lead.")  # fmt: skip
@click.option("--leads", help="Of --songs: the tracks that lead, with commas between them.  [default: all of them]")
@click.option("--chains", type=click.IntRange(min=0), default=200, show_default=True,
              help="Of eight phrases that a band plays upon each other, to hear bars in a row; 0: none.")  # fmt: skip
@click.option("--all-held-out", is_flag=True, help="Take all songs of DATA as held out: the band has not learned from "
              "them.")  # fmt: skip
@_thresholds
@click.option("--json", "json_file", type=_FILE, help="Write all numbers here too.")
@click.option("--csv", "csv_file", type=_FILE, help="Write all numbers here too.")
@click.option("--update", is_flag=True, help="Put the numbers into the bundle and its card.")
def evaluate(
    what: Path,
    data: Path | None,
    n_phrases: int,
    seed: int,
    batch: int,
    paper: bool,
    note_steps: int | None,
    pool_notes: bool,
    off_beat: float,
    whole_bars: bool,
    min_tracks: int,
    resolution: int,
    compare: bool,
    songs: tuple[Path, ...],
    songs_limit: int,
    leads: str | None,
    chains: int,
    all_held_out: bool,
    thresholds: str | None,
    json_file: Path | None,
    csv_file: Path | None,
    update: bool,
) -> None:
    """Measure WHAT: a run, a bundle, MIDI files or a set of phrases, beside the held-out songs of DATA.

    The metrics are those of the MuseGAN papers, as means and as distances between distributions; how bars go on from
    each other; how different the phrases are from each other, and from the phrases trained on. A band plays from
    scratch and with each track in turn given, and awaited where it can wait, and is asked how far it follows. DATA is
    what `prepare` made: a bundle needs it, a run knows its own, MIDI files and phrases can do without.

    Sixteen figures say what a listener hears first of bars in a row: whether they come back, clash, move. MIDI files,
    such as `musegan-bridge generate` writes, are taken as they are: in C major or A minor.

    With --songs, how near a bundle is to a lead, whose songs it never learned from: exit status 1 where a known-bad
    control does not come last. Then DATA may be left out, and nothing else is measured.
    """
    import csv
    import json

    from rich.console import Console

    from musegan_train.measure.evaluate import Settings, json_from_report
    from musegan_train.measure.metrics import Rules
    from musegan_train.measure.tables import csv_rows, tables

    rules = Rules(
        note_steps=note_steps, pool_notes=pool_notes, off_beat=off_beat, whole_bars=whole_bars, min_tracks=min_tracks
    )
    settings = Settings(n_phrases, seed, batch, rules, compare, chains)
    is_bundle = (what / "bundle.json").is_file()
    if update and not is_bundle:
        raise click.UsageError("--update puts numbers into a bundle: WHAT must be one")
    if songs and ((what / "config.json").is_file() or (what / "manifest.json").is_file()):
        raise click.UsageError("--songs are for a bundle, which is let play, or for MIDI files: WHAT must be one")
    if is_bundle and len(songs) > 1:
        raise click.UsageError(f"--songs of a bundle must be one folder, got {len(songs)}")
    if all_held_out and data is None:
        raise click.UsageError("--all-held-out is said of DATA: name it")
    follow = songs[0] if is_bundle and songs else None
    report: dict[str, Any] = {"what": what.name}
    if follow is None or data is not None:
        with _errors_for_people(), Console(stderr=True).status("reading") as status:
            beside = () if is_bundle else songs
            found = _evaluated(what, data, all_held_out, beside, settings, resolution, thresholds, status.update)
            report = json_from_report(found)
    elif update:
        raise click.UsageError("--update puts all numbers into a bundle: name DATA too")
    if follow is not None:
        with _errors_for_people():
            report["anticipating"] = _anticipating(what, follow, leads, songs_limit, seed)
    console = Console()
    for table in tables(report, paper):
        console.print(table)
    if json_file is not None:
        json_file.parent.mkdir(parents=True, exist_ok=True)
        json_file.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if csv_file is not None:
        csv_file.parent.mkdir(parents=True, exist_ok=True)
        with csv_file.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(csv_rows(report))
    if update:
        from dataclasses import replace

        from musegan_models import bundle as bundles
        from musegan_train.export.card import write

        write(what, replace(bundles.load(what).spec, metrics=report))
        click.echo(f"updated {what}")
    if follow is not None:
        _say_of_controls(report["anticipating"])


@click.command()
@click.argument("what", metavar="BUNDLE|RUN", type=_FOLDER)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True,
              help="A folder, for a MIDI file of each phrase and a picture; or one .mid, .png, .svg or .pdf."
              )  # fmt: skip
@click.option("--phrases", "n_phrases", type=click.IntRange(1, 64), default=4, show_default=True, help="How many.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="What they are drawn from.")
@click.option("--tempo", type=click.FloatRange(20, 400), default=120.0, show_default=True, help="Beats per minute.")
@click.option(
    "--given", metavar="TRACK", help="A track that is taken from held-out phrases, and that the band follows."
)
@_thresholds
@click.option("--data", type=_FOLDER, help="Where to take it from.  [default: what the run was trained on]")
def sample(
    what: Path,
    output: Path,
    n_phrases: int,
    seed: int,
    tempo: float,
    given: str | None,
    thresholds: str | None,
    data: Path | None,
) -> None:
    """Let a band play: write MIDI files, and a picture of pianorolls in the papers' style.

    The MIDI files say tempo, time signature and General MIDI programs; drums are on channel 10.
    """
    import numpy as np
    from rich.console import Console

    from musegan_train.measure import sample as samples
    from musegan_train.measure.references import Reference

    with _errors_for_people():
        with Console(stderr=True).status("reading") as status:
            band, step, own_data = _band(what, data, thresholds, n_phrases, status.update)
        spec = band.spec
        given = given or spec.condition_track
        if given is not None and (given not in spec.track_names or not spec.conditional):
            heard = ", ".join(spec.track_names) if spec.conditional else "none: it hears nobody"
            raise click.UsageError(f"--given must be one of the tracks of {spec.name} ({heard}), got {given}")
        if given is not None and own_data is None:
            raise click.UsageError(f"{spec.name} follows the {given}: say with --data where to take it from")
        reference = Reference(own_data, spec) if given is not None and own_data is not None else None
        planes = samples.play(
            band, n_phrases, seed, reference, None if given is None else spec.track_names.index(given)
        )
        title = f"{spec.name}{'' if step is None else f', step {step}'}, seed {seed}"
        if output.suffix == ".mid":
            output.parent.mkdir(parents=True, exist_ok=True)
            samples.write_midi(output, planes, spec, tempo)
            written = [output]
        elif output.suffix in (".png", ".svg", ".pdf"):
            from musegan_train.measure.picture import draw_phrases

            output.parent.mkdir(parents=True, exist_ok=True)
            draw_phrases(np.stack(planes, axis=2), spec, output, title)
            written = [output]
        else:
            written = samples.write_folder(output, planes, spec, tempo, title)
    notes = ", ".join(f"{name} {n}" for name, n in zip(spec.track_names, planes[0].sum(axis=(0, 1, 3, 4)), strict=True))
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"{n_phrases} phrases of {title}; notes: {notes}")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--suffix", type=click.Choice([".png", ".svg", ".pdf"]), default=".png", show_default=True, help="Format."
)
def draw(files: tuple[Path, ...], suffix: str) -> None:
    """Draw MIDI FILES of a band as pianorolls, each into a picture beside it."""
    from musegan_train.measure.picture import draw_file

    for path in files:
        with _errors_for_people():
            n_bars = draw_file(path, path.with_suffix(suffix), path.stem)
        click.echo(f"wrote {path.with_suffix(suffix)}, {n_bars} bars")


@click.command()
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", type=_FILE, help="The page.  [default: report.html in the folder of the run]")
@click.option("--evaluation", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Measurements that `evaluate --json` wrote.  [default: evaluation.json in the folder, where there "
              "is one]")  # fmt: skip
@click.option("--blind", metavar="PAIRS", type=click.IntRange(1, 100),
              help="Write a blind test, instead: blind.html in the folder of the run.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Chooses the pairs of --blind.")
@click.option("--data", type=_FOLDER, help="Songs of --blind.  [default: what the run was trained on]")
def report(
    run: Path, output: Path | None, evaluation: Path | None, blind: int | None, seed: int, data: Path | None
) -> None:
    """Write one HTML page about a RUN: config, loss curves, samples as they evolved, measurements beside the papers'.

    With --blind, a page that plays phrases of held-out songs and of the band side by side and asks which is which, and
    which is better. A page needs no other file and no network.
    """
    from musegan_train.measure.report import page

    if blind is not None and (output is not None or evaluation is not None):
        raise click.UsageError("--blind goes without --output and --evaluation: it holds songs, and stays with the run")
    path = output or run / "report.html"
    with _errors_for_people():
        if blind is not None:
            path, text = _blind_test(run, data, blind, seed)
        else:
            text = page(run, evaluation)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    click.echo(f"wrote {path}, {len(text.encode()) / 1e6:.1f} MB")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--paper", is_flag=True, help="Count as the papers' code did, and print what the papers printed too.")
def table(files: tuple[Path, ...], paper: bool) -> None:
    """Print the tables of the papers in Markdown, with lines for what `evaluate --json` wrote to FILES."""
    import json

    from musegan_train.measure.results import tables

    reports = []
    for path in files:
        try:
            found = json.loads(path.read_text("utf-8"))
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            raise click.ClickException(f"{path} is no JSON file: {error}") from error
        if not isinstance(found, dict) or not {"metrics", "paper", "preset", "bars"} <= found.keys():
            raise click.ClickException(f"{path}: not what musegan-train evaluate --json writes")
        reports.append(found)
    click.echo(tables(reports, paper), nl=False)


def _blind_test(run: Path, data: Path | None, n_pairs: int, seed: int) -> tuple[Path, str]:
    """Return where the blind test of a run belongs, and its page."""
    from musegan_train.measure import blind
    from musegan_train.measure.torch_band import band_of_run

    if not (run / "config.json").is_file():
        raise ValueError(f"{run} is not a run folder: config.json is missing")
    band, step, phrases = band_of_run(run, data)
    if phrases is None:
        raise ValueError("the phrases that the run was trained on are gone: name them with --data")
    pairs = blind.draw_pairs(band, phrases, n_pairs, seed)
    credit = str(phrases.manifest.get("attribution", "")).replace("**", "").strip()
    return run / blind.PAGE, blind.page(pairs, band.spec, {"step": step, "seed": seed}, credit)


def _evaluated(
    what: Path,
    data: Path | None,
    all_held_out: bool,
    songs: tuple[Path, ...],
    settings: Settings,
    resolution: int,
    thresholds: str | None,
    say: Any,
) -> dict[str, Any]:
    """Return the report of a run, a bundle, a set of phrases or MIDI files; `songs`: to set those beside."""
    from musegan_train.data import phrases as phrase_sets
    from musegan_train.measure.evaluate import evaluate_band, evaluate_data, evaluate_phrases
    from musegan_train.measure.held_out import hold_out, learned_by_run
    from musegan_train.measure.listening import TRACK_NAMES
    from musegan_train.measure.midi_folder import MidiFolder
    from musegan_train.measure.whole_songs import learned_by

    facts: dict[str, Any] = {"what": what.name, "rules": _facts(settings)}
    if (what / "bundle.json").is_file() or (what / "config.json").is_file():
        band, step, own_data = _band(what, data, thresholds, settings.n_phrases, say)
        if own_data is None:
            raise click.UsageError("a band is measured beside songs it never heard, and none are known: name DATA too")
        chosen = {track.name: [track.onset_threshold, track.sustain_threshold] for track in band.spec.tracks}
        learned = learned_by(what) if step is None else learned_by_run(what)
        own_data, left_out = hold_out(own_data, learned, all_held_out)
        if left_out.songs:
            n = f"{left_out.songs} held-out songs ({left_out.phrases} phrases)"
            click.echo(f"left out: {n} that {what.name} learned from", err=True)
        report = evaluate_band(band, own_data, settings, say, learned)
        return {**facts, "step": step, "thresholds": chosen, "left_out": left_out._asdict(), **report}
    if (what / "manifest.json").is_file():
        phrases = phrase_sets.load(what)
        return {**facts, "preset": "", **evaluate_data(phrases, _spec_of(phrases), settings, say)}
    phrases_of = None if data is None else hold_out(phrase_sets.load(data), frozenset(), all_held_out)[0]
    spec = _spec_of(phrases_of) if phrases_of is not None else _spec_of_midi(resolution)
    folder = MidiFolder(what, spec)
    report = evaluate_phrases(folder.phrases(), spec, "MIDI files", phrases_of, settings, say)
    for file, reason in folder.dropped.items():
        click.echo(f"left out: {file}: {reason}", err=True)
    if spec.track_names == TRACK_NAMES:
        report["heard"] = _heard(folder, phrases_of, songs, settings, say)
    return {**facts, **report, "files": len(folder.files()) - len(folder.dropped)}


def _heard(
    folder: MidiFolder, data: Phrases | None, songs: tuple[Path, ...], settings: Settings, say: Any
) -> dict[str, Any]:
    """Return what is heard of bars in a row of MIDI files, beside the MIDI files `songs`, or else those of `data`."""
    from musegan_train.measure.evaluate import songs_in_a_row
    from musegan_train.measure.excerpts import Excerpts
    from musegan_train.measure.heard import compare, count_each
    from musegan_train.measure.references import Reference
    from musegan_train.measure.rows import SONGS

    say("listening to bars in a row")
    excerpts = Excerpts(songs, folder.spec)
    if songs:
        row, counts = SONGS, excerpts.count()
        left_out = ", ".join(f"{n} {reason}" for reason, n in excerpts.left_out.most_common()) or "none"
        click.echo(f"{len(counts.n)} songs; files left out: {left_out}", err=True)
    else:
        row, counts = songs_in_a_row(None if data is None else Reference(data, folder.spec))
    rows = {row: counts, "MIDI files": count_each(folder.whole(), folder.spec)}
    return {**compare(rows, row, settings.seed), "left_out": dict(excerpts.left_out)}


def _anticipating(bundle: Path, folder: Path, leads: str | None, limit: int, seed: int) -> dict[str, Any]:
    """Return how near the band of a bundle is to the tracks of whole songs; a progress bar tells how far it is."""
    from rich.console import Console
    from rich.progress import Progress

    from musegan_models import bundle as bundles
    from musegan_models.model import Model
    from musegan_train.measure.anticipating import BARS, enough, measure_anticipating, n_steps
    from musegan_train.measure.whole_songs import SongFolder, learned_by

    model = Model(bundles.load(bundle))
    spec = model.spec
    can_lead = spec.track_names if spec.condition_track is None else (spec.condition_track,)
    names = tuple(name.strip() for name in leads.split(",")) if leads else can_lead
    if not spec.conditional:
        raise ValueError(f"{spec.name} follows nobody: it was trained from scratch")
    if unknown := [name for name in names if name not in can_lead]:
        raise ValueError(f"--leads must be of {', '.join(can_lead)}, got {', '.join(unknown)}")
    read = SongFolder(folder, spec, learned_by(bundle))
    with Progress(console=Console(stderr=True), transient=True) as progress:
        reading = progress.add_task("reading songs", total=None)
        songs = enough(read.songs(BARS), [spec.track_names.index(name) for name in names], limit)
        progress.remove_task(reading)
        playing = progress.add_task("playing", total=n_steps(names, spec))
        found = measure_anticipating(model, songs, names, limit, seed, lambda: progress.advance(playing))
    return {**found, "left_out": dict(read.left_out)}


def _say_of_controls(found: dict[str, Any]) -> None:
    """Say whether the controls came last; exit with 1 where one did not."""
    from musegan_train.measure.told_tables import told_legend

    click.echo(told_legend(found))
    if not found["failed"]:
        click.echo("The known-bad controls come last, as they must.")
        return
    for wrong in found["failed"]:
        click.echo(f"FAILED: {wrong}")
    raise SystemExit(1)


def _band(
    what: Path, data: Path | None, thresholds: str | None, n_phrases: int, say: Any
) -> tuple[Band, int | None, Phrases | None]:
    """Return the band of a bundle or run, the step of a run, and the phrases, which a run knows.

    `n_phrases`: of how many somebody wants to hear; a run settles its levels on about as many.
    """
    from musegan_models import bundle as bundles
    from musegan_train.data import phrases as phrase_sets

    if (what / "bundle.json").is_file():
        from musegan_models.model import Model

        return Model(bundles.load(what)), None, None if data is None else phrase_sets.load(data)
    if not (what / "config.json").is_file():
        raise click.UsageError(f"{what} is neither a bundle (it has no bundle.json) nor a run (no config.json)")
    from musegan_train.measure.torch_band import band_of_run

    return band_of_run(what, data, thresholds, n_phrases, lambda done, total: say(_bar("settling levels", done, total)))


def _bar(what: str, done: int, total: int, width: int = 40) -> str:
    """Return a progress bar, for beside a spinner, which leaves no room for a real one."""
    full = width * done // total
    return f"{what} {'━' * full}{'╌' * (width - full)} {done}/{total}"


def _spec_of(data: Phrases) -> ModelSpec:
    """Return a spec with the tracks, bars and pitches of a set of phrases."""
    from musegan_models.spec import ModelSpec
    from musegan_train.fit.config import tracks_of

    facts = data.manifest
    return ModelSpec(
        "songs",
        preset="",
        tracks=tracks_of(facts),
        beat_resolution=facts["beat_resolution"],
        n_measures=facts["n_measures"],
        lowest_pitch=facts["lowest_pitch"],
        n_pitches=facts["n_pitches"],
    )


def _spec_of_midi(resolution: int) -> ModelSpec:
    from musegan_models.spec import ModelSpec

    return ModelSpec("MIDI files", preset="", beat_resolution=resolution)


def _facts(settings: Settings) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(settings.rules)


@contextlib.contextmanager
def _errors_for_people() -> Iterator[None]:
    """Turn errors that say what a user did into messages."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
