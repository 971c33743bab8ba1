// One track of the band as an event pattern; several, or all of them, in PmuseGANBand.
PmuseGAN : Pattern {
	var <>track, <>musegan, <>repeats;

	*new { |track = \piano, musegan, repeats = inf| ^super.newCopyArgs(track.asSymbol, musegan, repeats) }

	storeArgs { ^[track, musegan, repeats] }

	tracks { ^[track] }

	embedInStream { |inevent|
		var band = musegan ?? { MuseGAN.default };
		repeats.value(inevent).do {
			var bar, from;
			#bar, from = band.barNow;
			inevent = MuseGANBar.embed(inevent, band, bar, this.tracks, from);
			if(inevent.isNil) { ^nil.yield };
		};
		^inevent
	}
}

// The whole band, or some tracks of it, in parallel.
PmuseGANBand : PmuseGAN {
	*new { |tracks, musegan, repeats = inf| ^super.newCopyArgs(tracks !? _.asArray, musegan, repeats) }

	tracks { ^track }
}

// One bar, again and again if you like: a MuseGANBar, the number of one of this show, or nil for the one that plays.
PmuseGANBar : Pattern {
	var <>bar, <>tracks, <>musegan, <>repeats;

	*new { |bar, tracks, musegan, repeats = 1| ^super.newCopyArgs(bar, tracks !? _.asArray, musegan, repeats) }

	storeArgs { ^[bar, tracks, musegan, repeats] }

	embedInStream { |inevent|
		var band = musegan ?? { MuseGAN.default };
		var found = bar.value(inevent) ?? { band.barNow[0] };
		repeats.value(inevent).do {
			if(found.isNumber) { found = band.bars.at(found) ?? { band.barGet(found); found } };
			inevent = MuseGANBar.embed(inevent, band, if(found.isNumber.not) { found }, tracks);
			if(inevent.isNil) { ^nil.yield };
		};
		^inevent
	}
}
