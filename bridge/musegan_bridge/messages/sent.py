"""What clients receive, as a table. It must not know when any of it is sent."""

from __future__ import annotations

from musegan_bridge.messages.fields import Field, Spec
from musegan_bridge.messages.incoming import BAR, DURATION, FORM, GROUP, LEASE, MAX_SEED, PITCH, POSITION, TEMPO

_SEED = Field("seed", "i", "what the phrase is drawn from", 0, MAX_SEED)
_PORT = Field("port", "i", "UDP port that is answered to")
_VELOCITY = Field(
    "velocity",
    "i",
    "MIDI velocity: how sure the band is of the note, and an accent for its place in the bar; loudness is not learned",
    0,
    127,
)

OUTGOING = (
    Spec(
        "/musegan/hello/reply",
        "Who answers /musegan/hello.",
        (
            Field("version", "s", "of the program"),
            Field("protocol", "i", "of this table"),
            Field("bundle", "s", "name of the band"),
            Field("tracks", "s", "names of the tracks, separated by spaces"),
            Field("beats", "i", "beats per bar"),
            Field("measures", "i", "bars per phrase"),
            Field("lookahead", "f", "beats before its downbeat that a bar is committed and sent"),
            Field("provider", "s", "what computes: the session's own word, e.g. CPUExecutionProvider"),
            Field("http", "i", "TCP port of OSCQuery; 0: none"),
        ),
    ),
    Spec(
        "/musegan/subscribe/reply",
        "The subscription stands.",
        (
            FORM,
            _PORT,
            LEASE,
            Field("new", "i", "1: you were not known, and what you set before is to be set again; 0: it was renewed"),
        ),
    ),
    Spec(
        "/musegan/pong",
        "Answers /musegan/ping.",
        (Field("token", "i", "yours"), Field("beat", "f", "beats since the downbeat of bar 0, now; -1: stopped")),
    ),
    Spec(
        "/musegan/bar/begin",
        "A bar is coming (form bar). The bundle's timetag is the moment of its downbeat.",
        (
            BAR,
            Field("measure", "i", "place of the bar in its phrase, from 0"),
            _SEED,
            Field("private_seed", "i", "what the private z (each track's own style) is drawn from"),
            TEMPO,
            Field("ahead", "f", "seconds from now to the downbeat, for clients that ignore timetags"),
            Field("parts", "i", "how many /musegan/bar/notes follow"),
            Field("repeated", "i", "1: the bar was late, this is the one before it again"),
            Field("committed", "i", "1: it will sound so; 0: it is planned, and another of this number will come"),
            Field("chord", "s", "the chord that the band plays in it, as far as there is one; else empty"),
        ),
    ),
    Spec(
        "/musegan/bar/notes",
        "Notes of one track, 32 at most (form bar).",
        (BAR, Field("track", "s", "the track"), Field("part", "i", "number of this part of the bar, from 0")),
        (POSITION, PITCH, _VELOCITY, DURATION),
    ),
    Spec(
        "/musegan/bar/end",
        "The bar is complete (form bar).",
        (BAR, Field("notes", "i", "how many notes it has")),
    ),
    Spec(
        "/musegan/note",
        "One note (form note), in a bundle whose timetag is its onset. There is no note off: it carries its length.",
        (
            Field("track", "s", "the track"),
            PITCH,
            _VELOCITY,
            Field("seconds", "f", "how long it sounds, in seconds"),
            DURATION,
            BAR,
            POSITION,
            TEMPO,
        ),
    ),
    Spec(
        "/musegan/heard",
        "A note that the musician played, to those who subscribed with heard 1, while the band listens.",
        (
            Field("bar", "i", "number of the bar it fell in; -1: in the count-in"),
            Field("position", "f", "where in it, in beats from the downbeat"),
            Field("track", "s", "the track"),
            PITCH,
            Field("velocity", "i", "MIDI velocity; 0: note off", 0, 127),
        ),
    ),
    Spec(
        "/musegan/heard/chord",
        "The chord that the musician plays now, when it changes, to those who subscribed with heard 1.",
        (
            Field("bar", "i", "number of the bar it is heard in; -1: in the count-in"),
            Field("position", "f", "where in it, in beats from the downbeat"),
            Field("chord", "s", "its name; empty: no chord"),
        ),
        (Field("pitch_class", "i", "of its notes, C first", 0, 11),),
    ),
    Spec(
        "/musegan/expected/bar",
        "What the band expects the musician to play in a bar to come: to those who subscribed with expected 1, each "
        "time it changes, and in answer to /musegan/expected.",
        (
            BAR,
            Field("source", "i", "number of the earlier bar that it is taken from; -1: nothing is expected any more"),
            Field("semitones", "i", "by which that bar was moved; 0: not at all"),
            Field("confidence", "f", "how likely it is right, 0..1"),
            Field("loop", "i", "bars of the loop that the musician plays; 0: none"),
            Field("chord", "s", "the chord of the expected notes; empty: no chord"),
            Field("parts", "i", "how many /musegan/expected/notes follow"),
        ),
    ),
    Spec(
        "/musegan/expected/notes",
        "Notes of one track that are expected in a bar, 32 at most.",
        (BAR, Field("track", "s", "the track"), Field("part", "i", "number of this part of the bar, from 0")),
        (POSITION, PITCH, Field("velocity", "i", "MIDI velocity", 1, 127), DURATION),
    ),
    Spec(
        "/musegan/chart/bar",
        "The chords of the chart in a bar that is coming, before its /musegan/bar/begin (form bar).",
        (
            BAR,
            Field("index", "i", "number of the bar in the chart, from 1; 0: it is the chord of the left hand"),
            Field("part", "s", "name of the part, or empty"),
        ),
        (
            Field("position", "f", "where the chord begins, in beats from the downbeat", 0, 4, unit="beats"),
            Field("chord", "s", "its name; empty: no chord"),
        ),
    ),
    Spec(
        "/musegan/silence",
        "Release every sounding note and forget bars not played yet.",
        (Field("reason", "s", "why", choices=("stop", "panic", "quit")),),
    ),
    Spec(
        "/musegan/tempo/changed",
        "The beats fall otherwise from now on. The bundle's timetag is the moment that `beat` falls on.",
        (TEMPO, Field("beat", "f", "beats since the downbeat of bar 0")),
    ),
    Spec(
        "/musegan/status/reply",
        "How it goes.",
        (
            Field("playing", "i", "1 or 0"),
            TEMPO,
            Field("beat", "f", "beats since the downbeat of bar 0; negative in the count-in"),
            _SEED,
            Field("track", "s", "the tracks that are yours, or none"),
            Field("held", "i", "notes of yours held now"),
            Field("subscribers", "i", "who listens"),
            Field("bars", "i", "bars sent"),
            Field("late", "i", "bars that were not made in time and were replaced"),
            Field(
                "slack",
                "f",
                "least milliseconds a bar was ready before it had to be sent; 0: it was sent at that moment or after "
                "it, before its downbeat all the same; -1: none yet",
            ),
            Field("rejected", "i", "datagrams and messages refused"),
            Field("bundle", "s", "name of the band"),
            Field("provider", "s", "what computes"),
            Field("mode", "s", "how the band follows you: as /musegan/in/mode, or same-bar where it cannot anticipate"),
            Field("key", "s", "as /musegan/key, or --key"),
            Field("clock", "s", "whose clock the band keeps"),
            Field("slack_p50", "f", "milliseconds that half of the last bars were ready before, at least; -1: none"),
            Field("slack_p95", "f", "that 95 % of them were"),
            Field("slack_p99", "f", "that 99 % of them were"),
            Field("planned", "i", "bars that are made and not committed"),
            Field("section", "s", "the section it is in, or none"),
            Field("chord", "s", "the chord that you play now; empty: no chord"),
            Field("band_chord", "s", "the chord that the band plays now; empty: no chord"),
            Field("chart_chord", "s", "the chord of the chart, or of the left hand, now; empty: none"),
            Field("chart_bar", "i", "the bar of the chart, from 1; 0: no chart plays"),
            Field("chart_bars", "i", "how many bars the chart, or its part, has"),
            Field("loop", "i", "bars of the loop that you play, as far as the band knows; 0: none"),
            Field(
                "confidence", "f", "how likely what is expected of you in the next bar is right, 0..1; -1: nothing is"
            ),
            Field(
                "freshness_p50",
                "f",
                "beats between your newest note that the band knew of and the beat that sounded, for half of the last "
                "beats at most; -1: none yet",
            ),
            Field("freshness_p95", "f", "and for 95 % of them at most"),
        ),
    ),
    Spec(
        "/musegan/latent/values",
        "A group's z, from an index on; 64 at most in a message.",
        (GROUP, Field("index", "i", "of the first value")),
        (Field("value", "f", "the z"),),
    ),
    Spec("/musegan/snapshot/names", "The snapshots there are.", (Field("names", "s", "with spaces between"),)),
    Spec("/musegan/model/names", "The bundles that can be loaded.", (Field("names", "s", "with spaces between"),)),
    Spec(
        "/musegan/model/loaded",
        "Another band plays from now on.",
        (
            Field("bundle", "s", "name of the band"),
            Field("provider", "s", "what computes"),
            Field("ms", "f", "how long it took to load and to warm"),
        ),
    ),
    Spec("/musegan/record/done", "The recording is written.", (Field("file", "s", "its path"),)),
    Spec("/musegan/export/done", "The file is written.", (Field("file", "s", "its path"),)),
    Spec(
        "/musegan/error",
        "What you sent was refused, and why. Nothing else changed.",
        (Field("address", "s", "what you sent"), Field("text", "s", "why, and what to do")),
    ),
    Spec(
        "/musegan/help/entry",
        "One address.",
        (
            Field("address", "s", "the address"),
            Field("direction", "s", "in: you send it; out: you receive it"),
            Field("arguments", "s", "its arguments"),
            Field("doc", "s", "what it does"),
        ),
    ),
    Spec("/musegan/help/end", "The list is complete.", (Field("entries", "i", "how many"),)),
)
