"""Phase 2: aid arrives, forces wear down and are raised, and the front moves while the war goes on.

A front that is written at one of its ends is a war already won: it is over in the first week.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.attrition import attrition, fatigue
from sim.theory.front import advance, drift, ended, momentum
from sim.world.state import VICTORY_A, VICTORY_B, World

SMALLEST_FORCE = 0.01
"""Strength below which an army is not worn down further."""


def military(world: World) -> None:
    """Plays a week of war, or of rearming in peace."""
    fighting = world.at_war * (1.0 - world.relief("spares_front"))
    if world.on.attrition:
        _wear(world, fighting)
    _rearm(world)
    _move_front(world, fighting)


def _wear(world: World, fighting: npt.NDArray[np.float64]) -> None:
    forces, front = world.sides.forces, world.tree.front
    losses = attrition(
        world.forces, forces.effectiveness, fighting,
        own_exponent=front.own_exponent, other_exponent=front.other_exponent,
    )  # fmt: skip
    names = world.names
    called = np.stack([forces.replacement[s] * world.level(f"replacement.{names[s]}", 1.0) for s in (0, 1)])
    helped = 1.0 - forces.aid_share + forces.aid_share * world.aid
    gain = called * helped * world.first_losses * world.at_war
    if world.regroups:
        gain = gain * (1.0 + world.regrouping())
    losses = np.minimum(losses, np.maximum(world.forces + gain - SMALLEST_FORCE, 0.0))
    world.forces = np.where(world.at_war, world.forces + gain - losses, world.forces)
    world.casualties = world.casualties + losses
    if world.on.fatigue:
        world.fatigue = fatigue(world.casualties, forces.fatigue_scale)


def _rearm(world: World) -> None:
    world.forces = world.forces + world.at_peace * world.tree.agreements.rearming


def _move_front(world: World, fighting: npt.NDArray[np.float64]) -> None:
    front = world.tree.front
    noise = world.normal("front", "conflict")[0]
    world.momentum = momentum(world.momentum, noise, front.persistence)
    pull = drift(world.forces, world.level("mobility", front.mobility))
    moved = advance(world.front, fighting * pull, fighting * front.volatility, world.momentum)
    if world.week == 0:
        moved = np.where(ended(world.front) > 0, world.front, moved)
    world.last_move = np.where(world.at_war, moved - world.front, 0.0)
    world.front = np.where(world.at_war, moved, world.front)
    winner = ended(world.front)
    for code, status in ((1, VICTORY_A), (2, VICTORY_B)):
        wins = (winner == code) & world.at_war
        world.status = np.where(wins, status, world.status)
        world.journal.note(world.week, "victory", world.names[code - 1], wins)
