"""MIDI ports: what the band plays and hears there, on time."""
