// A small window: whether the band is there, what it plays now, and a few controls at hand.
MuseGANWindow {
	var <band, <window, <light, <text, <mutes;

	*new { |band| ^super.newCopyArgs(band ?? { MuseGAN.default }).init }

	init {
		var button = { |name, action| Button().states_([[name]]).action_(action) };
		window = Window("MuseGAN", Rect(200, 200, 420, 110));
		light = View().fixedSize_(Size(16, 16));
		text = StaticText();
		mutes = band.class.tracks.collect { |track|
			Button().states_([[track.asString], [track.asString, Color.white, Color.grey(0.4)]])
			.action_({ |view| band.at(track).mute = view.value })
		};
		window.layout = VLayout(
			HLayout(light, [text, stretch: 1]),
			HLayout(
				button.("Play", { band.play }), button.("Stop", { band.stop }),
				button.("New", { band.genNow }), button.("Fill", { band.fill })
			),
			HLayout(*mutes)
		);
		window.onClose = { band.removeDependant(this) };
		band.addDependant(this);
		this.prRefresh;
		window.front;
	}

	close { window.close }

	update { |changed, what| if(#[connected, bar, chord, silence, setting].includes(what)) { { this.prRefresh }.defer } }

	prRefresh {
		var bar;
		if(window.isClosed) { ^this };
		bar = band.bars.upTo((band.clock.bandBeatAt(Main.elapsedTime) / MuseGANBar.beats).floor);
		light.background = if(band.isConnected) { Color(0.1, 0.65, 0.2) } { Color(0.8, 0.15, 0.1) };
		text.string = if(band.isConnected.not) { "not connected to %:%".format(band.addr.ip, band.addr.port) } {
			"%, % bpm, %".format(
				band.info !? { |info| info[\bundle] } ? "connected", (band.tempo ? 0).round(0.1),
				bar !? { "bar % (% of 4)%".format(
					bar.number, bar.measure + 1, bar.chord !? { |chord| ", " ++ chord } ? ""
				) } ? "silent"
			)
		};
		mutes.do { |view, i| view.value = band.at(band.class.tracks[i]).mute ? 0 };
	}
}
