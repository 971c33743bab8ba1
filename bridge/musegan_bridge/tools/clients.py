"""The clients that travel with the program: which files they are, and where their programs look for them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PACKED = Path(__file__).parents[1] / "clients"  # in a wheel, where pyproject.toml puts the files of PATTERNS
CHECKOUT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Client:
    """What a program needs to play with the band."""

    name: str  # what a musician types
    program: str  # what it is called
    folder: str  # the folder of our own that we make where the program looks
    source: str  # where the files are in the repository
    patterns: tuple[str, ...]  # which of them are its files; pyproject.toml names the same
    next_step: str  # what to do when they are written


CLIENTS = {
    client.name: client
    for client in (
        Client(
            "supercollider",
            "SuperCollider",
            "MuseGAN",
            "supercollider/MuseGAN",
            ("**/*",),
            "start the band (musegan-bridge serve), recompile the class library (Language > Recompile Class Library), "
            "then s.waitForBoot { m = MuseGAN.connect; s.sync; PmuseGANBand().play(m.clock) }. "
            'If you had it as a Quark, Quarks.uninstall("MuseGAN") first.',
        ),
        Client(
            "max",
            "Max",
            "MuseGAN Bridge",
            "max_patches",
            ("**/*.amxd", "**/*.maxpat", "**/*.maxhelp", "**/*.js", "README.md"),
            "start the band (musegan-bridge serve), restart Max or Live. In Live drag MuseGAN Band onto a MIDI track "
            "and MuseGAN Track onto another with an instrument; in Max open the help of musegan.band.",
        ),
        Client(
            "puredata",
            "Pure Data",
            "musegan",
            "puredata",
            ("*.pd",),
            "start the band (musegan-bridge serve) and open musegan-help.pd of these in Pd. In patches of your own: "
            "[declare -path musegan], then [musegan] and [musegan.track drums].",
        ),
    )
}

# The folders of a Max package that Max searches. Others are not: a help patch beside its patcher is not found.
_PACKAGE_FOLDERS = {".amxd": "devices", ".maxpat": "patchers", ".maxhelp": "help", ".js": "javascript"}


def files_of(client: Client) -> dict[str, bytes]:
    """Return what to write, by its path in the client's folder; parts are separated by slashes.

    Raises FileNotFoundError where this installation has no clients: neither a wheel's nor a checkout's.
    """
    source = PACKED / client.source if PACKED.is_dir() else CHECKOUT / client.source
    found = {path for pattern in client.patterns for path in source.glob(pattern) if path.is_file()}
    if not found:
        raise FileNotFoundError(f"{source} has no files for {client.program}: install musegan-bridge again")
    files = {path.relative_to(source).as_posix(): path.read_bytes() for path in sorted(found)}
    return files if client.name != "max" else _package(files)


def places_of(
    client: Client, files: Mapping[str, bytes], system: str, home: Path, environ: Mapping[str, str]
) -> dict[Path, Mapping[str, bytes]]:
    """Return the folders of our own to write, and what belongs into each.

    `system` is as in sys.platform. Raises ValueError where the program does not run there.
    """
    if client.name == "supercollider":
        return {_user_data(system, home, environ) / "SuperCollider" / "Extensions" / client.folder: files}
    if client.name == "puredata":
        return {_pd_externals(system, home, environ) / client.folder: files}
    if system not in ("darwin", "win32"):
        raise ValueError("Max runs on macOS and Windows only; --to says where to write")
    documents = list(_documents(home, environ))
    installed = [folder for parent in documents for n in (9, 8) if (folder := parent / f"Max {n}").is_dir()]
    packages = installed or [documents[0] / "Max 9"]
    places: dict[Path, Mapping[str, bytes]] = {folder / "Packages" / client.folder: files for folder in packages}
    # Max finds what is in its package, and Live's browser shows what is in its User Library: there each device has its
    # scripts beside it, as it finds them everywhere.
    devices = {Path(path).name: data for path, data in files.items() if path.endswith((".amxd", ".js"))}
    for parent in (home / "Music", *documents):
        library = parent / "Ableton" / "User Library"
        if library.is_dir():
            places[library / "Presets" / "MIDI Effects" / "Max MIDI Effect" / client.folder] = devices
    return places


def _pd_externals(system: str, home: Path, environ: Mapping[str, str]) -> Path:
    """Return the folder that Pd made for externals, if its user let it; else the one that it always searches."""
    for documents in _documents(home, environ):
        if (made := documents / "Pd" / "externals").is_dir():
            return made
    if system == "darwin":
        return home / "Library" / "Pd"
    if system == "win32":
        return Path(environ.get("APPDATA") or home / "AppData" / "Roaming") / "Pd"
    return home / ".local" / "lib" / "pd" / "extra"


def _user_data(system: str, home: Path, environ: Mapping[str, str]) -> Path:
    if system == "darwin":
        return home / "Library" / "Application Support"
    if system == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")


def _documents(home: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    """Yield where documents are: where OneDrive backs them up, Windows has them there."""
    if (synced := environ.get("OneDrive")) and (Path(synced) / "Documents").is_dir():
        yield Path(synced) / "Documents"
    yield home / "Documents"


def _package(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files as a Max package has them."""
    package = {
        f"{_PACKAGE_FOLDERS[suffix]}/{Path(path).name}"
        if (suffix := Path(path).suffix) in _PACKAGE_FOLDERS
        else path: data
        for path, data in files.items()
    }
    info = {
        "name": "MuseGAN Bridge",
        "displayname": "MuseGAN Bridge",
        "version": version("musegan-bridge"),
        "author": "MuseGAN Bridge",
        "description": "A neural band of five tracks that follows what you play, over OSC.",
        "tags": ["generative", "MIDI", "OSC", "neural"],
        "max_version_min": "8.6",
        "max_version_max": "none",
        "os": {
            "macintosh": {"min_version": "none", "platform": ["x64", "aarch64"]},
            "windows": {"min_version": "none", "platform": ["x64"]},
        },
    }
    return package | {"package-info.json": (json.dumps(info, indent=2) + "\n").encode()}
