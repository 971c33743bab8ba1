// What the page knows of the show: its bars, where the beats are, what was heard of the musician and what is expected of them.
// No drawing, no sound.

import { HeardChords } from "./chords.js";
import { Expectations } from "./expected.js";
import { Form } from "./form.js";

const BEATS = 4; // in a bar
const KEPT = 16; // bars that are over
const SURE = 0.5; // from which on what is expected of the musician is taken for what they will play
const REMEMBERED = 32; // beats that what was heard is kept

const STATUS = [
  "playing", "tempo", "beat", "seed", "track", "held", "subscribers", "bars", "late", "slack", "rejected", "bundle", "provider",
  "mode", "key", "clock", "slackP50", "slackP95", "slackP99", "planned", "section",
  "chord", "bandChord", "chartChord", "chartBar", "chartBars", "loop", "confidence", "freshnessP50", "freshnessP95",
];

/** A show as it is told, message by message. */
export class Show {
  /** Number -> bar, as connection.js puts it together. A planned one gives way to the committed one of its number. */
  bars = new Map();
  /** Of the musician: { track, pitch, velocity, start, end }, in beats since bar 0; end is null while it is held. */
  heard = [];
  /** The musician's chords. */
  chords = new HeardChords();
  /** Which phrase of the form plays. */
  form = new Form();
  /** How the band follows, as /musegan/in/mode says. */
  mode = "";
  /** As /musegan/status/reply tells, or null. */
  status = null;
  /** Where the beats are: { beat, time: Unix seconds, tempo }; null: nothing plays. */
  timeline = null;
  #expected = new Expectations();

  /** Forget all: another band, or the same one begun again. */
  clear() {
    this.bars.clear();
    this.heard = [];
    this.chords.clear();
    this.form.clear();
    this.#expected.clear();
    this.status = this.timeline = null;
  }

  /** Take a bar, planned or committed. */
  take(bar) {
    this.bars.set(bar.number, bar);
    // Until the tempo changes the last bar knows best: its timetag is the downbeat.
    if (bar.committed) this.timeline = { beat: bar.number * BEATS, time: bar.downbeat, tempo: bar.tempo };
    if (bar.committed) this.form.take(bar);
    for (const number of this.bars.keys()) if (number < bar.number - KEPT) this.bars.delete(number);
    this.#expected.forget((number) => number < bar.number - KEPT);
  }

  /** Take /musegan/tempo/changed: the beats fall otherwise from `time` on. */
  move(tempo, beat, time) {
    this.timeline = { beat, time, tempo };
  }

  /** Take /musegan/silence: what was to come does not. */
  silence(unix) {
    const now = this.beatAt(unix);
    for (const [number] of this.bars) if (now === null || number * BEATS > now) this.bars.delete(number);
    for (const note of this.heard) note.end ??= now ?? note.start;
    this.#expected.clear();
    this.form.silence(now);
    this.timeline = null;
  }

  /** Take /musegan/heard. */
  hear(bar, position, track, pitch, velocity) {
    const beat = bar * BEATS + position;
    const held = this.heard.find((note) => note.end === null && note.pitch === pitch && note.track === track);
    if (held) held.end = Math.max(held.start, beat);
    if (velocity > 0) this.heard.push({ track, pitch, velocity, start: beat, end: null });
    this.heard = this.heard.filter((note) => note.end === null || note.end > beat - REMEMBERED);
  }

  /** Take /musegan/status/reply. */
  tell(...values) {
    this.status = Object.fromEntries(STATUS.map((name, i) => [name, values[i]]));
    if (!this.status.playing) this.timeline = null;
    const { loop, confidence } = this.status;
    this.#expected.loop = loop;
    // The band says so when it expects nothing more, and only of bars that are not committed.
    if (confidence < 0) this.#expected.forget((number) => !this.bars.get(number)?.committed);
  }

  /** Take /musegan/expected/bar. */
  expect(...values) {
    this.#expected.begin(...values);
  }

  /** Take /musegan/expected/notes. */
  expectNotes(...values) {
    this.#expected.add(...values);
  }

  /** What the band expects of the musician, bar by bar; nothing where it does not anticipate. */
  get expected() {
    return this.#anticipates ? [...this.#expected.bars.values()] : [];
  }

  /** Whether the band is sure of what the musician will play in some bar. */
  get isSure() {
    return this.expected.some(({ confidence, notes }) => confidence >= SURE && notes.length > 0);
  }

  /** Bars of the loop that the musician plays, as far as the band plays to it; 0: none. */
  get loop() {
    return this.#anticipates ? this.#expected.loop : 0;
  }

  /** Return the bar at a beat; undefined: it is not known, or nothing plays. */
  barAt(beat) {
    return beat === null ? undefined : this.bars.get(Math.floor(beat / BEATS));
  }

  /** Return the name of the chord that the musician plays at a beat; empty: none, and after a bar of rest. */
  chordOfMusician(beat) {
    if (beat === null || !this.#isPlayed(beat - BEATS, beat)) return "";
    return this.chords.last?.name ?? this.status?.chord ?? "";
  }

  /**
   * Return for a bar a function of a beat in it, which says the pitch classes of the musician's chord then, as a Set: what was
   * heard until the beat that is `now`, and after it what is expected. Undefined: there is no chord.
   */
  harmonyOf(number, now) {
    const start = number * BEATS;
    const isPlayed = this.#isPlayed(start, start + BEATS);
    const heard = (at) => (isPlayed ? nonempty(this.chords.at(at)?.classes) : undefined);
    const expected = this.#anticipates ? this.#expected.bars.get(number) : undefined;
    const pitched = expected?.chord && expected.confidence >= SURE ? expected.notes.filter(({ track }) => track !== "drums") : [];
    const coming = nonempty(new Set(pitched.map(({ pitch }) => pitch % 12)));
    if (now === null || now >= start + BEATS) return heard;
    return (at) => (at > now || start > now ? (coming ?? (now >= start ? heard(at) : undefined)) : heard(at));
  }

  get #anticipates() {
    return this.mode === "anticipate";
  }

  // Whether the musician sounded between two beats.
  #isPlayed(from, to) {
    return this.heard.some(({ start, end }) => start < to && (end ?? Infinity) > from);
  }

  /** Return the beats since bar 0 at a Unix time; null: nothing plays. */
  beatAt(unix) {
    return this.timeline && this.timeline.beat + ((unix - this.timeline.time) * this.timeline.tempo) / 60;
  }

  /** Return what a bar is at a beat: played, playing, committed or planned. */
  static stateOf(bar, beat) {
    if (!bar.committed) return "planned";
    if (beat === null || beat >= (bar.number + 1) * BEATS) return "played";
    return beat >= bar.number * BEATS ? "playing" : "committed";
  }
}

const nonempty = (set) => (set?.size ? set : undefined);
