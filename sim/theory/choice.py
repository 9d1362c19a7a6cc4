"""Noisy acceptance: quantal response with a taste that persists from meeting to meeting.

The luck comes in as standard normals made elsewhere. What is accepted is valued in ``preferences``,
``war_value`` and ``commitment``.
"""

import numpy as np
from scipy.special import log_ndtr

from sim.theory.arrays import Array, BoolArray, IntArray, Number, logistic


def acceptance_probability(surplus: Number, precision: Number) -> Array:
    """Probability that terms of a given surplus over war are accepted at one meeting.

    Parameters
    ----------
    surplus : float or Array, (parties, runs)
        Value of the terms less the reservation value; minus infinity beyond an absolute red line.
    precision : float or Array, (parties, runs)
        Zero for a coin, infinity for a best response.

    Returns
    -------
    Array, (parties, runs)
        Probability in [0, 1]; an indifferent best response accepts.

    Source: [McKelveyPalfrey1995]_ (McKelvey and Palfrey, 1995), [Signorino1999]_ (Signorino, 1999).

    >>> float(acceptance_probability(0.0, 45.0)), float(acceptance_probability(-0.3, np.inf))
    (0.5, 0.0)
    """
    surplus = np.asarray(surplus, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        scaled = np.asarray(precision * surplus)
    limit = np.where(surplus >= 0.0, np.inf, -np.inf)
    return logistic(np.where(np.isnan(scaled), limit, scaled))


def logit_choice(worth: Number, open_to_choice: BoolArray, precision: Number, mark: Number) -> IntArray:
    """Choice among several things by logit: the better, the likelier.

    Parameters
    ----------
    worth : Array, (choices, runs)
        What each choice is worth.
    open_to_choice : BoolArray, (choices, runs)
        Which can be chosen.
    precision : float or Array, (runs,)
        Zero for a fair lot among them, growing towards the best; finite.
    mark : Array, (runs,)
        Uniform draw in [0, 1).

    Returns
    -------
    IntArray, (runs,)
        Row of the choice, by the place of the draw in their order; the last where nothing can be chosen.

    Source: [McFadden1974]_ (McFadden, 1974).

    >>> open_to_choice = np.array([[True], [False], [True]])
    >>> [logit_choice(np.zeros((3, 1)), open_to_choice, 1.0, mark).item() for mark in (0.4, 0.6)]
    [0, 2]
    """
    best = np.max(np.where(open_to_choice, worth, -np.inf), axis=0)
    short = np.where(open_to_choice, worth - np.where(np.isfinite(best), best, 0.0), 0.0)
    reached = np.cumsum(np.where(open_to_choice, np.exp(precision * short), 0.0), axis=0)
    passed = np.add.reduce(reached <= mark * reached[-1], axis=0, dtype=np.int64)
    chosen: IntArray = np.minimum(passed, len(reached) - 1)
    return chosen


def persistence(half_life: Number) -> Array:
    """Weekly autoregression coefficient of a taste with a given half-life.

    Parameters
    ----------
    half_life : float or Array
        Weeks after which half of a taste is left; 0 draws anew every week, infinity never.

    Returns
    -------
    Array
        Coefficient in [0, 1].

    >>> float(persistence(0.0)), round(float(persistence(1.0)), 12)
    (0.0, 0.5)
    """
    half_life = np.asarray(half_life, dtype=np.float64)
    lasting = half_life > 0.0
    return np.where(lasting, np.exp(-np.log(2.0) / np.where(lasting, half_life, 1.0)), 0.0)


def next_taste(previous: Number, innovation: Number, coefficient: Number) -> Array:
    """Standard normal taste of the next week.

    Parameters
    ----------
    previous : float or Array, (parties, runs)
        Taste of this week, standard normal.
    innovation : float or Array, (parties, runs)
        Fresh standard normal.
    coefficient : float or Array
        From :func:`persistence`, in [0, 1].

    Returns
    -------
    Array, (parties, runs)
        Standard normal again, correlated with ``previous`` by the coefficient.

    >>> float(next_taste(1.0, 7.0, 1.0)), float(next_taste(1.0, 7.0, 0.0))
    (1.0, 7.0)
    """
    coefficient = np.asarray(coefficient)
    fresh = np.sqrt((1.0 - coefficient) * (1.0 + coefficient))
    return np.asarray(coefficient * previous + fresh * innovation)


def logistic_taste(z: Number) -> Array:
    """Logistic variate with the same rank as a standard normal one.

    Parameters
    ----------
    z : float or Array
        Standard normal variate.

    Returns
    -------
    Array, same shape
        Log odds of its distribution function; finite far into both tails, odd in ``z``.

    >>> float(logistic_taste(0.0)), round(float(logistic_taste(1.959964)), 3)
    (0.0, 3.664)
    """
    z = np.asarray(z, dtype=np.float64)
    return np.asarray(log_ndtr(z) - log_ndtr(-z))


def accepts(surplus: Number, taste: Number, precision: Number) -> BoolArray:
    """Whether a party takes the terms, given its taste.

    Parameters
    ----------
    surplus : float or Array, (parties, runs)
        Value of the terms less the reservation value; minus infinity beyond an absolute red line.
    taste : float or Array, (parties, runs)
        Logistic variate, from :func:`logistic_taste`.
    precision : float or Array, (parties, runs)
        As in :func:`acceptance_probability`, of which the frequency over tastes is this.

    Returns
    -------
    BoolArray, (parties, runs)
        True where surplus and scaled taste add to zero or more; nothing is taken beyond an absolute red line.

    Source: [McKelveyPalfrey1995]_ (McKelvey and Palfrey, 1995).

    >>> bool(accepts(-0.02, 1.0, 45.0)), bool(accepts(0.0, -9.0, np.inf))
    (True, True)
    """
    taste = np.asarray(taste, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        tremble = np.where(taste == 0.0, 0.0, taste / np.asarray(precision))
        return np.asarray(surplus + tremble >= 0.0)


def trembling_agreement(surplus: Array, precision: Number, meetings: Number) -> Array:
    """Probability of agreement if every party drew a new taste at every meeting.

    The yardstick for what a persistent taste prevents: peace by trying often enough.

    Parameters
    ----------
    surplus : Array, (parties, runs)
        Surplus of the same terms for each party.
    precision : float or Array, (parties, runs)
        As in :func:`acceptance_probability`.
    meetings : float or Array, (runs,)
        Number of meetings, one or more.

    Returns
    -------
    Array, (runs,)
        Probability in [0, 1] that all accept at some meeting.

    >>> trembling_agreement(np.full((2, 1), -0.02), 45.0, 52).round(3)
    array([0.989])
    """
    together = np.ones(())
    for probability in acceptance_probability(surplus, precision):
        together = together * probability
    certain = together >= 1.0
    refused = np.log1p(-np.where(certain, 0.0, together))
    return np.where(certain, 1.0, -np.expm1(meetings * refused))
