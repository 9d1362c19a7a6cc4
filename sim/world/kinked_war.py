"""What war is worth beyond the straight line to sides whose ideal point lies between the front's ends."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory.war_kink import expected_excess, kink_gain
from sim.world.kinks import TOWARDS, Kinks
from sim.world.state import World

Array = npt.NDArray[np.float64]

SHORTEST = 1e-9
"""Weeks that stand for an annuity of none: at an end of the front nothing is gained in them."""


def kinked_bend(world: World, kinks: Kinks, drift: Array, annuity: Array) -> Array:
    """Utility a week by which war differs from the straight line for a drift and an annuity of each side."""
    beyond = kink_gain(
        world.front, kinks.point, TOWARDS,
        drift=drift, volatility=world.long_run_volatility, discount=world.impatience,
    )  # fmt: skip
    return np.asarray(-2.0 * np.abs(kinks.slope) * beyond / np.maximum(annuity, SHORTEST))


def kinked_shift(world: World, kinks: Kinks, shift: Array) -> Array:
    """What a shift of the front brings each side beyond the straight line's share, (side, run)."""
    now, then = (
        expected_excess(
            front, kinks.point, TOWARDS,
            drift=world.drift_mean, volatility=world.long_run_volatility, discount=world.impatience,
        )
        for front in (world.front, np.clip(world.front + shift, 0.0, 1.0))
    )  # fmt: skip
    return np.asarray(2.0 * np.abs(kinks.slope) * (now - then))
