"""Loud and soft, busy and calm: what the band makes of how the musician plays."""

from __future__ import annotations

import pytest
from tests.bridge.shows import LIVE, Show

from musegan_bridge.show.dynamics import Dynamics


def played(velocity: int, interval: float, beats: float = 16.0, dynamics: Dynamics | None = None) -> Dynamics:
    """Return what is known after a note at each interval, in beats, of one velocity."""
    dynamics = dynamics or Dynamics()
    start = dynamics.last or 0.0
    for i in range(1, int(beats / interval) + 1):
        dynamics.strike(start + i * interval, velocity)
    return dynamics


def test_the_band_plays_softer_and_louder_with_the_musician() -> None:
    soft, usual, loud = (played(velocity, 0.5).loudness(1) for velocity in (40, 80, 115))
    assert soft < 0.6 < usual == 1 < loud


def test_the_band_plays_sparser_and_busier_with_the_musician() -> None:
    calm, usual, busy = (played(80, interval).busyness(1) for interval in (2.0, 0.5, 0.25))
    assert calm < 0.6 < usual == 1 < busy


def test_a_change_has_arrived_after_two_bars_and_comes_smoothly() -> None:
    dynamics, levels = played(100, 0.5), list[float]()
    for _ in range(8):
        levels.append(played(40, 0.5, 1.0, dynamics).loudness(1))
    assert levels == sorted(levels, reverse=True)
    assert 0.95 < levels[0] < 1.25
    assert levels[-1] == pytest.approx(0.6, abs=0.06)


def test_a_rest_changes_nothing() -> None:
    dynamics = played(40, 1.0)
    before = dynamics.loudness(1), dynamics.busyness(1)
    dynamics.strike((dynamics.last or 0) + 60, 40)
    assert (dynamics.loudness(1), dynamics.busyness(1)) == before


def test_the_notes_of_a_chord_are_one_onset() -> None:
    chords, notes = Dynamics(), Dynamics()
    for beat in range(16):
        notes.strike(beat, 80)
        for i in range(4):
            chords.strike(beat + i * 0.01, 80)
    assert chords.busyness(1) == notes.busyness(1)


def test_an_amount_of_0_is_as_if_nobody_was_heard() -> None:
    assert (played(10, 4).loudness(0), played(10, 4).busyness(0)) == (1, 1)
    assert (Dynamics().loudness(1), Dynamics().busyness(1)) == (1, 1)


def velocities(show: Show) -> list[int]:
    return [note.velocity for own in show.committed()[-2:] for notes in own.bar.notes.values() for note in notes]


def test_in_a_show_velocity_and_density_follow_the_player_and_a_rest_is_a_rest() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/in/track", "piano")
    show.say("/musegan/in/dynamics", 1)
    show.run(2.75)
    usual = max(velocities(show))
    for _ in range(8):
        show.say("/musegan/in/note", 60, 30)
        show.run(0.9)
        show.say("/musegan/in/note", 60, 0)
        show.run(0.1)
    soft = max(velocities(show))
    assert soft < 0.6 * usual
    assert max(show.requests[-1].density) < 1
    show.run(12)
    assert max(velocities(show)) == soft
    show.say("/musegan/in/dynamics", 0)
    show.run(4)
    assert max(velocities(show)) == usual
    assert set(show.requests[-1].density) == {1.0}
