"""Installing a client again and again: what is new comes, what the user changed stays, what is not ours is let be."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from musegan_bridge.cli import main
from musegan_bridge.tools.clients import CLIENTS, files_of, places_of
from musegan_bridge.tools.installing import RECORD, write


def install(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["install", *map(str, arguments)])


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files but the record."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != RECORD)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_installing_again_updates_and_removes_what_was_ours(tmp_path: Path) -> None:
    write({"Classes/A.sc": b"old", "Classes/B.sc": b"same", "Help/Gone.schelp": b"gone"}, tmp_path)
    report = write({"Classes/A.sc": b"new", "Classes/B.sc": b"same", "C.sc": b"first"}, tmp_path)
    assert contents(tmp_path) == {"Classes/A.sc": b"new", "Classes/B.sc": b"same", "C.sc": b"first"}
    assert (report.updated, report.same, report.new) == (["Classes/A.sc"], ["Classes/B.sc"], ["C.sc"])
    assert report.removed == ["Help/Gone.schelp"]
    assert not (tmp_path / "Help").exists()
    assert not report.kept


def test_a_changed_file_is_kept_under_another_name(tmp_path: Path) -> None:
    write({"a.pd": b"1", "old.pd": b"1"}, tmp_path)
    for mine in (b"mine", b"mine again"):
        (tmp_path / "a.pd").write_bytes(mine)
        report = write({"a.pd": b"2", "old.pd": b"1"}, tmp_path)
    assert report.kept == {"a.pd": "a.pd.bak2"}
    (tmp_path / "old.pd").write_bytes(b"my old one")
    assert write({"a.pd": b"2"}, tmp_path).kept == {"old.pd": "old.pd.bak"}
    assert contents(tmp_path) == {
        "a.pd": b"2",
        "a.pd.bak": b"mine",
        "a.pd.bak2": b"mine again",
        "old.pd.bak": b"my old one",
    }


@pytest.mark.parametrize("record", [None, b"{", b"[]", b'{"../foreign.txt": "x"}'])
def test_without_a_good_record_nothing_is_lost(tmp_path: Path, record: bytes | None) -> None:
    foreign = tmp_path / "foreign.txt"
    foreign.write_bytes(b"not ours")
    folder = tmp_path / "musegan"
    folder.mkdir()
    (folder / "a.pd").write_bytes(b"somebody's")
    (folder / "notes.txt").write_bytes(b"not ours")
    if record is not None:
        (folder / RECORD).write_bytes(record)
    write({"a.pd": b"1"}, folder)
    assert contents(folder) == {"a.pd": b"1", "a.pd.bak": b"somebody's", "notes.txt": b"not ours"}
    assert foreign.read_bytes() == b"not ours"


@pytest.mark.parametrize("name", CLIENTS)
def test_every_client_says_what_it_wrote_and_what_is_next(name: str, tmp_path: Path) -> None:
    client = CLIENTS[name]
    result = install(name, "--to", tmp_path)
    assert result.exit_code == 0
    written = contents(tmp_path / client.folder)
    assert written == files_of(client)
    assert f"{len(written)} files in {tmp_path / client.folder} ({len(written)} new)" in result.output
    assert all(path in result.output for path in written)
    assert f"Next: {client.next_step}" in result.output
    again = install(name, "--to", tmp_path)
    assert f"({len(written)} as before)" in again.output


def test_the_users_change_is_reported(tmp_path: Path) -> None:
    install("supercollider", "--to", tmp_path)
    (tmp_path / "MuseGAN" / "README.md").write_text("my own notes", encoding="utf-8")
    result = install("supercollider", "--to", tmp_path)
    assert "README.md: yours was another, and is now called README.md.bak" in result.output
    assert (tmp_path / "MuseGAN" / "README.md.bak").read_text(encoding="utf-8") == "my own notes"


def test_what_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "real").mkdir()
    (tmp_path / "MuseGAN").symlink_to(tmp_path / "real")
    for folder, reason in ((tmp_path / "file", "Not a directory"), (tmp_path, "is a link to")):
        result = install("supercollider", "--to", folder)
        assert result.exit_code == 1
        assert result.output.startswith("Error: supercollider is not installed: ")
        assert reason in result.output
        assert result.output.count("\n") == 1
    assert not list((tmp_path / "real").iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="/sys is a folder that nobody can write to, not even root")
def test_a_folder_that_may_not_be_written_to_is_one_line() -> None:
    result = install("supercollider", "--to", "/sys")
    assert result.exit_code == 1
    assert "/sys/MuseGAN" in result.output
    assert result.output.count("\n") == 1


def places(name: str, system: str, home: Path, **environ: str) -> list[str]:
    files = files_of(CLIENTS[name])
    return [folder.relative_to(home).as_posix() for folder in places_of(CLIENTS[name], files, system, home, environ)]


def test_supercollider_has_its_extensions_folder(tmp_path: Path) -> None:
    assert places("supercollider", "linux", tmp_path) == [".local/share/SuperCollider/Extensions/MuseGAN"]
    data = str(tmp_path / "data")
    assert places("supercollider", "linux", tmp_path, XDG_DATA_HOME=data) == ["data/SuperCollider/Extensions/MuseGAN"]
    mac = "Library/Application Support/SuperCollider/Extensions/MuseGAN"
    assert places("supercollider", "darwin", tmp_path) == [mac]
    local = str(tmp_path / "Local")
    assert places("supercollider", "win32", tmp_path, LOCALAPPDATA=local) == ["Local/SuperCollider/Extensions/MuseGAN"]


def test_pd_gets_what_it_searches_or_the_folder_that_it_made(tmp_path: Path) -> None:
    assert places("puredata", "linux", tmp_path) == [".local/lib/pd/extra/musegan"]
    assert places("puredata", "darwin", tmp_path) == ["Library/Pd/musegan"]
    roaming = str(tmp_path / "Roaming")
    assert places("puredata", "win32", tmp_path, APPDATA=roaming) == ["Roaming/Pd/musegan"]
    (tmp_path / "Documents" / "Pd" / "externals").mkdir(parents=True)
    for system in ("linux", "darwin", "win32"):
        assert places("puredata", system, tmp_path) == ["Documents/Pd/externals/musegan"]


def test_max_gets_a_package_for_each_version_and_live_its_devices(tmp_path: Path) -> None:
    assert places("max", "darwin", tmp_path) == ["Documents/Max 9/Packages/MuseGAN Bridge"]
    for folder in ("Documents/Max 8", "Documents/Max 9", "Music/Ableton/User Library"):
        (tmp_path / folder).mkdir(parents=True)
    devices = "Presets/MIDI Effects/Max MIDI Effect/MuseGAN Bridge"
    assert places("max", "darwin", tmp_path) == [
        "Documents/Max 9/Packages/MuseGAN Bridge",
        "Documents/Max 8/Packages/MuseGAN Bridge",
        f"Music/Ableton/User Library/{devices}",
    ]
    files = files_of(CLIENTS["max"])
    *_, live = places_of(CLIENTS["max"], files, "darwin", tmp_path, {}).values()
    needed = {Path(path).name: data for path, data in files.items() if path.startswith(("devices/", "javascript/"))}
    assert live == needed
    assert {Path(name).suffix for name in live} == {".amxd", ".js"}


def test_max_is_found_where_onedrive_has_the_documents(tmp_path: Path) -> None:
    (tmp_path / "OneDrive" / "Documents").mkdir(parents=True)
    synced = str(tmp_path / "OneDrive")
    assert places("max", "win32", tmp_path, OneDrive=synced) == ["OneDrive/Documents/Max 9/Packages/MuseGAN Bridge"]


def test_max_is_not_on_linux(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="macOS and Windows only; --to"):
        places("max", "linux", tmp_path)


def test_the_max_package_has_each_file_where_max_looks(tmp_path: Path) -> None:
    files = files_of(CLIENTS["max"])
    folders = {".amxd": "devices", ".maxpat": "patchers", ".maxhelp": "help", ".js": "javascript"}
    for path in files:
        if path not in ("README.md", "package-info.json"):
            assert Path(path).parent.name == folders[Path(path).suffix]
    assert json.loads(files["package-info.json"])["name"] == CLIENTS["max"].folder
    assert not any(path.endswith((".py", "objects.json")) for path in files)
