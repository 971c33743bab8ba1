"""Chords as pure values: charts read from text, chords laid out as notes, and notes named. No clock, no files."""
