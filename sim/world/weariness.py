"""War-weariness of the world around the table."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.world.state import World


def weariness(world: World) -> npt.NDArray[np.float64]:
    """War-weariness of the world in [0, 1], growing with the weeks, (run,)."""
    return -np.expm1(-world.week / world.layout.over_runs(world.tree.assembly.weariness_weeks))
