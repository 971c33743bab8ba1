// What the band expects the musician to play in the bars to come, put together message by message.

import { notesOf } from "./osc.js";

export class Expectations {
  /** Number of a bar -> { number, confidence, chord, notes }. */
  bars = new Map();
  /** Bars of the loop that the musician plays; 0: none. */
  loop = 0;
  #next = null; // the bar that is being told

  clear() {
    this.bars.clear();
    this.loop = 0;
    this.#next = null;
  }

  /** Take /musegan/expected/bar; a source of -1 says that nothing is expected any more. */
  begin(number, source, semitones, confidence, loop, chord, parts) {
    this.loop = loop;
    if (source < 0) {
      this.bars.delete(number);
      this.#next = null;
      return;
    }
    this.#next = { number, confidence, chord, notes: [], parts };
    this.#take();
  }

  /** Take /musegan/expected/notes. */
  add(number, track, part, ...values) {
    if (this.#next?.number !== number) return;
    this.#next.notes.push(...notesOf(track, values));
    this.#next.parts -= 1;
    this.#take();
  }

  /** Forget the bars for which `isOver` is true of the number. */
  forget(isOver) {
    for (const number of this.bars.keys()) if (isOver(number)) this.bars.delete(number);
  }

  #take() {
    if (this.#next.parts > 0) return;
    this.bars.set(this.#next.number, this.#next);
    this.#next = null;
  }
}
