// Web MIDI: the band on a MIDI port, a keyboard into the page. Channels and programs are those of the server's own MIDI output.

const CHANNELS = { bass: 0, drums: 9, guitar: 1, piano: 2, strings: 3 }; // counted from 0; 9 is General MIDI's for drums
const PROGRAMS = { bass: 33, guitar: 25, piano: 0, strings: 48 }; // General MIDI's, counted from 0
const [NOTE_OFF, NOTE_ON, CONTROL, PROGRAM] = [0x80, 0x90, 0xb0, 0xc0];
const ALL_NOTES_OFF = 123;
const REFUSED = "the browser may not use it. Allow MIDI for this page, beside its address.";
const REFUSALS = {
  NotAllowedError: REFUSED,
  SecurityError: REFUSED,
  InvalidStateError: "this machine gives the browser no MIDI; is its driver there?",
};
const GAP = 2; // ms between a note's end and the next of the same pitch

/** The MIDI ports of this machine: at most one is played on, and one listened to. They may come and go. */
export class MidiPorts {
  /** Called with { pitch, velocity } for each note played on the input; velocity 0 is its end. */
  onnote = () => {};
  /** Called when ports came or went. */
  onchange = () => {};
  #access;
  #input = "";
  #output = "";
  #held = new Set(); // pitches held on the input
  #sent = []; // { channel, pitch, start, end: ms }: notes whose end is still to come

  /** Ask the browser for MIDI; reject with an Error that says what to do where it has none, or may not. */
  static async open(navigator = globalThis.navigator) {
    if (!navigator.requestMIDIAccess) throw new Error("this browser has no Web MIDI; Chrome, Edge and Firefox do.");
    try {
      return new MidiPorts(await navigator.requestMIDIAccess({ sysex: false }));
    } catch (error) {
      throw new Error(REFUSALS[error.name] ?? error.message, { cause: error });
    }
  }

  constructor(access) {
    this.#access = access;
    access.onstatechange = ({ port }) => {
      if (port.id === this.#input) this.input = port.id;
      if (port.id === this.#output) this.output = port.id;
      this.onchange();
    };
  }

  /** Inputs that are there: { id, name }. */
  get inputs() {
    return there(this.#access.inputs);
  }

  /** Outputs that are there: { id, name }. */
  get outputs() {
    return there(this.#access.outputs);
  }

  /** Listen to the input of this id; "": to none. One that goes and comes again is listened to again. */
  set input(id) {
    for (const pitch of this.#held) this.onnote({ pitch, velocity: 0 });
    this.#held.clear();
    const before = this.#access.inputs.get(this.#input);
    if (before) before.onmidimessage = null;
    this.#input = id;
    const port = this.#access.inputs.get(id);
    if (port?.state === "connected") port.onmidimessage = ({ data }) => this.#hear(data);
  }

  /** Play on the output of this id; "": on none. */
  set output(id) {
    this.silence();
    this.#output = id;
    for (const [track, program] of Object.entries(PROGRAMS)) this.#send([PROGRAM | CHANNELS[track], program]);
  }

  /** Play a note of the band: { pitch, velocity, duration: seconds } at a time of performance.now, in ms. */
  send(track, { pitch, velocity, duration }, when) {
    const channel = CHANNELS[track];
    const end = when + Math.max(GAP, 1000 * duration - GAP);
    this.#send([NOTE_ON | channel, pitch, velocity], when);
    this.#send([NOTE_OFF | channel, pitch, 0], end);
    const now = performance.now();
    this.#sent = this.#sent.filter((note) => note.end > now);
    this.#sent.push({ channel, pitch, start: when, end });
  }

  /** End all that was sent: what sounds at once, and what the port still waits with as soon as it begins. */
  silence() {
    this.#port?.clear?.(); // few browsers have it yet
    const now = performance.now();
    for (const { channel, pitch, start, end } of this.#sent)
      if (end > now) this.#send([NOTE_OFF | channel, pitch, 0], Math.max(now, start));
    for (const channel of Object.values(CHANNELS)) this.#send([CONTROL | channel, ALL_NOTES_OFF, 0]);
    this.#sent = [];
  }

  get #port() {
    const port = this.#access.outputs.get(this.#output);
    return port?.state === "connected" ? port : undefined;
  }

  #send(data, when) {
    this.#port?.send(data, when);
  }

  #hear([status, pitch, velocity]) {
    const kind = status & 0xf0;
    if (kind !== NOTE_ON && kind !== NOTE_OFF) return;
    const isOn = kind === NOTE_ON && velocity > 0;
    this.#held[isOn ? "add" : "delete"](pitch);
    this.onnote({ pitch, velocity: isOn ? velocity : 0 });
  }
}

const there = (ports) => [...ports.values()].filter(({ state }) => state === "connected").map(({ id, name }) => ({ id, name }));
