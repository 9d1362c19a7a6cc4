"""Small worlds for the laws: the scenario to start from, with changes, and how two histories are compared."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.experiment.histories import Event, History, history
from sim.scenario import Scenario, load, template, vary

Array = npt.NDArray[np.float64]

RUNS = 24

SHORT = ("calendar.signing_weeks=52", "calendar.standing_weeks=26", "calendar.weeks=78")
LIVELY = (
    *SHORT,
    "talks.base=0.05",
    "agreements.hazard=0.02",
    "shocks.slump={kind: stochastic, hazard: 0.1, lasts: 4, changes: [{target: economy.rival, add: 0.2}]}",
)
"""A year and a half in which much happens, and a shock that comes without looking at the world."""

SILENT = tuple(f"talks.{weight}=0" for weight in (
    "base", "ripe_weight", "pressure_weight", "enticing_weight", "instrumental_weight",
))  # fmt: skip
"""No talks open by themselves."""


@cache
def world(*overrides: str) -> Scenario:
    """The scenario to start from, with changes."""
    written = load(Path(template.__file__).with_suffix(".yaml"))
    return vary(written, overrides=overrides) if overrides else written


@cache
def lived(*overrides: str) -> History:
    """The history of some replicates of a changed scenario."""
    return history(world(*overrides), np.arange(RUNS))


def differing(one: History, other: History, *, but: Collection[str] = (), tolerance: float = 0.0) -> int:
    """How many readings of a run and week and how many events differ; NaN equals NaN.

    Parameters
    ----------
    but : collection of str
        Actors, shocks or rungs whose events are not compared.
    tolerance : float
        Largest difference of a reading; zero asks for the same bits.
    """
    count = 0
    for name, values in one.readings.items():
        there = other.readings[name]
        agree = (np.abs(values - there) <= tolerance) | (values == there) | (np.isnan(values) & np.isnan(there))
        count += int((~agree).sum())
    mine, yours = ([event for event in each.events if event[3] not in but] for each in (one, other))
    return count + _differing_events(mine, yours, tolerance)


def _differing_events(one: Sequence[Event], other: Sequence[Event], tolerance: float) -> int:
    """Events that have no counterpart, and those whose counterpart has another number."""
    names = [[event[:4] for event in each] for each in (one, other)]
    if names[0] != names[1]:
        return len(set(names[0]) ^ set(names[1])) or 1
    values = [np.array([event[4] for event in each]) for each in (one, other)]
    far = np.abs(values[0] - values[1]) > tolerance
    return int((far | (np.isnan(values[0]) != np.isnan(values[1]))).sum())


def count(lives: History, kind: str) -> int:
    """How many events of a kind there are."""
    return sum(event[2] == kind for event in lives.events)
