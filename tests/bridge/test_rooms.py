"""Which way the arrows point inside the bridge: the show knows nobody who plays it."""

from __future__ import annotations

import ast
from pathlib import Path

import musegan_bridge

ROOT = Path(musegan_bridge.__file__).parent
MAY_IMPORT = {
    "chords": {"key"},
    "messages": {"key", "form"},
    "show": {"messages", "chords", "key", "form"},
    "net": {"messages", "show", "key"},
    "files": {"messages", "show", "chords"},
    "midi": {"show"},
}
"""Room -> what of the program its modules may import, besides themselves."""


def imports_of(path: Path) -> set[str]:
    """Return the modules of the program that a module imports, `room.module`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "musegan_bridge":
            rest = node.module.split(".")[1:]
            found |= {".".join([*rest, alias.name] if len(rest) < 2 else rest) for alias in node.names}
    return found


def test_each_room_imports_only_what_it_may() -> None:
    for room, allowed in MAY_IMPORT.items():
        for path in (ROOT / room).glob("*.py"):
            for module in imports_of(path):
                own = module.split(".")[0]
                is_fine = own in allowed | {room, "__version__"}
                assert is_fine, f"{room}/{path.name} imports {module}"
