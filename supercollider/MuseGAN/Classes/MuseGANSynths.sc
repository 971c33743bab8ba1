// What the band sounds like until you say otherwise: one SynthDef for each track, seven for the drums.
+ MuseGAN {

	// The SynthDef that plays a pitch of a track; drums by their General MIDI number.
	*instrument { |track, pitch|
		if(track != \drums) { ^(bass: \mgBass, guitar: \mgGuitar, piano: \mgPiano, strings: \mgStrings)[track] ? \default };
		^switch(pitch.asInteger,
			35, \mgKick, 36, \mgKick,
			38, \mgSnare, 39, \mgSnare, 40, \mgSnare,
			42, \mgHat, 44, \mgHat, 46, \mgOpenHat,
			41, \mgTom, 43, \mgTom, 45, \mgTom, 47, \mgTom, 48, \mgTom, 50, \mgTom,
			49, \mgCymbal, 51, \mgCymbal, 52, \mgCymbal, 53, \mgCymbal, 55, \mgCymbal, 57, \mgCymbal, 59, \mgCymbal,
			\mgPerc
		)
	}

	// Those of the names you defined yourself stay yours.
	*addSynthDefs { this.synthDefs.do { |def| SynthDescLib.global.at(def.name.asSymbol) ?? { def.add } } }

	*synthDefs {
		^[
			SynthDef(\mgBass, { |out = 0, freq = 55, amp = 0.1, pan = 0, gate = 1|
				var env = EnvGen.kr(Env.adsr(0.005, 0.2, 0.7, 0.08), gate, doneAction: 2);
				var cutoff = EnvGen.kr(Env.perc(0.002, 0.5), gate) * 1800 + (freq * 3);
				var sig = RLPF.ar(Saw.ar(freq) + Pulse.ar(freq * 1.003, 0.4), cutoff.min(9000), 0.6) * 0.4;
				sig = (sig + SinOsc.ar(freq)).tanh;
				Out.ar(out, Pan2.ar(sig * env, pan, amp * 0.75));
			}),
			SynthDef(\mgGuitar, { |out = 0, freq = 220, amp = 0.1, pan = 0.35, gate = 1|
				var env = EnvGen.kr(Env.asr(0.001, 1, 0.12), gate, doneAction: 2);
				var pick = LPF.ar(PinkNoise.ar, (amp * 16000 + 2500).min(9000));
				var sig = Pluck.ar(pick, Impulse.kr(0), 0.05, freq.reciprocal, 5, 0.3) * 2;
				sig = LeakDC.ar(sig + BPF.ar(sig, 230, 0.6, 0.6)); // strings, and the body's air
				Out.ar(out, Pan2.ar(sig.tanh * env, pan, amp * 1.6));
			}),
			SynthDef(\mgPiano, { |out = 0, freq = 440, amp = 0.1, pan = -0.25, gate = 1|
				var env = EnvGen.kr(Env.asr(0.001, 1, 0.15), gate, doneAction: 2);
				var long = (freq.expexp(60, 2000, 7, 1)).clip(0.5, 8); // low strings ring longer
				var sig = [1, 2, 3, 4, 5, 6].sum { |k|
					var partial = freq * k * (1 + (0.0004 * k * k)).sqrt; // stiff strings are sharp
					SinOsc.ar(partial + [0, 0.4]).sum * EnvGen.kr(Env.perc(0.002, long / k.sqrt, 1, -5))
					* (k ** (-1.1 - (0.1 / (amp + 0.1)))) * (partial < 16000)
				};
				var hammer = BPF.ar(WhiteNoise.ar, (freq * 4).min(8000), 0.8) * EnvGen.kr(Env.perc(0.001, 0.03)) * 0.5;
				Out.ar(out, Pan2.ar((sig * 0.15 + (hammer * 0.3)) * env, pan, amp));
			}),
			SynthDef(\mgStrings, { |out = 0, freq = 440, amp = 0.1, pan = 0, gate = 1|
				var env = EnvGen.kr(Env.asr(0.12, 1, 0.35), gate, doneAction: 2);
				var vibrato = SinOsc.kr(5.2, Rand(0, 2pi), XLine.kr(0.0005, 0.004, 0.6), 1);
				var sig = Mix.fill(4, { |i| Pan2.ar(Saw.ar(freq * vibrato * (1 + Rand(-0.003, 0.003))), i / 1.5 - 1) });
				sig = LPF.ar(HPF.ar(sig, 120), (freq * 4).clip(1200, 7000)) * 0.4;
				Out.ar(out, Balance2.ar(sig[0], sig[1], pan, env * amp));
			}),
			SynthDef(\mgKick, { |out = 0, amp = 0.1, pan = 0|
				var env = EnvGen.kr(Env.perc(0.001, 0.32, 1, -4), doneAction: 2);
				var sig = SinOsc.ar(EnvGen.kr(Env([220, 62, 45], [0.03, 0.25], \exp)));
				sig = sig + LPF.ar(Impulse.ar(0) * 4, 3000);
				Out.ar(out, Pan2.ar((sig * 1.6).tanh * env, pan, amp));
			}),
			SynthDef(\mgSnare, { |out = 0, amp = 0.1, pan = 0|
				var env = EnvGen.kr(Env.perc(0.001, 0.22, 1, -5), doneAction: 2);
				var skin = SinOsc.ar([184, 331]).sum * EnvGen.kr(Env.perc(0.001, 0.1)) * 0.4;
				var wires = BPF.ar(WhiteNoise.ar, 3600, 1.2) + (HPF.ar(WhiteNoise.ar, 6000) * 0.3);
				Out.ar(out, Pan2.ar((skin + wires) * env, pan, amp));
			}),
			SynthDef(\mgHat, { |out = 0, amp = 0.1, pan = 0.3|
				var env = EnvGen.kr(Env.perc(0.001, 0.06), doneAction: 2);
				Out.ar(out, Pan2.ar(HPF.ar(WhiteNoise.ar, 8000) * env, pan, amp * 0.6));
			}),
			SynthDef(\mgOpenHat, { |out = 0, amp = 0.1, pan = 0.3|
				var env = EnvGen.kr(Env.perc(0.001, 0.4), doneAction: 2);
				Out.ar(out, Pan2.ar(HPF.ar(WhiteNoise.ar, 7500) * env, pan, amp * 0.6));
			}),
			SynthDef(\mgTom, { |out = 0, freq = 110, amp = 0.1, pan = -0.2|
				var env = EnvGen.kr(Env.perc(0.001, 0.4, 1, -4), doneAction: 2);
				var sig = SinOsc.ar(freq * EnvGen.kr(Env([1.6, 1], [0.06], \exp))) + (BPF.ar(PinkNoise.ar, 500) * 0.3);
				Out.ar(out, Pan2.ar(sig * env, pan, amp));
			}),
			SynthDef(\mgCymbal, { |out = 0, amp = 0.1, pan = -0.3|
				var env = EnvGen.kr(Env.perc(0.001, 1.4, 1, -5), doneAction: 2);
				var metal = Pulse.ar([317, 465, 541, 627, 733, 811] * 5.1).sum * 0.15; // out of tune with each other
				Out.ar(out, Pan2.ar(HPF.ar(metal + (WhiteNoise.ar * 0.5), 6000) * env, pan, amp * 0.5));
			}),
			SynthDef(\mgPerc, { |out = 0, freq = 220, amp = 0.1, pan = 0.2|
				var env = EnvGen.kr(Env.perc(0.001, 0.1), doneAction: 2);
				var sig = SinOsc.ar(freq * 4) + BPF.ar(WhiteNoise.ar, (freq * 8).min(9000), 0.5);
				Out.ar(out, Pan2.ar(sig * env, pan, amp * 0.7));
			})
		]
	}
}
