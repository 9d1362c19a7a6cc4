"""What the homes that must ratify need, and what their governments therefore ask for at the table.

The vote at home itself is in `signing`, which measures terms against the same war as the homes feel it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.theory.ratification import required_gain
from sim.theory.war_value import war_value
from sim.world.state import CEASEFIRE, World

Array = npt.NDArray[np.float64]


def reversion(world: World, row: int, body: Any) -> Array:
    """Value that the median member of a body gives to what holds if it refuses, (run,).

    At rest they feel the cost of war as the government does; when civilian tolerance falls below its rest they
    feel more of it, when it rises above less.  Beside a ceasefire that stands they compare with that.
    """
    resting = world.sides.home.tolerance[row]
    missing = (resting - world.tolerance[row]) / np.maximum(resting, 1e-9)
    felt = world.cost[row] * np.maximum(1.0 + body.sensitivity * missing, 0.0)
    if world.war_is_bent:
        felt = felt - np.asarray(world.bend)[row]
    at_war = war_value(world.flow[row], world.slope[row], world.drift_mean[row], felt, world.annuity[row])
    return np.where(world.status == CEASEFIRE, world.reservation[row], at_war)


def hardness(world: World, row: int, key: str, body: Any) -> float | Array:
    """What the median member of a body demands beyond the reversion, as the active shocks leave it."""
    return world.level(f"hardness.{world.names[row]}.{key}", body.hardness)


def home_need(world: World, row: int) -> Array:
    """Value of terms from which on every body of a side ratifies, (run,); minus infinity where nobody must."""
    need = np.full(world.runs, -np.inf)
    for key, body in world.layout.sides[row].home.ratifiers.items():
        demanded = hardness(world, row, key, body) + required_gain(body.quota, body.spread)
        need = np.maximum(need, reversion(world, row, body) + demanded)
    return need


def raised_by_homes(world: World) -> Array:
    """How far each government believes that its home needs more than it needs itself, (side, run), zero or more.

    A side asks for the larger of the two: a home that is easier to please than its government changes nothing.
    """
    needs = np.stack([home_need(world, row) for row in (0, 1)])
    return np.maximum(needs + world.home_error - world.reservation, 0.0)
