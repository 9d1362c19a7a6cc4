"""What third parties' promises add to the best deal: the surplus that would not be there without them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.theory.commitment import temptation
from sim.theory.frontier import Frontier
from sim.world.phases.valuations import LARGEST_FEARED, best_gains, smaller_surplus
from sim.world.state import World

Array = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]


def surplus_by_promises(world: World, agenda: int) -> Array:
    """Surplus of the best deal of a kind that is there only because of promises, (run,), zero or more."""
    made = np.zeros(world.runs)
    best = smaller_surplus(world, agenda)
    (rows,) = np.nonzero(best > 0.0)
    if not rows.size or not world.promised[agenda].any():
        return made
    fields: list[Any] = [np.take(field, rows, axis=-1) for field in world.agendas[agenda].frontier]
    chain = Frontier(*fields)
    without = best_gains(chain, _needed_without(world, agenda, rows)).min(axis=0)
    made[rows] = np.maximum(np.take(best, rows) - np.maximum(without, 0.0), 0.0)
    return made


def _needed_without(world: World, agenda: int, rows: Rows) -> Array:
    """What each side would need for its signature without promises, (side, row).

    Promises lower the hazard by the temptation that they outweigh; it is proportional, so that what they save is
    found from the hazard as it is.
    """
    needed, promised, flow, feared, improved, reservation, fallback, weeks = (
        np.take(values, rows, axis=-1)
        for values in (
            world.needed[agenda], world.promised[agenda], world.tabled_flow[agenda], world.feared[agenda],
            world.improved, world.reservation, world.fallback, world.annuity,
        )
    )  # fmt: skip
    outweighed = temptation(improved, flow - promised) - temptation(improved, flow)
    weight = np.take(world.layout.over_runs(world.tree.agreements.temptation), rows)
    bare = np.minimum(feared * np.exp(weight * outweighed[::-1]), LARGEST_FEARED)
    return np.asarray(needed + promised + (bare - feared) * weeks * (reservation - fallback))
