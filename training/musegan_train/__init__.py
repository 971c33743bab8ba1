"""How the band learns: MIDI to phrases, networks, metrics and a bundle; it must not know how bars are played."""
