// The band without a clock of yours: each note comes with its moment, and is an event of the type \musegan then.
MuseGANNotes {
	classvar port; // a second one: the bars come to the first, and a port hears the band in one form
	var <band, <voices, <isPlaying = false, receiver, renewal;

	*new { |band| ^super.newCopyArgs(band ?? { MuseGAN.default }, IdentityDictionary.new) }

	play {
		if(isPlaying) { ^this };
		port = port ?? { (NetAddr.langPort + 1..NetAddr.langPort + 200).detect { |each| thisProcess.openUDPPort(each) } };
		isPlaying = true;
		receiver = OSCFunc({ |msg, time| this.prReceive(time, *msg[1..]) }, "/musegan/note", band.addr, port).fix;
		renewal = SkipJack({ this.prSubscribe }, MuseGAN.lease / 3, name: "MuseGANNotes", clock: SystemClock);
		this.prSubscribe;
		CmdPeriod.add(this);
	}

	stop {
		if(isPlaying.not) { ^this };
		isPlaying = false;
		renewal.stop;
		receiver.free;
		CmdPeriod.remove(this);
		band.send("unsubscribe", port);
	}

	cmdPeriod { this.stop }

	prSubscribe { band.send("subscribe", "note", port, MuseGAN.lease) }

	// Scheduled for its moment, so it sounds the latency of the audio server after it, as every pattern does.
	prReceive { |time, track, pitch, velocity, seconds, duration, bar, position, tempo|
		var silences = band.silences;
		var event = (
			type: \musegan, musegan: band, track: track, bar: bar, position: position,
			midinote: pitch, velocity: velocity, sustain: seconds, callback: { |played| band.sounding(played) }
		).putAll(voices[track] ? ());
		SystemClock.schedAbs(band.prMoment(time, thisThread.seconds), {
			if(isPlaying and: { band.silences == silences }) { event.play };
			nil
		})
	}
}
