"use strict";
// Phrases as sound, through Web Audio. It must not know who made them, or that anybody is asked.

// Times are seconds, detune is cents, cutoff is harmonics, level and sustain are 0..1.
const VOICES = {
  piano: { wave: "triangle", detune: [0, 3], attack: 0.004, decay: 0.35, sustain: 0.1, release: 0.06, cutoff: 8, level: 0.15 },
  guitar: { wave: "sawtooth", detune: [0], attack: 0.003, decay: 0.2, sustain: 0.08, release: 0.03, cutoff: 4, level: 0.26 },
  bass: { wave: "sawtooth", detune: [0], attack: 0.006, decay: 0.3, sustain: 0.5, release: 0.03, cutoff: 5, level: 0.4 },
  strings: { wave: "sawtooth", detune: [-7, 7], attack: 0.07, decay: 0.3, sustain: 0.8, release: 0.08, cutoff: 3, level: 0.09 },
};

// A drum is a tone that falls from one frequency to another, and noise above a third (Hz).
const DRUMS = {
  kick: { from: 160, to: 48, tone: 0.9, above: 1000, noise: 0, decay: 0.1 },
  snare: { from: 230, to: 180, tone: 0.3, above: 1500, noise: 0.35, decay: 0.06 },
  tom: { from: 190, to: 90, tone: 0.6, above: 1000, noise: 0, decay: 0.12 },
  hat: { from: 0, to: 0, tone: 0, above: 7000, noise: 0.3, decay: 0.02 },
  openHat: { from: 0, to: 0, tone: 0, above: 7000, noise: 0.3, decay: 0.12 },
  cymbal: { from: 0, to: 0, tone: 0, above: 4500, noise: 0.2, decay: 0.3 },
  other: { from: 700, to: 600, tone: 0.15, above: 3000, noise: 0.1, decay: 0.03 },
};

// Of the General MIDI drum map.
const KIT = {
  kick: [35, 36], snare: [37, 38, 39, 40], tom: [41, 43, 45, 47, 48, 50], hat: [42, 44, 54, 69, 70, 82], openHat: [46],
  cymbal: [49, 51, 52, 53, 55, 57, 59],
};

function drumOf(pitch) {
  const name = Object.keys(KIT).find((kind) => KIT[kind].includes(pitch));
  return DRUMS[name ?? "other"];
}

function voiceOf(program) {
  if (program >= 24 && program < 32) return VOICES.guitar;
  if (program >= 32 && program < 40) return VOICES.bass;
  return program >= 40 ? VOICES.strings : VOICES.piano;
}

// Start a phrase of `beats`, notes [track, beat, pitch, beats]; return how to stop it, and a promise of its end.
function play(context, notes, tracks, tempo, beats) {
  const fader = new GainNode(context);
  const evener = new DynamicsCompressorNode(context, { threshold: -20, ratio: 6 });
  const volume = new GainNode(context, { gain: 0.4 }); // the evener makes up for what it takes
  fader.connect(evener).connect(volume).connect(context.destination);
  const start = context.currentTime + 0.05;
  const beat = 60 / tempo;
  const noise = noiseOf(context);
  const sources = notes.flatMap(([track, time, pitch, length]) => {
    const { program, isDrum } = tracks[track];
    const at = start + time * beat;
    return isDrum
      ? hit(context, fader, drumOf(pitch), at, noise)
      : tone(context, fader, voiceOf(program), at, pitch, length * beat);
  });
  const clock = new ConstantSourceNode(context, { offset: 0 });
  clock.connect(fader);
  clock.start(start);
  clock.stop(start + beats * beat + 0.3);
  sources.push(clock);
  return {
    ended: new Promise((resolve) => { clock.onended = resolve; }),
    stop() {
      const now = context.currentTime;
      fader.gain.setTargetAtTime(0, now, 0.01);
      for (const source of sources) source.stop(now + 0.05);
    },
  };
}

function tone(context, out, voice, at, pitch, length) {
  const frequency = 440 * 2 ** ((pitch - 69) / 12);
  const filter = new BiquadFilterNode(context, { type: "lowpass", frequency: Math.min(voice.cutoff * frequency, 12000) });
  const envelope = new GainNode(context, { gain: 0 });
  const top = at + voice.attack;
  const end = Math.max(at + length, top);
  envelope.gain.setValueAtTime(0, at);
  envelope.gain.linearRampToValueAtTime(voice.level, top);
  envelope.gain.setTargetAtTime(voice.level * voice.sustain, top, voice.decay);
  envelope.gain.setTargetAtTime(0, end, voice.release);
  filter.connect(envelope).connect(out);
  return voice.detune.map((detune) => {
    const source = new OscillatorNode(context, { type: voice.wave, frequency, detune });
    source.connect(filter);
    return sounding(source, at, end + 6 * voice.release);
  });
}

function hit(context, out, drum, at, noise) {
  const sources = [];
  const end = at + 6 * drum.decay;
  const envelope = (level) => {
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(level, at);
    gain.gain.setTargetAtTime(0, at, drum.decay);
    gain.connect(out);
    return gain;
  };
  if (drum.tone) {
    const source = new OscillatorNode(context, { frequency: drum.from });
    source.frequency.setValueAtTime(drum.from, at);
    source.frequency.exponentialRampToValueAtTime(drum.to, at + drum.decay);
    source.connect(envelope(drum.tone));
    sources.push(sounding(source, at, end));
  }
  if (drum.noise) {
    const source = new AudioBufferSourceNode(context, { buffer: noise, loop: true });
    const filter = new BiquadFilterNode(context, { type: "highpass", frequency: drum.above });
    source.connect(filter).connect(envelope(drum.noise));
    sources.push(sounding(source, at, end));
  }
  return sources;
}

function sounding(source, at, end) {
  source.start(at);
  source.stop(end);
  return source;
}

function noiseOf(context) {
  const buffer = new AudioBuffer({ length: context.sampleRate, sampleRate: context.sampleRate });
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < samples.length; i++) samples[i] = 2 * Math.random() - 1;
  return buffer;
}
