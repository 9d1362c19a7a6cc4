"""The vocabulary of scenario files: one frozen, strict record per section, gathered in `Scenario`."""

from sim.scenario.vocabulary.scenario import Scenario

__all__ = ["Scenario"]
