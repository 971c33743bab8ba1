// What patterns tell the band, heard on a port of sclang's own: notes, settings, tracks.
TestMuseGANFollow : UnitTest {
	classvar port;
	var band, said, ear, clock, came;

	*setUpClass {
		port = port ?? { (NetAddr.langPort + 300..NetAddr.langPort + 400).detect { |each| thisProcess.openUDPPort(each) } }
	}

	setUp {
		said = nil;
		came = CondVar.new;
		clock = TempoClock(20);
		ear = { |msg, time, from, onPort|
			if(onPort == port) {
				if(said.isNil and: { msg[0] == '/musegan/hello' }) { said = [] }; // not what the band before left
				said = said !? { said.add(msg.put(0, msg[0].asString.drop(9).asSymbol) ++ [time]) };
				came.signalAll
			}
		};
		thisProcess.addOSCRecvFunc(ear);
		band = MuseGAN("127.0.0.1", port);
		came.waitFor(3, { said.notNil });
	}

	tearDown {
		thisProcess.removeOSCRecvFunc(ear);
		band.free;
		clock.stop;
	}

	prHeard { |path| ^said.select { |msg| msg[0] == path }.collect { |msg| msg[1..] } }

	// The messages of a path without their times, as soon as there are so many.
	prWait { |path, count|
		came.waitFor(3, { this.prHeard(path).size >= count });
		^this.prHeard(path).collect { |msg| msg.drop(-1) }
	}

	// [pitch, velocity, beat] of each note, on and off, that a pattern sends.
	prNotes { |pattern, count|
		var start = clock.beats.ceil + 1;
		pattern.play(clock, quant: [1, 0, start - clock.nextTimeOnGrid(1)]);
		this.prWait('in/note', count);
		start = this.prHeard('in/note')[0].last;
		^this.prHeard('in/note').collect { |msg| [msg[0], msg[1], ((msg.last - start) * clock.tempo).round(0.01)] }
	}

	test_follow_sends_notes_on_and_off_in_their_beats {
		var notes = this.prNotes(PmuseGANFollow(\bass, Pbind(
			\midinote, Pseq([36, 43]), \dur, 2, \sustain, 1, \velocity, Pseq([100, 50])
		), band), 4);
		this.assertEquals(notes, [[36, 100, 0.0], [36, 0, 1.0], [43, 50, 2.0], [43, 0, 3.0]], "two notes");
	}

	test_follow_understands_every_way_to_name_a_pitch {
		[
			[\degree, 4, 67], [\note, 1, 61], [\midinote, 69, 69], [\freq, 440, 69], [\freq, 447, 69]
		].do { |case|
			var key, value, pitch;
			#key, value, pitch = case;
			said = [];
			this.assertEquals(
				this.prNotes(PmuseGANFollow(\bass, Pbind(key, Pseq([value])), band), 2).collect(_.first), [pitch, pitch],
				"% %".format(key, value)
			)
		}
	}

	test_follow_sends_chords_and_no_rests {
		var notes = this.prNotes(PmuseGANFollow(\piano, Pbind(
			\degree, Pseq([[0, 2, 4], Rest(), 7]), \dur, 1, \sustain, 0.5, \velocity, 80
		), band), 8);
		this.assertEquals(notes.reject { |note| note[1] == 0 },
			[[60, 80, 0.0], [64, 80, 0.0], [67, 80, 0.0], [72, 80, 2.0]], "three at once, nothing, one");
	}

	test_follow_hears_strum_lag_and_amp {
		var notes = this.prNotes(PmuseGANFollow(\piano, Pbind(
			\midinote, Pseq([[60, 64]]), \strum, 0.5, \lag, 1 / 20, \sustain, 4, \amp, MuseGANBar.loudest
		), band), 2);
		this.assertEquals(notes.keep(2), [[60, 127, 0.0], [64, 127, 0.5]], "half a beat apart, as loud as can be");
	}

	test_follow_leaves_the_sound_as_it_is {
		var events = PmuseGANFollow(\bass, Pbind(\midinote, Pseq([36, Rest()]), \finish, { ~seen = true }), band)
		.asStream.nextN(2, Event.default);
		this.assertEquals(events.collect { |event| [event[\type], event[\midinote].value, event.isRest] },
			[[\note, 36, false], [\note, 1, true]], "type and pitch");
		events[0].use { events[0][\finish].value(events[0]) };
		this.assertEquals(events[0][\seen], true, "a finish of its own is called");
	}

	test_follow_ignores_events_that_are_no_notes {
		#[set, group, bus, off, kill].do { |type|
			this.assert(MuseGANKeys.isNote((type: type).parent_(Event.default.parent)).not, type)
		};
		this.assert(MuseGANKeys.isNote(Event.default), "a note is one");
		this.assert(MuseGANKeys.isNote(().put(\type, \dirt)), "and what other Quarks play");
	}

	test_follow_takes_its_track_and_gives_it_back {
		var player = PmuseGANFollow(\bass, Pbind(\dur, 1), band).play(clock);
		this.assertEquals(this.prWait('in/track', 1), [[\bass]], "while it plays, the bass is yours");
		player.stop;
		this.assertEquals(this.prWait('in/track', 2), [[\bass], [\none]], "then the band's again");
	}

	test_follow_that_ends_by_itself_gives_its_track_back {
		PmuseGANFollow(\bass, Pbind(\dur, Pseq([1])), band).play(clock);
		this.assertEquals(this.prWait('in/track', 2), [[\bass], [\none]], "after its one note");
	}

	test_follow_keeps_tracks_that_you_chose_and_those_of_other_patterns {
		var player;
		band.track = \piano;
		PmuseGANFollow(\bass, Pbind(\dur, 1), band).play(clock);
		this.prWait('in/track', 2);
		player = PmuseGANFollow(\drums, Pbind(\dur, 1), band).play(clock);
		this.assertEquals(this.prWait('in/track', 3).last[0].asString.split($ ).sort, ["bass", "drums", "piano"], "all three");
		player.stop;
		this.assertEquals(this.prWait('in/track', 4).last[0].asString.split($ ).sort, ["bass", "piano"], "without the drums");
	}

	test_follow_of_a_Pdef_that_is_redefined_never_lets_go {
		Pdef(\testFollow, Pbind(\midinote, 40, \dur, 1));
		PmuseGANFollow(\bass, Pdef(\testFollow), band).play(clock);
		this.prWait('in/note', 2);
		Pdef(\testFollow, Pbind(\midinote, 45, \dur, 1)).quant = 1;
		came.waitFor(3, { this.prHeard('in/note').any { |note| note[0] == 45 } });
		this.assertEquals(this.prWait('in/track', 1), [[\bass]], "the new one follows on");
		Pdef(\testFollow).clear;
	}

	test_cmd_period_lets_go_of_notes_and_tracks {
		PmuseGANFollow(\bass, Pbind(\midinote, 40, \dur, 1, \sustain, 100), band).play(clock);
		this.prWait('in/note', 1);
		clock.clear(false); // as TempoClock does before it stops the clock
		band.cmdPeriod;
		this.assertEquals(this.prWait('in/note', 2).last, [40, 0, \bass], "no note hangs");
		this.assertEquals(this.prWait('in/track', 2).last, [\none], "the band has its bass again");
	}

	test_event_type_museganIn_is_heard_and_does_not_sound {
		var event = (type: \museganIn, musegan: band, track: \bass, midinote: [36, 43], sustain: 0.01, velocity: 90);
		event.play;
		this.assertEquals(this.prWait('in/note', 2).keep(2), [[36, 90, \bass], [43, 90, \bass]], "both notes");
		this.assert(event[\id].isNil, "no synth was started");
	}

	test_event_type_museganSet_sets_what_it_names {
		(type: \museganSet, musegan: band, density: 0.5, latentWalk: 0.1, amp: 0.2).play;
		(type: \museganSet, musegan: band, track: \drums, mute: true, octave: Rest()).play; // a rest sets nothing
		(type: \museganSet, musegan: band, track: \drums, octave: 1).play;
		this.assertEquals(this.prWait('track/drums/octave', 1), [[1]], "of the track");
		this.assertEquals([this.prHeard('density')[0][0], this.prHeard('latent/walk')[0][0].round(0.01)], [0.5, 0.1], "of the band");
		this.assertEquals(this.prHeard('track/drums/mute'), [], "nothing of the rest");
	}

	test_setting_takes_booleans_arrays_and_patterns {
		var beats = []; // of the band, for which each value was sent: a busy machine sends late, and not for another beat
		band.addDependant({ |who, what, path|
			if(path == \density) { beats = beats.add(band.clock.bandBeatAt(thisThread.seconds)) }
		});
		band.clock.follow(0.5, thisThread.seconds, 40);
		band.strings.mute = true;
		band.latentXy = [0.25, 0.75];
		band.density = Pseq([1, 2, 3]);
		this.assertEquals(this.prWait(\density, 3), [[1], [2], [3]], "a value a bar");
		this.assertEquals(beats.round(0.001), beats[0].round(4) + [0.0, 4.0, 8.0], "on bar lines, one after the other");
		this.assertEquals(this.prWait('track/strings/mute', 1), [[1]], "true is 1");
		this.assertEquals(this.prWait('latent/xy', 1), [[0.25, 0.75]], "two values");
		this.assertEquals(band.density, 3, "what was set is known");
	}

	test_setting_ends_the_pattern_that_played_it {
		band.clock.follow(0.5, thisThread.seconds, 40);
		band.set(\density, Pseries(1, 1), 1);
		this.prWait(\density, 2);
		band.density = 0.5;
		this.prWait(\density, 3);
		band.set(\swing, Pseq([50, 60, 50, 60]), 1);
		this.prWait(\swing, 4); // four beats later
		this.assertEquals(this.prHeard(\density).last[0], 0.5, "nothing came after the number");
	}

	test_chart_is_told_as_text_and_may_set_the_key {
		band.chart = [\C, [\Am, \F], \G];
		this.prWait('chart', 2);
		this.assertEquals(this.prWait('key', 1), [[]], "the key is asked for");
		band.chart = nil;
		this.assertEquals(this.prWait('chart', 4), [['C | Am F | G'], [], [''], []], "text, then none; what came of it is asked");
	}

	test_pattern_of_chords_is_a_chart_of_one_bar_after_the_other_in_the_same_key {
		band.prKnow(\key, [\D]);
		band.clock.follow(0.5, thisThread.seconds, 40);
		band.chart = Pseq([\D, ["A7", \Bm], Rest(), "G"]);
		this.prWait('chart', 6);
		this.assertEquals(this.prHeard('chart').collect { |msg| msg.drop(-1) }.reject(_.isEmpty), [['D'], ['A7 Bm'], ['G']], "a bar each");
		this.assertEquals(this.prWait('key', 3), [[\D], [\D], [\D]], "the key stays");
		this.assertEquals(band.chart, "G", "what plays is known");
	}

	test_event_type_museganSet_sets_chords {
		(type: \museganSet, musegan: band, chart: ["A7", "D"]).play;
		this.assertEquals(this.prWait('chart', 1).first, ['A7 D'], "a bar");
	}

	test_split_and_dynamics_have_short_names {
		band.split = 60;
		band.dynamics = 0.75;
		this.assertEquals(this.prWait('in/split', 1) ++ this.prWait('in/dynamics', 1), [[60], [0.75]], "sent");
		this.assertEquals([band.split, band.dynamics], [60, 0.75], "and known");
	}

	test_subscription_asks_for_what_you_play_and_what_is_expected {
		this.assertEquals(this.prWait('subscribe', 1)[0].keep(-2), [1, 1], "heard and expected");
	}

	test_latent_is_set_by_numbers_arrays_and_patterns {
		band.clock.follow(0.5, thisThread.seconds, 40);
		band.latent(\bass)[3] = 0.5;
		band.latent.values = [1, 2];
		band.latent(\bass)[0] = Pseq([0.25, 0.5]);
		this.assertEquals(this.prWait('latent/set', 4),
			[[\bass, 3, 0.5], [\shared, 0, 1, 2], [\bass, 0, 0.25], [\bass, 0, 0.5]], "one, two, and one a bar");
	}

	test_latent_is_a_pattern_of_arrays {
		var stream = band.latent(\bass).asStream;
		this.assert(stream.next.isRest, "a rest before they are known");
		band.latent(\bass).prTake(0, [1, 2, 3]);
		this.assertEquals(stream.next, [1, 2, 3], "as they are");
		this.assertEquals((band.latent(\bass) * 2).asStream.next, [2, 4, 6], "and to calculate with");
	}

	test_band_keeps_the_time_of_a_clock {
		clock.beats = 100.9;
		band.keep(clock);
		this.assertEquals(this.prWait('clock/source', 1), [[\osc]], "it is told to");
		this.prWait(\host, 2);
		this.assertEquals(this.prHeard(\host).keep(2).collect { |msg| msg.drop(-1) }, [[101.0, 1200.0, 1], [102.0, 1200.0, 1]], "each beat");
		clock.tempo = 10;
		came.waitFor(3, { this.prHeard(\host).any { |msg| msg[1] == 600 } });
		this.assert(this.prHeard(\host).any { |msg| msg[1] == 600 }, "a change of tempo at once");
		clock.stop;
		this.assertEquals(this.prWait('clock/source', 2).last, [\internal], "a clock that stops lets the band go on alone");
		clock = TempoClock(20);
	}
}
