"""What the controls are set to, and what of it each track plays by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musegan_bridge.messages import CONTROLS, INCOMING, TRACK, parse
from musegan_bridge.show.performing import PLAIN
from musegan_bridge.show.state import Controls, address_of, control_of
from musegan_models.density import MAX_FACTOR
from musegan_models.spec import ModelSpec

SPEC = ModelSpec("test")
NAMES = SPEC.track_names
TRACKS = st.frozensets(st.sampled_from(NAMES))


def controls(**tracks_on: frozenset[str]) -> Controls:
    """Return switches that are on for some tracks."""
    own = Controls(NAMES)
    for name, tracks in tracks_on.items():
        for track in tracks:
            own.put(name, track, 1)
    return own


def test_a_show_begins_with_what_the_table_says() -> None:
    own = Controls(NAMES)
    for control in CONTROLS.values():
        if control.of != "track":
            assert own[control.name] == control.default
        if control.of != "band":
            assert {own.value(control.name, track) for track in NAMES} == {control.default}


def test_the_settings_are_all_addresses_of_the_table_that_can_be_read_and_take_their_values() -> None:
    settings = {spec.address for spec in INCOMING if spec.readable and control_of(spec.address)}
    there = {address.replace(TRACK, track) for address in settings for track in NAMES}
    values = Controls(NAMES).addresses()
    assert set(values) == there
    for address, value in values.items():
        (message,) = parse(address, [value], NAMES)
        assert list(message.args.values()) == [value]
        control = control_of(message.address)
        assert control is not None
        assert address_of(control.name, message.track) == address
        assert control_of(address) is control


def test_what_is_no_setting_has_no_control() -> None:
    for address in ("/musegan/play", f"/musegan/track/{TRACK}/gen", "/musegan/latent/xy", "/other"):
        assert control_of(address) is None


def test_putting_the_same_value_again_changes_nothing() -> None:
    own = Controls(NAMES)
    assert own.put("swing", None, 60.0)
    assert not own.put("swing", None, 60.0)
    assert own.put("mute", "bass", 1)
    assert (own.on("mute"), own["swing"]) == ((NAMES.index("bass"),), 60.0)


# Mute and solo


@given(TRACKS, TRACKS)
def test_who_is_muted_is_never_heard_and_of_soloists_nobody_else(muted: frozenset[str], solo: frozenset[str]) -> None:
    silent = controls(mute=muted, solo=solo).silent()
    assert muted <= silent
    assert silent == muted | (set(NAMES) - solo if solo else set())


# Of the band and of a track


@pytest.mark.parametrize(
    ("name", "band", "own", "result"), [("density", 2, 0.5, 1), ("temperature", 0.5, 3, 1.5), ("velocity", 0, 4, 0)]
)
def test_what_the_band_has_more_of_each_track_has_more_of(name: str, band: float, own: float, result: float) -> None:
    both = Controls(NAMES)
    both.set(name, band)
    both.put(name, "piano", own)
    assert both.together(name, "piano") == result
    assert both.together(name, "bass") == band


def test_transpositions_are_added() -> None:
    both = Controls(NAMES)
    both.set("transpose", -5)
    both.put("transpose", "piano", 12)
    assert (both.together("transpose", "piano"), both.together("transpose", "bass")) == (7, -5)


def test_no_track_is_asked_for_more_notes_than_it_can_play() -> None:
    both = Controls(NAMES)
    both.set("density", 4.0)
    both.put("density", "piano", 4.0)
    both.put("density", "bass", 0.5)
    density = dict(zip(NAMES, both.density(), strict=True))
    assert (density["piano"], density["bass"], density["drums"]) == (MAX_FACTOR, 2.0, 4.0)


def test_a_new_idea_takes_hold_temperatures_and_walks_of_each_group() -> None:
    own = Controls(NAMES)
    assert own.bearing.hold is False
    assert own.bearing.temperatures == (1,) * 6
    own.set("hold", 1)
    own.set("temperature", 0.5)
    own.put("temperature", "bass", 2.0)
    own.set("latent/walk", 0.1)
    own.put("latent/walk", "strings", 0.2)
    assert own.bearing.hold is True
    assert own.bearing.temperatures == (0.5, 1.0, 0.5, 0.5, 0.5, 0.5)  # the shared z, then each track
    assert own.bearing.walks == (0.1, 0, 0, 0, 0, 0.2)


# How a track is played


def test_untouched_controls_play_plainly() -> None:
    own = Controls(NAMES)
    own.set("key", "D")  # that is the bar's, not a track's
    assert own.feels(SPEC) is None


def test_a_feel_has_what_the_controls_of_its_track_say() -> None:
    own = Controls(NAMES)
    for name, value in (("transpose", 2), ("octave", -1), ("low", 30), ("high", 90), ("velocity", 0.5)):
        own.put(name, "piano", value)
    feels = own.feels(SPEC)
    assert feels is not None
    piano = feels["piano"]
    assert (piano.transpose, piano.low, piano.high, piano.velocity) == (-10, 30, 90, 0.5)
    assert all(feels[name] is PLAIN for name in NAMES if name != "piano")


def test_a_scale_lies_on_the_tonic_of_the_key() -> None:
    own = Controls(NAMES)
    own.set("key", "F#m")
    own.set("scale", "minor")
    feels = own.feels(SPEC)
    assert feels is not None
    assert {(feel.scale, feel.tonic) for feel in feels.values()} == {("minor", 6)}


def test_no_onset_is_off_by_more_than_a_twentieth_of_a_second() -> None:
    own = Controls(NAMES)
    own.set("humanise", 40.0)
    own.put("humanise", "piano", 30.0)
    feels = own.feels(SPEC)
    assert feels is not None
    assert (feels["piano"].humanise, feels["bass"].humanise) == (50, 40)
