// MuseGAN Band: the bar that played, the one that plays, and those that are coming. For [jsui]: plain ES5.
//
// In: all messages of the server; bang: look again

inlets = 1;
outlets = 1;

mgraphics.init();
mgraphics.relative_coords = 0;
mgraphics.autofill = 0;

var BEATS = 4;
var COLUMNS = 5; // bars: one that is over, the one that plays, three to come
var LOST = 3000; // milliseconds without a bar after its time: nothing plays any more
var TRACKS = ["bass", "drums", "guitar", "piano", "strings"];
var HUES = [
    [0.36, 0.62, 0.95],
    [0.95, 0.47, 0.36],
    [0.93, 0.72, 0.25],
    [0.45, 0.8, 0.45],
    [0.76, 0.54, 0.93]
];
// Of each track what nearly all of its notes are within; others are drawn at the edge.
var LOWEST = [24, 35, 40, 40, 48];
var HIGHEST = [55, 59, 76, 84, 88];
var PLAYED = 0.4, PLAYING = 1, COMMITTED = 0.85, PLANNED = 0.45; // how strong notes are drawn

var bars = {}; // by number: { number, at, beat, committed, notes }
var writing = null;
var drawn = ""; // what the last picture showed

function anything() {
    var args = arrayfromargs(arguments);
    if (messagename === "/musegan/bar/begin") {
        writing = {
            number: args[0],
            at: now() + args[5] * 1000, // milliseconds: its downbeat
            beat: 60000 / args[4],
            committed: args[8] === 1,
            notes: []
        };
    } else if (messagename === "/musegan/bar/notes") {
        if (writing && writing.number === args[0]) {
            for (var i = 3; i + 3 < args.length; i += 4) {
                writing.notes.push({
                    track: TRACKS.indexOf(args[1]),
                    start: args[i],
                    pitch: args[i + 1],
                    length: args[i + 3]
                });
            }
        }
    } else if (messagename === "/musegan/bar/end") {
        if (writing && writing.number === args[0]) {
            bars[args[0]] = writing;
        }
        writing = null;
        bang();
    } else if (messagename === "/musegan/silence") {
        bars = {};
        writing = null;
        mgraphics.redraw();
    }
}

// Draw again if anything moved: while nothing plays, nothing is drawn.
function bang() {
    var first = playing();
    forget(first - 2);
    var shows = JSON.stringify([first, place(first), Object.keys(bars).length]);
    if (shows !== drawn) {
        drawn = shows;
        mgraphics.redraw();
    }
}

function paint() {
    var width = mgraphics.size[0], height = mgraphics.size[1];
    var first = playing(), column = width / COLUMNS;
    if (first < 0) {
        mgraphics.set_source_rgba(0.5, 0.5, 0.5, 1);
        mgraphics.select_font_face("Ableton Sans");
        mgraphics.set_font_size(10);
        mgraphics.move_to(8, height / 2 + 3);
        mgraphics.show_text("the bars that are coming are seen here");
        return;
    }
    mgraphics.set_source_rgba(0.5, 0.5, 0.5, 0.15);
    mgraphics.rectangle(column, 0, column, height);
    mgraphics.fill();
    for (var i = 0; i < COLUMNS; i++) {
        if (bars[first - 1 + i]) {
            notes(bars[first - 1 + i], i, i * column, column, height);
        }
        mgraphics.set_source_rgba(0.5, 0.5, 0.5, 0.4);
        mgraphics.rectangle(i * column, 0, 1, height);
        mgraphics.fill();
    }
    mgraphics.set_source_rgba(0.5, 0.5, 0.5, 1);
    mgraphics.rectangle(column * (1 + place(first)), 0, 1, height);
    mgraphics.fill();
}

// Draw the notes of one bar: each track has a lane, the bass the lowest.
function notes(bar, i, left, column, height) {
    var strength = i === 0 ? PLAYED : i === 1 ? PLAYING : bar.committed ? COMMITTED : PLANNED;
    var lane = height / TRACKS.length, thick = 2;
    for (var n = 0; n < bar.notes.length; n++) {
        var note = bar.notes[n], hue = HUES[note.track];
        if (!hue) {
            continue;
        }
        var low = LOWEST[note.track], high = HIGHEST[note.track];
        var share = (Math.min(Math.max(note.pitch, low), high) - low) / (high - low);
        var bottom = height - note.track * lane - 1;
        var wide = Math.max(note.length / BEATS * column - 1, 2);
        var x = left + note.start / BEATS * column;
        mgraphics.set_source_rgba(hue[0], hue[1], hue[2], strength);
        mgraphics.rectangle(x, bottom - thick - share * (lane - thick - 2), Math.min(wide, left + column - x), thick);
        mgraphics.fill();
    }
}

// Return the number of the bar that plays; -1: none does.
function playing() {
    var found = -1, time = now();
    for (var number in bars) {
        var bar = bars[number];
        if (bar.committed && bar.at <= time && time < bar.at + BEATS * bar.beat + LOST && bar.number > found) {
            found = bar.number;
        }
    }
    return found;
}

// Return how much of a bar is over, 0 to 1, in steps that are seen.
function place(number) {
    var bar = bars[number];
    if (!bar) {
        return 0;
    }
    var share = (now() - bar.at) / (BEATS * bar.beat);
    return Math.floor(Math.min(Math.max(share, 0), 1) * 48) / 48;
}

function forget(before) {
    for (var number in bars) {
        if (Number(number) < before) {
            delete bars[number];
        }
    }
}

function now() {
    return new Date().getTime();
}
