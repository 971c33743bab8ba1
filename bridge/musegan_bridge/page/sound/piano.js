// A grand piano, as the sum of its partials: stiff strings, two rates of decay, a hammer's knock, a little width.

import { add, equalise, fade, filter, hertz, noise, random, ring } from "./signals.js";

const LONGEST = 6; // seconds of a note; the lowest would ring on

/** Return [left, right] of a note struck hard. */
export function piano(pitch, rate) {
  const next = random(1000 + pitch);
  const f0 = hertz(pitch);
  // Inharmonicity: the asymptotes of treble and bass bridge of a grand (Rigaud, David, Daudet 2013, eq. 9 and 10).
  const b = Math.exp(0.0926 * pitch - 13.64) + Math.exp(-0.0847 * pitch - 5.82);
  const t60 = 1 + 9 * 2 ** (-(pitch - 33) / 12); // seconds, of the first partial's fast decay
  const length = Math.round(Math.min(LONGEST, 2.2 * t60) * rate);
  const [left, right] = [new Float64Array(length), new Float64Array(length)];

  for (let n = 1; n <= 72; n++) {
    const f = n * f0 * Math.sqrt((1 + b * n * n) / (1 + b));
    if (f > Math.min(11000, 0.45 * rate)) break;
    const struck = 0.25 + Math.abs(Math.sin((Math.PI * n) / 8.3)); // the hammer hits an eighth of the string
    const board = f / (f + 45); // it radiates little of what is very low
    const gain = n ** -0.75 * struck * board * Math.exp(-f / (850 + 8 * pitch)) * (0.8 + 0.4 * next());
    const fast = t60 / (1 + f / 1800);
    // One string sounds loud and short, what is left of the pair long and soft; their beating is the life of the note.
    partial(left, right, rate, f, 0.88 * gain, fast, next);
    partial(left, right, rate, f * 2 ** ((0.5 + 0.5 * next()) / 1200), 0.14 * gain, 4 * fast, next);
  }
  const channels = [left, right].map((samples) => Float32Array.from(samples));
  equalise(channels, rate);
  const knock = new Float32Array(Math.round(0.25 * rate));
  for (let i = 0; i < 14; i++)
    ring(knock, rate, {
      from: 80 * 1.22 ** i * (0.95 + 0.1 * next()),
      t60: 0.22 - 0.01 * i,
      gain: 0.011 * (0.5 + next()),
      phase: 6 * next(),
    });
  add(knock, filter(fade(noise(Math.round(0.03 * rate), pitch), rate, 0, 0.03), rate, "bandpass", 2500, 0.8), 0.025);
  for (const samples of channels) fade(add(samples, knock), rate, 0.0015, 0.3);
  return channels;
}

// Adds one decaying sine to both channels, with a phase of its own in each: a phasor turns, so no sine is called.
function partial(left, right, rate, f, gain, t60, next) {
  const n = Math.min(left.length, Math.round(rate * t60 * Math.max(0, Math.log10(gain / 2e-4) / 3)));
  const r = 10 ** (-3 / (t60 * rate));
  const w = (2 * Math.PI * f) / rate;
  const [cos, sin] = [r * Math.cos(w), r * Math.sin(w)];
  const phase = 2 * Math.PI * next();
  const apart = 0.9 * (next() - 0.5) * Math.min(1, f / 300); // low partials stay in the middle
  const tilt = 1 + 0.3 * (next() - 0.5);
  const [a, b] = [Math.cos(apart) / tilt, Math.sin(apart) / tilt];
  let [re, im] = [gain * Math.cos(phase), gain * Math.sin(phase)];
  for (let i = 0; i < n; i++) {
    left[i] += tilt * im;
    right[i] += a * im + b * re;
    const turned = re * cos - im * sin;
    im = re * sin + im * cos;
    re = turned;
  }
}
