"""Notes as SuperDirt's `/dirt/play`; it must not know clients or time but as values.

SuperDirt plays a bundle at its timetag plus its own latency, if it comes less than 42 s ahead. `s` is the synth or the
folder of samples, `n` the sample's number, `midinote` the pitch of a synth, `sustain` and `delta` seconds, `gain` a
fourth root of loudness, `orbit` the bus, `cps` cycles (here: bars) a second, `cycle` the place since the first bar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from musegan_bridge.net import osc
from musegan_models.notes import Note
from musegan_models.spec import BEATS_PER_MEASURE

SOUNDS = {
    "bass": "supersquare",
    "drums": "superkick",
    "guitar": "supermandolin",
    "piano": "superpiano",
    "strings": "supersaw",
}
"""The synth of each track: those that come with SuperDirt, so that no samples are needed."""

DRUMS = {
    **dict.fromkeys((35, 36), "superkick"),
    **dict.fromkeys((37, 38, 40), "supersnare"),
    39: "superclap",
    **dict.fromkeys((42, 44, 46, 49, 51, 52, 53, 55, 57, 59), "superhat"),
    **dict.fromkeys((41, 43, 45, 47, 48, 50), "super808"),
}
"""The synth of each General MIDI drum; others have that of the track."""

_TYPES = "sf" + "sf" + "sf" + "si" + "ss" + "sf" + "sf" + "sf"


def dirt_bundles(
    time: float,
    tempo: float,
    beat: float,
    notes: Sequence[tuple[str, Note]],
    *,
    sounds: Mapping[str, str] = SOUNDS,
    orbits: Mapping[str, int] | None = None,
    drums: str = "drums",
) -> list[bytes]:
    """Return bundles of /dirt/play within the MTU, with the timetag of a Unix time, for notes that start then.

    `tempo` in beats a minute; `beat`: of the onset, since the downbeat of bar 0. `sounds`: of each track, by default
    its name; `orbits`: by default 0, 1, .. in the order of `sounds`. The track `drums` plays `DRUMS`, without a pitch.
    """
    cps, cycle = tempo / 60 / BEATS_PER_MEASURE, beat / BEATS_PER_MEASURE
    if orbits is None:
        orbits = {name: i for i, name in enumerate(sounds)}
    messages = []
    for track, note in notes:
        seconds = note.duration * 60 / tempo
        sound = sounds.get(track, track)
        gain = (note.velocity / 127) ** 0.5  # SuperDirt's fourth power makes of it the square, as MIDI synths have it
        head = ("cps", cps, "cycle", cycle, "delta", seconds, "orbit", orbits.get(track, 0))
        tail = ("sustain", seconds, "gain", gain)
        if track == drums:
            args = (*head, "s", DRUMS.get(note.pitch, sound), *tail, "n", 0.0)
        else:
            args = (*head, "s", sound, *tail, "midinote", float(note.pitch))
        messages.append(osc.message("/dirt/play", _TYPES, args))
    return osc.bundles(time, messages)
