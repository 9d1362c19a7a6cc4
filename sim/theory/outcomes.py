"""Finite outcome spaces: what combinations of a few choices are worth, which are efficient, which fair.

Parties value each issue by itself. How a table reaches one of the outcomes is in ``stacked_offers``; issues
that vary continuously between two sides have an exact frontier in ``frontier``.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, BoolArray, IntArray, ordered_sum, safe_power


class Solution(NamedTuple):
    """A bargaining solution on a finite set of outcomes.

    ``outcome`` (runs,) is the outcome chosen, or -1 where none is good enough for all; ``utilities``
    (parties, runs) are what it is worth, or the reservation values.
    """

    outcome: IntArray
    utilities: Array


def outcome_grid(choices: Sequence[int]) -> IntArray:
    """All combinations of one choice an issue.

    Parameters
    ----------
    choices : sequence of int
        Number of choices of every issue, from 1.

    Returns
    -------
    IntArray, (issues, outcomes)
        Place of the choice on each issue; the last issue changes fastest.

    >>> outcome_grid((2, 3))
    array([[0, 0, 0, 1, 1, 1],
           [0, 1, 2, 0, 1, 2]])
    """
    return np.indices(tuple(choices)).reshape(len(choices), -1)


def additive_utilities(weights: Array, values: Sequence[Array]) -> Array:
    """Utilities that add over the issues.

    Parameters
    ----------
    weights : Array, (parties, issues)
        Weight of every issue to every party.
    values : sequence over issues of Array, (parties, choices)
        What each choice on an issue is worth by itself.

    Returns
    -------
    Array, (parties, outcomes)
        Utilities in the order of :func:`outcome_grid`.

    Source: [KeeneyRaiffa1976]_ (Keeney and Raiffa, 1976).

    >>> additive_utilities(np.array([[0.25, 0.75]]), [np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])])
    array([[0.75, 0.  , 1.  , 0.25]])
    """
    grid = outcome_grid([value.shape[-1] for value in values])
    each = [weight[:, None] * value[:, place] for weight, value, place in zip(weights.T, values, grid, strict=True)]
    return ordered_sum(np.stack(each))


def pareto_points(utilities: Array) -> IntArray:
    """Outcomes that no other outcome dominates.

    An outcome dominates another when it is at least as good for all and better for one. The time taken grows
    with the outcomes times the efficient ones among them.

    Parameters
    ----------
    utilities : Array, (parties, outcomes)
        Utility of every outcome to every party.

    Returns
    -------
    IntArray, (efficient,)
        Their numbers, rising; outcomes that are the same to all parties are efficient together.

    >>> pareto_points(np.array([[0.0, 0.5, 1.0, 0.4], [1.0, 0.5, 0.0, 0.4]]))
    array([0, 1, 2])
    """
    # What dominates an outcome has no smaller sum, and at the same sum comes first by the utilities.
    order = np.lexsort((*utilities, ordered_sum(utilities)))[::-1]
    left = np.take(utilities, order, axis=1)
    efficient = []
    while order.size:
        same = np.all(left == left[:, :1], axis=0)
        efficient.append(order[same])
        beyond = np.any(left > left[:, :1], axis=0)
        order, left = order[beyond], np.compress(beyond, left, axis=1)
    return np.sort(np.concatenate(efficient))


def nash_outcome(
    utilities: Array, reservation: Array, efficient: IntArray | None = None, *, weights: Array | None = None
) -> Solution:
    """Efficient outcome with the largest product of gains over the reservation values, weighted if need be.

    Parameters
    ----------
    utilities : Array, (parties, outcomes)
        Utility of every outcome to every party, the same in all runs.
    reservation : Array, (parties, runs)
        Reservation values.
    efficient : IntArray, (efficient,), optional
        The result of :func:`pareto_points`, if it is at hand.
    weights : Array, (parties,) or (parties, runs), optional
        Bargaining power of each party, zero or more: the exponent of its gain; alike without.

    Returns
    -------
    Solution
        Of equally good outcomes the first; none where every outcome is below somebody's reservation value.

    Source: [Nash1950]_ (Nash, 1950), [Kalai1977]_ (Kalai, 1977) for weights.

    >>> nash_outcome(np.array([[0.0, 0.5, 1.0], [1.0, 0.5, 0.0]]), np.zeros((2, 1))).outcome
    array([1])
    """
    efficient, gains, good = _gains(utilities, reservation, efficient)
    if weights is not None:
        power = np.asarray(weights, dtype=np.float64).reshape(len(gains), 1, -1)
        gains = safe_power(np.maximum(gains, 0.0), power)
    product = gains[0]
    for gain in gains[1:]:
        product = product * gain
    return _choose(utilities, reservation, efficient, good, product)


def egalitarian_outcome(utilities: Array, reservation: Array, efficient: IntArray | None = None) -> Solution:
    """Efficient outcome with the largest smallest gain over the reservation values (Kalai).

    Parameters, ties and failure as in :func:`nash_outcome`.

    Source: [Kalai1977]_ (Kalai, 1977).

    >>> egalitarian_outcome(np.array([[0.0, 0.4, 1.0], [1.0, 0.5, 0.0]]), np.zeros((2, 1))).utilities.T
    array([[0.4, 0.5]])
    """
    efficient, gains, good = _gains(utilities, reservation, efficient)
    return _choose(utilities, reservation, efficient, good, np.min(gains, axis=0))


def kalai_smorodinsky_outcome(
    utilities: Array, reservation: Array, efficient: IntArray | None = None, *, maximin: bool = False
) -> Solution:
    """Efficient outcome at which all gain the most nearly equal part of what each could gain.

    What a party could gain is its best among the outcomes that are good enough for all. On a finite set equal
    parts can seldom be had exactly; the outcome with the smallest difference between the largest and the
    smallest part is taken here, as is usual in automated negotiation, and it can be far from generous.
    ``maximin`` takes the largest smallest part instead, which on a continuous frontier comes to the same.

    Parameters, ties and failure as in :func:`nash_outcome`.

    Source: [KalaiSmorodinsky1975]_ (Kalai and Smorodinsky, 1975).

    >>> pie = np.array([[0.0, 0.4, 1.0], [1.0, 0.5, 0.0]])
    >>> kalai_smorodinsky_outcome(pie, np.zeros((2, 1))).outcome
    array([1])
    """
    efficient, gains, good = _gains(utilities, reservation, efficient)
    most = np.max(np.where(good, gains, 0.0), axis=1, keepdims=True)
    parts = gains / np.where(most > 0.0, most, 1.0)
    least = np.min(parts, axis=0)
    return _choose(utilities, reservation, efficient, good, least if maximin else least - np.max(parts, axis=0))


def _gains(utilities: Array, reservation: Array, efficient: IntArray | None) -> tuple[IntArray, Array, BoolArray]:
    """Efficient outcomes, gains there (parties, efficient, runs), and whether nobody loses there."""
    efficient = pareto_points(utilities) if efficient is None else efficient
    gains = np.take(utilities, efficient, axis=1)[:, :, None] - np.asarray(reservation)[:, None]
    return efficient, gains, np.all(gains >= 0.0, axis=0)


def _choose(utilities: Array, reservation: Array, efficient: IntArray, good: BoolArray, worth: Array) -> Solution:
    """The first of the best outcomes that are good enough; the reservation values where there is none."""
    outcome = efficient[np.argmax(np.where(good, worth, -np.inf), axis=0)]
    found = np.any(good, axis=0)
    return Solution(np.where(found, outcome, -1), np.where(found, utilities[:, outcome], reservation))
