"""What the show answers to questions about itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from musegan_bridge import __version__
from musegan_bridge.messages import PROTOCOL, Value, help_entries
from musegan_bridge.show.hearing import mode_of
from musegan_bridge.show.outgoing import Send, Target
from musegan_models.spec import BEATS_PER_MEASURE

if TYPE_CHECKING:
    from musegan_bridge.show.session import Session


def hello(session: Session, target: Target) -> Send:
    """Return who this is."""
    spec = session.spec
    args = (
        __version__,
        PROTOCOL,
        spec.name,
        " ".join(spec.track_names),
        BEATS_PER_MEASURE,
        spec.n_measures,
        session.controls.number("commit"),
        session.provider,
        session.http,
    )
    return Send(target, "/musegan/hello/reply", args)


def status(session: Session, target: Target, now: float) -> Send:
    """Return how it goes."""
    line, counts, slack = session.transport.timeline, session.counts, session.slack
    playing = None if line is None else session.plan.sounding(line.beat_at(now))
    chords = None if playing is None else playing.chords
    next_expected = next(iter(session.expected), None)
    args: tuple[Value, ...] = (
        int(line is not None),
        session.transport.tempo,
        line.beat_at(now) if line else 0.0,
        session.seed,
        tracks_of(session),
        session.listener.held,
        len(session.subscribers),
        counts.bars,
        counts.late,
        _ms(slack.least),
        session.refusals.count,
        session.spec.name,
        session.provider,
        mode_of(session.spec, str(session.controls["in/mode"])),
        str(session.controls["key"]),
        session.transport.source,
        *(_ms(slack.reached_by(percent)) for percent in (50, 95, 99)),
        sum(planned.bar is not None for planned in session.plan.bars),
        session.section,
        "" if session.heard_chord is None else session.heard_chord.name,
        "" if playing is None else playing.chord,
        "" if chords is None or line is None else chords.at(line.beat_at(now)),
        0 if chords is None else chords.index,
        session.chart.length,
        session.listener.memory.loop,
        -1.0 if next_expected is None else next_expected.confidence,
        *(_known(session.freshness.reached_by(percent)) for percent in (50, 95)),
    )
    return Send(target, "/musegan/status/reply", args)


def _known(beats: float | None) -> float:
    return -1.0 if beats is None else beats


def tracks_of(session: Session) -> str:
    """Return the names of the musician's tracks, or none."""
    return " ".join(session.spec.track_names[track] for track in session.listener.tracks) or "none"


def help_to(target: Target, prefix: str) -> Iterator[Send]:
    """Yield the table, address by address."""
    entries = list(help_entries(prefix))
    for entry in entries:
        yield Send(target, "/musegan/help/entry", entry)
    yield Send(target, "/musegan/help/end", (len(entries),))


def _ms(seconds: float | None) -> float:
    return -1.0 if seconds is None else seconds * 1000
