// The way to the band: OSC over a WebSocket, by the message table that the band itself tells. It comes back by itself.

import { Table } from "./table.js";
import { decode, encode, notesOf } from "./osc.js";

const WAITS = [250, 500, 1000, 2000, 4000]; // ms until the next try, after each failed one
const SILENCE = 6000; // ms that an answer takes at most; then the connection is taken for dead
const RENEWAL = 10_000; // ms
const LEASE = 120; // s: browsers let timers of hidden pages run once a minute only
const AHEAD = 16; // beats before their downbeat from which planned bars are told

/** Tells by `on`: "table" (what the band takes), "open", "closed", "begin" and "bar" (a whole one), and all other messages. */
export class Connection {
  /** Whether the band is there. */
  isOpen = false;
  #told = new Map(); // event or address -> functions
  #settings = new Map(); // address of a setting -> functions
  #socket = null;
  #table = null;
  #tries = 0;
  #timers = [];
  #asked = 0; // ms at which the first question without an answer was sent; 0: all are answered
  #bar = null; // that is being told
  #chart = null; // of the bar that is told next

  /** `host`: host:port of the band's HTTP. */
  constructor(host = location.host) {
    this.host = host;
    addEventListener("pagehide", () => this.send("/musegan/unsubscribe"));
  }

  /** Call `tell` with the arguments of each message of an address, and its time (Unix seconds, or null). */
  on(event, tell) {
    this.#told.set(event, [...(this.#told.get(event) ?? []), tell]);
  }

  /** Call `tell` with the values of a setting, now and whenever anybody changes it. */
  listen(address, tell) {
    this.#settings.set(address, [...(this.#settings.get(address) ?? []), tell]);
    if (this.isOpen) this.#command("LISTEN", address);
  }

  /** Try until there is a band, and again whenever it is lost. */
  async open() {
    try {
      const reply = await fetch(`http://${this.host}/`, { headers: { Accept: "application/json" } });
      this.#table = new Table(await reply.json());
      const socket = new WebSocket(`ws://${this.host}/`);
      socket.binaryType = "arraybuffer";
      socket.onopen = () => this.#opened(socket);
      socket.onmessage = ({ data }) => this.#received(data);
      socket.onclose = () => this.#lost();
      this.#socket = socket;
    } catch {
      this.#lost();
    }
  }

  /** Send a message; numbers are sent as the table says. While there is no band: nothing. */
  send(address, ...values) {
    if (this.isOpen) this.#socket.send(encode(address, this.#table.types(address), values));
  }

  /** Return what a setting is set to now; undefined: the band is gone, or has no such setting. */
  async read(address) {
    try {
      const reply = await fetch(`http://${this.host}${address}?VALUE`);
      return (await reply.json()).VALUE[0];
    } catch {
      return undefined;
    }
  }

  #opened(socket) {
    this.#tries = 0;
    this.#asked = 0;
    this.#tell("table", this.#table);
    this.isOpen = true;
    for (const address of this.#settings.keys()) this.#command("LISTEN", address);
    this.#subscribe();
    this.#ask();
    this.#tell("open");
    this.#timers = [
      setInterval(() => this.#subscribe(), RENEWAL),
      setInterval(() => this.#ask(), 1000),
    ];
  }

  #ask() {
    this.#asked ||= performance.now();
    if (performance.now() - this.#asked > SILENCE) this.#socket.close();
    else this.send("/musegan/status");
  }

  #subscribe() {
    this.send("/musegan/subscribe", "bar", 0, LEASE, AHEAD, 0, 1, 1);
  }

  #lost() {
    this.#timers.forEach(clearInterval);
    this.#bar = this.#chart = null;
    if (this.isOpen) {
      this.isOpen = false;
      this.#tell("closed");
    }
    setTimeout(() => this.open(), WAITS[Math.min(this.#tries++, WAITS.length - 1)]);
  }

  #command(name, address) {
    if (this.#table.readable(address)) this.#socket.send(JSON.stringify({ COMMAND: name, DATA: address }));
  }

  #received(data) {
    this.#asked = 0;
    for (const { address, args, time } of decode(data)) {
      if (address.startsWith("/musegan/bar/")) this.#collect(address, args, time);
      else if (address === "/musegan/chart/bar") this.#chart = chartOf(...args);
      else if (this.#settings.has(address)) this.#settings.get(address).forEach((tell) => tell(...args));
      else this.#tell(address, args, time);
    }
  }

  // Puts a bar together of its begin, notes and end.
  #collect(address, args, time) {
    if (address === "/musegan/bar/begin") {
      const [number, measure, seed, privateSeed, tempo, ahead, , repeated, committed, chord] = args;
      this.#bar = { number, measure, seed, privateSeed, tempo, downbeat: time, ahead, repeated: repeated > 0, committed: committed > 0, chord, notes: [] };
      this.#bar.chart = this.#chart?.number === number ? this.#chart : null;
      this.#chart = null;
      this.#tell("begin", this.#bar);
    } else if (this.#bar?.number !== args[0]) {
      this.#bar = null;
    } else if (address === "/musegan/bar/notes") {
      this.#bar.notes.push(...notesOf(args[1], args.slice(3)));
    } else {
      if (this.#bar.notes.length === args[1]) this.#tell("bar", this.#bar);
      this.#bar = null;
    }
  }

  #tell(event, ...values) {
    for (const tell of this.#told.get(event) ?? []) tell(...values);
  }
}

// The chords of the chart in a bar, as /musegan/chart/bar tells them.
function chartOf(number, index, part, ...values) {
  const chords = [];
  for (let i = 0; i < values.length; i += 2) chords.push({ position: values[i], name: values[i + 1] });
  return { number, index, part, chords };
}
