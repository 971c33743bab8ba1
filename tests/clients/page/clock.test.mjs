// Three clocks that drift and answer unsteadily, simulated: how near what clock.js says is to the truth.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ServerClock } from "../../../bridge/musegan_bridge/page/clock.js";

const UNIX = 1_790_000_000; // what the server's clock shows when the page's shows 0

/** Numbers in 0..1 from a seed (mulberry32). */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A world whose true time is that of the page; the server and the sound card drift against it. */
class World {
  seconds = 0;
  state = "running";
  stood = 0; // seconds that the sound card stood still
  set = 0; // seconds that the server's clock was set
  timeOrigin = 0;
  baseLatency = 0.01;
  outputLatency = 0.03;

  constructor({ serverDrift = 0, cardDrift = 0, jitter = 0.003, delay = 0.004, seed = 1, tells = true } = {}) {
    Object.assign(this, { serverDrift, cardDrift, jitter, delay, tells, next: random(seed) });
    this.clock = new ServerClock({ context: this, performance: this });
  }

  now() {
    return 1000 * this.seconds;
  }

  unixAt(seconds) {
    return UNIX + this.set + seconds * (1 + this.serverDrift);
  }

  /** What is heard at a time of the page has this time of the card. */
  cardAt(seconds) {
    return (seconds - 5 - this.stood) * (1 + this.cardDrift);
  }

  get currentTime() {
    const made = this.cardAt(this.seconds) + this.outputLatency;
    return Math.floor((made * 48000) / 512) * (512 / 48000) - this.next() * 0.002;
  }

  getOutputTimestamp() {
    if (!this.tells) return { contextTime: 0, performanceTime: 0 };
    const at = this.seconds - 0.01 * this.next();
    return { contextTime: this.cardAt(at) + this.jitter * (2 * this.next() - 1), performanceTime: 1000 * at };
  }

  /** Let time pass; a bar comes every two seconds, late by the way there and, at times, by much more. */
  live(seconds, { late = () => this.delay * this.next() ** 2 + (this.next() < 0.2 ? 0.04 : 0), watch = () => {} } = {}) {
    for (const end = this.seconds + seconds; this.seconds < end; this.seconds += 0.025) {
      this.clock.look();
      if (Math.floor(this.seconds / 2) !== Math.floor((this.seconds - 0.025) / 2)) {
        const sent = this.unixAt(this.seconds - late());
        this.clock.observe(sent + 0.5, Math.fround(0.5));
      }
      watch();
    }
  }

  /** Seconds that a note of the next bar would be heard too late. */
  get error() {
    const at = this.seconds + 0.5;
    return this.clock.contextTime(this.unixAt(at)) - this.cardAt(at);
  }

  get midiError() {
    const at = this.seconds + 0.5;
    return this.clock.performanceTime(this.unixAt(at)) / 1000 - at;
  }
}

for (const [serverDrift, cardDrift] of [[0, 0], [0, 1e-4], [0, -1e-4], [5e-5, 5e-5], [-5e-5, 1e-4]])
  test(`within a millisecond, the server off by ${serverDrift * 1e6} ppm and the card by ${cardDrift * 1e6}`, () => {
    for (const seed of [1, 2, 3]) {
      const world = new World({ serverDrift, cardDrift, seed, delay: 0.0005 });
      world.live(60);
      let most = 0;
      world.live(240, { watch: () => (most = Math.max(most, Math.abs(world.error), Math.abs(world.midiError))) });
      assert.ok(most < 0.001, `${1000 * most} ms`);
    }
  });

test("the first notes are within a few milliseconds", () => {
  const world = new World({ cardDrift: 5e-5 });
  world.live(3, { late: () => 0.001 });
  assert.ok(Math.abs(world.error) < 0.005);
});

test("one bar that comes late changes nothing, and the first one of all only until the next", () => {
  const world = new World();
  world.live(2.1, { late: () => 0.2 });
  assert.ok(world.midiError > 0.15);
  world.live(4, { late: () => 0.001 });
  assert.ok(Math.abs(world.midiError) < 0.002);
  const before = world.midiError;
  world.live(2, { late: () => 0.3 });
  assert.ok(Math.abs(world.midiError - before) < 1e-4);
});

test("it is the same note by note: what it says of one time moves by less than a note could double", () => {
  const world = new World({ cardDrift: 1e-4, serverDrift: -5e-5 });
  world.live(20);
  let [before, jump] = [NaN, 0];
  world.live(120, {
    watch: () => {
      const said = world.clock.contextTime(world.unixAt(300));
      if (before) jump = Math.max(jump, Math.abs(said - before));
      before = said;
    },
  });
  assert.ok(jump < 0.05, `${jump}`); // of a time minutes away, drift included
});

test("a card that stood still is known again at once", () => {
  const world = new World();
  world.live(30);
  world.state = "suspended";
  for (let i = 0; i < 200; i++) {
    world.seconds += 0.025;
    world.stood += 0.025;
    world.clock.look();
  }
  assert.ok(Number.isNaN(world.clock.contextTime(world.unixAt(world.seconds)))); // nothing is heard now
  world.state = "running";
  world.live(0.5);
  assert.ok(Math.abs(world.error) < 0.004);
});

test("a card that stood still while nobody looked is known again after a moment", () => {
  const world = new World();
  world.live(30);
  world.seconds += 3;
  world.stood += 3;
  world.live(0.5);
  assert.ok(Math.abs(world.error) < 0.004);
});

test("a server whose clock is set, back or forth, is followed", () => {
  for (const seconds of [-3, 3]) {
    const world = new World({ delay: 0.0005 });
    world.live(30);
    world.set = seconds;
    world.live(12, { late: () => 0.0005 });
    assert.ok(Math.abs(world.midiError) < 0.002, `${seconds} s: ${world.midiError}`);
  }
});

test("a browser that tells nothing of its output is believed to be as late as it says", () => {
  const world = new World({ tells: false });
  world.live(30, { late: () => 0.0005 });
  assert.ok(Math.abs(world.error) < 0.015, `${world.error}`);
});

test("a server on this machine is known by this machine's clock, however late its bars come", () => {
  const world = new World({ serverDrift: 5e-5, cardDrift: 1e-4 });
  world.clock = new ServerClock({ context: world, performance: world, isLocal: true, date: () => Math.floor(1000 * world.unixAt(world.seconds)) });
  world.live(20, { late: () => 0.5 });
  let most = 0;
  world.live(60, { late: () => 0.5, watch: () => (most = Math.max(most, Math.abs(world.error), Math.abs(world.midiError))) });
  assert.ok(most < 0.001, `${1000 * most} ms`);
  world.set = 3;
  world.live(1);
  assert.ok(Math.abs(world.midiError) < 0.001, `${world.midiError}`);
});

test("without a sound card there is time all the same, and before the first bar it is this machine's", () => {
  const clock = new ServerClock({ context: null, performance: { now: () => 5000, timeOrigin: 1000 * UNIX } });
  assert.equal(clock.unix(), UNIX + 5);
  assert.equal(clock.performanceTime(UNIX + 6), 6000);
  assert.ok(Number.isNaN(clock.contextTime(UNIX)));
  clock.observe(UNIX + 105.5, 0.5);
  assert.ok(Math.abs(clock.unix() - UNIX - 105) < 1e-6);
});
