"""MIDI ports, through python-rtmidi, which comes with the extra `midi`. It must not know what the bytes mean.

Two habits of python-rtmidi (1.5) decide the form of this module. It holds the interpreter in every call, and takes it
in its callbacks: closing an input while a message comes in would wait for itself for ever, so inputs are read, not
called back. And its objects refer to themselves: they are deleted by hand, or ALSA runs out of clients.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

PORT_NAME = "MuseGAN Bridge"
"""Name of the virtual ports."""

_stderr = threading.Lock()


class MidiError(OSError):
    """A MIDI port cannot be had, or is gone; the text says why and what to do."""


def require_rtmidi() -> None:
    """Raise MidiError where python-rtmidi is missing."""
    _rtmidi()


def ports() -> tuple[list[str], list[str]]:
    """Return the names of the inputs and of the outputs there are; raise MidiError where python-rtmidi is missing."""
    rtmidi = _rtmidi()
    return _names(rtmidi.MidiIn), _names(rtmidi.MidiOut)


class _Port:
    """An open port: the first with `port` in its name, or a virtual one called `name`."""

    name: str
    """Its whole name."""

    def __init__(self, kind: Callable[..., Any], port: str | None, name: str) -> None:
        self._is_virtual = port is None
        self._client, self.name = _client_for(kind, port, name)
        try:
            # Another one looks for the port: no thread of the open one's is disturbed.
            self._lister = None if self._is_virtual else kind(self._client.get_current_api(), name)
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        rtmidi = _rtmidi()
        try:
            if self._is_virtual:
                self._client.open_virtual_port(self.name)
            else:
                self._client.open_port(self._client.get_ports().index(self.name), PORT_NAME)
        except (NotImplementedError, rtmidi.UnsupportedOperationError) as error:
            text = "this system has no virtual MIDI ports: make one (on Windows with loopMIDI), and name it"
            raise MidiError(text) from error
        except (rtmidi.RtMidiError, ValueError) as error:  # ValueError: it went just now
            raise MidiError(f"MIDI port {self.name!r} cannot be opened: {error}") from error

    def is_there(self) -> bool:
        """Return whether the port is still plugged in; a virtual one always is."""
        return self._lister is None or self.name in self._lister.get_ports()

    def close(self) -> None:
        """Let go of the port. Nothing of it may be used afterwards."""
        for client in (self._client, getattr(self, "_lister", None)):
            if client is not None:
                client.delete()
        self._client = self._lister = None


class Output(_Port):
    """An open output: the first with `port` in its name, or a virtual one called `name`."""

    def __init__(self, port: str | None, name: str = PORT_NAME) -> None:
        """Open it; raise MidiError."""
        super().__init__(_rtmidi().MidiOut, port, name)

    def send(self, message: bytes) -> None:
        """Send one message now; raise MidiError where the port is gone."""
        try:
            self._client.send_message(message)
        except _rtmidi().RtMidiError as error:
            raise MidiError(f"MIDI port {self.name!r}: {error}") from error


class Input(_Port):
    """An open input: the first with `port` in its name, or a virtual one called `name`."""

    def __init__(self, port: str | None, name: str = PORT_NAME) -> None:
        """Open it; raise MidiError."""
        super().__init__(_rtmidi().MidiIn, port, name)

    def _open(self) -> None:
        self._client.ignore_types(sysex=True, timing=False, active_sense=True)
        super()._open()

    def read(self) -> Iterator[tuple[bytes, float]]:
        """Yield the messages that came since the last read, each with the seconds since the one before it came."""
        while (event := self._client.get_message()) is not None:
            yield bytes(event[0]), event[1]


def _rtmidi() -> ModuleType:
    try:
        import rtmidi
    except ImportError as error:
        raise MidiError(
            f"MIDI ports need python-rtmidi: {sys.executable} -m pip install 'musegan-bridge[midi]'"
        ) from error
    module: ModuleType = rtmidi
    return module


def _clients(kind: Callable[..., Any], name: str) -> Iterator[Any]:
    """Yield a client of each kind of MIDI of this system that runs, as ALSA and JACK. Whoever takes one deletes it."""
    rtmidi = _rtmidi()
    for api in rtmidi.get_compiled_api():
        if api != rtmidi.API_RTMIDI_DUMMY:
            try:
                with _quiet():
                    client = kind(api, name)
            except rtmidi.RtMidiError:
                continue
            yield client


def _names(kind: Callable[..., Any]) -> list[str]:
    names: list[str] = []
    for client in _clients(kind, PORT_NAME):
        names += client.get_ports()
        client.delete()
    return names


def _client_for(kind: Callable[..., Any], port: str | None, name: str) -> tuple[Any, str]:
    """Return a client that can open a port, and the whole name of that."""
    found: list[str] = []
    for client in _clients(kind, name):
        if port is None:
            return client, name
        names = client.get_ports()
        for whole in names:
            if port.casefold() in whole.casefold():
                return client, whole
        found += names
        client.delete()
    if port is None:
        raise MidiError("this system has no MIDI: on Linux load the kernel module snd-seq, or start JACK")
    raise MidiError(f"there is no MIDI port {port!r}; there are: {', '.join(found) or 'none'}")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep off the terminal what the libraries of ALSA and JACK write where there is no ALSA or JACK."""
    if sys.platform != "linux":
        yield
        return
    with _stderr:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(nowhere)
