"""Voting rules as exact objects: weighted quotas, their combinations, and the rules of two councils.

A rule only says which coalitions win. What power it confers is in `power`; majorities of those present and
voting, with abstentions left out, are in `majority`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from sim.theory.arrays import BoolArray

Whole = npt.NDArray[Any]
"""Array of whole numbers, int64 or Python integers."""


@dataclass(frozen=True)
class WeightedRule:
    """A coalition wins when its weights reach the quota.

    Parameters
    ----------
    weights : tuple of int, one for each member
        Zero or more.
    quota : int
        From 1 to the sum of the weights.

    Raises
    ------
    ValueError
        A weight is negative, or the quota is out of its range.
    """

    weights: tuple[int, ...]
    quota: int

    def __post_init__(self) -> None:
        if min(self.weights, default=0) < 0 or not 1 <= self.quota <= sum(self.weights):
            raise ValueError(f"weights must be zero or more and the quota in 1..{sum(self.weights)}")

    @property
    def members(self) -> int:
        """Number of members."""
        return len(self.weights)

    def conditions(self) -> tuple["WeightedRule", ...]:
        """The rule itself, as the only condition."""
        return (self,)

    def passes(self, totals: Sequence[Whole]) -> BoolArray:
        """Whether coalitions with this total weight win."""
        return np.asarray(totals[0] >= self.quota)


@dataclass(frozen=True)
class CombinedRule:
    """A coalition wins when it satisfies all, or any, of several rules over the same members.

    Parameters
    ----------
    parts : tuple of WeightedRule or CombinedRule
        At least one, all with the same number of members; parts may be combined rules themselves.
    need : "all" or "any"
        How many of the parts a winning coalition satisfies.

    Raises
    ------
    ValueError
        There are no parts, or they differ in the number of members.
    """

    parts: tuple["Rule", ...]
    need: Literal["all", "any"] = "all"

    def __post_init__(self) -> None:
        if len({part.members for part in self.parts}) != 1:
            raise ValueError("a combined rule needs parts with the same number of members")

    @property
    def members(self) -> int:
        """Number of members."""
        return self.parts[0].members

    def conditions(self) -> tuple[WeightedRule, ...]:
        """All weighted rules in it, in the order in which they are written."""
        return tuple(condition for part in self.parts for condition in part.conditions())

    def passes(self, totals: Sequence[Whole]) -> BoolArray:
        """Whether coalitions with these totals, one array for each condition, win."""
        verdicts, used = [], 0
        for part in self.parts:
            size = len(part.conditions())
            verdicts.append(part.passes(totals[used : used + size]))
            used += size
        combine = np.logical_and if self.need == "all" else np.logical_or
        verdict = verdicts[0]
        for other in verdicts[1:]:
            verdict = combine(verdict, other)
        return verdict


Rule = WeightedRule | CombinedRule


def wins(rule: Rule, coalitions: BoolArray) -> BoolArray:
    """Whether coalitions win under a rule.

    Parameters
    ----------
    rule : Rule
        Over N members.
    coalitions : bool array, (N, ...)
        Who is in each coalition.

    Returns
    -------
    bool array, (...)

    >>> wins(WeightedRule((2, 1, 1), 3), np.array([[True], [True], [False]])).tolist()
    [True]
    """
    weights = [np.array(condition.weights) for condition in rule.conditions()]
    axes = (1,) * (coalitions.ndim - 1)
    return rule.passes([(w.reshape(-1, *axes) * coalitions).sum(axis=0) for w in weights])


def security_council() -> CombinedRule:
    """Rule of the Security Council on substance: nine of fifteen, and all five permanent members (first).

    Source: [UNCharter]_ (Article 27); an abstaining permanent member counts as consenting and is not modelled
    here.
    """
    return CombinedRule((WeightedRule((1,) * 15, 9), WeightedRule((1,) * 5 + (0,) * 10, 5)))


def european_council(population_shares: tuple[int, ...]) -> CombinedRule:
    """Qualified majority in the Council of the European Union.

    Fifty-five per cent of the members with sixty-five per cent of the population, or no more than three
    against.

    Parameters
    ----------
    population_shares : tuple of int, one for each of at least four members
        Population in any whole unit; hundredths of a per cent keep the table small.

    Raises
    ------
    ValueError
        Three members or fewer, of whom none could ever be blocked.

    Source: [EUTreaty]_ (Article 16(4) TEU, Article 238(3) TFEU).

    >>> [condition.quota for condition in european_council((100,) * 27).conditions()]
    [15, 1755, 24]
    """
    number, people = len(population_shares), sum(population_shares)
    if number < 4:
        raise ValueError(f"at least 4 members are needed, found {number}")
    one_each = (1,) * number
    states = WeightedRule(one_each, -(-55 * number // 100))
    population = WeightedRule(population_shares, -(-65 * people // 100))
    return CombinedRule((CombinedRule((states, population)), WeightedRule(one_each, number - 3)), "any")
