"""What can be signed: the two kinds of agreement and the exact frontier of each, laid out once a batch.

With losses that are linear in each issue, the settlements that no side can improve without hurting the other
are found by moving the issues in the order in which they cost A least for what they give B.  That order does
not change from week to week, so the frontier is a table; only the two reservation values move against it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.theory.arrays import ordered_sum
from sim.theory.frontier import Frontier, frontier, issue_segments, terms_at
from sim.world.parameters import IssueParameters, SideParameters

Array = npt.NDArray[np.float64]

CEASEFIRE_AGENDA, SETTLEMENT_AGENDA = 0, 1


@dataclass(frozen=True)
class Agenda:
    """One kind of agreement: the issues of which it speaks and the frontier over them.

    The frontier's utilities count the losses on the issues of the agenda alone (so they are negative); what
    is parked or not delivered is added by whoever asks.
    """

    on_table: npt.NDArray[np.bool_]
    """(issue, 1)"""
    frontier: Frontier
    knots: Array
    linear: bool
    """Whether all losses are linear; if not, the frontier is the one of the linear losses with equal ends."""
    promises_fail: bool
    """Whether some promise is expected not to be delivered in full."""

    def terms(self, position: Array, parked: Array) -> Array:
        """Terms at a place on the frontier, (issue, run), with the parked issues as they are."""
        return np.where(self.on_table, terms_at(self.frontier, self.knots, position), parked)


def agendas(issues: IssueParameters, sides: SideParameters, red_lines: bool) -> tuple[Agenda, Agenda]:
    """The ceasefire and the settlement of a scenario."""
    return _agenda(issues, sides, red_lines, CEASEFIRE_AGENDA), _agenda(issues, sides, red_lines, SETTLEMENT_AGENDA)


def _agenda(issues: IssueParameters, sides: SideParameters, red_lines: bool, kind: int) -> Agenda:
    on_table = issues.on_table[kind]
    weight = sides.salience * np.where(on_table, issues.credibility, 0.0)
    steepness = sides.steepness if red_lines else np.zeros_like(sides.steepness)
    low = np.zeros(weight.shape[1:])
    knots, slope_a, slope_b, start = issue_segments(
        sides.ideal_point, weight, sides.red_line, steepness, low, low + on_table, signed=on_table
    )
    norm = np.where(on_table, issues.charter_weight, 0.0)
    away = np.sign(knots[:, 1:] + knots[:, :-1] - 2.0 * issues.charter[:, None]) * np.sign(np.diff(knots, axis=1))
    slope_a = slope_a - sides.charter_weight[0] * norm[:, None] * away
    slope_b = slope_b - sides.charter_weight[1] * norm[:, None] * away
    start = start - 1.0 - sides.charter_weight * ordered_sum(norm * np.abs(knots[:, 0] - issues.charter))
    return Agenda(
        on_table=on_table,
        frontier=frontier(knots, slope_a, slope_b, start),
        knots=knots,
        linear=bool((sides.curvature == 1.0).all()),
        promises_fail=bool((issues.credibility < 1.0).any()),
    )
