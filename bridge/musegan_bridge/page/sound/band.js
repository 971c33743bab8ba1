// How the five instruments are played and mixed: a table. Levels are in dB, times in seconds, places -1 (left) .. 1 (right).

import { drum } from "./drums.js";
import { piano } from "./piano.js";
import { bass, guitar } from "./plucked.js";
import { hertz } from "./signals.js";
import { strings } from "./strings.js";

// make: samples of a pitch; step: pitches from one to the next that is made, those between are played slower or faster;
// pitches: what is made before it is asked for, the first first; attack and release: time constants, 0: as it was made;
// range: dB from the softest note to the loudest; bright: Hz of the low-pass of the softest note, octaves up to the loudest;
// trim: dB of a channel; low: Hz of its high-pass; room: dB that it sends to the reverb.
const tonal = (low, high) => {
  const zones = Array.from({ length: Math.floor((high - low) / 3) + 1 }, (_, i) => low + 3 * i);
  const middle = (low + high) / 2;
  return zones.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
};

export const BAND = {
  bass: {
    make: bass, step: 3, pitches: tonal(24, 54), attack: 0, release: 0.045, range: 22,
    bright: (pitch) => 300 + hertz(pitch), octaves: 3.7, trim: -4, low: 30, pan: 0, room: -30,
  },
  drums: {
    make: drum, step: 1, pitches: [36, 38, 42, 35, 46, 40, 44, 49, 51, 37, 39, 45, 48, 41, 47, 43, 50, 57, 53, 54, 56, 55, 59, 52],
    attack: 0, release: 0, range: 30, bright: () => 1600, octaves: 3.7, trim: -5.5, low: 30, pan: 0, room: -17,
  },
  guitar: {
    make: guitar, step: 3, pitches: tonal(36, 78), attack: 0, release: 0.07, range: 24,
    bright: (pitch) => 600 + hertz(pitch), octaves: 4, trim: -6.5, low: 90, pan: -0.42, room: -16,
  },
  piano: {
    make: piano, step: 3, pitches: tonal(30, 90), attack: 0, release: 0.09, range: 30,
    bright: (pitch) => 450 + 1.5 * hertz(pitch), octaves: 5, trim: -13.5, low: 60, pan: 0.22, room: -15,
  },
  strings: {
    make: strings, step: 3, pitches: tonal(48, 87), attack: 0.07, release: 0.16, loops: true, range: 18,
    bright: (pitch) => 900 + hertz(pitch), octaves: 2.8, trim: -19, low: 160, pan: 0.05, room: -9,
  },
};

// Where the drums stand, as the audience sees them, and how loud each is against the others, in dB.
export const KIT = {
  35: [0, 0], 36: [0, 0], 37: [0.05, -8], 38: [0.04, -1], 39: [-0.1, -6], 40: [0.04, -1],
  41: [0.4, -4], 43: [0.3, -4], 45: [0.15, -4], 47: [0, -4], 48: [-0.15, -4], 50: [-0.25, -4],
  42: [-0.3, -10], 44: [-0.3, -12], 46: [-0.3, -11], 49: [-0.45, -8], 57: [0.45, -8], 52: [0.5, -10], 55: [-0.2, -10],
  51: [0.4, -12], 53: [0.4, -11], 59: [0.4, -12], 54: [-0.5, -14], 56: [0.25, -12],
};
const OTHERS = [0.3, -12];

/** Place and level in dB of a percussion note. */
export const stand = (pitch) => KIT[pitch] ?? OTHERS;

/** How many strokes there are of a percussion note: of what comes often, several, so that no two sound the same. */
export const strokes = (pitch) => ([38, 40, 42, 44].includes(pitch) ? 4 : 1);

/** What an open hat and its closed ones share: a stroke on one of them ends the others. */
export const HATS = [42, 44, 46];
