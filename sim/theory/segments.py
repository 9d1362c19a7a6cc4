"""Pieces of each issue on which both sides' utilities are linear, ready for the frontier.

Each issue is walked from A's best reachable point to B's. Utilities are linear in the distance from the ideal
point and fall faster beyond a red line. What the pieces are good for is in ``frontier``.
"""

from typing import NamedTuple

import numpy as np

from sim.theory.arrays import Array, Number, ordered_sum
from sim.theory.preferences import distance_scale

STEEPEST = 1e6
"""Absolute red lines are given this slope, so that crossing one by a millionth costs a whole utility."""


class Segments(NamedTuple):
    """Pieces of every issue: the arguments of ``frontier``, in its order.

    ``knots`` (issues, pieces + 1, runs) run from A's best end of an issue to B's, ``slope_a`` and ``slope_b``
    (issues, pieces, runs) are gains per unit moved, ``start`` (sides, runs) the utilities, 1 less all losses,
    at the first knots.
    """

    knots: Array
    slope_a: Array
    slope_b: Array
    start: Array


def issue_segments(
    ideal_point: Array,
    salience: Array,
    red_line: Array,
    steepness: Array,
    low: Array,
    high: Array,
    *,
    signed: Number = 1.0,
) -> Segments:
    """Linear pieces of every issue for two sides with linear losses and red lines.

    Parameters
    ----------
    ideal_point, salience : Array, (sides, issues, runs)
        Preferences of A and B, as in :func:`sim.theory.preferences.loss`; inner ideal points are allowed, and
        either side's may be the higher one.
    red_line : Array, (sides, issues, runs)
        Distance from the ideal point at which the red line stands.
    steepness : Array, (sides, 1 or issues, runs)
        Loss per unit beyond it; infinite ones count as ``STEEPEST``.
    low, high : Array, (issues, runs)
        Terms that may be agreed; equal for an issue that is not on the table.
    signed : float or Array, (issues, 1) or (issues, runs)
        0 for issues that the text leaves out: their red lines do not bind.

    Returns
    -------
    Segments
        Three pieces an issue, some of no length; all of no length where both ideal points lie on one side of
        what may be agreed.

    Source: [Raiffa1982]_ (Raiffa, 1982).

    >>> ideal, ones, none = np.array([[[0.0]], [[1.0]]]), np.ones((2, 1, 1)), np.zeros((1, 1))
    >>> issue_segments(ideal, ones, 0.25 * ones, ones, none, none + 1.0).knots.ravel()
    array([0.  , 0.25, 0.75, 1.  ])
    """
    nearest = np.minimum(np.maximum(ideal_point, low), high)
    begin, end = nearest[0], nearest[1]
    heading, length = np.sign(end - begin), np.abs(end - begin)
    room = np.minimum(np.maximum(red_line - np.abs(ideal_point - nearest), 0.0), length)
    crossed_a, crossed_b = room[0], length - room[1]
    path = _path(crossed_a, crossed_b, length)
    gentle = salience / distance_scale(ideal_point)
    hard = np.minimum(np.asarray(steepness, dtype=np.float64), STEEPEST) * signed
    slope_a = -_rates(gentle[0], hard[0], path[:, :-1] >= crossed_a[:, None])
    slope_b = _rates(gentle[1], hard[1], path[:, 1:] <= crossed_b[:, None])
    knots = begin[:, None] + heading[:, None] * path
    knots[:, -1] = end
    knots = np.minimum(np.maximum(knots, nearest.min(axis=0)[:, None]), nearest.max(axis=0)[:, None])
    return Segments(knots, slope_a, slope_b, _start(ideal_point, gentle, red_line, hard, begin))


def _path(crossed_a: Array, crossed_b: Array, length: Array) -> Array:
    """Distances along the way at which the pieces end, in order."""
    first, second = np.minimum(crossed_a, crossed_b), np.maximum(crossed_a, crossed_b)
    return np.stack([np.zeros_like(length), first, second, length], axis=1)


def _rates(gentle: Array, hard: Array, beyond: Array) -> Array:
    """Utility per unit of distance on every piece."""
    return np.asarray(gentle[:, None] + np.where(beyond, hard[:, None], 0.0))


def _start(ideal_point: Array, gentle: Array, red_line: Array, hard: Array, begin: Array) -> Array:
    """Utilities where every issue stands at its first knot."""
    distance = np.abs(begin - ideal_point)
    lost = gentle * distance + hard * np.maximum(distance - red_line, 0.0)
    return np.asarray(1.0 - ordered_sum(np.moveaxis(lost, 1, 0)))
