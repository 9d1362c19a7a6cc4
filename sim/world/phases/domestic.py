"""Phase 4: what the war does at home: civilian tolerance, economic strain, the weekly cost, and the red lines."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.attrition import mueller_support
from sim.theory.humanitarian import gap
from sim.theory.tolerance import next_tolerance, weekly_cost
from sim.world.red_lines import move
from sim.world.state import World

Array = npt.NDArray[np.float64]

FEWEST = 1e-3
"""Losses before the first week from which growth is counted where there were fewer."""

ACCIDENT = 10.0
"""Burden of a nuclear accident, in units of a site without power."""


def domestic(world: World) -> None:
    """Plays a week at home."""
    if world.on.tolerance:
        _tolerate(world)
    _strain(world)
    _count_cost(world)
    if world.lines_move:
        move(world)


def _tolerate(world: World) -> None:
    home = world.sides.home
    world.tolerance = next_tolerance(
        world.tolerance,
        deficit=world.deficit,
        cold=world.cold,
        harm=world.harm,
        strike_shock=world.harm,
        rally=home.rally,
        resting=resting_tolerance(world),
        cold_weight=home.cold_weight,
        harm_weight=1.0,
        rally_weight=home.rally_weight,
        return_rate=home.return_rate,
    )


def resting_tolerance(world: World) -> Array:
    """Tolerance to which each home returns, worn by losses, (side, run)."""
    home = world.sides.home
    if not world.on.home_weariness:
        return np.asarray(home.tolerance)
    worn = home.tolerance - home.weariness * (world.fatigue - world.first_fatigue)
    by_log = [side.home.weariness_rule == "mueller" for side in world.layout.sides]
    if any(by_log):
        grown = world.casualties / np.maximum(world.sides.forces.losses, FEWEST)
        support = mueller_support(grown, home.tolerance, home.weariness)
        worn = np.where(np.array(by_log)[:, None], support, worn)
    return np.maximum(worn, 0.0)


def _strain(world: World) -> None:
    names, base = world.names, world.sides.economic_strain
    world.strain = np.stack([np.clip(world.level(f"economy.{names[s]}", base[s]), 0.0, 1.0) for s in (0, 1)])


def _count_cost(world: World) -> None:
    weight = world.sides.cost
    cost = weekly_cost(
        weight.base, world.fatigue, world.deficit, world.sides.home.rally,
        fatigue_weight=weight.fatigue,
        deficit_weight=weight.deficit,
        sanctions=world.exposed_to_sanctions * world.pressure,
        sanctions_weight=weight.sanctions,
        economy=world.strain,
        economy_weight=weight.economy,
        nuclear=np.where(world.accident, ACCIDENT, world.site_dark * 1.0),
        nuclear_weight=weight.nuclear,
        humanitarian=world.exposed_to_need * gap(world.need, world.funded),
        humanitarian_weight=weight.humanitarian,
    )  # fmt: skip
    world.cost = cost + world.tree.influence.patron_pressure * world.patrons
