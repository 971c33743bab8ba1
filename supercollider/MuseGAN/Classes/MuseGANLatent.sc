// The z of a group, shared or a track's, as values to read, to set, and to play in patterns.
MuseGANLatent : Pattern {
	var <group, band, values;

	*new { |group = \shared, band| ^super.newCopyArgs(group.asSymbol, band ?? { MuseGAN.default }, []) }

	storeArgs { ^[group] }

	// What they were when they last were asked for, or set.
	values { ^values.copy }

	values_ { |new, dur = 4| this.prPlay(0, new, dur) }

	at { |index| ^values[index] }

	put { |index, value| this.prPlay(index, value, 4) }

	// Asks the band, and calls the action with all of them.
	read { |action|
		band.latentGet(group, {
			// they come 64 in a message, and those of a group together
			SystemClock.sched(0.02, { action.value(this.values); nil })
		})
	}

	// In a pattern: all of them, as an Array, as they were a moment ago; a Rest before they are known.
	embedInStream { |inval|
		loop {
			band.latentGet(group, {});
			inval = (if(values.isEmpty) { Rest() } { this.values }).yield
		}
	}

	printOn { |stream| stream << this.class.name << "(" << group << ")" }

	prPlay { |index, value, dur|
		band.prPlay("latent/set/%/%".format(group, index).asSymbol, value, dur, { |each| this.prSet(index, each) })
	}

	prSet { |index, value|
		var numbers = value.asArray;
		band.latentSet(group, index, *numbers);
		if(values.size >= (index + numbers.size)) { this.prTake(index, numbers) };
	}

	prTake { |index, numbers| values = values.extend(max(values.size, index + numbers.size), 0).overWrite(numbers, index) }
}
