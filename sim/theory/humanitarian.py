"""People in need: the stock of need, flight from the fighting, and the part of the appeal that is paid.

Need is in people (or any unit of the file, the same throughout). How harm to civilians works on politics is
in `tolerance`.
"""

import numpy as np

from sim.theory.arrays import Array, Number


def next_need(need: Array, persistence: Number, displaced: Number, grid_harm: Number = 0.0) -> Array:
    """Humanitarian need after one more week.

    need·δ + displaced + grid harm.

    Parameters
    ----------
    need : Array, (R,)
        Present need, zero or more.
    persistence : float or Array, (R,)
        δ, share of the need still there a week later, in [0, 1] (above 1 it feeds itself).
    displaced : float or Array, (R,)
        Newly displaced in the week, as from `displacement`.
    grid_harm : float or Array, (R,)
        Newly in need for lack of power and heat.

    Returns
    -------
    Array, (R,)
        Need, zero or more.

    >>> next_need(np.array([10.0]), 0.9, 0.5, 0.25).tolist()
    [9.75]
    """
    result: Array = np.maximum(need * persistence + displaced + grid_harm, 0.0)
    return result


def displacement(population: Number, intensity: Number, rate: Number) -> Array:
    """People who flee in a week of fighting.

    population·(1 − exp(−rate·intensity)), never more than are there.

    Parameters
    ----------
    population : float or Array, (R,)
        People within reach of the fighting, zero or more.
    intensity : float or Array, (R,)
        Intensity of the fighting, 0 in a truce.
    rate : float or Array, (R,)
        Weekly hazard of leaving home at intensity 1.

    Returns
    -------
    Array, (R,)
        Displaced, in [0, population].

    >>> float(displacement(1000.0, 0.0, 0.02))
    0.0
    """
    result: Array = population * -np.expm1(-np.multiply(rate, intensity))
    return result


def funding(need: Array, pledged: Number, donor_fatigue: Number = 0.0) -> Array:
    """What donors pay toward the need.

    Parameters
    ----------
    need : Array, (R,)
        Present need, zero or more.
    pledged : float or Array, (R,)
        What fresh donors would pay, in the unit of the need, zero or more.
    donor_fatigue : float or Array, (R,)
        Share of the pledges lost to weariness, in [0, 1].

    Returns
    -------
    Array, (R,)
        Funded need, in [0, need].

    >>> funding(np.array([10.0, 2.0]), 6.0, 0.5).tolist()
    [3.0, 2.0]
    """
    offered = pledged * np.subtract(1.0, donor_fatigue)
    result: Array = np.minimum(np.maximum(offered, 0.0), need)
    return result


def gap(need: Array, funded: Number) -> Array:
    """Share of the humanitarian need that nobody pays for.

    Parameters
    ----------
    need : Array, (R,)
        Present need, zero or more.
    funded : float or Array, (R,)
        Funded part; what exceeds the need counts as the need.

    Returns
    -------
    Array, (R,)
        1 − funded/need in [0, 1]; 0 where there is no need.

    >>> gap(np.array([4.0, 0.0]), np.array([3.0, 1.0])).tolist()
    [0.25, 0.0]
    """
    whole = np.where(need > 0.0, need, 1.0)
    met = np.clip(np.divide(funded, whole), 0.0, 1.0)
    result: Array = np.where(need > 0.0, 1.0 - met, 0.0)
    return result


def pulled_rate(rate: Number, unmet: Number, usual: Number, pull: Number) -> Array:
    """Rate at which a deal that relieves need is proposed, as the need grows or falls.

    rate·(1 + pull·(unmet − usual)), not below zero.

    Parameters
    ----------
    rate : float or Array, (..., R)
        Rate at the usual need, zero or more.
    unmet, usual : float or Array, (R,)
        Share of the need that nobody pays for, now and when the rate was observed, in [0, 1].
    pull : float or Array, (R,)
        Relative rise of the rate from a need that is wholly met to one that is wholly unmet, zero or more.

    Returns
    -------
    Array, (..., R)
        Zero or more; the rate itself at the usual need.

    >>> float(pulled_rate(0.5, 0.75, 0.5, 2.0)), float(pulled_rate(0.5, 0.0, 0.5, 4.0))
    (0.75, 0.0)
    """
    return np.asarray(rate * np.maximum(1.0 + np.asarray(pull) * (np.asarray(unmet) - usual), 0.0))
