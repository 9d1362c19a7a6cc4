"""The worlds that are played: the only rooms that change while a run goes on."""
