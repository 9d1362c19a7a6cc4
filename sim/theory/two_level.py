"""Bargaining abroad under a vote at home: what a small win-set does to one's share and to the chance of a deal.

Here is one issue with transferable gains and the constraint that both homes must ratify. Who ratifies, and a
setter without a counterpart, are in ``ratification``.
"""

import numpy as np
from scipy.special import log_ndtr, ndtr

from sim.theory.arrays import Array, BoolArray, Number

HALVINGS = 60
"""Halvings of the range until no share lies between its ends."""


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


def two_level_under_doubt(
    least_a: Number, most_b: Number, home_a: Number, home_b: Number, *, spread: Number, power: Number = 0.5
) -> tuple[Array, Array]:
    """A's share in a deal of governments that know only roughly what the homes ratify, and the chance that they do.

    A share gives each government its gain if both homes ratify, and nothing otherwise; the governments agree on
    the Nash solution of these lotteries, which weighs what is divided against the chance to have it. What each
    home needs is normally distributed around what it is thought to need. A home that needs more raises its
    side's share and lowers the chance.

    Parameters
    ----------
    least_a : float or Array
        Smallest share of A that its government prefers to no deal.
    most_b : float or Array
        Largest share of A that B's government prefers to no deal.
    home_a, home_b : float or Array
        Expected smallest share of A that A's home ratifies, expected largest that B's home ratifies; infinite
        where home does not matter.
    spread : float or Array
        Standard deviation of either, above zero. As it vanishes the share nears that of `two_level_share`.
    power : float or Array
        A's bargaining power, in (0, 1).

    Returns
    -------
    tuple of Array
        A's share, NaN where the governments have nothing to divide; probability that both homes ratify, 0 there.

    Source: [Iida1993]_ (Iida, 1993) on homes that are not known, [Nash1950]_ (Nash, 1950) for the solution.

    >>> [round(float(two_level_under_doubt(0.0, 1.0, home, 2.0, spread=0.1)[0]), 3) for home in (-2.0, 0.5, 0.7)]
    [0.5, 0.68, 0.821]
    """
    least_a, most_b, spread = (np.asarray(value, dtype=np.float64) for value in (least_a, most_b, spread))
    shape = np.broadcast(least_a, most_b, home_a, home_b, spread, power).shape
    low, high = np.broadcast_to(least_a, shape), np.broadcast_to(most_b, shape)
    for _ in range(HALVINGS):
        share = 0.5 * (low + high)
        room_a, room_b = np.maximum(share - least_a, 1e-300), np.maximum(most_b - share, 1e-300)
        pull = power / room_a - (1.0 - np.asarray(power)) / room_b
        pull = pull + (_mills((share - home_a) / spread) - _mills((home_b - share) / spread)) / spread
        low, high = np.where(pull > 0.0, share, low), np.where(pull > 0.0, high, share)
    share = 0.5 * (low + high)
    some = np.asarray(least_a < most_b)
    chance = blind_two_level_chance(share, home_a, home_b, spread)
    return np.where(some, share, np.nan), np.where(some, chance, 0.0)


def _mills(gain: Array) -> Array:
    """Density over distribution of a standard normal; how fast the logarithm of a chance rises."""
    near = np.minimum(gain, 40.0)
    return np.asarray(np.exp(-0.5 * near * near - log_ndtr(near)) / np.sqrt(2.0 * np.pi))


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
