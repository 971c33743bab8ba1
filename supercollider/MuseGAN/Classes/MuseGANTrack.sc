// One track of the band, or several by a pattern of OSC: what it can be told is in its superclass.
MuseGANTrack : MuseGANTrackControls {
	var <band, <name;

	*new { |band, name| ^super.newCopyArgs(band, name.asSymbol) }

	send { |path ... args| band.send(this.prPath(path), *args) }

	set { |path, value, dur = 4| band.set(this.prPath(path), value, dur) }

	read { |path, action| ^band.read(this.prPath(path), action) }

	prPath { |path| ^"track/%/%".format(name, path) }

	printOn { |stream| stream << this.class.name << "(" << name << ")" }
}
