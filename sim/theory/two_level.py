"""Bargaining abroad under a vote at home: what a small win-set does to one's share and to the chance of a deal.

Here is one issue with transferable gains and the constraint that both homes must ratify. Who ratifies, and a
setter without a counterpart, are in ``ratification``.
"""

import numpy as np
from scipy.special import ndtr

from sim.theory.arrays import Array, BoolArray, Number


def two_level_share(
    least_a: Number, most_b: Number, home_a: Number, home_b: Number, power: Number = 0.5
) -> tuple[Array, BoolArray]:
    """A's share in a deal that both governments want and both homes ratify, when all know the win-sets.

    Governments would divide their range by bargaining power; a home that needs more moves the deal to the edge
    of its win-set. So a smaller win-set never lowers one's own share and never makes a deal possible.

    Parameters
    ----------
    least_a : float or Array
        Smallest share of A that its government prefers to no deal.
    most_b : float or Array
        Largest share of A that B's government prefers to no deal.
    home_a, home_b : float or Array
        Smallest share of A that A's home ratifies, largest that B's home ratifies; infinite where home does not
        matter.
    power : float or Array
        A's part of the governments' range, in [0, 1].

    Returns
    -------
    tuple of Array and BoolArray
        A's share, NaN where there is no deal; whether there is one.

    Source: [Schelling1960]_ (Schelling, 1960), [Putnam1988]_ (Putnam, 1988).

    >>> [round(float(two_level_share(0.4, 0.8, home, 1.0)[0]), 6) for home in (0.0, 0.7, 0.9)]
    [0.6, 0.7, nan]
    """
    low, high = np.maximum(least_a, home_a), np.minimum(most_b, home_b)
    deal = np.asarray(low <= high)
    wanted = np.asarray(least_a) + power * (np.asarray(most_b) - least_a)
    share = np.maximum(low, np.minimum(wanted, high))
    return np.where(deal, share, np.nan), deal


def blind_two_level_chance(share: Number, home_a: Number, home_b: Number, spread: Number) -> Array:
    """Probability that both homes ratify a share agreed on by governments that do not know what home needs.

    What each home needs is normally distributed around what it is thought to need.

    Parameters
    ----------
    share : float or Array
        A's share in the text.
    home_a, home_b : float or Array
        Expected smallest share that A's home ratifies, expected largest share that B's home ratifies.
    spread : float or Array
        Standard deviation of either, above zero.

    Returns
    -------
    Array
        Probability in [0, 1]; it falls as either home is thought to need more.

    Source: [Iida1993]_ (Iida, 1993).

    >>> float(blind_two_level_chance(0.5, 0.5, 0.5, 0.1))
    0.25
    """
    spread = np.asarray(spread)
    return np.asarray(ndtr((share - np.asarray(home_a)) / spread) * ndtr((np.asarray(home_b) - share) / spread))
