"""Settings: their ranges, the set file, and that what is printed is read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from musegan_bridge.cli import main
from musegan_bridge.messages import CONTROLS, INCOMING
from musegan_bridge.stage.config import OPTIONS, Config, ConfigError, Option, StandingSubscriber
from musegan_bridge.stage.sets import config_from, read_set, text_of
from musegan_models.bundle import pretrained

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def any_value(option: Option) -> st.SearchStrategy[Any]:
    if option.is_path:
        return st.none() | st.sampled_from(["/a b/c", "/é\"'\\#", "/\x7f\n\t"])
    if option.choices:
        return st.sampled_from(option.choices)
    if option.type is bool:
        return st.booleans()
    if option.field == "host":
        return TEXT.filter(bool)
    if option.type is str:
        return TEXT
    assert option.low is not None
    assert option.high is not None
    if option.type is int:
        numbers = st.integers(int(option.low), int(option.high))
        return numbers.map(lambda n: None if n == option.nothing else n)
    return st.floats(option.low, option.high)


subscribers = st.builds(
    StandingSubscriber,
    TEXT.filter(bool),
    st.integers(1, 65535),
    st.sampled_from(["bar", "note", "dirt"]),
    st.floats(0, 64),
    st.floats(-1000, 1000),
)
controls: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "/musegan/track/bass/density": st.tuples(st.floats(0, 4)),
        "/musegan/track/*/mute": st.tuples(st.integers(0, 1)),
        "/musegan/in/track": st.tuples(TEXT),
        "/musegan/latent/corners": st.tuples(TEXT, TEXT, TEXT, TEXT),
        "/musegan/fill": st.just(()),
    },
)


@given(st.data())
def test_what_is_printed_is_read_back_as_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    fields = {option.field: data.draw(any_value(option)) for option in OPTIONS}
    fields["commit"] = min(fields["commit"], fields["lookahead"])
    fields["midi_clock_out"] = fields["midi_clock_out"] and bool(fields["midi_out"])
    if fields["clock"] == "midi" and not fields["midi_in"]:
        fields["midi_in"] = "virtual"
    config = Config(
        **fields, subscribers=tuple(data.draw(st.lists(subscribers, max_size=2))), controls=data.draw(controls)
    )
    file = tmp_path_factory.getbasetemp() / "set.toml"
    file.write_text(text_of(config), encoding="utf-8")
    assert config_from(file, {}) == config


def test_every_setting_is_in_a_printed_set_and_every_field_has_a_setting() -> None:
    printed = text_of(Config())
    assert all(f"\n{option.key} = " in printed for option in OPTIONS)
    assert {option.field for option in OPTIONS} | {"subscribers", "controls"} == set(Config.__dataclass_fields__)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[clock]\ntempo = 1000", "clock.tempo must be in 20..400, got 1000"),
        ("[clock]\ntempo = true", "clock.tempo must be a number, got True"),
        ("[clock]\ntempo = nan", "clock.tempo must be a number, got nan"),
        ("[clock]\ntempi = 90", "clock.tempi is unknown: tempo?"),
        ("[klock]\n", "klock is unknown: clock?"),
        ("[net]\nx = 1", "net is unknown"),
        ("tempo = 90", "tempo is unknown: clock.tempo?"),
        ("clock = 90", "clock must be a table, [clock], got 90"),
        ("[network]\nport = 57120.5", "network.port must be a whole number, got 57120.5"),
        ("[network]\nport = '57120'", "network.port must be a whole number, got '57120'"),
        ("[network]\nannounce = 1", "network.announce must be true or false, got 1"),
        ("[network]\nhost = ''", "host must be an address"),
        ("[clock]\nsource = 'abelton'", "clock.source must be one of internal, link, midi, osc, got 'abelton'"),
        ("[clock]\ncommit = 8\nlookahead = 4", "commit must be at most lookahead, 4 beats, got 8"),
        ("[clock]\nsource = 'midi'", "set midi_in, too"),
        ("[midi]\nclock_out = true", "set midi_out, too"),
        ("[band]\nbundle = 'nobody'", "bundle: no bundle 'nobody' is installed; there is: lakh-five, lakh-live"),
        ("[band]\nkey = 'H'", "band.key must be one of C, C#, "),
        ("[[subscribers]]\nhost = 'a'", "subscribers[0].port is missing"),
        ("[[subscribers]]\nhost = 'a'\nport = 0", "subscribers[0].port must be in 1..65535, got 0"),
        ("[[subscribers]]\nhost = 'a'\nport = 1\nform = 'midi'", "subscribers[0].form must be one of bar, note, dirt"),
        ("[[subscribers]]\nhost = 'a'\nport = 1\noffst = 1", "subscribers[0].offst is unknown: offset?"),
        ("subscribers = ['a:1']", "subscribers must be tables"),
        ("[controls]\n'/musegan/tempo' = 1000", "controls: /musegan/tempo: tempo must be in 20..400, got 1000"),
        ("[controls]\n'/musegan/temp' = 1000", "controls: /musegan/temp: no such address"),
        ("[controls]\n'/musegan/track/*/mut' = 1", "controls: /musegan/track/*/mut: no such address"),
        ("[controls]\n'/musegan/hello' = 0", "controls: /musegan/hello is a client's question"),
        ("[controls]\n'/musegan/tempo' = []", "controls: /musegan/tempo must have a value: tempo:f(20..400)"),
        ("[controls]\n'/musegan/tempo' = {}", "controls: /musegan/tempo must be numbers and strings, got {}"),
        ("[clock", "not TOML"),
    ],
)
def test_a_wrong_set_is_refused_with_the_file_the_setting_the_value_and_the_range(
    tmp_path: Path, text: str, wrong: str
) -> None:
    file = tmp_path / "set.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        config_from(file, {})
    assert str(refused.value).startswith(f"{file}: ")
    assert wrong in str(refused.value)


def test_every_control_of_the_table_can_be_in_a_set(tmp_path: Path) -> None:
    file = tmp_path / "set.toml"
    lines = ["[controls]"]
    for control in CONTROLS.values():
        default = f"'{control.default}'" if isinstance(control.default, str) else control.default
        lines += [f"'{spec.address.replace('<track>', 'bass')}' = {default}" for spec in control.specs]
    file.write_text("\n".join(lines), encoding="utf-8")
    found = config_from(file, {}).controls
    settings = [spec for spec in INCOMING if spec.readable and spec.address.count("/") > 1]
    assert len(found) == len(lines) - 1
    assert len(found) <= len(settings)


def test_paths_in_a_set_are_of_its_folder_and_a_band_of_the_wheel_goes_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "set.toml"
    file.write_text("[band]\nbundle = 'lakh-five'\n[files]\nrecord = 'out'\nlog = '~/log'\n", encoding="utf-8")
    found = read_set(file)
    assert found["record"] == str(tmp_path / "out")
    assert found["log"] == str(Path.home() / "log")
    assert found["bundle"] == str(pretrained("lakh-five"))
    assert 'bundle = "lakh-five"' in text_of(Config(**found))
    (tmp_path / "lakh-five").mkdir()
    (tmp_path / "lakh-five" / "bundle.json").write_text("{}")
    assert read_set(file)["bundle"] == str(tmp_path / "lakh-five")


def printed(*args: str, env: dict[str, str] | None = None) -> str:
    result = CliRunner().invoke(main, ["serve", "--print-config", *args], env=env)
    assert result.exit_code == 0, result.output
    return result.output


def test_options_win_over_the_environment_that_over_the_file_and_that_over_defaults(tmp_path: Path) -> None:
    file = tmp_path / "set.toml"
    file.write_text("[clock]\ntempo = 90\n[band]\nseed = 1\nkey = 'D'\n", encoding="utf-8")
    env = {"MUSEGAN_BRIDGE_SERVE_TEMPO": "100", "MUSEGAN_BRIDGE_SERVE_SEED": "2"}
    text = printed("--config", str(file), "--seed", "3", env=env)
    assert "\nseed = 3\n" in text
    assert "\ntempo = 100.0\n" in text
    assert '\nkey = "D"\n' in text
    assert "\nlookahead = 8.0\n" in text
    assert "\nseed = -1\n" in printed("--config", str(file), "--seed", "-1")


def test_the_environment_has_every_option_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "set.toml"
    file.write_text("[clock]\ntempo = 90\n", encoding="utf-8")
    text = printed(
        env={
            "MUSEGAN_BRIDGE_SERVE_CONFIG": str(file),
            "MUSEGAN_BRIDGE_SERVE_SUBSCRIBER": "10.0.0.2:9000 10.0.0.2:9001,form=note",
            "MUSEGAN_BRIDGE_SERVE_CONTROL": "/musegan/swing=60",
        }
    )
    assert "\ntempo = 90.0\n" in text
    assert text.count("\n[[subscribers]]\n") == 2
    assert '\n"/musegan/swing" = 60\n' in text


def test_the_printed_set_of_a_command_line_is_what_it_says(tmp_path: Path) -> None:
    text = printed(
        *("--subscriber", "10.0.0.2:57120,form=note,lookahead=2,offset=-20", "--midi-clock-out", "--midi-out", "x"),
        *("--control", "/musegan/track/bass/density=0.5", "--control", "/musegan/key=D", "--record", "r.mid"),
    )
    file = tmp_path / "set.toml"
    file.write_text(text, encoding="utf-8")
    assert config_from(file, {}) == Config(
        midi_out="x",
        midi_clock_out=True,
        record=str(Path.cwd() / "r.mid"),
        subscribers=(StandingSubscriber("10.0.0.2", 57120, "note", 2.0, -20.0),),
        controls={"/musegan/track/bass/density": (0.5,), "/musegan/key": ("D",)},
    )


@pytest.mark.parametrize(
    ("args", "wrong"),
    [
        (["--tempo", "1000"], "--tempo"),
        (["--subscriber", "57120"], "subscribers[0].host must be an address, got ''"),
        (["--subscriber", "a:x"], "port must be a number, got 'x'"),
        (["--subscriber", "a:1,form=x"], "form must be one of bar, note, dirt, got 'x'"),
        (["--subscriber", "a:1,from=x"], "'from' is unknown"),
        (["--control", "tempo=9"], "/musegan/track/bass/density=0.8"),
        (["--control", "/musegan/tempo=9"], "tempo must be in 20..400, got 9"),
        (["--bundle", "nobody"], "no bundle 'nobody' is installed; there is: lakh-five, lakh-live"),
        (["--commit", "9"], "commit must be at most lookahead"),
        (["--config", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_wrong_options_are_refused_by_their_name(args: list[str], wrong: str) -> None:
    result = CliRunner().invoke(main, ["serve", "--print-config", *args])
    assert result.exit_code != 0
    assert wrong in result.output
    assert "Traceback" not in result.output
