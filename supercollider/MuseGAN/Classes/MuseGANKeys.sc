// What you play to the band: on which tracks, and which notes are held.
MuseGANKeys {
	var band, <tracks, followed, held, count = 0, told;

	*new { |band| ^super.newCopyArgs(band, [], Bag.new, Dictionary.new) }

	// Those that you chose; \none or nil: none.
	tracks_ { |names|
		if(names.isString) { names = names.split($ ) };
		tracks = names.asArray.collect(_.asSymbol).reject { |name| name == \none };
		this.prTell
	}

	// A pattern plays on a track: it is yours meanwhile.
	follow { |track|
		followed.add(track);
		this.prTell
	}

	// A pattern that is redefined ends, and begins again at once: so the track is given back a moment later.
	unfollow { |track|
		followed.remove(track);
		SystemClock.sched(0.05, { this.prTell; nil })
	}

	// Tells a band that was started again.
	tellAgain { told = nil; this.prTell }

	// Returns what noteOff can tell this note from a later one of the same pitch by. Velocity 0 is a note off.
	noteOn { |pitch, velocity = 64, track|
		pitch = pitch.round.asInteger;
		velocity = velocity.round.asInteger;
		if(velocity < 1) { this.noteOff(pitch, track); ^nil };
		count = count + 1;
		held[[pitch, track]] = count;
		this.prSend(pitch, velocity, track);
		^count
	}

	noteOff { |pitch, track, which|
		var key = [pitch.round.asInteger, track];
		if(held[key].notNil and: { which.isNil or: { held[key] == which } }) {
			held.removeAt(key);
			this.prSend(key[0], 0, track)
		}
	}

	// The pitches that are held.
	held { ^held.keys.asArray.collect(_.first).sort }

	releaseAll { held.keys.copy.do { |key| this.noteOff(*key) } }

	// The band has forgotten them.
	forget { held.clear }

	leave {
		this.releaseAll;
		followed.removeAll(followed.asArray);
		this.tracks = [];
		told = nil;
	}

	// The notes of an event, each at its time: called within the event, before it sounds.
	hear { |track|
		var here = thisThread.clock;
		var velocities = this.class.velocity(currentEnvironment).asArray, sustains = ~sustain.value.asArray;
		~detunedFreq.value.asArray.do { |freq, i|
			var pitch = freq.cpsmidi.round.asInteger;
			var late = ~timingOffset.asArray.wrapAt(i) + (~strum * i) + (~lag.asArray.wrapAt(i) * here.tempo);
			var play = {
				var which = this.noteOn(pitch, velocities.wrapAt(i), track);
				here.sched(sustains.wrapAt(i), { this.noteOff(pitch, track, which); nil });
				nil
			};
			if(pitch.inclusivelyBetween(0, 127)) { if(late > 0) { here.sched(late, play) } { play.value } }
		}
	}

	// Types of events that play a note, now and with a pitch; those of other Quarks count as such.
	*isNote { |event|
		^event.isRest.not and: {
			#[
				rest, off, set, kill, monoOff, group, parGroup, bus, audioBus, controlBus, tree, setProperties,
				load, read, alloc, allocRead, free, cue, table, cheby, sine1, sine2, sine3, gen, museganIn, museganSet
			].includes(event[\type]).not
		} and: { event[\type] != \midi or: { event[\midicmd] == \noteOn } }
	}

	// 1 to 127; of an event that has only an amp, the one that PmuseGAN would give it.
	*velocity { |event|
		var velocity = event[\velocity].value;
		if(this.owns(event, \velocity).not and: { this.owns(event, \amp) or: { this.owns(event, \db) } }) {
			velocity = (event[\amp].value / MuseGANBar.loudest).sqrt * 127
		};
		^velocity.round.asInteger.clip(1, 127)
	}

	// Whether it has the key itself, and not from what all events have.
	*owns { |event, key|
		event.keysDo { |each| if(each === key) { ^true } };
		^false
	}

	prTell {
		var all = tracks ++ followed.asSet.asArray.reject { |track| tracks.includes(track) };
		var names = if(all.isEmpty) { \none } { all.join(" ").asSymbol };
		if(names != (told ? \none)) { // who never chose a track leaves those of others alone
			told = names;
			band.send("in/track", names)
		}
	}

	// The timetag is the logical time, so that a busy sclang plays in time, too.
	prSend { |pitch, velocity, track|
		band.addr.sendBundle(0, ["/musegan/in/note", pitch, velocity] ++ (track ?? { [] }))
	}
}
