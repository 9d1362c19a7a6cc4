"""What war is worth to a side whose ideal point lies inside the front's reach: a front can go too far for it.

Utility then rises to the ideal point and falls beyond it. The value of war is that of the straight line on the
near side, in ``war_value``, less twice the slope times what the front is expected to lie beyond the ideal point,
which is here. It is exact for linear losses and a front that is absorbed at its ends; curved losses are in
``war_curvature``.
"""

import numpy as np

from sim.theory.arrays import Array, Number
from sim.theory.first_passage import floored_variance
from sim.theory.war_value import decay_rates, discounted_ends

EDGE = 1e-12
"""Ideal points nearer than this to an end of the front are at it."""


def is_inside(ideal_point: Number) -> Array:
    """Whether an ideal point lies between the ends of the front.

    Parameters
    ----------
    ideal_point : float or Array
        In [0, 1].

    Returns
    -------
    BoolArray, same shape

    >>> is_inside(np.array([0.0, 0.3, 1.0]))
    array([False,  True, False])
    """
    return np.asarray((np.asarray(ideal_point) > EDGE) & (np.asarray(ideal_point) < 1.0 - EDGE))


def excess(front: Number, ideal_point: Number, towards: Number) -> Array:
    """How far the front lies beyond an ideal point.

    Parameters
    ----------
    front, ideal_point : float or Array
        In [0, 1].
    towards : float or Array
        1 for a side that wants the front to rise up to its ideal point, -1 for one that wants it to fall.

    Returns
    -------
    Array, broadcast shape
        Zero or more.

    >>> float(excess(0.75, 0.5, 1.0)), float(excess(0.75, 0.5, -1.0))
    (0.25, 0.0)
    """
    return np.maximum(np.asarray(towards) * (np.asarray(front) - ideal_point), 0.0)


def expected_excess(
    front: Number, ideal_point: Number, towards: Number, *, drift: Number, volatility: Number, discount: Number
) -> Array:
    """Discounted mean of how far the front will lie beyond an ideal point, as a flow.

    Below the ideal point it is what it is at that point times the discounted chance of getting there; above, the
    excess of today, the change that the drift brings until the front leaves the part beyond, and again what it is
    at the ideal point. The value at that point makes the two meet without a bend.

    Parameters
    ----------
    front : float or Array
        Where the front stands, in [0, 1]; it stays where it reaches an end.
    ideal_point : float or Array
        Between the ends.
    towards : float or Array
        As in :func:`excess`.
    drift : float or Array
        Mean move a week towards 1, any sign.
    volatility : float or Array
        Standard deviation of a week's move, zero or more.
    discount : float or Array
        Weekly rate, above zero.

    Returns
    -------
    Array, broadcast shape
        In [0, 1]; at an end it is the excess there. NaN at an ideal point on an end.

    Source: [KarlinTaylor1981]_ (Karlin and Taylor, 1981).

    >>> round(float(expected_excess(0.3, 0.5, 1.0, drift=0.002, volatility=0.03, discount=0.01)), 6)
    0.101761
    """
    up = np.asarray(towards) > 0.0
    front, point = (np.where(up, at, 1.0 - np.asarray(at)) for at in (front, ideal_point))
    drift = np.where(up, drift, -np.asarray(drift))
    beyond = front > point
    width = np.where(beyond, 1.0 - point, point)
    inside = np.where(beyond, front - point, front) / width
    lower, upper = discounted_ends(inside, drift / width, volatility / width, discount)
    there = _at_the_point(point, drift, volatility, discount)
    leaving = 1.0 - lower - upper
    return np.where(beyond, front - point + drift / discount * leaving + lower * there, upper * there)


def _at_the_point(point: Array, drift: Array, volatility: Number, discount: Number) -> Array:
    """Expected excess of a front that stands on the ideal point, from slopes that are the same on both its sides."""
    up, down, bend = decay_rates(drift, floored_variance(volatility), np.asarray(discount))
    rest = 1.0 - point
    below, above = (_reflected(bend, width) for width in (point, rest))
    leaving = down + above - 2.0 * bend * np.exp(-up * rest) / -np.expm1(-2.0 * bend * rest)
    return np.asarray((1.0 + drift / discount * leaving) / (up + below + down + above))


def _reflected(bend: Array, width: Array) -> Array:
    """What an end at a distance adds to the rate at which the chance of coming back falls."""
    return np.asarray(2.0 * bend * np.exp(-2.0 * bend * width) / -np.expm1(-2.0 * bend * width))


def kink_gain(
    front: Number, ideal_point: Number, towards: Number, *, drift: Number, volatility: Number, discount: Number
) -> Array:
    """Change of the flow beyond an ideal point that war is expected to bring, per unit of distance.

    What :func:`expected_excess` is above today's :func:`excess`: zero at the ends. Twice the slope of utility times
    this is lost in a war valued by the straight line.

    Parameters
    ----------
    front, ideal_point, towards, drift, volatility, discount
        As in :func:`expected_excess`.

    Returns
    -------
    Array, broadcast shape

    >>> kink_gain(np.array([0.0, 1.0]), 0.5, 1.0, drift=0.002, volatility=0.03, discount=0.01).tolist()
    [0.0, 0.0]
    """
    expected = expected_excess(front, ideal_point, towards, drift=drift, volatility=volatility, discount=discount)
    return np.asarray(expected - excess(front, ideal_point, towards))
