"""What the controls are set to, and what follows from it; it must not know what a band does with them."""

from __future__ import annotations

from collections.abc import Sequence

from musegan_bridge.key import tonic_of
from musegan_bridge.messages import CONTROLS, Control, Value
from musegan_bridge.show.ideas import Bearing
from musegan_bridge.show.performing import PLAIN, Feel
from musegan_models.density import MAX_FACTOR
from musegan_models.spec import ModelSpec

_PREFIX = "/musegan/"


class Controls:
    """The value of each control, of the band and of each track."""

    def __init__(self, track_names: Sequence[str]) -> None:
        self._tracks = tuple(track_names)
        self._values: dict[tuple[str, str | None], Value] = {}
        for control in CONTROLS.values():
            owners: list[str | None] = [] if control.of == "track" else [None]
            owners += [] if control.of == "band" else self._tracks
            self._values |= {(control.name, owner): control.default for owner in owners}
        self._feels: tuple[ModelSpec, dict[str, Feel] | None] | None = None  # each bar asks, and few controls change

    def __getitem__(self, name: str) -> Value:
        """Return a control of the band."""
        return self._values[name, None]

    def number(self, name: str, track: str | None = None) -> float:
        """Return a control that is a number."""
        return float(self._values[name, track])

    def value(self, name: str, track: str | None) -> Value:
        """Return a control of the band (track None) or of a track."""
        return self._values[name, track]

    def together(self, name: str, track: str) -> float:
        """Return what a control of both comes to for one track."""
        band, own = self.number(name), self.number(name, track)
        return band * own if CONTROLS[name].together == "times" else band + own

    def put(self, name: str, track: str | None, value: Value) -> bool:
        """Set a control; return whether that changed anything."""
        was = self._values[name, track]
        self._values[name, track] = value
        self._feels = None
        return was != value

    def set(self, name: str, value: Value) -> None:
        """Set a control of the band."""
        self.put(name, None, value)

    def addresses(self) -> dict[str, Value]:
        """Return the value at each address."""
        return {address_of(name, track): value for (name, track), value in self._values.items()}

    def on(self, name: str) -> tuple[int, ...]:
        """Return the indices of the tracks of which a switch is on."""
        return tuple(i for i, track in enumerate(self._tracks) if self._values[name, track])

    @property
    def bearing(self) -> Bearing:
        """What of it all a new idea takes."""
        names = self._tracks
        warmth = self.number("temperature")
        return Bearing(
            bool(self["hold"]),
            (warmth, *(self.together("temperature", name) for name in names)),
            (self.number("latent/walk"), *(self.number("latent/walk", name) for name in names)),
            form=str(self["form"]),
            variation=self.number("variation"),
            drafts=int(self.number("drafts")),
        )

    def density(self) -> tuple[float, ...]:
        """Return the density of each track, 1: as trained; never more than there are thresholds for."""
        return tuple(min(MAX_FACTOR, self.together("density", name)) for name in self._tracks)

    def silent(self) -> frozenset[str]:
        """Return the tracks that are not heard."""
        soloists = {self._tracks[i] for i in self.on("solo")}
        muted = {self._tracks[i] for i in self.on("mute")}
        return frozenset(name for name in self._tracks if name in muted or (soloists and name not in soloists))

    def feels(self, spec: ModelSpec) -> dict[str, Feel] | None:
        """Return how each track is played; None: all plainly."""
        if self._feels is None or self._feels[0] is not spec:
            self._feels = (spec, self._felt(spec))
        return self._feels[1]

    def _felt(self, spec: ModelSpec) -> dict[str, Feel] | None:
        tonic = tonic_of(str(self["key"]))
        found = {}
        for name in spec.track_names:
            feel = Feel(
                transpose=int(self.together("transpose", name)) + 12 * int(self.number("octave", name)),
                low=int(self.number("low", name)),
                high=int(self.number("high", name)),
                velocity=self.together("velocity", name),
                swing=self.number("swing"),
                humanise=min(50.0, self.together("humanise", name)),
                scale=str(self["scale"]),
                tonic=tonic if self["scale"] != "off" else 0,
            )
            found[name] = PLAIN if feel == PLAIN else feel
        return None if all(feel is PLAIN for feel in found.values()) else found


def control_of(address: str) -> Control | None:
    """Return the control of an address of the table, with `<track>` or without."""
    name = address.removeprefix(_PREFIX)
    return CONTROLS.get(name.split("/", 2)[2] if name.startswith("track/") else name)


def address_of(name: str, track: str | None) -> str:
    """Return the address of a control of the band, or of a track.

    >>> address_of("mute", "bass")
    '/musegan/track/bass/mute'
    """
    return f"{_PREFIX}{name}" if track is None else f"{_PREFIX}track/{track}/{name}"
