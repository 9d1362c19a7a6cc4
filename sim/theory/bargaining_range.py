"""The room between two reservation values on one issue, and when learning opens it.

Closed forms on the control axis. Reservation values over several issues come from ``war_value`` and the room
between them from ``frontier``.
"""

import numpy as np

from sim.theory.arrays import Array, Number


def fearon_range(p: Number, cost_a: Number, cost_b: Number) -> tuple[Array, Array]:
    """Shares of A that both sides prefer to a war lottery.

    Parameters
    ----------
    p : float or Array
        Probability that A wins.
    cost_a, cost_b : float or Array
        Costs of war as shares of the prize.

    Returns
    -------
    tuple of Array
        Lowest share A takes and highest share B grants; not cut to [0, 1].

    Source: [Fearon1995]_ (Fearon, 1995).

    >>> [round(float(end), 3) for end in fearon_range(0.6, 0.1, 0.2)]
    [0.5, 0.8]
    """
    return np.asarray(np.asarray(p) - cost_a), np.asarray(np.asarray(p) + cost_b)


def dynamic_range(front: Array, drift: Array, weekly_cost: Array, annuity: Array) -> tuple[Array, Array]:
    """Shares of B that both sides prefer to fighting on from the present front.

    Holds for sides whose ideal points lie at or beyond every front that can be reached.

    Parameters
    ----------
    front : Array, (runs,)
        Share that B holds now.
    drift : Array, (sides, runs)
        Move a week towards B that A and B expect.
    weekly_cost : Array, (sides, runs)
        Weekly cost in units of the front, that is, divided by the slope of utility.
    annuity : Array, (sides, runs)
        Weeks that a weekly amount counts for each side.

    Returns
    -------
    tuple of Array, (runs,)
        Lowest share B takes and highest share A grants; the range is empty when they cross.

    Source: [Fearon1995]_ (Fearon, 1995), [Slantchev2003]_ (Slantchev, 2003).

    >>> side = np.ones((2, 1))
    >>> low, high = dynamic_range(np.array([0.5]), 0.0 * side, 0.001 * side, 50.0 * side)
    >>> float(low[0]), float(high[0])
    (0.45, 0.55)
    """
    low = front + (drift[1] - weekly_cost[1]) * annuity[1]
    high = front + (drift[0] + weekly_cost[0]) * annuity[0]
    return low, high


def width(low: Number, high: Number) -> Array:
    """Size of a bargaining range.

    Parameters
    ----------
    low, high : float or Array
        Ends of the range.

    Returns
    -------
    Array
        ``high - low``: negative when the range is empty, by as much as is missing.

    Source: [Fearon1995]_ (Fearon, 1995).

    >>> float(width(0.25, 0.75))
    0.5
    """
    return np.asarray(np.asarray(high) - low)


def settlement_week(gap: Number, cost_sum: Number, prior_variance: Number, noise_variance: Number) -> Array:
    """Weeks of fighting after which learning has opened the range, for equal priors and annuities.

    Parameters
    ----------
    gap : float or Array
        B's expected drift less A's at the start.
    cost_sum : float or Array
        Sum of both weekly costs in units of the front.
    prior_variance : float or Array
        Variance of either side's prior on the drift.
    noise_variance : float or Array
        Variance of a week's move as a signal of the drift.

    Returns
    -------
    Array
        Weeks, not rounded: 0 where the range is open already, infinite where nothing is learned or war
        is free.

    Source: [Slantchev2003]_ (Slantchev, 2003).

    >>> round(float(settlement_week(0.006, 0.003, 1e-6, 4e-4)), 6)
    400.0
    """
    gap, cost_sum = np.asarray(gap), np.asarray(cost_sum)
    prior_variance = np.asarray(prior_variance, dtype=np.float64)
    ends = (prior_variance > 0.0) & (cost_sum > 0.0)
    slowness = noise_variance / np.where(prior_variance > 0.0, prior_variance, 1.0)
    weeks = slowness * (gap / np.where(cost_sum > 0.0, cost_sum, 1.0) - 1.0)
    return np.where(gap <= cost_sum, 0.0, np.where(ends, weeks, np.inf))


def surplus_share(gain: Number, other_gain: Number) -> Array:
    """Share of a surplus that went to one of two sides.

    Parameters
    ----------
    gain, other_gain : float or Array
        What a side, and what the other, gained over its reservation value.

    Returns
    -------
    Array
        In [0, 1]; not a number where a side lost, or neither gained: then there was nothing to share.

    Source: [Nash1950]_ (Nash, 1950), whose solution gives each side half where utility can be moved freely.

    >>> surplus_share(np.array([0.3, -0.1]), np.array([0.1, 0.2]))
    array([0.75,  nan])
    """
    gain, total = np.asarray(gain, dtype=np.float64), np.asarray(gain + np.asarray(other_gain), dtype=np.float64)
    shared = (gain >= 0.0) & (gain <= total) & (total > 0.0)
    return np.where(shared, gain / np.where(shared, total, 1.0), np.nan)
