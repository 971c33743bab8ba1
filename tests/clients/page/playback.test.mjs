// Bars in, notes out, on a clock that the test sets: each note once, when its beat falls.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Playback } from "../../../bridge/musegan_bridge/page/playback.js";

const NOTES = [0, 1, 2, 3].map((position) => ({ track: "piano", position, pitch: 60 + position, velocity: 90, duration: 0.5 }));

class Stage {
  time = 1000;
  hidden = false;
  heard = [];

  constructor() {
    this.playback = new Playback({
      clock: { unix: () => this.time },
      play: (track, note, time) => this.heard.push({ ...note, track, time, told: this.time }),
      isHidden: () => this.hidden,
      timer: false,
    });
  }

  bar(number, downbeat, tempo = 120, notes = NOTES) {
    this.playback.bar({ number, tempo, downbeat, notes });
  }

  live(until, every = 0.025) {
    for (; this.time < until; this.time += every) this.playback.tick();
  }

  get times() {
    return this.heard.map(({ time }) => Math.round(1e6 * time) / 1e6);
  }
}

test("each note is handed on once, a little before its time", () => {
  const stage = new Stage();
  stage.bar(0, 1000.5);
  stage.live(1002);
  stage.bar(1, 1002.5);
  stage.live(1006);
  assert.deepEqual(stage.times, [1000.5, 1001, 1001.5, 1002, 1002.5, 1003, 1003.5, 1004]);
  assert.deepEqual(stage.heard.map(({ pitch }) => pitch), [60, 61, 62, 63, 60, 61, 62, 63]);
  for (const { time, told, duration } of stage.heard) {
    assert.ok(time - told > 0.17 && time - told <= 0.201, `${time - told}`);
    assert.ok(Math.abs(duration - 0.25) < 1e-9);
  }
});

test("a tempo that changes moves the notes to come and plays none twice", () => {
  const stage = new Stage();
  stage.bar(0, 1000.5);
  stage.bar(1, 1002.5);
  stage.live(1001.2);
  stage.playback.tempo({ tempo: 60, beat: 1.5, time: 1001.25 });
  stage.live(1010);
  assert.deepEqual(stage.times, [1000.5, 1001, 1001.75, 1002.75, 1003.75, 1004.75, 1005.75, 1006.75]);
  assert.equal(stage.heard.at(-1).duration, 0.5);
});

test("beats that go back play nothing again, beats that jump on leave out what they passed", () => {
  const stage = new Stage();
  stage.bar(0, 1000.5);
  stage.live(1001.1);
  stage.playback.tempo({ tempo: 120, beat: 0, time: 1001.2 });
  stage.live(1004);
  assert.deepEqual(stage.heard.map(({ pitch }) => pitch), [60, 61, 62, 63]);
  const other = new Stage();
  other.bar(0, 1000.5);
  other.live(1000.6);
  other.playback.tempo({ tempo: 120, beat: 2.9, time: 1000.6 });
  other.live(1004);
  assert.deepEqual(other.heard.map(({ pitch }) => pitch), [60, 63]);
});

test("a bar that comes again is not played again", () => {
  const stage = new Stage();
  stage.bar(0, 1000.5);
  stage.live(1001.1);
  stage.bar(0, 1000.5);
  stage.live(1004);
  stage.bar(0, 1000.5);
  stage.live(1005);
  assert.deepEqual(stage.times, [1000.5, 1001, 1001.5, 1002]);
});

test("of a bar that has begun the rest is played", () => {
  const stage = new Stage();
  stage.bar(7, 998.99);
  assert.deepEqual(stage.times, [999.99]); // ten milliseconds ago: still good
  stage.live(1003);
  assert.deepEqual(stage.heard.map(({ pitch }) => pitch), [62, 63]);
  const late = new Stage();
  late.bar(7, 999.2);
  late.live(1003);
  assert.deepEqual(late.heard.map(({ pitch }) => pitch), [62, 63]);
});

test("what a page slept through is not made up for", () => {
  const stage = new Stage();
  stage.bar(0, 1000.1);
  stage.live(1000.2);
  stage.time = 1001.4;
  stage.live(1004);
  assert.deepEqual(stage.heard.map(({ pitch }) => pitch), [60, 63]);
});

test("a hidden page, whose timers are slow, loses no note", () => {
  const stage = new Stage();
  stage.hidden = true;
  stage.live(1000.2, 1);
  for (let number = 0; number < 8; number++) {
    stage.time = 1000 + 2 * number;
    stage.bar(number, 1000.5 + 2 * number);
    stage.live(stage.time + 1.9, 1);
  }
  stage.live(1030, 1);
  assert.deepEqual(stage.times, Array.from({ length: 32 }, (_, i) => 1000.5 + i / 2));
  assert.ok(stage.heard.every(({ time, told }) => told <= time));
});

test("after silence nothing is played, and a new show begins at bar 0", () => {
  const stage = new Stage();
  stage.bar(0, 1000.5);
  stage.live(1001.1);
  stage.playback.silence();
  stage.live(1005);
  assert.equal(stage.heard.length, 2 + 0);
  stage.bar(0, 1005.5);
  stage.live(1008);
  assert.equal(stage.heard.length, 6);
});
