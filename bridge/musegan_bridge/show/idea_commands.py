"""What the messages do that steer the ideas: phrases, sections, history, latents, snapshots. No sockets, no files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from musegan_bridge.messages import MessageError
from musegan_bridge.show.call import Call, Command
from musegan_bridge.show.events import Changed
from musegan_bridge.show.ideas import Ideas, Kept
from musegan_bridge.show.latent import groups_of, on_pad
from musegan_bridge.show.outgoing import Output, Send, Wanted
from musegan_bridge.show.planned import Change
from musegan_bridge.show.shelf import Snapshot, check_name
from musegan_bridge.show.state import control_of

if TYPE_CHECKING:
    from musegan_bridge.show.session import Session


def _seeds(call: Call) -> tuple[int | None, int | None]:
    seed, private = call.number("seed"), call.number("private_seed")
    return None if seed < 0 else seed, None if private < 0 else private


def _gen(session: Session, call: Call) -> list[Output]:
    return _renew(session, call, session.plan.end)


def _gen_now(session: Session, call: Call) -> list[Output]:
    session.plan.recall([])
    return _renew(session, call, session.plan.next)


def _renew(session: Session, call: Call, number: int) -> list[Output]:
    """Begin a new phrase at a bar; it leaves the section, and whatever else held z."""
    seeds = _seeds(call)
    session.plan.change(number, "gen", lambda ideas: ideas.freed().renewed(*seeds))
    return _leave_section(session)


def _gen_phrase(session: Session, call: Call) -> list[Output]:
    ahead = [planned.after for planned in session.plan.bars if planned.after is not None]
    last = ahead[-1] if ahead else session.plan.ideas
    return _renew(session, call, session.plan.next + len(ahead) + last.bars_left)


def _track_gen(session: Session, call: Call) -> list[Output]:
    track = session.spec.track_names.index(str(call.message.track))
    seed = call.number("seed")
    session.plan.change(
        session.plan.next, ("gen", track), lambda ideas: ideas.track_renewed(track, None if seed < 0 else seed)
    )
    return []


def _fill(session: Session, call: Call) -> list[Output]:
    session.plan.fills.add(session.plan.next)
    session.plan.stale(session.plan.next)
    return []


def _recall(session: Session, call: Call) -> list[Output]:
    first, n = call.number("bar"), call.number("bars")
    there = session.history.numbers
    if not (first in there and first + n - 1 in there):
        told = f"{there.start}..{there.stop - 1}" if there else "none yet"
        raise MessageError(
            f"bar must be one of this show's, {told}, got {first}" + (f"..{first + n - 1}" if n > 1 else "")
        )
    session.plan.recall([bar for i in range(n) if (bar := session.history.recall(first + i)) is not None])
    return []


def _back(session: Session, call: Call) -> list[Output]:
    return _step(session, -call.number("phrases"))


def _forward(session: Session, call: Call) -> list[Output]:
    return _step(session, call.number("phrases"))


def _go(session: Session, kind: str, change: Change) -> None:
    """Go to another idea with the next bar that is not committed; what is left of a recall is not played."""
    session.plan.recall([])
    session.plan.change(session.plan.next, kind, change)


def _step(session: Session, phrases: int) -> list[Output]:
    kept = session.history.step(phrases)
    if kept is None:
        there, way = (session.history.phrases_back, "back") if phrases < 0 else (session.history.phrases_on, "forward")
        if not there:
            raise MessageError(f"there is no phrase to go {way} to")
        raise MessageError(f"phrases must be in 1..{there}, as many as there are to go {way} to, got {abs(phrases)}")
    _go(session, "gen", lambda ideas: ideas.gone_to(kept))
    return []


def _section(session: Session, call: Call) -> list[Output]:
    if call.message.reads:
        return [Send(call.target, "/musegan/section", (session.section,))]
    name, everything = call.word("name"), tuple(range(1 + session.spec.n_tracks))
    check_name(name)
    if name == "none":
        return _free(session, call)
    if name not in session.shelf.sections:
        session.shelf.put_section(name, _kept_now(session, call.now))
    kept = session.shelf.sections[name]
    session.enter_section(name)

    def go(ideas: Ideas) -> Ideas:
        return ideas.staying(kept.z, everything).gone_to(kept)

    _go(session, "go", go)
    return [Changed("/musegan/section", (name,))]


def _form_phrase(session: Session, call: Call) -> list[Output]:
    return [Send(call.target, "/musegan/form/phrase", (session.part,))]


def _section_clear(session: Session, call: Call) -> list[Output]:
    name = call.word("name")
    session.shelf.forget_section(name)
    return _free(session, call) if session.section == name else []


# Latents


def _kept_now(session: Session, now: float | None = None) -> Kept:
    """Return the idea of the bar that sounds `now`, else of the last committed one; before the first one, to come."""
    line = session.transport.timeline
    bar = session.plan.playing if now is None or line is None else session.plan.sounding(line.beat_at(now))
    if bar is not None and bar.idea.plain_z:
        return Kept(bar.idea.seed, bar.idea.private_seed, bar.idea.plain_z)
    idea, _ = session.plan.ideas.next(session.controls.bearing)
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

    session.plan.change(session.plan.next, ("set", group, index, len(values)), put)
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
    session.plan.change(session.plan.next, ("morph", groups), lambda ideas: ideas.morphing(start, end, groups, bars))
    return []


def _corners(session: Session, call: Call) -> list[Output]:
    session.shelf.corners = tuple(session.shelf.z(call.word(name)) for name in ("a", "b", "c", "d"))
    return []


def _xy(session: Session, call: Call) -> list[Output]:
    if call.message.reads:
        return [Send(call.target, "/musegan/latent/xy", (*session.shelf.place, "all"))]
    x, y = call.real("x"), call.real("y")
    groups, corners = _groups(session, call.word("group"), all_too=True), session.shelf.corners
    session.shelf.place = (x, y)
    # A pad says hundreds a second, and few of them are heard.
    session.plan.change(
        session.plan.next, ("xy", groups), lambda ideas: ideas.staying(on_pad(corners, x, y), groups, by_hand=True)
    )
    return [Changed("/musegan/latent/xy", (x, y, call.word("group")))]


def _free(session: Session, call: Call) -> list[Output]:
    session.plan.change(session.plan.next, "free", lambda ideas: ideas.freed())
    return _leave_section(session)


def _leave_section(session: Session) -> list[Output]:
    was = session.section
    session.enter_section("none")
    return [] if was == "none" else [Changed("/musegan/section", ("none",))]


def _snapshot_save(session: Session, call: Call) -> list[Output]:
    name = call.word("name")
    check_name(name)
    snapshot = Snapshot(_kept_now(session, call.now), session.controls.addresses())
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

    _go(session, "go", go)
    return [*outputs, *_leave_section(session)]


def _snapshot_delete(session: Session, call: Call) -> list[Output]:
    session.shelf.snapshot(call.word("name"))
    del session.shelf.snapshots[call.word("name")]
    return [Wanted("delete", call.word("name"), call.target, call.message.address), *_snapshot_list(session, call)]


def _snapshot_list(session: Session, call: Call) -> list[Output]:
    return [Send(call.target, "/musegan/snapshot/names", (" ".join(sorted(session.shelf.snapshots)),))]


IDEA_COMMANDS: Mapping[str, Command] = MappingProxyType({
    "/musegan/gen": _gen,
    "/musegan/gen/now": _gen_now,
    "/musegan/gen/phrase": _gen_phrase,
    "/musegan/track/<track>/gen": _track_gen,
    "/musegan/fill": _fill,
    "/musegan/recall": _recall,
    "/musegan/history/back": _back,
    "/musegan/history/forward": _forward,
    "/musegan/form/phrase": _form_phrase,
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
})  # fmt: skip
"""What each of these addresses does."""
