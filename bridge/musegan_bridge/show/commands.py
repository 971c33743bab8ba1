"""What each message of the table does to the show."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from musegan_bridge.chords.chart import ChartError, parse_chart
from musegan_bridge.messages import CONTROLS, MessageError
from musegan_bridge.show import answers
from musegan_bridge.show.call import Call, Command
from musegan_bridge.show.clock import Fix
from musegan_bridge.show.events import Changed
from musegan_bridge.show.hearing import describe_hearing, follows, mode_of
from musegan_bridge.show.idea_commands import IDEA_COMMANDS
from musegan_bridge.show.outgoing import Output, Send, Wanted, bar_messages, expected_messages
from musegan_bridge.show.state import control_of
from musegan_models.notes import Note

if TYPE_CHECKING:
    from musegan_bridge.show.session import Session

logger = logging.getLogger(__name__)


# Clients


def _subscribe(session: Session, call: Call) -> list[Output]:
    form, lease = call.word("form"), call.real("lease")
    target = call.target if call.number("port") else call.sender
    is_new = target not in session.subscribers
    reply = Send(target, "/musegan/subscribe/reply", (form, target[1], lease, int(is_new)))
    sent = session.subscribers.subscribe(
        target,
        form,
        lease,
        call.now,
        lookahead=call.real("lookahead"),
        offset=call.real("offset") / 1000,
        hears=bool(call.number("heard")),
        expects=bool(call.number("expected")),
        bars=session.plan.sent,
        timeline=session.transport.timeline,
        silent=session.controls.silent(),
        sender=call.sender,
    )
    return [reply, *sent]


def _unsubscribe(session: Session, call: Call) -> list[Output]:
    session.subscribers.unsubscribe(call.target)
    return []


def _ping(session: Session, call: Call) -> list[Output]:
    line = session.transport.timeline
    beat = -1.0 if line is None else line.beat_at(call.now)
    return [Send(call.target, "/musegan/pong", (call.number("token"), beat))]


# Transport


def _tap(session: Session, call: Call) -> list[Output]:
    if session.transport.is_external:
        raise MessageError(f"the beat is that of {session.transport.source}: set /musegan/clock/source internal first")
    tempo = session.transport.tap(call.when)
    if tempo is None:
        return []
    return [*session.tempo_is_known(), *session.moved()]


def _nudge(session: Session, call: Call) -> list[Output]:
    if session.transport.is_external:
        raise MessageError(f"the beat is that of {session.transport.source}: use the offset of /musegan/subscribe")
    return session.moved() if session.transport.nudge(call.real("ms") / 1000, call.now) else []


def _host(session: Session, call: Call) -> list[Output]:
    if session.transport.source != "osc":
        return []  # a host may always tell: it is heard when its clock is chosen
    fix = Fix(call.real("beat"), call.when, call.real("tempo"), bool(call.number("playing")))
    return session.sync(fix, call.now)


# Following


def _in_note(session: Session, call: Call) -> list[Output]:
    return session.hear(call.number("pitch"), call.number("velocity"), call.when, call.word("track"))


def _in_track(session: Session, call: Call) -> list[Output]:
    names = session.spec.track_names
    if call.message.reads:
        return [Send(call.target, "/musegan/in/track", (answers.tracks_of(session),))]
    words = call.word("track").split()
    if words != ["none"] and (not words or any(word not in names for word in words)):
        raise MessageError(f"track must be one of {', '.join(names)}, none, got {call.word('track')!r}")
    tracks = () if words == ["none"] else tuple(dict.fromkeys(names.index(word) for word in words))
    outputs = session.own(tracks)
    if not outputs:
        return []
    session.plan.stale()
    for track in tracks:
        if not follows(session.spec, names[track]):
            logger.warning(
                "%s is left to you, not followed: %s %s",
                names[track],
                session.spec.name,
                describe_hearing(session.spec),
            )
    return outputs


def _in_bar(session: Session, call: Call) -> list[Output]:
    track, names = call.word("track"), session.spec.track_names
    if track not in names:
        raise MessageError(f"track must be one of {', '.join(names)}, got {track!r}")
    index, outputs = names.index(track), list[Output]()
    if index not in session.listener.tracks:
        outputs = session.own((*session.listener.tracks, index))
    notes = [Note(float(time), int(pitch), float(duration), int(velocity))
             for time, pitch, velocity, duration in call.message.rows]  # fmt: skip
    session.listener.clip(index, call.number("bar"), [note for note in notes if note.duration > 0])
    session.plan.stale()
    return outputs


def _in_clear(session: Session, call: Call) -> list[Output]:
    session.listener.clear()
    session.plan.stale()
    return []


def _expected(session: Session, call: Call) -> list[Output]:
    return [message for expected in session.expected for message in expected_messages(call.target, expected)]


# Chart


def _chart(session: Session, call: Call) -> list[Output]:
    if call.message.reads:
        return [Send(call.target, "/musegan/chart", (session.chart.text,))]
    try:
        chart = parse_chart(text) if (text := call.word("text").strip()) else None
    except ChartError as error:
        raise MessageError(str(error)) from error
    return session.change_chart(chart, call.now)


def _chart_at(session: Session, call: Call) -> list[Output]:
    try:
        session.chart.go_to(call.number("bar"), session.plan.next)
    except ValueError as error:
        raise MessageError(str(error)) from error
    session.plan.stale()
    return []


def _chart_track(session: Session, call: Call) -> list[Output]:
    if call.message.reads:
        return [Send(call.target, "/musegan/chart/track", (session.chart.track,))]
    name, pitched = call.word("track"), [track.name for track in session.spec.tracks if not track.is_drum]
    if name not in pitched:
        raise MessageError(f"track must be one of {', '.join(pitched)}, got {name!r}")
    if name == session.chart.track:
        return []
    session.chart.track = name
    session.plan.stale()
    return [Changed("/musegan/chart/track", (name,))]


# Controls


def _control(session: Session, call: Call) -> list[Output]:
    message = call.message
    control = control_of(message.address)
    assert control is not None
    address = message.address.replace("<track>", message.track or "")
    if message.reads:
        return [Send(call.target, address, (session.controls.value(control.name, message.track),))]
    (value,) = message.args.values()
    if control.name == "clock/source":
        return [Wanted("clock", str(value), call.target, address)]
    if control.name == "tempo":
        return _tempo(session, float(value), call.now)
    if control.name == "loop" and value and not len(session.history):
        raise MessageError(f"bars must be 0 before the first bar, as there is none to play again, got {value}")
    if control.name == "in/mode" and value != mode_of(session.spec, str(value)):
        logger.warning("%s cannot await you: it follows %s", session.spec.name, mode_of(session.spec, str(value)))
    if not session.controls.put(control.name, message.track, value):
        return []
    return [Changed(address, (value,)), *session.applied(control.name, message.track, control.changes, call.now)]


def _tempo(session: Session, tempo: float, now: float) -> list[Output]:
    source = session.transport.source
    if source == "link":  # a peer may set the tempo for all
        return [Wanted("tempo", str(tempo), ("", 0), "/musegan/tempo")]
    if session.transport.is_external:
        raise MessageError(f"the tempo is that of {source}: set it there, or /musegan/clock/source internal first")
    return session.set_tempo(tempo, now)


# Output


def _bar_get(session: Session, call: Call) -> list[Output]:
    bar, line = session.history.recall(call.number("bar")), session.transport.timeline
    if bar is None or line is None:
        raise MessageError(f"bar must be one of this show's while it plays, got {call.number('bar')}")
    return list(bar_messages(call.target, bar, line, call.now))


def _export(session: Session, call: Call) -> list[Output]:
    if not len(session.history):
        raise MessageError("nothing was played yet")
    return [Wanted("export", call.word("file"), call.target, call.message.address, call.number("bars"))]


def _record(session: Session, call: Call) -> list[Output]:
    if call.message.reads:
        return [Send(call.target, "/musegan/record", (int(session.is_recording),))]
    return [Wanted("record", "", call.target, call.message.address, call.number("record"))]


def _wanted(what: str, name: str = "") -> Command:
    return lambda _, call: [Wanted(what, call.word(name) if name else "", call.target, call.message.address)]


COMMANDS: Mapping[str, Command] = MappingProxyType({
    "/musegan/hello": lambda session, call: [answers.hello(session, call.target)],
    "/musegan/subscribe": _subscribe,
    "/musegan/unsubscribe": _unsubscribe,
    "/musegan/ping": _ping,
    "/musegan/status": lambda session, call: [answers.status(session, call.target, call.now)],
    "/musegan/help": lambda _, call: list(answers.help_to(call.target, call.word("prefix"))),
    "/musegan/play": lambda session, call: session.play(call.now),
    "/musegan/continue": lambda session, call: session.play(call.now, goes_on=True),
    "/musegan/stop": lambda session, call: session.stop("stop", call.now),
    "/musegan/panic": lambda session, call: session.stop("panic", call.now),
    "/musegan/tap": _tap,
    "/musegan/nudge": _nudge,
    "/musegan/meter": lambda session, call: [],
    "/musegan/host": _host,
    "/musegan/in/note": _in_note,
    "/musegan/in/track": _in_track,
    "/musegan/in/bar": _in_bar,
    "/musegan/in/clear": _in_clear,
    "/musegan/expected": _expected,
    "/musegan/chart": _chart,
    "/musegan/chart/at": _chart_at,
    "/musegan/chart/track": _chart_track,
    "/musegan/chart/clear": lambda session, call: session.change_chart(None, call.now),
    "/musegan/bar/get": _bar_get,
    "/musegan/export": _export,
    "/musegan/record": _record,
    "/musegan/model/load": _wanted("model", "name"),
    "/musegan/model/list": _wanted("models"),
    **IDEA_COMMANDS,
    **{spec.address: _control for control in CONTROLS.values() for spec in control.specs},
})  # fmt: skip
"""What each incoming address does; a test sees to it that the table has no other ones."""
