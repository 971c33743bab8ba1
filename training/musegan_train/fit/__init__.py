"""Training, from phrases to a run."""
