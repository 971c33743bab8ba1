"""Charts in files."""

from __future__ import annotations

from pathlib import Path

from musegan_bridge.chords.chart import MAX_TEXT, Chart, ChartError, parse_chart


def read_chart(path: Path) -> Chart:
    """Read a chart from a text file, as `parse_chart` takes it.

    Raises:
        ChartError: It cannot be read, or is no chart; the text names the file.

    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(MAX_TEXT + 1)
    except OSError as error:
        raise ChartError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ChartError(f"{path} is no text: {error}") from error
    try:
        return parse_chart(text)
    except ChartError as error:
        raise ChartError(f"{path}: {error}") from error
