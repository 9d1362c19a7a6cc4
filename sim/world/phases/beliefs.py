"""Phase 5: each side learns from the front what the war is likely to bring."""

from __future__ import annotations

import numpy as np

from sim.theory.beliefs import learn
from sim.world.state import World


def beliefs(world: World) -> None:
    """Updates each side's belief on the weekly drift by the week's movement of the front."""
    if not world.on.learning:
        return
    mean, variance = learn(
        world.drift_mean,
        world.drift_variance,
        world.last_move,
        world.observation_noise,
        world.sides.beliefs.process,
    )
    world.drift_mean = np.where(world.at_war, mean, world.drift_mean)
    world.drift_variance = np.where(world.at_war, variance, world.drift_variance)
