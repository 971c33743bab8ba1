// Three clocks made one: the server's (Unix seconds), the page's (performance.now, in ms), the sound card's (seconds of an
// AudioContext). They drift, and what one knows of another comes late and unsteadily. Pure: it reads the clocks it is given.

const LATE = 60; // seconds that an observation of the server's clock is kept
const HEARD = 20; // seconds that an observation of the sound card's is
const EVERY = 0.05; // seconds from one of those to the next
const PATIENCE = 1; // seconds until one gives up waiting for the first
const STEP = 0.05; // seconds: observations of the server's clock that are so far off, several in a row, mean that it was set
const SLIP = 0.004; // the same of a sound card that is steady: it left something out, as it does where the machine is busy
const ROW = 4; // how many
const DRIFT = 3e-4; // no two clocks run further apart

/** Says when the server's times are, on the page's clock and on the sound card's. */
export class ServerClock {
  #server;
  #card = new Middle();
  #context;
  #performance;
  #date; // ms since 1970 by this machine; null: the server's is another machine

  /** `context` is an AudioContext, or null as long as there is none; `isLocal`: the server is on this machine. */
  constructor({ context = null, isLocal = false, performance = globalThis.performance, date = Date.now } = {}) {
    this.#performance = performance;
    this.#date = isLocal ? date : null;
    this.#server = isLocal ? new Middle() : new Earliest();
    this.context = context;
  }

  set context(context) {
    this.#context = context;
    this.#card = new Middle();
  }

  get context() {
    return this.#context;
  }

  /** Take what a bar of another machine says as it comes: the Unix time of its downbeat, and how many seconds that is ahead. */
  observe(unix, ahead) {
    if (!this.#date) this.#server.add(unix - ahead, this.#performance.now() / 1000);
  }

  /** The server's time that is now, in Unix seconds; before the first bar, this machine's. */
  unix() {
    const now = this.#performance.now() / 1000;
    return this.#server.known ? this.#server.inverse(now) : now + this.#performance.timeOrigin / 1000;
  }

  /** When a Unix time is on performance.now's clock, in ms. */
  performanceTime(unix) {
    return 1000 * (this.#server.known ? this.#server.at(unix) : unix - this.#performance.timeOrigin / 1000);
  }

  /** When to schedule on the context so that it is heard at a Unix time, in seconds; NaN while there is no sound. */
  contextTime(unix) {
    this.look();
    return this.#card.known ? this.#card.at(this.performanceTime(unix) / 1000) : NaN;
  }

  /** Look at the clocks of this machine: several times a second, or they are not known well. */
  look() {
    if (this.#date) this.#server.add((this.#date() + 0.5) / 1000, this.#performance.now() / 1000); // it tells whole ms
    const context = this.#context;
    if (!context) return;
    if (context.state !== "running") {
      this.#card = new Middle(); // it stands still, and will go on from there
      return;
    }
    let { contextTime, performanceTime } = context.getOutputTimestamp();
    if (!performanceTime) {
      if (context.currentTime < PATIENCE) return;
      // Some never tell: what is made now is heard when it has gone through the card.
      contextTime = context.currentTime - (context.outputLatency || context.baseLatency || 0);
      performanceTime = this.#performance.now();
    }
    this.#card.add(performanceTime / 1000, contextTime);
  }
}

// A line y = offset + x * rate through observations; the rate is nearly 1. A row of them that is as far off replaces it.
class Line {
  points = [];
  known = false;
  #origin = { x: 0, y: 0 };
  #rate = 1;
  #astray = [];

  constructor({ kept, every, isAstray }) {
    Object.assign(this, { kept, every, isAstray });
  }

  at(x) {
    return this.#origin.y + (x - this.#origin.x) * this.#rate;
  }

  inverse(y) {
    return this.#origin.x + (y - this.#origin.y) / this.#rate;
  }

  add(x, y) {
    const last = this.points.at(-1);
    if (last && x >= last.x && x - last.x < this.every) return; // the same again, or hardly another
    const isAstray = this.known && this.isAstray(y - this.at(x));
    this.#astray = isAstray ? [...this.#astray, { x, y }].slice(-ROW) : [];
    if (this.#astray.length >= ROW && spread(this.#astray) < STEP) {
      this.points = this.#astray;
      this.#astray = [];
    } else if (isAstray) return;
    else this.points.push({ x, y });
    this.points = this.points.filter((point) => Math.abs(x - point.x) < this.kept);
    this.#fit();
    this.known = true;
  }

  #fit() {
    const first = this.points[0];
    const points = this.points.map(({ x, y }) => ({ x: x - first.x, y: y - first.y })); // small numbers: Unix time has ten digits
    const { x, y, rate } = this.fit(points);
    [this.#origin, this.#rate] = [{ x: x + first.x, y: y + first.y }, rate];
  }
}

// What is observed late, never early: the line below all of it. Where it bends, the edge over the middle counts.
class Earliest extends Line {
  constructor() {
    super({ kept: LATE, every: 0, isAstray: (off) => off > STEP });
  }

  add(x, y) {
    if (this.known && y - this.at(x) < -STEP) this.points = []; // nothing is so early: a clock was set
    super.add(x, y);
  }

  fit(points) {
    const below = [];
    for (const point of [...points].sort((a, b) => a.x - b.x || a.y - b.y)) {
      while (below.length > 1 && slope(below.at(-2), below.at(-1)) >= slope(below.at(-1), point)) below.pop();
      below.push(point);
    }
    const middle = (below[0].x + below.at(-1).x) / 2;
    const after = below.findIndex(({ x }) => x > middle);
    const long = below.at(-1).x - below[0].x > LATE / 3; // in a short time delays tell more than drift
    const rate = long && after > 0 ? slope(below[after - 1], below[after]) : 1;
    const bounded = Math.min(1 + DRIFT, Math.max(1 - DRIFT, rate));
    const offset = Math.min(...points.map(({ x, y }) => y - x * bounded));
    return { x: 0, y: offset, rate: bounded };
  }
}

// What is observed too early as well as too late: the line through the middle. Drift is believed the more has been seen.
class Middle extends Line {
  #unsteady = 0; // seconds that an observation is off, on average

  constructor() {
    super({ kept: HEARD, every: EVERY, isAstray: (off) => Math.abs(off) > Math.max(SLIP, 5 * this.#unsteady) });
  }

  fit(points) {
    const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
    // A drift of 5e-5 is as usual as an observation that is off by 3 ms.
    let [over, under] = [0, (0.003 / 5e-5) ** 2];
    for (const point of points) {
      over += (point.x - x) * (point.y - y - (point.x - x));
      under += (point.x - x) ** 2;
    }
    const rate = 1 + Math.min(DRIFT, Math.max(-DRIFT, over / under));
    this.#unsteady = mean(points.map((point) => Math.abs(point.y - y - (point.x - x) * rate)));
    return { x, y, rate };
  }
}

const spread = (points) => {
  const offsets = points.map(({ x, y }) => y - x);
  return Math.max(...offsets) - Math.min(...offsets);
};
const slope = (a, b) => (b.y - a.y) / (b.x - a.x || 1e-9);
