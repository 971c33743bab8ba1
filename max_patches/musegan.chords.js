// MuseGAN Band: the chords of the bar that plays and of the next three: the chart's, the band's, and the musician's.
// For [jsui]: plain ES5.
//
// In: all messages of the server; bang: look again

inlets = 1;
outlets = 1;

mgraphics.init();
mgraphics.relative_coords = 0;
mgraphics.autofill = 0;

var BEATS = 4;
var COLUMNS = 4; // bars: the one that plays, three to come
var ROWS = ["chart", "band", "you"];
var LEFT = 32, LINE = 18; // pixels: where the first column begins, and how high a row is
var LETTERS = 6; // in a column; more are cut off
var LOST = 3000; // milliseconds without a bar after its time: nothing plays any more
var GREY = 0.6;
var CERTAIN = 1, PLANNED = 0.5, UNLIKELY = 0.35; // how strong words are drawn

var bars = {}; // by number: { number, at, beat, committed, chord }
var charts = {}; // by number of the bar: the names of its chords
var expected = {}; // by number of the bar: { confidence, loop, chord }
var heard = ""; // the chord that the musician plays
var drawn = ""; // what the last picture showed

function anything() {
    var args = arrayfromargs(arguments);
    if (messagename === "/musegan/chart/bar") {
        charts[args[0]] = { names: [], fresh: true };
        for (var i = 4; i < args.length; i += 2) {
            charts[args[0]].names.push(args[i] || "-");
        }
    } else if (messagename === "/musegan/bar/begin") {
        if (charts[args[0]] && !charts[args[0]].fresh) {
            delete charts[args[0]]; // it was planned with a chart, and now is without one
        } else if (charts[args[0]]) {
            charts[args[0]].fresh = false;
        }
        bars[args[0]] = {
            number: args[0],
            at: now() + args[5] * 1000, // milliseconds: its downbeat
            beat: 60000 / args[4],
            committed: args[8] === 1,
            chord: args[9] || ""
        };
    } else if (messagename === "/musegan/heard/chord") {
        heard = args[2];
    } else if (messagename === "/musegan/expected/bar" && args[1] < 0) { // nothing is expected any more
        delete expected[args[0]];
    } else if (messagename === "/musegan/expected/bar") {
        expected[args[0]] = { confidence: args[3], loop: args[4], chord: args[5] };
    } else if (messagename === "/musegan/silence") {
        bars = {};
        charts = {};
        expected = {};
        heard = "";
    } else {
        return;
    }
    bang();
}

// Draw again if anything is other than it was.
function bang() {
    var first = playing();
    forget(bars, first);
    forget(charts, first);
    forget(expected, first);
    var shows = JSON.stringify(words(first));
    if (shows !== drawn) {
        drawn = shows;
        mgraphics.redraw();
    }
}

function paint() {
    var all = words(playing());
    mgraphics.select_font_face("Ableton Sans");
    mgraphics.set_font_size(9);
    for (var i = 0; i < all.length; i++) {
        mgraphics.set_source_rgba(GREY, GREY, GREY, all[i].strength);
        mgraphics.move_to(all[i].x, all[i].y);
        mgraphics.show_text(all[i].text);
    }
}

// Return what is read in the display, as { text, x, y, strength }, while the bar `first` plays; -1: none does.
function words(first) {
    if (first < 0) {
        return [word("the chords are seen here", 0, 8, CERTAIN)];
    }
    var column = (mgraphics.size[0] - LEFT) / COLUMNS, all = [];
    for (var row = 0; row < ROWS.length; row++) {
        all.push(word(ROWS[row], row, 4, PLANNED));
    }
    for (var i = 0; i < COLUMNS; i++) {
        var number = first + i, x = LEFT + i * column, bar = bars[number], hope = expected[number];
        var strength = bar && bar.committed ? CERTAIN : PLANNED;
        if (charts[number]) {
            all.push(word(short(charts[number].names), 0, x, strength));
        }
        if (bar && bar.chord) {
            all.push(word(short([bar.chord]), 1, x, strength));
        }
        if (i === 0) {
            all.push(word(short([heard]), 2, x, CERTAIN));
        } else if (hope && hope.chord) {
            all.push(word(short([hope.chord]), 2, x, UNLIKELY + (CERTAIN - UNLIKELY) * hope.confidence));
        }
    }
    all.push(word(sure(expected[first + 1]), ROWS.length, 4, CERTAIN));
    return all.filter(function (one) {
        return one.text !== "";
    });
}

function word(text, row, x, strength) {
    return { text: text, x: x, y: row * LINE + 14, strength: strength };
}

// Return names of chords as they fit into a column.
function short(names) {
    var text = names.join(" ");
    if (text.length <= LETTERS) {
        return text;
    }
    return names[0].slice(0, LETTERS) + "\u2026";
}

// Return how sure the band is of what the musician plays next.
function sure(hope) {
    if (!hope) {
        return "";
    }
    var text = "your next bar: " + Math.round(hope.confidence * 100) + " % sure";
    return hope.loop ? text + ", loop of " + hope.loop : text;
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

function forget(what, before) {
    for (var number in what) {
        if (Number(number) < before) {
            delete what[number];
        }
    }
}

function now() {
    return new Date().getTime();
}
