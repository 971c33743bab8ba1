// What the band sounds like until you say otherwise: a SynthDef for each track, ten for the drums, and a room.
+ MuseGAN {

	// The SynthDef that plays a pitch of a track; drums by their General MIDI number.
	*instrument { |track, pitch|
		if(track != \drums) { ^(bass: \mgBass, guitar: \mgGuitar, piano: \mgPiano, strings: \mgStrings)[track] ? \default };
		^switch(pitch.asInteger,
			35, \mgKick, 36, \mgKick,
			37, \mgRim, 38, \mgSnare, 39, \mgClap, 40, \mgSnare,
			42, \mgHat, 44, \mgHat, 46, \mgOpenHat,
			41, \mgTom, 43, \mgTom, 45, \mgTom, 47, \mgTom, 48, \mgTom, 50, \mgTom,
			49, \mgCrash, 52, \mgCrash, 55, \mgCrash, 57, \mgCrash,
			51, \mgRide, 53, \mgRide, 59, \mgRide,
			\mgPerc
		)
	}

	// Where it stands, -1 to 1: a key of the events, for all events have one, and the default of a SynthDef does not count.
	*pan { |track, pitch|
		if(track != \drums) { ^(guitar: 0.35, piano: -0.25)[track] ? 0 };
		^(
			mgSnare: 0.05, mgRim: 0.05, mgClap: -0.1, mgHat: 0.3, mgOpenHat: 0.3, mgCrash: -0.35, mgRide: -0.3, mgPerc: 0.2,
			mgTom: pitch.linlin(41, 50, 0.35, -0.35) // the low ones to the right
		)[this.instrument(track, pitch)] ? 0
	}

	// Those of the names you defined yourself stay yours.
	*addSynthDefs { this.synthDefs.do { |def| SynthDescLib.global.at(def.name.asSymbol) ?? { def.add } } }

	*synthDefs {
		// six square waves out of tune with each other, as in drum machines
		var metal = { |pitch| Pulse.ar([205, 304, 370, 523, 540, 800] * pitch).sum * 0.16 };
		^[
			SynthDef(\mgBass, { |out = 0, freq = 55, amp = 0.1, pan = 0, gate = 1|
				var env = EnvGen.kr(Env.adsr(0.004, 0.25, 0.75, 0.08), gate, doneAction: 2);
				var cutoff = EnvGen.kr(Env.perc(0.002, 0.4), gate) * (1200 + (amp * 6000)) + (freq * 4);
				var sig = RLPF.ar(Saw.ar(freq) + Pulse.ar(freq * 1.004, 0.4), cutoff.min(9000), 0.7) * 0.35;
				sig = LeakDC.ar((sig + SinOsc.ar(freq, 0, 0.8) + SinOsc.ar(freq * 2, 0, 0.25)).tanh);
				Out.ar(out, Pan2.ar(sig * env, pan, amp * 0.8));
			}),
			SynthDef(\mgGuitar, { |out = 0, freq = 220, amp = 0.1, pan = 0, gate = 1|
				var env = EnvGen.kr(Env.asr(0.001, 1, 0.12), gate, doneAction: 2);
				var pick = LPF.ar(PinkNoise.ar, (amp * 16000 + 2500).min(9000));
				var sig = Pluck.ar(pick, Impulse.kr(0), 0.05, freq.reciprocal, 5, 0.3) * 2;
				sig = LeakDC.ar(sig + BPF.ar(sig, 230, 0.6, 0.6)); // strings, and the body's air
				Out.ar(out, Pan2.ar(sig.tanh * env, pan, amp * 1.45));
			}),
			SynthDef(\mgPiano, { |out = 0, freq = 440, amp = 0.1, pan = 0, gate = 1|
				var env = EnvGen.kr(Env.asr(0.001, 1, 0.15), gate, doneAction: 2);
				var long = freq.expexp(60, 2000, 7, 1).clip(0.5, 8); // low strings ring longer
				var sig = [1, 2, 3, 4, 5, 6].sum { |k|
					var partial = freq * k * (1 + (0.0004 * k * k)).sqrt; // stiff strings are sharp
					SinOsc.ar(partial + [0, 0.4]).sum * EnvGen.kr(Env.perc(0.002, long / k.sqrt, 1, -5))
					* (k ** (-1.1 - (0.1 / (amp + 0.1)))) * (partial < 16000)
				};
				var hammer = BPF.ar(WhiteNoise.ar, (freq * 4).min(8000), 0.8) * EnvGen.kr(Env.perc(0.001, 0.03)) * 0.5;
				var place = (freq.explin(60, 2000, -0.3, 0.3) + pan).clip(-1, 1); // as the player hears it
				Out.ar(out, Pan2.ar((sig * 0.2 + (hammer * 0.3)) * env, place, amp * 0.85));
			}),
			SynthDef(\mgStrings, { |out = 0, freq = 440, amp = 0.1, pan = 0, gate = 1|
				var env = EnvGen.kr(Env.asr(0.08, 1, 0.35), gate, doneAction: 2);
				var vibrato = SinOsc.kr(5.2, Rand(0, 2pi), XLine.kr(0.0005, 0.004, 0.6), 1);
				var sig = Mix.fill(5, { |i|
					Pan2.ar(Saw.ar(freq * vibrato * (1 + Rand(-0.004, 0.004))), i / 2 - 1, 0.8)
				});
				sig = LPF.ar(HPF.ar(sig, 120), (freq * 4).clip(1200, 6000)) * 0.4;
				Out.ar(out, Balance2.ar(sig[0], sig[1], pan, env * amp));
			}),
			SynthDef(\mgKick, { |out = 0, amp = 0.1, pan = 0|
				var env = EnvGen.kr(Env.perc(0.001, 0.35, 1, -4), doneAction: 2);
				var sig = SinOsc.ar(EnvGen.kr(Env([240, 68, 48], [0.025, 0.2], \exp)));
				var click = HPF.ar(LPF.ar(WhiteNoise.ar, 4000), 800) * EnvGen.kr(Env.perc(0.0005, 0.012)) * 0.5;
				Out.ar(out, Pan2.ar(((sig * 2).tanh + click) * env, pan, amp * 1.3));
			}),
			SynthDef(\mgSnare, { |out = 0, amp = 0.1, pan = 0|
				var env = EnvGen.kr(Env.perc(0.001, 0.24, 1, -5), doneAction: 2);
				var skin = SinOsc.ar([184, 331] * EnvGen.kr(Env([1.4, 1], [0.02]))).sum * EnvGen.kr(Env.perc(0.001, 0.12));
				var wires = BPF.ar(WhiteNoise.ar, 3600, 1.2) + (HPF.ar(WhiteNoise.ar, 6000) * 0.35);
				Out.ar(out, Pan2.ar((skin * 0.5 + wires) * env, pan, amp * 1.1));
			}),
			SynthDef(\mgRim, { |out = 0, amp = 0.1, pan = 0|
				var env = EnvGen.kr(Env.perc(0.0005, 0.05, 1, -6), doneAction: 2);
				var sig = SinOsc.ar([1650, 480]).sum * 0.5 + BPF.ar(WhiteNoise.ar, 2400, 0.4);
				Out.ar(out, Pan2.ar(sig * env, pan, amp * 0.9));
			}),
			SynthDef(\mgClap, { |out = 0, amp = 0.1, pan = 0|
				var hands = Env([0, 1, 0.1, 0.8, 0.1, 0.9, 0], [0.001, 0.01, 0.001, 0.01, 0.001, 0.2], [0, -4, 0, -4, 0, -5]);
				var env = EnvGen.kr(hands, doneAction: 2);
				Out.ar(out, Pan2.ar(BPF.ar(WhiteNoise.ar, 1300, 0.7) * env * 2, pan, amp));
			}),
			SynthDef(\mgHat, { |out = 0, amp = 0.1, pan = 0|
				var env = EnvGen.kr(Env.perc(0.001, 0.07, 1, -5), doneAction: 2);
				var sig = LPF.ar(HPF.ar(metal.(1.9) + (WhiteNoise.ar * 0.6), 7000), 13000);
				Out.ar(out, Pan2.ar(sig * env, pan, amp * 0.7));
			}),
			SynthDef(\mgOpenHat, { |out = 0, amp = 0.1, pan = 0|
				var env = EnvGen.kr(Env.perc(0.001, 0.45, 1, -3), doneAction: 2);
				var sig = LPF.ar(HPF.ar(metal.(1.9) + (WhiteNoise.ar * 0.6), 6500), 13000);
				Out.ar(out, Pan2.ar(sig * env, pan, amp * 0.6));
			}),
			SynthDef(\mgTom, { |out = 0, freq = 110, amp = 0.1, pan = 0|
				var env = EnvGen.kr(Env.perc(0.001, 0.45, 1, -4), doneAction: 2);
				var sig = SinOsc.ar(freq * EnvGen.kr(Env([1.7, 1], [0.07], \exp))) + (BPF.ar(PinkNoise.ar, 500) * 0.4);
				Out.ar(out, Pan2.ar(sig * env, pan, amp));
			}),
			SynthDef(\mgCrash, { |out = 0, amp = 0.1, pan = 0|
				var env = EnvGen.kr(Env.perc(0.001, 1.8, 1, -5), doneAction: 2);
				var sig = LPF.ar(HPF.ar(metal.(2.3) * 0.6 + WhiteNoise.ar, 5000 - (env * 2000)), 6000 + (env * 8000));
				Out.ar(out, Pan2.ar(sig * env, pan, amp * 0.5));
			}),
			SynthDef(\mgRide, { |out = 0, amp = 0.1, pan = 0|
				var env = EnvGen.kr(Env.perc(0.001, 0.9, 1, -5), doneAction: 2);
				var ping = SinOsc.ar([3180, 4730]).sum * EnvGen.kr(Env.perc(0.001, 0.3)) * 0.25;
				var sig = LPF.ar(HPF.ar(metal.(2.7) * 0.7 + (WhiteNoise.ar * 0.25), 5500), 13000);
				Out.ar(out, Pan2.ar((sig + ping) * env, pan, amp * 0.55));
			}),
			SynthDef(\mgPerc, { |out = 0, freq = 220, amp = 0.1, pan = 0|
				var env = EnvGen.kr(Env.perc(0.001, 0.12), doneAction: 2);
				var sig = SinOsc.ar((freq * 4).min(2000)) + BPF.ar(WhiteNoise.ar, (freq * 8).min(9000), 0.5);
				Out.ar(out, Pan2.ar(sig * env, pan, amp * 0.7));
			}),
			// Put it at the tail: a little reverberation, and nothing louder than the sound card can.
			SynthDef(\mgRoom, { |out = 0, mix = 0.2, room = 0.6, damp = 0.4, amp = 1|
				var dry = In.ar(out, 2) * amp;
				var wet = FreeVerb2.ar(*(HPF.ar(dry, 200) ++ [1, room, damp]));
				ReplaceOut.ar(out, Limiter.ar(XFade2.ar(dry, wet, mix * 2 - 1), 0.95, 0.005));
			})
		]
	}
}
