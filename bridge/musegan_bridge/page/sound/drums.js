// A drum kit: skins as a few bending sines, wires and metal as filtered noise and rows of inharmonic partials.

import { add, decay, fade, filter, noise, normalise, random, ring } from "./signals.js";

/** Return [samples] of a General MIDI percussion note; `variant` 0, 1, 2, ... is another stroke on the same drum. */
export function drum(pitch, rate, variant = 0) {
  const stroke = new Stroke(rate, 97 * pitch + variant);
  (KIT[pitch] ?? ((s) => wood(s, 500 + 25 * (pitch - 60), 0.12)))(stroke);
  return normalise([fade(stroke.samples, rate, 0.0003, 0.02)]);
}

// One stroke on its way: each method adds something to it.
class Stroke {
  constructor(rate, seed) {
    this.rate = rate;
    this.seed = seed;
    this.next = random(seed);
    this.samples = new Float32Array(0);
  }

  // About 1, a little else in each stroke.
  vary(share) {
    return 1 + share * (2 * this.next() - 1);
  }

  // Lasts at least so long.
  last(seconds) {
    const samples = new Float32Array(Math.round(seconds * this.rate));
    this.samples = samples.length > this.samples.length ? add(samples, this.samples) : this.samples;
    return this;
  }

  ring(values) {
    ring(this.last(1.2 * values.t60).samples, this.rate, values);
    return this;
  }

  // Noise between two frequencies, that falls by 60 dB in t60 seconds; it swells for `attack` s, and begins `at` s.
  hiss(low, high, t60, gain, attack = 0.0005, at = 0) {
    const samples = noise(Math.round(1.1 * t60 * this.rate), (this.seed += 7919));
    for (const f of [low, low]) filter(samples, this.rate, "highpass", f);
    filter(samples, this.rate, "lowpass", high);
    fade(decay(samples, this.rate, t60), this.rate, attack, 0);
    this.last(at + 1.1 * t60);
    add(this.samples, samples, gain, Math.round(at * this.rate));
    return this;
  }

  // Metal: many partials from `low` to `high` Hz, the higher ones shorter.
  metal(count, low, high, t60, gain, seed) {
    const next = random(seed); // of the instrument, not of the stroke
    for (let i = 0; i < count; i++) {
      const from = low * (high / low) ** ((i + next()) / count);
      const lasts = (t60 * (0.5 + next())) / (1 + from / 9000);
      const loud = gain * Math.sqrt((4 * from) / high / count) * (0.4 + next()) * this.vary(0.3);
      this.ring({ from, t60: lasts, gain: loud, phase: 6.28 * this.next() });
    }
    return this;
  }
}

const kick = (s, tune = 1) =>
  s
    .ring({ from: 230 * tune, to: 52 * tune, bend: 0.011, t60: 0.5, gain: 1 })
    .ring({ from: 420 * tune, to: 105 * tune, bend: 0.008, t60: 0.12, gain: 0.35 })
    .hiss(1500, 6000, 0.022, 0.5)
    .hiss(60, 400, 0.06, 0.25);

const snare = (s, tune, wires, ring) =>
  s
    .ring({ from: 260 * tune * s.vary(0.01), to: 188 * tune, bend: 0.01, t60: ring, gain: 0.62 })
    .ring({ from: 400 * tune, to: 332 * tune * s.vary(0.01), bend: 0.01, t60: 0.6 * ring, gain: 0.32 })
    .ring({ from: 510 * tune, t60: 0.4 * ring, gain: 0.12 })
    .hiss(900, 7500, wires, 0.85, 0.001)
    .hiss(3500, 12000, 0.7 * wires, 0.5)
    .hiss(1800, 5000, 0.018, 0.5);

const tom = (f) => (s) =>
  s
    .ring({ from: 1.5 * f * s.vary(0.01), to: f, bend: 0.035, t60: 0.75 * (110 / f) ** 0.4, gain: 0.9 })
    .ring({ from: 2.2 * f, to: 1.59 * f, bend: 0.02, t60: 0.32, gain: 0.3 })
    .ring({ from: 2.6 * f, to: 2.14 * f, bend: 0.02, t60: 0.2, gain: 0.14 })
    .hiss(900, 4500, 0.035, 0.3)
    .hiss(150, 900, 0.12, 0.12);

const hat = (s, t60, attack = 0.0004) =>
  s
    .metal(24, 4300, 13000, 0.8 * t60, 0.3, 42)
    .hiss(7000, 15500, t60, 0.9, attack)
    .hiss(3000, 9000, 0.02, 0.22, attack);

const crash = (s, tune, t60) =>
  s
    .metal(72, 430 * tune, 12000, 0.75 * t60, 0.6, Math.round(1000 * tune))
    .hiss(2500 * tune, 15000, 0.8 * t60, 0.4, 0.012)
    .hiss(5000, 16000, 0.25 * t60, 0.5, 0.002)
    .hiss(800, 3500, 0.12, 0.25);

const ride = (s, bell) =>
  s
    .metal(48, 520, 11000, 1.6, bell ? 0.35 : 0.45, 51)
    .ring({ from: 852, t60: 1.5, gain: bell ? 0.4 : 0.06 })
    .ring({ from: 1290, t60: 1.3, gain: bell ? 0.32 : 0.05 })
    .ring({ from: 2210, t60: 0.9, gain: bell ? 0.25 : 0.07 })
    .hiss(5000, 14000, 0.9, 0.2, 0.003)
    .hiss(3500, 11000, 0.035, bell ? 0.4 : 0.7);

const wood = (s, f, t60) =>
  s
    .ring({ from: f, t60, gain: 0.8 })
    .ring({ from: 1.52 * f, t60: 0.6 * t60, gain: 0.35 })
    .ring({ from: 2.7 * f, t60: 0.3 * t60, gain: 0.2 })
    .hiss(1500, 6000, 0.012, 0.35);

const bell = (s, f, t60) =>
  s
    .ring({ from: f, t60, gain: 0.6 })
    .ring({ from: 1.48 * f, t60: 0.85 * t60, gain: 0.5 })
    .ring({ from: 2.57 * f, t60: 0.5 * t60, gain: 0.2 })
    .hiss(2000, 9000, 0.02, 0.25);

const hand = (f, slap = 0.3) => (s) =>
  s
    .ring({ from: 1.25 * f * s.vary(0.01), to: f, bend: 0.012, t60: 0.35, gain: 0.8 })
    .ring({ from: 2.3 * f, t60: 0.12, gain: 0.3 })
    .hiss(1200, 6000, 0.03, slap);

const shaker = (t60, attack) => (s) => s.hiss(4500, 13000, t60, 0.8, attack);

const clap = (s) => {
  for (const at of [0, 0.011 * s.vary(0.1), 0.023 * s.vary(0.1)]) s.hiss(850, 4500, 0.025, 0.6, 0.0005, at);
  return s.hiss(850, 3500, 0.22, 0.55, 0.001, 0.033).hiss(3000, 9000, 0.12, 0.15, 0.001, 0.033);
};

const jingles = (s, t60) => s.metal(12, 4800, 12500, t60, 0.5, 54).hiss(6500, 15000, 0.8 * t60, 0.6, 0.002).hiss(700, 2500, 0.03, 0.2);

// What each note of General MIDI's percussion is.
const KIT = {
  35: (s) => kick(s, 0.9),
  36: (s) => kick(s, 1),
  37: (s) => wood(s, 1050, 0.05).hiss(2500, 8000, 0.02, 0.3), // side stick
  38: (s) => snare(s, 1, 0.33, 0.2),
  39: clap,
  40: (s) => snare(s, 1.12, 0.26, 0.24), // electric: tighter
  41: tom(72),
  42: (s) => hat(s, 0.14),
  43: tom(86),
  44: (s) => hat(s, 0.09, 0.002), // closed with the foot
  45: tom(104),
  46: (s) => hat(s, 0.9),
  47: tom(124),
  48: tom(148),
  49: (s) => crash(s, 1, 2.6),
  50: tom(176),
  51: (s) => ride(s, false),
  52: (s) => crash(s, 0.75, 1.6), // china
  53: (s) => ride(s, true),
  54: (s) => jingles(s, 0.22), // tambourine
  55: (s) => crash(s, 1.6, 1.1), // splash
  56: (s) => bell(s, 562, 0.32), // cowbell
  57: (s) => crash(s, 1.15, 2.3),
  58: (s) => wood(s, 320, 0.5).hiss(1500, 5000, 0.5, 0.3), // vibraslap
  59: (s) => ride(s, false),
  60: hand(330),
  61: hand(240),
  62: hand(290, 0.6),
  63: hand(260),
  64: hand(190),
  65: tom(300),
  66: tom(230),
  67: (s) => bell(s, 880, 0.4),
  68: (s) => bell(s, 660, 0.4),
  69: shaker(0.09, 0.02), // cabasa
  70: shaker(0.07, 0.008), // maracas
  73: shaker(0.08, 0.004),
  74: shaker(0.25, 0.06), // guiro, long
  75: (s) => wood(s, 2500, 0.09), // claves
  76: (s) => wood(s, 960, 0.1),
  77: (s) => wood(s, 700, 0.11),
  80: (s) => bell(s, 4100, 0.25),
  81: (s) => bell(s, 4100, 1.8), // triangle, open
  82: shaker(0.09, 0.01),
};
