"""What each party knows of a finite set of outcomes: its own in rising order, and what they are worth to the others.

Outcomes may be worth the same in all runs of a batch, or something of its own in every run. How parties bargain
with what they know is in ``stacked_offers``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from sim.theory.arrays import Array, IntArray
from sim.theory.lookup import Lookup, lookup_table, rank


class Ranking(Protocol):
    """A party's outcomes in rising order; ``run`` (runs,) are the columns of the batch that are asked about."""

    @property
    def who(self) -> int:
        """Row of the party."""

    @property
    def lowest(self) -> Array:
        """Its smallest utility, (1,) or (runs,)."""

    @property
    def highest(self) -> Array:
        """Its largest utility, (1,) or (runs,)."""

    def rank(self, wanted: Array, run: IntArray, /) -> IntArray:
        """Number of outcomes worth less to it than what is wanted, (..., runs)."""

    def outcome_at(self, ranks: IntArray, run: IntArray, /) -> IntArray:
        """Outcomes at ranks, (..., runs)."""

    def worth_to(self, other: Ranking, ranks: IntArray, run: IntArray, /) -> Array:
        """What the outcomes at its ranks, (..., runs), are worth to another party of the same set."""


@dataclass(frozen=True)
class SharedRanking:
    """Outcomes that are worth the same in all runs: ``outcome`` (outcomes,), ``worth`` (parties, outcomes) by rank.

    ``lowest`` and ``highest`` are the ends of the table, (1,).
    """

    who: int
    table: Lookup
    lowest: Array
    highest: Array
    outcome: IntArray
    worth: Array

    def rank(self, wanted: Array, _run: IntArray, /) -> IntArray:
        """Number of outcomes worth less to it than what is wanted."""
        return rank(self.table, wanted)

    def outcome_at(self, ranks: IntArray, _run: IntArray, /) -> IntArray:
        """Outcomes at ranks."""
        return np.take(self.outcome, ranks)

    def worth_to(self, other: Ranking, ranks: IntArray, _run: IntArray, /) -> Array:
        """What the outcomes at its ranks are worth to another party."""
        return np.take(self.worth[other.who], ranks)


@dataclass(frozen=True)
class OwnRanking:
    """Outcomes that are worth something else in every run.

    ``values`` (padded outcomes, columns) are the party's own in rising order, followed by infinities; ``outcome``
    (outcomes, columns) are behind them; ``worth`` (parties, outcomes, columns) belongs to the outcomes. ``column``
    (runs,) tells which column is which run.
    """

    who: int
    values: Array
    outcome: IntArray
    worth: Array
    column: IntArray

    @property
    def lowest(self) -> Array:
        """Its smallest utility, (runs,)."""
        return np.take(self.values[0], self.column)

    @property
    def highest(self) -> Array:
        """Its largest utility, (runs,)."""
        return np.take(self.values[len(self.outcome) - 1], self.column)

    def rank(self, wanted: Array, run: IntArray, /) -> IntArray:
        """Number of outcomes worth less to it than what is wanted."""
        width, column = self.values.shape[-1], np.take(self.column, run)
        values, found = self.values.reshape(-1), np.zeros(wanted.shape, dtype=np.int64)
        for power in reversed(range(len(self.outcome).bit_length())):
            step = 1 << power
            found += step * (np.take(values, (found + (step - 1)) * width + column) < wanted)
        return found

    def outcome_at(self, ranks: IntArray, run: IntArray, /) -> IntArray:
        """Outcomes at ranks."""
        places = ranks * self.outcome.shape[-1] + np.take(self.column, run)
        found: IntArray = np.take(self.outcome.reshape(-1), places)
        return found

    def worth_to(self, other: Ranking, ranks: IntArray, run: IntArray, /) -> Array:
        """What the outcomes at its ranks are worth to another party."""
        places = self.outcome_at(ranks, run) * self.worth.shape[-1] + np.take(self.column, run)
        found: Array = np.take(self.worth[other.who].reshape(-1), places)
        return found

    def of_runs(self, column: IntArray) -> OwnRanking:
        """The same for some of the columns, (runs,)."""
        return replace(self, column=column)


def shared_rankings(utilities: Array) -> tuple[SharedRanking, ...]:
    """What each party knows of outcomes that are worth the same in all runs.

    Parameters
    ----------
    utilities : Array, (parties, outcomes)
        Finite.

    Returns
    -------
    tuple of SharedRanking
        One a party; equally good outcomes stay in their order.

    >>> shared_rankings(np.array([[3.0, 1.0, 2.0]]))[0].outcome
    array([1, 2, 0])
    """
    orders = np.argsort(utilities, axis=1, kind="stable")
    rankings = []
    for who, (own, order) in enumerate(zip(utilities, orders, strict=True)):
        ranked = own[order]
        rankings.append(SharedRanking(who, lookup_table(ranked), ranked[:1], ranked[-1:], order, utilities[:, order]))
    return tuple(rankings)


def own_rankings(utilities: Array) -> tuple[OwnRanking, ...]:
    """What each party knows of outcomes that are worth something else in every run.

    Parameters
    ----------
    utilities : Array, (parties, outcomes, runs)
        Finite.

    Returns
    -------
    tuple of OwnRanking
        One a party, for all runs; equally good outcomes stay in their order.

    >>> own_rankings(np.array([[[3.0], [1.0], [2.0]]]))[0].outcome.T
    array([[1, 2, 0]])
    """
    outcomes, runs = utilities.shape[1:]
    utilities = np.ascontiguousarray(utilities)
    beyond, every = np.full(((1 << outcomes.bit_length()) - 1 - outcomes, runs), np.inf), np.arange(runs)
    rankings = []
    for who, own in enumerate(utilities):
        order = np.argsort(own, axis=0, kind="stable")
        values = np.concatenate([np.take_along_axis(own, order, axis=0), beyond])
        rankings.append(OwnRanking(who, values, order, utilities, every))
    return tuple(rankings)
