// What the page knows of the show: its bars, where the beats are, what was heard of the musician. No drawing, no sound.

const BEATS = 4; // in a bar
const KEPT = 16; // bars that are over
const REMEMBERED = 32; // beats that what was heard is kept

const STATUS = [
  "playing", "tempo", "beat", "seed", "track", "held", "subscribers", "bars", "late", "slack", "rejected", "bundle", "provider",
  "mode", "key", "clock", "slackP50", "slackP95", "slackP99", "planned", "section",
];

/** A show as it is told, message by message. */
export class Show {
  /** Number -> bar, as connection.js puts it together. A planned one gives way to the committed one of its number. */
  bars = new Map();
  /** Of the musician: { track, pitch, velocity, start, end }, in beats since bar 0; end is null while it is held. */
  heard = [];
  /** As /musegan/status/reply tells, or null. */
  status = null;
  /** Where the beats are: { beat, time: Unix seconds, tempo }; null: nothing plays. */
  timeline = null;

  /** Forget all: another band, or the same one begun again. */
  clear() {
    this.bars.clear();
    this.heard = [];
    this.status = this.timeline = null;
  }

  /** Take a bar, planned or committed. */
  take(bar) {
    this.bars.set(bar.number, bar);
    // Until the tempo changes the last bar knows best: its timetag is the downbeat.
    if (bar.committed) this.timeline = { beat: bar.number * BEATS, time: bar.downbeat, tempo: bar.tempo };
    for (const number of this.bars.keys()) if (number < bar.number - KEPT) this.bars.delete(number);
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
