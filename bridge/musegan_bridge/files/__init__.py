"""What was played, on disk as it is played."""
