// Chords by their names, as notes.
MuseGANChord {
	classvar table;

	// MIDI notes, rising: its tones in the octave that begins at `low`, so that chords move little. A Rest without one.
	*notes { |name, low = 60|
		var classes = this.pitchClasses(name);
		^if(classes.isEmpty) { Rest(low) } { classes.collect { |each| (each - low) % 12 + low }.sort }
	}

	// The MIDI note of its bass, in the octave that begins at `low`.
	*bass { |name, low = 36|
		var bass;
		if(this.pitchClasses(name).isEmpty) { ^Rest(low) };
		bass = this.prParse(name.asString).last;
		^(bass - low) % 12 + low
	}

	// 0 is C; the root first. Empty where there is no chord.
	*pitchClasses { |name|
		var root, quality, bass, semitones;
		name = if(name.isNil or: { name.isKindOf(Rest) }) { "" } { name.asString };
		if(name.isEmpty or: { #["N.C.", "NC", "N.C", "n.c.", "nc"].includesEqual(name) }) { ^[] };
		if(name.contains(",")) { ^name.split($,).collect { |each| this.prParse(each)[0] } }; // no chord has these notes
		#root, quality, bass = this.prParse(name);
		table = table ?? { this.qualities };
		semitones = root !? { bass !? { table[quality] } };
		if(semitones.isNil) { "MuseGAN: % is no chord that I know".format(name).warn; ^[] };
		^(semitones + root) % 12
	}

	*orNil { |name| ^if(name.isNil or: { name == '' }) { nil } { name.asSymbol } }

	// [pitch class of the root, quality, pitch class of the bass]; nil for those that cannot be read.
	*prParse { |name|
		var root, rest, bass, slash = name.findBackwards("/");
		if(slash.notNil) {
			#bass, rest = this.prNote(name[slash + 1..]);
			if(rest != "") { bass = nil };
			name = name.keep(slash);
		};
		#root, rest = this.prNote(name);
		if(slash.isNil) { bass = root };
		^[root, rest.asSymbol, bass]
	}

	// [pitch class, what follows]
	*prNote { |text|
		var root = (C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11)[text.keep(1).asSymbol], sign, count = 1;
		if(root.isNil) { ^[nil, text] };
		sign = text[1];
		if(sign == $# or: { sign == $b }) {
			if(text[2] == sign) { count = 2 };
			^[(root + if(sign == $#) { count } { count.neg }) % 12, text.drop(count + 1)]
		};
		^[root, text.drop(1)]
	}
}
