"""The engine: `for week in weeks(world)`, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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

WATCHED = (
    "front", "forces", "grid", "tolerance", "cost", "drift_mean", "war_value", "surplus", "ripe", "text", "terms",
    "trust", "aid", "need", "funded", "legitimacy", "pressure",
)  # fmt: skip
"""Arrays in which a number that is not one would spread."""


class NotANumber(ArithmeticError):
    """A phase left something that is not a number; it names the phase, the array, the week and the run."""


def weeks(world: World) -> Iterator[int]:
    """Plays a world week by week; gives the number of each week that is over.

    Raises
    ------
    NotANumber
        A phase left a NaN: a bug, told with its place.
    """
    for _ in range(world.scenario.calendar.weeks):
        play_week(world)
        yield world.week


def play_week(world: World) -> None:
    """Plays one week: all phases in their order, each checked."""
    for phase in PHASES:
        phase(world)
    check(world)


def check(world: World) -> None:
    """Looks for what is not a number in the arrays of a world."""
    for name in WATCHED:
        values = getattr(world, name)
        if np.isnan(values.sum()):
            runs = np.unique(np.nonzero(np.isnan(values))[-1])
            raise NotANumber(
                f"{name} is not a number in week {world.week}, replicates {world.replicates[runs[:5]].tolist()}"
            )
