// The band: a connection to musegan-bridge, the bars it sent, and a clock that follows it.
MuseGAN {
	classvar default;
	const <protocol = 3;
	const <lease = 9.0; // seconds; renewed three times in that time

	var <addr, <clock, <bars, <silences = 0, <isConnected = false;
	var <info, <state; // what the server told of itself; its last status
	var <track, <mode, <key; // the track you took, how the band follows it, the key: nil where you never chose
	var <held; // pitches you hold
	var responders, readers, renewal, heard = 0, isWarned = false, isOnTime = true, sounding, statusAction;

	*initClass {
		Class.initClassTree(Event);
		// What such an event plays, you play to the band: \midinote, \velocity, \sustain.
		Event.addEventType(\musegan, {
			var band = ~musegan ?? { MuseGAN.default };
			var here = thisThread.clock;
			var pitches, sustains, velocities;
			~freq = ~detunedFreq.value;
			pitches = ~freq.cpsmidi.round.asInteger.asArray;
			sustains = ~sustain.value.asArray;
			velocities = ~velocity.value.asArray;
			pitches.do { |pitch, i|
				band.noteOn(pitch, velocities.wrapAt(i));
				here.sched(sustains.wrapAt(i), { band.noteOff(pitch); nil });
			}
		});
	}

	*default { ^default ?? { this.new } }

	// Makes the new connection the default, and ends the one that was.
	*connect { |host = "127.0.0.1", port = 57120|
		default !? { default.free };
		^default = this.new(host, port)
	}

	*new { |host = "127.0.0.1", port = 57120| ^super.new.init(host, port) }

	init { |host, port|
		addr = NetAddr(host, port);
		clock = MuseGANClock.new;
		bars = MuseGANBars.new;
		held = IdentitySet.new;
		readers = IdentityDictionary.new;
		sounding = [];
		this.class.addSynthDefs;
		CmdPeriod.add(this);
		default ?? { default = this };
		if(port == NetAddr.langPort and: { addr.isLocal }) {
			"MuseGAN: port % is sclang's own. Start the band on another one, `musegan-bridge serve --port 57130`, "
			"then MuseGAN.connect(port: 57130).".format(port).warn;
			^this
		};
		this.prRespond;
		this.prHello;
		renewal = SkipJack({ this.prRenew }, lease / 3, name: "MuseGAN", clock: SystemClock);
	}

	free {
		this.prReleaseKeys;
		this.prSend("unsubscribe");
		renewal !? { renewal.stop };
		CmdPeriod.remove(this);
		responders.do(_.free);
		responders = nil;
		readers.do(_.free);
		readers.clear;
		if(clock.isRunning) { clock.stop };
		this.prConnected(false);
		if(default === this) { default = nil };
	}

	// transport and generation

	play { this.prSend("play") }

	continue { this.prSend("continue") }

	stop { this.prSend("stop") }

	panic { held.clear; this.prSend("panic") }

	tempo { ^clock.bandTempo * 60 }

	tempo_ { |bpm| this.prSend("tempo", bpm) }

	gen { |seed, privateSeed| this.prSend("gen", seed ? -1, privateSeed ? -1) }

	genNow { |seed, privateSeed| this.prSend("gen/now", seed ? -1, privateSeed ? -1) }

	genPhrase { |seed, privateSeed| this.prSend("gen/phrase", seed ? -1, privateSeed ? -1) }

	genTrack { |track, seed| this.prSend("track/%/gen".format(track), seed ? -1) }

	fill { this.prSend("fill") }

	recall { |bar, bars = 1| this.prSend("recall", bar, bars) }

	section { |name| this.prSend("section", name) }

	snapshot { |name| this.prSend("snapshot/save", name) }

	loadSnapshot { |name| this.prSend("snapshot/load", name) }

	// controls: \density, 'latent/walk' and so on, as in the OSC reference; of a track, or of the band

	control { |name, value, track|
		if(value.isKindOf(Boolean)) { value = value.binaryValue };
		this.prSend(this.prControl(name, track), value)
	}

	read { |name, track, action|
		var path = this.prControl(name, track).asSymbol;
		action = action ?? { { |value| "MuseGAN: % is %".format(path, value).postln } };
		readers[path] !? { readers[path].free };
		readers[path] = OSCFunc({ |msg|
			readers.removeAt(path).free;
			action.value(msg[1])
		}, "/musegan/" ++ path, addr).fix;
		this.prSend(path)
	}

	// playing along

	track_ { |name|
		track = (name ? \none).asSymbol;
		this.prSend("in/track", track)
	}

	follow { |name| this.track = name }

	mode_ { |name|
		mode = name.asSymbol;
		this.prSend("in/mode", mode)
	}

	key_ { |name|
		key = name.asSymbol;
		this.prSend("key", key)
	}

	noteOn { |pitch, velocity = 64| this.note(pitch, velocity) }

	noteOff { |pitch| this.note(pitch, 0) }

	note { |pitch, velocity = 64|
		pitch = pitch.round.asInteger;
		velocity = velocity.round.asInteger;
		if(velocity > 0) { held.add(pitch) } { held.remove(pitch) };
		this.prSend("in/note", pitch, velocity)
	}

	// questions

	status { |action|
		statusAction = action ?? { { |reply| "MuseGAN: %".format(reply).postln } };
		this.prSend("status")
	}

	help { |prefix = ""| this.prSend("help", prefix) }

	// for patterns

	// The bar that belongs to where the calling thread is, and how many of its beats are gone.
	barNow {
		var beat = thisThread.beats, from = 0, number;
		if(thisThread.clock === clock) {
			number = ((beat + 1e-4) / MuseGANBar.beats).floor;
			from = beat - (number * MuseGANBar.beats);
			if(from < 1e-4) { from = 0 }; // a downbeat, but for rounding
		} {
			number = (clock.bandBeatAt(thisThread.seconds) / MuseGANBar.beats).round;
		};
		^[bars.upTo(number), from]
	}

	// Remembers a played event, so that silence can release it.
	sounding { |event|
		if(event[\id].notNil and: { event[\sendGate] ? event[\hasGate] }) {
			sounding = sounding.add([thisThread.clock.beats2secs(thisThread.beats + event[\sustain].asArray.maxItem), event])
		}
	}

	cmdPeriod {
		sounding = [];
		this.prReleaseKeys; // their note offs were scheduled, and are gone
	}

	printOn { |stream| stream << this.class.name << "(" << addr.ip << ", " << addr.port << ")" }

	// private

	prSend { |name ... args| addr.sendMsg("/musegan/" ++ name, *args) }

	prControl { |name, track| ^if(track.isNil) { name.asString } { "track/%/%".format(track, name) } }

	prHello {
		this.prSend("hello");
		this.prSend("subscribe", "bar", 0, lease);
	}

	prRenew {
		if(Main.elapsedTime - heard > (lease * 0.8)) {
			if(isWarned.not) {
				"MuseGAN: no answer from %:%. Is musegan-bridge serve running there? I keep trying."
				.format(addr.ip, addr.port).warn;
				isWarned = true;
			};
			this.prConnected(false);
		};
		if(isConnected) { this.prSend("subscribe", "bar", 0, lease) } { this.prHello };
	}

	prConnected { |bool|
		if(isConnected != bool) {
			isConnected = bool;
			if(bool) {
				isWarned = false;
				"MuseGAN: connected to %:%".format(addr.ip, addr.port).postln;
				// A server that was started again has forgotten these.
				track !? { this.track = track };
				mode !? { this.mode = mode };
				key !? { this.key = key };
			} {
				"MuseGAN: no longer connected to %:%".format(addr.ip, addr.port).postln;
			};
			this.changed(\connected, bool);
		}
	}

	prArrived { |bar| if(bar.notNil and: { bar.isComplete }) { this.changed(\bar, bar) } }

	prReleaseKeys { held.copy.do { |pitch| this.noteOff(pitch) } }

	prSilence { |reason|
		silences = silences + 1;
		bars.clear;
		clock.unfollow;
		// The note offs that are scheduled still come: the audio server may post that it does not know the node.
		sounding.do { |pair|
			var end, event, server;
			#end, event = pair;
			server = event[\server];
			if(end > thisThread.seconds) {
				server.sendBundle(server.latency, *[15 /* n_set */, event[\id], \gate, 0].flop)
			}
		};
		sounding = [];
		this.changed(\silence, reason);
		if(reason == \quit) { this.prConnected(false) };
	}

	// The moment of a bundle, or `otherwise` where the timetag cannot be meant: "immediately" reads as years
	// ahead, and two machines may disagree about the time of day.
	prMoment { |time, otherwise|
		isOnTime = (time - otherwise).abs < 2;
		^if(isOnTime) { time } { otherwise }
	}

	prRespond {
		var respond = { |name, function|
			responders = responders.add(
				OSCFunc({ |msg, time|
					heard = Main.elapsedTime;
					function.value(time, *msg[1..])
				}, "/musegan/" ++ name, addr).fix // .fix: Cmd-. must not cut the connection
			)
		};
		respond.("hello/reply", { |time, version, protocol, bundle, tracks, beats, measures, lookahead, provider, http|
			info = (
				version: version, protocol: protocol, bundle: bundle,
				tracks: tracks.asString.split($ ).collect(_.asSymbol),
				beats: beats, measures: measures, lookahead: lookahead, provider: provider, http: http
			);
			if(protocol != this.class.protocol) {
				"MuseGAN: the server speaks protocol %, this Quark %: update the older one."
				.format(protocol, this.class.protocol).warn
			};
		});
		respond.("subscribe/reply", { this.prConnected(true) });
		respond.("bar/begin", { |time, number, measure, seed, privateSeed, tempo, ahead, parts, repeated, committed|
			var now = thisThread.seconds;
			sounding = sounding.select { |pair| pair[0] > now };
			clock.follow(number * MuseGANBar.beats, this.prMoment(time, now + ahead), tempo / 60);
			this.prArrived(bars.begin(number, measure, seed, privateSeed, tempo, parts, repeated, committed ? 1));
		});
		respond.("bar/notes", { |time, number, track, part ... values|
			this.prArrived(bars.addPart(number, track, part, values));
		});
		respond.("bar/end", { |time, number, notes|
			this.prArrived(bars.end(number, notes));
		});
		respond.("silence", { |time, reason| this.prSilence(reason) });
		respond.("tempo/changed", { |time, tempo, beat|
			// It may be some seconds ahead: so the timetag counts where those of the bars did.
			clock.follow(beat, if(isOnTime) { time } { thisThread.seconds }, tempo / 60);
			this.changed(\tempo, tempo);
		});
		respond.("status/reply", { |time ... values|
			state = [\playing, \tempo, \beat, \seed, \track, \held, \subscribers, \bars, \late, \slack, \rejected,
				\bundle, \provider, \mode, \key, \clock, \slack_p50, \slack_p95, \slack_p99, \planned, \section
			].collect { |name, i| [name, values[i]] }.flatten(1).asEvent;
			statusAction.value(state);
			statusAction = nil;
			this.changed(\status, state);
		});
		respond.("error", { |time, address, text|
			"MuseGAN: % was refused: %".format(address, text).warn;
			this.changed(\error, address, text);
		});
		respond.("help/entry", { |time, address, direction, arguments, doc|
			"% (%) %\n\t%".format(address, direction, arguments, doc).postln
		});
	}
}
