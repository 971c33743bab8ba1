// A TempoClock on which bar n of the band begins at beat 4n.
MuseGANClock : TempoClock {
	var <isSynced = false;
	// where the band is: a beat, the moment it falls on, and beats a second from there
	var bandBeat = 0, bandSeconds = 0, <bandTempo = 2;
	var target; // the downbeat on which a correction ends

	*new { |tempo = 2, queueSize = 4096| ^super.new(tempo, queueSize: queueSize).permanent_(true) }

	init { |tempo, beats, seconds, queueSize|
		bandSeconds = thisThread.seconds;
		bandTempo = tempo;
		^super.init(tempo, beats, seconds, queueSize)
	}

	bandBeatAt { |seconds| ^((seconds - bandSeconds) * bandTempo) + bandBeat }

	bandSecondsAt { |beat| ^((beat - bandBeat) / bandTempo) + bandSeconds }

	// The band says: `beat` falls on `seconds`, and I go on at `tempo` beats a second.
	follow { |beat, seconds, tempo|
		bandBeat = beat;
		bandSeconds = seconds;
		bandTempo = tempo;
		if(isSynced.not or: { (this.bandBeatAt(thisThread.seconds) - this.beats).abs > 0.5 }) {
			this.prJump
		} {
			this.prSteer
		}
	}

	// The next word of the band sets the clock, however near it is.
	unfollow { isSynced = false }

	// What is scheduled keeps its place in the bar and waits for the next such place: left where it was, a
	// pattern that the jump goes past would play all it missed at once.
	prJump {
		var beat = this.bandBeatAt(thisThread.seconds);
		var shift;
		if(queue.size > 1) {
			// the queue is [size, beat, item, order, beat, item, order, ...], soonest first
			shift = ((beat - queue[1]) / MuseGANBar.beats).ceil * MuseGANBar.beats;
			forBy(1, queue.size - 1, 3) { |i| queue[i] = queue[i] + shift };
		};
		target = nil;
		this.setTempoAtSec(bandTempo, thisThread.seconds);
		this.beats_(beat);
		isSynced = true;
	}

	// Meets the band on a downbeat, by going a little faster or slower until then.
	prSteer {
		var now = thisThread.seconds;
		var end = (this.bandBeatAt(now) + 0.75).roundUp(MuseGANBar.beats); // nearer downbeats would ask for wild tempi
		target = end;
		this.setTempoAtSec((end - this.secs2beats(now)) / (this.bandSecondsAt(end) - now), now);
		this.schedAbs(end, { if(this.isRunning and: { target == end }) { this.setTempoAtBeat(bandTempo, end) }; nil });
	}
}
