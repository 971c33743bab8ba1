"""What clients send, as a table. It must not know what any of it does."""

from __future__ import annotations

from musegan_bridge.messages.controls import CONTROLS
from musegan_bridge.messages.fields import TRACK, Field, Spec

MAX_SEED = 2**31 - 1
"""Seeds are int32: sclang corrupts a message that holds an int64."""

FORMS = ("bar", "note", "dirt")

BAR = Field("bar", "i", "number of the bar in the show, from 0", 0, MAX_SEED)
TEMPO = Field("tempo", "f", "beats a minute", 20, 400, unit="bpm")
PORT = Field("port", "i", "UDP port to answer to; 0: the one you sent from", 0, 65535, default=0)
FORM = Field(
    "form",
    "s",
    "bar: whole bars as data, ahead of their downbeat; note: timetagged bundles, one for each onset; dirt: the same "
    "as /dirt/play, for SuperDirt",
    choices=FORMS,
    default="bar",
)
PITCH = Field("pitch", "i", "MIDI note number", 0, 127)
POSITION = Field("position", "f", "where the note starts, in beats from the downbeat of its bar", 0, 4, unit="beats")
DURATION = Field("duration", "f", "how long it sounds, in beats", 0, 4, unit="beats")
LEASE = Field("lease", "f", "seconds until you must renew", 1, 86400, default=30.0, unit="s")
GROUP = Field("group", "s", "shared, or a track: whose z", default="shared")
LOOKAHEAD = Field(
    "lookahead",
    "f",
    "form bar: beats before their downbeat from which you hear of planned bars, too, as they change; 0: only of "
    "committed ones. Forms note and dirt: beats before its onset that a note is sent, 0.2 s at least",
    0,
    64,
    default=0.0,
    unit="beats",
)
OFFSET = Field("offset", "f", "added to all times told to you: your latency", -1000, 1000, default=0.0, unit="ms")

HEARD = Field(
    "heard", "i", "1: you hear what the musician plays, too, as /musegan/heard (forms bar and note)", 0, 1, default=0
)

EXPECTED = Field(
    "expected",
    "i",
    "1: you hear what the band expects the musician to play, too, as /musegan/expected/bar (form bar)",
    0,
    1,
    default=0,
)

_NAME = Field("name", "s", "a word of yours")
_SEED = Field("seed", "i", "what to draw from; -1: a new one", -1, MAX_SEED, default=-1)
_PRIVATE = Field(
    "private_seed", "i", "what to draw the private z from; -1: it follows from seed", -1, MAX_SEED, default=-1
)
_PHRASES = Field("phrases", "i", "how many", 1, 64, default=1)

_SHOW = (
    Spec("/musegan/hello", "Say who you are and hear who answers: replies /musegan/hello/reply.", (PORT,)),
    Spec(
        "/musegan/subscribe",
        "Receive the band, until the lease ends; send again to renew. Replies /musegan/subscribe/reply. Whatever you "
        "send from the same port as this is answered where you listen.",
        (FORM, PORT, LEASE, LOOKAHEAD, OFFSET, HEARD, EXPECTED),
    ),
    Spec("/musegan/unsubscribe", "Receive the band no longer.", (PORT,)),
    Spec(
        "/musegan/ping",
        "Measure the way: replies /musegan/pong.",
        (Field("token", "i", "comes back", -MAX_SEED, MAX_SEED), PORT),
    ),
    Spec("/musegan/status", "Ask how it goes: replies /musegan/status/reply.", (PORT,)),
    Spec(
        "/musegan/help",
        "List the addresses: replies one /musegan/help/entry for each, then /musegan/help/end.",
        (Field("prefix", "s", "only addresses that start with this", default=""), PORT),
    ),
)

_TRANSPORT = (
    Spec(
        "/musegan/play",
        "Start with a new phrase. The numbers of bars go on through a show: from 0, and never one twice. While it "
        "plays: nothing.",
    ),
    Spec("/musegan/continue", "Start where it was stopped, in the phrase that played. While it plays: nothing."),
    Spec("/musegan/stop", "Stop now; every client hears /musegan/silence."),
    Spec("/musegan/panic", "Silence everything now, forget held notes, and stop."),
    Spec(
        "/musegan/tap", "Tap the tempo, of the internal clock: it follows from the second tap on, the beat from each."
    ),
    Spec(
        "/musegan/nudge",
        "Push the beat of the internal clock, once.",
        (Field("ms", "f", "later; below 0: earlier", -500, 500, unit="ms"),),
    ),
    Spec(
        "/musegan/meter",
        "The meter. It is 4/4 and stays so: anything else is refused.",
        (Field("beats", "i", "in a bar", 4, 4), Field("unit", "i", "a beat's", 4, 4, default=4)),
    ),
    Spec(
        "/musegan/host",
        "The transport of your host, where the clock's source is osc: send it each beat, and when it starts or stops. "
        "A timetag says when the beat fell; without one it is now.",
        (
            Field("beat", "f", "beats since the start of the song; a multiple of 4 is a downbeat", -1e6, 1e6),
            TEMPO,
            Field("playing", "i", "1 or 0", 0, 1, default=1),
        ),
    ),
)

_FOLLOWING = (
    Spec(
        "/musegan/in/note",
        "A note that you play, on a track of yours. While none is: on the one that the band was made to follow, else "
        "the piano, and it is yours from then on; a band that follows chords hears them without giving up a track.",
        (
            PITCH,
            Field("velocity", "i", "MIDI velocity; 0: note off", 0, 127),
            Field("track", "s", "which of your tracks; none: the first of them", default=""),
        ),
    ),
    Spec(
        "/musegan/in/track",
        "Which tracks are yours: the band leaves them to you, and follows them if it can.",
        (Field("track", "s", "a track's name, several with spaces between, or none: the band plays all"),),
        readable=True,
    ),
    Spec(
        "/musegan/in/bar",
        "A whole bar of yours, from a clip: it stands for what you play in the bar of that number, or in every bar "
        "from now on, as a loop does. It is heard as in mode same-bar.",
        (
            Field("track", "s", "yours from now on"),
            Field("bar", "i", "its number; -1: every bar", -1, MAX_SEED),
        ),
        (POSITION, PITCH, Field("velocity", "i", "MIDI velocity", 1, 127), DURATION),
    ),
    Spec(
        "/musegan/in/clear",
        "Forget all that you played, what was expected of that, and all bars of /musegan/in/bar.",
    ),
    Spec(
        "/musegan/expected",
        "Ask what the band expects you to play (mode anticipate): replies /musegan/expected/bar and "
        "/musegan/expected/notes for each planned bar of which it expects something.",
        (PORT,),
    ),
)

_CHART = (
    Spec(
        "/musegan/chart",
        "The chords that the band plays on, as text: C | Am F | Dm7 G7 | C. Bars are parted by |, and chords share "
        "their bar evenly; % repeats a bar or chord, x4 repeats a line, N.C. is no chord. A line 'verse:' begins a "
        "part: while a section of that name plays, so does that part. ChordPro lines with chords in brackets are read "
        "too. The chart loops. A new text takes the place of the old one from the next bar that is not committed; an "
        "empty text clears it. Where its chords are foreign to the key, the key is set to theirs.",
        (Field("text", "s", "the chords"),),
        readable=True,
    ),
    Spec(
        "/musegan/chart/at",
        "Go to a bar of the chart, or of the part that plays, at the next bar that is not committed.",
        (Field("bar", "i", "from 1", 1, 1024),),
    ),
    Spec(
        "/musegan/chart/track",
        "The track that plays the chords of the chart; the others follow it. If it is yours, they follow its chords in "
        "the place of what is expected of you.",
        (Field("track", "s", "a pitched track's name"),),
        readable=True,
    ),
    Spec("/musegan/chart/clear", "Play without a chart, and forget the chord of the left hand."),
)

_IDEAS = (
    Spec(
        "/musegan/gen",
        "Begin a new phrase at the next bar that is not planned yet. Without a seed it goes on from the bar before, if "
        "the band can; with one it begins after silence, as a show does. So the two seeds of a bar bring its idea "
        "back, with the same notes each time (if you play the same): those that it has after silence.",
        (_SEED, _PRIVATE),
    ),
    Spec(
        "/musegan/gen/now",
        "The same at the next bar that is not committed: what is planned is made again.",
        (_SEED, _PRIVATE),
    ),
    Spec("/musegan/gen/phrase", "The same at the end of the phrase.", (_SEED, _PRIVATE)),
    Spec(
        f"/musegan/track/{TRACK}/gen",
        "Draw the private z of one track anew, from the next bar that is not committed.",
        (_SEED,),
    ),
    Spec("/musegan/fill", "Make the next bar that is not committed a fill: more drums, and other ones."),
    Spec(
        "/musegan/recall",
        "Play a bar of this show again, exactly, in the place of the next ones that are not committed. What goes to "
        "another idea at once ends it: /musegan/gen/now, section, history, a snapshot; and so does another recall.",
        (BAR, Field("bars", "i", "how many from that one on", 1, 64, default=1)),
    ),
    Spec("/musegan/history/back", "Go back to the idea of an earlier phrase.", (_PHRASES,)),
    Spec("/musegan/history/forward", "And forward again.", (_PHRASES,)),
    Spec(
        "/musegan/form/phrase",
        "Ask which phrase of the form plays, as chorus B or A. It is empty where the form is free, and while the band "
        "follows yours.",
        readable=True,
        tells=(Field("phrase", "s", "as chorus B or A; empty: none"),),
    ),
    Spec(
        "/musegan/section",
        "Song form: go to the section of this name and stay in it. A new name keeps the idea that plays now under it. "
        "none: leave the section.",
        (_NAME,),
        readable=True,
    ),
    Spec("/musegan/section/clear", "Forget a section, so that its name can be given again.", (_NAME,)),
)

_LATENTS = (
    Spec(
        "/musegan/latent/set",
        "Set a z of the idea that plays, from an index on, from the next bar that is not committed; it stays until the "
        "next phrase, or while /musegan/hold is on. A group's z are its lasting ones, then its temporal ones.",
        (GROUP, Field("index", "i", "of the first value", 0, 4096, default=0)),
        (Field("value", "f", "about -3..3", -100, 100),),
    ),
    Spec("/musegan/latent/get", "Read a group's z: replies /musegan/latent/values.", (GROUP, PORT)),
    Spec(
        "/musegan/latent/morph",
        "Move from one snapshot or section to another over some bars (slerp), and stay there.",
        (
            Field("from", "s", "a snapshot or section; now: the idea that plays"),
            Field("to", "s", "a snapshot or section"),
            Field("bars", "i", "how many", 1, 1024, default=4),
            Field("group", "s", "all, shared, or a track: whose z", default="all"),
        ),
    ),
    Spec(
        "/musegan/latent/corners",
        "Set the four corners of the pad: at x y = 0 0, 1 0, 0 1, 1 1.",
        tuple(Field(name, "s", "a snapshot or section") for name in ("a", "b", "c", "d")),
    ),
    Spec(
        "/musegan/latent/xy",
        "Move on the pad: a mix of its four corners. If they were never set they are four ideas of the show's seed.",
        (
            Field("x", "f", "left to right", 0, 1),
            Field("y", "f", "down to up", 0, 1),
            Field("group", "s", "all, shared, or a track: whose z", default="all"),
        ),
        readable=True,
        continuous=True,
    ),
    Spec("/musegan/latent/free", "Leave pad, morph and what was set: phrases draw their own z again."),
    Spec("/musegan/snapshot/save", "Keep the idea that plays and all controls under a name, on disk.", (_NAME,)),
    Spec("/musegan/snapshot/load", "Bring both back, from the next bar that is not committed.", (_NAME,)),
    Spec("/musegan/snapshot/delete", "Forget a snapshot, on disk too.", (_NAME,)),
    Spec("/musegan/snapshot/list", "Replies /musegan/snapshot/names.", (PORT,)),
)

_OUTPUT = (
    Spec("/musegan/bar/get", "Hear a bar of this show again, as data: for a client that missed a part.", (BAR, PORT)),
    Spec(
        "/musegan/export",
        "Write the last bars to a MIDI file on the machine of the band. Replies /musegan/export/done.",
        (
            Field("file", "s", "its name; it goes to the folder of exports"),
            Field("bars", "i", "how many", 1, 100000, default=8),
            PORT,
        ),
    ),
    Spec(
        "/musegan/record",
        "Write the show to a MIDI file on the machine of the band, from the bar that plays on. When it is off again, "
        "and all is written, you hear /musegan/record/done.",
        (Field("record", "i", "1: on, 0: off", 0, 1),),
        readable=True,
    ),
    Spec(
        "/musegan/model/load",
        "Load another band in the background; it plays from a bar line on. Replies /musegan/model/loaded or "
        "/musegan/error; until then, and if it fails, the old one plays.",
        (Field("name", "s", "of a bundle, as in /musegan/model/names"), PORT),
    ),
    Spec("/musegan/model/list", "Replies /musegan/model/names.", (PORT,)),
)

_SETTINGS = tuple(spec for control in CONTROLS.values() for spec in control.specs)

INCOMING = (*_SHOW, *_TRANSPORT, *_FOLLOWING, *_CHART, *_IDEAS, *_SETTINGS, *_LATENTS, *_OUTPUT)
