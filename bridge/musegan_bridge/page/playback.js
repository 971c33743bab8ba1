// Plays committed bars: hands each note on shortly before it sounds, so that a change of tempo moves all that is still to come.
// A note is handed on once, whatever happens to the beats. Times are Unix seconds, of the server's clock.

const BEATS = 4; // in a bar
const EVERY = 25; // ms
const AHEAD = 0.2; // seconds before it sounds that a note is handed on
const HIDDEN = 2.5; // the same in a hidden page, where browsers call timers once a second or less
const GRACE = 0.05; // seconds that a note may be late, and still be played
const JUMP = 0.1; // beats: what is less is a correction of the clock

/** Plays bars on a ServerClock. */
export class Playback {
  #bars = new Map(); // number -> { notes, done: beats since bar 0; what is before was handed on }
  #anchors = []; // { beat, time, tempo } by beat: where the beats fall from that one on

  /** `play(track, { pitch, velocity, duration: seconds }, time)` is called for each note; `timer: false` leaves tick to you. */
  constructor({ clock, play, isHidden = () => globalThis.document?.hidden, timer = true }) {
    [this.clock, this.play, this.isHidden] = [clock, play, isHidden];
    if (!timer) return;
    setInterval(() => this.tick(), EVERY);
    globalThis.document?.addEventListener("visibilitychange", () => this.tick()); // before the timer slows down
  }

  /** Take a committed bar: { number, tempo, downbeat: Unix seconds, notes: [{ track, position, pitch, velocity, duration }] }. */
  bar({ number, tempo, downbeat, notes }) {
    const beat = number * BEATS;
    this.#anchor({ beat, time: downbeat, tempo });
    // One that comes again, or that has begun, goes on from where it is.
    const done = this.#bars.get(number)?.done ?? Math.max(beat, this.#beatAt(this.clock.unix() - GRACE));
    this.#bars.set(number, { notes, done });
    this.tick();
  }

  /** Take a change of tempo: `beat` falls on `time`, and those after it as `tempo` says. */
  tempo({ tempo, beat, time }) {
    this.#anchor({ beat, time, tempo });
    this.tick();
  }

  /** Forget all bars: nothing more is played of them. */
  silence() {
    this.#bars.clear();
    this.#anchors = [];
  }

  /** Hand on the notes that are due. */
  tick() {
    this.clock.look?.();
    if (!this.#bars.size) return;
    const now = this.clock.unix();
    const until = this.#beatAt(now + (this.isHidden() ? HIDDEN : AHEAD));
    for (const [number, bar] of this.#bars) {
      for (const { track, position, duration, pitch, velocity } of bar.notes) {
        const beat = number * BEATS + position;
        if (beat < bar.done || beat >= until) continue;
        const time = this.#timeOf(beat);
        if (time < now - GRACE) continue; // it was to sound while the page could not
        if (this.#beatAt(time) > beat + JUMP) continue; // the beats passed it over
        this.play(track, { pitch, velocity, duration: this.#timeOf(beat + duration) - time }, time);
      }
      bar.done = Math.max(bar.done, until);
      if (bar.done >= (number + 1) * BEATS && this.#beatAt(now) > (number + 2) * BEATS) this.#bars.delete(number);
    }
  }

  // Where the beats fall from one on: what was known of later ones no longer holds.
  #anchor(anchor) {
    this.#anchors = [...this.#anchors.filter(({ beat }) => beat < anchor.beat), anchor].slice(-16);
  }

  #timeOf(beat) {
    const { beat: first, time, tempo } = this.#anchors.findLast((anchor) => anchor.beat <= beat) ?? this.#anchors[0];
    return time + ((beat - first) * 60) / tempo;
  }

  #beatAt(time) {
    const anchor = this.#anchors.findLast((anchor) => anchor.time <= time) ?? this.#anchors[0];
    return anchor.beat + ((time - anchor.time) * anchor.tempo) / 60;
  }
}
