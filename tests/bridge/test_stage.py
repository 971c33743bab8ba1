"""What a musician turns, presses and plays on stage, and what then sounds; no socket, no model, no clock."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence

import numpy as np
import pytest
from tests.bridge.shows import LIVE, ME, PIANO, SPEC, START, YOU, Show, make

from musegan_bridge.show import idea_commands
from musegan_bridge.show.band import Request
from musegan_bridge.show.clock import Fix
from musegan_bridge.show.events import Changed, Committed, Due, Moved
from musegan_bridge.show.latent import Z, on_pad
from musegan_bridge.show.outgoing import Send, SendNotes, Wanted
from musegan_models.notes import Note
from musegan_models.spec import ModelSpec

BASS, DRUMS, GUITAR = (LIVE.track_names.index(name) for name in ("bass", "drums", "guitar"))


def begins(show: Show, target: tuple[str, int] = ME) -> list[tuple[int, int]]:
    """Return (bar, committed) of each bar that a client heard of."""
    return [(int(m.args[0]), int(m.args[8])) for m in show.messages("/musegan/bar/begin", target)]


def last_of(show: Show, number: int) -> Request:
    """Return the last request of a bar."""
    return [request for request in show.requests if request.number == number][-1]


# The plan


def test_bars_are_planned_ahead_and_committed_a_beat_before_their_downbeats() -> None:
    show = Show(lookahead=9)
    show.say("/musegan/subscribe", "bar", 0, 1000.0, 64.0)
    show.run(7)
    heard = begins(show)
    for number in range(3):
        assert heard.index((number, 1)) > heard.index((number + 1, 0)) if number else True
    commits = [now for now, o in show.sent if isinstance(o, Committed)]
    assert commits == pytest.approx([START + 0.004, *(START + 0.75 + 2 * i - 0.75 for i in range(1, 4))], abs=0.01)
    assert len(show.requests) == len({r.number for r in show.requests})  # nothing changed: made once


def test_who_does_not_ask_for_the_plan_hears_only_what_is_committed() -> None:
    show = Show(lookahead=20)
    show.say("/musegan/subscribe")
    show.run(12)
    assert begins(show) == [(i, 1) for i in range(7)]


def test_a_client_hears_of_the_plan_as_early_as_it_asks_for() -> None:
    show = Show(lookahead=20)
    show.say("/musegan/subscribe", "bar", 0, 1000.0, 6.0)
    show.run(10)
    planned = [
        (now, o) for now, o in show.sent if isinstance(o, Send) and o.address == "/musegan/bar/begin" and not o.args[8]
    ]
    assert planned
    assert all(o.time - now == pytest.approx(3.0, abs=0.01) for now, o in planned[2:])  # type: ignore[operator] # 6 beats


def test_a_control_makes_the_planned_bars_again_and_leaves_the_committed_ones() -> None:
    show = Show(lookahead=12)
    show.say("/musegan/subscribe", "bar", 0, 1000.0, 64.0)
    show.run(3)
    made = len(show.requests)
    committed = [event.bar for event in show.committed()]
    show.say("/musegan/temperature", 0.5)
    show.run(0.3)
    again = show.requests[made:]
    assert [r.number for r in again] == [committed[-1].number + i for i in range(1, len(again) + 1)]
    assert len(again) >= 2
    for new in again:
        old = next(r for r in show.requests if r.number == new.number)
        assert new.idea == old.idea  # the same idea,
        assert np.allclose(new.idea.z[0], old.idea.z[0] * 0.5)  # nearer to the average
    show.run(10)
    assert [event.bar for event in show.committed()][: len(committed)] == committed
    assert show.session.counts.late == 0


def test_what_you_play_makes_the_plan_again_but_not_for_each_note() -> None:
    show = Show(spec=LIVE, lookahead=8)
    show.say("/musegan/in/track", "piano")
    show.run(0.75 + 4)
    made = len(show.requests)
    for i in range(100):  # two seconds of fast notes
        show.say("/musegan/in/note", 40 + i % 40, 100)
        show.run(0.02)
    assert 4 <= len(show.requests) - made <= 30
    request = last_of(show, 3)
    assert request.previous is not None
    assert request.previous[0, PIANO].any()


def test_a_model_that_stops_answering_lets_the_planned_bars_play_before_any_is_repeated() -> None:
    show = Show(lookahead=9)
    show.run(0.75 + 1.0)
    show.slow = True
    show.run(3.5)  # bars 1 and 2 were planned
    assert show.session.counts.late == 0
    show.run(4)
    assert show.session.counts.late > 0
    assert [event.bar.number for event in show.committed()] == list(range(len(show.committed())))


def test_who_plays_without_rest_makes_no_bar_late_nor_the_slack_small() -> None:
    show = Show(spec=LIVE, lookahead=8)
    show.say("/musegan/in/track", "piano")
    for i in range(1000):
        show.say("/musegan/in/note", 40 + i % 40, 100)
        show.run(0.01)
    status = show.status()
    assert status["late"] == 0
    assert float(str(status["slack"])) > 200


def test_what_is_asked_for_too_late_for_a_bar_is_done_in_the_next() -> None:
    show = Show(tempo=60, lookahead=8)
    show.run(1.25 + 4 - 1 - 0.2)  # bar 1 has just been committed: 1.2 s before its downbeat
    assert show.session.plan.next == 2
    for address in ("/musegan/fill", "/musegan/gen/now"):
        show.say(address)
    show.run(4)
    bars = [event.bar for event in show.committed()]
    assert bars[2].idea.measure == 0
    assert last_of(show, 2).density[DRUMS] > 1


def test_a_pad_that_never_rests_leaves_each_phrase_its_four_bars() -> None:
    show = Show(tempo=240, lookahead=8)
    for i in range(2000):
        show.take(show.session.poll(show.now))
        request = show.session.request(show.now)
        show.say("/musegan/latent/xy", i % 100 / 100, 0.5)  # while a bar is made, too
        show.now += 0.005
        if request is not None:
            show.take(show.session.add(make(request), show.now))
    measures = [event.bar.idea.measure for event in show.committed()]
    assert measures == [i % 4 for i in range(len(measures))]
    assert len(measures) > 8


@pytest.mark.parametrize(("again", "how"), [(("/musegan/loop", 1), "gen/now"), (("/musegan/recall", 0, 4), "gen")])
def test_what_is_asked_for_while_bars_of_the_past_play_is_done_after_them(again: tuple[object, ...], how: str) -> None:
    show = Show(lookahead=8)
    show.say("/musegan/form", "free")
    show.run(0.75 + 9)
    show.say(str(again[0]), *again[1:])
    show.run(2.5)  # some of them are planned
    n = show.session.plan.next
    show.say(f"/musegan/{how}", 4242)
    show.run(4)
    show.say("/musegan/loop", 0)
    show.run(16)
    bars = [event.bar for event in show.committed()][n:]
    asked = [bar.idea.measure for bar in bars if bar.idea.seed == 4242]
    assert asked == [0, 1, 2, 3]


def test_a_section_that_is_called_while_a_loop_plays_follows_it() -> None:
    show = Show(lookahead=8)
    show.run(0.75 + 1)
    show.say("/musegan/section", "verse")
    show.run(3)
    show.say("/musegan/gen/now")
    show.run(9)
    show.say("/musegan/loop", 1)
    show.run(3)
    show.say("/musegan/section", "verse")
    show.run(7)
    show.say("/musegan/loop", 0)
    show.run(5)
    verse = show.session.shelf.sections["verse"]
    assert all(np.array_equal(x, y) for x, y in zip(show.requests[-1].idea.z, verse.z, strict=True))


def test_a_bar_that_is_committed_while_it_is_made_again_tells_the_seeds_of_its_notes() -> None:
    show = Show(tempo=60, lookahead=8)
    show.run(3.9)  # bar 1 is made, and would be committed in 0.1 s
    show.slow = True
    show.say("/musegan/gen/now", 4242)
    show.run(0.05)
    show.say("/musegan/swing", 60)  # plays what is there in another way
    show.run(0.5)
    bars = [event.bar for event in show.committed()]
    assert [(bar.number, bar.idea.seed, bar.repeated) for bar in bars] == [(0, 7, False), (1, 7, False)]
    show.slow = False
    show.run(12)
    asked = [event.bar.idea.measure for event in show.committed() if event.bar.idea.seed == 4242]
    assert asked[:2] == [0, 1]  # the phrase begins with its first bar


def test_a_bar_of_before_the_stop_that_comes_late_does_not_stand_in_the_way_of_the_next() -> None:
    show = Show()
    show.slow = True
    show.run(0.1)
    show.say("/musegan/stop")
    show.say("/musegan/play")
    show.run(0.1)
    old, new = show.requests[0], show.requests[1]
    assert old.number == new.number == 0
    show.take(show.session.add(make(old), show.now))
    assert not show.committed()
    show.take(show.session.add(make(new), show.now))
    assert [event.bar.idea for event in show.committed()] == [new.idea]


def test_the_slack_of_the_last_bars_is_told() -> None:
    show = Show()
    show.run(20)
    status = show.status()
    for name in ("slack", "slack_p50", "slack_p95", "slack_p99"):
        assert 200 < float(str(status[name])) <= 250
    assert status["late"] == 0


def test_a_bar_that_a_busy_machine_sends_late_has_no_slack_and_is_not_counted_as_replaced(
    caplog: pytest.LogCaptureFixture,
) -> None:
    show = Show(lookahead=8)
    show.run(0.75 + 5)
    show.now = show.session.wake() or show.now
    show.now += 0.3  # the loop was kept from its work
    show.run(1)
    status = show.status()
    assert status["slack"] == 0
    assert status["late"] == 0
    assert "was sent 50 ms late, before its downbeat" in caplog.text


# Ideas


def test_gen_now_makes_the_plan_of_another_idea_gen_what_comes_after_it_and_gen_phrase_the_next_phrase() -> None:
    for address, first in (("/musegan/gen/now", 2), ("/musegan/gen", 4), ("/musegan/gen/phrase", 4)):
        show = Show(lookahead=12)
        show.run(0.75 + 1.5)  # bar 1 is committed, 2 and 3 are planned
        show.say(address, 77)
        show.run(12)
        ideas = [event.bar.idea for event in show.committed()]
        assert [idea.seed == 77 for idea in ideas[:5]] == [i >= first for i in range(5)], address
        assert ideas[first].measure == 0


def test_gen_of_a_track_draws_the_z_of_that_track_and_no_other() -> None:
    show = Show(lookahead=4)
    show.run(0.75)
    show.say("/musegan/track/drums/gen")
    show.run(3)
    before, after = show.requests[0].idea.z, last_of(show, 2).idea.z
    n = SPEC.latent.private
    assert [np.array_equal(a[:n], b[:n]) for a, b in zip(before, after, strict=True)] == [
        i != 1 + DRUMS for i in range(6)
    ]
    show.run(20)
    assert np.array_equal(show.requests[-1].idea.z[1 + DRUMS][:n], after[1 + DRUMS][:n])  # it outlasts the phrase


def test_hold_plays_the_same_idea_phrase_after_phrase() -> None:
    show = Show()
    show.say("/musegan/hold", 1)
    show.run(20)
    assert len({r.idea.seed for r in show.requests}) == 1
    assert [r.idea.measure for r in show.requests[:9]] == [0, 1, 2, 3, 0, 1, 2, 3, 0]
    show.say("/musegan/hold", 0)
    show.run(12)
    assert len({r.idea.seed for r in show.requests}) >= 2


def test_loop_repeats_the_last_bars_exactly_and_then_goes_on() -> None:
    show = Show(lookahead=4)
    show.run(0.75 + 8.2)
    show.say("/musegan/loop", 2)
    n, made = show.session.plan.next, len(show.requests)
    show.run(8)
    bars = [event.bar for event in show.committed()]
    assert [bar.notes for bar in bars[n : n + 4]] == [bar.notes for bar in bars[n - 2 : n]] * 2
    assert len(show.requests) <= made + 1  # the model rests
    assert 0 <= float(str(show.status()["slack_p50"])) < 1000
    show.say("/musegan/loop", 0)
    show.run(6)
    assert len(show.requests) > made + 1
    assert [event.bar.number for event in show.committed()] == list(range(len(show.committed())))


def test_recall_brings_any_bar_back_exactly_and_the_phrase_goes_on_after_it() -> None:
    show = Show(lookahead=8)
    show.say("/musegan/swing", 61.8)
    show.run(0.75 + 6.2)
    n = show.session.plan.next
    show.say("/musegan/recall", 1, 2)
    show.say("/musegan/swing", 50)
    show.run(8)
    bars = [event.bar for event in show.committed()]
    assert [bar.notes for bar in bars[n : n + 2]] == [bar.notes for bar in bars[1:3]]
    assert bars[n + 2].idea.measure == (bars[n - 1].idea.measure + 1) % 4
    show.say("/musegan/recall", 500)
    assert "bar must be one of this show's, 0.." in show.errors()[-1]


@pytest.mark.parametrize(
    "said", [("gen/now",), ("section", "verse"), ("history/back",), ("snapshot/load", "intro"), ("recall", 1, 1)]
)
def test_a_recall_ends_where_something_else_is_asked_for(said: tuple[object, ...]) -> None:
    show = Show(lookahead=8)
    show.run(0.75 + 3)
    show.say("/musegan/snapshot/save", "intro")
    show.say("/musegan/section", "verse")
    show.run(18)
    show.say("/musegan/recall", 0, 8)
    show.run(2.5)
    n = show.session.plan.next
    show.say(f"/musegan/{said[0]}", *said[1:])
    show.run(6)
    bars = [event.bar for event in show.committed()]
    if said[0] == "recall":
        assert bars[n].notes == bars[1].notes
        n += 1
    assert all(bar.number % 12 == bar.notes["bass"][0].pitch - 36 for bar in bars[n : n + 2])  # none of the past


def test_a_loop_before_the_first_bar_is_refused_and_not_set() -> None:
    show = Show()
    show.say("/musegan/loop", 2)
    assert show.errors() == ["bars must be 0 before the first bar, as there is none to play again, got 2"]
    show.say("/musegan/loop")
    assert show.messages("/musegan/loop")[-1].args == (0,)


def test_history_goes_back_to_the_phrase_before_and_forward_again() -> None:
    show = Show()
    show.say("/musegan/form", "free")
    show.run(0.75 + 8.2)  # in the second phrase
    first, second = show.requests[0].idea, show.requests[4].idea
    show.say("/musegan/history/back")
    show.run(2)
    assert show.requests[-1].idea.seed == first.seed
    assert np.array_equal(show.requests[-1].idea.z[0], first.z[0])
    show.say("/musegan/history/forward")
    show.run(2)
    assert show.requests[-1].idea.seed == second.seed
    show.say("/musegan/history/forward", 9)
    assert show.errors() == ["there is no phrase to go forward to"]
    show.say("/musegan/history/back", 9)
    assert show.errors()[-1] == "phrases must be in 1..1, as many as there are to go back to, got 9"


def test_sections_name_an_idea_and_come_back_to_it() -> None:
    show = Show()
    show.run(0.75 + 1)
    show.say("/musegan/section", "a")
    show.run(3)
    a = show.requests[0].idea
    show.say("/musegan/section", "none")
    show.say("/musegan/gen")
    show.run(6)
    show.say("/musegan/section", "b")
    show.run(4)
    b = show.requests[-1].idea
    assert not np.array_equal(a.z[0], b.z[0])
    show.say("/musegan/section", "a")
    show.run(20)  # phrase after phrase
    assert all(np.array_equal(x, y) for x, y in zip(show.requests[-1].idea.z, a.z, strict=True))
    assert show.status()["section"] == "a"
    show.say("/musegan/section")
    assert show.messages("/musegan/section")[-1].args == ("a",)


def test_a_section_and_a_snapshot_keep_what_sounds_and_not_what_is_committed_to_come() -> None:
    show = Show(tempo=120)
    show.run(0.75 + 8 - 0.3)  # the last beat of the first phrase: the next one is committed
    assert show.session.plan.next == 5
    show.say("/musegan/section", "verse")
    show.say("/musegan/snapshot/save", "intro")
    first = show.requests[0].idea
    for kept in (show.session.shelf.sections["verse"], show.session.shelf.snapshots["intro"].kept):
        assert kept.seed == first.seed
        assert np.array_equal(kept.z[0], first.z[0])


def test_a_snapshot_that_is_loaded_and_a_section_that_is_cleared_leave_the_section() -> None:
    show = Show()
    show.run(3)
    show.say("/musegan/snapshot/save", "intro")
    show.say("/musegan/section", "verse")
    show.say("/musegan/snapshot/load", "intro")
    assert show.status()["section"] == "none"
    show.say("/musegan/section", "verse")
    show.say("/musegan/section/clear", "verse")
    assert show.status()["section"] == "none"
    show.say("/musegan/section/clear", "verse")
    assert show.errors() == ["no section 'verse'; there are none yet"]
    show.run(12)
    assert len({request.idea.seed for request in show.requests[-8:]}) > 1  # phrases draw ideas of their own again


def test_a_fill_is_one_bar_with_more_and_other_drums() -> None:
    show = Show()
    show.run(0.75 + 1)
    show.say("/musegan/fill")
    show.run(6)
    plain, fill, after = show.requests[0], show.requests[1], show.requests[2]
    assert fill.density[DRUMS] > 1
    assert fill.density[BASS] == after.density[DRUMS] == 1
    assert not np.array_equal(fill.idea.z[1 + DRUMS], plain.idea.z[1 + DRUMS])
    assert np.array_equal(after.idea.z[1 + DRUMS], plain.idea.z[1 + DRUMS])


# Latents


def test_z_can_be_set_and_read() -> None:
    show = Show()
    show.run(0.75 + 1)
    show.say("/musegan/latent/set", "bass", 3, 1.5, -2.0)
    show.run(3)
    z = show.requests[-1].idea.z[1 + BASS]
    assert z[3:5].tolist() == [1.5, -2.0]
    show.say("/musegan/latent/get", "bass")
    values = show.messages("/musegan/latent/values")[-1].args
    assert list(values[:2]) == ["bass", 0]
    assert values[2:] == pytest.approx(z.tolist())
    show.say("/musegan/latent/set", "bass", 60, *([0.0] * 9))
    assert "bass has 64 values" in show.errors()[-1]


def test_a_morph_moves_over_its_bars_and_stays_at_its_end() -> None:
    show = Show()
    show.run(0.75 + 1)
    show.say("/musegan/snapshot/save", "here")
    show.say("/musegan/gen")
    show.run(4)
    show.say("/musegan/snapshot/save", "there")
    show.say("/musegan/latent/morph", "here", "there", 4)
    made = len(show.requests)
    show.run(14)
    here, there = (show.session.shelf.z(name)[0] for name in ("here", "there"))
    way = [float(np.linalg.norm(r.idea.z[0] - there)) for r in show.requests[made:]]
    assert way[0] < np.linalg.norm(here - there)
    assert way[:4] == sorted(way[:4], reverse=True)
    assert way[3:] == pytest.approx([0] * len(way[3:]), abs=1e-4)


def test_the_pad_mixes_its_corners() -> None:
    show = Show()
    show.run(0.75 + 1)
    corners = show.session.shelf.corners
    for (x, y), corner in zip(((0, 0), (1, 0), (0, 1), (1, 1)), corners, strict=True):
        show.say("/musegan/latent/xy", x, y)
        show.run(2)
        assert np.allclose(show.requests[-1].idea.z[0], corner[0], atol=1e-5)
    show.say("/musegan/latent/xy", 0.0, 0.0, "bass")
    show.run(2)
    z = show.requests[-1].idea.z
    assert np.allclose(z[1 + BASS], corners[0][1 + BASS], atol=1e-5)
    assert np.allclose(z[0], corners[3][0], atol=1e-5)
    show.say("/musegan/latent/free")
    show.run(9)
    assert not np.allclose(show.requests[-1].idea.z[0], corners[3][0], atol=1e-2)


def test_a_pad_that_never_rests_leaves_one_change_for_each_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    mixed: list[float] = []

    def counted(corners: Sequence[Z], x: float, y: float) -> Z:
        mixed.append(x)
        return on_pad(corners, x, y)

    monkeypatch.setattr(idea_commands, "on_pad", counted)
    show = Show(lookahead=8)
    for i in range(3000):
        show.say("/musegan/latent/xy", i / 3000, 0.5)
        if i % 50 == 0:
            show.run(0.1)
    show.run(5)
    assert show.session.counts.late == 0
    end = on_pad(show.session.shelf.corners, 2999 / 3000, 0.5)
    assert np.allclose(show.requests[-1].idea.z[0], end[0], atol=1e-5)
    assert len(mixed) < 300  # a mix takes as long as thirty messages
    show.say("/musegan/latent/xy")
    assert show.messages("/musegan/latent/xy")[-1].args == (2999 / 3000, 0.5, "all")


def test_a_longer_commit_is_no_lateness_of_the_bars_that_are_planned() -> None:
    show = Show(lookahead=8)
    show.run(5)
    show.say("/musegan/commit", 16.0)
    show.run(20)
    status = show.status()
    assert status["late"] == 0
    assert float(str(status["slack"])) >= 0


def test_a_walk_turns_z_a_little_each_bar() -> None:
    show = Show()
    show.say("/musegan/latent/walk", 0.2)
    show.run(30)
    shared = [r.idea.z[0] for r in show.requests]
    steps = [float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)) for a, b in itertools.pairwise(shared)]
    assert all(0.9 < cosine < 1 for cosine in steps)  # over the bounds of phrases, too
    assert float(shared[0] @ shared[-1]) < float(shared[0] @ shared[1])


def test_a_snapshot_keeps_the_idea_and_the_controls_and_is_written_to_disk() -> None:
    show = Show()
    show.run(0.75 + 1)
    show.say("/musegan/track/*/density", 0.5)
    show.say("/musegan/key", "D")
    show.say("/musegan/snapshot/save", "verse")
    (wanted,) = [o for _, o in show.sent if isinstance(o, Wanted)]
    assert (wanted.what, wanted.value) == ("save", "verse")
    assert json.loads(json.dumps(wanted.data)) == wanted.data
    kept = show.requests[0].idea.z
    show.say("/musegan/track/*/density", 2)
    show.say("/musegan/key", "C")
    show.say("/musegan/gen")
    show.run(6)
    show.say("/musegan/snapshot/load", "verse")
    show.run(3)
    request = show.requests[-1]
    assert request.density == (0.5,) * 5
    assert request.transposition == 2
    assert np.array_equal(request.idea.z[0], kept[0])
    show.say("/musegan/snapshot/load", "chorus")
    assert show.errors()[-1] == "no snapshot 'chorus'; there are: verse"
    show.say("/musegan/snapshot/save", "../etc")
    assert "name must be 1..64 letters" in show.errors()[-1]


# Controls


def test_mute_and_solo_leave_tracks_out_of_what_is_heard_and_timetagged_notes_at_once() -> None:
    show = Show()
    show.say("/musegan/subscribe", "note", sender=YOU)
    show.run(0.75 + 1.5)  # the bass of bar 1 is committed, and not sent yet
    show.say("/musegan/track/bass/mute", 1)
    heard = len(show.sent)
    show.run(6)
    tracks = {track for _, o in show.sent[heard:] if isinstance(o, SendNotes | Due) for track, _ in o.notes}
    assert tracks == {"drums"}
    show.say("/musegan/track/bass/mute", 0)
    show.say("/musegan/track/bass/solo", 1)
    heard = len(show.sent)
    show.run(6)
    tracks = {track for _, o in show.sent[heard:] if isinstance(o, SendNotes | Due) for track, _ in o.notes}
    assert tracks == {"bass"}


def test_transpose_octave_range_velocity_and_scale_change_how_planned_bars_are_played_and_nothing_is_made_again() -> (
    None
):
    show = Show(lookahead=8)
    show.run(0.75 + 1)
    made = len(show.requests)
    show.say("/musegan/transpose", 2)
    show.say("/musegan/track/bass/octave", 1)
    show.say("/musegan/track/bass/velocity", 0.5)
    n = show.session.plan.next
    show.run(0.2)
    assert len(show.requests) == made
    show.run(4)
    bar = show.committed()[n].bar
    plain = make(last_of(show, n)).notes
    assert bar.notes["bass"][0].pitch == plain["bass"][0].pitch + 14
    assert bar.notes["bass"][0].velocity == 56  # half of 112, the downbeat's accent included
    assert bar.notes["drums"][0].pitch == plain["drums"][0].pitch


def test_a_locked_track_repeats_its_last_phrase_and_the_others_are_given_it() -> None:
    show = Show(spec=LIVE)
    show.run(0.75 + 8.2)  # five bars
    n = show.session.plan.next
    show.say("/musegan/track/bass/lock", 1)
    show.run(8)
    bars = [event.bar for event in show.committed()]
    assert [bar.notes["bass"] for bar in bars[n : n + 4]] == [bar.notes["bass"] for bar in bars[n - 4 : n]]
    request = last_of(show, n)
    assert request.given == (BASS,)
    assert request.condition is not None
    assert np.array_equal(request.condition[:, BASS], make(last_of(show, n - 4)).planes[:, BASS])  # type: ignore[index]
    show.say("/musegan/track/bass/lock", 0)
    show.run(4)
    assert show.requests[-1].given == ()


def test_a_setting_without_arguments_is_answered_with_its_value_and_a_pattern_reaches_many() -> None:
    show = Show()
    show.say("/musegan/track/{bass,drums}/density", 0.25)
    show.say("/musegan/track/*/density")
    told = {o.address.split("/")[3]: o.args[0] for _, o in show.sent if isinstance(o, Send)}
    assert told == {"bass": 0.25, "drums": 0.25, "guitar": 1.0, "piano": 1.0, "strings": 1.0}
    changed = [o for _, o in show.sent if isinstance(o, Changed)]
    assert [c.address for c in changed] == ["/musegan/track/bass/density", "/musegan/track/drums/density"]


def test_the_meter_is_four_four_and_says_so() -> None:
    show = Show()
    show.say("/musegan/meter", 4, 4)
    show.say("/musegan/meter", 3, 4)
    assert show.errors() == ["beats must be in 4..4, got 3"]


# Following


def test_several_tracks_can_be_yours_and_each_note_says_which() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/in/mode", "same-bar")
    show.say("/musegan/in/track", "piano bass")
    show.run(0.75 + 2)
    show.say("/musegan/in/note", 60, 100)
    show.say("/musegan/in/note", 40, 100, "bass")
    show.say("/musegan/in/note", 40, 100, "drums")
    assert show.errors() == ["drums is not yours: send /musegan/in/track drums first"]
    show.run(3)
    request = show.requests[-1]
    assert set(request.left_out) == set(request.given) == {PIANO, BASS}


def test_a_clip_is_given_as_the_bar_it_is_for() -> None:
    show = Show(spec=LIVE, lookahead=12)
    show.say("/musegan/in/bar", "guitar", 2, 0.0, 60, 100, 1.0, 2.0, 64, 100, 0.5)
    show.run(8)
    for number, is_given in ((1, False), (2, True), (3, False)):
        assert (last_of(show, number).condition is not None) == is_given
    condition = last_of(show, 2).condition
    assert condition is not None
    assert np.argwhere(condition[0]).tolist() == [[GUITAR, 0, 36], [GUITAR, 8, 40]]
    show.say("/musegan/in/bar", "guitar", -1, 1.0, 62, 100, 1.0)
    show.run(8)
    assert show.requests[-1].condition is not None
    show.say("/musegan/in/clear")
    show.run(8)
    assert show.requests[-1].condition is None


def test_in_call_and_response_you_play_alone_and_the_band_answers_going_on_from_it() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/in/listen", "call")
    show.say("/musegan/in/call", 2)
    show.say("/musegan/in/track", "piano")
    show.run(0.75 + 2.5)
    show.say("/musegan/in/note", 60, 100)
    show.run(0.4)
    show.say("/musegan/in/note", 60, 0)
    show.run(8)
    bars = [event.bar for event in show.committed()]
    assert [bar.n_notes > 0 for bar in bars[:6]] == [False, False, True, True, False, False]
    first = last_of(show, 2)
    assert first.left_out == ()
    assert first.previous is not None
    assert first.previous[0, PIANO].any()
    assert not last_of(show, 3).previous[0, PIANO].any()  # type: ignore[index]


def test_punched_in_a_track_is_yours_only_while_you_play_and_off_it_never_is() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/in/listen", "punch")
    show.say("/musegan/in/track", "piano")
    show.run(0.75 + 2)
    assert not show.requests[-1].left_out
    show.say("/musegan/in/note", 60, 100)
    show.run(0.2)
    show.say("/musegan/in/note", 60, 0)
    show.run(1.5)
    assert list(show.requests[-1].left_out) == [PIANO]
    show.run(4)
    assert not show.requests[-1].left_out
    show.say("/musegan/in/listen", "off")
    show.say("/musegan/in/note", 60, 100)
    show.run(3)
    assert not show.requests[-1].left_out
    assert not show.requests[-1].previous[0, PIANO].any()  # type: ignore[index]


@pytest.mark.parametrize("listening", ["continuous", "punch"])
def test_who_falls_silent_is_heard_to_be_silent(listening: str) -> None:
    show = Show(spec=LIVE, lookahead=8)
    show.say("/musegan/in/listen", listening)
    show.say("/musegan/in/track", "piano")
    show.run(0.75 + 2)
    show.say("/musegan/in/note", 60, 100)
    show.run(0.2)
    show.say("/musegan/in/note", 60, 0)  # and no message any more: bars 2 and 3 are planned
    assert show.session.plan.end > 3
    show.run(6)
    request = last_of(show, 3)  # committed after six beats of silence
    assert request.previous is not None
    assert not request.previous[0, PIANO].any()
    assert list(request.left_out) == ([PIANO] if listening == "continuous" else [])
    assert show.status()["late"] == 0


def test_a_planned_bar_that_becomes_the_musicians_alone_waits_for_nothing() -> None:
    show = Show(spec=LIVE, lookahead=12)
    show.say("/musegan/in/track", "piano")
    show.run(0.75 + 2)
    show.say("/musegan/in/note", 60, 100)  # held
    show.run(1)
    show.say("/musegan/in/call", 1)
    show.say("/musegan/in/listen", "call")
    show.run(20)
    assert [event.bar.n_notes > 0 for event in show.committed()][4:] == [bool(i % 2) for i in range(4, 12)]


def test_a_key_that_is_let_go_after_its_track_was_given_back_takes_none_and_hangs_nowhere() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/in/track", "piano bass")
    show.run(2)
    show.say("/musegan/in/note", 60, 100)
    show.say("/musegan/in/note", 36, 100, "bass")
    show.say("/musegan/in/track", "none")
    assert show.status()["held"] == 2
    show.say("/musegan/in/note", 60, 0)
    show.say("/musegan/in/note", 36, 0, "bass")
    status = show.status()
    assert (status["held"], status["track"]) == (0, "none")
    assert not show.errors()


def test_a_note_off_of_one_track_ends_no_note_of_another() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/in/track", "piano bass")
    show.run(2)
    show.say("/musegan/in/note", 60, 100, "piano")
    show.say("/musegan/in/note", 60, 0, "bass")
    assert show.status()["held"] == 1


# Clocks


def test_taps_set_the_tempo_and_move_the_beat_to_them() -> None:
    show = Show(tempo=120)
    show.run(5)
    for _ in range(4):
        show.say("/musegan/tap")
        show.run(0.6)
    assert show.status()["tempo"] == pytest.approx(100)
    line = show.session.transport.timeline
    assert line is not None
    assert line.beat_at(show.now) % 1 == pytest.approx(0, abs=1e-6)


def test_a_nudge_moves_the_beat_once() -> None:
    show = Show()
    show.run(5)
    before = float(str(show.status()["beat"]))
    show.say("/musegan/nudge", 25.0)
    assert float(str(show.status()["beat"])) == pytest.approx(before - 0.05)


@pytest.mark.parametrize(("beat", "measure"), [(0.0, 0), (32.5, 2)])
def test_a_midi_clock_that_starts_begins_a_phrase_and_one_that_continues_goes_on_with_it(
    beat: float, measure: int
) -> None:
    show = Show()
    show.run(0.75 + 2.5)  # bars 0 and 1 are committed
    show.take(show.session.keep("midi"))
    show.take(show.session.sync(Fix(0.0, show.now, 120.0), show.now))
    assert show.session.plan.next == 2
    show.take(show.session.sync(Fix(1.0, show.now, 120.0, playing=False), show.now))
    show.run(5)
    show.take(show.session.sync(Fix(beat, show.now, 120.0), show.now))
    show.run(4)
    assert next(event.bar for event in show.committed() if event.bar.number == 2).idea.measure == measure


def test_who_continues_by_a_clock_that_is_awaited_goes_on_in_the_phrase() -> None:
    show = Show()
    show.run(0.75 + 2.5)
    show.say("/musegan/stop")
    show.take(show.session.keep("osc"))
    show.say("/musegan/continue")
    show.run(2)
    host(show, 0.0, 120.0)
    show.run(4)
    assert next(event.bar for event in show.committed() if event.bar.number == 2).idea.measure == 2


def host(show: Show, beat: float, tempo: float, playing: int = 1) -> None:
    show.say("/musegan/host", beat, tempo, playing)


def test_a_host_starts_and_stops_the_band_and_its_bar_lines_are_the_bands() -> None:
    show = Show()
    show.take(show.session.stop("stop", show.now))
    show.take(show.session.keep("osc"))
    show.say("/musegan/play")
    show.run(3)
    assert not show.committed()
    beat = 17.0
    for i in range(24):
        host(show, beat + i, 100)
        show.run(0.6)
    downbeats = [event.downbeat for event in show.committed()]
    assert len(downbeats) >= 4
    first = START + 3
    for downbeat in downbeats:
        theirs = beat + (downbeat - first) * 100 / 60
        assert theirs % 4 == pytest.approx(0, abs=1e-6) or theirs % 4 == pytest.approx(4, abs=1e-6)
    host(show, beat + 24, 100, 0)
    assert [m.args for m in show.messages("/musegan/silence", ME)] == []
    assert show.status()["playing"] == 0
    host(show, 1.0, 100)
    show.run(6)
    assert show.status()["playing"] == 1


def test_changing_to_another_clock_while_playing_loses_no_bar() -> None:
    show = Show(lookahead=8)
    show.say("/musegan/subscribe", "bar", 0, 1000.0)
    show.run(5.3)
    show.take(show.session.keep("link"))
    for i in range(40):
        show.take(show.session.sync(Fix(102.7 + i * 0.5, show.now, 132.0), show.now))
        show.run(0.5 * 60 / 132)
    show.take(show.session.keep("internal"))
    show.run(6)
    numbers = [event.bar.number for event in show.committed()]
    assert numbers == list(range(len(numbers)))
    assert show.session.counts.late == 0
    for now, output in show.sent:
        if isinstance(output, Send) and output.address == "/musegan/bar/begin":
            assert output.time is not None
            assert output.time > now
    ends = [event.downbeat for event in show.committed()]
    assert max(b - a for a, b in itertools.pairwise(ends)) <= 4 * 60 / 120 + 4 * 60 / 132


def test_a_tempo_is_refused_where_another_clock_sets_it() -> None:
    show = Show()
    show.take(show.session.keep("midi"))
    show.say("/musegan/tempo", 90)
    assert show.errors() == ["the tempo is that of midi: set it there, or /musegan/clock/source internal first"]


# Everybody at once


def test_each_subscriber_has_its_own_form_lookahead_and_offset() -> None:
    show = Show()
    late, early = ("127.0.0.1", 9101), ("127.0.0.1", 9102)
    show.say("/musegan/subscribe", "note", 0, 1000.0, 0.0, 100.0, sender=late)
    show.say("/musegan/subscribe", "note", 0, 1000.0, 1.0, -50.0, sender=early)
    show.say("/musegan/subscribe", "dirt", 0, 1000.0, sender=YOU)
    show.run(6)
    times = {
        target: [(now, o.time) for now, o in show.sent if isinstance(o, SendNotes) and o.target == target]
        for target in (late, early, YOU)
    }
    n = min(map(len, times.values()))
    assert n >= 4
    for (_, a), (_, b), (_, c) in zip(times[late][:n], times[early][:n], times[YOU][:n], strict=True):
        assert [a - c, b - c] == pytest.approx([0.1, -0.05])
    assert all(time - now == pytest.approx(0.5, abs=0.01) for now, time in times[early][2:])  # a beat
    assert {o.form for _, o in show.sent if isinstance(o, SendNotes) and o.target == YOU} == {"dirt"}


@pytest.mark.parametrize("tempo", [60, 240])
def test_an_hour_at_any_tempo_loses_no_bar_and_keeps_the_beat(tempo: int) -> None:
    show = Show(spec=LIVE, tempo=tempo, lookahead=6)
    show.say("/musegan/in/track", "piano")
    rng = np.random.default_rng(tempo)
    show.sent.clear()
    while show.now < START + 3600:
        show.run(float(rng.uniform(1, 20)))
        show.say("/musegan/tempo", float(rng.uniform(60, 240)))
        show.say("/musegan/in/note", int(rng.integers(40, 80)), int(rng.integers(0, 128)))
        show.say("/musegan/subscribe", "bar")
        show.sent = [(now, o) for now, o in show.sent if isinstance(o, Committed | Moved)]
        show.requests.clear()
    bars = show.committed()
    assert [event.bar.number for event in bars] == list(range(len(bars)))
    assert len(bars) > 3600 * 60 / 60 / 4
    assert show.session.counts.late == 0
    events = [o for _, o in show.sent]
    line = None
    for event in events:  # the beats that were told have no step in them
        if isinstance(event, Moved):
            if line is not None:
                assert line[0] + (event.time - line[1]) * line[2] / 60 == pytest.approx(event.beat, abs=1e-6)
            line = (event.beat, event.time, event.tempo)


def test_a_model_of_other_ideas_takes_over_at_the_next_bar_that_is_not_committed() -> None:
    show = Show(lookahead=8)
    show.run(0.75 + 3)
    n = show.session.plan.next
    other = ModelSpec("other", n_measures=2, hears_previous=True, continues=True)
    show.take(show.session.change_model(other, "CPUExecutionProvider"))
    show.run(6)
    assert show.status()["bundle"] == "other"
    assert [event.bar.number for event in show.committed()] == list(range(len(show.committed())))
    assert [r.idea.measure for r in show.requests if r.number >= n][-4:] in ([0, 1, 0, 1], [1, 0, 1, 0])
    assert last_of(show, n).previous is None


def test_notes_are_whole_even_where_the_performance_moves_them() -> None:
    show = Show()
    show.say("/musegan/humanise", 50.0)
    show.say("/musegan/swing", 75.0)
    show.run(20)
    for event in show.committed():
        for own in event.bar.notes.values():
            assert own == sorted(own)
            assert all(isinstance(n, Note) and 0 <= n.time < 4 and n.time + n.duration <= 4 + 1e-9 for n in own)
