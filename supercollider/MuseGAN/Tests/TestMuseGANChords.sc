// Names of chords, charts, and what is expected: what the band says is given by hand, for nobody listens on port 9.
TestMuseGANChords : UnitTest {
	var band, changes;

	setUp {
		band = MuseGAN("127.0.0.1", 9);
		changes = [];
		band.addDependant { |changed, what ... args| changes = changes.add([what] ++ args) };
	}

	tearDown { band.free }

	prSay { |path ... args| band.prReceive(["/musegan/" ++ path] ++ args, thisThread.seconds, band.addr) }

	// A bar whose downbeat is `ahead` seconds from now, at 40 beats a second.
	prBegin { |number, chord, ahead = 0|
		var time = thisThread.seconds + ahead;
		band.prReceive(['/musegan/bar/begin', number, 0, 1, 2, 2400.0, ahead, 0, 0, 1, chord], time, band.addr);
		this.prSay("bar/end", number, 0);
	}

	prChanges { |what| ^changes.select { |change| change[0] == what }.collect { |change| change.drop(1) } }

	test_names_are_notes {
		[
			\C, [60, 64, 67], \Am7, [60, 64, 67, 69], "F#m7b5/E", [60, 64, 66, 69], \Bb, [62, 65, 70], "Cb", [63, 66, 71],
			\Gsus4, [60, 62, 67], "Ebmaj7", [62, 63, 67, 70], "C,Db,D", [60, 61, 62], "F##dim", [61, 67, 70], "C(b5)", [60, 64, 66]
		].pairsDo { |name, notes| this.assertEquals(MuseGANChord.notes(name), notes, name) };
		this.assertEquals(MuseGANChord.notes(\Am7, 53), [55, 57, 60, 64], "in the octave from F on");
		this.assertEquals(MuseGANChord.pitchClasses(\Am7), [9, 0, 4, 7], "the root first");
		this.assertEquals([\Am7, "C/E", "D/C", "C,Db,D"].collect { |name| MuseGANChord.bass(name) }, [45, 40, 36, 36], "basses");
	}

	test_no_chord_is_a_rest {
		[nil, '', "N.C.", Rest(), "word", "H7", "C/word", "Cfoo"].do { |name|
			this.assert(MuseGANChord.notes(name).isRest and: { MuseGANChord.bass(name).isRest }, name)
		};
	}

	test_chart_is_text_or_bars {
		var text = { |chart| band.chart = chart; band.chart };
		this.assertEquals(text.("C | Am F | G"), "C | Am F | G", "text");
		this.assertEquals(text.(["C", ["Am", \F], \G]), "C | Am F | G", "bars, of which one has two chords");
		this.assertEquals(text.([\C, nil, [Rest(), \G]]), "C | N.C. | N.C. G", "no chord");
		this.assertEquals(text.(\C), "C", "one bar");
		this.assertEquals(text.(nil), nil, "none");
	}

	test_chords_are_those_of_the_bar_that_plays {
		var names = { [band.chord, band.bandChord, band.chartChord, band.chordNow] };
		this.assertEquals(names.value, nil ! 4, "nothing was said");
		this.prSay("heard/chord", 3, 1.0, \F, 0, 5, 9);
		this.assertEquals(names.value, [\F, nil, nil, \F], "what you play");
		this.prBegin(4, \Am);
		this.assertEquals(names.value, [\F, \Am, nil, \Am], "what the band plays");
		this.prSay("chart/bar", 4, 2, '', 0.0, \Dm7, 2.0, \G7);
		this.assertEquals(names.value, [\F, \Am, \Dm7, \Dm7], "the chart, first half");
		band.clock.follow(18.5, thisThread.seconds, 2);
		this.assertEquals(names.value, [\F, \Am, \G7, \G7], "second half");
		band.clock.follow(20.5, thisThread.seconds, 2);
		this.assertEquals(band.chartChord, nil, "the next bar has none");
		this.prSay("heard/chord", 5, 1.0, '');
		this.prSay("silence", \stop);
		this.assertEquals(names.value, nil ! 4, "silence");
	}

	test_chart_has_a_bar_without_a_chord {
		this.prBegin(4, \Am);
		this.prSay("chart/bar", 4, 1, \verse, 0.0, '');
		this.assertEquals([band.chartChord, band.chordNow], [nil, \Am], "N.C.");
	}

	test_dependants_hear_of_chords_when_they_play {
		var got = CondVar.new, told = { this.prChanges(\chord) };
		band.addDependant { got.signalAll };
		this.prSay("heard/chord", 3, 1.0, \F, 0, 5, 9);
		this.prSay("heard/chord", 3, 2.0, \F, 0, 5, 9);
		this.prSay("chart/bar", 4, 1, '', 0.0, \Am, 2.0, \G);
		this.prBegin(4, \C, 0.1);
		this.assertEquals(told.value, [[\chord, \F]], "the bar has not begun");
		got.waitFor(2, { told.value.size == 4 });
		this.assertEquals(told.value.keep(1) ++ told.value[1..].sort { |a, b| a[1] < b[1] },
			[[\chord, \F], [\chartChord, \Am], [\bandChord, \C], [\chartChord, \G]], "each once");
		this.assertEquals(this.prChanges('chart/bar').collect { |args| args[0][\chords] }, [[[0.0, \Am], [2.0, \G]]], "the bar of the chart");
		this.prSay("silence", \stop);
		this.assertEquals(told.value.drop(4), [[\bandChord, nil], [\chartChord, nil]], "and that they end");
	}

	test_expected_bars_are_there_when_their_parts_are {
		this.prSay("expected/bar", 9, 5, 0, 0.75, 4, \Am, 2);
		this.prSay("expected/notes", 9, \piano, 0, 0.0, 57, 90, 1.0, 0.0, 60, 90, 1.0);
		this.assertEquals(band.expected, [], "a part is missing");
		this.prSay("expected/notes", 9, \bass, 1, 0.0, 33, 90, 4.0);
		this.prSay("expected/bar", 8, 4, 2, 0.5, 4, '', 0);
		this.assertEquals(band.expected.collect { |bar|
			[bar.number, bar.source, bar.semitones, bar.confidence, bar.loop, bar.chord, bar.tracks]
		}, [[8, 4, 2, 0.5, 4, nil, []], [9, 5, 0, 0.75, 4, \Am, [\bass, \piano]]], "in their order");
		this.assertEquals(band.expected[1].notes(\bass), [[0.0, 33, 90, 4.0]], "notes as those of a bar");
		this.assertEquals(PmuseGANBar(band.expected[1], \piano, band).asStream.nextN(2, ()).collect { |event| event[\midinote] },
			[57, 60], "and it can be played");
		this.assertEquals(this.prChanges(\expected).collect { |args| args[0].number }, [9, 8], "dependants hear of each");
		this.prSay("expected/bar", 9, 5, 0, 0.9, 4, \F, 0);
		this.assertEquals(band.expected[1].chord, \F, "the newest of a number counts");
		band.clock.follow(36.5, thisThread.seconds, 2);
		this.assertEquals(band.expected.collect(_.number), [9], "bar 8 is over");
		band.inClear;
		this.assertEquals(band.expected, [], "forgotten");
		this.prSay("expected/bar", 9, -1, 0, 0.0, 0, '', 0);
		this.assertEquals(band.expected, [], "nothing is expected any more");
	}

	test_nothing_is_expected_in_other_modes {
		this.prSay("expected/bar", 9, 5, 0, 0.75, 4, \Am, 0);
		this.prSay("in/mode", 'same-bar');
		this.assertEquals(band.expected, [], "same-bar");
	}

	test_events_have_the_chord_of_their_bar {
		var chords = { |bar, track| bar.events(track).collect { |event| event[\chord] } };
		this.prBegin(4, \Am);
		this.prBegin(5, '');
		this.assertEquals(chords.(band.bars.at(4), \bass), [\Am], "a rest, too");
		this.assertEquals([band.bars.at(4).chord, band.bars.at(5).chord], [\Am, nil], "of the bars");
		this.assertEquals(chords.(band.bars.at(5), \bass), ['N.C.'], "no nil, which would end a pattern, and no '', which is a rest");
		band.clock.follow(16, thisThread.seconds, 2);
		this.assertEquals(
			Pbindf(PmuseGAN(\bass, band, 1), \midinote, Pkey(\chord).collect { |name| MuseGANChord.notes(name) })
			.asStream.next(())[\midinote], [60, 64, 69], "a pad"
		);
	}

	test_band_prints_how_it_follows {
		band.prConnected(true);
		this.prSay("in/mode", \anticipate);
		this.prSay("expected/bar", 9, 5, 0, 0.75, 4, \Am, 0);
		this.prSay("heard/chord", 3, 1.0, \F, 0, 5, 9);
		this.prBegin(4, \C);
		this.assertEquals(band.asString, "MuseGAN(127.0.0.1, 9, connected, anticipate, loop of 4, you F, band C)", "all of it");
	}
}
