"""The program `musegan-bridge`: options in, words out. Imports are inside the commands: --help answers at once."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from musegan_bridge.key import KEYS

MAX_SEED = 2**31 - 1  # as in the message table, which is not imported for --help

_bundle = click.option(
    "--bundle",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the band to play.  [default: the one that comes with the program]",
)
_tempo = click.option(
    "--tempo", type=click.FloatRange(20, 400), default=120.0, show_default=True, help="Beats a minute."
)
_device = click.option(
    "--device",
    type=click.Choice(["auto", "cpu", "cuda"]),
    default="auto",
    show_default=True,
    help="What computes; auto: CUDA where it works, else the CPU.",
)
_seed = click.option(
    "--seed",
    type=click.IntRange(0, MAX_SEED),
    help="What everything is drawn from: the same seed and input, the same bars.  [default: a new one]",
)
_key = click.option(
    "--key",
    type=click.Choice(KEYS),
    default="C",
    metavar="KEY",
    show_default=True,
    help="What the band plays in and hears you in: C, Bb, F# .. major, Am, Bbm, F#m .. minor.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "MUSEGAN_BRIDGE"})
@click.version_option(package_name="musegan-bridge")
@click.option("-v", "--verbose", count=True, help="Say more; -vv: every OSC message.")
def main(verbose: int) -> None:
    """A neural band for the stage: over OSC, following what you play."""
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")


@main.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=57120, show_default=True, help="UDP port; 0: any free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@_tempo
@_key
@_device
@_bundle
@_seed
def serve(port: int, host: str, tempo: float, key: str, device: str, bundle: Path | None, seed: int | None) -> None:
    """Play, until Ctrl-C: bars to every client that subscribes over OSC."""
    import asyncio

    from musegan_bridge import __version__
    from musegan_bridge.hearing import describe_hearing
    from musegan_bridge.server import Config, PortError, Server
    from musegan_models.bundle import BundleError
    from musegan_models.model import DeviceError

    config = Config(host, port, tempo, device, str(bundle) if bundle else None, seed, key)

    def ready(server: Server) -> None:
        session = server.session
        click.echo(f"musegan-bridge {__version__}: {session.spec.name} on {session.provider}, seed {server.seed}")
        click.echo(f"{', '.join(session.spec.track_names)}; {session.spec.name} {describe_hearing(session.spec)}")
        click.echo(f"listening on {host}:{server.port} (OSC over UDP), {tempo:g} beats a minute, {key}; Ctrl-C ends")
        if host not in ("127.0.0.1", "localhost"):
            click.echo("anyone who reaches this address can play with the band: OSC knows no passwords", err=True)

    try:
        asyncio.run(Server(config).serve(ready))
    except (BundleError, DeviceError, PortError) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:  # only where the loop cannot take signals (Windows)
        pass


@main.command()
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
    type=click.Choice(["previous-bar", "same-bar"]),
    help="What the band hears of --follow in a bar: the bar itself, or only those before.  [default: same-bar]",
)
@_tempo
@_key
@_device
@_bundle
@_seed
def generate(
    output: Path,
    bars: int,
    follow: Path | None,
    track: str | None,
    mode: str | None,
    tempo: float,
    key: str,
    device: str,
    bundle: Path | None,
    seed: int | None,
) -> None:
    """Write the band to the MIDI file OUTPUT, without a server."""
    import random

    from musegan_bridge import generate as offline
    from musegan_bridge.hearing import describe_hearing, follows, mode_of, own_track
    from musegan_bridge.key import transposition_of
    from musegan_bridge.messages import SAME_BAR
    from musegan_models import bundle as bundles
    from musegan_models import midi
    from musegan_models.model import DeviceError, Model
    from musegan_models.spec import Track

    if (track or mode) and not follow:
        option = "--track says what" if track else "--follow-mode says how"
        raise click.UsageError(f"{option} --follow plays: give --follow FILE too")
    if seed is None:
        seed = random.SystemRandom().randint(0, MAX_SEED)
    try:
        model = Model(bundles.load(bundle or bundles.pretrained()), device)
        spec = model.spec
        if follow and not track:
            track = own_track(spec)
        if track and track not in spec.track_names:
            raise click.UsageError(f"--track must be one of {', '.join(spec.track_names)}, got {track!r}")
        if track and not follows(spec, track):
            click.echo(f"{track} is left out, not followed: {spec.name} {describe_hearing(spec)}", err=True)
        if mode and mode != mode_of(spec, mode):
            click.echo(f"{spec.name} cannot anticipate: it follows {mode_of(spec, mode)}", err=True)
        tracks = spec.tracks
        if follow and not track:  # chords to follow, on no track of the band
            tracks = (*tracks, Track("lead", 0, False))
        own = next((t for t in tracks if t.name == (track or "lead")), None)
        lead = midi.read_notes(follow, own) if follow and own else []
        made = list(
            offline.generate(
                model,
                n_bars=bars,
                seed=seed,
                lead=lead,
                track=track,
                mode=mode or SAME_BAR,
                transposition=transposition_of(key),
            )
        )
    except (bundles.BundleError, DeviceError, midi.MidiError) as error:
        raise click.ClickException(str(error)) from error
    notes = offline.notes_of(made)
    if own:
        notes[own.name] = [note for note in lead if note.time < bars * 4]
    try:
        midi.write_tracks(output, tracks, notes, tempo)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}") from error
    counts = ", ".join(f"{name} {len(played)}" for name, played in notes.items())
    click.echo(f"{output}: {bars} bars, seed {seed}; notes: {counts}")
