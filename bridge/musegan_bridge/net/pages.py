"""Files for browsers, held in memory: a page and what it is made of. It must not know sockets.

A path is looked up among the files that were there at the start, and never on the disk: no `..` leads out of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OWN = Path(__file__).parents[1] / "page"
"""The page of the band."""

INDEX = "index.html"

POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",  # nobody puts the page into a frame of his own, and lets it be clicked
))  # fmt: skip
"""Content-Security-Policy: nothing but what comes from here, and nothing written into the page."""

_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class File:
    """What a browser gets: its bytes, and what they are."""

    body: bytes
    kind: str  # Content-Type
    name: str = ""  # not empty: to be kept under this name, not shown

    @property
    def etag(self) -> str:
        """A name of its contents, by which a browser asks whether they are still the same."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


def files_of(folder: Path, prefix: str) -> dict[str, File]:
    """Return the files of a folder by the path that a browser asks for; the index stands for its folder."""
    return dict(_files(folder, prefix))


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, File]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            file = File(path.read_bytes(), _KINDS.get(path.suffix, _PLAIN))
            name = path.relative_to(folder).as_posix()
            yield f"{prefix}{name}", file
            if name == INDEX:
                yield prefix, file


def wants_page(accept: str) -> bool:
    """Return whether who sends this Accept header is a browser: OSCQuery clients take JSON, or anything.

    >>> wants_page("text/html,application/xhtml+xml,*/*;q=0.8"), wants_page("*/*"), wants_page("")
    (True, False, False)
    """
    return any(part.partition(";")[0].strip().lower() == "text/html" for part in accept.split(","))
