// One bar of the band: five tracks of notes, put together from messages that come in any order or not at all.
MuseGANBar {
	const <beats = 4, <loudest = 0.25; // amp of the velocity 127: five tracks of chords together stay below 1

	var <number, <measure, <seed, <privateSeed, <tempo, <isRepeated, <chord;
	var parts, numParts, numNotes;

	*new { |number| ^super.newCopyArgs(number).init }

	init { parts = IdentityDictionary.new }

	begin { |argMeasure, argSeed, argPrivateSeed, argTempo, argNumParts, repeated = 0, argChord|
		measure = argMeasure;
		seed = argSeed;
		privateSeed = argPrivateSeed;
		tempo = argTempo;
		numParts = argNumParts;
		isRepeated = repeated > 0;
		chord = MuseGANChord.orNil(argChord);
	}

	// values: position, pitch, velocity and duration of each note, one after the other.
	addPart { |track, part, values| parts[part] = [track.asSymbol, values.clump(4)] }

	end { |argNumNotes| numNotes = argNumNotes }

	hasBegun { ^numParts.notNil }

	isComplete {
		^numParts.notNil and: { numNotes.notNil } and: { parts.size == numParts }
		and: { parts.sum { |part| part[1].size } == numNotes }
	}

	// [position, pitch, velocity, duration] of each note of a track, in the order of their onsets.
	notes { |track| ^this.prNotes([track]).collect { |note| note.drop(-1) } }

	tracks { ^parts.collect(_.first).asSet.asArray.sort }

	// Events whose \dur add up to what is left of the bar after `from` beats, rests included. nil: of all tracks.
	events { |tracks, from = 0|
		var notes = this.prNotes(tracks !? _.asArray).reject { |note| note[0] < from };
		var onsets = notes.collect(_.first) ++ [beats];
		var events = notes.collect { |note, i|
			var position, pitch, velocity, duration, track;
			#position, pitch, velocity, duration, track = note;
			(
				track: track, bar: number, position: position,
				instrument: MuseGAN.instrument(track, pitch), pan: MuseGAN.pan(track, pitch),
				midinote: pitch, velocity: velocity, amp: this.class.amp(velocity),
				dur: onsets[i + 1] - position, sustain: duration
			)
		};
		if(onsets[0] > from) { events = [this.class.rest(onsets[0] - from)] ++ events };
		^events.do { |event| event[\chord] = chord ? 'N.C.' }
	}

	prNotes { |tracks|
		var found = parts.values.select { |part| tracks.isNil or: { tracks.includes(part[0]) } };
		^found.collect { |part| part[1].collect { |note| note.add(part[0]) } }.flatten(1)
		.sort { |a, b| (a[0] < b[0]) or: { (a[0] == b[0]) and: { a[1] < b[1] } } }
	}

	*amp { |velocity| ^(velocity / 127).squared * loudest }

	// Plays a bar of a band within a stream; without one, it rests as long.
	*embed { |inevent, band, bar, tracks, from = 0|
		var silences = band.silences;
		(if(bar.notNil) { bar.events(tracks, from) } { [this.rest(beats - from)] }).do { |event|
			if(inevent.isNil) { ^nil };
			// the band fell silent within the bar: keep the time, not the notes
			if(band.silences != silences) { event = this.rest(event[\dur].value) };
			event[\callback] = { |played| band.sounding(played) };
			inevent = inevent.copy.putAll(event).yield;
		}
		^inevent
	}

	// \midinote is there in rests too, so that Pkey(\midinote) + 12 does not end a pattern; so is \chord.
	*rest { |dur = 4| ^(dur: Rest(dur), sustain: dur, midinote: Rest(60), velocity: 0, amp: 0, chord: 'N.C.') }

	printOn { |stream| stream << this.class.name << "(" << number << ")" }
}

// The last committed bars that came, newest first. Knows no network and no clock. Each message returns the bar it
// belongs to, or nil: a bar that is only planned is left out, and another of its number will come.
MuseGANBars {
	const capacity = 16;

	var list, planned; // planned: the numbers of those that are not committed

	*new { ^super.new.clear }

	clear {
		list = [];
		planned = IdentitySet.new;
	}

	begin { |number, measure, seed, privateSeed, tempo, parts, repeated = 0, committed = 1, chord|
		var bar;
		if(committed == 0) { planned.add(number); ^nil };
		planned.remove(number);
		bar = this.prOpen(number);
		if(bar.hasBegun) { bar = this.prAdd(number) };
		^bar.begin(measure, seed, privateSeed, tempo, parts, repeated, chord)
	}

	addPart { |number, track, part, values|
		^if(planned.includes(number)) { nil } { this.prOpen(number).addPart(track, part, values) }
	}

	end { |number, numNotes| ^if(planned.includes(number)) { nil } { this.prOpen(number).end(numNotes) } }

	at { |number| ^list.detect { |bar| (bar.number == number) and: { bar.isComplete } } }

	// The bar of that number; if it is not there, the last one before it.
	upTo { |number|
		var found;
		list.do { |bar|
			if(bar.number <= number and: { bar.isComplete } and: { found.isNil or: { bar.number > found.number } }) {
				found = bar
			}
		};
		^found
	}

	prOpen { |number|
		^list.detect { |bar| (bar.number == number) and: { bar.isComplete.not } } ?? { this.prAdd(number) }
	}

	prAdd { |number|
		var bar = MuseGANBar(number);
		list = list.addFirst(bar).keep(capacity);
		^bar
	}
}
