// Written by `python -m supercollider.build` from the message table: change that one.

// What the band is told, a method for each message. A subclass says how: set, read, send and ask.
MuseGANControls {
	*protocol { ^4 }

	*settings { ^(
		inTrack:'in/track', chart:'chart', chartTrack:'chart/track', section:'section', tempo:'tempo',
		clockSource:'clock/source', lookahead:'lookahead', commit:'commit', key:'key', scale:'scale',
		inMode:'in/mode', inListen:'in/listen', inCall:'in/call', inAmount:'in/amount', inDynamics:'in/dynamics',
		inSplit:'in/split', chartHeard:'chart/heard', form:'form', variation:'variation', drafts:'drafts',
		hold:'hold', loop:'loop', density:'density', temperature:'temperature', latentWalk:'latent/walk',
		transpose:'transpose', velocity:'velocity', swing:'swing', humanise:'humanise', latentXy:'latent/xy',
		record:'record'
	) }

	// The names of what comes back, but for what is repeated.
	*fields {
		^IdentityDictionary[
			'hello/reply' -> #[version, protocol, bundle, tracks, beats, measures, lookahead, provider, http],
			'subscribe/reply' -> #[form, port, lease, new],
			'pong' -> #[token, beat],
			'bar/begin' -> #[bar, measure, seed, privateSeed, tempo, ahead, parts, repeated, committed, chord],
			'bar/notes' -> #[bar, track, part, position, pitch, velocity, duration],
			'bar/end' -> #[bar, notes],
			'note' -> #[track, pitch, velocity, seconds, duration, bar, position, tempo],
			'heard' -> #[bar, position, track, pitch, velocity],
			'heard/chord' -> #[bar, position, chord, pitchClass],
			'expected/bar' -> #[bar, source, semitones, confidence, loop, chord, parts],
			'expected/notes' -> #[bar, track, part, position, pitch, velocity, duration],
			'chart/bar' -> #[bar, index, part, position, chord],
			'silence' -> #[reason],
			'tempo/changed' -> #[tempo, beat],
			'status/reply' -> #[playing, tempo, beat, seed, track, held, subscribers, bars, late, slack, rejected, bundle, provider, mode, key, clock, slackP50, slackP95, slackP99, planned, section, chord, bandChord, chartChord, chartBar, chartBars, loop, confidence, freshnessP50, freshnessP95],
			'latent/values' -> #[group, index, value],
			'snapshot/names' -> #[names],
			'model/names' -> #[names],
			'model/loaded' -> #[bundle, provider, ms],
			'record/done' -> #[file],
			'export/done' -> #[file],
			'error' -> #[address, text],
			'help/entry' -> #[address, direction, arguments, doc],
			'help/end' -> #[entries],
		]
	}

	*tracks { ^#[bass, drums, guitar, piano, strings] }

	bass { ^this.at(\bass) }
	drums { ^this.at(\drums) }
	guitar { ^this.at(\guitar) }
	piano { ^this.at(\piano) }
	strings { ^this.at(\strings) }

	ping { |token, action| this.ask('ping', 'pong', action, token) }

	status { |action| this.ask('status', 'status/reply', action) }

	help { |prefix = '', action| this.ask('help', 'help/end', action, prefix) }

	play { this.send('play') }

	continue { this.send('continue') }

	stop { this.send('stop') }

	panic { this.send('panic') }

	tap { this.send('tap') }

	nudge { |ms| this.send('nudge', ms) }

	meter { |beats, unit = 4| this.send('meter', beats, unit) }

	host { |beat, tempo, playing = 1| this.send('host', beat, tempo, playing) }

	inTrack { |action| ^this.read('in/track', action) }
	inTrack_ { |value| this.set('in/track', value) }

	inBar { |track, bar ... values| this.send('in/bar', track, bar, *values.flat) }

	inClear { this.send('in/clear') }

	chart { |action| ^this.read('chart', action) }
	chart_ { |value| this.set('chart', value) }

	chartAt { |bar| this.send('chart/at', bar) }

	chartTrack { |action| ^this.read('chart/track', action) }
	chartTrack_ { |value| this.set('chart/track', value) }

	chartClear { this.send('chart/clear') }

	gen { |seed = -1, privateSeed = -1| this.send('gen', seed, privateSeed) }

	genNow { |seed = -1, privateSeed = -1| this.send('gen/now', seed, privateSeed) }

	genPhrase { |seed = -1, privateSeed = -1| this.send('gen/phrase', seed, privateSeed) }

	fill { this.send('fill') }

	recall { |bar, bars = 1| this.send('recall', bar, bars) }

	historyBack { |phrases = 1| this.send('history/back', phrases) }

	historyForward { |phrases = 1| this.send('history/forward', phrases) }

	formPhrase { |action| ^this.read('form/phrase', action) }

	section { |action| ^this.read('section', action) }
	section_ { |value| this.set('section', value) }

	sectionClear { |name| this.send('section/clear', name) }

	tempo { |action| ^this.read('tempo', action) }
	tempo_ { |value| this.set('tempo', value) }

	clockSource { |action| ^this.read('clock/source', action) }
	clockSource_ { |value| this.set('clock/source', value) }

	lookahead { |action| ^this.read('lookahead', action) }
	lookahead_ { |value| this.set('lookahead', value) }

	commit { |action| ^this.read('commit', action) }
	commit_ { |value| this.set('commit', value) }

	key { |action| ^this.read('key', action) }
	key_ { |value| this.set('key', value) }

	scale { |action| ^this.read('scale', action) }
	scale_ { |value| this.set('scale', value) }

	inMode { |action| ^this.read('in/mode', action) }
	inMode_ { |value| this.set('in/mode', value) }

	inListen { |action| ^this.read('in/listen', action) }
	inListen_ { |value| this.set('in/listen', value) }

	inCall { |action| ^this.read('in/call', action) }
	inCall_ { |value| this.set('in/call', value) }

	inAmount { |action| ^this.read('in/amount', action) }
	inAmount_ { |value| this.set('in/amount', value) }

	inDynamics { |action| ^this.read('in/dynamics', action) }
	inDynamics_ { |value| this.set('in/dynamics', value) }

	inSplit { |action| ^this.read('in/split', action) }
	inSplit_ { |value| this.set('in/split', value) }

	chartHeard { |action| ^this.read('chart/heard', action) }
	chartHeard_ { |value| this.set('chart/heard', value) }

	form { |action| ^this.read('form', action) }
	form_ { |value| this.set('form', value) }

	variation { |action| ^this.read('variation', action) }
	variation_ { |value| this.set('variation', value) }

	drafts { |action| ^this.read('drafts', action) }
	drafts_ { |value| this.set('drafts', value) }

	hold { |action| ^this.read('hold', action) }
	hold_ { |value| this.set('hold', value) }

	loop { |action| ^this.read('loop', action) }
	loop_ { |value| this.set('loop', value) }

	density { |action| ^this.read('density', action) }
	density_ { |value| this.set('density', value) }

	temperature { |action| ^this.read('temperature', action) }
	temperature_ { |value| this.set('temperature', value) }

	latentWalk { |action| ^this.read('latent/walk', action) }
	latentWalk_ { |value| this.set('latent/walk', value) }

	transpose { |action| ^this.read('transpose', action) }
	transpose_ { |value| this.set('transpose', value) }

	velocity { |action| ^this.read('velocity', action) }
	velocity_ { |value| this.set('velocity', value) }

	swing { |action| ^this.read('swing', action) }
	swing_ { |value| this.set('swing', value) }

	humanise { |action| ^this.read('humanise', action) }
	humanise_ { |value| this.set('humanise', value) }

	latentSet { |group = 'shared', index = 0 ... values| this.send('latent/set', group, index, *values.flat) }

	latentGet { |group = 'shared', action| this.ask('latent/get', 'latent/values', action, group) }

	latentMorph { |from, to, bars = 4, group = 'all'| this.send('latent/morph', from, to, bars, group) }

	latentCorners { |a, b, c, d| this.send('latent/corners', a, b, c, d) }

	latentXy { |action| ^this.read('latent/xy', action) }
	latentXy_ { |value| this.set('latent/xy', value) }

	latentFree { this.send('latent/free') }

	snapshotSave { |name| this.send('snapshot/save', name) }

	snapshotLoad { |name| this.send('snapshot/load', name) }

	snapshotDelete { |name| this.send('snapshot/delete', name) }

	snapshotList { |action| this.ask('snapshot/list', 'snapshot/names', action) }

	barGet { |bar| this.send('bar/get', bar) }

	export { |file, bars = 8, action| this.ask('export', 'export/done', action, file, bars) }

	record { |action| ^this.read('record', action) }
	record_ { |value| this.set('record', value) }

	modelLoad { |name, action| this.ask('model/load', 'model/loaded', action, name) }

	modelList { |action| this.ask('model/list', 'model/names', action) }
}

// The same of one track, or of several.
MuseGANTrackControls {
	*settings { ^(
		mute:'mute', solo:'solo', lock:'lock', density:'density', temperature:'temperature', latentWalk:'latent/walk',
		transpose:'transpose', octave:'octave', low:'low', high:'high', velocity:'velocity', humanise:'humanise'
	) }

	gen { |seed = -1| this.send('gen', seed) }

	mute { |action| ^this.read('mute', action) }
	mute_ { |value| this.set('mute', value) }

	solo { |action| ^this.read('solo', action) }
	solo_ { |value| this.set('solo', value) }

	lock { |action| ^this.read('lock', action) }
	lock_ { |value| this.set('lock', value) }

	density { |action| ^this.read('density', action) }
	density_ { |value| this.set('density', value) }

	temperature { |action| ^this.read('temperature', action) }
	temperature_ { |value| this.set('temperature', value) }

	latentWalk { |action| ^this.read('latent/walk', action) }
	latentWalk_ { |value| this.set('latent/walk', value) }

	transpose { |action| ^this.read('transpose', action) }
	transpose_ { |value| this.set('transpose', value) }

	octave { |action| ^this.read('octave', action) }
	octave_ { |value| this.set('octave', value) }

	low { |action| ^this.read('low', action) }
	low_ { |value| this.set('low', value) }

	high { |action| ^this.read('high', action) }
	high_ { |value| this.set('high', value) }

	velocity { |action| ^this.read('velocity', action) }
	velocity_ { |value| this.set('velocity', value) }

	humanise { |action| ^this.read('humanise', action) }
	humanise_ { |value| this.set('humanise', value) }
}
