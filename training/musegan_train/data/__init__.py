"""From song files to the training set."""
