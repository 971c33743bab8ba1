// Plucked strings: a delay line that loses its highs as it goes round (Karplus, Strong 1983; Jaffe, Smith 1983).

import { equalise, fade, filter, hertz, noise, normalise } from "./signals.js";

/** Return [samples] of a steel-string guitar. */
export function guitar(pitch, rate) {
  const t60 = 4.5 * 2 ** (-(pitch - 45) / 20); // seconds
  const samples = string(pitch, rate, { t60, seconds: Math.min(3.5, t60), damping: 0.2, pick: 5500, tilt: 420, place: 0.19 });
  // The body: air at 105 Hz, the plate at 205 and 390, and what a finger and a small box leave of the rest.
  filter(samples, rate, "highpass", 75);
  filter(samples, rate, "peak", 105, 1.6, 4);
  filter(samples, rate, "peak", 205, 1.8, 4);
  filter(samples, rate, "peak", 390, 1.4, 2.5);
  filter(samples, rate, "peak", 2600, 0.9, 3);
  return equalise([fade(samples, rate, 0.0005, 0.4)], rate);
}

/** Return [samples] of an electric bass, played with the fingers. */
export function bass(pitch, rate) {
  const t60 = 6 * 2 ** (-(pitch - 28) / 24);
  const samples = string(pitch, rate, { t60, seconds: Math.min(5, t60), damping: 0.3, pick: 2200, tilt: 180, place: 0.27 });
  filter(samples, rate, "highpass", 28);
  filter(samples, rate, "peak", 85, 0.8, 3);
  filter(samples, rate, "peak", 750, 0.9, 3); // what small loudspeakers have of a bass
  normalise([samples]);
  for (let i = 0; i < samples.length; i++) samples[i] = Math.tanh(1.6 * samples[i]); // a valve, gently
  return equalise([fade(samples, rate, 0.0015, 0.5)], rate);
}

// A string: `damping` 0..0.5 is the loss of highs in a round, `pick` the hardness of the pick in Hz, `tilt` Hz above which
// partials grow weaker, `place` where it plucks.
function string(pitch, rate, { t60, seconds, damping, pick, tilt, place }) {
  const f0 = hertz(pitch);
  const period = rate / f0;
  const w = (2 * Math.PI * f0) / rate;
  const late = Math.atan2(damping * Math.sin(w), 1 - damping + damping * Math.cos(w)) / w; // of the loss filter, in samples
  const whole = Math.floor(period - late - 0.3);
  const rest = period - late - whole; // 0.3..1.3 samples: an all-pass is flat there
  const c = Math.sin(((1 - rest) * w) / 2) / Math.sin(((1 + rest) * w) / 2); // exact at f0
  const filtered = Math.hypot(1 - damping + damping * Math.cos(w), damping * Math.sin(w)); // what the loss filter leaves at f0
  const loss = Math.min(0.99995, 10 ** (-3 / (f0 * t60)) / filtered); // less than 1 at 0 Hz, too

  const pluck = new Float32Array(Math.round(period));
  pluck[1] = 1;
  const rough = noise(pluck.length, 2000 + pitch);
  for (let i = 0; i < pluck.length; i++) pluck[i] += 0.35 * rough[i] * Math.sqrt(1 / pluck.length);
  // A string that is pulled aside and let go has less of each partial than of the one below.
  const k = 1 - Math.exp((-2 * Math.PI * tilt) / rate);
  for (let i = 1; i < pluck.length; i++) pluck[i] = pluck[i - 1] + k * (pluck[i] - pluck[i - 1]);
  filter(pluck, rate, "lowpass", pick, 0.6);
  const comb = Math.max(1, Math.round(place * period));
  const line = new Float64Array(whole);
  const samples = new Float32Array(Math.round(seconds * rate));
  let [i, before, passed, given] = [0, 0, 0, 0];
  for (let t = 0; t < samples.length; t++) {
    const out = line[i];
    const lost = loss * ((1 - damping) * out + damping * before);
    before = out;
    passed = c * lost + given - c * passed;
    given = lost;
    const struck = (t < pluck.length ? pluck[t] : 0) - (t >= comb && t - comb < pluck.length ? 0.9 * pluck[t - comb] : 0);
    line[i] = passed + struck;
    samples[t] = line[i];
    if (++i === whole) i = 0;
  }
  return samples;
}
