"""Pages from the templates of this folder; it must not know what they show."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader


def fill(template: str, **values: object) -> str:
    """Return the text of `template`, a file of this folder, with `values` in it, escaped as HTML wants it."""
    folder = FileSystemLoader(Path(__file__).parent)
    pages = Environment(loader=folder, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return pages.get_template(template).render(values)
