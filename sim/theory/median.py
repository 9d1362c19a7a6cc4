"""Weighted medians and means of positions, and the alternative that no majority would replace.

These are the reference points of one-dimensional politics. The ideal points of more than one issue are a
matter of `preferences`; who is decisive under a voting rule is in `power`.
"""

import numpy as np

from sim.theory.arrays import Array, ordered_sum

HALF_TOLERANCE = 1e-12


def weighted_median(positions: Array, weights: Array) -> Array:
    """Position at which the weight of those at or below it first reaches half.

    Parameters
    ----------
    positions : Array, (N,) or (N, R)
        Positions on one issue.
    weights : Array, same shape or broadcastable, such as (N, 1)
        Weight of each, zero or more and not all zero.

    Returns
    -------
    Array, () or (R,)
        The weighted median. Tie: when exactly half of the weight (to a relative 1e-12) lies at or below a
        position, that lower position is the median.

    Source: [Black1948]_ (Black, 1948).

    >>> float(weighted_median(np.array([0.0, 1.0, 2.0, 3.0]), np.ones(4)))
    1.0
    """
    positions, weights = np.broadcast_arrays(positions, weights)
    order = np.argsort(positions, axis=0, kind="stable")
    below = np.cumsum(np.take_along_axis(weights, order, axis=0), axis=0)
    reached = 2.0 * below >= below[-1] * (1.0 - HALF_TOLERANCE)
    first = np.argmax(reached, axis=0)[None]
    ranked = np.take_along_axis(positions, order, axis=0)
    median: Array = np.take_along_axis(ranked, first, axis=0)[0]
    return median


def weighted_mean(positions: Array, weights: Array) -> Array:
    """Mean of positions with weights.

    Parameters
    ----------
    positions : Array, (N,) or (N, R)
        Positions on one issue.
    weights : Array, same shape or broadcastable, such as (N, 1)
        Weight of each, zero or more and not all zero.

    Returns
    -------
    Array, () or (R,)
        The weighted mean.

    >>> float(weighted_mean(np.array([0.0, 1.0]), np.array([1.0, 3.0])))
    0.75
    """
    positions, weights = np.broadcast_arrays(positions, weights)
    mean: Array = ordered_sum(positions * weights) / ordered_sum(weights)
    return mean


def majority_margin(challenger: Array, incumbent: Array, positions: Array, weights: Array) -> Array:
    """Weight of those nearer to the challenger less the weight of those nearer to the incumbent.

    Parameters
    ----------
    challenger, incumbent : Array, (…) or (…, R)
        The two alternatives, or grids of them that broadcast against each other.
    positions : Array, (N,) or (N, R)
        Ideal points of the voters, who mind the distance |x − θ|.
    weights : Array, (N,) or (N, R)
        Weight of each voter, zero or more.

    Returns
    -------
    Array, (…) or (…, R)
        Margin, positive when the challenger wins; the indifferent do not count.

    Source: [Black1948]_ (Black, 1948).

    >>> float(majority_margin(np.array(0.5), np.array(0.9), np.array([0.0, 0.6, 1.0]), np.ones(3)))
    1.0
    """
    grid = max(np.ndim(challenger), np.ndim(incumbent)) - (positions.ndim - 1)
    shape = (len(positions), *(1,) * grid, *positions.shape[1:])
    ideal = positions.reshape(shape)
    side = np.sign(np.abs(incumbent - ideal) - np.abs(challenger - ideal))
    return ordered_sum(np.broadcast_to(weights, positions.shape).reshape(shape) * side)


def condorcet_winner(positions: Array, weights: Array, alternatives: Array | None = None) -> Array:
    """Alternative that no other alternative beats by a weighted majority.

    With voters who mind the distance |x − θ| there always is one, by the median voter theorem.

    Parameters
    ----------
    positions : Array, (N,) or (N, R)
        Ideal points of the voters.
    weights : Array, (N,) or (N, R)
        Weight of each voter, zero or more.
    alternatives : Array, (M,) or (M, R), optional
        What can be chosen; by default the ideal points themselves.

    Returns
    -------
    Array, () or (R,)
        The unbeaten alternative; the lowest when several are unbeaten.

    Source: [Black1948]_ (Black, 1948).

    >>> float(condorcet_winner(np.array([0.0, 0.2, 0.5, 0.6, 0.9]), np.ones(5)))
    0.5
    """
    choices = np.sort(positions if alternatives is None else alternatives, axis=0)
    margins = majority_margin(choices[:, None], choices[None, :], positions, weights)
    unbeaten = np.all(margins >= -HALF_TOLERANCE, axis=1)
    first = np.argmax(unbeaten, axis=0)[None]
    winner: Array = np.take_along_axis(choices, first, axis=0)[0]
    return winner
