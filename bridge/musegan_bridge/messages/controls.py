"""The controls: settings that a musician turns while the band plays, as one table. It must not know what they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from musegan_bridge.form import check_form
from musegan_bridge.key import KEYS, SCALES
from musegan_bridge.messages.fields import TRACK, Field, Spec, Value

ANTICIPATE = "anticipate"
"""Following: a bar is made with what the musician is expected to play in it, from all that they played before."""

PREVIOUS_BAR = "previous-bar"
"""Following: a bar is made before the musician's part of it is known, from all bars up to it."""

SAME_BAR = "same-bar"
"""Following: a bar is made with the musician's part of it: a loop, a clip, a file."""

CLOCKS = ("internal", "link", "midi", "osc")
LISTENING = ("continuous", "call", "punch", "off")


@dataclass(frozen=True, slots=True)
class Control:
    """One setting: of the band, of each track, or of both, which then work together."""

    name: str  # what follows /musegan/ or /musegan/track/<track>/
    field: Field
    doc: str
    default: Value
    of: str = "band"  # band, track or both
    together: str = ""  # of both: times or plus
    changes: str = "bars"  # bars: how they are made; sound: how made bars are played; plan: when; nothing

    @property
    def specs(self) -> tuple[Spec, ...]:
        """Its addresses."""
        found = []
        is_continuous = self.field.type == "f"
        if self.of in ("band", "both"):
            found.append(Spec(f"/musegan/{self.name}", self.doc, (self.field,), (), True, is_continuous))
        if self.of in ("track", "both"):
            factor = {"times": " Times that of the band.", "plus": " On top of that of the band."}.get(
                self.together, ""
            )
            own = f"{self.doc}{factor}" if self.of == "both" else self.doc
            found.append(Spec(f"/musegan/track/{TRACK}/{self.name}", own, (self.field,), (), True, is_continuous))
        return tuple(found)


def _switch(name: str) -> Field:
    return Field(name, "i", "1: on, 0: off", 0, 1)


_ALL = (
    Control("tempo", Field("tempo", "f", "beats a minute", 20, 400, unit="bpm"),
            "Set the tempo of the internal clock; bars stay on the beat. Every client hears /musegan/tempo/changed.",
            120.0, changes="plan"),
    Control("clock/source", Field("source", "s", "whose beat it is", choices=CLOCKS),
            "Whose clock the band keeps: its own, Ableton Link's, MIDI clock's, or that of /musegan/host.",
            "internal", changes="nothing"),
    Control("lookahead", Field("beats", "f", "before a downbeat", 0.25, 64, unit="beats"),
            "How long before its downbeat a bar is planned. Until it is committed it is made again when your playing "
            "or a control changes.", 8.0, changes="plan"),
    Control("commit", Field("beats", "f", "before a downbeat", 0.25, 16, unit="beats"),
            "How long before its downbeat a bar is committed: sent, and changed no more. Never less than 0.3 s.", 1.0,
            changes="plan"),
    Control("key", Field("key", "s", "a major key by its tonic, a minor one with an m", choices=KEYS),
            "The key that the band plays in, and hears you in, from the next bar that is not committed. It thinks in C "
            "major and A minor; all but drums is transposed, by at most six semitones.", "C"),
    Control("scale", Field("scale", "s", "of the key's tonic", choices=("off", *SCALES)),
            "Move each pitched note of the band to the nearest one of a scale on the tonic of the key.", "off",
            changes="sound"),
    Control("in/mode", Field("mode", "s", "anticipate is what a show begins with",
                             choices=(ANTICIPATE, PREVIOUS_BAR, SAME_BAR)),
            "How the band follows you. anticipate: the band remembers what you played, expects what comes again, and "
            "plays to that; see /musegan/expected. previous-bar: each bar is made from what you and the band played "
            "before it, and nothing is expected of you. same-bar: your last four beats are taken for what you will "
            "play in the bar to come. In each mode a bar of /musegan/in/bar is known for certain. A band that was not "
            "trained to wait for you follows same-bar in the place of previous-bar; /musegan/status/reply tells.",
            ANTICIPATE),
    Control("in/listen", Field("listening", "s", "continuous is what a show begins with", choices=LISTENING),
            "When your tracks are yours. continuous: always. call: you play /musegan/in/call bars alone, then the band "
            "answers as many. punch: only in bars after one in which you played, else the band plays them. off: never, "
            "and what you play is not heard.", "continuous"),
    Control("in/call", Field("bars", "i", "of each side", 1, 16), "How long call and response each last.", 2),
    Control("in/amount", Field("amount", "f", "0: as if you were silent in it; 1: as trained", 0, 1),
            "How much the band follows what it knows or expects of you in the bar that it makes.", 1.0),
    Control("in/dynamics", Field("amount", "f", "0: not at all; 1: as much as you do", 0, 1),
            "Let the band play softer and sparser, or louder and busier, with you, over about two bars. A rest of "
            "yours changes nothing.", 0.0),
    Control("in/split", Field("pitch", "i", "MIDI note number; 0: no split", 0, 127),
            "Play chords with the left hand: what you hold below this pitch is the band's chord, from the next bar "
            "that is not committed until you hold another one. What you play from this pitch on is your lead. 60 is "
            "middle C.", 0),
    Control("chart/heard", _switch("heard"),
            "Let the chords of the chart sound as long notes on their track, or keep that track silent.", 1),
    Control("form", Field("form", "s", "song, free, or up to 32 of the letters A to H, as AABA", check=check_form),
            "Which phrases come back: each letter is a phrase, and when the form has ended the band goes on with the "
            "same form and other ideas. song: verse, chorus, verse, chorus, bridge, chorus, each AABAAABA. free: no "
            "phrase comes back. A new form begins with the next phrase.", "song"),
    Control("variation", Field("variation", "f", "0: as it was; 1: a new phrase", 0, 1),
            "How much a phrase differs when it comes back: it is drawn from z' = r z + sqrt(1 - r^2) e, where r is 1 "
            "minus this.", 0.0),
    Control("drafts", Field("drafts", "i", "of each bar", 1, 4),
            "How many drafts are made of each bar; the band plays the one that is most like songs. 1: the first one, "
            "always.", 2),
    Control("hold", _switch("hold"),
            "Play the phrase's idea again and again: no new z at the end of a phrase.", 0),
    Control("loop", Field("bars", "i", "how many; 0: no loop", 0, 64),
            "Play the last bars again, exactly, until it is 0. While it loops nothing new is made.", 0),
    Control("mute", _switch("mute"), "Leave a track out of what is heard; the band still plays on it.", 0,
            of="track", changes="sound"),
    Control("solo", _switch("solo"), "Hear only the tracks that are solo.", 0, of="track", changes="sound"),
    Control("lock", _switch("lock"),
            "Let a track repeat what it played in the last phrase, while the others go on and follow it.", 0,
            of="track"),
    Control("density", Field("density", "f", "times the share of cells that sound in its data", 0, 4),
            "How many notes: the share of cells that sound, for which the thresholds are found. 1: as it learned; 0: "
            "none.", 1.0, of="both", together="times"),
    Control("temperature", Field("temperature", "f", "scale of z", 0, 3),
            "How far from the average the ideas are: the scale of z. 0: always the same idea; 1: as trained.", 1.0,
            of="both", together="times"),
    Control("latent/walk", Field("rate", "f", "radians a bar", 0, 1.5),
            "Let z wander, by an angle each bar: of the band the shared z, of a track its private z.", 0.0, of="both"),
    Control("transpose", Field("semitones", "i", "up or down", -24, 24, unit="semitones"),
            "Transpose what is heard; drums stay.", 0, of="both", together="plus", changes="sound"),
    Control("octave", Field("octaves", "i", "up or down", -4, 4), "Move a track by octaves; drums stay.", 0, of="track",
            changes="sound"),
    Control("low", Field("pitch", "i", "MIDI note number", 0, 127),
            "The lowest note of a track: lower ones come up by octaves; drums stay.", 0, of="track", changes="sound"),
    Control("high", Field("pitch", "i", "MIDI note number", 0, 127),
            "The highest note of a track: higher ones come down by octaves, as far as low allows; drums stay.", 127,
            of="track", changes="sound"),
    Control("velocity", Field("factor", "f", "of the velocities", 0, 4), "How loud.", 1.0, of="both", together="times",
            changes="sound"),
    Control("swing", Field("swing", "f", "where the second sixteenth of an eighth falls", 50, 75, unit="%"),
            "Delay every second sixteenth: 50 is straight, 66.7 a triplet.", 50.0, changes="sound"),
    Control("humanise", Field("ms", "f", "at most", 0, 50, unit="ms"),
            "Move each onset by up to so much, late or early, the same way each time a bar is played; never before its "
            "downbeat.", 0.0, of="both", together="plus", changes="sound"),
)  # fmt: skip

CONTROLS: Mapping[str, Control] = MappingProxyType({control.name: control for control in _ALL})
"""Name -> control, in the order of the reference."""
