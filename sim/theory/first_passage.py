"""When and where a drifting front reaches one of its ends.

The front is a Brownian motion with drift between 0 and 1. Discounted values of these passages are in
``war_value``; how a front moves from week to week is elsewhere.
"""

import numpy as np
from scipy.special import log_ndtr

from sim.theory.arrays import Array, Number

VARIANCE_FLOOR = 1e-200
"""Stands in for a variance of zero; small enough that every passage is then deterministic to the last bit."""

SIEGMUND = 0.5825971579390106
"""Mean overshoot of a standard normal walk over a far barrier, minus zeta(1/2) over sqrt(2 pi)."""

SERIES_BELOW = 1e-3
"""Below this ratio of twice the drift to the variance the duration is taken from its series."""


def floored_variance(volatility: Number) -> Array:
    """Weekly variance of the front, kept above zero.

    Parameters
    ----------
    volatility : float or Array
        Standard deviation of a week's move, zero or more.

    Returns
    -------
    Array, same shape
        Square of the volatility, at least ``VARIANCE_FLOOR``.

    >>> float(floored_variance(0.5))
    0.25
    """
    return np.maximum(np.square(volatility), VARIANCE_FLOOR)


def prob_upper(front: Number, drift: Number, volatility: Number) -> Array:
    """Probability that the front reaches 1 before 0, which is B's victory.

    Parameters
    ----------
    front : float or Array
        Where the front stands, in [0, 1].
    drift : float or Array
        Mean move a week towards 1, any sign.
    volatility : float or Array
        Standard deviation of a week's move, zero or more.

    Returns
    -------
    Array, broadcast shape
        Probability in [0, 1]; equal to ``front`` without drift.

    Source: [KarlinTaylor1981]_ (Karlin and Taylor, 1981).

    >>> round(float(prob_upper(0.3, 0.002, 0.03)), 7)
    0.7451537
    """
    pull = 2.0 * np.asarray(drift) / floored_variance(volatility)
    size = np.maximum(np.abs(pull), 1e-150)
    against = np.exp(-(1.0 - np.asarray(front)) * np.maximum(-pull, 0.0))
    return np.asarray(against * np.expm1(-size * front) / np.expm1(-size))


def expected_duration(front: Number, drift: Number, volatility: Number) -> Array:
    """Expected weeks until the front reaches either end.

    Parameters
    ----------
    front, drift, volatility : float or Array
        As in :func:`prob_upper`.

    Returns
    -------
    Array, broadcast shape
        Weeks; 0 at an end, infinite for a front between the ends that neither drifts nor varies.

    Source: [KarlinTaylor1981]_ (Karlin and Taylor, 1981).

    >>> round(float(expected_duration(0.3, 0.0, 0.03)), 4)
    233.3333
    """
    front, drift = np.asarray(front), np.asarray(drift)
    pull = 2.0 * drift / floored_variance(volatility)
    small = np.abs(pull) < SERIES_BELOW
    little = np.where(small, pull, 0.0)
    spread = front * (1.0 - front)
    bracket = 1.0 + little * (1.0 - 2.0 * front) / 6.0 - little * little * spread / 12.0
    drifting = (prob_upper(front, drift, volatility) - front) / np.where(small, 1.0, drift)
    weeks = np.where(small, spread / floored_variance(volatility) * bracket, drifting)
    still = (drift == 0.0) & (np.asarray(volatility) == 0.0) & (spread > 0.0)
    return np.where(still, np.inf, np.maximum(weeks, 0.0))


def weekly_barrier_shift(volatility: Number, step: float = 1.0) -> Array:
    """How far outwards the ends must be moved to stand for a walk seen only once a step.

    Parameters
    ----------
    volatility : float or Array
        Standard deviation of a week's move.
    step : float
        Weeks between two looks at the front.

    Returns
    -------
    Array, same shape as ``volatility``
        Distance to add beyond each end.

    Source: [Siegmund1979]_ (Siegmund, 1979).

    >>> round(float(weekly_barrier_shift(0.03)), 6)
    0.017478
    """
    return np.asarray(SIEGMUND * np.asarray(volatility) * np.sqrt(step))


def behind_shifted_ends(front: Number, drift: Number, volatility: Number, shift: Number) -> tuple[Array, Array, Array]:
    """The same front on a unit interval whose ends have been moved outwards.

    Parameters
    ----------
    front, drift, volatility : float or Array
        As in :func:`prob_upper`.
    shift : float or Array
        Distance added beyond each end, from :func:`weekly_barrier_shift`.

    Returns
    -------
    tuple of Array
        Front, drift and volatility, rescaled, for every other function of this module.

    Source: [Siegmund1979]_ (Siegmund, 1979).

    >>> [round(float(value), 3) for value in behind_shifted_ends(0.5, 0.01, 0.02, 0.5)]
    [0.5, 0.005, 0.01]
    """
    width = 1.0 + 2.0 * np.asarray(shift)
    return (front + np.asarray(shift)) / width, drift / width, volatility / width


def one_sided_moments(distance: Number, drift: Number, volatility: Number) -> tuple[Array, Array, Array]:
    """Mean, variance and shape of the time to one far end (inverse Gaussian).

    Parameters
    ----------
    distance : float or Array
        Distance to the end, above zero.
    drift : float or Array
        Mean move a week towards the end, above zero.
    volatility : float or Array
        Standard deviation of a week's move, above zero.

    Returns
    -------
    tuple of Array
        Mean (weeks), variance (weeks squared) and shape parameter (weeks).

    Source: [ChhikaraFolks1989]_ (Chhikara and Folks, 1989).

    >>> [round(float(value), 6) for value in one_sided_moments(0.3, 0.01, 0.05)]
    [30.0, 750.0, 36.0]
    """
    distance, drift, spread = np.asarray(distance), np.asarray(drift), np.square(volatility)
    return distance / drift, distance * spread / (drift * drift * drift), distance * distance / spread


def one_sided_survival(time: Number, distance: Number, drift: Number, volatility: Number) -> Array:
    """Probability that one far end has not been reached by some time.

    Parameters
    ----------
    time : float or Array
        Weeks, above zero.
    distance : float or Array
        Distance to the end, zero or more.
    drift : float or Array
        Mean move a week towards the end, any sign; away from it the end may never be reached.
    volatility : float or Array
        Standard deviation of a week's move, above zero.

    Returns
    -------
    Array
        Probability in [0, 1].

    Source: [ChhikaraFolks1989]_ (Chhikara and Folks, 1989).

    >>> round(float(one_sided_survival(30.0, 0.3, 0.01, 0.05)), 6)
    0.343142
    """
    distance, spread = np.asarray(distance), np.square(volatility)
    root = np.asarray(volatility) * np.sqrt(time)
    straight = log_ndtr((distance - drift * np.asarray(time)) / root)
    back = 2.0 * np.asarray(drift) * distance / spread + log_ndtr((-distance - drift * np.asarray(time)) / root)
    return np.asarray(np.maximum(np.exp(straight) - np.exp(np.minimum(back, straight)), 0.0))
