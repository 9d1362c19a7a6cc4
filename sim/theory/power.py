"""Power that a voting rule confers: Shapley-Shubik, Banzhaf, Coleman and Penrose, in exact numbers.

Coalitions are counted by generating functions, never listed, so a Council of 15 or 27 and an Assembly of 193
are all quick. The rules themselves are in `rules`; what states do with their votes is in `voting` and
`council`.
"""

from fractions import Fraction
from math import comb, factorial, pi, sqrt
from typing import NamedTuple

import numpy as np

from sim.theory.arrays import BoolArray
from sim.theory.rules import CombinedRule, Rule, WeightedRule, Whole

__all__ = [
    "Banzhaf",
    "Coleman",
    "CombinedRule",
    "Rule",
    "WeightedRule",
    "banzhaf",
    "coleman",
    "decisive_vote",
    "penrose_square_root",
    "shapley_shubik",
]

LARGEST_INT64_ELECTORATE = 62
LARGEST_TABLE = 50_000_000


class _Table(NamedTuple):
    """Number of coalitions by size (one cell where no size matters), by each uneven weight, and a last axis of one."""

    counts: Whole
    uneven: tuple[WeightedRule, ...]
    winning: BoolArray


def _even(condition: WeightedRule) -> bool:
    """All members weigh the same, so that the size of a coalition tells its weight."""
    return len(set(condition.weights)) == 1


def _uneven_conditions(rule: Rule) -> tuple[WeightedRule, ...]:
    """Conditions that need an axis of their own, each distinct set of weights once."""
    by_weights = {c.weights: c for c in rule.conditions() if not _even(c)}
    return tuple(by_weights.values())


def _place(uneven: tuple[WeightedRule, ...], member: int, *, sign: int) -> tuple[slice, ...]:
    """Cells behind the size axis that are reached (sign +1) or left (sign -1) when a member joins."""
    jumps = [condition.weights[member] for condition in uneven]
    moved = (slice(jump, None) if sign > 0 else slice(None, -jump or None) for jump in jumps)
    return (*moved, slice(None))


def _count(rule: Rule, *, sized: bool = True) -> _Table:
    """Coalitions of all members, by size where it is asked for or an even condition needs it, and by weights."""
    uneven = _uneven_conditions(rule)
    sized = sized or any(map(_even, rule.conditions()))
    shape = (rule.members + 1 if sized else 1, *(sum(condition.weights) + 1 for condition in uneven), 1)
    if np.prod(shape, dtype=float) > LARGEST_TABLE:
        raise ValueError("these weights need too large a table; divide them by a common unit")
    counts = np.zeros(shape, dtype=np.int64 if rule.members <= LARGEST_INT64_ELECTORATE else object)
    counts[(0,) * counts.ndim] = 1
    for member in range(rule.members):
        joined = (slice(1, member + 2) if sized else slice(None), *_place(uneven, member, sign=1))
        before = (slice(0, member + 1) if sized else slice(None), *_place(uneven, member, sign=-1))
        counts[joined] += counts[before].copy()
    return _Table(counts, uneven, _winning(rule, uneven, shape))


def _winning(rule: Rule, uneven: tuple[WeightedRule, ...], shape: tuple[int, ...]) -> BoolArray:
    """Which cells of the table win."""
    axes = np.ogrid[tuple(slice(0, length) for length in shape)]
    weight_axis = {condition.weights: axes[1 + place] for place, condition in enumerate(uneven)}
    totals = [
        axes[0] * condition.weights[0] if _even(condition) else weight_axis[condition.weights]
        for condition in rule.conditions()
    ]
    return np.broadcast_to(rule.passes(totals), shape)


def _swings_by_size(table: _Table, member: int) -> list[int]:
    """Number of coalitions of the others, by size, that lose without the member and win with it."""
    joined, before = (_place(table.uneven, member, sign=sign) for sign in (1, -1))
    without = np.zeros_like(table.counts[0])
    swings = []
    for size in range(len(table.counts) - 1):
        earlier = without[before].copy()
        without = table.counts[size].copy()
        without[joined] -= earlier
        decisive = table.winning[size + 1][joined] & ~table.winning[size][before]
        swings.append(int(np.sum(without[before] * decisive)))
    return swings


def _swings(table: _Table, member: int) -> int:
    """Number of coalitions of the others, of all sizes, that lose without the member and win with it."""
    if len(table.counts) > 1:
        return sum(_swings_by_size(table, member))
    joined, before = (_place(table.uneven, member, sign=sign) for sign in (1, -1))
    without = _without(table.counts[0], [condition.weights[member] for condition in table.uneven])
    decisive = table.winning[0][joined] & ~table.winning[0][before]
    return int(np.sum(without[before] * decisive))


def _without(counts: Whole, jumps: list[int]) -> Whole:
    """Coalitions of the others by weights: the table divided by 1 + z, as (1 - z)(1 + z^2)(1 + z^4)... of it."""
    if not any(jumps):
        return counts // 2
    without, sign = counts.copy(), -1
    while all(jump < length for jump, length in zip(jumps, counts.shape, strict=False)):
        joined = tuple(slice(jump, None) for jump in jumps)
        before = tuple(slice(None, -jump or None) for jump in jumps)
        without[joined] += sign * without[before].copy()
        jumps, sign = [2 * jump for jump in jumps], 1
    return without


def _kinds(rule: Rule) -> list[tuple[int, ...]]:
    """Weights of each member in all conditions: members alike have the same power."""
    return list(zip(*(condition.weights for condition in rule.conditions()), strict=True))


def shapley_shubik(rule: Rule) -> tuple[Fraction, ...]:
    """Chance of each member to turn a growing coalition into a winning one, all orders being equal.

    Parameters
    ----------
    rule : Rule
        Over N members; the table of coalitions must fit the memory (weights in small whole units).  Its cells are
        sizes times total weights, and it is passed once for each distinct weight: minutes for 193 of them.

    Returns
    -------
    tuple of Fraction, one for each member
        They sum to one; a member that never matters has 0.

    Raises
    ------
    ValueError
        The weights need too large a table.

    Source: [ShapleyShubik1954]_ (Shapley and Shubik, 1954).

    >>> [str(share) for share in shapley_shubik(WeightedRule((50, 49, 1), 51))]
    ['2/3', '1/6', '1/6']
    """
    number, kinds, table = rule.members, _kinds(rule), _count(rule)
    orders = [factorial(size) * factorial(number - 1 - size) for size in range(number)]
    pivots = {
        kind: sum(map(int.__mul__, orders, _swings_by_size(table, kinds.index(kind)))) for kind in dict.fromkeys(kinds)
    }
    return tuple(Fraction(pivots[kind], factorial(number)) for kind in kinds)


class Banzhaf(NamedTuple):
    """Swings of every member and what they mean as power."""

    swings: tuple[int, ...]
    winning: int
    normalised: tuple[Fraction, ...]
    absolute: tuple[Fraction, ...]


def banzhaf(rule: Rule) -> Banzhaf:
    """Power as the number of coalitions in which a member's vote decides.

    Parameters
    ----------
    rule : Rule
        Over N members.

    Returns
    -------
    swings : tuple of int
        Coalitions that win with the member and lose without.
    winning : int
        Winning coalitions of all 2^N.
    normalised : tuple of Fraction
        Share of all swings; they sum to one.
    absolute : tuple of Fraction
        Swings over the 2^(N−1) coalitions of the others: the chance to decide when all others toss a coin.

    Raises
    ------
    ValueError
        The weights need too large a table.

    Source: [Penrose1946]_ (Penrose, 1946); [Banzhaf1965]_ (Banzhaf, 1965).

    >>> [str(share) for share in banzhaf(WeightedRule((50, 49, 1), 51)).normalised]
    ['3/5', '1/5', '1/5']
    """
    kinds, table = _kinds(rule), _count(rule, sized=False)
    by_kind = {kind: _swings(table, kinds.index(kind)) for kind in dict.fromkeys(kinds)}
    swings, winning = tuple(by_kind[kind] for kind in kinds), int(np.sum(table.counts * table.winning))
    normalised = tuple(Fraction(number, sum(swings)) for number in swings)
    absolute = tuple(Fraction(number, 2 ** (rule.members - 1)) for number in swings)
    return Banzhaf(swings, winning, normalised, absolute)


class Coleman(NamedTuple):
    """Power of a body to act, and of its members to prevent and to initiate action."""

    act: Fraction
    prevent: tuple[Fraction, ...]
    initiate: tuple[Fraction, ...]


def coleman(rule: Rule) -> Coleman:
    """Coleman's three indices.

    Parameters
    ----------
    rule : Rule
        Over N members.

    Returns
    -------
    act : Fraction
        Winning coalitions over all coalitions.
    prevent : tuple of Fraction
        Share of the winning coalitions that a member can bring down; 1 is a veto.
    initiate : tuple of Fraction
        Share of the losing coalitions that a member can turn into winning ones.

    Raises
    ------
    ValueError
        The weights need too large a table.

    Source: [Coleman1971]_ (Coleman, 1971).

    >>> coleman(WeightedRule((1, 1), 2)).act
    Fraction(1, 4)
    """
    power = banzhaf(rule)
    losing = 2**rule.members - power.winning
    prevent = tuple(Fraction(number, power.winning) for number in power.swings)
    initiate = tuple(Fraction(number, losing) for number in power.swings)
    return Coleman(Fraction(power.winning, 2**rule.members), prevent, initiate)


def decisive_vote(electorate: int) -> Fraction:
    """Chance that one of n voters decides a vote by simple majority when the others toss a coin.

    Parameters
    ----------
    electorate : int
        n, one or more.

    Returns
    -------
    Fraction
        C(n−1, ⌊n/2⌋)/2^(n−1).

    Source: [Penrose1946]_ (Penrose, 1946).

    >>> decisive_vote(3)
    Fraction(1, 2)
    """
    return Fraction(comb(electorate - 1, electorate // 2), 2 ** (electorate - 1))


def penrose_square_root(electorate: float) -> float:
    """Square-root law: the chance to decide in a large electorate falls with the root of its size.

    sqrt(2/(πn)), the limit of `decisive_vote`.

    Parameters
    ----------
    electorate : float
        n, positive.

    Returns
    -------
    float
        Approximate chance.

    Source: [Penrose1946]_ (Penrose, 1946).

    >>> round(penrose_square_root(101), 7)
    0.0793925
    """
    return sqrt(2.0 / (pi * electorate))
