// Pure parts, and patterns on clocks that need no server: nobody listens on the port these bands talk to.
TestMuseGAN : UnitTest {
	var band;

	setUp { band = MuseGAN("127.0.0.1", 9) }

	tearDown { band.free }

	// One bar with bass notes at the positions, complete unless it is told otherwise.
	prBar { |number, positions, numNotes|
		band.bars.begin(number, 0, 1, 2, 120.0, 1, 0);
		band.bars.addPart(number, \bass, 0, positions.collect { |position| [position, 40, 100, 0.25] }.flatten(1));
		band.bars.end(number, numNotes ? positions.size);
	}

	prDurations { |positions, from = 0|
		this.prBar(0, positions);
		^band.bars.at(0).events(\bass, from).collect { |event| event[\dur].value }
	}

	test_bar_is_there_when_begin_parts_and_end_have_come {
		var bars = MuseGANBars.new;
		bars.end(3, 2);
		bars.addPart(3, \piano, 1, [1.0, 60, 90, 0.5]);
		this.assert(bars.at(3).isNil, "without a begin there is no bar");
		bars.begin(3, 0, 1, 2, 120.0, 2, 0);
		this.assert(bars.at(3).isNil, "with a part missing there is no bar");
		bars.addPart(3, \bass, 0, [0.0, 40, 100, 4.0]);
		this.assertEquals(bars.at(3).notes(\piano), [[1.0, 60, 90, 0.5]], "the order of messages does not matter");
	}

	test_bar_with_a_wrong_count_is_never_used {
		this.prBar(0, [0.0, 1.0], 3);
		this.assert(band.bars.at(0).isNil and: { band.bars.upTo(0).isNil }, "three notes were promised, two came");
	}

	test_planned_bar_is_left_out_until_it_is_committed {
		var bars = MuseGANBars.new;
		var send = { |position, committed|
			[
				bars.begin(3, 0, 1, 2, 120.0, 1, 0, committed),
				bars.addPart(3, \bass, 0, [position, 40, 100, 1.0]),
				bars.end(3, 1)
			]
		};
		this.assertEquals(send.(0.0, 0) ++ send.(1.0, 0), nil ! 6, "planned, and planned again");
		this.assert(bars.at(3).isNil and: { bars.upTo(3).isNil }, "nothing of it is played");
		send.(2.0, 1);
		this.assertEquals(bars.at(3).notes(\bass), [[2.0, 40, 100, 1.0]], "what was committed");
	}

	test_bar_that_comes_again_replaces_the_old_one {
		this.prBar(0, [0.0]);
		this.prBar(0, [2.0]);
		this.assertEquals(band.bars.at(0).notes(\bass)[0][0], 2.0, "the newest bar of a number counts");
	}

	test_old_bars_are_forgotten {
		40.do { |i| this.prBar(i, [0.0]) };
		this.assert(band.bars.at(0).isNil and: { band.bars.at(39).notNil }, "only the last few bars are kept");
	}

	test_missing_bar_is_the_last_one_before_it {
		this.prBar(1, [0.0]);
		this.prBar(2, [0.0]);
		this.prBar(7, [0.0]);
		this.assertEquals(band.bars.upTo(4).number, 2, "bar 4 is not there, 2 is the last before it");
		this.assert(band.bars.upTo(0).isNil, "a bar to come is never played early");
	}

	test_durations_of_a_bar_add_up_to_four_beats {
		[[], [0.0], [3.75], [0.5, 0.5, 0.5, 2.0], [0, 1, 2, 3].collect(_ / 3), (0..15) / 4].do { |positions|
			this.assertEquals(this.prDurations(positions).sum, 4.0, "onsets at %".format(positions));
		}
	}

	test_bar_begins_with_a_rest_until_its_first_note {
		this.assertEquals(this.prDurations([1.5, 2.0]), [1.5, 0.5, 2.0], "rest, note, note");
		this.assert(band.bars.at(0).events(\bass)[0].isRest, "the first event is a rest");
	}

	test_chord_is_events_without_a_duration_between_them {
		this.assertEquals(this.prDurations([1.0, 1.0, 1.0]), [1.0, 0.0, 0.0, 3.0], "three notes at once");
	}

	test_bar_entered_in_the_middle_keeps_its_notes_in_place {
		this.assertEquals(this.prDurations([0.0, 1.0, 3.0], 2.5), [0.5, 1.0], "rest to beat 3, note to the end");
	}

	test_empty_track_is_one_rest_of_a_bar {
		this.prBar(0, [0.0]);
		this.assertEquals(band.bars.at(0).events(\strings).collect { |event| event[\dur] }, [Rest(4)], "no strings");
	}

	test_band_that_never_spoke_is_a_rest {
		var event = PmuseGAN(\bass, band).asStream.next(());
		this.assert(event.isRest and: { event[\dur].value == 4 }, "nothing ever came: a bar of rest");
	}

	test_rest_does_not_end_patterns_that_transpose {
		var stream = Pbindf(PmuseGAN(\bass, band), \midinote, Pkey(\midinote) + 12).asStream;
		this.assert(3.collect { stream.next(()) }.every(_.notNil), "Pkey(\\midinote) + 12 goes on in rests");
	}

	test_pattern_repeats_bars {
		var stream;
		this.prBar(0, [0.0, 2.0]);
		stream = PmuseGAN(\bass, band, 2).asStream;
		this.assertEquals(stream.nextN(5, ()).collect(_.notNil), [true, true, true, true, false], "two bars of two notes");
	}

	test_whole_band_is_a_pattern_of_all_tracks_in_their_order {
		var events;
		band.bars.begin(0, 0, 1, 2, 120.0, 2, 0);
		band.bars.addPart(0, \bass, 0, [0.0, 40, 100, 4.0, 2.0, 43, 100, 1.0]);
		band.bars.addPart(0, \drums, 1, [1.0, 36, 100, 0.25, 2.0, 38, 100, 0.25]);
		band.bars.end(0, 4);
		events = PmuseGANBand(musegan: band, repeats: 1).asStream.nextN(5, ());
		this.assertEquals(events.keep(4).collect { |event| [event[\track], event[\position], event[\dur]] }, [
			[\bass, 0.0, 1.0], [\drums, 1.0, 1.0], [\drums, 2.0, 0.0], [\bass, 2.0, 2.0]
		], "two tracks in one stream");
		this.assertEquals(events.keep(4).collect { |event| event[\instrument] }, [\mgBass, \mgKick, \mgSnare, \mgBass],
			"each with its instrument");
		this.assert(events[4].isNil, "one bar");
		events = PmuseGANBand([\drums], band, 1).asStream.nextN(4, ());
		this.assertEquals(events.keep(3).collect { |event| event.isRest }, [true, false, false], "only those that you name");
	}

	test_one_bar_plays_as_often_as_you_like {
		var pitches = { |pattern, count| pattern.asStream.nextN(count, ()).collect { |event| event !? { event[\midinote] } } };
		this.prBar(3, [0.0]);
		this.prBar(4, [0.0, 2.0]);
		this.assertEquals(pitches.(PmuseGANBar(3, musegan: band, repeats: 2), 3), [40, 40, nil], "by its number");
		this.assertEquals(pitches.(PmuseGANBar(band.bars.at(4), \bass, band), 3), [40, 40, nil], "the bar itself");
		band.clock.follow(16, thisThread.seconds, 2);
		this.assertEquals(pitches.(PmuseGANBar(musegan: band), 3), [40, 40, nil], "the one that plays now");
		this.assert(PmuseGANBar(99, musegan: band).asStream.next(()).isRest, "one that is not here rests, and is asked for");
	}

	test_other_clock_plays_the_bar_whose_downbeat_is_nearest {
		10.do { |i| this.prBar(i, [0.0]) };
		[-1.9 -> 5, 1.9 -> 5, 2.1 -> 6].do { |case| // beats from the downbeat of bar 5 -> bar
			band.clock.follow(20 + case.key, thisThread.seconds, 2);
			this.assertEquals(PmuseGAN(\bass, band).asStream.next(())[\bar], case.value, "% beats away".format(case.key));
		}
	}

	test_own_clock_plays_the_bar_of_its_beat_on_its_beat {
		var played = [], done = CondVar.new;
		this.prBar(2, [0.0, 3.0]);
		this.prBar(3, [1.0]);
		band.clock.follow(10.5, thisThread.seconds, 20);
		Pbindf(PmuseGAN(\bass, band, 2), \play, {
			if(~bar.notNil) { played = played.add([~bar, thisThread.beats.round(1e-6)]) };
			if(played.size == 2) { done.signalAll };
		}).play(band.clock);
		done.waitFor(2, { played.size == 2 });
		this.assertEquals(played, [[2, 11.0], [3, 13.0]], "started at beat 10.5, the note at beat 8 is gone");
	}

	test_notes_stay_on_their_beats_inside_other_patterns {
		var bass = PmuseGAN(\bass, band);
		(
			Ppar: Ppar([bass, PmuseGAN(\drums, band), Pbind(\dur, 1/3)]),
			Pchain: Pchain(Pbind(\amp, 0.2), bass),
			Pfindur: Pseq([Pfindur(2.5, bass), Pfindur(1.5, Pbind(\dur, 0.5)), bass]),
			Pspawner: Pspawner { |sp| sp.par(bass); sp.wait(1); sp.par(PmuseGAN(\drums, band)) },
			Pdef: Pdef(\testMuseGAN, bass)
		).keysValuesDo { |name, pattern|
			var off = [], notes = 0, done = CondVar.new, player;
			band.bars.clear;
			4.do { |i| this.prBar(i, [0.0, 0.75, 3.0, 3.0]) };
			band.clock.unfollow;
			band.clock.follow(-0.1, thisThread.seconds, 40);
			player = Pbindf(pattern, \play, {
				~bar !? {
					notes = notes + 1;
					// after bar 3 it is played again, and a busy machine stops the player late
					if(notes <= 8 and: { (thisThread.beats - (~bar * 4 + ~position)).abs > 1e-6 }) { off = off.add(~bar) };
					if(notes == 8) { done.signalAll }
				}
			}).play(band.clock, quant: 4);
			done.waitFor(2, { notes >= 8 });
			player.stop;
			this.assert(notes >= 8 and: { off.isEmpty }, "% notes in %, off their beat in bars %".format(notes, name, off));
		};
		Pdef(\testMuseGAN).clear;
	}

	test_silence_within_a_bar_leaves_rests_to_its_end {
		var stream, events;
		this.prBar(0, [0.0, 1.0, 2.0]);
		stream = PmuseGAN(\bass, band, 1).asStream;
		events = [stream.next(())];
		band.prSilence(\stop);
		events = events ++ stream.nextN(2, ());
		this.assertEquals(events.collect(_.isRest), [false, true, true], "notes after the silence");
		this.assertEquals(events.sum { |event| event[\dur].value }, 4.0, "the bar keeps its length");
	}

	test_first_word_of_the_band_sets_the_clock {
		var clock = band.clock, now = thisThread.seconds;
		clock.follow(36, now + 0.5, 2);
		this.assertFloatEquals(clock.secs2beats(now + 0.5), 36, "bar 9 in half a second", 1e-6);
	}

	test_small_error_is_gone_at_the_next_downbeat_without_a_jump {
		var clock = band.clock, now = thisThread.seconds, before;
		clock.follow(0, now, 2);
		before = clock.beats;
		clock.follow(4, now + 1.9, 2); // the band is a tenth of a second ahead
		this.assertFloatEquals(clock.beats, before, "no jump", 1e-6);
		this.assertFloatEquals(clock.secs2beats(now + 1.9), 4, "there on the downbeat", 1e-6);
		this.assert(clock.tempo.inclusivelyBetween(2, 2.2), "by being a little faster");
	}

	test_tempo_is_the_bands_after_a_correction {
		var clock = band.clock, now = thisThread.seconds;
		clock.follow(3, now, 20);
		clock.follow(4, now + 0.051, 20);
		0.4.wait;
		this.assertFloatEquals(clock.tempo, 20, "nominal after the downbeat", 1e-9);
	}

	test_large_error_is_a_jump {
		var clock = band.clock, now = thisThread.seconds;
		clock.follow(0, now, 2);
		clock.follow(100, now + 0.1, 2);
		this.assertFloatEquals(clock.secs2beats(now + 0.1), 100, "there at once", 1e-6);
	}

	test_jump_carries_what_is_scheduled_to_the_next_bar_line {
		var clock = band.clock, at = [], done = CondVar.new;
		clock.follow(2, thisThread.seconds, 20);
		clock.schedAbs(4, { at = at.add(clock.beats); done.signalAll; if(at.size < 2) { 4 } });
		clock.follow(1001, thisThread.seconds, 20);
		done.waitFor(2, { at.size == 2 });
		this.assertEquals(at, [1004.0, 1008.0], "not at once, and not all that was passed over");
	}

	test_timetag_that_cannot_be_meant_is_not_believed {
		this.assertEquals(band.prMoment(100.5, 100), 100.5, "half a second apart: the timetag");
		this.assertEquals(band.prMoment(290636155, 100), 100, "immediately, as sclang reads it");
		this.assertEquals(band.prMoment(-3600, 100), 100, "another time zone");
	}

	test_note_offs_follow_what_was_played_to_the_band {
		band.noteOn(60, 100);
		band.noteOn(64, 100);
		band.noteOff(60);
		this.assertEquals(band.held, [64], "what is still held");
		band.cmdPeriod;
		this.assertEquals(band.held, [], "Cmd-. lets go");
	}

	test_note_off_of_an_earlier_note_leaves_a_later_one {
		var first = band.noteOn(60, 100, \bass), second = band.noteOn(60, 100, \bass);
		band.noteOff(60, \bass, first);
		this.assertEquals(band.held, [60], "the first one ended, the second sounds");
		band.noteOff(60, \bass, second);
		this.assertEquals(band.held, [], "now it ended, too");
	}

	test_drum_numbers_of_general_midi_have_instruments {
		var instruments = (35..59).collect { |pitch| MuseGAN.instrument(\drums, pitch) };
		var names = MuseGAN.synthDefs.collect { |def| def.name.asSymbol };
		this.assert(instruments.every { |name| names.includes(name) }, "each is one of ours");
		this.assertEquals(MuseGAN.instrument(\drums, 36), \mgKick, "36 is the bass drum");
	}

	test_event_of_the_band_finds_its_instrument {
		var sounds = { |event|
			var played = [];
			event.parent = Event.default.parent.copy.put(\eventTypes, Event.default.parent[\eventTypes].copy.put(\note, {
				played = played.add([~instrument, ~freq.value.cpsmidi.round, ~amp.value.round(0.01)])
			}));
			event.play;
			played
		};
		this.assertEquals(sounds.((type: \musegan, track: \bass, midinote: 40, velocity: 127)), [[\mgBass, 40, 0.25]], "bass");
		this.assertEquals(sounds.((type: \musegan, track: \drums, midinote: [36, 38], amp: [0.1, 0.2])),
			[[\mgKick, 36, 0.1], [\mgSnare, 38, 0.2]], "each drum its own");
		this.assertEquals(sounds.((type: \musegan, track: \drums, midinote: [36, 38], instrument: \mine, amp: 0.1)),
			[[\mine, [36, 38], 0.1]], "unless you name one");
	}

	test_recipe_for_MIDI_plays_each_track_on_its_channel {
		var sent = [], got = CondVar.new, clock = TempoClock(20);
		var tell = { |what| { |self, channel, pitch, velocity|
			sent = sent.add([what, channel, pitch, velocity]);
			got.signalAll
		} };
		var device = (noteOn: tell.(\on), noteOff: tell.(\off)); // as MIDIOut
		band.bars.begin(0, 0, 1, 2, 120.0, 2, 0);
		band.bars.addPart(0, \bass, 0, [0.0, 40, 100, 1.0]);
		band.bars.addPart(0, \drums, 1, [2.0, 36, 90, 0.25]);
		band.bars.end(0, 2);
		Pbindf(PmuseGANBar(0, musegan: band),
			\type, \midi, \midiout, device, \amp, Pkey(\velocity) / 127,
			\chan, Pfunc { |event| (bass: 0, guitar: 1, piano: 2, strings: 3, drums: 9)[event[\track]] ? 0 }
		).play(clock);
		got.waitFor(3, { sent.size == 4 });
		clock.stop;
		this.assertEquals(sent.collect { |message| message.collect { |value| if(value.isNumber) { value.round } { value } } },
			[[\on, 0, 40, 100], [\off, 0, 40, 100], [\on, 9, 36, 90], [\off, 9, 36, 90]], "on and off, on their channels");
	}

	test_recipe_for_SuperDirt_gives_its_event_type_what_it_needs {
		var sent = [], event;
		var types = Event.default.parent[\eventTypes], before = types[\dirt];
		types[\dirt] = { sent = sent.add([~s, ~orbit, ~midinote.value, ~sustain.value, ~amp.value.round(0.01)]) }; // as SuperDirt
		this.prBar(0, [0.0]);
		event = Pbindf(PmuseGANBar(0, \bass, band), \type, \dirt, \s, \superpiano, \orbit, 2).asStream.next(Event.default);
		event.play;
		types[\dirt] = before;
		this.assertEquals(sent, [[\superpiano, 2, 40, 0.25, 0.16]], "synth, orbit, pitch, length, loudness");
	}

	test_window_shows_whether_the_band_is_there {
		var made, shown, got = CondVar.new;
		var look = { |change|
			shown = nil;
			{
				change.value;
				made ?? { made = MuseGANWindow(band) };
				made.update(band, \connected);
				{ shown = [made.light.background.green > 0.5, made.text.string, made.mutes[1].value]; got.signalAll }.defer;
			}.defer;
			got.waitFor(3, { shown.notNil });
			shown
		};
		this.assertEquals(look.({})[..1], [false, "not connected to 127.0.0.1:9"], "red");
		this.prBar(2, [0.0]);
		shown = look.({ band.prConnected(true); band.prKnow(\tempo, [120.0]); band.drums.mute = true });
		this.assert(shown[0] and: { shown[1].contains("120.0 bpm") }, "green");
		this.assertEquals(shown[2], 1, "and the drums muted");
		{ made.close }.defer;
	}

	test_own_port_is_refused_with_a_hint {
		var own = MuseGAN("127.0.0.1", NetAddr.langPort);
		this.assert(own.isConnected.not, "sclang does not connect to itself");
		own.free;
	}
}
