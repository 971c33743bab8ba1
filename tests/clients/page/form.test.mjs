// Which letter of the form the page takes for the one that plays.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Form } from "../../../bridge/musegan_bridge/page/form.js";

/** Play phrases, each [part, seed], from a phrase on; return the places after each. */
function play(form, phrases, first = 0) {
  return phrases.map(([part, seed], i) => {
    const number = 4 * (first + i);
    for (let measure = 0; measure < 4; measure++) {
      form.take({ number: number + measure, measure, seed });
      form.tell(part, number + measure);
    }
    return form.placesAt(4 * number);
  });
}

function of(name) {
  const form = new Form();
  form.set(name);
  return form;
}

test("a form begins with its first letter when it is set, and again when it has ended", () => {
  const form = of("song");
  play(form, [["verse A", 1]]);
  form.set("AABA");
  assert.deepEqual(play(form, [["A", 2], ["A", 2], ["B", 3], ["A", 2], ["A", 4]], 1), [[0], [1], [2], [3], [0]]);
  assert.equal(form.partAt(4 * 4), "A");
  assert.equal(form.partAt(4 * 12), "B");
});

test("whoever comes later knows more phrase by phrase", () => {
  assert.deepEqual(play(of("AABA"), [["A", 1], ["A", 2]]), [[0, 1, 3], [0]]); // another A: the form began again
  assert.deepEqual(play(of("AABA"), [["A", 1], ["A", 1], ["B", 2]]), [[0, 1, 3], [1], [2]]);
  assert.deepEqual(play(of("ABAC"), [["C", 1], ["A", 2]]), [[3], [0]]);
});

test("a phrase that is held is the same letter, and a new idea begins anywhere", () => {
  const form = of("AAB");
  assert.deepEqual(play(form, [["A", 1], ["A", 1]]), [[0, 1], [1]]);
  form.hold = true;
  assert.deepEqual(play(form, [["A", 1]], 2), [[1]]);
  form.hold = false;
  assert.deepEqual(play(form, [["A", 7], ["A", 7], ["B", 8]], 3), [[0, 1], [1], [2]]);
});

test("a section, a form with a name and silence have no letter", () => {
  const form = of("AB");
  assert.deepEqual(play(form, [["A", 1], ["", 9], ["B", 2]]), [[0], [], [1]]);
  assert.deepEqual(form.placesAt(null), []);
  assert.equal(form.partAt(null), "");
  assert.deepEqual(play(of("song"), [["verse A", 1]]), [[]]);
});

test("a bar of the past that sounds again has the name of its phrase", () => {
  const form = of("AB");
  play(form, [["A", 1], ["B", 2]]);
  form.take({ number: 8, measure: 2, seed: 1 });
  form.tell("A", 8);
  assert.equal(form.partAt(4 * 7), "B");
  assert.equal(form.partAt(4 * 8), "A");
});

test("what was to come is forgotten when the band falls silent", () => {
  const form = of("AB");
  play(form, [["A", 1], ["B", 2]]);
  form.silence(15);
  assert.equal(form.partAt(100), "A");
  form.clear();
  assert.equal(form.partAt(100), "");
});
