// The band: a connection to musegan-bridge, the bars it sent, and a clock that follows it.
MuseGAN : MuseGANControls {
	classvar default;
	const <lease = 9.0; // seconds; renewed three times in that time

	var <addr, <clock, <bars, <silences = 0, <isConnected = false;
	var <info, <state; // what the server told of itself; its last status
	var <keeping; // the MuseGANHost that the band keeps time with, or nil
	var receiver, handlers, renewal, heard = 0, isWarned = false, isOnTime = true, waiting;
	var known, mine, players; // settings: their values; what you set, in that order; the patterns that set them
	var <keys, latents, sounding, fields;

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
		keys = MuseGANKeys(this);
		#known, players, latents, waiting = { IdentityDictionary.new } ! 4;
		#mine, sounding = [[], []];
		fields = this.class.fields;
		handlers = this.prHandlers;
		this.class.addSynthDefs;
		CmdPeriod.add(this);
		default ?? { default = this };
		if(port == NetAddr.langPort and: { addr.isLocal }) {
			"MuseGAN: port % is sclang's own. Start the band on another one, `musegan-bridge serve --port 57130`, "
			"then MuseGAN.connect(port: 57130).".format(port).warn;
			^this
		};
		receiver = { |msg, time, from| this.prReceive(msg, time, from) };
		thisProcess.addOSCRecvFunc(receiver); // no OSCFunc: Cmd-. must not cut the connection
		this.prHello;
		renewal = SkipJack({ this.prRenew }, lease / 3, name: "MuseGAN", clock: SystemClock);
	}

	free {
		keeping !? { keeping.stop };
		players.do(_.stop);
		keys.leave;
		this.send("unsubscribe");
		renewal !? { renewal.stop };
		CmdPeriod.remove(this);
		thisProcess.removeOSCRecvFunc(receiver);
		if(clock.isRunning) { clock.stop };
		this.prConnected(false);
		if(default === this) { default = nil };
	}

	// Telling and asking: paths are what follows /musegan/ in the OSC reference.

	send { |path ... args| addr.sendMsg("/musegan/" ++ path, *args.collect { |each| this.class.prArgument(each) }) }

	// A Pattern, a Stream or a Function is played on the clock, a value every `dur` beats.
	set { |path, value, dur = 4| this.prPlay(path.asSymbol, value, dur, { |each| this.prSet(path.asSymbol, each) }) }

	// What this sclang knows a setting to be; with an action it asks the band, too.
	read { |path, action|
		path = path.asSymbol;
		action !? { this.prAwait(path, path, action); this.send(path) };
		^known[path]
	}

	// Asks, and calls the action with the answer, an Event.
	ask { |path, answer, action ... args|
		this.prAwait(path, answer, action ?? { { |event| "MuseGAN: % %".format(answer, event).postln } });
		this.send(path, *args)
	}

	// Tracks, and the z of a group.

	// A track by its name, or several by a pattern of OSC: "{bass,drums}".
	at { |name| ^MuseGANTrack(this, name) }

	latent { |group = \shared|
		group = group.asSymbol;
		latents[group] ?? { latents[group] = MuseGANLatent(group, this) };
		^latents[group]
	}

	// Playing along

	track { ^keys.tracks.unbubble }

	track_ { |names| keys.tracks = names }

	noteOn { |pitch, velocity = 64, track| ^keys.noteOn(pitch, velocity, track) }

	noteOff { |pitch, track, which| keys.noteOff(pitch, track, which) }

	inTrack_ { |names| keys.tracks = names }

	held { ^keys.held }

	// Lets the band keep the time of a clock of yours; nil: its own.
	keep { |clock|
		keeping !? { keeping.stop };
		keeping = clock !? { MuseGANHost(this, clock) }
	}

	// For patterns

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
		players.clear; // they played on the clock, and it is empty
		keys.releaseAll; // their note offs were scheduled, and are gone
	}

	printOn { |stream|
		stream << this.class.name << "(" << addr.ip << ", " << addr.port << ", "
		<< if(isConnected) { "connected" } { "not connected" } << ")"
	}

	// private

	*prArgument { |value| ^if(value.isKindOf(Boolean)) { value.binaryValue } { value } }

	// Calls the action with a value, or with one after the other; what played under this name before ends.
	prPlay { |name, value, dur, action|
		players.removeAt(name).stop;
		if(value.isKindOf(Function)) { value = Pfunc(value) };
		if(value.isKindOf(Pattern) or: { value.isKindOf(Stream) }) {
			players[name] = Pbind(\setting, value, \dur, dur,
				\play, { if(currentEnvironment.isRest.not) { action.value(~setting) } }
			).play(clock, quant: MuseGANBar.beats)
		} {
			action.value(value)
		}
	}

	prSet { |path, value|
		var args = if(value.isKindOf(SequenceableCollection) and: { value.isString.not }) { value } { [value] };
		args = args.collect { |each| this.class.prArgument(each) };
		mine = mine.reject { |pair| pair.key == path }.add(path -> args);
		this.send(path, *args);
		if("*?[{".any { |sign| path.asString.contains(sign) }) { this.send(path) } { this.prKnow(path, args) };
	}

	prKnow { |path, args|
		var value = args.unbubble;
		if(known[path] != value) {
			known[path] = value;
			this.changed(\setting, path, value)
		}
	}

	prAwait { |path, answer, action| waiting[answer] = waiting[answer].add(path -> action) }

	prHello {
		this.send("hello");
		this.send("subscribe", "bar", 0, lease);
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
		if(isConnected) { this.send("subscribe", "bar", 0, lease) } { this.prHello };
	}

	prConnected { |bool|
		if(isConnected != bool) {
			isConnected = bool;
			if(bool) { this.prReturned };
			"MuseGAN: % to %:%".format(if(bool) { "connected" } { "no longer connected" }, addr.ip, addr.port).postln;
			this.changed(\connected, bool);
		}
	}

	// A server that was started again counts from 0, and has forgotten what you set.
	prReturned {
		isWarned = false;
		bars.clear;
		keys.tellAgain;
		mine.do { |pair| if(#[loop, section].includes(pair.key).not) { this.send(pair.key, *pair.value) } };
		["" -> this.class, "track/*/" -> MuseGANTrack].do { |pair|
			// a pattern reads many settings at once, but reaches over no slash
			var isDeep = { |path| path.asString.contains("/") }, paths = pair.value.settings.values;
			this.send(pair.key ++ "{" ++ paths.reject(isDeep).join(",") ++ "}");
			paths.select(isDeep).do { |path| this.send(pair.key ++ path) };
		}
	}

	prArrived { |bar| if(bar.notNil and: { bar.isComplete }) { this.changed(\bar, bar) } }

	prSilence { |reason|
		silences = silences + 1;
		bars.clear;
		keys.forget;
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

	prReceive { |msg, time, from|
		var path, names, answer, actions;
		if(from.port == addr.port and: { from.addr == addr.addr } and: { msg[0].asString.beginsWith("/musegan/") }) {
			heard = Main.elapsedTime;
			path = msg[0].asString.drop(9).asSymbol;
			names = fields[path];
			if(handlers[path].notNil) {
				handlers[path].value(time, *msg[1..])
			} {
				if(names.isNil) { this.prKnow(path, msg[1..]) } { this.changed(path, this.prEvent(names, msg[1..])) }
			};
			actions = waiting.removeAt(path);
			actions !? {
				answer = if(names.isNil) { msg[1..].unbubble } { this.prEvent(names, msg[1..]) };
				actions.do { |pair| pair.value.value(answer) }
			}
		}
	}

	prEvent { |names, values|
		var event = ();
		names.do { |name, i| event[name] = if(i == (names.size - 1)) { values[i..].unbubble } { values[i] } };
		^event
	}

	// What some messages mean; all others are told to dependants as Events.
	prHandlers {
		^IdentityDictionary[
			'hello/reply' -> { |time ... values|
				info = this.prEvent(fields['hello/reply'], values);
				info[\tracks] = info[\tracks].asString.split($ ).collect(_.asSymbol);
				if(info[\protocol] != this.class.protocol) {
					"MuseGAN: the server speaks protocol %, this Quark %: update the older one."
					.format(info[\protocol], this.class.protocol).warn
				};
			},
			'subscribe/reply' -> { this.prConnected(true) },
			'bar/begin' -> { |time, number, measure, seed, privateSeed, tempo, ahead, parts, repeated, committed|
				var now = thisThread.seconds;
				sounding = sounding.select { |pair| pair[0] > now };
				clock.follow(number * MuseGANBar.beats, this.prMoment(time, now + ahead), tempo / 60);
				this.prArrived(bars.begin(number, measure, seed, privateSeed, tempo, parts, repeated, committed ? 1));
			},
			'bar/notes' -> { |time, number, track, part ... values|
				this.prArrived(bars.addPart(number, track, part, values))
			},
			'bar/end' -> { |time, number, notes| this.prArrived(bars.end(number, notes)) },
			'silence' -> { |time, reason| this.prSilence(reason) },
			'tempo/changed' -> { |time, tempo, beat|
				// It may be some seconds ahead: so the timetag counts where those of the bars did.
				clock.follow(beat, if(isOnTime) { time } { thisThread.seconds }, tempo / 60);
				this.prKnow(\tempo, [tempo]);
				this.changed(\tempo, tempo);
			},
			'status/reply' -> { |time ... values|
				state = this.prEvent(fields['status/reply'], values);
				this.changed(\status, state);
			},
			'latent/values' -> { |time, group, index ... values| this.latent(group).prTake(index, values) },
			'error' -> { |time, address, text|
				var path = address.asString.drop(9);
				"MuseGAN: % was refused: %".format(address, text).warn;
				waiting = waiting.collect { |actions| actions.reject { |pair| pair.key.asString == path } };
				this.changed(\error, address, text);
			},
			'help/entry' -> { |time, address, direction, arguments, doc|
				"% (%) %\n\t%".format(address, direction, arguments, doc).postln
			}
		]
	}
}
