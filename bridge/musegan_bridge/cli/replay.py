"""`musegan-bridge replay`: a show again, from its log."""

from __future__ import annotations

from pathlib import Path

import click

from musegan_bridge.cli.options import setting, settings_of
from musegan_bridge.stage.config import VIRTUAL


@click.command(short_help="Play a show again, from its log.")
@click.argument("log", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--midi",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write it to a MIDI file, at once, instead of playing it.",
)
@setting("host")
@setting("port")
@setting("midi_out")
@setting("midi_out_offset")
def replay(log: Path, midi: Path | None, **settings: object) -> None:
    """Play LOG, which `serve --log` wrote, again: the same bars with the same changes of tempo, to every subscriber.

    It needs no model, and ends with the show.
    """
    import asyncio

    from musegan_bridge.files import event_log
    from musegan_bridge.files.recording import write_safely
    from musegan_bridge.files.replay import Replay, midi_from_log
    from musegan_bridge.midi.output import MidiOut
    from musegan_bridge.show.events import Sink
    from musegan_bridge.stage.again import Again

    own = settings_of(settings)
    try:
        read = event_log.read_log(log)
        if read.is_cut:
            click.echo(f"{log}: the last line is cut, and left out", err=True)
        if midi is not None:
            write_safely(midi, midi_from_log(read))
            click.echo(f"{midi}: written")
            return
        sinks: list[Sink] = []
        if own["midi_out"]:
            port = None if own["midi_out"] == VIRTUAL else own["midi_out"]
            sinks.append(MidiOut(read.header.tracks, port, offset=own["midi_out_offset"]))

        def ready(again: Again) -> None:
            click.echo(f"listening on {own['host']}:{again.port} (OSC over UDP), {log} from its beginning; Ctrl-C ends")

        asyncio.run(Again.serve(Replay(read), own["host"], own["port"], sinks, ready))
    except (event_log.LogError, OSError) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:  # only where the loop cannot take signals (Windows)
        pass
