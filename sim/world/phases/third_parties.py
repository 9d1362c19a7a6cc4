"""Phase 7: third states listen to their partners, donors give, and the coalition of sanctions holds or erodes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.randomness import short_normals
from sim.theory.aid import next_pledges
from sim.theory.arrays import ordered_sum
from sim.world.phases.sanctions import sanction
from sim.world.state import World

Array = npt.NDArray[np.float64]


def third_parties(world: World) -> None:
    """Plays a week of the world around the table."""
    if world.on.influence and world.society.rows is not None and world.society.topics:
        _influence(world)
    if world.on.patron_pressure and world.society.rows is not None:
        _press(world)
    if world.on.aid:
        _help(world)
    if world.on.sanctions and world.tree.sanctions and world.society.rows is not None:
        sanction(world, world.tree.sanctions)


def _influence(world: World) -> None:
    society, rules = world.society, world.tree.influence
    spread, drift = world.layout.over_runs(rules.noise), rules.weariness * world.at_war
    society.listen(spread.astype(np.float32), drift.astype(np.float32), world.week)


def _press(world: World) -> None:
    """Belligerents feel how far their patrons have gone, whether or not they listen to them."""
    if np.any(np.asarray(world.tree.influence.patron_pressure) > 0.0):
        world.patrons = world.society.left_by_patrons()


def _help(world: World) -> None:
    """Adds up what all donors give each side, in units of what they gave it at the start."""
    given, planned = np.zeros((2, world.runs)), np.zeros((2, world.runs))
    for key, rules in world.tree.aid.items():
        side = world.side_of(rules.recipient)
        given[side] += rules.share * _delivered(world, key, rules)
        planned[side] += rules.share
    ratio = np.where(planned > 0.0, given / np.maximum(planned, 1e-9), 1.0)
    world.aid = np.maximum(world.level("aid.all", ratio), 0.0)


def _delivered(world: World, key: str, rules: Any) -> Array:
    """What all donors of a group give in the week; at the start about 1."""
    society = world.society
    loyal = np.clip(world.tree.assembly.coalition * world.legitimacy, 0.0, 1.0)
    lost = rules.commitment_loss * (1.0 - loyal) * world.at_war
    pledged = next_pledges(society.pledges[key], society.shares[key], rules.peer_pull, lost)
    society.pledges[key] = pledged
    noise = world.luck.of_week(short_normals, f"aid {key}", society.donors[key], world.week)
    given = np.exp(np.asarray(rules.volatility, dtype=np.float32) * noise) * pledged
    for row, donor in enumerate(society.donors[key]):
        target = f"aid.{donor}"
        if target in world.factor or target in world.addend:
            given[row] = world.level(target, given[row])
    return ordered_sum(given) * np.exp(-0.5 * np.square(rules.volatility))
