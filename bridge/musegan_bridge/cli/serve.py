"""`musegan-bridge serve`: play, until Ctrl-C."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from musegan_bridge.cli.options import (
    CONTROL_FORM,
    SUBSCRIBER_FORM,
    all_settings,
    controls_from,
    is_given,
    settings_of,
    subscribers_from,
)
from musegan_bridge.messages import Value
from musegan_bridge.stage.config import VIRTUAL, Config, ConfigError, StandingSubscriber
from musegan_bridge.stage.sets import config_from, text_of

if TYPE_CHECKING:
    from musegan_bridge.stage.server import Server


@dataclass(frozen=True, slots=True)
class Started:
    """What really is, once the band can play; what is None is not there."""

    version: str
    bundle: str
    provider: str
    seed: int
    tracks: tuple[str, ...]
    hearing: str
    port: int
    why_not_cuda: str | None = None  # where auto did not choose it
    http: int | None = None
    midi_out: str | None = None  # the port's whole name
    midi_in: str | None = None
    record: str | None = None  # path of the file
    log: str | None = None
    chart_bars: int = 0
    key: str = "C"


@click.command(short_help="Play, until Ctrl-C.")
@click.option(
    "--config",
    "file",
    envvar="MUSEGAN_BRIDGE_SERVE_CONFIG",  # the option's name; click makes others of the argument's
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A set: a TOML file with any of these settings. Options and the environment win over it.",
)
@click.option(
    "--print-config", is_flag=True, help="Print all settings as a set, with what they mean, and play nothing."
)
@all_settings
@click.option(
    "--subscriber",
    "subscribers",
    envvar="MUSEGAN_BRIDGE_SERVE_SUBSCRIBER",
    metavar=SUBSCRIBER_FORM,
    callback=subscribers_from,
    multiple=True,
    help="A client that hears the band from the start, without a lease. Can be said again.",
)
@click.option(
    "--control",
    "controls",
    envvar="MUSEGAN_BRIDGE_SERVE_CONTROL",
    metavar=CONTROL_FORM,
    callback=controls_from,
    multiple=True,
    help="A control of the OSC reference, as if it was sent at the start. Can be said again.",
)
@click.pass_context
def serve(
    context: click.Context,
    /,
    file: Path | None,
    print_config: bool,
    subscribers: tuple[StandingSubscriber, ...],
    controls: dict[str, tuple[Value, ...]],
    **settings: Any,
) -> None:
    """Play, until Ctrl-C: bars to every client that subscribes over OSC.

    Each option is also an environment variable, MUSEGAN_BRIDGE_SERVE_TEMPO for --tempo, and a line of a set.
    """
    given = settings_of({name: value for name, value in settings.items() if is_given(context, name)})
    if subscribers:
        given["subscribers"] = subscribers
    if controls:
        given["controls"] = controls
    try:
        config = config_from(file, given)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    if print_config:
        click.echo(text_of(config), nl=False)
        return
    play(config)


def play(config: Config) -> None:
    """Serve a config; raise ClickException that says what cannot be had and what to do."""
    import signal

    # Until the loop takes it, Ctrl-C just ends the program: nothing is open, and imports make other errors of it.
    taken = signal.signal(signal.SIGINT, signal.SIG_DFL)

    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    from musegan_bridge.stage.loading import LoadError, load

    # onnxruntime opens networks without the interpreter, which meanwhile imports all else.
    loader = ThreadPoolExecutor(1, thread_name_prefix="loading")
    path = Path(config.bundle) if config.bundle else None
    band = loader.submit(load, path, config.device, graphs=True, calibrated=False)
    loader.shutdown(wait=False)

    from musegan_bridge.stage.clocks import ClockError
    from musegan_bridge.stage.notify import tell_supervisor
    from musegan_bridge.stage.server import Server

    def ready(server: Server) -> None:
        for line in lines_of(config, _started(config, server)):
            click.echo(line)
        if config.host not in ("127.0.0.1", "localhost"):
            click.echo("anyone who reaches this address can play with the band: OSC knows no passwords", err=True)
        tell_supervisor("READY=1")

    signal.signal(signal.SIGINT, taken)
    try:
        asyncio.run(Server.serve(config, band, ready))
    except (ClockError, ConfigError, LoadError, OSError) as error:  # OSError: ports of all kinds, and files
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:  # only where the loop cannot take signals (Windows)
        pass


def lines_of(config: Config, started: Started) -> Iterator[str]:
    """Yield what is said at the start: what really is, not what was asked for."""
    yield f"musegan-bridge {started.version}: {started.bundle} on {started.provider}, seed {started.seed}"
    yield f"{', '.join(started.tracks)}; {started.bundle} {started.hearing}"
    yield (
        f"listening on {config.host}:{started.port} (OSC over UDP), {config.tempo:g} beats a minute, {started.key}; "
        "Ctrl-C ends"
    )
    yield (
        f"clock: {config.clock}; bars are planned {_beats(config.lookahead)} ahead and committed "
        f"{_beats(config.commit)} ahead"
    )
    if started.why_not_cuda is not None:
        yield f"not on CUDA: {started.why_not_cuda}"
    if started.http is not None:
        host = "127.0.0.1" if config.host == "0.0.0.0" else config.host  # noqa: S104 # compared with, not bound to
        yield f"open http://{host}:{started.http}/ in a browser to see, hear and play it (and OSCQuery)"
    if started.midi_out is not None:
        clock = ", with MIDI clock" if config.midi_clock_out else ""
        yield f"MIDI out: {started.midi_out}, {config.midi_out_offset:+g} ms{clock}"
    if started.midi_in is not None:
        yield f"MIDI in: {started.midi_in}"
    for subscriber in config.subscribers:
        yield f"sending to {subscriber.host}:{subscriber.port} ({subscriber.form}), without a lease"
    if config.chart is not None:
        yield f"chart: {config.chart}, {started.chart_bars} bars, in {started.key}"
    if started.record is not None:
        yield f"recording to {started.record}"
    if started.log is not None:
        yield f"logging events to {started.log}"


def _started(config: Config, server: Server) -> Started:
    from musegan_bridge import __version__
    from musegan_bridge.files.event_log import EventLog
    from musegan_bridge.files.recording import Recording
    from musegan_bridge.midi.output import MidiOut
    from musegan_bridge.show.hearing import describe_hearing

    session, sinks = server.session, server.sinks
    is_cpu = session.provider == "CPUExecutionProvider"
    return Started(
        version=__version__,
        bundle=session.spec.name,
        provider=session.provider,
        seed=server.seed,
        tracks=session.spec.track_names,
        hearing=describe_hearing(session.spec),
        port=server.port,
        why_not_cuda=server.band.model.reason if is_cpu and config.device == "auto" else None,
        http=server.http,
        midi_out=next((_port(sink.port, config.midi_out) for sink in sinks if isinstance(sink, MidiOut)), None),
        midi_in=_port(server.midi_in.port, config.midi_in) if server.midi_in else None,
        record=next((str(sink.path) for sink in sinks if isinstance(sink, Recording)), None),
        log=next((str(sink.path) for sink in sinks if isinstance(sink, EventLog)), None),
        chart_bars=session.chart.length,
        key=str(session.controls["key"]),
    )


def _port(name: str | None, wanted: str) -> str:
    """Return a MIDI port's whole name; one that is not open yet is looked for, in a thread of its own."""
    return name or (
        f"{wanted} port" if wanted == VIRTUAL else f"the first port with {wanted!r} in its name, once it is there"
    )


def _beats(number: float) -> str:
    return f"{number:g} beat{'' if number == 1 else 's'}"
