// What all voices are computed with: frequencies, seeded noise, filters, fades. Samples are Float32Arrays.

/** Frequency of a MIDI note number, in Hz. */
export const hertz = (pitch) => 440 * 2 ** ((pitch - 69) / 12);

/** Numbers in 0..1 from a seed (mulberry32), so that a voice sounds the same each time it is made. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** White noise in -1..1. */
export function noise(length, seed) {
  const next = random(seed);
  const samples = new Float32Array(length);
  for (let i = 0; i < length; i++) samples[i] = 2 * next() - 1;
  return samples;
}

/** Filter samples in place by a second-order section (Bristow-Johnson's cookbook); gain in dB is for `peak`. */
export function filter(samples, rate, type, frequency, q = Math.SQRT1_2, gain = 0) {
  const w = (2 * Math.PI * Math.min(frequency, 0.49 * rate)) / rate;
  const cos = Math.cos(w);
  const alpha = Math.sin(w) / (2 * q);
  const a = 10 ** (gain / 40);
  const [b0, b1, b2, a0, a2] = {
    lowpass: [(1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, 1 - alpha],
    highpass: [(1 + cos) / 2, -1 - cos, (1 + cos) / 2, 1 + alpha, 1 - alpha],
    bandpass: [alpha, 0, -alpha, 1 + alpha, 1 - alpha],
    peak: [1 + alpha * a, -2 * cos, 1 - alpha * a, 1 + alpha / a, 1 - alpha / a],
  }[type];
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i];
    const y = (b0 * x + b1 * x1 + b2 * x2 + 2 * cos * y1 - a2 * y2) / a0;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    samples[i] = y;
  }
  return samples;
}

/** Multiply by an exponential that falls by 60 dB in so many seconds, in place. */
export function decay(samples, rate, t60) {
  const factor = 10 ** (-3 / (t60 * rate));
  for (let i = 0, level = 1; i < samples.length; i++, level *= factor) samples[i] *= level;
  return samples;
}

/** Fade the first and the last seconds in place, by half a cosine, so that nothing clicks. */
export function fade(samples, rate, first, last) {
  const ramp = (seconds, place) => {
    const n = Math.min(samples.length, Math.round(seconds * rate));
    for (let i = 0; i < n; i++) samples[place(i)] *= (1 - Math.cos((Math.PI * i) / n)) / 2;
  };
  ramp(first, (i) => i);
  ramp(last, (i) => samples.length - 1 - i);
  return samples;
}

/** Add a sine to samples that falls by 60 dB in t60 seconds; it starts at `from` Hz and bends to `to`, in about `bend` s. */
export function ring(samples, rate, { from, to = from, bend = 0.02, t60, gain = 1, phase = 0 }) {
  const n = Math.min(samples.length, Math.round(1.2 * t60 * rate)); // to -72 dB
  const fall = 10 ** (-3 / (t60 * rate));
  if (from === to) {
    // A phasor turns, so that no sine is called.
    const w = (2 * Math.PI * to) / rate;
    const [cos, sin] = [fall * Math.cos(w), fall * Math.sin(w)];
    let [re, im] = [gain * Math.cos(phase), gain * Math.sin(phase)];
    for (let i = 0; i < n; i++) {
      samples[i] += im;
      const turned = re * cos - im * sin;
      im = re * sin + im * cos;
      re = turned;
    }
    return samples;
  }
  const bends = Math.exp(-1 / (bend * rate));
  let [angle, level, away] = [phase, gain, from - to];
  for (let i = 0; i < n; i++) {
    samples[i] += level * Math.sin(angle);
    angle += (2 * Math.PI * (to + away)) / rate;
    level *= fall;
    away *= bends;
  }
  return samples;
}

/** Add other samples, times a gain, from a second on. */
export function add(samples, others, gain = 1, at = 0) {
  for (let i = 0; i < others.length && i + at < samples.length; i++) samples[i + at] += gain * others[i];
  return samples;
}

/** Scale a list of channels together, in place, so that the highest peak is 1. */
export function normalise(channels) {
  return scale(channels, 1 / channels.reduce((most, samples) => samples.reduce((a, x) => Math.max(a, Math.abs(x)), most), 1e-9));
}

/** Scale a list of channels together, in place, so that their first 0.3 s are as loud as a full sine 11 dB down. */
export function equalise(channels, rate) {
  const n = Math.round(0.3 * rate);
  const power = channels.reduce((sum, samples) => samples.subarray(0, n).reduce((a, x) => a + x * x, sum), 1e-9) / (n * channels.length);
  return scale(channels, 0.2 / Math.sqrt(power));
}

function scale(channels, factor) {
  for (const samples of channels) for (let i = 0; i < samples.length; i++) samples[i] *= factor;
  return channels;
}

const circles = {}; // cosines and sines by length

/** Inverse Fourier transform in place, unscaled; the length is a power of two. */
export function inverseFourier(re, im) {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j], re[i]];
      [im[i], im[j]] = [im[j], im[i]];
    }
  }
  const circle = (f) => Float64Array.from({ length: n / 2 }, (_, i) => f((2 * Math.PI * i) / n));
  const [cos, sin] = (circles[n] ??= [circle(Math.cos), circle(Math.sin)]);
  for (let size = 2; size <= n; size *= 2) {
    const [half, stride] = [size / 2, n / size];
    for (let start = 0; start < n; start += size)
      for (let k = 0; k < half; k++) {
        const [a, b, t] = [start + k, start + k + half, k * stride];
        const x = re[b] * cos[t] - im[b] * sin[t];
        const y = re[b] * sin[t] + im[b] * cos[t];
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
  }
}
