"""Unilateral steps in the week of the ladder: a side gives something up unasked, and the other makes of it what it may.

Nobody answers a step as such; it works by trust alone, and by the strength that it costs.
"""

from __future__ import annotations

import numpy as np

from sim.theory.ladder import believe
from sim.world.state import World


def take_initiative(world: World) -> None:
    """Plays a week of unilateral steps; a week of war without one is read too."""
    steps = world.initiatives
    if steps is None:
        return
    takes = (world.uniform("initiatives", "A", "B") < steps.chance) & world.at_war
    if takes.any():
        world.forces = np.where(takes, world.forces * (1.0 - steps.cost), world.forces)
        for row, key in enumerate(world.names):
            world.journal.note(world.week, "step_taken", key, takes[row], steps.cost[row])
    if world.on.trust:
        told = believe(world.trust, np.where(takes, steps.taken, steps.absent)[::-1])
        world.trust = np.where(world.at_war, told, world.trust)
