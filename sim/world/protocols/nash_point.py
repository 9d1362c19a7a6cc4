"""The benchmark as a protocol: the text is a bargaining solution on the exact frontier."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.theory import frontier
from sim.world.protocols.registry import Luck, Table, needs_issues, protocol

Array = npt.NDArray[np.float64]

DEEP = 1e3
"""Taken from both reservation values, so that the text with the largest smaller gain is found even if it is a loss."""


@protocol("nash_point", needs_issues)
def nash_point(table: Table, luck: Luck) -> Array:
    """Text at the weighted Nash point, or at another solution that the scenario names.

    Where no text is good enough for both sides it is the one with the largest smaller gain, which nobody has to
    sign.

    Parameters
    ----------
    table : Table
    luck : Luck
        Not used.

    Returns
    -------
    (issue, run) float in [0, 1]

    Source: [Nash1950]_ (Nash, 1950), [KalaiSmorodinsky1975]_ (Kalai and Smorodinsky, 1975), [Kalai1977]_
    (Kalai, 1977).
    """
    rules = table.options("nash_point")
    if rules.solution == "nash":
        point = frontier.nash_point(table.frontier, table.needed[0], table.needed[1], rules.weight)
    elif rules.solution == "kalai_smorodinsky":
        point = frontier.kalai_smorodinsky_point(table.frontier, table.needed[0], table.needed[1])
    else:
        point = frontier.egalitarian_point(table.frontier, table.needed[0], table.needed[1])
    return np.where(table.open_issues, table.terms_at(or_least_bad(table, point)), table.text)


def or_least_bad(table: Table, point: frontier.Point) -> Array:
    """Position of a point, or of the largest smaller gain where the point is not feasible."""
    if point.feasible.all():
        return point.position
    least_bad = frontier.egalitarian_point(table.frontier, table.needed[0] - DEEP, table.needed[1] - DEEP)
    return np.where(point.feasible, point.position, least_bad.position)
