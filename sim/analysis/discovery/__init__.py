"""Scenario discovery: under which settings of the factors an outcome is frequent, found, tested and told."""
