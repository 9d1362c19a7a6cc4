"""Questions that play worlds again, and those that put the theory to a record: comparisons, levers, hindcasts."""
