"""How the band plays: clock, session, OSC, MIDI. Knows what a band is (`musegan_models`), never how it was trained."""

__all__ = ["__version__"]

__version__: str


def __getattr__(name: str) -> str:
    """Look the version up when it is asked for: importlib.metadata costs as much as all else that --help needs."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("musegan-bridge")
    except PackageNotFoundError:  # run from a source tree that is not installed
        return "0+source"
