// What the page knows of the musician's chords and of what is expected of them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { chordsFrom } from "../../../bridge/musegan_bridge/page/chart.js";
import { HeardChords, agree } from "../../../bridge/musegan_bridge/page/chords.js";
import { Expectations } from "../../../bridge/musegan_bridge/page/expected.js";
import { Show } from "../../../bridge/musegan_bridge/page/show.js";

const bar = (number, more = {}) => ({ number, committed: true, tempo: 120, downbeat: 1000 + 2 * number, notes: [], ...more });
const status = (loop, confidence) => [1, 120, 0, 0, "piano", 0, 1, 1, 0, 0, 0, "lakh-live", "cpu", "anticipate", "C", "internal", 0, 0, 0, 1, "none", "C", "C", "", 0, 0, loop, confidence, 0, 0];

test("a bar that is expected is there when all its notes are", () => {
  const expected = new Expectations();
  expected.begin(4, 0, 0, 0.5, 4, "C", 2);
  expected.add(4, "piano", 0, 0, 60, 90, 1, 0, 64, 90, 1);
  assert.equal(expected.bars.size, 0);
  expected.add(5, "piano", 0, 0, 61, 90, 1); // of another bar, whose begin was lost
  expected.add(4, "bass", 0, 0, 36, 90, 4);
  assert.deepEqual(expected.bars.get(4).notes.map(({ track, pitch }) => [track, pitch]), [["piano", 60], ["piano", 64], ["bass", 36]]);
  expected.begin(4, 0, 0, 0.9, 4, "", 0); // a rest is expected
  assert.deepEqual(expected.bars.get(4).notes, []);
  assert.equal(expected.loop, 4);
});

test("a bar of which nothing is expected any more is not there", () => {
  const expected = new Expectations();
  expected.begin(4, 0, 0, 0.9, 4, "C", 0);
  expected.begin(5, 1, 0, 0.9, 4, "C", 0);
  expected.begin(5, -1, 0, 0, 0, "", 0);
  assert.deepEqual([...expected.bars.keys()], [4]);
  assert.equal(expected.loop, 0);
});

test("what is no longer expected goes, but not of a bar that is committed", () => {
  const show = new Show();
  show.mode = "anticipate";
  show.take(bar(4));
  show.take(bar(5, { committed: false }));
  show.expect(4, 0, 0, 0.9, 4, "C", 0);
  show.expect(5, 1, 0, 0.9, 4, "C", 0);
  show.tell(...status(4, 0.9));
  assert.equal(show.expected.length, 2);
  assert.equal(show.loop, 4);
  show.tell(...status(0, -1));
  assert.deepEqual(show.expected.map(({ number }) => number), [4]);
  assert.equal(show.loop, 0);
  show.mode = "previous-bar";
  assert.deepEqual(show.expected, []);
});

test("a chord begins a little before it has its name, but in its bar", () => {
  const chords = new HeardChords();
  chords.hear(0, 0.3, "C", 0, 4, 7);
  chords.hear(1, 0.3, "Am", 9, 0, 4);
  assert.equal(chords.at(0).name, "C");
  assert.equal(chords.at(3.9).name, "C");
  assert.equal(chords.at(4).name, "Am");
  assert.deepEqual([...chords.at(9).classes], [9, 0, 4]);
});

test("notes are held against what was heard, and after now against what is expected for sure", () => {
  const show = new Show();
  show.mode = "anticipate";
  show.hear(0, 0, "piano", 60, 90);
  show.hear(0, 3.9, "piano", 60, 0);
  show.chords.hear(0, 0.2, "C", 0, 4, 7);
  show.expect(1, 0, 0, 0.9, 0, "Am", 2);
  show.expectNotes(1, "piano", 0, 0, 57, 90, 1, 0, 60, 90, 1, 0, 64, 90, 1);
  show.expectNotes(1, "drums", 0, 0, 38, 90, 1);
  assert.deepEqual([...show.harmonyOf(0, 2)(1)], [0, 4, 7]);
  assert.deepEqual([...show.harmonyOf(1, 2)(5)], [9, 0, 4]);
  assert.equal(show.harmonyOf(2, 2)(9), undefined);
  show.expect(1, 0, 0, 0.1, 0, "Am", 0);
  assert.equal(show.harmonyOf(1, 2)(5), undefined); // a guess is no chord
  assert.equal(show.harmonyOf(1, 8)(5), undefined); // nothing was played in it
  assert.equal(show.chordOfMusician(2), "C");
  assert.equal(show.chordOfMusician(9), ""); // after a bar of rest
});

test("the band plays the musician's chord over another bass, or its fifth alone", () => {
  assert.ok(agree("Am", "Am/C"));
  assert.ok(agree("Bbm7", "Bb5"));
  assert.ok(!agree("Am", "A"));
  assert.ok(!agree("B", "Bb5"));
  assert.ok(!agree("", ""));
});

test("the chord of the chart that plays comes first, and two more of the bars that are known", () => {
  const show = new Show();
  show.take(bar(0, { chart: { index: 1, part: "", chords: [{ position: 0, name: "Dm7" }, { position: 2, name: "G7" }] } }));
  show.take(bar(1, { chart: { index: 2, part: "", chords: [{ position: 0, name: "" }] } }));
  assert.deepEqual(chordsFrom(show, 0), ["Dm7", "G7", "N.C."]);
  assert.deepEqual(chordsFrom(show, 2.5), ["G7", "N.C."]);
  show.take(bar(2, { chart: null }));
  assert.deepEqual(chordsFrom(show, 9), []);
});
