"""The second level: what ratifiers at home let through, and what a setter makes of it.

One issue in closed form and a public as a normal distribution of voters. The value that a ratifier puts on
terms and on war comes from ``preferences`` and ``war_value``.
"""

import numpy as np
from scipy.special import ndtr, ndtri

from sim.theory.arrays import Array, BoolArray, Number


def share_in_favour(gain: Number, spread: Number) -> Array:
    """Share of a normally distributed public that gains from ratifying.

    Parameters
    ----------
    gain : float or Array, (ratifiers, runs)
        Median voter's value of the terms less that of war.
    spread : float or Array, (ratifiers, runs)
        Standard deviation of that difference among voters; 0 for one veto player.

    Returns
    -------
    Array, (ratifiers, runs)
        Share in [0, 1]; without spread 0 or 1, an indifferent veto player being in favour.

    Source: [Putnam1988]_ (Putnam, 1988), [Iida1993]_ (Iida, 1993).

    >>> float(share_in_favour(0.0, 0.1)), float(share_in_favour(0.0, 0.0))
    (0.5, 1.0)
    """
    gain, spread = np.asarray(gain, dtype=np.float64), np.asarray(spread, dtype=np.float64)
    many = spread > 0.0
    share = ndtr(gain / np.where(many, spread, 1.0))
    return np.where(many, share, np.where(gain >= 0.0, 1.0, 0.0))


def ratifies(share: Number, quota: Number) -> BoolArray:
    """Whether a share in favour meets the quota.

    Parameters
    ----------
    share : float or Array, (ratifiers, runs)
        Share in favour in [0, 1].
    quota : float or Array, (ratifiers, 1)
        Share needed in [0, 1].

    Returns
    -------
    BoolArray, (ratifiers, runs)
        True at the quota and above it.

    Source: [Putnam1988]_ (Putnam, 1988).

    >>> bool(ratifies(0.5, 0.5)), bool(ratifies(0.49, 0.5))
    (True, False)
    """
    return np.asarray(np.asarray(share) >= quota)


NOBODY_AGAINST = 9.0
"""Standard deviations from which on the share in favour is 1 to the last bit."""


def required_gain(quota: Number, spread: Number) -> Array:
    """Gain of the median voter from which on a normally distributed public ratifies.

    Parameters
    ----------
    quota : float or Array, (ratifiers, runs)
        Share needed in [0, 1].
    spread : float or Array, (ratifiers, runs)
        Standard deviation of the gain among voters; 0 for one veto player.

    Returns
    -------
    Array, (ratifiers, runs)
        0 at a simple majority or for a veto player; minus infinity where no vote is needed, and the gain at
        which nobody is counted against where all are.

    Source: [Putnam1988]_ (Putnam, 1988) on the size of win-sets.

    >>> [round(float(required_gain(quota, 0.1)), 6) for quota in (0.5, 2 / 3, 0.0)]
    [0.0, 0.043073, -inf]
    """
    quota = np.asarray(quota, dtype=np.float64)
    gain = np.asarray(spread) * np.clip(ndtri(quota), -NOBODY_AGAINST, NOBODY_AGAINST)
    return np.where(quota > 0.0, gain, -np.inf)


def win_set(reversion: Number, median: Number) -> tuple[Array, Array]:
    """Terms on one issue that a ratifier prefers to the reversion point.

    Parameters
    ----------
    reversion : float or Array
        What holds if ratification fails.
    median : float or Array
        Ideal point of the (median) ratifier; losses are symmetric around it.

    Returns
    -------
    tuple of Array
        Lowest and highest terms, ends included; not cut to [0, 1].

    Source: [RomerRosenthal1978]_ (Romer and Rosenthal, 1978), [Putnam1988]_ (Putnam, 1988).

    >>> [round(float(end), 6) for end in win_set(0.8, 0.5)]
    [0.2, 0.8]
    """
    reach = np.abs(np.asarray(reversion) - median)
    return np.asarray(median - reach), np.asarray(median + reach)


def setter_outcome(setter_ideal: Number, median: Number, reversion: Number) -> Array:
    """Terms that an agenda setter proposes to a ratifier who can only take or leave them.

    Parameters
    ----------
    setter_ideal : float or Array
        Ideal point of the setter.
    median : float or Array
        Ideal point of the (median) ratifier.
    reversion : float or Array
        What holds if ratification fails.

    Returns
    -------
    Array
        The point of the win-set nearest to the setter; it is always ratified.

    Source: [RomerRosenthal1978]_ (Romer and Rosenthal, 1978).

    >>> round(float(setter_outcome(0.0, 0.5, 0.8)), 6)
    0.2
    """
    low, high = win_set(reversion, median)
    return np.asarray(np.minimum(np.maximum(setter_ideal, low), high))
