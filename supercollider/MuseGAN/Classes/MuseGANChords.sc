// Chords: the one that you play, the band's, the chart's; the chart itself; and what the band expects of you.
+ MuseGAN {
	// As of where the calling thread is: names as Symbols, or nil. That of what you play is in `chord`.

	bandChord { ^bars.upTo(this.prBarNow[0]) !? { |bar| bar.chord } }

	chartChord {
		var number, position;
		#number, position = this.prBarNow;
		^charted[number] !? { |bar|
			MuseGANChord.orNil(bar[\chords].select { |change| change[0] <= position }.last !? { |change| change[1] })
		}
	}

	// The one to play on.
	chordNow { ^this.chartChord ? this.bandChord ? chord }

	// A String, or nil.
	chart { |action|
		var text = { |name| if(name.isNil or: { name == '' }) { nil } { name.asString } };
		^text.(this.read('chart', action !? { { |name| action.value(text.(name)) } }))
	}

	chartClear {
		this.chart = nil; // it ends a pattern of chords, too
		super.chartClear
	}

	// Of the bar that plays and those after it, in order; with an action it asks the band, too.
	expected { |action|
		var now = this.prBarNow[0];
		action !? { // the band answers in the order in which it was asked
			this.send("expected");
			this.ping(0, { action.value(this.expected) })
		};
		if((known['in/mode'] ? 'anticipate') != 'anticipate') { ^[] };
		^expecting.keys.asArray.sort.select { |number| number >= now }.collect { |number| expecting[number] }
	}

	inClear {
		super.inClear;
		[coming, expecting].do(_.clear)
	}

	// private

	// The number of the bar, and the beats of it that are over. Other clocks may be a little behind.
	prBarNow {
		var beat = if(thisThread.clock === clock) { thisThread.beats } { clock.bandBeatAt(thisThread.seconds) } + 0.05;
		var number = (beat / MuseGANBar.beats).floor.asInteger;
		^[number, beat - (number * MuseGANBar.beats)]
	}

	prHeardChord { |name|
		name = MuseGANChord.orNil(name);
		if(name != chord) {
			chord = name;
			this.changed(\chord, \chord, name)
		}
	}

	// A bar is committed.
	prBegun { |number, name|
		[charted, coming, expecting].do { |each|
			each.keys.copy.do { |old| if(old < (number - 2)) { each.removeAt(old) } }
		};
		this.prTellChord(\bandChord, number * MuseGANBar.beats, name);
		charted[number] ?? { this.prTellChord(\chartChord, number * MuseGANBar.beats, nil) };
	}

	prCharted { |number, index, part, changes|
		var bar = (bar: number, index: index, part: part, chords: changes);
		charted[number] = bar;
		changes.do { |change| this.prTellChord(\chartChord, number * MuseGANBar.beats + change[0], change[1]) };
		this.changed('chart/bar', bar)
	}

	prExpected { |number|
		var bar = coming[number];
		if(bar.isComplete) {
			expecting[number] = coming.removeAt(number);
			this.changed(\expected, bar)
		}
	}

	prExpectedNoMore { |number|
		[coming, expecting].do(_.removeAt(number));
		this.changed(\expected, nil)
	}

	// Dependants hear of a chord when it plays.
	prTellChord { |whose, beat, name|
		var before = silences;
		clock.schedAbs(beat, {
			if(silences == before) { this.prTell(whose, MuseGANChord.orNil(name)) };
			nil
		})
	}

	prTell { |whose, name|
		if(chords[whose] != name) {
			chords[whose] = name;
			this.changed(\chord, whose, name)
		}
	}

	prForgetChords {
		[charted, coming, expecting].do(_.clear);
		#[bandChord, chartChord].do { |whose| this.prTell(whose, nil) };
	}

	// A chart may set the key. One chord says too little about that, so where a pattern plays them the key stays.
	prSetChart { |bars, isPlayed|
		var text = this.class.prChart(if(isPlayed) { [bars] } { bars }).asSymbol;
		mine = mine.reject { |pair| pair.key == \chart }.add(\chart -> [text]);
		this.send(\chart, text);
		this.prKnow(\chart, [text]);
		if(isPlayed and: { known[\key].notNil }) { this.send(\key, known[\key]) } { this.send(\key) };
		this.send(\chart) // whether it was refused
	}

	// The text of a chart: of an Array of bars, in which an Array is a bar of several chords.
	*prChart { |bars|
		var isList = { |each| each.isKindOf(SequenceableCollection) and: { each.isString.not } };
		var name = { |each| if(each.isNil or: { each.isKindOf(Rest) }) { "N.C." } { each.asString } };
		^case
		{ bars.isNil } { "" }
		{ isList.(bars).not } { bars.asString }
		{ bars.collect { |bar| if(isList.(bar)) { bar.collect(name).join(" ") } { name.(bar) } }.join(" | ") }
	}

	prPrintHeard { |stream|
		var loop = this.expected.last !? { |bar| bar.loop } ? 0;
		known['in/mode'] !? { |mode| stream << ", " << mode };
		if(loop > 0) { stream << ", loop of " << loop };
		[you: chord, band: this.bandChord, chart: this.chartChord].pairsDo { |who, name|
			name !? { stream << ", " << who << " " << name }
		}
	}
}
