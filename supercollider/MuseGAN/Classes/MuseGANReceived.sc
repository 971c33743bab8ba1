// What the band says, and what it means.
+ MuseGAN {
	// The moment of a bundle, or `otherwise` where the timetag cannot be meant: "immediately" reads as years
	// ahead, and two machines may disagree about the time of day.
	prMoment { |time, otherwise|
		isOnTime = (time - otherwise).abs < 2;
		^if(isOnTime) { time } { otherwise }
	}

	prReceive { |msg, time, from|
		var path, names, answer, actions;
		if(from.port == addr.port and: { from.addr == addr.addr } and: { msg[0].asString.beginsWith("/musegan/") }) {
			heard = Main.elapsedTime;
			path = msg[0].asString.drop(9).asSymbol;
			names = fields[path];
			if(handlers[path].notNil) {
				handlers[path].value(time, *msg[1..])
			} {
				if(names.isNil) { this.prKnow(path, msg[1..]) } { this.changed(path, this.prEvent(names, msg[1..])) }
			};
			actions = waiting.removeAt(path);
			actions !? {
				answer = if(names.isNil) { msg[1..].unbubble } { this.prEvent(names, msg[1..]) };
				actions.do { |pair| pair.value.value(answer) }
			}
		}
	}

	prEvent { |names, values|
		var event = ();
		names.do { |name, i| event[name] = if(i == (names.size - 1)) { values[i..].unbubble } { values[i] } };
		^event
	}

	// What some messages mean; all others are told to dependants as Events.
	prHandlers {
		^IdentityDictionary[
			'hello/reply' -> { |time ... values|
				info = this.prEvent(fields['hello/reply'], values);
				info[\tracks] = info[\tracks].asString.split($ ).collect(_.asSymbol);
				if(info[\protocol] != this.class.protocol) {
					"MuseGAN: the server speaks protocol %, this Quark %: update the older one."
					.format(info[\protocol], this.class.protocol).warn
				};
			},
			'subscribe/reply' -> { |time, form, port, lease, isNew|
				if(form == \bar) { // other forms are for MuseGANNotes
					if(isConnected and: { isNew == 1 }) { this.prReturned; this.changed(\connected, true) };
					this.prConnected(true)
				}
			},
			'bar/begin' -> { |time, number, measure, seed, privateSeed, tempo, ahead, parts, repeated, committed,
				chord|
				var now = thisThread.seconds;
				sounding = sounding.select { |pair| pair[0] > now };
				clock.follow(number * MuseGANBar.beats, this.prMoment(time, now + ahead), tempo / 60);
				if(committed != 0) { this.prBegun(number, chord) };
				this.prArrived(bars.begin(number, measure, seed, privateSeed, tempo, parts, repeated, committed ? 1, chord));
			},
			'bar/notes' -> { |time, number, track, part ... values|
				this.prArrived(bars.addPart(number, track, part, values))
			},
			'bar/end' -> { |time, number, notes| this.prArrived(bars.end(number, notes)) },
			'heard/chord' -> { |time ... values|
				this.prHeardChord(values[2]);
				this.changed('heard/chord', this.prEvent(fields['heard/chord'], values));
			},
			'chart/bar' -> { |time, number, index, part ... values| this.prCharted(number, index, part, values.clump(2)) },
			'expected/bar' -> { |time, number, source ... values|
				if(source < 0) { this.prExpectedNoMore(number) } {
					coming[number] = MuseGANExpected(number).begin(source, *values);
					this.prExpected(number)
				}
			},
			'expected/notes' -> { |time, number, track, part ... values|
				coming[number] !? { |bar| bar.addPart(track, part, values); this.prExpected(number) }
			},
			'silence' -> { |time, reason| this.prSilence(reason) },
			'tempo/changed' -> { |time, tempo, beat|
				// It may be some seconds ahead: so the timetag counts where those of the bars did.
				clock.follow(beat, if(isOnTime) { time } { thisThread.seconds }, tempo / 60);
				this.prKnow(\tempo, [tempo]);
				this.changed(\tempo, tempo);
			},
			'status/reply' -> { |time ... values|
				state = this.prEvent(fields['status/reply'], values);
				state[\chord] !? { |name| this.prHeardChord(name) };
				this.changed(\status, state);
			},
			'latent/values' -> { |time, group, index ... values| this.latent(group).prTake(index, values) },
			'error' -> { |time, address, text|
				var path = address.asString.drop(9);
				"MuseGAN: % was refused: %".format(address, text).warn;
				waiting = waiting.collect { |actions| actions.reject { |pair| pair.key.asString == path } };
				this.changed(\error, address, text);
			},
			'help/entry' -> { |time, address, direction, arguments, doc|
				"% (%) %\n\t%".format(address, direction, arguments, doc).postln
			}
		]
	}
}
