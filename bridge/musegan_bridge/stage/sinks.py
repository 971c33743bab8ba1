"""Opens what keeps or sounds a show, as the config says; it must not know sockets or the session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from musegan_bridge.files.event_log import EventLog, Header
from musegan_bridge.files.recording import Recording, new_path
from musegan_bridge.midi.output import MidiOut
from musegan_bridge.show.events import Sink
from musegan_bridge.stage.config import VIRTUAL, Config
from musegan_models.spec import ModelSpec


def open_sinks(config: Config, spec: ModelSpec, seed: int, clock: Callable[[], float]) -> list[Sink]:
    """Return the sinks of a show; raise OSError or MidiError where one cannot be had."""
    sinks: list[Sink] = []
    try:
        if config.record is not None:
            sinks.append(Recording(_path(config.record, ".mid", spec, clock()), spec.tracks))
        if config.log is not None:
            path = _path(config.log, ".jsonl", spec, clock())
            sinks.append(EventLog(path, Header.of(spec, seed), clock))
        if config.midi_out:
            port = None if config.midi_out == VIRTUAL else config.midi_out
            own = MidiOut(spec.tracks, port, sends_clock=config.midi_clock_out, offset=config.midi_out_offset)
            sinks.append(own)
    except BaseException:
        for sink in sinks:
            sink.close()
        raise
    return sinks


def folder_of(told: str) -> Path:
    """Return the folder that was asked for, or that of the file."""
    return Path(told) if _is_folder(told) else Path(told).parent


def _is_folder(told: str) -> bool:
    path = Path(told)
    return path.is_dir() or told.endswith(("/", "\\")) or not (path.suffix or path.exists())


def _path(told: str, suffix: str, spec: ModelSpec, now: float) -> Path:
    """Return the file that was asked for or, of a folder, a new one in it."""
    return new_path(Path(told), spec.name, now, suffix) if _is_folder(told) else Path(told)
