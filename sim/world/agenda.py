"""What can be signed: the two kinds of agreement and the exact frontier of each, laid out once a batch.

With losses that are linear in each issue, the settlements that no side can improve without hurting the other
are found by moving the issues in the order in which they cost A least for what they give B.  That order does
not change from week to week, so the frontier is a table; only the two reservation values move against it.

Where issues interact or losses are curved, what terms are worth, and so all gains at the table, count that.  The
frontier cannot: it is that of straight losses by issue alone, and the benchmarks on it (best deal, Nash point, surplus)
take what it leaves out as it is at the text on the table.  They are exact with straight losses by issue, and to the
first order in how far the best deal lies from that text with others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.theory.frontier import Frontier, frontier, issue_segments, terms_at
from sim.theory.interactions import Pairs, expected_interaction_loss
from sim.theory.preferences import issue_loss, issue_sum
from sim.theory.worth import Tastes, tastes, unsigned_worth, worth
from sim.world.parameters import IssueParameters, SideParameters
from sim.world.players import PlayerParameters

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

CEASEFIRE_AGENDA, SETTLEMENT_AGENDA = 0, 1

BY_ISSUE = ("ideal_point", "salience", "scale", "red_line", "steepness", "norm")
"""Weights that are by issue."""


@dataclass(frozen=True)
class Agenda:
    """One kind of agreement for a batch of runs: its issues, what its terms are worth, and its frontier.

    The frontier's utilities count the losses on the issues of the agenda alone (so they are negative); what is
    parked or not delivered is added by `outside`.
    """

    on_table: Flags
    """(issue, 1)"""
    rows: npt.NDArray[np.intp]
    """Rows of the issues on the table; the arrays below that are by issue have these alone."""
    signed: Tastes
    """Weights on signed terms: delivery expected, red lines and Charter counted."""
    parked: Tastes
    """Weights, for all issues, on the wartime values of what is not on the table or will not be delivered."""
    frontier: Frontier
    knots: Array
    delivery: Array
    """(issue, run): probability that a signed issue is delivered, 0 off the table."""
    interactions: Pairs | None

    def worth(self, terms: Array, outside: Array, wartime: Array) -> Array:
        """Flow utility of signed terms, (issue, run) to (side, run), beside all that they leave out."""
        value = worth(np.take(terms, self.rows, axis=0), self.signed)
        value += outside - 1.0
        if self.interactions is not None:
            value -= self.interacting(terms, wartime)
        return value

    def interacting(self, terms: Array, wartime: Array) -> Array | float:
        """Expected loss by the interaction of issues, (side, run), of terms of which some may not be delivered."""
        if self.interactions is None:
            return 0.0
        judge = self.parked
        here, before = ((values - judge.ideal_point) / judge.scale for values in (terms, wartime))
        return expected_interaction_loss(self.interactions, here, before, self.delivery)

    @property
    def is_straight(self) -> bool:
        """Whether the frontier counts all that signed terms lose."""
        return self.interactions is None and isinstance(self.signed.curvature, float)

    def left_out(self, terms: Array, wartime: Array) -> Array:
        """Loss of signed terms that the frontier does not count, by interaction and by the bend, (side, run)."""
        judge, lost = self.signed, np.asarray(self.interacting(terms, wartime))
        if isinstance(judge.curvature, float):
            return lost
        distance = np.abs(np.take(terms, self.rows, axis=0) - judge.ideal_point) / judge.scale
        bent = issue_loss(distance, judge.salience, judge.curvature) - judge.salience * distance
        return lost + issue_sum(bent)

    def outside(self, wartime: Array) -> Array:
        """Flow utility of all that the agenda leaves out, parked or not delivered, (side, run)."""
        return unsigned_worth(wartime, self.parked)

    def terms(self, position: Array, wartime: Array) -> Array:
        """Terms at a place on the frontier, (issue, run), with the parked issues as in wartime."""
        terms = wartime.copy()
        agreed = terms_at(self.frontier, self.knots, position)
        terms[self.rows] = np.where(self.on_table[self.rows], agreed, terms[self.rows])
        return terms

    def take(self, runs: npt.NDArray[np.intp]) -> Agenda:
        """The same agenda for some of the runs, given in rising order."""
        if runs.size == self.knots.shape[-1]:
            return self
        fields: list[Any] = [np.take(field, runs, axis=-1) for field in self.frontier]
        knots = np.take(self.knots, runs, axis=-1)
        return Agenda(
            self.on_table, self.rows, self.signed.take(runs), self.parked.take(runs), Frontier(*fields), knots,
            np.take(self.delivery, runs, axis=-1), taken(self.interactions, runs),
        )  # fmt: skip


def taken(pairs: Pairs | None, runs: npt.NDArray[np.intp]) -> Pairs | None:
    """The interactions of some of the runs."""
    return pairs and pairs._replace(weight=np.take(pairs.weight, runs, axis=-1))


def agendas(issues: IssueParameters, sides: SideParameters, red_lines: bool) -> tuple[Agenda, Agenda]:
    """The ceasefire and the settlement of a scenario."""
    return _agenda(issues, sides, red_lines, CEASEFIRE_AGENDA), _agenda(issues, sides, red_lines, SETTLEMENT_AGENDA)


def flow_tastes(issues: IssueParameters, sides: SideParameters) -> Tastes:
    """Weights on the state of the world while nothing is signed: losses, and nothing else."""
    return weights(issues, sides, sides.salience, np.zeros((len(issues.names), 1)), red_lines=False)


def weights(
    issues: IssueParameters,
    sides: SideParameters | PlayerParameters,
    salience: Array,
    signed: Array | Flags,
    *,
    red_lines: bool,
) -> Tastes:
    """Weights of parties on the issues, of which only the signed ones count for red lines and the Charter."""
    flat = bool((sides.curvature == 1.0).all())
    return tastes(
        sides.ideal_point,
        salience,
        curvature=1.0 if flat else sides.curvature,
        red_line=sides.red_line,
        steepness=sides.steepness * signed * red_lines,
        norm=sides.charter_weight[:, None] * issues.charter_weight * signed,
        charter=issues.charter,
    )


def _agenda(issues: IssueParameters, sides: SideParameters, red_lines: bool, kind: int) -> Agenda:
    on_table = issues.on_table[kind]
    rows = issues_of(on_table)
    expected = expected_delivery(issues, kind)
    signed = of_issues(weights(issues, sides, sides.salience * expected, on_table, red_lines=red_lines), rows)
    knots, chain = frontier_of(signed, np.take(on_table, rows, axis=0))
    return Agenda(
        on_table=on_table,
        rows=rows,
        signed=signed,
        parked=weights(issues, sides, sides.salience * (1.0 - expected), np.zeros_like(on_table), red_lines=False),
        frontier=chain,
        knots=knots,
        delivery=np.broadcast_to(expected, sides.salience.shape[1:]),
        interactions=sides.interactions,
    )


def expected_delivery(issues: IssueParameters, kind: int) -> Array:
    """Probability that what an agreement says of an issue is delivered, (issue, run); 0 off the table."""
    return np.where(issues.on_table[kind], issues.credibility, 0.0)


def issues_of(on_table: Flags) -> npt.NDArray[np.intp]:
    """Rows of the issues on the table; the first, without any weight, where a mere ceasefire settles none."""
    (rows,) = np.nonzero(on_table[:, 0])
    return rows if rows.size else np.zeros(1, dtype=np.intp)


def of_issues(tastes: Tastes, rows: npt.NDArray[np.intp]) -> Tastes:
    """Weights on some of the issues."""
    kept = {name: np.take(getattr(tastes, name), rows, axis=1) for name in BY_ISSUE}
    bent = tastes.curvature
    if not isinstance(bent, float) and bent.shape[1] > 1:
        bent = np.take(bent, rows, axis=1)
        bent = 1.0 if bool((bent == 1.0).all()) else bent
    return tastes._replace(**kept, curvature=bent, charter=np.take(tastes.charter, rows, axis=0))


def frontier_of(signed: Tastes, on_table: Flags) -> tuple[Array, Frontier]:
    """Knots and frontier of what is on the table; curved losses enter as the straight ones with the same ends."""
    low = np.zeros(signed.salience.shape[1:])
    knots, slope_a, slope_b, start = issue_segments(
        signed.ideal_point,
        signed.salience,
        signed.red_line,
        signed.steepness,
        low,
        low + on_table,
        signed=on_table.astype(np.float64),
    )
    away = np.sign(knots[:, 1:] + knots[:, :-1] - 2.0 * signed.charter[:, None]) * np.sign(np.diff(knots, axis=1))
    slope_a = slope_a - signed.norm[0][:, None] * away
    slope_b = slope_b - signed.norm[1][:, None] * away
    start = start - 1.0 - issue_sum(signed.norm * np.abs(knots[:, 0] - signed.charter))
    return knots, frontier(knots, slope_a, slope_b, start)
