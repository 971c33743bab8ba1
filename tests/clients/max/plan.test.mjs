// The plan display: which bars are seen, how strong, and where the playhead is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { load } from "../../../max_patches/sketch.mjs";

const SCRIPT = fileURLToPath(new URL("../../../max_patches/musegan.plan.js", import.meta.url));
const WIDTH = 240, HEIGHT = 70, COLUMN = 48;

function open() {
    const time = { now: 1000000 };
    return { time, ...load(SCRIPT, time) };
}

// A bar with one note, that begins `ahead` seconds from now, at 120 bpm.
function bar(send, number, ahead, committed, track = "bass", pitch = 40) {
    send("/musegan/bar/begin", number, number % 4, 1, 2, 120, ahead, 1, 0, committed);
    send("/musegan/bar/notes", number, track, 0, 1, pitch, 90, 2);
    send("/musegan/bar/end", number, 1);
}

const isNote = (shape) => shape.height === 2;
const columns = (shapes) => shapes.filter(isNote).map((note) => [Math.floor(note.x / COLUMN), note.opacity]);

test("the bar that is over, the one that plays and those that come are side by side, ever weaker", () => {
    const { send, paint, time } = open();
    bar(send, 6, 0.5, 1);
    time.now += 2500;
    bar(send, 7, 0, 1);
    bar(send, 8, 2, 1);
    bar(send, 9, 4, 0);
    bar(send, 10, 6, 0);
    bar(send, 11, 8, 0); // too far
    time.now += 500;
    assert.deepEqual(columns(paint(WIDTH, HEIGHT)), [[0, 0.4], [1, 1], [2, 0.85], [3, 0.45], [4, 0.45]]);
});

test("a note is as long and as high as it is, in the lane of its track", () => {
    const { send, paint } = open();
    bar(send, 0, 0, 1, "bass", 24);
    const [low] = paint(WIDTH, HEIGHT).filter(isNote);
    assert.deepEqual([low.x, low.width], [COLUMN + COLUMN / 4, COLUMN / 2 - 1]);
    for (const [track, lane] of [["bass", 0], ["drums", 1], ["strings", 4]]) {
        bar(send, 0, 0, 1, track, 50);
        const [note] = paint(WIDTH, HEIGHT).filter(isNote);
        assert.equal(Math.floor((HEIGHT - note.y - note.height) / (HEIGHT / 5)), lane);
    }
});

test("the playhead goes through the second column", () => {
    const { send, paint, time } = open();
    bar(send, 3, 0, 1);
    time.now += 1000; // half of a bar
    const shapes = paint(WIDTH, HEIGHT);
    assert.equal(shapes.at(-1).x, COLUMN * 1.5);
});

test("a planned bar is replaced by its next version, and silence forgets them all", () => {
    const { send, paint } = open();
    bar(send, 0, 0, 1);
    bar(send, 1, 2, 0, "bass", 30);
    bar(send, 1, 2, 1, "bass", 30);
    assert.deepEqual(columns(paint(WIDTH, HEIGHT)), [[1, 1], [2, 0.85]]);
    send("/musegan/silence", "stop");
    const shapes = paint(WIDTH, HEIGHT);
    assert.equal(shapes.length, 1);
    assert.match(shapes[0].text, /seen here/);
});

test("it draws when something moved, and not else", () => {
    const { send, mgraphics, time } = open();
    send("bang");
    const before = mgraphics.redraws;
    send("bang");
    assert.equal(mgraphics.redraws, before);
    bar(send, 0, 0, 1);
    time.now += 300;
    send("bang");
    assert.ok(mgraphics.redraws > before);
    time.now += 60000; // nothing came any more
    send("bang");
    const after = mgraphics.redraws;
    send("bang");
    assert.equal(mgraphics.redraws, after);
});

test("what is no bar of ours does no harm", () => {
    const { send, paint } = open();
    send("/musegan/bar/notes", 3, "bass", 0, 0, 40, 90, 1);
    send("/musegan/bar/end", 3, 1);
    send("/musegan/status/reply", 1);
    bar(send, 0, 0, 1, "kazoo");
    assert.deepEqual(columns(paint(WIDTH, HEIGHT)), []);
});
