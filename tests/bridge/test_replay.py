"""A show again from its log, in a time that the test counts up: the same bars and notes, later."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import mido
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests.bridge import shows

from musegan_bridge.files.event_log import Entry, Header, Log, Logged
from musegan_bridge.files.replay import Replay, midi_from_log
from musegan_bridge.files.tape import Tape
from musegan_bridge.show.band import Bar, BarChords
from musegan_bridge.show.clock import Timeline
from musegan_bridge.show.events import Committed, Due, Expected, Moved, Played, Received, Silenced
from musegan_bridge.show.ideas import Idea
from musegan_bridge.show.outgoing import Output, Send, SendNotes
from musegan_bridge.show.subscribers import NOTE_AHEAD
from musegan_models.notes import Note
from musegan_models.spec import ModelSpec

HEADER = Header.of(ModelSpec("test"), 7)
ME, YOU = ("127.0.0.1", 9001), ("127.0.0.1", 9002)
THEN, NOW = 1_700_000_000.0, 1_800_000_000.0


class Show:
    """A replay, the time, and all that came out."""

    def __init__(self, log: Log) -> None:
        self.replay = Replay(log)
        self.now = NOW
        self.outputs: list[tuple[float, Output]] = []

    def say(self, address: str, *values: object, sender: tuple[str, int] = ME) -> list[Output]:
        outputs = self.replay.receive(address, values, sender, self.now)
        self.outputs += [(self.now, output) for output in outputs]
        return outputs

    def run(self, seconds: float = 1e6) -> None:
        """Let time pass from one thing due to the next, until it is over."""
        end = self.now + seconds
        while not self.replay.is_over:
            self.outputs += [(self.now, output) for output in self.replay.poll(self.now)]
            wake = self.replay.wake()
            if wake is None or wake > end:
                self.now = end
                break
            self.now = max(self.now, wake)

    def events(self, *kinds: type[Logged | Due]) -> list[tuple[float, Logged | Due]]:
        return [(now, o) for now, o in self.outputs if isinstance(o, kinds)]

    def sent(self, address: str, target: tuple[str, int] = ME) -> list[Send]:
        return [o for _, o in self.outputs if isinstance(o, Send) and o.address == address and o.target == target]


def bar(number: int) -> Bar:
    notes = {
        "bass": [Note(0.0, 36 + number % 12, 1.0, 100)],
        "drums": [Note(0.0, 36, 0.25, 90), Note(2.5, 38, 0.25, 80)],
    }
    return Bar(number, Idea(number % 4, 7, 8), notes)


def log_of(tempos: Sequence[tuple[float, float]], n_bars: int, *, ends: bool = True) -> Log:
    """Return the log of a show that began at THEN with a count-in of 1.5 beats.

    `tempos`: (beat, tempo), the first is the tempo from the start; each bar is committed a beat ahead.
    """
    line = Timeline(-1.5, THEN, tempos[0][1])
    entries = [Entry(THEN - 50, Received("/musegan/hello", [], THEN - 50)), Entry(THEN, Moved(-1.5, THEN, line.tempo))]
    things: list[tuple[float, Bar | float]] = [(number * 4 - 1.0, bar(number)) for number in range(n_bars)]
    things += list(tempos[1:])
    for beat, thing in sorted(things, key=lambda pair: pair[0]):
        time = line.time_at(beat)
        if isinstance(thing, Bar):
            entries.append(Entry(time, Committed(thing, line.time_at(thing.number * 4), line.tempo)))
        else:
            line = line.with_tempo(thing, time)
            entries.append(Entry(time, Moved(beat, time, thing)))
            entries.append(Entry(time + 0.01, Played("piano", 60, 80, line.beat_at(time + 0.01), time + 0.01)))
    entries.sort(key=lambda entry: entry.at)  # what is played may come after the next bar is committed
    end = line.time_at(n_bars * 4)
    if ends:
        entries.append(Entry(end, Silenced("stop", end)))
    return Log(HEADER, entries)


def sounded(entries: Sequence[Entry]) -> list[tuple[float, int, list[tuple[str, Note]]]]:
    """Return when each onset of a log was told to sound: as its clock was `NOTE_AHEAD` before."""
    lines = [(e.at, Timeline(e.event.beat, e.event.time, e.event.tempo)) for e in entries if isinstance(e.event, Moved)]
    found = []
    for entry in entries:
        if isinstance(entry.event, Committed):
            made = entry.event.bar
            for time in sorted({note.time for notes in made.notes.values() for note in notes}):
                beat = made.number * 4 + time
                for i, (_, line) in enumerate(lines):
                    until = lines[i + 1][0] if i + 1 < len(lines) else float("inf")
                    assume(abs(line.time_at(beat) - NOTE_AHEAD - until) > 1e-4)  # at once: either is right
                    if line.time_at(beat) - NOTE_AHEAD < until:
                        when = max(line.time_at(beat), lines[i][0])
                        break
                together = [(t, n) for t, notes in made.notes.items() for n in notes if n.time == time]
                found.append((when, made.number, together))
    return found


TEMPOS = st.lists(st.tuples(st.floats(0.5, 30), st.floats(40, 240)), max_size=6)


@settings(max_examples=40, deadline=None)
@given(st.floats(40, 240), TEMPOS, st.integers(1, 8), st.booleans())
@example(40.0, [(2.984375, 121.0)], 2, True)
def test_the_same_bars_and_notes_come_at_the_same_times_later(
    tempo: float, changes: list[tuple[float, float]], n_bars: int, ends: bool
) -> None:
    within = {round(beat, 2): t for beat, t in changes if beat < n_bars * 4 - 0.5}
    log = log_of([(-1.5, tempo), *sorted(within.items())], n_bars, ends=ends)
    show = Show(log)
    show.say("/musegan/subscribe", "bar", 0, 86400)
    show.say("/musegan/subscribe", "note", 0, 86400, sender=YOU)
    show.replay.play(show.now)
    show.run()
    assert show.replay.is_over

    shift = NOW - THEN
    again = [(now, e) for now, e in show.events(Committed, Moved, Played, Received, Silenced)]
    assert [type(e) for _, e in again][: len(log.entries)] == [type(entry.event) for entry in log.entries]
    for (now, event), entry in zip(again[1:], log.entries[1:], strict=False):
        assert now == pytest.approx(entry.at + shift, abs=1e-5)
        if isinstance(event, Committed) and isinstance(entry.event, Committed):
            assert event.bar == entry.event.bar
            assert (event.downbeat - shift, event.tempo) == pytest.approx((entry.event.downbeat, entry.event.tempo))
        elif not isinstance(event, Committed) and not isinstance(entry.event, Committed):
            assert event.time - shift == pytest.approx(entry.event.time, abs=1e-5)
    assert isinstance(again[-1][1], Silenced)

    due = [e for _, e in show.events(Due) if isinstance(e, Due)]
    notes = [o for _, o in show.outputs if isinstance(o, SendNotes)]
    for made in (due, notes):
        assert [(o.bar, list(o.notes)) for o in made] == [
            (number, together) for _, number, together in sounded(log.entries)
        ]
    assert [o.time for o in due] == [o.time for o in notes]
    assert [o.time - shift for o in due] == pytest.approx([when for when, *_ in sounded(log.entries)], abs=1e-4)

    begins = show.sent("/musegan/bar/begin")
    downbeats = [entry.event.downbeat for entry in log.entries if isinstance(entry.event, Committed)]
    assert [o.args[0] for o in begins] == list(range(n_bars))
    assert [o.time - shift for o in begins if o.time] == pytest.approx(downbeats, abs=1e-5)
    assert [o.args for o in show.sent("/musegan/tempo/changed")][1:] == [
        (t, beat) for beat, t in sorted(within.items())
    ]


def test_it_answers_and_refuses_what_would_change_the_show() -> None:
    show = Show(log_of([(0, 120.0)], 4))
    (hello,) = show.say("/musegan/hello")
    assert isinstance(hello, Send)
    assert hello.args[2:4] == ["test", "bass drums guitar piano strings"]
    assert len(hello.types) == len(hello.args)
    show.replay.play(show.now)
    show.run(3.0)
    (status,) = show.say("/musegan/status")
    assert isinstance(status, Send)
    assert status.args[:2] == [1, 120.0]
    assert show.say("/musegan/help")[-1] is not None
    for address, values in (("/musegan/tempo", [90]), ("/musegan/gen", []), ("/nothing", [])):
        (error,) = show.say(address, *values)
        assert isinstance(error, Send)
        assert (error.address, error.args[0]) == ("/musegan/error", address)


@pytest.mark.parametrize("verb", ["stop", "panic"])
def test_a_stop_silences_all_and_play_begins_again(verb: str) -> None:
    show = Show(log_of([(0, 120.0)], 4))
    show.say("/musegan/subscribe", "bar", 0, 86400)
    show.replay.play(show.now)
    show.run(3.0)
    silence, silenced = show.say(f"/musegan/{verb}")
    assert isinstance(silence, Send)
    assert (silence.address, silence.args) == ("/musegan/silence", (verb,))
    assert silenced == Silenced(verb, show.now)
    assert not show.replay.is_over
    assert show.replay.poll(show.now + 60) == []
    show.now += 60
    show.say("/musegan/play")
    show.run()
    assert [o.args[0] for o in show.sent("/musegan/bar/begin")] == [0, 1, 0, 1, 2, 3]
    show.say("/musegan/play")  # and again, from its end
    assert not show.replay.is_over


def test_a_new_client_hears_the_bar_that_plays() -> None:
    show = Show(log_of([(0, 120.0)], 4))
    show.replay.play(show.now)
    show.run(3.5)  # the second beat of bar 1 and a half
    show.say("/musegan/subscribe", "bar", 0, 86400)
    assert [o.args[0] for o in show.sent("/musegan/bar/begin")] == [1]
    show.run()
    assert [o.args[0] for o in show.sent("/musegan/bar/begin")] == [1, 2, 3]


def test_it_goes_on_from_where_it_was_after_the_machine_slept() -> None:
    show = Show(log_of([(0, 120.0)], 4))
    show.say("/musegan/subscribe", "note", 0, 86400)
    show.replay.play(show.now)
    show.run(3.0)
    show.now += 600
    show.run()
    notes = [(now, o) for now, o in show.outputs if isinstance(o, SendNotes)]
    assert len(notes) == 8
    assert all(o.time >= now for now, o in notes)


def test_a_show_of_which_nothing_was_written_is_over_at_once() -> None:
    show = Show(Log(HEADER, []))
    show.replay.play(show.now)
    show.run()
    assert show.replay.is_over
    assert show.replay.poll(show.now) == []


def test_the_midi_file_of_a_log_is_the_one_that_was_recorded() -> None:
    log = log_of([(0, 120.0), (5.0, 90.0)], 4)
    tape = Tape(HEADER.tracks)
    for entry in log.entries:
        tape.take(entry.event)
    assert midi_from_log(log) == tape.to_bytes()


def test_what_is_muted_while_a_bar_plays_is_silent_again_and_what_comes_back_is_heard() -> None:
    live = shows.Show(lookahead=4.0)
    for form, client in (("bar", ME), ("note", YOU)):
        live.say("/musegan/subscribe", form, 0, 86400, sender=client)
    for muted in (1, 0, 1):  # the kick of each bar is on its third beat; 3 s are a bar and a half
        live.run(3.0)
        live.say("/musegan/track/drums/mute", muted)
    live.run(2.5)
    live.say("/musegan/subscribe", "bar", 0, 86400, sender=shows.LISTENER)  # comes while they are muted
    live.run(1.0)
    live.say("/musegan/stop")
    entries = [Entry(now, output) for now, output in live.sent if isinstance(output, Logged)]
    show = Show(Log(HEADER, entries))
    for form, client in (("bar", ME), ("note", YOU)):
        show.say("/musegan/subscribe", form, 0, 86400, sender=client)
    show.replay.play(show.now)
    show.run()

    def kicks(outputs: Sequence[tuple[float, Output]], kind: type[SendNotes] | type[Due]) -> list[int]:
        found = [o for _, o in outputs if isinstance(o, kind)]
        return [o.bar for o in found if any(track == "drums" for track, _ in o.notes)]

    def sent(outputs: Sequence[tuple[float, Output]], target: tuple[str, int]) -> list[tuple[object, ...]]:
        bars = [o for _, o in outputs if isinstance(o, Send) and o.target == target]
        return [tuple(o.args) for o in bars if o.address == "/musegan/bar/notes"]

    heard = kicks(live.sent, SendNotes)
    assert heard
    assert heard != list(range(heard[-1] + 1))
    assert kicks(live.sent, Due) == kicks(show.outputs, Due) == kicks(show.outputs, SendNotes) == heard
    assert sent(live.sent, ME) == sent(show.outputs, ME)
    assert all(args[1] != "drums" for args in sent(live.sent, shows.LISTENER))
    # The file has the bars as those of the form bar heard them.
    file = mido.MidiFile(file=io.BytesIO(midi_from_log(show.replay.log)))
    drums = next(track for track in file.tracks if track.name == "drums")
    assert sum(m.type == "note_on" and m.velocity > 0 for m in drums) == sum(
        a[1] == "drums" for a in sent(live.sent, ME)
    )


def test_chords_and_what_was_expected_are_told_again() -> None:
    log = log_of([(-1.5, 120)], 2)
    chords = BarChords(2, "verse", [(0.0, "C"), (2.0, "Am")])
    entries = [
        replace(e, event=replace(e.event, bar=replace(e.event.bar, chord="C6", chords=chords)))
        if isinstance(e.event, Committed)
        else e
        for e in log.entries
    ]
    expected = Expected(1, 0, 0, 0.8, 4, "Am", {"piano": [Note(0.0, 57, 1.0, 90)]}, THEN + 0.1)
    entries.append(Entry(THEN + 0.1, expected))
    entries.sort(key=lambda entry: entry.at)
    show = Show(Log(HEADER, entries))
    show.outputs += [(NOW, output) for output in show.replay.play(NOW)]
    show.say("/musegan/subscribe", "bar", 0, 1000.0, 0.0, 0.0, 0, 1)
    show.say("/musegan/subscribe", "bar", 0, 1000.0, sender=YOU)
    show.run(2.0)
    (begin,) = show.sent("/musegan/expected/bar")
    assert tuple(begin.args) == (1, 0, 0, 0.8, 4, "Am", 1)
    assert not show.sent("/musegan/expected/bar", YOU)
    assert show.sent("/musegan/chart/bar")[0].args == (0, 2, "verse", 0.0, "C", 2.0, "Am")
    show.say("/musegan/status")
    told = dict(zip(shows.names("/musegan/status/reply"), show.sent("/musegan/status/reply")[-1].args, strict=True))
    assert (told["band_chord"], told["chart_bar"]) == ("C6", 2)
    assert told["chart_chord"] in ("C", "Am")
