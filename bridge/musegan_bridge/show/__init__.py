"""The show as pure state: what plays, who listens, what is due. Time comes in and messages go out as values."""
