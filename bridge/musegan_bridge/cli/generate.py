"""`musegan-bridge generate`: write the band to a MIDI file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from musegan_bridge.cli.options import setting, settings_of
from musegan_bridge.messages import CONTROLS, MAX_SEED, MessageError, Value


def _control(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option of a control of the band."""
    control = CONTROLS[name]

    def read(_context: click.Context, _parameter: click.Parameter, value: object) -> Value:
        try:
            return control.field.parse(value)
        except MessageError as error:
            raise click.BadParameter(str(error)) from error

    kind = {"s": str, "i": int, "f": float}[control.field.type]
    return click.option(
        f"--{name}", type=kind, default=control.default, show_default=True, callback=read, help=control.doc
    )


@click.command(short_help="Write the band to a MIDI file.")
@click.argument("output", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--bars", type=click.IntRange(1, 4096), default=16, show_default=True, help="How many.")
@click.option(
    "--follow",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="MIDI file that the band follows, bar by bar: its track of that name, or all notes. They are in OUTPUT too.",
)
@click.option(
    "--track",
    help="The track that --follow plays.  [default: the one that the band was made to follow, else the piano]",
)
@click.option(
    "--follow-mode",
    "mode",
    type=click.Choice(["anticipate", "previous-bar", "same-bar"]),
    help="How the band follows. anticipate: it is played --follow as on stage, and expects what comes again. "
    "previous-bar: the same, and it expects nothing. same-bar: it knows each bar of --follow before it is played.  "
    "[default: anticipate]",
)
@click.option(
    "--chart",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Text file with the chords that the band plays on, as /musegan/chart takes them.",
)
@click.option("--chart-track", help="The track that plays the chords of --chart.  [default: strings]")
@click.option("--chart-silent", is_flag=True, help="Keep that track silent.")
@_control("form")
@_control("variation")
@_control("drafts")
@setting("tempo")
@setting("key")
@setting("device")
@setting("bundle")
@setting("seed")
def generate(
    output: Path,
    bars: int,
    follow: Path | None,
    track: str | None,
    mode: str | None,
    chart: Path | None,
    chart_track: str | None,
    chart_silent: bool,
    form: str,
    variation: float,
    drafts: int,
    **settings: Any,
) -> None:
    """Write the band to the MIDI file OUTPUT, without a server."""
    import random

    from musegan_bridge import generate as offline
    from musegan_bridge.chords.chart import ChartError
    from musegan_bridge.chords.names import key_of
    from musegan_bridge.files.charts import read_chart
    from musegan_bridge.key import transposition_of
    from musegan_bridge.messages import ANTICIPATE
    from musegan_bridge.show.hearing import describe_hearing, follows, mode_of, own_track
    from musegan_models import bundle as bundles
    from musegan_models import midi
    from musegan_models.model import DeviceError, Model
    from musegan_models.spec import Track

    if (track or mode) and not follow:
        option = "--track says what" if track else "--follow-mode says how"
        raise click.UsageError(f"{option} --follow plays: give --follow FILE too")
    if (chart_track or chart_silent) and not chart:
        raise click.UsageError("--chart-track and --chart-silent need chords: give --chart FILE too")
    own_settings = settings_of(settings)
    bundle, seed = own_settings["bundle"], own_settings["seed"]
    if seed is None:
        seed = random.SystemRandom().randint(0, MAX_SEED)
    try:
        model = Model(bundles.load(bundle or bundles.pretrained()), own_settings["device"])
        spec = model.spec
        if follow and not track:
            track = own_track(spec)
        if track and track not in spec.track_names:
            raise click.UsageError(f"--track must be one of {', '.join(spec.track_names)}, got {track!r}")
        if track and not follows(spec, track):
            click.echo(f"{track} is left out, not followed: {spec.name} {describe_hearing(spec)}", err=True)
        if mode and mode != mode_of(spec, mode):
            click.echo(f"{spec.name} cannot await you: it follows {mode_of(spec, mode)}", err=True)
        pitched = [t.name for t in spec.tracks if not t.is_drum]
        if chart_track and chart_track not in pitched:
            raise click.UsageError(f"--chart-track must be one of {', '.join(pitched)}, got {chart_track!r}")
        key, chords = own_settings["key"], None
        if chart is not None:
            chords = offline.ChartSettings(read_chart(chart), chart_track, not chart_silent)
            key = key_of(chords.chart, key)
        tracks = spec.tracks
        if follow and not track:  # chords to follow, on no track of the band
            tracks = (*tracks, Track("lead", 0, False))
        own = next((t for t in tracks if t.name == (track or "lead")), None)
        notes = midi.read_notes(follow, own) if follow and own else []
        made = list(
            offline.generate(
                model,
                n_bars=bars,
                seed=seed,
                lead=offline.Lead(notes, track, mode or ANTICIPATE) if follow else None,
                chart=chords,
                transposition=transposition_of(key),
                form=offline.FormSettings(form, variation, drafts),
            )
        )
    except (bundles.BundleError, ChartError, DeviceError, midi.MidiError) as error:
        raise click.ClickException(str(error)) from error
    played = offline.notes_of(made)
    if own:
        played[own.name] = [note for note in notes if note.time < bars * 4]
    try:
        midi.write_tracks(output, tracks, played, own_settings["tempo"])
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}") from error
    counts = ", ".join(f"{name} {len(own_notes)}" for name, own_notes in played.items())
    click.echo(f"{output}: {bars} bars, seed {seed}; notes: {counts}")
