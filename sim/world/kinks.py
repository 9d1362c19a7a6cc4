"""Sides whose ideal point on control lies between the front's ends; what that does to war is in `kinked_war`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.theory.war_kink import is_inside
from sim.theory.worth import Tastes
from sim.world.parameters import SideParameters, of_issue

Array = npt.NDArray[np.float64]

TOWARDS = np.array([[-1.0], [1.0]])
"""Where the front must go for A and for B while it falls short of their ideal points."""


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
