"""A leader who would lose office by losing a little, and who therefore stakes more on the war.

What the war costs is counted in ``tolerance``; what it is worth in ``war_value``.
"""

import numpy as np

from sim.theory.arrays import Array, Number


def reckoned_cost(weekly_cost: Number, tolerance: Number, threshold: Number, gamble: Number) -> Array:
    """Weekly cost of war as a leader reckons it who gambles for resurrection once tolerance runs out.

    Parameters
    ----------
    weekly_cost : float or Array, (sides, runs)
        Cost of a week of war in utility.
    tolerance : float or Array, (sides, runs)
        Civilian tolerance in [0, 1].
    threshold : float or Array, (sides, runs)
        Tolerance below which losing small means losing office; at it the leader does not gamble yet.
    gamble : float or Array, (sides, runs)
        Share of the cost that such a leader leaves out, in [0, 1]: 0 where the regime is not semi-repressive.

    Returns
    -------
    Array, broadcast shape
        Cost in utility, at most ``weekly_cost`` where that is not negative.

    Source: [Goemans2000]_ (Goemans, 2000).

    >>> reckoned_cost(0.002, np.array([0.4, 0.2]), 0.3, 0.5)
    array([0.002, 0.001])
    """
    left_out = np.where(np.asarray(tolerance) < threshold, gamble, 0.0)
    return np.asarray(weekly_cost * (1.0 - left_out))
