// A string section: many players' harmonics as bands of noise around each (PADsynth, Nasca 2005). It loops without a seam.

import { equalise, hertz, inverseFourier, random } from "./signals.js";

const SIZE = 2 ** 17; // samples of the loop: 2.7 s at 48 kHz
const SPREAD = 18; // cents that players differ by

/** Return [left, right], to be looped. */
export function strings(pitch, rate) {
  const next = random(3000 + pitch);
  const f0 = hertz(pitch);
  const [re, im] = [new Float64Array(SIZE), new Float64Array(SIZE)];
  for (let n = 1; n * f0 < Math.min(9000, 0.4 * rate); n++) {
    const f = n * f0;
    const middle = (f * SIZE) / rate;
    const width = ((2 ** (SPREAD / 1200) - 1) * f0 * n ** 0.85 * SIZE) / rate; // bins
    const gain = (n ** -1.15 * body(f)) / Math.sqrt(width);
    for (let k = Math.max(1, Math.ceil(middle - 3 * width)); k <= middle + 3 * width; k++) {
      const level = gain * Math.exp(-(((k - middle) / width) ** 2));
      const [a, b] = [2 * Math.PI * next(), 2 * Math.PI * next()];
      // One transform makes both channels: the left is its real part, the right its imaginary one.
      const [lr, li] = [level * Math.cos(a), level * Math.sin(a)];
      const c = a + 0.55 * (b - Math.PI); // the right hears the same players from elsewhere
      const [rr, ri] = [level * Math.cos(c), level * Math.sin(c)];
      re[k] += lr - ri;
      im[k] += li + rr;
      re[SIZE - k] += lr + ri;
      im[SIZE - k] += rr - li;
    }
  }
  inverseFourier(re, im);
  return equalise([Float32Array.from(re), Float32Array.from(im)], rate);
}

// What a violin's body and a hall leave of a sawtooth, as a factor: warm at 300 Hz and 500 Hz, open at 2.5 kHz, soft above.
function body(f) {
  const hill = (at, octaves, gain) => gain * Math.exp(-((Math.log2(f / at) / octaves) ** 2));
  return (1 + hill(300, 0.5, 0.4) + hill(520, 0.4, 0.5) + hill(2500, 0.6, 0.5)) / (1 + (f / 3800) ** 2);
}
