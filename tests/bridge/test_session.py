"""The show without a socket, a model or a clock: time is a number the test counts up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.bridge.shows import LISTENER, LIVE, ME, PIANO, SPEC, START, WITNESS, YOU, Show, make, names

from musegan_bridge.messages import BY_ADDRESS, CLOCKS, INCOMING, TRACK, Field, Spec
from musegan_bridge.show.band import Draft
from musegan_bridge.show.clock import Fix
from musegan_bridge.show.events import Committed
from musegan_bridge.show.outgoing import Send, SendNotes
from musegan_models.spec import ModelSpec, Track


def test_bars_come_in_order_a_beat_before_their_downbeats() -> None:
    show = Show()
    show.say("/musegan/subscribe")
    show.run(15.5)
    begins = [(now, o) for now, o in show.sent if isinstance(o, Send) and o.address == "/musegan/bar/begin"]
    assert [o.args[0] for _, o in begins] == list(range(8))
    for now, begin in begins:
        assert begin.time is not None
        assert begin.time - now >= 0.5  # one beat at 120
        assert begin.time - now == pytest.approx(begin.args[5])
    assert [o.time - begins[0][1].time for _, o in begins] == pytest.approx([2.0 * i for i in range(8)])  # type: ignore[operator]


def test_a_phrase_is_four_bars_of_one_seed_and_the_next_has_another() -> None:
    show = Show()
    show.say("/musegan/form", "free")
    show.say("/musegan/subscribe")
    show.run(24)
    begins = [m.args for m in show.messages("/musegan/bar/begin")]
    assert [b[1] for b in begins[:9]] == [0, 1, 2, 3, 0, 1, 2, 3, 0]
    assert len({b[2] for b in begins[:4]}) == 1
    assert len({b[2] for b in begins[:12:4]}) == 3
    assert len({b[3] for b in begins}) == 1  # the private z outlast the phrase


def test_the_same_seed_and_input_ask_for_the_same_bars() -> None:
    def requests() -> list[tuple[object, ...]]:
        show = Show()
        show.say("/musegan/in/track", "guitar")
        for _ in range(20):
            show.say("/musegan/in/note", 64, 90)
            show.run(0.3)
            show.say("/musegan/in/note", 64, 0)
        return [
            (r.number, r.idea, r.left_out, None if r.condition is None else r.condition.tobytes())
            for r in show.requests
        ]

    first = requests()
    assert first == requests()
    assert any(condition is not None for *_, condition in first)


def test_a_late_bar_is_replaced_by_the_last_one_and_counted() -> None:
    show = Show()
    show.say("/musegan/subscribe")
    show.run(5)
    show.slow = True
    show.run(2)
    late = show.messages("/musegan/bar/begin")[-1]
    number = late.args[0]
    assert late.args[7] == 1
    assert show.session.counts.late == 1
    notes = [m.args for m in show.messages("/musegan/bar/notes") if m.args[0] == number]
    before = [m.args for m in show.messages("/musegan/bar/notes") if m.args[0] == int(number) - 1]
    assert [n[1:] for n in notes] == [n[1:] for n in before]


def test_a_bar_that_comes_after_its_replacement_is_dropped() -> None:
    show = Show()
    show.slow = True
    show.run(1)
    assert show.session.add(make(show.requests[0]), show.now) == []
    assert show.session.counts.bars == show.session.counts.late == 1


def test_timetagged_notes_are_sent_before_their_onsets_and_carry_their_place() -> None:
    show = Show()
    show.say("/musegan/subscribe", "note")
    show.run(6)
    sent = [(now, o) for now, o in show.sent if isinstance(o, SendNotes)]
    assert len(sent) >= 4
    for now, output in sent:
        assert 0.1 < output.time - now <= 0.25
        ((_, note),) = output.notes
        assert output.time == pytest.approx(START + 0.75 + output.bar * 2 + note.time / 2)


def test_a_tempo_change_keeps_the_beat_and_is_told() -> None:
    show = Show()
    show.say("/musegan/subscribe")
    show.run(0.75 + 3.0)  # beat 6: bar 1 plays
    show.say("/musegan/tempo", 60)
    (changed,) = show.messages("/musegan/tempo/changed")
    assert changed.args == (60.0, pytest.approx(6.0))
    show.run(4)
    bar_2 = next(m for m in show.messages("/musegan/bar/begin") if m.args[0] == 2)
    assert bar_2.time == pytest.approx(START + 3.75 + 2.0)  # two beats at 60 after beat 6


def test_a_jump_in_tempo_gives_the_next_bar_time_to_be_made() -> None:
    show = Show(tempo=60)
    show.say("/musegan/subscribe")
    show.run(1.25 + 2.5)  # past the middle of bar 0; bar 1 is not asked for yet
    show.say("/musegan/tempo", 240)
    show.run(3)
    assert show.session.counts.late == 0
    for now, output in show.sent:
        if isinstance(output, Send) and output.address == "/musegan/bar/begin":
            assert output.time is not None
            assert output.time > now


def test_a_machine_that_slept_goes_on_with_the_next_bar_and_plays_none_late() -> None:
    show = Show()
    show.say("/musegan/subscribe", "bar", 0, 86400.0)
    show.run(5)
    before = show.messages("/musegan/bar/begin")[-1].args[0]
    show.now += 600
    slept = len(show.sent)
    show.run(5)
    begins = [(now, o) for now, o in show.sent[slept:] if isinstance(o, Send) and o.address == "/musegan/bar/begin"]
    assert [o.args[0] for _, o in begins] == [int(before) + 1 + i for i in range(len(begins))]
    assert 2 <= len(begins) <= 4
    assert all(o.time is not None and o.time > now for now, o in begins)
    (changed,) = show.messages("/musegan/tempo/changed")
    assert changed.args == (120.0, pytest.approx((int(before) + 1) * 4))


def test_a_faster_tempo_brings_the_deadline_of_a_bar_in_the_making_forward() -> None:
    show = Show(tempo=30)
    show.say("/musegan/subscribe")
    show.run(6)
    show.slow = True
    show.run(2.1)  # bar 1 is asked for, and does not come
    assert len(show.requests) == 2
    show.say("/musegan/tempo", 400)
    show.run(0.5)
    late = next(o for o in show.messages("/musegan/bar/begin") if o.args[0] == 1)
    assert late.args[7] == 1
    assert float(late.args[5]) > 0


def test_stop_silences_and_play_goes_on_counting_with_a_new_phrase() -> None:
    show = Show()
    show.say("/musegan/form", "free")
    show.say("/musegan/subscribe")
    show.run(5)
    show.say("/musegan/stop")
    bars = len(show.messages("/musegan/bar/begin"))
    show.run(10)
    assert [m.args for m in show.messages("/musegan/silence")] == [("stop",)]
    assert len(show.messages("/musegan/bar/begin")) == bars
    first_seed = show.messages("/musegan/bar/begin")[0].args[2]
    show.say("/musegan/subscribe")
    show.say("/musegan/play")
    show.run(2)
    again = show.messages("/musegan/bar/begin")[bars]
    last = show.messages("/musegan/bar/begin")[bars - 1]
    assert again.args[:2] == (last.args[0] + 1, 0)  # type: ignore[operator]
    assert again.args[2] != first_seed


def test_panic_silences_everyone_and_forgets_held_notes() -> None:
    show = Show()
    show.say("/musegan/subscribe", sender=ME)
    show.say("/musegan/subscribe", "note", sender=YOU)
    show.say("/musegan/in/note", 60, 100)
    show.run(3)
    show.say("/musegan/panic")
    assert [m.args for m in show.messages("/musegan/silence", YOU)] == [("panic",)]
    show.say("/musegan/status")
    status = dict(zip(names("/musegan/status/reply"), show.messages("/musegan/status/reply")[0].args, strict=True))
    assert (status["playing"], status["held"]) == (0, 0)


def test_a_lease_that_is_not_renewed_ends() -> None:
    show = Show()
    show.say("/musegan/subscribe", "bar", 0, 5.0)
    show.say("/musegan/subscribe", "bar", 0, 1000.0, sender=YOU)
    show.run(30)
    assert show.session.subscribers.targets == [YOU]
    assert 2 <= len(show.messages("/musegan/bar/begin")) <= 3
    assert len(show.messages("/musegan/bar/begin", YOU)) >= 14


def test_a_client_can_be_answered_on_another_port() -> None:
    show = Show()
    show.say("/musegan/subscribe", "bar", 7401)
    show.run(2)
    assert show.messages("/musegan/bar/begin", ("127.0.0.1", 7401))


def test_a_new_client_hears_the_bar_that_plays() -> None:
    show = Show()
    show.run(0.75 + 2.9)  # late in bar 1; bar 2 is sent at 3.5
    show.say("/musegan/subscribe")
    assert [m.args[0] for m in show.messages("/musegan/bar/begin")] == [0, 1]


def test_renewing_does_not_send_bars_again() -> None:
    show = Show()
    show.say("/musegan/subscribe")
    show.run(4)
    bars = len(show.messages("/musegan/bar/begin"))
    show.say("/musegan/subscribe")
    assert len(show.messages("/musegan/bar/begin")) == bars


def test_gen_begins_a_new_phrase_at_the_next_bar() -> None:
    show = Show()
    show.run(0.75 + 1.0)
    show.say("/musegan/gen")
    show.run(2)
    before, after = show.requests[0].idea, show.requests[1].idea
    assert after.measure == 0
    assert before.seed != after.seed
    assert before.private_seed != after.private_seed


def test_gen_with_a_seed_plays_what_a_show_of_that_seed_plays() -> None:
    show, other = Show(seed=1), Show(seed=99)
    show.run(0.75 + 1.0)
    show.say("/musegan/gen", 99)
    show.run(20)
    other.run(20)
    assert [r.idea for r in show.requests[1:6]] == [r.idea for r in other.requests[:5]]


def test_the_two_seeds_of_a_bar_bring_its_idea_back() -> None:
    show = Show(seed=1)
    show.run(0.75 + 10)  # in the second phrase
    heard = [r.idea for r in show.requests[4:6]]
    show.say("/musegan/gen")
    show.run(8)
    show.say("/musegan/gen", heard[0].seed, heard[0].private_seed)
    made = len(show.requests)
    show.run(6)
    again = [r.idea for r in show.requests[made : made + 2]]
    assert again == [replace(heard[0], after_silence=True), heard[1]]


def test_the_two_seeds_of_a_bar_bring_the_same_bars_each_time_whatever_played_before() -> None:
    def requests(seed: int, seconds: float) -> list[tuple[object, ...]]:
        show = Show(seed=seed, spec=LIVE)
        show.run(seconds)
        show.say("/musegan/gen", 123, 456)
        made = len(show.requests)
        show.run(8)
        first, second = show.requests[made : made + 2]
        assert first.previous is None
        assert second.previous is not None
        return [(first.idea, first.condition), (second.idea, second.condition)]

    assert requests(1, 9.75) == requests(2, 16.0)


def test_without_a_seed_a_new_phrase_goes_on_from_the_bar_before_and_a_show_begins_after_silence() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/form", "free")
    show.run(11)
    assert show.requests[0].previous is None
    show.say("/musegan/gen")
    show.run(4)
    show.say("/musegan/gen", -1, 5)
    show.run(4)
    assert [r.idea.measure for r in show.requests] == [0, 1, 2, 3, 0, 1, 0, 1, 0, 1]
    for before, request in zip(show.requests, show.requests[1:], strict=False):
        assert np.array_equal(request.previous, make(before).planes)  # type: ignore[arg-type]
    show.say("/musegan/stop")
    show.say("/musegan/play")
    made = len(show.requests)
    show.run(1)
    assert show.requests[made].previous is None


def test_in_previous_bar_mode_what_you_play_is_heard_in_the_next_bar() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/in/track", "piano")
    show.run(0.75 + 2.0)  # the downbeat of bar 1
    show.say("/musegan/in/note", 60, 100)
    show.run(0.5)
    show.say("/musegan/in/note", 60, 0)
    show.run(1)
    request = show.requests[2]
    assert (request.number, request.left_out, request.condition) == (2, (PIANO,), None)
    assert request.previous is not None
    assert np.argwhere(request.previous[0, PIANO]).tolist() == [[0, 60 - LIVE.lowest_pitch]]
    assert np.array_equal(request.previous[:, :PIANO], make(show.requests[1]).planes[:, :PIANO])  # type: ignore[index]
    show.run(8)
    assert show.requests[-1].left_out == (PIANO,)  # though you rest
    assert not show.requests[-1].previous[:, PIANO].any()  # type: ignore[index]


def test_in_same_bar_mode_your_last_four_beats_are_given_as_the_bar_to_come() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/in/mode", "same-bar")
    show.say("/musegan/in/track", "piano")
    show.run(0.75 + 2.0)
    show.say("/musegan/in/note", 60, 100)
    show.run(1.5)
    request = show.requests[2]
    assert request.condition is not None
    assert np.argwhere(request.condition[0]).tolist() == [[PIANO, 0, 60 - LIVE.lowest_pitch]]
    show.say("/musegan/in/mode", "previous-bar")
    show.run(2)
    assert show.requests[3].condition is None


def test_the_status_tells_the_mode_and_the_key_and_a_band_that_cannot_anticipate_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def status(show: Show) -> tuple[object, object]:
        show.say("/musegan/status")
        said = dict(zip(names("/musegan/status/reply"), show.messages("/musegan/status/reply")[-1].args, strict=True))
        return said["mode"], said["key"]

    show = Show(spec=LIVE)
    assert status(show) == ("anticipate", "C")
    show.say("/musegan/in/mode", "same-bar")
    show.say("/musegan/key", "F#m")
    assert status(show) == ("same-bar", "F#m")
    assert not caplog.messages
    show = Show()
    assert status(show) == ("anticipate", "C")
    show.say("/musegan/in/mode", "previous-bar")
    assert status(show) == ("same-bar", "C")
    assert caplog.messages == ["test cannot await you: it follows same-bar"]


def test_a_key_takes_effect_at_the_next_bar_not_made_yet_and_what_was_played_is_read_in_it() -> None:
    show = Show(spec=LIVE)
    show.say("/musegan/in/track", "piano")
    show.run(0.75 + 2.0)
    show.say("/musegan/in/note", 62, 100)
    show.run(0.5)
    show.say("/musegan/in/note", 62, 0)
    show.say("/musegan/key", "D")
    assert {r.transposition for r in show.requests} == {0}
    made = len(show.requests)
    show.run(2)
    assert {r.transposition for r in show.requests[made:]} == {2}
    previous = show.requests[made].previous
    assert previous is not None
    assert np.argwhere(previous[0, PIANO]).tolist() == [[0, 60 - LIVE.lowest_pitch]]
    show.say("/musegan/stop")
    show.say("/musegan/play")
    show.run(1)
    assert show.requests[-1].transposition == 2  # a key outlasts the show


def test_gen_while_stopped_is_what_play_begins_with() -> None:
    show = Show(seed=1)
    show.run(3)
    show.say("/musegan/stop")
    show.say("/musegan/gen", 42)
    made = len(show.requests)
    show.say("/musegan/play")
    show.run(1)
    assert show.requests[made].idea.seed == 42


def test_a_note_is_heard_at_its_timetag() -> None:
    show = Show()
    show.say("/musegan/in/mode", "same-bar")
    show.run(0.75 + 2.1)
    show.say("/musegan/in/track", "piano")
    show.say("/musegan/in/note", 60, 100, time=START + 0.75 + 2.0)  # the downbeat of bar 1
    show.run(3)
    condition = next(r.condition for r in show.requests if r.condition is not None)
    assert condition[0, 3, 0, 60 - SPEC.lowest_pitch] == 1


def test_a_flood_of_bad_messages_gets_few_answers_and_changes_nothing() -> None:
    show = Show()
    show.say("/musegan/subscribe")
    for i in range(1000):
        show.say("/musegan/tempo", 10_000 + i)
    assert show.session.refusals.count == 1000
    assert 1 <= len(show.messages("/musegan/error")) <= 10
    show.run(9)
    assert [m.args[0] for m in show.messages("/musegan/bar/begin")] == [0, 1, 2, 3, 4]


def test_help_is_answered_from_the_table() -> None:
    show = Show()
    show.say("/musegan/help")
    assert [m.args[0] for m in show.messages("/musegan/help/entry")] == list(BY_ADDRESS)
    assert show.messages("/musegan/help/end")[0].args == (len(BY_ADDRESS),)


def test_every_message_sent_has_the_types_of_the_table() -> None:
    show = Show()
    for address in ("/musegan/hello", "/musegan/subscribe", "/musegan/status", "/musegan/nonsense"):
        show.say(address)
    show.run(5)
    show.say("/musegan/tempo", 100)
    show.say("/musegan/stop")
    kinds = {"i": int, "f": float, "s": str}
    addresses = set()
    for _, output in show.sent:
        if not isinstance(output, Send):
            continue
        addresses.add(output.address)
        assert len(output.types) == len(output.args)
        assert all(isinstance(value, kinds[tag]) for tag, value in zip(output.types, output.args, strict=True)), output
    assert addresses >= {"/musegan/bar/notes", "/musegan/silence", "/musegan/error", "/musegan/status/reply"}


MELODY = (Track("melody", 0, False),)
MIDINET = ModelSpec("midinet", tracks=MELODY, conditional=False, hears_previous=True, has_chord=True, has_onsets=False)


def test_a_track_that_the_band_does_not_have_is_refused_with_those_it_has() -> None:
    show = Show(spec=ModelSpec("two", tracks=(Track("reed", 64, False), Track("kit", 0, True))))
    show.say("/musegan/in/track", "piano")
    assert show.messages("/musegan/error")[0].args[1] == "track must be one of reed, kit, none, got 'piano'"
    show.say("/musegan/in/note", 60, 90)  # the first pitched track, where there is no piano
    show.say("/musegan/status")
    status = show.messages("/musegan/status/reply")[0]
    assert status.args[names("/musegan/status/reply").index("track")] == "reed"


def test_a_band_made_to_follow_one_track_leaves_out_another_and_says_that_it_does_not_follow(
    caplog: pytest.LogCaptureFixture,
) -> None:
    show = Show(spec=replace(SPEC, condition_track="guitar"))
    show.say("/musegan/in/note", 60, 90)
    show.run(3)
    assert [SPEC.track_names[track] for track in show.requests[-1].left_out] == ["guitar"]
    assert not caplog.messages
    show.say("/musegan/in/track", "bass")
    show.say("/musegan/in/track", "bass")
    assert caplog.messages == ["bass is left to you, not followed: test follows guitar"]
    show.run(3)
    assert [SPEC.track_names[track] for track in show.requests[-1].left_out] == ["bass"]


def test_notes_played_to_a_band_that_hears_chords_are_its_chord_and_take_no_track() -> None:
    show = Show(spec=MIDINET)
    assert show.session.spec.has_chord
    show.run(0.5)
    for pitch in (57, 60, 64):
        show.say("/musegan/in/note", pitch, 90)
    show.run(4)
    assert show.requests[0].chord is None
    last = show.requests[-1]
    assert last.chord is not None
    assert (int(last.chord[:12].argmax()), last.chord[12]) == (9, 1)
    assert last.left_out == ()


def test_a_bar_hears_the_bar_that_was_sent_before_it_and_a_phrase_begins_after_silence() -> None:
    show = Show(spec=MIDINET)
    show.slow = True
    for number in range(6):
        while (request := show.session.request(show.now)) is None:
            show.now += 0.1
            show.session.poll(show.now)
        assert request.number == number
        if request.idea.measure == 0:
            assert request.previous is None
        else:
            assert request.previous is not None
            assert request.previous[0, 0, 0, 0] == number - 1
        planes = np.full((2, 1, 16, 84), number, np.float32)
        show.session.add(Draft(number, request.idea, {"melody": []}, planes=planes), show.now)


def test_one_bar_models_draw_a_phrase_for_each_bar() -> None:
    show = Show(spec=replace(SPEC, n_measures=1, temporal="none"))
    show.run(12)
    assert {r.idea.measure for r in show.requests} == {0}
    assert len({r.idea.seed for r in show.requests}) == len(show.requests) > 3


def _values(field: Field) -> st.SearchStrategy[object]:
    if field.type == "s":
        words = ("piano", "bass drums", "a", "b", "shared", "all", "now", "none", "")
        return st.sampled_from(field.choices or words)
    low, high = field.low if field.low is not None else 0, field.high if field.high is not None else 1
    return st.integers(int(low), min(int(high), int(low) + 64)) if field.type == "i" else st.floats(low, high)


def _message(spec: Spec) -> st.SearchStrategy[tuple[str, tuple[object, ...]]]:
    address = st.sampled_from(
        [spec.address.replace(TRACK, track) for track in (*SPEC.track_names, "*", "{bass,drums}")]
    )
    rows = st.lists(st.tuples(*map(_values, spec.repeated)), max_size=3) if spec.repeated else st.just([])
    whole = st.tuples(st.tuples(*map(_values, spec.fields)), rows).map(lambda both: (*both[0], *sum(both[1], ())))
    return st.tuples(address, whole)


_ACTIONS = st.one_of(
    *map(_message, INCOMING),
    st.tuples(st.just("wait"), st.tuples(st.floats(0, 5))),
    st.tuples(st.just("wait"), st.tuples(st.floats(0, 0.3))),
    st.tuples(st.just("slow"), st.tuples(st.booleans())),
    st.tuples(st.just("sleep"), st.tuples(st.floats(0, 100))),
    st.tuples(st.just("keep"), st.tuples(st.sampled_from(CLOCKS))),
    st.tuples(st.just("sync"), st.tuples(st.floats(-1000, 1000), st.floats(10, 500), st.booleans())),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(_ACTIONS, max_size=25), st.sampled_from([1.0, 8.0, 20.0]), st.sampled_from([SPEC, LIVE, MIDINET]))
def test_in_any_order_of_messages_bars_come_once_never_late_and_never_change(
    actions: list[tuple[str, tuple[object, ...]]], lookahead: float, spec: ModelSpec
) -> None:
    show = Show(spec=spec, lookahead=lookahead)
    for target, form in ((WITNESS, "bar"), (LISTENER, "note")):
        show.say("/musegan/subscribe", form, 0, 86400.0, 64.0 if form == "bar" else 0.0, sender=target)
    for address, values in actions:
        match address:
            case "wait":
                show.run(float(values[0]))  # type: ignore[arg-type]
            case "slow":
                show.slow = bool(values[0])
            case "sleep":
                show.now += float(values[0])  # type: ignore[arg-type]
            case "sync":
                beat, tempo, playing = values
                fix = Fix(float(beat), show.now, float(tempo), bool(playing))  # type: ignore[arg-type]
                if show.session.transport.is_external:
                    show.take(show.session.sync(fix, show.now))
            case "keep":
                show.take(show.session.keep(str(values[0])))
            case _:
                show.say(address, *values)
    show.run(3)
    before = (show.session.counts.bars, show.session.counts.late)
    show.slow = False
    for answers in (show.session.keep("internal"), show.session.play(show.now), show.session.set_tempo(120, show.now)):
        show.take(answers)
    show.run(60)
    assert show.session.counts.bars - before[0] >= 20  # whatever was said, the show goes on
    assert show.session.counts.late - before[1] <= 1  # the one that was in the making
    committed: list[object] = []
    for now, output in show.sent:
        match output:
            case SendNotes(target=target, time=time) if target == LISTENER:
                assert time >= now
            case Send(target=target, address="/musegan/bar/begin", args=args, time=time) if target == WITNESS:
                assert time is not None
                assert args[0] not in committed, "a committed bar came again"
                if args[8]:
                    assert time > now
                    committed.append(args[0])
    assert committed == list(range(len(committed)))
    told = [output for _, output in show.sent if isinstance(output, Committed)]
    assert [event.bar.number for event in told] == committed
    assert all(
        note.duration > 0 and 0 <= note.time < 4 for event in told for own in event.bar.notes.values() for note in own
    )
