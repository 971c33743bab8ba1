"""A set on disk: a TOML file with every setting of a show. It must not know the command line or the server."""

from __future__ import annotations

import difflib
import json
import os
import textwrap
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from musegan_bridge.messages import Value
from musegan_bridge.stage.config import (
    OPTIONS,
    SUBSCRIBER,
    Config,
    ConfigError,
    Option,
    StandingSubscriber,
    check_control,
)
from musegan_models.bundle import SPEC_FILE, BundleError, pretrained

_TABLES = {
    "network": "Where it listens.",
    "band": "Who plays, and what.",
    "clock": "When.",
    "midi": "Ports, by name: `musegan-bridge doctor` lists them.",
    "files": "What is kept of the show.",
}


def read_set(path: Path) -> dict[str, Any]:
    """Return the fields of `Config` that a set file has.

    Raises:
        ConfigError: It cannot be read, or a setting is unknown or wrong; the message names the file and the setting.

    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    try:
        return _fields(data, path.parent)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error


def config_from(path: Path | None, given: Mapping[str, Any]) -> Config:
    """Return the config of a set file, if there is one, and of what was given besides, which wins.

    Raises:
        ConfigError: As `read_set`, or what was given is wrong, or does not go together.

    """
    fields = {} if path is None else read_set(path)
    try:
        return Config(**{**fields, **given})
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}" if path is not None and not given else str(error)) from error


def own_path(option: Option, value: str, folder: Path) -> str:
    """Return a path as it is meant in `folder`, absolute; a band that comes with the program may be named.

    Raises:
        ConfigError: No band has that name, and no folder either.

    """
    path = os.path.abspath(folder / Path(value).expanduser())  # noqa: PTH100 # resolve() would follow links
    if option.table == "files" and value.endswith(("/", os.sep)):
        path += "/"  # a folder, whether it is there already or not
    if option.field == "bundle" and Path(value).name == value and not Path(path, SPEC_FILE).is_file():
        try:
            return str(pretrained(value))
        except BundleError as error:
            if not Path(path).is_dir():
                raise ConfigError(f"{option.field}: {error}; or give the path of a folder") from error
    return path


def text_of(config: Config) -> str:
    """Return a config as a set file with every setting and what it means; `read_set` reads it back."""
    lines = ["# A set for `musegan-bridge serve --config FILE`. What is left out is as by default."]
    for table, about in _TABLES.items():
        lines += ["", f"[{table}]  # {about}"]
        for option in OPTIONS:
            if option.table == table:
                lines += _commented(option)
                lines.append(f"{option.key} = {_toml(_shown(option, getattr(config, option.field)))}")
    lines += ["", "# Clients that hear the band from the start, without a lease, each with a table of its own:"]
    example = {"host": "127.0.0.1", "port": 57121, "form": "note", "lookahead": 0.0, "offset": 0.0}
    if not config.subscribers:
        lines += ["# [[subscribers]]", *(f"# {key} = {_toml(value)}" for key, value in example.items())]
    for subscriber in config.subscribers:
        lines += ["[[subscribers]]"]
        lines += [f"{own.key} = {_toml(getattr(subscriber, own.field))}" for own in SUBSCRIBER]
    lines += ["", "# Any control of the OSC reference, as if it was sent at the start, in this order:", "[controls]"]
    if not config.controls:
        lines += ['# "/musegan/track/bass/density" = 0.8', '# "/musegan/in/track" = "piano"']
    for address, values in config.controls.items():
        lines.append(f"{_toml(address)} = {_toml(values[0] if len(values) == 1 else list(values))}")
    return "\n".join(lines) + "\n"


def _fields(data: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    _check_names("", data, (*_TABLES, "subscribers", "controls"))
    found: dict[str, Any] = {}
    for table in _TABLES:
        own = {option.key: option for option in OPTIONS if option.table == table}
        for key, value in _table(data, table, tuple(own)).items():
            option = own[key]
            option.check(option.read(value), f"{table}.{key}")
            found[option.field] = option.read(value)
            if option.is_path and found[option.field] is not None:
                found[option.field] = own_path(option, value, folder)
    if "subscribers" in data:
        found["subscribers"] = _subscribers(data["subscribers"])
    if "controls" in data:
        found["controls"] = {address: _values(address, value) for address, value in _table(data, "controls").items()}
        for address, values in found["controls"].items():
            check_control(address, values)
    return found


def _table(data: Mapping[str, Any], name: str, keys: Sequence[str] | None = None) -> dict[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise ConfigError(f"{name} must be a table, [{name}], got {table!r}")
    if keys is not None:
        _check_names(f"{name}.", table, keys)
    return table


def _check_names(prefix: str, given: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in given:
        if name not in known:
            meant = difflib.get_close_matches(name, known, 1) or [
                o.table + "." + o.key for o in OPTIONS if o.key == name
            ]
            guess = f": {meant[0]}?" if meant else f"; there is {', '.join(known)}"
            raise ConfigError(f"{prefix}{name} is unknown{guess}")


def _subscribers(data: object) -> tuple[StandingSubscriber, ...]:
    if not isinstance(data, list) or not all(isinstance(table, dict) for table in data):
        raise ConfigError(f"subscribers must be tables, [[subscribers]], got {data!r}")
    found = []
    for i, table in enumerate(data):
        name = f"subscribers[{i}]"
        _check_names(f"{name}.", table, [own.key for own in SUBSCRIBER])
        for own in SUBSCRIBER:
            if own.key in table:
                own.check(table[own.key], f"{name}.{own.key}")
            elif own.key in ("host", "port"):
                raise ConfigError(f"{name}.{own.key} is missing")
        found.append(
            StandingSubscriber(**{own.field: own.read(table[own.key]) for own in SUBSCRIBER if own.key in table})
        )
    return tuple(found)


def _values(address: str, value: object) -> tuple[Value, ...]:
    values = value if isinstance(value, list) else [value]
    values = [int(one) if isinstance(one, bool) else one for one in values]  # mute = true
    if wrong := [one for one in values if not isinstance(one, int | float | str)]:
        raise ConfigError(f"controls: {address} must be numbers and strings, got {wrong[0]!r}")
    return tuple(values)


def _shown(option: Option, value: object) -> object:
    """Return a value for people to read: a band that comes with the program by its name."""
    if option.field == "bundle" and isinstance(value, str):
        path = Path(value)
        try:
            return path.name if pretrained(path.name) == path else value
        except BundleError:
            return value
    return option.written(value)


def _commented(option: Option) -> list[str]:
    default = _toml(option.written(option.default))
    unset = f", {option.unset}" if option.unset and option.default is None else ""
    allowed = f" {option.range[0].upper()}{option.range[1:]}." if option.range else ""
    if option.field == "key":
        allowed = ""  # the doc says them shorter
    return textwrap.wrap(
        f"{option.doc}{allowed} Default: {default}{unset}.", 100, initial_indent="# ", subsequent_indent="# "
    )


def _toml(value: object) -> str:
    """Return a value as TOML: strings are as in JSON, but for one sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
