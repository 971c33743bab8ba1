// One track of the band as an event pattern.
PmuseGAN : Pattern {
	var <>track, <>musegan, <>repeats;

	*new { |track = \piano, musegan, repeats = inf| ^super.newCopyArgs(track.asSymbol, musegan, repeats) }

	storeArgs { ^[track, musegan, repeats] }

	embedInStream { |inevent|
		var band = musegan ?? { MuseGAN.default };
		repeats.value(inevent).do {
			var silences = band.silences;
			var bar, from, events;
			#bar, from = band.barNow;
			events = if(bar.notNil) { bar.events(track, from) } { [MuseGANBar.rest(MuseGANBar.beats - from)] };
			events.do { |event|
				if(inevent.isNil) { ^nil.yield };
				// the band fell silent within the bar: keep the time, not the notes
				if(band.silences != silences) { event = MuseGANBar.rest(event[\dur].value) };
				event[\callback] = { |played| band.sounding(played) };
				inevent = inevent.copy.putAll(event).yield;
			}
		};
		^inevent
	}
}
