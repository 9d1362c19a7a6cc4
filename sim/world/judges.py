"""How veto players judge: what terms of an agreement are worth to those who are asked, and what they have without it.

A veto player judges what is signed, delivery expected, against its reservation; what it fears of a break is not
counted.  Whether it consents is in `phases.consent`, and how a table bargains with it in `protocols`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.theory.worth import Tastes, unsigned_worth, worth
from sim.world.agenda import expected_delivery, issues_of, of_issues, weights
from sim.world.parameters import IssueParameters, Layout
from sim.world.players import PlayerParameters, player_parameters

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Judges:
    """The veto players who are asked about one kind of agreement, for a batch of runs."""

    keys: tuple[str, ...]
    rows: Rows
    """Rows of the issues on the table."""
    signed: Tastes
    """Weights on signed terms of these issues."""
    parked: Tastes
    """Weights, for all issues, on what is not on the table or will not be delivered."""
    plain: Tastes
    """Weights on the state of the world, of which nothing is signed."""
    own: PlayerParameters

    def worth(self, terms: Array, outside: Array) -> Array:
        """Flow utility of signed terms, (issue, run) to (player, run), beside all that they leave out."""
        return worth(np.take(terms, self.rows, axis=0), self.signed) + (outside - 1.0)

    def outside(self, wartime: Array) -> Array:
        """Flow utility of all that the agreement leaves out, parked or not delivered, (player, run)."""
        return unsigned_worth(wartime, self.parked)

    def reservation(self, conditions: Array, at_war: Flags) -> Array:
        """Utility that each must gain over to consent, (player, run), given the state of the issues."""
        as_it_is = unsigned_worth(conditions, self.plain) - self.own.war_cost * at_war
        return np.where(np.isnan(self.own.reservation), as_it_is, self.own.reservation) + self.own.hardness


def judges(layout: Layout, issues: IssueParameters, kind: int, red_lines: bool) -> Judges:
    """Those who are asked about a kind of agreement; nobody where the scenario has no veto player for it."""
    own = player_parameters(layout, kind)
    on_table = issues.on_table[kind]
    rows, expected = issues_of(on_table), expected_delivery(issues, kind)
    nothing = np.zeros_like(on_table)
    signed = weights(issues, own, own.salience * expected, on_table, red_lines=red_lines)
    return Judges(
        keys=own.keys,
        rows=rows,
        signed=of_issues(signed, rows),
        parked=weights(issues, own, own.salience * (1.0 - expected), nothing, red_lines=False),
        plain=weights(issues, own, own.salience, nothing, red_lines=False),
        own=own,
    )
