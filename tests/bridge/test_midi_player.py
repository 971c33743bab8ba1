"""What the player of MIDI sends, in manual time: no note hangs, none is cut, nothing floods."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musegan_bridge.midi.clock import CONTINUE, POSITION, STOP, TICK, TICKS
from musegan_bridge.midi.player import (
    LATEST,
    LONGEST,
    Player,
    move_record,
    note_record,
    program_record,
    silence_record,
)
from musegan_bridge.show.clock import Timeline

UNIX = 1.7e9  # Unix seconds at 0 seconds of the player's clock

NOTE_ON, NOTE_OFF, PROGRAM, CONTROL = 0x90, 0x80, 0xC0, 0xB0

Said = list[tuple[float, bytes]]


def take(player: Player, record: bytes, now: float, unix: float | None = None) -> list[bytes]:
    return player.take(record, now, UNIX + now if unix is None else unix)


def play_until(player: Player, until: float) -> Said:
    """Return what is sent until then, and when, woken up as the process is."""
    said: Said = []
    while (time := player.next_time()) is not None and time <= until:
        said += [(time, message) for _, message in player.pop(time)]
    return said


def notes_of(said: Said) -> list[tuple[float, str, int]]:
    kinds = {NOTE_ON: "on", NOTE_OFF: "off"}
    return [(round(t, 6), kinds[m[0] & 0xF0], m[1]) for t, m in said if m[0] & 0xF0 in kinds]


def player_with(*notes: tuple[int, float, float]) -> Player:
    """Return a player that was told notes (pitch, start, end) on channel 0 at 0 s."""
    player = Player()
    take(player, program_record(0, 33), 0)
    for pitch, start, end in notes:
        take(player, note_record(0, pitch, 100, UNIX + start, UNIX + end), 0)
    return player


def test_note_sounds_from_its_start_to_its_end() -> None:
    assert notes_of(play_until(player_with((60, 0.5, 1.0)), 9)) == [(0.5, "on", 60), (1.0, "off", 60)]


def test_note_that_is_struck_again_ends_first_and_the_end_of_the_first_does_not_cut_it() -> None:
    player = player_with((60, 0.5, 1.5), (60, 1.0, 2.0))
    assert notes_of(play_until(player, 9)) == [(0.5, "on", 60), (1.0, "off", 60), (1.0, "on", 60), (2.0, "off", 60)]


def test_ends_go_before_starts_of_the_same_moment() -> None:
    player = player_with((60, 1.0, 1.5), (60, 0.5, 1.0), (62, 1.0, 1.25))
    said = notes_of(play_until(player, 9))
    assert said[:2] == [(0.5, "on", 60), (1.0, "off", 60)]
    assert sorted(said[2:4]) == [(1.0, "on", 60), (1.0, "on", 62)]


def test_silence_ends_what_sounds_and_forgets_what_was_due() -> None:
    player = player_with((60, 0.5, 1.5), (62, 1.0, 2.0))
    play_until(player, 0.7)
    assert take(player, silence_record(at_once=False), 0.7) == [bytes([NOTE_OFF, 60, 0]), bytes([CONTROL, 123, 0])]
    assert play_until(player, 9) == []


def test_panic_ends_the_release_of_sounds_too() -> None:
    said = take(player_with(), silence_record(at_once=True), 0)
    assert said == [bytes([CONTROL, 123, 0]), bytes([CONTROL, 120, 0])]


def test_programs_are_sent_when_they_change_when_a_port_opens_and_before_the_first_note_after_silence() -> None:
    player, program = Player(), bytes([PROGRAM | 1, 25])
    assert take(player, program_record(1, 25), 0) == [program]
    assert player.begin(0)[-1] == program
    note = note_record(1, 60, 100, UNIX + 1, UNIX + 2)
    assert take(player, note, 0.8) == [program]
    assert take(player, note, 0.8) == []
    take(player, silence_record(at_once=False), 0.9)
    assert take(player, note, 0.9) == [program]


def test_note_that_came_too_late_is_dropped_and_counted() -> None:
    player = player_with((60, -2 * LATEST, 1), (62, -LATEST / 2, 1))
    assert notes_of(play_until(player, 9)) == [(round(-LATEST / 2, 6), "on", 62), (1.0, "off", 62)]
    assert player.dropped == 1


def test_process_that_was_stopped_drops_what_it_missed_and_ends_what_sounded() -> None:
    player = player_with((60, 0.5, 2.0), *((62 + i, 1 + i / 10, 2 + i / 10) for i in range(10)))
    play_until(player, 0.6)
    assert [message for _, message in player.pop(30)] == [bytes([NOTE_OFF, 60, 0])]
    assert player.dropped == 10
    assert player.next_time() is None


@pytest.mark.parametrize("jump", [-3600.0, 3600.0])
def test_wall_clock_that_is_set_neither_floods_nor_hangs(jump: float) -> None:
    player = player_with((60, 0.5, 1.0))
    play_until(player, 0.7)
    for i in range(100):  # of a bar that was still reckoned by the old time
        take(player, note_record(0, 62, 100, UNIX + 1 + i / 100, UNIX + 2), 0.8, UNIX + 0.8 + jump)
    assert notes_of(play_until(player, 2 * LONGEST)) == [(1.0, "off", 60)]
    assert player.dropped == 100


def test_clock_goes_on_along_what_was_said_last() -> None:
    player = Player()
    take(player, move_record(Timeline(0, UNIX + 0.1, 120)), 0)
    take(player, move_record(Timeline(4, UNIX + 2.1, 60)), 1)
    take(player, move_record(Timeline(2, UNIX + 1.1, 60)), 1)
    ticks = [time for time, message in play_until(player, 3.05) if message[0] == TICK and time > 0.09]
    assert ticks == pytest.approx(
        [0.1 + i / 2 / TICKS for i in range(2 * TICKS)] + [1.1 + i / TICKS for i in range(2 * TICKS - 1)]
    )
    assert take(player, silence_record(at_once=False), 3.05)[0] == bytes([STOP])
    assert play_until(player, 9) == []


def test_port_that_opens_late_hears_where_the_clock_is() -> None:
    player = Player()
    take(player, move_record(Timeline(0, UNIX + 0.1, 120)), 0)
    play_until(player, 3)
    assert player.begin(3)[0][0] == POSITION
    assert bytes([CONTINUE]) in [message for _, message in play_until(player, 3.2)]


events = st.tuples(
    st.floats(0, 0.3),  # seconds since the event before
    st.sampled_from(["note"] * 12 + ["silence", "stall"]),
    st.integers(60, 62),  # pitch
    st.floats(-0.3, 0.5),  # seconds ahead
    st.floats(0.001, 1.5),  # seconds long
)


@given(st.lists(events, max_size=60))
def test_no_note_hangs_and_none_is_cut_whatever_comes(said: Sequence[tuple[float, str, int, float, float]]) -> None:
    player, now = player_with(), 0.0
    heard: Said = []
    ends: dict[int, float] = {}  # pitch: end of the note that was told last of those that have begun
    told: list[tuple[float, int, float]] = []
    for pause, kind, pitch, ahead, length in said:
        now += pause
        if kind != "stall":
            heard += play_until(player, now)
        if kind == "note":
            told.append((now + ahead, pitch, now + ahead + length))
            take(player, note_record(0, pitch, 100, UNIX + now + ahead, UNIX + now + ahead + length), now)
        elif kind == "silence":
            heard += [(now, message) for message in take(player, silence_record(at_once=False), now)]
    heard += play_until(player, now + 5)
    assert player.next_time() is None
    sounding: set[int] = set()
    for time, message in heard:
        status, pitch = message[0] & 0xF0, message[1]
        if status == NOTE_ON:
            assert pitch not in sounding
            sounding.add(pitch)
            ends[pitch] = max(end for start, p, end in told if p == pitch and start <= time + 1e-6)
        elif status == NOTE_OFF:
            assert pitch in sounding
            sounding.discard(pitch)
    assert not sounding
