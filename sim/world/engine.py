"""The engine: `for week in weeks(world)`, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from sim.world.phases.agreements import agreements
from sim.world.phases.beliefs import beliefs
from sim.world.phases.calendar import calendar
from sim.world.phases.diplomacy import diplomacy
from sim.world.phases.domestic import domestic
from sim.world.phases.fora import fora
from sim.world.phases.infrastructure import infrastructure
from sim.world.phases.ladder import ladder
from sim.world.phases.military import military
from sim.world.phases.recording import recording
from sim.world.phases.shocks import shocks
from sim.world.phases.third_parties import third_parties
from sim.world.phases.valuations import valuations
from sim.world.state import World

Phase = Callable[[World], None]

PHASES: tuple[Phase, ...] = (
    calendar, shocks, military, infrastructure, domestic, beliefs, valuations, third_parties, fora, diplomacy,
    ladder, agreements, recording,
)  # fmt: skip
"""What happens in a week, in this order; inside a phase all decide on one snapshot."""

WRITES: Mapping[str, tuple[str, ...]] = {
    "calendar": ("harm",),
    "shocks": ("forces", "grid", "tolerance", "trust", "need"),
    "military": ("front", "forces", "casualties"),
    "infrastructure": ("grid", "deficit", "harm", "need", "funded", "dark_weeks"),
    "domestic": ("tolerance", "strain", "cost"),
    "beliefs": ("drift_mean", "drift_variance"),
    "valuations": ("war_value", "annuity", "reservation", "hazard", "surplus", "needed"),
    "third_parties": ("aid", "pressure", "patrons"),
    "fora": ("legitimacy", "mandate"),
    "diplomacy": ("ripe", "text", "terms", "drift_mean", "drift_variance", "doubt", "guarantor", "concert", "renown"),
    "ladder": ("trust", "forces"),
    "agreements": ("trust", "renown"),
}
"""What each phase writes of that in which a number that is not one, or without an end, would spread."""

WATCHED = tuple(dict.fromkeys(name for names in WRITES.values() for name in names))
"""All of these arrays, each once."""


class NotANumber(ArithmeticError):
    """A phase left something that is no finite number; it names the phase, the array, the week and the run."""


def weeks(world: World) -> Iterator[int]:
    """Plays a world week by week; gives the number of each week that is over.

    Raises
    ------
    NotANumber
        A phase left a NaN or an infinite number: a bug, told with its place.
    """
    for _ in range(world.scenario.calendar.weeks):
        play_week(world)
        yield world.week


def play_week(world: World) -> None:
    """Plays one week: all phases in their order, each checked for what it wrote."""
    for phase in PHASES:
        phase(world)
        check(world, phase.__name__)


def check(world: World, phase: str | None = None) -> None:
    """Looks for what is no finite number in what a phase writes; without a phase, in all arrays that are watched."""
    for name in WATCHED if phase is None else WRITES.get(phase, ()):
        values = getattr(world, name)
        if not np.isfinite(values.sum()):
            runs = np.unique(np.nonzero(~np.isfinite(values))[-1])
            raise NotANumber(
                f"{phase or 'the world'}: {name} is not a number in week {world.week}, "
                f"replicates {world.replicates[runs[:5]].tolist()}"
            )
