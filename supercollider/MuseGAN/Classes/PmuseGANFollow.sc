// Plays a pattern as it is, and to the band, too: the track is its own meanwhile, and the band follows it.
PmuseGANFollow : FilterPattern {
	var <>track, <>musegan;

	*new { |track, pattern, musegan| ^super.new(pattern).track_(track.asSymbol).musegan_(musegan) }

	storeArgs { ^[track, pattern, musegan] }

	embedInStream { |inevent|
		var keys = (musegan ?? { MuseGAN.default }).keys;
		var stream = pattern.asStream, cleanup = EventStreamCleanup.new, event, leave;
		keys.follow(track);
		loop {
			event = stream.next(inevent);
			leave = leave ?? { cleanup.addFunction(event ? inevent, { keys.unfollow(track) }) };
			if(event.isNil) { ^cleanup.exit(inevent) };
			cleanup.update(event);
			inevent = this.prHeard(event, keys).yield;
			if(inevent.isNil) { ^cleanup.exit(event) };
		}
	}

	prHeard { |event, keys|
		var finish = event[\finish];
		if(event.isRest) { ^event };
		^event.copy.put(\finish, { |played|
			finish.value(played);
			if(MuseGANKeys.isNote(played)) { keys.hear(track) }
		})
	}
}
