"""Sides whose ideal point on control lies between the front's ends, and what that does to their value of war."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.theory.war_kink import expected_excess, is_inside, kink_gain
from sim.world.parameters import of_issue

if TYPE_CHECKING:
    from sim.theory.worth import Tastes
    from sim.world.parameters import SideParameters
    from sim.world.state import World

Array = npt.NDArray[np.float64]

TOWARDS = np.array([[-1.0], [1.0]])
"""Where the front must go for A and for B while it falls short of their ideal points."""

SHORTEST = 1e-9
"""Weeks that stand for an annuity of none: at an end of the front nothing is gained in them."""


class Kinks(NamedTuple):
    """Ideal points inside the front's reach, (side, run); losses that are not linear have none."""

    here: npt.NDArray[np.bool_]
    point: Array
    """One half where there is none."""
    slope: Array
    """Of utility on the near side, signed; 0 where there is none."""


def kinks(sides: SideParameters, tastes: Tastes, control: int) -> Kinks | None:
    """Kinks of both sides on the issue of control; None where no side has one in any run."""
    ideal_point, scale = sides.ideal_point[:, control], tastes.scale[:, control]
    straight = of_issue(sides.curvature, control) == 1.0
    here = is_inside(ideal_point) & straight
    if not here.any():
        return None
    steep = TOWARDS * sides.salience[:, control] / scale
    return Kinks(here, np.where(here, ideal_point, 0.5), np.where(here, steep, 0.0))


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
