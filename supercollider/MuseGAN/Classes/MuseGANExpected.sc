// What the band expects you to play in a bar to come: a bar like the band's own, to be read or played.
MuseGANExpected : MuseGANBar {
	var <source, <semitones, <confidence, <loop;

	begin { |argSource, argSemitones, argConfidence, argLoop, argChord, argNumParts|
		source = argSource;
		semitones = argSemitones;
		confidence = argConfidence;
		loop = argLoop;
		chord = MuseGANChord.orNil(argChord);
		numParts = argNumParts;
	}

	isComplete { ^numParts.notNil and: { parts.size == numParts } }

	printOn { |stream|
		stream << this.class.name << "(" << number << ", " << (chord ? "no chord") << ", " << confidence.round(0.01) << ")"
	}
}
