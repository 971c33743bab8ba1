// The mixing desk: channels into a room, a compressor that holds them together, and a limit that nothing passes.

import { decay, fade, filter, noise } from "./signals.js";

/** Seconds that the desk takes: the look-ahead of DynamicsCompressorNode, which the standard sets. */
export const DELAY = 0.006;

/** The impulse response of a small hall, stereo: first echoes, then noise that loses its highs as it falls. */
export function hall(context) {
  const rate = context.sampleRate;
  const buffer = context.createBuffer(2, Math.round(1.5 * rate), rate);
  for (const side of [0, 1]) {
    const samples = noise(buffer.length, 31 + side);
    let low = 0;
    for (let i = 0; i < samples.length; i++) {
      const cutoff = 1000 + 8000 * Math.exp((-5 * i) / rate); // Hz: air and curtains
      low += Math.min(1, (6.3 * cutoff) / rate) * (samples[i] - low);
      samples[i] = low;
    }
    fade(decay(filter(samples, rate, "highpass", 140), rate, 1.4), rate, 0.012, 0.1);
    samples.copyWithin(Math.round(0.014 * rate), 0);
    samples.fill(0, 0, Math.round(0.014 * rate));
    for (const [i, at] of [9, 14, 19, 25, 33].entries()) samples[Math.round(((at + 1.7 * side * (i % 3)) * rate) / 1000)] += 1.5 - 0.25 * i;
    buffer.copyToChannel(samples, side);
  }
  return buffer;
}

/** Connect compressor and limit to the context's output; return the node to play into, and the gain of the whole. */
export function desk(context) {
  const compressor = new DynamicsCompressorNode(context, { threshold: -20, knee: 14, ratio: 2.6, attack: 0.012, release: 0.2 });
  const volume = new GainNode(context, { gain: 1 });
  const limit = new WaveShaperNode(context, { curve: softly(4096) });
  compressor.connect(new GainNode(context, { gain: 0.8 })).connect(volume).connect(limit).connect(context.destination);
  return [compressor, volume];
}

// A straight line to 0.7, then a bend towards 0.98. What comes in is clamped to -1..1, and so is never louder than that.
function softly(n) {
  return Float32Array.from({ length: n }, (_, i) => {
    const x = Math.abs((2 * i) / (n - 1) - 1);
    const y = x < 0.7 ? x : 0.7 + 0.28 * Math.tanh((x - 0.7) / 0.28);
    return i < n / 2 ? -y : y;
  });
}
