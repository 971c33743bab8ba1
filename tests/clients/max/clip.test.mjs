// To Clip, with a Live set that behaves as LiveAPI's documentation says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { load } from "../../../max_patches/sketch.mjs";
import { Live } from "./live.mjs";

const SCRIPT = fileURLToPath(new URL("../../../max_patches/musegan.clip.js", import.meta.url));

function open(live) {
    const said = [];
    const script = load(SCRIPT, { now: 0 }, { LiveAPI: live.api(), outlet: (_, words) => said.push(words) });
    return { said, send: script.send };
}

function bar(send, number, notes, { track = "bass", committed = 1 } = {}) {
    send("/musegan/bar/begin", number, number % 4, 1, 2, 120, 0.5, 1, 0, committed);
    send("/musegan/bar/notes", number, "guitar", 0, 0, 98, 90, 1);
    send("/musegan/bar/notes", number, track, 1, ...notes.flat());
    send("/musegan/bar/notes", number + 1, track, 0, 0, 97, 90, 1); // a part of another bar
    send("/musegan/bar/end", number, notes.length);
}

test("the last bars, as they were played, are in the selected slot", () => {
    const live = new Live([1, 1], 4);
    live.select(1, 2);
    const { send, said } = open(live);
    for (let number = 0; number < 4; number += 1) {
        bar(send, number, [[0.5, 40 + number, 90, 1], [3, 50, 80, 4]]);
        send("played", number);
    }
    send("played", 3); // it came back, as no other was there
    send("bars", 3);
    send("toclip");
    const { clip } = live.slot(1, 2);
    assert.equal(clip.length, 12);
    assert.equal(clip.name, "bass 3 bars");
    assert.deepEqual(
        clip.notes.map(({ pitch, start_time, duration, velocity }) => [pitch, start_time, duration, velocity]),
        [[42, 0.5, 1, 90], [50, 3, 4, 80], [43, 4.5, 1, 90], [50, 7, 4, 80], [43, 8.5, 1, 90], [50, 11, 1, 80]],
    );
    assert.deepEqual(said, ["bass 3 bars, in scene 3."]);
    assert.deepEqual(live.calls.map(([type, name]) => [type, name]),
        [["ClipSlot", "create_clip"], ["Clip", "add_new_notes"]]);
});

test("a clip that is there is never touched: the next free slot is taken, and a new scene at the end", () => {
    const live = new Live([1], 2);
    live.select(0, 0);
    const { send, said } = open(live);
    bar(send, 0, [[0, 40, 90, 1]]);
    send("played", 0);
    send("bars", 1);
    for (let i = 0; i < 3; i += 1) {
        send("toclip");
    }
    assert.deepEqual(said, ["bass 1 bar, in scene 1.", "bass 1 bar, in scene 2.", "bass 1 bar, in scene 3."]);
    assert.equal(live.scenes, 3);
    assert.ok([0, 1, 2].every((scene) => live.slot(0, scene).clip.notes.length === 1));
});

test("eight bars are kept, and what was not played, or only planned, or another track's is not", () => {
    const live = new Live([1], 1);
    live.select(0, 0);
    const { send } = open(live);
    send("track", "drums");
    for (let number = 0; number < 12; number += 1) {
        bar(send, number, [[0, number, 90, 1]], { track: "drums" });
        bar(send, number + 1, [[0, 99, 90, 1]], { track: "drums", committed: 0 });
        if (number !== 5) {
            send("played", number);
        }
    }
    send("bars", 8);
    send("toclip");
    assert.deepEqual(live.slot(0, 0).clip.notes.map((note) => note.pitch), [3, 4, 6, 7, 8, 9, 10, 11]);
    assert.equal(live.slot(0, 0).clip.length, 32);
});

test("fewer bars than wanted are all there are, and another track begins anew", () => {
    const live = new Live([1], 1);
    live.select(0, 0);
    const { send, said } = open(live);
    bar(send, 0, [[0, 40, 90, 1]]);
    send("played", 0);
    send("track", "piano");
    send("toclip");
    assert.deepEqual(said, ["Nothing was played yet."]);
    bar(send, 1, [[0, 60, 90, 1]], { track: "piano" });
    send("played", 1);
    send("toclip");
    assert.equal(live.slot(0, 0).clip.length, 4);
});

test("a silent bar is a clip without notes", () => {
    const live = new Live([1], 1);
    live.select(0, 0);
    const { send } = open(live);
    bar(send, 0, []);
    send("played", 0);
    send("toclip");
    assert.equal(live.slot(0, 0).clip.length, 4);
    assert.deepEqual(live.calls.map(([, name]) => name), ["create_clip"]);
});

test("what cannot be done is said, and nothing is changed", () => {
    const live = new Live([0], 1);
    const { send, said } = open(live);
    bar(send, 0, [[0, 40, 90, 1]]);
    send("played", 0);
    send("toclip");
    live.select(0, 0);
    send("toclip");
    assert.deepEqual(said, ["Select a clip slot first.", "Select a clip slot of a MIDI track."]);
    assert.deepEqual(live.calls, []);
});

test("what Live refuses is said", () => {
    const live = new Live([1], 1);
    live.select(0, 0);
    const { send, said } = open(live);
    bar(send, 0, [[0, 40, 90, 0]]); // a note without a length
    send("played", 0);
    send("toclip");
    assert.match(said[0], /^Live refused: no note/);
});
