"""The chord that the left hand holds, below the split; time is in beats."""

from __future__ import annotations

_RELEASE = 0.25  # beats after the last note on in which a note off means: that note is not of the chord


class LeftHand:
    """The pitches of a chord, which stays when the keys are let go, until another one is played."""

    def __init__(self) -> None:
        self._held: set[int] = set()
        self._chord: set[int] = set()
        self._struck = 0.0  # beat of the last note on

    def note(self, beat: float, pitch: int, velocity: int) -> frozenset[int]:
        """Hear a note on or, with velocity 0, a note off; return the pitches of the chord."""
        if velocity:
            self._held.add(pitch)
            self._chord, self._struck = set(self._held), beat
        else:
            self._held.discard(pitch)
            if beat - self._struck < _RELEASE and len(self._chord) > 1:  # it was left over from the chord before
                self._chord.discard(pitch)
        return frozenset(self._chord)

    def forget(self) -> None:
        """Forget the chord, and the keys that are held."""
        self._held.clear()
        self._chord.clear()
