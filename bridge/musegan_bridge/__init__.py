"""How the band plays: clock, session, OSC, MIDI. Knows what a band is (`musegan_models`), never how it was trained."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("musegan-bridge")
except PackageNotFoundError:  # run from a source tree that is not installed
    __version__ = "0+source"

__all__ = ["__version__"]
