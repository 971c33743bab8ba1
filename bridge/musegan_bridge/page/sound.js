// The band's sound, by Web Audio alone: samples that are computed at the start, played through a small mixing desk.
// Times are seconds on the context's clock, and are those at which a note is heard to begin.

import { BAND, HATS, stand, strokes } from "./sound/band.js";
import { DELAY, desk, hall } from "./sound/room.js";

const VOICES = 64; // notes at once; more, and the oldest ends
const QUICK = 0.012; // time constant of an end that should not click, in seconds
const LATE = 0.1; // seconds
const SILENT = 8; // time constants after which nothing is heard
const UNITY = 0.7; // the volume that is 0 dB

const gain = (decibels) => 10 ** (decibels / 20);
const level = (volume) => (Math.min(1, Math.max(0, volume)) / UNITY) ** 2;

/** Plays notes of the tracks bass, drums, guitar, piano and strings. */
export class Sound {
  #channels = {};
  #samples = {}; // AudioBuffers by instrument, pitch and stroke
  #voices = new Set(); // sounding or to come
  #strokes = 0;
  #out;
  #volume;
  #worker = null;
  #ordered = new Set(); // what the worker was told to make: "track/pitch/stroke"
  #awaited = 0; // how much of it is still to come

  constructor(context = new AudioContext({ latencyHint: "interactive" })) {
    this.context = context;
    [this.#out, this.#volume] = desk(context);
    const room = new ConvolverNode(context, { buffer: hall(context) });
    room.connect(this.#out);
    for (const [track, { trim, low, pan, room: send }] of Object.entries(BAND)) {
      const into = new BiquadFilterNode(context, { type: "highpass", frequency: low });
      const fader = new GainNode(context, { gain: gain(trim) });
      into.connect(fader).connect(new StereoPannerNode(context, { pan })).connect(this.#out);
      fader.connect(new GainNode(context, { gain: gain(send) })).connect(room);
      this.#samples[track] = {};
      this.#channels[track] = { into, fader, trim: gain(trim), volume: UNITY, muted: false };
    }
  }

  /**
   * Begin to sound, which browsers allow after a click or a key. The samples that will be needed are made meanwhile;
   * `ready` is a promise of them all. Notes can be played at once.
   */
  async start() {
    this.ready ??= this.#prepare();
    await this.context.resume();
  }

  /** Seconds on the context's clock. */
  get now() {
    return this.context.currentTime;
  }

  /** Play a note: velocity 1..127, duration in seconds. One that is a tenth of a second late is left out. */
  play(track, { pitch, velocity, duration }, when = this.now) {
    if (when < this.now - LATE) return;
    const voice = this.#begin(track, pitch, velocity, when);
    if (voice.release) this.#end(voice, voice.start + Math.max(0.02, duration), voice.release);
  }

  /** Begin a note that noteOff ends. */
  noteOn(track, pitch, velocity, when = this.now) {
    this.#begin(track, pitch, velocity, when).held = true;
  }

  /** End what noteOn began. */
  noteOff(track, pitch, when = this.now) {
    for (const voice of this.#voices)
      if (voice.held && voice.track === track && voice.pitch === pitch) {
        voice.held = false;
        if (voice.release) this.#end(voice, this.#time(when), voice.release);
      }
  }

  /** End all notes at once, and forget those to come; the room rings out. */
  silence(when = this.now) {
    for (const voice of this.#voices) this.#end(voice, this.#time(when), QUICK);
  }

  /** Set how loud a track is: 0..1, 0.7 as mixed. */
  setVolume(track, volume) {
    this.#channels[track].volume = volume;
    this.#fade(track);
  }

  /** Leave a track out, or not. */
  setMute(track, muted) {
    this.#channels[track].muted = muted;
    this.#fade(track);
  }

  /** How loud all is: 0..1, 0.7 as mixed. */
  set master(volume) {
    this.#volume.gain.setTargetAtTime(level(volume), this.now, QUICK);
  }

  /** End all, for good. */
  async close() {
    this.silence();
    this.#worker?.terminate();
    this.#worker = null;
    await this.context.close();
  }

  #fade(track) {
    const { fader, trim, volume, muted } = this.#channels[track];
    fader.gain.setTargetAtTime(muted ? 0 : trim * level(volume), this.now, QUICK);
  }

  // When to begin so that it is heard at `when`.
  #time(when) {
    return Math.max(this.now, when - DELAY);
  }

  #begin(track, pitch, velocity, when) {
    const { context } = this;
    const start = this.#time(when);
    const part = BAND[track];
    const strength = velocity / 127;
    const [buffer, made] = this.#buffer(track, pitch, (this.#strokes += 1));
    const [pan, own] = track === "drums" ? stand(pitch) : [0, 0];
    const loudness = gain(own + part.range * (strength - 1));

    const source = new AudioBufferSourceNode(context, { buffer, loop: Boolean(part.loops) });
    source.playbackRate.value = 2 ** ((pitch - made) / 12);
    const cutoff = part.bright(pitch) * 2 ** (part.octaves * strength);
    const tone = new BiquadFilterNode(context, { frequency: Math.min(cutoff, 0.45 * context.sampleRate), Q: -3 });
    const swell = new GainNode(context, { gain: part.attack ? 0 : loudness });
    if (part.attack) swell.gain.setTargetAtTime(loudness, start, part.attack * (1.6 - strength));
    source.connect(tone).connect(swell);
    if (pan) swell.connect(new StereoPannerNode(context, { pan })).connect(this.#channels[track].into);
    else swell.connect(this.#channels[track].into);

    const voice = { track, pitch, source, swell, start, release: part.release, held: false };
    voice.end = part.loops ? Infinity : start + buffer.duration / source.playbackRate.value;
    this.#makeWay(voice);
    this.#voices.add(voice);
    source.onended = () => {
      this.#voices.delete(voice);
      swell.disconnect();
    };
    // A loop is entered anywhere, so that a note that comes again is another stroke of the bows.
    source.start(start, part.loops ? (this.#strokes * 0.618 * buffer.duration) % buffer.duration : 0);
    return voice;
  }

  // Ends what a new voice replaces: the same note, a hat that it closes, and the oldest of too many.
  #makeWay({ track, pitch, start }) {
    const sounding = [...this.#voices].filter((voice) => voice.start <= start && voice.end > start);
    for (const voice of sounding) {
      if (voice.track !== track) continue;
      const isOver = track === "drums" ? HATS.includes(pitch) && HATS.includes(voice.pitch) : voice.pitch === pitch;
      if (isOver) this.#end(voice, start, QUICK);
    }
    const left = sounding.filter((voice) => voice.end > start + SILENT * QUICK);
    if (left.length >= VOICES) this.#end(left.reduce((a, b) => (b.start < a.start ? b : a)), start, QUICK);
  }

  // Lets a voice fade from a time on; one that has not begun by then never sounds.
  #end(voice, at, constant) {
    const over = voice.start >= at ? at : at + SILENT * constant;
    if (over >= voice.end) return;
    voice.end = over;
    voice.swell.gain.cancelScheduledValues(at);
    voice.swell.gain.setTargetAtTime(0, at, constant);
    voice.source.stop(over);
  }

  // The samples of a note, and the pitch they have.
  #buffer(track, pitch, count) {
    const { step, make } = BAND[track];
    const [made, stroke] = [step * Math.round(pitch / step), track === "drums" ? count % strokes(pitch) : 0];
    const pitches = this.#samples[track];
    if (!pitches[made]?.[stroke]) {
      // Another stroke will do until the worker has made it, or the nearest pitch: better than a page that halts.
      const away = (other) => Math.abs(other - made);
      const near = Object.keys(pitches).filter((other) => track !== "drums" || other == made);
      if (this.#worker && near.length) {
        this.#order([{ track, pitch: made, stroke }]);
        const next = Number(near.reduce((a, b) => (away(b) < away(a) ? b : a)));
        return [Object.values(pitches[next])[0], next];
      }
      this.#keep(track, made, stroke, make(made, this.context.sampleRate, stroke));
    }
    return [pitches[made][stroke], made];
  }

  #keep(track, pitch, stroke, channels) {
    const buffer = this.context.createBuffer(channels.length, channels[0].length, this.context.sampleRate);
    channels.forEach((samples, i) => buffer.copyToChannel(samples, i));
    (this.#samples[track][pitch] ??= {})[stroke] = buffer;
  }

  // Lets a worker make samples: of all that is commonly played, what comes most often first, a little of each track at a time.
  #prepare() {
    const list = [];
    for (const [track, { pitches }] of Object.entries(BAND))
      for (const [place, pitch] of pitches.entries())
        for (let stroke = 0; stroke < (track === "drums" ? strokes(pitch) : 1); stroke++)
          list.push({ track, pitch, stroke, place: place + 8 * stroke });
    const worker = (this.#worker = new Worker(new URL("./sound/worker.js", import.meta.url), { type: "module" }));
    return new Promise((done) => {
      worker.onmessage = ({ data: { track, pitch, stroke, channels } }) => {
        this.#keep(track, pitch, stroke, channels);
        if (--this.#awaited === 0) done();
      };
      worker.onerror = () => {
        this.#worker = null; // then each is made when it is first played
        done();
      };
      this.#order(list.sort((a, b) => a.place - b.place));
    });
  }

  #order(list) {
    const fresh = list.filter(({ track, pitch, stroke }) => {
      const name = `${track}/${pitch}/${stroke}`;
      return !this.#ordered.has(name) && this.#ordered.add(name);
    });
    this.#awaited += fresh.length;
    if (fresh.length) this.#worker.postMessage({ rate: this.context.sampleRate, list: fresh });
  }
}

/**
 * Return the AudioBuffer of notes { track, pitch, velocity, time, duration }, all in seconds, as the page would play them.
 * Chromium only: other browsers cannot pause an OfflineAudioContext.
 */
export async function renderBars(notes, seconds, sampleRate = 48000) {
  const skip = Math.round(DELAY * sampleRate);
  const context = new OfflineAudioContext(2, Math.ceil(seconds * sampleRate) + skip, sampleRate);
  const sound = new Sound(context);
  const slices = Object.groupBy(notes, ({ time }) => Math.floor(time));
  for (const [second, slice] of Object.entries(slices)) {
    if (second >= seconds) continue;
    // Second by second, as live: notes that wait cost as much as notes that sound.
    context.suspend(Number(second)).then(() => {
      for (const { track, time, ...note } of slice.sort((a, b) => a.time - b.time)) sound.play(track, note, time + DELAY);
      context.resume();
    });
  }
  const whole = await context.startRendering();
  const buffer = new AudioBuffer({ numberOfChannels: 2, length: whole.length - skip, sampleRate });
  for (const side of [0, 1]) buffer.copyToChannel(whole.getChannelData(side).subarray(skip), side);
  return buffer;
}
