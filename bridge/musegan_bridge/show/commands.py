"""What each message of the table does to the show; it must not know sockets, files or networks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from musegan_bridge.messages import CONTROLS, Message, MessageError
from musegan_bridge.show import answers
from musegan_bridge.show.clock import Fix
from musegan_bridge.show.events import Changed
from musegan_bridge.show.hearing import describe_hearing, follows, mode_of
from musegan_bridge.show.ideas import Ideas, Kept
from musegan_bridge.show.latent import groups_of
from musegan_bridge.show.outgoing import Output, Send, Target, Wanted, bar_messages
from musegan_bridge.show.shelf import Snapshot, check_name
from musegan_bridge.show.state import control_of
from musegan_models.notes import Note

if TYPE_CHECKING:
    from musegan_bridge.show.session import Session

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """A checked message, from whom and when."""

    message: Message
    target: Target  # to which answers go
    now: float  # Unix seconds
    when: float  # Unix seconds at which it was meant: its timetag, else now

    def number(self, name: str) -> int:
        """Return an argument that is an int."""
        return int(self.message.args[name])

    def real(self, name: str) -> float:
        """Return an argument that is a float."""
        return float(self.message.args[name])

    def word(self, name: str) -> str:
        """Return an argument that is a string."""
        return str(self.message.args[name])


Command = Callable[["Session", Call], list[Output]]


# Clients


def _subscribe(session: Session, call: Call) -> list[Output]:
    form, lease = call.word("form"), call.real("lease")
    reply = Send(call.target, "/musegan/subscribe/reply", (form, call.target[1], lease))
    sent = session.subscribers.subscribe(
        call.target,
        form,
        lease,
        call.now,
        lookahead=call.real("lookahead"),
        offset=call.real("offset") / 1000,
        bars=session.sent,
        timeline=session.transport.timeline,
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
    names, listener = session.spec.track_names, session.listener
    if call.message.reads:
        return [Send(call.target, "/musegan/in/track", (answers.tracks_of(session),))]
    words = call.word("track").split()
    if words != ["none"] and (not words or any(word not in names for word in words)):
        raise MessageError(f"track must be one of {', '.join(names)}, none, got {call.word('track')!r}")
    tracks = () if words == ["none"] else tuple(dict.fromkeys(names.index(word) for word in words))
    if tracks == listener.tracks:
        return []
    listener.tracks = tracks
    session.plan.stale()
    for track in tracks:
        if not follows(session.spec, names[track]):
            logger.warning(
                "%s is left to you, not followed: %s %s",
                names[track],
                session.spec.name,
                describe_hearing(session.spec),
            )
    return []


def _in_bar(session: Session, call: Call) -> list[Output]:
    track, names = call.word("track"), session.spec.track_names
    if track not in names:
        raise MessageError(f"track must be one of {', '.join(names)}, got {track!r}")
    index = names.index(track)
    if index not in session.listener.tracks:
        session.listener.tracks = (*session.listener.tracks, index)
    notes = [Note(float(time), int(pitch), float(duration), int(velocity))
             for time, pitch, velocity, duration in call.message.rows]  # fmt: skip
    session.listener.clip(index, call.number("bar"), [note for note in notes if note.duration > 0])
    session.plan.stale()
    return []


def _in_clear(session: Session, call: Call) -> list[Output]:
    session.listener.clear()
    session.plan.stale()
    return []


# Ideas


def _seeds(call: Call) -> tuple[int | None, int | None]:
    seed, private = call.number("seed"), call.number("private_seed")
    return None if seed < 0 else seed, None if private < 0 else private


def _gen(session: Session, call: Call) -> list[Output]:
    return _renew(session, call, session.next + len(session.plan.bars))


def _gen_now(session: Session, call: Call) -> list[Output]:
    return _renew(session, call, session.next)


def _renew(session: Session, call: Call, number: int) -> list[Output]:
    """Begin a new phrase at a bar; it leaves the section, and whatever else held z."""
    seeds = _seeds(call)
    session.change(number, "gen", lambda ideas: ideas.freed().renewed(*seeds))
    return _leave_section(session)


def _gen_phrase(session: Session, call: Call) -> list[Output]:
    ahead = [planned.after for planned in session.plan.bars if planned.after is not None]
    last = ahead[-1] if ahead else session.ideas
    return _renew(session, call, session.next + len(ahead) + last.bars_left)


def _track_gen(session: Session, call: Call) -> list[Output]:
    track = session.spec.track_names.index(str(call.message.track))
    seed = call.number("seed")
    session.change(session.next, ("gen", track), lambda ideas: ideas.track_renewed(track, None if seed < 0 else seed))
    return []


def _fill(session: Session, call: Call) -> list[Output]:
    session.fills.add(session.next)
    session.plan.stale(session.next)
    return []


def _recall(session: Session, call: Call) -> list[Output]:
    first, n = call.number("bar"), call.number("bars")
    there = session.history.numbers
    if not (first in there and first + n - 1 in there):
        told = f"{there.start}..{there.stop - 1}" if there else "none yet"
        raise MessageError(
            f"bar must be one of this show's, {told}, got {first}" + (f"..{first + n - 1}" if n > 1 else "")
        )
    for i in range(n):
        if (bar := session.history.recall(first + i)) is not None:
            session.exact[session.next + i] = bar
    session.plan.clear()
    return []


def _back(session: Session, call: Call) -> list[Output]:
    return _step(session, -call.number("phrases"))


def _forward(session: Session, call: Call) -> list[Output]:
    return _step(session, call.number("phrases"))


def _step(session: Session, phrases: int) -> list[Output]:
    kept = session.history.step(phrases)
    if kept is None:
        raise MessageError("there is no phrase so far " + ("back" if phrases < 0 else "forward"))
    session.change(session.next, "gen", lambda ideas: ideas.gone_to(kept))
    return []


def _section(session: Session, call: Call) -> list[Output]:
    if call.message.reads:
        return [Send(call.target, "/musegan/section", (session.section,))]
    name, everything = call.word("name"), tuple(range(1 + session.spec.n_tracks))
    check_name(name)
    if name == "none":
        return _free(session, call)
    if name not in session.shelf.sections:
        session.shelf.put_section(name, _kept_now(session))
    kept = session.shelf.sections[name]
    session.section = name

    def go(ideas: Ideas) -> Ideas:
        return ideas.staying(kept.z, everything).gone_to(kept)

    session.change(session.next, "go", go)
    return [Changed("/musegan/section", (name,))]


def _section_clear(session: Session, call: Call) -> list[Output]:
    session.shelf.sections.pop(call.word("name"), None)
    return []


# Latents


def _kept_now(session: Session) -> Kept:
    """Return the idea of the bar that plays; before the first one, of the one to come."""
    bar = session.playing
    if bar is not None and bar.idea.plain_z:
        return Kept(bar.idea.seed, bar.idea.private_seed, bar.idea.plain_z)
    idea, _ = session.ideas.next(session.controls.bearing)
    return Kept(idea.seed, idea.private_seed, idea.plain_z)


def _groups(session: Session, group: str, *, all_too: bool = False) -> tuple[int, ...]:
    names = groups_of(session.spec)
    if all_too and group == "all":
        return tuple(range(len(names)))
    if group not in names:
        raise MessageError(f"group must be one of {', '.join((*(['all'] if all_too else []), *names))}, got {group!r}")
    return (names.index(group),)


def _latent_set(session: Session, call: Call) -> list[Output]:
    (group,) = _groups(session, call.word("group"))
    z = _kept_now(session).z
    index, values = call.number("index"), [float(value) for (value,) in call.message.rows]
    if not values or index + len(values) > len(z[group]):
        raise MessageError(f"{call.word('group')} has {len(z[group])} values: index + values must be 1 to that, "
                           f"got {index} + {len(values)}")  # fmt: skip

    def put(ideas: Ideas) -> Ideas:
        own = list(ideas.z or z)
        own[group] = own[group].copy()
        own[group][index : index + len(values)] = np.array(values, np.float32)
        return ideas.with_z(tuple(own))

    session.change(session.next, ("set", group, index, len(values)), put)
    return []


def _latent_get(session: Session, call: Call) -> list[Output]:
    (group,) = _groups(session, call.word("group"))
    z = _kept_now(session).z[group]
    return [
        Send(call.target, "/musegan/latent/values", (call.word("group"), i, *map(float, z[i : i + 64])))
        for i in range(0, max(len(z), 1), 64)
    ]


def _morph(session: Session, call: Call) -> list[Output]:
    start = _kept_now(session).z if call.word("from") == "now" else session.shelf.z(call.word("from"))
    end, bars = session.shelf.z(call.word("to")), call.number("bars")
    groups = _groups(session, call.word("group"), all_too=True)
    session.change(session.next, ("morph", groups), lambda ideas: ideas.morphing(start, end, groups, bars))
    return []


def _corners(session: Session, call: Call) -> list[Output]:
    session.shelf.corners = tuple(session.shelf.z(call.word(name)) for name in ("a", "b", "c", "d"))
    return []


def _xy(session: Session, call: Call) -> list[Output]:
    if call.message.reads:
        return [Send(call.target, "/musegan/latent/xy", (*session.shelf.place, "all"))]
    x, y = call.real("x"), call.real("y")
    groups, z = _groups(session, call.word("group"), all_too=True), session.shelf.pad(x, y)
    session.change(session.next, ("xy", groups), lambda ideas: ideas.staying(z, groups))
    return [Changed("/musegan/latent/xy", (x, y, call.word("group")))]


def _free(session: Session, call: Call) -> list[Output]:
    session.change(session.next, "free", lambda ideas: ideas.freed())
    return _leave_section(session)


def _leave_section(session: Session) -> list[Output]:
    was, session.section = session.section, "none"
    return [] if was == "none" else [Changed("/musegan/section", ("none",))]


def _snapshot_save(session: Session, call: Call) -> list[Output]:
    name = call.word("name")
    check_name(name)
    snapshot = Snapshot(_kept_now(session), session.controls.addresses())
    session.shelf.put_snapshot(name, snapshot)
    return [
        Wanted("save", name, call.target, call.message.address, data=snapshot.to_dict()),
        *_snapshot_list(session, call),
    ]


def _snapshot_load(session: Session, call: Call) -> list[Output]:
    snapshot = session.shelf.snapshot(call.word("name"))
    everything = tuple(range(1 + session.spec.n_tracks))
    outputs: list[Output] = []
    for address, value in snapshot.controls.items():
        # Whose clock it is, and its tempo, belong to the stage and not to the sound.
        if (control := control_of(address)) is not None and control.name not in ("clock/source", "tempo"):
            outputs += session.receive(address, (value,), call.target, call.now)[1:]

    def go(ideas: Ideas) -> Ideas:
        return ideas.staying(snapshot.kept.z, everything).gone_to(snapshot.kept)

    session.change(session.next, "go", go)
    return outputs


def _snapshot_delete(session: Session, call: Call) -> list[Output]:
    session.shelf.snapshot(call.word("name"))
    del session.shelf.snapshots[call.word("name")]
    return [Wanted("delete", call.word("name"), call.target, call.message.address), *_snapshot_list(session, call)]


def _snapshot_list(session: Session, call: Call) -> list[Output]:
    return [Send(call.target, "/musegan/snapshot/names", (" ".join(sorted(session.shelf.snapshots)),))]


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
    if control.name == "in/mode" and value != mode_of(session.spec, str(value)):
        logger.warning("%s cannot anticipate: it follows %s", session.spec.name, mode_of(session.spec, str(value)))
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
    "/musegan/gen": _gen,
    "/musegan/gen/now": _gen_now,
    "/musegan/gen/phrase": _gen_phrase,
    "/musegan/track/<track>/gen": _track_gen,
    "/musegan/fill": _fill,
    "/musegan/recall": _recall,
    "/musegan/history/back": _back,
    "/musegan/history/forward": _forward,
    "/musegan/section": _section,
    "/musegan/section/clear": _section_clear,
    "/musegan/latent/set": _latent_set,
    "/musegan/latent/get": _latent_get,
    "/musegan/latent/morph": _morph,
    "/musegan/latent/corners": _corners,
    "/musegan/latent/xy": _xy,
    "/musegan/latent/free": _free,
    "/musegan/snapshot/save": _snapshot_save,
    "/musegan/snapshot/load": _snapshot_load,
    "/musegan/snapshot/delete": _snapshot_delete,
    "/musegan/snapshot/list": _snapshot_list,
    "/musegan/bar/get": _bar_get,
    "/musegan/export": _export,
    "/musegan/model/load": _wanted("model", "name"),
    "/musegan/model/list": _wanted("models"),
    **{spec.address: _control for control in CONTROLS.values() for spec in control.specs},
})  # fmt: skip
"""What each incoming address does; a test sees to it that the table has no other ones."""
