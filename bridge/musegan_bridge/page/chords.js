// Chords by name: the musician's, as the band hears them, beside the band's own.

import { put } from "./status.js";

const BEATS = 4; // in a bar
const KEPT = 32; // chords
const PROMPT = 1; // beats: a chord has its name a little after it is struck, and is taken to begin so much earlier
const NONE = "–";

/** The chords that the musician played. */
export class HeardChords {
  #told = []; // { beat, name, classes: Set of pitch classes, C first }

  clear() {
    this.#told = [];
  }

  /** Take /musegan/heard/chord. */
  hear(bar, position, name, ...classes) {
    this.#told = [...this.#told.slice(1 - KEPT), { beat: bar * BEATS + position, name, classes: new Set(classes) }];
  }

  /** The last one, or undefined. */
  get last() {
    return this.#told.at(-1);
  }

  /** Return the chord at a beat; undefined: none is known. */
  at(beat) {
    const bar = Math.floor(beat / BEATS);
    return this.#told.findLast((chord) => chord.beat <= beat + PROMPT && chord.beat < (bar + 1) * BEATS);
  }
}

/** Say on the page which chord the musician plays at a beat (null: nothing plays), which the band, and how long the loop is. */
export function tellChords(show, beat) {
  const yours = show.chordOfMusician(beat);
  const bands = show.barAt(beat)?.chord ?? "";
  const loop = show.loop;
  put("your-chord", yours || NONE);
  put("band-chord", bands || NONE).classList.toggle("same", agree(yours, bands));
  put("loop", loop ? `${loop} ${loop === 1 ? "bar" : "bars"}` : NONE);
}

/** Return whether the band plays the musician's chord: the same, over whatever bass, or its root and fifth alone. */
export function agree(yours, bands) {
  const [own, other] = [yours, bands].map((name) => name.split("/")[0]);
  return own !== "" && (own === other || other === `${rootOf(own)}5`);
}

const rootOf = (name) => /^[A-G][#b]*/.exec(name)?.[0];
