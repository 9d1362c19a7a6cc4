"""What a side learns from the other's answers at the table about the least that the other would take.

The belief is a grid posterior on the other's reservation value, updated by the quantal-response likelihood of
its acceptances and refusals, or by what a mediator says of it. Learning from the front is in ``beliefs``.
"""

import numpy as np

from sim.theory.arrays import Array, BoolArray, Number, ordered_sum
from sim.theory.choice import acceptance_probability

POINTS = 15
"""Points of the grid."""

WIDTH = 3.0
"""Half the grid, in standard deviations of the prior."""

LEAST = 1e-12
"""Probability below which no answer is held to lie, so that one answer never ends all doubt."""


def grid(deviation: Number) -> Array:
    """Points between which a side is in doubt, around its own reckoning.

    Parameters
    ----------
    deviation : float or Array, (runs,)
        Standard deviation of the doubt, in utility.

    Returns
    -------
    Array, (points, runs) or (points, 1)
        Evenly spaced, symmetric about 0.

    >>> grid(0.1)[[0, 7, 14], 0].round(3)
    array([-0.3,  0. ,  0.3])
    """
    return np.asarray(np.linspace(-WIDTH, WIDTH, POINTS)[:, None] * np.atleast_1d(deviation))


def prior() -> Array:
    """Normal weights on the points of the grid, (points,), adding to 1.

    >>> int(prior().argmax()), round(float(prior().sum()), 12)
    (7, 1.0)
    """
    weight = np.exp(-0.5 * np.square(np.linspace(-WIDTH, WIDTH, POINTS)))
    return np.asarray(weight / ordered_sum(weight[:, None])[0])


def fresh_share(persistence: Number) -> Array:
    """Share of a fresh answer that the answer of a week is worth where the taste behind it persists.

    The mean of n values of a first-order autoregression varies, for large n, as that of so many times n
    independent ones; answers of an unmoved mood are not counted as so many witnesses.

    Parameters
    ----------
    persistence : float or Array
        Weekly autoregression coefficient in [0, 1].

    Returns
    -------
    Array
        In [0, 1]: 1 for a taste drawn anew, 0 for one that never changes.

    Source: [BayleyHammersley1946]_ (Bayley and Hammersley, 1946).

    >>> float(fresh_share(0.0)), float(fresh_share(0.5)) * 3
    (1.0, 1.0)
    """
    persistence = np.asarray(persistence, dtype=np.float64)
    return (1.0 - persistence) / (1.0 + persistence)


def next_posterior(
    weight: Array,
    surplus: Array,
    accepted: BoolArray,
    precision: Number,
    share: Number = 1.0,
    *,
    holding_out: bool = False,
) -> Array:
    """Belief after the other side has answered to a text.

    Parameters
    ----------
    weight : Array, (sides, points, runs)
        Belief of each side on the points of its grid, adding to 1 over them.
    surplus : Array, (sides, points, runs)
        Surplus of the text for the other side, if its reservation value lay at the point.
    accepted : BoolArray, (sides, runs)
        Whether the other side accepted.
    precision : float or Array, (sides, runs)
        Precision of the other side's response.
    share : float or Array, (runs,)
        Share of a fresh answer, from :func:`fresh_share`.
    holding_out : bool
        Whether rivals stand firm whatever they need, so that a refusal teaches nothing.

    Returns
    -------
    Array, (sides, points, runs)
        Adding to 1 over the points; as before where the share is 0.

    Source: [Slantchev2003]_ (Slantchev, 2003) for learning from offers, [McKelveyPalfrey1995]_ (McKelvey and
    Palfrey, 1995) for the likelihood; [LangloisLanglois2012]_ (Langlois and Langlois, 2012) for holding out.

    >>> level, surplus = np.full((1, 2, 1), 0.5), np.array([[[0.1], [-0.1]]])
    >>> next_posterior(level, surplus, np.array([[True]]), 10.0).round(3).ravel()
    array([0.731, 0.269])
    """
    said = np.asarray(accepted)[:, None]
    precision = np.asarray(precision, dtype=np.float64)
    yes = acceptance_probability(surplus, precision if precision.ndim < 2 else precision[:, None])
    odds = np.where(said, yes, 1.0 if holding_out else 1.0 - yes)
    raised = weight * np.exp(share * np.log(np.maximum(odds, LEAST)))
    return np.asarray(raised / over_points(raised)[:, None])


def told_posterior(weight: Array, error: Array, deviation: Number) -> Array:
    """Belief after somebody who knows has said, with a normal error, what the other's reservation value is.

    Parameters
    ----------
    weight : Array, (sides, points, runs)
        Belief of each side on the points of its grid, adding to 1 over them.
    error : Array, (sides, points, runs)
        By how much what was said would be wrong if the other's reservation value lay at the point.
    deviation : float or Array, (sides, runs)
        Standard deviation of the error; at 0 what is said is what everybody knew.

    Returns
    -------
    Array, (sides, points, runs)
        Adding to 1 over the points; as before where the deviation is infinite.

    Source: after [Kydd2003]_ (Kydd, 2003), whose mediator reports on the opponent's reservation value; conjugate
    normal updating for the form.

    >>> level, error = np.full((1, 2, 1), 0.5), np.array([[[0.0], [0.1]]])
    >>> told_posterior(level, error, np.array([[0.1]])).round(3).ravel()
    array([0.622, 0.378])
    """
    wide = np.where(np.asarray(deviation) > 0.0, deviation, 1.0)
    square = np.square(error / (wide if wide.ndim < 2 else wide[:, None]))
    odds = np.exp(-0.5 * (square - square.min(axis=1, keepdims=True)))
    raised = weight * np.maximum(odds, LEAST)
    return np.asarray(raised / over_points(raised)[:, None])


def over_points(values: Array) -> Array:
    """Sum over the points of (sides, points, runs) values, in their order, (sides, runs).

    >>> over_points(np.ones((1, 3, 1)))
    array([[3.]])
    """
    return ordered_sum(np.swapaxes(values, 0, 1))
