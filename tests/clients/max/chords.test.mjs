// The display of the chords: whose are seen, in which bar, how strong, and how sure the band is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { load } from "../../../max_patches/sketch.mjs";

const SCRIPT = fileURLToPath(new URL("../../../max_patches/musegan.chords.js", import.meta.url));
const WIDTH = 192, HEIGHT = 78, LEFT = 32, COLUMN = 40, LINE = 18;

function open() {
    const time = { now: 1000000 };
    const script = load(SCRIPT, time);
    script.mgraphics.size = [WIDTH, HEIGHT];
    return { time, ...script };
}

function bar(send, number, ahead, committed, chord = "") {
    send("/musegan/bar/begin", number, number % 4, 1, 2, 120, ahead, 0, 0, committed, chord);
    send("/musegan/bar/end", number, 0);
}

// Return what is read in each row, as [column, text]; -1: left of the columns.
function rows(shapes) {
    const found = [[], [], [], []];
    for (const { text, x, y } of shapes) {
        found[Math.floor(y / LINE)].push([Math.floor((x - LEFT) / COLUMN), text]);
    }
    return found.map((row) => row.filter(([column]) => column >= 0));
}

const strengths = (shapes, name) => shapes.filter(({ text }) => text === name).map(({ opacity }) => opacity);

test("the chords of the chart and of the band stand in their bars, planned ones weaker", () => {
    const { send, paint } = open();
    send("/musegan/chart/bar", 4, 1, "", 0, "C");
    bar(send, 4, 0, 1, "Em");
    send("/musegan/chart/bar", 5, 2, "", 0, "Am", 2, "F");
    bar(send, 5, 2, 0, "Am");
    send("/musegan/chart/bar", 6, 3, "verse", 0, "Ebmaj7", 2, "Bb7");
    bar(send, 6, 4, 0);
    send("/musegan/chart/bar", 7, 4, "", 0, "");
    bar(send, 7, 6, 0);
    bar(send, 8, 8, 0, "too far");
    const shapes = paint(WIDTH, HEIGHT);
    const [chart, band, you] = rows(shapes);
    assert.deepEqual(chart, [[0, "C"], [1, "Am F"], [2, "Ebmaj7\u2026"], [3, "-"]]);
    assert.deepEqual(band, [[0, "Em"], [1, "Am"]]);
    assert.deepEqual(you, []);
    assert.deepEqual([strengths(shapes, "Em"), strengths(shapes, "Am")], [[1], [0.5]]);
});

test("what is heard is in the bar that plays, and what is expected in those to come", () => {
    const { send, paint } = open();
    bar(send, 4, 0, 1);
    bar(send, 5, 2, 1);
    send("/musegan/heard/chord", 4, 0.5, "Dm", 2, 5, 9);
    send("/musegan/expected/bar", 4, 0, 0, 1, 4, "late", 0);
    send("/musegan/expected/bar", 5, 1, 0, 0.83, 4, "G7", 0);
    send("/musegan/expected/bar", 6, 2, 0, 0, 0, "C", 0);
    const shapes = paint(WIDTH, HEIGHT);
    const [, , you] = rows(shapes);
    assert.deepEqual(you, [[0, "Dm"], [1, "G7"], [2, "C"]]);
    assert.equal(strengths(shapes, "C")[0], 0.35);
    assert.ok(strengths(shapes, "G7")[0] > 0.8);
    assert.equal(shapes.at(-1).text, "your next bar: 83 % sure, loop of 4");
    send("/musegan/heard/chord", 4, 3, "");
    assert.deepEqual(rows(paint(WIDTH, HEIGHT))[2], [[1, "G7"], [2, "C"]]);
});

test("a bar that comes again without a chart has none", () => {
    const { send, paint } = open();
    send("/musegan/chart/bar", 0, 1, "", 0, "C");
    bar(send, 0, 0, 1);
    send("/musegan/chart/bar", 1, 2, "", 0, "Am");
    bar(send, 1, 2, 0);
    assert.deepEqual(rows(paint(WIDTH, HEIGHT))[0], [[0, "C"], [1, "Am"]]);
    bar(send, 1, 2, 1);
    assert.deepEqual(rows(paint(WIDTH, HEIGHT))[0], [[0, "C"]]);
});

test("silence forgets it all", () => {
    const { send, paint } = open();
    send("/musegan/heard/chord", 4, 0.5, "Dm", 2, 5, 9);
    bar(send, 4, 0, 1, "C");
    send("/musegan/silence", "stop");
    assert.deepEqual(paint(WIDTH, HEIGHT).map(({ text }) => text), ["the chords are seen here"]);
    bar(send, 5, 0, 1);
    assert.deepEqual(rows(paint(WIDTH, HEIGHT)), [[], [], [], []]);
});

test("it draws when something changed, and not else", () => {
    const { send, mgraphics, time } = open();
    bar(send, 0, 0, 1, "C");
    const before = mgraphics.redraws;
    time.now += 300;
    send("bang");
    send("/musegan/bar/notes", 0, "bass", 0, 0, 40, 90, 1);
    bar(send, 0, -0.3, 1, "C");
    assert.equal(mgraphics.redraws, before);
    bar(send, 1, 1.7, 1, "Am");
    assert.equal(mgraphics.redraws, before + 1);
    time.now += 1800;
    send("bang");
    assert.equal(mgraphics.redraws, before + 2);
});

test("a server that says nothing of chords does no harm", () => {
    const { send, paint } = open();
    send("/musegan/bar/begin", 0, 0, 1, 2, 120, 0, 0, 0, 1);
    send("/musegan/status/reply", 1);
    assert.deepEqual(rows(paint(WIDTH, HEIGHT)), [[], [], [], []]);
});
