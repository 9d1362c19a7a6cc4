"""Alternating offers between two sides that need not bargain for ever: outside options, and talks that may collapse.

The game without either is in ``bargaining``. Here the pie is one, a side that leaves or is thrown out gets what
it has elsewhere, and both know everything.
"""

import numpy as np

from sim.theory.arrays import Array, Number


def outside_option_share(discount_1: Number, discount_2: Number, outside_1: Number, outside_2: Number) -> Array:
    """First mover's share when the side that answers may leave for something better.

    An option below what bargaining gives anyway changes nothing: a threat must be worth carrying out.

    Parameters
    ----------
    discount_1, discount_2 : float or Array
        Discount factors a round of first and second mover, in [0, 1].
    outside_1, outside_2 : float or Array
        What each side gets by leaving when it is its turn to answer, zero or more, adding to one at most.

    Returns
    -------
    Array
        Share in [0, 1]; that of :func:`~sim.theory.bargaining.rubinstein_share` while neither option binds.

    Source: [Sutton1986]_ (Sutton, 1986).

    >>> [round(float(outside_option_share(0.9, 0.9, 0.0, outside)), 6) for outside in (0.4, 0.6)]
    [0.526316, 0.4]
    """
    return breakdown_share(discount_1, discount_2, risk=0.0, outside_1=outside_1, outside_2=outside_2)


def breakdown_share(
    discount_1: Number,
    discount_2: Number,
    *,
    risk: Number,
    breakdown_1: Number = 0.0,
    breakdown_2: Number = 0.0,
    outside_1: Number = 0.0,
    outside_2: Number = 0.0,
) -> Array:
    """First mover's share when talks collapse with some probability after every refusal.

    With a vanishing risk and no impatience this is the Nash solution with the values of collapse as the
    disagreement point.

    Parameters
    ----------
    discount_1, discount_2 : float or Array
        Discount factors a round, in [0, 1].
    risk : float or Array
        Probability of collapse after a refusal, in [0, 1].
    breakdown_1, breakdown_2 : float or Array
        What each side is left with by a collapse, zero or more, adding to one at most.
    outside_1, outside_2 : float or Array
        What each side gets by leaving when it is its turn to answer, zero or more, adding to one at most.

    Returns
    -------
    Array
        Share in [0, 1]; the middle between both values of collapse where neither risk nor impatience hurries.

    Source: [BinmoreRubinsteinWolinsky1986]_ (Binmore, Rubinstein and Wolinsky, 1986) for the risk,
    [Sutton1986]_ (Sutton, 1986) for leaving.

    >>> round(float(breakdown_share(1.0, 1.0, risk=1e-7, breakdown_1=0.5, breakdown_2=0.2)), 6)
    0.65
    """
    risk = np.asarray(risk, dtype=np.float64)
    stays_1, stays_2 = (1.0 - risk) * discount_1, (1.0 - risk) * discount_2
    left_1, left_2 = risk * breakdown_1, risk * breakdown_2
    hurry = 1.0 - stays_1 * stays_2
    urgent = hurry > 0.0
    open_ended = (1.0 - left_2 - stays_2 * (1.0 - left_1)) / np.where(urgent, hurry, 1.0)
    patient = 0.5 * (1.0 + np.asarray(breakdown_1) - breakdown_2)
    free = np.where(urgent, open_ended, patient)
    least = 1.0 - left_2 - stays_2 * (1.0 - np.asarray(outside_1))
    return np.asarray(np.minimum(np.maximum(free, least), 1.0 - np.asarray(outside_2)))
