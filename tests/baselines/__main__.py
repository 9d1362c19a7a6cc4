"""Writes the baselines anew: `python -m tests.baselines`."""

from tests.baselines import refresh

refresh()
