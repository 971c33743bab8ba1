// Lets the band keep the time of a clock of yours: it is told each beat, and each change of tempo.
MuseGANHost {
	var <band, <clock, isRunning = true;

	*new { |band, clock| ^super.newCopyArgs(band, clock).init }

	init {
		if(clock.isKindOf(LinkClock)) { // it has a session of its own for that
			band.clockSource = \link
		} {
			band.clockSource = \osc;
			clock.addDependant(this);
			CmdPeriod.add(this);
			this.prSchedule;
		}
	}

	// The band goes on with a clock of its own, at this tempo.
	stop {
		isRunning = false;
		clock.removeDependant(this);
		CmdPeriod.remove(this);
		band.clockSource = \internal;
	}

	update { |changed, what|
		switch(what,
			\tempo, { this.prTell },
			\stop, { band.keep(nil) }
		)
	}

	// Cmd-. emptied the clock, or will stop it.
	cmdPeriod { if(clock.permanent) { this.prSchedule } }

	prSchedule { clock.play({ if(isRunning) { this.prTell; 1 } }, 1) }

	// A bundle, for the timetag is the moment of the beat.
	prTell {
		band.addr.sendBundle(0, ["/musegan/host", clock.beats - clock.baseBarBeat, clock.tempo * 60, 1])
	}
}
