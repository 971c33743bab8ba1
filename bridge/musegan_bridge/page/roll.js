// The piano-roll: a lane for each track, moving under a playhead. It draws what a show knows, and changes nothing.

import { Show } from "./show.js";

const BEATS = 4;
const BEHIND = 0.35; // of the width is left of the playhead
const BEAT = 54; // px of a beat, as near as may be
const [FEWEST, MOST] = [10, 26]; // beats in the picture
const RULER = 36; // px
const BROKEN = [4, 3]; // px of a note, and of the gap after them, where it is not in the musician's chord
const NARROWEST = 15; // semitones of a lane
const ROOM = 80; // px of a bar in which there is room for the name of its chord
const FOOT = 14; // px at the bottom of the musician's lane, where it says how sure the band is
const UNSURE = 0.45; // how dense a note is that the band does not expect at all
const MARGIN = 2; // semitones above and below
const PAGE = 2 * BEATS; // beats that the picture stands still where motion is not wanted

/** Draws a show on a canvas. `start`, then it keeps itself up to date. */
export class Roll {
  /** Names of the tracks, from the top down. */
  tracks = [];
  /** Names of those that are the musician's. */
  own = new Set();
  /** Names of those that are not heard. */
  silent = new Set();
  #canvas;
  #show;
  #beat;
  #colours = {};
  #ranges = new Map(); // track -> [low, high]
  #at = 0; // the last beat that was heard: where it stops the picture stays
  #still = matchMedia("(prefers-reduced-motion: reduce)");

  /** `beat`: returns the beat that is heard now, or null. */
  constructor(canvas, show, beat) {
    this.#canvas = canvas;
    this.#show = show;
    this.#beat = beat;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#dress());
    new ResizeObserver(() => this.#fit()).observe(canvas);
  }

  /** Draw from now on. */
  start() {
    this.#dress();
    this.#fit();
    const frame = () => {
      this.draw();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  /**
   * Return all that is in the picture now: { beat, bars: [{ number, state, chord, x, width }], notes: [{ x, y, width, height, ... }],
   * expected: [{ number, confidence, x, y, width }] }. A note is `foreign` where it is not in the musician's chord.
   */
  layout() {
    const beat = this.#beat();
    this.#at = beat ?? this.#at;
    const left = this.#left(this.#at);
    const { width, height } = this.#size;
    const scale = width / this.#span;
    const x = (at) => (at - left) * scale;
    const lane = (height - RULER) / Math.max(1, this.tracks.length);
    const bars = [];
    const notes = [];
    const expected = [];
    for (const bar of [...this.#show.bars.values()].sort((a, b) => a.number - b.number)) {
      const start = bar.number * BEATS;
      if (start + BEATS + 4 < left || x(start) > width) continue; // notes last a bar at most
      const state = Show.stateOf(bar, beat);
      bars.push({ number: bar.number, measure: bar.measure, state, repeated: bar.repeated, chord: bar.chord || chordsOf(bar.chart), x: x(start), width: BEATS * scale });
      const harmony = this.#show.harmonyOf(bar.number, beat);
      for (const note of bar.notes) {
        const place = this.#place(note.track, note.pitch, lane);
        const at = start + note.position;
        const sounds = beat !== null && beat >= at && beat < at + note.duration;
        const classes = note.track === "drums" || this.own.has(note.track) ? undefined : harmony(at);
        const foreign = Boolean(classes) && !classes.has(note.pitch % 12);
        if (place) notes.push({ ...note, ...place, bar: bar.number, state, sounds, foreign, x: x(at), width: Math.max(2, note.duration * scale - 1) });
      }
    }
    const own = this.tracks.findIndex((track) => this.own.has(track));
    for (const { number, confidence, notes: coming } of this.#show.expected) {
      const start = number * BEATS;
      if (own < 0 || start + BEATS <= (beat ?? this.#at) || x(start) > width) continue; // a bar that is over is no guess
      expected.push({ number, confidence, x: x(start), y: RULER + own * lane, width: BEATS * scale });
      for (const note of coming) {
        const place = this.#place(note.track, note.pitch, lane);
        if (place) notes.push({ ...note, ...place, bar: number, state: "expected", confidence, x: x(start + note.position), width: Math.max(3, note.duration * scale - 1) });
      }
    }
    for (const note of this.#show.heard) {
      const place = this.#place(note.track, note.pitch, lane);
      const end = note.end ?? beat ?? note.start;
      if (place && end >= left) notes.push({ ...note, ...place, state: "you", sounds: note.end === null, x: x(note.start), width: Math.max(3, (end - note.start) * scale) });
    }
    return { beat, bars, notes, expected, lane, playhead: beat === null ? null : x(beat), width, height, scale, left };
  }

  /** Draw it as it is now. */
  draw() {
    this.#widen();
    const context = this.#canvas.getContext("2d");
    const picture = this.layout();
    const { lane, width, height, playhead } = picture;
    const colours = this.#colours;
    context.clearRect(0, 0, width, height);
    this.tracks.forEach((track, i) => {
      context.fillStyle = this.own.has(track) ? colours.own : i % 2 ? colours.lane : colours.other;
      context.fillRect(0, RULER + i * lane, width, lane);
    });
    this.#grid(context, picture);
    for (const note of picture.notes) this.#note(context, note);
    for (const bar of picture.expected) this.#confidence(context, bar, lane);
    this.#names(context, lane);
    if (playhead !== null) {
      context.fillStyle = colours.playhead;
      context.fillRect(Math.round(playhead) - 1, 0, 2, height);
    }
  }

  get #size() {
    return { width: this.#canvas.clientWidth, height: this.#canvas.clientHeight };
  }

  // Beats in the picture.
  get #span() {
    return Math.min(MOST, Math.max(FEWEST, this.#size.width / BEAT));
  }

  // The beat at the left edge. Where motion is not wanted the picture is turned like a page.
  #left(at) {
    return this.#still.matches ? Math.floor(at / PAGE) * PAGE - BEATS : at - BEHIND * this.#span;
  }

  #grid(context, { bars, left, scale, width, height }) {
    const colours = this.#colours;
    for (let beat = Math.ceil(left); (beat - left) * scale < width; beat++) {
      context.fillStyle = beat % BEATS ? colours.beat : colours.bar;
      context.fillRect(Math.round((beat - left) * scale), beat % BEATS ? RULER : 0, 1, height);
    }
    context.textBaseline = "middle";
    for (const { number, measure, state, repeated, chord, x, width: wide } of bars) {
      if (state === "planned") context.fillStyle = colours.planned;
      else context.fillStyle = state === "playing" ? colours.playing : state === "committed" ? colours.committed : colours.played;
      context.fillRect(x + 1, 0, wide - 1, RULER - 6);
      if (measure === 0) context.fillRect(x - 1, 0, 3, height); // a phrase begins
      context.fillStyle = state === "playing" ? colours.onPlaying : colours.text;
      context.font = `600 12px ${colours.font}`;
      const words = state === "playing" ? "plays" : repeated ? "again" : state;
      context.fillText(`${number + 1}`, x + 8, RULER / 2 - 3);
      context.font = `700 14px ${colours.font}`;
      const chordWidth = wide > ROOM && chord ? context.measureText(chord).width : 0;
      if (chordWidth && chordWidth < wide - 40) context.fillText(chord, x + wide - chordWidth - 8, RULER / 2 - 3);
      context.font = `11px ${colours.font}`;
      if (wide - chordWidth > 96) context.fillText(words, x + 16 + 7 * `${number + 1}`.length, RULER / 2 - 3);
    }
  }

  // How sure the band is of what it expects in a bar: in words, and as a line that is as long.
  #confidence(context, { confidence, x, y, width }, lane) {
    const colours = this.#colours;
    const middle = Math.round(y + lane - FOOT / 2 - 1);
    context.font = `600 11px ${colours.font}`;
    context.fillStyle = colours.text;
    context.fillText(`${Math.round(confidence * 100)} %`, x + 6, middle);
    const [start, whole] = [x + 46, Math.max(0, width - 54)];
    context.fillStyle = colours.bar;
    context.fillRect(start, middle - 1, whole, 2);
    context.fillStyle = colours.text;
    context.fillRect(start, middle - 1, whole * confidence, 2);
  }

  #note(context, { track, state, sounds, foreign, confidence, x, y, width, height, velocity }) {
    const colours = this.#colours;
    const isOwn = state === "you" || state === "expected";
    const colour = isOwn ? colours.you : colours.tracks[this.tracks.indexOf(track) % colours.tracks.length];
    context.globalAlpha = this.silent.has(track) && !isOwn ? 0.2 : state === "played" ? 0.5 : 1;
    if (state === "planned" || state === "expected") {
      context.strokeStyle = colour;
      context.lineWidth = 1;
      if (state === "expected") context.globalAlpha = UNSURE + (1 - UNSURE) * confidence;
      if (foreign) context.setLineDash(BROKEN);
      context.strokeRect(x + 0.5, y + 0.5, Math.max(1, width - 1), Math.max(1, height - 1));
      context.setLineDash([]);
    } else {
      if (state === "committed") context.globalAlpha *= 0.55 + (0.45 * velocity) / 127;
      context.fillStyle = sounds ? colours.sounds[this.tracks.indexOf(track) % colours.sounds.length] : colour;
      if (state === "you") context.fillStyle = colour;
      if (!foreign) context.fillRect(x, y, width, height);
      else for (let at = 0; at < width; at += BROKEN[0] + BROKEN[1]) context.fillRect(x + at, y, Math.min(BROKEN[0], width - at), height);
    }
    context.globalAlpha = 1;
  }

  // In a narrow window the strips are not beside the lanes: then the names stand in them.
  #names(context, lane) {
    if (!matchMedia("(max-width: 60rem)").matches) return;
    context.font = `600 12px ${this.#colours.font}`;
    context.fillStyle = this.#colours.text;
    this.tracks.forEach((track, i) => context.fillText(track, 6, RULER + i * lane + 10));
  }

  // Where a pitch of a track lies; undefined: on no lane.
  #place(track, pitch, lane) {
    const i = this.tracks.indexOf(track);
    const range = this.#ranges.get(track);
    if (i < 0 || !range) return undefined;
    const [low, high] = range;
    const foot = this.own.has(track) && this.#show.mode === "anticipate" ? FOOT : 0;
    const step = (lane - foot - 6) / (high - low + 1);
    const height = Math.max(4, Math.round(step - 0.5)); // whole pixels: sharp edges
    return { y: Math.round(RULER + i * lane + 3 + (high - Math.min(high, Math.max(low, pitch))) * step), height };
  }

  // A lane shows all pitches that its bars have, and does not jump when one goes.
  #widen() {
    const bars = [...this.#show.bars.values(), ...this.#show.expected];
    const pitches = [...bars.flatMap((bar) => bar.notes), ...this.#show.heard];
    for (const track of this.tracks) {
      const own = pitches.filter((note) => note.track === track).map((note) => note.pitch);
      if (!own.length) continue;
      let [low, high] = [Math.min(...own) - MARGIN, Math.max(...own) + MARGIN];
      const spare = NARROWEST - (high - low);
      if (spare > 0) [low, high] = [low - Math.floor(spare / 2), high + Math.ceil(spare / 2)];
      this.#ranges.set(track, [low, high]);
    }
  }

  #fit() {
    const { width, height } = this.#size;
    const ratio = devicePixelRatio;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.#canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  // Takes the colours of the style sheet.
  #dress() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const names = ["lane", "other", "own", "beat", "bar", "played", "playing", "committed", "planned", "text", "playhead", "you"];
    this.#colours = Object.fromEntries(names.map((name) => [name, colour(`roll-${name}`)]));
    this.#colours.onPlaying = colour("on-accent");
    this.#colours.tracks = [0, 1, 2, 3, 4].map((i) => colour(`track-${i}`));
    this.#colours.sounds = [0, 1, 2, 3, 4].map((i) => colour(`sounds-${i}`));
    this.#colours.font = style.fontFamily;
  }
}

const chordsOf = (chart) => chart?.chords.map(({ name }) => name || "N.C.").join("  ") ?? "";
