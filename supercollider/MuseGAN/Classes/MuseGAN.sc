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
	var <chord, chords, charted, coming, expecting; // for these see MuseGANChords

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
		#known, players, latents, waiting, chords, charted, coming, expecting = { IdentityDictionary.new } ! 8;
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
	set { |path, value, dur = 4| this.prPlay(path.asSymbol, value, dur, { |each, isPlayed|
		this.prSet(path.asSymbol, each, isPlayed)
	}) }

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

	split { |action| ^this.inSplit(action) }

	split_ { |pitch| this.inSplit = pitch }

	dynamics { |action| ^this.inDynamics(action) }

	dynamics_ { |amount| this.inDynamics = amount }

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
		<< if(isConnected) { "connected" } { "not connected" };
		if(isConnected) { this.prPrintHeard(stream) };
		stream << ")"
	}

	// private

	*prArgument { |value| ^if(value.isKindOf(Boolean)) { value.binaryValue } { value } }

	// Calls the action with a value, or with one after the other; what played under this name before ends.
	prPlay { |name, value, dur, action|
		players.removeAt(name).stop;
		if(value.isKindOf(Function)) { value = Pfunc(value) };
		if(value.isKindOf(Pattern) or: { value.isKindOf(Stream) }) {
			players[name] = Pbind(\setting, value, \dur, dur,
				\play, { if(currentEnvironment.isRest.not) { action.value(~setting, true) } }
			).play(clock, quant: MuseGANBar.beats)
		} {
			action.value(value, false)
		}
	}

	prSet { |path, value, isPlayed = false|
		var args;
		if(path == \chart) { ^this.prSetChart(value, isPlayed) };
		args = if(value.isKindOf(SequenceableCollection) and: { value.isString.not }) { value } { [value] };
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
		this.prSubscribe;
	}

	// With what you play, and what is expected of you.
	prSubscribe { this.send("subscribe", "bar", 0, lease, 0, 0, 1, 1) }

	prRenew {
		if(Main.elapsedTime - heard > (lease * 0.8)) {
			if(isWarned.not) {
				"MuseGAN: no answer from %:%. Is musegan-bridge serve running there? I keep trying."
				.format(addr.ip, addr.port).warn;
				isWarned = true;
			};
			this.prConnected(false);
		};
		if(isConnected) { this.prSubscribe } { this.prHello };
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
		this.prForgetChords;
		keys.tellAgain;
		mine.do { |pair| if(#[loop, section].includes(pair.key).not) { this.send(pair.key, *pair.value) } };
		["" -> this.class, "track/*/" -> MuseGANTrack].do { |pair|
			// a pattern reads many settings at once, but reaches over no slash
			var isDeep = { |path| path.asString.contains("/") }, paths = pair.value.settings.values;
			this.send(pair.key ++ "{" ++ paths.reject(isDeep).join(",") ++ "}");
			paths.select(isDeep).do { |path| this.send(pair.key ++ path) };
		};
		this.send("status"); // which chord you play
		this.send("expected");
	}

	prArrived { |bar| if(bar.notNil and: { bar.isComplete }) { this.changed(\bar, bar) } }

	prSilence { |reason|
		silences = silences + 1;
		bars.clear;
		this.prForgetChords;
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
}
