"""Options of the commands, from the table of settings; it must not know what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from musegan_bridge.messages import Value
from musegan_bridge.stage.config import BY_FIELD, OPTIONS, SUBSCRIBER, ConfigError, Option, StandingSubscriber
from musegan_bridge.stage.sets import own_path

SUBSCRIBER_FORM = "HOST:PORT[,form=note][,lookahead=BEATS][,offset=MS]"
CONTROL_FORM = "ADDRESS=VALUE[,VALUE]"

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def setting(name: str) -> Decorator:
    """Return the option of one setting, as it is in the table; `settings_of` reads what it gives."""
    option = BY_FIELD[name]
    flag = f"--{name.replace('_', '-')}"
    if option.type is bool:
        flag = f"{flag}/--no-{name.replace('_', '-')}"
    metavar = "KEY" if name == "key" else None  # 36 of them
    unset = option.unset if option.default is None else not isinstance(option.default, str) or bool(option.default)
    return click.option(
        flag,
        name,
        type=_type(option),
        default=option.written(option.default),
        show_default=unset or "none",
        metavar=metavar,
        help=option.doc,
    )


def all_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a command with the options of all settings."""
    for option in reversed(OPTIONS):
        command = setting(option.field)(command)
    return command


def settings_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the options gave as fields of `Config`; raise BadParameter for a band that is not there."""
    found = {}
    for name, value in values.items():
        option = BY_FIELD[name]
        found[name] = option.read(value)
        if option.is_path and found[name] is not None:
            try:
                found[name] = own_path(option, value, Path.cwd())
            except ConfigError as error:
                raise click.BadParameter(str(error), param_hint=f"--{name}") from error
    return found


def is_given(context: click.Context, name: str) -> bool:
    """Return whether an option was given, on the command line or in the environment."""
    source = context.get_parameter_source(name)
    return source in (click.core.ParameterSource.COMMANDLINE, click.core.ParameterSource.ENVIRONMENT)


def subscribers_from(
    context: click.Context, parameter: click.Parameter, texts: Sequence[str]
) -> tuple[StandingSubscriber, ...]:
    """Return subscribers from what --subscriber says of each; raise BadParameter naming what is wrong."""
    found = []
    own = {option.key: option for option in SUBSCRIBER}
    for text in texts:
        place, *rest = text.split(",")
        host, _, port = place.rpartition(":")
        words = [("host", host), ("port", port)] + [(key, value) for key, _, value in (w.partition("=") for w in rest)]
        values: dict[str, Any] = {}
        for key, word in words:
            if key not in own:
                raise click.BadParameter(f"{key!r} is unknown: say {SUBSCRIBER_FORM}", context, parameter)
            try:
                values[key] = own[key].type(word)
                own[key].check(values[key], key)
            except ConfigError as error:
                raise click.BadParameter(str(error), context, parameter) from error
            except ValueError as error:
                raise click.BadParameter(f"{key} must be a number, got {word!r}", context, parameter) from error
        found.append(StandingSubscriber(**values))
    return tuple(found)


def controls_from(
    context: click.Context, parameter: click.Parameter, texts: Sequence[str]
) -> dict[str, tuple[Value, ...]]:
    """Return controls from what --control says of each; whether the message table takes them, `Config` says."""
    found = {}
    for text in texts:
        address, sign, values = text.partition("=")
        if not sign or not address.startswith("/"):
            raise click.BadParameter(f"must be as /musegan/track/bass/density=0.8, got {text!r}", context, parameter)
        found[address] = tuple(_number(word) for word in values.split(","))
    return found


def _number(word: str) -> Value:
    for kind in (int, float):
        try:
            return kind(word)
        except ValueError:
            continue
    return word


def _type(option: Option) -> Any:  # click's own types are generic, but not in all of its versions
    if option.type is bool:
        return bool
    if option.choices:
        return click.Choice(option.choices)
    if option.is_path:
        return click.Path()
    if option.type is int:
        return click.IntRange(_whole(option.low), _whole(option.high))
    return click.FloatRange(option.low, option.high) if option.type is float else click.STRING


def _whole(limit: float | None) -> int | None:
    return None if limit is None else int(limit)
