"""Questions that play worlds again: comparisons of variants and the search for levers."""
