"""The player: bars that arrive over OSC become notes on the transport. It must not know sockets, Live or how it looks.

Bars wait in a ring of four slots. Live's bar line takes the next one; which bar that is, `next_bar` says.
"""

from __future__ import annotations

from max_patches.patcher import Patcher

TRACKS = ("bass", "drums", "guitar", "piano", "strings")
TICKS_PER_BEAT = 480
"""Max and Live agree on this."""

STEP = 10
"""Ticks: 48 steps a beat hold any bar made of 4, 8, 12, 16, 24 or 48 steps a beat exactly."""

STEPS_PER_BEAT = TICKS_PER_BEAT // STEP
STEPS_PER_BAR = 4 * STEPS_PER_BEAT
SLOTS = 4
"""The bar that plays, at most two that wait, and the one being written."""


def store_bar() -> Patcher:
    """Write the chosen track's notes of each bar into its slot: coll address = step, data = pitch velocity ticks."""
    p = Patcher()
    begin = p.inlet("bar/begin: bar measure seed private_seed tempo ahead parts repeated committed", 20)
    notes = p.inlet("bar/notes: bar track part (position pitch velocity duration)*", 250)
    end = p.inlet("bar/end: bar notes", 650)
    track = p.inlet("track: 0..4", 850)
    slot = p.outlet("slot to write, 1..4", 20, 660)
    words = p.outlet("clear, or merge step pitch velocity ticks", 250, 660)
    complete = p.outlet("number of a bar that is complete", 650, 660)

    # A bar begins: remember its number, turn to its slot, empty it. Parts of any other bar are not let in, and so are
    # those of bars that are only planned: whether it is committed leaves unpack before the number.
    heading = p.chain(begin, p.add("unpack 0 0 0 0 0. 0. 0 0 0", 20, 60))
    let_begin = p.add("gate", 20, 80)
    p.connect(heading, 8, let_begin)
    p.connect(heading, 0, let_begin, 1)
    begun = p.chain(let_begin, p.add("t b i i i", 20, 100))
    is_begun = p.add("== -1", 250, 140)
    is_ended = p.add("== -1", 650, 140)
    p.connect(begun, 3, is_ended, 1)
    p.connect(begun, 2, is_begun, 1)
    p.connect(begun, 1, to_slot := p.add(f"% {SLOTS}", 100, 180))
    p.chain(to_slot, p.add("+ 1", 100, 220), slot)
    p.chain(begun, p.message("clear", 20, 620), words)

    # Notes: let in the bar that began, and of it the chosen track; then four numbers at a time.
    both = p.chain(notes, p.add("t l l", 250, 60))
    let_in = p.add("gate", 250, 180)
    p.connect(both, 1, number := p.add("unpack 0", 310, 100))
    p.chain(number, is_begun, let_in)
    p.connect(both, 0, let_in, 1)
    p.chain(let_in, without_bar := p.add("zl slice 1", 250, 220))
    p.connect(without_bar, 1, by_track := p.add(f"route {' '.join(TRACKS)}", 250, 260))
    chosen = p.add(f"switch {len(TRACKS)} 1", 250, 300)
    for i in range(len(TRACKS)):
        p.connect(by_track, i, chosen, i + 1)
    p.chain(track, p.add("+ 1", 850, 60), chosen)
    p.chain(chosen, without_part := p.add("zl slice 1", 250, 340))
    p.connect(without_part, 1, each := p.add("zl iter 4", 250, 380))
    note = p.chain(each, p.add("unpack 0. 0 0 0.", 250, 420))
    entry = p.add("pack 0 0 0 0", 250, 540)  # its ints cut off what the + 0.5 leaves: together they round
    p.connect(note, 3, ticks := p.add(f"expr $f1*{TICKS_PER_BEAT}.+0.5", 480, 480))
    p.connect(ticks, 0, entry, 3)
    p.connect(note, 2, entry, 2)
    p.connect(note, 1, entry, 1)
    p.chain(note, p.add(f"expr $f1*{STEPS_PER_BEAT}.+0.5", 250, 480), entry)
    p.chain(entry, p.add("prepend merge", 250, 580), words)  # merge, because a chord shares its step

    ended = p.chain(end, p.add("unpack 0", 650, 60), p.add("t i i", 650, 100))
    let_out = p.add("gate", 650, 180)
    p.connect(ended, 1, is_ended)
    p.chain(is_ended, let_out)
    p.connect(ended, 0, let_out, 1)
    p.chain(let_out, complete)
    return p


def ring() -> Patcher:
    """Hold four bars, each in a coll of its own, so that emptying one is one message."""
    p = Patcher()
    write = p.inlet("slot to write, 1..4", 20)
    words = p.inlet("what to do with it", 120)
    read = p.inlet("slot to read, 1..4; 0: none", 320)
    step = p.inlet("step", 420)
    forget = p.inlet("bang: empty all", 620)
    out = p.outlet("(pitch velocity ticks)* of the notes on this step", 20, 300)
    writing = p.add(f"gate {SLOTS}", 20, 80)
    reading = p.add(f"gate {SLOTS}", 320, 80)
    emptying = p.add("t b b b b", 620, 80)
    p.chain(write, writing)
    p.connect(words, 0, writing, 1)
    p.chain(read, reading)
    p.connect(step, 0, reading, 1)
    p.chain(forget, emptying)
    for i in range(SLOTS):
        slot = p.add("coll", 20 + 120 * i, 220)
        p.connect(writing, i, slot)
        p.connect(reading, i, slot)
        p.connect(emptying, i, clear := p.message("clear", 620 + 64 * i, 140))
        p.chain(clear, slot)
        p.connect(slot, 0, out)
    return p


def steps() -> Patcher:
    """Count steps on the transport: Live's in a device, Max's own in a patch."""
    p = Patcher()
    forget = p.inlet("bang: forget where we were", 420)
    step = p.outlet("step in the bar, from 0", 20, 460)
    tempo = p.outlet("beats a minute", 220, 460)
    tick = p.add(f"metro {STEP} ticks @active 1 @quantize {STEP} ticks", 20, 20)
    transport = p.chain(tick, p.add("transport", 20, 60))
    # The raw ticks leave before the tempo, the bar number after it: notes must find the tempo of their own step.
    raw = p.add("f", 20, 160)
    p.connect(transport, 7, raw, 1)
    p.connect(transport, 4, tempo)
    p.chain(transport, p.add("t b", 20, 120), raw)
    # The position may be a hair before or after the grid: take the nearest step. Never the same one twice.
    total = p.chain(raw, p.add(f"/ {STEP}.", 20, 200), p.add("+ 0.5", 20, 240), p.add("i", 20, 280))
    fresh = p.add("change -1", 20, 320)
    p.chain(total, fresh, p.add(f"% {STEPS_PER_BAR}", 20, 360), step)
    p.chain(forget, p.message("set -1", 420, 60), fresh)
    return p


def next_bar() -> Patcher:
    """Choose the bar at each bar line: the newest complete one, or the one before it if that has not played yet.

    Bars arrive about one each bar, at a moment that has nothing to do with our bar line. If that moment lies on the bar
    line, two may arrive within one bar and none in the next; playing one bar behind takes up both, and nothing is
    skipped or repeated. If none has arrived, the last one plays again: better than silence.
    """
    p = Patcher()
    step = p.inlet("step in the bar", 20)
    complete = p.inlet("number of a bar that is complete", 220)
    forget = p.inlet("bang: forget all bars", 420)
    out = p.outlet("step, after the slot", 20, 400)
    slot = p.outlet("slot to read, 1..4; 0: none", 220, 400)
    playing = p.outlet("number of the bar that plays from now on; -1: none", 420, 400)
    order = p.chain(step, p.add("t i i", 20, 60))
    p.connect(order, 0, out)
    newest = p.add("i -1", 220, 140)
    p.connect(complete, 0, newest, 1)
    p.connect(order, 1, bar_line := p.add("sel 0", 120, 100))
    p.chain(bar_line, newest)
    # $i2 is four more than the bar that plays; 0, which Max begins with, means that none does.
    choose = p.add("expr $i1-($i1+2==$i2)", 220, 180)
    chosen = p.chain(newest, choose, p.add("t i i i", 220, 220))
    p.connect(chosen, 2, playing)
    p.connect(chosen, 1, plays := p.add("+ 4", 320, 260))
    p.connect(plays, 0, choose, 1)
    to_slot = p.add(f"% {SLOTS}", 220, 300)
    p.chain(chosen, to_slot, p.add("+ 1", 220, 340), slot)  # no bar is -1, and C makes that slot 0: none
    nothing = p.chain(forget, p.add("t b b", 420, 60))
    p.connect(nothing, 1, none_plays := p.message("0", 500, 100))
    p.connect(none_plays, 0, choose, 1)
    none_waits = p.chain(nothing, p.message("-1", 420, 100), p.add("t i i", 420, 140))
    p.connect(none_waits, 1, newest, 1)
    p.connect(none_waits, 0, to_slot)
    return p


def sound() -> Patcher:
    """Play the notes of one step and end each in its time."""
    p = Patcher()
    notes = p.inlet("(pitch velocity ticks)*", 20)
    tempo = p.inlet("beats a minute", 220)
    release = p.inlet("bang: end every note now", 360)
    pitch = p.outlet("pitch", 20, 320)
    velocity = p.outlet("velocity; 0: note off", 120, 320)
    note = p.chain(notes, p.add("zl iter 3", 20, 60), p.add("unpack 0 0 0", 20, 100))
    # Re-trigger: a note that starts where the same pitch ends must not be cut by the end of the one before.
    play = p.add("makenote 100 250 @repeatmode 1", 20, 240)
    milliseconds = p.add(f"expr $f1*{60000 // TICKS_PER_BEAT}./$f2", 160, 160)
    p.connect(note, 2, milliseconds)
    p.connect(tempo, 0, milliseconds, 1)
    p.connect(milliseconds, 0, play, 2)
    p.connect(note, 1, play, 1)
    p.connect(note, 0, play)
    p.chain(release, p.message("stop", 360, 200), play)
    p.connect(play, 1, velocity)
    p.connect(play, 0, pitch)
    return p


def player() -> Patcher:
    """Join the parts: bars in, notes out."""
    p = Patcher()
    begin, notes, end = (
        p.inlet(comment, 20 + 120 * i) for i, comment in enumerate(("bar/begin", "bar/notes", "bar/end"))
    )
    track = p.inlet("track: 0..4", 380)
    forget = p.inlet("bang: end every note, forget every bar", 500)
    heard = p.inlet("1: play; 0: be silent now, and go on counting bars", 620)
    pitch = p.outlet("pitch", 20, 420)
    velocity = p.outlet("velocity; 0: note off", 140, 420)
    playing = p.outlet("number of the bar that plays from now on; -1: none", 260, 420)
    store = p.subpatcher("StoreBar", store_bar(), 20, 100)
    for i, source in enumerate((begin, notes, end, track)):
        p.connect(source, 0, store, i)
    count = p.subpatcher("Steps", steps(), 500, 160)
    choose = p.subpatcher("NextBar", next_bar(), 260, 220)
    bars = p.subpatcher("Ring", ring(), 20, 280)
    play = p.subpatcher("Sound", sound(), 20, 340)
    p.connect(store, 0, bars, 0)
    p.connect(store, 1, bars, 1)
    p.connect(store, 2, choose, 1)
    p.connect(count, 0, choose, 0)
    p.connect(count, 1, play, 1)
    p.connect(choose, 0, bars, 3)
    p.connect(choose, 1, bars, 2)
    p.connect(choose, 2, playing)
    let = p.add("gate 1 1", 20, 310)
    p.connect(bars, 0, let, 1)
    p.chain(let, play)
    is_heard = p.chain(heard, p.add("t i i", 620, 60))
    p.connect(is_heard, 1, let)
    p.connect(is_heard, 0, silent := p.add("sel 0", 620, 100))
    p.connect(silent, 0, play, 2)
    p.connect(play, 0, pitch)
    p.connect(play, 1, velocity)
    # Silence first, then nothing left that could sound.
    all_of_it = p.chain(forget, p.add("t b b b b", 500, 60))
    p.connect(all_of_it, 3, play, 2)
    p.connect(all_of_it, 2, bars, 4)
    p.connect(all_of_it, 1, choose, 2)
    p.connect(all_of_it, 0, count)
    return p
