"""Scenario files: the vocabulary, reading with every fault at once, variants, tables, writing, the schema."""

from sim.scenario.faults import Fault, InputFault
from sim.scenario.reading import load, vary
from sim.scenario.schema import json_schema
from sim.scenario.sources import unsourced
from sim.scenario.vocabulary import Scenario
from sim.scenario.writing import dump

__all__ = ["Fault", "InputFault", "Scenario", "dump", "json_schema", "load", "unsourced", "vary"]
