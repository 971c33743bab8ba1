// Types of events: a note of the band, a note that you play to it, settings of it.
+ MuseGAN {
	*initClass {
		Class.initClassTree(Event);

		// Sounds with the instrument of its \track, as loud as its \velocity.
		Event.addEventType(\musegan, { |server|
			var owns = { |key| MuseGANKeys.owns(currentEnvironment, key) };
			var note = ~eventTypes[\note], freqs = ~detunedFreq.value.asArray, instruments;
			if(owns.(\velocity) and: { owns.(\amp).not }) {
				~amp = MuseGANBar.amp(~velocity)
			};
			if(owns.(\instrument)) { note.value(server) } {
				instruments = freqs.collect { |freq| this.instrument(~track ? \piano, freq.cpsmidi.round) };
				~instrument = instruments[0];
				if(owns.(\pan).not) { ~pan = freqs.collect { |freq| this.pan(~track ? \piano, freq.cpsmidi.round) }.unbubble };
				if(instruments.every { |name| name == instruments[0] }) { note.value(server) } {
					freqs.do { |freq, i| // of the drums, each has its own
						var each = currentEnvironment.copy;
						each.keysValuesChange { |key, value| if(value.isArray) { value.wrapAt(i) } { value } };
						each.putAll((freq: freq, detune: 0, instrument: instruments[i])).use { note.value(server) }
					}
				}
			}
		});

		// Sounds nothing: the band hears it, on its \track if it has one.
		Event.addEventType(\museganIn, { (~musegan ?? { this.default }).keys.hear(~track) });

		// Sets what it has keys of that are named as a setting: of its \track, or of the band. Not the tempo, which
		// in an event is that of its clock.
		Event.addEventType(\museganSet, {
			var band = ~musegan ?? { this.default };
			var target = if(~track.isNil) { band } { band.at(~track) };
			var settings = if(~track.isNil) { this.settings } { MuseGANTrack.settings };
			currentEnvironment.keysValuesDo { |key, value|
				if(key != \tempo) { settings[key] !? { |path|
					if(path == \chart) { band.prSet(path, value.value, true) } { target.set(path, value.value) }
				} }
			}
		});
	}
}
